//! Settings whose real effect is most often misread (distribution.md section 10), and what else their rows say of a request.

use edgewalk::distribution::{
    AllowedMethods, OriginGroup, OriginProtocol, OriginRequestPolicy, Selection,
    ViewerProtocolPolicy,
};
use edgewalk::edge::Decision;
use edgewalk::http::{Method, Request, Scheme, Status, Version};
use edgewalk::origin::{Health, Site};
use edgewalk::simulation::{Action, Event, Place, Run, Scenario, What};

use crate::common::{Edit as _, act, ask, get, last_shown, request, request_with, send};
use crate::{HIT, MISS, file, reached, run_of, shown};

fn by_http(method: Method, path: &str) -> Request {
    Request { scheme: Scheme::Http, ..request(method, path) }
}

#[test]
fn mu_02_an_origin_request_policy_never_touches_the_key() {
    let mut run = run_of(|scenario| {
        scenario.edited().behaviors[1].origin_request_policy = Some(OriginRequestPolicy {
            name: "all".into(),
            headers: Selection::None,
            cloudfront_headers: Vec::new(),
            cookies: Selection::All,
            query: Selection::All,
        });
    });
    let as_user =
        |name: &str| request_with(Method::Get, "/app.js", &format!("Cookie: user={name}"));
    let events = act(&mut run, ask("paris", as_user("ann")));
    assert_eq!(reached(&events)[0].1.fields.get("Cookie"), Some("user=ann"), "MU-02");
    assert_eq!(shown(&mut run, ask("paris", as_user("bob"))).1, HIT, "MU-02: ann's own copy");
}

#[test]
fn mu_05_a_default_root_object_is_for_the_root_alone() {
    let path = |path: &str| {
        let mut run = run_of(|_| {});
        let events = act(&mut run, get("paris", path));
        reached(&events)[0].1.target.path().to_owned()
    };
    assert_eq!(path("/"), "/index.html", "MU-05");
    assert_eq!(path("/products/"), "/products/", "MU-05");
}

#[test]
fn mu_06_a_method_that_is_not_allowed_is_a_403_of_the_edge_s_own() {
    let mut run = run_of(|scenario| {
        scenario.edited().behaviors[1].allowed_methods = AllowedMethods::GetHead;
    });
    let events = act(&mut run, send("paris", Method::Delete, "/app.js"));
    assert_eq!(last_shown(run.journal()).1.status.0, 403, "MU-06");
    let beyond = |event: &&Event| matches!(event.place, Place::Rec(_) | Place::Origin(_));
    assert_eq!(events.iter().filter(beyond).count(), 0, "MU-06: nobody else is asked");
}

#[test]
fn mu_07_vp_06_a_redirect_to_https_keeps_the_method() {
    let status = |request: Request| {
        let mut run = run_of(|scenario| {
            scenario.edited().behaviors[1].viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
        });
        shown(&mut run, ask("paris", request)).0
    };
    for method in Method::ALL {
        let moved = matches!(method, Method::Get | Method::Head);
        let expected = if moved { 301 } else { 307 };
        assert_eq!(status(by_http(method, "/app.js")), expected, "MU-07, VP-06: {method:?}");
        let old = Request { version: Version::Http10, ..by_http(method, "/app.js") };
        assert_eq!(status(old), if moved { 301 } else { 403 }, "MU-07: {method:?} by HTTP/1.0");
    }
}

/// Both origins of the shop in one group, the bucket first.
fn grouped(scenario: &mut Scenario, statuses: &[u16]) {
    let distribution = &mut scenario.edited();
    distribution.origin_groups = vec![OriginGroup {
        id: "both".into(),
        members: ["shop-media".into(), "shop-api".into()],
        failover_statuses: statuses.to_vec(),
    }];
    distribution.behaviors[1].origin_id = "both".into();
}

fn bucket_is(health: Health) -> Action {
    Action::SetHealth { origin_id: "shop-media".into(), health }
}

fn fails_over(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(&event.what, What::Decided(Decision::FailedOver { .. })))
}

#[test]
fn mu_09_failover_is_for_reading_and_for_what_is_listed() {
    let turned = |statuses: &[u16], health: Health, method: Method| {
        let mut run = run_of(|scenario| {
            grouped(scenario, statuses);
            scenario.edited().behaviors[1].caches_options = true; // FO-07: OPTIONS only then
        });
        act(&mut run, bucket_is(health));
        fails_over(&act(&mut run, send("paris", method, "/app.js")))
    };
    let down = Health::Failing(Status(500));
    for method in [Method::Get, Method::Head, Method::Options] {
        assert!(turned(&[500], down, method), "MU-09: {method:?}");
    }
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        assert!(!turned(&[500], down, method), "MU-09: {method:?}");
    }
    assert!(
        !turned(&[500, 504], Health::Unreachable, Method::Get),
        "MU-09: a connection needs 503"
    );
    assert!(turned(&[503], Health::Unreachable, Method::Get), "MU-09");
    assert!(!turned(&[500, 503], Health::Silent, Method::Get), "MU-09: a time-out needs 504");
    assert!(turned(&[504], Health::Silent, Method::Get), "MU-09");
    // The primary is tried every time.
    let mut run = run_of(|scenario| grouped(scenario, &[500]));
    act(&mut run, bucket_is(down));
    for path in ["/app.js", "/style.css"] {
        let events = act(&mut run, get("paris", path));
        let hosts: Vec<_> =
            reached(&events).iter().map(|(_, to)| to.fields.get("Host").unwrap()).collect();
        assert!(hosts.len() == 2 && hosts[0].starts_with("shop-media."), "MU-09: {hosts:?}");
    }
}

#[test]
fn og_11_each_member_of_a_group_goes_through_its_own_shield() {
    let mut run = run_of(|scenario| {
        grouped(scenario, &[500]);
        let distribution = &mut scenario.edited();
        distribution.origins[0].shield_region = Some("sa-east-1".into());
        distribution.origins[1].shield_region = Some("ap-south-1".into());
    });
    act(&mut run, bucket_is(Health::Failing(Status(500))));
    let events = act(&mut run, get("paris", "/app.js"));
    let mut shields: Vec<_> = events
        .iter()
        .filter_map(|event| match event.place {
            Place::Rec(rec) => Some(rec.region().code()),
            _ => None,
        })
        .filter(|region| ["sa-east-1", "ap-south-1"].contains(region))
        .collect();
    shields.dedup();
    assert_eq!(shields[0], "sa-east-1", "OG-11: {shields:?}");
    assert!(shields.contains(&"ap-south-1"), "OG-11: {shields:?}");
}

/// The regional caches that a request passes, each once, in order.
fn recs(events: &[Event]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for event in events {
        if let Place::Rec(rec) = event.place
            && !all.contains(&rec.region().code())
        {
            all.push(rec.region().code());
        }
    }
    all
}

#[test]
fn mu_11_origin_shield_is_a_third_cache_behind_the_regional_one() {
    let passes = |shield: Option<&str>| {
        let mut run = run_of(|scenario| {
            scenario.edited().origins[0].shield_region = shield.map(String::from);
        });
        recs(&act(&mut run, get("paris", "/app.js")))
    };
    let home = passes(None);
    assert_eq!(home.len(), 1);
    assert_eq!(passes(Some("sa-east-1")), [home[0], "sa-east-1"], "MU-11");
    assert_eq!(passes(Some(home[0])), home, "MU-11: the same one where the Regions coincide");
}

#[test]
fn mu_12_who_goes_past_the_regional_cache() {
    let passes = |run: &mut Run, action: Action| recs(&act(run, action)).len();
    let mut run = run_of(|_| {});
    assert_eq!(passes(&mut run, get("paris", "/app.js")), 1);
    for method in [Method::Put, Method::Post, Method::Patch, Method::Delete, Method::Options] {
        assert_eq!(passes(&mut run, send("paris", method, "/style.css")), 0, "MU-12: {method:?}");
    }
    assert_eq!(passes(&mut run, get("paris", "/api/orders")), 0, "MU-12: what is dynamic");
    let paris = edgewalk::network::City::find("paris").unwrap();
    act(&mut run, Action::SetSameRegion { on: true, city: paris });
    assert_eq!(passes(&mut run, get("paris", "/logo.svg")), 0, "MU-12: a bucket in its own Region");
}

#[test]
fn mu_13_match_viewer_makes_one_object_for_both_protocols() {
    let mut run = run_of(|scenario| {
        let distribution = &mut scenario.edited();
        distribution.origins[1].protocol = OriginProtocol::MatchViewer;
        distribution.behaviors[1].origin_id = "shop-api".into();
    });
    assert_eq!(shown(&mut run, ask("paris", by_http(Method::Get, "/app.js"))).1, MISS);
    assert_eq!(shown(&mut run, get("paris", "/app.js")).1, HIT, "MU-13");
}

#[test]
fn mu_14_qt_26_compress_alone_compresses_nothing() {
    let coding = |change: &dyn Fn(&mut Scenario)| {
        let mut run = run_of(|scenario| {
            scenario.site = Site::new([file("/a", Some("max-age=60"))]);
            scenario.edited().behaviors[1].compress = true;
            change(scenario);
        });
        act(&mut run, get("paris", "/a"));
        last_shown(run.journal()).1.fields.get("Content-Encoding").map(String::from)
    };
    let br = Some("br".to_owned());
    assert_eq!(coding(&|_| {}), br);
    let of = |size_bytes: u64, content_type: &str| {
        coding(&|scenario| {
            let mut object = file("/a", Some("max-age=60"));
            (object.size_bytes, object.content_type) = (size_bytes, content_type.to_owned());
            scenario.site = Site::new([object]);
            scenario.pop_capacity_bytes = 100_000_000;
        })
    };
    let html = "text/html";
    assert_eq!([of(999, html), of(1_000, html)], [None, br.clone()], "MU-14, QT-26: size");
    assert_eq!([of(10_000_000, html), of(10_000_001, html)], [br, None], "MU-14, QT-26: size");
    assert_eq!(of(2_000, "image/jpeg"), None, "MU-14: type");
    let without_flags = |scenario: &mut Scenario| {
        let policy = &mut scenario.edited().behaviors[1].cache_policy;
        (policy.gzip, policy.brotli) = (false, false);
    };
    assert_eq!(coding(&without_flags), None, "MU-14: the policy's flags");
    let off = |scenario: &mut Scenario| {
        scenario.edited().behaviors[1].compress = false;
    };
    assert_eq!(coding(&off), None, "and without it nothing is");
}
