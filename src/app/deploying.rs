//! What is said while a configuration is on its way to the edge locations, with a button that waits for the last of them.

use std::time::Duration;

use leptos::prelude::*;

use super::live::{drawn, heard, text};
use super::state::use_walk;
use crate::scene::units;
use crate::simulation::Action;

/// Nothing while all edge locations have the same.
pub(crate) fn view() -> AnyView {
    let (walk, refused) = (use_walk(), RwSignal::new(String::new()));
    let left = move || {
        let scene = walk.scene();
        let left = scene.deploying_until?.since(scene.at);
        Some(left.as_secs() + u64::from(left.subsec_nanos() > 0)).filter(|secs| *secs > 0)
    };
    drawn(left, move |left| {
        let secs = (*left)?;
        let said = format!(
            "Deploying: the last edge location has the new configuration in {}. Until then some answer by the one before.",
            units::span(secs)
        );
        let wait = move |_| {
            let waited = walk.act(Action::Wait { span: Duration::from_secs(secs) });
            refused.set(waited.err().map(|error| error.to_string()).unwrap_or_default());
        };
        Some(
            view! {
                <div class="deploying">
                    <p class="help">{said}" "{text(move || refused.get())}</p>
                    <button class="btn" type="button" on:click=heard(wait)>"Wait until deployed"</button>
                </div>
            }
            .into_any(),
        )
    })
}
