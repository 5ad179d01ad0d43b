//! Parts of a representation as half-open intervals of bytes, and sets of them (RNG-13).

use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

/// The bytes `first..end`. It is empty where `end` is not larger than `first`; an empty one covers nothing and is covered
/// by anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The position of the first byte, from 0.
    pub first: u64,
    /// The position behind the last byte.
    pub end: u64,
}

impl Interval {
    /// The whole of a representation of that many bytes.
    pub const fn whole(complete: u64) -> Self {
        Self { first: 0, end: complete }
    }

    /// In bytes.
    pub const fn len(self) -> u64 {
        self.end.saturating_sub(self.first)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Which bytes of one representation are there: intervals in order, none empty, none touching the next.
///
/// Allocates nothing while it is empty, and one small block for the few parts that a cache holds of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Interval>", into = "Vec<Interval>")]
pub struct Intervals(Vec<Interval>);

impl Intervals {
    /// No byte.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds the bytes of an interval. Those that overlap or touch it become one with it.
    pub fn insert(&mut self, added: Interval) {
        if added.is_empty() {
            return;
        }
        let from = self.0.partition_point(|held| held.end < added.first);
        let to = from + self.0[from..].partition_point(|held| held.first <= added.end);
        match self.0.get(from..to) {
            Some([first, .., last] | [first @ last]) => {
                let joined =
                    Interval { first: first.first.min(added.first), end: last.end.max(added.end) };
                self.0[from] = joined;
                self.0.drain(from + 1..to);
            }
            _ => self.0.insert(from, added),
        }
    }

    /// Whether all bytes of an interval are there.
    pub fn covers(&self, asked: Interval) -> bool {
        self.missing(asked).next().is_none()
    }

    /// The bytes of an interval that are not there, in order.
    pub fn missing(&self, asked: Interval) -> impl Iterator<Item = Interval> {
        let from = self.0.partition_point(|held| held.end <= asked.first);
        let held = self.0[from..].iter().copied().take_while(move |held| held.first < asked.end);
        let behind = Interval { first: asked.end, end: asked.end };
        let mut next = asked.first;
        let gaps = held.chain([behind]).map(move |held| {
            let gap = Interval { first: next, end: held.first };
            next = held.end;
            gap
        });
        gaps.filter(|gap| !gap.is_empty())
    }

    /// How many bytes there are.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|held| held.len()).sum()
    }

    /// The intervals in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Interval> {
        self.0.iter().copied()
    }

    /// Whether there is no byte.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Interval> for Intervals {
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        Self::from(intervals.into_iter().collect::<Vec<_>>())
    }
}

impl From<Vec<Interval>> for Intervals {
    /// Takes them in any order, however they overlap.
    fn from(intervals: Vec<Interval>) -> Self {
        let mut set = Self::new();
        for interval in BinaryHeap::from(intervals).into_sorted_vec() {
            set.insert(interval);
        }
        set
    }
}

impl From<Intervals> for Vec<Interval> {
    fn from(intervals: Intervals) -> Self {
        intervals.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const fn part(first: u64, end: u64) -> Interval {
        Interval { first, end }
    }

    fn check(inserted: &[(u64, u64)], expected: &[(u64, u64)]) {
        let mut set = Intervals::new();
        for &(first, end) in inserted {
            set.insert(part(first, end));
        }
        let held: Vec<_> = set.iter().map(|held| (held.first, held.end)).collect();
        assert_eq!(held, expected, "{inserted:?}");
        let all: Intervals = inserted.iter().map(|&(first, end)| part(first, end)).collect();
        assert_eq!(all, set, "{inserted:?} at once");
    }

    #[test]
    fn rng_13_parts_that_overlap_or_touch_become_one() {
        check(&[(10, 20), (30, 40)], &[(10, 20), (30, 40)]);
        check(&[(30, 40), (10, 20)], &[(10, 20), (30, 40)]);
        check(&[(10, 20), (20, 30)], &[(10, 30)]);
        check(&[(20, 30), (10, 20)], &[(10, 30)]);
        check(&[(10, 20), (15, 16)], &[(10, 20)]);
        check(&[(10, 20), (30, 40), (50, 60), (15, 55)], &[(10, 60)]);
        check(&[(10, 20), (30, 40), (50, 60), (20, 30)], &[(10, 40), (50, 60)]);
        check(&[(10, 20), (30, 40), (21, 29)], &[(10, 20), (21, 29), (30, 40)]);
        check(&[(10, 20), (0, u64::MAX)], &[(0, u64::MAX)]);
        check(&[(5, 5), (9, 3)], &[]);
    }

    #[test]
    fn rng_13_what_is_missing_of_a_part() {
        let set: Intervals = [part(10, 20), part(30, 40)].into_iter().collect();
        let missing = |first, end| {
            set.missing(part(first, end)).map(|gap| (gap.first, gap.end)).collect::<Vec<_>>()
        };
        assert_eq!(missing(0, 50), [(0, 10), (20, 30), (40, 50)]);
        assert_eq!(missing(10, 40), [(20, 30)]);
        assert_eq!(missing(12, 18), []);
        assert_eq!(missing(20, 30), [(20, 30)]);
        assert_eq!(missing(19, 31), [(20, 30)]);
        assert_eq!(missing(21, 25), [(21, 25)]);
        assert_eq!(missing(45, 50), [(45, 50)]);
        assert_eq!(missing(50, 45), []);
        assert!(set.covers(part(10, 20)) && !set.covers(part(10, 21)) && !set.covers(part(9, 20)));
        assert!(set.covers(part(25, 25)), "no byte is always there");
        assert_eq!(set.total(), 20);
        assert_eq!(Interval::whole(7).len(), 7);
    }

    #[test]
    fn what_is_read_in_is_put_in_order() {
        let text = r#"[{"first":5,"end":9},{"first":0,"end":5},{"first":7,"end":2}]"#;
        let set: Intervals = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"[{"first":0,"end":9}]"#);
    }
}
