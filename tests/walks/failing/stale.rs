//! Stale copies that stand in for an answer.

use edgewalk::edge::{Decision, Disappointment, Failure, Kept};
use edgewalk::http::Status;
use edgewalk::origin::Health;
use edgewalk::simulation::{Event, Place, What};

use super::{bucket_is, ends, run_of};
use crate::common::{act, get, last_shown, wait};
use crate::{decisions, reached, x_cache};

#[test]
fn err_30_38_stale_08_14_a_stale_copy_stands_in_through_both_tiers() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    let events = act(&mut run, get("paris", "/index.html"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (200, "RefreshHit from cloudfront"), "STALE-14");
    let by = Disappointment::Status(Status(503));
    let served = decisions(&events).into_iter().filter(|decision| {
        matches!(decision, Decision::ServedStale { by: told, grace_secs: 10, .. } if *told == by)
    });
    assert_eq!(
        served.count(),
        1,
        "ERR-38: the REC answers with its copy, the POP has no error to weigh"
    );
    assert_eq!(x_cache(&mut run, get("paris", "/index.html")), "Hit from cloudfront", "ERR-31");
    act(&mut run, bucket_is(Health::Up));
    act(&mut run, wait(10));
    assert_eq!(x_cache(&mut run, get("paris", "/index.html")), "RefreshHit from cloudfront");
}

/// How the tiers came by what they stored.
fn kept(events: &[Event]) -> Vec<Kept> {
    let stored = decisions(events).into_iter().filter_map(|decision| match decision {
        Decision::Stored { kept, .. } => Some(*kept),
        _ => None,
    });
    stored.collect()
}

#[test]
fn err_30_31_32_a_copy_that_stands_in_is_confirmed_by_nobody() {
    for health in [Health::Failing(Status(500)), Health::Refuses] {
        let mut run = run_of(|_| {});
        assert_eq!(kept(&act(&mut run, get("paris", "/index.html"))), [Kept::Anew; 2], "REC, POP");
        act(&mut run, get("london", "/index.html"));
        act(&mut run, wait(400));
        act(&mut run, bucket_is(health));
        let events = act(&mut run, get("paris", "/index.html"));
        assert_eq!(kept(&events), [Kept::StandsIn; 2], "ERR-30: REC, POP; {health:?}");
        let events = act(&mut run, get("london", "/index.html"));
        assert_eq!(kept(&events), [Kept::StandsIn], "ERR-31: another POP of the REC; {health:?}");
        act(&mut run, wait(11));
        assert_eq!(
            kept(&act(&mut run, get("paris", "/index.html"))),
            [Kept::StandsIn; 2],
            "ERR-32"
        );
        act(&mut run, bucket_is(Health::Up));
        act(&mut run, wait(11));
        let events = act(&mut run, get("paris", "/index.html"));
        assert_eq!(kept(&events), [Kept::Confirmed; 2], "REV-05: {health:?}");
    }
}

#[test]
fn stale_04_08_14_err_30_31_an_error_that_the_rec_keeps_drives_no_stale_copy_out_of_a_pop() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    // For London the REC asks, and keeps a 404 in place of its own stale copy (ERR-37), then a 500.
    for (status, secs) in [(404, 11), (500, 2)] {
        act(&mut run, bucket_is(Health::Failing(Status(status))));
        assert_eq!(ends(&mut run, get("london", "/index.html")).0, status);
        act(&mut run, wait(secs));
    }
    let events = act(&mut run, get("paris", "/index.html"));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (200, "Hit from cloudfront"), "STALE-08, STALE-14");
    assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "REC-13");
    let is_for_the_rest =
        |decision: &&Decision| matches!(decision, Decision::ServedStale { grace_secs: 7, .. });
    assert_eq!(decisions(&events).iter().filter(|one| is_for_the_rest(one)).count(), 1, "ERR-31");
    act(&mut run, wait(8));
    let events = act(&mut run, get("paris", "/index.html"));
    assert!(events.iter().any(|event| matches!(event.place, Place::Origin(_))), "ERR-32");
}

#[test]
fn err_34_stale_16_silence_ends_in_the_stale_copy_after_all_attempts() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/index.html"));
    act(&mut run, wait(400));
    act(&mut run, bucket_is(Health::Silent));
    let (status, _, took) = ends(&mut run, get("paris", "/index.html"));
    assert_eq!((status, took.as_secs()), (200, 90), "STALE-16");
    let failed = run.journal().events().iter().filter(|event| {
        let failure = Failure::ResponseTimedOut;
        matches!(&event.what, What::Decided(Decision::OriginFailed { failure: told, .. }) if *told == failure)
    });
    assert_eq!(failed.count(), 3);
}

#[test]
fn stale_01_14_a_copy_is_served_at_once_and_renewed_in_the_background() {
    let mut run = run_of(|_| {});
    act(&mut run, get("paris", "/live.json"));
    act(&mut run, wait(10));
    let events = act(&mut run, get("paris", "/live.json"));
    let shown = events.iter().position(|event| matches!(event.what, What::Shown { .. })).unwrap();
    let asked = events.iter().position(|event| matches!(event.what, What::Reached { .. })).unwrap();
    assert!(shown < asked, "STALE-01: the viewer does not wait");
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "STALE-14");
    let stored = decisions(&events)
        .into_iter()
        .filter(|decision| matches!(decision, Decision::Stored { kept: Kept::Confirmed, .. }));
    assert_eq!(stored.count(), 2, "renewed in both tiers");
}

#[test]
fn err_31_a_refresh_in_the_background_leaves_the_origin_alone_too() {
    let mut run = run_of(|_| {});
    for city in ["paris", "london"] {
        act(&mut run, get(city, "/live.json"));
    }
    act(&mut run, wait(5));
    act(&mut run, bucket_is(Health::Failing(Status(503))));
    act(&mut run, get("paris", "/live.json"));
    act(&mut run, wait(2));
    let events = act(&mut run, get("london", "/live.json"));
    assert!(reached(&events).next().is_none(), "ERR-31");
    let stands_in =
        |decision: &&Decision| matches!(decision, Decision::Stored { kept: Kept::StandsIn, .. });
    assert_eq!(decisions(&events).iter().filter(|one| stands_in(one)).count(), 1, "ERR-31");
}
