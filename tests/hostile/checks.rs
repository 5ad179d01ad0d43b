//! What holds whatever a parser is given: an answer or a typed error, never a panic, and the properties below.
//!
//! One function a parser, each from bytes, so that tests/hostile.rs (proptest) and fuzz/ (libFuzzer) run the very same.
//! Where a check needs several texts, they stand one behind the other with a NUL between them.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::borrow::Cow;
use std::ops::Range;

use edgewalk::distribution::{CachePolicy, PathPattern, Selection, managed};
use edgewalk::edge::{AcceptEncoding, InvalidationPath, cache_key};
use edgewalk::http::cache_control::CacheControl;
use edgewalk::http::range::{
    ByteRange, ContentRange, Interval, Intervals, Multipart, NoParts, RangeSet, Requested, Whole,
    requested,
};
use edgewalk::http::validators::{
    if_range_holds, is_not_modified, is_strong, strongly_equal, weakened, weakly_equal,
};
use edgewalk::http::{Acceptable, Coding, Field, Fields, Status, Target, curl, date};
use edgewalk::simulation::{Nobody, Walk};

/// A check of one parser.
pub type Check = fn(&[u8]);

/// All of them, by the names that the fuzz targets have.
pub const ALL: [(&str, Check); 15] = [
    ("target", target),
    ("fields", fields),
    ("cache_control", cache_control),
    ("http_date", http_date),
    ("range", range),
    ("content_range", content_range),
    ("intervals", intervals),
    ("entity_tags", entity_tags),
    ("accept_encoding", accept_encoding),
    ("cookies", cookies),
    ("query", query),
    ("path_pattern", path_pattern),
    ("invalidation", invalidation),
    ("curl_text", curl_text),
    ("walk", walk),
];

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The texts between the NULs; those that are missing are empty.
fn texts<const N: usize>(data: &[u8]) -> [Cow<'_, str>; N] {
    let mut parts = data.splitn(N, |byte| *byte == 0).map(text);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// A message with one field, or none where the value is no field value.
fn one_field(name: &str, value: &str) -> Option<Fields> {
    Field::new(name, value).ok().map(|field| [field].into_iter().collect())
}

/// What is written as JSON is read as the same.
fn comes_back<T>(value: &T)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value, "{json}");
}

/// A target prints as it was read, and JSON brings in none that could not be typed.
pub fn target(data: &[u8]) {
    let is_target = |target: &Target| {
        let printed = target.to_string();
        assert_eq!(Target::parse(&printed).as_ref(), Ok(target), "{printed}");
        assert!(
            target.path().starts_with('/')
                && printed.bytes().all(|b| b.is_ascii_graphic() && b != b'#')
        );
        assert!(printed.len() <= 2 * Target::LIMIT + 1);
        comes_back(target);
    };
    let text = text(data);
    if let Ok(target) = Target::parse(&text) {
        is_target(&target);
        assert_eq!(
            target.to_string(),
            text.strip_suffix('?').filter(|t| !t.contains('?')).unwrap_or(&text)
        );
    }
    if let Ok(target) = serde_json::from_slice(data) {
        is_target(&target);
    }
}

/// Field lines print as they were read, from text and from JSON; `set` and `remove` leave the other fields alone.
pub fn fields(data: &[u8]) {
    let printed = |fields: &Fields| {
        fields
            .iter()
            .map(|f| format!("{}: {}\r\n", f.name(), f.value()))
            .collect::<Vec<_>>()
            .concat()
    };
    let are_fields = |fields: &Fields| {
        let text = printed(fields);
        assert_eq!(text.len() as u64, fields.size_bytes());
        let values = fields.iter().flat_map(|field| field.value().chars());
        assert!(values.into_iter().all(|c| c == '\t' || !c.is_control()));
        if text.len() <= Fields::LIMIT {
            assert_eq!(Fields::parse(&text).as_ref(), Ok(fields), "{text}");
        }
        comes_back(fields);
        let mut changed = fields.clone();
        changed.set("A", "\u{7}1\r\n");
        assert_eq!(changed.all("a").collect::<Vec<_>>(), ["1"]);
        let others = |fields: &Fields| {
            fields.iter().filter(|field| !field.is("A")).cloned().collect::<Vec<_>>()
        };
        assert_eq!(others(&changed), others(fields));
        let place = |fields: &Fields| fields.iter().position(|field| field.is("A"));
        assert_eq!(place(&changed), place(fields).or(Some(fields.len())));
        assert!(changed.remove("A") && !changed.has("A") && !changed.remove("A"));
        assert_eq!(others(&changed), others(fields));
    };
    if let Ok(fields) = Fields::parse(&text(data)) {
        are_fields(&fields);
    }
    if let Ok(fields) = serde_json::from_slice(data) {
        are_fields(&fields);
    }
}

/// Lifetimes are at most 100 years; neither case nor a directive of our own in front changes how the others are read.
pub fn cache_control(data: &[u8]) {
    let value = text(data);
    let Some(fields) = one_field("Cache-Control", &value) else { return };
    let read = CacheControl::of(&fields);
    let lifetimes =
        |cc: &CacheControl| [cc.max_age, cc.s_maxage, cc.stale_while_revalidate, cc.stale_if_error];
    assert!(lifetimes(&read).into_iter().flatten().all(|secs| secs <= CacheControl::LONGEST));
    assert!(read.remarks.iter().all(|remark| !remark.is_empty() && value.contains(&**remark)));
    assert!(read.withheld_fields.iter().all(|name| !name.is_empty() && value.contains(&**name)));
    let upper = CacheControl::of(&one_field("Cache-Control", &value.to_ascii_uppercase()).unwrap());
    assert_eq!(lifetimes(&upper), lifetimes(&read));
    assert_eq!(
        (upper.no_cache, upper.no_store, upper.private),
        (read.no_cache, read.no_store, read.private)
    );
    let led =
        CacheControl::of(&one_field("Cache-Control", &format!("max-age=7, {value}")).unwrap());
    assert_eq!(led, CacheControl { max_age: Some(7), ..read });
}

/// A date that is read prints as a date of the same second.
pub fn http_date(data: &[u8]) {
    const LAST: u64 = 253_402_300_799;
    if let Some(secs) = date::read(&text(data)) {
        assert!(secs <= LAST, "{secs}");
        assert_eq!(date::read(&date::print(secs)), Some(secs));
    }
    if let Some(bytes) = data.first_chunk() {
        let secs = u64::from_le_bytes(*bytes);
        assert_eq!(date::read(&date::print(secs)), Some(secs.min(LAST)));
        let near = secs % (2 * LAST);
        assert_eq!(date::read(&date::print(near)), Some(near.min(LAST)));
    }
}

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

/// The comparisons agree with each other; a tag is found in any list that names it; a weakened tag stays as it is.
pub fn entity_tags(data: &[u8]) {
    let [one, other, dated] = texts(data);
    for (one, other) in [(&one, &other), (&one, &one), (&other, &one)] {
        assert_eq!(weakly_equal(one, other), weakly_equal(other, one));
        assert_eq!(strongly_equal(one, other), strongly_equal(other, one));
        assert!(!strongly_equal(one, other) || weakly_equal(one, other));
    }
    if let Some(weak) = weakened(&one) {
        assert!(weakly_equal(&weak, &one) && !strongly_equal(&weak, &one));
        assert_eq!(weakened(&weak).as_ref(), Some(&weak));
    }
    assert!(!is_strong(&one) || weakened(&one).is_some());
    let (Some(etag), Some(named)) = (one_field("ETag", &one), one_field("If-None-Match", &one))
    else {
        return;
    };
    if is_strong(&one) {
        let list = format!("\"zz\\\", W/{one} , \"z,z\"");
        assert!(is_not_modified(&one_field("If-None-Match", &list).unwrap(), &etag), "{list}");
        assert!(is_not_modified(&named, &etag));
        assert!(if_range_holds(&one_field("If-Range", &one).unwrap(), &etag));
        let weak = weakened(&one).unwrap();
        assert!(!if_range_holds(&one_field("If-Range", &weak).unwrap(), &etag));
    }
    let request = ["If-None-Match", "If-Modified-Since", "If-Range"];
    let response = ["ETag", "Last-Modified", "Date"];
    let message = |names: [&str; 3], values: [&str; 3]| -> Fields {
        names.iter().zip(values).filter_map(|(name, value)| Field::new(name, value).ok()).collect()
    };
    for values in [[&*one, &*other, &*dated], [&*dated, &*one, &*other]] {
        is_not_modified(&message(request, values), &message(response, values));
        if_range_holds(&message(request, values), &message(response, values));
    }
}

/// Weights are at most 1; what the cache key takes from the field is acceptable by RFC 9110, too.
pub fn accept_encoding(data: &[u8]) {
    let Some(fields) = one_field("Accept-Encoding", &text(data)) else { return };
    let read = Acceptable::of(&fields);
    assert!([read.gzip, read.br, read.identity].into_iter().all(|weight| weight <= 1000));
    let policy = CachePolicy { gzip: true, brotli: true, ..managed::caching_disabled() };
    let (gzip, br) = match AcceptEncoding::of(&fields, &policy) {
        Some(AcceptEncoding::BrGzip) => (true, true),
        Some(AcceptEncoding::Gzip) => (true, false),
        Some(AcceptEncoding::Br) => (false, true),
        None => (false, false),
    };
    assert!(!gzip || read.takes(Coding::Gzip));
    assert!(!br || read.takes(Coding::Br));
}

/// A selection of each kind that names the words of a text.
fn selections(names: &str) -> [Selection; 4] {
    let names: Vec<String> = names.split(',').map(String::from).collect();
    [Selection::None, Selection::All, Selection::Only(names.clone()), Selection::AllExcept(names)]
}

/// COOK-03: sorted by name, those of one name in the viewer's order; selecting once more changes nothing.
pub fn cookies(data: &[u8]) {
    let [names, one, other] = texts(data);
    let fields: Fields =
        [&one, &other].into_iter().filter_map(|value| Field::new("Cookie", value).ok()).collect();
    for selection in selections(&names) {
        let taken = cache_key::select_cookies(&fields, &selection);
        let pairs = fields.all("Cookie").flat_map(|value| value.split(';'));
        let mut expected: Vec<_> = pairs
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| !name.starts_with('$') && selection.takes(name))
            .collect();
        expected.sort_by_key(|(name, _)| *name);
        let expected: Vec<_> = expected.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(taken, (!expected.is_empty()).then(|| expected.join("; ")));
        if let Some(taken) = taken {
            let again = one_field("Cookie", &taken).unwrap();
            assert_eq!(cache_key::select_cookies(&again, &selection), Some(taken));
        }
    }
}

/// A selection takes parameters as they are and in their order; selecting once more changes nothing.
pub fn query(data: &[u8]) {
    let [names, query] = texts(data);
    for selection in selections(&names) {
        let Some(taken) = cache_key::select_query(&query, &selection) else { continue };
        assert!(!taken.is_empty());
        assert_eq!(cache_key::select_query(&taken, &selection).as_ref(), Some(&taken));
        let mut rest = query.split('&');
        assert!(taken.split('&').all(|one| rest.any(|other| other == one)), "{taken} of {query}");
    }
}

fn without_slash(text: &str) -> &[u8] {
    text.strip_prefix('/').unwrap_or(text).as_bytes()
}

/// The matcher agrees with the definition: a table of which rest of the pattern matches which rest of the path.
pub fn path_pattern(data: &[u8]) {
    let [pattern, path] = texts(data);
    if pattern.len() * path.len() > 40_000 {
        return;
    }
    let (p, t) = (without_slash(&pattern), without_slash(&path));
    let mut matches = vec![vec![false; t.len() + 1]; p.len() + 1];
    matches[p.len()][t.len()] = true;
    for i in (0..p.len()).rev() {
        for j in (0..=t.len()).rev() {
            matches[i][j] = match p[i] {
                b'*' => matches[i + 1][j] || (j < t.len() && matches[i][j + 1]),
                c => j < t.len() && (c == b'?' || c == t[j]) && matches[i + 1][j + 1],
            };
        }
    }
    assert_eq!(PathPattern::new(&pattern).matches(&path), matches[0][0], "{pattern} on {path}");
}

/// An invalidation path comes back from JSON, and JSON brings in none that the API would refuse.
pub fn invalidation(data: &[u8]) {
    if let Ok(path) = InvalidationPath::new(&text(data)) {
        assert!(path.as_str().starts_with('/') && path.as_str().len() <= InvalidationPath::LIMIT);
        comes_back(&path);
    }
    if let Ok(path) = serde_json::from_slice::<InvalidationPath>(data) {
        assert_eq!(InvalidationPath::new(path.as_str()), Ok(path));
    }
}

/// What was read from a pasted command is written as one that is read as the same.
pub fn curl_text(data: &[u8]) {
    let Ok(pasted) = curl::read(&text(data)) else { return };
    let written = curl::write(&pasted);
    if written.len() <= curl::LIMIT {
        let same = |pasted: curl::Pasted| curl::Pasted { remarks: Vec::new(), ..pasted };
        assert_eq!(curl::read(&written).map(same), Ok(same(pasted)), "{written}");
    }
}

/// A Walk comes back from JSON, and replaying it is an answer or a typed error.
pub fn walk(data: &[u8]) {
    let Ok(walk) = serde_json::from_slice::<Walk>(data) else { return };
    comes_back(&walk);
    if walk.actions.len() <= 20 {
        let _ = walk.replay(&mut Nobody);
    }
}

/// Every status has a reason that fits in a status line.
pub fn status(code: u16) {
    let printed = Status(code).to_string();
    assert!(printed.bytes().all(|b| b == b' ' || b.is_ascii_graphic()), "{printed}");
}
