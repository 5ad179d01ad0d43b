//! Parts of an object (caching.md section 5.1).

use super::*;
use crate::edge::portion::presented;
use crate::edge::{Contact, Content, Found, NotStored};
use crate::http::range::Interval;

/// What a viewer with these fields gets of an answer: status, Content-Range and length.
pub(super) fn view(answer: &Answer, fields: &str) -> (u16, Option<String>, u64) {
    let fields = Fields::parse(fields).unwrap().into();
    let request = Request::new(Method::Get, Target::parse("/a").unwrap(), fields);
    let response = match answer.portion {
        crate::edge::Portion::Requested => {
            presented(&request, answer.response.clone(), RequestId::new(7)).0
        }
        crate::edge::Portion::Whole => answer.response.clone(),
    };
    let range = response.fields.get("Content-Range").map(String::from);
    (response.status.0, range, response.body.length)
}

fn part(first: u64, last: u64) -> (u16, Option<String>, u64) {
    (206, Some(format!("bytes {first}-{last}/100")), last + 1 - first)
}

const WHOLE: (u16, Option<String>, u64) = (200, None, 100);
const KEPT: &str = "Cache-Control: max-age=60\nETag: \"e\"\nContent-Length: 100";

/// A tier that holds the whole object.
fn whole() -> Desk {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, KEPT);
    desk
}

/// The origin answers a fetch with a part of the object.
fn part_from_origin(desk: &mut Desk, fetch: FetchId, first: u64, last: u64, etag: &str) -> Answer {
    let fields = format!(
        "Cache-Control: max-age=60\nETag: {etag}\nContent-Range: bytes {first}-{last}/100\nContent-Length: {}",
        last + 1 - first
    );
    desk.answered(fetch, 206, &fields)
}

fn range_of(turn: &Turn) -> Option<String> {
    turn.sent().fields.get("Range").map(String::from)
}

#[test]
fn rng_01_04_to_07_14_what_a_range_gets_of_a_stored_object() {
    let mut desk = whole();
    let table = [
        ("RNG-01", "bytes=10-19", part(10, 19)),
        ("RNG-01", "bytes=90-", part(90, 99)),
        ("RNG-01", "bytes=-5", part(95, 99)),
        ("RNG-01", "bytes=0-999", part(0, 99)),
        ("RNG-04", "bytes=30-40,10-20", WHOLE),
        ("RNG-05", "bytes=10-20,15-25", WHOLE),
        ("RNG-06", "bytes=--5", WHOLE),
        ("RNG-06", "bytes=20-10", WHOLE),
        ("RNG-06", "lines=1-2", WHOLE),
        ("RNG-14", "bytes=100-", (416, Some("bytes */100".to_owned()), 0)),
    ];
    for (row, range, expected) in table {
        let fields = format!("Range: {range}");
        let answer = desk.get(&fields).answer();
        assert_eq!(answer.contact, Contact::None, "{row} {range}");
        assert_eq!(view(&answer, &fields), expected, "{row} {range}");
    }
    let several = "Range: bytes=0-9,20-29";
    let answer = desk.get(several).answer();
    let request = Request::new(
        Method::Get,
        Target::parse("/a").unwrap(),
        Fields::parse(several).unwrap().into(),
    );
    let (response, content) = presented(&request, answer.response, RequestId::new(7));
    let id = RequestId::new(7).text();
    let boundary: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let parts = vec![
        crate::http::range::Interval { first: 0, end: 10 },
        crate::http::range::Interval { first: 20, end: 30 },
    ];
    assert_eq!(response.status.0, 206, "RNG-07");
    assert_eq!(content, Content::Parts { parts, boundary: boundary.clone() }, "RNG-07");
    let media_type = response.fields.get("Content-Type").unwrap();
    assert_eq!(media_type, format!("multipart/byteranges; boundary={boundary}"), "RNG-07");
}

#[test]
fn if_range_decides_between_part_and_whole() {
    let mut desk = whole();
    for (if_range, expected) in [("\"e\"", part(0, 9)), ("\"f\"", WHOLE), ("W/\"e\"", WHOLE)] {
        let fields = format!("Range: bytes=0-9\nIf-Range: {if_range}");
        assert_eq!(view(&desk.get(&fields).answer(), &fields), expected, "{if_range}");
    }
}

#[test]
fn rng_02_13_15_a_range_is_fetched_as_asked_and_kept_as_a_part() {
    let mut desk = Desk::new(0, |_| {});
    let fields = "Range: bytes=10-19";
    let turn = desk.get(fields);
    assert_eq!(range_of(&turn).as_deref(), Some("bytes=10-19"), "RNG-15");
    let answer = part_from_origin(&mut desk, turn.fetch(), 10, 19, "\"e\"");
    assert_eq!((view(&answer, fields), answer.contact), (part(10, 19), Contact::Fetched));
    let used = desk.tier.store().used_bytes();
    for (fields, expected) in [
        (fields, part(10, 19)),
        ("Range: bytes=12-15", part(12, 15)),
        ("Range: bytes=200-", (416, Some("bytes */100".to_owned()), 0)),
    ] {
        assert_eq!(view(&desk.get(fields).answer(), fields), expected, "RNG-01 {fields}");
    }
    let other = desk.get("Range: bytes=20-29");
    let key = desk.request(Method::Get, "").key().unwrap().clone();
    let missing = Decision::LookedUp { key, found: Found::PartMissing { held_bytes: 10 } };
    assert!(desk.said.0.contains(&missing), "RNG-02");
    part_from_origin(&mut desk, other.fetch(), 20, 29, "\"e\"");
    assert_eq!(desk.tier.store().used_bytes(), used + 10, "RNG-13: both parts are there");
    let both = "Range: bytes=10-29";
    assert_eq!(view(&desk.get(both).answer(), both), part(10, 29), "RNG-13");
    let third = desk.get("Range: bytes=30-39");
    part_from_origin(&mut desk, third.fetch(), 30, 39, "\"f\"");
    assert_eq!(desk.tier.store().used_bytes(), used, "RNG-13: another representation, alone");
    let all = desk.get("");
    assert_eq!(range_of(&all), None, "a part is not enough for the whole");
}

#[test]
fn rng_13_parts_that_make_up_the_whole_are_the_whole() {
    let mut desk = Desk::new(0, |_| {});
    for (first, last) in [(0, 49), (50, 99)] {
        let fetch = desk.get(&format!("Range: bytes={first}-{last}")).fetch();
        part_from_origin(&mut desk, fetch, first, last, "\"e\"");
    }
    assert_eq!(view(&desk.hit(), ""), WHOLE);
}

#[test]
fn rng_03_08_an_origin_that_ignores_ranges_gives_the_whole() {
    let mut desk = Desk::new(0, |_| {});
    let fields = "Range: bytes=10-19";
    let fetch = desk.get(fields).fetch();
    let answer = desk.answered(fetch, 200, KEPT);
    assert_eq!(view(&answer, fields), WHOLE, "RNG-03");
    assert_eq!(view(&desk.get(fields).answer(), fields), part(10, 19), "RNG-03: later ones");
}

#[test]
fn rng_04_05_06_07_15_what_goes_upstream_of_a_range() {
    let sent = |range: &str| range_of(&Desk::new(0, |_| {}).get(&format!("Range: {range}")));
    assert_eq!(sent("bytes=30-40,10-20"), None, "RNG-04");
    assert_eq!(sent("bytes=10-20,15-25"), None, "RNG-05");
    assert_eq!(sent("bytes=5-x"), None, "RNG-06");
    assert_eq!(sent("bytes=0-9,20-29").as_deref(), Some("bytes=0-29"), "RNG-07, RNG-15");
    assert_eq!(sent("bytes=10-19,50-").as_deref(), Some("bytes=10-"), "RNG-15");
    let off = |range: &str| {
        let off = |behavior: &mut Behavior| behavior.cache_policy = managed::caching_disabled();
        range_of(&Desk::new(0, off).get(&format!("Range: {range}")))
    };
    assert_eq!(off("bytes=30-40,10-20"), None, "RNG-04: with caching off, too");
    assert_eq!(off("bytes=10-20,15-25"), None, "RNG-05");
    assert_eq!(off("bytes=0-9,20-29").as_deref(), Some("bytes=0-9,20-29"), "nothing is kept of it");
}

#[test]
fn rng_13_17_parts_that_are_together_more_than_the_store() {
    let mut desk = Desk::new(0, |_| {});
    let first = desk.get("Range: bytes=0-39").fetch();
    part_from_origin(&mut desk, first, 0, 39, "\"e\"");
    desk.tier = Tier::new(desk.tier.store().used_bytes() + 20);
    for (first, last) in [(0, 39), (40, 79)] {
        let fetch = desk.get(&format!("Range: bytes={first}-{last}")).fetch();
        part_from_origin(&mut desk, fetch, first, last, "\"e\"");
    }
    let last = "Range: bytes=40-79";
    assert_eq!(view(&desk.get(last).answer(), last), part(40, 79), "RNG-17: the last one stays");
    desk.get("Range: bytes=0-39").fetch();
}

#[test]
fn err_37_39_a_4xx_for_a_missing_part_takes_the_place_of_the_fresh_one_and_a_5xx_does_not() {
    for (status, holds) in [(404, false), (403, true), (503, true)] {
        let mut desk = Desk::new(0, |_| {});
        let fetch = desk.get("Range: bytes=0-9").fetch();
        part_from_origin(&mut desk, fetch, 0, 9, "\"e\"");
        let fetch = desk.get("Range: bytes=10-19").fetch();
        assert_eq!(desk.answered(fetch, status, "").response.status.0, status);
        let fields = "Range: bytes=0-9";
        let (shown, ..) = view(&desk.get(fields).answer(), fields);
        assert_eq!(shown, if holds { 206 } else { status }, "ERR-37, ERR-39: {status}");
    }
}

#[test]
fn rng_10_11_12_ver_01_what_is_too_large_to_keep() {
    let length = |bytes: u64| format!("{}\nContent-Length: {bytes}", &KEPT[..KEPT.len() - 20]);
    let over = length(50_000_000_001);
    let status = |desk: &mut Desk, fields: &str| {
        let fetch = desk.get("").fetch();
        desk.answered(fetch, 200, fields).response.status.0
    };
    assert_eq!(status(&mut Desk::new(0, |_| {}), &length(50_000_000_000)), 200, "VER-01");
    assert_eq!(status(&mut Desk::new(0, |_| {}), &over), 502, "RNG-10");
    let mut off = Desk::new(0, |behavior| behavior.cache_policy = managed::caching_disabled());
    assert_eq!(status(&mut off, &over), 200, "RNG-11");
    let mut parts = Desk::new(0, |_| {});
    let fetch = parts.get("Range: bytes=0-9").fetch();
    let fields =
        "Cache-Control: max-age=60\nContent-Range: bytes 0-9/50000000001\nContent-Length: 10";
    assert_eq!(parts.answered(fetch, 206, fields).response.body.length, 50_000_000_001);
    assert_eq!(parts.tier.store().len(), 1, "RNG-12");
    for (bytes, status) in [(50_000_000_000_u64, 200), (50_000_000_001, 502)] {
        let mut desk = Desk::new(0, |_| {});
        let last = bytes - 1;
        let fetch = desk.get(&format!("Range: bytes=0-{last}")).fetch();
        let fields = format!("Content-Range: bytes 0-{last}/60000000000\nContent-Length: {bytes}");
        assert_eq!(desk.answered(fetch, 206, &fields).response.status.0, status, "RNG-12 {bytes}");
    }
}

#[test]
fn rng_14_16_err_04_bad_parts_are_not_kept() {
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.get("Range: bytes=0-9").fetch();
    let fields = "Content-Range: bytes 0-9/100\nContent-Length: 8";
    let answer = desk.answered(fetch, 206, fields);
    let failure = Some(Failure::RangeLengthMismatch);
    assert_eq!((answer.response.status.0, answer.failure), (502, failure), "RNG-16");
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.get("Range: bytes=10-19").fetch();
    let fields = "Content-Range: bytes 10-19/*\nContent-Length: 8";
    assert_eq!(desk.answered(fetch, 206, fields).failure, failure, "RNG-16: of an unknown whole");
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.get("Range: bytes=500-").fetch();
    let answer = desk.answered(fetch, 416, "Cache-Control: max-age=60");
    assert_eq!(answer.kept, Err(NotStored::Status(Status(416))), "RNG-14, ERR-04");
    let fetch = desk.get("Range: bytes=0-9").fetch();
    let answer = desk.answered(fetch, 206, "Content-Range: bytes 0-9/*\nContent-Length: 10");
    assert_eq!(answer.kept, Err(NotStored::Status(Status(206))), "of an unknown whole");
}

#[test]
fn lim_05_a_head_that_is_too_large_is_no_answer() {
    // The status line has 15 bytes.
    for (bytes, status) in [(32_753, 200), (32_754, 502)] {
        let mut desk = Desk::new(0, |_| {});
        let fetch = desk.get("").fetch();
        let fields = format!("X: {}", "x".repeat(bytes - 5));
        assert_eq!(desk.answered(fetch, 200, &fields).response.status.0, status, "{bytes}");
    }
}

#[test]
fn rng_02_a_part_that_was_not_asked_for_is_passed_on_as_it_came_and_not_kept() {
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.get("Range: bytes=-5").fetch();
    let answer = part_from_origin(&mut desk, fetch, 0, 4, "\"e\"");
    assert_eq!(answer.response.fields.get("Content-Range"), Some("bytes 0-4/100"));
    assert_eq!(answer.kept, Err(NotStored::Status(Status(206))));
    let turn = desk.get("Range: bytes=-5");
    let answer = part_from_origin(&mut desk, turn.fetch(), 90, 99, "\"e\"");
    assert!(answer.kept.is_ok(), "RNG-02: a larger one is kept");
    assert_eq!(view(&answer, "Range: bytes=-5"), part(95, 99));
}

#[test]
fn rng_02_what_is_narrowed_holds_those_parts_and_no_more() {
    let stored = whole().get("").answer().kept.unwrap();
    let narrowed = stored.narrowed(&[Interval { first: 10, end: 20 }]);
    assert_eq!(stored.size_bytes() - narrowed.size_bytes(), 90);
    assert_eq!(
        stored.narrowed(&[Interval { first: 0, end: 100 }]).size_bytes(),
        stored.size_bytes()
    );
}

#[test]
fn rng_07_only_a_get_of_a_200_has_parts() {
    let status = |method, status| {
        let asked = Fields::parse("Range: bytes=0-9").unwrap().into();
        let request = Request::new(method, Target::parse("/a").unwrap(), asked);
        let body = Body { length: 100, version: 1, coding: None };
        let response = Response { status: Status(status), fields: Arc::default(), body };
        presented(&request, response, RequestId::new(7)).0.status.0
    };
    assert_eq!(status(Method::Get, 200), 206);
    // RFC 9110 14.2: Range is GET's alone, and only where the answer would be 200.
    assert_eq!(status(Method::Head, 200), 200);
    assert_eq!(status(Method::Get, 404), 404);
}

#[test]
fn rng_08_18_a_part_in_chunks_is_no_part_and_the_whole_is_asked_for() {
    let chunked = "Cache-Control: max-age=60\nETag: \"e\"\nContent-Range: bytes 10-19/100";
    let fields = "Range: bytes=10-19\nIf-Range: \"e\"";
    let mut desk = Desk::new(0, |_| {});
    let first = desk.get(fields);
    assert_eq!(range_of(&first).as_deref(), Some("bytes=10-19"));
    let again = desk.head(first.fetch(), 206, chunked).remove(0);
    let Turn::Asked(fetch, _, asked, attempt) = &again else { panic!("{again:?}") };
    assert_eq!((*fetch, *attempt), (first.fetch(), 2), "RNG-18: the same fetch");
    let names = ["Range", "If-Range"].map(|name| asked.request().fields.has(name));
    assert_eq!(names, [false, false], "RNG-18: the whole");
    let answer = desk.answered(first.fetch(), 200, KEPT);
    assert_eq!(view(&answer, fields), WHOLE, "RNG-08");
    assert_eq!(view(&desk.get(fields).answer(), fields), part(10, 19), "RNG-03: later ones");
    // Who was not asked for a part, or whom it would do harm to ask twice, is not asked again.
    for (method, fields) in [(Method::Get, ""), (Method::Post, "Range: bytes=10-19")] {
        let mut desk = Desk::new(0, |_| {});
        let fetch = desk.ask(method, fields).remove(0).fetch();
        let answer = desk.answered(fetch, 206, chunked);
        assert_eq!(answer.response.status.0, 206, "RNG-18: {method}");
    }
    // An origin that sends parts unasked is not asked for ever.
    let mut desk = Desk::new(0, |_| {});
    let first = desk.get(fields).fetch();
    desk.head(first, 206, chunked);
    assert_eq!(desk.answered(first, 206, chunked).response.status.0, 206, "RNG-18: once");
}
