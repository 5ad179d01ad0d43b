//! The append-only list of events: all that views ever read.

use sha2::{Digest, Sha256};

use super::{Event, ExchangeId, Observer};

/// All events so far, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    events: Vec<Event>,
}

impl Journal {
    /// An empty journal.
    pub const fn new() -> Self {
        Self { events: Vec::new() }
    }

    /// How many events there are.
    pub const fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// All events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The events before a playhead, which is clamped to the journal's length.
    pub fn before(&self, playhead: usize) -> &[Event] {
        &self.events[..playhead.min(self.events.len())]
    }

    /// The places in the journal of one exchange's events, in order.
    pub fn of_exchange(&self, exchange: ExchangeId) -> impl Iterator<Item = (usize, &Event)> {
        self.events.iter().enumerate().filter(move |(_, event)| event.exchange == Some(exchange))
    }

    /// SHA-256 over the events as JSON lines, in lower-case hexadecimal: equal where the journals are, byte for byte.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for event in &self.events {
            // An event holds strings, numbers, lists and maps with string keys, all of which JSON can hold.
            let line = serde_json::to_vec(event).expect("an event can be written as JSON");
            hash.update(&line);
            hash.update(b"\n");
        }
        format!("{:x}", hash.finalize())
    }
}

impl Observer for Journal {
    fn wants(&self) -> bool {
        true
    }
    fn on(&mut self, event: Event) {
        self.events.push(event);
    }
}
