//! Items are added, moved and taken out.

use edgewalk::distribution::Draft;
use edgewalk::scene::console::{Item, Setting};

use crate::{API_AND_MEDIA, S3_SITE, at, draft, enter, findings, least, value};

fn patterns(draft: &Draft) -> Vec<String> {
    let all = (0..).map(|place| at(draft, &format!("CacheBehaviors.Items[{place}].PathPattern")));
    all.take_while(|pattern| pattern != "nothing").collect()
}

#[test]
fn or_14_a_new_origin_stands_behind_the_others_and_is_one_that_aws_takes() {
    for (example, place) in [(S3_SITE, 1), (API_AND_MEDIA, 5)] {
        let mut draft = draft(example);
        let item = Item::new_origin(&mut draft).unwrap();
        assert_eq!(item, Item::Origin(place));
        assert_eq!(value(&draft, item, Setting::OriginId), format!("origin-{}", place + 1));
        assert_eq!(value(&draft, item, Setting::Protocol), "match-viewer", "OR-14");
        let times = [Setting::ResponseTimeout, Setting::KeepAlive];
        assert_eq!(
            times.map(|time| value(&draft, item, time)),
            ["30", "5"],
            "OR-11, OR-13: 30 / 5"
        );
        assert_eq!(at(&draft, "Origins.Quantity"), (place + 1).to_string(), "ER-01");
        assert_eq!(findings(&draft), []);
    }
}

#[test]
fn or_02_a_new_origin_has_a_name_that_is_free() {
    let mut draft = draft(S3_SITE);
    enter(&mut draft, Item::Origin(0), Setting::OriginId, "origin-2");
    let item = Item::new_origin(&mut draft).unwrap();
    assert_eq!(value(&draft, item, Setting::OriginId), "origin-3");
    enter(&mut draft, item, Setting::OriginId, "origin-4");
    let third = Item::new_origin(&mut draft).unwrap();
    assert_eq!(value(&draft, third, Setting::OriginId), "origin-3");
    assert_eq!(findings(&draft), []);
}

#[test]
fn flow_15_a_new_behavior_is_tried_first_and_is_like_the_default_one() {
    for mut draft in [draft(S3_SITE), draft(API_AND_MEDIA), least()] {
        let before = patterns(&draft);
        let item = Item::new_behavior(&mut draft).unwrap();
        assert_eq!(item, Item::Behavior(0));
        assert_eq!(patterns(&draft)[0], "\"/new/*\"");
        assert_eq!(patterns(&draft)[1..], before);
        assert_eq!(at(&draft, "CacheBehaviors.Quantity"), (before.len() + 1).to_string());
        for name in ["TargetOriginId", "CachePolicyId", "AllowedMethods", "ResponseHeadersPolicyId"]
        {
            let of = |item: Item| at(&draft, &format!("{}.{name}", item.path()));
            assert_eq!(of(item), of(Item::Default), "{name}");
        }
        assert_eq!(findings(&draft), []);
    }
}

#[test]
fn flow_15_a_behavior_moves_by_one_place_and_not_beyond_the_ends() {
    let mut draft = draft(API_AND_MEDIA);
    let order = |draft: &Draft| {
        let all = patterns(draft);
        all.iter().map(|pattern| pattern[2..3].to_owned()).collect::<String>()
    };
    assert_eq!(order(&draft), "eplma");
    assert_eq!(Item::Behavior(2).moved(&mut draft, true), Some(Item::Behavior(1)));
    assert_eq!(order(&draft), "elpma");
    assert_eq!(Item::Behavior(1).moved(&mut draft, false), Some(Item::Behavior(2)));
    assert_eq!(draft.document(), draft.base().document());
    assert_eq!(Item::Behavior(0).moved(&mut draft, true), None);
    assert_eq!(
        Item::Behavior(4).moved(&mut draft, false),
        None,
        "the default behavior is the last"
    );
    assert_eq!(Item::Default.moved(&mut draft, true), None);
    assert_eq!(Item::Origin(1).moved(&mut draft, true), None);
    assert_eq!(draft.document(), draft.base().document());
}

#[test]
fn what_is_taken_out_is_gone_and_the_count_follows() {
    let mut draft = draft(API_AND_MEDIA);
    Item::Behavior(1).remove(&mut draft).unwrap();
    let left = patterns(&draft);
    assert_eq!((left.len(), &*left[1]), (4, "\"/live/*\""));
    assert_eq!(at(&draft, "CacheBehaviors.Quantity"), "4");
    assert_eq!(findings(&draft), []);
    Item::Origin(3).remove(&mut draft).unwrap();
    assert_eq!(at(&draft, "Origins.Quantity"), "4");
    let found = findings(&draft);
    assert_eq!(
        found,
        [("CacheBehaviors.Items[1].TargetOriginId".into(), "CB-01")],
        "who named it is told"
    );
    Item::Default.remove(&mut draft).unwrap();
    assert!(Item::Default.is_in(&draft), "the default behavior stays");
    assert!(Item::Behavior(4).remove(&mut draft).is_err());
}

#[test]
fn wr_08_what_was_added_and_taken_out_leaves_the_document_as_it_was() {
    for mut draft in [draft(S3_SITE), draft(API_AND_MEDIA)] {
        let item = Item::new_behavior(&mut draft).unwrap();
        assert!(item.is_in(&draft));
        item.remove(&mut draft).unwrap();
        let item = Item::new_origin(&mut draft).unwrap();
        item.remove(&mut draft).unwrap();
        assert_eq!(draft.document(), draft.base().document());
    }
}
