//! The strip of an invalidation: nothing travels from the viewer, but each cache is reached at its own moment.

use super::{Point, Sign, Strip};
use crate::edge::Decision;
use crate::scene::Level;
use crate::simulation::{Event, Journal, Place, What};

impl Strip {
    /// The strip of the invalidation that an event belongs to, by the event's number in the journal; `None` where it
    /// belongs to none.
    ///
    /// The row of an arrival is that of the cache's tier: a regional edge cache is cleared before the edge locations behind
    /// it (INV-38).
    pub fn of_invalidation(journal: &Journal, event: usize) -> Option<Self> {
        let events = journal.events();
        let begin = events.get(..=event)?.iter().rposition(|event| !is_under_way(event))?;
        let from = match events[begin].what {
            What::InvalidationCreated { .. } => events[begin].at,
            _ => return None,
        };
        let spread: Vec<&Event> =
            events[begin + 1..].iter().take_while(|event| is_under_way(event)).collect();
        let until = spread.last().map_or(from, |event| event.at);
        let mut strip = Self::empty(from, until);
        let arrivals = spread.iter().filter_map(|event| {
            let is_arrival = matches!(event.what, What::Decided(Decision::Invalidated { .. }));
            let level = Level::of(event.place, None);
            is_arrival.then_some(Point { at: event.at, level })
        });
        strip.marks.extend(arrivals.map(|point| (point, Sign::Cleared)));
        strip.bracket_tiers();
        strip.levels = Level::without_shield();
        Some(strip)
    }

    /// How long the regional edge caches take, and how much longer the edge locations.
    fn bracket_tiers(&mut self) {
        let at_level = |level| {
            let marks = self.marks.iter().filter(move |(point, _)| point.level == level);
            marks.map(|(point, _)| point.at)
        };
        let begun = self.from;
        let recs_cleared = at_level(Level::Rec).max().unwrap_or(begun);
        let is_first_pop_later = at_level(Level::Pop).all(|at| at >= recs_cleared);
        self.bracket("Regional edge caches", begun, recs_cleared);
        let pops = if is_first_pop_later { "Edge locations" } else { "Last edge locations" };
        self.bracket(pops, recs_cleared, self.until);
        self.phases.retain(|phase| phase.from < phase.until);
    }
}

/// Whether an event is part of an invalidation that was created before it.
fn is_under_way(event: &Event) -> bool {
    let is_at_cache = matches!(event.place, Place::Pop(_) | Place::Rec(_));
    match &event.what {
        What::InvalidationCompleted { .. } => true,
        What::Decided(_) => event.exchange.is_none() && is_at_cache,
        _ => false,
    }
}
