//! Paths that are tried on what is edited.

use leptos::prelude::*;

use super::ConsoleState;
use crate::http::Method;
use crate::scene::console::Trial;

impl ConsoleState {
    /// The path that is tried, with a method before it where one was typed.
    pub(in crate::app::console) fn tried(self) -> RwSignal<String> {
        self.tried
    }

    /// What would become of it.
    pub(in crate::app::console) fn trial(self) -> Option<Trial> {
        let typed = self.tried.get();
        self.try_path(&typed)
    }

    /// The same of any path.
    pub(in crate::app::console) fn try_path(self, typed: &str) -> Option<Trial> {
        let (method, path) = typed.trim().split_once(' ').unwrap_or(("GET", typed.trim()));
        let method = Method::ALL.into_iter().find(|known| known.as_str() == method)?;
        if !path.starts_with('/') {
            return None;
        }
        self.with_distribution(|distribution| Trial::of(distribution, method, path))
    }

    /// Some requests for what this walk's origins hold, and what would become of them.
    pub(in crate::app::console) fn examples(self) -> Vec<Trial> {
        self.with_distribution(|distribution| {
            self.walk.with_run(|run| {
                let world = run.world();
                let before = world.settings().configuration.distribution();
                Trial::examples(distribution, before, world.site())
            })
        })
    }
}
