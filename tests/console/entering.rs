//! What is entered for a behavior.

use edgewalk::scene::console::{Item, Setting};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, at, draft, enter, findings, least, value};

const DEFAULT: Item = Item::Default;

fn methods(draft: &edgewalk::distribution::Draft, item: Item) -> [String; 2] {
    let path = format!("{}.AllowedMethods", item.path());
    ["Items", "CachedMethods.Items"].map(|list| at(draft, &format!("{path}.{list}")))
}

#[test]
fn cb_03_the_sets_of_methods_are_those_that_aws_takes() {
    let mut draft = draft(S3_SITE);
    let seven = r#"["HEAD","DELETE","POST","GET","OPTIONS","PUT","PATCH"]"#;
    for (count, items) in
        [("7", seven), ("3", r#"["HEAD","GET","OPTIONS"]"#), ("2", r#"["HEAD","GET"]"#)]
    {
        enter(&mut draft, DEFAULT, Setting::AllowedMethods, count);
        assert_eq!(methods(&draft, DEFAULT), [items, r#"["HEAD","GET"]"#]);
        assert_eq!(at(&draft, "DefaultCacheBehavior.AllowedMethods.Quantity"), count);
        assert_eq!(value(&draft, DEFAULT, Setting::AllowedMethods), count);
        assert_eq!(findings(&draft), []);
    }
}

#[test]
fn cb_04_what_is_cached_is_among_what_is_allowed() {
    let mut draft = draft(API_AND_MEDIA);
    let live = Item::Behavior(2);
    let three = r#"["HEAD","GET","OPTIONS"]"#;
    assert_eq!(methods(&draft, live), [three, three]);
    assert_eq!(value(&draft, live, Setting::CachedOptions), "true");
    enter(&mut draft, live, Setting::AllowedMethods, "7");
    assert_eq!(methods(&draft, live)[1], three, "it stays cached");
    enter(&mut draft, live, Setting::AllowedMethods, "2");
    assert_eq!(methods(&draft, live), [r#"["HEAD","GET"]"#; 2]);
    assert_eq!(value(&draft, live, Setting::CachedOptions), "false");
    // OPTIONS cached and not allowed can be entered, and is refused.
    enter(&mut draft, live, Setting::CachedOptions, "true");
    assert_eq!(methods(&draft, live), [r#"["HEAD","GET"]"#, three]);
    let place = "CacheBehaviors.Items[2].AllowedMethods.CachedMethods";
    let found = findings(&draft);
    assert!(
        found.len() == 1 && found[0].0.starts_with(place) && found[0].1 == "CB-04",
        "{found:?}"
    );
}

#[test]
fn cb_03_cb_04_a_behavior_that_names_no_methods_allows_get_and_head() {
    let mut draft = least();
    assert_eq!(at(&draft, "DefaultCacheBehavior.AllowedMethods"), "nothing");
    assert_eq!(value(&draft, DEFAULT, Setting::AllowedMethods), "2");
    assert_eq!(value(&draft, DEFAULT, Setting::CachedOptions), "false");
    enter(&mut draft, DEFAULT, Setting::CachedOptions, "false");
    assert_eq!(methods(&draft, DEFAULT), [r#"["HEAD","GET"]"#; 2]);
    assert_eq!(findings(&draft), []);
    let mut draft = least();
    enter(&mut draft, DEFAULT, Setting::AllowedMethods, "3");
    enter(&mut draft, DEFAULT, Setting::CachedOptions, "true");
    assert_eq!(methods(&draft, DEFAULT), [r#"["HEAD","GET","OPTIONS"]"#; 2]);
    assert_eq!(findings(&draft), []);
}

#[test]
fn cb_01_cb_02_cb_06_words_and_flags_are_put_as_they_are() {
    let mut draft = draft(API_AND_MEDIA);
    let media = Item::Behavior(3);
    enter(&mut draft, media, Setting::Target, "app-alb");
    enter(&mut draft, media, Setting::ViewerProtocol, "https-only");
    enter(&mut draft, media, Setting::Compress, "false");
    enter(&mut draft, media, Setting::PathPattern, "/pictures/*");
    let of = |name: &str| at(&draft, &format!("CacheBehaviors.Items[3].{name}"));
    assert_eq!(of("TargetOriginId"), "\"app-alb\"");
    assert_eq!(of("ViewerProtocolPolicy"), "\"https-only\"");
    assert_eq!(of("Compress"), "false", "a flag, no text");
    assert_eq!(of("PathPattern"), "\"/pictures/*\"");
    assert_eq!(findings(&draft), []);
    enter(&mut draft, media, Setting::Compress, "true");
    assert_eq!(at(&draft, "CacheBehaviors.Items[3].Compress"), "true");
}

#[test]
fn cb_07_to_cb_11_key_10_a_policy_and_the_legacy_settings_take_each_other_s_place() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, DEFAULT, Setting::CachePolicy, "legacy");
    let of = |draft: &edgewalk::distribution::Draft, name: &str| {
        at(draft, &format!("DefaultCacheBehavior.{name}"))
    };
    assert_eq!(of(&draft, "CachePolicyId"), "nothing");
    assert_eq!(
        of(&draft, "OriginRequestPolicyId"),
        "nothing",
        "CB-08: it goes only with a cache policy"
    );
    assert_ne!(of(&draft, "ResponseHeadersPolicyId"), "nothing", "CB-09 goes with either");
    assert_eq!(
        of(&draft, "ForwardedValues"),
        r#"{"QueryString":false,"Cookies":{"Forward":"none"},"Headers":{"Quantity":0},"QueryStringCacheKeys":{"Quantity":0}}"#
    );
    let ttls = [Setting::MinTtl, Setting::DefaultTtl, Setting::MaxTtl];
    assert_eq!(ttls.map(|ttl| value(&draft, DEFAULT, ttl)), ["0", "86400", "31536000"], "CB-11");
    assert_eq!(value(&draft, DEFAULT, Setting::CachePolicy), "legacy");
    assert_eq!(findings(&draft), []);
    let optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"; // MC-01
    enter(&mut draft, DEFAULT, Setting::CachePolicy, optimized);
    for name in ["ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"] {
        assert_eq!(of(&draft, name), "nothing", "KEY-10: {name}");
    }
    assert_eq!(of(&draft, "CachePolicyId"), format!("{optimized:?}"));
    assert_eq!(findings(&draft), []);
}

#[test]
fn cb_08_cb_09_no_policy_is_nothing_said() {
    let mut draft = draft(API_AND_MEDIA);
    for setting in [Setting::OriginRequestPolicy, Setting::ResponseHeadersPolicy] {
        assert_ne!(value(&draft, DEFAULT, setting), "");
        enter(&mut draft, DEFAULT, setting, "");
        enter(&mut draft, DEFAULT, setting, "");
        assert_eq!(value(&draft, DEFAULT, setting), "");
    }
    assert_eq!(at(&draft, "DefaultCacheBehavior.OriginRequestPolicyId"), "nothing");
    assert_eq!(at(&draft, "DefaultCacheBehavior.ResponseHeadersPolicyId"), "nothing");
    assert_eq!(findings(&draft), []);
    enter(
        &mut draft,
        DEFAULT,
        Setting::OriginRequestPolicy,
        "216adef6-5c7f-47e4-b989-5492eafa07d3",
    );
    assert_eq!(findings(&draft), []);
}

#[test]
fn cb_11_ttl_12_a_ttl_that_is_no_number_stays_a_text_and_is_refused() {
    let mut draft = draft(LEGACY);
    enter(&mut draft, DEFAULT, Setting::MinTtl, "soon");
    assert_eq!(at(&draft, "DefaultCacheBehavior.MinTTL"), "\"soon\"");
    assert_eq!(findings(&draft), [("DefaultCacheBehavior.MinTTL".into(), "ER-03")]);
    enter(&mut draft, DEFAULT, Setting::MinTtl, "3153600001");
    assert_eq!(findings(&draft), [("DefaultCacheBehavior.MinTTL".into(), "TTL-12")]);
    enter(&mut draft, DEFAULT, Setting::MinTtl, "");
    assert_eq!(at(&draft, "DefaultCacheBehavior.MinTTL"), "nothing");
}

#[test]
fn what_the_document_has_no_place_for_is_refused_and_changes_nothing() {
    let mut draft = draft(S3_SITE);
    let nowhere = Setting::PathPattern.enter(&mut draft, Item::Behavior(7), "/a");
    assert_eq!(nowhere.unwrap_err().path, "CacheBehaviors.Items[7].PathPattern");
    assert!(Setting::OriginId.enter(&mut draft, Item::Origin(1), "x").is_err());
    assert_eq!(draft.document(), draft.base().document());
}
