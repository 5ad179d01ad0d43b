//! What the command line says.

use std::path::PathBuf;

/// How many requests the trace has.
const REQUESTS: usize = 4_000_000;

/// `--requests N`; all others are Cargo's own.
pub(crate) fn requests() -> usize {
    given("--requests")
        .map_or(REQUESTS, |number| number.parse().expect("--requests wants a number"))
}

/// `--write FOLDER`: where to write the trace.
pub(crate) fn folder() -> Option<PathBuf> {
    given("--write").map(PathBuf::from)
}

/// The word behind a name.
fn given(name: &str) -> Option<String> {
    std::env::args().skip_while(|word| word != name).nth(1)
}
