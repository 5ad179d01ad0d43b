//! The one place that reads the clock. What the engine is told is virtual time, which runs as fast as the scale says;
//! sockets have their time-outs in real time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use edgewalk::time::{Moment, SimTime, micros};
use tokio::time::Instant;

/// Real time, now.
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// Real time that has passed since an instant.
pub(crate) fn since(instant: Instant) -> Duration {
    instant.elapsed()
}

/// Virtual time since the start of the front.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// The wall clock at the start, in microseconds of Unix time.
    started_unix_micros: u64,
    scale: u32,
}

impl Clock {
    /// Begins at zero, and runs `scale` times as fast as real time.
    #[expect(clippy::disallowed_methods, reason = "the front is where real time comes in")]
    pub(crate) fn start(scale: u32) -> Self {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: instant(), started_unix_micros: micros(unix), scale }
    }

    /// Now.
    pub(crate) fn now(&self) -> Moment {
        let at = self.scaled(since(self.started));
        let unix_micros = self.started_unix_micros.saturating_add(micros(at));
        Moment { at: SimTime::ZERO + at, unix: unix_micros / 1_000_000 }
    }

    /// What a span of real time is in virtual time.
    pub(crate) fn scaled(&self, span: Duration) -> Duration {
        span.saturating_mul(self.scale)
    }

    /// When that was in real time.
    pub(crate) fn instant_of(&self, at: SimTime) -> Instant {
        self.started + (at - SimTime::ZERO) / self.scale.max(1)
    }
}
