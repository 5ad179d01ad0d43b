//! The Scene: what is true once the first `playhead` events have happened.

use litemap::LiteMap;

use super::shelf::{Cell, CellState, Loss, Shelf};
use super::{Outcome, Trip};
use crate::edge::{Decision, Found};
use crate::simulation::{Change, Event, ExchangeId, Journal, Place, Scenario, Settings, What};
use crate::time::SimTime;

/// The state of everything that a view shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// How many events have happened.
    pub playhead: usize,
    /// The instant of the last of them.
    pub at: SimTime,
    /// The settings in force.
    pub settings: Settings,
    /// What each cache holds.
    pub shelves: LiteMap<Place, Shelf>,
    /// The exchange in view: of those under way the one to which the last event belongs.
    pub trip: Option<Trip>,
    /// The others that were begun together with it.
    pub aside: LiteMap<u32, Trip>,
    /// The invalidation in view: from when it was asked for until the next request, or another change.
    pub wave: Option<Wave>,
    /// The sizes of the objects that came to be, or of which new versions have been published, since the start, in bytes.
    pub published: LiteMap<String, u64>,
    /// When the last edge location has the configuration that was saved; none where all have it (DST-02).
    pub deploying_until: Option<SimTime>,
}

/// An invalidation, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// When it was asked for.
    pub began: SimTime,
    /// The caches that have carried it out, in order, and when.
    pub reached: Vec<(Place, SimTime)>,
}

impl Scene {
    /// The Scene before anything has happened.
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            playhead: 0,
            at: SimTime::ZERO,
            settings: Settings::of(scenario),
            shelves: LiteMap::new(),
            trip: None,
            aside: LiteMap::new(),
            wave: None,
            published: LiteMap::new(),
            deploying_until: None,
        }
    }

    /// The Scene at a playhead.
    pub fn at(scenario: &Scenario, journal: &Journal, playhead: usize) -> Self {
        let mut scene = Self::new(scenario);
        for event in journal.before(playhead) {
            scene.take(event);
        }
        scene
    }

    /// Takes in the next event.
    pub fn take(&mut self, event: &Event) {
        self.playhead += 1;
        self.at = event.at;
        match &event.what {
            What::Composed { request, foreign_host } => {
                self.settle();
                if let (Some(id), Place::Viewer(city)) = (event.exchange, event.place) {
                    let trip = Trip::begin(
                        id,
                        city,
                        event.at,
                        request,
                        foreign_host.as_ref(),
                        self.settings.pop_for(city),
                    );
                    match self.trip.replace(trip).filter(|trip| !trip.is_over()) {
                        Some(together) => {
                            self.aside.insert(together.id.0, together);
                        }
                        None => self.aside.clear(),
                    }
                }
            }
            What::Waited { .. } => self.settle(),
            What::InvalidationCreated { .. } => {
                self.settle();
                self.wave = Some(Wave { began: event.at, reached: Vec::new() });
            }
            What::Changed(change) => {
                self.settle();
                match change {
                    Change::Deployment { until, .. } => self.deploying_until = Some(*until),
                    // IM-08: put in force everywhere, it leaves none on its way.
                    Change::Configuration(_) => self.deploying_until = None,
                    _ => {}
                }
                self.settings.apply(change);
            }
            // Of several on their way, the last one counts.
            What::Deployed if self.deploying_until.is_some_and(|until| until <= event.at) => {
                self.deploying_until = None;
            }
            What::Published { path, size_bytes, .. } => {
                self.settle();
                self.published.insert(path.clone(), *size_bytes);
            }
            What::Decided(decision) => {
                if let (Some(wave), Decision::Invalidated { .. }) = (&mut self.wave, decision) {
                    wave.reached.push((event.place, event.at));
                }
                self.take_on_shelf(event, decision);
            }
            _ => {}
        }
        self.turn_to(event.exchange);
        if let Some(trip) = self.trip.as_mut().filter(|trip| event.exchange == Some(trip.id)) {
            trip.take(event);
        }
    }

    /// Forgets what was seen of the last request, or of what came between.
    fn settle(&mut self) {
        self.wave = None;
        for (_, shelf) in self.shelves.iter_mut() {
            shelf.settle();
        }
    }

    /// Brings the exchange of an event into view.
    fn turn_to(&mut self, exchange: Option<ExchangeId>) {
        let Some(id) = exchange else { return };
        if self.trip.as_ref().is_some_and(|trip| trip.id == id) {
            return;
        }
        if let Some(trip) = self.aside.remove(&id.0)
            && let Some(other) = self.trip.replace(trip)
        {
            self.aside.insert(other.id.0, other);
        }
    }

    /// What a tier holds.
    pub fn shelf(&self, place: Place) -> Option<&Shelf> {
        self.shelves.get(&place)
    }

    /// How large the origin's object under a path is, in bytes; `None` where it has none.
    pub fn size_of(&self, scenario: &Scenario, path: &str) -> Option<u64> {
        let first = || scenario.site.get(path).map(|object| object.size_bytes);
        self.published.get(path).copied().or_else(first)
    }

    fn take_on_shelf(&mut self, event: &Event, decision: &Decision) {
        let trip = self.trip.as_ref().filter(|trip| event.exchange == Some(trip.id));
        let tray = self.shelves.entry(event.place).or_default();
        match decision {
            Decision::LookedUp { key, found } => match found {
                Found::Fresh { .. } => {
                    tray.touch(key);
                    tray.find(key).into_iter().for_each(|cell| cell.state = CellState::Found);
                }
                Found::Stale { .. } => {
                    tray.find(key).into_iter().for_each(|cell| cell.state = CellState::FoundStale);
                }
                Found::StaleServed { .. } => {
                    tray.touch(key);
                    tray.find(key).into_iter().for_each(|cell| cell.state = CellState::FoundStale);
                }
                Found::HeadOnly | Found::PartMissing { .. } | Found::Absent => {
                    tray.missing = Some(key.clone());
                }
            },
            Decision::Stored { key, size_bytes, lifetime, stale_at, version, status, kept } => {
                tray.missing = None;
                tray.remove(key);
                let cell = Cell {
                    key: key.clone(),
                    size_bytes: *size_bytes,
                    stored_at: event.at,
                    stale_at: *stale_at,
                    lifetime_secs: lifetime.secs,
                    version: *version,
                    status: *status,
                    state: match trip.and_then(|trip| trip.outcome_of_kept(*kept)) {
                        Some(Outcome::Hit) => CellState::Found,
                        Some(Outcome::Refresh) => CellState::Refreshed,
                        Some(Outcome::Stale) => CellState::FoundStale,
                        _ => CellState::Stored,
                    },
                };
                tray.cells.insert(0, cell);
            }
            Decision::NotStored { .. } => tray.missing = None,
            Decision::Evicted { key, .. } => tray.lose(key, Loss::PushedOut),
            Decision::Invalidated { removed, .. } => {
                for key in removed {
                    tray.lose(key, Loss::Invalidated);
                }
            }
            Decision::Emptied { .. } => tray.cells.clear(),
            _ => {}
        }
    }
}
