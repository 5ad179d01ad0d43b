//! Clock, transport, speed and step size.

use leptos::prelude::*;

use super::InView;
use crate::app::commands::use_commands;
use crate::app::icon::Icon;
use crate::app::live::{drawn, heard, live, renewed};
use crate::app::state::use_walk;
use crate::scene::{Episode, PlaybackCommand, Speed, StepSize, episode};

/// The upper row of the timeline.
#[component]
pub(super) fn Deck(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    let walk = use_walk();
    let clock = move || {
        let around = Episode::around(&walk.steps(), walk.playhead());
        in_view.with(|shown| episode::clock(&walk.scene(), shown.strip.as_ref(), &around))
    };
    // The second part stands beside the first, however wide that is.
    let time = move || {
        let (passed, of) = clock();
        Some(view! { <b>{passed}</b><span>{of}</span> }.into_any())
    };
    let brief = move || Some(view! { <p>{walk.title()}</p> }.into_any());
    let set_speed = move |event| {
        let label = event_target_value(&event);
        if let Some(speed) = Speed::ALL.into_iter().find(|speed| speed.label() == label) {
            walk.command(PlaybackCommand::Speed(speed));
        }
    };
    let set_size = move |event| {
        let label = event_target_value(&event);
        if let Some(size) = StepSize::ALL.into_iter().find(|size| size.label() == label) {
            walk.command(PlaybackCommand::Size(size));
        }
    };
    let speeds = Speed::ALL.map(|speed| {
        view! { <option prop:selected=live(move || walk.speed() == speed)>{speed.label()}</option> }
    });
    let sizes = StepSize::ALL.map(|size| {
        view! { <option prop:selected=live(move || walk.step_size() == size)>{size.label()}</option> }
    });
    view! {
        <div class="deck">
            <p class="clock">{renewed(time)}</p>
            <div class="brief" aria-hidden="true">{renewed(brief)}</div>
            <div class="transport">
                {move_button("First step", "Home", "i-first", PlaybackCommand::First)}
                {move_button("Previous event", "Shift N", "i-event-back", PlaybackCommand::PreviousNotable)}
                {move_button("Step back", "←", "i-back", PlaybackCommand::Back)}
                <PlayButton/>
                {move_button("Step forward", "→", "i-fwd", PlaybackCommand::Forward)}
                {move_button("Next event", "N", "i-event", PlaybackCommand::NextNotable)}
                {move_button("Last step", "End", "i-last", PlaybackCommand::Last)}
            </div>
            <super::jumps::Jumps/>
            <div class="rates">
                <label class="rate">
                    <span>"Speed"</span>
                    <span class="pick"><select class="in" on:change=heard(set_speed)>{speeds.collect_view()}</select><Icon name="i-down"/></span>
                </label>
                <label class="rate">
                    <span>"Step size"</span>
                    <span class="pick"><select class="in" on:change=heard(set_size)>{sizes.collect_view()}</select><Icon name="i-down"/></span>
                </label>
            </div>
        </div>
    }
}

#[component]
fn PlayButton() -> impl IntoView {
    let (walk, commands) = (use_walk(), use_commands());
    let name = move || if walk.is_playing() { "Pause" } else { "Play" };
    let icon = |is_playing: &bool| {
        let name = if *is_playing { "i-pause" } else { "i-play" };
        Some(view! { <Icon name/> }.into_any())
    };
    view! {
        <button class="tool play" type="button" aria-label=live(name) title=live(move || format!("{} (Space)", name()))
            on:click=heard(move |_| commands.play_or_pause())>
            {drawn(move || walk.is_playing(), icon)}
        </button>
    }
}

/// A button that moves the playhead.
fn move_button(
    name: &'static str,
    key: &'static str,
    icon: &'static str,
    command: PlaybackCommand,
) -> AnyView {
    let commands = use_commands();
    let goes_back = matches!(
        command,
        PlaybackCommand::First | PlaybackCommand::Back | PlaybackCommand::PreviousNotable
    );
    let is_dead = move || if goes_back { !commands.can_go_back() } else { !commands.can_go_on() };
    view! {
        <button class="tool" type="button" aria-label=name title=format!("{name} ({key})")
            aria-disabled=live(move || is_dead().then_some("true")) on:click=heard(move |_| commands.run(command))>
            <Icon name=icon/>
        </button>
    }
    .into_any()
}
