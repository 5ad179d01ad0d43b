//! The jumps of the virtual clock, below the transport. Each lets time pass, as "Wait" does.

use leptos::prelude::*;

use crate::app::composer::{Control, RefusalLine, use_composer};
use crate::app::live::heard;
use crate::app::state::use_walk;
use crate::scene::Jump;
use crate::simulation::Action;

/// A button for each jump, and why the last one was refused; what it came to is a step of its own.
#[component]
pub(super) fn Jumps() -> impl IntoView {
    let (walk, composer) = (use_walk(), use_composer());
    let take = move |jump: Jump| {
        let playhead = untrack(|| walk.playhead());
        match walk.with_run_untracked(|run| jump.span(run, playhead)) {
            Some(span) => {
                composer.act(Control::Jump, &Action::Wait { span });
            }
            None => {
                composer.refuse(Control::Jump, &"no cache holds anything fresh: nothing expires");
            }
        }
    };
    let button = move |jump: Jump| {
        view! {
            <button type="button" aria-label=jump.name() title=jump.name() on:click=heard(move |_| take(jump))>{jump.label()}</button>
        }
    };
    view! {
        <div class="jumps" role="group" aria-label="Jump the clock">
            {Jump::ALL.map(button).collect_view()}
            <div class="jump-said"><RefusalLine control=Control::Jump/></div>
        </div>
    }
}
