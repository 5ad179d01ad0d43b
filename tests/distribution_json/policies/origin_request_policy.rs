//! Own origin request policies.

use edgewalk::distribution::aws::ErrorCode;
use edgewalk::distribution::{OriginRequestPolicy, Selection};
use serde_json::{Value, json};

use super::{ID, check, owned, with};
use crate::{found, numbered, set, texts};

fn origin_request_policy() -> Value {
    json!({
        "Name": "device",
        "HeadersConfig": {"HeaderBehavior": "allViewerAndWhitelistCloudFront", "Headers": texts(&["CloudFront-Viewer-City"])},
        "CookiesConfig": {"CookieBehavior": "none"},
        "QueryStringsConfig": {"QueryStringBehavior": "all"},
    })
}

#[test]
fn ck_06_07_qt_10_an_origin_request_policy() {
    use ErrorCode::{
        InvalidArgument, TooManyCookiesInOriginRequestPolicy, TooManyHeadersInOriginRequestPolicy,
        TooManyQueryStringsInOriginRequestPolicy,
    };
    let read = |policy: &Value| with(policy).unwrap().origin_request_policy(ID).unwrap();
    let expected = OriginRequestPolicy {
        name: "device".into(),
        headers: Selection::All,
        cloudfront_headers: owned(&["CloudFront-Viewer-City"]),
        cookies: Selection::None,
        query: Selection::All,
    };
    assert_eq!(read(&origin_request_policy()), expected);
    for (mode, headers) in [
        ("none", Selection::None),
        ("whitelist", Selection::Only(owned(&["CloudFront-Viewer-City"]))),
        ("allViewer", Selection::All),
        ("allExcept", Selection::AllExcept(owned(&["CloudFront-Viewer-City"]))),
    ] {
        let mut policy = origin_request_policy();
        set(&mut policy, "/HeadersConfig/HeaderBehavior", json!(mode));
        let read = read(&policy);
        assert_eq!((read.headers, read.cloudfront_headers), (headers, Vec::new()), "CK-06 {mode}");
    }
    // CK-09: Authorization may be listed by itself; CK-11: and so may what no cache policy takes.
    for name in ["Authorization", "CloudFront-Viewer-Address"] {
        let mut policy = origin_request_policy();
        let listed = json!({"HeaderBehavior": "whitelist", "Headers": texts(&[name])});
        set(&mut policy, "/HeadersConfig", listed);
        assert_eq!(read(&policy).headers, Selection::Only(owned(&[name])));
    }
    let many = [
        ("Cookie", "c", TooManyCookiesInOriginRequestPolicy),
        ("QueryString", "q", TooManyQueryStringsInOriginRequestPolicy),
    ];
    for (kind, name, code) in many {
        let (config, list) = (format!("{kind}sConfig"), format!("{kind}s"));
        let policy = |count| {
            let mut policy = origin_request_policy();
            let listed =
                json!({format!("{kind}Behavior"): "whitelist", &list: numbered(count, name)});
            set(&mut policy, &format!("/{config}"), listed);
            policy
        };
        assert!(with(&policy(10)).is_ok(), "QT-10");
        let errors = with(&policy(11)).unwrap_err();
        let path = format!("OriginRequestPolicyConfig.{config}.{list}.Items");
        assert_eq!(found(&errors), [(path.as_str(), code, "QT-10")]);
    }
    let table = [
        ("CK-06", "/HeadersConfig/HeaderBehavior", json!("all"), InvalidArgument),
        ("CK-06", "/HeadersConfig/Headers/Items/0", json!("Accept"), InvalidArgument),
        ("CK-07", "/CookiesConfig/CookieBehavior", json!("some"), InvalidArgument),
        ("CK-07", "/QueryStringsConfig/QueryStringBehavior", json!("some"), InvalidArgument),
        ("ER-03", "/QueryStringsConfig", json!(null), InvalidArgument),
        (
            "QT-10",
            "/HeadersConfig/Headers",
            numbered(11, "CloudFront-"),
            TooManyHeadersInOriginRequestPolicy,
        ),
    ];
    for (row, pointer, value, code) in table {
        check(row, origin_request_policy(), "OriginRequestPolicyConfig", pointer, value, code);
    }
}
