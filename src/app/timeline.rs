//! Stands in until the timeline is merged.

use leptos::prelude::*;

/// Stands in.
#[component]
pub fn Timeline() -> impl IntoView {
    view! { <section class="timeline" aria-label="Timeline"></section> }
}
