//! Between the edge and its neighbours: TLS and its round trips, buckets and their access controls, names.

use std::time::Duration;

use edgewalk::http::{Scheme, Version};
use edgewalk::simulation::{Run, What};

use crate::{events, reached, refused, walk};

/// How the first byte to an origin came about.
fn handshake(run: &Run) -> (Duration, Duration) {
    let leg = events(run).iter().find_map(|event| match &event.what {
        What::Reached { leg, .. } => Some((leg.handshake, leg.round_trip)),
        _ => None,
    });
    leg.unwrap()
}

#[test]
fn tls_64_a_bucket_is_asked_by_the_viewers_scheme_and_with_always_by_https() {
    let open = walk(&["GET paris /errors/404.html http"]);
    let (took, round_trip) = handshake(&open);
    assert_eq!((took, reached(&open)[0].scheme), (round_trip, Scheme::Http), "TCP alone");
    let signed = walk(&["GET paris /page.html http"]);
    let (took, round_trip) = handshake(&signed);
    assert_eq!((took, reached(&signed)[0].scheme), (2 * round_trip, Scheme::Https), "OSEC-05");
    // A website endpoint speaks plain HTTP alone.
    let website = r#"set Origins.Items[1].DomainName "options.s3-website-us-east-1.amazonaws.com""#;
    let plain = r#"set Origins.Items[1].CustomOriginConfig.OriginProtocolPolicy "http-only""#;
    let run = walk(&[website, plain, "GET paris /app/page.html"]);
    let (took, round_trip) = handshake(&run);
    assert_eq!(took, round_trip);
}

#[test]
fn tls_71_an_origin_is_spoken_to_in_http_1_1_whatever_the_viewer_speaks() {
    for version in ["http/1.0", "http/1.1", "http/3"] {
        let run = walk(&[&format!("GET paris /app/page.html {version}")]);
        assert_eq!(reached(&run)[0].version, Version::Http11, "{version}");
    }
    let run = walk(&["GET paris /app/page.html"]);
    assert_eq!(reached(&run)[0].version, Version::Http11, "HTTP/2");
}

/// What AWS says of an access control of a type, by a protocol, in front of an origin of this domain.
fn controlled(domain: &str, service: &str, protocol: &str) -> String {
    let control = |name: &str, word: &str| {
        format!(r#"set OriginAccessControl.OriginAccessControlConfig.{name} "{word}""#)
    };
    let words = [
        control("OriginAccessControlOriginType", service),
        control("SigningProtocol", protocol),
        r#"set Origins.Items[0].OriginAccessControlId """#.to_owned(),
        format!(r#"set Origins.Items[4].DomainName "{domain}""#),
        r#"set Origins.Items[4].OriginAccessControlId "E1OACEXAMPLE001""#.to_owned(),
    ];
    let custom = r#"set Origins.Items[4].CustomOriginConfig {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}"#;
    let is_bucket = domain.contains(".s3");
    let more = ["set Origins.Items[4].S3OriginConfig null", custom];
    let more = more.into_iter().filter(|_| !is_bucket);
    refused(&words.iter().map(String::as_str).chain(more).collect::<Vec<_>>())
}

#[test]
fn osec_01_06_07_or_23_er_09_an_access_control_fits_the_kind_of_its_origin() {
    const BUCKET: &str = "options-pages.s3.us-east-1.amazonaws.com";
    const POINT: &str = "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com";
    const REFUSED: &str = "InvalidDomainNameForOriginAccessControl";
    let kinds = [
        (BUCKET, "s3"),
        ("examplemediastore.data.mediastore.us-west-1.amazonaws.com", "mediastore"),
        ("abcde.egress.vwxyz.mediapackagev2.us-west-2.amazonaws.com", "mediapackagev2"),
        ("abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws", "lambda"),
    ];
    for (domain, own) in kinds {
        for (_, service) in kinds {
            let said = controlled(domain, service, "sigv4");
            assert_eq!(said.is_empty(), service == own, "OR-23 {domain} {service}: {said}");
            assert_eq!(said.contains(REFUSED), service != own, "ER-09 {domain} {service}: {said}");
        }
        let said = controlled(domain, own, "sigv4a");
        assert!(said.contains(REFUSED) && said.contains("sigv4a"), "OSEC-01 {domain}: {said}");
    }
    assert_eq!(controlled(POINT, "s3", "sigv4a"), "", "OSEC-01: a Multi-Region Access Point");
    assert!(controlled(POINT, "s3", "sigv4").contains(REFUSED), "OSEC-01");
    for domain in ["docs.s3-website-us-west-2.amazonaws.com", "www.example.com"] {
        let said = controlled(domain, "s3", "sigv4");
        assert!(said.contains("InvalidDomainName") || said.contains("InvalidOrigin"), "OSEC-07");
    }
    let set = |name: &str, word: &str| {
        refused(&[&format!(r#"set OriginAccessControl.OriginAccessControlConfig.{name} "{word}""#)])
    };
    assert!(set("SigningProtocol", "sigv5").contains("sigv4, sigv4a"), "OSEC-01");
    assert!(set("OriginAccessControlOriginType", "s3mrap").contains("mediapackagev2"), "OSEC-06");
}

#[test]
fn osec_01_requests_to_a_multi_region_access_point_are_signed_for_all_regions() {
    let run = walk(&[
        r#"set OriginAccessControl.OriginAccessControlConfig.SigningProtocol "sigv4a""#,
        r#"set Origins.Items[0].DomainName "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com""#,
        "GET paris /page.html",
    ]);
    let got = reached(&run)[0];
    let signed = "AWS4-ECDSA-P256-SHA256 Credential=cloudfront.amazonaws.com/s3/aws4_request";
    assert_eq!(got.fields.get("Authorization"), Some(signed));
    assert_eq!(got.fields.get("X-Amz-Region-Set"), Some("*"));
}

#[test]
fn og_10_a_group_of_mediapackage_v2_may_choose_by_quality_without_lambda_before_it() {
    let domain = |place: usize| {
        format!(
            r#"set Origins.Items[{place}].DomainName "m{place}.egress.vwxyz.mediapackagev2.us-west-2.amazonaws.com""#
        )
    };
    let by_quality = r#"set OriginGroups.Items[0].SelectionCriteria "media-quality-based""#;
    let lambda = |event: &str| {
        let arn = crate::LAMBDA;
        format!(
            r#"set CacheBehaviors.Items[2].LambdaFunctionAssociations.Items [{{"LambdaFunctionARN": "{arn}", "EventType": "{event}"}}]"#
        )
    };
    let (a, b) = (domain(2), domain(3));
    assert_eq!(refused(&[&a, &b, by_quality]), "", "OG-10: taken");
    for event in ["viewer-request", "origin-request", "origin-response", "viewer-response"] {
        let said = refused(&[&a, &b, by_quality, &lambda(event)]);
        let is_refused = said.contains("OriginGroups.Items[0].SelectionCriteria");
        assert_eq!(is_refused, event.starts_with("origin"), "OG-10: {event}: {said}");
        assert_eq!(refused(&[&a, &b, &lambda(event)]), "", "OG-10: the default goes with all");
    }
    assert!(refused(&[&a, by_quality]).contains("MediaPackage v2 only"), "OG-10: both of them");
}

#[test]
fn ok_04_06_or_14_origins_of_media_begin_with_https_alone() {
    use edgewalk::distribution::Draft;
    use edgewalk::scene::console::{Item, Setting};
    for domain in [
        "3ae97e9482b0d011.mediapackage.us-west-2.amazonaws.com",
        "abcde.egress.vwxyz.mediapackagev2.us-west-2.amazonaws.com",
        "0123456789abcdef.mediatailor.us-west-2.amazonaws.com",
    ] {
        let base = crate::base::configured(&[], &crate::nothing()).unwrap();
        let mut draft = Draft::of(&base);
        // The bucket of the site turns into such an origin, so its block is begun anew.
        Setting::DomainName.enter(&mut draft, Item::Origin(0), domain).unwrap();
        let block = "Origins.Items[0].CustomOriginConfig".parse().unwrap();
        let at = |name: &str| {
            let path = edgewalk::json::Path::member(&block, name);
            draft.at(&path).map(edgewalk::json::Json::write_short)
        };
        assert_eq!(at("OriginProtocolPolicy").as_deref(), Some(r#""https-only""#), "{domain}");
        assert_eq!(
            at("OriginSslProtocols").as_deref(),
            Some(r#"{"Quantity":1,"Items":["TLSv1.2"]}"#)
        );
    }
}

#[test]
fn vsec_20_a_web_acl_is_one_of_cloudfronts_in_us_east_1() {
    let acl = |arn: &str| refused(&[&format!(r#"set WebACLId "{arn}""#)]);
    let id = "a1b2c3d4-5678-90ab-cdef-EXAMPLE33333";
    let good = format!("arn:aws:wafv2:us-east-1:123456789012:global/webacl/options/{id}");
    assert_eq!(acl(&good), "");
    for wrong in [good.replace("us-east-1", "eu-west-1"), good.replace("global", "regional")] {
        assert!(acl(&wrong).contains("InvalidWebACLId"), "{wrong}");
    }
}

#[test]
fn qt_18_a_behavior_trusts_four_groups_at_most() {
    let groups = |count: usize| {
        let ids: Vec<String> =
            (0..count).map(|n| format!(r#""a1b2c3d4-5678-90ab-cdef-example1111{n}""#)).collect();
        let value =
            format!(r#"{{"Enabled": true, "Quantity": {count}, "Items": [{}]}}"#, ids.join(", "));
        refused(&[&format!("set CacheBehaviors.Items[4].TrustedKeyGroups {value}")])
    };
    let keys = |count: usize| {
        let ids: Vec<String> = (0..count).map(|n| format!(r#""K{n}EXAMPLE""#)).collect();
        refused(&[&format!("set KeyGroup.KeyGroupConfig.Items [{}]", ids.join(", "))])
    };
    assert_eq!((keys(5), keys(6).is_empty()), (String::new(), false), "QT-18");
    assert_eq!(groups(4), "");
    assert!(groups(5).contains("TooManyKeyGroupsAssociatedToDistribution"), "{}", groups(5));
}
