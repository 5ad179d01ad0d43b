//! What a sheet says of an item, and what would mend it.

use edgewalk::distribution::{AwsError, Draft, FunctionEvent};
use edgewalk::json::Json;
use edgewalk::scene::console::{Control, Item, Setting, Sheet};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, draft, enter, errors, field, sheet, value};

fn settings(draft: &Draft, item: Item) -> Vec<Setting> {
    sheet(draft, item).fields.into_iter().map(|field| field.setting).collect()
}

#[test]
fn a_sheet_has_the_settings_of_its_item_in_the_order_of_the_console() {
    use Setting as S;
    let draft_of = draft(API_AND_MEDIA);
    let custom = [
        S::OriginId,
        S::DomainName,
        S::OriginPath,
        S::VpcOrigin,
        S::Protocol,
        S::HttpPort,
        S::HttpsPort,
        S::OriginSsl,
        S::Shield,
        S::Attempts,
        S::ConnectionTimeout,
        S::ResponseTimeout,
        S::CompletionTimeout,
        S::KeepAlive,
        S::AccessControl,
        S::CustomHeaders,
        S::AsJson,
    ];
    assert_eq!(settings(&draft_of, Item::Origin(0)), custom);
    let without =
        [S::VpcOrigin, S::Protocol, S::HttpPort, S::HttpsPort, S::OriginSsl, S::KeepAlive];
    let mut bucket: Vec<_> =
        custom.into_iter().filter(|setting| !without.contains(setting)).collect();
    let before_headers = bucket.len() - 2;
    bucket.splice(before_headers..before_headers, [S::AccessIdentity, S::LetsIn]); // OR-21, OR-24
    assert_eq!(settings(&draft_of, Item::Origin(1)), bucket, "OK-01: a bucket has no ports");
    let modern = [
        S::PathPattern,
        S::Target,
        S::ViewerProtocol,
        S::AllowedMethods,
        S::CachedOptions,
        S::Compress,
        S::CachePolicy,
        S::OriginRequestPolicy,
        S::ResponseHeadersPolicy,
        S::TrustedKeys,
        S::RealTimeLog,
        S::Function(FunctionEvent::ViewerRequest),
        S::Function(FunctionEvent::OriginRequest),
        S::Function(FunctionEvent::OriginResponse),
        S::Function(FunctionEvent::ViewerResponse),
        S::AsJson,
    ];
    assert_eq!(settings(&draft_of, Item::Behavior(0)), modern);
    assert_eq!(settings(&draft_of, Item::Default), modern[1..], "no pattern");
    let legacy = [
        S::Target,
        S::ViewerProtocol,
        S::AllowedMethods,
        S::CachedOptions,
        S::Compress,
        S::CachePolicy,
        S::MinTtl,
        S::DefaultTtl,
        S::MaxTtl,
        S::LegacyQuery,
        S::LegacyHeaders,
        S::LegacyCookies,
    ];
    let legacy = [&legacy[..], &modern[8..]].concat();
    assert_eq!(settings(&draft(LEGACY), Item::Default), legacy, "CB-08: no origin request policy");
}

#[test]
fn a_sheet_is_named_and_there_is_none_of_what_is_not_there() {
    let draft = draft(API_AND_MEDIA);
    let called = |item| {
        let sheet = sheet(&draft, item);
        (sheet.kind, sheet.name)
    };
    assert_eq!(called(Item::Origin(1)), ("Origin".into(), "media-primary".into()));
    assert_eq!(called(Item::Behavior(3)), ("Behavior, precedence 3".into(), "/media/*".into()));
    assert_eq!(called(Item::Default), ("Last behavior, precedence 5".into(), "Default (*)".into()));
    assert_eq!(Sheet::of(Item::Origin(5), &draft, &[]), None);
    assert_eq!(Sheet::of(Item::Behavior(5), &draft, &[]), None);
}

#[test]
fn what_is_wrong_stands_at_its_field_and_only_there() {
    let table = [
        (Item::Origin(0), Setting::OriginPath, "no-slash", "OR-03"),
        (Item::Origin(0), Setting::CustomHeaders, "Host: a", "OR-05"),
        (Item::Origin(1), Setting::Shield, "nowhere", "OR-07"),
        (Item::Origin(1), Setting::Attempts, "9", "OR-09"),
        (Item::Behavior(0), Setting::Target, "nobody", "CB-01"),
        (Item::Behavior(0), Setting::ViewerProtocol, "gopher", "CB-02"),
        (Item::Behavior(0), Setting::CachedOptions, "true", "CB-04"),
        (Item::Behavior(0), Setting::CachePolicy, "nonsense", "CB-07"),
        (Item::Default, Setting::OriginRequestPolicy, "nonsense", "CB-08"),
        (Item::Default, Setting::ResponseHeadersPolicy, "nonsense", "CB-09"),
    ];
    for (item, setting, value, row) in table {
        let mut draft = draft(API_AND_MEDIA);
        enter(&mut draft, item, setting, value);
        assert_eq!(errors(&draft).len(), 1, "{setting:?}: {:?}", errors(&draft));
        let sheet = sheet(&draft, item);
        for field in &sheet.fields {
            let expected = usize::from(field.setting == setting);
            assert_eq!(field.faults.len(), expected, "{setting:?} at {:?}", field.setting);
        }
        let said = &field(&draft, item, setting).faults[0];
        assert!(said.ends_with(&format!(", {row})")), "{said}");
        assert!(said.chars().next().is_some_and(char::is_uppercase), "{said}");
        assert_eq!((sheet.faults.len(), item.count_faults(&errors(&draft))), (0, 1));
        let others =
            [Item::Default, Item::Origin(0), Item::Origin(1), Item::Behavior(0), Item::Behavior(1)];
        for other in others.into_iter().filter(|other| *other != item) {
            assert_eq!(other.count_faults(&errors(&draft)), 0, "{setting:?} at {other:?}");
        }
    }
}

#[test]
fn what_is_wrong_and_at_no_other_field_is_said_where_the_whole_stands_as_json() {
    let mut draft = draft(API_AND_MEDIA);
    let path = "DefaultCacheBehavior.TrustedSigners".parse().unwrap();
    draft.set(&path, Json::text("some")).unwrap();
    let sheet = sheet(&draft, Item::Default);
    let faulty = sheet.fields.iter().filter(|field| !field.faults.is_empty());
    let faulty: Vec<Setting> = faulty.map(|field| field.setting).collect();
    assert_eq!((faulty, errors(&draft).len()), (vec![Setting::AsJson], 1));
    assert_eq!(sheet.faults, Vec::<String>::new());
}

#[test]
fn an_item_of_two_digits_is_another_one() {
    let error = |place: usize| AwsError::Refused {
        path: format!("CacheBehaviors.Items[{place}].PathPattern"),
        given: String::new(),
        code: edgewalk::distribution::aws::ErrorCode::InvalidArgument,
        row: "PP-01",
        rule: String::new(),
    };
    let errors = [error(1), error(10), error(12)];
    assert_eq!([1, 10, 2].map(|place| Item::Behavior(place).count_faults(&errors)), [1, 1, 0]);
}

#[test]
fn ttl_26_the_order_of_the_ttls_is_mended_at_either_end() {
    let fixes = |ttls: [&str; 3]| {
        let mut draft = draft(LEGACY);
        for (setting, secs) in
            [Setting::MinTtl, Setting::DefaultTtl, Setting::MaxTtl].into_iter().zip(ttls)
        {
            enter(&mut draft, Item::Default, setting, secs);
        }
        let is_wrong = errors(&draft).iter().any(|error| error.to_string().contains("TTL-26"));
        let fixes = sheet(&draft, Item::Default).fixes();
        // Each of them mends it.
        for fix in &fixes {
            let mut mended = draft.clone();
            enter(&mut mended, Item::Default, fix.setting, &fix.value);
            assert_eq!(errors(&mended), [], "{fix:?}");
        }
        (is_wrong, fixes.into_iter().map(|fix| fix.label).collect::<Vec<_>>())
    };
    let of = |labels: [&str; 2]| (true, labels.map(String::from).to_vec());
    assert_eq!(fixes(["60", "30", "600"]), of(["Default to 60", "Minimum to 30"]));
    assert_eq!(fixes(["0", "900", "600"]), of(["Maximum to 900", "Default to 600"]));
    assert_eq!(fixes(["60", "60", "60"]), (false, Vec::new()));
    assert_eq!(fixes(["soon", "30", "600"]), (false, Vec::new()), "what is no number has no order");
}

#[test]
fn ttl_26_where_both_orders_are_wrong_the_lower_one_comes_first() {
    let mut draft = draft(LEGACY);
    for (setting, secs) in
        [(Setting::MinTtl, "90"), (Setting::DefaultTtl, "60"), (Setting::MaxTtl, "30")]
    {
        enter(&mut draft, Item::Default, setting, secs);
    }
    let mut steps = 0;
    while let Some(fix) = sheet(&draft, Item::Default).fixes().into_iter().next() {
        enter(&mut draft, Item::Default, fix.setting, &fix.value);
        steps += 1;
        assert!(steps < 5);
    }
    assert_eq!((steps, errors(&draft)), (2, Vec::new()));
    let ttls = [Setting::MinTtl, Setting::DefaultTtl, Setting::MaxTtl];
    assert_eq!(ttls.map(|ttl| value(&draft, Item::Default, ttl)), ["90"; 3]);
    assert!(sheet(&self::draft(S3_SITE), Item::Default).fixes().is_empty(), "a policy has its own");
}

#[test]
fn a_choice_has_what_is_chosen_among_its_words() {
    for example in [S3_SITE, API_AND_MEDIA, LEGACY] {
        let draft = draft(example);
        let items =
            [Item::Default, Item::Origin(0), Item::Origin(1), Item::Behavior(0), Item::Behavior(3)];
        for sheet in items.into_iter().filter_map(|item| Sheet::of(item, &draft, &[])) {
            for field in sheet.fields {
                if let Control::Choice(choices) | Control::Segments(choices) = &field.control {
                    let chosen =
                        choices.iter().filter(|choice| choice.value == field.value).count();
                    assert_eq!(chosen, 1, "{:?}: {}", field.setting, field.value);
                }
            }
        }
    }
    // An own policy that nobody has given is among them by its id (IM-01).
    let mut draft = draft(S3_SITE);
    let own = "11111111-2222-3333-4444-555555555555";
    enter(&mut draft, Item::Default, Setting::CachePolicy, own);
    let Control::Choice(choices) = field(&draft, Item::Default, Setting::CachePolicy).control
    else {
        panic!()
    };
    assert!(choices.iter().any(|choice| choice.value == own && choice.label == own));
}

#[test]
fn a_target_is_an_origin_or_a_group() {
    let draft = draft(API_AND_MEDIA);
    let Control::Choice(choices) = field(&draft, Item::Default, Setting::Target).control else {
        panic!()
    };
    let labels: Vec<_> = choices.iter().map(|choice| &*choice.label).collect();
    assert_eq!(
        labels,
        [
            "app-alb",
            "media-primary",
            "media-replica",
            "live-mediapackage",
            "error-pages",
            "media-failover (group)"
        ]
    );
    assert_eq!(choices[5].value, "media-failover");
}

#[test]
fn what_follows_from_a_value_is_said_below_it() {
    let of = |example: &str, item, setting| field(&draft(example), item, setting).help;
    assert_eq!(of(API_AND_MEDIA, Item::Origin(1), Setting::DomainName), "S3 bucket in eu-west-1");
    assert_eq!(
        of(LEGACY, Item::Origin(0), Setting::DomainName),
        "S3 bucket",
        "its name tells no Region"
    );
    assert_eq!(
        of(S3_SITE, Item::Default, Setting::CachePolicy),
        "TTL 1 / 86,400 / 31,536,000 s: minimum, default and maximum",
        "MC-01"
    );
    assert_eq!(of(LEGACY, Item::Default, Setting::CachePolicy), "");
}
