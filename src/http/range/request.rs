//! The Range field of a request (RFC 9110 14.1, 14.2), and when the whole is sent in spite of it (RNG-04 to RNG-06).

use serde::{Deserialize, Serialize};

use super::Interval;
use crate::http::Fields;

/// One member of a range set, before the length of the representation is known. A position that 64 bits cannot hold is
/// taken as the largest that they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ByteRange {
    /// `100-199`; both ends are sent.
    Closed {
        /// From 0.
        first: u64,
        /// Not before `first`.
        last: u64,
    },
    /// `100-`: up to the end.
    Open {
        /// From 0.
        first: u64,
    },
    /// `-500`: so many bytes before the end.
    Suffix {
        /// In bytes.
        length: u64,
    },
}

/// The ranges of a request: at least one, ascending and disjoint as far as that shows without a length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeSet(Vec<ByteRange>);

/// Why a request gets the whole representation with 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Whole {
    /// It has no Range field.
    NotAsked,
    /// The unit is not bytes, so the field is ignored (RFC 9110 14.2).
    Unit,
    /// A member is no range, ends before it begins, or the field stands twice (RNG-06).
    Invalid,
    /// A range lies before the one that is named before it (RNG-04).
    OutOfOrder,
    /// Two ranges share a byte (RNG-05).
    Overlap,
    /// More than [`RangeSet::MOST`] ranges (RFC 9110 14.2 lets a server ignore such a set).
    TooMany,
    /// The last bytes of an empty representation: all of it, which no Content-Range can say (RFC 9110 14.1.2).
    Empty,
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requested {
    /// The whole representation.
    Whole(Whole),
    /// Parts of it (RNG-07).
    Ranges(RangeSet),
}

/// Why a range set gives no parts of a representation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoParts {
    /// Every range starts past the end (RNG-14): 416 with [`ContentRange::Unsatisfied`](super::ContentRange).
    Unsatisfiable,
    /// 200 with the whole, for a reason that only the length shows.
    Whole(Whole),
}

/// What a GET asks for by its Range field; for any other method the field means nothing (RFC 9110 14.2). If-Range is not
/// weighed here: see [`if_range_holds`](crate::http::validators::if_range_holds).
#[inline]
pub fn requested(fields: &Fields) -> Requested {
    if !fields.has("Range") {
        return Requested::Whole(Whole::NotAsked);
    }
    let mut values = fields.all("Range");
    let read = match (values.next(), values.next()) {
        (None, _) => Err(Whole::NotAsked),
        (Some(value), None) => RangeSet::read(value),
        (Some(_), Some(_)) => Err(Whole::Invalid),
    };
    read.map_or_else(Requested::Whole, Requested::Ranges)
}

impl RangeSet {
    /// The most ranges that are taken: as many as Apache's `MaxRanges` takes if nobody sets it.
    pub const MOST: usize = 200;

    /// Reads the value of a Range field. `bytes=0-99, -500` gives two ranges.
    pub fn read(value: &str) -> Result<Self, Whole> {
        let (unit, set) = value.split_once('=').ok_or(Whole::Invalid)?;
        if !unit.eq_ignore_ascii_case("bytes") {
            return Err(Whole::Unit);
        }
        let members = set.split(',').map(|member| member.trim_matches([' ', '\t']));
        let mut ranges = Vec::new();
        for member in members.filter(|member| !member.is_empty()) {
            if ranges.len() == Self::MOST {
                return Err(Whole::TooMany);
            }
            ranges.push(ByteRange::read(member).ok_or(Whole::Invalid)?);
        }
        if ranges.is_empty() {
            return Err(Whole::Invalid);
        }
        ranges.array_windows().try_for_each(|[one, next]| one.check_before(*next))?;
        Ok(Self(ranges))
    }

    /// The ranges in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ByteRange> {
        self.0.iter().copied()
    }

    /// The parts of a representation of `complete` bytes: in order, disjoint, none empty, all within it. Of several ranges
    /// those that start past the end are left out (RFC 9110 14.1.2).
    pub fn resolve(&self, complete: u64) -> Result<Vec<Interval>, NoParts> {
        let satisfiable = self.0.iter().filter(|range| range.is_satisfiable(complete));
        let parts: Vec<_> = satisfiable.map(|range| range.within(complete)).collect();
        if parts.is_empty() {
            return Err(NoParts::Unsatisfiable);
        }
        if parts.iter().any(|part| part.is_empty()) {
            return Err(NoParts::Whole(Whole::Empty));
        }
        // RNG-05: only a suffix at the end can still be found to reach back into the ranges before it.
        if parts.array_windows().any(|[one, next]| next.first < one.end) {
            return Err(NoParts::Whole(Whole::Overlap));
        }
        Ok(parts)
    }
}

impl ByteRange {
    /// RFC 9110 14.1.1: `first-last`, `first-` or `-length`; the last position not before the first.
    fn read(member: &str) -> Option<Self> {
        let (first, last) = member.split_once('-')?;
        match (first.is_empty(), last.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Self::Suffix { length: position(last)? }),
            (false, true) => Some(Self::Open { first: position(first)? }),
            (false, false) => {
                let (first, last) = (position(first)?, position(last)?);
                (first <= last).then_some(Self::Closed { first, last })
            }
        }
    }

    /// Whether the next range lies behind this one, as far as that shows without a length.
    fn check_before(self, next: Self) -> Result<(), Whole> {
        let end = match self {
            Self::Closed { last, .. } => last,
            Self::Open { .. } | Self::Suffix { .. } => u64::MAX,
        };
        match (self, next) {
            // Shows when the length is known.
            (Self::Closed { .. }, Self::Suffix { .. }) => Ok(()),
            // Both go up to the end.
            (_, Self::Suffix { .. }) => Err(Whole::Overlap),
            // Nothing lies behind the end.
            (Self::Suffix { .. }, _) => Err(Whole::OutOfOrder),
            (
                Self::Closed { first, .. } | Self::Open { first },
                Self::Closed { first: next_first, .. } | Self::Open { first: next_first },
            ) => {
                if next_first > end {
                    Ok(())
                } else if next_first >= first || next.reaches(first) {
                    Err(Whole::Overlap)
                } else {
                    Err(Whole::OutOfOrder)
                }
            }
        }
    }

    /// Whether it goes on to that position or past it.
    const fn reaches(self, position: u64) -> bool {
        match self {
            Self::Closed { last, .. } => last >= position,
            Self::Open { .. } | Self::Suffix { .. } => true,
        }
    }

    /// RFC 9110 14.1.2.
    const fn is_satisfiable(self, complete: u64) -> bool {
        match self {
            Self::Closed { first, .. } | Self::Open { first } => first < complete,
            Self::Suffix { length } => length > 0,
        }
    }

    /// The bytes of a representation of that length; a range past its end is cut there.
    fn within(self, complete: u64) -> Interval {
        match self {
            Self::Closed { first, last } => {
                Interval { first, end: last.saturating_add(1).min(complete) }
            }
            Self::Open { first } => Interval { first, end: complete },
            Self::Suffix { length } => {
                Interval { first: complete.saturating_sub(length), end: complete }
            }
        }
    }
}

fn position(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::ByteRange::{Closed, Open, Suffix};
    use super::*;

    fn read(value: &str) -> Result<Vec<ByteRange>, Whole> {
        RangeSet::read(value).map(|set| set.iter().collect())
    }

    fn resolve(value: &str, complete: u64) -> Result<Vec<(u64, u64)>, NoParts> {
        let parts = RangeSet::read(value).unwrap().resolve(complete)?;
        Ok(parts.into_iter().map(|part| (part.first, part.end)).collect())
    }

    #[test]
    fn rng_07_ascending_disjoint_valid_ranges_are_taken() {
        let closed = |first, last| Closed { first, last };
        assert_eq!(read("bytes=0-99"), Ok(vec![closed(0, 99)]));
        assert_eq!(read("bytes=0-0"), Ok(vec![closed(0, 0)]));
        assert_eq!(read("Bytes=5-"), Ok(vec![Open { first: 5 }]));
        assert_eq!(read("bytes=-500"), Ok(vec![Suffix { length: 500 }]));
        assert_eq!(read("bytes=-0"), Ok(vec![Suffix { length: 0 }]));
        let several = vec![closed(0, 99), closed(100, 199), Open { first: 300 }];
        assert_eq!(read("bytes= 0-99\t,100-199,, 300-,"), Ok(several));
        assert_eq!(read("bytes=0-9,-5"), Ok(vec![closed(0, 9), Suffix { length: 5 }]));
        let long = "9".repeat(50);
        assert_eq!(
            read(&format!("bytes=00-{long}")),
            Ok(vec![closed(0, u64::MAX)]),
            "longer than 64 bits"
        );
    }

    #[test]
    fn rng_04_05_06_when_the_whole_is_sent() {
        for (value, why) in [
            ("bytes=300-400,100-200", Whole::OutOfOrder), // RNG-04
            ("bytes=0-9,300-400,100-200", Whole::OutOfOrder), // RNG-04
            ("bytes=300-,100-200", Whole::OutOfOrder),    // RNG-04
            ("bytes=-5,0-9", Whole::OutOfOrder),          // RNG-04
            ("bytes=-5,0-", Whole::OutOfOrder),           // RNG-04
            ("bytes=100-200,150-250", Whole::Overlap),    // RNG-05
            ("bytes=100-200,200-250", Whole::Overlap),    // RNG-05
            ("bytes=100-200,100-200", Whole::Overlap),    // RNG-05
            ("bytes=100-200,50-100", Whole::Overlap),     // RNG-05
            ("bytes=100-200,50-", Whole::Overlap),        // RNG-05
            ("bytes=100-,150-250", Whole::Overlap),       // RNG-05
            ("bytes=100-,-5", Whole::Overlap),            // RNG-05
            ("bytes=-9,-5", Whole::Overlap),              // RNG-05
            ("bytes=--5", Whole::Invalid),                // RNG-06
            ("bytes=-5-9", Whole::Invalid),               // RNG-06
            ("bytes=9-5", Whole::Invalid),                // RNG-06
            ("bytes=0-9,x", Whole::Invalid),              // RNG-06
            ("bytes=0-9;10-19", Whole::Invalid),          // RNG-06
            ("bytes=5", Whole::Invalid),                  // RNG-06
            ("bytes=-", Whole::Invalid),                  // RNG-06
            ("bytes=", Whole::Invalid),                   // RNG-06
            ("bytes=,", Whole::Invalid),                  // RNG-06
            ("bytes=0 - 9", Whole::Invalid),              // RNG-06
            ("bytes=+0-9", Whole::Invalid),               // RNG-06
            ("bytes 0-9", Whole::Invalid),                // RNG-06
            ("", Whole::Invalid),                         // RNG-06
            ("bytes =0-9", Whole::Unit),
            ("items=0-9", Whole::Unit),
            ("=0-9", Whole::Unit),
        ] {
            assert_eq!(read(value), Err(why), "{value}");
        }
    }

    #[test]
    fn only_so_many_ranges_are_taken() {
        let ranges = |n: usize| (0..n).map(|i| format!("{0}-{0}", 2 * i)).collect::<Vec<_>>();
        let read = |n| RangeSet::read(&format!("bytes={}", ranges(n).join(",")));
        assert_eq!(read(RangeSet::MOST).unwrap().iter().len(), RangeSet::MOST);
        assert_eq!(read(RangeSet::MOST + 1), Err(Whole::TooMany));
    }

    /// The examples of RFC 9110 14.1.2 come first.
    #[test]
    fn rng_14_ranges_are_held_against_the_length() {
        assert_eq!(resolve("bytes=0-499", 10_000), Ok(vec![(0, 500)]));
        assert_eq!(resolve("bytes=500-999", 10_000), Ok(vec![(500, 1000)]));
        assert_eq!(resolve("bytes=-500", 10_000), Ok(vec![(9_500, 10_000)]));
        assert_eq!(resolve("bytes=9500-", 10_000), Ok(vec![(9_500, 10_000)]));
        assert_eq!(resolve("bytes=0-0,-1", 10_000), Ok(vec![(0, 1), (9_999, 10_000)]));
        assert_eq!(resolve("bytes=0-99999", 10), Ok(vec![(0, 10)]));
        assert_eq!(resolve("bytes=-99999", 10), Ok(vec![(0, 10)]));
        assert_eq!(resolve("bytes=0-4,10-20", 10), Ok(vec![(0, 5)]), "the second is left out");
        for nothing in ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=10-11,20-21"] {
            assert_eq!(resolve(nothing, 10), Err(NoParts::Unsatisfiable), "{nothing}");
        }
        assert_eq!(resolve("bytes=0-", 0), Err(NoParts::Unsatisfiable));
        assert_eq!(resolve("bytes=-5", 0), Err(NoParts::Whole(Whole::Empty)));
        assert_eq!(resolve("bytes=0-", u64::MAX), Ok(vec![(0, u64::MAX)]));
    }

    #[test]
    fn rng_05_a_suffix_overlaps_only_where_the_length_says_so() {
        assert_eq!(resolve("bytes=0-99,-100", 200), Ok(vec![(0, 100), (100, 200)]));
        let overlap = Err(NoParts::Whole(Whole::Overlap));
        assert_eq!(resolve("bytes=0-99,-100", 199), overlap);
        assert_eq!(resolve("bytes=50-99,-1000", 200), overlap);
        assert_eq!(resolve("bytes=50-99,-10", 40), Ok(vec![(30, 40)]), "the first is left out");
    }

    #[test]
    fn a_request_asks_with_one_range_field_or_for_the_whole() {
        let ask = |text: &str| requested(&Fields::parse(text).unwrap());
        assert_eq!(ask(""), Requested::Whole(Whole::NotAsked));
        assert_eq!(ask("Range: items=1-2"), Requested::Whole(Whole::Unit));
        assert_eq!(ask("Range: bytes=0-1\nRange: bytes=5-6"), Requested::Whole(Whole::Invalid));
        assert_eq!(
            ask("range: bytes=0-1"),
            Requested::Ranges(RangeSet(vec![Closed { first: 0, last: 1 }]))
        );
    }
}
