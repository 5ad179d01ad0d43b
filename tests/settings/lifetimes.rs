//! For how long an answer is kept (distribution.md section 2.4).

use edgewalk::distribution::TtlBounds;
use edgewalk::http::Method;
use edgewalk::origin::{Health, Object, Site};
use edgewalk::simulation::{Action, Run, Scenario};

use crate::common::{Edit as _, act, ask, get, last_shown, request_with, send, wait};
use crate::{HIT, MISS, file, kept_secs, reached, run_of, shown};

/// A bucket with one object, under a policy with these TTLs.
fn with(object: Object, min: u64, default: u64, max: u64) -> Run {
    run_of(|scenario: &mut Scenario| {
        scenario.site = Site::new([object]);
        scenario.edited().behaviors[1].cache_policy.ttl = TtlBounds { min, default, max };
    })
}

fn bucket_is(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-media".into(), health }
}

/// For how long an object with this Cache-Control is kept, under a minimum of 0 and of 100; default 500, maximum 1,000.
fn kept(cache_control: Option<&str>) -> [Option<u64>; 2] {
    [0, 100].map(|min| {
        let mut run = with(file("/a", cache_control), min, 500, 1_000);
        kept_secs(&act(&mut run, get("paris", "/a")))
    })
}

#[test]
fn tt_01_max_age_is_clamped() {
    assert_eq!(kept(Some("max-age=50")), [Some(50), Some(100)], "TT-01");
    assert_eq!(kept(Some("max-age=300")), [Some(300), Some(300)], "TT-01");
    assert_eq!(kept(Some("max-age=5000")), [Some(1_000), Some(1_000)], "TT-01");
}

#[test]
fn tt_02_s_maxage_counts_and_the_browser_still_reads_max_age() {
    assert_eq!(kept(Some("max-age=300, s-maxage=50")), [Some(50), Some(100)], "TT-02");
    assert_eq!(kept(Some("max-age=300, s-maxage=5000")), [Some(1_000), Some(1_000)], "TT-02");
    let mut run = with(file("/a", Some("max-age=300, s-maxage=50")), 100, 500, 1_000);
    for _ in 0..2 {
        act(&mut run, get("paris", "/a"));
        let said = last_shown(run.journal()).1.fields.get("Cache-Control").map(String::from);
        assert_eq!(
            said.as_deref(),
            Some("max-age=300, s-maxage=50"),
            "TT-02: as the origin sent it"
        );
    }
}

#[test]
fn tt_03_expires_counts_until_its_date() {
    for (secs, expected) in [(50, [50, 100]), (300, [300, 300]), (5_000, [1_000, 1_000])] {
        let expires = Object { expires_secs: Some(secs), ..file("/a", None) };
        let kept = [0, 100].map(|min| {
            let mut run = with(expires.clone(), min, 500, 1_000);
            kept_secs(&act(&mut run, get("paris", "/a"))).unwrap()
        });
        assert_eq!(kept, expected, "TT-03");
    }
}

#[test]
fn tt_04_nothing_said_is_the_default() {
    assert_eq!(kept(None), [Some(500), Some(500)], "TT-04: the larger of default and minimum");
    let mut run = with(file("/a", None), 600, 600, 1_000);
    assert_eq!(kept_secs(&act(&mut run, get("paris", "/a"))), Some(600), "TT-04");
}

#[test]
fn tt_05_mu_03_no_store_is_obeyed_only_where_the_minimum_is_0() {
    for directive in ["no-cache", "no-store", "private"] {
        let second = |min: u64| {
            let mut run = with(file("/a", Some(directive)), min, 500, 1_000);
            act(&mut run, get("paris", "/a"));
            let events = act(&mut run, get("paris", "/a"));
            (last_shown(run.journal()).0, reached(&events).len())
        };
        let (x_cache, asked) = second(0);
        assert!(x_cache != HIT && asked == 1, "TT-05: {directive}: {x_cache}");
        assert_eq!(second(100), (HIT.into(), 0), "TT-05, MU-03: {directive}");
        assert_eq!(kept(Some(directive))[1], Some(100), "TT-05: for the minimum");
    }
}

#[test]
fn tt_06_a_stale_copy_stands_in_for_an_origin_that_is_down() {
    for min in [0, 30] {
        let after = |cache_control: &str| {
            let mut run = with(file("/a", Some(cache_control)), min, 500, 1_000);
            act(&mut run, get("paris", "/a"));
            act(&mut run, wait(61));
            act(&mut run, bucket_is(Health::Failing(edgewalk::http::Status(503))));
            shown(&mut run, get("paris", "/a")).0
        };
        assert_eq!(after("max-age=60"), 200, "TT-06");
        assert_eq!(after("max-age=60, stale-if-error=0"), 503, "TT-06: it stops that");
        assert_eq!(after("max-age=60, stale-if-error=600"), 200, "TT-06");
    }
}

#[test]
fn tt_07_what_the_viewer_says_of_caching_is_ignored() {
    let says = |min: u64, field: &str| {
        let mut run = with(file("/a", Some("max-age=300")), min, 500, 1_000);
        act(&mut run, get("paris", "/a"));
        // With what its first viewer took, so that the key is the same.
        let fields = format!("Accept: */*\nAccept-Encoding: gzip, br\n{field}");
        shown(&mut run, ask("paris", request_with(Method::Get, "/a", &fields))).1
    };
    for field in
        ["Cache-Control: no-cache", "Cache-Control: no-store, max-age=0", "Pragma: no-cache"]
    {
        assert_eq!([says(0, field), says(100, field)], [HIT; 2], "TT-07: {field}");
    }
}

#[test]
fn tt_08_ck_16_three_ttls_of_0_turn_caching_compression_and_collapsing_off() {
    let asked_by_two = |run: &mut Run| {
        let one = || edgewalk::network::City::find("paris").unwrap();
        let request = || std::sync::Arc::new(crate::common::request(Method::Get, "/a"));
        let both = Action::SendTogether { requests: vec![(one(), request()), (one(), request())] };
        reached(&act(run, both)).len()
    };
    let coding = |run: &mut Run| {
        act(run, get("paris", "/a"));
        last_shown(run.journal()).1.fields.get("Content-Encoding").map(String::from)
    };
    let compressing = |min, default, max| {
        let mut run = with(file("/a", Some("max-age=300")), min, default, max);
        assert_eq!(
            asked_by_two(&mut run),
            if max == 0 { 2 } else { 1 },
            "TT-08, CK-16: collapsing"
        );
        let mut run = run_of(|scenario| {
            scenario.site = Site::new([file("/a", Some("max-age=300"))]);
            let behavior = &mut scenario.edited().behaviors[1];
            behavior.compress = true;
            behavior.cache_policy.ttl = TtlBounds { min, default, max };
        });
        let coding = coding(&mut run);
        (shown(&mut run, get("paris", "/a")).1, coding)
    };
    assert_eq!(compressing(0, 0, 0), (MISS.into(), None), "TT-08");
    assert_eq!(compressing(0, 500, 1_000), (HIT.into(), Some("br".into())), "and else it is on");
}

#[test]
fn ck_16_the_first_of_those_who_wait_is_a_miss_and_the_others_are_hits() {
    let mut run = with(file("/a", Some("max-age=300")), 0, 500, 1_000);
    let one = || edgewalk::network::City::find("paris").unwrap();
    let request = || std::sync::Arc::new(crate::common::request(Method::Get, "/a"));
    let requests = (0..3).map(|_| (one(), request())).collect();
    let events = act(&mut run, Action::SendTogether { requests });
    let words = events.iter().filter_map(|event| match &event.what {
        edgewalk::simulation::What::Shown { response, .. } => response.fields.get("X-Cache"),
        _ => None,
    });
    let mut words: Vec<_> = words.map(String::from).collect();
    words.sort_unstable();
    assert_eq!(words, [HIT, HIT, MISS], "CK-16");
    let posts = act(&mut run, send("paris", Method::Head, "/a"));
    assert!(reached(&posts).is_empty());
}
