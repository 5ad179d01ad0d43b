//! What the walk tells at this step, in the top bar.

use leptos::prelude::*;

use crate::app::live::drawn;
use crate::app::state::use_walk;
use crate::scene::sentence_for;

/// The sentence of the step, where the walk has one.
#[component]
pub fn Tale() -> impl IntoView {
    let walk = use_walk();
    let sentence = move || {
        let (steps, playhead) = (walk.steps(), walk.playhead());
        let step = steps.current(playhead)?;
        walk.with_run(|run| sentence_for(run, step).map(str::to_owned))
    };
    let view = |sentence: &Option<String>| {
        sentence.clone().map(|sentence| view! { <p>{sentence}</p> }.into_any())
    };
    view! { <div class="tale" aria-live="polite">{drawn(sentence, view)}</div> }
}
