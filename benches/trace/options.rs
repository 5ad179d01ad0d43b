//! What the command line says.

/// How many requests the trace has.
const REQUESTS: usize = 4_000_000;

/// `--requests N`; all others are Cargo's own.
pub(crate) fn requests() -> usize {
    let words: Vec<String> = std::env::args().collect();
    let place = words.iter().position(|word| word == "--requests");
    let given = place.map(|place| words.get(place + 1).and_then(|word| word.parse().ok()));
    given.map_or(REQUESTS, |number| number.expect("--requests wants a number"))
}
