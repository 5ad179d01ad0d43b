//! What a cache holds, as an open tray.

use super::{CellPicture, ShelfPicture};
use crate::edge::CacheKey;
use crate::scene::shelf::{Cell, CellState, Shelf};
use crate::scene::{Outcome, Scene, units};
use crate::simulation::Place;

/// The most objects that a shelf shows; the rest folds into one.
pub const MOST_CELLS: usize = 5;

pub(super) fn picture(
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
    cells.extend(shelf.cells.iter().take(fits).map(|cell| cell_picture(cell, scene)));
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

fn cell_picture(cell: &Cell, scene: &Scene) -> CellPicture {
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
