//! The space-time diagram: brackets above, the curve of the exchange below.

use leptos::prelude::*;

use super::InView;
use crate::app::icon::Icon;
use crate::app::live::{Live, drawn, live, renewed};
use crate::app::mark;
use crate::app::state::use_walk;
use crate::scene::strip::{Bracket, Point, Sign};
use crate::scene::{Level, Outcome, Strip, Trip, units};

/// The bracket row.
#[component]
pub(super) fn Phases(
    /// What the timeline shows.
    in_view: InView,
) -> impl IntoView {
    let walk = use_walk();
    // The row is drawn once for an exchange; only what lies ahead changes.
    let bracket = move |strip: &Strip, phase: &Bracket| {
        let from = phase.from;
        let state = live(move || (from >= walk.scene().at).then_some("todo"));
        let (left, right) = (percent(strip, phase.from), percent(strip, phase.until));
        view! {
            <li data-state=state style:--a=left style:--b=right>
                <div>
                    <span>{phase.label()}</span>
                    <b>{strip.figure(phase.span())}</b>
                </div>
            </li>
        }
    };
    let brackets = move || {
        in_view.with(|shown| {
            let strip = shown.strip.as_ref()?;
            let brackets = strip.brackets();
            let brackets = brackets.iter().map(|phase| bracket(strip, phase));
            Some(brackets.collect_view().into_any())
        })
    };
    view! { <ol class="phases" aria-label="Phases">{renewed(brackets)}</ol> }
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
    let walk = use_walk();
    // A path of the diagram; empty while there is no exchange.
    let path = move |of: fn(&Strip) -> String| {
        live(move || in_view.with(|shown| shown.strip.as_ref().map(of).unwrap_or_default()))
    };
    let curve = |strip: &Strip| path_of(strip, &strip.curve());
    let outcome = move || walk.scene().trip.as_ref().and_then(Trip::outcome).map(Outcome::token);
    let marks = move || {
        in_view.with(|shown| {
            let strip = shown.strip.as_ref()?;
            let marks = strip.marks.iter().map(|(point, mark)| {
                let at = point.at;
                mark_view(strip, *point, *mark, live(move || walk.scene().at < at))
            });
            Some(marks.collect_view().into_any())
        })
    };
    let levels = move || in_view.with(levels);
    let rows = |levels: &Vec<Level>| {
        let label = |(row, level): (usize, &Level)| {
            view! { <span class="row-label" style:--r=row.to_string()>{level.label()}</span> }
        };
        Some(levels.iter().enumerate().map(label).collect_view().into_any())
    };
    let grid = move || {
        let count = levels().len();
        let line = |row: usize| format!("M0 {0}H100", units::decimal(height(row as f64, count)));
        (0..count).map(line).collect::<String>()
    };
    let note = move || {
        let note = in_view.with(|shown| match (&shown.strip, shown.steps.is_empty()) {
            (Some(strip), _) => {
                strip.saving().map(|saving| (saving.left, saving.row, saving.text))
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
            <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path class="grid" d=live(grid)/>
                <path class="ghost" d=path(|strip| strip.ghosts().iter().map(|curve| path_of(strip, curve)).collect())/>
                <path class="body" d=path(body)/>
                <path class="todo" d=path(curve)/>
            </svg>
            <svg class="past" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path class="body" data-outcome=live(outcome) d=path(body)/>
                <path class="done" d=path(curve)/>
            </svg>
            {drawn(levels, rows)}
            <div class="marks">{renewed(marks)}</div>
            {renewed(note)}
        </div>
    }
}

/// What came of a look, hidden until it was taken.
fn mark_view(strip: &Strip, point: Point, what: Sign, is_ahead: Live<bool>) -> AnyView {
    let (at, row) = (percent(strip, point.at), units::decimal(strip.row(point.level)));
    let (icon, outcome) = match what {
        Sign::Decided(outcome) => (mark(outcome), Some(outcome.token())),
        Sign::Cleared if point.level == Level::Pop => ("s-pop", None),
        Sign::Cleared => ("s-rec", None),
    };
    view! {
        <span class="mark" hidden=is_ahead data-outcome=outcome style:--a=at style:--r=row><Icon name=icon/></span>
    }
    .into_any()
}

/// The area in which the body travels.
fn body(strip: &Strip) -> String {
    let place = |point: &Point| (strip.percent(point.at), strip.row(point.level));
    let corners: Option<Vec<_>> = strip.body.as_ref().map(|body| body.iter().map(place).collect());
    corners.map(|corners| path_of(strip, &corners) + "Z").unwrap_or_default()
}

/// What the rows stand for; before anything is sent, what they mostly do.
pub(super) fn levels(shown: &super::Shown) -> Vec<Level> {
    shown.strip.as_ref().map_or_else(Level::without_shield, |strip| strip.levels.clone())
}

/// How far down a row of so many stands, in percent.
fn height(row: f64, rows: usize) -> f64 {
    row * 100.0 / (rows.max(2) - 1) as f64
}

/// A line through points, in percent of the width and rows.
fn path_of(strip: &Strip, points: &[(f64, f64)]) -> String {
    let rows = strip.levels.len();
    let mut path = String::new();
    for (index, (x, row)) in points.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&units::decimal(*x));
        path.push(' ');
        path.push_str(&units::decimal(height(*row, rows)));
    }
    path
}
