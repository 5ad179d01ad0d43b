//! Floor 6. Leptos: draws the Scene and sends commands. It never decides what a cache does.

use leptos::prelude::*;

pub mod state;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    view! { <h1>"Edgewalk"</h1> }
}
