//! Own cache policies, and how own policies are given.

use edgewalk::distribution::aws::{AwsError, ErrorCode};
use edgewalk::distribution::{CachePolicy, Selection, TtlBounds};
use serde_json::{Value, json};

use super::{ID, check, owned, with};
use crate::{S3_SITE, changed, found, managed, numbered, read, set, texts};

fn cache_policy() -> Value {
    json!({
        "Name": "pages", "Comment": "by language", "MinTTL": 5, "DefaultTTL": 60, "MaxTTL": 600,
        "ParametersInCacheKeyAndForwardedToOrigin": {
            "EnableAcceptEncodingGzip": true, "EnableAcceptEncodingBrotli": false,
            "HeadersConfig": {"HeaderBehavior": "whitelist", "Headers": texts(&["Accept-Language"])},
            "CookiesConfig": {"CookieBehavior": "allExcept", "Cookies": texts(&["_ga"])},
            "QueryStringsConfig": {"QueryStringBehavior": "whitelist", "QueryStrings": texts(&["page", "*"])},
        },
    })
}

fn own_cache_policy(policy: &Value) -> CachePolicy {
    with(policy).unwrap_or_else(|errors| panic!("{errors:?}")).cache_policy(ID).unwrap()
}

#[test]
fn ck_01_to_05_key_07_hdrk_01_qs_01_cook_01_a_cache_policy() {
    let expected = CachePolicy {
        name: "pages".into(),
        ttl: TtlBounds { min: 5, default: 60, max: 600 },
        key_headers: owned(&["Accept-Language"]),
        cookies: Selection::AllExcept(owned(&["_ga"])),
        // KEY-07: a star is a name like any other.
        query: Selection::Only(owned(&["page", "*"])),
        gzip: true,
        brotli: false,
        legacy: None,
    };
    assert_eq!(own_cache_policy(&cache_policy()), expected);
    // The four modes of QS-01 and COOK-01, and the two of HDRK-01.
    let at = |name: &str| format!("/ParametersInCacheKeyAndForwardedToOrigin/{name}");
    for (mode, selection) in [
        ("none", Selection::None),
        ("all", Selection::All),
        ("whitelist", Selection::Only(owned(&["x"]))),
        ("allExcept", Selection::AllExcept(owned(&["x"]))),
    ] {
        let mut policy = cache_policy();
        let cookies = json!({"CookieBehavior": mode, "Cookies": texts(&["x"])});
        let query = json!({"QueryStringBehavior": mode, "QueryStrings": texts(&["x"])});
        set(&mut policy, &at("CookiesConfig"), cookies);
        set(&mut policy, &at("QueryStringsConfig"), query);
        let read = own_cache_policy(&policy);
        assert_eq!((&read.cookies, &read.query), (&selection, &selection), "{mode}");
    }
    let mut policy = cache_policy();
    set(&mut policy, &at("HeadersConfig"), json!({"HeaderBehavior": "none"}));
    assert!(own_cache_policy(&policy).key_headers.is_empty(), "HDRK-01");
    // What stands in the key may be left out as a whole.
    set(&mut policy, "/ParametersInCacheKeyAndForwardedToOrigin", json!(null));
    let read = own_cache_policy(&policy);
    assert_eq!((read.cookies, read.query, read.gzip), (Selection::None, Selection::None, false));
}

#[test]
fn ck_05_ttl_defaults_where_one_is_left_out() {
    // Minimum, default and maximum as given, and as they become.
    let table = [
        ((0, None, None), (0, 86_400, 31_536_000)),
        ((86_400, None, None), (86_400, 86_400, 31_536_000)),
        ((90_000, None, None), (90_000, 90_000, 31_536_000)),
        ((40_000_000, None, None), (40_000_000, 40_000_000, 40_000_000)),
        ((0, Some(40_000_000), None), (0, 40_000_000, 40_000_000)),
        ((0, Some(31_536_000), None), (0, 31_536_000, 31_536_000)),
        ((0, None, Some(86_400)), (0, 86_400, 86_400)),
        ((0, Some(0), Some(0)), (0, 0, 0)),
    ];
    for ((min, default, max), (a, b, c)) in table {
        let mut policy = json!({"Name": "t", "MinTTL": min});
        let given = [("/DefaultTTL", default), ("/MaxTTL", max)];
        for (pointer, value) in
            given.into_iter().filter_map(|(p, v): (_, Option<u64>)| Some((p, v?)))
        {
            set(&mut policy, pointer, json!(value));
        }
        let ttl = own_cache_policy(&policy).ttl;
        assert_eq!(ttl, TtlBounds { min: a, default: b, max: c }, "{policy}");
    }
    // TT-08, TTL-27.
    assert!(
        own_cache_policy(&json!({"Name": "t", "MinTTL": 0, "DefaultTTL": 0, "MaxTTL": 0}))
            .ttl
            .is_off()
    );
}

#[test]
fn key_09_hdrk_01_07_08_qs_01_cook_01_ttl_26_27_what_a_cache_policy_cannot() {
    use ErrorCode::{
        InvalidArgument, TooManyCookiesInCachePolicy, TooManyHeadersInCachePolicy,
        TooManyQueryStringsInCachePolicy,
    };
    let key = "/ParametersInCacheKeyAndForwardedToOrigin";
    let at = |name: &str| format!("{key}/{name}");
    let table = [
        ("ER-03", "/Name".into(), json!(null), InvalidArgument),
        ("ER-03", "/MinTTL".into(), json!(null), InvalidArgument),
        ("ER-03", at("EnableAcceptEncodingGzip"), json!(null), InvalidArgument),
        ("ER-03", at("HeadersConfig"), json!(null), InvalidArgument),
        ("ER-03", at("CookiesConfig"), json!(null), InvalidArgument),
        ("HDRK-01", at("HeadersConfig/HeaderBehavior"), json!("all"), InvalidArgument),
        (
            "HDRK-01",
            at("HeadersConfig/Headers"),
            json!({"Quantity": 1, "Items": ["*"]}),
            InvalidArgument,
        ),
        ("QS-01", at("QueryStringsConfig/QueryStringBehavior"), json!("some"), InvalidArgument),
        ("COOK-01", at("CookiesConfig/CookieBehavior"), json!("some"), InvalidArgument),
        ("HDRK-07", at("HeadersConfig/Headers/Items/0"), json!("Cookie"), InvalidArgument),
        (
            "HDRK-08",
            at("HeadersConfig/Headers/Items/0"),
            json!("cloudfront-viewer-tls"),
            InvalidArgument,
        ),
        (
            "QH-20",
            at("HeadersConfig/Headers/Items/0"),
            json!("CloudFront-Viewer-Postal-Code"),
            InvalidArgument,
        ),
        (
            "QH-20",
            at("HeadersConfig/Headers/Items/0"),
            json!("cloudfront-unheard-of"),
            InvalidArgument,
        ),
        ("TTL-26", "/MinTTL".into(), json!(61), InvalidArgument),
        ("TTL-26", "/MaxTTL".into(), json!(59), InvalidArgument),
        ("TTL-12", "/MaxTTL".into(), json!(3_153_600_001_i64), InvalidArgument),
        ("KEY-09", at("HeadersConfig/Headers"), numbered(11, "X-"), TooManyHeadersInCachePolicy),
        ("KEY-09", at("CookiesConfig/Cookies"), numbered(11, "c"), TooManyCookiesInCachePolicy),
        (
            "KEY-09",
            at("QueryStringsConfig/QueryStrings"),
            numbered(11, "q"),
            TooManyQueryStringsInCachePolicy,
        ),
    ];
    for (row, pointer, value, code) in table {
        check(row, cache_policy(), "CachePolicyConfig", &pointer, value, code);
    }
    // Ten of each are as many as may be.
    let mut ten = cache_policy();
    for (part, name) in [
        ("HeadersConfig/Headers", "X-"),
        ("CookiesConfig/Cookies", "c"),
        ("QueryStringsConfig/QueryStrings", "q"),
    ] {
        set(&mut ten, &at(part), numbered(10, name));
    }
    let read = own_cache_policy(&ten);
    let first_ten =
        |name: &str| (0..10).map(|number| format!("{name}{number}")).collect::<Vec<_>>();
    assert_eq!(read.key_headers, first_ten("X-"), "KEY-09");
    assert_eq!(read.cookies, Selection::AllExcept(first_ten("c")), "KEY-09");
    assert_eq!(read.query, Selection::Only(first_ten("q")), "KEY-09");
    // Accept-Language, _ga, page and * are 23 characters, so 1,001 more fill the 1,024.
    for (length, is_fine) in [(1_001, true), (1_002, false)] {
        let mut policy = cache_policy();
        let more = texts(&["page", "*", &"q".repeat(length)]);
        set(&mut policy, &at("QueryStringsConfig/QueryStrings"), more);
        let found_path = with(&policy).map_err(|errors| found(&errors)[0].0.to_owned());
        let expected = Err("CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin".to_owned());
        assert_eq!(found_path.map(|_| ()), if is_fine { Ok(()) } else { expected }, "KEY-09");
    }
    // TTL-27: with all three 0, each part of a key alone is too much.
    let off = json!({
        "Name": "off", "MinTTL": 0, "DefaultTTL": 0, "MaxTTL": 0,
        "ParametersInCacheKeyAndForwardedToOrigin": {
            "EnableAcceptEncodingGzip": false,
            "HeadersConfig": {"HeaderBehavior": "none"},
            "CookiesConfig": {"CookieBehavior": "none"},
            "QueryStringsConfig": {"QueryStringBehavior": "none"},
        },
    });
    assert!(own_cache_policy(&off).ttl.is_off());
    for (part, value) in [
        ("HeadersConfig", json!({"HeaderBehavior": "whitelist", "Headers": texts(&["Origin"])})),
        ("CookiesConfig", json!({"CookieBehavior": "all"})),
        (
            "QueryStringsConfig",
            json!({"QueryStringBehavior": "allExcept", "QueryStrings": texts(&["a"])}),
        ),
    ] {
        let mut policy = off.clone();
        set(&mut policy, &at(part), value);
        let errors = with(&policy).unwrap_err();
        let expected = [(
            "CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin",
            InvalidArgument,
            "TTL-27",
        )];
        assert_eq!(found(&errors), expected, "{part}");
    }
}

#[test]
fn own_policies_come_in_the_shapes_of_the_api_and_are_found_by_their_id() {
    let config = cache_policy();
    let of_api = json!({"ETag": "E1", "CachePolicy": {"Id": ID, "CachePolicyConfig": config}});
    let expected = own_cache_policy(&config);
    for (text, id) in [
        (&of_api, None),
        (&of_api, Some("another")),
        (&json!({"CachePolicyConfig": config}), Some(ID)),
        (&config, Some(ID)),
    ] {
        let mut policies = managed();
        policies.add(&text.to_string(), id).unwrap();
        assert_eq!(policies.cache_policy(ID).as_ref(), Some(&expected));
        assert_eq!(policies.cache_policy("another"), None);
        let site = changed(S3_SITE, &[("/DefaultCacheBehavior/CachePolicyId", json!(ID))]);
        let read = read(&site.to_string(), &policies).unwrap();
        assert_eq!(read.distribution.behaviors[0].cache_policy, expected);
    }
    let mut policies = managed();
    let no_id = policies.add(&config.to_string(), None).unwrap_err();
    assert_eq!(found(&no_id), [("CachePolicy.Id", ErrorCode::InvalidArgument, "CB-07")]);
    for text in ["{}", "[]", "7", r#"{"CachePolicy": {}}"#] {
        let errors = policies.add(text, Some(ID)).unwrap_err();
        assert_eq!(
            found(&errors),
            [("CachePolicy", ErrorCode::InvalidArgument, "CB-07")],
            "{text}"
        );
    }
    assert_eq!(policies.add("", Some(ID)), Err(vec![AwsError::Empty]));
    assert_eq!(policies, managed(), "what is refused changes nothing");
    // The later of two counts, and a managed id stays the managed policy's.
    let managed_id = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    for name in ["first", "second"] {
        let text = json!({"Name": name, "MinTTL": 1}).to_string();
        policies.add(&text, Some(ID)).unwrap();
        policies.add(&text, Some(managed_id)).unwrap();
    }
    assert_eq!(policies.cache_policy(ID).unwrap().name, "second");
    assert_eq!(policies.cache_policy(managed_id).unwrap().name, "CachingDisabled");
}
