//! Small parts that the composer is made of.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::form::FormField;
use super::model::Control;
use super::state::{ComposerState, use_composer};
use crate::app::icon::Icon;
use crate::app::live::{Live, Piece, heard, live, piece, text};

/// What is wrong, under a field or beside a control, by the id with which that refers to it.
fn complaint(id: Option<String>, role: Option<&'static str>, sentence: Option<String>) -> Piece {
    let sentence = sentence?;
    Some(view! { <p class="err" id=id role=role><Icon name="m-error"/>{sentence}</p> }.into_any())
}

/// What is wrong with a field of the form, under it; nothing while nothing is.
#[component]
pub(super) fn FaultLine(
    /// Under which field.
    field: FormField,
) -> impl IntoView {
    let composer = use_composer();
    piece(move || complaint(Some(fault_id(field.id())), None, composer.fault(field)))
}

/// What is said beside a control: a quiet line, or why it was refused.
#[component]
pub(super) fn NoticeLine(
    /// Beside which one.
    control: Control,
    /// The id by which the control refers to it.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let composer = use_composer();
    let quiet = move || {
        let notice = composer.notice(control).filter(|notice| !notice.is_refusal);
        notice.map(|notice| notice.text).unwrap_or_default()
    };
    // The live region is there before it says anything, or nobody would hear it.
    view! {
        <p class="help" role="status">{text(quiet)}</p>
        {refusal_line(composer, control, id)}
    }
}

/// Why a control was refused, and nothing else.
#[component]
pub(crate) fn RefusalLine(
    /// Which one.
    control: Control,
) -> impl IntoView {
    refusal_line(use_composer(), control, None)
}

fn refusal_line(composer: ComposerState, control: Control, id: Option<&'static str>) -> AnyView {
    piece(move || complaint(id.map(fault_id), Some("alert"), composer.refusal(control)))
}

/// A fold whose summary shows what is in it while it is closed.
#[component]
pub(super) fn Fold(
    /// What it is.
    title: &'static str,
    /// What is in it.
    value: AnyView,
    /// Its content.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold">
            <summary><Icon name="i-next"/><b>{title}</b><span class="val">{value}</span></summary>
            <div class="fold-body">{children()}</div>
        </details>
    }
}

/// The one-line input of a field of the form.
#[component]
pub(super) fn TextInput(
    /// Which field.
    field: FormField,
    /// The id of the list of proposals.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let composer = use_composer();
    let fault = move || composer.fault(field).is_some();
    view! {
        <input class="in" id=field.id() list=list autocomplete="off" spellcheck="false"
            aria-invalid=invalid(fault) aria-describedby=described_by(field.id(), None, fault)
            prop:value=typed(field) on:input=heard(move |event| take_typed(composer, field, &event))
            on:paste=heard(move |event| refuse_vast(&event, field.limit(), |text| { composer.edit(field, text); }))/>
    }
}

/// The input of several lines of a field of the form.
#[component]
pub(super) fn TextLines(
    /// Which field.
    field: FormField,
    /// How many lines are seen at first.
    rows: &'static str,
    /// The id of the line that says what is meant.
    help: &'static str,
) -> impl IntoView {
    let composer = use_composer();
    let fault = move || composer.fault(field).is_some();
    view! {
        <textarea class="in" id=field.id() rows=rows spellcheck="false"
            aria-invalid=invalid(fault) aria-describedby=described_by(field.id(), Some(help), fault)
            prop:value=typed(field) on:input=heard(move |event| take_typed(composer, field, &event))
            on:paste=heard(move |event| refuse_vast(&event, field.limit(), |text| { composer.edit(field, text); }))/>
    }
}

fn typed(field: FormField) -> Live<String> {
    let composer = use_composer();
    live(move || composer.read(|model| model.form.text(field).to_owned()))
}

/// The id of the line that says what is wrong with the field of this id.
fn fault_id(id: &str) -> String {
    format!("{id}-err")
}

/// The value of `aria-invalid`.
pub(super) fn invalid(is_bad: impl Fn() -> bool + Send + 'static) -> Live<Option<&'static str>> {
    live(move || is_bad().then_some("true"))
}

/// The value of `aria-describedby`: the line that helps, and the one that says what is wrong.
pub(super) fn described_by(
    id: &'static str,
    help: Option<&'static str>,
    is_bad: impl Fn() -> bool + Send + 'static,
) -> Live<Option<String>> {
    live(move || match (help, is_bad().then(|| fault_id(id))) {
        (Some(help), Some(fault)) => Some(format!("{help} {fault}")),
        (None, Some(fault)) => Some(fault),
        (help, None) => help.map(str::to_owned),
    })
}

/// Takes what was typed, or puts back what was there.
fn take_typed(composer: ComposerState, field: FormField, event: &ev::Event) {
    if !composer.edit(field, event_target_value(event)) {
        composer.read_untracked(|model| put_back(event, model.form.text(field)));
    }
}

/// Shows a text again in the field that an event comes from.
pub(super) fn put_back(event: &ev::Event, text: &str) {
    let Some(target) = event.target() else { return };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(lines) = target.dyn_ref::<HtmlTextAreaElement>() {
        lines.set_value(text);
    }
}

/// A paste above what a field takes goes to `refuse` before the browser lays it out, which would take it seconds.
pub(super) fn refuse_vast(event: &ev::ClipboardEvent, limit: usize, refuse: impl FnOnce(String)) {
    let text =
        event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    if text.len() > limit {
        event.prevent_default();
        refuse(text);
    }
}

/// For the fields that stand outside the form: Enter does what the button beside them does.
pub(super) fn on_enter(event: &ev::KeyboardEvent, act: impl FnOnce()) {
    if event.key() == "Enter" && !event.is_composing() {
        event.prevent_default();
        act();
    }
}
