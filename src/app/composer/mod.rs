//! The left column: what to send, what if, and what happens between requests.

use leptos::prelude::*;

use super::deploying;

mod form;
pub use form::{BadField, Fault, Form, FormField};

mod said;

mod model;
pub use model::Control;

mod state;
pub use state::{ComposerState, provide_composer, use_composer};

mod parts;
pub(crate) use parts::RefusalLine;

mod method;
mod paste;
mod request;
mod signing;

mod ends;
mod switches;
mod what_if;

mod numbers;
mod settings;
mod together;
mod upkeep;

/// The left column.
#[component]
pub fn Composer() -> impl IntoView {
    view! {
        <aside class="composer" id="composer" aria-label="Composer">
            {deploying::view()}
            <request::RequestForm/>
            <what_if::WhatIf/>
            <upkeep::Invalidate/>
            <div class="folds">
                <together::Together/>
                <upkeep::Between/>
                <ends::ViewerOffer/>
                <ends::Network/>
                <ends::OriginHealth/>
                <settings::Ttls/>
                <settings::CacheSize/>
                <paste::PasteFold/>
            </div>
        </aside>
    }
}
