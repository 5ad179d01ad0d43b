//! Connections with an origin, and with a viewer, after what went wrong.

use crate::common::Edit as _;
use std::time::Duration;

use edgewalk::distribution::{OriginProtocol, OriginRequestPolicy, managed};
use edgewalk::http::{Method, Request, Scheme, Status};
use edgewalk::network::{City, Region};
use edgewalk::origin::{Health, Site};
use edgewalk::simulation::{Action, Event, Run, What};

use super::{api_is, ends, handshakes, run_of};
use crate::common::{act, ask, get, request, send, wait};
use crate::reached;

#[test]
fn lim_01_what_is_too_long_closes_the_connection() {
    let mut run = run_of(|_| {});
    for (path, is_reused) in [
        ("/app.js".to_owned(), false),
        (format!("/{}", "a".repeat(9000)), true),
        ("/app.js".to_owned(), false),
    ] {
        let events = act(&mut run, get("paris", &path));
        let reused = events.iter().any(|event| matches!(event.what, What::Reused { .. }));
        assert_eq!(reused, is_reused, "LIM-01: {} bytes", path.len());
    }
}

#[test]
fn qh_17_the_origin_hears_whether_the_viewers_connection_was_made_for_the_request() {
    let mut run = run_of(|scenario| {
        let all = managed::all_viewer_except_host_header();
        let cloudfront_headers = vec!["CloudFront-Viewer-TLS".into()];
        scenario.edited().behaviors[0].origin_request_policy =
            Some(OriginRequestPolicy { cloudfront_headers, ..all });
    });
    let mut said = |action| {
        let events = act(&mut run, action);
        let said = reached(&events).next().map(|(request, _)| {
            let tls = request.fields.get("CloudFront-Viewer-TLS").unwrap();
            tls.rsplit(':').next().unwrap().to_owned()
        });
        said.unwrap_or_default()
    };
    assert_eq!(said(get("paris", "/api/orders")), "fullHandshake", "QH-17");
    assert_eq!(said(get("paris", "/api/orders")), "connectionReused", "QH-17");
    said(wait(1000));
    assert_eq!(said(get("paris", "/api/orders")), "fullHandshake", "QH-17: closed by now");
}

#[test]
fn conn_01_to_04_a_kept_connection_costs_nothing() {
    let mut run = run_of(|_| {});
    let handshake = |events: &[Event]| {
        let (request, leg) = reached(events).next()?;
        assert_eq!(request.fields.get("Connection"), Some("Keep-Alive"), "CONN-04");
        Some(leg.handshake)
    };
    let cold = handshake(&act(&mut run, get("paris", "/app.js"))).unwrap();
    assert!(cold > Duration::ZERO, "CONN-03");
    act(&mut run, wait(4));
    let kept = handshake(&act(&mut run, get("paris", "/style.css"))).unwrap();
    assert_eq!(kept, Duration::ZERO, "CONN-01, CONN-02");
    act(&mut run, wait(6));
    assert_eq!(handshake(&act(&mut run, get("paris", "/logo.svg"))), Some(cold), "CONN-01");
}

#[test]
fn conn_07_what_breaks_off_or_is_given_up_takes_its_connection_along() {
    for health in [Health::BreaksOff, Health::Silent] {
        let mut run = run_of(|scenario| {
            scenario.edited().origins[1].limits.keep_alive_secs = 300;
        });
        let post = |run: &mut Run| {
            let events = act(run, send("paris", Method::Post, "/api/orders"));
            handshakes(&events).first().copied()
        };
        let cold = post(&mut run);
        assert_eq!(post(&mut run), Some(Duration::ZERO), "CONN-02");
        act(&mut run, api_is(health));
        assert_eq!(post(&mut run), Some(Duration::ZERO), "{health:?} shows only afterwards");
        act(&mut run, api_is(Health::Up));
        assert_eq!(post(&mut run), cold, "CONN-07: {health:?}");
    }
}

#[test]
fn conn_06_an_origin_that_takes_no_connections_keeps_none_open() {
    let handshake = |events: &[Event]| handshakes(events).first().copied();
    let broken =
        [Health::Refuses, Health::Unreachable, Health::NameUnresolved, Health::BadCertificate];
    for health in broken.into_iter().chain([Health::Up, Health::Failing(Status(500))]) {
        let mut run = run_of(|_| {});
        let api = || send("paris", Method::Post, "/api/orders");
        let cold = handshake(&act(&mut run, api())).unwrap();
        assert!(cold > Duration::ZERO, "CONN-03");
        act(&mut run, api_is(health));
        if health.holds_connections() {
            assert_eq!(handshake(&act(&mut run, api())), Some(Duration::ZERO), "{health:?}");
            continue;
        }
        // Within the keep-alive of 5 s, and without a request while the origin is down.
        act(&mut run, api_is(Health::Up));
        assert_eq!(handshake(&act(&mut run, api())), Some(cold), "CONN-06: {health:?}");
        // And with one: the certificate is looked at in a new handshake, whose time the failure takes. A connection to
        // where the origin stood before, and stands again, is none either.
        let stands_in =
            |code: &str| Action::SetOriginRegion { region: Region::find(code).unwrap() };
        act(&mut run, stands_in("eu-west-1"));
        act(&mut run, api_is(health));
        act(&mut run, stands_in("us-east-1"));
        let (status, _, took) = ends(&mut run, api());
        assert!(status >= 502, "{health:?}");
        if health == Health::BadCertificate {
            assert!(took > cold, "CONN-06: {took:?}");
        }
        act(&mut run, api_is(Health::Up));
        assert_eq!(handshake(&act(&mut run, api())), Some(cold), "CONN-06: {health:?}");
    }
}

#[test]
fn rng_10_lim_05_a_refused_head_is_answered_at_once_and_closes_the_connection() {
    let mut run = run_of(|scenario| {
        let mut object = scenario.site.get("/video/tour.mp4").unwrap().clone();
        object.path = "/huge.mp4".into();
        object.size_bytes = 50_000_000_001;
        scenario.site = Site::new(scenario.site.iter().cloned().chain([object]));
    });
    let (status, _, took) = ends(&mut run, get("paris", "/huge.mp4"));
    assert_eq!(status, 502, "RNG-10");
    assert!(took < Duration::from_secs(2), "RNG-10: {took:?}");
    let events = act(&mut run, get("paris", "/img/hero.jpg"));
    assert!(handshakes(&events)[0] > Duration::ZERO, "RNG-10: the connection was closed");
}

#[test]
fn conn_01_05_a_connection_carries_one_request_at_a_time_by_one_scheme() {
    let mut run = run_of(|_| {});
    let post = || request(Method::Post, "/api/orders");
    let cold = handshakes(&act(&mut run, ask("paris", post())))[0];
    let paris = City::find("paris").unwrap();
    let three = |request: Request| {
        let requests = vec![(paris, std::sync::Arc::new(request)); 3];
        Action::SendTogether { requests }
    };
    let zero = Duration::ZERO;
    assert_eq!(handshakes(&act(&mut run, three(post()))), [zero, cold, cold], "one is kept");
    assert_eq!(handshakes(&act(&mut run, three(post()))), [zero; 3], "CONN-01: now three are");
    act(&mut run, wait(6));
    assert_eq!(handshakes(&act(&mut run, ask("paris", post()))), [cold], "CONN-01");
    // HTTPS does not ride on a connection without TLS.
    let mut run = run_of(|scenario| {
        scenario.edited().origins[1].protocol = OriginProtocol::MatchViewer;
    });
    for (scheme, is_zero) in
        [(Scheme::Http, false), (Scheme::Https, false), (Scheme::Http, true), (Scheme::Https, true)]
    {
        let mut request = post();
        request.scheme = scheme;
        let handshake = handshakes(&act(&mut run, ask("paris", request)))[0];
        assert_eq!(handshake.is_zero(), is_zero, "CONN-05: {scheme:?}");
    }
}
