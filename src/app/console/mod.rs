//! The console: the distribution as AWS has it, to be looked at, edited, opened and saved.

use leptos::prelude::*;

mod state;
pub(crate) use state::provide_console;
use state::use_console;

mod section;

mod side;

mod tables;

mod cut;

mod missing;

mod form;

mod papers;

mod invalidations;

mod key_pair;

mod staging;

mod cost;

use super::live::piece;
use state::Chosen;

/// The page: what there is, at a glance, and one item of it.
#[component]
pub(crate) fn Console() -> impl IntoView {
    let console = use_console();
    let right = move || match console.chosen() {
        Chosen::Item(_) => Some(form::view()),
        Chosen::Empty(section) => Some(form::empty(section)),
        Chosen::Papers => Some(papers::view()),
        Chosen::Invalidations => Some(invalidations::form()),
        Chosen::KeyPair => Some(key_pair::view()),
        Chosen::Cost => Some(cost::aside()),
    };
    view! {
        <aside class="composer side" aria-label="Distribution">{side::view()}</aside>
        <main class="stage tables" aria-label="Settings">{tables::view()}</main>
        <section class="inspector" aria-label="Edit">{piece(right)}</section>
    }
}
