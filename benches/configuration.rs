//! How long the largest distribution that the quotas allow takes to be read, and what 75 path patterns add to a request.
//!
//! `cargo bench --no-default-features --bench configuration` prints a table; it never passes or fails.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // The wall clock is what a bench is about.

#[path = "trace/say.rs"]
mod say;

use std::hint::black_box;
use std::time::{Duration, Instant};

use edgewalk::distribution::{
    Behavior, Beside, Configuration, Distribution, ErrorResponse, Form, Origin, OriginGroup,
    OriginKind, managed,
};

use say::say;

/// The median of so many runs counts.
const RUNS: usize = 21;
/// So many look-ups are measured at once.
const LOOK_UPS: u32 = 20_000;

fn main() {
    let largest = Configuration::of(largest());
    let text = largest.write(Form::Config).write();
    let beside = Beside::managed("us-east-1".into());
    println!("The largest distribution, {} bytes, the median of {RUNS} runs:", text.len());
    let read = median(|| drop(black_box(Configuration::open(&text, &beside)).unwrap()));
    say("import", &format!("{:.2} ms", read.as_secs_f64() * 1e3));
    let written = median(|| drop(black_box(largest.write(Form::CloudFormation).write())));
    say("export as a template", &format!("{:.2} ms", written.as_secs_f64() * 1e3));
    let (many, one) = (largest.distribution().clone(), distribution(Vec::new()));
    // The paths that go through all patterns: nothing matches but the default behavior.
    for path in ["/index.html", "/media/2026/11/a-rather-long-name-of-a-file.mp4"] {
        let [many, one] = [&many, &one].map(|distribution| {
            median(|| {
                for _ in 0..LOOK_UPS {
                    black_box(distribution.behavior_for(black_box(path)));
                }
            })
        });
        let added = many.saturating_sub(one).as_secs_f64() * 1e6 / f64::from(LOOK_UPS);
        say(&format!("75 patterns, {path}"), &format!("{added:.3} us"));
    }
}

/// 100 origins with 30 headers each, 75 behaviors and the default one, 10 groups, 100 aliases, 11 error responses.
fn largest() -> Distribution {
    let patterns = (0..75).map(|n| match n % 3 {
        0 => format!("/section-{n}/*"),
        1 => format!("*.extension{n}"),
        _ => format!("/media/*/part-{n}?.*"),
    });
    distribution(patterns.collect())
}

fn distribution(patterns: Vec<String>) -> Distribution {
    let origin = |n: usize| {
        let domain = format!("origin-{n}.example.com");
        let mut origin = Origin::new(&format!("o{n}"), domain, OriginKind::WebServer, "us-east-1");
        let header = |h: usize| (format!("X-Header-{h}"), "v".repeat(300));
        origin.custom_headers = (0..30).map(header).collect();
        origin
    };
    let group = |n: usize| OriginGroup {
        id: format!("g{n}"),
        members: [format!("o{n}"), format!("o{}", n + 1)],
        failover_statuses: vec![500, 502, 503, 504],
    };
    let patterns = patterns.into_iter().chain(["*".to_owned()]);
    let behavior = |(n, pattern): (usize, String)| {
        Behavior::new(&pattern, &format!("o{n}"), managed::caching_optimized())
    };
    let error = |status| ErrorResponse { status, page: None, min_ttl_secs: 10 };
    Distribution {
        aliases: (0..100).map(|n| format!("a{n}.example.com")).collect(),
        origins: (0..100).map(origin).collect(),
        origin_groups: (0..10).map(group).collect(),
        behaviors: patterns.enumerate().map(behavior).collect(),
        error_responses: ErrorResponse::STATUSES.into_iter().map(error).collect(),
        ..Distribution::named("d111111abcdef8.cloudfront.net")
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    let measure = |_| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    };
    let mut runs: Vec<Duration> = (0..RUNS).map(measure).collect();
    runs.sort();
    runs[RUNS / 2]
}
