//! Walks as JSON with bytes and values exchanged.

use std::sync::Arc;

use edgewalk::distribution::{Beside, Configuration, Draft};
use edgewalk::json::Json;
use edgewalk::scene::console::{Control, Item, Setting, Sheet};
use edgewalk::simulation::{Action, Link, Run, View, Walk, WalkFile, built_in_scenario};
use proptest::prelude::*;

use super::{cases, checks, common};

/// A short Walk of every kind of action, as JSON.
fn a_walk(seed: u64) -> Vec<u8> {
    let mut walk = common::generated_walk(seed);
    walk.actions.truncate(6);
    serde_json::to_vec(&walk).unwrap()
}

/// What stands in place of a value of a Walk's JSON.
fn a_value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::json;
    prop_oneof![
        any::<u64>().prop_map(|n| json!(n)),
        any::<i64>().prop_map(|n| json!(n)),
        proptest::sample::select(vec![
            json!(null),
            json!(0),
            json!(1),
            json!(u64::MAX),
            json!([]),
            json!({}),
            json!(true)
        ]),
        proptest::sample::select(vec![
            "", "/", "*", "\r\n", "GET", "/a?b", "no-store", "\u{0}", "paris"
        ])
        .prop_map(|s| json!(s)),
        ".{0,12}".prop_map(|s| json!(s)),
    ]
}

/// The places of a JSON value that can be exchanged, counted in the order of a walk through it.
fn exchange(value: &mut serde_json::Value, place: &mut usize, new: &serde_json::Value) -> bool {
    use serde_json::Value;
    if *place == 0 {
        *value = new.clone();
        return true;
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| exchange(item, place, new)),
        Value::Object(members) => members.iter_mut().any(|(_, item)| exchange(item, place, new)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn walk_bytes(seed in 0_u64..40, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut json = a_walk(seed);
        let at = at.index(json.len());
        json[at] = byte;
        if cut {
            json.truncate(at);
        }
        checks::walk(&json);
        checks::walk(&json[at..]);
    }

    #[test]
    fn walk_values(seed in 0_u64..40, edits in prop::collection::vec((0_usize..400, a_value()), 1..4)) {
        let mut json: serde_json::Value = serde_json::from_slice(&a_walk(seed)).unwrap();
        for (mut place, new) in edits {
            exchange(&mut json, &mut place, &new);
        }
        checks::walk(json.to_string().as_bytes());
    }
}

const EXAMPLES: [&str; 3] = [
    include_str!("../../docs/reference/examples/s3-site.json"),
    include_str!("../../docs/reference/examples/api-and-media.json"),
    include_str!("../../docs/reference/examples/legacy.json"),
];

fn an_example(which: usize) -> Configuration {
    Configuration::open(EXAMPLES[which], &Beside::managed("eu-west-1".into())).unwrap()
}

/// A run through a configuration of somebody's own, which is changed to another one on the way.
fn own_run(start: &Configuration, then: &Configuration) -> Run {
    let mut run = Run::new(Walk::of_configuration(Arc::new(start.clone())).scenario).unwrap();
    let path = run.walk().scenario.site.iter().next().map(|object| object.path.clone());
    run.act(common::get("paris", path.as_deref().unwrap_or("/")), 0).unwrap();
    let end = run.journal().len();
    run.act(Action::Configure(Arc::new(then.clone())), end).unwrap();
    run
}

/// What a person may do to a draft: which item, which of its fields, which of what its control takes, or something else.
type Edit = (usize, usize, usize, String);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let other = prop_oneof!["[0-9]{1,4}", "/[a-z]{1,3}/\\*", "[a-z]{1,8}", ".{0,6}"];
    prop::collection::vec((0_usize..8, 0_usize..16, 0_usize..40, other), 1..8)
}

/// Makes those edits that lead to something that AWS would take.
fn edited(base: &Configuration, edits: &[Edit]) -> Configuration {
    let mut draft = Draft::of(base);
    for (item, field, choice, other) in edits {
        let items = [Item::Default, Item::Origin(0), Item::Origin(1), Item::Behavior(0)];
        let Some(sheet) = Sheet::of(items[item % items.len()], &draft, &[]) else { continue };
        let field = &sheet.fields[field % sheet.fields.len()];
        let value = match &field.control {
            Control::Choice(choices) | Control::Segments(choices) => {
                choices[choice % choices.len()].value.clone()
            }
            Control::Flag => (choice % 2 == 0).to_string(),
            _ => other.clone(),
        };
        let before = draft.clone();
        let entered = Setting::enter(field.setting, &mut draft, sheet.item, &value);
        if entered.is_err() || draft.check().is_err() {
            draft = before;
        }
    }
    let comment = Json::text(&edits[0].3);
    draft.set(&"Comment".parse().unwrap(), comment).unwrap();
    draft.check().unwrap_or_else(|_| base.clone())
}

proptest! {
    #![proptest_config(cases(300))]

    /// IM-16: whatever was edited, both forms give it back.
    #[test]
    fn walks_through_edited_configurations_come_back(which in 0_usize..3, first in edits(), then in edits()) {
        let start = edited(&an_example(which), &first);
        let run = own_run(&start, &edited(&start, &then));
        let file = WalkFile::of(&run, None).unwrap().write();
        let link = Link::of(&run, None, View::Walk).unwrap().write();
        let file = WalkFile::read(&file).unwrap().lesson.walk();
        for walk in [file, Link::read(&link).unwrap().walk()] {
            prop_assert_eq!(&walk.scenario, &run.walk().scenario);
            let mut again = Run::new(built_in_scenario()).unwrap();
            again.open(&walk, None, 0, |_| Ok(1)).unwrap();
            prop_assert_eq!(again.walk(), run.walk());
        }
    }

    #[test]
    fn own_walk_bytes(which in 0_usize..3, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let run = own_run(&an_example(which), &an_example(0));
        let file = WalkFile::of(&run, None).unwrap().write().into_bytes();
        let link = Link::of(&run, None, View::Walk).unwrap().write().into_bytes();
        for (mut text, check) in [(file, checks::walk_file as fn(&[u8])), (link, checks::link)] {
            let at = at.index(text.len());
            text[at] = byte;
            if cut {
                text.truncate(at);
            }
            check(&text);
            check(&text[at..]);
        }
    }

    #[test]
    fn own_walk_values(which in 0_usize..3, edits in prop::collection::vec((0_usize..600, a_value()), 1..4)) {
        let run = own_run(&an_example(which), &an_example(0));
        let file = WalkFile::of(&run, None).unwrap().write();
        let mut json: serde_json::Value = serde_json::from_str(&file).unwrap();
        for (mut place, new) in edits {
            exchange(&mut json, &mut place, &new);
        }
        checks::walk_file(json.to_string().as_bytes());
    }
}
