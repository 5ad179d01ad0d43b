//! The path: four stations on two rails, with what each cache holds.

use leptos::prelude::*;

use super::composer::use_composer;
use super::icon::Icon;
use super::mark;
use super::shelf::ShelfView;
use super::state::use_walk;
use crate::scene::path::{Capsule, Lane, Leg, Over, PathPicture, Plan, Station};
use crate::scene::{Episode, Outcome, strip, words::Told};

/// The region "Path" with the polite status line.
#[component]
pub fn Stage() -> impl IntoView {
    let walk = use_walk();
    let composer = use_composer();
    let picture = Memo::new(move |before: Option<&PathPicture>| {
        let scene = walk.scene().get();
        let steps = walk.steps().get();
        let path = composer.path().get();
        // An unknown city leaves the figure as it was.
        match (composer.city().get().map(Plan::of), before) {
            (None, Some(before)) if scene.trip.is_none() => before.clone(),
            (plan, _) => walk.with_run(|run| {
                let plan = plan.unwrap_or_else(default_plan);
                PathPicture::of(
                    &run.walk().scenario,
                    &scene,
                    steps.current(scene.playhead),
                    plan,
                    &path,
                )
            }),
        }
    });
    let status = Memo::new(move |_| {
        let scene = walk.scene().get();
        let steps = walk.steps().get();
        let episode = Episode::around(&steps, scene.playhead);
        let title = steps.current(scene.playhead).map(|step| {
            walk.with_run(|run| {
                Told::of(&scene, step, &run.journal().before(scene.playhead)[step.start..]).title
            })
        });
        strip::status(&scene, &episode, &title.unwrap_or_default())
    });
    let station = move |index: usize| {
        Signal::derive(move || picture.with(|picture| picture.stations[index].clone()))
    };
    let leg = move |index: usize| {
        Signal::derive(move || picture.with(|picture| picture.legs[index].clone()))
    };
    view! {
        <main class="stage" data-motion=move || walk.is_moving().get().then_some("")>
            <section class="path" aria-label="Path">
                <div class="path-head">
                    <h2>"Path " <small>"request above, answer below, round trips between"</small></h2>
                    <Legend/>
                </div>
                <p class="vh" role="status" aria-live="polite">{status}</p>
                <div class="walk">
                    <StationView station=station(0)/>
                    <DnsView picture=picture/>
                    <LegView number=1 leg=leg(0)/>
                    <StationView station=station(1)/>
                    <OverView over=Signal::derive(move || picture.with(|picture| picture.over.clone()))/>
                    <LegView number=2 leg=leg(1)/>
                    <StationView station=station(2)/>
                    <LegView number=3 leg=leg(2)/>
                    <StationView station=station(3)/>
                </div>
            </section>
        </main>
    }
}

fn default_plan() -> Plan {
    let first = crate::network::City::all()
        .next()
        .expect("the table of cities is not empty, which a test holds");
    Plan::of(first)
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
    /// What it shows.
    station: Signal<Station>,
) -> impl IntoView {
    let role = station.with_untracked(|station| station.role);
    let icon = match role {
        "viewer" => "s-viewer",
        "pop" => "s-pop",
        "rec" => "s-rec",
        _ => "s-origin",
    };
    let flag = Memo::new(move |_| station.with(|station| station.flag));
    let shelf = Memo::new(move |_| station.with(|station| station.shelf.clone()));
    let has_shelf = shelf.with_untracked(Option::is_some);
    view! {
        <div
            class="st"
            role="group"
            data-role=role
            data-state=move || station.with(|station| station.state.token())
            data-outcome=move || flag.get().map(Outcome::token)
            aria-label=move || station.with(|station| station.name.clone())
        >
            <div class="post"><Icon name=icon/></div>
            <div class="plate">
                <b>{station.with_untracked(|station| station.title)}</b>
                <span>{move || station.with(|station| station.place.clone())}</span>
            </div>
            {move || {
                // At the viewer the capsule that has arrived says it.
                flag.get().filter(|_| role != "viewer").map(|outcome| view! { <p class="flag"><Icon name=mark(outcome)/>{outcome.label()}</p> })
            }}
            {if has_shelf {
                view! { <ShelfView shelf=Signal::derive(move || shelf.get().unwrap_or_else(crate::scene::path::ShelfPicture::empty))/> }
                    .into_any()
            } else {
                view! { <Facts facts=Signal::derive(move || station.with(|station| station.facts.clone()))/> }.into_any()
            }}
        </div>
    }
}

/// A strong line, and quiet ones below it.
#[component]
fn Facts(
    /// The lines.
    facts: Signal<Vec<String>>,
) -> impl IntoView {
    let lines = move || {
        let facts = facts.get();
        let mut lines = facts.into_iter().filter(|line| !line.is_empty());
        let strong = lines.next().unwrap_or_default();
        let quiet = |(index, line): (usize, String)| view! { {(index > 0).then(|| view! { <br/> })} <span>{line}</span> };
        view! { <b>{strong}</b> " " {lines.enumerate().map(quiet).collect_view()} }
    };
    view! { <p class="facts">{lines}</p> }
}

/// The DNS beside the rails.
#[component]
fn DnsView(
    /// The whole figure.
    picture: Memo<PathPicture>,
) -> impl IntoView {
    view! {
        <div class="dns" role="group" aria-label="DNS" data-state=move || picture.with(|picture| picture.dns.state.token())>
            <Icon name="s-dns"/>
            <div><b>"DNS"</b><span>{move || picture.with(|picture| picture.dns.text.clone())}</span></div>
        </div>
    }
}

/// Two rails, the round trip between them, and what travels there.
#[component]
fn LegView(
    /// From the viewer: 1 to 3.
    number: u8,
    /// What it shows.
    leg: Signal<Leg>,
) -> impl IntoView {
    let lane = move |name: &'static str, of: fn(&Leg) -> Lane| {
        let lane = Memo::new(move |_| leg.with(of));
        let is_done = move || if lane.get().state.token() == "done" { "1" } else { "0" };
        view! {
            <i
                class="lane"
                data-lane=name
                data-state=move || lane.get().state.token()
                data-outcome=move || lane.get().outcome.map(Outcome::token)
                style:--done=is_done
            ></i>
        }
    };
    let round_trip = Memo::new(move |_| leg.with(|leg| leg.round_trip.clone()));
    let is_todo = move || leg.with(|leg| leg.request.state.token() == "todo").then_some("todo");
    let capsule = Memo::new(move |_| leg.with(|leg| leg.capsule.clone()));
    view! {
        <div class="link" data-leg=number.to_string()>
            {lane("request", |leg| leg.request)} {lane("answer", |leg| leg.answer)}
            {move || {
                let text = round_trip.get();
                (!text.is_empty()).then(|| view! { <span class="lat" data-state=is_todo>{text}</span> })
            }}
            {move || capsule.get().map(|capsule| view! { <Runner capsule/> })}
        </div>
    }
}

/// A capsule on a rail.
#[component]
fn Runner(
    /// What it says and where it is.
    capsule: Capsule,
) -> impl IntoView {
    let lane = if capsule.is_answer { "answer" } else { "request" };
    let from_left = if capsule.is_answer { 1.0 - capsule.at } else { capsule.at };
    let arrives = (capsule.at >= 1.0).then_some("");
    view! {
        <div class="run" data-lane=lane data-arrives=arrives style:--at=from_left.to_string()>
            <CapsuleView capsule/>
        </div>
    }
}

/// The capsule itself: a request has no colour, an answer has that of the decision.
#[component]
fn CapsuleView(
    /// What it says.
    capsule: Capsule,
) -> impl IntoView {
    let text = view! { <span>{capsule.text}</span> };
    let outcome = capsule.outcome.map(Outcome::token);
    if capsule.is_answer {
        view! { <span class="pkt" data-outcome=outcome><Icon name="i-left"/>{text}</span> }
            .into_any()
    } else {
        view! { <span class="pkt">{text}<Icon name="i-right"/></span> }.into_any()
    }
}

/// The way past the regional edge cache.
#[component]
fn OverView(
    /// What it shows, once it is taken.
    over: Signal<Option<Over>>,
) -> impl IntoView {
    move || {
        over.get().map(|over| {
            view! {
                <div class="over" data-outcome="bypass">
                    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                        <path d="M0 100C4 12 22 0 50 0S96 12 100 100"/>
                    </svg>
                    {over.capsule.map(|capsule| view! { <CapsuleView capsule/> })}
                    <span class="lat">{over.round_trip}</span>
                    <p>{over.why}</p>
                </div>
            }
        })
    }
}
