//! Who hears what happens in a World.

use super::{Event, ExchangeId, Exchanged, Place, What};
use crate::time::SimTime;

/// Receives events, or a summary of each exchange. Each is made only for an observer that wants it.
pub trait Observer {
    /// Whether events are wanted at all.
    fn wants(&self) -> bool;

    /// Takes one event.
    fn on(&mut self, event: Event);

    /// Whether summaries of exchanges are wanted.
    fn counts(&self) -> bool {
        false
    }

    /// Takes the summary of an exchange whose answer is shown.
    fn count(&mut self, exchange: &Exchanged<'_>) {
        let _ = exchange;
    }

    /// Makes and takes a summary if it is wanted.
    fn tally<'a>(&mut self, make: impl FnOnce() -> Exchanged<'a>)
    where
        Self: Sized,
    {
        if self.counts() {
            self.count(&make());
        }
    }

    /// Builds and takes an event if it is wanted.
    fn note(
        &mut self,
        at: SimTime,
        exchange: Option<ExchangeId>,
        place: Place,
        what: impl FnOnce() -> What,
    ) where
        Self: Sized,
    {
        if self.wants() {
            self.on(Event { at, exchange, place, what: what() });
        }
    }
}

/// Wants nothing: the World runs, and no event is built.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nobody;

impl Observer for Nobody {
    fn wants(&self) -> bool {
        false
    }
    fn on(&mut self, _event: Event) {}
}
