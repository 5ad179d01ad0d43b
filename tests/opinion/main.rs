//! A second opinion: what a shared cache may keep and for how long it is fresh, on generated requests and responses, by
//! the engine and by the crate `http-cache-semantics`, which follows RFC 9111.
//!
//! Each difference has to have its row (`rows`), and no row may explain more than its share (`shares.txt`).
//! `cargo test --test opinion -- --nocapture` prints the table.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, unreachable_pub)]

mod generate;
mod ours;
mod pair;
mod rows;
mod table;
mod theirs;

use edgewalk::distribution::TtlBounds;

use ours::{Edge, ttl};
use pair::Pair;
use rows::{About, ROWS, Row};
use table::{Question, Tally};

/// How many pairs each round has.
const PAIRS: usize = 12_000;

/// The TTLs of the two rounds, in seconds: what an RFC 9111 cache comes closest to, and one where every setting counts.
const ROUNDS: [TtlBounds; 2] = [ttl(0, 0, 31_536_000), ttl(60, 600, 86_400)];

/// What one side says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether a shared cache keeps the response.
    pub kept: bool,
    /// Whether it answers the later request by itself.
    pub fresh: bool,
    /// What Age says then, in seconds, if it is fresh.
    pub age: u64,
}

/// The rows that bear on a pair, as its translation meets them.
fn bearing(pair: &Pair, ttl: TtlBounds, about: About) -> Vec<&'static Row> {
    let mut pair = pair.clone();
    let mut bearing = Vec::new();
    for row in ROWS.iter().filter(|row| row.about == about) {
        if (row.bears)(&pair, ttl) {
            (row.translate)(&mut pair, ttl);
            bearing.push(row);
        }
    }
    bearing
}

/// The crate's verdict on a pair with these rows applied, but for one.
fn translated(pair: &Pair, ttl: TtlBounds, rows: &[&Row], but: Option<&Row>) -> Verdict {
    let mut pair = pair.clone();
    for row in rows.iter().filter(|row| but.is_none_or(|but| but.id != row.id)) {
        (row.translate)(&mut pair, ttl);
    }
    theirs::verdict(&pair)
}

/// The row without which the crate would say something else, by the pair alone; where each of two would do, the one that
/// does so by itself. Of several the first.
fn cause(pair: &Pair, ttl: TtlBounds, rows: &[&'static Row], question: Question) -> &'static str {
    let all = question.of(translated(pair, ttl, rows, None));
    let is_needed = |row: &&&Row| question.of(translated(pair, ttl, rows, Some(row))) != all;
    let is_enough = |row: &&&Row| question.of(translated(pair, ttl, &[row], None)) == all;
    let found = rows.iter().find(is_needed).or_else(|| rows.iter().find(is_enough));
    found.or(rows.first()).unwrap_or_else(|| panic!("no row bears on {pair:?}")).id
}

/// Compares one answer and notes a disagreement under its row.
fn compare(pair: &Pair, ttl: TtlBounds, question: Question, our: Verdict, tally: &mut Tally) {
    let about = if question == Question::Age { About::Age } else { About::Serving };
    let rows = bearing(pair, ttl, about);
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let expected = question.of(translated(pair, ttl, &rows, None));
    let context =
        || format!("{question:?} with {ttl:?}, rows {ids:?}: {:?}; {pair:?}", pair.fields());
    assert_eq!(question.of(our), expected, "no row explains {}", context());
    if question.of(our) != question.of(theirs::verdict(pair)) {
        tally.differs(cause(pair, ttl, &rows, question), question);
    }
}

#[test]
fn each_difference_from_the_second_opinion_has_its_row() {
    let pairs = generate::pairs(PAIRS);
    let tallies = ROUNDS.map(|ttl| {
        let edge = Edge::new(ttl);
        let mut tally = Tally::new(ttl, pairs.len());
        for pair in &pairs {
            let our = edge.verdict(pair);
            compare(pair, ttl, Question::Kept, our, &mut tally);
            compare(pair, ttl, Question::Fresh, our, &mut tally);
            if our.fresh {
                compare(pair, ttl, Question::Age, our, &mut tally);
            }
            tally.seen(our);
        }
        tally
    });
    print!("{}", table::print(&tallies));
    table::check(&tallies);
}
