//! Several requests for one object at the same time (caching.md section 6).

use super::*;
use crate::edge::{Contact, Member, NotStored, Released};

const KEPT: &str = "Cache-Control: max-age=60\nETag: \"e\"";

/// The first of several requests is asked on, the others wait.
fn crowd(desk: &mut Desk, others: usize) -> FetchId {
    let first = desk.get("").fetch();
    for _ in 0..others {
        assert!(desk.ask(Method::Get, "").is_empty(), "it waits");
    }
    first
}

fn contacts(turns: Vec<Turn>) -> Vec<&'static str> {
    turns.into_iter().map(|turn| Desk::x_cache(&turn.answer())).collect()
}

const HIT: &str = "Hit from cloudfront";
const MISS: &str = "Miss from cloudfront";

#[test]
fn col_01_02_one_goes_upstream_and_the_others_are_hits() {
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 2);
    assert_eq!(desk.tier.fetches(), 1);
    assert_eq!(contacts(desk.head(first, 200, KEPT)), [MISS, HIT, HIT]);
    desk.last(first);
    assert_eq!((desk.tier.fetches(), desk.hit().contact), (0, Contact::None));
}

#[test]
fn col_02_st_08_only_the_first_waited_for_the_origin_itself() {
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 1);
    let turns = desk.head(first, 200, KEPT).into_iter();
    let is_timed: Vec<bool> = turns.map(|turn| turn.answer().timing.is_some()).collect();
    assert_eq!(is_timed, [true, false]);
}

#[test]
fn col_12_who_comes_after_the_head_is_answered_at_once() {
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 0);
    desk.head(first, 200, KEPT);
    assert!(desk.tier.store().is_empty(), "stored with the last byte only");
    assert_eq!(contacts(desk.ask(Method::Get, "")), [HIT]);
    assert_eq!(desk.tier.fetches(), 1);
}

#[test]
fn shd_07_08_col_12_who_comes_after_the_head_is_told_the_layer_that_it_asked() {
    for (first, then) in [(Layer::Rec, Layer::Shield), (Layer::Shield, Layer::Rec)] {
        let mut desk = Desk { layer: first, ..Desk::new(0, |_| {}) };
        let fetch = crowd(&mut desk, 0);
        assert_eq!(desk.head(fetch, 200, KEPT).remove(0).answer().layer, first);
        desk.layer = then;
        assert_eq!(desk.hit().layer, then, "while the rest is on its way");
        desk.last(fetch);
        assert_eq!(desk.hit().layer, then, "out of the store");
    }
}

#[test]
fn col_03_rev_10_an_expired_object_is_asked_about_once() {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, KEPT);
    desk.wait(60);
    let first = crowd(&mut desk, 1);
    let answers = contacts(desk.head(first, 304, KEPT));
    assert_eq!(answers, ["RefreshHit from cloudfront", HIT]);
}

#[test]
fn col_04_other_keys_do_not_wait() {
    let mut desk = Desk::new(0, |_| {});
    crowd(&mut desk, 0);
    desk.get("Accept-Encoding: gzip").fetch();
    assert_eq!(desk.tier.fetches(), 2);
}

#[test]
fn col_05_14_what_is_never_stored_never_waits() {
    let mut off = Desk::new(0, |behavior| behavior.cache_policy = managed::caching_disabled());
    for method in [Method::Get, Method::Get] {
        assert!(matches!(off.ask(method, "")[..], [Turn::Asked(..)]), "COL-05");
    }
    let mut on = Desk::new(0, |_| {});
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options] {
        for turn in 0..2 {
            assert!(matches!(on.ask(method, "")[..], [Turn::Asked(..)]), "COL-14 {method} {turn}");
        }
    }
}

#[test]
fn col_06_07_an_answer_that_may_not_be_shared_sets_all_free() {
    for directive in ["private", "no-store", "no-cache", "max-age=0", "s-maxage=0"] {
        let fields = format!("Cache-Control: {directive}");
        let mut desk = Desk::new(0, |_| {});
        let first = crowd(&mut desk, 2);
        let turns = desk.head(first, 200, &fields);
        let asked = turns.iter().filter(|turn| matches!(turn, Turn::Asked(..))).count();
        assert_eq!((turns.len(), asked), (3, 2), "COL-06 {directive}: each goes by itself");
        let released = Decision::Released { waiters: 2, why: Released::NotToBeShared };
        assert!(desk.said.0.contains(&released), "COL-06 {directive}");
        let mut kept = Desk::new(1, |_| {});
        let first = crowd(&mut kept, 2);
        assert_eq!(contacts(kept.head(first, 200, &fields)), [MISS, HIT, HIT], "COL-07");
    }
    for fields in ["Cache-Control: private\nVary: *", "Vary: *"] {
        let mut desk = Desk::new(0, |_| {});
        let first = crowd(&mut desk, 2);
        let turns = desk.head(first, 200, fields);
        let asked = turns.iter().filter(|turn| matches!(turn, Turn::Asked(..))).count();
        assert_eq!((turns.len(), asked), (3, 2), "COL-06, VARY-05: {fields}");
    }
}

#[test]
fn col_08_forwarded_cookies_do_not_matter_beyond_the_key() {
    let mut desk = Desk::new(0, |behavior| {
        behavior.cache_policy.cookies = crate::distribution::Selection::All;
    });
    desk.get("Cookie: a=1").fetch();
    assert!(desk.ask(Method::Get, "Cookie: a=1").is_empty());
    desk.get("Cookie: a=2").fetch();
    let mut desk = Desk::new(0, |behavior| {
        behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
    });
    assert!(desk.config.rule(0).behavior.forwards_cookies());
    desk.get("Cookie: a=1").fetch();
    assert!(desk.ask(Method::Get, "Cookie: a=2").is_empty(), "COL-08: it waits");
}

#[test]
fn col_10_an_error_is_shared_if_it_is_kept_and_else_tried_one_by_one() {
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 2);
    let errors = contacts(desk.head(first, 404, ""));
    assert_eq!(errors, ["Error from cloudfront"; 3]);
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 2);
    let turns = desk.head(first, 403, "");
    desk.last(first);
    assert_eq!(turns.len(), 2, "the leader is answered, the next one asks, the third waits");
    let why = Released::NotKept(NotStored::Status(Status(403)));
    assert!(desk.said.0.contains(&Decision::Released { waiters: 2, why }));
    let second = turns[1].fetch();
    assert_eq!(contacts(desk.head(second, 200, KEPT)), [MISS, HIT]);
}

#[test]
fn col_11_only_identical_ranges_wait_for_each_other() {
    let mut desk = Desk::new(0, |_| {});
    desk.get("Range: bytes=0-9").fetch();
    assert!(desk.ask(Method::Get, "Range: bytes=0-9").is_empty());
    desk.get("Range: bytes=10-19").fetch();
    desk.get("Range: bytes=0-9\nIf-Range: \"old\"").fetch();
    assert!(desk.ask(Method::Get, "Range: bytes=0-9\nIf-Range: \"old\"").is_empty(), "COL-11");
}

#[test]
fn fo_02_col_01_a_request_for_the_second_origin_waits_for_no_answer_of_the_first() {
    let mut shield = Desk { layer: Layer::Shield, ..Desk::with(0, |d| group(d, &[500])) };
    let [first, second] = [Member::Primary, Member::Secondary].map(|member| {
        let mut asked = shield.request(Method::Get, "");
        asked.member = Some(member);
        asked
    });
    shield.take(&first).remove(0).fetch();
    assert!(shield.take(&first).is_empty(), "COL-01");
    shield.take(&second).remove(0).fetch();
}

#[test]
fn setc_03_ttl_18_col_02_what_is_not_to_be_stored_is_for_the_first_viewer_alone() {
    let fields = "Cache-Control: max-age=60, private=\"X-A\"\nX-A: of the first\nX-B: 1";
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 1);
    let mut answers: Vec<Answer> =
        desk.head(first, 200, fields).into_iter().map(Turn::answer).collect();
    answers.push(desk.get("").answer());
    let has = |name| answers.iter().map(|answer| answer.response.fields.has(name)).collect();
    let (a, b): (Vec<bool>, Vec<bool>) = (has("X-A"), has("X-B"));
    assert_eq!((a, b), (vec![true, false, false], vec![true; 3]), "SETC-03, TTL-19, COL-12");
}

#[test]
fn err_14_an_error_that_is_not_kept_is_for_those_who_waited_alone() {
    let mut desk = Desk::with(0, |distribution| error_ttl(distribution, 404, 0));
    let first = crowd(&mut desk, 1);
    assert_eq!(desk.head(first, 404, "").len(), 2, "COL-10: whoever waited has it");
    desk.get("").fetch();
    desk.last(first);
    let mut kept = Desk::new(0, |_| {});
    let first = kept.get("").fetch();
    kept.head(first, 404, "");
    assert!(matches!(kept.get(""), Turn::Answered(_)), "COL-12: before the last byte");
}

#[test]
fn col_13_xfer_08_when_the_last_one_leaves_the_pop_keeps_nothing() {
    for order in [[0, 1], [1, 0]] {
        let mut desk = Desk::new(0, |_| {});
        let first = crowd(&mut desk, 1);
        let begin = desk.next_ticket - 2;
        for nth in order {
            desk.tier.leave(begin + nth);
        }
        desk.head(first, 200, KEPT);
        desk.last(first);
        assert!(desk.tier.store().is_empty(), "XFER-08 {order:?}");
    }
}

#[test]
fn xfer_08_col_12_13_who_leaves_between_head_and_last_byte_and_who_comes_after_the_leader() {
    // How many of leader and waiter leave once they have the head, and whether another one comes then.
    for (leave, joins, kept) in
        [(1, false, 1), (2, false, 0), (2, true, 1), (0, false, 1), (1, true, 1)]
    {
        let mut desk = Desk::new(0, |_| {});
        let first = crowd(&mut desk, 1);
        desk.head(first, 200, KEPT);
        let begin = desk.next_ticket - 2;
        (begin..begin + leave).for_each(|ticket| desk.tier.leave(ticket));
        if joins {
            desk.get("").answer();
        }
        desk.last(first);
        assert_eq!(desk.tier.store().len(), kept, "XFER-08: {leave} leave, one comes: {joins}");
    }
    // The leader leaves before the head has come, and another one then waits in its place.
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 0);
    desk.tier.leave(desk.next_ticket - 1);
    let asked = desk.request(Method::Get, "");
    assert!(desk.take(&asked).is_empty(), "COL-01: it waits");
    assert_eq!(desk.head(first, 200, KEPT).len(), 1, "COL-13");
    desk.last(first);
    assert_eq!(desk.tier.store().len(), 1, "XFER-08: it was delivered");
}

#[test]
fn col_13_xfer_08_a_leader_that_leaves() {
    let leave = |desk: &mut Desk, others: usize| {
        let first = crowd(desk, others);
        desk.tier.leave(desk.next_ticket - 1 - u32::try_from(others).unwrap());
        let answers = desk.head(first, 200, KEPT).len();
        desk.last(first);
        (answers, desk.tier.store().len())
    };
    let mut alone = Desk::new(0, |_| {});
    assert_eq!(leave(&mut alone, 0).1, 0, "XFER-08: a POP keeps nothing");
    assert!(alone.said.0.contains(&Decision::NotStored { why: NotStored::ViewerLeft }));
    let mut with_others = Desk::new(0, |_| {});
    assert_eq!(leave(&mut with_others, 1).1, 1, "COL-13: somebody waits");
    let mut rec = Desk { layer: Layer::Rec, ..Desk::new(0, |_| {}) };
    assert_eq!(leave(&mut rec, 0).1, 1, "XFER-08: a REC completes its fill");
}

#[test]
fn met_06_07_head_and_get_share_a_key() {
    let mut desk = Desk::new(0, |_| {});
    let head = desk.ask(Method::Head, "");
    let fetch = head[0].fetch();
    assert_eq!(head[0].sent().method, Method::Head, "MET-07: HEAD is what goes on");
    let get = desk.get("").fetch();
    assert_ne!(fetch, get, "a GET does not wait for a HEAD");
    assert!(desk.ask(Method::Head, "").is_empty(), "a HEAD waits for a HEAD");
    desk.head(fetch, 200, KEPT);
    desk.last(fetch);
    assert_eq!(desk.tier.store().used_bytes(), 27 + 11, "MET-07: the head alone");
    assert_eq!(contacts(desk.ask(Method::Head, "")), [HIT], "MET-07");
    assert_eq!(contacts(desk.head(get, 200, KEPT)), [MISS]);
    desk.last(get);
    assert_eq!(desk.hit().contact, Contact::None);
    assert_eq!(contacts(desk.ask(Method::Head, "")), [HIT], "MET-06");
    let mut cold = Desk::new(0, |_| {});
    let fetch = cold.ask(Method::Head, "")[0].fetch();
    cold.head(fetch, 200, KEPT);
    cold.last(fetch);
    let get = cold.get("").fetch();
    assert_eq!(contacts(cold.head(get, 200, KEPT)), [MISS], "MET-07: a later GET is a Miss");
}

#[test]
fn inv_38_what_was_under_way_when_a_purge_came_is_not_stored() {
    let mut desk = Desk::new(0, |_| {});
    let first = crowd(&mut desk, 1);
    desk.purge(&["/a"]);
    desk.get("").fetch();
    assert_eq!(contacts(desk.head(first, 200, KEPT)), [MISS, HIT], "who asked before is served");
    desk.last(first);
    assert!(desk.tier.store().is_empty());
    assert!(desk.said.0.contains(&Decision::NotStored { why: NotStored::Invalidated }));
}
