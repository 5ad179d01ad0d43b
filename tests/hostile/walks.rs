//! Walks as JSON with bytes and values exchanged.

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
