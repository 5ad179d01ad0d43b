//! Serving stale (caching.md sections 2.3 and 4.2).

use super::*;
use crate::edge::{Contact, Disappointment, Found, NotServed, StaleUse};

/// A tier that holds a response with these directives, so many seconds after it was fetched.
fn holding(min: u64, directives: &str, secs: u64) -> Desk {
    let mut desk = Desk::new(min, |_| {});
    desk.fetch("", 200, &format!("Cache-Control: {directives}\nETag: \"e\""));
    desk.wait(secs);
    desk
}

/// What becomes of a request once the origin answers it with this error.
fn on_error(desk: &mut Desk, status: u16) -> Answer {
    let fetch = desk.get("").fetch();
    desk.answered(fetch, status, "")
}

const SWR: &str = "max-age=3600, stale-while-revalidate=600";

#[test]
fn stale_01_02_07_15_served_at_once_and_refreshed_once() {
    for secs in [3600, 3601, 4200] {
        let mut desk = holding(0, SWR, secs);
        let mut turns = desk.ask(Method::Get, "");
        assert_eq!(turns.len(), 2, "STALE-01 at {secs}");
        let refresh = turns.remove(1);
        let answer = turns.remove(0).answer();
        assert_eq!((answer.contact, answer.response.status.0), (Contact::None, 200), "STALE-14");
        assert!(refresh.sent().fields.has("If-None-Match"));
        assert_eq!(desk.ask(Method::Get, "").len(), 1, "STALE-15: one refresh at a time");
        desk.head(refresh.fetch(), 304, "");
        desk.last(refresh.fetch());
        desk.wait(10);
        let fresh = desk.ask(Method::Get, "");
        assert_eq!(fresh.len(), 1, "it is fresh again");
    }
    let mut late = holding(0, SWR, 4201);
    assert!(matches!(late.ask(Method::Get, "")[..], [Turn::Asked(..)]), "STALE-02");
    let mut both = holding(0, "max-age=10, stale-while-revalidate=60, stale-if-error=600", 20);
    let refresh = both.ask(Method::Get, "").remove(1).fetch();
    both.head(refresh, 500, "");
    both.last(refresh);
    let mut turns = both.ask(Method::Get, "");
    assert_eq!(turns.len(), 1, "STALE-07: its failure is covered, too");
    assert_eq!(turns.remove(0).answer().response.status.0, 200, "STALE-07: by the copy");
    // The one directive allows what the other forbids.
    let mut one = holding(0, "max-age=10, stale-while-revalidate=60, stale-if-error=0", 20);
    let refresh = one.ask(Method::Get, "").remove(1).fetch();
    one.head(refresh, 500, "");
    one.last(refresh);
    assert_eq!(one.hit().response.status.0, 500, "STALE-07: its failure is not covered");
}

#[test]
fn stale_03_05_08_13_the_maximum_ttl_bounds_all_stale_use() {
    // The maximum TTL of the behavior is 86,400 s.
    let directives = "max-age=86000, stale-while-revalidate=90000";
    assert_eq!(holding(0, directives, 86_400).ask(Method::Get, "").len(), 2, "STALE-03");
    let mut past = holding(0, directives, 86_401);
    assert!(matches!(past.ask(Method::Get, "")[..], [Turn::Asked(..)]), "STALE-03, STALE-13");
    for (row, directives) in
        [("STALE-05", "max-age=86000, stale-if-error=90000"), ("STALE-08, ERR-36", "max-age=86000")]
    {
        assert_eq!(on_error(&mut holding(0, directives, 86_400), 500).response.status.0, 200);
        let mut past = holding(0, directives, 86_401);
        assert_eq!(on_error(&mut past, 500).response.status.0, 500, "{row}");
        let why = Decision::NotServedStale(NotServed::PastMaxTtl { max_secs: 86_400 });
        assert!(past.said.0.contains(&why), "{row}");
    }
}

#[test]
fn stale_04_12_stale_if_error_sets_its_own_limit() {
    let directives = "max-age=3600, stale-if-error=600";
    assert_eq!(on_error(&mut holding(0, directives, 4200), 500).response.status.0, 200, "STALE-04");
    assert_eq!(on_error(&mut holding(0, directives, 4201), 500).response.status.0, 500, "STALE-04");
    for status in [500, 502, 599] {
        assert_eq!(on_error(&mut holding(0, "max-age=10", 20), status).response.status.0, 200);
    }
    let unreachable = |secs| {
        let mut desk = holding(0, directives, secs);
        let mut fetch = desk.get("").fetch();
        for _ in 0..2 {
            fetch = desk.fails(fetch, Failure::ConnectTimedOut).remove(0).fetch();
        }
        desk.fails(fetch, Failure::ConnectTimedOut).remove(0).answer().response.status.0
    };
    assert_eq!((unreachable(4200), unreachable(4201)), (200, 504), "STALE-04");
    let never = "max-age=10, stale-if-error=0";
    assert_eq!(on_error(&mut holding(0, never, 20), 500).response.status.0, 500, "STALE-12");
}

#[test]
fn stale_08_14_err_30_31_32_a_stale_copy_stands_in_for_a_5xx_for_a_while() {
    let mut desk = holding(0, "max-age=10", 20);
    let answer = on_error(&mut desk, 503);
    assert_eq!(answer.contact, Contact::StaleOnError, "STALE-14");
    assert_eq!(Desk::x_cache(&answer), "RefreshHit from cloudfront", "STALE-14, XC-03");
    desk.wait(9);
    assert_eq!(Desk::x_cache(&desk.hit()), "Hit from cloudfront", "ERR-31, STALE-14");
    let by = StaleUse::OriginFailed { remaining_secs: 1 };
    let key = desk.request(Method::Get, "").key().unwrap().clone();
    let found = Found::StaleServed { since_secs: 19, by };
    assert_eq!(desk.said.0.last(), Some(&Decision::LookedUp { key, found }));
    desk.wait(1);
    let again = desk.get("");
    assert!(again.sent().fields.has("If-None-Match"), "ERR-32");
    assert_eq!(desk.answered(again.fetch(), 304, "").contact, Contact::Validated);
}

#[test]
fn stale_04_05_err_36_31_the_origin_is_left_alone_no_longer_than_the_copy_is_good() {
    let day = |distribution: &mut Distribution| error_ttl(distribution, 500, 3600);
    for (row, directives, failed_at, last) in [
        ("STALE-04", "max-age=3600, stale-if-error=600", 4195, 4199),
        ("STALE-08, ERR-36", "max-age=86000", 86_300, 86_399),
    ] {
        let mut desk = Desk::with(0, day);
        desk.fetch("", 200, &format!("Cache-Control: {directives}"));
        desk.wait(failed_at);
        assert_eq!(on_error(&mut desk, 500).response.status.0, 200, "{row}");
        desk.wait(last - failed_at);
        assert_eq!(desk.hit().response.status.0, 200, "{row}, ERR-31");
        desk.wait(2);
        assert_eq!(on_error(&mut desk, 500).response.status.0, 500, "{row}");
    }
}

#[test]
fn err_13_31_a_buckets_error_leaves_it_alone_for_a_second_at_least() {
    let ask_again = |origin: Origin| {
        let mut desk = Desk::with(0, |distribution| {
            distribution.origins[0] = origin;
            error_ttl(distribution, 500, 0);
        });
        desk.fetch("", 200, "Cache-Control: max-age=10");
        desk.wait(20);
        on_error(&mut desk, 500);
        let at_once = desk.get("");
        if matches!(at_once, Turn::Answered(_)) {
            desk.wait(1);
            desk.get("").fetch();
        }
        matches!(at_once, Turn::Asked(..))
    };
    assert!(!ask_again(Origin::s3_bucket("o", "o", "us-east-1")), "ERR-13");
    assert!(ask_again(Origin::load_balancer("o", "o", "us-east-1")), "ERR-11");
}

#[test]
fn err_31_17_the_error_caching_minimum_ttl_says_for_how_long() {
    let mut desk = Desk::with(0, |distribution| error_ttl(distribution, 503, 60));
    desk.fetch("", 200, "Cache-Control: max-age=10");
    desk.wait(20);
    on_error(&mut desk, 503);
    desk.wait(59);
    desk.hit();
    desk.wait(1);
    desk.get("").fetch();
}

#[test]
fn stale_09_err_35_without_a_copy_the_error_goes_out() {
    let ends = |desk: &mut Desk| {
        let answer = on_error(desk, 500);
        (answer.response.status.0, answer.contact)
    };
    let error = (500, Contact::Fetched);
    let mut desk = Desk::new(0, |_| {});
    assert_eq!(ends(&mut desk), error, "STALE-09");
    // What is stored is that error itself: it is no stale copy of the object.
    desk.wait(10);
    assert_eq!(ends(&mut desk), error, "STALE-09, ERR-17");
    let mut desk = holding(0, "max-age=10", 20);
    desk.tier.resize(desk.now, 1, &mut Unwatched);
    assert_eq!(ends(&mut desk), error, "ERR-35, EVI-03");
}

#[test]
fn err_35_inv_31_what_went_while_the_origin_was_asked_stands_in_for_nothing() {
    let gone: [fn(&mut Desk); 2] =
        [|desk| desk.tier.resize(desk.now, 1, &mut Unwatched), |desk| desk.purge(&["/a"])];
    for (row, goes) in ["ERR-35", "INV-31"].into_iter().zip(gone) {
        let mut desk = holding(0, "max-age=10", 20);
        let fetch = desk.get("").fetch();
        goes(&mut desk);
        assert_eq!(desk.answered(fetch, 500, "").response.status.0, 500, "{row}");
    }
    // Nor does a newer one that came meanwhile make the old one good again.
    let mut desk = holding(0, "max-age=10", 20);
    let fetch = desk.get("").fetch();
    desk.purge(&["/a"]);
    desk.fetch("", 200, "Cache-Control: max-age=10");
    assert_eq!(desk.answered(fetch, 500, "").response.status.0, 500, "INV-31");
}

#[test]
fn stale_10_11_16_what_may_not_be_kept_stands_in_where_there_is_no_answer() {
    for directive in ["no-cache", "no-store", "private"] {
        let silent = |directives: &str, min| {
            let mut desk = holding(min, directives, 5);
            let fetch = desk.get("").fetch();
            let mut turns = desk.fails(fetch, Failure::CompletionTimedOut);
            turns.remove(0).answer().response.status.0
        };
        assert_eq!(silent(directive, 0), 200, "STALE-10 {directive}");
        assert_eq!(silent(directive, 1), 200, "STALE-10 {directive}");
        let with_zero = format!("{directive}, stale-if-error=0");
        assert_eq!(silent(&with_zero, 0), 504, "STALE-11 {directive}");
        let mut desk = holding(0, directive, 5);
        assert_eq!(on_error(&mut desk, 500).response.status.0, 500, "an answer is no silence");
    }
    let mut silent = holding(0, "max-age=1", 5);
    let fetch = silent.get("").fetch();
    assert!(
        matches!(silent.fails(fetch, Failure::ResponseTimedOut)[..], [Turn::Asked(..)]),
        "STALE-16: all attempts come first"
    );
}

#[test]
fn ttl_30_what_is_forbidden_is_fetched_whole_and_no_cache_alone_is_asked_about() {
    for (directive, is_conditional) in
        [("no-store", false), ("private", false), ("no-cache", true), ("no-cache, private", false)]
    {
        let mut desk = holding(0, directive, 5);
        let turn = desk.get("");
        assert_eq!(turn.sent().fields.has("If-None-Match"), is_conditional, "{directive}");
        let status = if is_conditional { 304 } else { 200 };
        let contact = if is_conditional { Contact::Validated } else { Contact::Fetched };
        assert_eq!(desk.answered(turn.fetch(), status, "").contact, contact, "{directive}");
    }
}

#[test]
fn err_33_37_a_4xx_goes_to_the_viewer_in_place_of_a_stale_copy() {
    for (status, is_kept) in [(404, true), (403, false)] {
        let mut desk = holding(0, "max-age=10", 20);
        let answer = on_error(&mut desk, status);
        assert_eq!((answer.response.status.0, answer.contact), (status, Contact::Fetched));
        let stored = desk.tier.store().iter().next().map(|(_, stored)| stored.response().status.0);
        assert_eq!(stored, Some(if is_kept { status } else { 200 }), "ERR-37");
    }
}

#[test]
fn err_34_silence_counts_as_a_5xx() {
    let mut desk = holding(0, "max-age=10", 20);
    let mut fetch = desk.get("").fetch();
    for _ in 0..2 {
        fetch = desk.fails(fetch, Failure::ConnectTimedOut).remove(0).fetch();
    }
    let answer = desk.fails(fetch, Failure::ConnectTimedOut).remove(0).answer();
    assert_eq!((answer.response.status.0, answer.contact), (200, Contact::StaleOnError));
    let by = Disappointment::Failure(Failure::ConnectTimedOut);
    let is_told = |decision: &Decision| matches!(decision, Decision::ServedStale { by: told, .. } if *told == by);
    assert!(desk.said.0.iter().any(is_told));
}

#[test]
fn ttl_22_must_revalidate_changes_nothing() {
    for directive in ["must-revalidate", "proxy-revalidate", "immutable"] {
        let directives = format!("max-age=10, {directive}");
        assert_eq!(holding(0, &directives, 9).hit().contact, Contact::None);
        assert_eq!(on_error(&mut holding(0, &directives, 20), 500).response.status.0, 200);
    }
}

#[test]
fn stale_15_a_refresh_renews_the_whole_and_goes_out_once_whatever_part_is_asked_for() {
    let mut desk = holding(0, SWR, 3601);
    let turns = desk.ask(Method::Get, "Range: bytes=0-9");
    assert_eq!(turns.len(), 2);
    assert!(!turns[1].sent().fields.has("Range"));
    assert_eq!(desk.ask(Method::Get, "Range: bytes=10-19").len(), 1);
    assert_eq!(desk.ask(Method::Get, "").len(), 1);
}

#[test]
fn stale_15_col_06_those_who_are_set_free_renew_a_copy_once_together() {
    let swr = "Cache-Control: max-age=0, stale-while-revalidate=60\nETag: \"e\"";
    let mut desk = Desk::new(0, |_| {});
    let whole = desk.get("").fetch();
    let part = desk.get("Range: bytes=0-9").fetch();
    for _ in 0..2 {
        assert!(desk.ask(Method::Get, "Range: bytes=0-9").is_empty(), "it waits for the part");
    }
    desk.answered(whole, 200, swr);
    desk.wait(1);
    let turns = desk.head(part, 200, swr);
    let refreshes = turns.iter().filter(|turn| matches!(turn, Turn::Asked(..))).count();
    assert_eq!((turns.len() - refreshes, refreshes), (3, 1), "STALE-15");
}

#[test]
fn stale_01_15_a_refresh_is_a_get_though_a_head_found_the_copy() {
    let mut desk = holding(0, SWR, 3601);
    let refresh = desk.ask(Method::Head, "").remove(1);
    assert_eq!(refresh.sent().method, Method::Get, "STALE-01");
    assert_eq!(desk.ask(Method::Get, "").len(), 1, "STALE-15: it serves both methods");
    desk.head(refresh.fetch(), 200, "Cache-Control: max-age=3600\nETag: \"f\"");
    desk.last(refresh.fetch());
    assert_eq!(desk.hit().response.fields.get("ETag"), Some("\"f\""), "STALE-01: the content came");
}

#[test]
fn stale_18_err_30_what_a_minimum_ttl_kept_stands_in_for_an_answer_of_5xx() {
    let fields = ["no-cache", "no-store", "private", "max-age=5\nVary: *"];
    for (min, expected) in [(0, 500), (5, 200)] {
        for fields in fields {
            let mut desk = holding(min, fields, 5);
            assert_eq!(on_error(&mut desk, 500).response.status.0, expected, "{fields}, {min}");
            let why = Decision::NotServedStale(NotServed::Forbidden);
            assert_eq!(desk.said.0.contains(&why), min == 0, "{fields}, {min}");
        }
    }
    let mut silent = holding(0, "max-age=5\nVary: *", 5);
    let fetch = silent.get("").fetch();
    let answer = silent.fails(fetch, Failure::CompletionTimedOut).remove(0).answer();
    assert_eq!(answer.response.status.0, 200, "STALE-18: as STALE-10");
    let refreshed =
        |min| holding(min, "private, stale-while-revalidate=60", 6).ask(Method::Get, "").len() == 2;
    assert!(refreshed(5) && !refreshed(0), "STALE-18, STALE-01");
}

#[test]
fn err_31_xfer_05_a_copy_that_stands_in_is_whole_though_the_error_breaks_off() {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, STORED);
    desk.wait(60);
    let fetch = desk.get("").fetch();
    desk.head(fetch, 503, "");
    let now = desk.moment();
    desk.tier.last_byte(now, fetch, Ending::Broken, &mut desk.said);
    assert_eq!(desk.hit().response.status, Status::OK, "ERR-31: the origin is left alone");
}
