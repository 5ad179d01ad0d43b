//! The path: stations, rails, capsules and shelves as plain values. Nothing here decides; it reads the Scene.

mod rails;
mod shelves;
mod stations;

pub use shelves::MOST_CELLS;

use super::Outcome;
use super::step::{Hop, Step};
use super::{Places, Scene, Trip};
use crate::distribution::OriginKind;
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
    /// Where all this is.
    pub places: Places,
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
        let path = last.map_or(path, |trip| trip.request.target.path());
        // Between two requests nothing travels: the places stay, what the last one left there does not.
        let is_between = step.is_some_and(|step| step.exchange.is_none());
        let trip = last.filter(|_| !is_between);
        let origin = OriginFacts::of(scenario, scene, trip, path);
        let now = Now::of(trip, step);
        Self {
            stations: [
                stations::viewer(scene, trip, plan, now),
                stations::cache(scene, trip, Place::Pop(plan.pop), now, plan),
                stations::cache(scene, trip, Place::Rec(plan.rec), now, plan),
                stations::origin(trip, &origin, now),
            ],
            dns: stations::dns(trip, last.is_some(), now),
            legs: rails::legs(trip, plan, &origin, now),
            over: trip.and_then(|trip| rails::over(trip, plan, &origin, now)),
            places: Places {
                city: plan.city,
                pop: plan.pop,
                rec: plan.rec,
                shield: None,
                origin: origin.region,
                next: Some(next).filter(|next| *next != plan.city),
            },
        }
    }
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Out {
    Nothing,
    Composed,
    Sent,
    AtPop,
    AtRec,
    AtOrigin,
}

/// How far its answer has come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Back {
    Nothing,
    LeftOrigin,
    AtRec,
    AtPop,
    AtViewer,
}

/// Where the exchange in view is.
#[derive(Clone, Copy, Debug)]
struct Now {
    hop: Option<Hop>,
    out: Out,
    back: Back,
    place: Option<Place>,
}

impl Now {
    fn of(trip: Option<&Trip>, step: Option<&Step>) -> Self {
        let Some(trip) = trip else {
            let place = step.map(|step| step.place);
            return Self { hop: None, out: Out::Nothing, back: Back::Nothing, place };
        };
        let is_over = trip.shown.is_some();
        let hop = step.filter(|step| step.exchange == Some(trip.id)).map(|step| step.hop);
        let pop_place = Place::Pop(trip.pop);
        let rec_place = Place::Rec(trip.rec);
        let at_pop = trip.matched.is_some();
        let out = match () {
            () if trip.at_origin.is_some() => Out::AtOrigin,
            () if trip.found.contains_key(&rec_place) => Out::AtRec,
            () if at_pop => Out::AtPop,
            () if matches!(hop, Some(Hop::Sent)) => Out::Sent,
            () => Out::Composed,
        };
        let back = match () {
            () if is_over => Back::AtViewer,
            () if trip.answered.contains_key(&pop_place) || hop == Some(Hop::PopKeeps) => {
                Back::AtPop
            }
            () if trip.answered.contains_key(&rec_place) || hop == Some(Hop::RecKeeps) => {
                Back::AtRec
            }
            () if trip.replied.is_some() => Back::LeftOrigin,
            () => Back::Nothing,
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
