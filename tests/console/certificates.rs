//! What is entered of certificate, security policy and versions of HTTP.

use edgewalk::distribution::aws::Sort;
use edgewalk::http::{Fields, Method, Request, Target};
use edgewalk::network::{City, Offer};
use edgewalk::scene::console::{Control, Item, Setting, name_to_see_it_by};
use edgewalk::simulation::{Action, Run, Walk, What};

use crate::{
    API_AND_MEDIA, LEGACY, S3_SITE, at, draft, enter, field, findings, least, sheet, value,
};

const GENERAL: Item = Item::General;
const ARN: &str = "arn:aws:acm:us-east-1:123456789012:certificate/other";

fn certificate(draft: &edgewalk::distribution::Draft) -> String {
    at(draft, "ViewerCertificate")
}

fn has(draft: &edgewalk::distribution::Draft, setting: Setting) -> bool {
    sheet(draft, GENERAL).fields.iter().any(|field| field.setting == setting)
}

#[test]
fn ds_08_to_11_an_own_certificate_takes_the_place_of_cloudfronts_and_gives_it_back() {
    for text in [S3_SITE, &least_text()] {
        let mut draft = draft(text);
        let before = certificate(&draft);
        assert!(!has(&draft, Setting::SslSupport) && !has(&draft, Setting::SecurityPolicy));
        enter(&mut draft, GENERAL, Setting::Certificate, ARN);
        assert_eq!(findings(&draft), [], "a valid document");
        let own = [
            "\"CloudFrontDefaultCertificate\":false",
            &format!("\"ACMCertificateArn\":\"{ARN}\""),
            "\"SSLSupportMethod\":\"sni-only\"",
            "\"MinimumProtocolVersion\":\"TLSv1.2_2021\"",
        ];
        let now = certificate(&draft);
        assert!(own.iter().all(|part| now.contains(part)), "{now}");
        assert_eq!(value(&draft, GENERAL, Setting::SslSupport), "sni-only");
        assert_eq!(value(&draft, GENERAL, Setting::SecurityPolicy), "TLSv1.2_2021");
        enter(&mut draft, GENERAL, Setting::Certificate, "");
        assert_eq!(certificate(&draft), before);
        assert_eq!(findings(&draft), []);
    }
}

/// A document that says nothing of a certificate.
fn least_text() -> String {
    least().document().write()
}

#[test]
fn ds_09_another_certificate_keeps_how_it_is_asked_for() {
    let mut draft = draft(API_AND_MEDIA);
    let before = certificate(&draft);
    let own = value(&draft, GENERAL, Setting::Certificate);
    enter(&mut draft, GENERAL, Setting::SecurityPolicy, "TLSv1.2_2019");
    enter(&mut draft, GENERAL, Setting::Certificate, ARN);
    assert_eq!(value(&draft, GENERAL, Setting::SecurityPolicy), "TLSv1.2_2019");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, GENERAL, Setting::SecurityPolicy, "TLSv1.2_2021");
    enter(&mut draft, GENERAL, Setting::Certificate, &own);
    assert_eq!(certificate(&draft), before);
    // The wrong Region can be entered, and is refused where it stands.
    let frankfurt = ARN.replace("us-east-1", "eu-central-1");
    enter(&mut draft, GENERAL, Setting::Certificate, &frankfurt);
    let place = "ViewerCertificate.ACMCertificateArn".to_owned();
    assert_eq!(findings(&draft), [(place, "DS-09")]);
    let sheet = sheet(&draft, GENERAL);
    let field = sheet.fields.iter().find(|field| field.setting == Setting::Certificate).unwrap();
    assert_eq!(field.faults.len(), 1, "it shows at its field");
    enter(&mut draft, GENERAL, Setting::Certificate, "ASCACKCEVSQ6CEXAMPLE1");
    assert_eq!(at(&draft, "ViewerCertificate.IAMCertificateId"), "\"ASCACKCEVSQ6CEXAMPLE1\"");
    assert_eq!(findings(&draft), []);
}

#[test]
fn ds_09_tls_15_a_certificate_that_is_given_is_proposed_and_called_by_its_name() {
    let mut draft = draft(API_AND_MEDIA);
    let item = Item::new_beside(&mut draft, Sort::Certificate).unwrap();
    enter(&mut draft, item, Setting::CertificateNames, "media.example.com *.example.com");
    let Control::Proposed(all) = field(&draft, GENERAL, Setting::Certificate).control else {
        panic!("it is typed or chosen");
    };
    let last = all.last().unwrap().clone();
    assert_eq!(last.label, at(&draft, "Beside[0].Certificate.DomainName").trim_matches('"'));
    enter(&mut draft, GENERAL, Setting::Certificate, &last.value);
    assert_eq!(field(&draft, GENERAL, Setting::Certificate).help, last.label);
    enter(&mut draft, GENERAL, Setting::Certificate, ARN);
    assert_eq!(field(&draft, GENERAL, Setting::Certificate).help, "", "nobody knows its name");
}

#[test]
fn ds_08_names_without_a_certificate_are_refused() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, GENERAL, Setting::Certificate, "");
    assert_eq!(findings(&draft), [("ViewerCertificate".to_owned(), "DS-08")]);
}

#[test]
fn tls_30_31_the_policy_follows_where_the_support_does_not_take_it() {
    let mut draft = draft(API_AND_MEDIA);
    let before = certificate(&draft);
    enter(&mut draft, GENERAL, Setting::SslSupport, "vip");
    let policy = field(&draft, GENERAL, Setting::SecurityPolicy);
    assert_eq!(policy.value, "TLSv1", "TLS-31");
    let said = "TLSv1 in place of TLSv1.2_2021: with IP addresses of its own there are SSLv3 and TLSv1 alone (TLS-31)";
    assert_eq!(policy.help, said, "nothing is lowered in silence");
    let offered = |control: Control| match control {
        Control::Choice(all) => all.into_iter().map(|choice| choice.value).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let mut of_addresses = offered(policy.control);
    of_addresses.sort();
    assert_eq!(of_addresses, ["SSLv3", "TLSv1"], "TLS-31");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, GENERAL, Setting::SslSupport, "sni-only");
    assert_eq!(certificate(&draft), before);
    let policy = field(&draft, GENERAL, Setting::SecurityPolicy);
    let by_name = offered(policy.control);
    assert_eq!((by_name.len(), by_name.iter().any(|it| it == "SSLv3")), (8, false), "TLS-30");
    assert_eq!(policy.help, "");
    let mut old = crate::draft(LEGACY);
    enter(&mut old, GENERAL, Setting::SecurityPolicy, "SSLv3");
    assert_eq!(findings(&old), []);
    enter(&mut old, GENERAL, Setting::SslSupport, "sni-only");
    assert_eq!(value(&old, GENERAL, Setting::SecurityPolicy), "TLSv1", "TLS-30");
    assert_eq!(findings(&old), []);
}

#[test]
fn ds_13_14_versions_of_http_and_ipv6() {
    let mut draft = least();
    assert_eq!(value(&draft, GENERAL, Setting::HttpVersions), "http2");
    enter(&mut draft, GENERAL, Setting::HttpVersions, "http2and3");
    assert_eq!(at(&draft, "HttpVersion"), "\"http2and3\"");
    enter(&mut draft, GENERAL, Setting::Ipv6, "true");
    assert_eq!(at(&draft, "IsIPV6Enabled"), "true");
    assert_eq!(findings(&draft), []);
}

#[test]
fn or_17_the_oldest_version_of_tls_that_an_origin_may_speak() {
    let mut draft = draft(LEGACY);
    let ec2 = Item::Origin(1);
    let place = "Origins.Items[1].CustomOriginConfig.OriginSslProtocols.Items";
    let before = at(&draft, place);
    let oldest = value(&draft, ec2, Setting::OriginSsl);
    enter(&mut draft, ec2, Setting::OriginSsl, "TLSv1.1");
    assert_eq!(at(&draft, place), r#"["TLSv1.1","TLSv1.2"]"#);
    assert_eq!(value(&draft, ec2, Setting::OriginSsl), "TLSv1.1");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, ec2, Setting::OriginSsl, &oldest);
    assert_eq!(at(&draft, place), before, "as it was");
}

#[test]
fn tls_77_what_was_changed_of_viewer_tls_is_met_by_an_alternate_name() {
    let before = draft(API_AND_MEDIA);
    let name = |change: &dyn Fn(&mut edgewalk::distribution::Draft)| {
        let mut after = draft(API_AND_MEDIA);
        change(&mut after);
        let after = after.check().unwrap();
        name_to_see_it_by(before.base().distribution(), after.distribution())
    };
    let first = before.base().distribution().aliases[0].clone();
    assert!(!first.starts_with('*'));
    let policy = |draft: &mut _| enter(draft, GENERAL, Setting::SecurityPolicy, "TLSv1.3_2025");
    assert_eq!(name(&policy), Some(first));
    assert_eq!(name(&|draft| enter(draft, GENERAL, Setting::Comment, "other")), None);
    let wild = |draft: &mut _| {
        enter(draft, GENERAL, Setting::Aliases, "*.example.com");
        policy(draft);
    };
    assert_eq!(name(&wild).as_deref(), Some("www.example.com"));
    // The viewer of old, who got in by the distribution's own name, gets no connection by this one.
    let mut after = draft(API_AND_MEDIA);
    policy(&mut after);
    let configuration = after.check().unwrap();
    let host = configuration.distribution().aliases[0].clone();
    let mut run = Run::new(Walk::of_configuration(configuration.into()).scenario).unwrap();
    let viewer = Offer::ALL.into_iter().find(|offer| offer.protocols().all(|it| it != "TLSv1.3"));
    run.act(Action::SetViewer { viewer: viewer.unwrap() }, run.journal().len()).unwrap();
    let mut is_refused = |fields: &str| {
        let target = Target::parse("/media/example").unwrap();
        let fields = Fields::parse(fields).unwrap().into();
        let request = Request::new(Method::Get, target, fields).into();
        let (city, start) = (City::find("paris").unwrap(), run.journal().len());
        run.act(Action::Send { city, request }, start).unwrap();
        let events = &run.journal().events()[start..];
        events.iter().any(|event| matches!(event.what, What::NotSecured { .. }))
    };
    assert!(!is_refused(""), "TLS-77");
    assert!(is_refused(&format!("Host: {host}")), "DS-11");
}
