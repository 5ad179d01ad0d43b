//! The timeline: clock, transport, the space-time strip and a button for each step.

use leptos::prelude::*;

use super::live::{Kept, live};
use super::state::use_walk;
use crate::scene::{Episode, Step, Strip, units};

mod deck;
mod diagram;
mod jumps;
mod playhead;
mod steps;

/// What the timeline shows of the walk, whatever of it has happened yet.
#[derive(Clone, PartialEq)]
struct Shown {
    /// The exchange or the invalidation in view; else there is none between two requests.
    strip: Option<Strip>,
    /// The steps in view: those of the exchange, or what was done between two.
    steps: Vec<Step>,
}

/// It stays the same while the playhead moves within it, so that the step buttons stay, too.
type InView = Kept<Shown>;

/// The region "Timeline".
#[component]
pub fn Timeline() -> impl IntoView {
    let walk = use_walk();
    let in_view = Kept::new(move || {
        let all = walk.steps();
        let Episode { steps, current, .. } = Episode::around(&all, walk.playhead());
        let strip = steps.get(current.unwrap_or(0)).and_then(|step| {
            walk.with_run(|run| match step.exchange {
                Some(id) => Strip::among(run.journal(), id, &all.begun_with(id)),
                None => Strip::of_invalidation(run.journal(), step.start),
            })
        });
        Shown { strip, steps }
    });
    // Where the playhead stands, in percent of the plot: the line that is done and the needle follow it by one clock.
    let x = move || {
        let now = walk.scene().at;
        let percent = in_view.with(|shown| shown.strip.as_ref().map(|strip| strip.percent(now)));
        units::decimal(percent.unwrap_or_default())
    };
    view! {
        <section class="timeline" aria-label="Timeline">
            <deck::Deck in_view/>
            <div class="strip" style:--rows=live(move || in_view.with(|shown| (diagram::levels(shown).len() - 1).to_string()))>
                <div class="plot" style:--now=live(x)>
                    <diagram::Phases in_view/>
                    <diagram::Diagram in_view/>
                    <i class="needle" aria-hidden="true"></i>
                    <playhead::Playhead in_view/>
                    <steps::Leaders in_view/>
                    <steps::StepButtons in_view/>
                </div>
            </div>
        </section>
    }
}
