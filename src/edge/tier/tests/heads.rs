//! Heads beside content (MET-16).

use super::*;
use crate::edge::{Contact, NotStored};

/// A HEAD and the origin's answer to it, once what is stored is stale.
fn headed(desk: &mut Desk, status: u16, fields: &str) -> Answer {
    let turn = desk.ask(Method::Head, "").remove(0);
    assert_eq!(turn.sent().method, Method::Head, "MET-07");
    desk.answered(turn.fetch(), status, fields)
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
fn met_16_a_head_that_comes_late_freshens_what_a_get_brought_or_leaves_it() {
    let rest = "Content-Length: 100\nCache-Control: max-age=60\nNew: 2";
    for (tag, freshens) in [("\"e\"", true), ("\"f\"", false)] {
        let mut desk = Desk::new(0, |_| {});
        let head = desk.ask(Method::Head, "").remove(0).fetch();
        desk.fetch("", 200, STORED);
        desk.wait(30);
        desk.answered(head, 200, &format!("ETag: {tag}\n{rest}"));
        let response = desk.hit().response;
        assert_eq!((response.body.length, response.fields.has("New")), (100, freshens), "MET-16");
        desk.wait(40);
        let is_hit = matches!(desk.get(""), Turn::Answered(_));
        assert_eq!(is_hit, freshens, "MET-16: TTL-24's instant, {tag}");
    }
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
