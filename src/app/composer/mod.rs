//! The left column: what to send, what if, and what happens between requests.

use leptos::prelude::*;

mod form;
pub use form::{BadField, Fault, Form, FormField};

mod said;

mod state;
pub use state::{ComposerState, Control, Notice, provide_composer, use_composer};

/// The left column.
#[component]
pub fn Composer() -> impl IntoView {
    view! { <aside class="composer" id="composer" aria-label="Composer"></aside> }
}
