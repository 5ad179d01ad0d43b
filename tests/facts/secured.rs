//! What TLS and certificates are, as far as a walk shows it (security-logs-edge.md sections 3.1, 3.2, 3.5 and 5.1).

use std::time::Duration;

use edgewalk::distribution::{CertificateKey, TlsProtocol, ViewerCertificate};
use edgewalk::edge::{Decision, Failure, NotSecured};
use edgewalk::simulation::{Event, Place, Run, What};

use crate::{decisions, events, nothing, owned, reached, said, shown, walk};

const OWN: &str = r#""Host: www.example.com""#;

/// A GET for the own name.
fn by_own_name() -> String {
    format!("GET paris /page.html {OWN}")
}

fn refused(run: &Run) -> Vec<NotSecured> {
    let found = events(run).iter().filter_map(|event| match event.what {
        What::NotSecured { why, .. } => Some(why),
        _ => None,
    });
    found.collect()
}

/// Round trips of the handshakes of each event that opens a connection.
fn trips(run: &Run) -> Vec<u32> {
    let trips = events(run).iter().filter_map(|event| match event.what {
        What::Connected { round_trips, .. } | What::Secured { round_trips, .. } => {
            Some(round_trips)
        }
        _ => None,
    });
    trips.collect()
}

#[test]
fn tls_01_what_is_retired_is_turned_away_and_what_runs_today_is_not() {
    let policy = r#"set ViewerCertificate.MinimumProtocolVersion "TLSv1.2_2021""#;
    for (viewer, is_served) in
        [("ssl3", false), ("tls1.0", false), ("tls1.2", true), ("modern", true)]
    {
        let is = format!("viewer {viewer}");
        let run = walk(&[policy, &is, &by_own_name()]);
        assert_eq!(refused(&run).is_empty(), is_served, "TLS-01 {viewer}");
        assert_eq!(shown(&run).len(), usize::from(is_served), "TLS-01 {viewer}");
    }
}

#[test]
fn tls_05_what_the_edge_checks_of_an_origins_certificate() {
    // The edge is the viewer of that leg: name, dates and chain, each by itself.
    for (health, failure) in [
        ("other-name", Failure::CertificateOfAnother),
        ("expired", Failure::CertificateExpired),
        ("self-signed", Failure::CertificateUntrusted),
    ] {
        let ails = format!("health app {health}");
        let run = walk(&[
            r#"set Origins.Items[1].CustomOriginConfig.OriginProtocolPolicy "https-only""#,
            &ails,
            "GET paris /app/page.html",
        ]);
        let found = decisions(&run).find_map(|decision| match decision {
            Decision::OriginFailed { failure, .. } => Some(*failure),
            _ => None,
        });
        assert_eq!(found, Some(failure), "TLS-05 {health}");
        assert_eq!((reached(&run).len(), said(&run)[0].0), (0, 502), "TLS-05 {health}");
    }
}

#[test]
fn tls_08_public_key_work_once_a_handshake_and_the_same_cipher_for_all_behind_it() {
    let ask = by_own_name();
    let run = walk(&[&ask, &ask, &ask]);
    assert_eq!(trips(&run).len(), 2, "TLS-08: TCP and TLS, for the first alone");
    let sessions: Vec<_> = events(&run)
        .iter()
        .filter_map(|event| match event.what {
            What::Secured { session, .. } | What::Reused { session, .. } => Some(session),
            _ => None,
        })
        .collect();
    assert_eq!(sessions.len(), 3, "TLS-08");
    assert!(sessions.iter().all(|session| *session == sessions[0]), "TLS-08: {sessions:?}");
    let cipher = sessions[0].cipher.as_str();
    assert!(cipher.contains("AES") || cipher.contains("CHACHA20"), "TLS-08: {cipher}");
}

#[test]
fn tls_13_18_one_certificate_of_acm_in_us_east_1_or_of_iam() {
    let acm = |region: &str| {
        format!(
            r#"set ViewerCertificate.ACMCertificateArn "arn:aws:acm:{region}:123456789012:certificate/a1b2c3d4""#
        )
    };
    assert_eq!(crate::refused(&[&acm("us-east-1")]), "", "TLS-13");
    let said = crate::refused(&[&acm("eu-central-1")]);
    assert!(said.contains("us-east-1"), "TLS-13: {said}");
    let iam = r#"set ViewerCertificate.IAMCertificateId "ASCAEXAMPLE""#;
    let without = r#"set ViewerCertificate.ACMCertificateArn """#;
    assert_eq!(crate::refused(&[without, iam]), "", "TLS-13: the store of IAM");
    let said = crate::refused(&[&acm("us-east-1"), iam]);
    assert!(said.contains("a distribution has one certificate"), "TLS-18: {said}");
}

#[test]
fn tls_61_a_redirected_first_visit_takes_two_and_three_round_trips() {
    let run = walk(&[
        r#"set DefaultCacheBehavior.ViewerProtocolPolicy "redirect-to-https""#,
        "GET paris /page.html http",
        "GET paris /page.html",
        "GET paris /page.html",
    ]);
    assert_eq!(said(&run)[0].0, 301, "TLS-61");
    let all = events(&run);
    let resolved: Vec<_> = at(all, |what| matches!(what, What::Resolved { .. }));
    let sent: Vec<_> = at(all, |what| matches!(what, What::Sent { .. }));
    let round_trip = all
        .iter()
        .find_map(|event| match event.what {
            What::Sent { round_trip, .. } => Some(round_trip),
            _ => None,
        })
        .unwrap();
    let before = |place: usize| sent[place].saturating_sub(resolved[place]);
    assert_eq!(before(0), round_trip, "TLS-61, TLS-51: one before the request");
    assert_eq!(before(1), round_trip * 2, "TLS-61, TLS-54: two before the request");
    // One more until the head is back, of an answer that takes the edge no time.
    let heads: Vec<Duration> = all
        .iter()
        .filter_map(|event| match event.what {
            What::Shown { head_at, .. } => Some(Duration::from_micros(head_at.as_micros())),
            _ => None,
        })
        .collect();
    assert_eq!(heads[0].saturating_sub(resolved[0]), round_trip * 2, "TLS-61: the redirect");
    assert_eq!(heads[2].saturating_sub(sent[2]), round_trip, "TLS-61: a hit at the edge");
}

fn at(events: &[Event], is_it: fn(&What) -> bool) -> Vec<Duration> {
    let found = events.iter().filter(|event| is_it(&event.what));
    found.map(|event| Duration::from_micros(event.at.as_micros())).collect()
}

#[test]
fn vsec_01_the_handshake_comes_before_every_other_check() {
    // France is blocked, and this viewer finds nothing in common with the policy.
    let blocked = [
        r#"set Restrictions.GeoRestriction {"RestrictionType": "blacklist", "Quantity": 1, "Items": ["FR"]}"#,
        r#"set ViewerCertificate.MinimumProtocolVersion "TLSv1.2_2021""#,
    ];
    let ask = by_own_name();
    let run = walk(&[blocked[0], blocked[1], "viewer tls1.0", &ask]);
    assert_eq!(refused(&run).len(), 1, "VSEC-01");
    let is_at_pop = |event: &Event| matches!(event.place, Place::Pop(_));
    assert!(!events(&run).iter().any(is_at_pop), "VSEC-01: nobody asks for the country");
    assert!(shown(&run).is_empty(), "VSEC-01: closed, without a status");
    let run = walk(&[blocked[0], blocked[1], "viewer tls1.2", &ask]);
    assert_eq!(said(&run)[0].0, 403, "VSEC-01: whom TLS lets in is asked then");
}

#[test]
fn myth_21_the_policy_of_the_default_certificate_is_fixed() {
    let run = walk(&[
        r#"set Aliases {"Quantity": 0}"#,
        r#"set ViewerCertificate {"CloudFrontDefaultCertificate": true, "MinimumProtocolVersion": "TLSv1.2_2021"}"#,
        "viewer tls1.0",
        "GET paris /page.html",
    ]);
    assert_eq!(refused(&run), [], "MYTH-21");
    let session = events(&run).iter().find_map(|event| match event.what {
        What::Secured { session, .. } => Some(session),
        _ => None,
    });
    let session = session.unwrap();
    assert_eq!(
        (session.protocol, session.policy.as_str()),
        (TlsProtocol::Tls10, "TLSv1"),
        "MYTH-21"
    );
}

#[test]
fn myth_26_larger_keys_and_tls_13_to_origins() {
    for (algorithm, key) in
        [("RSA_4096", CertificateKey::Rsa), ("EC_secp384r1", CertificateKey::Ecdsa)]
    {
        let algorithm = format!(r#"set Certificate.KeyAlgorithm "{algorithm}""#);
        let configuration = crate::base::configured(&owned(&[&algorithm]), &nothing()).unwrap();
        let ViewerCertificate::Own(own) = &configuration.distribution().certificate else {
            panic!("the base has its own")
        };
        assert_eq!(own.key(), key, "MYTH-26");
    }
    let run = walk(&[
        r#"set Origins.Items[1].CustomOriginConfig.OriginProtocolPolicy "https-only""#,
        "GET paris /app/page.html",
    ]);
    let leg = events(&run).iter().find_map(|event| match event.what {
        What::Reached { leg, .. } => Some(leg),
        _ => None,
    });
    assert_eq!(leg.unwrap().tls, TlsProtocol::Tls13, "MYTH-26");
}

#[test]
fn edge_64_without_an_address_no_function_is_called() {
    let lambda = crate::LAMBDA;
    let association = format!(
        r#"set CacheBehaviors.Items[0].LambdaFunctionAssociations.Items [{{"LambdaFunctionARN": "{lambda}", "EventType": "origin-request"}}]"#
    );
    let arn = format!(r#"set EdgeFunction.ARN "{lambda}""#);
    let answers = [
        r#"set EdgeFunction.Does "Redirect""#,
        r#"set EdgeFunction.From "/app/*""#,
        r#"set EdgeFunction.To "/new""#,
        "set EdgeFunction.Status 301",
    ];
    let run = |health: &str| {
        let health = format!("health app {health}");
        let mut words = vec![&*association, &*arn, &*health];
        words.extend(answers);
        words.push("GET paris /app/page.html");
        walk(&words)
    };
    let ran = |run: &Run| {
        decisions(run).filter(|decision| matches!(decision, Decision::FunctionRan(_))).count()
    };
    let without = run("unresolved");
    assert_eq!((ran(&without), said(&without)[0].0), (0, 502), "EDGE-64");
    // Whoever only refuses is found first: there the function answers in its place.
    let refuses = run("refuses");
    assert_eq!((ran(&refuses), said(&refuses)[0].0), (1, 301), "EDGE-64");
}
