//! What is entered for an origin.

use edgewalk::distribution::aws::SHIELD_REGIONS;
use edgewalk::distribution::{Configuration, Draft, OriginKind};
use edgewalk::scene::console::{Control, Item, Setting, Sheet};
use edgewalk::simulation::{Run, Walk};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, at, draft, enter, field, findings, get, sheet, value};

const ALB: Item = Item::Origin(0);
const PRIMARY: Item = Item::Origin(1);

#[test]
fn or_02_those_who_name_an_origin_keep_to_it() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, ALB, Setting::OriginId, "app");
    assert_eq!(at(&draft, "Origins.Items[0].Id"), "\"app\"");
    assert_eq!(at(&draft, "DefaultCacheBehavior.TargetOriginId"), "\"app\"");
    assert_eq!(at(&draft, "CacheBehaviors.Items[4].TargetOriginId"), "\"app\"");
    assert_eq!(at(&draft, "CacheBehaviors.Items[2].TargetOriginId"), "\"live-mediapackage\"");
    enter(&mut draft, PRIMARY, Setting::OriginId, "pictures");
    assert_eq!(at(&draft, "CacheBehaviors.Items[1].TargetOriginId"), "\"pictures\"");
    let members = "OriginGroups.Items[0].Members.Items";
    assert_eq!(at(&draft, &format!("{members}[0].OriginId")), "\"pictures\"");
    assert_eq!(at(&draft, &format!("{members}[1].OriginId")), "\"media-replica\"");
    assert_eq!(
        at(&draft, "CacheBehaviors.Items[3].TargetOriginId"),
        "\"media-failover\"",
        "a group"
    );
    assert_eq!(findings(&draft), []);
}

/// Types a name letter by letter, after what was there has been taken away.
fn typed(draft: &mut edgewalk::distribution::Draft, item: Item, name: &str) {
    enter(draft, item, Setting::OriginId, "");
    for end in 1..=name.len() {
        enter(draft, item, Setting::OriginId, &name[..end]);
    }
}

#[test]
fn or_02_a_name_that_is_typed_through_another_s_takes_its_followers_along() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, PRIMARY, Setting::OriginId, "app");
    typed(&mut draft, ALB, "app-alb-2"); // through "app", which is another's
    assert_eq!(at(&draft, "DefaultCacheBehavior.TargetOriginId"), "\"app-alb-2\"");
    assert_eq!(at(&draft, "CacheBehaviors.Items[4].TargetOriginId"), "\"app-alb-2\"");
    assert_eq!(
        at(&draft, "CacheBehaviors.Items[1].TargetOriginId"),
        "\"app\"",
        "who named the other"
    );
    assert_eq!(findings(&draft), []);
    // Through the name of a group, too: whoever named the group goes on doing so.
    typed(&mut draft, ALB, "media-failover-app");
    assert_eq!(at(&draft, "CacheBehaviors.Items[3].TargetOriginId"), "\"media-failover\"");
    assert_eq!(at(&draft, "DefaultCacheBehavior.TargetOriginId"), "\"media-failover-app\"");
    assert_eq!(findings(&draft), []);
}

#[test]
fn or_02_a_name_that_is_another_s_is_refused_and_leaves_the_others_alone() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, ALB, Setting::OriginId, "media-replica");
    assert_eq!(at(&draft, "OriginGroups.Items[0].Members.Items[1].OriginId"), "\"media-replica\"");
    assert_eq!(
        at(&draft, "DefaultCacheBehavior.TargetOriginId"),
        "\"app-alb\"",
        "for the time being"
    );
    assert!(findings(&draft).iter().any(|(path, _)| path.starts_with("Origins.Items[2].Id")));
    enter(&mut draft, ALB, Setting::OriginId, "app-alb");
    assert_eq!(draft.document(), draft.base().document());
}

#[test]
fn or_02_what_names_nobody_is_not_guessed_where_it_is_more_than_one_name() {
    let mut draft = draft(API_AND_MEDIA);
    Item::Origin(3).remove(&mut draft).unwrap(); // the live origin: its behavior names nobody now
    enter(&mut draft, ALB, Setting::OriginId, "media-replica");
    enter(&mut draft, ALB, Setting::OriginId, "media-replica-2");
    assert_eq!(at(&draft, "CacheBehaviors.Items[2].TargetOriginId"), "\"live-mediapackage\"");
    assert_eq!(at(&draft, "DefaultCacheBehavior.TargetOriginId"), "\"app-alb\"");
    let rows: Vec<_> = findings(&draft).into_iter().map(|(path, _)| path).collect();
    assert!(rows.contains(&"DefaultCacheBehavior.TargetOriginId".to_owned()), "{rows:?}");
}

#[test]
fn ok_01_ok_02_or_14_the_block_is_the_one_for_the_kind() {
    let block = |name: &str| {
        let mut draft = draft(S3_SITE);
        enter(&mut draft, ALB, Setting::DomainName, name);
        let one = |setting| value(&draft, ALB, setting);
        assert_eq!(at(&draft, "Origins.Items[0].S3OriginConfig"), "nothing", "{name}");
        let ports = [one(Setting::HttpPort), one(Setting::HttpsPort)];
        assert_eq!(ports, ["80", "443"], "{name}");
        assert_eq!(one(Setting::ResponseTimeout), "30", "as it was");
        one(Setting::Protocol)
    };
    let website = "example-spa-site.s3-website.eu-central-1.amazonaws.com";
    assert_eq!(block(website), "http-only", "OK-02: no TLS there");
    assert_eq!(block("www.example.com"), "match-viewer", "OR-14");
    assert_eq!(block("ec2-203-0-113-25.compute-1.amazonaws.com"), "match-viewer", "OR-14");
    assert_eq!(block("abc-1234567890.eu-west-1.elb.amazonaws.com"), "https-only", "OR-14");
    assert_eq!(block("a1b2c3.execute-api.eu-west-1.amazonaws.com"), "https-only", "OR-14");
    // The other way round.
    let mut draft = draft(LEGACY);
    let www = Item::Origin(1);
    enter(&mut draft, www, Setting::DomainName, "legacy-docs.s3.us-west-2.amazonaws.com");
    assert_eq!(at(&draft, "Origins.Items[1].CustomOriginConfig"), "nothing");
    assert_eq!(
        at(&draft, "Origins.Items[1].S3OriginConfig"),
        r#"{"OriginAccessIdentity":"","OriginReadTimeout":30}"#
    );
}

#[test]
fn ok_02_or_14_a_new_origins_protocol_follows_its_kind_as_the_name_is_typed() {
    let mut draft = draft(S3_SITE);
    let new = Item::new_origin(&mut draft).unwrap();
    let now = |draft: &edgewalk::distribution::Draft| value(draft, new, Setting::Protocol);
    assert_eq!(now(&draft), "match-viewer", "OR-14");
    let website = "docs.s3-website-us-west-2.amazonaws.com";
    for end in 1..=website.len() {
        enter(&mut draft, new, Setting::DomainName, &website[..end]);
    }
    assert_eq!(now(&draft), "http-only", "OK-02");
    for (domain, protocol, row) in [
        ("a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "https-only", "OR-14"),
        ("", "https-only", "it is nothing yet"),
        ("abcdef.lambda-url.us-east-1.on.aws", "https-only", "OK-11"),
        ("www.example.com", "match-viewer", "OR-14"),
        ("abc-1234567890.eu-west-1.elb.amazonaws.com", "https-only", "OR-14"),
        (website, "http-only", "OK-02"),
    ] {
        enter(&mut draft, new, Setting::DomainName, domain);
        assert_eq!(now(&draft), protocol, "{row} {domain}");
    }
    // What was chosen stays, unless the new kind does not speak it.
    enter(&mut draft, new, Setting::DomainName, "www.example.com");
    enter(&mut draft, new, Setting::Protocol, "http-only");
    enter(&mut draft, new, Setting::DomainName, "abc-1234567890.eu-west-1.elb.amazonaws.com");
    assert_eq!(now(&draft), "http-only");
    enter(&mut draft, new, Setting::DomainName, "abcdef.lambda-url.us-east-1.on.aws");
    assert_eq!(now(&draft), "https-only", "OK-11");
}

#[test]
fn ok_02_ok_10_the_field_says_what_would_mend_a_protocol_that_a_kind_does_not_speak() {
    let mut draft = draft(S3_SITE);
    let new = Item::new_origin(&mut draft).unwrap();
    let mut help = |domain: &str, protocol: &str| {
        enter(&mut draft, new, Setting::DomainName, domain);
        enter(&mut draft, new, Setting::Protocol, protocol);
        let sheet = Sheet::of(new, &draft, &[]).unwrap();
        sheet.fields.into_iter().find(|field| field.setting == Setting::Protocol).unwrap().help
    };
    let website = "docs.s3-website-us-west-2.amazonaws.com";
    let api = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
    let wrong = "An S3 website speaks HTTP only: choose HTTP only, or viewers get 502";
    assert_eq!(help(website, "match-viewer"), wrong, "OK-02");
    assert_eq!(help(website, "https-only"), wrong, "OK-02");
    assert_eq!(help(website, "http-only"), "");
    let wrong = "API Gateway speaks HTTPS only: choose HTTPS only, or viewers get 502";
    assert_eq!(help(api, "http-only"), wrong, "OK-10");
    assert_eq!(help(api, "match-viewer"), wrong, "OK-10");
    assert_eq!(help(api, "https-only"), "");
    assert_eq!(help("www.example.com", "http-only"), "");
    let instance = "ec2-203-0-113-25.compute-1.amazonaws.com";
    assert!(help(instance, "match-viewer").contains("certificate"), "OK-07");
    assert_eq!(help(instance, "http-only"), "");
}

#[test]
fn ok_01_to_ok_11_ok_13_an_example_of_each_kind_is_proposed_under_its_name() {
    use edgewalk::distribution::OriginKind as Kind;
    let draft = draft(S3_SITE);
    let sheet = Sheet::of(ALB, &draft, &[]).unwrap();
    let field = sheet.fields.into_iter().find(|field| field.setting == Setting::DomainName);
    let Control::Proposed(all) = field.unwrap().control else { panic!("examples are proposed") };
    let expected = [
        Kind::S3Bucket,
        Kind::S3Website,
        Kind::MediaStore,
        Kind::MediaPackage,
        Kind::MediaPackageV2,
        Kind::MediaPackageVod,
        Kind::MediaTailor,
        Kind::Ec2,
        Kind::LoadBalancer,
        Kind::WebServer,
        Kind::ApiGateway,
        Kind::LambdaUrl,
        Kind::CloudFront,
    ];
    for (choice, kind) in all.iter().zip(expected) {
        let found = edgewalk::distribution::domain::classify(&choice.value).unwrap().kind;
        assert_eq!((found, choice.label.as_str()), (kind, kind.label()));
    }
    assert_eq!(all.len(), expected.len());
}

#[test]
fn ok_01_a_name_that_is_typed_wrong_and_mended_leaves_its_block_as_it_was() {
    let table = [
        (0, "legacy-assets.s3.amazonaws.co", "legacy-assets.s3.amazonaws.com"), // its identity
        (1, "a.s3.eu-west-1.amazonaws.com", "ec2-203-0-113-25.compute-1.amazonaws.com"), // its ports
        (2, "b.s3.us-west-2.amazonaws.com", "legacy-docs.s3-website-us-west-2.amazonaws.com"),
    ];
    for (place, wrong, right) in table {
        let mut draft = draft(LEGACY);
        let item = Item::Origin(place);
        enter(&mut draft, item, Setting::DomainName, wrong);
        assert_ne!(draft.document(), draft.base().document());
        enter(&mut draft, item, Setting::DomainName, right);
        assert_eq!(draft.document(), draft.base().document(), "{right}");
    }
    // What was changed meanwhile stays changed.
    let mut draft = draft(LEGACY);
    enter(&mut draft, PRIMARY, Setting::DomainName, "a.s3.eu-west-1.amazonaws.com");
    enter(&mut draft, PRIMARY, Setting::ResponseTimeout, "7");
    enter(&mut draft, PRIMARY, Setting::DomainName, "www.example.org");
    assert_eq!(value(&draft, PRIMARY, Setting::ResponseTimeout), "7");
    assert_eq!(value(&draft, PRIMARY, Setting::HttpPort), "8080");
}

#[test]
fn ok_12_a_name_that_says_no_kind_changes_no_block() {
    let mut draft = draft(S3_SITE);
    for name in ["", "no name", "a..b"] {
        enter(&mut draft, ALB, Setting::DomainName, name);
        assert_ne!(at(&draft, "Origins.Items[0].S3OriginConfig"), "nothing", "{name:?}");
        assert!(findings(&draft).iter().any(|(path, _)| path == "Origins.Items[0].DomainName"));
    }
}

#[test]
fn or_06_or_07_the_shield_is_a_region_or_off() {
    let mut draft = draft(API_AND_MEDIA);
    assert_eq!(
        [value(&draft, ALB, Setting::Shield), value(&draft, PRIMARY, Setting::Shield)],
        ["", "eu-west-1"]
    );
    enter(&mut draft, ALB, Setting::Shield, SHIELD_REGIONS[0]);
    let on = format!(r#"{{"Enabled":true,"OriginShieldRegion":"{}"}}"#, SHIELD_REGIONS[0]);
    assert_eq!(at(&draft, "Origins.Items[0].OriginShield"), on);
    assert_eq!(findings(&draft), []);
    enter(&mut draft, PRIMARY, Setting::Shield, "");
    assert_eq!(at(&draft, "Origins.Items[1].OriginShield"), r#"{"Enabled":false}"#);
    enter(&mut draft, PRIMARY, Setting::Shield, "eu-west-9");
    assert_eq!(
        findings(&draft),
        [("Origins.Items[1].OriginShield.OriginShieldRegion".into(), "OR-07")]
    );
}

#[test]
fn or_04_custom_headers_are_a_field_a_line() {
    let mut draft = draft(API_AND_MEDIA);
    assert_eq!(
        value(&draft, ALB, Setting::CustomHeaders),
        "X-Origin-Verify: replace-with-a-secret"
    );
    enter(&mut draft, ALB, Setting::CustomHeaders, "X-A: 1\n\n  X-B:a:b \nX-C:");
    assert_eq!(
        at(&draft, "Origins.Items[0].CustomHeaders"),
        r#"{"Quantity":3,"Items":[{"HeaderName":"X-A","HeaderValue":"1"},{"HeaderName":"X-B","HeaderValue":"a:b"},{"HeaderName":"X-C","HeaderValue":""}]}"#
    );
    assert_eq!(value(&draft, ALB, Setting::CustomHeaders), "X-A: 1\nX-B: a:b\nX-C: ");
    assert_eq!(findings(&draft), [], "AE-14: a value may be empty");
    // A line that has no colon is none, and stays as it was typed.
    enter(&mut draft, ALB, Setting::CustomHeaders, "X-A: 1\nno colon");
    assert_eq!(value(&draft, ALB, Setting::CustomHeaders), "X-A: 1\nno colon");
    assert_eq!(
        field(&draft, ALB, Setting::CustomHeaders).faults,
        ["Line 2, \"no colon\": a header is a name, a colon and its value (OR-04)"]
    );
    enter(&mut draft, ALB, Setting::CustomHeaders, " \n");
    assert_eq!(at(&draft, "Origins.Items[0].CustomHeaders"), r#"{"Quantity":0}"#, "WR-08");
    let many: Vec<_> = (0..31).map(|place| format!("X-{place}: 1")).collect();
    enter(&mut draft, ALB, Setting::CustomHeaders, &many.join("\n"));
    assert_eq!(findings(&draft), [("Origins.Items[0].CustomHeaders.Items".into(), "OR-04")]);
}

#[test]
fn or_09_to_or_16_a_number_that_is_none_stays_as_it_was_typed_and_is_refused_by_its_row() {
    let table = [
        (Setting::Attempts, "Origins.Items[0].ConnectionAttempts", "OR-09", "4"),
        (Setting::ConnectionTimeout, "Origins.Items[0].ConnectionTimeout", "OR-10", "11"),
        (
            Setting::ResponseTimeout,
            "Origins.Items[0].CustomOriginConfig.OriginReadTimeout",
            "OR-11",
            "0",
        ),
        (
            Setting::KeepAlive,
            "Origins.Items[0].CustomOriginConfig.OriginKeepaliveTimeout",
            "OR-13",
            "0",
        ),
        (Setting::HttpPort, "Origins.Items[0].CustomOriginConfig.HTTPPort", "OR-15", "1023"),
        (Setting::HttpsPort, "Origins.Items[0].CustomOriginConfig.HTTPSPort", "OR-16", "70000"),
    ];
    for (setting, path, row, beyond) in table {
        let mut draft = draft(API_AND_MEDIA);
        // What is a whole number beyond the range is told the range, however many digits it has.
        for text in ["-1", "99999999999999999999", "-99999999999999999999"] {
            enter(&mut draft, ALB, setting, text);
            assert_eq!(at(&draft, path), text);
            assert_eq!(value(&draft, ALB, setting), text);
            assert_eq!(findings(&draft), [(path.into(), row)], "{text}");
        }
        for text in ["abc", "1.5", "1e2", "-"] {
            enter(&mut draft, ALB, setting, text);
            assert_eq!(at(&draft, path), format!("{text:?}"), "it stays a text");
            assert_eq!(value(&draft, ALB, setting), text);
            assert_eq!(
                findings(&draft).iter().map(|(path, _)| &**path).collect::<Vec<_>>(),
                [path]
            );
        }
        enter(&mut draft, ALB, setting, beyond);
        assert_eq!(findings(&draft), [(path.into(), row)]);
        enter(&mut draft, ALB, setting, " 3 ");
        assert_eq!(at(&draft, path), "3", "blanks are none of it");
        enter(&mut draft, ALB, setting, " ");
        assert_eq!(at(&draft, path), "nothing", "nothing typed is nothing said");
    }
}

#[test]
fn dp_25_a_name_that_is_too_long_is_told_how_long_it_may_be() {
    let (label, dots) = ("a".repeat(64), format!("{}.example.com", ["abcdefghi"; 30].join(".")));
    for name in [format!("{label}.example.com"), dots] {
        let mut draft = draft(API_AND_MEDIA);
        enter(&mut draft, ALB, Setting::DomainName, &name);
        let faults = field(&draft, ALB, Setting::DomainName).faults;
        assert!(faults[0].starts_with("An origin domain has at most 253 characters"), "{faults:?}");
        assert!(faults[0].ends_with("DP-25)"), "{faults:?}");
    }
}

#[test]
fn ok_12_or_25_a_vpc_origin_has_settings_of_its_own() {
    let base = draft(API_AND_MEDIA);
    let mut draft = base.clone();
    assert_eq!(value(&draft, ALB, Setting::VpcOrigin), "");
    enter(&mut draft, ALB, Setting::VpcOrigin, " vo_7 ");
    let block = r#"{"OriginReadTimeout":60,"OriginKeepaliveTimeout":30,"VpcOriginId":"vo_7"}"#;
    assert_eq!(at(&draft, "Origins.Items[0].VpcOriginConfig"), block);
    assert_eq!(at(&draft, "Origins.Items[0].CustomOriginConfig"), "nothing", "one of the three");
    assert_eq!(findings(&draft), []);
    let settings: Vec<Setting> =
        sheet(&draft, ALB).fields.into_iter().map(|field| field.setting).collect();
    for own in [Setting::VpcOwner, Setting::ResponseTimeout, Setting::KeepAlive] {
        assert!(settings.contains(&own), "OK-12 {own:?}");
    }
    for other in [Setting::Protocol, Setting::AccessControl, Setting::AccessIdentity] {
        assert!(!settings.contains(&other), "OK-12 {other:?}");
    }
    enter(&mut draft, ALB, Setting::VpcOwner, "123456789012");
    enter(&mut draft, ALB, Setting::KeepAlive, "45");
    enter(&mut draft, ALB, Setting::ResponseTimeout, "20");
    let origin = draft.check().unwrap().distribution().origins[0].clone();
    assert_eq!(origin.kind, OriginKind::VpcOrigin, "OK-12");
    assert_eq!((origin.limits.keep_alive_secs, origin.limits.response_secs), (45, 20));
    let owner = "Origins.Items[0].VpcOriginConfig.OwnerAccountId";
    assert_eq!(at(&draft, owner), "\"123456789012\"");
    enter(&mut draft, ALB, Setting::VpcOwner, "");
    assert_eq!(at(&draft, owner), "nothing");
    // DP-18: a private name is refused as long as nothing says how it is reached.
    enter(&mut draft, ALB, Setting::DomainName, "ip-10-0-1-25.eu-west-1.compute.internal");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, ALB, Setting::VpcOrigin, "");
    assert_eq!(findings(&draft), [("Origins.Items[0].DomainName".into(), "DP-18")]);
    assert_eq!(value(&draft, ALB, Setting::KeepAlive), "45", "the timeouts stay");
    for (setting, before) in [
        (Setting::DomainName, value(&base, ALB, Setting::DomainName)),
        (Setting::KeepAlive, "30".to_owned()),
        (Setting::ResponseTimeout, "60".to_owned()),
    ] {
        enter(&mut draft, ALB, setting, &before);
    }
    assert_eq!(draft.document(), base.document());
}

#[test]
fn or_24_osec_10_to_13_whom_a_bucket_lets_in_is_chosen_and_shown_as_json() {
    let site = Item::Origin(0);
    let base = draft(S3_SITE);
    let shown = |draft: &Draft| {
        let configuration = draft.check().unwrap().into();
        let scenario = Walk::of_configuration(configuration).scenario;
        get(&mut Run::new(scenario).unwrap(), "paris", "/example.html")
    };
    let (miss, error) = ("Miss from cloudfront", "Error from cloudfront");
    let service = r#""Principal":{"Service":"cloudfront.amazonaws.com"}"#;
    let user = r#""Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E127EXAMPLE51Z"}"#;
    let root = r#""Principal":{"AWS":"arn:aws:iam::123456789012:root"}"#;
    // The origin has an access control, so that its requests are signed.
    let table = [
        ("control", service, miss, "OR-24"),
        ("identity", user, error, "OSEC-10, OSEC-11"),
        ("public", r#""Principal":"*""#, miss, "OSEC-11"),
        ("nobody", root, error, "OSEC-11"),
    ];
    assert_eq!(value(&base, site, Setting::LetsIn), "", "nobody has given it");
    assert_eq!(field(&base, site, Setting::LetsIn).help, "");
    for (choice, principal, x_cache, row) in table {
        let mut draft = base.clone();
        enter(&mut draft, site, Setting::LetsIn, choice);
        assert_eq!(value(&draft, site, Setting::LetsIn), choice);
        assert_eq!(findings(&draft), [], "{row}");
        let help = field(&draft, site, Setting::LetsIn).help;
        let resource = r#""Resource":"arn:aws:s3:::example-spa-site/*""#;
        assert!(help.contains(principal) && help.contains(resource), "{row}: {help}");
        assert_eq!(help.contains("AWS:SourceArn"), choice == "control", "OSEC-13: {help}");
        // It is the document beside the configuration, of which there is one for the bucket.
        let count = base.documents().len() + 1;
        assert_eq!(draft.documents().len(), count);
        assert_eq!(draft.documents()[count - 1].member("Policy").unwrap().write_short(), help);
        assert_eq!(shown(&draft), x_cache, "{row}");
        enter(&mut draft, site, Setting::LetsIn, "public");
        assert_eq!(draft.documents().len(), count, "{row}");
        enter(&mut draft, site, Setting::LetsIn, "");
        assert_eq!(draft.documents(), base.documents(), "{row}");
    }
    // With an identity of its own the policy names that one.
    let mut legacy = base.clone();
    enter(&mut legacy, site, Setting::AccessControl, "");
    let identity = "origin-access-identity/cloudfront/E2OAIEXAMPLE01";
    enter(&mut legacy, site, Setting::AccessIdentity, identity);
    enter(&mut legacy, site, Setting::LetsIn, "identity");
    assert!(field(&legacy, site, Setting::LetsIn).help.contains("Identity E2OAIEXAMPLE01"));
    assert_eq!(shown(&legacy), miss, "OSEC-10");
    // A policy of somebody's own is none of these, and comes back as it was.
    let own = r#"{"Policy": {"Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::example-spa-site/*"}]}}"#;
    let mut beside = base.base().beside().clone();
    beside.add(own, None).unwrap();
    let with = Draft::of(&Configuration::open(S3_SITE, &beside).unwrap());
    let other = value(&with, site, Setting::LetsIn);
    assert_eq!(other, "As its JSON says");
    let mut draft = with.clone();
    for choice in ["nobody", "", &other] {
        enter(&mut draft, site, Setting::LetsIn, choice);
    }
    assert_eq!(draft.documents(), with.documents());
    // A server has no such policy.
    let server = crate::draft(API_AND_MEDIA);
    let settings: Vec<_> = sheet(&server, ALB).fields.iter().map(|field| field.setting).collect();
    assert!(!settings.contains(&Setting::LetsIn) && settings.contains(&Setting::VpcOrigin));
}
