//! What a cache holds, as an open tray.

use super::{CellPicture, ShelfPicture};
use crate::edge::CacheKey;
use crate::scene::shelf::{Cell, CellState, Loss, Shelf};
use crate::scene::{Outcome, Scene, Trip, units};
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
    let is_waiting = scene
        .trip
        .as_ref()
        .is_some_and(|trip| trip.last_place != place || trip.waits_at == Some(place));
    if let Some(key) = &shelf.missing {
        cells.push(missing(key, is_waiting));
    }
    // What has just gone is seen at the end from which it went.
    let gone = shelf.gone.iter().rev().take(MOST_GONE);
    let gone: Vec<CellPicture> = gone.map(|(cell, loss)| gone_picture(cell, *loss)).collect();
    let room = MOST_CELLS - cells.len() - gone.len();
    let fits = if shelf.cells.len() > room { room - 1 } else { shelf.cells.len() };
    cells.extend(shelf.cells.iter().take(fits).map(|cell| cell_picture(cell, scene, place)));
    let more = shelf.cells.len() - fits;
    if shelf.missing.is_none() {
        tell_shifts(&mut cells, shelf.moved_from);
    }
    let staged = scene.settings.configuration.staged();
    let staging = staged.map(|staged| staged.distribution.domain.as_str());
    ShelfPicture {
        name: format!("Objects in {station}"),
        note: (cells.is_empty() && gone.is_empty())
            .then(|| format!("Empty. Room for {}", units::bytes(capacity))),
        cells: tell_apart(shelf, cells, staging),
        more,
        gone,
        is_unsearched,
    }
}

/// The most of what has just gone that a shelf shows.
const MOST_GONE: usize = 2;

fn gone_picture(cell: &Cell, loss: Loss) -> CellPicture {
    let text = match loss {
        Loss::PushedOut => "pushed out",
        Loss::Invalidated => "invalidated",
    };
    CellPicture {
        name: cell.key.file_name().to_owned(),
        key: cell.key.to_string(),
        remaining: text.to_owned(),
        size: units::bytes(cell.size_bytes),
        variant: error_of(cell),
        alike: 0,
        state: match loss {
            Loss::PushedOut => "out",
            Loss::Invalidated => "void",
        },
        outcome: None,
        weight: 1.3,
        shift: 0.0,
        ttl: 0.0,
    }
}

/// Where the cells lay before the first of them came from that place.
fn tell_shifts(cells: &mut [CellPicture], moved_from: Option<usize>) {
    let Some(place) = moved_from else { return };
    let [first, others @ ..] = cells else { return };
    let made_room = place.min(others.len());
    for other in &mut others[..made_room] {
        first.shift += other.weight;
        other.shift = -first.weight;
    }
}

/// Names what differs where several keys of one path lie on a shelf, or are looked for; in which folder a file lies
/// that is called as another one; and what belongs to a staging distribution (CD-09).
fn tell_apart(
    shelf: &Shelf,
    mut cells: Vec<CellPicture>,
    staging: Option<&str>,
) -> Vec<CellPicture> {
    let keys = || shelf.missing.iter().chain(shelf.cells.iter().map(|cell| &cell.key));
    for (cell, key) in cells.iter_mut().zip(keys()) {
        let of_path = || keys().filter(|other| other.path() == key.path());
        let is_staging = |key: &CacheKey| Some(key.host()) == staging;
        let mut parts: Vec<String> = cell.variant.take().into_iter().collect();
        if is_staging(key) {
            parts.push("staging".to_owned());
        } else if of_path().any(is_staging) {
            parts.push("primary".to_owned());
        }
        let is_namesake = |other: &&CacheKey| other.file_name() == key.file_name();
        if keys().filter(is_namesake).any(|other| other.path() != key.path()) {
            parts.push(key.path().trim_end_matches(key.file_name()).to_owned());
        }
        if of_path().filter(|other| other.host() == key.host()).count() > 1 {
            parts.push(variant(key));
        }
        cell.variant = (!parts.is_empty()).then(|| parts.join(" "));
    }
    let variants: Vec<_> = cells.iter().map(|cell| cell.variant.clone()).collect();
    for (cell, key) in cells.iter_mut().zip(keys()) {
        let of_path = keys().zip(&variants).filter(|(other, _)| other.path() == key.path());
        let of_path: Vec<&str> = of_path.filter_map(|(_, variant)| variant.as_deref()).collect();
        cell.alike = if of_path.len() > 1 { alike(&of_path) } else { 0 };
    }
    cells
}

/// The bytes with which all of some texts begin, up to the end of a name, a value or a blank.
fn alike(texts: &[&str]) -> usize {
    let [first, others @ ..] = texts else { return 0 };
    let is_in_all = |end: usize| others.iter().all(|other| other.starts_with(&first[..end]));
    let ends = first.char_indices().filter(|(_, sign)| matches!(sign, '=' | '&' | ' ' | ','));
    ends.map(|(place, sign)| place + sign.len_utf8())
        .take_while(|end| is_in_all(*end))
        .last()
        .unwrap_or(0)
}

/// The parts of a key besides host and path, as short as they can be told.
fn variant(key: &CacheKey) -> String {
    let query = key.query().map(|query| format!("?{query}"));
    let method = key.method().map(|method| method.to_string());
    let fields = key.fields().filter_map(|(_, value)| value.map(str::to_owned));
    let encoding = key.encoding().map(|encoding| encoding.as_str().to_owned());
    let parts = query.into_iter().chain(method).chain(fields).chain(encoding);
    let parts: Vec<String> = parts.chain(key.cookies().map(str::to_owned)).collect();
    if parts.is_empty() { "plain".to_owned() } else { parts.join(" ") }
}

fn missing(key: &CacheKey, is_waiting: bool) -> CellPicture {
    CellPicture {
        name: key.file_name().to_owned(),
        key: key.to_string(),
        remaining: if is_waiting { "waiting" } else { "not here" }.to_owned(),
        size: String::new(),
        variant: None,
        alike: 0,
        state: if is_waiting { "wait" } else { "ghost" },
        outcome: Some(Outcome::Miss).filter(|_| !is_waiting),
        weight: 1.3,
        shift: 0.0,
        ttl: 0.0,
    }
}

/// Whether the exchange in view got this from another one that fetched it.
fn is_shared(cell: &Cell, scene: &Scene, place: Place) -> bool {
    let is_key = |trip: &Trip| trip.key.as_ref().is_some_and(|(key, _)| *key == cell.key);
    scene.trip.as_ref().is_some_and(|trip| trip.shares_at() == Some(place) && is_key(trip))
}

/// The status of an error that is kept in an object's place (ERR-01).
fn error_of(cell: &Cell) -> Option<String> {
    cell.status.is_error().then(|| cell.status.0.to_string())
}

fn cell_picture(cell: &Cell, scene: &Scene, place: Place) -> CellPicture {
    let is_fresh = cell.is_fresh(scene.at);
    let (state, outcome) = match cell.state {
        CellState::Found => ("touch", Some(Outcome::Hit)),
        CellState::Stored => ("touch", Some(Outcome::Miss)),
        CellState::Refreshed => ("touch", Some(Outcome::Refresh)),
        CellState::FoundStale | CellState::Resting if !is_fresh => ("stale", Some(Outcome::Stale)),
        CellState::FoundStale | CellState::Resting => ("rest", None),
    };
    let outcome = outcome.map(|outcome| match outcome {
        _ if cell.status.is_error() && is_fresh => Outcome::Error,
        Outcome::Miss if is_shared(cell, scene, place) => Outcome::Hit, // COL-02
        outcome => outcome,
    });
    let left = cell.stale_at.since(scene.at).as_secs();
    // The square root keeps large objects from taking the whole shelf.
    let weight = libm::sqrt(cell.size_bytes as f64 / 60_000.0).clamp(1.0, 3.0);
    CellPicture {
        name: cell.key.file_name().to_owned(),
        key: cell.key.to_string(),
        remaining: if is_fresh { units::short_span(left) } else { "stale".to_owned() },
        size: units::bytes(cell.size_bytes),
        variant: error_of(cell),
        alike: 0,
        state,
        outcome,
        weight,
        shift: 0.0,
        ttl: cell.remaining(scene.at),
    }
}
