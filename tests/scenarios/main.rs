//! Stories through all tiers: what is done, and under it the journal that must come of it. One file a story, each its own
//! test; README.md beside them says how they are read. `UPDATE_EXPECT=1` rewrites what is expected.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod play;
mod print;
mod script;
mod settings;

use std::path::{Path, PathBuf};

/// Makes one test of each file, and the list that is held against the folder.
macro_rules! scenarios {
    ($($name:ident)*) => {
        const LISTED: &[&str] = &[$(stringify!($name)),*];
        $(#[test]
        fn $name() {
            play::check(&folder().join(concat!(stringify!($name), ".txt")));
        })*
    };
}

scenarios! {
    hop_01_dns_tcp_tls
    hop_01_ipv6_and_resolver
    hop_02_pop_gate
    hop_03_pop_looks
    hop_04_rec_looks
    hop_05_shield
    hop_06_origin
    hop_07_way_back
    hop_08_shown
    trap_01_minimum_ttl
    trap_02_maximum_ttl
    trap_03_viewer_no_cache
    trap_04_vary
    trap_05_past_the_rec
    trap_06_rec_hit
    trap_07_errors
    trap_08_collapsing
    trap_09_key
    trap_10_invalidation
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

#[test]
fn each_file_is_listed_and_each_listed_one_is_there() {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let stories = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let mut names: Vec<String> =
        stories.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, LISTED, "tests/scenarios/main.rs lists the files in order");
}
