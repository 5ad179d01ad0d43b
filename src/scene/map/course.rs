//! How far an exchange goes before it is answered: the journal knows it to its end, so the camera can stay where it is
//! from the first step to the last.

use super::places::Stop;
use crate::edge::{Decision, Upstream};
use crate::simulation::{ExchangeId, Journal, What};

/// The way of an exchange, as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// The last station that is asked.
    pub farthest: Farthest,
    /// Whether it goes past the regional edge cache.
    pub is_past: bool,
}

/// The last station that an exchange asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Farthest {
    /// The edge location or the regional edge cache: how short a hit at the edge is, is seen beside what it could have been.
    Rec,
    /// Origin Shield.
    Shield,
    /// The origin.
    Origin,
}

impl Course {
    /// Where nothing was sent: every station may be asked.
    pub const OPEN: Self = Self { farthest: Farthest::Origin, is_past: false };

    /// The way of exchanges that were begun together: they share answers.
    pub fn of(journal: &Journal, exchanges: &[ExchangeId]) -> Self {
        let mut course = Self { farthest: Farthest::Rec, is_past: false };
        for event in journal.events() {
            let What::Decided(Decision::Forwarded { route, .. }) = &event.what else { continue };
            if !event.exchange.is_some_and(|exchange| exchanges.contains(&exchange)) {
                continue;
            }
            let farthest = match route.upstream() {
                Upstream::Rec => Farthest::Rec,
                Upstream::Shield(_) => Farthest::Shield,
                Upstream::Origin => Farthest::Origin,
            };
            course.farthest = course.farthest.max(farthest);
            course.is_past |= route.bypass().is_some();
        }
        course
    }

    /// Whether a station is in view: it is asked, or another that is asked lies behind it, or the next request comes from it.
    pub(super) const fn reaches(self, stop: Stop) -> bool {
        match stop {
            Stop::Viewer | Stop::Pop | Stop::Rec | Stop::Next => true,
            Stop::Shield => !matches!(self.farthest, Farthest::Rec),
            Stop::Origin => matches!(self.farthest, Farthest::Origin),
        }
    }
}
