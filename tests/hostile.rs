//! Hostile input: arbitrary bytes, arbitrary text and text made of a grammar's own tokens, to every parser. The checks
//! stand in tests/hostile/checks.rs; fuzz/ runs the same ones with libFuzzer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "hostile/checks.rs"]
mod checks;
mod common;

use edgewalk::http::range::{ByteRange, RangeSet, Whole};
use proptest::prelude::*;

/// What a text for a check is made of: one start, some words with one thing between them, one end.
struct Grammar {
    starts: &'static [&'static str],
    words: &'static [&'static str],
    between: &'static [&'static str],
    ends: &'static [&'static str],
}

const NONE: &[&str] = &[""];

/// The tokens of what a check reads; a text of them comes much closer to the branches than chance does.
fn grammar(check: &str) -> Grammar {
    let concatenated = |starts, words| Grammar { starts, words, between: NONE, ends: NONE };
    match check {
        "target" => Grammar {
            starts: &["", "/", "/a?", "{\"path\":\"", "{\"query\":\"a\",\"path\":\"/"],
            words: &[
                "/",
                "?",
                "#",
                "*",
                "%41",
                "a",
                "..",
                "&",
                "=",
                " ",
                "\u{e4}",
                "\",\"query\":\"",
                "\\n",
            ],
            between: NONE,
            ends: &["", "", "?", "\"}", "\",\"query\":null}"],
        },
        "fields" => Grammar {
            starts: &["", "", "\r\n", "[{\"name\":\"A", "[{\"name\":\"A\",\"value\":\""],
            words: &[
                "A: 1",
                "a:2",
                "B:",
                "b: \t",
                "c : 1",
                ":",
                "\r",
                "\t",
                " ",
                "\u{e4}",
                "\u{7f}",
                "x\u{1}y",
                "\",\"value\":\"",
                "\\r",
            ],
            between: &["\r\n", "\n", "", "\"},{\"name\":\"b\",\"value\":\""],
            ends: &["", "\r\n", "\"}]"],
        },
        "cache_control" => Grammar {
            starts: NONE,
            words: &[
                "max-age=60",
                "S-MaxAge=90",
                "max-age=-1",
                "max-age",
                "stale-while-revalidate=5",
                "stale-if-error = 0",
                "max-age=99999999999999999999",
                "s-maxage=\"7\"",
                "max-age=1.5",
                "no-cache",
                "no-store",
                "private",
                "No-Cache=\"A, b\"",
                "private=",
                "must-revalidate",
                "=",
                "\"",
                "\\",
                "\"\\\"",
                " ",
                "max-age=4,",
                "x=\"max-age=1\"",
            ],
            between: &[",", ", ", "\t,", ""],
            ends: &["", ",", "\""],
        },
        "http_date" => Grammar {
            starts: &["", "Thu, ", "Thursday, ", "Thu "],
            words: &[
                "01", "1", " 1", "31", "Jan", "Feb", "2026", "26", "0000", "1969", "9999",
                "00:00:00", "23:59:60", "24:00:00", "GMT",
            ],
            between: &[" ", "-", ""],
            ends: &[
                "",
                " GMT",
                " 01 Jan 2026 00:00:00 GMT",
                "-Jan-70 00:00:00 GMT",
                " 29 Feb 2000 12:59:59 GMT",
            ],
        },
        "range" => Grammar {
            starts: &["bytes=", "bytes=", "bytes=", "BYTES=", "bytes", "items=", ""],
            words: &[
                "0-0",
                "0-4",
                "1-1",
                "5-9",
                "3-",
                "7-20",
                "10-",
                "40-63",
                "39-",
                "64-",
                "-3",
                "-1",
                "-0",
                "-60",
                "00-07",
                "9-5",
                "0",
                "-",
                "",
                "18446744073709551615-18446744073709551616",
                "0-18446744073709551615",
                "-18446744073709551616",
                " 2-2 ",
                "+1-2",
            ],
            between: &[",", ",", ", ", ",,", ""],
            ends: NONE,
        },
        "content_range" => Grammar {
            starts: &["bytes ", "bytes ", "bytes", "items ", ""],
            words: &[
                "0-9",
                "5-5",
                "9-0",
                "5-4",
                "*",
                "0-18446744073709551615",
                "0-18446744073709551614",
                "-1",
                "0-",
                "10",
                "9",
                "00",
                "18446744073709551615",
                "18446744073709551616",
                " ",
            ],
            between: &["/", "/", "-", ""],
            ends: &["", "", "/*", "/10"],
        },
        "entity_tags" => Grammar {
            starts: &["\"", "\"", "W/\"", "w/\"", "", "*"],
            words: &[
                "a",
                ",",
                ", ",
                "\\",
                "*",
                "\"",
                "W/",
                "\u{e4}",
                "\u{7f}",
                " ",
                "\0",
                "\"\0\"a\"\0",
                "\"a\"",
                "Thu, 01 Jan 2026 00:00:00 GMT\0",
            ],
            between: NONE,
            ends: &[
                "\"",
                "\"",
                "",
                "\"\0",
                "\"\0Thu, 01 Jan 2026 00:00:00 GMT\0Thu, 01 Jan 2026 00:00:00 GMT",
            ],
        },
        "accept_encoding" => Grammar {
            starts: NONE,
            words: &[
                "gzip",
                "br",
                "x-gzip",
                "GZIP",
                "identity",
                "*",
                "deflate",
                "gzip;q=0",
                "br;q=0",
                "*;q=0",
                "br;Q=0.5",
                "gzip;q=1",
                "gzip;q=0.0000",
                "br; q = 1.5",
                "q=0",
                "gzip;a;q=0.001",
                "identity;q=0",
            ],
            between: &[",", ", ", ";", ""],
            ends: NONE,
        },
        "cookies" => Grammar {
            starts: &["\0", "a,b\0", "\0\0", ""],
            words: &[
                "a=1",
                "b=2",
                "a=3",
                "A=4",
                "c=",
                "=5",
                "$V=1",
                "b",
                "\t a = 6",
                "\u{a0}b=7",
                "d=\"8\"",
                "\0",
                "e=f=g",
                "\u{e4}=9",
            ],
            between: &[";", "; ", ";;", ""],
            ends: NONE,
        },
        "query" => Grammar {
            starts: &["\0", "a,b\0", "", "a\0?"],
            words: &["a=1", "b", "A=3", "c=", "=5", "b;a=6", "%61=1", "a=1=2", "\0"],
            between: &["&", "&&", ";", ""],
            ends: &["", "&"],
        },
        "path_pattern" => concatenated(
            &["", "/", "*", "/a*\0/", "*b\0/a"],
            &["a", "b", "ab", "/", "?", "\0", "*", "a*b", "aab", "*.jpg", ".jpg", "**", "\u{e4}"],
        ),
        "invalidation" => Grammar {
            starts: &["/", "/", "", "\"/", "\""],
            words: &["a", "/", "*", "?", "~", "%7e", "%7E", "%", "7e", "\u{e4}", "\\u007e", " "],
            between: NONE,
            ends: &["", "*", "\"", "*\""],
        },
        "curl_text" => Grammar {
            starts: &[
                "curl http://a/",
                "curl 'http://a/?b' ",
                "curl \"http://a\" ",
                "$ curl ",
                "curl ",
            ],
            words: &[
                "-H 'A: 1'",
                "-H \"Cookie: a=1\"",
                "-H 'B;'",
                "-H 'C:'",
                "-X POST",
                "-X",
                "-d a=1",
                "--data-raw '\u{e4}'",
                "-b b=2",
                "-I",
                "-G",
                "--json '{}'",
                "--globoff",
                "http://b/[1-3]",
                "-u a:b",
                "--compressed",
                "$'\\u00e4\\''",
                "'",
                "\"",
                "\\",
                "^",
                "\n",
                "%",
                "!",
                "@",
                "--",
                "-",
                ";",
                "|",
            ],
            between: &[" ", " ", " \\\n", " ^\n", ""],
            ends: NONE,
        },
        _ => concatenated(NONE, &["\0", "\u{1}", "\u{5}", "a", "d", "\u{7f}"]),
    }
}

fn hostile(check: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let Grammar { starts, words, between, ends } = grammar(check);
    let words = prop::collection::vec(prop::sample::select(words), 0..10);
    let [starts, between, ends] = [starts, between, ends].map(prop::sample::select);
    let grammatical = (starts, words, between, ends)
        .prop_map(|(start, words, between, end)| format!("{start}{}{end}", words.join(between)));
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => ".{0,60}".prop_map(String::into_bytes),
        6 => grammatical.prop_map(String::into_bytes),
    ]
}

/// Runs one check on that many inputs.
fn run(check: &'static str, cases: u32) {
    let (_, function) = checks::ALL.into_iter().find(|(name, _)| *name == check).unwrap();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    proptest::test_runner::TestRunner::new(config)
        .run(&hostile(check), |data| {
            function(&data);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{check}: {failure}"));
}

macro_rules! checks {
    ($($name:ident)*) => {
        $(#[test] fn $name() { run(stringify!($name), 3_000); })*

        #[test]
        fn every_check_is_run() {
            let names = [$(stringify!($name),)* "walk"];
            assert_eq!(checks::ALL.map(|(name, _)| name), names);
        }
    };
}

checks! {
    target fields cache_control http_date range content_range intervals entity_tags accept_encoding cookies query
    path_pattern invalidation curl_text
}

#[test]
fn statuses_print() {
    (0..=u16::MAX).for_each(checks::status);
}

/// A short Walk of every kind of action, as JSON.
fn a_walk(seed: u64) -> Vec<u8> {
    let mut walk = common::generated_walk(seed);
    walk.actions.truncate(6);
    serde_json::to_vec(&walk).unwrap()
}

/// What stands in place of a value of a Walk's JSON.
fn a_value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::json;
    prop_oneof![
        any::<u64>().prop_map(|n| json!(n)),
        any::<i64>().prop_map(|n| json!(n)),
        proptest::sample::select(vec![
            json!(null),
            json!(0),
            json!(1),
            json!(u64::MAX),
            json!([]),
            json!({}),
            json!(true)
        ]),
        proptest::sample::select(vec![
            "", "/", "*", "\r\n", "GET", "/a?b", "no-store", "\u{0}", "paris"
        ])
        .prop_map(|s| json!(s)),
        ".{0,12}".prop_map(|s| json!(s)),
    ]
}

/// The places of a JSON value that can be exchanged, counted in the order of a walk through it.
fn exchange(value: &mut serde_json::Value, place: &mut usize, new: &serde_json::Value) -> bool {
    use serde_json::Value;
    if *place == 0 {
        *value = new.clone();
        return true;
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| exchange(item, place, new)),
        Value::Object(members) => members.iter_mut().any(|(_, item)| exchange(item, place, new)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn walk_bytes(seed in 0_u64..40, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut json = a_walk(seed);
        let at = at.index(json.len());
        json[at] = byte;
        if cut {
            json.truncate(at);
        }
        checks::walk(&json);
        checks::walk(&json[at..]);
    }

    #[test]
    fn fields_and_targets_from_json(one in ".{0,8}", other in ".{0,8}") {
        use serde_json::json;
        for (one, other) in [(&*one, &*other), ("A", &*other), ("/", &*other), (&*one, "")] {
            checks::fields(json!([{ "name": one, "value": other }]).to_string().as_bytes());
            checks::target(json!({ "path": one, "query": other }).to_string().as_bytes());
        }
    }

    #[test]
    fn walk_values(seed in 0_u64..40, edits in prop::collection::vec((0_usize..400, a_value()), 1..4)) {
        let mut json: serde_json::Value = serde_json::from_slice(&a_walk(seed)).unwrap();
        for (mut place, new) in edits {
            exchange(&mut json, &mut place, &new);
        }
        checks::walk(json.to_string().as_bytes());
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
