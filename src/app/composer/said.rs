//! One quiet line about an action that is not a request: what it came to. It reads the journal and decides nothing.

use std::fmt::Display;

use crate::edge::Decision;
use crate::http::date;
use crate::network::Region;
use crate::simulation::{Action, Change, Event, Run, Scenario, What};

/// What the last action of a run came to; empty where its control shows that already.
pub(super) fn after(action: &Action, run: &Run) -> String {
    let scenario = &run.walk().scenario;
    let events = since(run.journal().events(), |what| begins(action, what));
    match action {
        Action::Wait { span } => waited(&span_label(span.as_secs()), events, scenario),
        Action::Publish { .. } | Action::Resize { .. } => published(events),
        Action::Invalidate(path) => match removed(events) {
            (0, _) => format!("No cache held anything under {path}."),
            (objects, caches) => {
                format!("Removed {} from {}.", many(objects, "object"), many(caches, "cache"))
            }
        },
        Action::StartEmpty { on: true } => match removed(events) {
            (0, _) => "Every request starts with empty caches.".to_owned(),
            (objects, caches) => format!(
                "Removed {} from {}; every request starts with empty caches.",
                many(objects, "object"),
                many(caches, "cache")
            ),
        },
        Action::SetPopCapacity { .. } => match removed(events) {
            (0, _) => "Nothing had to go.".to_owned(),
            (objects, caches) => {
                format!("{} had to go from {}.", many(objects, "object"), many(caches, "cache"))
            }
        },
        Action::SetOriginRegion { .. } => {
            let settings = run.world().settings();
            let stays = |region: Region| {
                format!("The bucket stays in {}, beside the cache.", region.code())
            };
            let region = settings.bucket_region.filter(|_| settings.same_region);
            region.map(stays).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The first letter large and a full stop: an error's text as a sentence.
pub(super) fn sentence(text: &dyn Display) -> String {
    let text = text.to_string();
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_ascii_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", rest.as_str())
}

/// A span as the Wait list says it.
pub(super) fn span_label(secs: u64) -> String {
    match secs {
        0..60 => format!("{secs} s"),
        60..3_600 => format!("{} min", secs / 60),
        3_600..86_400 => format!("{} h", secs / 3_600),
        _ => many((secs / 86_400) as usize, "day"),
    }
}

/// Whether this is the first event that an action writes.
fn begins(action: &Action, what: &What) -> bool {
    match (action, what) {
        (Action::Wait { .. }, What::Waited { .. })
        | (Action::Publish { .. } | Action::Resize { .. }, What::Published { .. })
        | (Action::Invalidate(_), What::InvalidationCreated { .. }) => true,
        (Action::StartEmpty { .. }, What::Changed(change)) => {
            matches!(change, Change::StartsEmpty(_))
        }
        (Action::SetPopCapacity { .. }, What::Changed(change)) => {
            matches!(change, Change::PopCapacity(_))
        }
        _ => false,
    }
}

/// The events from the last one of a sort on.
fn since(events: &[Event], is_first: impl Fn(&What) -> bool) -> &[Event] {
    let start = events.iter().rposition(|event| is_first(&event.what));
    start.map_or(&[], |start| &events[start..])
}

fn waited(span: &str, events: &[Event], scenario: &Scenario) -> String {
    let now = events.last().map_or(0, |event| event.at.as_secs());
    format!("{span} later: {}.", date::print(scenario.epoch_unix + now))
}

fn published(events: &[Event]) -> String {
    match events.first().map(|event| &event.what) {
        Some(What::Published { path, version, .. }) => {
            format!("Version {version} of {path} stands at the origin.")
        }
        _ => String::new(),
    }
}

/// How many objects went and from how many caches.
fn removed(events: &[Event]) -> (usize, usize) {
    let mut objects = 0;
    let mut caches = std::collections::BTreeSet::new();
    for event in events {
        let count = match &event.what {
            What::Decided(Decision::Invalidated { removed, .. }) => removed.len(),
            What::Decided(Decision::Emptied { removed }) => *removed,
            What::Decided(Decision::Evicted { .. }) => 1,
            _ => 0,
        };
        if count > 0 {
            objects += count;
            caches.insert(event.place);
        }
    }
    (objects, caches.len())
}

/// `1 object`, `2 objects`.
fn many(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests;
