//! What is asked about and what is fetched whole; what is stored of an answer.

use super::*;
use crate::distribution::{OriginRequestPolicy, Selection};
use crate::edge::decision::Kept;
use crate::edge::{Contact, Found, LifetimeRule, NotStored};

/// What a test changes in the behavior.
type Change = fn(&mut Behavior);

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

/// A HEAD and the origin's answer to it, once what is stored is stale.
fn headed(desk: &mut Desk, status: u16, fields: &str) -> Answer {
    let turn = desk.ask(Method::Head, "").remove(0);
    assert_eq!(turn.sent().method, Method::Head, "MET-07");
    desk.answered(turn.fetch(), status, fields)
}

const STORED: &str = "Cache-Control: max-age=60\nETag: \"e\"\nContent-Length: 100\nOld: 1";

fn holding_stale(fields: &str) -> Desk {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, fields);
    desk.wait(60);
    desk
}

#[test]
fn met_16_the_head_of_what_is_stored_freshens_it() {
    let mut desk = holding_stale(STORED);
    let head = "Cache-Control: max-age=60\nETag: \"e\"\nContent-Length: 100\nNew: 2";
    assert_eq!(headed(&mut desk, 200, head).contact, Contact::Fetched, "MET-16: no 304 came");
    desk.wait(59);
    let hit = desk.hit();
    let has = |name| hit.response.fields.has(name);
    assert!(has("New") && !has("Old") && hit.response.body.length == 100, "MET-16");
}

#[test]
fn met_16_stale_10_another_head_leaves_what_is_stored() {
    let says = Decision::NotStored { why: NotStored::ContentHeld };
    let fields = "Cache-Control: max-age=60\n";
    for head in ["ETag: \"f\"", "", "ETag: \"e\"\nContent-Length: 99"] {
        let mut desk = holding_stale(STORED);
        headed(&mut desk, 200, &format!("{fields}{head}"));
        assert_eq!(desk.said.0.last(), Some(&says), "MET-16 {head}");
        let (sent, answer) = desk.fetch("", 500, "");
        assert_eq!(sent.fields.get("If-None-Match"), Some("\"e\""), "MET-16 {head}");
        assert_eq!(answer.contact, Contact::StaleOnError, "MET-16, ERR-30 {head}");
    }
    let mut desk = holding_stale("Cache-Control: no-store\nContent-Length: 100");
    headed(&mut desk, 200, "Cache-Control: no-store\nContent-Length: 100");
    let fetch = desk.get("").fetch();
    let answer = desk.fails(fetch, Failure::CompletionTimedOut).remove(0).answer();
    assert_eq!(answer.response.status, Status::OK, "STALE-10");
}

#[test]
fn met_16_a_head_that_comes_late_leaves_what_a_get_brought() {
    let mut desk = Desk::new(0, |_| {});
    let head = desk.ask(Method::Head, "").remove(0).fetch();
    desk.fetch("", 200, STORED);
    desk.answered(head, 200, STORED);
    assert_eq!(desk.hit().response.body.length, 100, "MET-16");
}

#[test]
fn met_16_err_37_errors_and_heads_take_each_others_place() {
    let held = |desk: &Desk| desk.tier.store().iter().next().unwrap().1.clone();
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 404, "");
    desk.wait(60);
    headed(&mut desk, 200, STORED);
    assert_eq!(held(&desk).response().status, Status::OK, "MET-16: an error gives way");
    let mut desk = holding_stale(STORED);
    headed(&mut desk, 404, "");
    assert_eq!(held(&desk).response().status, Status::NOT_FOUND, "ERR-37");
}

/// A POP and its REC, and what the viewer is answered once the origin has answered the REC.
struct Pair {
    pop: Desk,
    rec: Desk,
}

impl Pair {
    fn new(change: Change) -> Self {
        let (pop, mut rec) = (Desk::new(0, change), Desk::new(0, change));
        rec.layer = Layer::Rec;
        Self { pop, rec }
    }

    fn fetch(&mut self, status: u16, fields: &str) -> Answer {
        let Turn::Asked(below, _, asked, _) = self.pop.get("") else { panic!("a hit") };
        let above = self.rec.take(&asked).remove(0).fetch();
        let answer = self.rec.answered(above, status, fields);
        let (now, mut effects) = (self.pop.moment(), Vec::new());
        let incoming = Incoming::Tier(answer);
        self.pop.tier.head(now, below, incoming, &mut self.pop.said, &mut effects);
        self.pop.last(below);
        turns(effects).remove(0).answer()
    }

    fn wait(&mut self, secs: u64) {
        self.pop.wait(secs);
        self.rec.wait(secs);
    }

    /// How the POP came by what it stored last.
    fn kept(&self) -> Option<Kept> {
        match self.pop.said.0.last()? {
            Decision::Stored { kept, .. } => Some(*kept),
            _ => None,
        }
    }
}

#[test]
fn rev_06_ttl_19_a_whole_answer_above_replaces_all_fields_below() {
    let mut pair = Pair::new(|_| {});
    pair.fetch(200, STORED);
    pair.wait(60);
    let newer = "Cache-Control: max-age=60, private=\"X-A\"\nETag: \"e\"\nX-A: 2";
    let answer = pair.fetch(200, newer);
    assert_eq!(pair.kept(), Some(Kept::Same));
    let has = |answer: &Answer, name| answer.response.fields.has(name);
    assert!(has(&answer, "X-A"), "TTL-19: to the first viewer");
    assert!(!has(&answer, "Old"), "REV-06");
    let hit = pair.pop.hit();
    assert!(!has(&hit, "X-A") && !has(&hit, "Old"), "TTL-19, REV-06: a hit");
}

#[test]
fn rev_08_setc_02_03_what_comes_whole_from_above_replaces_what_was_held() {
    for (row, directive, on_hit) in
        [("SETC-02", "", Some("a=2")), ("SETC-03", ", no-cache=\"Set-Cookie\"", None)]
    {
        let mut pair = Pair::new(|behavior| behavior.cache_policy.cookies = Selection::All);
        pair.fetch(200, &format!("{STORED}\nSet-Cookie: a=1"));
        pair.wait(60);
        let newer = format!("Cache-Control: max-age=60{directive}\nETag: \"e\"\nSet-Cookie: a=2");
        let answer = pair.fetch(200, &newer);
        let cookie = |answer: &Answer| answer.response.fields.get("Set-Cookie").map(String::from);
        assert_eq!(pair.kept(), Some(Kept::Anew), "REV-08");
        assert_eq!(cookie(&answer).as_deref(), Some("a=2"), "{row}: to the first viewer");
        assert_eq!(cookie(&pair.pop.hit()).as_deref(), on_hit, "{row}: a hit");
        assert!(!answer.response.fields.has("Old"), "REV-06");
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
