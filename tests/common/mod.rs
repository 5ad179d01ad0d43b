//! Walks for the tests: made by hand or drawn by a seed.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use edgewalk::distribution::{Configuration, Distribution};
use edgewalk::edge::fields::{
    EdgeLocation, Identity, Parties, RequestId, ViewerFacts, ViewerHandshake,
};
use edgewalk::edge::{
    Batch, Config, Content, Decision, InvalidationPath, Item, Kept, Next, Session, Tier, Unwatched,
    Visit,
};
use edgewalk::http::{Fields, Method, Request, Target};
use edgewalk::network::{City, Region};
use edgewalk::simulation::{
    Action, Event, Journal, Place, Run, Scenario, TimedAction, Walk, What, built_in_scenario,
};
use edgewalk::time::{Moment, SimTime};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;

pub fn request(method: Method, target: &str) -> Request {
    request_with(method, target, "Accept: */*\nUser-Agent: Class/1.0\nAccept-Encoding: gzip, br")
}

pub fn request_with(method: Method, target: &str, fields: &str) -> Request {
    let fields = Fields::parse(fields).unwrap().into();
    Request::new(method, Target::parse(target).unwrap(), fields)
}

/// This request from a city.
pub fn ask(city: &str, request: Request) -> Action {
    Action::Send { city: City::find(city).unwrap(), request: request.into() }
}

pub fn send(city: &str, method: Method, target: &str) -> Action {
    ask(city, request(method, target))
}

pub fn get(city: &str, target: &str) -> Action {
    send(city, Method::Get, target)
}

pub fn wait(secs: u64) -> Action {
    Action::Wait { span: Duration::from_secs(secs) }
}

/// An invalidation of these paths and tags.
pub fn purge(items: &[&str]) -> Action {
    let items = items.iter().map(|item| Item::new(item).unwrap()).collect();
    Action::Invalidate(Batch::new(items, None).unwrap())
}

/// The same with a caller reference.
pub fn purge_as(items: &[&str], reference: &str) -> Action {
    let items = items.iter().map(|item| Item::new(item).unwrap()).collect();
    Action::Invalidate(Batch::new(items, Some(reference.to_owned())).unwrap())
}

pub fn invalidate(path: &str) -> Action {
    Action::invalidate(InvalidationPath::new(path).unwrap())
}

/// A run of the built-in scenario through these actions, each taken at the end of the journal.
pub fn run(actions: impl IntoIterator<Item = Action>) -> Run {
    let mut run = Run::new(built_in_scenario()).unwrap();
    for action in actions {
        act(&mut run, action);
    }
    run
}

/// Takes an action at the journal's end and returns its events.
pub fn act(run: &mut Run, action: Action) -> Vec<Event> {
    let end = run.journal().len();
    let start = run.act(action, end).unwrap();
    run.journal().events()[start..].to_vec()
}

/// The distribution of a scenario, to be changed as code may: also to what AWS would not take.
pub struct Edited<'s> {
    scenario: &'s mut Scenario,
    distribution: Distribution,
}

pub trait Edit {
    fn edited(&mut self) -> Edited<'_>;
}

impl Edit for Scenario {
    fn edited(&mut self) -> Edited<'_> {
        let distribution = self.configuration.distribution().clone();
        Edited { scenario: self, distribution }
    }
}

impl std::ops::Deref for Edited<'_> {
    type Target = Distribution;
    fn deref(&self) -> &Distribution {
        &self.distribution
    }
}

impl std::ops::DerefMut for Edited<'_> {
    fn deref_mut(&mut self) -> &mut Distribution {
        &mut self.distribution
    }
}

impl Drop for Edited<'_> {
    fn drop(&mut self) {
        self.scenario.configuration = Configuration::of(self.distribution.clone()).into();
    }
}

/// Where and what, one line an event: short enough to read a whole walk at a glance.
pub fn trace(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| format!("{} {}", place(event.place), what(&event.what))).collect()
}

/// Where, in a word or two.
pub fn place(place: Place) -> String {
    match place {
        Place::Control => "you".into(),
        Place::Viewer(city) => city.slug().into(),
        Place::Dns(_) => "DNS".into(),
        Place::Pop(pop) => pop.code().into(),
        Place::Rec(rec) => format!("REC {}", rec.code()),
        Place::Origin(region) => format!("origin {}", region.code()),
    }
}

fn what(what: &What) -> String {
    let name = |text: String| text.split(['{', '(', ' ']).next().unwrap_or_default().to_owned();
    match what {
        What::Decided(Decision::LookedUp { found, .. }) => format!("looked up: {found:?}"),
        What::Decided(Decision::Forwarded { route, conditional, .. }) => {
            format!("forwarded: {route:?}{}", if *conditional { ", conditional" } else { "" })
        }
        What::Decided(Decision::Stored { key, lifetime, kept, .. }) => {
            format!(
                "stored {} for {} s{}",
                key.file_name(),
                lifetime.secs,
                match kept {
                    Kept::Anew => "",
                    Kept::Confirmed => ", refreshed",
                    Kept::Same => ", the same",
                    Kept::StandsIn => ", standing in",
                }
            )
        }
        What::Decided(Decision::NotStored { why }) => format!("not stored: {why:?}"),
        What::Decided(Decision::NotLookedUp(why)) => format!("not looked up: {why:?}"),
        What::Decided(Decision::Refused(refusal)) => format!("refused: {refusal:?}"),
        What::Decided(Decision::Evicted { key, .. }) => format!("evicted {}", key.file_name()),
        What::Decided(Decision::Invalidated { removed, .. }) => {
            format!("invalidated {}", removed.len())
        }
        What::Decided(Decision::Answered { response, .. }) => {
            format!("answered {}", response.status.0)
        }
        What::Decided(decision) => name(format!("{decision:?}")),
        What::Replied { response, .. } => format!("replied {}", response.status.0),
        What::Shown { response, .. } => {
            format!(
                "shown {} {}",
                response.status.0,
                response.fields.get("X-Cache").unwrap_or_default()
            )
        }
        other => name(format!("{other:?}")),
    }
}

/// What was shown last: X-Cache and the response.
pub fn last_shown(journal: &Journal) -> (String, edgewalk::http::Response) {
    let shown = journal.events().iter().rev().find_map(|event| match &event.what {
        What::Shown { response, .. } => Some((**response).clone()),
        _ => None,
    });
    let response = shown.unwrap();
    (response.fields.get("X-Cache").unwrap_or_default().to_owned(), response)
}

/// A walk of 1 to 30 actions of every kind, drawn by a seed.
pub fn generated_walk(seed: u64) -> Walk {
    let mut rng = Pcg32::seed_from_u64(seed);
    let mut scenario = built_in_scenario();
    scenario.seed = seed;
    let paths: Vec<String> = scenario.site.iter().map(|object| object.path.clone()).collect();
    let cities: Vec<City> = City::all().collect();
    let regions: Vec<Region> = Region::all().collect();
    let patterns: Vec<_> = scenario
        .configuration
        .distribution()
        .behaviors
        .iter()
        .map(|behavior| behavior.pattern.clone())
        .collect();
    let mut pick = |n: usize| rng.next_u32() as usize % n;
    let count = 1 + pick(30);
    let mut walk = Walk::new(scenario);
    for _ in 0..count {
        // Few cities and few favourites, so that hits, REC hits and evictions happen.
        let city = cities[pick(4) * 23 % cities.len()];
        let path = paths[[pick(6), pick(6), pick(paths.len())][pick(3)]].clone();
        let action = match pick(20) {
            0..=11 => {
                let method = Method::ALL[[0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6][pick(11)]];
                let query = ["", "?w=1", "?w=2&utm=x"][pick(3)];
                Action::Send { city, request: request(method, &format!("{path}{query}")).into() }
            }
            12 | 13 => wait([5, 59, 61, 400, 90_000][pick(5)]),
            14 => purge(&[["/*", "/img/*", "/index.html", &path, "#catalogue"][pick(5)]]),
            15 => Action::Publish { path: "/index.html".into() },
            16 => Action::SetDynamic {
                pattern: patterns[pick(patterns.len())].clone(),
                on: pick(2) == 0,
            },
            17 => Action::SetSameRegion { on: pick(2) == 0, city },
            18 => Action::SetOriginRegion { region: regions[pick(regions.len())] },
            _ => match pick(3) {
                0 => Action::StartEmpty { on: pick(3) == 0 },
                1 => Action::SetPopCapacity { bytes: 200_000 + pick(4_000_000) as u64 },
                _ => Action::SetMethod { method: Method::ALL[pick(7)] },
            },
        };
        walk.actions.push(TimedAction { at: SimTime::ZERO, action });
    }
    walk
}

/// A generated walk, taken action by action; refused actions are passed over.
pub fn run_walk(seed: u64) -> Run {
    run_all(generated_walk(seed))
}

/// The same of any walk.
pub fn run_all(walk: Walk) -> Run {
    let mut run = Run::new(walk.scenario).unwrap();
    for timed in walk.actions {
        let end = run.journal().len();
        let _ = run.act(timed.action, end);
    }
    run
}

/// Some forty GETs from two cities for eight objects, and now and then a wait, in caches that cannot hold them all: hits,
/// evictions and stale copies in plenty.
pub fn run_crowded_walk(seed: u64) -> Run {
    const PATHS: [&str; 8] = [
        "/app.js",
        "/index.html",
        "/style.css",
        "/img/hero.jpg",
        "/img/sale.jpg",
        "/feed.xml",
        "/offers.html",
        "/press/kit.zip",
    ];
    let mut rng = Pcg32::seed_from_u64(seed);
    let mut pick = |n: usize| rng.next_u32() as usize % n;
    let room = Action::SetPopCapacity { bytes: 200_000 + pick(600_000) as u64 };
    let actions = (0..45).map(|_| match pick(9) {
        0 => wait(400),
        _ => get(["paris", "london"][pick(2)], PATHS[pick(8)]),
    });
    run([room].into_iter().chain(actions))
}

/// The digest of a generated walk's journal.
pub fn digest_of(seed: u64) -> String {
    run_walk(seed).journal().digest()
}

/// One digest over those of the first so many walks.
pub fn digest_of_all(walks: u64) -> String {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    (0..walks).for_each(|seed| hash.update(digest_of(seed)));
    format!("{:x}", hash.finalize())
}

/// The digests of walk 1, of walk 7 and of the first 200 walks together, as they were written down.
pub fn stored_digests() -> [String; 3] {
    let lines: Vec<&str> =
        include_str!("../digests.txt").lines().filter(|line| !line.starts_with('#')).collect();
    [lines[0].to_owned(), lines[1].to_owned(), lines[2].to_owned()]
}

/// A text of Rust without the lines that are comments.
pub fn code(text: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// All files of Rust below a folder.
#[cfg(not(target_arch = "wasm32"))]
pub fn rust_files(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// A text of the screen with spaces that break alone.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// What an edge location answers by itself to a viewer's request at a Unix time: status, Content-Type, and its own page, which
/// is empty where the answer has another content. None where it goes on.
pub fn answered_at_pop(
    config: &Arc<Config>,
    request: Request,
    viewer: ViewerFacts,
    now_unix: u64,
) -> Option<(u16, String, String)> {
    let location = EdgeLocation::new("FRA56-P4", "abc", "eu-central-1");
    let identity = Identity {
        parties: Parties { location, viewer }.into(),
        request_id: RequestId::new(7),
        handshake: ViewerHandshake::Full,
        session: Session::default(),
    };
    let now = Moment { at: SimTime::ZERO, unix: now_unix };
    let mut pop = Tier::new(1_000_000);
    let (visit, next) =
        Visit::begin(now, request.into(), identity, Arc::clone(config), &mut pop, &mut Unwatched);
    let Next::Reply(reply) = next else { return None };
    let response = visit.response(&reply);
    let page = match &reply.content {
        Content::Page(page) => page.clone(),
        _ => String::new(),
    };
    let kind = response.fields.get("Content-Type").unwrap_or_default().to_owned();
    Some((response.status.0, kind, page))
}
