//! Whole walks through all tiers, held against the rows of docs/reference.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod access;
mod actions;
mod configured;
mod cost;
mod detours;
mod eviction;
mod failing;
mod freshness;
mod functions;
mod gates;
mod motion;
mod network;
mod removal;
mod routes;
mod screen;
mod signed;
mod staging;
mod statistics;
mod tiers;
mod time;
mod timing;
mod tls;
mod together;
mod web_acl;

use crate::common::Edit as _;
use common::{act, last_shown};
use edgewalk::distribution::{CachePolicy, TtlBounds};
use edgewalk::edge::Decision;
use edgewalk::http::Request;
use edgewalk::simulation::{Action, Event, OriginLeg, Place, Run, What, built_in_scenario};

/// The decisions of some events, in order.
fn decisions(events: &[Event]) -> Vec<&Decision> {
    let decision = |event: &'_ Event| matches!(event.what, What::Decided(_));
    let decided = events.iter().filter(|event| decision(event));
    decided
        .filter_map(|event| match &event.what {
            What::Decided(decision) => Some(decision),
            _ => None,
        })
        .collect()
}

/// The requests that reached an origin, in order, each with the way it came.
fn reached(events: &[Event]) -> impl Iterator<Item = (&Request, OriginLeg)> {
    events.iter().filter_map(|event| match &event.what {
        What::Reached { request, leg, .. } => Some((&**request, *leg)),
        _ => None,
    })
}

fn at_rec(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event.place, Place::Rec(_))).count()
}

fn x_cache(run: &mut Run, action: Action) -> String {
    act(run, action);
    last_shown(run.journal()).0
}

/// A run of the built-in scenario in which one behavior has a cache policy with these TTLs.
fn with_ttl(behavior: usize, ttl: TtlBounds) -> Run {
    let mut scenario = built_in_scenario();
    let policy = edgewalk::distribution::managed::caching_optimized();
    scenario.edited().behaviors[behavior].cache_policy = CachePolicy { ttl, ..policy };
    Run::new(scenario).unwrap()
}
