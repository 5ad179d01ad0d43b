//! The path: four stations on two rails, with what each cache holds.

use leptos::prelude::*;

use super::composer::use_composer;
use super::dom;
use super::icon::Icon;
use super::live::{Kept, Live, Piece, drawn, drawn_anew, live, text};
use super::map::MapView;
use super::mark;
use super::shelf::ShelfView;
use super::state::{WalkState, use_walk};
use super::swipe::Swipe;
use crate::network::City;
use crate::scene::path::{Capsule, Lane, Leg, Over, PathPicture, Plan, Station};
use crate::scene::{Episode, Outcome, episode, units};

/// The figure, which every part of the stage reads.
type Figure = Kept<PathPicture>;

/// The region "Path" with the polite status line.
#[component]
pub fn Stage() -> impl IntoView {
    let walk = use_walk();
    let composer = use_composer();
    // While no city of the typed name is known, the places stay those of the last that was.
    let plan = Memo::new(move |before: Option<&Plan>| {
        let city = composer.city().or(before.map(|plan| plan.city)).unwrap_or_else(default_city);
        Plan::under(&walk.scene().settings, city)
    });
    let figure = Kept::new(move || {
        let (scene, steps) = (walk.scene(), walk.steps());
        let step = steps.current(scene.playhead);
        walk.with_run(|run| {
            PathPicture::of(&run.walk().scenario, &scene, step, plan.get(), &composer.path())
        })
    });
    let swipe = Swipe::new();
    Effect::new(move |before: Option<usize>| {
        let playhead = walk.playhead();
        if before.is_some_and(|before| before != playhead) {
            request_animation_frame(|| {
                dom::follow(".walk > [data-state=now]", ".inspector");
            });
        }
        playhead
    });
    view! {
        <main class="stage" data-motion=live(move || walk.motion().map(|motion| motion.kind.token())) data-arrives=live(move || walk.motion().filter(|motion| motion.arrives).map(|_| ""))>
            <MapView figure/>
            <section class="path" aria-label="Path" on:pointerdown=swipe.on_down() on:pointerup=swipe.on_up() on:pointercancel=swipe.on_cancel()>
                <div class="path-head">
                    <h2>"Path " <small class="wide">"request above, answer below, round trips between"</small><small class="tall">"request left, answer right"</small></h2>
                    <Legend/>
                </div>
                <p class="vh" role="status" aria-live="polite">{text(move || status(walk))}</p>
                {drawn(move || figure.with(|figure| figure.stations.len()), move |count| Some(line_view(figure, *count)))}
            </section>
        </main>
    }
}

/// So many stations with what lies between them, in the order of the trip.
fn line_view(figure: Figure, count: usize) -> AnyView {
    let over = move || figure.with(|figure| figure.over.clone());
    let further = move |index: usize| {
        view! {
            <LegView figure index=index - 1/>
            <StationView figure index/>
        }
    };
    view! {
        <div class="walk" data-stations=count.to_string()>
            <StationView figure index=0/>
            <DnsView figure/>
            {further(1)}
            {drawn_anew(over, |over| over.clone().map(over_view))}
            {(2..count).map(further).collect_view()}
        </div>
    }
    .into_any()
}

fn default_city() -> City {
    City::all().next().expect("the table of cities is not empty, which a test holds")
}

/// The sentence for the live region.
fn status(walk: WalkState) -> String {
    let (scene, steps) = (walk.scene(), walk.steps());
    let around = Episode::around(&steps, scene.playhead);
    episode::status(&scene, &around, &walk.title())
}

/// What the six colours and marks mean.
#[component]
fn Legend() -> impl IntoView {
    let entry = |outcome: Outcome| {
        view! { <li data-outcome=outcome.token()><Icon name=mark(outcome)/>{outcome.label()}</li> }
    };
    view! { <ul class="legend" aria-label="Outcomes">{Outcome::ALL.map(entry).collect_view()}</ul> }
}

/// One station with its flag, its plate and its shelf or facts.
#[component]
fn StationView(
    /// The whole figure.
    figure: Figure,
    /// Which station, counted from the viewer.
    index: usize,
) -> impl IntoView {
    let role = figure.with_untracked(|figure| figure.stations[index].role);
    let icon = match role {
        "viewer" => "s-viewer",
        "pop" => "s-pop",
        "rec" => "s-rec",
        "shield" => "s-shield",
        _ => "s-origin",
    };
    let (title, has_shelf) = figure.with_untracked(|figure| {
        let station = &figure.stations[index];
        (station.title, station.shelf.is_some())
    });
    // For the moment in which the line is already another and this one still there.
    let word = move |of: fn(&Station) -> Option<&'static str>| {
        live(move || figure.with(|figure| figure.stations.get(index).and_then(of)))
    };
    let read = move |of: fn(&Station) -> String| {
        move || figure.with(|figure| figure.stations.get(index).map(of)).unwrap_or_default()
    };
    // At the viewer the capsule that has arrived says it.
    let flag = move || {
        let flag =
            figure.with(|figure| figure.stations.get(index).and_then(|station| station.flag));
        flag.filter(|_| role != "viewer")
    };
    let waiting = move || {
        figure.with(|figure| figure.stations.get(index).map_or(0, |station| station.waiting))
    };
    view! {
        <div
            class="st"
            role="group"
            data-role=role
            data-state=word(|station| Some(station.state.token()))
            data-outcome=word(|station| station.flag.map(Outcome::token))
            aria-label=live(read(|station| station.name.clone()))
            aria-current=word(|station| (station.state.token() == "now").then_some("true"))
        >
            <div class="post"><Icon name=icon/></div>
            {drawn(waiting, |waiting| waiting_view(*waiting))}
            <div class="plate">
                <b>{title}</b>
                {drawn_anew(read(|station| station.place.clone()), |place| Some(view! { <span>{place.clone()}</span> }.into_any()))}
            </div>
            {drawn(flag, |flag| flag.map(flag_view))}
            {if has_shelf {
                view! { <ShelfView figure index/> }.into_any()
            } else {
                let facts = move || {
                    figure.with(|figure| figure.stations.get(index).map(|station| station.facts.clone())).unwrap_or_default()
                };
                view! { <p class="facts">{drawn_anew(facts, |facts| Some(facts_view(facts)))}</p> }.into_any()
            }}
        </div>
    }
}

/// The viewers who wait at a station, as a stack before it.
fn waiting_view(count: usize) -> Piece {
    const MOST: usize = 4;
    let marks = (0..count.min(MOST)).map(|_| view! { <Icon name="s-viewer"/> }).collect_view();
    let text = format!("{count} {} here", if count == 1 { "waits" } else { "wait" });
    (count > 0).then(|| view! { <p class="queue"><span>{marks}</span>{text}</p> }.into_any())
}

fn flag_view(outcome: Outcome) -> AnyView {
    view! { <p class="flag"><Icon name=mark(outcome)/>{outcome.label()}</p> }.into_any()
}

/// A strong line, and quiet ones below it.
fn facts_view(facts: &[String]) -> AnyView {
    let mut lines = facts.iter().filter(|line| !line.is_empty()).cloned();
    let strong = lines.next().unwrap_or_default();
    let quiet = |(index, line): (usize, String)| {
        view! { {(index > 0).then(|| view! { <br/> })} <span>{line}</span> }
    };
    view! { <b>{strong}</b> " " {lines.enumerate().map(quiet).collect_view()} }.into_any()
}

/// The DNS beside the rails.
#[component]
fn DnsView(
    /// The whole figure.
    figure: Figure,
) -> impl IntoView {
    view! {
        <div class="dns" role="group" aria-label="DNS" data-state=live(move || Some(figure.with(|figure| figure.dns.state.token())))>
            <Icon name="s-dns"/>
            <div><b>"DNS"</b><span>{text(move || figure.with(|figure| figure.dns.text.clone()))}</span></div>
        </div>
    }
}

/// Two rails, the round trip between them, and what travels there.
#[component]
fn LegView(
    /// The whole figure.
    figure: Figure,
    /// Which leg, counted from the viewer.
    index: usize,
) -> impl IntoView {
    let word = move |of: fn(&Leg) -> Option<&'static str>| {
        live(move || figure.with(|figure| figure.legs.get(index).and_then(of)))
    };
    let round_trip = move || {
        figure.with(|figure| {
            let leg = &figure.legs[index];
            (leg.round_trip.clone(), leg.request.state.token())
        })
    };
    // Each lane has a runner of its own: it moves along its lane, and never from one to the other.
    let runner = move |is_answer: bool| {
        let capsule = move || {
            let capsule = figure.with(|figure| figure.legs.get(index)?.capsule.clone());
            capsule.filter(|capsule| capsule.is_answer == is_answer)
        };
        drawn(capsule, |capsule| capsule.clone().map(runner_view))
    };
    view! {
        <div class="link" data-leg=(index + 1).to_string()>
            {lane_view("request", word, |leg| Some(leg.request.state.token()), |leg| outcome_of(leg.request))}
            {lane_view("answer", word, |leg| Some(leg.answer.state.token()), |leg| outcome_of(leg.answer))}
            {drawn(round_trip, round_trip_view)}
            {drawn(move || figure.with(|figure| figure.legs.get(index).and_then(|leg| leg.brought.clone())), |capsule| capsule.clone().map(brought_view))}
            {runner(false)}
            {runner(true)}
        </div>
    }
}

fn round_trip_view((text, state): &(String, &'static str)) -> Piece {
    let is_todo = (*state == "todo").then_some("todo");
    let view = || view! { <span class="lat" data-state=is_todo>{text.clone()}</span> }.into_any();
    (!text.is_empty()).then(view)
}

fn outcome_of(lane: Lane) -> Option<&'static str> {
    lane.outcome.map(Outcome::token)
}

type Word = Option<&'static str>;

fn lane_view(
    name: &'static str,
    word: impl Fn(fn(&Leg) -> Word) -> Live<Word>,
    state: fn(&Leg) -> Word,
    outcome: fn(&Leg) -> Word,
) -> AnyView {
    view! { <i class="lane" data-lane=name data-state=word(state) data-outcome=word(outcome)></i> }
        .into_any()
}

/// A request that is only seen to come.
fn brought_view(capsule: Capsule) -> AnyView {
    view! { <div class="run" data-lane="request" data-brought="" aria-hidden="true" style:--at="1">{capsule_view(capsule)}</div> }.into_any()
}

/// A capsule on a rail.
fn runner_view(capsule: Capsule) -> AnyView {
    let lane = if capsule.is_answer { "answer" } else { "request" };
    let from_left = if capsule.is_answer { 1.0 - capsule.at } else { capsule.at };
    let arrives = (capsule.at >= 1.0).then_some("");
    let leaves = (capsule.is_answer && capsule.at <= 0.0).then_some("");
    view! {
        <div class="run" data-lane=lane data-arrives=arrives data-leaves=leaves style:--at=units::decimal(from_left)>
            {capsule_view(capsule)}
        </div>
    }
    .into_any()
}

/// The capsule itself: a request has no colour, an answer has that of the decision.
fn capsule_view(capsule: Capsule) -> AnyView {
    // What the arrow says to the eye.
    let way = if capsule.is_answer { "Answer: " } else { "Request: " };
    let told = format!("{way}{}", capsule.text);
    // Where a name is cut, it is cut before its ending or within what stands before that: not between the dot and the rest.
    let mut name = capsule.text;
    let mut dots = name.match_indices('.').map(|(at, _)| at);
    let dot = dots.find(|at| !name[..*at].ends_with(' ')).unwrap_or(name.len());
    let ending = name.split_off(dot);
    let text = view! { <span><span class="vh">{told}</span><span aria-hidden="true">{name}<b>{ending}</b></span></span> };
    let outcome = capsule.outcome.map(Outcome::token);
    if capsule.is_answer {
        view! { <span class="pkt" data-outcome=outcome><Icon name="i-left"/>{text}</span> }
            .into_any()
    } else {
        view! { <span class="pkt">{text}<Icon name="i-right"/></span> }.into_any()
    }
}

/// The way past the regional edge cache, once it is taken.
fn over_view(over: Over) -> AnyView {
    let at = over.capsule.as_ref().map(|capsule| match (capsule.is_answer, capsule.at >= 1.0) {
        (false, false) => "lifted",
        (true, true) => "back",
        _ => "there",
    });
    view! {
        <div class="over" data-outcome="bypass" data-at=at data-ends=over.ends_at_shield.then_some("shield")>
            <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path d="M0 78C4 8 22 0 50 0S96 12 100 100"/>
            </svg>
            {over.capsule.map(capsule_view)}
            <span class="lat">{over.round_trip}</span>
            <p>{over.why}</p>
        </div>
    }
    .into_any()
}
