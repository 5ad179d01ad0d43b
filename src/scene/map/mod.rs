//! The map: what lies where, what of it has been used by now, and what is under the pointer. Nothing here decides; it
//! reads the figure of the path.

mod apart;
mod camera;
mod candidates;
mod course;
mod fitting;
mod framing;
mod great_circle;
mod labels;
mod layout;
mod lettering;
mod lines;
mod notes;
mod places;
mod projection;
mod under;
mod wave;
mod world;

pub use camera::{Band, Camera, Framed};
pub use candidates::CandidatePin;
pub use course::{Course, Farthest};
pub use labels::{Rect, Side, Spot};
pub use layout::{Arc, Layout, Pin, Rim};
pub use notes::Note;
pub use places::{Places, Stop, Way};
pub use projection::{Point, SHEET_HEIGHT, SHEET_WIDTH, project};
pub use under::{Direction, Meant, Under, next, pointed, under};
pub use wave::{WaveMark, WavePin, WavePlace, WaveState, wave_marks, wave_places};
pub use world::{WorldMarks, world_marks};

use super::path::{Lane, LaneState, Leg, PathPicture, StationState};
use super::units;
use super::{Outcome, Scene, Trip};
use crate::network::{Pop, PriceClass, Resolver};

/// What has come to pass on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPicture {
    /// A sentence beside "Map".
    pub caption: String,
    /// Viewer, edge location, regional edge cache, Origin Shield and origin, as in the layout.
    pub stops: Vec<StopState>,
    /// The ways, as in the layout.
    pub ways: Vec<WayState>,
    /// The edge locations that the DNS weighed, while it does: the one that it takes is the first.
    pub candidates: Vec<Candidate>,
}

/// A station on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopState {
    /// Which one.
    pub stop: Stop,
    /// How far the request has come there.
    pub state: StationState,
    /// What was decided there.
    pub outcome: Option<Outcome>,
}

/// A way on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct WayState {
    /// Which one.
    pub way: Way,
    /// How far it was used.
    pub use_: WayUse,
    /// The answer's colour.
    pub outcome: Option<Outcome>,
    /// There and back.
    pub round_trip: String,
    /// Whether something has just travelled it: an answer, or a request.
    pub travels: Option<Travels>,
}

/// How far a way was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayUse {
    /// Not yet.
    Todo,
    /// The request went there.
    Asked,
    /// The answer came back.
    Answered,
    /// It will not be.
    Off,
}

impl WayUse {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Off => "off",
        }
    }
}

/// What travels a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travels {
    /// A request, away from the viewer.
    Out,
    /// An answer, towards the viewer.
    Back,
}

impl Travels {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Back => "back",
        }
    }
}

/// An edge location that the DNS weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Which one.
    pub pop: Pop,
    /// Its code and its round trip from where the viewer seems to be: what decides, for all of them alike (DNS-09).
    pub text: String,
}

/// All edge locations of a global distribution that a price class includes (DS-02), on the sheet.
fn edge_locations(class: PriceClass) -> impl Iterator<Item = (Pop, Point)> {
    Pop::all()
        .filter(move |pop| pop.price_class() <= class)
        .map(|pop| (pop, project(pop.position())))
}

impl MapPicture {
    /// What stands beside "Map" while an invalidation is on its way.
    fn caption_of_wave(marks: &[WaveMark]) -> String {
        let reached = marks.iter().filter(|mark| mark.state != WaveState::Ahead).count();
        format!("The invalidation has reached {reached} of {} caches", marks.len())
    }

    /// The map to a figure of the path. `is_dns` tells that the name is looked up in this step; where the viewer still knows
    /// the answer, nothing is weighed.
    pub fn of(path: &PathPicture, scene: &Scene, trip: Option<&Trip>, is_dns: bool) -> Self {
        let station = |role: &str| path.stations.iter().find(|station| station.role == role);
        let stop = |stop: Stop, role: &str| {
            station(role).map(|station| StopState {
                stop,
                state: station.state,
                outcome: station.flag,
            })
        };
        let stops = [
            stop(Stop::Viewer, "viewer"),
            stop(Stop::Pop, "pop"),
            stop(Stop::Rec, "rec"),
            stop(Stop::Shield, "shield"),
            stop(Stop::Origin, "origin"),
        ];
        let has_shield = path.places.shield.is_some();
        let names = [Way::ViewerPop, Way::PopRec]
            .into_iter()
            .chain(has_shield.then_some(Way::RecShield))
            .chain([Way::ToOrigin]);
        let mut ways: Vec<WayState> =
            names.zip(&path.legs).map(|(name, leg)| way(name, leg)).collect();
        if let Some(over) = &path.over {
            let answer = over.answer;
            let state = WayState {
                way: Way::Past,
                use_: if answer.is_some() { WayUse::Answered } else { WayUse::Asked },
                outcome: Some(answer.unwrap_or(Outcome::Bypass)),
                round_trip: over.round_trip.clone(),
                travels: over.capsule.as_ref().filter(|capsule| capsule.at >= 1.0).map(travels),
            };
            ways.push(state);
        }
        let dns = trip.and_then(|trip| trip.dns.as_ref());
        let dns = dns.filter(|dns| is_dns && dns.cached_secs.is_none());
        let candidate = |candidate: &crate::network::Candidate| Candidate {
            pop: candidate.pop,
            text: format!("{} {}", candidate.pop.code(), units::ms(candidate.round_trip)),
        };
        Self {
            caption: match wave_marks(scene) {
                marks if marks.is_empty() => {
                    caption(path, trip, dns.map(|dns| dns.answer.resolver))
                }
                marks => Self::caption_of_wave(&marks),
            },
            stops: stops.into_iter().flatten().collect(),
            ways,
            candidates: dns
                .map_or_else(Vec::new, |dns| dns.answer.candidates.iter().map(candidate).collect()),
        }
    }
}

fn way(way: Way, leg: &Leg) -> WayState {
    let is = |lane: Lane, state: LaneState| lane.state == state;
    let use_ = match () {
        () if is(leg.answer, LaneState::Done) => WayUse::Answered,
        () if is(leg.request, LaneState::Done) => WayUse::Asked,
        () if is(leg.request, LaneState::Off) => WayUse::Off,
        () => WayUse::Todo,
    };
    WayState {
        way,
        use_,
        outcome: leg.answer.outcome,
        round_trip: leg.round_trip.clone(),
        travels: leg.capsule.as_ref().filter(|capsule| capsule.at >= 1.0).map(travels),
    }
}

const fn travels(capsule: &super::path::Capsule) -> Travels {
    if capsule.is_answer { Travels::Back } else { Travels::Out }
}

/// `weighs` for whom the DNS does.
fn caption(path: &PathPicture, trip: Option<&Trip>, weighs: Option<Resolver>) -> String {
    let Some(trip) = trip else { return "Nothing is on its way".to_owned() };
    let pop = trip.pop.short_name();
    let is_over = path.over.is_some();
    let has_shield = path.over.as_ref().is_some_and(|over| over.ends_at_shield);
    let only_pop = path.legs[1].request.state == LaneState::Off;
    match () {
        () if weighs == Some(Resolver::FarWithSubnet) => {
            "Round trips from the viewer's town: the shortest wins".to_owned()
        }
        () if weighs.is_some() => {
            "Round trips from the viewer's resolver: the shortest wins".to_owned()
        }
        () if is_over => {
            let end = if has_shield { "Origin Shield" } else { "the origin" };
            format!("Straight to {end}, past {}", trip.rec.short_name())
        }
        () if only_pop => format!("One short trip: nothing beyond {pop} is asked"),
        () => "Round trips in milliseconds".to_owned(),
    }
}

#[cfg(test)]
mod tests;
