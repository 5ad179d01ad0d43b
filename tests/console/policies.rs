//! The settings of an own response headers policy, the legacy cache settings of a behavior, and whole items as JSON.

use edgewalk::distribution::aws::Sort;
use edgewalk::distribution::{Draft, Selection};
use edgewalk::scene::console::{Item, Setting};
use edgewalk::simulation::built_in_scenario;

use crate::{API_AND_MEDIA, LEGACY, at, draft, enter, errors, field, findings, sheet, value};

/// The shop with an own response headers policy that its default behavior names.
fn with_policy() -> (Draft, Item) {
    let mut draft = Draft::of(&built_in_scenario().configuration);
    let policy = Item::new_beside(&mut draft, Sort::ResponseHeaders).unwrap();
    enter(&mut draft, policy, Setting::AddedHeaders, "");
    let unused = sheet(&draft, policy).unused.unwrap();
    enter(&mut draft, unused.item, unused.setting, &unused.value);
    (draft, policy)
}

/// What the policy comes to: name, value and whether it stands over the origin's.
fn fields(draft: &Draft) -> Vec<(String, String, bool)> {
    let configuration = draft.check().unwrap();
    let behavior = configuration.distribution().behaviors.last().unwrap();
    let policy = behavior.response_headers_policy.as_ref().unwrap();
    policy.fields.iter().map(|it| (it.name.clone(), it.value.clone(), it.overrides)).collect()
}

#[test]
fn rh_09_each_security_field_has_a_control_and_none_leaves_nothing() {
    let table = [
        (
            Setting::ContentPolicy,
            "default-src 'self'",
            "Content-Security-Policy",
            "default-src 'self'",
        ),
        (Setting::ReferrerPolicy, "same-origin", "Referrer-Policy", "same-origin"),
        (Setting::Hsts, "600", "Strict-Transport-Security", "max-age=600"),
        (Setting::NoSniff, "true", "X-Content-Type-Options", "nosniff"),
        (Setting::FrameOptions, "DENY", "X-Frame-Options", "DENY"),
        (Setting::XssProtection, "0", "X-XSS-Protection", "0"),
        (Setting::XssProtection, "1", "X-XSS-Protection", "1"),
        (Setting::XssProtection, "1; mode=block", "X-XSS-Protection", "1; mode=block"),
        (
            Setting::XssProtection,
            "1; report=https://a.example/x",
            "X-XSS-Protection",
            "1; report=https://a.example/x",
        ),
    ];
    for (setting, typed, name, said) in table {
        let (mut draft, policy) = with_policy();
        let before = draft.documents().to_vec();
        let nothing = value(&draft, policy, setting);
        enter(&mut draft, policy, setting, typed);
        assert_eq!(value(&draft, policy, setting), typed);
        assert_eq!(fields(&draft), [(name.to_owned(), said.to_owned(), true)], "{setting:?}");
        enter(&mut draft, policy, setting, &nothing);
        assert_eq!(draft.documents(), before, "{setting:?}");
    }
}

#[test]
fn tls_48_hsts_has_two_words_of_its_own() {
    let (mut draft, policy) = with_policy();
    let has =
        |draft: &Draft, setting| sheet(draft, policy).fields.iter().any(|it| it.setting == setting);
    assert!(!has(&draft, Setting::HstsPreload));
    enter(&mut draft, policy, Setting::Hsts, "60");
    enter(&mut draft, policy, Setting::HstsSubdomains, "true");
    enter(&mut draft, policy, Setting::HstsPreload, "true");
    enter(&mut draft, policy, Setting::Hsts, "90");
    assert_eq!(fields(&draft)[0].1, "max-age=90; includeSubDomains; preload");
}

#[test]
fn rh_09_cors_is_on_or_off_and_has_its_fields() {
    let (mut draft, policy) = with_policy();
    let before = draft.documents().to_vec();
    enter(&mut draft, policy, Setting::Cors, "true");
    assert_eq!(errors(&draft), [], "what it begins with is taken");
    for (setting, typed) in [
        (Setting::CorsOrigins, "https://a.example, https://b.example"),
        (Setting::CorsMethods, "GET\nPUT"),
        (Setting::CorsHeaders, "X-One"),
        (Setting::CorsExposed, "X-Two, X-Three"),
        (Setting::CorsMaxAge, "600"),
        (Setting::CorsCredentials, "true"),
    ] {
        enter(&mut draft, policy, setting, typed);
        assert_eq!(value(&draft, policy, setting), typed);
    }
    let configuration = draft.check().unwrap();
    let behavior = configuration.distribution().behaviors.last().unwrap();
    let cors = behavior.response_headers_policy.as_ref().unwrap().cors.clone().unwrap();
    assert_eq!(cors.allow_origins, ["https://a.example", "https://b.example"]);
    assert_eq!(
        (cors.allow_methods, cors.allow_headers),
        (vec!["GET".into(), "PUT".into()], vec!["X-One".into()])
    );
    assert_eq!(
        (cors.expose_headers.len(), cors.max_age_secs, cors.allow_credentials),
        (2, Some(600), true)
    );
    enter(&mut draft, policy, Setting::CorsMaxAge, "long");
    assert_eq!(field(&draft, policy, Setting::CorsMaxAge).faults.len(), 1);
    assert_eq!(
        field(&draft, policy, Setting::Cors).faults,
        Vec::<String>::new(),
        "the inner field has it"
    );
    enter(&mut draft, policy, Setting::Cors, "false");
    assert_eq!(draft.documents(), before);
}

#[test]
fn rh_09_which_fields_stand_over_the_origin_s_is_said_by_their_names() {
    let (mut draft, policy) = with_policy();
    enter(&mut draft, policy, Setting::Cors, "true");
    enter(&mut draft, policy, Setting::NoSniff, "true");
    enter(&mut draft, policy, Setting::AddedHeaders, "X-Own: 1");
    assert_eq!(value(&draft, policy, Setting::Overrides), "all");
    for (typed, sniff, own) in
        [("none", false, false), ("x-own, CORS", false, true), ("all", true, true)]
    {
        enter(&mut draft, policy, Setting::Overrides, typed);
        let over: Vec<bool> = fields(&draft).into_iter().map(|(_, _, over)| over).collect();
        assert_eq!(over, [sniff, own], "{typed}");
    }
    enter(&mut draft, policy, Setting::Overrides, "x-own, CORS");
    assert_eq!(value(&draft, policy, Setting::Overrides), "CORS, X-Own");
}

#[test]
fn ck_12_to_14_the_legacy_settings_say_what_the_key_takes() {
    let mut draft = draft(LEGACY);
    let key = |draft: &Draft| {
        let configuration = draft.check().unwrap();
        configuration.distribution().behaviors.last().unwrap().cache_policy.clone()
    };
    let set = |draft: &mut Draft, setting: Setting, typed: &str| {
        enter(draft, Item::Default, setting, typed);
        assert_eq!(value(draft, Item::Default, setting), typed);
        key(draft)
    };
    let only = |name: &str| Selection::Only(vec![name.into()]);
    let all_sent = |policy: edgewalk::distribution::CachePolicy| {
        let is_all = policy.legacy.as_ref().is_some_and(|it| it.forwards_all_query);
        (policy.query, is_all)
    };
    assert_eq!(all_sent(set(&mut draft, Setting::LegacyQuery, "none")), (Selection::None, false));
    assert_eq!(all_sent(set(&mut draft, Setting::LegacyQuery, "size")), (only("size"), true));
    assert_eq!(all_sent(set(&mut draft, Setting::LegacyQuery, "all")), (Selection::All, true));
    assert_eq!(set(&mut draft, Setting::LegacyCookies, "none").cookies, Selection::None);
    assert_eq!(set(&mut draft, Setting::LegacyCookies, "all").cookies, Selection::All);
    assert!(matches!(
        set(&mut draft, Setting::LegacyCookies, "id, theme-*").cookies,
        Selection::Like(_)
    ));
    assert_eq!(
        set(&mut draft, Setting::LegacyHeaders, "Accept-Language").key_headers,
        ["Accept-Language"]
    );
    assert!(set(&mut draft, Setting::LegacyHeaders, "none").key_headers.is_empty());
    // CK-13: with all of them nothing is cached, and the minimum TTL must be 0.
    enter(&mut draft, Item::Default, Setting::MinTtl, "0");
    assert_eq!(set(&mut draft, Setting::LegacyHeaders, "all").ttl.max, 0);
    enter(&mut draft, Item::Default, Setting::LegacyHeaders, "Cookie");
    assert!(field(&draft, Item::Default, Setting::LegacyHeaders).faults[0].contains("HDRK-07"));
}

#[test]
fn a_behavior_and_an_origin_have_all_of_themselves_as_json() {
    let mut draft = draft(API_AND_MEDIA);
    for (item, name, before, after) in [
        (Item::Behavior(0), "SmoothStreaming", "false", "true"),
        (Item::Origin(0), "OriginPath", "\"\"", "\"/v2\""),
    ] {
        let text = value(&draft, item, Setting::AsJson);
        let changed =
            text.replace(&format!("\"{name}\": {before}"), &format!("\"{name}\": {after}"));
        assert_ne!(changed, text, "{text}");
        enter(&mut draft, item, Setting::AsJson, &changed);
        assert_eq!(at(&draft, &format!("{}.{name}", item.path())), after);
        assert_eq!(findings(&draft), []);
        // What is no JSON stays as it was typed, with the place where it breaks.
        enter(&mut draft, item, Setting::AsJson, "{\"Id\": ");
        assert!(field(&draft, item, Setting::AsJson).faults[0].contains("line 1"));
        assert!(!errors(&draft).is_empty());
        enter(&mut draft, item, Setting::AsJson, &changed);
        assert_eq!(findings(&draft), []);
    }
}

#[test]
fn cb_15_where_there_is_no_key_group_the_field_says_what_comes_first() {
    let mut draft = draft(LEGACY);
    let said = |draft: &Draft| field(draft, Item::Default, Setting::TrustedKeys).help;
    enter(&mut draft, Item::Default, Setting::TrustedKeys, "");
    assert!(
        said(&draft).contains("A key group comes first: add one in Security"),
        "{}",
        said(&draft)
    );
    Item::new_beside(&mut draft, Sort::KeyGroup).unwrap();
    assert_eq!(said(&draft), "None: everybody may see it");
}
