//! The inspector: what this step is, why it went so, the cache key and the fields.

mod fields;
mod fit;
mod gates;
mod handed;
mod key;
mod lifetime;
mod notes;
mod why;
mod wire;
mod words;

use leptos::prelude::*;

use super::dom;
use super::icon::Icon;
use super::lessons::WalkList;
use super::live::renewed;
use super::mark;
use super::prefs::use_preferences;
use super::state::use_walk;
use crate::scene::why::Mark;
use crate::scene::{Basis, Episode, Outcome, Source, Told};
use words::Words;

/// The id of the region.
const INSPECTOR: &str = "inspector";

/// The region "Inspector".
#[component]
pub fn Inspector() -> impl IntoView {
    let (walk, preferences) = (use_walk(), use_preferences());
    let words = Words::new();
    let panel = NodeRef::<leptos::html::Section>::new();
    let fit = move || {
        // The page may have been left before the frame comes.
        let panel = panel.try_get_untracked().flatten();
        if let Some(panel) = panel.filter(|_| untrack(|| preferences.is_presenting())) {
            fit::fit(&panel);
        }
    };
    Effect::new(move |_| {
        walk.playhead();
        request_animation_frame(fit);
    });
    // Also when the presentation begins, and when the window changes.
    panel.on_load(move |panel| dom::watch_size(&panel, fit));
    let content = move || {
        // A word or a walk that has the focus goes with the step that it stands in.
        if dom::has_focus_within(INSPECTOR) {
            dom::focus(INSPECTOR);
        }
        let (scene, steps) = (walk.scene(), walk.steps());
        let Some(step) = steps.current(scene.playhead) else {
            return Some(nothing_view(words, preferences.is_presenting()));
        };
        let position = Episode::around(&steps, scene.playhead).position();
        let told = walk.with_run(|run| {
            Told::of(&scene, step, &run.journal().before(scene.playhead)[step.start..])
        });
        Some(told_view(position, told, words))
    };
    view! {
        <section class="inspector" node_ref=panel id=INSPECTOR aria-label="Inspector" tabindex="0">{renewed(content)}</section>
        {words.meaning()}
        {words.glossary()}
    }
}

/// Before anything is sent. For a room there is no form, only the walks and the keys.
fn nothing_view(words: Words, is_presenting: bool) -> AnyView {
    let say = if is_presenting {
        "Choose a walk above, or step forward to send the request that the map shows."
    } else {
        "Choose a city, a method and a path, then press Enter. Every step will be explained here."
    };
    view! {
        <div class="told">
            <div><p class="step-no">"No request yet"</p><h2 class="step-title">"Send the first request"</h2></div>
            <p class="say">{say}</p>
        </div>
        <div class="data">
            <section class="part part-walks">
                <h3 class="sec">"Walks worth taking"</h3>
                <WalkList/>
            </section>
            <p class="src">{words.opener("Glossary")}</p>
        </div>
    }
    .into_any()
}

/// One step, and its position as in `Step 7 of 12`.
fn told_view(position: String, told: Told, words: Words) -> AnyView {
    let title_mark = told.outcome.map(|outcome| view! { <Icon name=mark(outcome)/> });
    let mut sentences = words.sentences();
    let title = sentences.marked(&told.title);
    let said: Vec<AnyView> = told
        .say
        .iter()
        .map(|sentence| view! { <p class="say">{sentences.marked(sentence)}</p> }.into_any())
        .collect();
    let about = match &told {
        Told { is_about_key: true, .. } => Some("key"),
        Told { lifetime: Some(_), .. } => Some("lifetime"),
        _ => None,
    };
    let notes: Vec<AnyView> = [Basis::Assumed, Basis::Observed]
        .into_iter()
        .filter_map(|basis| notes::view(&told.remarks, basis))
        .collect();
    view! {
        <div class="told">
            <div data-outcome=told.outcome.map(Outcome::token)>
                <p class="step-no">{position}</p>
                <h2 class="step-title">{title_mark}<span>{title}</span></h2>
            </div>
            {said}
            {(!told.why.is_empty()).then(|| why::view(told.why, &mut sentences))}
            <div class="bases">{notes}</div>
        </div>
        <div class="data" data-about=about>
            {told.lifetime.as_ref().map(lifetime::view)}
            {told.key.map(key::view)}
            {gates::view(told.gates)}
            {told.fields.map(fields::view)}
            {told.wire.map(wire::view)}
            {told.handed.into_iter().map(handed::view).collect_view()}
            {source_view(told.source, &told.rows)}
            <p class="src">{words.opener("Glossary")}</p>
        </div>
    }
    .into_any()
}

/// A part of the data: what it is called, beside that a few words, and what is in it.
fn part(class: &'static str, name: &'static str, aside: AnyView, content: AnyView) -> AnyView {
    view! {
        <section class=class>
            <div class="part-head"><h3 class="sec">{name}</h3><p>{aside}</p></div>
            {content}
        </section>
    }
    .into_any()
}

/// What stands before a reason: the drawing, and the outcome that colours it.
const fn icon_and_outcome(mark: Mark) -> (&'static str, Option<&'static str>) {
    match mark {
        Mark::Check => ("i-check", None),
        Mark::Decided(outcome) => (super::mark(outcome), Some(outcome.token())),
        Mark::Next => ("i-right", None),
    }
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
