//! Functions at the edge on the strip: what waits for them stands still, or goes to the Region where they run.

use std::time::Duration;

use super::{Level, Point, Strip};
use crate::edge::{Ran, run_time};
use crate::time::{SimTime, micros};

/// A function that has run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wait {
    until: SimTime,
    /// For how long it was waited for.
    took: Duration,
    /// Of that, the way to it and back (EDGE-21).
    way: Duration,
}

impl Wait {
    pub(super) fn of(ran: &Ran, until: SimTime) -> Self {
        Self { until, took: ran.took, way: ran.took.saturating_sub(run_time(ran.runtime)) }
    }

    /// When the cache had what it gets.
    pub(super) const fn from(self) -> SimTime {
        SimTime::from_micros(self.until.as_micros().saturating_sub(micros(self.took)))
    }
}

impl Strip {
    /// A cache waits for a function (EDGE-07), from when it had what that gets.
    pub(super) fn waits_for(&mut self, wait: Wait, here: Level) {
        let (Wait { until, took, way }, from) = (wait, wait.from());
        if self.last() != (Point { at: from, level: here }) {
            self.reach("Answer", from, here);
        }
        if !way.is_zero() {
            self.reach("Function", from + way / 2, Level::Rec);
            self.reach("Function", from + took.saturating_sub(way / 2), Level::Rec);
        }
        self.reach("Function", until, here);
    }
}
