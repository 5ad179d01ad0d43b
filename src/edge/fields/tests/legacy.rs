//! The legacy settings.

use super::*;

#[test]
fn orp_09_qh_05_12_auth_01_ttl_10_the_legacy_settings_pass_what_is_not_removed() {
    let request = sent(Method::Get, VIEWER, &legacy(|_| {}));
    let has = |name| request.fields.has(name);
    for name in ["X-Own", "Cache-Control", "Pragma", "Origin"] {
        assert!(has(name), "ORP-09, QH-12, TTL-10: {name}");
    }
    for name in ["Accept", "Accept-Language", "Referer", "Cookie", "Authorization", "X-Real-IP"] {
        assert!(!has(name), "QH-05, QH-07, AUTH-01: {name}");
    }
    let bare = sent(Method::Get, VIEWER, &plain());
    for name in ["X-Own", "Cache-Control", "Pragma", "Origin"] {
        assert!(!bare.fields.has(name), "QH-12: with a cache policy {name} is not sent");
    }
}

#[test]
fn hdrk_06_all_headers_forwarded_means_nothing_is_cached() {
    let all = |policy: &mut CachePolicy| {
        policy.legacy =
            Some(LegacySettings { forwards_all_query: false, forwards_all_headers: true });
    };
    let behavior = legacy(all);
    assert!(behavior.is_caching_disabled());
    let request = sent(Method::Get, VIEWER, &behavior);
    let get = |name| request.fields.get(name);
    assert_eq!(
        (get("Host"), get("User-Agent"), get("Accept")),
        (Some("d"), Some("U"), Some("*/*"))
    );
    assert!(!legacy(|_| {}).is_caching_disabled());
}

#[test]
fn qs_07_legacy_forwards_all_and_keys_on_a_list() {
    let behavior = legacy(|policy| {
        policy.query = Selection::Only(vec!["x".into()]);
        policy.legacy =
            Some(LegacySettings { forwards_all_query: true, forwards_all_headers: false });
    });
    let request = sent_to("/a?y=2&x=1", Method::Get, "", &behavior);
    assert_eq!(request.target.query(), Some("y=2&x=1"));
    let viewer = Request::new(Method::Get, Target::parse("/a?y=2&x=1").unwrap(), Arc::default());
    let key = CacheKey::of(&viewer, "d", "/a", &behavior.cache_policy);
    assert_eq!(key.query(), Some("x=1"));
}

#[test]
fn key_08_legacy_cookie_names_may_hold_wildcards_and_key_07_policies_may_not() {
    let like = ["sess*", "a?c"].map(crate::distribution::PathPattern::new).to_vec();
    let cookies = "Cookie: session=1; abc=2; ac=3; other=4";
    let sent_cookies = |behavior: &Behavior| {
        sent(Method::Get, cookies, behavior).fields.get("Cookie").map(String::from)
    };
    let legacy = legacy(|policy| policy.cookies = Selection::Like(like));
    assert_eq!(sent_cookies(&legacy).as_deref(), Some("abc=2; session=1"), "KEY-08");
    let mut policy = plain();
    policy.cache_policy.cookies = Selection::Only(vec!["sess*".into()]);
    assert_eq!(sent_cookies(&policy), None, "KEY-07");
}
