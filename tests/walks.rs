//! Whole walks through all tiers, held against the rows of docs/reference.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{act, get, invalidate, last_shown, request, run, send, trace, wait};
use edgewalk::distribution::{CachePolicy, TtlBounds};
use edgewalk::edge::{Bypass, Decision, Found, NotStored, Route};
use edgewalk::http::{Field, Method};
use edgewalk::network::{City, Region, candidates, nearest_rec, viewer_round_trip};
use edgewalk::scene::{Strip, strip};
use edgewalk::simulation::{Action, Event, ExchangeId, Place, Run, What, built_in_scenario};

/// The decisions of some events, in order.
fn decisions(events: &[Event]) -> Vec<&Decision> {
    let decision = |event: &'_ Event| matches!(event.what, What::Decided(_));
    let decided = events.iter().filter(|event| decision(event));
    decided
        .filter_map(|event| match &event.what {
            What::Decided(decision) => Some(decision),
            _ => None,
        })
        .collect()
}

fn at_rec(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event.place, Place::Rec(_))).count()
}

fn x_cache(run: &mut Run, action: Action) -> String {
    act(run, action);
    last_shown(run.journal()).0
}

/// A run of the built-in scenario in which one behavior has a cache policy with these TTLs.
fn with_ttl(behavior: usize, ttl: TtlBounds) -> Run {
    let mut scenario = built_in_scenario();
    let policy = edgewalk::distribution::managed::caching_optimized();
    scenario.distribution.behaviors[behavior].cache_policy = CachePolicy { ttl, ..policy };
    Run::new(scenario).unwrap()
}

#[test]
fn flow_04_06_a_cold_get_goes_all_the_way_and_is_kept_by_both_caches() {
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    let expected = [
        "paris-france Composed",
        "dns Resolved",
        "paris-france Connected",
        "paris-france Secured",
        "paris-france Sent",
        "CDG BehaviorMatched",
        "CDG KeyMade",
        "CDG looked up: Absent",
        "CDG forwarded: ThroughRec",
        "rec eu-west-2 looked up: Absent",
        "rec eu-west-2 forwarded: FromRec",
        "origin us-east-1 Reached",
        "origin us-east-1 replied 200",
        "rec eu-west-2 stored hero.jpg for 86400 s",
        "rec eu-west-2 answered 200",
        "CDG stored hero.jpg for 86400 s",
        "CDG answered 200",
        "paris-france shown 200 Miss from cloudfront",
    ];
    let slug = City::find("paris").unwrap().slug();
    let expected: Vec<_> = expected.iter().map(|line| line.replace("paris-france", slug)).collect();
    assert_eq!(trace(&events), expected);
}

#[test]
fn flow_03_a_fresh_object_is_answered_by_the_pop_alone() {
    let mut run = run([get("paris", "/img/hero.jpg")]);
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(x_cache, "Hit from cloudfront");
    assert_eq!(response.fields.get("Age"), Some("0"), "AGE-01: less than a second old");
    act(&mut run, wait(100));
    act(&mut run, get("paris", "/img/hero.jpg"));
    let age: u64 = last_shown(run.journal()).1.fields.get("Age").unwrap().parse().unwrap();
    assert!((100..=101).contains(&age), "AGE-01: {age}");
}

#[test]
fn flow_05_07_rec_09_another_pop_of_the_same_rec_gets_a_rec_hit() {
    let (paris, london) = (City::find("paris").unwrap(), City::find("london").unwrap());
    let rec_of = |city| nearest_rec(edgewalk::network::best(city));
    assert_eq!(rec_of(paris), rec_of(london), "the two cities of this test share a REC");
    let mut run = run([get("paris", "/img/hero.jpg")]);
    let events = act(&mut run, get("london", "/img/hero.jpg"));
    assert!(at_rec(&events) > 0);
    assert!(events.iter().all(|event| !matches!(event.place, Place::Origin(_))), "FLOW-07");
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "XC-01");
    assert_eq!(
        last_shown(run.journal()).1.fields.get("X-Amz-Cf-Pop").unwrap()[..3],
        *"LHR",
        "RH-02"
    );
    // REC-09: what went past the REC is kept at the POP alone.
    act(&mut run, Action::SetSameRegion { on: true, city: paris });
    let events = act(&mut run, get("paris", "/app.js"));
    assert_eq!(at_rec(&events), 0);
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
    assert_eq!(x_cache(&mut run, get("london", "/app.js")), "Miss from cloudfront", "REC-09");
}

#[test]
fn rec_01_02_proxy_methods_skip_the_rec_and_are_not_kept() {
    for method in [Method::Put, Method::Post, Method::Patch, Method::Options, Method::Delete] {
        let mut run = run([get("paris", "/index.html")]);
        let events = act(&mut run, send("paris", method, "/index.html"));
        assert_eq!(at_rec(&events), 0, "{method}");
        let decided = decisions(&events);
        let is_bypass = |decision: &&&Decision| matches!(decision, Decision::Forwarded { route: Route::PastRec(Bypass::ProxyMethod(m)), .. } if *m == method);
        assert_eq!(decided.iter().filter(is_bypass).count(), 1, "{method}");
        assert!(
            decided.iter().any(
                |decision| **decision == Decision::NotStored { why: NotStored::Method(method) }
            )
        );
    }
}

#[test]
fn met_15_a_write_that_succeeds_invalidates_nothing() {
    for (method, status) in
        [(Method::Put, 200), (Method::Post, 201), (Method::Patch, 200), (Method::Delete, 204)]
    {
        let mut run = with_ttl(0, TtlBounds { min: 60, default: 60, max: 86_400 });
        act(&mut run, get("paris", "/api/orders"));
        act(&mut run, send("paris", method, "/api/orders"));
        let (x_cache, response) = last_shown(run.journal());
        assert_eq!((x_cache.as_str(), response.status.0), ("Miss from cloudfront", status));
        let events = act(&mut run, get("paris", "/api/orders"));
        assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "{method}");
        assert_eq!(at_rec(&events), 0, "{method}: the POP's own");
        let events = act(&mut run, get("london", "/api/orders"));
        let is_at_origin = |event: &Event| matches!(event.place, Place::Origin(_));
        assert!(!events.iter().any(is_at_origin), "{method}: the REC's too");
    }
}

#[test]
fn orp_02_what_the_origin_request_policy_alone_names_reaches_the_origin_and_splits_nothing() {
    let mut scenario = built_in_scenario();
    let policy = edgewalk::distribution::managed::all_viewer_except_host_header();
    scenario.distribution.behaviors[1].origin_request_policy = Some(policy);
    let mut run = Run::new(scenario).unwrap();
    let events = act(&mut run, get("paris", "/app.js?utm=1"));
    let asked = events.iter().find_map(|event| match &event.what {
        What::Reached { request, .. } => Some(request.target.to_string()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("/app.js?utm=1"));
    assert_eq!(x_cache(&mut run, get("paris", "/app.js?utm=2")), "Hit from cloudfront");
}

#[test]
fn rec_03_05_a_dynamic_request_skips_the_rec_and_is_not_kept() {
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/api/orders"));
    assert_eq!(at_rec(&events), 0);
    let dynamic = |decision: &&&Decision| {
        matches!(
            decision,
            Decision::Forwarded { route: Route::PastRec(Bypass::CachingDisabled), .. }
        )
    };
    assert_eq!(decisions(&events).iter().filter(dynamic).count(), 1);
    assert_eq!(x_cache(&mut run, get("paris", "/api/orders")), "Miss from cloudfront");
    // The switch makes a behavior that keeps things dynamic, and back.
    let pattern = run.walk().scenario.distribution.behaviors[1].pattern.clone();
    assert!(at_rec(&act(&mut run, get("paris", "/about.html"))) > 0);
    act(&mut run, Action::SetDynamic { pattern: pattern.clone(), on: true });
    assert_eq!(at_rec(&act(&mut run, get("paris", "/jobs.html"))), 0);
    act(&mut run, Action::SetDynamic { pattern, on: false });
    assert!(at_rec(&act(&mut run, get("paris", "/jobs.html"))) > 0);
}

#[test]
fn rec_06_07_08_only_a_bucket_in_the_recs_own_region_is_asked_directly() {
    let city = City::find("paris").unwrap();
    let rec = nearest_rec(edgewalk::network::best(city));
    let mut run = run([Action::SetSameRegion { on: true, city }]);
    assert_eq!(run.world().settings().bucket_region, rec.region());
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert_eq!(at_rec(&events), 0, "REC-06");
    let here = |decision: &&&Decision| matches!(decision, Decision::Forwarded { route: Route::PastRec(Bypass::SameRegion { region }), .. } if region == rec.code());
    assert_eq!(decisions(&events).iter().filter(here).count(), 1);
    act(&mut run, Action::SetSameRegion { on: false, city });
    assert!(at_rec(&act(&mut run, get("paris", "/app.js"))) > 0, "REC-07");
    // REC-08: the load balancer in the same Region is a custom origin; with caching on it is asked through the REC.
    act(&mut run, Action::SetOriginRegion { region: rec.region() });
    let pattern = run.walk().scenario.distribution.behaviors[0].pattern.clone();
    act(&mut run, Action::SetDynamic { pattern, on: false });
    assert!(at_rec(&act(&mut run, get("paris", "/api/cart"))) > 0, "REC-08");
}

#[test]
fn the_bucket_follows_the_rec_of_whoever_sends_while_the_switch_is_on() {
    let city = City::find("paris").unwrap();
    let mut run = run([Action::SetSameRegion { on: true, city }]);
    let events = act(&mut run, get("tokyo", "/app.js"));
    assert_eq!(at_rec(&events), 0);
    assert_eq!(run.world().settings().bucket_region.code(), "ap-northeast-1");
}

#[test]
fn ttl_24_a_pop_inherits_the_instant_at_which_its_rec_copy_becomes_stale() {
    let mut run = run([get("paris", "/feed.xml"), wait(20)]);
    act(&mut run, get("london", "/feed.xml"));
    act(&mut run, wait(11));
    let events = act(&mut run, get("london", "/feed.xml"));
    let stale = |decision: &&&Decision| {
        matches!(decision, Decision::LookedUp { found: Found::Stale { .. }, .. })
    };
    assert_eq!(
        decisions(&events).iter().filter(stale).count(),
        2,
        "30 s after the origin's answer, in POP and REC alike"
    );
}

#[test]
fn rev_01_02_03_05_07_10_a_stale_object_is_asked_about_and_confirmed() {
    let mut run = run([get("paris", "/feed.xml"), wait(31)]);
    let events = act(&mut run, get("paris", "/feed.xml"));
    let reached: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Reached { request, .. } => Some(request),
            _ => None,
        })
        .collect();
    assert_eq!(reached.len(), 1, "REV-10: one conditional request, from the REC");
    assert!(
        reached[0].fields.has("If-None-Match") && reached[0].fields.has("If-Modified-Since"),
        "REV-02, REV-03"
    );
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.status.0),
        ("RefreshHit from cloudfront", 200),
        "REV-05"
    );
    assert_eq!(response.fields.get("Age"), Some("0"), "AGE-01");
    assert!(response.body.length > 0);
    act(&mut run, wait(20));
    act(&mut run, get("paris", "/feed.xml"));
    assert_eq!(
        last_shown(run.journal()).0,
        "Hit from cloudfront",
        "REV-07: the lifetime was counted afresh"
    );
}

/// REV-05 where the POP alone holds the stale response: the origin's 304 confirms it there, and the REC keeps nothing.
fn confirmed_at_the_pop_alone(run: &mut Run) {
    let events = act(run, get("paris", "/feed.xml"));
    let looked: Vec<_> = decisions(&events)
        .into_iter()
        .filter_map(|decision| match decision {
            Decision::LookedUp { found, .. } => Some(*found),
            _ => None,
        })
        .collect();
    assert!(matches!(looked[..], [Found::Stale { .. }, Found::Absent]), "{looked:?}");
    let replied = events.iter().any(
        |event| matches!(&event.what, What::Replied { response, .. } if response.status.0 == 304),
    );
    assert!(replied, "the origin says 304");
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.status.0, response.body.length),
        ("RefreshHit from cloudfront", 200, 40_960)
    );
    let nothing = Decision::NotStored { why: NotStored::ConfirmedBelow };
    assert!(decisions(&events).contains(&&nothing), "MODEL: the REC got no body to keep");
    assert!(trace(&events).contains(&"CDG stored feed.xml for 30 s, refreshed".to_owned()));
    assert_eq!(self::x_cache(run, get("paris", "/feed.xml")), "Hit from cloudfront");
}

#[test]
fn rev_05_a_stale_pop_copy_that_never_passed_the_rec_is_confirmed() {
    let city = City::find("paris").unwrap();
    let same_region = |on| Action::SetSameRegion { on, city };
    let mut run = run([same_region(true), get("paris", "/feed.xml"), same_region(false), wait(40)]);
    confirmed_at_the_pop_alone(&mut run);
}

#[test]
fn rev_05_a_stale_pop_copy_whose_rec_copy_was_evicted_is_confirmed() {
    // London fills the REC that both share, 500,000 bytes, with an object that its own POP has no room for.
    let mut run = run([
        Action::SetPopCapacity { bytes: 50_000 },
        get("paris", "/feed.xml"),
        get("london", "/img/hero.jpg"),
        get("london", "/img/map.png"),
        wait(40),
    ]);
    confirmed_at_the_pop_alone(&mut run);
}

#[test]
fn rev_06_a_new_version_replaces_the_stale_one() {
    let publish = Action::Publish { path: "/feed.xml".into() };
    let mut run = run([get("paris", "/feed.xml"), publish]);
    act(&mut run, get("paris", "/feed.xml"));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.body.version),
        ("Hit from cloudfront", 1),
        "INV-51: the old one, until stale"
    );
    act(&mut run, wait(31));
    act(&mut run, get("paris", "/feed.xml"));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.body.version), ("Miss from cloudfront", 2));
}

#[test]
fn rev_09_a_copy_that_is_fresh_at_the_rec_answers_a_stale_pop() {
    let mut run = run([get("paris", "/feed.xml"), wait(31), get("london", "/feed.xml"), wait(1)]);
    let events = act(&mut run, get("paris", "/feed.xml"));
    assert!(events.iter().all(|event| !matches!(event.place, Place::Origin(_))));
    assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront");
}

#[test]
fn ttl_13_30_without_a_minimum_no_cache_and_max_age_0_are_asked_about_each_time() {
    for path in ["/stock.json", "/news.json"] {
        let mut run = with_ttl(1, TtlBounds { min: 0, default: 300, max: 86_400 });
        assert_eq!(x_cache(&mut run, get("paris", path)), "Miss from cloudfront", "{path}");
        for _ in 0..2 {
            let events = act(&mut run, get("paris", path));
            assert!(conditional_at_origin(&events), "{path}");
            assert_eq!(last_shown(run.journal()).0, "RefreshHit from cloudfront", "{path}");
        }
    }
}

#[test]
fn ttl_30_without_a_minimum_no_store_and_private_are_fetched_each_time() {
    for path in ["/checkout.html", "/account.html"] {
        let mut run = with_ttl(1, TtlBounds { min: 0, default: 300, max: 86_400 });
        for _ in 0..3 {
            let events = act(&mut run, get("paris", path));
            assert!(!conditional_at_origin(&events), "{path}: a plain GET");
            assert_eq!(last_shown(run.journal()).0, "Miss from cloudfront", "{path}");
        }
    }
}

/// Whether the origin was asked by a validator; it must have been asked.
fn conditional_at_origin(events: &[Event]) -> bool {
    let asked = events.iter().find_map(|event| match &event.what {
        What::Reached { request, .. } => Some(request.fields.has("If-None-Match")),
        _ => None,
    });
    asked.unwrap()
}

#[test]
fn ttl_04_a_lifetime_by_expires_counts_afresh_from_a_304() {
    let mut run = run([]);
    let cold = trace(&act(&mut run, get("paris", "/offers.html")));
    assert!(cold.contains(&"CDG stored offers.html for 120 s".to_owned()), "{cold:?}");
    act(&mut run, wait(121));
    let stale = trace(&act(&mut run, get("paris", "/offers.html")));
    assert!(stale.contains(&"CDG stored offers.html for 120 s, refreshed".to_owned()), "{stale:?}");
    assert_eq!(x_cache(&mut run, get("paris", "/offers.html")), "Hit from cloudfront");
}

#[test]
fn ttl_09_with_a_minimum_no_store_and_private_are_kept_by_every_tier_and_shared() {
    for path in ["/checkout.html", "/account.html"] {
        let mut run = with_ttl(1, TtlBounds { min: 60, default: 300, max: 86_400 });
        let stored = trace(&act(&mut run, get("paris", path)));
        let kept = |line: &&String| line.contains("stored") && line.ends_with(" for 60 s");
        assert_eq!(stored.iter().filter(kept).count(), 2, "in REC and POP: {stored:?}");
        let city = City::find("paris").unwrap();
        let other = common::request_with(
            Method::Get,
            path,
            "Accept-Encoding: gzip, br\nCookie: session=other",
        );
        let another_viewer = Action::Send { city, request: other };
        assert_eq!(x_cache(&mut run, another_viewer), "Hit from cloudfront", "{path}: the POP's");
        let events = act(&mut run, get("london", path));
        assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "{path}");
        act(&mut run, wait(60));
        assert_ne!(x_cache(&mut run, get("paris", path)), "Hit from cloudfront", "{path}");
    }
}

#[test]
fn ttl_10_a_viewers_no_cache_cannot_force_origin_contact() {
    let mut run = run([get("paris", "/app.js")]);
    let city = City::find("paris").unwrap();
    let request = common::request_with(
        Method::Get,
        "/app.js",
        "Accept-Encoding: gzip, br\nCache-Control: no-cache\nPragma: no-cache",
    );
    let events = act(&mut run, Action::Send { city, request });
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
}

#[test]
fn inv_30_31_33_36_38_an_invalidation_clears_recs_before_their_pops() {
    let mut run = run([
        get("paris", "/img/hero.jpg"),
        get("london", "/img/hero.jpg"),
        get("paris", "/app.js"),
    ]);
    let begun = run.world().now();
    let events = act(&mut run, invalidate("/img/*"));
    let purged: Vec<_> = events
        .iter()
        .filter(|event| matches!(event.what, What::Decided(Decision::Invalidated { .. })))
        .collect();
    assert_eq!(purged.len(), 3, "two POPs and their REC");
    assert!(matches!(purged[0].place, Place::Rec(_)), "INV-38");
    for pair in purged.windows(2) {
        assert!(pair[0].at <= pair[1].at);
    }
    let rec_delay = purged[0].at.since(begun);
    assert!((Duration::from_secs(1)..=Duration::from_secs(5)).contains(&rec_delay), "INV-36");
    for pop in &purged[1..] {
        let delay = pop.at.since(purged[0].at);
        assert!((Duration::from_secs(1)..=Duration::from_secs(5)).contains(&delay), "INV-36");
    }
    let removed = |event: &Event| match &event.what {
        What::InvalidationCompleted { removed, .. } => Some(*removed),
        _ => None,
    };
    assert_eq!(events.last().and_then(removed), Some(3), "INV-37");
    assert_eq!(x_cache(&mut run, get("paris", "/img/hero.jpg")), "Miss from cloudfront", "INV-31");
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
}

#[test]
fn inv_17_the_root_is_invalidated_by_its_file() {
    let mut run = run([get("paris", "/")]);
    act(&mut run, invalidate("/"));
    assert_eq!(
        x_cache(&mut run, get("paris", "/index.html")),
        "Hit from cloudfront",
        "LIM-24: one object"
    );
    act(&mut run, invalidate("/index.html"));
    assert_eq!(x_cache(&mut run, get("paris", "/")), "Miss from cloudfront");
}

#[test]
fn evi_01_flow_10_a_class_sees_an_eviction_within_ten_requests() {
    let paths = [
        "/img/hero.jpg",
        "/img/sale.jpg",
        "/img/team.jpg",
        "/img/map.png",
        "/img/products/tent.jpg",
        "/docs/sizes.pdf",
    ];
    let mut run = run([]);
    let mut evicted = Vec::new();
    for path in paths {
        let events = act(&mut run, get("paris", path));
        evicted.extend(
            events
                .into_iter()
                .filter(|event| matches!(event.what, What::Decided(Decision::Evicted { .. }))),
        );
    }
    assert_eq!(evicted.len(), 1, "2 MB hold five of the six");
    assert!(matches!(evicted[0].place, Place::Pop(_)), "the REC has ten times the room");
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(
        at_rec(&events) > 0 && !events.iter().any(|event| matches!(event.place, Place::Origin(_))),
        "FLOW-10"
    );
}

#[test]
fn evi_01_a_hit_moves_an_object_to_the_front_and_so_saves_it() {
    let mut run = run([
        get("paris", "/img/hero.jpg"),
        get("paris", "/app.js"),
        get("paris", "/img/hero.jpg"),
    ]);
    let front = |run: &Run| {
        let (_, pop) =
            run.world().tiers().find(|(place, _)| matches!(place, Place::Pop(_))).unwrap();
        pop.store().iter().map(|(key, _)| key.file_name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(front(&run), ["hero.jpg", "app.js"]);
    act(&mut run, Action::SetPopCapacity { bytes: 500_000 });
    assert_eq!(front(&run), ["hero.jpg"], "app.js was used least recently");
}

#[test]
fn what_is_too_large_for_a_pop_is_kept_by_the_rec() {
    let mut run = run([]);
    let events = act(&mut run, get("paris", "/video/tour.mp4"));
    let too_large = |decision: &&&Decision| {
        matches!(decision, Decision::NotStored { why: NotStored::TooLarge { .. } })
    };
    assert_eq!(decisions(&events).iter().filter(too_large).count(), 1);
    assert_eq!(
        x_cache(&mut run, get("paris", "/video/tour.mp4")),
        "Hit from cloudfront",
        "from the REC"
    );
}

#[test]
fn err_01_16_17_a_404_is_kept_for_ten_seconds() {
    let mut run = run([]);
    assert_eq!(x_cache(&mut run, get("paris", "/nowhere.html")), "Error from cloudfront");
    let events = act(&mut run, get("paris", "/nowhere.html"));
    assert!(!events.iter().any(|event| matches!(event.place, Place::Origin(_))), "ERR-16");
    act(&mut run, wait(11));
    let events = act(&mut run, get("paris", "/nowhere.html"));
    assert!(events.iter().any(|event| matches!(event.place, Place::Origin(_))), "ERR-17");
}

#[test]
fn met_06_rev_11_head_and_a_viewers_condition_are_answered_from_the_get_entry() {
    let mut run = run([get("paris", "/app.js")]);
    act(&mut run, send("paris", Method::Head, "/app.js"));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.body.length), ("Hit from cloudfront", 0), "MET-06");
    let etag = response.fields.get("ETag").unwrap().to_owned();
    let mut conditional = request(Method::Get, "/app.js");
    let mut fields = (*conditional.fields).clone();
    fields.push(Field::new("If-None-Match", &etag).unwrap());
    conditional.fields = fields.into();
    act(&mut run, Action::Send { city: City::find("paris").unwrap(), request: conditional });
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!(
        (x_cache.as_str(), response.status.0, response.body.length),
        ("Hit from cloudfront", 304, 0),
        "REV-11"
    );
}

#[test]
fn met_08_get_with_a_body_is_refused_at_the_edge() {
    let mut run = run([]);
    let mut with_body = request(Method::Get, "/app.js");
    with_body.content_length = 5;
    let events =
        act(&mut run, Action::Send { city: City::find("paris").unwrap(), request: with_body });
    assert!(!events.iter().any(|event| matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.status.0), ("Error from cloudfront", 403));
}

#[test]
fn flow_01_the_dns_event_keeps_the_candidates_and_the_best_is_chosen() {
    for city in ["nairobi", "sydney", "santiago", "reykjavik"] {
        let mut run = run([]);
        let events = act(&mut run, get(city, "/"));
        let answer = events.iter().find_map(|event| match &event.what {
            What::Resolved { answer, .. } => Some(answer.clone()),
            _ => None,
        });
        let answer = answer.unwrap();
        assert_eq!(answer.candidates, candidates(City::find(city).unwrap()));
        assert!(
            answer
                .candidates
                .iter()
                .all(|other| other.round_trip >= answer.candidates[0].round_trip)
        );
        assert_eq!(answer.chosen, answer.candidates[0].pop);
    }
}

/// The spans of an exchange by bracket, and the whole.
fn brackets(run: &Run, exchange: u32) -> (Vec<(&'static str, Duration)>, Duration) {
    let strip = Strip::of(run.journal(), ExchangeId(exchange)).unwrap();
    let spans: Vec<_> = strip.phases.iter().map(|phase| (phase.label, phase.span())).collect();
    assert_eq!(
        spans.iter().map(|(_, span)| *span).sum::<Duration>(),
        strip.total(),
        "to the microsecond"
    );
    assert!(
        strip.phases.windows(2).all(|pair| pair[0].until == pair[1].from),
        "no gap, no overlap"
    );
    (spans, strip.total())
}

#[test]
fn tls_54_59_dns_15_warm_dns_cached_and_cold_differ_by_exactly_those_parts() {
    // The same hit three times: cold, with DNS known but no connection, and warm. A wait of 130 s outlives the connection
    // and the DNS answer; the DNS answer is then asked for anew by a request to another POP's city only where it is the same.
    let city = City::find("paris").unwrap();
    let run =
        run([get("paris", "/app.js"), wait(130), get("paris", "/app.js"), get("paris", "/app.js")]);
    let (cold, cold_total) = brackets(&run, 1);
    let (warm, warm_total) = brackets(&run, 2);
    let round_trip = viewer_round_trip(city, edgewalk::network::best(city).position());
    let span = |spans: &[(&str, Duration)], label| {
        spans.iter().find(|(name, _)| *name == label).map(|(_, span)| *span)
    };
    assert_eq!(span(&cold, "TCP"), Some(round_trip), "TLS-54");
    assert_eq!(span(&cold, "TLS"), Some(round_trip), "TLS-54");
    assert_eq!(
        (span(&warm, "TCP"), span(&warm, "TLS"), span(&warm, "DNS")),
        (None, None, None),
        "TLS-59"
    );
    let dns = edgewalk::network::resolve("d111111abcdef8.cloudfront.net", city).took;
    assert_eq!(span(&cold, "DNS"), Some(dns), "DNS-15");
    assert_eq!(cold_total, warm_total + round_trip * 2 + dns);
    // Within a minute the DNS answer is known; between 60 and 120 s of rest the connection alone is.
    let mut run = Run::new(run.walk().scenario.clone()).unwrap();
    for action in [get("paris", "/app.js"), wait(70), get("paris", "/app.js")] {
        act(&mut run, action);
    }
    let (connected, connected_total) = brackets(&run, 1);
    assert_eq!((span(&connected, "TCP"), span(&connected, "DNS")), (None, Some(dns)));
    assert_eq!(connected_total, warm_total + dns);
}

#[test]
fn conn_01_05_tls_62_the_connection_to_an_origin_is_kept_for_five_seconds() {
    let handshake = |run: &mut Run, path: &str| {
        let events = act(run, get("paris", path));
        let leg = events.iter().find_map(|event| match &event.what {
            What::Reached { leg, .. } => Some(*leg),
            _ => None,
        });
        leg.unwrap()
    };
    let mut run = run([]);
    let first = handshake(&mut run, "/about.html");
    assert_eq!(first.handshake, first.round_trip * 2, "TCP and TLS 1.3");
    assert_eq!(handshake(&mut run, "/jobs.html").handshake, Duration::ZERO);
    act(&mut run, wait(6));
    assert_eq!(handshake(&mut run, "/terms.html").handshake, first.round_trip * 2);
    // CONN-05: by tier and origin, and an origin in another Region is reached by a connection of its own.
    assert_ne!(handshake(&mut run, "/api/cart").handshake, Duration::ZERO, "another origin");
    assert_eq!(handshake(&mut run, "/app.js").handshake, Duration::ZERO);
    act(&mut run, Action::SetOriginRegion { region: Region::find("us-west-2").unwrap() });
    let moved = handshake(&mut run, "/img/map.png");
    assert_eq!(moved.handshake, moved.round_trip * 2, "the open connection leads to us-east-1");
    act(&mut run, Action::SetOriginRegion { region: Region::find("us-east-1").unwrap() });
    assert_eq!(handshake(&mut run, "/img/sale.jpg").handshake, Duration::ZERO, "still open");
}

#[test]
fn rec_05_at_threshold_0_only_a_behavior_with_caching_off_is_dynamic() {
    for (dynamic_max_ttl_secs, goes_past) in [(3600, true), (600, false), (0, false)] {
        let mut scenario = built_in_scenario();
        scenario.dynamic_max_ttl_secs = dynamic_max_ttl_secs;
        scenario.distribution.behaviors[1].cache_policy.ttl.max = 600;
        let mut run = Run::new(scenario).unwrap();
        let events = act(&mut run, get("paris", "/feed.xml"));
        assert_eq!(at_rec(&events) == 0, goes_past, "threshold {dynamic_max_ttl_secs}");
        assert_eq!(at_rec(&act(&mut run, get("paris", "/api/orders"))), 0, "caching is off");
        if goes_past {
            let short = Bypass::ShortMaxTtl { max_secs: 600, threshold_secs: 3600 };
            let is_short = |decision: &&Decision| matches!(decision, Decision::Forwarded { route: Route::PastRec(why), .. } if *why == short);
            assert_eq!(decisions(&events).into_iter().filter(is_short).count(), 1);
        }
    }
    let mut stored = serde_json::to_value(built_in_scenario()).unwrap();
    stored.as_object_mut().unwrap().remove("dynamic_max_ttl_secs").unwrap();
    let read: edgewalk::simulation::Scenario = serde_json::from_value(stored).unwrap();
    assert_eq!(read, built_in_scenario(), "a scenario stored without it has the default");
}

#[test]
fn rec_02_met_03_a_cached_options_is_kept_by_the_pop_alone_and_apart_from_get() {
    let mut scenario = built_in_scenario();
    scenario.distribution.behaviors[1].caches_options = true;
    let mut run = Run::new(scenario).unwrap();
    act(&mut run, get("paris", "/app.js"));
    let options = || send("paris", Method::Options, "/app.js");
    let events = act(&mut run, options());
    assert_eq!(last_shown(run.journal()).0, "Miss from cloudfront", "MET-03: not GET's entry");
    assert_eq!(at_rec(&events), 0, "REC-02: past the REC, so in the POP only");
    let events = act(&mut run, options());
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.status.0), ("Hit from cloudfront", 204), "MET-03");
    assert!(events.iter().all(|event| !matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    act(&mut run, get("paris", "/app.js"));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.body.length), ("Hit from cloudfront", 184_320));
    let keys = |is_wanted: fn(&Place) -> bool| {
        let tiers = run.world().tiers().filter(|(place, _)| is_wanted(place));
        tiers
            .flat_map(|(_, tier)| tier.store().iter().map(|(key, _)| key.method))
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(|place| matches!(place, Place::Pop(_))), [None, Some(Method::Options)]);
    assert_eq!(keys(|place| matches!(place, Place::Rec(_))), [None]);
}

#[test]
fn bracket_sums_hold_for_every_exchange_of_generated_walks() {
    for seed in 0..40 {
        let walk = common::generated_walk(seed);
        let mut run = Run::new(walk.scenario.clone()).unwrap();
        for timed in walk.actions {
            let end = run.journal().len();
            let _ = run.act(timed.action, end);
        }
        let exchanges = run.journal().events().iter().filter_map(|event| event.exchange).max();
        for exchange in 0..exchanges.map_or(0, |id| id.0 + 1) {
            brackets(&run, exchange);
        }
    }
}

#[test]
fn start_with_empty_caches_makes_every_request_a_miss_and_off_again_does_not() {
    let mut run = run([get("paris", "/app.js"), Action::StartEmpty { on: true }]);
    for _ in 0..2 {
        assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Miss from cloudfront");
    }
    act(&mut run, Action::StartEmpty { on: false });
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Hit from cloudfront");
}

#[test]
fn dns_03_15_a_foreign_host_is_replaced_and_reported_and_an_alias_is_kept_and_resolved() {
    let city = City::find("paris").unwrap();
    for (host, replaced) in [("evil.example", Some("evil.example")), ("WWW.shop.example", None)] {
        let request = common::request_with(Method::Get, "/app.js", &format!("Host: {host}"));
        let mut run = run([Action::Send { city, request }]);
        let composed = run.journal().events().iter().find_map(|event| match &event.what {
            What::Composed { request, replaced_host } => {
                Some((request.clone(), replaced_host.clone()))
            }
            _ => None,
        });
        let (request, given) = composed.unwrap();
        assert_eq!(given.as_deref(), replaced);
        let sent = if replaced.is_some() { "d111111abcdef8.cloudfront.net" } else { host };
        assert_eq!(request.fields.all("Host").collect::<Vec<_>>(), [sent]);
        // DNS-03: what is looked up is that name; an alias costs its top-level domain and its zone besides.
        let resolved = |run: &Run| {
            let mut events = run.journal().events().iter().rev();
            let found = events.find_map(|event| match &event.what {
                What::Resolved { answer, cached_secs, .. } => {
                    Some((answer.name.clone(), answer.took, cached_secs.is_some()))
                }
                _ => None,
            });
            found.unwrap()
        };
        let name = sent.to_ascii_lowercase();
        let expected = edgewalk::network::resolve(&name, city);
        assert_eq!(resolved(&run), (name, expected.took, false));
        // DNS-15: each name's answer is kept by itself, and of the alias also in other letters.
        let again = common::request_with(Method::Get, "/app.js", "Host: www.shop.example");
        act(&mut run, Action::Send { city, request: again.clone() });
        let alias = edgewalk::network::resolve("www.shop.example", city);
        let own = edgewalk::network::resolve("d111111abcdef8.cloudfront.net", city);
        let servers = edgewalk::network::dns::name_server_round_trip(city);
        assert_eq!(alias.took, own.took + 2 * servers, "DNS-15");
        assert_eq!(resolved(&run), (alias.name.clone(), alias.took, replaced.is_none()));
        act(&mut run, Action::Send { city, request: again });
        assert!(resolved(&run).2);
    }
}

#[test]
fn refused_actions_change_nothing() {
    let mut run = run([get("paris", "/app.js")]);
    let (actions, events) = (run.walk().actions.len(), run.journal().len());
    let refused = [
        Action::SetPopCapacity { bytes: 0 },
        Action::Publish { path: "/nowhere".into() },
        Action::Wait { span: Duration::ZERO },
        Action::SetDynamic { pattern: edgewalk::distribution::PathPattern::new("/x"), on: true },
    ];
    for action in refused {
        let message = run.act(action, events).unwrap_err().to_string();
        assert!(!message.is_empty());
        assert_eq!((run.walk().actions.len(), run.journal().len()), (actions, events));
    }
    assert!(
        run.act(Action::SetOriginRegion { region: Region::find("eu-west-1").unwrap() }, events)
            .is_ok()
    );
}

#[test]
fn the_clock_of_a_walk_is_spoken_of_in_words() {
    let run = run([get("paris", "/app.js"), wait(7_500)]);
    let scene =
        edgewalk::scene::Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    let steps = edgewalk::scene::Steps::of(run.journal());
    let episode = edgewalk::scene::Episode::around(&steps, run.journal().len());
    assert_eq!(strip::clock(&scene, None, &episode).0, "2 h 5 min");
}
