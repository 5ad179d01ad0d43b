//! What the inspector says of what was done between two requests.

use super::step::{Hop, Step};
use super::words::{HOW_IT_WORKS, Source, Told, town};
use super::{Scene, units, why};
use crate::edge::Decision;
use crate::simulation::{Change, Event, Place, What};

const INVALIDATION: Source = Source {
    title: "Invalidate files to remove content",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html",
};
const EXPIRATION: Source = Source {
    title: "Manage how long content stays in the cache",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html",
};
const UPDATING: Source = Source {
    title: "Update existing content",
    url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/UpdatingExistingObjects.html",
};

/// What is told of a step that belongs to no exchange.
pub(super) fn told(_scene: &Scene, step: &Step, events: &[Event]) -> Told {
    let Some(event) = events.last() else { return Told::new("", "", HOW_IT_WORKS) };
    match &event.what {
        What::Changed(change) => changed(change),
        What::Waited { span } => Told::new(format!("{} pass", units::span(span.as_secs())), "EVI-04", EXPIRATION)
            .say("Nothing is asked and nothing is sent. What is stored grows older; past its lifetime it is stale."),
        What::Published { path, version } => {
            Told::new(format!("{path}: version {version} is published"), "FLOW-09, INV-51", UPDATING)
                .say("The origin has a new version. No cache hears of it.")
                .say("Each cache keeps serving what it has until its own copy is stale, evicted or invalidated.")
        }
        What::InvalidationCreated { path } => {
            let mut told = Told::new(format!("Invalidate {path}"), "INV-30, INV-33, INV-38", INVALIDATION)
                .say("The request goes to every cache: regional edge caches first, then the edge locations behind each.");
            told.assumption = Some("Each place is reached after 1 to 5 seconds, drawn by the walk's seed. AWS gives no figure.".to_owned());
            told
        }
        What::InvalidationCompleted { path, removed } => {
            Told::new(format!("Invalidation of {path} is complete"), "INV-31, INV-37", INVALIDATION)
                .say(format!("{} went in all.", units::count(*removed, "stored response", "stored responses")))
                .say("The next request for it is a miss, validators and all. Copies in browsers are untouched.")
        }
        What::Decided(decision) => tier(step, event.place, decision, events),
        _ => Told::new("", "", HOW_IT_WORKS),
    }
}

fn tier(step: &Step, place: Place, decision: &Decision, events: &[Event]) -> Told {
    let (town, role) = (
        town(place),
        if matches!(place, Place::Rec(_)) { "Regional edge cache" } else { "Edge location" },
    );
    match decision {
        Decision::Invalidated { path, removed } => {
            let mut told = Told::new(
                format!("{role} {town}: {} removed", removed.len()),
                "INV-02, INV-31",
                INVALIDATION,
            )
            .say(format!("The invalidation of {path} has reached {town}."));
            told.why = removed
                .iter()
                .map(|key| why::next(format!("{} is gone", key.path_and_query())))
                .collect();
            if removed.is_empty() {
                told = told.say("Nothing there matched.");
            }
            told
        }
        Decision::Emptied { removed } => {
            Told::new(format!("{role} {town} is emptied"), "EVI-06", HOW_IT_WORKS).say(format!(
                "{} went. This is a switch of the simulator; no cache promises to keep anything.",
                units::count(*removed, "stored response", "stored responses")
            ))
        }
        Decision::Evicted { .. } if step.hop == Hop::Clear => {
            let mut told =
                Told::new(format!("{role} {town} shrinks"), "EVI-01, EVI-05", EXPIRATION)
                    .say("Its capacity is smaller now. What was used least recently goes first.");
            told.why = events
                .iter()
                .filter_map(|event| match &event.what {
                    What::Decided(Decision::Evicted { key, size_bytes, .. }) => Some(why::next(
                        format!("{} ({}) is gone", key.file_name(), units::bytes(*size_bytes)),
                    )),
                    _ => None,
                })
                .collect();
            told
        }
        _ => Told::new(format!("{role} {town}"), "", HOW_IT_WORKS),
    }
}

fn changed(change: &Change) -> Told {
    let is_on = |on: bool| if on { "on" } else { "off" };
    match change {
        Change::Method(method) => Told::new(format!("The method is {method} now"), "MET-01, REC-01", HOW_IT_WORKS)
            .say("GET and HEAD may be answered from a cache. All others go to the origin each time."),
        Change::StartsEmpty(on) => Told::new(format!("Start with empty caches: {}", is_on(*on)), "EVI-06", HOW_IT_WORKS)
            .say(if *on { "Every request from now on starts with empty caches: a miss all the way." } else { "Caches keep what they store from now on." }),
        Change::Dynamic { pattern, on } => Told::new(format!("Dynamic request: {}", is_on(*on)), "REC-03, REC-05, TTL-27", HOW_IT_WORKS)
            .say(if *on {
                format!("The behavior for {pattern} has the policy CachingDisabled now: nothing is kept, and the regional edge cache is skipped.")
            } else {
                format!("The behavior for {pattern} keeps objects now.")
            })
            .say("What is stored already stays until it is stale, evicted or invalidated."),
        Change::SameRegion { on, bucket_region } => Told::new(format!("S3 in the same Region: {}", is_on(*on)), "REC-06, REC-07", HOW_IT_WORKS)
            .say(format!("The bucket stands in {} now.", bucket_region.name()))
            .say(if *on { "That is the Region of the regional edge cache, so edge locations behind it ask the bucket directly." } else { "It stands where the origin does." }),
        Change::OriginRegion { region, bucket_region } => {
            let told = Told::new(
                format!("The origin stands in {} now", region.short_name()),
                "FLOW-11",
                HOW_IT_WORKS,
            );
            let told = if region == bucket_region {
                told
            } else {
                told.say(format!("The bucket stays in {}, beside the regional edge cache.", bucket_region.short_name()))
            };
            told.say("What is stored already stays and is served.")
        }
        Change::PopCapacity(bytes) => Told::new("Another cache size", "EVI-02, EVI-05", EXPIRATION)
            .say(format!("Each edge location has room for {} now, each regional edge cache for ten times as much.", units::bytes(*bytes))),
    }
}
