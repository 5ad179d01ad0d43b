//! What a cache holds at a point of the journal, most recently used first.

use crate::edge::CacheKey;
use crate::http::Status;
use crate::time::SimTime;

/// A cache as a tray of objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Most recently used first.
    pub cells: Vec<Cell>,
    /// The key that was looked for last by the exchange in view and is not there.
    pub missing: Option<CacheKey>,
    /// From which place the most recently used one has come there, counted from 0, if it lay elsewhere.
    pub moved_from: Option<usize>,
    /// What has just gone, and why: since the request in view was composed.
    pub gone: Vec<(Cell, Loss)>,
}

/// Why a stored response went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// To make room (EVI-01).
    PushedOut,
    /// An invalidation named it.
    Invalidated,
}

/// One stored response on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its key.
    pub key: CacheKey,
    /// In bytes.
    pub size_bytes: u64,
    /// When it was stored or refreshed.
    pub stored_at: SimTime,
    /// When it becomes stale.
    pub stale_at: SimTime,
    /// Its freshness lifetime in seconds.
    pub lifetime_secs: u64,
    /// Which version of the object it is.
    pub version: u32,
    /// Its status: an error can be stored, too (ERR-01).
    pub status: Status,
    /// What happened to it last, as far as the exchange in view is concerned.
    pub state: CellState,
}

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellState {
    /// It rests.
    #[default]
    Resting,
    /// The exchange in view found it fresh, or learned from the REC that it still is (REV-09).
    Found,
    /// The exchange in view found it stale.
    FoundStale,
    /// The exchange in view put it there.
    Stored,
    /// The exchange in view learned from the origin that it is still good.
    Refreshed,
}

impl Shelf {
    /// What the objects take, in bytes.
    pub fn used_bytes(&self) -> u64 {
        self.cells.iter().map(|cell| cell.size_bytes).sum()
    }

    pub(super) fn find(&mut self, key: &CacheKey) -> Option<&mut Cell> {
        self.cells.iter_mut().find(|cell| cell.key == *key)
    }

    pub(super) fn remove(&mut self, key: &CacheKey) {
        self.cells.retain(|cell| cell.key != *key);
    }

    /// Takes a cell away, and remembers it while the request in view is under way.
    pub(super) fn lose(&mut self, key: &CacheKey, loss: Loss) {
        if let Some(place) = self.cells.iter().position(|cell| cell.key == *key) {
            self.gone.push((self.cells.remove(place), loss));
        }
    }

    /// Makes a cell the most recently used one.
    pub(super) fn touch(&mut self, key: &CacheKey) {
        if let Some(place) = self.cells.iter().position(|cell| cell.key == *key) {
            self.cells[..=place].rotate_right(1);
            self.moved_from = (place > 0).then_some(place);
        }
    }

    /// Forgets what the exchange in view did.
    pub(super) fn settle(&mut self) {
        self.missing = None;
        self.moved_from = None;
        self.gone.clear();
        for cell in &mut self.cells {
            cell.state = CellState::Resting;
        }
    }
}

impl Cell {
    /// Whether it is fresh at an instant.
    pub fn is_fresh(&self, now: SimTime) -> bool {
        now < self.stale_at
    }

    /// What is left of its lifetime at an instant, from 0 to 1.
    pub fn remaining(&self, now: SimTime) -> f64 {
        if self.lifetime_secs == 0 {
            return 0.0;
        }
        (self.stale_at.since(now).as_secs_f64() / self.lifetime_secs as f64).clamp(0.0, 1.0)
    }
}
