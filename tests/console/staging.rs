//! Continuous deployment in the console: the sheet of a policy, the two distributions in view, and their differences.

use edgewalk::distribution::aws::Sort;
use edgewalk::distribution::{Configuration, Draft, Side};
use edgewalk::json::Json;
use edgewalk::scene::console::{
    Control, Item, Overview, Setting, Sheet, StagedDifference, errors_in_view,
};
use edgewalk::simulation::built_in_scenario;

use crate::{API_AND_MEDIA, at, draft, enter, errors, field, findings, sheet, value};

/// The shop with a staging distribution, and its policy's sheet.
fn staged() -> (Draft, Item) {
    let mut draft = Draft::of(&built_in_scenario().configuration);
    draft.stage().unwrap();
    let place = draft.documents().len() - 1;
    (draft, Item::Beside(Sort::DeploymentPolicy, place))
}

/// The names of the settings on a sheet.
fn settings(draft: &Draft, item: Item) -> Vec<Setting> {
    sheet(draft, item).fields.into_iter().map(|field| field.setting).collect()
}

#[test]
fn cd_02_to_07_a_policy_has_the_settings_of_its_way_of_choosing() {
    use Setting as S;
    let (mut draft, policy) = staged();
    let first = [S::PolicyEnabled, S::TrafficType];
    let all = |more: &[Setting]| [&first, more, &[S::AsJson]].concat();
    assert_eq!(settings(&draft, policy), all(&[S::StagingWeight, S::Sticky]));
    enter(&mut draft, policy, S::Sticky, "true");
    let sticky = [S::StagingWeight, S::Sticky, S::IdleTtl, S::MaximumTtl];
    assert_eq!(settings(&draft, policy), all(&sticky));
    assert_eq!([S::IdleTtl, S::MaximumTtl].map(|it| value(&draft, policy, it)), ["300", "600"]);
    enter(&mut draft, policy, S::TrafficType, "SingleHeader");
    assert_eq!(settings(&draft, policy), all(&[S::StagingHeader, S::StagingValue]));
    assert_eq!(findings(&draft), [], "what it begins with is taken");
    for setting in [
        S::PolicyEnabled,
        S::TrafficType,
        S::StagingWeight,
        S::StagingHeader,
        S::Sticky,
        S::IdleTtl,
        S::MaximumTtl,
    ] {
        let [row, page, says] = setting.source(policy);
        assert!(row.starts_with("CD-0") && !says.is_empty());
        assert!(page.contains("continuous-deployment"));
    }
}

#[test]
fn cd_04_a_weight_is_entered_in_percent() {
    let (mut draft, policy) = staged();
    let weight = "TrafficConfig.SingleWeightConfig.Weight";
    for (typed, written, shown) in
        [("7.5", "0.075", "7.5"), ("15 %", "0.15", "15"), ("0", "0", "0"), ("15", "0.15", "15")]
    {
        enter(&mut draft, policy, Setting::StagingWeight, typed);
        assert_eq!(at(&draft, &format!("{}.{weight}", policy.path())), written);
        assert_eq!(value(&draft, policy, Setting::StagingWeight), shown);
        assert_eq!(findings(&draft), [], "{typed}");
    }
    // What looks like the API's fraction is percent as well, and the field says what the API has.
    enter(&mut draft, policy, Setting::StagingWeight, "0.15");
    assert_eq!(at(&draft, &format!("{}.{weight}", policy.path())), "0.0015");
    let said = field(&draft, policy, Setting::StagingWeight);
    assert_eq!(said.label, "Weight, in percent");
    assert_eq!(said.help, "0 to 15 percent; AWS's API has this one as 0.0015");
    for typed in ["16", "a lot", "-1", ""] {
        enter(&mut draft, policy, Setting::StagingWeight, typed);
        let faults = field(&draft, policy, Setting::StagingWeight).faults;
        assert!(faults[0].starts_with("The share of staging is 0 to 15 percent"), "{faults:?}");
        assert!(faults[0].ends_with("(InvalidArgument, CD-04)"), "{typed}: {faults:?}");
    }
}

#[test]
fn what_is_entered_again_gives_the_old_policy() {
    let text = r#"{"ContinuousDeploymentPolicy": {"Id": "e0000000-0000-4000-8000-00000000cd01", "ContinuousDeploymentPolicyConfig": {
        "StagingDistributionDnsNames": {"Quantity": 1, "Items": ["d222222abcdef8.cloudfront.net"]}, "Enabled": true,
        "TrafficConfig": {"Type": "SingleWeight", "SingleWeightConfig": {"SessionStickinessConfig": {"MaximumTTL": 900, "IdleTTL": 600},
        "Weight": 0.10}}}}}"#;
    let (mut draft, policy) = staged();
    let Item::Beside(_, place) = policy else { panic!() };
    let path = edgewalk::json::Path::default().member("Beside").item(place);
    draft.set(&path, Json::parse(text).unwrap()).unwrap();
    let mut draft = Draft::of(&draft.check().unwrap());
    for (setting, other, again) in [
        (Setting::StagingWeight, "5", "10"),
        (Setting::Sticky, "false", "true"),
        (Setting::TrafficType, "SingleHeader", "SingleWeight"),
        (Setting::IdleTtl, "300", "600"),
        (Setting::PolicyEnabled, "false", "true"),
    ] {
        enter(&mut draft, policy, setting, other);
        assert!(draft.is_edited(), "{setting:?}");
        enter(&mut draft, policy, setting, again);
        assert!(!draft.is_edited(), "{setting:?}");
    }
}

#[test]
fn cd_10_the_same_sheets_change_the_distribution_in_view() {
    let (mut draft, _) = staged();
    let primary = draft.document().clone();
    draft.turn(Side::Staging);
    assert_eq!(Overview::name(&draft), "d222222abcdef8.cloudfront.net");
    enter(&mut draft, Item::Origin(0), Setting::OriginPath, "/v2");
    let behavior = Item::new_behavior(&mut draft).unwrap();
    assert_eq!(value(&draft, behavior, Setting::PathPattern), "/new/*");
    assert_eq!(at(&draft, "CacheBehaviors.Quantity"), "2");
    assert_eq!(behavior.moved(&mut draft, false), Some(Item::Behavior(1)));
    assert_eq!(findings(&draft), []);
    draft.turn(Side::Primary);
    assert_eq!(*draft.document(), primary, "the primary is as it was");
    let staged = Overview::of(&draft, &[]).staged.unwrap();
    assert!(staged.is_enabled);
    assert_eq!(staged.alone, ["/new/*"], "CD-11");
    let origin = StagedDifference {
        path: "Origins.Items[0].OriginPath".into(),
        primary: String::new(),
        staging: "/v2".into(),
    };
    assert_eq!(staged.differences[0], origin);
    assert_eq!(staged.differences[1].path, "CacheBehaviors.Items");
}

#[test]
fn cd_10_what_is_wrong_stands_at_the_field_of_the_distribution_in_view() {
    let (mut draft, _) = staged();
    draft.turn(Side::Staging);
    enter(&mut draft, Item::General, Setting::PriceClass, "PriceClass_100");
    let seen = |draft: &Draft| errors_in_view(draft, errors(draft));
    let paths = |draft: &Draft| {
        seen(draft).iter().map(|error| error.path().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&draft), ["PriceClass"]);
    let sheet = Sheet::of(Item::General, &draft, &seen(&draft)).unwrap();
    let price = sheet.fields.iter().find(|field| field.setting == Setting::PriceClass).unwrap();
    assert!(price.faults[0].ends_with("(IllegalUpdate, CD-10)"), "{:?}", price.faults);
    draft.turn(Side::Primary);
    assert!(paths(&draft)[0].ends_with("Distribution.DistributionConfig.PriceClass"));
    enter(&mut draft, Item::Origin(0), Setting::Attempts, "9");
    draft.turn(Side::Staging);
    assert!(paths(&draft).contains(&"Primary.Origins.Items[0].ConnectionAttempts".to_owned()));
    assert_eq!(Item::Origin(0).count_faults(&seen(&draft)), 0, "it is the other one's");
}

#[test]
fn cd_10_what_must_not_differ_is_told_with_its_values_and_stands_among_the_differences() {
    let (mut draft, _) = staged();
    let before = value(&draft, Item::General, Setting::HttpVersions);
    draft.turn(Side::Staging);
    let other = if before == "http2" { "http1.1" } else { "http2" };
    enter(&mut draft, Item::General, Setting::HttpVersions, other);
    let policy = "67f7725c-6f97-4210-82d7-5512b31e9d03";
    enter(&mut draft, Item::Default, Setting::ResponseHeadersPolicy, policy);
    let seen = errors_in_view(&draft, errors(&draft));
    let sheet = Sheet::of(Item::General, &draft, &seen).unwrap();
    let versions = sheet.fields.iter().find(|field| field.setting == Setting::HttpVersions);
    let faults = &versions.unwrap().faults;
    let told = format!("HttpVersion is \"{before}\" (primary) and \"{other}\" (staging)");
    assert!(faults[0].contains(&told), "{faults:?}");
    draft.turn(Side::Primary);
    let all = Overview::of(&draft, &[]).staged.unwrap().differences;
    let said = |path: &str| {
        let found = all.iter().find(|it| it.path == path).unwrap_or_else(|| panic!("{all:?}"));
        [&*found.primary, &*found.staging]
    };
    assert_eq!(said("HttpVersion"), [&*before, other]);
    let [none, named] = said("DefaultCacheBehavior.ResponseHeadersPolicyId");
    assert_eq!((none, named), ("", "SecurityHeadersPolicy"), "by its name");
    assert_eq!(all.len(), 2, "{all:?}: what each has for itself is none");
    // The same while it is edited with the policy attached.
    let attached = staged().0.check().unwrap();
    let mut draft = Draft::of(&attached);
    enter(&mut draft, Item::General, Setting::PriceClass, "PriceClass_100");
    let fault = field(&draft, Item::General, Setting::PriceClass).faults.join(" ");
    let was = value(&Draft::of(&attached), Item::General, Setting::PriceClass);
    let told = format!("PriceClass is \"{was}\" (before) and \"PriceClass_100\" (now)");
    assert!(fault.contains(&told), "{fault}");
}

#[test]
fn cd_13_a_distribution_with_http_3_is_told_at_its_field() {
    let mut draft = draft(API_AND_MEDIA);
    enter(&mut draft, Item::General, Setting::HttpVersions, "http2and3");
    draft.stage().unwrap();
    let faults = field(&draft, Item::General, Setting::HttpVersions).faults;
    assert!(faults[0].ends_with("(InvalidArgument, CD-13)"), "{faults:?}");
}

#[test]
fn cd_12_a_promotion_leaves_nothing_to_differ_and_a_staging_distribution_survives_being_stored() {
    let (mut draft, policy) = staged();
    draft.turn(Side::Staging);
    enter(&mut draft, Item::General, Setting::RootObject, "home.html");
    let configuration = draft.check().unwrap();
    assert_eq!(Configuration::restored(&configuration.stored()).unwrap(), configuration);
    draft.promote().unwrap();
    assert_eq!(value(&draft, policy, Setting::PolicyEnabled), "false");
    draft.turn(Side::Primary);
    assert_eq!(value(&draft, Item::General, Setting::RootObject), "home.html");
    assert_eq!(Overview::of(&draft, &[]).staged.unwrap().differences, []);
    let Control::Segments(choices) = field(&draft, policy, Setting::TrafficType).control else {
        panic!()
    };
    assert_eq!(choices.len(), 2);
}

#[test]
fn wr_02_ds_18_a_distribution_that_is_pasted_goes_beside_only_where_it_is_a_staging_distribution() {
    let (mut draft, policy) = staged();
    let Item::Beside(_, place) = policy else { panic!() };
    let whole = |draft: &Draft| draft.documents()[place - 1].clone();
    let mut pasted = whole(&draft);
    let own = Sort::Staging.within();
    pasted.set(&own.member("Comment"), Json::text("pasted")).unwrap();
    assert_eq!(Item::given(&mut draft, &pasted), Some(Ok(Item::Beside(Sort::Staging, place - 1))));
    assert_eq!(whole(&draft), pasted, "in the place of the one with its name");
    pasted.set(&own.member("Staging"), Json::Flag(false)).unwrap();
    assert_eq!(Item::given(&mut draft, &pasted), None, "it opens as a walk of its own");
    assert!(Configuration::open(&pasted.write(), draft.base().beside()).is_ok());
}

#[test]
fn cd_18_a_new_policy_comes_with_its_staging_distribution() {
    for sort in [Sort::DeploymentPolicy, Sort::Staging] {
        let mut draft = Draft::of(&built_in_scenario().configuration);
        let item = Item::new_beside(&mut draft, sort).unwrap();
        assert!(matches!(item, Item::Beside(of, _) if of == sort) && item.is_in(&draft));
        assert!(draft.policy_path().is_some() && draft.staging_path().is_some());
    }
}
