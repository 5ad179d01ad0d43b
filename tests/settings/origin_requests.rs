//! What the origin gets of a viewer's request (distribution.md section 2.5 and 2.1).

use std::sync::Arc;

use edgewalk::distribution::{
    Behavior, Beside, CachePolicy, Configuration, OriginRequestPolicy, Selection, managed,
};
use edgewalk::http::{Method, Request};
use edgewalk::simulation::{Run, Walk};

use crate::common::{Edit as _, act, ask, request_with};
use crate::{reached, run_of};

const VIEWER: &str = "Host: www.shop.example\nAccept: text/html\nAccept-Language: de\nAuthorization: Basic YTpi\n\
    Cookie: a=1; b=2\nReferer: https://www.example.org/\nUser-Agent: Class/1.0\nX-Own: 1\nX-Forwarded-For: 192.0.2.9";

/// What the bucket of the shop gets of a GET of `/app.js?q=1&r=2`, under a behavior that is changed.
fn asked(method: Method, change: impl FnOnce(&mut Behavior)) -> Request {
    let mut run = run_of(|scenario| change(&mut scenario.edited().behaviors[1]));
    let mut request = request_with(method, "/app.js?q=1&r=2", VIEWER);
    request.content_length = if method == Method::Post { 3 } else { 0 };
    let events = act(&mut run, ask("paris", request));
    let (_, request) = reached(&events)[0];
    request.clone()
}

fn names(request: &Request) -> Vec<String> {
    let mut names: Vec<_> =
        request.fields.iter().map(|field| field.name().to_ascii_lowercase()).collect();
    names.sort_unstable();
    names
}

fn own(headers: Selection, cookies: Selection, query: Selection) -> OriginRequestPolicy {
    OriginRequestPolicy {
        name: "own".into(),
        headers,
        cloudfront_headers: Vec::new(),
        cookies,
        query,
    }
}

fn only(name: &str) -> Selection {
    Selection::Only(vec![name.to_owned()])
}

#[test]
fn ck_15_mu_01_with_a_cache_policy_alone_the_origin_gets_path_and_what_is_automatic() {
    for policy in [managed::caching_optimized(), managed::caching_disabled()] {
        let got = asked(Method::Get, |behavior| behavior.cache_policy = policy);
        assert_eq!(got.target.to_string(), "/app.js", "CK-15, MU-01: no query");
        assert_eq!(got.fields.get("User-Agent"), Some("Amazon CloudFront"), "CK-15");
        assert_eq!(got.fields.get("Host"), Some("shop-media.s3.us-east-1.amazonaws.com"), "CK-15");
        let mut names = names(&got);
        names.retain(|name| name != "accept-encoding"); // the codings are the key's own
        let automatic =
            ["connection", "host", "user-agent", "via", "x-amz-cf-id", "x-forwarded-for"];
        assert_eq!(names, automatic, "CK-15, MU-01: no cookie and no other header");
    }
}

#[test]
fn ck_08_what_both_policies_name_is_united() {
    let cookies = |policy: Selection, more: Selection| {
        let got = asked(Method::Get, |behavior| {
            behavior.cache_policy = CachePolicy { cookies: policy, ..managed::caching_optimized() };
            behavior.origin_request_policy = Some(own(Selection::None, more, Selection::None));
        });
        got.fields.get("Cookie").unwrap_or_default().to_owned()
    };
    assert_eq!(cookies(only("a"), only("b")), "a=1; b=2", "CK-08: union");
    let but = |name: &str| Selection::AllExcept(vec![name.to_owned()]);
    assert_eq!(cookies(Selection::All, but("a")), "a=1; b=2", "CK-08: all beats the block list");
    assert_eq!(cookies(only("a"), but("a")), "a=1; b=2", "CK-08: so does an allow list");
    assert_eq!(cookies(but("a"), only("a")), "a=1; b=2", "CK-08: and the other way round");
    let query = asked(Method::Get, |behavior| {
        behavior.cache_policy = CachePolicy { query: only("q"), ..managed::caching_optimized() };
        behavior.origin_request_policy = Some(own(Selection::None, Selection::None, only("r")));
    });
    assert_eq!(query.target.to_string(), "/app.js?q=1&r=2", "CK-08");
}

#[test]
fn ck_09_authorization_needs_a_policy_that_names_it_or_all() {
    let got = |method: Method, change: &dyn Fn(&mut Behavior)| {
        asked(method, change).fields.get("Authorization").is_some()
    };
    let plain = |_: &mut Behavior| {};
    assert!(!got(Method::Get, &plain) && !got(Method::Head, &plain), "CK-09: removed");
    let keyed = |behavior: &mut Behavior| {
        behavior.cache_policy.key_headers = vec!["Authorization".to_owned()];
    };
    assert!(got(Method::Get, &keyed), "CK-09: in the cache policy");
    let all = |behavior: &mut Behavior| {
        behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
    };
    assert!(got(Method::Get, &all), "CK-09: with all of the viewer's");
    let named = |behavior: &mut Behavior| {
        let policy = own(only("Authorization"), Selection::None, Selection::None);
        behavior.origin_request_policy = Some(policy);
    };
    assert!(got(Method::Get, &named), "CK-09: by name");
}

#[test]
fn ck_10_which_host_the_origin_gets() {
    const ORIGIN: &str = "shop-media.s3.us-east-1.amazonaws.com";
    const VIEWER_S: &str = "www.shop.example";
    let host = |change: &dyn Fn(&mut Behavior)| {
        asked(Method::Get, change).fields.get("Host").unwrap().to_owned()
    };
    assert_eq!(host(&|_| {}), ORIGIN, "CK-10: nothing");
    let with = |headers: Selection| {
        host(&|behavior| {
            let policy = own(headers.clone(), Selection::None, Selection::None);
            behavior.origin_request_policy = Some(policy);
        })
    };
    assert_eq!(with(Selection::All), VIEWER_S, "CK-10, MU-15: AllViewer forwards it");
    assert_eq!(with(Selection::AllExcept(vec!["Host".to_owned()])), ORIGIN, "CK-10");
    assert_eq!(
        host(&|behavior| behavior.cache_policy.key_headers = vec!["Host".to_owned()]),
        VIEWER_S,
        "CK-10: in the key"
    );
}

#[test]
fn ck_17_what_the_legacy_settings_remove_replace_and_append() {
    let text = include_str!("../../docs/reference/examples/legacy.json");
    let configuration = Configuration::open(text, &Beside::managed("us-east-1".into())).unwrap();
    let walk = Walk::of_configuration(Arc::new(configuration));
    let mut run = Run::new(walk.scenario).unwrap();
    let removed = "Cookie: a=1\nAccept: a/b\nAccept-Charset: utf-8\nAccept-Language: de\nAuthorization: Basic YTpi\n\
        Expect: 100-continue\nReferer: https://www.example.org/\nTE: trailers\nTrailer: X-End\n\
        X-Forwarded-Proto: http\nX-HTTP-Method-Override: PUT\nX-Real-IP: 192.0.2.1";
    let fields = format!(
        "{removed}\nUser-Agent: Class/1.0\nConnection: x-hop\nX-Forwarded-For: 192.0.2.9\nX-Own: 1\nDNT: 1"
    );
    let events =
        act(&mut run, ask("paris", request_with(Method::Get, "/images/example.jpg", &fields)));
    let (_, got) = reached(&events)[0];
    for line in removed.lines() {
        let name = line.split(':').next().unwrap();
        // OR-21: what stands there instead is CloudFront's own, for the bucket.
        let left = got.fields.get(name).filter(|left| !left.starts_with("AWS4-HMAC-SHA256"));
        assert_eq!(left, None, "CK-17: {name} is removed");
    }
    assert_eq!(got.fields.get("User-Agent"), Some("Amazon CloudFront"), "CK-17: replaced");
    assert_eq!(got.fields.get("Host"), Some("legacy-assets.s3.amazonaws.com"), "CK-17: replaced");
    assert_eq!(got.fields.get("Connection"), Some("Keep-Alive"), "CK-17: replaced");
    assert_eq!(got.fields.all("Connection").count(), 1, "CK-17: replaced");
    let identity = "AWS4-HMAC-SHA256 Credential=E127EXAMPLE51Z/us-east-1/s3/aws4_request";
    assert_eq!(got.fields.get("Authorization"), Some(identity), "OR-21: by the identity's name");
    let forwarded = got.fields.get("X-Forwarded-For").unwrap();
    assert!(forwarded.starts_with("192.0.2.9, ") && forwarded.len() > 12, "CK-17: {forwarded}");
    assert_eq!(
        [got.fields.get("X-Own"), got.fields.get("DNT")],
        [Some("1"); 2],
        "CK-17: they pass"
    );
}

#[test]
fn pp_11_mu_08_a_pattern_takes_nothing_off_a_path_and_an_origin_path_only_stands_before_it() {
    let mut run = run_of(|scenario| {
        let distribution = &mut scenario.edited();
        distribution.origins[1].path = "/production".into();
    });
    let events = act(&mut run, ask("paris", request_with(Method::Get, "/api/orders", "")));
    assert_eq!(reached(&events)[0].1.target.path(), "/production/api/orders", "PP-11, MU-08");
    let mut run = run_of(|_| {});
    let events = act(&mut run, ask("paris", request_with(Method::Get, "/api/orders", "")));
    assert_eq!(reached(&events)[0].1.target.path(), "/api/orders", "PP-11");
}
