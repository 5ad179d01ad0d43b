//! What is stored of an answer, and what of a request is no matter.

use super::*;
use crate::distribution::{OriginRequestPolicy, Selection};
use crate::edge::{Contact, Found};

#[test]
fn setc_01_02_03_ttl_18_19_what_is_not_stored_is_passed_to_the_first_viewer_alone() {
    let forwarding = |behavior: &mut Behavior| behavior.cache_policy.cookies = Selection::All;
    let by_origin_request_policy = |behavior: &mut Behavior| {
        behavior.origin_request_policy = Some(OriginRequestPolicy {
            cookies: Selection::Only(vec!["a".into()]),
            ..managed::all_viewer_except_host_header()
        });
    };
    let neither = |_: &mut Behavior| {};
    // The fields that the origin sends, and whether Set-Cookie and X-A are stored.
    let table: [(&str, &str, bool, bool, Change); 5] = [
        ("SETC-05", "", true, true, by_origin_request_policy),
        ("SETC-01", "", false, true, neither),
        ("SETC-02", "", true, true, forwarding),
        ("SETC-03, TTL-18", "Cache-Control: no-cache=\"set-cookie\"", false, true, forwarding),
        ("TTL-19", "Cache-Control: private=\"X-A\"", true, false, forwarding),
    ];
    for (row, fields, keeps_cookie, keeps_a, change) in table {
        let mut desk = Desk::new(0, change);
        let (_, first) = desk.fetch("", 200, &format!("{fields}\nSet-Cookie: a=1\nX-A: 1"));
        let has = |answer: &Answer| {
            let fields = &answer.response.fields;
            (fields.has("Set-Cookie"), fields.has("X-A"))
        };
        assert_eq!(has(&first), (true, true), "{row}: as it came");
        assert_eq!(has(&desk.hit()), (keeps_cookie, keeps_a), "{row}: a hit");
    }
}

#[test]
fn err_33_a_4xx_goes_to_the_viewer_in_place_of_a_stale_copy() {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, "Cache-Control: max-age=10\nETag: \"e\"");
    desk.wait(10);
    for status in [404, 403] {
        let (_, answer) = desk.fetch("", status, "");
        assert_eq!((answer.response.status.0, answer.contact), (status, Contact::Fetched));
        desk.wait(10);
    }
}

#[test]
fn setc_04_auth_07_neither_cookies_nor_credentials_keep_an_answer_out() {
    let forwarding = |behavior: &mut Behavior| behavior.cache_policy.cookies = Selection::All;
    for change in [forwarding, (|_: &mut Behavior| {}) as Change] {
        let mut desk = Desk::new(0, change);
        desk.fetch("Authorization: secret", 200, "Set-Cookie: a=1");
        assert_eq!(desk.hit().contact, Contact::None, "SETC-04, AUTH-07");
    }
}

#[test]
fn ttl_10_stale_17_directives_of_a_viewer_are_ignored() {
    let asks = "Cache-Control: no-cache, max-age=0, stale-if-error=0\nPragma: no-cache";
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, "Cache-Control: max-age=10");
    assert_eq!(desk.get(asks).answer().contact, Contact::None, "TTL-10");
    desk.wait(20);
    let fetch = desk.get(asks).fetch();
    assert_eq!(desk.answered(fetch, 500, "").contact, Contact::StaleOnError, "STALE-17");
}

#[test]
fn ttl_23_the_origins_age_is_told_and_not_taken_off() {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, "Cache-Control: max-age=60\nAge: 50");
    desk.wait(59);
    let key = desk.request(Method::Get, "").key().unwrap().clone();
    assert_eq!(desk.hit().contact, Contact::None, "TTL-23");
    let found = Found::Fresh { age_secs: 109, lifetime_secs: 60, remaining_secs: 1 };
    assert!(desk.said.0.contains(&Decision::LookedUp { key, found }), "AGE-01");
    desk.wait(1);
    desk.get("").fetch();
}

#[test]
fn cook_06_cookies_split_the_entries_of_a_bucket_too() {
    let mut desk = Desk::with(0, |distribution| {
        distribution.origins[0] = Origin::s3_bucket("o", "b", "us-east-1");
        distribution.behaviors[0].cache_policy.cookies = Selection::All;
    });
    desk.fetch("Cookie: a=1", 200, "");
    assert_eq!(desk.get("Cookie: a=1").answer().contact, Contact::None);
    desk.get("Cookie: a=2").fetch();
}
