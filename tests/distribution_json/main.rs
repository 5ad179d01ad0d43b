//! What AWS's own JSON becomes: the examples in docs/reference, each rule broken once, and whatever else may be pasted.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod certificates;
mod cloudformation;
#[path = "../common/mod.rs"]
mod common;
mod document;
mod examples;
mod hostile;
mod patterns;
mod policies;
mod refused;
mod rows;
mod wrappers;

use edgewalk::distribution::aws::{AwsError, ErrorCode};
use edgewalk::distribution::{Beside, Configuration, Distribution};
use serde_json::{Value, json};

const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");
const LEGACY: &str = include_str!("../../docs/reference/examples/legacy.json");

/// The managed policies, and a Region that none of the examples names.
fn managed() -> Beside {
    Beside::managed("ap-southeast-2".into())
}

/// The configuration of an example, without its wrapper.
fn config(example: &str) -> Value {
    serde_json::from_str::<Value>(example).unwrap()["DistributionConfig"].clone()
}

/// What the tests look at of a configuration.
#[derive(Clone, Debug, PartialEq)]
struct Read {
    distribution: Distribution,
    kept: Vec<String>,
}

fn read(text: &str, beside: &Beside) -> Result<Read, Vec<AwsError>> {
    let read = Configuration::open(text, beside)?;
    Ok(Read { distribution: read.distribution().clone(), kept: read.kept().to_vec() })
}

fn read_value(value: &Value) -> Result<Read, Vec<AwsError>> {
    read(&value.to_string(), &managed())
}

/// Sets what a pointer of RFC 6901 names, which may be a new member of an object; null takes a member away.
fn set(value: &mut Value, pointer: &str, new: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
    match parent {
        Value::Object(members) if new.is_null() => drop(members.remove(name)),
        Value::Object(members) => drop(members.insert(name.into(), new)),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = new,
        _ => panic!("{pointer} has no parent"),
    }
}

/// An example with some places set.
fn changed(example: &str, changes: &[(&str, Value)]) -> Value {
    let mut config = config(example);
    for (pointer, new) in changes {
        set(&mut config, pointer, new.clone());
    }
    config
}

/// The path that an error gives for a pointer: `/Origins/Items/1/Id` is `Origins.Items[1].Id`.
fn path_of(pointer: &str) -> String {
    let is_index = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    pointer.split('/').skip(1).fold(String::new(), |path, part| match part {
        index if is_index(index) => format!("{path}[{index}]"),
        name if path.is_empty() => name.to_owned(),
        name => format!("{path}.{name}"),
    })
}

/// Items as the API lists them.
fn list(items: impl IntoIterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.into_iter().collect();
    json!({"Quantity": items.len(), "Items": items})
}

fn texts(items: &[&str]) -> Value {
    list(items.iter().map(|item| json!(item)))
}

/// So many texts that differ.
fn numbered(count: usize, name: &str) -> Value {
    list((0..count).map(|number| json!(format!("{name}{number}"))))
}

/// Path, code and row of each finding.
fn found(errors: &[AwsError]) -> Vec<(&str, ErrorCode, &str)> {
    let one = |error| match error {
        &AwsError::Refused { ref path, code, row, .. } => (path.as_str(), code, row),
        other => panic!("{other}"),
    };
    errors.iter().map(one).collect()
}
