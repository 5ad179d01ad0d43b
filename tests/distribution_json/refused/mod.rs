//! Each rule broken once: one change to an example, one finding.

mod behaviors;
mod general;
mod origins;
mod service;
mod staging;

use edgewalk::distribution::aws::ErrorCode;
use serde_json::Value;

use crate::{changed, found, path_of, read_value};

/// Row, example, where and what is set, and the code. The finding is at the same place.
type Line = (&'static str, &'static str, &'static str, Value, ErrorCode);

fn check(row: &str, example: &str, changes: &[(&str, Value)], path: &str, code: ErrorCode) {
    let what = format!("{row} {changes:?}");
    let what = what.chars().take(300).collect::<String>();
    let errors = read_value(&changed(example, changes)).expect_err(&what);
    assert_eq!(found(&errors), [(path, code, row)], "{what}");
}

fn check_all(lines: impl IntoIterator<Item = Line>) {
    for (row, example, pointer, value, code) in lines {
        check(row, example, &[(pointer, value)], &path_of(pointer), code);
    }
}
