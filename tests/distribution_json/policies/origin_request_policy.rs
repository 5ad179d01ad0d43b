//! Own origin request policies.

use edgewalk::distribution::aws::ErrorCode;
use edgewalk::distribution::{OriginRequestPolicy, Selection};
use serde_json::{Value, json};

use super::{ID, check, names, numbered, owned, with};
use crate::{found, set};

fn origin_request_policy() -> Value {
    json!({
        "Name": "device",
        "HeadersConfig": {"HeaderBehavior": "allViewerAndWhitelistCloudFront", "Headers": names(&["CloudFront-Viewer-City"])},
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
        let listed = json!({"HeaderBehavior": "whitelist", "Headers": names(&[name])});
        set(&mut policy, "/HeadersConfig", listed);
        assert_eq!(read(&policy).headers, Selection::Only(owned(&[name])));
    }
    let cookies = json!({"CookieBehavior": "whitelist", "Cookies": numbered(11, "c")});
    let mut many_cookies = origin_request_policy();
    set(&mut many_cookies, "/CookiesConfig", cookies);
    let errors = with(&many_cookies).unwrap_err();
    let expected = (
        "OriginRequestPolicyConfig.CookiesConfig.Cookies.Items",
        TooManyCookiesInOriginRequestPolicy,
        "QT-10",
    );
    assert_eq!(found(&errors), [expected]);
    let query = json!({"QueryStringBehavior": "whitelist", "QueryStrings": numbered(11, "q")});
    let mut many_parameters = origin_request_policy();
    set(&mut many_parameters, "/QueryStringsConfig", query);
    let errors = with(&many_parameters).unwrap_err();
    let expected = (
        "OriginRequestPolicyConfig.QueryStringsConfig.QueryStrings.Items",
        TooManyQueryStringsInOriginRequestPolicy,
        "QT-10",
    );
    assert_eq!(found(&errors), [expected]);
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
