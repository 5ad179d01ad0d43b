//! Edgewalk held against AWS's own tools: what it exports against botocore and cfn-lint, its verdicts on signatures against
//! botocore's signer. Where they are not set up the tests say so and hold nothing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../options/base.rs"]
mod base;
#[path = "../common/mod.rs"]
mod common;
mod exports;
mod signer;
#[allow(dead_code)]
#[path = "../options/table.rs"]
mod table;
mod tools;
