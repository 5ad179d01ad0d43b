//! How quickly an access log is read, and what it takes of memory.
//!
//! `cargo xtask bench` runs this. It prints a table; it never passes or fails.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // The wall clock is what a bench is about.

#[path = "trace/say.rs"]
mod say;

use std::hint::black_box;
use std::time::Instant;

use edgewalk::edge::access_log::AccessLog;

use say::say;

const LINES: usize = 100_000;
const RUNS: usize = 5;
/// As much as a browser hands on at once.
const PIECE: usize = 65_536;

fn main() {
    let text = log();
    let mut spans: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            black_box(read(&text));
            begun.elapsed().as_secs_f64()
        })
        .collect();
    spans.sort_by(f64::total_cmp);
    let (span, log) = (spans[RUNS / 2], read(&text));
    assert_eq!(log.len(), LINES);
    println!("An access log of {LINES} lines, median of {RUNS} runs:");
    let megabytes = |bytes: usize| bytes as f64 / 1e6;
    say("reading and adding up", &format!("{span:.3} s, {:.1} MB", megabytes(text.len())));
    say("lines a second", &format!("{:.0}", LINES as f64 / span));
    say("memory held", &format!("{:.1} MB", megabytes(log.held_bytes())));
    let begun = Instant::now();
    (0..LINES).for_each(|index| drop(black_box(log.record(index))));
    say("reading each line once more", &format!("{:.3} s", begun.elapsed().as_secs_f64()));
}

fn read(text: &str) -> AccessLog {
    let mut log = AccessLog::new();
    text.as_bytes().chunks(PIECE).for_each(|piece| log.feed(piece).unwrap());
    log.finish();
    log
}

/// The lines of the example again and again, each for another path and with another id.
fn log() -> String {
    let example = include_str!("../docs/reference/examples/access.log");
    let (head, lines): (Vec<_>, Vec<_>) = example.lines().partition(|line| line.starts_with('#'));
    let mut text = head.join("\n") + "\n";
    for index in 0..LINES {
        let mut values: Vec<_> = lines[index % lines.len()].split('\t').map(String::from).collect();
        values[7] = format!("{}/{}", values[7], index * index % 20_011);
        let id = index.to_string();
        values[14].replace_range(..id.len(), &id);
        text.push_str(&values.join("\t"));
        text.push('\n');
    }
    text
}
