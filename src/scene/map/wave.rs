//! An invalidation on its way: which caches it has reached, and which still serve what they have.

use super::projection::{Point, project};
use crate::network::Position;
use crate::scene::{Scene, units};
use crate::simulation::Place;

/// A cache that the invalidation reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveMark {
    /// Where on the sheet.
    pub at: Point,
    /// Whether it is a regional edge cache, and not an edge location.
    pub is_rec: bool,
    /// Whether it has carried the invalidation out.
    pub state: WaveState,
    /// Its town, and after how long it did.
    pub text: String,
}

/// How far an invalidation is at a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveState {
    /// It has not come yet.
    Ahead,
    /// It has just come.
    Now,
    /// It was here.
    Past,
}

impl WaveState {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Now => "now",
            Self::Past => "past",
        }
    }
}

/// The marks of the invalidation that is in view: one for each cache that holds, or has held, anything.
pub fn wave_marks(scene: &Scene) -> Vec<WaveMark> {
    let Some(wave) = &scene.wave else { return Vec::new() };
    let last = wave.reached.last().map(|(place, _)| *place);
    let mark = |place: Place| {
        let (position, town) = cache(place)?;
        let reached = wave.reached.iter().find(|(here, _)| *here == place);
        let state = match reached {
            None => WaveState::Ahead,
            Some(_) if last == Some(place) => WaveState::Now,
            Some(_) => WaveState::Past,
        };
        let text = match reached {
            None => town.to_owned(),
            Some((_, at)) => format!("{town} {}", units::tenths(at.since(wave.began))),
        };
        let is_rec = matches!(place, Place::Rec(_));
        Some(WaveMark { at: project(position), is_rec, state, text })
    };
    scene.shelves.keys().copied().filter_map(mark).collect()
}

/// Where the caches stand that an invalidation in view has to reach.
pub fn wave_places(scene: &Scene) -> Vec<Position> {
    let places = scene.shelves.keys().filter(|_| scene.wave.is_some());
    places.filter_map(|place| Some(cache(*place)?.0)).collect()
}

fn cache(place: Place) -> Option<(Position, &'static str)> {
    match place {
        Place::Pop(pop) => Some((pop.position(), pop.short_name())),
        Place::Rec(rec) => Some((rec.position(), rec.short_name())),
        _ => None,
    }
}
