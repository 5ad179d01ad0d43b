//! Rows of docs/reference that a walk through the base of docs/console.md shows: what is often taught wrong, what is not settled
//! and was assumed, the answers that CloudFront makes, what stands in the log, how code at the edge shows.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod answers;
#[allow(dead_code)]
#[path = "../options/base.rs"]
mod base;
mod code;
#[path = "../common/mod.rs"]
mod common;
mod handed;
mod logs;
mod secured;
#[allow(dead_code)]
#[path = "../options/table.rs"]
mod table;
mod taught;
mod told;
mod unsettled;
mod ways;

use std::sync::Arc;

use edgewalk::edge::fields::ViewerFacts;
use edgewalk::edge::{Config, Decision, Refusal};
use edgewalk::http::{Fields, Method, Request, Response, Target};
use edgewalk::json::Json;
use edgewalk::scene::logs::OwnLog;
use edgewalk::simulation::{Event, Run, What};

use base::Setting;

const DOMAIN: &str = "d111111abcdef8.cloudfront.net";
const HIT: &str = "Hit from cloudfront";
const MISS: &str = "Miss from cloudfront";
const ERROR: &str = "Error from cloudfront";

/// The function at an event of the default behavior.
const CFF: &str = "arn:aws:cloudfront::123456789012:function/options";
const LAMBDA: &str = "arn:aws:lambda:us-east-1:123456789012:function:options:7";

/// What a setting is that changes nothing.
fn nothing() -> Setting {
    Setting { path: "Comment".into(), value: Some(Json::text("")) }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// A walk through the base, in the words of docs/console.md.
fn walk(words: &[&str]) -> Run {
    base::run(&owned(words), &nothing()).unwrap()
}

/// What AWS would say of the base with what these words set.
fn refused(words: &[&str]) -> String {
    base::configured(&owned(words), &nothing()).err().unwrap_or_default()
}

fn events(run: &Run) -> &[Event] {
    run.journal().events()
}

/// All decisions of a run.
fn decisions(run: &Run) -> impl Iterator<Item = &Decision> {
    events(run).iter().filter_map(|event| match &event.what {
        What::Decided(decision) => Some(decision),
        _ => None,
    })
}

/// What each viewer was shown, in order.
fn shown(run: &Run) -> Vec<&Response> {
    let responses = events(run).iter().filter_map(|event| match &event.what {
        What::Shown { response, .. } => Some(&**response),
        _ => None,
    });
    responses.collect()
}

/// Status and X-Cache of each.
fn said(run: &Run) -> Vec<(u16, &str)> {
    let of = |response: &'_ &Response| response.status.0;
    let all = shown(run);
    all.iter().map(|one| (of(one), one.fields.get("X-Cache").unwrap_or_default())).collect()
}

/// The requests that origins got, in order.
fn reached(run: &Run) -> Vec<&Request> {
    let requests = events(run).iter().filter_map(|event| match &event.what {
        What::Reached { request, .. } => Some(&**request),
        _ => None,
    });
    requests.collect()
}

/// Why requests were refused, in order.
fn refusals(run: &Run) -> Vec<&Refusal> {
    let refusals = decisions(run).filter_map(|decision| match decision {
        Decision::Refused(refusal) => Some(refusal),
        _ => None,
    });
    refusals.collect()
}

/// A field of each line of the log.
fn logged(run: &Run, field: &str) -> Vec<String> {
    let own = OwnLog::of(run, run.journal().len());
    let mut values = Vec::new();
    for file in own.files() {
        let mut place = None;
        for line in file.text.lines() {
            if let Some(names) = line.strip_prefix("#Fields: ") {
                place = names.split(' ').position(|name| name == field);
            } else if !line.starts_with('#') {
                let place = place.unwrap_or_else(|| panic!("there is no field {field}"));
                values.push(line.split('\t').nth(place).unwrap().to_owned());
            }
        }
    }
    values
}

/// A GET with these fields.
fn get(target: &str, fields: &str) -> Request {
    let fields = Fields::parse(fields).unwrap().into();
    Request::new(Method::Get, Target::parse(target).unwrap(), fields)
}

/// What an edge location answers by itself, with the page that stands in it; none where it goes on.
fn at_pop(
    words: &[&str],
    request: Request,
    country: Option<&str>,
) -> Option<(u16, String, String)> {
    let configuration = base::configured(&owned(words), &nothing()).unwrap();
    let config = Arc::new(Config::new(configuration.distribution().clone(), 3_600).unwrap());
    let country = country.map(Into::into);
    let viewer =
        ViewerFacts { ip: "203.0.113.7".into(), port: 1, country, city: None, as_number: None };
    common::answered_at_pop(&config, request, viewer, 1_767_225_600)
}

/// Puts the function that takes `/app` off the path at the viewer's request of the behavior for `/app/*`.
fn takes_app_off() -> [String; 3] {
    [
        format!(
            r#"set CacheBehaviors.Items[0].FunctionAssociations.Items [{{"FunctionARN": "{CFF}", "EventType": "viewer-request"}}]"#
        ),
        r#"set EdgeFunction.Does "StripPrefix""#.to_owned(),
        r#"set EdgeFunction.Prefix "/app""#.to_owned(),
    ]
}
