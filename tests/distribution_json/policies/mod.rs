//! Own policies beside a configuration.

mod cache_policy;
mod origin_request_policy;
mod response_headers_policy;

use edgewalk::distribution::Beside;
use edgewalk::distribution::aws::{AwsError, ErrorCode};
use serde_json::Value;

use crate::{found, managed, path_of, set};

const ID: &str = "2766f7b2-75c5-41c6-8f06-bf4303a2f2f5";

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The policies beside, with one of our own.
fn with(policy: &Value) -> Result<Beside, Vec<AwsError>> {
    let mut policies = managed();
    policies.add(&policy.to_string(), Some(ID)).map(|()| policies)
}

/// Breaks one rule of a policy.
fn check(row: &str, policy: Value, config: &str, pointer: &str, value: Value, code: ErrorCode) {
    let what = format!("{row} {pointer} {value}").chars().take(200).collect::<String>();
    let mut policy = policy;
    set(&mut policy, pointer, value);
    let errors = with(&policy).expect_err(&what);
    let path = format!("{config}.{}", path_of(pointer));
    let [(place, found_code, found_row)] = found(&errors)[..] else { panic!("{what}: {errors:?}") };
    assert_eq!((found_code, found_row), (code, row), "{what}");
    assert!(place == path || place == format!("{path}.Items"), "{what}: {place}");
}
