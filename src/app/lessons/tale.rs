//! What the walk tells at this step, in the top bar.

use leptos::prelude::*;

use crate::app::live::{drawn_anew, live};
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
    // Where there is one only now and then, its room is kept.
    let tells = move || walk.with_run(|run| run.lesson().is_some_and(|lesson| lesson.tells()));
    view! {
        <div class="tale" aria-live="polite" data-tells=live(move || tells().then_some(""))>{drawn_anew(sentence, view)}</div>
    }
}
