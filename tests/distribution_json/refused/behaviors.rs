//! Cache behaviors and their legacy settings.

use edgewalk::distribution::aws::ErrorCode::{
    InvalidArgument, InvalidForwardCookies, InvalidHeadersForS3Origin,
    InvalidQueryStringParameters, InvalidTTLOrder, NoSuchCachePolicy, NoSuchOrigin,
    NoSuchOriginRequestPolicy, NoSuchResponseHeadersPolicy, TooManyCacheBehaviors,
    TooManyCookieNamesInWhiteList, TooManyHeadersInForwardedValues, TooManyQueryStringParameters,
};
use serde_json::json;

use super::{check, check_all};
use crate::{
    API_AND_MEDIA as A, LEGACY as L, S3_SITE as S, changed, found, list, numbered, path_of,
    read_value, texts,
};

#[test]
fn pp_06_07_15_cb_01_to_09_key_10_behaviors() {
    let (pattern, target) =
        ("/CacheBehaviors/Items/4/PathPattern", "/CacheBehaviors/Items/4/TargetOriginId");
    let default = |name: &str| format!("/DefaultCacheBehavior/{name}");
    let long = |length| json!("a".repeat(length));
    check_all([
        ("PP-06", A, pattern, json!("/a b"), InvalidArgument),
        ("PP-06", A, pattern, json!("/a%20b"), InvalidArgument),
        ("PP-06", A, pattern, json!("/\u{fc}"), InvalidArgument),
        ("PP-07", A, pattern, long(256), InvalidArgument),
        ("PP-15", A, pattern, json!("*"), InvalidArgument),
        ("CB-01", A, target, json!("nowhere"), NoSuchOrigin),
    ]);
    for allowed in ["/*", "/a?c", "Az09_-.*$/~\"'@:+&"] {
        assert!(read_value(&changed(A, &[(pattern, json!(allowed))])).is_ok(), "PP-06 {allowed}");
    }
    assert!(read_value(&changed(A, &[(pattern, long(255))])).is_ok(), "PP-07");
    let behavior = json!({
        "TargetOriginId": "site-bucket", "ViewerProtocolPolicy": "allow-all",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
    });
    let many = |count| {
        list((0..count).map(|number| {
            let mut behavior = behavior.clone();
            behavior["PathPattern"] = json!(format!("/{number}"));
            behavior
        }))
    };
    assert!(read_value(&changed(S, &[("/CacheBehaviors", many(75))])).is_ok(), "QT-03");
    check(
        "QT-03",
        S,
        &[("/CacheBehaviors", many(76))],
        "CacheBehaviors.Items",
        TooManyCacheBehaviors,
    );
    let unknown = || json!("no-such-policy"); // no id of AWS looks so (IM-04)
    let lines = [
        ("CB-02", S, "ViewerProtocolPolicy", json!("https"), InvalidArgument),
        ("CB-03", S, "AllowedMethods/Items/0", json!("TRACE"), InvalidArgument),
        ("CB-03", A, "AllowedMethods/Items", json!(["GET", "HEAD", "POST"]), InvalidArgument),
        ("CB-03", A, "AllowedMethods/Items", json!(["GET", "HEAD", "GET"]), InvalidArgument),
        ("CB-04", A, "AllowedMethods/CachedMethods/Items", json!(["GET", "POST"]), InvalidArgument),
        ("CB-04", S, "AllowedMethods/CachedMethods/Items/0", json!("head"), InvalidArgument),
        ("CB-07", S, "CachePolicyId", unknown(), NoSuchCachePolicy),
        ("CB-07", S, "CachePolicyId", json!(null), InvalidArgument),
        ("CB-07", S, "CachePolicyId", json!(""), InvalidArgument),
        ("CB-08", S, "OriginRequestPolicyId", unknown(), NoSuchOriginRequestPolicy),
        ("CB-09", S, "ResponseHeadersPolicyId", unknown(), NoSuchResponseHeadersPolicy),
        ("KEY-10", S, "MinTTL", json!(0), InvalidArgument),
        (
            "KEY-10",
            S,
            "ForwardedValues",
            json!({"QueryString": false, "Cookies": {"Forward": "none"}}),
            InvalidArgument,
        ),
    ];
    for (row, example, name, value, code) in lines {
        let pointer = default(name);
        check(row, example, &[(&pointer, value)], &path_of(&pointer), code);
    }
    let options = [(&*default("AllowedMethods/CachedMethods"), texts(&["GET", "HEAD", "OPTIONS"]))];
    check(
        "CB-04",
        S,
        &options,
        "DefaultCacheBehavior.AllowedMethods.CachedMethods.Items",
        InvalidArgument,
    );
    let all = texts(&["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]);
    check(
        "CB-04",
        L,
        &[(&default("AllowedMethods/CachedMethods"), all)],
        "DefaultCacheBehavior.AllowedMethods.CachedMethods.Items",
        InvalidArgument,
    );
}

#[test]
fn orp_01_cb_08_an_origin_request_policy_goes_only_with_a_cache_policy() {
    let place = "/DefaultCacheBehavior/OriginRequestPolicyId";
    let all_viewer = || json!("216adef6-5c7f-47e4-b989-5492eafa07d3");
    // Beside the legacy settings, which are no policy.
    check("CB-08", L, &[(place, all_viewer())], &path_of(place), InvalidArgument);
    assert!(read_value(&changed(L, &[(place, json!(""))])).is_ok(), "an empty id names none");
    assert!(read_value(&changed(S, &[(place, all_viewer())])).is_ok());
    // Beside neither, which is a finding of its own.
    let cache_policy = "/DefaultCacheBehavior/CachePolicyId";
    let alone = [(place, all_viewer()), (cache_policy, json!(null))];
    let errors = read_value(&changed(S, &alone)).unwrap_err();
    let [cache_policy, place] = [cache_policy, place].map(path_of);
    let expected =
        [(&*cache_policy, InvalidArgument, "CB-07"), (&*place, InvalidArgument, "CB-08")];
    assert_eq!(found(&errors), expected);
}

#[test]
fn hdrk_07_08_ok_03_ck_11_what_is_never_in_a_key() {
    let headers = "/DefaultCacheBehavior/ForwardedValues/Headers/Items/1";
    for name in ["Connection", "cookie", "Proxy-Authorization", "TE", "Upgrade"] {
        check("HDRK-07", L, &[(headers, json!(name))], &path_of(headers), InvalidArgument);
    }
    for name in ["Address", "ASN", "TLS", "JA3-Fingerprint", "JA4-Fingerprint"] {
        let name = json!(format!("CloudFront-Viewer-{name}"));
        check("HDRK-08", L, &[(headers, name)], &path_of(headers), InvalidArgument);
    }
    // Host with a bucket: by the legacy settings, by a policy, and as a member of a group.
    let by_origin = json!("83da9c7e-98b4-4e11-a168-04f0df8e2c65");
    let legacy = "/CacheBehaviors/Items/1/ForwardedValues/Headers";
    check("HDRK-07", L, &[(legacy, texts(&["host"]))], &path_of(legacy), InvalidHeadersForS3Origin);
    for (example, pointer) in
        [(S, "/DefaultCacheBehavior/CachePolicyId"), (A, "/CacheBehaviors/Items/3/CachePolicyId")]
    {
        check(
            "HDRK-07",
            example,
            &[(pointer, by_origin.clone())],
            &path_of(pointer),
            InvalidHeadersForS3Origin,
        );
    }
    let store = json!("examplemediastore.data.mediastore.us-west-1.amazonaws.com");
    let store = [("/Origins/Items/0/DomainName", store)];
    check("OK-03", A, &store, "DefaultCacheBehavior.CachePolicyId", InvalidArgument);
}

#[test]
fn cb_10_11_er_15_to_17_qt_14_to_17_cook_07_ttl_12_26_the_legacy_settings() {
    let values = |name: &str| format!("/DefaultCacheBehavior/ForwardedValues/{name}");
    let names = values("Cookies/WhitelistedNames");
    let lines = [
        ("CK-14", values("Cookies/Forward"), json!("some"), InvalidArgument),
        ("ER-16", names.clone(), json!(null), InvalidForwardCookies),
        ("ER-16", names.clone(), json!({"Quantity": 0}), InvalidForwardCookies),
        (
            "COOK-07",
            names.clone(),
            texts(&[&"c".repeat(256), &"d".repeat(255)]),
            TooManyCookieNamesInWhiteList,
        ),
        ("TTL-12", "/DefaultCacheBehavior/MinTTL".into(), json!(-1), InvalidArgument),
        (
            "TTL-12",
            "/DefaultCacheBehavior/MaxTTL".into(),
            json!(3_153_600_001_i64),
            InvalidArgument,
        ),
        ("TTL-26", "/DefaultCacheBehavior/MinTTL".into(), json!(86_401), InvalidTTLOrder),
        ("TTL-26", "/DefaultCacheBehavior/MaxTTL".into(), json!(86_399), InvalidTTLOrder),
    ];
    for (row, pointer, value, code) in lines {
        check(row, L, &[(&pointer, value)], &path_of(&pointer), code);
    }
    for forward in ["all", "none"] {
        let changes = [(&*values("Cookies/Forward"), json!(forward))];
        check("ER-16", L, &changes, &path_of(&names), InvalidForwardCookies);
    }
    // 255 + 255 bytes in two names are 512 - 2.
    assert!(
        read_value(&changed(L, &[(&names, texts(&[&"c".repeat(255), &"d".repeat(255)]))])).is_ok(),
        "COOK-07"
    );
    let quotas = [
        ("QT-14", values("Headers"), "X-H", TooManyHeadersInForwardedValues),
        ("QT-16", names, "c", TooManyCookieNamesInWhiteList),
        ("QT-17", values("QueryStringCacheKeys"), "q", TooManyQueryStringParameters),
    ];
    for (row, pointer, name, code) in quotas {
        assert!(read_value(&changed(L, &[(&pointer, numbered(10, name))])).is_ok(), "{row}");
        let path = format!("{}.Items", path_of(&pointer));
        check(row, L, &[(&pointer, numbered(11, name))], &path, code);
    }
    let ones =
        ["MinTTL", "DefaultTTL", "MaxTTL"].map(|name| format!("/CacheBehaviors/Items/3/{name}"));
    let ones: Vec<_> = ones.iter().map(|pointer| (pointer.as_str(), json!(1))).collect();
    check("CB-11", L, &ones, "CacheBehaviors.Items[3].MinTTL", InvalidArgument);
}

#[test]
fn lim_22_qt_17_the_names_of_legacy_query_parameters() {
    let place = "/DefaultCacheBehavior/ForwardedValues/QueryStringCacheKeys";
    let name = |length: usize| "k".repeat(length);
    let names = |lengths: &[usize]| list(lengths.iter().map(|length| json!(name(*length))));
    // 128 characters each, and 512 together.
    for allowed in [&[128][..], &[128; 4], &[52, 52, 51, 51, 51, 51, 51, 51, 51, 51]] {
        assert!(read_value(&changed(L, &[(place, names(allowed))])).is_ok(), "{allowed:?}");
    }
    let first = format!("{place}/Items/0");
    let long = [(&*first, json!(name(129)))];
    check("QT-17", L, &long, &path_of(&first), InvalidQueryStringParameters);
    for too_long in [&[128, 128, 128, 128, 1][..], &[52, 52, 52, 51, 51, 51, 51, 51, 51, 51]] {
        let changes = [(place, names(too_long))];
        check("LIM-22", L, &changes, &path_of(place), InvalidQueryStringParameters);
    }
}
