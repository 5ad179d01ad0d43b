//! What a setting of a distribution does to a request (distribution.md): lifetimes, error pages, what the origin gets, and
//! what is most often taught wrong.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod edge_answers;
mod lifetimes;
mod misread;
mod origin_kinds;
mod origin_requests;
mod pages;
mod quotas;

use edgewalk::edge::Decision;
use edgewalk::http::Request;
use edgewalk::origin::{Kind, Object};
use edgewalk::simulation::{Action, Event, Place, Run, Scenario, What, built_in_scenario};

use common::{act, last_shown};

/// A run of the shop with a change.
fn run_of(change: impl FnOnce(&mut Scenario)) -> Run {
    let mut scenario = built_in_scenario();
    change(&mut scenario);
    Run::new(scenario).unwrap()
}

/// A file of 2,000 bytes with this Cache-Control.
fn file(path: &str, cache_control: Option<&str>) -> Object {
    Object {
        path: path.to_owned(),
        content_type: "text/html".to_owned(),
        size_bytes: 2_000,
        cache_control: cache_control.map(String::from),
        expires_secs: None,
        cache_tag: None,
        vary: None,
        kind: Kind::File,
        version: 1,
        modified_unix: 1_765_789_200,
    }
}

/// The requests that reached an origin, each with the origin's Region.
fn reached(events: &[Event]) -> Vec<(&'static str, &Request)> {
    let of = |event: &'_ Event| matches!(event.what, What::Reached { .. });
    let asked = events.iter().filter(|event| of(event));
    let told = asked.filter_map(|event| match (event.place, &event.what) {
        (Place::Origin(region), What::Reached { request, .. }) => Some((region.code(), &**request)),
        _ => None,
    });
    told.collect()
}

/// For how long the edge location keeps what it got.
fn kept_secs(events: &[Event]) -> Option<u64> {
    events.iter().find_map(|event| match (event.place, &event.what) {
        (Place::Pop(_), What::Decided(Decision::Stored { lifetime, .. })) => Some(lifetime.secs),
        _ => None,
    })
}

/// Status and X-Cache of what is shown.
fn shown(run: &mut Run, action: Action) -> (u16, String) {
    act(run, action);
    let (x_cache, response) = last_shown(run.journal());
    (response.status.0, x_cache)
}

const HIT: &str = "Hit from cloudfront";
const MISS: &str = "Miss from cloudfront";
const ERROR: &str = "Error from cloudfront";
