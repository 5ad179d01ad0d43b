//! The timeline: clock, transport, the space-time strip and a button for each step.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::commands::use_commands;
use super::icon::Icon;
use super::mark;
use super::state::use_walk;
use crate::scene::strip::{self, Point};
use crate::scene::{Episode, Outcome, PlaybackCommand, Speed, Step, StepSize, Strip, units};

/// Rows of the diagram in units of its viewBox, which is a hundred wide.
const ROW: f64 = 1.75;

/// The region "Timeline".
#[component]
pub fn Timeline() -> impl IntoView {
    let walk = use_walk();
    let strip = Memo::new(move |_| {
        let id = walk.scene().get().trip.as_ref()?.id;
        walk.with_run(|run| Strip::of(run.journal(), id))
    });
    let episode =
        Memo::new(move |_| Episode::around(&walk.steps().get(), walk.playback().get().playhead()));
    view! {
        <section class="timeline" aria-label="Timeline">
            <Deck strip episode/>
            <div class="strip">
                <div class="plot">
                    <Phases strip/>
                    <Diagram strip/>
                    <Playhead strip episode/>
                    <Leaders strip episode/>
                    <StepButtons episode/>
                </div>
            </div>
        </section>
    }
}

/// Clock, transport, speed and step size.
#[component]
fn Deck(
    /// The exchange in view.
    strip: Memo<Option<Strip>>,
    /// The steps in view.
    episode: Memo<Episode>,
) -> impl IntoView {
    let walk = use_walk();
    let commands = use_commands();
    let clock = Memo::new(move |_| {
        strip.with(|strip| strip::clock(&walk.scene().get(), strip.as_ref(), &episode.get()))
    });
    let is_playing = move || walk.playback().get().is_playing();
    let at_start = move || {
        walk.steps()
            .get()
            .all()
            .first()
            .is_none_or(|step| walk.playback().get().playhead() <= step.end)
    };
    let can_go_on = move || {
        let playhead = walk.playback().get().playhead();
        commands.sends_first().get()
            || walk.steps().get().forward(playhead, StepSize::Hop).is_some()
    };
    let button = move |name: &'static str,
                       key: &'static str,
                       icon: &'static str,
                       command: PlaybackCommand| {
        let goes_back = matches!(command, PlaybackCommand::First | PlaybackCommand::Back);
        let is_disabled = move || if goes_back { at_start() } else { !can_go_on() };
        view! {
            <button
                class="tool"
                type="button"
                aria-label=name
                title=format!("{name} ({key})")
                disabled=is_disabled
                on:click=move |_| commands.run(command)
            >
                <Icon name=icon/>
            </button>
        }
    };
    let play_name = move || if is_playing() { "Pause" } else { "Play" };
    let toggle = move |_| commands.play_or_pause();
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
        view! { <option selected=move || walk.playback().get().speed() == speed>{speed.label()}</option> }
    });
    let sizes = StepSize::ALL.map(|size| {
        view! { <option selected=move || walk.playback().get().step_size() == size>{size.label()}</option> }
    });
    view! {
        <div class="deck">
            <p class="clock"><b>{move || clock.get().0}</b><span>{move || clock.get().1}</span></p>
            <div class="transport">
                {button("First step", "Home", "i-first", PlaybackCommand::First)}
                {button("Step back", "←", "i-back", PlaybackCommand::Back)}
                <button
                    class="tool play"
                    type="button"
                    aria-label=play_name
                    title=move || format!("{} (Space)", play_name())
                    on:click=toggle
                >
                    <Icon name=Signal::derive(move || if is_playing() { "i-pause" } else { "i-play" })/>
                </button>
                {button("Step forward", "→", "i-fwd", PlaybackCommand::Forward)}
                {button("Last step", "End", "i-last", PlaybackCommand::Last)}
            </div>
            <div class="rates">
                <label class="rate">
                    <span>"Speed"</span>
                    <span class="pick"><select class="in" on:change=set_speed>{speeds.collect_view()}</select><Icon name="i-down"/></span>
                </label>
                <label class="rate">
                    <span>"Step size"</span>
                    <span class="pick"><select class="in" on:change=set_size>{sizes.collect_view()}</select><Icon name="i-down"/></span>
                </label>
            </div>
        </div>
    }
}

/// The bracket row.
#[component]
fn Phases(
    /// The exchange in view.
    strip: Memo<Option<Strip>>,
) -> impl IntoView {
    let walk = use_walk();
    let brackets = move || {
        let strip = strip.get()?;
        let now = walk.scene().get().at;
        let bracket = |phase: &crate::scene::Phase| {
            let state = (phase.from >= now).then_some("todo");
            view! {
                <li data-state=state style:--a=strip.percent(phase.from).to_string() style:--b=strip.percent(phase.until).to_string()>
                    <span>{phase.label}</span>
                    <b>{units::ms(phase.span())}</b>
                </li>
            }
        };
        Some(strip.phases.iter().map(bracket).collect_view())
    };
    view! { <ol class="phases" aria-label="Phases">{brackets}</ol> }
}

/// The curve of the exchange, done and to come.
#[component]
fn Diagram(
    /// The exchange in view.
    strip: Memo<Option<Strip>>,
) -> impl IntoView {
    const LABELS: [&str; 4] = ["Viewer", "POP", "REC", "Origin"];
    let walk = use_walk();
    let curves = Memo::new(move |_| {
        strip.with(|strip| {
            let strip = strip.as_ref()?;
            let (done, todo) = strip.divided(walk.scene().get().at);
            Some((path_of(&done, false), path_of(&todo, false)))
        })
    });
    let outcome =
        Memo::new(move |_| walk.scene().get().trip.as_ref().and_then(crate::scene::Trip::outcome));
    let body = move || {
        strip.with(|strip| {
            let strip = strip.as_ref()?;
            let place = |point: &Point| (strip.percent(point.at), point.row);
            let corners: Vec<_> = strip.body.as_ref()?.iter().map(place).collect();
            Some(path_of(&corners, true))
        })
    };
    let marks = move || {
        strip.with(|strip| {
            let (strip, now) = (strip.as_ref()?, walk.scene().get().at);
            let mark_view = |(point, outcome): &(Point, Outcome)| {
                view! {
                    <span
                        class="mark"
                        data-outcome=outcome.token()
                        style:--a=strip.percent(point.at).to_string()
                        style:--r=point.row.to_string()
                    >
                        <Icon name=mark(*outcome)/>
                    </span>
                }
            };
            Some(
                strip
                    .marks
                    .iter()
                    .filter(|(point, _)| point.at <= now)
                    .map(mark_view)
                    .collect_view(),
            )
        })
    };
    let labels = LABELS.into_iter().enumerate().map(|(row, label)| {
        view! { <span class="row-label" style:--r=row.to_string()>{label}</span> }
    });
    let note = move || {
        strip.with(Option::is_none).then(|| {
            view! {
                <p class="note" style:--a="1.5" style:--r="1">
                    "The walk will be drawn here: time to the right, distance from the viewer downwards."
                </p>
            }
        })
    };
    view! {
        <div class="diagram">
            <svg viewBox="0 0 100 5.25" preserveAspectRatio="none" aria-hidden="true">
                <path class="grid" d="M0 0H100M0 1.75H100M0 3.5H100M0 5.25H100"/>
                <path class="body" data-outcome=move || outcome.get().map(Outcome::token) d=move || body().unwrap_or_default()/>
                <path class="todo" d=move || curves.get().map(|(_, todo)| todo).unwrap_or_default()/>
                <path class="done" d=move || curves.get().map(|(done, _)| done).unwrap_or_default()/>
            </svg>
            {labels.collect_view()}
            {marks}
            {note}
        </div>
    }
}

fn path_of(points: &[(f64, f64)], is_closed: bool) -> String {
    let corner = |(index, (x, row)): (usize, &(f64, f64))| {
        format!("{}{x:.3} {:.3}", if index == 0 { "M" } else { "L" }, row * ROW)
    };
    let mut path: String = points.iter().enumerate().map(corner).collect();
    if is_closed && !path.is_empty() {
        path.push('Z');
    }
    path
}

/// The slider whose thumb is the playhead. Its value is microseconds of the exchange; it snaps to events.
#[component]
fn Playhead(
    /// The exchange in view.
    strip: Memo<Option<Strip>>,
    /// The steps in view.
    episode: Memo<Episode>,
) -> impl IntoView {
    let walk = use_walk();
    let commands = use_commands();
    let span = move || {
        strip.with(|strip| strip.as_ref().map_or(1, |strip| strip.total().as_micros().max(1)))
    };
    let value = move || {
        let from = strip.with(|strip| strip.as_ref().map(|strip| strip.from));
        from.map_or(0, |from| walk.scene().get().at.since(from).as_micros().min(span()))
    };
    let spoken = move || {
        let ms =
            units::ms(std::time::Duration::from_micros(u64::try_from(value()).unwrap_or(u64::MAX)));
        if strip.with(Option::is_none) {
            "Nothing sent yet".to_owned()
        } else {
            format!("{}, {ms}", episode.get().position())
        }
    };
    let scrub = move |event| {
        let Ok(micros) = event_target_value(&event).parse::<f64>() else { return };
        let Some(strip) = strip.get_untracked() else { return };
        let at = strip.from + std::time::Duration::from_micros(micros.max(0.0) as u64);
        let id = walk.scene().get_untracked().trip.as_ref().map(|trip| trip.id);
        let steps = walk.steps().get_untracked();
        let of_exchange: Vec<Step> = id.map(|id| steps.of_exchange(id)).unwrap_or_default();
        let reached = of_exchange.iter().rev().find(|step| step.at <= at).or(of_exchange.first());
        if let Some(step) = reached {
            walk.command(PlaybackCommand::Seek(step.end));
        }
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
            step="any"
            max=move || span().to_string()
            prop:value=move || value().to_string()
            aria-valuetext=spoken
            disabled=move || strip.with(Option::is_none)
            on:input=scrub
            on:keydown=step_by_key
        />
    }
}

/// Lines from each step's instant to its button.
#[component]
fn Leaders(
    /// The exchange in view.
    strip: Memo<Option<Strip>>,
    /// The steps in view.
    episode: Memo<Episode>,
) -> impl IntoView {
    let lines = move || {
        let (strip, episode) = (strip.get()?, episode.get());
        episode.steps.first()?.exchange?;
        let count = episode.steps.len() as f64;
        let line = |(index, step): (usize, &Step)| {
            let from = strip.percent(step.at);
            let to = (index as f64 + 0.5) * 100.0 / count;
            let state = (episode.current == Some(index)).then_some("now");
            view! { <path data-state=state d=format!("M{from:.3} 0C{from:.3} .6 {to:.3} .4 {to:.3} 1")/> }
        };
        Some(episode.steps.iter().enumerate().map(line).collect_view())
    };
    view! { <svg class="leaders" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{lines}</svg> }
}

/// A button for each step, evenly spaced.
#[component]
fn StepButtons(
    /// The steps in view.
    episode: Memo<Episode>,
) -> impl IntoView {
    let walk = use_walk();
    // The buttons stay while the playhead moves among their steps.
    let steps = Memo::new(move |_| episode.with(|episode| episode.steps.clone()));
    let current = Memo::new(move |_| episode.with(|episode| episode.current));
    let button = move |(index, step): (usize, Step)| {
        let state = move || match current.get() {
            Some(current) if current == index => "now",
            Some(current) if index < current => "past",
            _ => "todo",
        };
        let label = walk.with_run_untracked(|run| step.label(run.journal()));
        view! {
            <li>
                <button
                    type="button"
                    data-state=state
                    aria-current=move || (state() == "now").then_some("step")
                    aria-label=format!("{}, {label}", index + 1)
                    on:click=move |_| walk.command(PlaybackCommand::Seek(step.end))
                >
                    <b>{index + 1}</b>
                    <span>{label}</span>
                </button>
            </li>
        }
    };
    move || {
        let steps = steps.get();
        if steps.is_empty() {
            return view! { <p class="steps-nil">"Steps appear here after Send request."</p> }
                .into_any();
        }
        let count = steps.len().to_string();
        view! {
            <ol class="steps" aria-label="Steps" style:--n=count>
                {steps.into_iter().enumerate().map(button).collect_view()}
            </ol>
        }
        .into_any()
    }
}
