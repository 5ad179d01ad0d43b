//! What the POP compresses (caching.md section 5.2).

use super::ranges::view;
use super::*;

/// A POP whose behavior compresses, and the fields of an object that can be.
fn compressing() -> Desk {
    Desk::new(0, |behavior| behavior.compress = true)
}

const HTML: &str =
    "Cache-Control: max-age=60\nETag: \"e\"\nContent-Type: text/html\nContent-Length: 5000";
const BOTH: &str = "Accept-Encoding: gzip, br";

#[test]
fn cmp_01_06_13_14_rng_09_the_pop_compresses_what_it_keeps() {
    let mut desk = compressing();
    let fetch = desk.get(BOTH).fetch();
    let answer = desk.answered(fetch, 200, HTML);
    assert_eq!(answer.response.fields.get("Content-Encoding"), Some("br"), "CMP-01, CMP-04");
    let hit = desk.get(BOTH).answer();
    assert_eq!(hit.response.fields.get("Content-Encoding"), Some("br"));
    // 100 bytes came in this test; the model keeps a quarter of them.
    let fields = format!("{BOTH}\nRange: bytes=0-9");
    let range = view(&desk.get(&fields).answer(), &fields).1;
    assert_eq!(range.as_deref(), Some("bytes 0-9/25"), "RNG-09");
    let mut rec = Desk { layer: Layer::Rec, ..compressing() };
    let fetch = rec.get(BOTH).fetch();
    assert!(!rec.answered(fetch, 200, HTML).response.fields.has("Content-Encoding"), "CMP-14");
    let mut plain = Desk::new(0, |_| {});
    let fetch = plain.get(BOTH).fetch();
    assert!(!plain.answered(fetch, 200, HTML).response.fields.has("Content-Encoding"), "CMP-01");
    let mut off = compressing();
    let distribution = off.config.distribution().clone();
    let mut behavior = distribution.behaviors[0].clone();
    // The codings of the policy stay on: only its TTLs are those of CachingDisabled.
    behavior.cache_policy.ttl = managed::caching_disabled().ttl;
    assert!(behavior.cache_policy.gzip && behavior.cache_policy.brotli);
    off.config =
        Config::new(Distribution { behaviors: vec![behavior], ..distribution }, 0).unwrap().into();
    let fetch = off.get(BOTH).fetch();
    assert!(
        !off.answered(fetch, 200, HTML).response.fields.has("Content-Encoding"),
        "CMP-06, CMP-13"
    );
}

#[test]
fn rev_13_cmp_11_a_304_never_compresses_and_never_expands() {
    let mut plain = Desk::new(0, |_| {});
    plain.fetch(BOTH, 200, HTML);
    let mut behavior = plain.config.distribution().behaviors[0].clone();
    behavior.compress = true;
    let distribution =
        Distribution { behaviors: vec![behavior], ..plain.config.distribution().clone() };
    plain.config = Config::new(distribution, 0).unwrap().into();
    assert!(!plain.get(BOTH).answer().response.fields.has("Content-Encoding"), "CMP-11");
    plain.wait(60);
    let fetch = plain.get(BOTH).fetch();
    assert!(!plain.answered(fetch, 304, HTML).response.fields.has("Content-Encoding"), "REV-13");
    let mut desk = compressing();
    desk.fetch(BOTH, 200, HTML);
    desk.wait(60);
    let turn = desk.get(BOTH);
    assert_eq!(turn.sent().fields.get("If-None-Match"), Some("W/\"e\""), "REV-02, CMP-07");
    let answer = desk.answered(turn.fetch(), 304, "ETag: \"e\"");
    let get = |name| answer.response.fields.get(name);
    assert_eq!((get("ETag"), get("Content-Encoding")), (Some("W/\"e\""), Some("br")), "REV-13");
    assert!(!answer.response.fields.has("Content-Length"));
}

#[test]
fn ae_12_gzip_and_both_are_entries_of_their_own() {
    let mut desk = compressing();
    desk.fetch("Accept-Encoding: gzip", 200, HTML);
    desk.fetch(BOTH, 200, HTML);
    let coding = |fields, desk: &mut Desk| {
        desk.get(fields).answer().response.fields.get("Content-Encoding").map(String::from)
    };
    assert_eq!(coding("Accept-Encoding: gzip", &mut desk).as_deref(), Some("gzip"));
    assert_eq!(coding(BOTH, &mut desk).as_deref(), Some("br"));
}

#[test]
fn ae_12_the_copy_that_came_first_keeps_being_served() {
    let mut desk = compressing();
    let coded = format!("{HTML}\nContent-Encoding: gzip");
    let (asked, answer) = desk.fetch(BOTH, 200, &coded);
    assert_eq!(asked.fields.get("Accept-Encoding"), Some("br,gzip"), "AE-01");
    let codings = |answer: &Answer| {
        let all = answer.response.fields.all("Content-Encoding").map(String::from);
        all.collect::<Vec<_>>()
    };
    assert_eq!(codings(&answer), ["gzip"]);
    // Whoever takes both is served by it, though the edge could make br of what it fetched anew.
    for viewer in [BOTH, "Accept-Encoding: br, gzip;q=0.1"] {
        assert_eq!(codings(&desk.get(viewer).answer()), ["gzip"], "{viewer}");
    }
    desk.get("Accept-Encoding: br").fetch();
}
