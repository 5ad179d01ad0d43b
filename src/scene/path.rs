//! The path: stations, rails, capsules and shelves as plain values. Nothing here decides; it reads the Scene.

use super::fold::{Scene, Trip};
use super::shelf::{Cell, CellState, Shelf};
use super::step::{Hop, Step};
use super::units;
use super::{Outcome, why};
use crate::distribution::OriginKind;
use crate::edge::{CacheKey, Route};
use crate::http::Request;
use crate::network::latency::{round_trip, viewer_round_trip};
use crate::network::{City, Pop, Rec, Region, nearest};
use crate::simulation::{Place, Scenario};

/// The whole figure.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPicture {
    /// Viewer, POP, REC and origin, in this order.
    pub stations: [Station; 4],
    /// The siding to the DNS.
    pub dns: DnsPicture,
    /// Viewer to POP, POP to REC, REC to origin.
    pub legs: [Leg; 3],
    /// The way past the REC, once it is taken.
    pub over: Option<Over>,
}

/// One station.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// `viewer`, `pop`, `rec` or `origin`.
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
    /// POP to origin and back.
    pub round_trip: String,
    /// What travels here.
    pub capsule: Option<Capsule>,
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
    /// What is said where it is empty.
    pub note: Option<String>,
    /// Whether the request left it unsearched.
    pub is_unsearched: bool,
}

impl ShelfPicture {
    /// A shelf that says nothing.
    pub const fn empty() -> Self {
        Self { name: String::new(), cells: Vec::new(), more: 0, note: None, is_unsearched: false }
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
    /// `rest`, `touch`, `stale`, `ghost` or `wait`.
    pub state: &'static str,
    /// The colour of what happened to it.
    pub outcome: Option<Outcome>,
    /// Its share of the width: the square root of its bytes, relative.
    pub weight: f64,
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
    /// The plan for a city.
    pub fn of(city: City) -> Self {
        let pop = nearest::best(city);
        Self { city, pop, rec: nearest::nearest_rec(pop) }
    }
}

/// The most objects that a shelf shows; the rest folds into one.
pub const MOST_CELLS: usize = 5;

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
        let trip = scene.trip.as_ref();
        let plan = trip.map_or(plan, |trip| Plan { city: trip.city, pop: trip.pop, rec: trip.rec });
        let path = trip.map_or(path, |trip| trip.request.target.path());
        let origin = OriginFacts::of(scenario, scene, trip, path);
        let now = Now::of(trip, step);
        Self {
            stations: [
                viewer(scene, plan, now),
                cache(scene, Place::Pop(plan.pop), "pop", now, plan),
                cache(scene, Place::Rec(plan.rec), "rec", now, plan),
                origin_station(trip, &origin, now),
            ],
            dns: dns(trip, now),
            legs: legs(trip, plan, &origin, now),
            over: trip.and_then(|trip| over(trip, plan, &origin, now)),
        }
    }
}

/// Where the exchange in view is.
#[derive(Clone, Copy, Debug)]
struct Now {
    hop: Option<Hop>,
    /// How far it has come: 0 nothing sent, 1 composed, 2 sent, 3 at the POP, 4 at the REC, 5 at the origin.
    out: u8,
    /// How far the answer has come back: 0 not at all, 1 left the origin, 2 at the REC, 3 at the POP, 4 at the viewer.
    back: u8,
    place: Option<Place>,
}

impl Now {
    fn of(trip: Option<&Trip>, step: Option<&Step>) -> Self {
        let Some(trip) = trip else { return Self { hop: None, out: 0, back: 0, place: None } };
        let is_over = trip.shown.is_some();
        let hop = step.filter(|step| step.exchange == Some(trip.id)).map(|step| step.hop);
        let pop_place = Place::Pop(trip.pop);
        let rec_place = Place::Rec(trip.rec);
        let at_pop = trip.matched.is_some();
        let out = match () {
            () if trip.at_origin.is_some() => 5,
            () if trip.found.contains_key(&rec_place) => 4,
            () if at_pop => 3,
            () if matches!(hop, Some(Hop::Sent)) => 2,
            () => 1,
        };
        let back = match () {
            () if is_over => 4,
            () if trip.answered.contains_key(&pop_place) || hop == Some(Hop::PopKeeps) => 3,
            () if trip.answered.contains_key(&rec_place) || hop == Some(Hop::RecKeeps) => 2,
            () if trip.replied.is_some() => 1,
            () => 0,
        };
        Self { hop, out, back, place: step.map(|step| step.place) }
    }

    fn state(self, place: Place, was_here: bool, is_past_reach: bool) -> StationState {
        match () {
            () if self.place == Some(place) => StationState::Now,
            () if was_here => StationState::Past,
            () if is_past_reach => StationState::Unknown,
            () => StationState::Todo,
        }
    }
}

/// What is known of the origin.
struct OriginFacts {
    region: Region,
    kind: OriginKind,
    id: String,
    size_bytes: Option<u64>,
}

impl OriginFacts {
    fn of(scenario: &Scenario, scene: &Scene, trip: Option<&Trip>, path: &str) -> Self {
        if let Some((matched, region)) =
            trip.and_then(|trip| trip.matched.as_ref().zip(trip.origin_region()))
        {
            let size_bytes = scenario.site.get(path).map(|object| object.size_bytes);
            return Self {
                region,
                kind: matched.origin_kind,
                id: matched.origin_id.clone(),
                size_bytes,
            };
        }
        let distribution = scene.settings.distribution(scenario);
        let origin = distribution
            .origin_of(distribution.behavior_for(path))
            .map(|(_, origin)| origin.clone());
        let served = if path == "/" {
            distribution.default_root_object.map(|object| format!("/{object}"))
        } else {
            None
        };
        let size_bytes =
            scenario.site.get(served.as_deref().unwrap_or(path)).map(|object| object.size_bytes);
        match origin {
            Some(origin) => Self {
                region: Region::find(&origin.region).unwrap_or(scene.settings.origin_region),
                kind: origin.kind,
                id: origin.id,
                size_bytes,
            },
            None => Self {
                region: scene.settings.origin_region,
                kind: OriginKind::S3Bucket,
                id: String::new(),
                size_bytes,
            },
        }
    }
}

fn viewer(scene: &Scene, plan: Plan, now: Now) -> Station {
    let trip = scene.trip.as_ref();
    let so_far =
        trip.map(|trip| units::ms(scene.at.min(end_of(trip, scene)).since(trip.started_at)));
    let facts = match (trip.and_then(|trip| trip.shown.as_ref()), so_far) {
        (Some(shown), Some(total)) => {
            vec![
                shown.response.status.to_string(),
                format!("after {total}"),
                units::bytes(shown.response.body.length),
            ]
        }
        (None, Some(so_far)) => vec!["waiting".to_owned(), format!("{so_far} so far")],
        _ => vec!["ready".to_owned()],
    };
    let place = Place::Viewer(plan.city);
    Station {
        role: "viewer",
        name: format!("Viewer, {}", plan.city.name()),
        title: "Viewer",
        place: plan.city.name().to_owned(),
        state: if trip.is_none() {
            StationState::Past
        } else {
            now.state(place, now.out > 0, false)
        },
        flag: trip
            .filter(|trip| trip.shown.is_some() && now.place == Some(place))
            .and_then(Trip::outcome),
        facts,
        shelf: None,
    }
}

/// The instant at which an exchange was over, or now.
fn end_of(trip: &Trip, scene: &Scene) -> crate::time::SimTime {
    trip.shown.as_ref().map_or(scene.at, |shown| shown.last_at)
}

fn cache(scene: &Scene, place: Place, role: &'static str, now: Now, plan: Plan) -> Station {
    let trip = scene.trip.as_ref();
    let is_rec = matches!(place, Place::Rec(_));
    let is_bypassed = is_rec && trip.is_some_and(|trip| trip.bypass().is_some());
    let was_here = trip
        .is_some_and(|trip| if is_rec { trip.found.contains_key(&place) } else { now.out >= 3 });
    let turned_back = is_rec && now.back >= 3 && !was_here;
    let state = match now.state(place, was_here, turned_back) {
        StationState::Todo | StationState::Unknown if is_bypassed => StationState::Skip,
        state => state,
    };
    let (name, title, town) = match place {
        Place::Rec(rec) => {
            let asked = if is_bypassed || turned_back { "not asked" } else { rec.code() };
            (
                format!("Regional edge cache {}", rec.code()),
                "Regional edge cache",
                format!("{}, {asked}", rec.short_name()),
            )
        }
        _ => {
            let pop = plan.pop;
            let place = format!("{}, {}", pop.short_name(), pop.full_code());
            (format!("Edge location {}, {}", pop.code(), pop.short_name()), "Edge location", place)
        }
    };
    let capacity = if is_rec {
        scene.settings.rec_capacity_bytes()
    } else {
        scene.settings.pop_capacity_bytes
    };
    let is_unsearched = !is_rec
        && trip.is_some_and(|trip| trip.matched.is_some() && trip.forwarded.contains_key(&place))
        && !trip.is_some_and(|trip| trip.found.contains_key(&place));
    Station {
        role,
        shelf: Some(shelf(scene, place, &name, capacity, is_unsearched)),
        name,
        title,
        place: town,
        state,
        flag: trip
            .and_then(|trip| trip.flags.get(&place))
            .copied()
            .filter(|_| !is_bypassed || was_here),
        facts: Vec::new(),
    }
}

fn origin_station(trip: Option<&Trip>, origin: &OriginFacts, now: Now) -> Station {
    let place = Place::Origin(origin.region);
    let was_here = now.out >= 5;
    let turned_back = now.back >= 2 && !was_here;
    let text = |text: &str| format!("{}, {text}", origin.region.short_name());
    let replied = trip.and_then(|trip| trip.replied.as_ref());
    let mut facts = vec![origin.kind.label().to_owned(), origin.id.clone()];
    facts.push(match (replied, origin.size_bytes) {
        (Some((response, _)), _) if response.body.length == 0 => {
            format!("sent {}", response.status)
        }
        (Some((response, _)), _) => format!("sent {}", units::bytes(response.body.length)),
        (None, _) if trip.is_none() => "has every object".to_owned(),
        (None, Some(_)) if turned_back => String::new(),
        (None, Some(size)) => format!("{} to send", units::bytes(size)),
        (None, None) => String::new(),
    });
    Station {
        role: "origin",
        name: format!("Origin {}", origin.region.code()),
        title: "Origin",
        place: text(if turned_back { "not asked" } else { origin.region.code() }),
        state: now.state(place, was_here, turned_back),
        flag: trip.and_then(|trip| trip.flags.get(&place)).copied(),
        facts,
        shelf: None,
    }
}

fn dns(trip: Option<&Trip>, now: Now) -> DnsPicture {
    let (state, text) = match trip {
        None => (StationState::Todo, "not asked yet".to_owned()),
        Some(trip) => match &trip.dns {
            None => (StationState::Todo, "not asked yet".to_owned()),
            Some(resolved) => {
                let is_now = now.hop == Some(Hop::Dns);
                let state = if is_now { StationState::Now } else { StationState::Past };
                let cached = |secs| format!("known, {secs} s left");
                (state, resolved.cached_secs.map_or_else(|| units::ms(resolved.took), cached))
            }
        },
    };
    DnsPicture { state, text }
}

fn legs(trip: Option<&Trip>, plan: Plan, origin: &OriginFacts, now: Now) -> [Leg; 3] {
    let outcome = trip.and_then(Trip::outcome);
    let is_bypass = trip.is_some_and(|trip| trip.bypass().is_some());
    let asked_rec = now.out >= 4 && !is_bypass;
    let asked_origin = now.out >= 5;
    let lane = |is_done: bool, is_off: bool, outcome: Option<Outcome>| Lane {
        state: match () {
            () if is_done => LaneState::Done,
            () if is_off => LaneState::Off,
            () => LaneState::Todo,
        },
        outcome: outcome.filter(|_| is_done),
    };
    let answered_by_pop = now.back >= 3 && !asked_rec && !asked_origin;
    let rails_off = is_bypass || answered_by_pop;
    let rec_answered = now.back >= 2 && !asked_origin;
    let capsule = |leg: usize| capsule(trip, leg, outcome, now).filter(|_| leg == 0 || !is_bypass);
    [
        Leg {
            request: lane(now.out >= 3, false, None),
            answer: lane(now.back >= 4, false, outcome),
            round_trip: units::ms(viewer_round_trip(plan.city, plan.pop.position())),
            capsule: capsule(0),
        },
        Leg {
            request: lane(asked_rec, rails_off, None),
            answer: lane(asked_rec && now.back >= 3, rails_off, outcome),
            round_trip: if rails_off {
                String::new()
            } else {
                units::ms(round_trip(plan.pop.position(), plan.rec.position()))
            },
            capsule: capsule(1),
        },
        Leg {
            request: lane(asked_origin && !is_bypass, rails_off || rec_answered, None),
            answer: lane(
                asked_origin && !is_bypass && now.back >= 2,
                rails_off || rec_answered,
                outcome,
            ),
            round_trip: if rails_off || rec_answered {
                String::new()
            } else {
                units::ms(round_trip(plan.rec.position(), origin.region.position()))
            },
            capsule: capsule(2),
        },
    ]
}

/// What travels on a leg at this hop: it stands where it has just arrived, or where it is about to leave.
fn capsule(trip: Option<&Trip>, leg: usize, outcome: Option<Outcome>, now: Now) -> Option<Capsule> {
    let trip = trip?;
    let (at_leg, is_answer, at) = match now.hop? {
        Hop::Sent => (0, false, 0.0),
        Hop::PopLooks if trip.answered.contains_key(&Place::Pop(trip.pop)) => (0, true, 0.0),
        // It has taken off already, on the way past the REC.
        Hop::PopLooks if trip.bypass().is_some() => return None,
        Hop::PopLooks => (0, false, 1.0),
        Hop::RecLooks if trip.answered.contains_key(&Place::Rec(trip.rec)) => (1, true, 0.0),
        Hop::RecLooks => (1, false, 1.0),
        Hop::AtOrigin => (2, false, 1.0),
        Hop::Answer => (2, true, 0.0),
        Hop::RecKeeps => (2, true, 1.0),
        Hop::PopKeeps => (1, true, 1.0),
        Hop::Shown => (0, true, 1.0),
        _ => return None,
    };
    (at_leg == leg).then(|| make_capsule(trip, is_answer, at, outcome))
}

fn make_capsule(trip: &Trip, is_answer: bool, at: f64, outcome: Option<Outcome>) -> Capsule {
    let name = trip.request.target.file_name();
    let text = if is_answer {
        let status = answer_status(trip).unwrap_or_default();
        format!("{status} {name}")
    } else {
        request_text(&trip.request, name)
    };
    Capsule { text, is_answer, at, outcome: outcome.filter(|_| is_answer) }
}

fn request_text(request: &Request, name: &str) -> String {
    format!("{} {name}", request.method)
}

/// The status of the answer that is under way: the nearest to the viewer.
fn answer_status(trip: &Trip) -> Option<u16> {
    let shown = trip.shown.as_ref().map(|shown| shown.response.status);
    let pop = trip.answered.get(&Place::Pop(trip.pop)).map(|(response, _)| response.status);
    let rec = trip.answered.get(&Place::Rec(trip.rec)).map(|(response, _)| response.status);
    let origin = trip.replied.as_ref().map(|(response, _)| response.status);
    shown.or(pop).or(rec).or(origin).map(|status| status.0)
}

fn over(trip: &Trip, plan: Plan, origin: &OriginFacts, now: Now) -> Option<Over> {
    let forwarded = trip.forwarded.get(&Place::Pop(trip.pop))?;
    let Route::PastRec(bypass) = &forwarded.route else { return None };
    let outcome = trip.outcome();
    let capsule = match now.hop {
        Some(Hop::PopLooks) => Some(make_capsule(trip, false, 0.0, outcome)),
        Some(Hop::AtOrigin) => Some(make_capsule(trip, false, 1.0, outcome)),
        Some(Hop::Answer) => Some(make_capsule(trip, true, 0.0, outcome)),
        Some(Hop::PopKeeps) => Some(make_capsule(trip, true, 1.0, outcome)),
        _ => None,
    };
    Some(Over {
        why: why::bypass_in_short(bypass),
        round_trip: units::ms(round_trip(plan.pop.position(), origin.region.position())),
        capsule,
    })
}

fn shelf(
    scene: &Scene,
    place: Place,
    station: &str,
    capacity: u64,
    is_unsearched: bool,
) -> ShelfPicture {
    let empty = Shelf::default();
    let shelf = scene.shelf(place).unwrap_or(&empty);
    let mut cells: Vec<CellPicture> = Vec::new();
    let is_waiting = scene.trip.as_ref().is_some_and(|trip| trip.last_place != place);
    if let Some(key) = &shelf.missing {
        cells.push(missing(key, is_waiting));
    }
    let room = MOST_CELLS - cells.len();
    let fits = if shelf.cells.len() > room { room - 1 } else { shelf.cells.len() };
    cells.extend(shelf.cells.iter().take(fits).map(|cell| picture(cell, scene)));
    ShelfPicture {
        name: format!("Objects in {station}"),
        note: cells.is_empty().then(|| format!("Empty. Room for {}", units::bytes(capacity))),
        more: shelf.cells.len() - fits,
        cells,
        is_unsearched,
    }
}

fn missing(key: &CacheKey, is_waiting: bool) -> CellPicture {
    CellPicture {
        name: key.file_name().to_owned(),
        key: key.to_string(),
        remaining: if is_waiting { "waiting" } else { "not here" }.to_owned(),
        size: String::new(),
        state: if is_waiting { "wait" } else { "ghost" },
        outcome: Some(Outcome::Miss).filter(|_| !is_waiting),
        weight: 1.3,
        ttl: 0.0,
    }
}

fn picture(cell: &Cell, scene: &Scene) -> CellPicture {
    let is_fresh = cell.is_fresh(scene.at);
    let (state, outcome) = match cell.state {
        CellState::Found => ("touch", Some(Outcome::Hit)),
        CellState::Stored => ("touch", Some(Outcome::Miss)),
        CellState::Refreshed => ("touch", Some(Outcome::Refresh)),
        CellState::FoundStale | CellState::Resting if !is_fresh => ("stale", Some(Outcome::Stale)),
        CellState::FoundStale | CellState::Resting => ("rest", None),
    };
    let left = cell.stale_at.since(scene.at).as_secs();
    // The square root keeps large objects from taking the whole shelf.
    let weight = libm::sqrt(cell.size_bytes as f64 / 60_000.0).clamp(1.0, 3.0);
    CellPicture {
        name: cell.key.file_name().to_owned(),
        key: cell.key.to_string(),
        remaining: if is_fresh { units::short_span(left) } else { "stale".to_owned() },
        size: units::bytes(cell.size_bytes),
        state,
        outcome,
        weight,
        ttl: cell.remaining(scene.at),
    }
}
