//! Answers that the edge makes itself (security-logs-edge.md sections 3.4, 3.6 and 8).

use edgewalk::distribution::{AllowedMethods, Beside, Configuration, ViewerProtocolPolicy};
use edgewalk::http::{Method, Request, Response, Scheme, Version};
use edgewalk::origin::Health;
use edgewalk::simulation::access_log::access_log;
use edgewalk::simulation::{Action, Place, Run, Scenario, What};

use crate::common::{Edit as _, act, ask, get, last_shown, request, request_with};
use crate::{ERROR, HIT, MISS, run_of, shown};

fn by_http(method: Method, path: &str) -> Request {
    Request { scheme: Scheme::Http, version: Version::Http11, ..request(method, path) }
}

fn policy(policy: ViewerProtocolPolicy) -> impl FnOnce(&mut Scenario) {
    move |scenario| scenario.edited().behaviors[1].viewer_protocol = policy
}

/// What the edge answers to a request, having asked nobody, and how many records it logs.
fn by_the_edge(change: impl FnOnce(&mut Scenario), request: Request) -> (Response, usize) {
    let mut run = run_of(change);
    let events = act(&mut run, ask("paris", request));
    let beyond =
        events.iter().filter(|event| matches!(event.place, Place::Rec(_) | Place::Origin(_)));
    assert_eq!(beyond.count(), 0, "nobody else is asked");
    let logged = access_log(run.journal().events(), &run.walk().scenario).len();
    (last_shown(run.journal()).1, logged)
}

#[test]
fn tls_41_allow_all_serves_both_schemes_from_one_copy() {
    let mut run = run_of(policy(ViewerProtocolPolicy::AllowAll));
    assert_eq!(
        shown(&mut run, ask("paris", by_http(Method::Get, "/app.js"))),
        (200, MISS.into()),
        "TLS-41"
    );
    assert_eq!(shown(&mut run, get("paris", "/app.js")), (200, HIT.into()), "TLS-41");
}

#[test]
fn tls_42_43_44_myth_03_a_redirect_to_https() {
    let moved = |request: Request| {
        let (response, logged) =
            by_the_edge(policy(ViewerProtocolPolicy::RedirectToHttps), request);
        assert_eq!(logged, 1);
        (response.status.0, response.fields.get("Location").unwrap_or_default().to_owned())
    };
    let to = "https://d111111abcdef8.cloudfront.net/app.js?a=1&b";
    for method in Method::ALL {
        let status = if matches!(method, Method::Get | Method::Head) { 301 } else { 307 };
        let request = by_http(method, "/app.js?a=1&b");
        assert_eq!(moved(request), (status, to.into()), "TLS-42, TLS-43, MYTH-03: {method:?}");
    }
    let old = |method| Request { version: Version::Http10, ..by_http(method, "/app.js") };
    assert_eq!(moved(old(Method::Post)), (403, String::new()), "TLS-44");
    assert_eq!(moved(old(Method::Get)).0, 301, "TLS-44: reading is sent on");
}

#[test]
fn tls_46_a_redirected_visit_is_two_requests() {
    let mut run = run_of(policy(ViewerProtocolPolicy::RedirectToHttps));
    act(&mut run, ask("paris", by_http(Method::Get, "/app.js")));
    act(&mut run, get("paris", "/app.js"));
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let statuses: Vec<_> = log.iter().map(|logged| logged.record.status.unwrap().0).collect();
    assert_eq!(statuses, [301, 200], "TLS-46");
}

#[test]
fn tls_47_what_a_301_consists_of() {
    let request = by_http(Method::Get, "/app.js");
    let (response, _) = by_the_edge(policy(ViewerProtocolPolicy::RedirectToHttps), request);
    let field = |name| response.fields.get(name);
    assert_eq!(response.body.length, 167, "TLS-47");
    assert_eq!(field("Content-Type"), Some("text/html"), "TLS-47");
    assert_eq!(field("Server"), Some("CloudFront"), "TLS-47");
    assert_eq!(field("X-Cache"), Some("Redirect from cloudfront"), "TLS-47");
}

#[test]
fn tls_45_cfe_05_to_07_myth_01_refusals_with_403() {
    let refused = |change: &dyn Fn(&mut Scenario), request: Request, row: &str| {
        let (response, _) = by_the_edge(|scenario| change(scenario), request);
        assert_eq!(response.status.0, 403, "{row}");
        let html = response.fields.get("Content-Type").unwrap_or_default().starts_with("text/html");
        assert!(html, "{row}: {:?}", response.fields);
    };
    let only = |scenario: &mut Scenario| {
        scenario.edited().behaviors[1].viewer_protocol = ViewerProtocolPolicy::HttpsOnly;
    };
    refused(&only, by_http(Method::Get, "/app.js"), "TLS-45, CFE-05");
    let redirect = |scenario: &mut Scenario| {
        scenario.edited().behaviors[1].viewer_protocol = ViewerProtocolPolicy::RedirectToHttps;
    };
    let old = Request { version: Version::Http10, ..by_http(Method::Put, "/app.js") };
    refused(&redirect, old, "CFE-05");
    let reading = |scenario: &mut Scenario| {
        scenario.edited().behaviors[1].allowed_methods = AllowedMethods::GetHead;
    };
    refused(&reading, request(Method::Delete, "/app.js"), "CFE-06, MYTH-01");
    let with_content = Request { content_length: 5, ..request(Method::Get, "/app.js") };
    refused(&|_| {}, with_content, "CFE-07, CB-05");
}

#[test]
fn cfe_02_16_19_myth_02_what_is_too_large_or_unreadable() {
    let answered = |request: Request| {
        let (response, logged) = by_the_edge(|_| {}, request.clone());
        // Closed: the next request from there shakes hands anew.
        let mut run = run_of(|_| {});
        act(&mut run, ask("paris", request));
        let next = act(&mut run, get("paris", "/app.js"));
        let closes = !next.iter().any(|event| matches!(event.what, What::Reused { .. }));
        let html = response.fields.get("Content-Type").unwrap_or_default().starts_with("text/html");
        assert!(html);
        (response.status.0, closes, logged)
    };
    let mut open = run_of(|_| {});
    act(&mut open, get("paris", "/style.css"));
    let next = act(&mut open, get("paris", "/app.js"));
    let is_reused = next.iter().any(|event| matches!(event.what, What::Reused { .. }));
    assert!(is_reused, "any other answer leaves it open");
    let long = request(Method::Get, &format!("/{}", "a".repeat(8_192)));
    assert_eq!(answered(long), (414, true, 0), "CFE-16, MYTH-02: closed, and not logged");
    let large = request_with(Method::Get, "/", &format!("X-Own: {}", "v".repeat(32_768)));
    assert_eq!(answered(large), (494, true, 0), "CFE-19, MYTH-02: closed, and not logged");
    let unreadable = request_with(Method::Get, "/", "Content-Length: 1, 2");
    let (status, _, logged) = answered(unreadable);
    assert_eq!((status, logged), (400, 1), "CFE-02");
}

#[test]
fn tls_68_70_72_73_cfe_29_origins_that_cannot_be_reached() {
    let fails = |health: Health, method: Method| {
        let mut run = run_of(|_| {});
        act(&mut run, Action::SetHealth { origin_id: "shop-api".into(), health });
        let content_length = if method == Method::Post { 3 } else { 0 };
        let asked = Request { content_length, ..request(method, "/api/cart") };
        let events = act(&mut run, ask("paris", asked));
        let (x_cache, response) = last_shown(run.journal());
        assert_eq!(x_cache, ERROR);
        (response.status.0, events.last().unwrap().at.since(events[0].at).as_secs())
    };
    assert_eq!(fails(Health::BadCertificate, Method::Get), (502, 0), "TLS-68");
    assert_eq!(fails(Health::Refuses, Method::Get), (502, 0), "TLS-70, CFE-29: refused fast");
    assert_eq!(
        fails(Health::Unreachable, Method::Get),
        (504, 30),
        "TLS-72: three times ten seconds"
    );
    assert_eq!(fails(Health::Silent, Method::Get), (504, 90), "TLS-73, CFE-29: three times thirty");
    assert_eq!(fails(Health::Silent, Method::Post), (504, 30), "TLS-73: dropped at once");
}

#[test]
fn tls_70_74_ports_and_keep_alive_of_a_custom_origin() {
    const EXAMPLE: &str = include_str!("../../docs/reference/examples/api-and-media.json");
    let takes = |name: &str, value: i64| {
        let mut document: serde_json::Value = serde_json::from_str(EXAMPLE).unwrap();
        let block = "/DistributionConfig/Origins/Items/0/CustomOriginConfig";
        document.pointer_mut(block).unwrap()[name] = value.into();
        Configuration::open(&document.to_string(), &Beside::managed("us-east-1".into())).is_ok()
    };
    for port in ["HTTPPort", "HTTPSPort"] {
        for taken in [80, 443, 1_024, 65_535] {
            assert!(takes(port, taken), "TLS-70: {port} {taken}");
        }
        for refused in [0, 79, 81, 444, 1_023, 65_536] {
            assert!(!takes(port, refused), "TLS-70: {port} {refused}");
        }
    }
    let keeps = "OriginKeepaliveTimeout";
    assert!(
        takes(keeps, 1) && takes(keeps, 300) && !takes(keeps, 0) && !takes(keeps, 301),
        "TLS-74"
    );
    let run: Run = run_of(|_| {});
    let distribution = run.walk().scenario.configuration.distribution().clone();
    assert!(distribution.origins.iter().all(|origin| origin.limits.keep_alive_secs == 5), "TLS-74");
}

#[test]
fn cfe_30_an_error_is_kept_for_ten_seconds() {
    let mut run = run_of(|_| {});
    let asked = |run: &mut Run| {
        let events = act(run, get("paris", "/nowhere"));
        events.iter().filter(|event| matches!(event.place, Place::Origin(_))).count() > 0
    };
    assert!(asked(&mut run) && !asked(&mut run));
    act(&mut run, crate::common::wait(8));
    assert!(!asked(&mut run), "CFE-30");
    act(&mut run, crate::common::wait(3));
    assert!(asked(&mut run), "CFE-30: default 10 s");
}
