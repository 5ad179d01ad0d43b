//! Floor 6. Leptos: draws the Scene and sends commands. It never decides what a cache does.

// The component macro makes the struct of the props `pub`, whatever the component is.
#![allow(unreachable_pub)]

use leptos::prelude::*;

mod choices;
pub mod commands;
pub mod composer;
mod console;
mod crypto;
mod deploying;
pub(crate) mod dom;
pub mod icon;
pub mod inspector;
pub mod keys;
mod later;
pub mod lessons;
mod live;
mod logs;
mod map;
mod pages;
mod player;
pub mod prefs;
mod sheet;
mod shelf;
mod shell;
pub mod stage;
pub mod state;
mod swipe;
pub mod timeline;

/// The page: puts the states into context, in the order in which they need each other, and mounts the shell.
#[component]
pub fn App() -> impl IntoView {
    later::provide_later();
    pages::provide_unsaved();
    let preferences = prefs::provide_preferences();
    let walk = state::provide_walk();
    crypto::provide_keyring();
    composer::provide_composer(walk, preferences);
    commands::provide_commands();
    player::install_player();
    lessons::provide_lessons();
    keys::provide_keys();
    view! { <shell::Shell/> }
}

/// The drawing that goes with an outcome.
pub(crate) const fn mark(outcome: crate::scene::Outcome) -> &'static str {
    use crate::scene::Outcome;
    match outcome {
        Outcome::Hit => "m-hit",
        Outcome::Miss => "m-miss",
        Outcome::Refresh => "m-refresh",
        Outcome::Bypass => "m-bypass",
        Outcome::Stale => "m-stale",
        Outcome::Error => "m-error",
    }
}
