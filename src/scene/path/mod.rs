//! The path: stations, rails, capsules and shelves as plain values. Nothing here decides; it reads the Scene.

mod now;
mod origin_facts;
mod rails;
mod shelves;
mod stations;

pub use shelves::MOST_CELLS;

use now::{Back, Now, Out};
use origin_facts::OriginFacts;

use super::Outcome;
use super::step::Step;
use super::{Places, Scene};
use crate::network::{City, Pop, Rec, nearest};
use crate::simulation::{Place, Scenario, Settings};

/// The whole figure.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPicture {
    /// Viewer, POP, REC, Origin Shield where the origin has one that is not this REC, and origin.
    pub stations: Vec<Station>,
    /// The siding to the DNS.
    pub dns: DnsPicture,
    /// From each station to the next.
    pub legs: Vec<Leg>,
    /// The way past the REC, once it is taken.
    pub over: Option<Over>,
    /// Where all this is.
    pub places: Places,
}

/// One station.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// `viewer`, `pop`, `rec`, `shield` or `origin`.
    pub role: &'static str,
    /// For assistive technology: role and place.
    pub name: String,
    /// The role, in words of the class.
    pub title: &'static str,
    /// The place.
    pub place: String,
    /// How far the request has come here.
    pub state: StationState,
    /// The flag, once something was decided here.
    pub flag: Option<Outcome>,
    /// How many viewers' requests wait here for the answer to another one (COL-01).
    pub waiting: usize,
    /// A strong line and quiet lines below it, where there is no shelf.
    pub facts: Vec<String>,
    /// What is stored here.
    pub shelf: Option<ShelfPicture>,
}

/// How far a request has come at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StationState {
    /// Not yet.
    Todo,
    /// It was here.
    Past,
    /// It is here.
    Now,
    /// It went past.
    Skip,
    /// It turned back before.
    Unknown,
}

impl StationState {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Past => "past",
            Self::Now => "now",
            Self::Skip => "skip",
            Self::Unknown => "unknown",
        }
    }
}

/// The DNS beside the rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsPicture {
    /// As for a station.
    pub state: StationState,
    /// What it took.
    pub text: String,
}

/// The two rails between two stations.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// The upper rail.
    pub request: Lane,
    /// The lower rail.
    pub answer: Lane,
    /// There and back.
    pub round_trip: String,
    /// What travels here.
    pub capsule: Option<Capsule>,
    /// The request that came over it in this hop, where its answer, or the way past the REC, has taken its place already:
    /// it is seen to come, and no longer.
    pub brought: Option<Capsule>,
}

/// One rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whether it was used.
    pub state: LaneState,
    /// The answer's colour.
    pub outcome: Option<Outcome>,
}

/// Whether a rail was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneState {
    /// Not yet.
    Todo,
    /// From end to end.
    Done,
    /// It will not be.
    Off,
}

impl LaneState {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Done => "done",
            Self::Off => "off",
        }
    }
}

/// A request or an answer under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Capsule {
    /// Method and name, or status and name.
    pub text: String,
    /// Whether it goes back.
    pub is_answer: bool,
    /// 0 where it leaves, 1 where it has arrived.
    pub at: f64,
    /// The answer's colour.
    pub outcome: Option<Outcome>,
}

/// The way past the REC.
#[derive(Clone, Debug, PartialEq)]
pub struct Over {
    /// Why, in a few words.
    pub why: String,
    /// Whether it ends at Origin Shield, and not at the origin (SHD-05, SHD-06).
    pub ends_at_shield: bool,
    /// There and back.
    pub round_trip: String,
    /// What travels here.
    pub capsule: Option<Capsule>,
    /// The answer's colour, once it has come back.
    pub answer: Option<Outcome>,
}

/// A cache's content.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelfPicture {
    /// For assistive technology.
    pub name: String,
    /// What is shown of it, most recently used first.
    pub cells: Vec<CellPicture>,
    /// How many more there are at the right end.
    pub more: usize,
    /// What has just gone, as it is seen behind the right end.
    pub gone: Vec<CellPicture>,
    /// What is said where it is empty.
    pub note: Option<String>,
    /// Whether the request left it unsearched.
    pub is_unsearched: bool,
}

impl ShelfPicture {
    /// A shelf that says nothing.
    pub const fn empty() -> Self {
        Self {
            name: String::new(),
            cells: Vec::new(),
            more: 0,
            gone: Vec::new(),
            note: None,
            is_unsearched: false,
        }
    }

    /// Where the end of the object lay that was found, in the unit of the weights; none where none was.
    pub fn found_at(&self) -> Option<f64> {
        let is_found = |cell: &&CellPicture| cell.outcome.is_some() && cell.state != "ghost";
        self.cells.first().filter(is_found).map(|cell| cell.shift + cell.weight)
    }
}

/// One object on a shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct CellPicture {
    /// Its file name.
    pub name: String,
    /// The whole key, for a tooltip.
    pub key: String,
    /// What is left of its lifetime, or what it waits for.
    pub remaining: String,
    /// Its size.
    pub size: String,
    /// What tells it from the others of the same path: the rest of its key, after the status where an error is kept in its place. None
    /// where there is neither.
    pub variant: Option<String>,
    /// How much of that, in bytes from its beginning, is the same for all of the path: a narrow cell leaves it away.
    pub alike: usize,
    /// `rest`, `touch`, `stale`, `ghost`, `wait`, `out` or `void`.
    pub state: &'static str,
    /// The colour of what happened to it.
    pub outcome: Option<Outcome>,
    /// Its share of the width: the square root of its bytes, relative.
    pub weight: f64,
    /// How far to the right of its present place it lay before the last look, in the unit of the weights.
    pub shift: f64,
    /// What is left of its lifetime, from 0 to 1.
    pub ttl: f64,
}

/// What a viewer would meet who sends from this city, before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where the viewer is.
    pub city: City,
    /// Its POP.
    pub pop: Pop,
    /// The POP's REC.
    pub rec: Rec,
}

impl Plan {
    /// The plan for a city, of all edge locations and by its provider's resolver.
    pub fn of(city: City) -> Self {
        Self::to(city, nearest::best(city))
    }

    /// The same under these settings (DS-02, DNS-09).
    pub fn under(settings: &Settings, city: City) -> Self {
        Self::to(city, settings.pop_for(city))
    }

    fn to(city: City, pop: Pop) -> Self {
        Self { city, pop, rec: nearest::nearest_rec(pop) }
    }
}

impl PathPicture {
    /// The figure for a Scene in which `step` is the current one. `plan` and `path` tell what the composer would send: they
    /// count only while nothing was sent.
    pub fn of(
        scenario: &Scenario,
        scene: &Scene,
        step: Option<&Step>,
        plan: Plan,
        path: &str,
    ) -> Self {
        let last = scene.trip.as_ref();
        let next = plan.city;
        let plan = last.map_or(plan, |trip| Plan { city: trip.city, pop: trip.pop, rec: trip.rec });
        let path = last.map_or(path, |trip| match &trip.page {
            Some(page) => page.path.as_str(),
            None => trip.request.target.path(),
        });
        // Between two requests nothing travels: the places stay, what the last one left there does not.
        let is_between = step.is_some_and(|step| step.exchange.is_none());
        let trip = last.filter(|_| !is_between);
        let origin = OriginFacts::of(scenario, scene, trip, path, plan);
        let now = Now::of(trip, step, origin.shield);
        let cache = |role, place| stations::cache(scene, trip, role, place, now, &origin);
        let shield = origin.shield.map(|rec| cache(Role::Shield, Place::Rec(rec)));
        let near = [
            stations::viewer(scene, trip, plan, now),
            cache(Role::Pop, Place::Pop(plan.pop)),
            cache(Role::Rec, Place::Rec(plan.rec)),
        ];
        let stations = near.into_iter().chain(shield).chain([stations::origin(trip, &origin, now)]);
        Self {
            stations: stations.collect(),
            dns: stations::dns(trip, last.is_some(), now),
            legs: rails::legs(trip, plan, &origin, now),
            over: trip.and_then(|trip| rails::over(trip, plan, &origin, now)),
            places: Places {
                city: plan.city,
                pop: plan.pop,
                rec: plan.rec,
                shield: origin.shield,
                origin: origin.region,
                next: Some(next).filter(|next| *next != plan.city),
                class: scene.settings.price_class(),
                seen_from: scene.settings.network.resolver.seen_from(plan.city),
            },
        }
    }
}

/// The caches of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Pop,
    Rec,
    Shield,
}
