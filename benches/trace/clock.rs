//! The wall clock, natively and in a browser.

use std::time::Duration;

/// Time since some instant.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn now() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    BEGINNING.get_or_init(Instant::now).elapsed()
}

/// Time since the page was opened.
#[cfg(target_arch = "wasm32")]
pub(crate) fn now() -> Duration {
    let performance = web_sys::window().and_then(|window| window.performance());
    Duration::from_secs_f64(performance.map_or(0.0, |performance| performance.now()) / 1e3)
}
