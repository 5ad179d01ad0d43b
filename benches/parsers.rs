//! Whether each parser takes time in proportion to what it is given: the longest texts of the worst shapes, at n, 2n and 4n.
//!
//! `cargo bench --no-default-features --bench parsers` prints a table; it never passes or fails. Linear is about 4.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // The wall clock is what a bench is about.

#[path = "trace/say.rs"]
mod say;

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use edgewalk::distribution::{Beside, Configuration, PathPattern, Selection};
use edgewalk::edge::Tags;
use edgewalk::edge::cache_key::{select_cookies, select_query};
use edgewalk::http::cache_control::CacheControl;
use edgewalk::http::range::{ContentRange, requested};
use edgewalk::http::{Field, Fields, Target, coding, curl, date, validators};
use edgewalk::simulation::{Walk, built_in_scenario};

use say::say;

/// The smallest text, in bytes.
const SMALL: usize = 16_384;
/// The least of so many runs counts.
const RUNS: usize = 7;

/// A parser, what makes its worst text of so many bytes, and what reads it.
struct Case {
    name: &'static str,
    make: fn(usize) -> String,
    read: fn(&str),
}

fn main() {
    println!("Parsers at n, 2n and 4n bytes, n = {SMALL}, the least of {RUNS} runs:");
    for case in CASES {
        let [one, two, four] =
            [1, 2, 4].map(|factor| least(&(case.make)(factor * SMALL), case.read));
        let ratio = four.as_secs_f64() / one.as_secs_f64();
        let [one, two, four] = [one, two, four].map(|span| span.as_secs_f64() * 1000.0);
        say(case.name, &format!("{ratio:.2}  ({one:.3}, {two:.3}, {four:.3} ms)"));
    }
    println!("Pasted curl commands of repeated pieces, the three that grow most:");
    let mut shapes = shapes();
    shapes.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (ratio, shape) in &shapes[..3] {
        say(shape, &format!("{ratio:.2}"));
    }
}

/// The pieces that a reader which looks at the rest of the text for each of them would be slow with.
#[rustfmt::skip]
const PIECES: [&str; 30] = [
    "-", "a ", "-s", " -s", " -H a:b", "\\ ", "\\\n", "^ ", "^\n", "^\"", "\"", "'", "$'", "${", "$a", "#", "#\n", "\n", ">",
    "> ", "2>", " -d @", " --header=", " [", "../", "\\[", "$'\\ud800' ", "\u{1f605}", "curl", "&",
];

/// What stands in front of the pieces.
const HEADS: [&str; 4] = ["curl https://a.example/", "curl ", "", "curl ^\n"];

/// How much longer four times as many pieces take, behind each head.
fn shapes() -> Vec<(f64, String)> {
    let mut shapes = Vec::new();
    for head in HEADS {
        for piece in PIECES {
            let [one, four] = [1, 4].map(|factor| {
                let text = format!("{head}{}", repeated(piece, factor * SMALL));
                least(&text, |text| drop(black_box(curl::read(text))))
            });
            shapes.push((four.as_secs_f64() / one.as_secs_f64(), format!("{head:?} {piece:?}")));
        }
    }
    shapes
}

/// The least time that reading a text takes.
fn least(text: &str, read: impl Fn(&str)) -> Duration {
    let run = || {
        let begun = Instant::now();
        read(black_box(text));
        begun.elapsed()
    };
    (0..RUNS).map(|_| run()).min().unwrap()
}

fn field(name: &str, value: &str) -> Fields {
    Field::new(name, value).into_iter().collect()
}

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// `a=1; b=2; ..`, each name another, in an order that is not theirs.
fn cookies(bytes: usize) -> String {
    let mut text = String::new();
    for n in (0..bytes / 12).rev() {
        write!(text, "k{n:06}=v; ").unwrap();
    }
    text
}

/// A Walk of many actions.
fn walk(bytes: usize) -> String {
    let walk = Walk::new(built_in_scenario());
    let mut walk = serde_json::to_value(walk).unwrap();
    let action = serde_json::json!({ "at": 0, "action": { "StartEmpty": { "on": true } } });
    walk["actions"] = vec![action; bytes / 48].into();
    walk.to_string()
}

/// A configuration with so many items in one of its lists, and not much else.
fn distribution(list: &str, item: fn(usize) -> String, count: usize) -> String {
    let items: Vec<_> = (0..count).map(item).collect();
    format!(
        "{{\"DefaultCacheBehavior\":{{}},\"{list}\":{{\"Quantity\":{count},\"Items\":[{}]}}}}",
        items.join(",")
    )
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case {
        name: "request target",
        make: |n| format!("/{}?{}", repeated("a/", n / 2), repeated("b=1&", n / 2)),
        read: |text| drop(black_box(Target::parse(text))),
    },
    Case {
        name: "fields",
        make: |n| repeated("X-A: b\n", n),
        read: |text| drop(black_box(Fields::parse(text))),
    },
    Case {
        name: "Cache-Control, directives",
        make: |n| repeated("max-age=x,", n),
        read: |text| drop(black_box(CacheControl::of(&field("Cache-Control", text)))),
    },
    Case {
        name: "Cache-Control, quotes",
        make: |n| repeated("private=\"a,b\",", n),
        read: |text| drop(black_box(CacheControl::of(&field("Cache-Control", text)))),
    },
    Case {
        name: "date",
        make: |n| repeated("Thu, 01 Jan 2026 ", n),
        read: |text| { black_box(date::read(text)); },
    },
    Case {
        name: "Range",
        make: |n| format!("bytes={}", repeated("1-2,", n)),
        read: |text| drop(black_box(requested(&field("Range", text)))),
    },
    Case {
        name: "Content-Range",
        make: |n| format!("bytes 0-{}/9", repeated("9", n)),
        read: |text| { black_box(ContentRange::read(text)); },
    },
    Case {
        name: "Accept-Encoding",
        make: |n| repeated("gzip;q=0.5,br,", n),
        read: |text| { black_box(coding::Acceptable::of(&field("Accept-Encoding", text))); },
    },
    Case {
        name: "If-None-Match",
        make: |n| repeated("\"a,b\", W/\"c\",", n),
        read: |text| {
            let (asked, stored) = (field("If-None-Match", text), field("ETag", "\"none\""));
            black_box(validators::is_not_modified(&asked, &stored));
        },
    },
    Case {
        name: "cookies, sorted for the key",
        make: cookies,
        read: |text| drop(black_box(select_cookies(&field("Cookie", text), &Selection::All))),
    },
    Case {
        name: "query, but a few",
        make: |n| repeated("a=1&b=2&", n),
        read: |text| {
            let but = Selection::AllExcept(vec!["b".into()]);
            drop(black_box(select_query(text, &but)));
        },
    },
    Case {
        name: "path pattern, stars",
        make: |n| format!("/{}", repeated("ab", n)),
        read: |text| { black_box(PathPattern::new("/*a*b*a*b*x").matches(text)); },
    },
    Case {
        name: "curl, quotes and escapes",
        make: |n| format!("curl https://a.example/ {}", repeated("-H $'a\\x3ab' ", n)),
        read: |text| drop(black_box(curl::read(text))),
    },
    Case {
        name: "curl, cmd",
        make: |n| format!("curl ^\n{}", repeated("^\"a^\" ", n)),
        read: |text| drop(black_box(curl::read(text))),
    },
    Case {
        name: "Walk, JSON",
        make: walk,
        read: |text| drop(black_box(serde_json::from_str::<Walk>(text))),
    },
    Case {
        name: "cache tags",
        make: |n| repeated("a b,", n),
        read: |text| drop(black_box(Tags::of(&field("Cache-Tag", text), Some("Cache-Tag")))),
    },
    Case {
        name: "distribution, aliases",
        make: |n| distribution("Aliases", |at| format!("\"a{at}.example\""), n / 16),
        read: |text| drop(black_box(Configuration::open(text, &Beside::managed("us-east-1".into())))),
    },
    Case {
        name: "distribution, origins",
        make: |n| distribution("Origins", |at| format!("{{\"Id\":\"{at}\"}}"), n / 16),
        read: |text| drop(black_box(Configuration::open(text, &Beside::managed("us-east-1".into())))),
    },
    Case {
        name: "distribution, behaviors",
        make: |n| distribution("CacheBehaviors", |at| format!("{{\"PathPattern\":\"/{at}\"}}"), n / 24),
        read: |text| drop(black_box(Configuration::open(text, &Beside::managed("us-east-1".into())))),
    },
];
