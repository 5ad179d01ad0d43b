//! Hostile input: arbitrary bytes, arbitrary text and text made of a grammar's own tokens, to every parser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, unreachable_pub)]

mod checks;
#[path = "../common/mod.rs"]
mod common;
mod grammars;
mod walks;

use edgewalk::http::range::{ByteRange, RangeSet, Whole};
use proptest::prelude::*;

/// Input for a check: bytes, text, and text of its grammar.
fn hostile(check: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let [starts, words, between, ends] = grammars::choices(check).map(prop::sample::select);
    let words = prop::collection::vec(words, 0..10);
    let grammatical = (starts, words, between, ends)
        .prop_map(|(start, words, between, end)| format!("{start}{}{end}", words.join(between)));
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => ".{0,60}".prop_map(String::into_bytes),
        6 => grammatical.prop_map(String::into_bytes),
    ]
}

/// So many inputs a test; what fails is written into a test by hand, and into no file.
fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(count) }
}

/// Runs one check on many inputs.
fn run(name: &str, check: fn(&[u8])) {
    proptest::test_runner::TestRunner::new(cases(3_000))
        .run(&hostile(name), |data| {
            check(&data);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{name}: {failure}"));
}

/// A failure can be repeated: the seed is in .cargo/config.toml.
#[test]
fn every_run_draws_the_same_cases() {
    let drawn = || {
        let drawn = std::cell::RefCell::new(Vec::new());
        let mut runner = proptest::test_runner::TestRunner::new(cases(20));
        let keep = |data| {
            drawn.borrow_mut().push(data);
            Ok(())
        };
        runner.run(&hostile("target"), keep).unwrap();
        drawn.into_inner()
    };
    assert!(drawn() == drawn(), "PROPTEST_RNG_SEED is not set: cargo sets it");
}

macro_rules! checks {
    ($($name:ident)*) => {
        $(#[test] fn $name() { run(stringify!($name), checks::$name); })*
    };
}

checks! {
    target fields cache_control http_date range content_range intervals entity_tags accept_encoding cookies query
    path_pattern invalidation batch tags distribution policy curl_text
    link walk_file access_log
}

#[test]
fn statuses_print() {
    (0..=u16::MAX).for_each(checks::status);
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn fields_and_targets_from_json(one in ".{0,8}", other in ".{0,8}") {
        use serde_json::json;
        for (one, other) in [(&*one, &*other), ("A", &*other), ("/", &*other), (&*one, "")] {
            checks::fields(json!([{ "name": one, "value": other }]).to_string().as_bytes());
            checks::target(json!({ "path": one, "query": other }).to_string().as_bytes());
        }
    }

    /// RNG-04, RNG-05, RNG-07: closed ranges are taken exactly if each lies behind the one before it.
    #[test]
    fn closed_ranges_are_taken_if_they_ascend(ranges in prop::collection::vec((0_u64..30, 0_u64..6), 1..6)) {
        let closed: Vec<_> = ranges.iter().map(|(first, more)| (*first, first + more)).collect();
        let text: Vec<_> = closed.iter().map(|(first, last)| format!("{first}-{last}")).collect();
        let broken = closed.windows(2).find(|pair| pair[1].0 <= pair[0].1);
        let expected = match broken {
            None => Ok(closed.iter().map(|&(first, last)| ByteRange::Closed { first, last }).collect()),
            Some(pair) if pair[1].1 >= pair[0].0 => Err(Whole::Overlap),
            Some(_) => Err(Whole::OutOfOrder),
        };
        let read = RangeSet::read(&format!("bytes={}", text.join(", ")));
        prop_assert_eq!(read.map(|set| set.iter().collect::<Vec<_>>()), expected);
    }
}
