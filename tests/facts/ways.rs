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

#[test]
fn osec_01_06_or_23_the_words_of_an_access_control() {
    let set = |name: &str, word: &str| {
        refused(&[&format!(r#"set OriginAccessControl.OriginAccessControlConfig.{name} "{word}""#)])
    };
    for word in ["sigv4", "sigv4a"] {
        assert_eq!(set("SigningProtocol", word), "", "OSEC-01");
    }
    assert!(set("SigningProtocol", "sigv5").contains("sigv4, sigv4a"), "OSEC-01");
    for word in ["s3", "mediastore", "mediapackagev2", "lambda"] {
        assert_eq!(set("OriginAccessControlOriginType", word), "", "OSEC-06");
    }
    assert!(set("OriginAccessControlOriginType", "s3mrap").contains("mediapackagev2"), "OSEC-06");
}

#[test]
fn cp_05_06_origins_of_media_begin_with_https_alone() {
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
