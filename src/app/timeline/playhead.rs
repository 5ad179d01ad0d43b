//! The slider whose thumb is the playhead.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::InView;
use crate::app::commands::use_commands;
use crate::app::live::{heard, live};
use crate::app::state::use_walk;
use crate::scene::{Episode, PlaybackCommand};
use crate::time::micros;

/// The slider. Its value is microseconds of the exchange; it snaps to events.
#[component]
pub(super) fn Playhead(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    let (walk, commands) = (use_walk(), use_commands());
    let span = move || {
        let axis = in_view.with(|shown| shown.strip.as_ref().map(crate::scene::Strip::axis));
        axis.map_or(1, |axis| micros(axis).max(1))
    };
    let value = move || {
        let strip =
            in_view.with(|shown| shown.strip.as_ref().map(|strip| (strip.from, strip.axis())));
        strip.map_or(0, |(from, total)| micros(walk.scene().at.since(from).min(total)))
    };
    let spoken = move || {
        if in_view.with(|shown| shown.steps.is_empty()) {
            return "Nothing sent yet".to_owned();
        }
        let position = Episode::around(&walk.steps(), walk.playhead()).position();
        let passed = Duration::from_micros(value());
        match in_view.with(|shown| shown.strip.as_ref().map(|strip| strip.figure(passed))) {
            Some(figure) => format!("{position}, {figure}"),
            None => position,
        }
    };
    let scrub = move |event: leptos::ev::Event| {
        let Ok(reached) = event_target_value(&event).parse::<u64>() else { return };
        let step = in_view.with_untracked(|shown| {
            let from = shown.strip.as_ref()?.from;
            let at = from + Duration::from_micros(reached);
            let on_axis = || shown.steps.iter().filter(|step| step.at >= from);
            on_axis().rfind(|step| step.at <= at).or(on_axis().next()).map(|step| step.end)
        });
        if let Some(end) = step {
            walk.command(PlaybackCommand::Seek(end));
        }
        // The thumb snaps, even within the step where it was.
        let slider = event_target::<web_sys::HtmlInputElement>(&event);
        slider.set_value(&untrack(value).to_string());
    };
    // The arrow keys go from step to step: several events share an instant.
    let step_by_key = move |event: KeyboardEvent| {
        let command = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => PlaybackCommand::Forward,
            "ArrowLeft" | "ArrowDown" => PlaybackCommand::Back,
            "Home" => PlaybackCommand::First,
            "End" => PlaybackCommand::Last,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        commands.run(command);
    };
    view! {
        <input
            class="playhead"
            type="range"
            aria-label="Playhead"
            min="0"
            step="1"
            max=live(move || span().to_string())
            prop:value=live(move || value().to_string())
            aria-valuetext=live(spoken)
            disabled=live(move || in_view.with(|shown| shown.steps.is_empty()))
            on:input=heard(scrub)
            on:keydown=heard(step_by_key)
        />
    }
}
