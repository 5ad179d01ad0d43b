//! Origins that fail, through all tiers: what is shown, what is kept, and how long it took.

mod certificates;
mod connections;
mod groups;
mod pages;
mod stale;

use crate::common::Edit as _;
use std::time::Duration;

use edgewalk::distribution::{ErrorPage, ErrorResponse};
use edgewalk::edge::{Decision, NotStored};
use edgewalk::http::{Method, Status};
use edgewalk::origin::Health;
use edgewalk::simulation::{Action, Event, Metrics, Place, Run, Scenario, What, built_in_scenario};

use crate::common::{act, ask, get, last_shown, request, request_with, send, wait};
use crate::{decisions, reached};

fn run_of(change: impl FnOnce(&mut Scenario)) -> Run {
    let mut scenario = built_in_scenario();
    change(&mut scenario);
    Run::new(scenario).unwrap()
}

fn bucket_is(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-media".into(), health }
}

fn api_is(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-api".into(), health }
}

/// Status and X-Cache of what is shown, and how long it took from the first event on.
fn ends(run: &mut Run, action: Action) -> (u16, String, Duration) {
    let events = act(run, action);
    let (x_cache, response) = last_shown(run.journal());
    let took = events.last().unwrap().at.since(events[0].at);
    (response.status.0, x_cache, took)
}

pub(crate) fn page(status: u16, path: &str, shown: u16, min_ttl_secs: u64) -> ErrorResponse {
    let page = Some(ErrorPage { path: path.into(), status: shown });
    ErrorResponse { status, page, min_ttl_secs }
}

fn stored(events: &[Event]) -> Vec<(bool, u64)> {
    let of = |event: &Event| match &event.what {
        What::Decided(Decision::Stored { lifetime, .. }) => {
            Some((matches!(event.place, Place::Pop(_)), lifetime.secs))
        }
        _ => None,
    };
    events.iter().filter_map(of).collect()
}

/// The handshakes with the origin, in order.
fn handshakes(events: &[Event]) -> Vec<Duration> {
    reached(events).map(|(_, leg)| leg.handshake).collect()
}

#[test]
fn tmo_02_03_10_11_12_14_16_17_18_how_long_each_failure_takes() {
    let secs = |health, method, change: fn(&mut Scenario)| {
        let mut run = run_of(change);
        act(&mut run, api_is(health));
        let (status, x_cache, took) = ends(&mut run, send("paris", method, "/api/orders"));
        assert_eq!(x_cache, "Error from cloudfront");
        (status, took.as_secs())
    };
    let plain: fn(&mut Scenario) = |_| {};
    assert_eq!(secs(Health::Unreachable, Method::Get, plain), (504, 30), "TMO-10, TMO-16");
    assert_eq!(secs(Health::Unreachable, Method::Post, plain), (504, 30), "TMO-10");
    assert_eq!(secs(Health::Silent, Method::Get, plain).1, 90, "TMO-11: three times thirty");
    assert_eq!(secs(Health::Silent, Method::Post, plain).1, 30, "TMO-12: once");
    assert_eq!(secs(Health::Refuses, Method::Get, plain), (502, 0), "TMO-17");
    assert_eq!(secs(Health::BadCertificate, Method::Get, plain), (502, 0), "TMO-17");
    assert_eq!(secs(Health::NameUnresolved, Method::Get, plain), (502, 0), "TMO-18");
    let short: fn(&mut Scenario) = |scenario| {
        let limits = &mut scenario.edited().origins[1].limits;
        (limits.attempts, limits.connect_secs, limits.response_secs) = (2, 4, 7);
    };
    assert_eq!(secs(Health::Unreachable, Method::Get, short), (504, 8), "TMO-01, TMO-02");
    assert_eq!(secs(Health::Silent, Method::Get, short).1, 14, "TMO-03");
    let capped: fn(&mut Scenario) = |scenario| {
        scenario.edited().origins[1].limits.completion_secs = Some(60);
    };
    assert_eq!(secs(Health::Silent, Method::Get, capped), (504, 60), "TMO-05, TMO-14");
    let mut in_time = run_of(capped);
    act(&mut in_time, api_is(Health::Slow { secs: 20 }));
    assert_eq!(ends(&mut in_time, get("paris", "/api/orders")).0, 200, "TMO-05: within the cap");
    let slow = secs(Health::Slow { secs: 31 }, Method::Post, plain);
    assert_eq!(slow, (504, 30), "TMO-03: a slow answer is none");
    let mut run = run_of(plain);
    act(&mut run, api_is(Health::Slow { secs: 20 }));
    assert_eq!(ends(&mut run, get("paris", "/api/orders")).0, 200);
}

#[test]
fn rec_11_12_13_err_38_errors_are_kept_by_both_caches_until_the_same_instant() {
    let mut run = run_of(|_| {});
    let events = act(&mut run, get("paris", "/nothing"));
    assert_eq!(stored(&events), [(false, 10), (true, 10)], "REC-11, REC-13");
    act(&mut run, wait(5));
    let other = act(&mut run, get("london", "/nothing"));
    assert!(!other.iter().any(|event| matches!(event.place, Place::Origin(_))), "REC-13");
    act(&mut run, wait(5));
    let later = act(&mut run, get("london", "/nothing"));
    assert!(later.iter().any(|event| matches!(event.place, Place::Origin(_))), "REC-11: no sum");
}

#[test]
fn xfer_05_an_answer_that_breaks_off_reaches_the_viewer_and_no_cache() {
    let mut run = run_of(|_| {});
    act(&mut run, bucket_is(Health::BreaksOff));
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(stored(&events).is_empty());
    let response = last_shown(run.journal()).1;
    assert_eq!((response.status.0, response.body.length), (200, 412_672 / 2), "XFER-05: partial");
}

#[test]
fn tmo_05_14_23_the_completion_timeout_bounds_upload_and_content_too() {
    let mut run = run_of(|scenario| {
        scenario.edited().origins[1].limits.completion_secs = Some(30);
    });
    let mut posted = request(Method::Post, "/api/orders");
    posted.content_length = 40_000_000_000;
    let events = act(&mut run, ask("paris", posted));
    assert_eq!(last_shown(run.journal()).1.status.0, 504, "TMO-14");
    assert!(reached(&events).next().is_none(), "TMO-14");
    let at = |wanted: fn(&Decision) -> bool| {
        let found = events.iter().find(|event| match &event.what {
            What::Decided(decision) => wanted(decision),
            _ => false,
        });
        found.unwrap().at
    };
    let asked = at(|decision| matches!(decision, Decision::Forwarded { .. }));
    let failed = at(|decision| matches!(decision, Decision::OriginFailed { .. }));
    assert_eq!(failed.since(asked), Duration::from_secs(30), "TMO-14");

    let mut run = run_of(|scenario| {
        let limits = &mut scenario.edited().origins[0].limits;
        (limits.response_secs, limits.completion_secs) = (1, Some(1));
    });
    let events = act(&mut run, get("sydney", "/video/tour.mp4"));
    let response = last_shown(run.journal()).1;
    let announced: u64 = response.fields.get("Content-Length").unwrap().parse().unwrap();
    assert_eq!(response.status.0, 200, "TMO-05: its head was in time");
    assert!((1..announced).contains(&response.body.length), "TMO-23: {}", response.body.length);
    assert!(stored(&events).is_empty(), "XFER-05");
    let of_rec = |wanted: fn(&Decision) -> bool| {
        let at_rec = events.iter().filter(|event| matches!(event.place, Place::Rec(_)));
        let mut decided = at_rec.filter(|event| match &event.what {
            What::Decided(decision) => wanted(decision),
            _ => false,
        });
        decided.next().unwrap().at
    };
    let asked = of_rec(|decision| matches!(decision, Decision::Forwarded { .. }));
    let broken =
        of_rec(|decision| matches!(decision, Decision::NotStored { why: NotStored::BrokenOff }));
    assert_eq!(broken.since(asked), Duration::from_secs(1), "TMO-23: then, and not later");
}

/// Who answered what is shown last.
fn answered_by(run: &Run) -> Place {
    let shown = run.journal().events().iter().rev().find_map(|event| match &event.what {
        What::Shown { answered_by, .. } => Some(*answered_by),
        _ => None,
    });
    shown.unwrap()
}

#[test]
fn tmo_16_17_mtr_07_an_error_of_cloudfronts_own_is_answered_by_the_tier_that_made_it() {
    for health in [Health::Refuses, Health::Silent] {
        let mut run = run_of(|_| {});
        act(&mut run, bucket_is(health));
        act(&mut run, api_is(health));
        act(&mut run, get("paris", "/index.html"));
        assert!(matches!(answered_by(&run), Place::Rec(_)), "through the REC: {health:?}");
        act(&mut run, send("paris", Method::Post, "/api/orders"));
        assert!(matches!(answered_by(&run), Place::Pop(_)), "past the REC: {health:?}");
        let metrics = Metrics::of(run.journal());
        assert_eq!(metrics.answered_by(), [1, 1, 0], "POPs, RECs, origins: {health:?}");
        assert_eq!(metrics.origin_latency().count(), 0, "MTR-07: not served by an origin");
    }
    let mut run = run_of(|_| {});
    act(&mut run, bucket_is(Health::Failing(Status(502))));
    act(&mut run, get("paris", "/index.html"));
    assert!(matches!(answered_by(&run), Place::Origin(_)), "an error that the origin sent");
    assert_eq!(Metrics::of(run.journal()).origin_latency().count(), 1, "MTR-07");
}

#[test]
fn xfer_05_what_has_no_content_does_not_break_off() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::BreaksOff));
    let events = act(&mut run, get("paris", "/index.html"));
    assert_eq!(last_shown(run.journal()).0, "RefreshHit from cloudfront");
    assert_eq!(stored(&events).len(), 2, "a 304 confirms in both tiers");
    let events = act(&mut run, send("paris", Method::Head, "/img/hero.jpg"));
    assert_eq!(stored(&events).len(), 2, "MET-07");
}

#[test]
fn rng_10_xfer_05_the_page_in_place_of_an_answer_that_breaks_off_is_whole() {
    let mut run = run_of(|_| {});
    let (path, size_bytes) = ("/img/hero.jpg".to_owned(), 60_000_000_000);
    act(&mut run, Action::Resize { path, size_bytes });
    act(&mut run, bucket_is(Health::BreaksOff));
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert_eq!(last_shown(run.journal()).1.status.0, 502, "RNG-10");
    assert_eq!(stored(&events).len(), 2, "XFER-05: CloudFront's own page does not break off");
}

#[test]
fn err_39_an_error_for_another_part_leaves_a_fresh_one_where_it_is() {
    let mut run = run_of(|_| {});
    let part = |range: &str| ask("paris", request_with(Method::Get, "/img/hero.jpg", range));
    act(&mut run, part("Range: bytes=0-9"));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    let events = act(&mut run, part("Range: bytes=10-19"));
    assert_eq!(last_shown(run.journal()).1.status.0, 503, "the error goes out");
    let stays = |decision: &&Decision| {
        matches!(decision, Decision::NotStored { why: NotStored::FreshHeld })
    };
    assert_eq!(decisions(&events).iter().filter(|one| stays(one)).count(), 2, "ERR-39");
    act(&mut run, part("Range: bytes=0-9"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (206, "Hit from cloudfront"), "ERR-39");
}
