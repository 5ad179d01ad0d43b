//! The walks that the page brings along: what comes of them at each tier, what is told, and their two forms.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod acts;
mod forms;
mod opening;
mod outcomes;
mod own;
mod refused;
mod told;

use std::sync::Arc;

use edgewalk::simulation::{Lesson, Run, Walk, built_in_scenario, lessons};

/// One of the walks, by its name.
fn lesson(name: &str) -> Arc<Lesson> {
    let found = lessons::all().find(|lesson| lesson.name.unwrap().text == name);
    Arc::clone(found.unwrap_or_else(|| panic!("there is no walk {name}")))
}

/// A run through a walk.
fn through(walk: &Walk) -> Run {
    let mut run = Run::new(built_in_scenario()).unwrap();
    run.open(walk, None, 0, |_| Ok(1)).unwrap();
    run
}

/// A run through one of the walks.
fn opened(name: &str) -> Run {
    let mut run = Run::new(built_in_scenario()).unwrap();
    let lesson = lesson(name);
    run.open(&lesson.walk(), Some(lesson), 0, |_| Ok(1)).unwrap();
    run
}
