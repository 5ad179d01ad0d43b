//! Small parts that the composer is made of.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::form::FormField;
use super::state::{ComposerState, Control, use_composer};
use crate::app::icon::Icon;

/// What is wrong with a field, under it; nothing while nothing is.
#[component]
pub(super) fn FaultLine(
    /// The id by which the field refers to it.
    id: String,
    /// The sentence.
    #[prop(into)]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        let id = id.clone();
        fault.get().map(|fault| view! { <p class="err" id=id><Icon name="m-error"/>{fault}</p> })
    }
}

/// What is said beside a control: a quiet line, or why it was refused.
#[component]
pub(super) fn NoticeLine(
    /// Beside which one.
    control: Control,
    /// The id by which the control refers to it.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let notice = use_composer().notice(control);
    let refusal = move || notice.get().filter(|notice| notice.is_refusal);
    let quiet = move || notice.get().filter(|notice| !notice.is_refusal).map(|notice| notice.text);
    // The live region is there before it says anything, or nobody would hear it.
    view! {
        <p class="help" role="status">{quiet}</p>
        {move || {
            let id = id.clone();
            refusal()
                .map(|notice| view! { <p class="err" id=id role="alert"><Icon name="m-error"/>{notice.text}</p> })
        }}
    }
}

/// A fold whose summary shows what is in it while it is closed.
#[component]
pub(super) fn Fold(
    /// What it is.
    title: &'static str,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
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
    let (invalid, described_by) = fault_attributes(field, None);
    view! {
        <input class="in" id=field.id() list=list autocomplete="off" spellcheck="false"
            aria-invalid=invalid aria-describedby=described_by
            prop:value=move || composer.form().with(|form| form.text(field).to_owned())
            on:input=move |event| take_typed(composer, field, &event)
            on:paste=move |event| refuse_vast(&event, field.limit(), |text| { composer.edit(field, text); })/>
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
    let (invalid, described_by) = fault_attributes(field, Some(help));
    view! {
        <textarea class="in" id=field.id() rows=rows spellcheck="false"
            aria-invalid=invalid aria-describedby=described_by
            prop:value=move || composer.form().with(|form| form.text(field).to_owned())
            on:input=move |event| take_typed(composer, field, &event)
            on:paste=move |event| refuse_vast(&event, field.limit(), |text| { composer.edit(field, text); })/>
    }
}

/// The id of the line under a field that says what is wrong.
pub(super) fn fault_id(id: &str) -> String {
    format!("{id}-err")
}

fn fault_attributes(
    field: FormField,
    help: Option<&'static str>,
) -> (impl Fn() -> Option<&'static str> + Copy, impl Fn() -> Option<String> + Copy) {
    let fault = use_composer().fault(field);
    let is_bad = move || fault.with(Option::is_some);
    let described_by = move || {
        let fault = is_bad().then(|| fault_id(field.id()));
        let parts: Vec<String> = help.map(String::from).into_iter().chain(fault).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    (move || is_bad().then_some("true"), described_by)
}

/// Takes what was typed, or puts back what was there.
fn take_typed(composer: ComposerState, field: FormField, event: &ev::Event) {
    if !composer.edit(field, event_target_value(event)) {
        composer.form().with_untracked(|form| put_back(event, form.text(field)));
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
