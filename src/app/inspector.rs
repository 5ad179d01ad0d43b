//! The inspector: what this step is, why it went so, the cache key and the fields.

use leptos::prelude::*;

use super::icon::Icon;
use super::live::piece;
use super::mark;
use super::state::use_walk;
use crate::scene::why::Mark;
use crate::scene::{Episode, FieldsView, KeyView, Outcome, Reason, Source, Told};

/// The region "Inspector".
#[component]
pub fn Inspector() -> impl IntoView {
    let walk = use_walk();
    let content = move || {
        let (scene, steps) = (walk.scene(), walk.steps());
        let Some(step) = steps.current(scene.playhead) else {
            return Some(nothing_view());
        };
        let position = Episode::around(&steps, scene.playhead).position();
        let told = walk.with_run(|run| {
            Told::of(&scene, step, &run.journal().before(scene.playhead)[step.start..])
        });
        Some(told_view(position, told))
    };
    view! { <section class="inspector" aria-label="Inspector" tabindex="0">{piece(content)}</section> }
}

/// Before anything is sent.
fn nothing_view() -> AnyView {
    const WALKS: [(&str, &str); 6] = [
        ("Send once", "a miss all the way to the origin"),
        ("Send again", "a hit at the edge location"),
        (
            "Move the viewer to Riyadh, then send",
            "another edge location: a hit in the regional edge cache that both share",
        ),
        ("Switch to Proxy method, send /api/orders", "past the regional edge cache"),
        ("Wait a day, then send", "stale: asked about, not sent again"),
        ("Invalidate /img/*, then send", "a miss again, and why"),
    ];
    let walks =
        WALKS.map(|(what, why)| view! { <li><div><b>{what}</b><span>{why}</span></div></li> });
    view! {
        <div class="told">
            <div><p class="step-no">"No request yet"</p><h2 class="step-title">"Send the first request"</h2></div>
            <p class="say">
                "Choose a city, a method and a path, then press Enter. Every step will be explained here."
            </p>
        </div>
        <div class="data">
            <section class="part part-walks">
                <h3 class="sec">"Walks worth taking"</h3>
                <ol class="walks">{walks.collect_view()}</ol>
            </section>
        </div>
    }
    .into_any()
}

/// One step, and its position as in `Step 7 of 12`.
fn told_view(position: String, told: Told) -> AnyView {
    let title_mark = told.outcome.map(|outcome| view! { <Icon name=mark(outcome)/> });
    let sentences =
        told.say.into_iter().map(|sentence| view! { <p class="say">{sentence}</p> }).collect_view();
    let assumption = told.assumption.map(|text| {
        view! { <p class="assume"><b>"Simulator assumption"</b> " " <span>{text}</span></p> }
    });
    view! {
        <div class="told">
            <div data-outcome=told.outcome.map(Outcome::token)>
                <p class="step-no">{position}</p>
                <h2 class="step-title">{title_mark}{told.title}</h2>
            </div>
            {sentences}
            {assumption}
            {(!told.why.is_empty()).then(|| why_view(told.why))}
        </div>
        <div class="data">
            {told.key.map(key_view)}
            {told.fields.map(fields_view)}
            {source_view(told.source, &told.rows)}
        </div>
    }
    .into_any()
}

/// The chain of decisions.
fn why_view(reasons: Vec<Reason>) -> AnyView {
    let line = |reason: Reason| {
        let (icon, outcome) = match reason.mark {
            Mark::Check => ("i-check", None),
            Mark::Decided(outcome) => (mark(outcome), Some(outcome.token())),
            Mark::Next => ("i-right", None),
        };
        view! { <li data-outcome=outcome><Icon name=icon/><span>{reason.text}</span></li> }
    };
    view! {
        <section class="part part-why">
            <h3 class="sec">"Why"</h3>
            <ul class="why">{reasons.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The cache key as labelled segments.
fn key_view(key: KeyView) -> AnyView {
    let KeyView { parts, left_out, note } = key;
    let none =
        note.map(|note| view! { <div data-part="host"><dt>{note}</dt><dd>"none"</dd></div> });
    let parts = parts
        .into_iter()
        .map(|(part, label, value)| view! { <div data-part=part><dt>{label}</dt><dd>{value}</dd></div> })
        .collect_view();
    let left_out = (!left_out.is_empty()).then(|| {
        let names = left_out
            .into_iter()
            .enumerate()
            .map(|(index, name)| view! { {if index > 0 { ", " } else { "" }} <s>{name}</s> })
            .collect_view();
        view! { <p class="notkey">"Left out: " {names}</p> }
    });
    view! {
        <section class="part part-key">
            <h3 class="sec">"Cache key"</h3>
            <dl class="key">{none}{parts}</dl>
            {left_out}
        </section>
    }
    .into_any()
}

/// The message at this hop, held against the hop before.
fn fields_view(fields: FieldsView) -> AnyView {
    let row = |row: crate::scene::FieldRow| {
        let change = row.change.map(crate::scene::FieldChange::token);
        let spoken = change.map(|change| view! { <span class="vh">{format!("{change}: ")}</span> });
        let whole = row.value.clone();
        view! { <div data-change=change><dt>{spoken}{row.name}</dt><dd title=whole>{row.value}</dd></div> }
    };
    let legend = fields
        .is_compared
        .then(|| view! { <span>"+ added \u{a0}~ changed \u{a0}− removed"</span> });
    view! {
        <section class="part part-fields">
            <h3 class="sec">{fields.title}{legend}</h3>
            <dl class="hdrs">{fields.rows.into_iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Where it is written.
fn source_view(source: Source, rows: &str) -> AnyView {
    let id = |(index, id): (usize, &str)| {
        view! { {if index > 0 { ", " } else { " (" }} <span class="id">{id.to_owned()}</span> }
    };
    let rows = (!rows.is_empty())
        .then(|| view! { {rows.split(", ").enumerate().map(id).collect_view()} ")" });
    view! {
        <p class="src">
            "Source: " <a href=source.url target="_blank" rel="noreferrer">{source.title}</a> {rows}
        </p>
    }
    .into_any()
}
