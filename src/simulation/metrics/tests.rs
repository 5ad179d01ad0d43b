//! Exchanges made by hand, where no walk shows the case.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::edge::{Contact, Ending};
use crate::http::{Body, Fields, Response, Status, Target};
use crate::network::City;
use crate::time::SimTime;

/// Counts one exchange, of which the request had `uploaded` bytes of content and the answer 100.
struct Desk(Metrics, SimTime);

impl Desk {
    fn new() -> Self {
        Self(Metrics::default(), SimTime::ZERO)
    }

    fn count(&mut self, method: Method, path: &str, status: u16, fields: &str, contact: Contact) {
        self.count_ended((method, path), (status, fields), contact, Ending::Complete);
    }

    fn count_ended(
        &mut self,
        (method, path): (Method, &str),
        (status, fields): (u16, &str),
        contact: Contact,
        ending: Ending,
    ) {
        let mut request = Request::new(method, Target::parse(path).unwrap(), Arc::default());
        request.content_length = 1_000;
        let fields = Arc::new(Fields::parse(fields).unwrap());
        let body = Body { length: 100, ..Body::default() };
        let response = Response { status: Status(status), fields, body };
        let place = Place::Viewer(City::find("paris").unwrap());
        let took = Duration::from_millis(40);
        let answer = Summary::of(&response, result_of(&response, contact));
        self.0.tally(|| Exchanged::of(self.1, &request, answer, contact, place, took, ending));
    }

    /// A GET of `/a` with this word in X-Cache.
    fn word(&mut self, word: &str, status: u16) {
        let field = format!("X-Cache: {word} from cloudfront");
        self.count(Method::Get, "/a", status, &field, Contact::None);
    }
}

/// What a word in X-Cache stands for; without one, what happened.
fn result_of(response: &Response, contact: Contact) -> ResultType {
    let said = response.fields.get("X-Cache").and_then(|said| said.split(' ').next());
    match said {
        Some("Hit") => ResultType::Hit,
        Some("RefreshHit") => ResultType::RefreshHit,
        Some("Miss") => ResultType::Miss,
        Some("Error") => ResultType::Error,
        Some("Redirect") => ResultType::Redirect,
        Some("LimitExceeded") => ResultType::LimitExceeded,
        Some("CapacityExceeded") => ResultType::CapacityExceeded,
        _ => ResultType::of(response.status.is_error(), contact),
    }
}

/// The bytes of the field `X-Cache: Hit from cloudfront` and its kin.
fn field_bytes(text: &str) -> u64 {
    Fields::parse(text).unwrap().size_bytes()
}

#[test]
fn evi_07_08_09_10_mtr_06_hits_misses_refresh_hits_and_errors() {
    let mut desk = Desk::new();
    for (word, status, count) in [
        ("Hit", 200, 5),
        ("Miss", 200, 3),
        ("RefreshHit", 200, 2),
        ("Error", 404, 1),
        ("LimitExceeded", 503, 1),
        ("CapacityExceeded", 503, 1),
        ("Redirect", 301, 1),
    ] {
        (0..count).for_each(|_| desk.word(word, status));
    }
    let metrics = &desk.0;
    assert_eq!(metrics.hit_ratio(), Share { part: 5, whole: 14 }, "EVI-07, EVI-08");
    let chart = metrics.chart().map(|share| share.part);
    assert_eq!((chart, metrics.chart()[0].whole), ([5, 3, 3], 14), "EVI-08: 11 of 14, not all");
    assert_eq!(metrics.refresh_hits(), 2);
    assert_eq!(metrics.statistics().error_count, 3, "Error, LimitExceeded, CapacityExceeded");
    assert_eq!(metrics.cache_hit_rate(), Share { part: 7, whole: 10 }, "EVI-09, EVI-10, MTR-06");
    assert_eq!(metrics.cache_hit_rate().hundredths_of_percent(), Some(7_000));
}

#[test]
fn evi_09_mtr_01_02_03_what_each_method_counts_for() {
    for (method, is_cacheable, down, up) in [
        (Method::Get, true, true, false),
        (Method::Head, true, true, false),
        (Method::Options, true, false, true),
        (Method::Post, false, false, true),
        (Method::Put, false, false, true),
        (Method::Patch, false, false, false),
        (Method::Delete, false, false, false),
    ] {
        let mut desk = Desk::new();
        let field = "X-Cache: Miss from cloudfront";
        desk.count(method, "/a", 200, field, Contact::Fetched);
        let metrics = &desk.0;
        assert_eq!(metrics.requests(), 1, "MTR-01");
        assert_eq!(metrics.cache_hit_rate().whole, u64::from(is_cacheable), "EVI-09: {method}");
        let sent = 100 + field_bytes(field);
        assert_eq!(metrics.bytes_downloaded(), if down { sent } else { 0 }, "MTR-02: {method}");
        assert_eq!(metrics.bytes_uploaded(), if up { 1_000 } else { 0 }, "MTR-03: {method}");
        assert_eq!(metrics.statistics().counts.bytes, sent, "TotalBytes has no exception");
    }
}

#[test]
fn mtr_04_05_error_rates_by_status() {
    let mut desk = Desk::new();
    let statuses = [200, 304, 401, 403, 403, 404, 404, 404, 418, 500, 502, 503, 504, 504, 599];
    for status in statuses {
        desk.word(if status < 400 { "Hit" } else { "Error" }, status);
    }
    let rate = |rate| {
        let share = desk.0.error_rate(rate);
        assert_eq!(share.whole, 15);
        share.part
    };
    assert_eq!(rate(ErrorRate::Client), 7, "MTR-04");
    assert_eq!(rate(ErrorRate::Server), 6, "MTR-04");
    assert_eq!(rate(ErrorRate::Total), 13, "MTR-04");
    let named = NAMED_STATUSES.map(|status| rate(ErrorRate::Of(status)));
    assert_eq!(named, [1, 2, 3, 1, 1, 2], "MTR-05");
    assert_eq!(rate(ErrorRate::Of(418)), 0, "MTR-05: it has no metric of its own");
    assert_eq!(desk.0.statistics().counts.statuses, [1, 1, 7, 6]);
}

#[test]
fn mtr_11_an_answer_that_stops_short() {
    let mut desk = Desk::new();
    let (hit, miss) = ("X-Cache: Hit from cloudfront", "X-Cache: Miss from cloudfront");
    for (path, status, field, contact, ending) in [
        ("/a", 200, hit, Contact::None, Ending::Broken),
        ("/b", 200, miss, Contact::Fetched, Ending::Broken),
        ("/c", 206, hit, Contact::None, Ending::Broken),
        ("/d", 200, hit, Contact::None, Ending::Complete),
    ] {
        desk.count_ended((Method::Get, path), (status, field), contact, ending);
    }
    let counts = desk.0.statistics().counts;
    assert_eq!((counts.hits, counts.misses), (3, 1), "MTR-11: by the response's result type");
    assert_eq!(counts.incomplete, 2, "MTR-11: status 200 with the result type Error");
    assert_eq!(counts.bytes_from_misses, 0, "by the result type, which is Error");
    let request = Request::new(Method::Get, Target::parse("/a").unwrap(), Arc::default());
    let response = Response { status: Status(200), fields: Arc::default(), body: Body::default() };
    let (place, took) = (Place::Control, Duration::ZERO);
    let answer = Summary::of(&response, ResultType::Hit);
    let (contact, broken) = (Contact::None, Ending::Broken);
    let hit = Exchanged::of(SimTime::ZERO, &request, answer, contact, place, took, broken);
    assert_eq!((hit.result, hit.response_result), (ResultType::Error, ResultType::Hit), "MTR-11");
}

#[test]
fn mtr_07_latency_counts_where_the_origin_sent_it() {
    let mut desk = Desk::new();
    for contact in [Contact::None, Contact::Fetched, Contact::Validated, Contact::StaleOnError] {
        desk.count(Method::Get, "/a", 200, "", contact);
    }
    let latency = desk.0.origin_latency();
    assert_eq!(latency.count(), 1, "MTR-07");
    assert_eq!(latency.percentile(990), Some(Duration::from_millis(40)), "MTR-07");
}

#[test]
fn the_fifty_most_popular_of_the_hundred_and_fifty_of_each_step() {
    let mut desk = Desk::new();
    for number in 0..200_usize {
        // 199 is asked for most, 200 - number times fewer the others.
        for _ in 0..=number {
            desk.count(Method::Get, &format!("/{number:03}"), 200, "", Contact::None);
        }
    }
    let top = desk.0.objects().top();
    assert_eq!(top.len(), 50);
    assert_eq!((&*top[0].path, top[0].counts.requests), ("/199", 200));
    assert_eq!((&*top[49].path, top[49].counts.requests), ("/150", 151));
    // /049 was the 151st of its step, /050 the 150th: ten minutes later only the latter is remembered.
    desk.1 = SimTime::from_secs(600);
    for _ in 0..200 {
        desk.count(Method::Get, "/049", 200, "", Contact::Fetched);
        desk.count(Method::Get, "/050", 200, "", Contact::Fetched);
    }
    let top = desk.0.objects().top();
    let counts = |path| top.iter().find(|object| &*object.path == path).unwrap().counts;
    assert_eq!(&*top[0].path, "/050");
    assert_eq!((counts("/050").requests, counts("/049").requests), (251, 200));
    assert_eq!(counts("/050").hit_share(), Share { part: 51, whole: 251 }, "HitCountPct");
    assert_eq!((&*top[1].path, &*top[2].path), ("/049", "/199"), "by path where equally often");
    assert_eq!(desk.0.requests(), 200 * 201 / 2 + 400, "the totals forget nothing");
}

#[test]
fn sums_stay_within_their_numbers() {
    let mut desk = Desk::new();
    for _ in 0..2 {
        let mut request = Request::new(Method::Put, Target::parse("/a").unwrap(), Arc::default());
        request.content_length = u64::MAX;
        let body = Body { length: u64::MAX, ..Body::default() };
        let response = Response { status: Status(200), fields: Arc::default(), body };
        let place = Place::Control;
        let (whole, contact) = (Summary::of(&response, ResultType::Miss), Contact::Fetched);
        let (took, ending) = (Duration::MAX, Ending::Complete);
        desk.0
            .tally(|| Exchanged::of(SimTime::ZERO, &request, whole, contact, place, took, ending));
    }
    assert_eq!((desk.0.bytes_uploaded(), desk.0.statistics().counts.bytes), (u64::MAX, u64::MAX));
}
