//! A button for each step, and the line from the step's instant to it.

use leptos::prelude::*;

use super::InView;
use crate::app::dom;
use crate::app::live::{heard, live, piece, renewed};
use crate::app::state::{WalkState, use_walk};
use crate::scene::{PlaybackCommand, Step, Strip, units};

/// The id of the row.
const STEPS: &str = "steps";

/// The id of the button of the current step.
const NOW: &str = "step-now";

/// `past`, `now` or `todo`: where the step of this index stands.
fn state(in_view: InView, walk: WalkState, index: usize) -> &'static str {
    let playhead = walk.playhead();
    let current = in_view.with(|shown| shown.steps.iter().rposition(|step| step.start < playhead));
    match current {
        Some(current) if current == index => "now",
        Some(current) if index < current => "past",
        _ => "todo",
    }
}

/// Lines from each step's instant to its button.
#[component]
pub(super) fn Leaders(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    let walk = use_walk();
    let lines = move || {
        in_view.with(|shown| {
            let strip = shown.strip.as_ref()?;
            let count = shown.steps.len() as f64;
            let line = |(index, step): (usize, &Step)| {
                let state = live(move || (state(in_view, walk, index) == "now").then_some("now"));
                let middle = (index as f64 + 0.5) * 100.0 / count;
                view! { <path data-state=state d=leader(strip, step, middle)/> }.into_any()
            };
            // What came before an invalidation has its button in the row, and no place on the axis.
            let is_on_axis = |(_, step): &(usize, &Step)| step.at >= strip.from;
            let steps = shown.steps.iter().enumerate().filter(is_on_axis);
            Some(steps.map(line).collect_view().into_any())
        })
    };
    view! { <svg class="leaders" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{piece(lines)}</svg> }
}

/// A curve from a step's instant above to the middle of its button below, both in percent.
fn leader(strip: &Strip, step: &Step, middle: f64) -> String {
    let (from, to) = (units::decimal(strip.percent(step.at)), units::decimal(middle));
    format!("M{from} 0C{from} .6 {to} .4 {to} 1")
}

/// A button for each step, evenly spaced. They stay while the playhead moves among them.
#[component]
pub(super) fn StepButtons(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    let walk = use_walk();
    let button = move |(index, step): (usize, Step)| {
        let state = move || state(in_view, walk, index);
        let is_current = move || (state() == "now").then_some("step");
        let label = walk.with_run_untracked(|run| step.label(run.journal()));
        let seek = move |_| walk.command(PlaybackCommand::Seek(step.end));
        view! {
            <li>
                <button type="button" id=live(move || (state() == "now").then_some(NOW)) data-state=live(move || Some(state())) aria-current=live(is_current) on:click=heard(seek)>
                    <b>{index + 1}</b>
                    <span>{label}</span>
                </button>
            </li>
        }
    };
    renewed(move || {
        // At the border of two exchanges the buttons are others: whoever steps on from one of them stays among them.
        if dom::has_focus_within(STEPS) {
            dom::focus(NOW);
        }
        let steps = in_view.with(|shown| shown.steps.clone());
        if steps.is_empty() {
            let note = view! { <p class="steps-nil">"Each step will have a button here."</p> };
            return Some(note.into_any());
        }
        let count = steps.len().to_string();
        let buttons = steps.into_iter().enumerate().map(button).collect_view();
        Some(
            view! { <ol class="steps" id=STEPS aria-label="Steps" style:--n=count>{buttons}</ol> }
                .into_any(),
        )
    })
}
