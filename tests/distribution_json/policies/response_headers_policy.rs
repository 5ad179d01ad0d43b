//! Own response headers policies.

use edgewalk::distribution::aws::ErrorCode;
use edgewalk::distribution::{Cors, PolicyField, ResponseHeadersPolicy, SamplingRate};
use serde_json::{Value, json};

use super::{ID, check, owned, with};
use crate::{found, list, set, texts};

fn response_headers_policy() -> Value {
    json!({
        "Name": "site",
        "CorsConfig": {
            "AccessControlAllowOrigins": texts(&["https://a.example", "https://b.example"]),
            "AccessControlAllowHeaders": texts(&["*"]),
            "AccessControlAllowMethods": texts(&["ALL"]),
            "AccessControlAllowCredentials": false,
            "AccessControlExposeHeaders": texts(&["X-Total"]),
            "AccessControlMaxAgeSec": 600,
            "OriginOverride": true,
        },
        "SecurityHeadersConfig": {
            "XSSProtection": {"Override": false, "Protection": true, "ModeBlock": false, "ReportUri": "https://r.example/"},
            "FrameOptions": {"Override": true, "FrameOption": "DENY"},
            "ReferrerPolicy": {"Override": false, "ReferrerPolicy": "same-origin"},
            "ContentSecurityPolicy": {"Override": true, "ContentSecurityPolicy": "default-src 'self'"},
            "ContentTypeOptions": {"Override": true},
            "StrictTransportSecurity": {"Override": false, "AccessControlMaxAgeSec": 60, "IncludeSubdomains": true, "Preload": true},
        },
        "ServerTimingHeadersConfig": {"Enabled": true, "SamplingRate": 12.3456},
        "CustomHeadersConfig": list([json!({"Header": "X-Env", "Value": "test", "Override": true})]),
        "RemoveHeadersConfig": list([json!({"Header": "Server"})]),
    })
}

#[test]
fn rh_09_st_15_a_response_headers_policy() {
    let field = |name: &str, value: &str, overrides| PolicyField {
        name: name.into(),
        value: value.into(),
        overrides,
    };
    let expected = ResponseHeadersPolicy {
        name: "site".into(),
        remove: owned(&["Server"]),
        cors: Some(Cors {
            allow_origins: owned(&["https://a.example", "https://b.example"]),
            allow_methods: owned(&["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]),
            allow_headers: owned(&["*"]),
            expose_headers: owned(&["X-Total"]),
            allow_credentials: false,
            max_age_secs: Some(600),
            overrides: true,
        }),
        fields: vec![
            field("Content-Security-Policy", "default-src 'self'", true),
            field("Referrer-Policy", "same-origin", false),
            field("Strict-Transport-Security", "max-age=60; includeSubDomains; preload", false),
            field("X-Content-Type-Options", "nosniff", true),
            field("X-Frame-Options", "DENY", true),
            field("X-XSS-Protection", "1; report=https://r.example/", false),
            field("X-Env", "test", true),
        ],
        server_timing: SamplingRate::new(123_456),
    };
    let read = |policy: &Value| with(policy).unwrap().response_headers_policy(ID).unwrap();
    assert_eq!(read(&response_headers_policy()), expected);
    // ST-15.
    for (rate, expected) in [
        (json!(100), Some(SamplingRate::ALL)),
        (json!(0), Some(SamplingRate::NONE)),
        (json!(null), Some(SamplingRate::NONE)),
        (json!(0.0001), SamplingRate::new(1)),
        (json!(99.9999), SamplingRate::new(999_999)),
    ] {
        let mut policy = response_headers_policy();
        set(&mut policy, "/ServerTimingHeadersConfig/SamplingRate", rate.clone());
        assert_eq!(read(&policy).server_timing, expected, "{rate}");
        set(&mut policy, "/ServerTimingHeadersConfig/Enabled", json!(false));
        assert_eq!(read(&policy).server_timing, None);
    }
    for (protection, value) in [
        (json!({"Override": true, "Protection": false}), "0"),
        (json!({"Override": true, "Protection": true}), "1"),
        (json!({"Override": true, "Protection": true, "ModeBlock": true}), "1; mode=block"),
    ] {
        let policy = json!({"Name": "x", "SecurityHeadersConfig": {"XSSProtection": protection}});
        assert_eq!(read(&policy).fields, [field("X-XSS-Protection", value, true)]);
    }
}

#[test]
fn rh_09_st_15_qt_13_39_what_a_response_headers_policy_cannot() {
    use ErrorCode::{
        InvalidArgument, TooLongCSPInResponseHeadersPolicy,
        TooManyCustomHeadersInResponseHeadersPolicy,
    };
    let security = |name: &str| format!("/SecurityHeadersConfig/{name}");
    let cors = |name: &str| format!("/CorsConfig/{name}");
    let rate = "/ServerTimingHeadersConfig/SamplingRate".to_owned();
    let csp = security("ContentSecurityPolicy/ContentSecurityPolicy");
    let removed = "/RemoveHeadersConfig/Items/0/Header".to_owned();
    let custom = |count: usize| {
        list(
            (0..count)
                .map(|n| json!({"Header": format!("X-{n}"), "Value": "v", "Override": false})),
        )
    };
    let table = [
        ("ER-03", "/Name".into(), json!(null), InvalidArgument),
        ("ER-03", cors("AccessControlAllowOrigins"), json!(null), InvalidArgument),
        ("ER-03", cors("AccessControlAllowMethods"), json!(null), InvalidArgument),
        ("ER-03", cors("OriginOverride"), json!(null), InvalidArgument),
        ("CB-09", cors("AccessControlAllowMethods/Items/0"), json!("TRACE"), InvalidArgument),
        ("CB-09", cors("AccessControlExposeHeaders/Items/0"), json!("a\r\nb"), InvalidArgument),
        ("CB-09", cors("AccessControlMaxAgeSec"), json!(-1), InvalidArgument),
        ("QT-39", cors("AccessControlAllowOrigins"), texts(&[&"o".repeat(1_784)]), InvalidArgument),
        ("QT-39", csp.clone(), json!("c".repeat(1_784)), TooLongCSPInResponseHeadersPolicy),
        ("CB-09", csp, json!("a\nb"), InvalidArgument),
        ("CB-09", security("FrameOptions/FrameOption"), json!("ALLOW"), InvalidArgument),
        ("CB-09", security("ReferrerPolicy/ReferrerPolicy"), json!("never"), InvalidArgument),
        (
            "CB-09",
            security("StrictTransportSecurity/AccessControlMaxAgeSec"),
            json!(-1),
            InvalidArgument,
        ),
        (
            "ER-03",
            security("StrictTransportSecurity/AccessControlMaxAgeSec"),
            json!(null),
            InvalidArgument,
        ),
        ("ER-03", security("ContentTypeOptions/Override"), json!(null), InvalidArgument),
        ("ER-03", security("XSSProtection/Protection"), json!(null), InvalidArgument),
        ("CB-09", security("XSSProtection/ReportUri"), json!("a\nb"), InvalidArgument),
        ("ST-15", rate.clone(), json!(100.0001), InvalidArgument),
        ("ST-15", rate.clone(), json!(-1), InvalidArgument),
        ("ST-15", rate.clone(), json!(1.23456), InvalidArgument),
        ("ST-15", rate, json!("50"), InvalidArgument),
        ("RH-09", removed.clone(), json!("Content-Length"), InvalidArgument),
        ("RH-09", removed.clone(), json!("X-Amz-Cf-Id"), InvalidArgument),
        ("ER-03", removed, json!("a b"), InvalidArgument),
        (
            "LIM-20",
            "/CustomHeadersConfig/Items/0/Header".into(),
            json!("h".repeat(257)),
            InvalidArgument,
        ),
        (
            "LIM-20",
            "/CustomHeadersConfig/Items/0/Value".into(),
            json!("v".repeat(1_784)),
            InvalidArgument,
        ),
        (
            "QT-13",
            "/CustomHeadersConfig".into(),
            custom(11),
            TooManyCustomHeadersInResponseHeadersPolicy,
        ),
    ];
    for (row, pointer, value, code) in table {
        check(row, response_headers_policy(), "ResponseHeadersPolicyConfig", &pointer, value, code);
    }
    let mut blocks = response_headers_policy();
    set(&mut blocks, &security("XSSProtection/ModeBlock"), json!(true));
    let errors = with(&blocks).unwrap_err();
    let place = "ResponseHeadersPolicyConfig.SecurityHeadersConfig.XSSProtection.ReportUri";
    assert_eq!(found(&errors), [(place, InvalidArgument, "CB-09")]);
}

#[test]
fn a_bare_policy_is_told_by_each_of_its_parts() {
    let whole = response_headers_policy();
    for (part, value) in whole.as_object().unwrap() {
        let policy = json!({"Name": "part", part: value});
        let is_told = with(&policy).is_ok_and(|found| found.response_headers_policy(ID).is_some());
        assert_eq!(is_told, part != "Name", "{part}");
    }
}
