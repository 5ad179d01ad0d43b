//! The leg from the edge to the origin: its own version of TLS, its own certificate, its own failure.

use std::time::Duration;

use edgewalk::distribution::{OriginProtocol, TlsProtocol};
use edgewalk::edge::{Decision, Failure};
use edgewalk::http::{Fields, Method, Request, Scheme};
use edgewalk::origin::Health;
use edgewalk::scene::{Hop, Scene, Steps, Told};
use edgewalk::simulation::{Event, Run, What};

use super::{api_is, run_of};
use crate::common::Edit as _;
use crate::common::{act, ask, last_shown, plain, request, send};
use crate::{decisions, reached};

/// The shop whose application takes these versions of TLS, by this protocol.
fn api(tls: &[TlsProtocol], protocol: OriginProtocol) -> Run {
    run_of(|scenario| {
        let mut edited = scenario.edited();
        edited.origins[1].tls = tls.to_vec();
        edited.origins[1].protocol = protocol;
    })
}

fn failures(events: &[Event]) -> Vec<Failure> {
    let failed = decisions(events).into_iter().filter_map(|decision| match decision {
        Decision::OriginFailed { failure, .. } => Some(*failure),
        _ => None,
    });
    failed.collect()
}

#[test]
fn tls_67_68_a_certificate_that_does_not_hold_is_a_502_at_once() {
    let table = [
        (Health::OtherName, Failure::CertificateOfAnother, "TLS-67"),
        (Health::Expired, Failure::CertificateExpired, "TLS-68"),
        (Health::SelfSigned, Failure::CertificateUntrusted, "TLS-68"),
    ];
    for (health, failure, row) in table {
        let mut run = api(&[TlsProtocol::Tls12], OriginProtocol::HttpsOnly);
        act(&mut run, api_is(health));
        let events = act(&mut run, send("paris", Method::Post, "/api/orders"));
        assert_eq!(failures(&events), [failure], "tried once");
        let (x_cache, response) = last_shown(run.journal());
        assert_eq!((response.status.0, x_cache.as_str()), (502, "Error from cloudfront"), "{row}");
        assert_eq!(reached(&events).count(), 0, "no request went out");
        let steps = Steps::of(run.journal());
        let step = steps.all().iter().rfind(|step| step.hop == Hop::NoAnswer).unwrap();
        let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
        let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
        assert!(told.rows.contains(row), "{}", told.rows);
        let setting = told.why.iter().find_map(|reason| reason.setting.clone());
        assert_eq!(setting.as_deref(), Some("Origin shop-api: protocol"));
    }
}

#[test]
fn tls_03_two_connections_each_with_its_own_handshake_and_certificate() {
    let meets = |health: Health| {
        let mut run = api(&[TlsProtocol::Tls12], OriginProtocol::HttpsOnly);
        act(&mut run, api_is(health));
        let shop = Request {
            fields: Fields::parse("Host: www.shop.example").unwrap().into(),
            ..request(Method::Post, "/api/orders")
        };
        let events = act(&mut run, ask("paris", shop));
        let viewers = events.iter().find_map(|event| match &event.what {
            What::Secured { session, round_trips, .. } => Some((*session, *round_trips)),
            _ => None,
        });
        let origins = reached(&events).map(|(_, leg)| (leg.tls, leg.handshake_round_trips()));
        (viewers.unwrap(), origins.last(), last_shown(run.journal()).1.status.0)
    };
    let (viewer, new, status) = meets(Health::Up);
    let (same, old, _) = meets(Health::Speaks(TlsProtocol::Tls12));
    assert!(viewer.0.is_own && viewer.0.is_tls_13(), "TLS-03: the distribution's, with the viewer");
    assert_eq!((viewer.1, status), (1, 201), "TLS-03");
    // TLS-62: TCP and TLS 1.3 take two round trips of the other way, TLS 1.2 one more.
    assert_eq!(new, Some((TlsProtocol::Tls13, 2)), "TLS-03: with the origin");
    assert_eq!(old, Some((TlsProtocol::Tls12, 3)), "TLS-03");
    assert_eq!(same, viewer, "TLS-03: nothing of it shows at the viewer's");
    let (same, origin, status) = meets(Health::Expired);
    assert_eq!((same, origin, status), (viewer, None, 502), "TLS-03: only the origin's is bad");
}

#[test]
fn tls_03_by_http_no_certificate_is_looked_at() {
    for health in [Health::OtherName, Health::Expired, Health::SelfSigned] {
        let mut run = api(&[TlsProtocol::Tls12], OriginProtocol::HttpOnly);
        act(&mut run, api_is(health));
        let events = act(&mut run, send("paris", Method::Post, "/api/orders"));
        assert_eq!(failures(&events), [], "{health:?}");
        assert_eq!(reached(&events).count(), 1);
    }
}

#[test]
fn or_17_tls_62_65_the_highest_common_version_and_its_round_trips() {
    use TlsProtocol::{Tls10, Tls12, Tls13};
    let meets = |tls: &[TlsProtocol], newest| {
        let mut run = api(tls, OriginProtocol::HttpsOnly);
        act(&mut run, api_is(Health::Speaks(newest)));
        let events = act(&mut run, send("paris", Method::Post, "/api/orders"));
        let leg = reached(&events).next().map(|(_, leg)| leg);
        (leg.map(|leg| (leg.tls, leg.handshake_round_trips())), failures(&events))
    };
    assert_eq!(meets(&[Tls12], Tls13), (Some((Tls13, 2)), vec![]));
    assert_eq!(meets(&[Tls12], Tls12), (Some((Tls12, 3)), vec![]));
    assert_eq!(meets(&[Tls10, Tls12], Tls10), (Some((Tls10, 3)), vec![]));
    assert_eq!(meets(&[Tls12], Tls10), (None, vec![Failure::NoCommonProtocol]), "OR-17");
}

#[test]
fn tls_62_64_by_http_one_round_trip_and_nothing_protects_the_leg() {
    let mut run = api(&[TlsProtocol::Tls12], OriginProtocol::MatchViewer);
    let by_http = Request { scheme: Scheme::Http, ..request(Method::Post, "/api/orders") };
    let events = act(&mut run, ask("paris", by_http));
    let (_, leg) = reached(&events).next().unwrap();
    assert_eq!(leg.handshake_round_trips(), 1);
    assert!(leg.handshake > Duration::ZERO);
    let steps = Steps::of(run.journal());
    let step = steps.all().iter().find(|step| step.hop == Hop::AtOrigin).unwrap();
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
    assert!(told.say.iter().any(|said| plain(said).contains("Nothing protects this leg")));
}
