#![allow(clippy::unwrap_used)]
use std::time::Duration;

use super::*;
use crate::app::composer::Form;
use crate::edge::InvalidationPath;
use crate::http::Method;
use crate::network::City;
use crate::simulation::built_in_scenario;

/// Takes the actions and says what the last one came to.
fn last(actions: impl IntoIterator<Item = Action>) -> String {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let mut text = String::new();
    for action in actions {
        run.act(action.clone(), run.journal().len()).unwrap();
        text = after(&action, &run);
    }
    text
}

fn send() -> Action {
    let (city, request) = Form::default().parse(Method::Get).unwrap();
    Action::Send { city, request: request.into() }
}

fn invalidate(path: &str) -> Action {
    Action::invalidate(InvalidationPath::new(path).unwrap())
}

#[test]
fn an_invalidation_counts_objects_and_caches_and_only_its_own() {
    assert_eq!(last([invalidate("/img/*")]), "No cache held anything under /img/*.");
    assert_eq!(last([send(), invalidate("/img/*")]), "Removed 2 objects from 2 caches.");
    assert_eq!(last([send(), invalidate("/app.js")]), "No cache held anything under /app.js.");
    let again = [send(), invalidate("/img/*"), invalidate("/img/*")];
    assert_eq!(last(again), "No cache held anything under /img/*.");
}

#[test]
fn a_wait_says_what_time_it_is_as_the_origin_writes_it() {
    let wait = Action::Wait { span: Duration::from_hours(1) };
    assert_eq!(last([wait.clone()]), "1 h later: Thu, 01 Jan 2026 01:00:00 GMT.");
    assert_eq!(last([wait.clone(), wait]), "1 h later: Thu, 01 Jan 2026 02:00:00 GMT.");
}

#[test]
fn publishing_counts_versions() {
    let publish = || Action::Publish { path: "/app.js".to_owned() };
    assert_eq!(last([publish(), publish()]), "Version 3 of /app.js stands at the origin.");
}

#[test]
fn emptying_and_shrinking_say_what_went() {
    let empty = |on| Action::StartEmpty { on };
    assert_eq!(last([empty(true)]), "Every request starts with empty caches.");
    let emptied = "Removed 2 objects from 2 caches; every request starts with empty caches.";
    assert_eq!(last([send(), empty(true)]), emptied);
    assert_eq!(last([send(), empty(true), empty(false)]), "");
    let capacity = |bytes| Action::SetPopCapacity { bytes };
    assert_eq!(last([send(), capacity(3_000_000)]), "Nothing had to go.");
    assert_eq!(last([send(), capacity(100_000)]), "1 object had to go from 1 cache.");
}

#[test]
fn a_region_that_the_bucket_does_not_follow_is_said() {
    let region =
        |code| Action::SetOriginRegion { region: crate::network::Region::find(code).unwrap() };
    assert_eq!(last([region("eu-west-1")]), "");
    let beside = Action::SetSameRegion { on: true, city: City::find("Berlin").unwrap() };
    assert_eq!(
        last([beside, region("eu-west-1")]),
        "The bucket stays in eu-central-1, beside the cache."
    );
}

#[test]
fn a_request_and_plain_settings_need_no_words() {
    assert_eq!(last([send()]), "");
    assert_eq!(last([Action::SetMethod { method: Method::Put }]), "");
}

#[test]
fn an_error_becomes_a_sentence_and_spans_have_units() {
    assert_eq!(sentence(&"the path is bad"), "The path is bad.");
    assert_eq!(sentence(&"-X: no!"), "-X: no!");
    assert_eq!(sentence(&""), ".");
    let spans = [1, 10, 300, 3_600, 86_400, 604_800].map(span_label);
    assert_eq!(spans, ["1 s", "10 s", "5 min", "1 h", "1 day", "7 days"]);
}
