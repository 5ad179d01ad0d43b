//! Stands in until the inspector is merged.

use leptos::prelude::*;

/// Stands in.
#[component]
pub fn Inspector() -> impl IntoView {
    view! { <section class="inspector" aria-label="Inspector"></section> }
}
