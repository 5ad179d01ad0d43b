//! The trace: which object is asked for when, and with which raw fields. A fixed seed draws it.

use edgewalk::http::{Field, Fields, Method, Request, Target};
use edgewalk::network::City;
use edgewalk::simulation::{Action, TimedAction};
use edgewalk::time::SimTime;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use super::zipf::{Zipf, unit};

/// Of all chance in the trace.
const SEED: u64 = 20_260_101;
const EXPONENT: f64 = 0.9;
pub(crate) const OBJECTS: u32 = 100_000;
/// Arrivals in a virtual second.
const RATE: f64 = 1_000.0;

/// Everything is asked for from one city, and so at one POP.
pub(crate) const CITY: &str = "paris";

pub(crate) const ACCEPTS: [&str; 3] =
    ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "image/avif,image/webp,image/*,*/*;q=0.8"];
pub(crate) const AGENTS: [&str; 4] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0",
    "curl/8.17.0",
];
/// The distribution's own domain.
pub(crate) const HOST: &str = "d111111abcdef8.cloudfront.net";
/// In the key. Each object is asked for in one of them, so that there are as many keys as objects.
pub(crate) const LANGUAGES: [&str; 4] = ["de", "en-GB", "en-US,en;q=0.9", "fr"];
/// The cookie `plan`, in the key; one for each object, too.
pub(crate) const PLANS: [&str; 3] = ["free", "plus", "team"];
/// The cookie `session`, not in the key.
pub(crate) const SESSIONS: u8 = 16;

/// One request, as the trace has it: 16 bytes.
#[derive(Clone, Copy)]
pub(crate) struct Arrival {
    /// In microseconds.
    pub(crate) at_micros: u64,
    /// The object asked for.
    pub(crate) object: u32,
    /// Places in [`ACCEPTS`] and [`AGENTS`], and the session.
    pub(crate) accept: u8,
    pub(crate) agent: u8,
    pub(crate) session: u8,
}

impl Arrival {
    /// The plainest request for an object, at the very beginning.
    pub(crate) const fn of(object: u32) -> Self {
        Self { at_micros: 0, object, accept: 0, agent: 0, session: 0 }
    }
}

/// Poisson arrivals; objects by Zipf, the popular ones in no order; fields in equal parts.
pub(crate) fn trace(requests: usize) -> Vec<Arrival> {
    let stream = |stream: u64| Pcg32::new(SEED, stream);
    let (mut arrivals, mut choice, mut fields) = (stream(1), stream(2), stream(3));
    let zipf = Zipf::new(OBJECTS, EXPONENT);
    let by_rank = shuffled(OBJECTS, &mut stream(4));
    let mut at = 0.0;
    let mut arrival = || {
        at -= libm::log(1.0 - unit(&mut arrivals)) / RATE * 1e6;
        let drawn = fields.next_u32();
        let byte = |shift: u32, below: usize| ((drawn >> shift) as usize % 256 % below) as u8;
        Arrival {
            at_micros: at as u64,
            object: by_rank[zipf.draw(&mut choice)],
            accept: byte(0, ACCEPTS.len()),
            agent: byte(8, AGENTS.len()),
            session: byte(16, usize::from(SESSIONS)),
        }
    };
    (0..requests).map(|_| arrival()).collect()
}

/// 0 up to `count` in an order drawn by Fisher and Yates.
pub(crate) fn shuffled(count: u32, rng: &mut Pcg32) -> Vec<u32> {
    let mut all: Vec<u32> = (0..count).collect();
    for place in (1..all.len()).rev() {
        let other = (u64::from(rng.next_u32()) * (place as u64 + 1)) >> 32;
        all.swap(place, other as usize);
    }
    all
}

/// A generator of its own for what is no part of the trace.
pub(crate) fn other_rng(stream: u64) -> Pcg32 {
    Pcg32::seed_from_u64(SEED ^ stream)
}

/// The path of an object, in the order of objects.
pub(crate) fn path(object: u32) -> String {
    format!("/catalogue/{:04}/item-{object:07}.html", object / 512)
}

/// The value of the cookie `session`.
pub(crate) fn session(session: u8) -> String {
    format!("{session:02}f3a8c1")
}

/// The language in which an object is asked for, by its place.
pub(crate) const fn language(object: u32) -> usize {
    mixed(object) as usize % LANGUAGES.len()
}

/// The plan with which an object is asked for, by its place.
pub(crate) const fn plan(object: u32) -> usize {
    (mixed(object) >> 8) as usize % PLANS.len()
}

/// Any fixed mixing will do.
const fn mixed(object: u32) -> u32 {
    object.wrapping_mul(0x9e37_79b9) >> 12
}

/// Makes actions of arrivals, each with fields of its own, as if a server had just read them.
pub(crate) struct Viewer {
    city: City,
}

impl Viewer {
    pub(crate) fn new() -> Self {
        Self { city: City::find(CITY).unwrap() }
    }

    pub(crate) fn action(&self, arrival: &Arrival) -> TimedAction {
        let Arrival { at_micros, object, accept, agent, session } = *arrival;
        let cookie =
            format!("session={}; plan={}; theme=dark", self::session(session), PLANS[plan(object)]);
        let fields = [
            ("Host", HOST),
            ("Accept", ACCEPTS[usize::from(accept)]),
            ("User-Agent", AGENTS[usize::from(agent)]),
            ("Accept-Language", LANGUAGES[language(object)]),
            ("Cookie", &cookie),
        ];
        let fields = fields.map(|(name, value)| Field::new(name, value).unwrap());
        let fields: Fields = fields.into_iter().collect();
        let target = Target::parse(&path(object)).unwrap();
        let request = Request::new(Method::Get, target, fields.into());
        TimedAction {
            at: SimTime::from_micros(at_micros),
            action: Action::Send { city: self.city, request: request.into() },
        }
    }
}
