//! What is said of an invalidation: as it is asked for, at each cache and once it is everywhere.

use super::assumed;
use super::sources::{
    CREATE_INVALIDATION, HOW_IT_WORKS, INVALIDATION, INVALIDATION_PATHS, INVALIDATION_TAGS,
};
use super::told::Told;
use crate::edge::{Account, Batch, Bill, CacheKey, InvalidationId, InvalidationPath, Item};
use crate::scene::{units, why};
use crate::time::SimTime;
/// How many items of a batch are named one by one.
const MOST_NAMED: usize = 4;

pub(super) fn created(id: &InvalidationId, batch: &Batch, bill: &Bill) -> Told {
    let told = Told::new(format!("Invalidate {}", in_short(batch)), "INV-30, INV-33", HOW_IT_WORKS)
        .say(format!("AWS answers 201 and calls it {id}, InProgress{}.", named(batch)))
        .say("The request goes to every cache: regional edge caches first, then the edge locations behind each.")
        .say(cost(batch, bill))
        .assuming(assumed::PURGE_DELAY)
        .assuming(assumed::REC_FIRST);
    let mut told = told.assuming(assumed::PATH_PRICE);
    told.cite("INV-37, INV-41, INV-46");
    told
}

/// What it counts as and what the month has cost so far (INV-46, INV-47).
pub(super) fn cost(batch: &Batch, bill: &Bill) -> String {
    let counted = units::count(batch.items().len(), "path", "paths");
    let month = units::grouped(bill.paths);
    let free = units::grouped(Account::FREE_PATHS);
    if bill.charged == 0 {
        format!(
            "It counts as {counted}, whatever goes: {month} of the {free} that are free this month."
        )
    } else {
        let charged = units::grouped(bill.charged);
        let cost = bill.cost;
        format!(
            "It counts as {counted}, whatever goes: {month} this month, {charged} beyond the free {free}, {cost} so far."
        )
    }
}

pub(super) fn known(id: &InvalidationId, batch: &Batch, created_at: SimTime, now: SimTime) -> Told {
    let since = units::span(now.since(created_at).as_secs());
    Told::new(
        format!("Invalidate {}: known already", in_short(batch)),
        "INV-39",
        CREATE_INVALIDATION,
    )
    .say(format!("The caller reference and the paths are those of {id}, asked for {since} ago."))
    .say("AWS returns that one. Nothing new begins, and nothing is counted.")
}

pub(super) fn completed(batch: &Batch, removed: usize) -> Told {
    let title = format!("Invalidation of {} is complete", in_short(batch));
    Told::new(title, "INV-32, INV-37", INVALIDATION)
        .say(format!(
            "{} went in all.",
            units::count(removed, "stored response", "stored responses")
        ))
        .say("The next request for it is a miss. Copies in browsers are untouched.")
        .assuming(assumed::VALIDATORS_GO)
}

/// At one cache, which is spoken of as `role` and `town`.
pub(super) fn reached(role: &str, town: &str, batch: &Batch, removed: &[CacheKey]) -> Told {
    let is_path = |item: &Item| matches!(item, Item::Path(_));
    let page =
        if batch.items().iter().any(is_path) { INVALIDATION_PATHS } else { INVALIDATION_TAGS };
    let mut told = Told::new(format!("{role} {town}: {} removed", removed.len()), "", page)
        .say(format!("The invalidation of {} has reached {town}.", in_short(batch)));
    for item in batch.items() {
        told.cite(match item {
            Item::Path(path) => path_rows(path),
            Item::Tag(_) => "TAG-06, TAG-09",
        });
    }
    told.cite(match (batch.has_tags(), batch.items().iter().any(is_path)) {
        (true, true) => "TAG-08",
        (true, false) if batch.items().len() > 1 => "TAG-07",
        _ => "",
    });
    if batch.has_tags() {
        told = told.say("A tag takes every variant of every object that came with it.");
    }
    let gone = |key: &CacheKey| why::next("INV-31", format!("{} is gone", key.path_and_query()));
    told.why = removed.iter().map(gone).collect();
    if removed.is_empty() {
        told = told.say("Nothing there matched.");
    }
    told.assuming(assumed::VALIDATORS_GO)
}

/// The one item, or how many there are.
fn in_short(batch: &Batch) -> String {
    match batch.items() {
        [one] => one.to_string(),
        items => format!("{} items", units::grouped(items.len() as u64)),
    }
}

/// The items one by one, as far as there is room, where the title has only their number.
fn named(batch: &Batch) -> String {
    match batch.items().len() {
        1 => String::new(),
        2..=MOST_NAMED => format!(". It names {batch}"),
        count => {
            let first: Vec<String> =
                batch.items().iter().take(MOST_NAMED - 1).map(Item::to_string).collect();
            let more = units::grouped((count - first.len()) as u64);
            format!(". It names {} and {more} more", first.join(", "))
        }
    }
}

/// What an invalidation path matches (caching.md 8.1).
fn path_rows(path: &InvalidationPath) -> &'static str {
    match path.as_str() {
        "/*" => "INV-04",
        path if path.ends_with("/*") => "INV-02",
        path if path.ends_with('*') => "INV-03",
        path if path.contains('?') => "INV-09",
        // The single entry where the query is not in the key, the one without a query where it is.
        _ => "INV-08, INV-11",
    }
}
