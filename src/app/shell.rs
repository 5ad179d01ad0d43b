//! The frame of the page: top bar, the one-line recap of small screens, and the parts.

use leptos::prelude::*;

use super::composer::Composer;
use super::inspector::Inspector;
use super::stage::Stage;
use super::timeline::Timeline;

/// The frame.
#[component]
pub fn Shell() -> impl IntoView {
    view! {
        <div class="app">
            <Composer/>
            <Stage/>
            <Inspector/>
            <Timeline/>
        </div>
    }
}
