//! How a viewer's connection comes about: certificate, protocol, cipher, version of HTTP, round trips, and none at all.

use std::sync::Arc;
use std::time::Duration;

use edgewalk::distribution::{
    HttpVersions, SecurityPolicy, SslSupport, TlsProtocol, ViewerCertificate,
};
use edgewalk::edge::access_log::FIELDS;
use edgewalk::edge::{NotSecured, Session};
use edgewalk::http::{Method, Request, Scheme, Version};
use edgewalk::network::{Access, Offer};
use edgewalk::scene::{Hop, Outcome, Scene, Steps, Strip, Told, WireRow};
use edgewalk::simulation::access_log::access_log;
use edgewalk::simulation::{Action, Event, Run, What, built_in_scenario};

use crate::common::{Edit as _, act, ask, plain, request, request_with, wait};

/// The shop's own name, for which its own certificate answers.
fn shop() -> Request {
    request_with(Method::Get, "/index.html", "Host: www.shop.example")
}

/// A run of the shop whose certificate has these settings.
fn certified(policy: SecurityPolicy, support: SslSupport) -> Run {
    let mut scenario = built_in_scenario();
    let mut certificate = scenario.edited().certificate.clone();
    let ViewerCertificate::Own(own) = &mut certificate else { panic!("it has its own") };
    (own.policy, own.support) = (policy, support);
    scenario.edited().certificate = certificate;
    Run::new(scenario).unwrap()
}

fn versions(versions: HttpVersions) -> Run {
    let mut scenario = built_in_scenario();
    scenario.edited().http_versions = versions;
    Run::new(scenario).unwrap()
}

fn is(viewer: Offer) -> Action {
    Action::SetViewer { viewer }
}

/// Round trips of TCP and of TLS before the request, as the events tell them.
fn trips(events: &[Event]) -> (u32, u32) {
    events.iter().fold((0, 0), |(tcp, tls), event| match event.what {
        What::Connected { round_trips, .. } => (tcp + round_trips, tls),
        What::Secured { round_trips, .. } => (tcp, tls + round_trips),
        _ => (tcp, tls),
    })
}

/// What was agreed on, however the connection came about.
fn session(events: &[Event]) -> Option<Session> {
    events.iter().find_map(|event| match event.what {
        What::Secured { session, .. } | What::Reused { session, .. } => Some(session),
        _ => None,
    })
}

fn sent(events: &[Event]) -> Option<Arc<Request>> {
    events.iter().find_map(|event| match &event.what {
        What::Sent { request, .. } => Some(Arc::clone(request)),
        _ => None,
    })
}

fn refused(events: &[Event]) -> Option<NotSecured> {
    events.iter().find_map(|event| match event.what {
        What::NotSecured { why, .. } => Some(why),
        _ => None,
    })
}

/// From the answer of the DNS until the request leaves, in round trips of the viewer.
fn before_the_request(events: &[Event]) -> u128 {
    let at = |find: fn(&What) -> bool| events.iter().find(|event| find(&event.what)).unwrap().at;
    let resolved = at(|what| matches!(what, What::Resolved { .. }));
    let sent_at = at(|what| matches!(what, What::Sent { .. }));
    let round_trip = events.iter().find_map(|event| match event.what {
        What::Sent { round_trip, .. } => Some(round_trip),
        _ => None,
    });
    let (took, one) = (sent_at.since(resolved), round_trip.unwrap());
    assert_eq!(took.as_micros() % one.as_micros(), 0, "whole round trips");
    took.as_micros() / one.as_micros()
}

#[test]
fn tls_51_to_54_59_round_trips_before_the_request() {
    let mut run = certified(SecurityPolicy::Tls10, SslSupport::SniOnly);
    let by_http = Request { scheme: Scheme::Http, ..shop() };
    let mut go = |action, trips_expected, before| {
        let events = act(&mut run, action);
        assert_eq!(trips(&events), trips_expected);
        assert_eq!(before_the_request(&events), before);
    };
    go(ask("paris", by_http), (1, 0), 1); // TLS-51
    go(ask("paris", shop()), (1, 1), 2); // TLS-54, TLS-61, TLS-83
    go(ask("paris", shop()), (0, 0), 0); // TLS-59
    act(&mut run, is(Offer::Tls12));
    let mut go = |action, trips_expected, before| {
        let events = act(&mut run, action);
        assert_eq!(trips(&events), trips_expected);
        assert_eq!(before_the_request(&events), before);
        events
    };
    go(ask("paris", shop()), (1, 2), 3); // TLS-52
    go(ask("paris", shop()), (0, 0), 0); // TLS-59
}

#[test]
fn tls_53_81_dns_29_a_cold_connection_of_tls_12_is_resumed_for_a_day() {
    let mut run = certified(SecurityPolicy::Tls10, SslSupport::SniOnly);
    act(&mut run, is(Offer::Tls12));
    act(&mut run, ask("paris", shop()));
    act(&mut run, wait(121));
    let events = act(&mut run, ask("paris", shop()));
    assert_eq!((trips(&events), before_the_request(&events)), ((1, 1), 2), "TLS-53");
    let is_resumed = |event: &Event| matches!(event.what, What::Secured { is_resumed: true, .. });
    assert!(events.iter().any(is_resumed));
    act(&mut run, Action::SetAccess { access: Access::Both });
    let events = act(&mut run, ask("paris", shop()));
    assert!(events.iter().any(is_resumed), "DNS-29: the connection is lost, and the ticket stays");
    act(&mut run, wait(86_401));
    let events = act(&mut run, ask("paris", shop()));
    assert_eq!(trips(&events), (1, 2), "TLS-81: the ticket has run out");
    let other = act(&mut run, ask("paris", request(Method::Get, "/index.html")));
    assert_eq!(trips(&other), (1, 2), "TLS-81: another name has no ticket");
}

#[test]
fn tls_56_39_82_http_3_from_the_second_new_connection_on() {
    let mut run = versions(HttpVersions::Http2And3);
    let mut go = |action| act(&mut run, action);
    let first = go(ask("paris", shop()));
    assert_eq!((trips(&first), sent(&first).unwrap().version), ((1, 1), Version::Http2));
    let told = first.iter().find_map(|event| match &event.what {
        What::Shown { response, .. } => response.fields.get("alt-svc").map(str::to_owned),
        _ => None,
    });
    assert_eq!(told.as_deref(), Some("h3=\":443\"; ma=86400"), "TLS-39");
    let second = go(ask("paris", shop()));
    assert_eq!((trips(&second), sent(&second).unwrap().version), ((0, 0), Version::Http2));
    go(wait(121));
    let third = go(ask("paris", shop()));
    assert_eq!((trips(&third), sent(&third).unwrap().version), ((0, 1), Version::Http3));
    assert_eq!(before_the_request(&third), 1, "TLS-56");
    go(wait(86_401));
    let late = go(ask("paris", shop()));
    assert_eq!(sent(&late).unwrap().version, Version::Http2, "ma has run out");
    let told_to = go(ask("london", Request { version: Version::Http3, ..shop() }));
    assert_eq!((trips(&told_to), sent(&told_to).unwrap().version), ((0, 1), Version::Http3));
}

#[test]
fn tls_36_38_84_the_distribution_and_the_scheme_bound_the_version() {
    let version = |run: &mut Run, request| sent(&act(run, ask("paris", request))).unwrap().version;
    let mut old = versions(HttpVersions::Http1);
    assert_eq!(version(&mut old, shop()), Version::Http11);
    let mut usual = versions(HttpVersions::Http2);
    assert_eq!(version(&mut usual, shop()), Version::Http2);
    assert_eq!(version(&mut usual, Request { version: Version::Http3, ..shop() }), Version::Http2);
    let by_http = Request { scheme: Scheme::Http, ..shop() };
    assert_eq!(version(&mut usual, by_http), Version::Http11, "TLS-84");
    act(&mut usual, is(Offer::Cbc));
    let old = Request { version: Version::Http10, ..shop() };
    let mut lenient = certified(SecurityPolicy::Tls10, SslSupport::SniOnly);
    act(&mut lenient, is(Offer::Cbc));
    assert_eq!(version(&mut lenient, shop()), Version::Http11, "it knows no HTTP/2");
    assert_eq!(version(&mut lenient, old), Version::Http10);
}

#[test]
fn tls_20_33_80_a_failed_handshake_ends_at_the_viewer_and_in_no_log() {
    let policy = SecurityPolicy::Tls12In2021;
    let table = [
        (Offer::NoServerName, NotSecured::NoServerName),
        (Offer::Tls10, NotSecured::NoCommonProtocol { policy }),
        (Offer::Cbc, NotSecured::NoCommonCipher { policy, protocol: TlsProtocol::Tls12 }),
    ];
    for (offer, why) in table {
        let mut run = certified(policy, SslSupport::SniOnly);
        act(&mut run, is(offer));
        let events = act(&mut run, ask("paris", shop()));
        assert_eq!(refused(&events), Some(why), "{offer:?}");
        assert!(sent(&events).is_none(), "TLS-33: no request");
        let [.., tcp, failed] = &events[..] else { panic!("TCP and the failure") };
        let What::Connected { round_trip, .. } = tcp.what else { panic!("TCP comes before") };
        assert_eq!(failed.at.since(tcp.at), round_trip, "TLS-80");
        assert!(access_log(run.journal().events(), &run.walk().scenario).is_empty(), "TLS-33");
        // The same viewer is served by the name that the default certificate covers.
        let events = act(&mut run, ask("paris", request(Method::Get, "/index.html")));
        assert!(sent(&events).is_some(), "TLS-12, TLS-23, TLS-77: {offer:?}");
        assert_eq!(access_log(run.journal().events(), &run.walk().scenario).len(), 1);
    }
}

#[test]
fn tls_22_85_the_name_in_tls_is_that_of_the_host_field_so_nobody_is_misdirected() {
    // The shop's own certificate covers its own name, and the default one the name below cloudfront.net.
    for (host, is_own) in [("www.shop.example", true), ("d111111abcdef8.cloudfront.net", false)] {
        let mut run = certified(SecurityPolicy::Tls12In2021, SslSupport::SniOnly);
        let asked = request_with(Method::Get, "/index.html", &format!("Host: {host}"));
        let events = act(&mut run, ask("paris", asked));
        assert_eq!(session(&events).map(|it| it.is_own), Some(is_own), "TLS-85: {host}");
        let log = access_log(run.journal().events(), &run.walk().scenario);
        assert_eq!(FIELDS[8].of(&log[0].record), "200", "TLS-22, TLS-85: {host}, no 421");
        assert_eq!(FIELDS[15].of(&log[0].record), host, "TLS-22: the same distribution");
    }
}

#[test]
fn tls_33_the_screen_says_why_and_that_it_is_over() {
    let mut run = certified(SecurityPolicy::Tls12In2021, SslSupport::SniOnly);
    act(&mut run, is(Offer::Tls10));
    act(&mut run, ask("paris", shop()));
    let steps = Steps::of(run.journal());
    let last = steps.all().last().unwrap();
    assert_eq!((last.hop, last.label(run.journal())), (Hop::TlsFails, "TLS fails"));
    let scene = Scene::at(&run.walk().scenario, run.journal(), run.journal().len());
    assert_eq!(scene.trip.as_ref().unwrap().outcome(), Some(Outcome::Error));
    let told = Told::of(&scene, last, &run.journal().events()[last.start..last.end]);
    assert!(told.rows.starts_with("TLS-33"), "{}", told.rows);
    assert!(told.why.iter().any(|reason| reason.setting.is_some()), "a setting decided");
    assert!(plain(&told.say[0]).contains("offers TLSv1, and TLSv1.2_2021 allows none"));
    assert!(steps.notable().any(|step| step == last));
    let strip = Strip::of(run.journal(), last.exchange.unwrap()).unwrap();
    let labels: Vec<_> = strip.phases.iter().map(|phase| phase.label).collect();
    assert_eq!(labels, ["DNS", "TCP", "TLS fails"]);
    let whole: Duration = strip.phases.iter().map(edgewalk::scene::Phase::span).sum();
    assert_eq!(whole, strip.total());
}

#[test]
fn tls_77_79_choosing_a_viewer_says_by_which_name_it_meets_the_policy() {
    let mut run = certified(SecurityPolicy::Tls12In2021, SslSupport::SniOnly);
    act(&mut run, is(Offer::Ssl3));
    let steps = Steps::of(run.journal());
    let step = steps.all().last().unwrap();
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
    let said = told.say.join(" ");
    assert!(said.contains("It offers SSLv3 with 2 ciphers, and does not name the host"), "{said}");
    assert!(said.contains("policy TLSv1.2_2021 is met by a request with Host: www.shop.example"));
}

#[test]
fn the_strip_tells_the_round_trips_by_their_number() {
    let labels = |run: &Run| {
        let id = run.journal().events().iter().rev().find_map(|event| event.exchange).unwrap();
        let strip = Strip::of(run.journal(), id).unwrap();
        let round_trips = |label: &str| strip.phases.iter().filter(|it| it.label == label).count();
        (strip.phases[1].label, round_trips("TLS, 2 trips"), strip.phases[0].label)
    };
    let mut run = certified(SecurityPolicy::Tls10, SslSupport::SniOnly);
    act(&mut run, is(Offer::Tls12));
    act(&mut run, ask("paris", shop()));
    assert_eq!(labels(&run), ("TCP", 1, "DNS"));
    let mut run = versions(HttpVersions::Http3);
    act(&mut run, ask("paris", Request { version: Version::Http3, ..shop() }));
    assert_eq!(labels(&run), ("QUIC", 0, "DNS"));
}

#[test]
fn log_83_f21_f22_f24_qh_17_the_log_says_what_was_agreed_on() {
    let mut run = certified(SecurityPolicy::Tls12In2018, SslSupport::SniOnly);
    for action in [
        ask("paris", shop()),
        is(Offer::PlainRsa),
        ask("paris", shop()),
        ask("paris", shop()),
        ask("paris", Request { scheme: Scheme::Http, ..shop() }),
    ] {
        act(&mut run, action);
    }
    let log = access_log(run.journal().events(), &run.walk().scenario);
    let said: Vec<String> = log
        .iter()
        .map(|logged| [21, 22, 24].map(|number| FIELDS[number - 1].of(&logged.record)).join(" "))
        .collect();
    assert_eq!(
        said,
        [
            "TLSv1.3 TLS_AES_128_GCM_SHA256 HTTP/2.0",
            "TLSv1.2 AES128-GCM-SHA256 HTTP/1.1",
            "TLSv1.2 AES128-GCM-SHA256 HTTP/1.1",
            "- - HTTP/1.1",
        ]
    );
}

#[test]
fn tls_83_84_what_is_open_goes_on_under_another_policy() {
    let mut run = certified(SecurityPolicy::Tls10, SslSupport::SniOnly);
    act(&mut run, is(Offer::Tls12));
    let before = session(&act(&mut run, ask("paris", shop())));
    let strict = certified(SecurityPolicy::Tls13In2025, SslSupport::SniOnly);
    act(&mut run, Action::Configure(Arc::clone(&strict.walk().scenario.configuration)));
    let events = act(&mut run, ask("paris", shop()));
    assert_eq!(session(&events), before, "the open connection serves");
    act(&mut run, wait(121));
    let policy = SecurityPolicy::Tls13In2025;
    let events = act(&mut run, ask("paris", shop()));
    assert_eq!(refused(&events), Some(NotSecured::NoCommonProtocol { policy }));
}

#[test]
fn tls_02_04_what_someone_on_the_wire_reads() {
    let mut run = certified(SecurityPolicy::Tls10, SslSupport::SniOnly);
    let secret =
        || request_with(Method::Get, "/index.html", "Host: www.shop.example\nCookie: id=7");
    let read = |run: &Run| {
        let steps = Steps::of(run.journal());
        let step = steps.all().iter().rfind(|step| step.hop == Hop::Sent).unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        Told::of(&scene, step, &run.journal().events()[step.start..step.end]).wire.unwrap()
    };
    let all = |rows: &[WireRow]| {
        rows.iter().map(|row| format!("{}: {}", row.name, row.value)).collect::<Vec<_>>().join("\n")
    };
    act(&mut run, ask("paris", secret()));
    let wire = read(&run);
    assert!(wire.is_tls);
    let (open, sealed) = (all(&wire.http), all(&wire.https));
    for text in ["GET /index.html", "Cookie: id=7", "Host: www.shop.example", "port 80"] {
        assert!(open.contains(text), "{text} is read: {open}");
    }
    for text in ["/index.html", "id=7"] {
        assert!(!sealed.contains(text), "TLS-02: {text} is not read: {sealed}");
    }
    for text in ["port 443", "Server name (SNI): www.shop.example", "size"] {
        assert!(sealed.contains(text), "TLS-04: {text} is seen: {sealed}");
    }
    act(&mut run, ask("paris", Request { scheme: Scheme::Http, ..secret() }));
    assert!(!read(&run).is_tls);
    act(&mut run, is(Offer::NoServerName));
    act(&mut run, ask("paris", request(Method::Get, "/index.html")));
    assert!(all(&read(&run).https).contains("Server name (SNI): not said"));
}
