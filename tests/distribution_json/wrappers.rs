//! The forms in which a configuration comes, and texts that are none (WR-01 to WR-08, ER-02).

use edgewalk::distribution::ViewerCertificate;
use edgewalk::distribution::aws::{AwsError, ErrorCode};
use serde_json::json;

use crate::{API_AND_MEDIA, LEGACY, Read, S3_SITE, config, found, managed, read, read_value, set};

const DOMAIN: &str = "d604721fxaaqy9.cloudfront.net";

#[test]
fn wr_01_to_06_the_wrappers() {
    let config = config(API_AND_MEDIA);
    let bare = read_value(&config).unwrap();
    let table = [
        ("WR-01", json!({"ETag": "E2QWRUHEXAMPLE", "DistributionConfig": config}), false),
        (
            "WR-02",
            json!({"ETag": "E2QWRUHEXAMPLE", "Distribution": {
                "Id": "EDFDVBD632BHDS5", "Status": "Deployed", "DomainName": DOMAIN, "DistributionConfig": config,
            }}),
            true,
        ),
        ("WR-03", json!({"DistributionConfig": config}), false),
        (
            "WR-03",
            json!({"Id": "EDFDVBD632BHDS5", "IfMatch": "E2QWRUHEXAMPLE", "DistributionConfig": config}),
            false,
        ),
        (
            "WR-04",
            json!({"DistributionConfigWithTags": {"DistributionConfig": config, "Tags": {"Items": []}}}),
            false,
        ),
        ("WR-06", config.clone(), false),
    ];
    for (row, text, tells_domain) in table {
        let Read { mut distribution, kept } = read_value(&text).unwrap();
        let domain = if tells_domain { DOMAIN } else { "d111111abcdef8.cloudfront.net" };
        assert_eq!(distribution.domain, domain, "{row}");
        distribution.domain.clone_from(&bare.distribution.domain);
        let id = distribution.id.take();
        assert_eq!(id.as_deref(), tells_domain.then_some("EDFDVBD632BHDS5"), "{row}");
        assert_eq!((&distribution, &kept), (&bare.distribution, &bare.kept), "{row}");
    }
}

#[test]
fn wr_05_a_list_gives_its_first_and_names_the_others() {
    let mut summary = config(S3_SITE);
    for lacking in
        ["CallerReference", "Logging", "DefaultRootObject", "ContinuousDeploymentPolicyId"]
    {
        set(&mut summary, &format!("/{lacking}"), json!(null));
    }
    let told = [
        ("Id", json!("EDFDVBD632BHDS5")),
        ("ARN", json!("arn:aws:cloudfront::123456789012:distribution/EDFDVBD632BHDS5")),
        ("Status", json!("Deployed")),
        ("LastModifiedTime", json!("2026-02-03T10:15:00Z")),
        ("DomainName", json!(DOMAIN)),
    ];
    for (name, value) in told {
        set(&mut summary, &format!("/{name}"), value);
    }
    let all = json!({"DistributionList": {"Quantity": 2, "Items": [summary, summary]}});
    let Read { distribution, kept } = read_value(&all).unwrap();
    assert_eq!((distribution.domain.as_str(), distribution.default_root_object), (DOMAIN, None));
    assert_eq!(distribution.origins.len(), 1);
    let mut expected = read_value(&config(S3_SITE)).unwrap().kept;
    expected.insert(0, "DistributionList.Items[1]".into());
    // A Value sorts its members, so the order is not the file's.
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(sorted(kept), sorted(expected));
    let none = json!({"DistributionList": {"Quantity": 0}});
    let errors = read_value(&none).unwrap_err();
    assert_eq!(found(&errors), [("DistributionConfig", ErrorCode::InvalidArgument, "WR-06")]);
}

#[test]
fn wr_08_what_the_cli_prints_is_taken() {
    let mut site = config(S3_SITE);
    let certificate = json!({
        "CloudFrontDefaultCertificate": true, "SSLSupportMethod": "vip", "MinimumProtocolVersion": "TLSv1",
        "CertificateSource": "cloudfront",
    });
    set(&mut site, "/ViewerCertificate", certificate);
    let with_certificate = read_value(&site).unwrap();
    assert_eq!(with_certificate.distribution.certificate, ViewerCertificate::Default);
    // Items of an empty list may stand there or be left out.
    for pointer in
        ["/Aliases", "/OriginGroups", "/CacheBehaviors", "/Origins/Items/0/CustomHeaders"]
    {
        for empty in [json!({"Quantity": 0}), json!({"Quantity": 0, "Items": []}), json!(null)] {
            set(&mut site, pointer, empty);
            assert_eq!(read_value(&site).as_ref(), Ok(&with_certificate), "{pointer}");
        }
    }
}

#[test]
fn er_02_03_texts_that_are_no_configuration() {
    let read = |text: &str| read(text, &managed());
    assert_eq!(read(""), Err(vec![AwsError::Empty]));
    assert_eq!(read(" \n\t"), Err(vec![AwsError::Empty]));
    for text in [
        "{}",
        "[]",
        "7",
        "\"x\"",
        "null",
        "true",
        r#"{"DistributionConfig": 7}"#,
        r#"{"Distribution": {}}"#,
    ] {
        let errors = read(text).unwrap_err();
        let expected = [("DistributionConfig", ErrorCode::InvalidArgument, "WR-06")];
        assert_eq!(found(&errors), expected, "{text}");
    }
    // The place is that of the character that should not be there.
    for (text, line, column) in
        [("{\"a\": }", 1, 7), ("{\n  \"a\": 1,\n}", 3, 1), ("{\"a\": 1} x", 1, 10)]
    {
        let Err(errors) = read(text) else { panic!("{text}") };
        let [AwsError::NotJson { line: l, column: c, reason }] = &errors[..] else {
            panic!("{text}: {errors:?}")
        };
        assert_eq!((*l, *c), (line, column), "{text}: {reason}");
        assert!(!reason.contains("line"), "{reason}");
    }
    assert_eq!(
        read("{\"a\": }").unwrap_err()[0].to_string(),
        "this is not JSON: expected value at line 1, column 7"
    );
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(read(&deep).unwrap_err()[..], [AwsError::NotJson { .. }]));
    assert!(read(&format!("\u{feff}{LEGACY}")).is_ok(), "a byte order mark is passed over");
}

#[test]
fn a_message_names_the_place_the_rule_and_what_is_there() {
    let mut site = config(S3_SITE);
    set(&mut site, "/Origins/Items/0/ConnectionAttempts", json!(7));
    let errors = read_value(&site).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "Origins.Items[0].ConnectionAttempts: connection attempts are 1 to 3; it is 7 (InvalidArgument, OR-09)"
    );
}
