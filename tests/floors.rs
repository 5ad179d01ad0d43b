//! The house rule, read off the source: each floor imports only what lies below it, and no other room of its own floor.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::{code, rust_files};

/// The rooms with their floors, lowest first.
const ROOMS: [(&str, u8); 12] = [
    ("gzip", 0),
    ("hash", 0),
    ("json", 0),
    ("time", 0),
    ("http", 1),
    ("distribution", 2),
    ("network", 2),
    ("edge", 3),
    ("origin", 3),
    ("simulation", 4),
    ("scene", 5),
    ("app", 6),
];

/// What only the top floor may name.
const BROWSER: [&str; 5] = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_timers"];

/// The room and floor of a file, by its place under `src`; none for the crate's own roots.
fn room_of(relative: &Path) -> Option<(&'static str, u8)> {
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    let name = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
    let room = ROOMS.into_iter().find(|(room, _)| *room == name);
    assert!(room.is_some() || ["lib", "main"].contains(&name.as_str()), "{name} has no floor");
    room
}

/// The rooms that a text names, as `crate::room` or in `use crate::{room, …}`, comments left out.
fn named_rooms(text: &str) -> Vec<&'static str> {
    let code = code(text);
    let named = |room: &&str| {
        let path = format!("crate::{room}");
        let goes_on =
            |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        code.match_indices(&path).any(|(at, _)| !goes_on(&code[at + path.len()..]))
    };
    ROOMS.iter().map(|(room, _)| *room).filter(named).collect()
}

#[test]
fn no_floor_names_a_higher_one_or_another_room_of_its_own() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 40, "the source was found");
    let mut wrong = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&source).unwrap();
        let Some((room, floor)) = room_of(relative) else { continue };
        // What a room's tests borrow from another room is no arrow of the house.
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        assert!(
            !text.contains("use crate::{"),
            "{}: one line for each room, please",
            relative.display()
        );
        for other in named_rooms(text) {
            let other_floor = ROOMS.iter().find(|(name, _)| *name == other).unwrap().1;
            if other != room && other_floor >= floor {
                wrong.push(format!(
                    "{} (floor {floor}) names {other} (floor {other_floor})",
                    relative.display()
                ));
            }
        }
        for browser in BROWSER.iter().filter(|_| floor < 6) {
            if text.contains(&format!("{browser}::")) {
                wrong.push(format!("{} names {browser}", relative.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
