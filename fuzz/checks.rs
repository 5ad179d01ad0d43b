//! The checks that tests/hostile runs on drawn input, here on input that libFuzzer makes.
#![allow(dead_code, unused_imports)]

#[path = "../tests/hostile/checks/mod.rs"]
mod checks;
pub use checks::*;
