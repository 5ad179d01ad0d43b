//! Errors, time-outs and the second origin of a group (caching.md sections 4.1, 4.4 and 4.5).

use super::*;
use crate::edge::{Contact, Member, NotStored};

#[test]
fn err_01_16_17_ttl_27_an_error_is_kept_and_then_tried_again() {
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.get("").fetch();
    assert_eq!(desk.answered(fetch, 404, "ETag: \"e\"").response.status.0, 404);
    desk.wait(9);
    let again = desk.hit();
    assert_eq!((again.response.status.0, again.contact), (404, Contact::None), "ERR-16");
    assert_eq!(Desk::x_cache(&again), "Error from cloudfront", "ERR-21");
    desk.wait(1);
    let turn = desk.get("");
    assert!(!turn.sent().fields.has("If-None-Match"), "ERR-17");
    assert_eq!(desk.answered(turn.fetch(), 200, "").response.status.0, 200);
}

#[test]
fn cfe_30_err_06_an_error_is_kept_for_ten_seconds_or_as_long_as_the_origin_says_if_that_is_longer()
{
    for status in [404, 414, 500, 501, 502, 503, 504] {
        for (own, kept_secs) in [
            ("", 10),
            ("Cache-Control: max-age=9", 10),
            ("Cache-Control: max-age=25", 25),
            ("Cache-Control: s-maxage=40, max-age=25", 40),
        ] {
            let mut desk = Desk::new(0, |_| {});
            let fetch = desk.get("").fetch();
            desk.answered(fetch, status, own);
            desk.wait(kept_secs - 1);
            assert_eq!(desk.hit().response.status.0, status, "{own}");
            desk.wait(1);
            desk.get("").fetch();
        }
    }
}

#[test]
fn err_18_the_minimum_ttl_does_not_count_for_errors() {
    let mut desk = Desk::new(60, |_| {});
    let fetch = desk.get("").fetch();
    desk.answered(fetch, 500, "");
    desk.wait(9);
    assert_eq!(desk.hit().response.status.0, 500, "ERR-18: kept for its ten seconds");
    desk.wait(1);
    desk.get("").fetch();
}

#[test]
fn tmo_10_11_22_attempts_and_then_an_error_that_is_kept() {
    for (failure, status) in
        [(Failure::ConnectTimedOut, 504), (Failure::ResponseTimedOut, 504), (Failure::Refused, 502)]
    {
        let mut desk = Desk::new(0, |_| {});
        let mut fetch = desk.get("").fetch();
        for attempt in 2..=3 {
            let turn = desk.fails(fetch, failure).remove(0);
            assert!(matches!(turn, Turn::Asked(_, _, _, told) if told == attempt), "{failure:?}");
            fetch = turn.fetch();
        }
        let answer = desk.fails(fetch, failure).remove(0).answer();
        assert_eq!((answer.response.status.0, answer.failure), (status, Some(failure)));
        desk.last(fetch);
        assert_eq!(desk.hit().response.status.0, status, "TMO-22: kept, and not tried meanwhile");
        desk.wait(10);
        desk.get("").fetch();
    }
}

#[test]
fn tmo_12_a_post_is_tried_once() {
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.ask(Method::Post, "")[0].fetch();
    let answer = desk.fails(fetch, Failure::ResponseTimedOut).remove(0).answer();
    assert_eq!(answer.response.status.0, 504);
}

/// Which origin a fetch turned to.
fn member(turn: &Turn) -> (FetchId, Option<Member>, Option<&str>) {
    let Turn::Asked(fetch, _, asked, _) = turn else { panic!("it was answered") };
    (*fetch, asked.member, asked.request().fields.get("Host"))
}

#[test]
fn fo_02_05_06_08_09_the_second_origin_stands_in() {
    let mut desk = Desk { layer: Layer::Rec, ..Desk::with(0, |d| group(d, &[500, 503])) };
    let first = desk.get("");
    assert_eq!(member(&first).1, Some(Member::Primary));
    let second = desk.head(first.fetch(), 500, "").remove(0);
    let (fetch, to, host) = member(&second);
    assert_eq!(to, Some(Member::Secondary), "FO-02");
    assert_eq!(host, Some("p.us-east-1.elb.amazonaws.com"), "FO-02: the same request, made for it");
    let answer = desk.answered(fetch, 200, "Cache-Control: max-age=10");
    assert_eq!((answer.response.status.0, answer.contact), (200, Contact::Fetched));
    assert_eq!(answer.member, Member::Secondary, "FO-02: who answered");
    desk.hit();
    desk.wait(10);
    let again = desk.get("");
    assert_eq!(member(&again).1, Some(Member::Primary), "FO-06");
    assert_eq!(desk.answered(again.fetch(), 404, "").response.status.0, 404, "FO-05");
    let mut desk = Desk { layer: Layer::Rec, ..Desk::with(0, |d| group(d, &[500, 503])) };
    let first = desk.get("").fetch();
    let second = desk.head(first, 500, "").remove(0).fetch();
    let answer = desk.answered(second, 503, "");
    assert_eq!((answer.response.status.0, answer.contact), (503, Contact::Fetched), "FO-09");
}

/// A POP that asks a REC, which turns from the first origin of a group to the second: what each of them is asked.
fn asked_of_both(held: &str, viewer: &str) -> [Arc<Request>; 2] {
    let mut pop = Desk::with(0, |distribution| group(distribution, &[500]));
    pop.fetch("", 200, held);
    pop.wait(20);
    let turn = pop.get(viewer);
    let Turn::Asked(_, _, asked, _) = &turn else { panic!("it was answered") };
    let mut rec = Desk { layer: Layer::Rec, ..Desk::with(0, |d| group(d, &[500])) };
    let first = rec.take(asked).remove(0);
    let second = rec.head(first.fetch(), 500, "").remove(0);
    [first, second].map(|turn| match turn {
        Turn::Asked(_, _, asked, _) => Arc::clone(asked.request()),
        Turn::Answered(answer) => panic!("it was answered: {:?}", answer.contact),
    })
}

#[test]
fn fo_02_the_second_origin_is_asked_under_the_same_conditions() {
    for (held, viewer, condition) in [
        ("Cache-Control: max-age=10\nETag: \"e\"", "", Some("\"e\"")),
        ("Cache-Control: max-age=10", "If-None-Match: \"v\"", None),
    ] {
        let [first, second] = asked_of_both(held, viewer);
        assert_eq!(first.fields.get("If-None-Match"), condition, "{held}, {viewer}");
        assert_eq!(second.fields.get("If-None-Match"), condition, "FO-02: {held}, {viewer}");
        assert_ne!(first.fields.get("Host"), second.fields.get("Host"));
    }
}

#[test]
fn fo_03_04_silence_fails_over_only_where_its_status_is_chosen() {
    for (failure, chosen, goes) in [
        (Failure::ConnectTimedOut, 503, true),
        (Failure::ConnectTimedOut, 504, false),
        (Failure::ResponseTimedOut, 504, true),
        (Failure::ResponseTimedOut, 503, false),
    ] {
        let mut desk = Desk { layer: Layer::Rec, ..Desk::with(0, |d| group(d, &[chosen])) };
        let mut fetch = desk.get("").fetch();
        for _ in 0..2 {
            fetch = desk.fails(fetch, failure).remove(0).fetch();
        }
        let turn = desk.fails(fetch, failure).remove(0);
        assert_eq!(matches!(turn, Turn::Asked(..)), goes, "{failure:?} {chosen}");
        if goes {
            assert!(matches!(turn, Turn::Asked(_, _, _, 1)), "OG-07: attempts of its own");
        }
    }
}

#[test]
fn fo_13_the_second_origin_comes_before_a_stale_copy() {
    let mut desk = Desk { layer: Layer::Rec, ..Desk::with(0, |d| group(d, &[500])) };
    desk.fetch("", 200, "Cache-Control: max-age=10");
    desk.wait(20);
    let first = desk.get("").fetch();
    let second = desk.head(first, 500, "").remove(0);
    assert_eq!(member(&second).1, Some(Member::Secondary));
    let answer = desk.answered(second.fetch(), 500, "");
    assert_eq!((answer.response.status.0, answer.contact), (200, Contact::StaleOnError));
}

#[test]
fn xfer_05_06_an_answer_that_breaks_off_is_not_kept() {
    let mut desk = Desk::new(0, |_| {});
    let fetch = desk.get("").fetch();
    desk.head(fetch, 200, "Cache-Control: max-age=60");
    let now = desk.moment();
    desk.tier.last_byte(now, fetch, Ending::Broken, &mut desk.said);
    assert!(desk.tier.store().is_empty());
    assert!(desk.said.0.contains(&Decision::NotStored { why: NotStored::BrokenOff }));
}

#[test]
fn rh_07_fo_02_what_s3_says_of_its_own_work_goes_no_further_than_the_tier_that_asked() {
    for (bucket, fails, passes) in
        [(0, false, false), (0, true, true), (1, false, true), (1, true, false)]
    {
        let grouped = Desk::with(0, |distribution| {
            group(distribution, &[500]);
            let id = distribution.origins[bucket].id.clone();
            distribution.origins[bucket] = Origin::s3_bucket(&id, "media", "us-east-1");
        });
        let mut desk = Desk { layer: Layer::Rec, ..grouped };
        let mut fetch = desk.get("").fetch();
        if fails {
            fetch = desk.head(fetch, 500, "").remove(0).fetch();
        }
        let origin = "x-amz-id-2: x\nX-Amz-Request-Id: y\nETag: \"e\"\nCache-Control: max-age=9";
        let answer = desk.answered(fetch, 200, origin);
        for response in [answer.response, desk.hit().response] {
            for name in ["X-Amz-Id-2", "X-Amz-Request-Id"] {
                assert_eq!(response.fields.has(name), passes, "RH-07: {name}, {bucket}, {fails}");
            }
            assert!(response.fields.has("ETag"));
        }
    }
}

#[test]
fn err_13_31_fo_09_a_stale_copy_stands_in_as_long_as_the_second_origins_error_would_be_kept() {
    for (bucket, secs) in [(None, 0), (Some(0), 0), (Some(1), 1)] {
        let grouped = || {
            Desk::with(0, |distribution| {
                group(distribution, &[500]);
                error_ttl(distribution, 503, 0);
                if let Some(bucket) = bucket {
                    let origin: &mut Origin = &mut distribution.origins[bucket];
                    *origin = Origin::s3_bucket(&origin.id, "media", "us-east-1");
                }
            })
        };
        let (mut pop, mut rec) = (grouped(), Desk { layer: Layer::Rec, ..grouped() });
        pop.fetch("", 200, "Cache-Control: max-age=10");
        pop.wait(10);
        let turn = pop.get("");
        let Turn::Asked(fetch, _, asked, _) = &turn else { panic!("it was answered") };
        let first = rec.take(asked).remove(0).fetch();
        let second = rec.head(first, 500, "").remove(0).fetch();
        let answer = rec.answered(second, 503, "");
        let (now, mut effects) = (pop.moment(), Vec::new());
        pop.tier.head(now, *fetch, Incoming::Tier(answer), &mut pop.said, &mut effects);
        let told = pop.said.0.iter().find_map(|decision| match decision {
            Decision::ServedStale { grace_secs, .. } => Some(*grace_secs),
            _ => None,
        });
        assert_eq!(told, Some(secs), "ERR-13, ERR-31: {bucket:?}");
    }
}
