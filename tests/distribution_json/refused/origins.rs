//! Origins and origin groups.

use edgewalk::distribution::aws::ErrorCode::{
    IllegalOriginAccessConfiguration, InvalidArgument, InvalidDomainNameForOriginAccessControl,
    InvalidOrigin, InvalidOriginAccessIdentity, InvalidOriginKeepaliveTimeout,
    InvalidOriginReadTimeout, InvalidRelativePath, NoSuchOrigin, TooManyOriginCustomHeaders,
    TooManyOriginGroupsPerDistribution,
};
use serde_json::{Value, json};

use super::{check, check_all};
use crate::{
    API_AND_MEDIA as A, LEGACY as L, S3_SITE as S, changed, list, path_of, read_value, texts,
};

fn header(name: &str, value: &str) -> Value {
    list([json!({"HeaderName": name, "HeaderValue": value})])
}

#[test]
fn dp_or_01_er_06_domain_names() {
    let domain = "/Origins/Items/0/DomainName";
    let line = |row, name: &str| (row, A, domain, json!(name), InvalidArgument);
    check_all([
        line("DP-01", "203.0.113.25"),
        line("DP-04", "docs.s3-accelerate.amazonaws.com"),
        line("DP-05", "s3.us-west-2.amazonaws.com"),
        line("DP-18", "ip-10-0-1-25.ec2.internal"),
        line("DP-19", "internal-app-123456789.eu-west-1.elb.amazonaws.com"),
        line("DP-25", "localhost"),
        line("OR-01", "https://www.example.com"),
        line("OR-01", "a_b.s3.us-west-2.amazonaws.com"),
        ("ER-06", L, domain, json!("www.example.com"), InvalidOrigin),
        ("ER-06", L, domain, json!("docs.s3-website-us-west-2.amazonaws.com"), InvalidOrigin),
        ("ER-06", L, domain, json!("ip-10-0-1-25.ec2.internal"), InvalidOrigin),
    ]);
}

#[test]
fn or_02_to_05_lim_20_paths_and_custom_headers() {
    let (path, headers) = ("/Origins/Items/0/OriginPath", "/Origins/Items/0/CustomHeaders");
    let name = "/Origins/Items/0/CustomHeaders/Items/0/HeaderName";
    let value = "/Origins/Items/0/CustomHeaders/Items/0/HeaderValue";
    let long = |length| json!("x".repeat(length));
    check_all([
        ("OR-03", S, path, json!("v1"), InvalidRelativePath),
        ("OR-03", S, path, json!("/a b"), InvalidRelativePath),
        ("OR-03", S, path, json!("/caf\u{e9}"), InvalidRelativePath),
        ("OR-03", S, path, json!("/v1/"), InvalidArgument),
        ("OR-03", S, path, json!("/"), InvalidArgument),
        ("OR-04", A, name, long(257), InvalidArgument),
        ("OR-04", A, value, long(1_784), InvalidArgument),
        ("OR-04", A, name, json!("X Y"), InvalidArgument),
        ("OR-04", A, value, json!("a\r\nHost: b"), InvalidArgument),
    ]);
    for allowed in
        [(name, long(256)), (value, long(1_783)), (value, json!("")), (path, json!("/v1"))]
    {
        assert!(read_value(&changed(A, std::slice::from_ref(&allowed))).is_ok(), "{allowed:?}");
    }
    let many = |count: usize, length: usize| {
        let header = |number| json!({"HeaderName": format!("X-{number:02}"), "HeaderValue": "v".repeat(length)});
        list((0..count).map(header))
    };
    assert!(read_value(&changed(A, &[(headers, many(30, 8))])).is_ok());
    check(
        "OR-04",
        A,
        &[(headers, many(31, 8))],
        "Origins.Items[0].CustomHeaders.Items",
        TooManyOriginCustomHeaders,
    );
    // 8 names of 4 characters and 8 values of 1,276 are 10,240.
    assert!(read_value(&changed(A, &[(headers, many(8, 1_276))])).is_ok());
    check(
        "OR-04",
        A,
        &[(headers, many(8, 1_277))],
        "Origins.Items[0].CustomHeaders",
        InvalidArgument,
    );
    let forbidden = "Cache-Control Connection Content-Length Cookie Host If-Match If-Modified-Since If-None-Match \
        If-Range If-Unmodified-Since Max-Forwards Pragma Proxy-Authenticate Proxy-Authorization Proxy-Connection Range \
        Request-Range TE Trailer Transfer-Encoding Upgrade Via X-Real-Ip X-Amz-Cf-Id x-edge-location";
    for forbidden in forbidden.split_whitespace() {
        let changes = [(headers, header(forbidden, "v"))];
        check(
            "OR-05",
            A,
            &changes,
            "Origins.Items[0].CustomHeaders.Items[0].HeaderName",
            InvalidArgument,
        );
    }
    // A second origin by the same name; nothing else names the one that was renamed.
    let twice = [
        ("/Origins/Items/4/Id", json!("app-alb")),
        ("/CacheBehaviors/Items/0/TargetOriginId", json!("app-alb")),
    ];
    check("OR-02", A, &twice, "Origins.Items[4].Id", InvalidArgument);
}

#[test]
fn or_07_to_19_shield_limits_and_the_custom_block() {
    let place = |name| format!("/Origins/Items/0/{name}");
    let lines = [
        ("OR-07", 1, "OriginShield/OriginShieldRegion", json!("us-west-1"), InvalidArgument),
        ("OR-07", 1, "OriginShield/OriginShieldRegion", json!("eu-central"), InvalidArgument),
        ("OR-09", 0, "ConnectionAttempts", json!(0), InvalidArgument),
        ("OR-09", 0, "ConnectionAttempts", json!(4), InvalidArgument),
        ("OR-10", 0, "ConnectionTimeout", json!(0), InvalidArgument),
        ("OR-10", 0, "ConnectionTimeout", json!(11), InvalidArgument),
        ("OR-11", 0, "CustomOriginConfig/OriginReadTimeout", json!(0), InvalidOriginReadTimeout),
        ("OR-11", 0, "CustomOriginConfig/OriginReadTimeout", json!(121), InvalidOriginReadTimeout),
        ("OR-11", 1, "S3OriginConfig/OriginReadTimeout", json!(121), InvalidOriginReadTimeout),
        // Origin 0 has a response timeout of 60 s.
        ("OR-12", 0, "ResponseCompletionTimeout", json!(59), InvalidArgument),
        (
            "OR-13",
            0,
            "CustomOriginConfig/OriginKeepaliveTimeout",
            json!(0),
            InvalidOriginKeepaliveTimeout,
        ),
        (
            "OR-13",
            0,
            "CustomOriginConfig/OriginKeepaliveTimeout",
            json!(301),
            InvalidOriginKeepaliveTimeout,
        ),
        ("OR-14", 0, "CustomOriginConfig/OriginProtocolPolicy", json!("http"), InvalidArgument),
        ("OR-15", 0, "CustomOriginConfig/HTTPPort", json!(81), InvalidArgument),
        ("OR-15", 0, "CustomOriginConfig/HTTPPort", json!(1_023), InvalidArgument),
        ("OR-16", 0, "CustomOriginConfig/HTTPSPort", json!(65_536), InvalidArgument),
        (
            "OR-17",
            0,
            "CustomOriginConfig/OriginSslProtocols/Items/0",
            json!("TLSv1.3"),
            InvalidArgument,
        ),
        ("OR-18", 0, "CustomOriginConfig/IpAddressType", json!("ipv5"), InvalidArgument),
    ];
    for (row, origin, name, value, code) in lines {
        let pointer = format!("/Origins/Items/{origin}/{name}");
        check(row, A, &[(&pointer, value)], &path_of(&pointer), code);
    }
    let allowed = [
        ("ConnectionAttempts", json!(1)),
        ("ConnectionTimeout", json!(1)),
        ("CustomOriginConfig/OriginReadTimeout", json!(120)),
        ("ResponseCompletionTimeout", json!(60)),
        ("CustomOriginConfig/OriginKeepaliveTimeout", json!(1)),
        ("CustomOriginConfig/OriginKeepaliveTimeout", json!(300)),
        ("CustomOriginConfig/HTTPPort", json!(1_024)),
        ("CustomOriginConfig/HTTPPort", json!(443)),
        ("CustomOriginConfig/HTTPSPort", json!(65_535)),
        ("CustomOriginConfig/OriginSslProtocols", json!(null)),
        ("CustomOriginConfig/IpAddressType", json!("dualstack")),
    ];
    for (name, value) in allowed {
        assert!(read_value(&changed(A, &[(&place(name), value)])).is_ok(), "{name}");
    }
}

#[test]
fn or_20_21_25_er_03_07_08_09_blocks_and_access() {
    let control = "/Origins/Items/0/OriginAccessControlId";
    let identity = "/Origins/Items/0/S3OriginConfig/OriginAccessIdentity";
    check_all([
        ("OR-20", L, control, json!("E1OACEXAMPLE001"), IllegalOriginAccessConfiguration),
        ("OR-20", A, control, json!("E1OACEXAMPLE001"), InvalidDomainNameForOriginAccessControl),
        ("OR-21", L, identity, json!("E127EXAMPLE51Z"), InvalidOriginAccessIdentity),
        (
            "OR-21",
            L,
            identity,
            json!("origin-access-identity/cloudfront/"),
            InvalidOriginAccessIdentity,
        ),
    ]);
    let (custom, vpc) = ("/Origins/Items/0/CustomOriginConfig", "/Origins/Items/0/VpcOriginConfig");
    check("ER-03", A, &[(custom, json!(null))], "Origins.Items[0]", InvalidArgument);
    let both = [(vpc, json!({"VpcOriginId": "vo_1"}))];
    check("ER-03", A, &both, "Origins.Items[0]", InvalidArgument);
    let no_id = [(custom, json!(null)), (vpc, json!({}))];
    check("ER-03", A, &no_id, "Origins.Items[0].VpcOriginConfig.VpcOriginId", InvalidArgument);
}

#[test]
fn og_01_to_10_fo_11_groups() {
    let group = |name: &str| format!("/OriginGroups/Items/0/{name}");
    let member = |id: &str| json!({"OriginId": id});
    let lines = [
        ("OG-02", group("Members"), list([member("media-primary")]), InvalidArgument),
        ("OG-02", group("Members"), list(["app-alb"; 3].map(member)), InvalidArgument),
        ("OG-02", group("Members/Items/1/OriginId"), json!("nowhere"), NoSuchOrigin),
        ("OG-03", group("FailoverCriteria/StatusCodes"), json!({"Quantity": 0}), InvalidArgument),
        ("OG-03", group("FailoverCriteria/StatusCodes/Items/0"), json!(401), InvalidArgument),
        ("OG-10", group("SelectionCriteria"), json!("best"), InvalidArgument),
        ("OG-10", group("SelectionCriteria"), json!("media-quality-based"), InvalidArgument),
    ];
    for (row, pointer, value, code) in lines {
        check(row, A, &[(&pointer, value)], &path_of(&pointer), code);
    }
    let as_an_origin = [
        (&*group("Id"), json!("error-pages")),
        ("/CacheBehaviors/Items/3/TargetOriginId", json!("media-primary")),
    ];
    check("OG-01", A, &as_an_origin, "OriginGroups.Items[0].Id", InvalidArgument);
    let all = texts(&["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]);
    let methods = "/CacheBehaviors/Items/3/AllowedMethods";
    check(
        "OG-06",
        A,
        &[(methods, all)],
        "CacheBehaviors.Items[3].AllowedMethods.Items",
        InvalidArgument,
    );
    let eleven = list((0..11).map(|number| {
        json!({
            "Id": if number == 0 { "media-failover".into() } else { format!("g{number}") },
            "FailoverCriteria": {"StatusCodes": list([json!(503)])},
            "Members": list([member("media-primary"), member("media-replica")]),
        })
    }));
    check(
        "QT-02",
        A,
        &[("/OriginGroups", eleven)],
        "OriginGroups.Items",
        TooManyOriginGroupsPerDistribution,
    );
}
