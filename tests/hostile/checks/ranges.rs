//! Ranges, and the sets of intervals that they are kept in.

use std::ops::Range;

use edgewalk::http::range::{
    ByteRange, ContentRange, Interval, Intervals, Multipart, NoParts, RangeSet, Requested, Whole,
    requested,
};

use super::{comes_back, one_field, text};

/// Ranges print as they were read; what they give for a length is what a count byte by byte gives, and the multipart
/// form is as long as what is written of it.
pub fn range(data: &[u8]) {
    let value = text(data);
    let Some(fields) = one_field("Range", &value) else { return };
    let set = match requested(&fields) {
        Requested::Ranges(set) => set,
        Requested::Whole(why) => {
            assert!(!matches!(why, Whole::NotAsked | Whole::Empty));
            return;
        }
    };
    assert!((1..=RangeSet::MOST).contains(&set.iter().len()));
    let printed: Vec<_> = set
        .iter()
        .map(|range| match range {
            ByteRange::Closed { first, last } => format!("{first}-{last}"),
            ByteRange::Open { first } => format!("{first}-"),
            ByteRange::Suffix { length } => format!("-{length}"),
        })
        .collect();
    assert_eq!(RangeSet::read(&format!("bytes={}", printed.join(","))).as_ref(), Ok(&set));
    comes_back(&set);
    for complete in [0, 1, 2, 7, 40, 64] {
        assert_eq!(set.resolve(complete), byte_by_byte(&set, complete), "{value} of {complete}");
    }
    for complete in [0, 1, 64, 10_000, u64::from(u32::MAX), u64::MAX] {
        let Ok(parts) = set.resolve(complete) else { continue };
        assert!(!parts.is_empty());
        assert!(parts.iter().all(|part| !part.is_empty() && part.end <= complete), "{parts:?}");
        assert!(parts.windows(2).all(|pair| pair[0].end <= pair[1].first), "{parts:?}");
        let multipart = Multipart { boundary: "b", content_type: Some(&value), complete };
        let around: usize = (0..parts.len())
            .map(|index| multipart.heading(parts[index], index == 0).len())
            .sum::<usize>()
            + multipart.closing().len();
        let within: u64 = parts.iter().map(|part| part.len()).sum();
        assert_eq!(multipart.length(&parts), within.saturating_add(around as u64));
        for part in parts {
            let range = ContentRange::Part { interval: part, complete: Some(complete) };
            assert_eq!(ContentRange::read(&range.to_string()), Some(range));
        }
    }
}

/// RFC 9110 14.1.2, RNG-04 and RNG-05 by looking at each byte of a short representation.
fn byte_by_byte(set: &RangeSet, complete: u64) -> Result<Vec<Interval>, NoParts> {
    let mut parts: Vec<Interval> = Vec::new();
    for range in set.iter() {
        let is_in = |byte: &u64| match range {
            ByteRange::Closed { first, last } => (first..=last).contains(byte),
            ByteRange::Open { first } => *byte >= first,
            ByteRange::Suffix { length } => complete - byte <= length,
        };
        let bytes: Vec<u64> = (0..complete).filter(is_in).collect();
        match (bytes.first(), bytes.last()) {
            (Some(first), Some(last)) => parts.push(Interval { first: *first, end: last + 1 }),
            _ if complete == 0 && matches!(range, ByteRange::Suffix { length: 1.. }) => {
                return Err(NoParts::Whole(Whole::Empty));
            }
            _ => {}
        }
    }
    let mut counts = vec![0; complete as usize];
    for byte in parts.iter().flat_map(|part| part.first..part.end) {
        counts[byte as usize] += 1;
    }
    if counts.iter().any(|count| *count > 1) {
        return Err(NoParts::Whole(Whole::Overlap));
    }
    if parts.is_empty() { Err(NoParts::Unsatisfiable) } else { Ok(parts) }
}

/// A Content-Range prints as it was read and never reaches past the complete length.
pub fn content_range(data: &[u8]) {
    let value = text(data);
    let Some(range) = ContentRange::read(&value) else { return };
    assert_eq!(ContentRange::read(&range.to_string()), Some(range), "{value}");
    if let ContentRange::Part { interval, complete } = range {
        assert!(!interval.is_empty() && complete.is_none_or(|complete| interval.end <= complete));
    }
}

/// A set of intervals holds exactly the bytes that were put in: held against a set of 128 bits, two bytes of input an
/// interval.
pub fn intervals(data: &[u8]) {
    let mask =
        |Range { start, end }: Range<u64>| (start..end).fold(0_u128, |bits, byte| bits | 1 << byte);
    let (mut set, mut bits) = (Intervals::new(), 0_u128);
    let mut all = Vec::new();
    for pair in data.chunks_exact(2).take(300) {
        let asked = Interval { first: u64::from(pair[0] % 128), end: u64::from(pair[1] % 129) };
        let asked_bits = mask(asked.first..asked.end);
        let missing: Vec<_> = set.missing(asked).collect();
        let missing_bits = missing.iter().fold(0, |bits, gap| bits | mask(gap.first..gap.end));
        assert_eq!(missing_bits, asked_bits & !bits);
        assert!(missing.iter().all(|gap| !gap.is_empty()));
        assert!(missing.windows(2).all(|gaps| gaps[0].end < gaps[1].first));
        assert_eq!(set.covers(asked), asked_bits & !bits == 0);
        set.insert(asked);
        all.push(asked);
        bits |= asked_bits;
        assert_eq!(set.iter().fold(0, |bits, held| bits | mask(held.first..held.end)), bits);
        assert_eq!(set.total(), u64::from(bits.count_ones()));
        let held: Vec<_> = set.iter().collect();
        assert!(held.iter().all(|held| !held.is_empty()));
        assert!(held.windows(2).all(|pair| pair[0].end < pair[1].first), "{held:?}");
    }
    assert_eq!(all.into_iter().collect::<Intervals>(), set, "in any order");
    comes_back(&set);
    // Positions as large as they come.
    let ends: Vec<_> =
        data.chunks_exact(8).map(|c| u64::from_le_bytes(c.try_into().unwrap())).collect();
    let far: Intervals =
        ends.chunks_exact(2).map(|c| Interval { first: c[0], end: c[1] }).collect();
    assert!(far.iter().all(|held| far.covers(held)));
}
