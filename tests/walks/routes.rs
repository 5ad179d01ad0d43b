//! Who goes past the REC, and which methods may be answered from a cache.

use crate::common::Edit as _;
use edgewalk::distribution::TtlBounds;
use edgewalk::edge::{Bypass, Decision, NotStored, Route};
use edgewalk::http::{Field, Method, Request, Scheme};
use edgewalk::network::{City, Rec, nearest_rec};
use edgewalk::simulation::{Action, Event, Place, Run, built_in_scenario};

use crate::common::{act, ask, get, last_shown, request, request_with, run, send, trace};
use crate::{at_rec, decisions, reached, with_ttl, x_cache};

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
fn met_13_one_copy_serves_viewers_of_both_protocols() {
    for (path, first, second) in
        [("/app.js", Scheme::Https, Scheme::Http), ("/style.css", Scheme::Http, Scheme::Https)]
    {
        let by = |scheme| ask("paris", Request { scheme, ..request(Method::Get, path) });
        let mut run = run([]);
        let events = act(&mut run, by(first));
        let asked: Vec<Scheme> = reached(&events).map(|(request, _)| request.scheme).collect();
        assert_eq!(asked, [first], "MET-13: the origin is asked by the viewer's protocol");
        let events = act(&mut run, by(second));
        assert_eq!(reached(&events).count(), 0, "MET-13");
        assert_eq!(last_shown(run.journal()).0, "Hit from cloudfront", "MET-13");
    }
}

#[test]
fn flow_16_17_a_path_is_matched_normalised_and_kept_and_sent_on_raw() {
    let mut run = run([]);
    let matched = |events: &[Event]| {
        let behavior = decisions(events).into_iter().find_map(|decision| match decision {
            Decision::BehaviorMatched(matched) => Some(matched.pattern.to_string()),
            _ => None,
        });
        behavior.unwrap()
    };
    for raw in ["/img/../api/orders", "//api/orders", "/./api/orders"] {
        let events = act(&mut run, get("paris", raw));
        assert_eq!(matched(&events), "/api/*", "FLOW-16: {raw}");
        let (request, _) = reached(&events).next().unwrap();
        assert_eq!(request.target.path(), raw, "FLOW-16");
    }
    assert_eq!(matched(&act(&mut run, get("paris", "/api/../app.js"))), "*", "FLOW-16");
    // A bucket has no object of that name, though there is one of the other.
    assert_eq!(last_shown(run.journal()).1.status.0, 404, "FLOW-16");
    assert_eq!(x_cache(&mut run, get("paris", "/app.js")), "Miss from cloudfront", "FLOW-17");
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
fn lim_17_a_conditional_write_that_fails_at_the_origin_is_a_412_and_not_kept() {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let request = request_with(Method::Put, "/api/cart", "If-Match: \"of-yesterday\"");
    let events = act(&mut run, ask("paris", request));
    let (word, response) = last_shown(run.journal());
    assert_eq!((response.status.0, &*word), (412, "Error from cloudfront"));
    assert!(trace(&events).contains(&"origin us-east-1 replied 412".to_owned()));
    assert!(!trace(&events).iter().any(|line| line.contains(" stored ")));
}

#[test]
fn orp_02_what_the_origin_request_policy_alone_names_reaches_the_origin_and_splits_nothing() {
    let mut scenario = built_in_scenario();
    let policy = edgewalk::distribution::managed::all_viewer_except_host_header();
    scenario.edited().behaviors[1].origin_request_policy = Some(policy);
    let mut run = Run::new(scenario).unwrap();
    let events = act(&mut run, get("paris", "/app.js?utm=1"));
    let asked = reached(&events).next().map(|(request, _)| request.target.to_string());
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
    let pattern = run.walk().scenario.configuration.distribution().behaviors[1].pattern.clone();
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
    assert_eq!(run.world().settings().bucket_region, Some(rec.region()));
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert_eq!(at_rec(&events), 0, "REC-06");
    let here = |decision: &&&Decision| matches!(decision, Decision::Forwarded { route: Route::PastRec(Bypass::SameRegion { region }), .. } if region == rec.code());
    assert_eq!(decisions(&events).iter().filter(here).count(), 1);
    act(&mut run, Action::SetSameRegion { on: false, city });
    assert!(at_rec(&act(&mut run, get("paris", "/app.js"))) > 0, "REC-07");
    // REC-08: the load balancer in the same Region is a custom origin; with caching on it is asked through the REC.
    act(&mut run, Action::SetOriginRegion { region: rec.region() });
    let pattern = run.walk().scenario.configuration.distribution().behaviors[0].pattern.clone();
    act(&mut run, Action::SetDynamic { pattern, on: false });
    assert!(at_rec(&act(&mut run, get("paris", "/api/cart"))) > 0, "REC-08");
}

#[test]
fn the_bucket_follows_the_rec_of_whoever_sends_while_the_switch_is_on() {
    let city = City::find("paris").unwrap();
    let mut run = run([Action::SetSameRegion { on: true, city }]);
    let events = act(&mut run, get("tokyo", "/app.js"));
    assert_eq!(at_rec(&events), 0);
    assert_eq!(run.world().settings().bucket_region.unwrap().code(), "ap-northeast-1");
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
    act(&mut run, ask("paris", conditional));
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
    let events = act(&mut run, ask("paris", with_body));
    assert!(!events.iter().any(|event| matches!(event.place, Place::Rec(_) | Place::Origin(_))));
    let (x_cache, response) = last_shown(run.journal());
    assert_eq!((x_cache.as_str(), response.status.0), ("Error from cloudfront", 403));
}

#[test]
fn cb_09_st_18_a_refusal_of_a_behavior_has_what_its_response_headers_policy_adds() {
    use edgewalk::distribution::{
        AllowedMethods, PolicyField, ResponseHeadersPolicy, SamplingRate, ViewerProtocolPolicy,
    };
    let mut scenario = built_in_scenario();
    for behavior in &mut scenario.edited().behaviors {
        behavior.viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
        behavior.allowed_methods = AllowedMethods::GetHead;
        behavior.response_headers_policy = Some(ResponseHeadersPolicy {
            remove: vec!["X-Cache".into()],
            fields: vec![PolicyField {
                name: "X-Frame-Options".into(),
                value: "SAMEORIGIN".into(),
                overrides: false,
            }],
            server_timing: Some(SamplingRate::ALL),
            ..ResponseHeadersPolicy::default()
        });
    }
    let mut by_http = request(Method::Get, "/app.js");
    by_http.scheme = edgewalk::http::Scheme::Http;
    let mut with_body = request(Method::Get, "/app.js");
    with_body.content_length = 5;
    let too_long = request(Method::Get, &format!("/{}", "a".repeat(9_000)));
    // The request, the status, and whether a behavior has a say.
    let table = [
        (by_http, 301, true),
        (with_body, 403, true),
        (request(Method::Post, "/app.js"), 403, true),
        (too_long, 414, false),
    ];
    for (request, status, has_policy) in table {
        let mut run = Run::new(scenario.clone()).unwrap();
        act(&mut run, ask("paris", request));
        let fields = last_shown(run.journal()).1;
        assert_eq!(fields.status.0, status);
        let fields = &fields.fields;
        assert_eq!(fields.get("X-Frame-Options"), has_policy.then_some("SAMEORIGIN"), "{status}");
        assert_eq!(fields.has("X-Cache"), !has_policy, "XC-13: {status}");
        let timing = fields.get("Server-Timing").unwrap_or_default();
        assert_eq!(timing.starts_with("cdn-pop;desc=\"CDG"), has_policy, "ST-18: {timing}");
        assert!(
            !timing.contains("cdn-cache") && !timing.contains("cdn-hit-layer"),
            "ST-18: {timing}"
        );
        assert!(fields.has("Via") && fields.has("X-Amz-Cf-Id"), "{status}");
    }
}

#[test]
fn rec_05_at_threshold_0_only_a_behavior_with_caching_off_is_dynamic() {
    for (dynamic_max_ttl_secs, goes_past) in [(3600, true), (600, false), (0, false)] {
        let mut scenario = built_in_scenario();
        scenario.dynamic_max_ttl_secs = dynamic_max_ttl_secs;
        scenario.edited().behaviors[1].cache_policy.ttl.max = 600;
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
    scenario.edited().behaviors[1].caches_options = true;
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
            .flat_map(|(_, tier)| tier.store().iter().map(|(key, _)| key.method()))
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(|place| matches!(place, Place::Pop(_))), [None, Some(Method::Options)]);
    assert_eq!(keys(|place| matches!(place, Place::Rec(_))), [None]);
}

#[test]
fn rec_02_shd_17_a_shield_passes_options_on_and_keeps_nothing() {
    let mut scenario = built_in_scenario();
    scenario.edited().behaviors[1].caches_options = true;
    for origin in &mut scenario.edited().origins {
        origin.shield_region = Some("us-east-2".into());
    }
    let mut run = Run::new(scenario).unwrap();
    for city in ["paris", "tokyo"] {
        let events = act(&mut run, send(city, Method::Options, "/app.js"));
        assert_eq!(last_shown(run.journal()).0, "Miss from cloudfront", "{city}");
        let at_recs = events.iter().filter(|event| matches!(event.place, Place::Rec(_)));
        let shield = Place::Rec(Rec::find("us-east-2").unwrap());
        assert!(at_recs.clone().count() > 0, "SHD-17, {city}");
        assert!(at_recs.into_iter().all(|event| event.place == shield), "SHD-17, {city}");
        assert!(events.iter().any(|event| matches!(event.place, Place::Origin(_))), "{city}");
    }
    let recs = run.world().tiers().filter(|(place, _)| matches!(place, Place::Rec(_)));
    assert!(recs.into_iter().all(|(_, tier)| tier.store().is_empty()), "REC-02");
    assert_eq!(x_cache(&mut run, send("paris", Method::Options, "/app.js")), "Hit from cloudfront");
}

#[test]
fn lim_24_the_root_object_is_served_for_the_root_whatever_the_method() {
    for method in [
        Method::Get,
        Method::Head,
        Method::Options,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
    ] {
        let mut run = run([]);
        let events = act(&mut run, send("paris", method, "/"));
        let asked: Vec<_> = reached(&events)
            .map(|(request, _)| (request.method, request.target.path().to_owned()))
            .collect();
        assert_eq!(asked, [(method, "/index.html".to_owned())], "LIM-24: {method}");
    }
    let mut run = run([get("paris", "/")]);
    assert_eq!(x_cache(&mut run, get("paris", "/index.html")), "Hit from cloudfront", "LIM-24");
}
