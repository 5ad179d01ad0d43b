//! Rows that say what a field means, and the ids that errors name.

use std::fs;
use std::path::Path;

use edgewalk::distribution::aws::ErrorCode;
use edgewalk::distribution::{
    AllowedMethods, CachePolicy, Distribution, Logging, OriginKind, OriginProtocol, Selection,
    TtlBounds, ViewerProtocolPolicy,
};
use serde_json::{Value, json};

use crate::common::rust_files;
use crate::{API_AND_MEDIA, LEGACY, S3_SITE, changed, config, found, list, read_value, set, texts};

fn read(example: &str, changes: &[(&str, Value)]) -> Distribution {
    let config = changed(example, changes);
    read_value(&config).unwrap_or_else(|errors| panic!("{errors:#?}")).distribution
}

/// The policy that stands for legacy settings with something else set.
fn legacy(changes: &[(&str, Value)]) -> CachePolicy {
    read(LEGACY, changes).behaviors.last().unwrap().cache_policy.clone()
}

#[test]
fn ok_01_to_13_uv_08_the_kind_comes_from_the_block_and_the_name() {
    use OriginKind as Kind;
    let blocks = [
        ("s3", "S3OriginConfig", json!({"OriginAccessIdentity": ""})),
        ("vpc", "VpcOriginConfig", json!({"VpcOriginId": "vo_1"})),
        (
            "custom",
            "CustomOriginConfig",
            json!({"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}),
        ),
    ];
    let table = [
        ("OK-01", "s3", "docs.s3.us-west-2.amazonaws.com", Kind::S3Bucket, "us-west-2"),
        ("OK-01", "s3", "docs.s3.amazonaws.com", Kind::S3Bucket, "ap-southeast-2"),
        (
            "OK-02",
            "custom",
            "docs.s3-website-us-west-2.amazonaws.com",
            Kind::S3Website,
            "us-west-2",
        ),
        (
            "OK-03",
            "custom",
            "x.data.mediastore.us-west-1.amazonaws.com",
            Kind::MediaStore,
            "us-west-1",
        ),
        (
            "OK-04",
            "custom",
            "x.mediapackage.us-west-2.amazonaws.com",
            Kind::MediaPackage,
            "us-west-2",
        ),
        (
            "OK-05",
            "custom",
            "x.egress.y.mediapackagev2.us-west-2.amazonaws.com",
            Kind::MediaPackageV2,
            "us-west-2",
        ),
        (
            "OK-06",
            "custom",
            "x.egress.mediapackage-vod.eu-west-1.amazonaws.com",
            Kind::MediaPackageVod,
            "eu-west-1",
        ),
        (
            "OK-06",
            "custom",
            "x.mediatailor.us-west-2.amazonaws.com",
            Kind::MediaTailor,
            "us-west-2",
        ),
        ("OK-07", "custom", "ec2-203-0-113-25.compute-1.amazonaws.com", Kind::Ec2, "us-east-1"),
        (
            "OK-08",
            "custom",
            "app-1234567890.us-west-2.elb.amazonaws.com",
            Kind::LoadBalancer,
            "us-west-2",
        ),
        ("OK-09", "custom", "www.example.com", Kind::WebServer, "ap-southeast-2"),
        (
            "OK-10",
            "custom",
            "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
            Kind::ApiGateway,
            "eu-west-1",
        ),
        ("OK-11", "custom", "abcdef.lambda-url.us-east-1.on.aws", Kind::LambdaUrl, "us-east-1"),
        (
            "OK-12",
            "vpc",
            "internal-app-123456789.eu-west-1.elb.amazonaws.com",
            Kind::VpcOrigin,
            "eu-west-1",
        ),
        ("OK-12", "vpc", "ip-10-0-1-25.ec2.internal", Kind::VpcOrigin, "us-east-1"),
        (
            "OK-12",
            "vpc",
            "app-5c4574073964ceac.elb.us-east-1.amazonaws.com",
            Kind::VpcOrigin,
            "us-east-1",
        ),
        ("OK-13", "custom", "d111111abcdef8.cloudfront.net", Kind::CloudFront, "ap-southeast-2"),
        ("UV-08", "custom", "docs.s3.us-west-2.amazonaws.com", Kind::WebServer, "us-west-2"),
    ];
    for (row, block, domain, kind, region) in table {
        let (_, name, block) = blocks.iter().find(|(short, ..)| *short == block).unwrap();
        let origin = json!({"Id": "site-bucket", "DomainName": domain, *name: block});
        let origins = read(S3_SITE, &[("/Origins", list([origin]))]).origins;
        let found = (origins[0].kind, origins[0].region.as_str(), origins[0].domain.as_str());
        assert_eq!(found, (kind, region, domain), "{row}");
        assert!(!kind.label().is_empty());
    }
}

#[test]
fn or_03_to_14_what_an_origin_becomes() {
    let place = |name: &str| format!("/Origins/Items/0/{name}");
    let origin =
        |name: &str, value: Value| read(API_AND_MEDIA, &[(&place(name), value)]).origins[0].clone();
    assert_eq!(origin("OriginPath", json!("/production")).path, "/production", "OR-03");
    let headers = list([
        json!({"HeaderName": "X-A", "HeaderValue": "1"}),
        json!({"HeaderName": "Accept-Encoding", "HeaderValue": ""}),
    ]);
    let headers = origin("CustomHeaders", headers).custom_headers;
    assert_eq!(
        headers,
        [("X-A".into(), "1".into()), ("Accept-Encoding".into(), String::new())],
        "OR-04, AE-14"
    );
    let shield = |region: &str| json!({"Enabled": true, "OriginShieldRegion": region});
    // OR-07, VER-16: the thirteen.
    let regions = "us-east-1 us-east-2 us-west-2 ap-south-1 ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 \
        eu-central-1 eu-west-1 eu-west-2 sa-east-1 me-central-1";
    for region in regions.split_whitespace() {
        let found = origin("OriginShield", shield(region)).shield_region;
        assert_eq!(found.as_deref(), Some(region), "OR-07");
        assert!(edgewalk::network::Region::find(region).unwrap().has_shield(), "OR-07");
    }
    assert_eq!(origin("OriginShield", json!(null)).shield_region, None, "OR-06");
    let off = json!({"Enabled": false, "OriginShieldRegion": "eu-west-1"});
    assert_eq!(origin("OriginShield", off).shield_region, None, "OR-06");
    assert_eq!(origin("ConnectionAttempts", json!(null)).limits.attempts, 3, "OR-09");
    assert_eq!(origin("ConnectionTimeout", json!(null)).limits.connect_secs, 10, "OR-10");
    let block = |name: &str| format!("CustomOriginConfig/{name}");
    assert_eq!(origin(&block("OriginReadTimeout"), json!(null)).limits.response_secs, 30, "OR-11");
    assert_eq!(
        origin("ResponseCompletionTimeout", json!(90)).limits.completion_secs,
        Some(90),
        "OR-12"
    );
    assert_eq!(
        origin("ResponseCompletionTimeout", json!(null)).limits.completion_secs,
        None,
        "OR-12"
    );
    assert_eq!(
        origin(&block("OriginKeepaliveTimeout"), json!(null)).limits.keep_alive_secs,
        5,
        "OR-13"
    );
    for (word, protocol) in [
        ("http-only", OriginProtocol::HttpOnly),
        ("https-only", OriginProtocol::HttpsOnly),
        ("match-viewer", OriginProtocol::MatchViewer),
    ] {
        assert_eq!(origin(&block("OriginProtocolPolicy"), json!(word)).protocol, protocol, "OR-14");
    }
}

#[test]
fn pp_14_vp_01_to_05_cb_03_to_06_what_a_behavior_becomes() {
    let default = |name: &str| format!("/DefaultCacheBehavior/{name}");
    let behavior = |example: &str, name: &str, value: Value| {
        read(example, &[(&default(name), value)]).behaviors.last().unwrap().clone()
    };
    for (row, word, policy) in [
        ("VP-01", "allow-all", ViewerProtocolPolicy::AllowAll),
        ("VP-02", "redirect-to-https", ViewerProtocolPolicy::RedirectToHttps),
        ("VP-05", "https-only", ViewerProtocolPolicy::HttpsOnly),
    ] {
        let found = behavior(S3_SITE, "ViewerProtocolPolicy", json!(word)).viewer_protocol;
        assert_eq!(found, policy, "{row}");
    }
    for (items, allowed) in [
        (&["GET", "HEAD"][..], AllowedMethods::GetHead),
        (&["OPTIONS", "HEAD", "GET"], AllowedMethods::GetHeadOptions),
        (&["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "DELETE"], AllowedMethods::All),
    ] {
        let found = behavior(S3_SITE, "AllowedMethods", texts(items));
        assert_eq!((found.allowed_methods, found.caches_options), (allowed, false), "CB-03, CB-04");
    }
    let found = behavior(API_AND_MEDIA, "AllowedMethods", json!(null));
    assert_eq!(found.allowed_methods, AllowedMethods::GetHead, "CB-03: the default");
    let cached = texts(&["GET", "HEAD", "OPTIONS"]);
    assert!(
        behavior(API_AND_MEDIA, "AllowedMethods/CachedMethods", cached).caches_options,
        "CB-04"
    );
    assert!(!behavior(S3_SITE, "Compress", json!(null)).compress, "CB-06");
    let found = behavior(S3_SITE, "ResponseHeadersPolicyId", json!(""));
    assert_eq!(
        (found.response_headers_policy, found.origin_request_policy),
        (None, None),
        "CB-08, CB-09"
    );
    // PP-14: an origin that nothing names is legal.
    let unused =
        read(API_AND_MEDIA, &[("/CacheBehaviors/Items/2/TargetOriginId", json!("app-alb"))]);
    assert_eq!(unused.origins.len(), 5, "PP-14");
}

#[test]
fn ck_12_to_14_cb_11_qs_07_ae_16_what_the_legacy_settings_become() {
    let value = |name: &str| format!("/DefaultCacheBehavior/ForwardedValues/{name}");
    let none = || json!({"Quantity": 0});
    let found = legacy(&[(&value("QueryString"), json!(false))]);
    assert_eq!(
        (found.query, found.legacy.unwrap().forwards_all_query),
        (Selection::None, false),
        "CK-12"
    );
    let found = legacy(&[(&value("QueryStringCacheKeys"), none())]);
    assert_eq!(
        (found.query, found.legacy.unwrap().forwards_all_query),
        (Selection::All, true),
        "CK-12"
    );
    let found = legacy(&[(&value("QueryStringCacheKeys"), texts(&["q"]))]);
    let listed = Selection::Only(vec!["q".into()]);
    assert_eq!(
        (found.query, found.legacy.unwrap().forwards_all_query),
        (listed, true),
        "CK-12, QS-07"
    );
    let found = legacy(&[(&value("Headers"), none())]);
    assert!(found.key_headers.is_empty() && !found.ttl.is_off(), "CK-13");
    let found = legacy(&[(&value("Headers"), texts(&["*"]))]);
    assert!(found.ttl.is_off() && found.legacy.unwrap().forwards_all_headers, "CK-13, HDRK-06");
    for (forward, cookies) in [("none", Selection::None), ("all", Selection::All)] {
        let found = legacy(&[(&value("Cookies"), json!({"Forward": forward}))]);
        assert_eq!(found.cookies, cookies, "CK-14");
    }
    let ttl = |names: &[&str]| {
        let places: Vec<_> =
            names.iter().map(|name| format!("/DefaultCacheBehavior/{name}")).collect();
        let left_out: Vec<_> = places.iter().map(|place| (place.as_str(), json!(null))).collect();
        legacy(&left_out).ttl
    };
    let usual = TtlBounds { min: 0, default: 86_400, max: 31_536_000 };
    assert_eq!(ttl(&["MinTTL", "DefaultTTL", "MaxTTL"]), usual, "CB-11");
    let found = legacy(&[("/DefaultCacheBehavior/Compress", json!(true))]);
    assert!(found.gzip && !found.brotli, "AE-16, CMP-05");
    let found = legacy(&[("/DefaultCacheBehavior/Compress", json!(false))]);
    assert!(!found.gzip && !found.brotli, "AE-16: only with Compress on");
}

#[test]
fn ce_04_05_ds_17_25_error_responses_and_the_rest() {
    let entry = json!({"ErrorCode": 404});
    let site = read(S3_SITE, &[("/CustomErrorResponses", list([entry]))]);
    assert_eq!(site.error_responses[0].min_ttl_secs, 10, "CE-04");
    assert_eq!(site.error_responses[0].page, None, "CE-05");
    let codes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
    let all = list(codes.map(|code| json!({"ErrorCode": code, "ErrorCachingMinTTL": code})));
    let site = read(S3_SITE, &[("/CustomErrorResponses", all)]);
    let found: Vec<_> = site.error_responses.iter().map(|r| (r.status, r.min_ttl_secs)).collect();
    assert_eq!(found, codes.map(|code| (code, u64::from(code))), "CE-01");
    for code in ["200", "400", "403", "404", "405", "414", "416", "500", "501", "502", "503", "504"]
    {
        let site = read(S3_SITE, &[("/CustomErrorResponses/Items/0/ResponseCode", json!(code))]);
        let page = site.error_responses[0].page.clone().unwrap();
        assert_eq!(page.status.to_string(), code, "CE-03");
    }
    let tags = json!({"HeaderName": "Cache-Tag"});
    let site = read(S3_SITE, &[("/CacheTagConfig", tags)]);
    assert_eq!(site.cache_tag_header.as_deref(), Some("Cache-Tag"), "DS-25");
    let off = changed(S3_SITE, &[("/Enabled", json!(false))]);
    assert!(read_value(&off).unwrap().kept.contains(&"Enabled".to_owned()), "DS-17");
}

#[test]
fn lg_01_to_04_logging() {
    let site = |logging: serde_json::Value| read(S3_SITE, &[("/Logging", logging)]).logging;
    let on = |prefix: &str, cookies: bool| json!({"Enabled": true, "IncludeCookies": cookies, "Bucket": "a.b.s3.amazonaws.com", "Prefix": prefix});
    let expected = |prefix: &str, has_cookies| {
        Some(Logging { bucket: "a.b.s3.amazonaws.com".into(), prefix: prefix.into(), has_cookies })
    };
    assert_eq!(site(on("", false)), expected("", false), "LG-03: it may be empty");
    assert_eq!(site(on("logs/a", true)), expected("logs/a", true), "LG-04");
    let unsaid = json!({"Enabled": true, "Bucket": "a.b.s3.amazonaws.com", "Prefix": ""});
    assert_eq!(site(unsaid), expected("", false), "LG-04: no cookies, where nothing says so");
    let off = json!({"Enabled": false, "IncludeCookies": true, "Bucket": "x", "Prefix": "/x"});
    assert_eq!(site(off), None, "LG-01: off clears the others");
    assert_eq!(site(json!(null)), None);
}

#[test]
fn the_rows_that_errors_name_are_in_the_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let reference = ["caching.md", "distribution.md", "security-logs-edge.md"]
        .map(|file| text(&format!("docs/reference/{file}")))
        .concat();
    let mut count = 0;
    for folder in ["src/distribution/aws", "src/distribution/domain"] {
        let mut files = Vec::new();
        rust_files(&root.join(folder), &mut files);
        for file in files {
            let source = fs::read_to_string(file).unwrap();
            for quoted in source.split('"').skip(1).step_by(2) {
                let is_row = quoted.split_once('-').is_some_and(|(family, number)| {
                    family.len() >= 2
                        && family.chars().all(|c| c.is_ascii_uppercase())
                        && number.len() == 2
                        && number.chars().all(|c| c.is_ascii_digit())
                });
                if is_row {
                    assert!(reference.contains(&format!("\n| {quoted} |")), "{quoted} is no row");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn er_10_or_11_or_13_a_timeout_out_of_range_has_a_code_of_its_own() {
    for (member, code, given) in [
        ("OriginReadTimeout", ErrorCode::InvalidOriginReadTimeout, 0),
        ("OriginKeepaliveTimeout", ErrorCode::InvalidOriginKeepaliveTimeout, 301),
    ] {
        let mut app = config(API_AND_MEDIA);
        set(&mut app, &format!("/Origins/Items/0/CustomOriginConfig/{member}"), json!(given));
        let errors = read_value(&app).unwrap_err();
        let row = if given == 0 { "OR-11" } else { "OR-13" };
        let path = format!("Origins.Items[0].CustomOriginConfig.{member}");
        assert_eq!(found(&errors), [(&*path, code, row)]);
        assert_eq!((code.status(), code.row()), (400, "ER-10"));
    }
}

#[test]
fn or_13_cb_17_what_a_block_does_not_know_is_kept_and_does_nothing() {
    let mut site = config(S3_SITE);
    let usual = read_value(&site).unwrap();
    set(&mut site, "/Origins/Items/0/S3OriginConfig/OriginKeepaliveTimeout", json!(900));
    let read = read_value(&site).unwrap();
    assert_eq!(read.distribution, usual.distribution, "OR-13: no S3 equivalent");
    let place = "Origins.Items[0].S3OriginConfig.OriginKeepaliveTimeout".to_owned();
    assert_eq!(read.kept, [usual.kept.clone(), vec![place]].concat());
    let mut legacy = config(LEGACY);
    let usual = read_value(&legacy).unwrap();
    let associations = "/DefaultCacheBehavior/LambdaFunctionAssociations";
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:body:7";
    let function =
        json!({"LambdaFunctionARN": arn, "EventType": "origin-request", "IncludeBody": true});
    set(&mut legacy, associations, json!({"Quantity": 1, "Items": [function]}));
    let read = read_value(&legacy).unwrap();
    let place = "DefaultCacheBehavior.LambdaFunctionAssociations.Items[0].IncludeBody".to_owned();
    assert!(read.kept.contains(&place) && !usual.kept.contains(&place), "{:?}", read.kept);
}

/// Each code of section 9.5 is one that a finding has, with a test that provokes it, or is declared with its reason.
#[test]
fn er_01_to_35_every_code_is_found_or_declared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let reference = text("docs/reference/distribution.md");
    let mut codes = Vec::new();
    for line in reference.lines().filter(|line| line.starts_with("| ER-")) {
        codes.extend(line.split('|').nth(2).unwrap().split('/').map(str::trim).map(String::from));
    }
    assert!(codes.len() > 60, "{}", codes.len());
    // A code is found for each of ER-03 to ER-24, for ER-27, ER-28 and ER-31; of these rows none has one:
    let without = [2, 25, 26, 29, 30, 32, 33, 34, 35];
    let declared = include_str!("no-finding.txt");
    let declared: Vec<(&str, &str)> = declared
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap())
        .collect();
    let enumerated = text("src/distribution/aws/error.rs");
    let enumerated = enumerated.split("pub enum ErrorCode {").nth(1).unwrap();
    let enumerated = enumerated.split('}').next().unwrap();
    let known: Vec<&str> =
        enumerated.lines().map(|line| line.trim().trim_end_matches(',')).collect();
    let mut sources = Vec::new();
    rust_files(&root.join("tests/distribution_json"), &mut sources);
    let tests: String = sources.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    for code in &codes {
        let is_known = known.contains(&code.as_str());
        let reason = declared.iter().find(|(declared, _)| declared == code);
        assert!(is_known != reason.is_some(), "{code}: known {is_known}, declared {reason:?}");
        assert!(reason.is_none_or(|(_, reason)| reason.trim().len() > 10), "{code}");
        // Once where it is imported, once where it is expected.
        assert!(!is_known || tests.matches(code.as_str()).count() > 1, "{code} has no test");
    }
    for line in reference.lines().filter(|line| line.starts_with("| ER-")) {
        let number: u8 = line[5..7].parse().unwrap();
        let mut codes = line.split('|').nth(2).unwrap().split('/').map(str::trim);
        let is_found = codes.any(|code| known.contains(&code));
        assert_eq!(is_found, !without.contains(&number), "{line}");
    }
    for (code, _) in declared {
        assert!(codes.iter().any(|listed| listed == code), "{code} is in no row");
    }
}
