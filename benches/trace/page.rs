//! The trace in the page. The page has it only with the Cargo feature `bench`; what is shipped has not.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::disallowed_methods)]

mod clock;
mod engine;
mod requests;
mod scenario;
mod zipf;

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs so many requests. Returns the milliseconds that the World took, and how many POP, REC and origin answered.
#[wasm_bindgen]
pub fn trace(requests: usize) -> Vec<f64> {
    let whole = engine::whole(&requests::trace(requests));
    let answered = whole.metrics.answered_by().map(|count| count as f64);
    [&[whole.took.as_secs_f64() * 1e3][..], &answered].concat()
}
