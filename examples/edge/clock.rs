//! The one place that reads the wall clock: virtual time is what has elapsed, times the scale.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use edgewalk::time::{Moment, SimTime, micros};

/// Virtual time since the start of the front.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// The wall clock at the start, in microseconds of Unix time.
    started_unix_micros: u64,
    scale: u32,
}

impl Clock {
    /// Begins at zero, and runs `scale` times as fast as the wall clock.
    #[expect(clippy::disallowed_methods, reason = "the front is where real time comes in")]
    pub(crate) fn start(scale: u32) -> Self {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), started_unix_micros: micros(unix), scale }
    }

    /// Now.
    pub(crate) fn now(&self) -> Moment {
        let at = self.scaled(self.started.elapsed());
        let unix_micros = self.started_unix_micros.saturating_add(micros(at));
        Moment { at: SimTime::ZERO + at, unix: unix_micros / 1_000_000 }
    }

    /// What a span of the wall clock is in virtual time.
    pub(crate) fn scaled(&self, span: Duration) -> Duration {
        span.saturating_mul(self.scale)
    }
}
