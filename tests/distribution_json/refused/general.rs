//! Quantities, types, what belongs to the distribution itself, and error responses.

use edgewalk::distribution::aws::AwsError;
use edgewalk::distribution::aws::ErrorCode::{
    InconsistentQuantities, InvalidArgument, InvalidDefaultRootObject, InvalidErrorCode,
    InvalidRelativePath, InvalidResponseCode, NoSuchCachePolicy, TooManyDistributionCNAMEs,
    TooManyOrigins,
};
use serde_json::json;

use super::{check, check_all};
use crate::{
    API_AND_MEDIA as A, LEGACY as L, S3_SITE as S, changed, found, list, path_of, read_value,
};

#[test]
fn lg_01_to_03_logging() {
    check_all([
        ("LG-02", A, "/Logging/Bucket", json!("example-cdn-logs"), InvalidArgument),
        ("LG-02", A, "/Logging/Bucket", json!(".s3.amazonaws.com"), InvalidArgument),
        ("LG-02", A, "/Logging/Bucket", json!(""), InvalidArgument),
        ("LG-03", A, "/Logging/Prefix", json!("/logs"), InvalidArgument),
        ("ER-03", A, "/Logging/Bucket", json!(7), InvalidArgument),
        ("ER-03", S, "/Logging/IncludeCookies", json!("no"), InvalidArgument),
        ("ER-03", S, "/Logging", json!([]), InvalidArgument),
    ]);
}

#[test]
fn er_01_03_what_is_counted_wrongly_left_out_or_of_another_type() {
    check_all([
        ("ER-01", A, "/Aliases/Quantity", json!(3), InconsistentQuantities),
        ("ER-01", A, "/Origins/Quantity", json!(-5), InconsistentQuantities),
        ("ER-01", S, "/CacheBehaviors/Quantity", json!(1), InconsistentQuantities),
        ("ER-03", A, "/Aliases/Quantity", json!(null), InvalidArgument),
        ("ER-03", A, "/Aliases/Quantity", json!("2"), InvalidArgument),
        ("ER-03", S, "/Aliases", json!(["www.example.com"]), InvalidArgument),
        ("ER-03", A, "/Aliases/Items/0", json!(7), InvalidArgument),
        ("ER-03", A, "/Aliases/Items/0", json!(null), InvalidArgument),
        ("ER-03", A, "/CacheBehaviors/Items/0", json!("x"), InvalidArgument),
        ("ER-03", A, "/CacheBehaviors/Items/0/PathPattern", json!(null), InvalidArgument),
        ("ER-03", A, "/CacheBehaviors/Items/0/PathPattern", json!(""), InvalidArgument),
        ("ER-03", A, "/CacheBehaviors/Items/0/TargetOriginId", json!(null), InvalidArgument),
        ("ER-03", A, "/CacheBehaviors/Items/0/ViewerProtocolPolicy", json!(null), InvalidArgument),
        ("ER-03", A, "/CacheBehaviors/Items/0/Compress", json!("true"), InvalidArgument),
        (
            "ER-03",
            S,
            "/Origins/Items/0/S3OriginConfig/OriginAccessIdentity",
            json!(null),
            InvalidArgument,
        ),
        ("ER-03", S, "/Origins/Items/0/OriginShield/Enabled", json!(null), InvalidArgument),
        ("ER-03", A, "/Origins/Items/0/CustomOriginConfig/HTTPPort", json!(null), InvalidArgument),
        (
            "ER-03",
            A,
            "/Origins/Items/0/CustomOriginConfig/OriginProtocolPolicy",
            json!(null),
            InvalidArgument,
        ),
        (
            "ER-03",
            A,
            "/Origins/Items/0/CustomHeaders/Items/0/HeaderValue",
            json!(null),
            InvalidArgument,
        ),
        ("ER-03", A, "/Origins/Items/0/ConnectionAttempts", json!("3"), InvalidArgument),
        ("ER-03", A, "/Origins/Items/0/ConnectionAttempts", json!(2.5), InvalidArgument),
        ("ER-03", A, "/OriginGroups/Items/0/FailoverCriteria", json!(null), InvalidArgument),
        ("ER-03", A, "/OriginGroups/Items/0/Members", json!(null), InvalidArgument),
        ("ER-03", S, "/CustomErrorResponses/Items/0/ErrorCode", json!("403"), InvalidArgument),
        ("ER-03", S, "/CustomErrorResponses/Items/0/ResponseCode", json!(200), InvalidArgument),
        (
            "ER-03",
            L,
            "/DefaultCacheBehavior/ForwardedValues/QueryString",
            json!(null),
            InvalidArgument,
        ),
        ("ER-03", L, "/DefaultCacheBehavior/ForwardedValues/Cookies", json!(null), InvalidArgument),
        ("ER-03", S, "/DefaultCacheBehavior", json!(null), InvalidArgument),
        ("ER-03", S, "/Enabled", json!("yes"), InvalidArgument),
        ("ER-03", S, "/CacheTagConfig", json!("Cache-Tag"), InvalidArgument),
    ]);
    // What is missing within what was set.
    let within = [
        ("/CacheTagConfig", json!({}), "CacheTagConfig.HeaderName"),
        (
            "/Origins/Items/0/OriginShield/Enabled",
            json!(true),
            "Origins.Items[0].OriginShield.OriginShieldRegion",
        ),
    ];
    for (pointer, value, path) in within {
        check("ER-03", S, &[(pointer, value)], path, InvalidArgument);
    }
    let no_origin = [("/Origins", json!({"Quantity": 0})), ("/DefaultCacheBehavior", json!(null))];
    let errors = read_value(&changed(S, &no_origin)).unwrap_err();
    let expected =
        [("Origins", InvalidArgument, "ER-03"), ("DefaultCacheBehavior", InvalidArgument, "ER-03")];
    assert_eq!(found(&errors), expected);
}

#[test]
fn ce_01_to_04_er_12_14_error_responses() {
    let entry = |name: &str| format!("/CustomErrorResponses/Items/0/{name}");
    let lines = [
        ("CE-01", "ErrorCode", json!(412), InvalidErrorCode),
        ("CE-01", "ErrorCode", json!(65_939), InvalidErrorCode), // 403 + 65,536
        ("CE-02", "ResponsePagePath", json!("index.html"), InvalidRelativePath),
        ("CE-02", "ResponsePagePath", json!("/a b.html"), InvalidRelativePath),
        ("CE-02", "ResponsePagePath", json!(""), InvalidArgument),
        ("CE-02", "ResponsePagePath", json!(null), InvalidArgument),
        ("CE-02", "ResponseCode", json!(""), InvalidArgument),
        ("CE-02", "ResponseCode", json!(null), InvalidArgument),
        ("CE-03", "ResponseCode", json!("302"), InvalidResponseCode),
        ("CE-03", "ResponseCode", json!("ok"), InvalidResponseCode),
        ("CE-03", "ResponseCode", json!("+200"), InvalidResponseCode),
        ("CE-03", "ResponseCode", json!("0404"), InvalidResponseCode),
        ("CE-04", "ErrorCachingMinTTL", json!(-1), InvalidArgument),
    ];
    for (row, name, value, code) in lines {
        let pointer = entry(name);
        check(row, S, &[(&pointer, value)], &path_of(&pointer), code);
    }
    let twice = [("/CustomErrorResponses/Items/1/ErrorCode", json!(404))];
    check("CE-01", A, &twice, "CustomErrorResponses.Items[1].ErrorCode", InvalidErrorCode);
}

#[test]
fn ds_04_25_qt_01_04_the_distribution_itself() {
    let alias = |name: &str| ("DS-04", A, "/Aliases/Items/0", json!(name), InvalidArgument);
    check_all([
        alias("*x.example.com"),
        alias("a.*.example.com"),
        alias("*"),
        alias("WWW.example.com"),
        alias("https://www.example.com"),
    ]);
    let tags = [("/CacheTagConfig", json!({"HeaderName": "Cache Tag"}))];
    check("DS-25", S, &tags, "CacheTagConfig.HeaderName", InvalidArgument);
    assert!(read_value(&changed(A, &[("/Aliases/Items/0", json!("*.example.com"))])).is_ok());
    let aliases = |count| list((0..count).map(|n| json!(format!("a{n}.example.com"))));
    assert!(read_value(&changed(A, &[("/Aliases", aliases(100))])).is_ok());
    check("QT-04", A, &[("/Aliases", aliases(101))], "Aliases.Items", TooManyDistributionCNAMEs);
    let origin = |n| {
        json!({
            "Id": if n == 0 { "site-bucket".into() } else { format!("o{n}") },
            "DomainName": "docs.s3.us-east-1.amazonaws.com",
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        })
    };
    assert!(read_value(&changed(S, &[("/Origins", list((0..100).map(origin)))])).is_ok());
    check("QT-01", S, &[("/Origins", list((0..101).map(origin)))], "Origins.Items", TooManyOrigins);
}

#[test]
fn lim_15_ds_15_er_13_qt_43_a_default_root_object_too_long_or_invalid() {
    let root = |name: &str| changed(S, &[("/DefaultRootObject", json!(name))]);
    let longest = "i".repeat(255);
    for allowed in ["dir/index.html", "Az09_-.*$~\"'&", &longest] {
        let read = read_value(&root(allowed)).unwrap();
        assert_eq!(read.distribution.default_root_object.as_deref(), Some(allowed));
    }
    let too_long = format!("{longest}i");
    for refused in ["/index.html", "/", "a b.html", "a?b", "a%20b", "\u{fc}.html", &too_long] {
        let errors = read_value(&root(refused)).unwrap_err();
        let expected = [("DefaultRootObject", InvalidDefaultRootObject, "DS-15")];
        assert_eq!(found(&errors), expected, "{refused}");
    }
    let code = InvalidDefaultRootObject;
    assert_eq!(
        (code.to_string(), code.status(), code.row()),
        ("InvalidDefaultRootObject".into(), 400, "ER-13")
    );
}

#[test]
fn all_findings_are_given_and_each_knows_its_row() {
    let changes = [
        ("/Origins/Items/0/DomainName", json!("203.0.113.25")),
        ("/Origins/Items/1/ConnectionAttempts", json!(9)),
        ("/DefaultCacheBehavior/CachePolicyId", json!("nothing")),
        ("/CustomErrorResponses/Items/0/ErrorCode", json!(200)),
    ];
    let errors = read_value(&changed(A, &changes)).unwrap_err();
    let expected = [
        ("Origins.Items[0].DomainName", InvalidArgument, "DP-01"),
        ("Origins.Items[1].ConnectionAttempts", InvalidArgument, "OR-09"),
        ("DefaultCacheBehavior.CachePolicyId", NoSuchCachePolicy, "CB-07"),
        ("CustomErrorResponses.Items[0].ErrorCode", InvalidErrorCode, "CE-01"),
    ];
    assert_eq!(found(&errors), expected);
    let statuses: Vec<_> = errors
        .iter()
        .filter_map(|error| match error {
            AwsError::Refused { code, .. } => Some((code.row(), code.status())),
            _ => None,
        })
        .collect();
    assert_eq!(statuses, [("ER-03", 400), ("ER-03", 400), ("ER-19", 404), ("ER-14", 400)]);
}
