//! The space-time diagram: brackets above, the curve of the exchange below.

use leptos::prelude::*;

use super::InView;
use crate::app::icon::Icon;
use crate::app::live::{Live, live, piece};
use crate::app::mark;
use crate::app::state::use_walk;
use crate::scene::strip::Point;
use crate::scene::{Outcome, Phase, Strip, Trip, units};

/// Rows of the diagram in units of its viewBox, which is a hundred wide.
const ROW: f64 = 1.75;

/// The bracket row.
#[component]
pub(super) fn Phases(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    let walk = use_walk();
    // The row is drawn once for an exchange; only what lies ahead changes.
    let bracket = move |strip: &Strip, phase: &Phase| {
        let from = phase.from;
        let state = live(move || (from >= walk.scene().at).then_some("todo"));
        let (left, right) = (percent(strip, phase.from), percent(strip, phase.until));
        view! {
            <li data-state=state style:--a=left style:--b=right>
                <span>{phase.label}</span>
                <b>{units::ms(phase.span())}</b>
            </li>
        }
    };
    let brackets = move || {
        in_view.with(|shown| {
            let strip = shown.strip.as_ref()?;
            let brackets = strip.phases.iter().map(|phase| bracket(strip, phase));
            Some(brackets.collect_view().into_any())
        })
    };
    view! { <ol class="phases" aria-label="Phases">{piece(brackets)}</ol> }
}

fn percent(strip: &Strip, at: crate::time::SimTime) -> String {
    units::decimal(strip.percent(at))
}

/// The curve of the exchange, done and to come.
#[component]
pub(super) fn Diagram(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    const LABELS: [&str; 4] = ["Viewer", "POP", "REC", "Origin"];
    let walk = use_walk();
    // A path of the diagram; empty while there is no exchange.
    let path = move |of: fn(&Strip, crate::time::SimTime) -> String| {
        live(move || {
            let now = walk.scene().at;
            in_view
                .with(|shown| shown.strip.as_ref().map(|strip| of(strip, now)).unwrap_or_default())
        })
    };
    let outcome = move || walk.scene().trip.as_ref().and_then(Trip::outcome).map(Outcome::token);
    let marks = move || {
        in_view.with(|shown| {
            let strip = shown.strip.as_ref()?;
            let marks = strip.marks.iter().map(|(point, outcome)| {
                let at = point.at;
                mark_view(strip, *point, *outcome, live(move || walk.scene().at < at))
            });
            Some(marks.collect_view().into_any())
        })
    };
    let labels = LABELS.into_iter().enumerate().map(|(row, label)| {
        view! { <span class="row-label" style:--r=row.to_string()>{label}</span> }
    });
    let note = move || {
        let note = in_view.with(|shown| match (&shown.strip, shown.steps.is_empty()) {
            (Some(strip), _) => {
                strip.saving().map(|saving| (strip.percent(strip.until) + 3.0, 0.5, saving))
            }
            (None, true) => Some((
                1.5,
                1.0,
                "The walk will be drawn here: time to the right, distance from the viewer downwards."
                    .to_owned(),
            )),
            (None, false) => {
                Some((1.5, 1.0, "Between two requests: nothing travels here.".to_owned()))
            }
        });
        let (left, row, text) = note?;
        let (left, row) = (units::decimal(left), units::decimal(row));
        Some(view! { <p class="note" style:--a=left style:--r=row>{text}</p> }.into_any())
    };
    view! {
        <div class="diagram">
            <svg viewBox="0 0 100 5.25" preserveAspectRatio="none" aria-hidden="true">
                <path class="grid" d="M0 0H100M0 1.75H100M0 3.5H100M0 5.25H100"/>
                <path class="ghost" d=path(|strip, _| path_of(&strip.ghost()))/>
                <path class="body" data-outcome=live(outcome) d=path(body)/>
                <path class="todo" d=path(|strip, now| path_of(&strip.divided(now).1))/>
                <path class="done" d=path(|strip, now| path_of(&strip.divided(now).0))/>
            </svg>
            {labels.collect_view()}
            {piece(marks)}
            {piece(note)}
        </div>
    }
}

/// What came of a look, hidden until it was taken.
fn mark_view(strip: &Strip, point: Point, outcome: Outcome, is_ahead: Live<bool>) -> AnyView {
    let (at, row) = (percent(strip, point.at), units::decimal(point.row));
    view! {
        <span class="mark" hidden=is_ahead data-outcome=outcome.token() style:--a=at style:--r=row><Icon name=mark(outcome)/></span>
    }
    .into_any()
}

/// The area in which the body travels.
fn body(strip: &Strip, _: crate::time::SimTime) -> String {
    let place = |point: &Point| (strip.percent(point.at), point.row);
    let corners: Option<Vec<_>> = strip.body.as_ref().map(|body| body.iter().map(place).collect());
    corners.map(|corners| path_of(&corners) + "Z").unwrap_or_default()
}

/// A line through points, in percent of the width and rows.
fn path_of(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, row)) in points.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&units::decimal(*x));
        path.push(' ');
        path.push_str(&units::decimal(row * ROW));
    }
    path
}
