//! Which lines of the log in view are shown: they are looked for a little at a time, so that the page goes on meanwhile.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::dom;
use crate::scene::logs::{Filter, Found};

/// After so long the page is drawn and heard.
const TURN: Duration = Duration::from_millis(5);

/// The filter of the log in view, and what it shows.
#[derive(Clone, Copy)]
pub(super) struct Search {
    filter: RwSignal<Filter>,
    /// The lines that it shows; none while all are.
    found: RwSignal<Option<Found>>,
    /// Counts how often they were looked for anew: whoever finds another number stops.
    begun: StoredValue<u32>,
}

impl Search {
    /// One that shows all lines.
    pub(super) fn new() -> Self {
        let (filter, found) = (RwSignal::new(Filter::default()), RwSignal::new(None));
        Self { filter, found, begun: StoredValue::new(0) }
    }

    /// What hides lines.
    pub(super) fn filter(self) -> RwSignal<Filter> {
        self.filter
    }

    /// Shows all lines again.
    pub(super) fn clear(self) {
        if !self.filter.with_untracked(Filter::is_empty) {
            self.filter.set(Filter::default());
        }
    }

    /// How many lines are found so far; none while all are shown.
    pub(super) fn count(self) -> Option<usize> {
        self.found.with(|found| found.as_ref().map(Found::len))
    }

    /// The line of the log that is shown at a place.
    pub(super) fn line_at(self, place: usize) -> Option<usize> {
        self.found.with(|found| found.as_ref().map_or(Some(place), |found| found.get(place)))
    }

    /// The place at which a line is shown.
    pub(super) fn place_of(self, line: usize) -> Option<usize> {
        self.found.with(|found| found.as_ref().map_or(Some(line), |found| found.place_of(line)))
    }

    /// Counts how often the lines were looked for anew: in between they keep their places.
    pub(super) fn begun(self) -> u32 {
        self.found.track();
        self.begun.get_value()
    }

    /// Looks for the lines, anew or further. `look` looks at some more of them, and says whether there are no others.
    pub(super) fn begin(
        self,
        goes_on: bool,
        look: impl Fn(&mut Found, &Filter) -> bool + Copy + 'static,
    ) {
        let next = || self.begun.update_value(|count| *count = count.wrapping_add(1));
        if self.filter.with_untracked(Filter::is_empty) {
            next();
            if self.found.with_untracked(Option::is_some) {
                self.found.set(None);
            }
            return;
        }
        // Lines that were found stay: a log that is being read only grows.
        if !goes_on || self.found.with_untracked(Option::is_none) {
            next();
            self.found.set(Some(Found::default()));
        }
        self.go_on(self.begun.get_value(), look);
    }

    fn go_on(self, begun: u32, look: impl Fn(&mut Found, &Filter) -> bool + Copy + 'static) {
        if self.begun.get_value() != begun {
            return;
        }
        let (since, filter) = (dom::now(), self.filter.get_untracked());
        let is_done = self.found.try_update(|found| {
            let Some(found) = found else { return true };
            while dom::now().saturating_sub(since) < TURN {
                if look(found, &filter) {
                    return true;
                }
            }
            false
        });
        if is_done == Some(false) {
            set_timeout(move || self.go_on(begun, look), Duration::ZERO);
        }
    }
}
