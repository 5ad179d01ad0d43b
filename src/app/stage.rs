//! Stands in until the stage is merged.

use leptos::prelude::*;

/// Stands in.
#[component]
pub fn Stage() -> impl IntoView {
    view! { <main class="stage"></main> }
}
