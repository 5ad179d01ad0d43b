//! What a log comes to, at a glance.

use super::Judged;
use crate::edge::access_log::{Named, Sum, Tally};
use crate::scene::{Outcome, units};

/// So many edge locations are named.
const LOCATIONS: usize = 8;

/// So many result types are named: there are sixteen (LOG-R1 to LOG-R9), and a log may have others.
const RESULTS: usize = 16;

/// What those are called that have no line of their own.
pub const OTHERS: &str = "others";

/// How many lines of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub name: String,
    /// Its outcome, if it has one.
    pub outcome: Option<Outcome>,
    /// How many lines.
    pub requests: u64,
}

/// The sums of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// How many lines there are.
    pub requests: u64,
    /// The bytes that went to viewers.
    pub bytes: String,
    /// The share of requests that a cache answered by itself; none in an empty log (MTR-10).
    pub hit_ratio: Option<String>,
    /// The share of bytes, likewise.
    pub byte_ratio: Option<String>,
    /// By result type: first those with an outcome in the order of the legend, then the others.
    pub results: Vec<Count>,
    /// By class of the status.
    pub statuses: Vec<Count>,
    /// By edge location, the busiest first.
    pub locations: Vec<Count>,
    /// Whether the answers are of more than one day, in UTC.
    pub has_days: bool,
}

impl Digest {
    /// Of a tally.
    pub fn of(tally: &Tally) -> Self {
        let (all, hits) = (tally.all(), tally.hits());
        let differ = |(first, last): (u64, u64)| first / 86_400 != last / 86_400;
        Self {
            requests: all.requests,
            bytes: units::bytes(all.bytes),
            hit_ratio: percent(hits.requests, all.requests),
            byte_ratio: percent(hits.bytes, all.bytes),
            results: results(tally.results()),
            statuses: statuses(tally.statuses()),
            locations: counts(tally.locations(), LOCATIONS, |name| Judged {
                label: name.to_owned(),
                outcome: None,
            }),
            has_days: tally.span_unix().is_some_and(differ),
        }
    }
}

/// A share in percent with one decimal; none of nothing.
fn percent(part: u64, whole: u64) -> Option<String> {
    let tenths =
        (u128::from(part) * 2_000 + u128::from(whole)).checked_div(u128::from(whole) * 2)?;
    Some(format!("{}.{}\u{a0}%", tenths / 10, tenths % 10))
}

/// The first so many names, and what all others come to.
fn counts(named: &Named, most: usize, judge: fn(&str) -> Judged) -> Vec<Count> {
    let top = named.top(most);
    let all: u64 = named.sums().map(|(_, sum)| sum.requests).sum();
    let shown: u64 = top.iter().map(|(_, sum)| sum.requests).sum();
    let others = all - shown + named.others().requests;
    let mut counts: Vec<Count> = top
        .iter()
        .map(|(name, sum)| {
            let Judged { label, outcome } = judge(name);
            Count { name: label, outcome, requests: sum.requests }
        })
        .collect();
    if others > 0 {
        counts.push(Count { name: OTHERS.to_owned(), outcome: None, requests: others });
    }
    counts
}

/// The outcomes that a result type may have, in the order of the legend.
const ORDER: [Outcome; 4] = [Outcome::Hit, Outcome::Refresh, Outcome::Miss, Outcome::Error];

fn results(named: &Named) -> Vec<Count> {
    let counts = counts(named, RESULTS, Judged::word);
    let of = |outcome: Option<Outcome>| {
        counts.iter().filter(move |count| count.outcome == outcome).cloned()
    };
    ORDER.into_iter().flat_map(|outcome| of(Some(outcome))).chain(of(None)).collect()
}

/// What the statuses of a class are called, by their first digit.
pub(super) fn class_name(class: usize) -> String {
    match class {
        0 => "000, no answer".to_owned(), // LOG-F09
        _ => format!("{class}xx"),
    }
}

fn statuses(sums: &[Sum; 10]) -> Vec<Count> {
    let classes = sums.iter().enumerate().filter(|(_, sum)| sum.requests > 0);
    let (mut counts, mut none) = (Vec::new(), Vec::new());
    for (class, sum) in classes {
        let list = if class == 0 { &mut none } else { &mut counts };
        list.push(Count { name: class_name(class), outcome: None, requests: sum.requests });
    }
    counts.append(&mut none);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::access_log::AccessLog;

    fn read(text: &str) -> Digest {
        Digest::of(AccessLog::read(text).tally())
    }

    fn said(counts: &[Count]) -> String {
        counts
            .iter()
            .map(|count| format!("{} {}", count.name, count.requests))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn log_70_to_72_mtr_10_the_digest_of_the_example() {
        let digest = read(include_str!("../../../docs/reference/examples/access.log"));
        assert_eq!((digest.requests, &*digest.bytes), (12, "1.3\u{a0}MB"));
        // Records 2, 5 and 6 were hits when they went out: 3 of 12, and 1,319,855 of 1,335,310 bytes.
        assert_eq!(digest.hit_ratio.as_deref(), Some("25.0\u{a0}%"));
        assert_eq!(digest.byte_ratio.as_deref(), Some("98.8\u{a0}%"));
        assert_eq!(
            said(&digest.results),
            "Hit 2, RefreshHit 1, Miss 2, Error 5, LambdaExecutionError 1, Redirect 1"
        );
        assert_eq!(said(&digest.statuses), "2xx 6, 3xx 1, 4xx 2, 5xx 2, 000, no answer 1");
        assert_eq!(digest.locations.len(), 7);
        assert!(!digest.has_days);
        let none = read("");
        assert_eq!((none.hit_ratio, none.requests), (None, 0));
    }

    #[test]
    fn what_has_no_name_of_its_own_is_counted_with_the_others() {
        let head = "#Fields: date time x-edge-location sc-bytes cs-method cs-uri-stem sc-status x-edge-result-type\n";
        let line = |place: usize| {
            format!("2026-03-1{}\t09:00:02\tPOP{place}\t0\tGET\t/\t200\tHit\n", place % 2)
        };
        let lines: String = (0..20).map(line).collect();
        let digest = read(&[head, &lines].concat());
        assert_eq!(digest.locations.len(), LOCATIONS + 1);
        assert_eq!(digest.locations.iter().map(|count| count.requests).sum::<u64>(), 20);
        assert_eq!(digest.byte_ratio, None, "a share of no bytes");
        assert!(digest.has_days);
    }

    #[test]
    fn shares_are_rounded_to_the_nearest_tenth() {
        let said = |part, whole| percent(part, whole).unwrap_or_default();
        assert_eq!(
            [said(0, 3), said(1, 3), said(2, 3), said(3, 3), said(1, 2_000), said(1, 2_001)],
            [
                "0.0\u{a0}%",
                "33.3\u{a0}%",
                "66.7\u{a0}%",
                "100.0\u{a0}%",
                "0.1\u{a0}%",
                "0.0\u{a0}%"
            ]
        );
        assert_eq!(percent(u64::MAX, u64::MAX).as_deref(), Some("100.0\u{a0}%"));
    }
}
