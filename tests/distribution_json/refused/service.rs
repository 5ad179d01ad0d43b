//! Settings that are not simulated, and hold all the same: certificate, restrictions, logs, functions, access.

use edgewalk::distribution::aws::ErrorCode;
use edgewalk::distribution::aws::ErrorCode::{
    IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior, InvalidArgument,
    InvalidFunctionAssociation, InvalidGeoRestrictionParameter, InvalidLambdaFunctionAssociation,
    InvalidLocationCode, InvalidMinimumProtocolVersion, InvalidOriginAccessControl,
    InvalidProtocolSettings, InvalidViewerCertificate, InvalidWebACLId,
    NoSuchContinuousDeploymentPolicy, NoSuchFieldLevelEncryptionConfig, NoSuchRealtimeLogConfig,
    TooManyFunctionAssociations, TooManyKeyGroupsAssociatedToDistribution,
    TooManyLambdaFunctionAssociations, TrustedKeyGroupDoesNotExist, TrustedSignerDoesNotExist,
};
use serde_json::{Value, json};

use super::{check, check_all};
use crate::{API_AND_MEDIA as A, LEGACY as L, S3_SITE as S, changed, list, read_value, texts};

const ILLEGAL: ErrorCode = IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior;

const UUID: &str = "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111";

fn is_taken(example: &str, changes: &[(&str, Value)]) {
    let read = read_value(&changed(example, changes));
    assert!(read.is_ok(), "{changes:?}: {:?}", read.unwrap_err());
}

#[test]
fn ds_08_to_11_er_23_24_certificates() {
    let (acm, iam) =
        ("/ViewerCertificate/ACMCertificateArn", "/ViewerCertificate/IAMCertificateId");
    let arn = |region: &str| json!(format!("arn:aws:acm:{region}:123456789012:certificate/{UUID}"));
    check_all([
        ("DS-09", A, acm, arn("eu-west-1"), InvalidViewerCertificate),
        ("DS-09", A, acm, json!("my-certificate"), InvalidViewerCertificate),
        ("DS-09", A, iam, json!("ASCACKCEVSQ6CEXAMPLE1"), InvalidViewerCertificate),
        ("DS-09", L, iam, json!("A".repeat(33)), InvalidArgument),
        ("DS-10", A, "/ViewerCertificate/SSLSupportMethod", json!(null), InvalidArgument),
        ("DS-10", A, "/ViewerCertificate/SSLSupportMethod", json!("sni"), InvalidArgument),
        (
            "DS-11",
            A,
            "/ViewerCertificate/MinimumProtocolVersion",
            json!("TLSv1.4"),
            InvalidMinimumProtocolVersion,
        ),
        (
            "DS-11",
            A,
            "/ViewerCertificate/MinimumProtocolVersion",
            json!("SSLv3"),
            InvalidProtocolSettings,
        ),
        (
            "DS-11",
            L,
            "/ViewerCertificate/MinimumProtocolVersion",
            json!("TLSv1.2_2021"),
            InvalidMinimumProtocolVersion,
        ),
        (
            "DS-08",
            A,
            "/ViewerCertificate",
            json!({"CloudFrontDefaultCertificate": true}),
            InvalidViewerCertificate,
        ),
        ("DS-08", A, "/ViewerCertificate", json!(null), InvalidViewerCertificate),
    ]);
    let none = [("/ViewerCertificate/CloudFrontDefaultCertificate", json!(false))];
    check("DS-08", S, &none, "ViewerCertificate", InvalidViewerCertificate);
    is_taken(S, &[("/ViewerCertificate", json!(null))]);
    is_taken(L, &[("/ViewerCertificate/MinimumProtocolVersion", json!("SSLv3"))]);
    let policies = [
        "TLSv1",
        "TLSv1_2016",
        "TLSv1.1_2016",
        "TLSv1.2_2018",
        "TLSv1.2_2019",
        "TLSv1.2_2021",
        "TLSv1.2_2025",
        "TLSv1.3_2025",
    ];
    for policy in policies {
        is_taken(A, &[("/ViewerCertificate/MinimumProtocolVersion", json!(policy))]);
    }
}

#[test]
fn ds_20_er_27_countries() {
    let geo = |sort: &str, items: &[&str]| {
        let mut geo = texts(items);
        geo["RestrictionType"] = json!(sort);
        geo
    };
    let place = "/Restrictions/GeoRestriction";
    check_all([
        ("DS-20", S, place, geo("none", &["DE"]), InvalidGeoRestrictionParameter),
        ("DS-20", S, place, geo("whitelist", &[]), InvalidGeoRestrictionParameter),
        ("DS-20", L, "/Restrictions/GeoRestriction/Items/0", json!("de"), InvalidLocationCode),
        ("DS-20", L, "/Restrictions/GeoRestriction/Items/0", json!("XX"), InvalidLocationCode),
        (
            "DS-20",
            L,
            "/Restrictions/GeoRestriction/RestrictionType",
            json!("greylist"),
            InvalidArgument,
        ),
        ("ER-03", S, place, json!(null), InvalidArgument),
    ]);
    is_taken(S, &[(place, geo("whitelist", &["DE", "US", "ZW", "AD"]))]);
}

#[test]
fn ds_02_to_24_er_19_28_lg_02_03_cd_13_17_the_distribution_as_a_whole() {
    let cd = "/ContinuousDeploymentPolicyId";
    check_all([
        ("DS-02", S, "/PriceClass", json!("PriceClass_300"), InvalidArgument),
        ("DS-03", S, "/WebACLId", json!("my-acl"), InvalidWebACLId),
        (
            "DS-03",
            A,
            "/WebACLId",
            json!("arn:aws:wafv2:eu-west-1:123456789012:global/webacl/a/b"),
            InvalidWebACLId,
        ),
        ("DS-13", S, "/HttpVersion", json!("http/2"), InvalidArgument),
        ("DS-16", S, "/Comment", json!("x".repeat(129)), InvalidArgument),
        ("ER-03", S, "/IsIPV6Enabled", json!("true"), InvalidArgument),
        ("ER-03", S, "/Staging", json!(0), InvalidArgument),
        ("ER-03", S, "/CallerReference", json!(7), InvalidArgument),
        ("DS-19", A, cd, json!("my-policy"), NoSuchContinuousDeploymentPolicy),
        ("DS-24", S, "/ConnectionMode", json!("indirect"), InvalidArgument),
    ]);
    check("CD-13", S, &[(cd, json!(UUID))], "HttpVersion", InvalidArgument);
    let completion = [(cd, json!(UUID)), ("/Origins/Items/0/ResponseCompletionTimeout", json!(90))];
    check("CD-17", A, &completion, "ContinuousDeploymentPolicyId", InvalidArgument);
    is_taken(
        A,
        &[(cd, json!(UUID)), ("/WebACLId", json!(UUID)), ("/Comment", json!("x".repeat(128)))],
    );
    check("DS-24", S, &[("/ConnectionMode", json!("tenant-only"))], "PriceClass", InvalidArgument);
    let mtls = [("/ViewerMtlsConfig", json!({"Mode": "always"}))];
    check("DS-22", S, &mtls, "ViewerMtlsConfig.Mode", InvalidArgument);
    let function = [("/ConnectionFunctionAssociation", json!({"Id": "x".repeat(65)}))];
    check("DS-23", S, &function, "ConnectionFunctionAssociation.Id", InvalidArgument);
    let control = "/Origins/Items/0/OriginAccessControlId";
    check(
        "OR-20",
        S,
        &[(control, json!("my control"))],
        "Origins.Items[0].OriginAccessControlId",
        InvalidOriginAccessControl,
    );
}

/// What has the form of AWS's own names may exist, even where nothing is given of it; what has not, cannot.
#[test]
fn im_04_the_forms_of_names() {
    let default = |name: &str| format!("/DefaultCacheBehavior/{name}");
    let (policy, control) = (default("CachePolicyId"), "/Origins/Items/0/OriginAccessControlId");
    for taken in [UUID, "00000000-0000-0000-0000-000000000000"] {
        is_taken(S, &[(&policy, json!(taken))]);
        is_taken(S, &[("/WebACLId", json!(taken))]);
    }
    let [one_less, one_more] = [UUID[1..].to_owned(), format!("{UUID}1")];
    for wrong in [&one_less, &one_more, &UUID.replace('-', "_"), "a1b2c3d4-5678-90ab-cdef"] {
        let errors = read_value(&changed(S, &[(&policy, json!(wrong))])).unwrap_err();
        assert_eq!(crate::found(&errors)[0].1, ErrorCode::NoSuchCachePolicy, "IM-04 {wrong}");
        check("DS-03", S, &[("/WebACLId", json!(wrong))], "WebACLId", InvalidWebACLId);
    }
    is_taken(S, &[(control, json!("E".repeat(32)))]);
    for wrong in ["E".repeat(33), "e1example".to_owned(), "E1-EXAMPLE".to_owned()] {
        let path = "Origins.Items[0].OriginAccessControlId";
        check("OR-20", S, &[(control, json!(wrong))], path, InvalidOriginAccessControl);
    }
    let signer = "/CacheBehaviors/Items/1/TrustedSigners/Items/1";
    is_taken(L, &[(signer, json!("210987654321"))]);
    for wrong in ["1234567890123", "12345678901a"] {
        let path = "CacheBehaviors.Items[1].TrustedSigners.Items[1]";
        check("CB-16", L, &[(signer, json!(wrong))], path, TrustedSignerDoesNotExist);
    }
}

#[test]
fn cb_15_16_er_20_who_may_sign() {
    let groups = "/CacheBehaviors/Items/1/TrustedKeyGroups";
    let switched = |items: &[&str]| {
        let mut list = texts(items);
        list["Enabled"] = json!(true);
        list
    };
    check_all([
        ("CB-15", A, groups, switched(&[]), InvalidArgument),
        (
            "CB-15",
            A,
            "/CacheBehaviors/Items/1/TrustedKeyGroups/Items/0",
            json!("group"),
            TrustedKeyGroupDoesNotExist,
        ),
        (
            "ER-03",
            A,
            "/CacheBehaviors/Items/1/TrustedKeyGroups/Enabled",
            json!(null),
            InvalidArgument,
        ),
        (
            "CB-16",
            L,
            "/CacheBehaviors/Items/1/TrustedSigners/Items/0",
            json!("me"),
            TrustedSignerDoesNotExist,
        ),
        (
            "CB-16",
            L,
            "/CacheBehaviors/Items/1/TrustedSigners/Items/1",
            json!("11112222333"),
            TrustedSignerDoesNotExist,
        ),
    ]);
    is_taken(A, &[(groups, switched(&[UUID; 4]))]);
    let five = [(groups, switched(&[UUID; 5]))];
    let path = "CacheBehaviors.Items[1].TrustedKeyGroups.Items";
    check("CB-15", A, &five, path, TooManyKeyGroupsAssociatedToDistribution);
}

#[test]
fn cb_17_18_er_21_functions() {
    let lambda = |event: &str| json!({"LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:f:7", "EventType": event});
    let function = |event: &str| json!({"FunctionARN": "arn:aws:cloudfront::123456789012:function/f", "EventType": event});
    let (lambdas, functions) = (
        "/DefaultCacheBehavior/LambdaFunctionAssociations",
        "/DefaultCacheBehavior/FunctionAssociations",
    );
    let arn = "/DefaultCacheBehavior/LambdaFunctionAssociations/Items/0/LambdaFunctionARN";
    for wrong in [
        "f",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
        "arn:aws:lambda:eu-west-1:123456789012:function:f:7",
    ] {
        check_all([("CB-17", L, arn, json!(wrong), InvalidLambdaFunctionAssociation)]);
    }
    let at = |list: &str, item: usize, member: &str| {
        format!("{}.Items[{item}].{member}", list[1..].replace('/', "."))
    };
    let all = ["viewer-request", "viewer-response", "origin-request", "origin-response"];
    is_taken(S, &[(lambdas, list(all.map(lambda)))]);
    is_taken(
        S,
        &[(functions, list([all[0], all[1]].map(function))), (lambdas, list([lambda(all[2])]))],
    );
    let twice = [(lambdas, list([all[2], all[2]].map(lambda)))];
    check("CB-17", S, &twice, &at(lambdas, 1, "EventType"), InvalidLambdaFunctionAssociation);
    let five = [(lambdas, list(std::iter::repeat_n(json!({}), 5)))];
    let errors = read_value(&changed(S, &five)).unwrap_err();
    assert_eq!(crate::found(&errors)[0].1, TooManyLambdaFunctionAssociations, "CB-17");
    let at_origin = [(functions, list([function(all[2])]))];
    check("CB-18", S, &at_origin, &at(functions, 0, "EventType"), InvalidFunctionAssociation);
    let both = [(functions, list([function(all[0])])), (lambdas, list([lambda(all[1])]))];
    check("CB-18", S, &both, &at(functions, 0, "EventType"), InvalidFunctionAssociation);
    let mut wrong = function(all[0]);
    wrong["FunctionARN"] = json!("arn:aws:lambda:us-east-1:123456789012:function/f");
    check(
        "CB-18",
        S,
        &[(functions, list([wrong]))],
        &at(functions, 0, "FunctionARN"),
        InvalidFunctionAssociation,
    );
    let three = [(functions, list(std::iter::repeat_n(json!({}), 3)))];
    let errors = read_value(&changed(S, &three)).unwrap_err();
    assert_eq!(crate::found(&errors)[0].1, TooManyFunctionAssociations, "CB-18");
}

#[test]
fn cb_13_14_19_er_19_22_grpc_01_encryption_logs_and_grpc() {
    let encryption = "/CacheBehaviors/Items/4/FieldLevelEncryptionId"; // /api/*: https-only, all methods, HTTPS
    check_all([
        ("CB-13", A, encryption, json!("my config"), NoSuchFieldLevelEncryptionConfig),
        ("CB-13", A, "/CacheBehaviors/Items/3/FieldLevelEncryptionId", json!("E1FLE"), ILLEGAL),
        ("CB-13", L, "/DefaultCacheBehavior/FieldLevelEncryptionId", json!("E1FLE"), ILLEGAL),
        (
            "CB-14",
            A,
            "/CacheBehaviors/Items/4/RealtimeLogConfigArn",
            json!("logs"),
            NoSuchRealtimeLogConfig,
        ),
    ]);
    is_taken(A, &[(encryption, json!("E1FLE"))]);
    let by_http = [
        (encryption, json!("E1FLE")),
        ("/Origins/Items/0/CustomOriginConfig/OriginProtocolPolicy", json!("http-only")),
    ];
    check("CB-13", A, &by_http, "CacheBehaviors.Items[4].FieldLevelEncryptionId", ILLEGAL);
    let grpc = ("/CacheBehaviors/Items/4/GrpcConfig", json!({"Enabled": true}));
    is_taken(A, std::slice::from_ref(&grpc));
    // GRPC-01: HTTP/2, all seven methods, and HTTPS to the origin.
    let protocol = "/Origins/Items/0/CustomOriginConfig/OriginProtocolPolicy";
    let methods = "/CacheBehaviors/Items/4/AllowedMethods";
    for (pointer, value) in [
        ("/HttpVersion", json!("http1.1")),
        ("/HttpVersion", json!("http3")),
        (methods, texts(&["GET", "HEAD", "OPTIONS"])),
        (methods, texts(&["GET", "HEAD"])),
        (protocol, json!("http-only")),
    ] {
        let changes = [grpc.clone(), (pointer, value)];
        check("CB-19", A, &changes, "CacheBehaviors.Items[4].GrpcConfig.Enabled", InvalidArgument);
    }
    for version in ["http2", "http2and3"] {
        is_taken(A, &[grpc.clone(), ("/HttpVersion", json!(version))]);
    }
    let off = ("/CacheBehaviors/Items/4/GrpcConfig", json!({"Enabled": false}));
    is_taken(A, &[off, ("/HttpVersion", json!("http1.1"))]);
}
