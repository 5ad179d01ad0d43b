//! The console's view models: what is entered and what becomes of the document, what a sheet and the tables say of it, and
//! what a path that is tried comes to.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod beside;
mod certificates;
mod demonstration;
mod entering;
mod invalidations;
mod items;
mod missing;
mod origins;
mod policies;
mod sheets;
mod staging;
mod tables;
mod trials;
mod untouched;
mod whole;

use edgewalk::distribution::{AwsError, Beside, Configuration, Draft};
use edgewalk::http::{Fields, Method, Request, Target};
use edgewalk::json::Json;
use edgewalk::network::City;
use edgewalk::scene::console::{Field, Item, Setting, Sheet};
use edgewalk::simulation::{Action, Run, What};

const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");
const LEGACY: &str = include_str!("../../docs/reference/examples/legacy.json");

fn managed() -> Beside {
    Beside::managed("us-east-1".into())
}

/// A draft of a document, in any of the forms that an import takes.
fn draft(text: &str) -> Draft {
    Draft::of(&Configuration::open(text, &managed()).unwrap())
}

/// As small as AWS takes it: one origin, one behavior, and nothing said of methods.
fn least() -> Draft {
    draft(
        r#"{"CallerReference": "a", "Comment": "", "Enabled": true, "Origins": {"Quantity": 1, "Items": [
        {"Id": "o", "DomainName": "www.example.com", "CustomOriginConfig":
        {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
        "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}}"#,
    )
}

/// What stands at a place, as JSON without blanks.
fn at(draft: &Draft, path: &str) -> String {
    draft.at(&path.parse().unwrap()).map_or_else(|| "nothing".into(), Json::write_short)
}

fn enter(draft: &mut Draft, item: Item, setting: Setting, value: &str) {
    setting.enter(draft, item, value).unwrap();
}

/// What AWS would not take.
fn errors(draft: &Draft) -> Vec<AwsError> {
    draft.check().err().unwrap_or_default()
}

/// The findings as place and row.
fn findings(draft: &Draft) -> Vec<(String, &'static str)> {
    let of = |error: AwsError| match error {
        AwsError::Refused { path, row, .. } => (path, row),
        other => panic!("{other}"),
    };
    errors(draft).into_iter().map(of).collect()
}

fn sheet(draft: &Draft, item: Item) -> Sheet {
    Sheet::of(item, draft, &errors(draft)).unwrap()
}

fn field(draft: &Draft, item: Item, setting: Setting) -> Field {
    let sheet = sheet(draft, item);
    sheet.fields.into_iter().find(|field| field.setting == setting).unwrap()
}

fn value(draft: &Draft, item: Item, setting: Setting) -> String {
    field(draft, item, setting).value
}

/// Sends a GET, and says what X-Cache its viewer gets.
fn get(run: &mut Run, city: &str, path: &str) -> String {
    let request = Request::new(Method::Get, Target::parse(path).unwrap(), Fields::new().into());
    let city = City::find(city).unwrap();
    run.act(Action::Send { city, request: request.into() }, run.journal().len()).unwrap();
    let mut events = run.journal().events().iter().rev();
    let shown = events.find_map(|event| match &event.what {
        What::Shown { response, .. } => response.fields.get("X-Cache").map(String::from),
        _ => None,
    });
    shown.unwrap()
}
