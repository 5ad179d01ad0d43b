//! What is asked about and what is fetched whole, and what a 304 changes.

use super::*;
use crate::distribution::{OriginRequestPolicy, Selection};
use crate::edge::{Contact, Found, LifetimeRule, NotStored};

const CONDITION: &str = "If-None-Match: \"e\"";

#[test]
fn vary_05_06_a_star_is_stored_and_fetched_whole_each_time() {
    let star = "ETag: \"e\"\nCache-Control: max-age=60\nVary: *";
    let mut desk = Desk::new(0, |_| {});
    for turn in 0..3 {
        // VARY-05: no condition, neither the tier's own nor, once it is stored, the viewer's.
        let viewer = if turn == 0 { "" } else { CONDITION };
        let (sent, answer) = desk.fetch(viewer, 200, star);
        assert!(!sent.fields.has("If-None-Match"), "turn {turn}");
        assert_eq!(answer.contact, Contact::Fetched);
        assert_eq!(
            answer.kept.unwrap().lifetime.rule,
            LifetimeRule::VaryAny,
            "stored all the same"
        );
        desk.wait(1);
    }
    let mut desk = Desk::new(1, |_| {});
    desk.fetch("", 200, star);
    assert_eq!(desk.hit().contact, Contact::None, "VARY-06");
    desk.wait(60);
    assert!(desk.fetch("", 304, "").0.fields.has("If-None-Match"), "VARY-06");
}

#[test]
fn rev_02_04_08_what_is_asked_about_and_what_is_fetched_whole() {
    let by_cache_policy = |behavior: &mut Behavior| behavior.cache_policy.cookies = Selection::All;
    let by_origin_request_policy = |behavior: &mut Behavior| {
        behavior.origin_request_policy = Some(OriginRequestPolicy {
            cookies: Selection::Only(vec!["a".into()]),
            headers: Selection::None,
            query: Selection::None,
            name: "cookies".into(),
            cloudfront_headers: Vec::new(),
        });
    };
    let neither = |_: &mut Behavior| {};
    let table: [(&str, &str, bool, Change); 4] = [
        ("REV-02", "ETag: \"e\"", true, neither),
        ("REV-04", "", false, neither),
        ("REV-08", "ETag: \"e\"", false, by_cache_policy),
        ("REV-08, SETC-05", "ETag: \"e\"", false, by_origin_request_policy),
    ];
    for (row, fields, is_conditional, change) in table {
        let mut desk = Desk::new(0, change);
        let fields = format!("Cache-Control: max-age=10\n{fields}");
        assert!(desk.fetch(CONDITION, 200, &fields).0.fields.has("If-None-Match"), "REV-12");
        desk.wait(10);
        let status = if is_conditional { 304 } else { 200 };
        let (sent, answer) = desk.fetch(CONDITION, status, &fields);
        assert_eq!(sent.fields.has("If-None-Match"), is_conditional, "{row}");
        let contact = if is_conditional { Contact::Validated } else { Contact::Fetched };
        assert_eq!((answer.contact, answer.response.status), (contact, Status::OK), "{row}");
    }
}

#[test]
fn ttl_30_rev_02_03_only_without_a_minimum_is_what_no_store_or_private_forbids_fetched_whole() {
    let modified = "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT";
    // The directive, the minimum TTL, and whether the copy is asked about once it is stale.
    let table = [
        ("TTL-30", "no-store", 0, false),
        ("TTL-30", "private", 0, false),
        ("TTL-30", "no-cache", 0, true),
        ("REV-02, REV-03", "no-store", 60, true),
        ("REV-02, REV-03", "private", 60, true),
        ("REV-02, REV-03", "no-cache", 60, true),
    ];
    for (row, directive, min, is_conditional) in table {
        let mut desk = Desk::new(min, |_| {});
        let fields = format!("Cache-Control: {directive}\nETag: \"e\"\n{modified}");
        desk.fetch("", 200, &fields);
        desk.wait(min);
        let (sent, answer) = desk.fetch("", if is_conditional { 304 } else { 200 }, &fields);
        for name in ["If-None-Match", "If-Modified-Since"] {
            assert_eq!(sent.fields.has(name), is_conditional, "{row}: {directive}, {min}, {name}");
        }
        let word = if is_conditional { "RefreshHit" } else { "Miss" };
        assert!(Desk::x_cache(&answer).starts_with(word), "{row}: {directive}, {min}");
    }
}

#[test]
fn rev_12_a_304_to_the_viewers_own_condition_on_a_cold_key_stores_nothing() {
    let mut desk = Desk::new(0, |_| {});
    let (_, answer) = desk.fetch(CONDITION, 304, "ETag: \"e\"");
    assert_eq!((answer.response.status, answer.contact), (Status::NOT_MODIFIED, Contact::Fetched));
    assert_eq!(answer.kept.unwrap_err(), NotStored::NotModified);
    assert!(desk.tier.store().is_empty());
}

#[test]
fn rev_07_a_304_changes_all_fields_but_those_of_the_stored_bytes() {
    let mut desk = Desk::new(0, |_| {});
    let stored = "Cache-Control: max-age=60\nETag: \"e\"\nContent-Encoding: x\nContent-MD5: m\nContent-Length: 100\nA: 1";
    desk.fetch("", 200, stored);
    desk.wait(60);
    let update = "Cache-Control: max-age=90\nETag: \"f\"\nContent-Encoding: y\nContent-MD5: n\nContent-Range: r\n\
        Content-Length: 0\nA: 2\nB: 3";
    let (_, answer) = desk.fetch("", 304, update);
    let fields = answer.response.fields.iter();
    let mut text: Vec<_> = fields.map(|f| format!("{}: {}", f.name(), f.value())).collect();
    text.sort_unstable();
    let expected = [
        "A: 2",
        "B: 3",
        "Cache-Control: max-age=90",
        "Content-Encoding: x",
        "Content-Length: 100",
        "Content-MD5: m",
        "ETag: \"e\"",
    ];
    assert_eq!(text, expected);
    // A tag that the stored response had not is news.
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, "Cache-Control: max-age=60\nLast-Modified: Thu, 01 Jan 1970 00:00:00 GMT");
    desk.wait(60);
    let (_, answer) = desk.fetch("", 304, "ETag: \"e\"");
    assert_eq!(answer.response.fields.get("ETag"), Some("\"e\""));
}

#[test]
fn age_01_rev_07_after_a_304_only_its_own_age_counts() {
    for (update, age_secs) in [("", 0), ("Age: 7", 7)] {
        let mut desk = Desk::new(0, |_| {});
        desk.fetch("", 200, "Cache-Control: max-age=60\nETag: \"e\"\nAge: 50");
        desk.wait(60);
        desk.fetch("", 304, update);
        desk.hit();
        let key = desk.request(Method::Get, "").key().unwrap().clone();
        let found = Found::Fresh { age_secs, lifetime_secs: 60, remaining_secs: 60 };
        assert_eq!(desk.said.0.last(), Some(&Decision::LookedUp { key, found }), "{update}");
    }
}

#[test]
fn rev_05_12_a_304_is_handed_down_to_whoever_asked() {
    // What the viewer asks, whether its POP holds a stale copy, and what REC and Shield say of the 304.
    for (viewer, is_held, why) in
        [("", true, NotStored::ConfirmedBelow), (CONDITION, false, NotStored::NotModified)]
    {
        let mut pop = if is_held { holding_stale(STORED) } else { Desk::new(0, |_| {}) };
        let (mut rec, mut shield) = (Desk::new(0, |_| {}), Desk::new(0, |_| {}));
        (rec.layer, shield.layer) = (Layer::Rec, Layer::Shield);
        let onward = |turn: Turn| match turn {
            Turn::Asked(_, _, asked, _) => asked,
            Turn::Answered(_) => panic!("a hit"),
        };
        let asked = onward(pop.get(viewer));
        let asked = onward(rec.take(&asked).remove(0));
        let fetch = shield.take(&asked).remove(0).fetch();
        assert_eq!(shield.answered(fetch, 304, "ETag: \"e\"").kept.unwrap_err(), why);
    }
}
