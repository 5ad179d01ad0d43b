//! What an edit leaves as it was: everything else, and the document as a whole once what was there is entered again.

use edgewalk::distribution::Draft;
use edgewalk::json::Json;
use edgewalk::scene::console::{Control, Field, Item, Setting, Sheet};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, draft, enter, least};

fn items(draft: &Draft) -> Vec<Item> {
    let many = (0..8).flat_map(|place| [Item::Origin(place), Item::Behavior(place)]);
    [Item::Default].into_iter().chain(many).filter(|item| item.is_in(draft)).collect()
}

/// All that a field's control gives, and for a text something else than it says.
fn others(field: &Field) -> Vec<String> {
    let all: Vec<String> = match &field.control {
        Control::Choice(choices) | Control::Segments(choices) => {
            choices.iter().map(|choice| choice.value.clone()).collect()
        }
        Control::Several(choices) => {
            let all: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
            [vec![String::new(), all.join("\n")], all].concat()
        }
        Control::Flag => vec!["true".into(), "false".into()],
        Control::Whole(_) => vec!["1".into(), "x".into(), String::new()],
        Control::Lines => vec!["X-Other: 1".into(), String::new()],
        // In words: nothing typed means the word none.
        Control::Entry => vec!["all".into(), "none".into(), "other".into()],
        Control::Text | Control::Proposed(_) => vec![
            "other".into(),
            "other.example".into(),
            "a.s3.us-east-1.amazonaws.com".into(),
            String::new(),
        ],
    };
    all.into_iter().filter(|value| *value != field.value).collect()
}

/// The configuration, and what stands beside it.
fn both(draft: &Draft) -> (&Json, &[Json]) {
    (draft.document(), draft.documents())
}

#[test]
fn what_was_there_and_is_entered_again_gives_the_document_as_it_was() {
    let mut count = 0;
    for base in [draft(S3_SITE), draft(API_AND_MEDIA), draft(LEGACY)] {
        for item in items(&base) {
            for field in Sheet::of(item, &base, &[]).unwrap().fields {
                for other in others(&field) {
                    let mut draft = base.clone();
                    enter(&mut draft, item, field.setting, &other);
                    assert_ne!(both(&draft), both(&base), "{item:?} {:?} {other:?}", field.setting);
                    enter(&mut draft, item, field.setting, &field.value);
                    // OPTIONS that is not allowed is not cached, and is not guessed to be when it is allowed again.
                    if field.setting == Setting::AllowedMethods {
                        let cached = Sheet::of(item, &base, &[]).unwrap().fields;
                        let cached = cached
                            .iter()
                            .find(|field| field.setting == Setting::CachedOptions)
                            .unwrap();
                        enter(&mut draft, item, Setting::CachedOptions, &cached.value);
                    }
                    assert_eq!(both(&draft), both(&base), "{item:?} {:?} {other:?}", field.setting);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 800, "{count}");
}

#[test]
fn entering_what_is_there_changes_nothing() {
    for base in [draft(S3_SITE), draft(API_AND_MEDIA), draft(LEGACY)] {
        for item in items(&base) {
            for field in Sheet::of(item, &base, &[]).unwrap().fields {
                let mut draft = base.clone();
                enter(&mut draft, item, field.setting, &field.value);
                assert_eq!(both(&draft), both(&base), "{item:?} {:?}", field.setting);
            }
        }
    }
}

/// The document without one of its places.
fn without(draft: &Draft, places: &[&str]) -> Json {
    let mut document = draft.document().clone();
    for place in places {
        document.remove(&place.parse().unwrap()).unwrap();
    }
    document
}

#[test]
fn an_edit_changes_its_own_place_and_no_other() {
    let table: [(Item, Setting, &str, &[&str]); 7] = [
        (Item::Origin(0), Setting::OriginPath, "/v2", &["Origins.Items[0].OriginPath"]),
        (Item::Origin(0), Setting::Shield, "us-east-1", &["Origins.Items[0].OriginShield"]),
        (
            Item::Origin(0),
            Setting::HttpPort,
            "8000",
            &["Origins.Items[0].CustomOriginConfig.HTTPPort"],
        ),
        (Item::Behavior(1), Setting::PathPattern, "/x/*", &["CacheBehaviors.Items[1].PathPattern"]),
        (
            Item::Behavior(1),
            Setting::AllowedMethods,
            "7",
            &["CacheBehaviors.Items[1].AllowedMethods"],
        ),
        (Item::Default, Setting::Compress, "false", &["DefaultCacheBehavior.Compress"]),
        (
            Item::Default,
            Setting::CachePolicy,
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            &["DefaultCacheBehavior.CachePolicyId"],
        ),
    ];
    for (item, setting, value, places) in table {
        let mut draft = draft(API_AND_MEDIA);
        let before = without(&draft, places);
        enter(&mut draft, item, setting, value);
        assert_eq!(without(&draft, places), before, "{setting:?}");
    }
}

#[test]
fn what_is_not_simulated_and_what_nobody_knows_stays() {
    let text =
        API_AND_MEDIA.replacen("\"Comment\"", "\"Newest\": {\"Of\": [1.50, null]}, \"Comment\"", 1);
    let mut draft = draft(&text);
    let newest = draft.document().member("Newest").cloned();
    assert!(newest.is_some());
    enter(&mut draft, Item::Default, Setting::CachePolicy, "legacy");
    enter(&mut draft, Item::Origin(1), Setting::DomainName, "www.example.com");
    let live = Item::Behavior(2);
    live.moved(&mut draft, true).unwrap();
    assert_eq!(draft.document().member("Newest").cloned(), newest);
    let moved = draft.at(&"CacheBehaviors.Items[1].FunctionAssociations".parse().unwrap());
    assert_eq!(
        moved.and_then(|list| list.member("Quantity")),
        Some(&Json::Whole(1)),
        "its function goes along"
    );
    assert!(
        draft.at(&"CacheBehaviors.Items[2].TrustedKeyGroups.Items[0]".parse().unwrap()).is_some()
    );
}

#[test]
fn an_item_that_was_not_there_before_takes_nothing_of_another() {
    let mut draft = draft(LEGACY);
    // A new behavior in the place of the first one, which has moved on: it has the defaults of its own.
    let new = Item::new_behavior(&mut draft).unwrap();
    enter(&mut draft, new, Setting::CachePolicy, "658327ea-f89d-4fab-a63d-7e88639e58f6");
    enter(&mut draft, new, Setting::CachePolicy, "legacy");
    let ttl = |draft: &Draft, item: Item| {
        let sheet = Sheet::of(item, draft, &[]).unwrap();
        sheet
            .fields
            .into_iter()
            .find(|field| field.setting == Setting::MinTtl)
            .map(|field| field.value)
    };
    assert_eq!(ttl(&draft, new), Some("0".into()), "CB-11, and not the 3,600 of what stood there");
    // The one that moved on has its own back.
    let moved = Item::Behavior(1);
    enter(&mut draft, moved, Setting::CachePolicy, "658327ea-f89d-4fab-a63d-7e88639e58f6");
    assert_eq!(ttl(&draft, moved), None);
    enter(&mut draft, moved, Setting::CachePolicy, "legacy");
    assert_eq!(ttl(&draft, moved), Some("3600".into()));
}

#[test]
fn cb_08_what_a_cache_policy_brought_along_comes_back_with_it() {
    let base = draft(API_AND_MEDIA);
    let mut draft = base.clone();
    enter(&mut draft, Item::Default, Setting::CachePolicy, "legacy");
    enter(&mut draft, Item::Default, Setting::CachePolicy, "4cc15a8a-d715-48a4-82b8-cc0b614638fe");
    assert_eq!(draft.document(), base.document());
    // Between two policies it is the user's own choice that stays.
    enter(&mut draft, Item::Default, Setting::OriginRequestPolicy, "");
    enter(&mut draft, Item::Default, Setting::CachePolicy, "658327ea-f89d-4fab-a63d-7e88639e58f6");
    assert!(draft.at(&"DefaultCacheBehavior.OriginRequestPolicyId".parse().unwrap()).is_none());
    let mut least = least();
    enter(&mut least, Item::Default, Setting::CachePolicy, "legacy");
    enter(&mut least, Item::Default, Setting::CachePolicy, "658327ea-f89d-4fab-a63d-7e88639e58f6");
    assert_eq!(least.document(), least.base().document());
}
