//! What origin and viewer get to see.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::*;
use crate::distribution::{
    Behavior, CachePolicy, Cors, LegacySettings, Origin, OriginKind, OriginRequestPolicy,
    PolicyField, ResponseHeadersPolicy, SamplingRate, Selection, managed,
};
use crate::edge::{CacheKey, Layer, UpstreamTiming};
use crate::http::{Fields, Method, Request, Scheme, Target, Version};

fn identity() -> Identity {
    Identity {
        pop_code: "SEA19-C1".into(),
        via_name: "4f1c".into(),
        request_id: "id==".into(),
        viewer: ViewerFacts {
            ip: "192.0.2.7".into(),
            port: 4711,
            country: Some("FR".into()),
            city: Some("Paris".into()),
            as_number: Some(64_496),
        },
    }
}

fn sent(method: Method, fields: &str, behavior: &Behavior) -> Request {
    sent_to("/a?x=1&y=2", method, fields, behavior)
}

fn sent_to(target: &str, method: Method, fields: &str, behavior: &Behavior) -> Request {
    let fields = Fields::parse(fields).unwrap().into();
    let viewer = Request::new(method, Target::parse(target).unwrap(), fields);
    origin_request(&viewer, "/a", behavior, &Origin::s3_bucket("o", "b", "us-east-1"), &identity())
}

#[test]
fn qh_01_to_12_without_policies_only_what_is_automatic_goes() {
    let all = "Host: d\nUser-Agent: U\nAccept: */*\nCookie: a=1\nReferer: r\nTE: t\nProxy-X: 1\nX-Edge-A: 1\n\
        Authorization: s\nX-Forwarded-For: 198.51.100.1\nX-Real-IP: 1\nRange: bytes=0-1\nIf-Match: \"a\"\nOrigin: o";
    let request = sent(Method::Get, all, &Behavior::new("*", "o", managed::caching_disabled()));
    let text: Vec<_> =
        request.fields.iter().map(|f| format!("{}: {}", f.name(), f.value())).collect();
    let expected = [
        "Host: b.s3.us-east-1.amazonaws.com",
        "User-Agent: Amazon CloudFront",
        "Range: bytes=0-1",
        "If-Match: \"a\"",
        "X-Forwarded-For: 198.51.100.1, 192.0.2.7",
        "Via: 2.0 4f1c.cloudfront.net (CloudFront)",
        "X-Amz-Cf-Id: id==",
        "Connection: Keep-Alive",
    ];
    assert_eq!(text, expected);
    assert_eq!(request.target.to_string(), "/a", "QS-02");
}

#[test]
fn orp_02_03_08_an_origin_request_policy_adds() {
    let mut behavior = Behavior::new("*", "o", managed::caching_disabled());
    behavior.origin_request_policy = Some(managed::all_viewer_except_host_header());
    let request =
        sent(Method::Get, "Host: d\nUser-Agent: U\nAccept: */*\nCookie: b=2; a=1", &behavior);
    assert_eq!(request.target.to_string(), "/a?x=1&y=2");
    let get = |name| request.fields.get(name);
    assert_eq!(
        (get("Accept"), get("User-Agent"), get("Cookie")),
        (Some("*/*"), Some("U"), Some("a=1; b=2"))
    );
    assert_eq!(get("Host"), Some("b.s3.us-east-1.amazonaws.com"));
    behavior.origin_request_policy = None;
    let request = sent(Method::Get, "Host: d\nAccept: */*\nCookie: a=1", &behavior);
    assert_eq!(request.target.to_string(), "/a", "ORP-03");
    assert!(!request.fields.has("Accept") && !request.fields.has("Cookie"), "ORP-03");
}

#[test]
fn orp_02_to_07_both_policies_choose_cookies_and_queries() {
    let only = |names: &[&str]| Selection::Only(names.iter().map(|n| (*n).into()).collect());
    let but = |names: &[&str]| Selection::AllExcept(names.iter().map(|n| (*n).into()).collect());
    let (none, all) = (Selection::None, Selection::All);
    // The cache policy's selection, the origin request policy's, and which of x, y and z are sent.
    let table = [
        ("ORP-02", none.clone(), only(&["x"]), "x"),
        ("ORP-02", only(&["x"]), only(&["y"]), "xy"),
        ("ORP-03", only(&["x"]), none.clone(), "x"),
        ("ORP-04", only(&["x"]), but(&["x"]), "xyz"),
        ("ORP-04", only(&["x"]), but(&["x", "y"]), "xz"),
        ("ORP-05", but(&["x"]), only(&["x"]), "xyz"),
        ("ORP-05", but(&["x", "y"]), only(&["x"]), "xz"),
        ("ORP-06", all.clone(), but(&["x"]), "xyz"),
        ("ORP-06", all, none.clone(), "xyz"),
        ("ORP-07", but(&["x"]), but(&["y"]), "z"),
        ("ORP-07", but(&["x"]), none, "yz"),
    ];
    for (row, key, more, names) in table {
        let mut behavior = Behavior::new("*", "o", managed::caching_disabled());
        let pairs = |between| {
            let pairs: Vec<_> = names.chars().map(|name| format!("{name}=1")).collect();
            pairs.join(between)
        };
        behavior.cache_policy =
            CachePolicy { cookies: key.clone(), query: key, ..behavior.cache_policy };
        behavior.origin_request_policy = Some(OriginRequestPolicy {
            name: row.into(),
            headers: Selection::None,
            cloudfront_headers: Vec::new(),
            cookies: more.clone(),
            query: more,
        });
        let request = sent_to("/a?x=1&y=1&z=1", Method::Get, "Cookie: x=1; y=1; z=1", &behavior);
        assert_eq!(request.fields.get("Cookie"), Some(&*pairs("; ")), "{row}");
        assert_eq!(request.target.query(), Some(&*pairs("&")), "{row}");
    }
}

#[test]
fn auth_01_05_06_authorization() {
    let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
    assert!(!sent(Method::Get, "Authorization: s", &behavior).fields.has("Authorization"));
    assert!(sent(Method::Post, "Authorization: s", &behavior).fields.has("Authorization"));
    for caches_options in [false, true] {
        behavior.caches_options = caches_options;
        let options = sent(Method::Options, "Authorization: s", &behavior);
        assert_eq!(options.fields.has("Authorization"), !caches_options, "AUTH-06");
    }
}

#[test]
fn ae_04_09_10_what_the_origin_sees_of_accept_encoding() {
    let on = Behavior::new("*", "o", managed::caching_optimized());
    let seen = |fields, behavior| {
        sent(Method::Get, fields, behavior).fields.get("Accept-Encoding").map(String::from)
    };
    assert_eq!(seen("Accept-Encoding: gzip, deflate, br", &on).as_deref(), Some("br,gzip"));
    assert_eq!(seen("Accept-Encoding: deflate", &on).as_deref(), Some("identity"));
    assert_eq!(seen("", &on), None);
    assert_eq!(
        seen("Accept-Encoding: br", &Behavior::new("*", "o", managed::caching_disabled())),
        None
    );
}

#[test]
fn xc_01_to_04_x_cache() {
    assert_eq!(x_cache(false, Contact::None), "Hit from cloudfront");
    assert_eq!(x_cache(false, Contact::Fetched), "Miss from cloudfront");
    assert_eq!(x_cache(false, Contact::Validated), "RefreshHit from cloudfront");
    assert_eq!(x_cache(true, Contact::None), "Error from cloudfront");
}

/// The fields that a viewer gets under this behavior.
fn shown(from_origin: &str, behavior: &Behavior, viewer: &str, contact: Contact) -> Fields {
    shown_of(from_origin, behavior, viewer, contact, OriginKind::LoadBalancer)
}

fn shown_of(
    from_origin: &str,
    behavior: &Behavior,
    viewer: &str,
    contact: Contact,
    kind: OriginKind,
) -> Fields {
    let (method, viewer) = match viewer.strip_prefix("OPTIONS\n") {
        Some(rest) => (Method::Options, rest),
        None => (Method::Get, viewer),
    };
    let fields = Fields::parse(viewer).unwrap().into();
    let viewer = Request::new(method, Target::parse("/a").unwrap(), fields);
    let identity = identity();
    let age_secs = (contact == Contact::None).then_some(65);
    let dressing = Dressing {
        behavior,
        kind,
        viewer: &viewer,
        x_cache: x_cache(false, contact),
        age_secs,
        now_unix: 1_767_225_600,
        timing: timing(contact, Layer::Pop, &identity),
        identity: &identity,
    };
    viewer_response(&Fields::parse(from_origin).unwrap(), &dressing)
}

fn timing(contact: Contact, layer: Layer, identity: &Identity) -> ServerTiming<'_> {
    let upstream = UpstreamTiming {
        dns: Duration::ZERO,
        connect: Duration::from_micros(114_900),
        first_byte: Duration::from_millis(177),
    };
    ServerTiming {
        contact,
        layer,
        is_plain: false,
        upstream: (contact != Contact::None).then_some(upstream),
        downstream: Duration::from_millis(436),
        identity,
    }
}

fn plain() -> Behavior {
    Behavior::new("*", "o", managed::caching_optimized())
}

fn with_policy(policy: ResponseHeadersPolicy) -> Behavior {
    Behavior { response_headers_policy: Some(policy), ..plain() }
}

fn lines(fields: &Fields) -> Vec<String> {
    fields.iter().map(|field| format!("{}: {}", field.name(), field.value())).collect()
}

#[test]
fn rh_01_to_08_setc_01_vary_01_xfer_11_what_the_viewer_gets() {
    let origin = "Server: AmazonS3\nAge: 5\nSet-Cookie: a=1\nVary: X-Lang, Accept-Encoding\nX-Amz-Id-2: x\n\
        X-Amz-Request-Id: y\nTrailer: t\nUpgrade: u\nETag: \"e\"\nCache-Control: max-age=5\nVia: 1.1 origin";
    let fields = shown_of(origin, &plain(), "", Contact::None, OriginKind::S3Bucket);
    let expected = [
        "Server: AmazonS3",
        "ETag: \"e\"",
        "Cache-Control: max-age=5",
        "Via: 1.1 4f1c.cloudfront.net (CloudFront)",
        "Vary: Accept-Encoding",
        "Age: 65",
        "X-Cache: Hit from cloudfront",
        "X-Amz-Cf-Pop: SEA19-C1",
        "X-Amz-Cf-Id: id==",
    ];
    assert_eq!(lines(&fields), expected);
    let passed = shown(origin, &plain(), "", Contact::Fetched);
    assert_eq!(passed.get("Age"), Some("5"), "AGE-01: on a miss the origin's Age passes");
    assert!(passed.has("X-Amz-Id-2"), "RH-07: S3 only");
    assert_eq!(shown("", &plain(), "", Contact::None).get("Server"), Some("CloudFront"), "RH-04");
}

#[test]
fn vary_01_to_04_which_tokens_stay() {
    let vary = |origin: &str, behavior: &Behavior| {
        shown(origin, behavior, "", Contact::None).get("Vary").map(String::from)
    };
    let all = "Vary: X-Lang, accept-encoding\nVary: Cookie, User-Agent, *";
    assert_eq!(vary(all, &plain()).as_deref(), Some("accept-encoding, Cookie"), "VARY-01, VARY-03");
    assert_eq!(vary("Vary: X-Lang", &plain()), None, "VARY-01");
    let mut keyed = plain();
    keyed.cache_policy.key_headers = vec!["x-lang".into()];
    assert_eq!(vary("Vary: X-Lang, X-B", &keyed).as_deref(), Some("X-Lang"), "VARY-02");
    let mut forwarded = plain();
    forwarded.origin_request_policy = Some(managed::all_viewer_except_host_header());
    assert_eq!(vary("Vary: X-Lang", &forwarded).as_deref(), Some("X-Lang"), "VARY-02");
    let mut device = plain();
    device.cache_policy.key_headers = vec!["CloudFront-Is-Mobile-Viewer".into()];
    assert_eq!(vary("Vary: User-Agent", &device).as_deref(), Some("User-Agent"), "VARY-04");
}

#[test]
fn rh_04_05_09_xc_13_a_policy_removes_and_then_adds() {
    let field = |name: &str, overrides| PolicyField {
        name: name.into(),
        value: "policy".into(),
        overrides,
    };
    let behavior = with_policy(ResponseHeadersPolicy {
        remove: ["Server", "Date", "X-Cache", "Via", "X-Amz-Cf-Id", "X-Old"]
            .map(String::from)
            .into(),
        fields: vec![field("X-Frame-Options", false), field("X-Content-Type-Options", true)],
        ..ResponseHeadersPolicy::default()
    });
    let origin = "Server: nginx\nDate: Wed, 31 Dec 2025 00:00:00 GMT\nX-Old: 1\nX-Frame-Options: DENY\n\
        X-Content-Type-Options: other";
    for contact in [Contact::None, Contact::Fetched] {
        let fields = shown(origin, &behavior, "", contact);
        let get = |name| fields.get(name);
        assert_eq!(get("Server"), Some("CloudFront"), "RH-04");
        assert_eq!(get("Date"), Some("Thu, 01 Jan 2026 00:00:00 GMT"), "RH-05");
        assert_eq!((get("X-Old"), get("X-Cache")), (None, None), "RH-09, XC-13");
        assert!(get("Via").is_some() && get("X-Amz-Cf-Id").is_some(), "they cannot be removed");
        assert_eq!(get("X-Frame-Options"), Some("DENY"), "RH-09: the origin's is kept");
        assert_eq!(get("X-Content-Type-Options"), Some("policy"), "RH-09: the policy's wins");
    }
    assert_eq!(shown("", &behavior, "", Contact::None).get("X-Frame-Options"), Some("policy"));
}

#[test]
fn rh_09_cors_fields_go_as_one() {
    let cors = |overrides| {
        with_policy(ResponseHeadersPolicy {
            cors: Some(Cors {
                allow_origins: vec!["https://a.example".into()],
                allow_methods: vec!["GET".into(), "PUT".into()],
                expose_headers: vec!["*".into()],
                max_age_secs: Some(600),
                overrides,
                ..Cors::default()
            }),
            ..ResponseHeadersPolicy::default()
        })
    };
    let ours = |fields: &Fields| -> Vec<String> {
        lines(fields).into_iter().filter(|line| line.starts_with("Access-")).collect()
    };
    let asked = "Origin: https://a.example";
    let simple =
        ["Access-Control-Allow-Origin: https://a.example", "Access-Control-Expose-Headers: *"];
    assert_eq!(ours(&shown("", &cors(false), asked, Contact::None)), simple);
    assert!(ours(&shown("", &cors(false), "", Contact::None)).is_empty(), "no Origin, no CORS");
    assert!(ours(&shown("", &cors(false), "Origin: https://b.example", Contact::None)).is_empty());
    let own = "Access-Control-Max-Age: 5";
    assert_eq!(ours(&shown(own, &cors(false), asked, Contact::None)), [own], "one keeps all out");
    assert_eq!(ours(&shown(own, &cors(true), asked, Contact::None)), simple);
    let preflight = format!("OPTIONS\n{asked}\nAccess-Control-Request-Method: PUT");
    let answer = ours(&shown("", &cors(false), &preflight, Contact::Fetched));
    assert!(answer.contains(&"Access-Control-Allow-Methods: GET, PUT".to_owned()), "{answer:?}");
    assert!(answer.contains(&"Access-Control-Max-Age: 600".to_owned()), "{answer:?}");
}

#[test]
fn st_01_to_14_18_the_documented_layouts() {
    let identity =
        Identity { request_id: "yBxn".into(), pop_code: "PHX50-C2".into(), ..identity() };
    assert_eq!(
        timing(Contact::Fetched, Layer::Pop, &identity).value(),
        "cdn-upstream-layer;desc=\"EDGE\",cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,\
        cdn-upstream-fbl;dur=177,cdn-cache-miss,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",\
        cdn-downstream-fbl;dur=436",
        "ST-12"
    );
    let hit = ServerTiming {
        downstream: Duration::from_millis(137),
        ..timing(Contact::None, Layer::Rec, &identity)
    };
    assert_eq!(
        hit.value(),
        "cdn-cache-hit,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",cdn-hit-layer;desc=\"REC\",\
        cdn-downstream-fbl;dur=137",
        "ST-13"
    );
    assert_eq!(
        timing(Contact::Validated, Layer::Rec, &identity).value(),
        "cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,cdn-upstream-fbl;dur=177,cdn-cache-refresh,\
        cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",cdn-downstream-fbl;dur=436",
        "ST-14"
    );
    let shield = timing(Contact::None, Layer::Shield, &identity).value();
    assert!(shield.contains("cdn-hit-layer;desc=\"Origin Shield\""), "ST-06, SHD-07");
    let error = ServerTiming { is_plain: true, ..timing(Contact::Fetched, Layer::Rec, &identity) };
    assert_eq!(
        error.value(),
        "cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,cdn-upstream-fbl;dur=177,cdn-pop;desc=\"PHX50-C2\",\
        cdn-rid;desc=\"yBxn\",cdn-downstream-fbl;dur=436",
        "ST-18"
    );
    let kept = ServerTiming { is_plain: true, ..timing(Contact::None, Layer::Pop, &identity) };
    let only = "cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"yBxn\",cdn-downstream-fbl;dur=436";
    assert_eq!(kept.value(), only, "ST-18");
}

#[test]
fn st_15_16_17_ttl_11_when_server_timing_is_sent() {
    let at = |rate| {
        let server_timing = Some(rate);
        with_policy(ResponseHeadersPolicy { server_timing, ..ResponseHeadersPolicy::default() })
    };
    let value = |origin: &str, behavior: &Behavior, viewer: &str, contact| {
        shown(origin, behavior, viewer, contact).get("Server-Timing").map(String::from)
    };
    let pragma = "Pragma: no-cache, server-timing";
    assert_eq!(value("", &at(SamplingRate::NONE), "", Contact::None), None, "ST-15");
    assert!(value("", &at(SamplingRate::NONE), pragma, Contact::None).is_some(), "ST-15, TTL-11");
    assert!(value("", &at(SamplingRate::ALL), "", Contact::None).is_some(), "ST-15");
    assert_eq!(value("", &plain(), pragma, Contact::None), None, "TTL-11: only if it is set");
    let origin = "Server-Timing: db;dur=5";
    let miss = value(origin, &at(SamplingRate::ALL), "", Contact::Fetched).unwrap();
    assert!(miss.starts_with("cdn-upstream-layer") && miss.ends_with(",db;dur=5"), "ST-16 {miss}");
    let hit = value(origin, &at(SamplingRate::ALL), "", Contact::None).unwrap();
    assert!(!hit.contains("db;dur"), "ST-17 {hit}");
    let half = SamplingRate::new(500_000).unwrap();
    let sampled = (0..2000).filter(|n| {
        let identity = Identity { request_id: format!("request {n}").into(), ..identity() };
        let mut fields = Fields::new();
        let viewer = Request::new(Method::Get, Target::parse("/").unwrap(), Arc::default());
        timing(Contact::None, Layer::Pop, &identity).add_to(&mut fields, half, &viewer);
        fields.has("Server-Timing")
    });
    let share = sampled.count();
    assert!((900..1100).contains(&share), "ST-15: {share} of 2,000 at 50 %");
}

/// What the origin gets of a request under the legacy settings.
fn legacy(change: impl FnOnce(&mut CachePolicy)) -> Behavior {
    let mut behavior = plain();
    behavior.cache_policy.legacy =
        Some(LegacySettings { forwards_all_query: false, forwards_all_headers: false });
    change(&mut behavior.cache_policy);
    behavior
}

const VIEWER: &str = "Host: d\nUser-Agent: U\nAccept: */*\nAccept-Language: fr\nReferer: r\nCookie: a=1\n\
    Authorization: s\nX-Own: 1\nCache-Control: no-cache\nPragma: no-cache\nX-Real-IP: 1\nOrigin: o";

#[test]
fn orp_09_qh_05_12_auth_01_ttl_10_the_legacy_settings_pass_what_is_not_removed() {
    let request = sent(Method::Get, VIEWER, &legacy(|_| {}));
    let has = |name| request.fields.has(name);
    for name in ["X-Own", "Cache-Control", "Pragma", "Origin"] {
        assert!(has(name), "ORP-09, QH-12, TTL-10: {name}");
    }
    for name in ["Accept", "Accept-Language", "Referer", "Cookie", "Authorization", "X-Real-IP"] {
        assert!(!has(name), "QH-05, QH-07, AUTH-01: {name}");
    }
    let bare = sent(Method::Get, VIEWER, &plain());
    for name in ["X-Own", "Cache-Control", "Pragma", "Origin"] {
        assert!(!bare.fields.has(name), "QH-12: with a cache policy {name} is not sent");
    }
}

#[test]
fn hdrk_06_all_headers_forwarded_means_nothing_is_cached() {
    let all = |policy: &mut CachePolicy| {
        policy.legacy =
            Some(LegacySettings { forwards_all_query: false, forwards_all_headers: true });
    };
    let behavior = legacy(all);
    assert!(behavior.is_caching_disabled());
    let request = sent(Method::Get, VIEWER, &behavior);
    let get = |name| request.fields.get(name);
    assert_eq!(
        (get("Host"), get("User-Agent"), get("Accept")),
        (Some("d"), Some("U"), Some("*/*"))
    );
    assert!(!legacy(|_| {}).is_caching_disabled());
}

#[test]
fn qs_07_legacy_forwards_all_and_keys_on_a_list() {
    let behavior = legacy(|policy| {
        policy.query = Selection::Only(vec!["x".into()]);
        policy.legacy =
            Some(LegacySettings { forwards_all_query: true, forwards_all_headers: false });
    });
    let request = sent_to("/a?y=2&x=1", Method::Get, "", &behavior);
    assert_eq!(request.target.query(), Some("y=2&x=1"));
    let viewer = Request::new(Method::Get, Target::parse("/a?y=2&x=1").unwrap(), Arc::default());
    let key = CacheKey::of(&viewer, "d", "/a", &behavior.cache_policy);
    assert_eq!(key.query.as_deref(), Some("x=1"));
}

#[test]
fn key_08_legacy_cookie_names_may_hold_wildcards_and_key_07_policies_may_not() {
    let like = ["sess*", "a?c"].map(crate::distribution::PathPattern::new).to_vec();
    let cookies = "Cookie: session=1; abc=2; ac=3; other=4";
    let sent_cookies = |behavior: &Behavior| {
        sent(Method::Get, cookies, behavior).fields.get("Cookie").map(String::from)
    };
    let legacy = legacy(|policy| policy.cookies = Selection::Like(like));
    assert_eq!(sent_cookies(&legacy).as_deref(), Some("abc=2; session=1"), "KEY-08");
    let mut policy = plain();
    policy.cache_policy.cookies = Selection::Only(vec!["sess*".into()]);
    assert_eq!(sent_cookies(&policy), None, "KEY-07");
}

#[test]
fn auth_02_03_04_key_05_what_is_in_the_key_or_listed_goes() {
    let mut keyed = plain();
    keyed.cache_policy.key_headers = vec!["Authorization".into()];
    assert!(sent(Method::Get, VIEWER, &keyed).fields.has("Authorization"), "AUTH-02, KEY-05");
    let mut listed = plain();
    listed.origin_request_policy = Some(OriginRequestPolicy {
        name: "authorization".into(),
        headers: Selection::Only(vec!["authorization".into()]),
        cloudfront_headers: Vec::new(),
        cookies: Selection::None,
        query: Selection::None,
    });
    assert!(sent(Method::Get, VIEWER, &listed).fields.has("Authorization"), "AUTH-04");
    listed.origin_request_policy = Some(managed::all_viewer_except_host_header());
    assert!(sent(Method::Get, VIEWER, &listed).fields.has("Authorization"), "AUTH-03");
    let key = |value: &str, behavior: &Behavior| {
        let fields = Arc::new(Fields::parse(&format!("Authorization: {value}")).unwrap());
        let viewer = Request::new(Method::Get, Target::parse("/a").unwrap(), fields);
        CacheKey::of(&viewer, "d", "/a", &behavior.cache_policy)
    };
    assert_ne!(key("a", &keyed), key("b", &keyed), "AUTH-02: one entry a value");
    assert_eq!(key("a", &listed), key("b", &listed), "AUTH-03: one entry for all");
}

/// The request to an origin with these settings, for a viewer's request that is changed first.
fn sent_over(origin: &Origin, behavior: &Behavior, change: impl FnOnce(&mut Request)) -> Request {
    let fields = Arc::new(Fields::parse(VIEWER).unwrap());
    let mut viewer = Request::new(Method::Get, Target::parse("/a").unwrap(), fields);
    change(&mut viewer);
    let identity = identity();
    let seen = as_the_edge_sees_it(&Arc::new(viewer), behavior, origin, &identity, None);
    origin_request(&seen, "/a", behavior, origin, &identity)
}

#[test]
fn qh_11_19_or_03_04_met_13_14_what_an_origins_settings_change() {
    let mut origin = Origin::load_balancer("o", "api", "us-east-1");
    origin.path = "/production".into();
    origin.custom_headers = vec![("X-Own".into(), "secret".into()), ("X-New".into(), "2".into())];
    let mut behavior = plain();
    behavior.cache_policy.key_headers = vec!["x-own".into()];
    let request = sent_over(&origin, &behavior, |viewer| {
        (viewer.scheme, viewer.version) = (Scheme::Http, Version::Http3);
    });
    assert_eq!(request.target.path(), "/production/a", "OR-03");
    assert_eq!(request.fields.all("X-Own").collect::<Vec<_>>(), ["secret"], "QH-19, OR-04");
    assert_eq!(request.fields.get("X-New"), Some("2"), "OR-04");
    assert_eq!(
        (request.scheme, request.version),
        (Scheme::Http, Version::Http11),
        "MET-13, MET-14"
    );
    assert_eq!(request.fields.get("Via"), Some("3.0 4f1c.cloudfront.net (CloudFront)"), "QH-11");
}

#[test]
fn ae_13_14_15_16_the_odd_cases_of_accept_encoding() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let with = |value: &'static str| {
        move |viewer: &mut Request| {
            Arc::make_mut(&mut viewer.fields).add("Accept-Encoding", value);
        }
    };
    let got = |origin: &Origin, behavior: &Behavior, change: &dyn Fn(&mut Request)| {
        sent_over(origin, behavior, change).fields.get("Accept-Encoding").map(String::from)
    };
    let mut listed = plain();
    listed.origin_request_policy = Some(managed::all_viewer_except_host_header());
    assert_eq!(got(&origin, &listed, &with("gzip, zstd")).as_deref(), Some("gzip"), "AE-13");
    let blank = Origin {
        custom_headers: vec![("accept-encoding".into(), String::new())],
        ..origin.clone()
    };
    assert_eq!(got(&blank, &plain(), &with("gzip")), None, "AE-14");
    let old = |viewer: &mut Request| {
        with("gzip")(viewer);
        viewer.version = Version::Http10;
    };
    assert_eq!(got(&origin, &plain(), &old), None, "AE-15");
    let compress = legacy(|policy| (policy.gzip, policy.brotli) = (true, false));
    assert_eq!(
        got(&origin, &compress, &with("gzip, br")).as_deref(),
        Some("gzip"),
        "AE-16, CMP-05"
    );
}

#[test]
fn qh_13_14_16_17_18_key_04_cloudfronts_own_fields() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let value = |name: &str, agent: &'static str| {
        let mut behavior = plain();
        behavior.cache_policy.key_headers = vec![name.into()];
        let request = sent_over(&origin, &behavior, |viewer| {
            let fields = Arc::make_mut(&mut viewer.fields);
            fields.set("User-Agent", agent);
            fields.add("CloudFront-Viewer-Country", "XX");
        });
        request.fields.get(name).map(String::from)
    };
    let devices = [
        ("Mozilla/5.0 (iPhone) Mobile", [false, true, false, false, false, true]),
        ("Mozilla/5.0 (Linux; Android 14) Mobile", [false, true, false, false, true, false]),
        ("Mozilla/5.0 (iPad) Mobile", [false, false, true, false, false, true]),
        ("Mozilla/5.0 (SMART-TV)", [false, false, false, true, false, false]),
        ("Mozilla/5.0 (X11)", [true, false, false, false, false, false]),
    ];
    let names = ["Desktop", "Mobile", "Tablet", "SmartTV", "Android", "IOS"];
    for (agent, expected) in devices {
        for (name, is) in names.into_iter().zip(expected) {
            let name = format!("CloudFront-Is-{name}-Viewer");
            let told = value(&name, agent);
            assert_eq!(told.as_deref(), Some(if is { "true" } else { "false" }), "{name} {agent}");
        }
    }
    let table = [
        ("CloudFront-Viewer-Country", Some("FR"), "QH-14: what the viewer sent is no matter"),
        ("CloudFront-Viewer-City", Some("Paris"), "QH-16"),
        ("CloudFront-Viewer-ASN", Some("64496"), "QH-17"),
        ("CloudFront-Viewer-Address", Some("192.0.2.7:4711"), "QH-17"),
        ("CloudFront-Viewer-Http-Version", Some("2.0"), "QH-17"),
        ("CloudFront-Viewer-TLS", Some("TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake"), "QH-17"),
        ("CloudFront-Forwarded-Proto", Some("https"), "QH-18"),
        ("CloudFront-Error-Uri", None, "QH-18: only with an error page"),
    ];
    for (name, expected, row) in table {
        assert_eq!(value(name, "U").as_deref(), expected, "{row} {name}");
    }
    let bare = sent_over(&origin, &plain(), |_| {});
    assert!(lines(&bare.fields).iter().all(|line| !line.starts_with("CloudFront-")), "QH-13");
    let key = |scheme, name: &str| {
        let mut behavior = plain();
        behavior.cache_policy.key_headers = vec![name.into()];
        let request = Request::new(Method::Get, Target::parse("/a").unwrap(), Arc::default());
        let viewer = Arc::new(Request { scheme, ..request });
        let seen = as_the_edge_sees_it(&viewer, &behavior, &origin, &identity(), None);
        CacheKey::of(&seen, "d", "/a", &behavior.cache_policy)
    };
    let proto = "CloudFront-Forwarded-Proto";
    assert_ne!(key(Scheme::Http, proto), key(Scheme::Https, proto), "KEY-04");
    assert_eq!(key(Scheme::Http, "Accept"), key(Scheme::Https, "Accept"), "KEY-04, MET-13");
}

#[test]
fn qh_18_the_page_of_an_error_tells_whose_it_is() {
    let origin = Origin::load_balancer("o", "api", "us-east-1");
    let mut behavior = plain();
    behavior.cache_policy.key_headers =
        ["CloudFront-Error-Uri", "CloudFront-Error-Args"].map(String::from).into();
    let page =
        Arc::new(Request::new(Method::Get, Target::parse("/404.html").unwrap(), Arc::default()));
    let viewer = Request::new(Method::Get, Target::parse("/a?b=1").unwrap(), Arc::default());
    let seen = as_the_edge_sees_it(&page, &behavior, &origin, &identity(), Some(&viewer));
    assert_eq!(lines(&seen.fields), ["CloudFront-Error-Uri: /a", "CloudFront-Error-Args: b=1"]);
}

#[test]
fn cfe_01_the_redirect_has_167_bytes() {
    use crate::edge::own_page;
    use crate::http::Status;
    assert_eq!(own_page::redirect_page(Status(301)).len(), 167);
    let answer = own_page::redirect(Status(301), "https://d/a", &identity());
    let get = |name| answer.fields.get(name);
    assert_eq!(get("X-Cache"), Some("Redirect from cloudfront"), "XC-05, MET-09");
    assert_eq!((get("Location"), get("Content-Length")), (Some("https://d/a"), Some("167")));
}
