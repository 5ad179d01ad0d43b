//! What happens between requests: invalidate, wait, publish, and how much room the caches have.

use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

use super::capacity;
use super::parts::{Fold, NoticeLine, put_back, refuse_vast};
use super::said::span_label;
use super::state::{Control, use_composer};
use crate::app::icon::Icon;
use crate::app::state::use_walk;
use crate::edge::InvalidationPath;
use crate::simulation::Action;

/// "Invalidate path".
#[component]
pub(super) fn Invalidate() -> impl IntoView {
    let composer = use_composer();
    let path = composer.invalidation();
    let (invalid, described_by) = refusal_attributes(Control::Invalidate, "invalidate-err", None);
    // Longer than this no path is read; it is refused here so that the field need not carry it.
    let too_long = move |text: &str| {
        let error = InvalidationPath::new(text).err();
        if let Some(error) = error.filter(|_| text.len() > InvalidationPath::LIMIT * 4) {
            composer.refuse(Control::Invalidate, &error);
            return true;
        }
        false
    };
    let edit = move |event: ev::Event| {
        let typed = event_target_value(&event);
        if too_long(&typed) {
            path.with_untracked(|path| put_back(&event, path));
        } else {
            composer.hush(Control::Invalidate);
            path.set(typed);
        }
    };
    view! {
        <div class="field">
            <label for="invalidate">"Invalidate path"</label>
            <div class="row">
                <input class="in" id="invalidate" autocomplete="off" spellcheck="false"
                    aria-invalid=invalid aria-describedby=described_by prop:value=move || path.get() on:input=edit
                    on:paste=move |event| refuse_vast(&event, InvalidationPath::LIMIT * 4, |text| { too_long(&text); })
                    on:keydown=move |event| on_enter(&event, || composer.invalidate())/>
                <button class="btn" type="button" on:click=move |_| composer.invalidate()>"Invalidate"</button>
            </div>
            <NoticeLine control=Control::Invalidate id="invalidate-err".to_owned()/>
        </div>
    }
}

/// The waits on offer, in seconds: just short of and just past the lifetimes of the site's objects.
const WAITS_SECS: [u64; 8] = [1, 10, 60, 300, 3_600, 86_400, 604_800, 31_536_000];

/// "Between requests": wait and publish.
#[component]
pub(super) fn Between() -> impl IntoView {
    let composer = use_composer();
    let secs = RwSignal::new(10_u64);
    let choose = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        WAITS_SECS
            .into_iter()
            .filter(|secs| secs.to_string() == chosen)
            .for_each(|chosen| secs.set(chosen));
    };
    let wait = move |_| {
        composer
            .act(Control::Wait, &Action::Wait { span: Duration::from_secs(secs.get_untracked()) });
    };
    let publish = move |_| {
        composer.act(Control::Publish, &Action::Publish { path: composer.path().get_untracked() });
    };
    let option = move |wait: u64| {
        view! { <option value=wait.to_string() prop:selected=move || secs.get() == wait>{span_label(wait)}</option> }
    };
    view! {
        <Fold title="Between requests" value="wait, publish".to_owned()>
            <div class="row">
                <label class="vh" for="wait">"Wait"</label>
                <span class="pick">
                    <select class="in" id="wait" on:change=choose>{WAITS_SECS.map(option).collect_view()}</select>
                    <Icon name="i-down"/>
                </span>
                <button class="btn" type="button" on:click=wait>"Wait"</button>
            </div>
            <NoticeLine control=Control::Wait/>
            <button class="btn" type="button" on:click=publish>"Publish a new version"</button>
            <NoticeLine control=Control::Publish/>
        </Fold>
    }
}

/// The longest text that is kept as a capacity, in bytes: no number of MB that fits is longer.
const LONGEST_NUMBER: usize = 100;

/// "Cache size".
#[component]
pub(super) fn CacheSize() -> impl IntoView {
    let composer = use_composer();
    let scene = use_walk().scene();
    let room = Memo::new(move |_| scene.with(|scene| scene.settings.pop_capacity_bytes));
    let rec_room = Memo::new(move |_| scene.with(|scene| scene.settings.rec_capacity_bytes()));
    // What is typed, until it is set: from then on the setting is shown.
    let typed = RwSignal::new(None::<String>);
    let shown = move || typed.get().unwrap_or_else(|| capacity::write(room.get()));
    let (invalid, described_by) =
        refusal_attributes(Control::Capacity, "capacity-err", Some("capacity-help"));
    // What is far too long is told so and not kept, so that the field need not carry it.
    let refuse = move |text: &str| {
        if let Err(error) = capacity::read(text) {
            composer.refuse(Control::Capacity, &error);
        }
    };
    let set = move || match capacity::read(&untrack(shown)) {
        Ok(bytes) => {
            if composer.act(Control::Capacity, &Action::SetPopCapacity { bytes }) {
                typed.set(None);
            } else {
                composer.show("capacity");
            }
        }
        Err(error) => {
            composer.refuse(Control::Capacity, &error);
            composer.show("capacity");
        }
    };
    let edit = move |event: ev::Event| {
        let text = event_target_value(&event);
        if text.len() > LONGEST_NUMBER {
            put_back(&event, &untrack(shown));
            refuse(&text);
        } else {
            composer.hush(Control::Capacity);
            typed.set(Some(text));
        }
    };
    let value = move || {
        format!("{} MB, {} MB", capacity::write(room.get()), capacity::write(rec_room.get()))
    };
    view! {
        <Fold title="Cache size" value=Signal::derive(value)>
            <div class="field">
                <label for="capacity">"POP capacity (MB)"</label>
                <div class="row">
                    <input class="in" id="capacity" inputmode="decimal" autocomplete="off"
                        aria-invalid=invalid aria-describedby=described_by prop:value=shown on:input=edit
                        on:paste=move |event| refuse_vast(&event, LONGEST_NUMBER, |text| refuse(&text))
                        on:keydown=move |event| on_enter(&event, set)/>
                    <button class="btn" type="button" on:click=move |_| set()>"Set"</button>
                </div>
                <p class="help" id="capacity-help">"The regional edge cache has ten times as much"</p>
                <NoticeLine control=Control::Capacity id="capacity-err".to_owned()/>
            </div>
        </Fold>
    }
}

/// For the fields that stand outside the form: Enter does what the button beside them does.
fn on_enter(event: &ev::KeyboardEvent, act: impl FnOnce()) {
    if event.key() == "Enter" && !event.is_composing() {
        event.prevent_default();
        act();
    }
}

fn refusal_attributes(
    control: Control,
    fault_id: &'static str,
    help_id: Option<&'static str>,
) -> (impl Fn() -> Option<&'static str> + Copy, impl Fn() -> Option<String> + Copy) {
    let notice = use_composer().notice(control);
    let is_refused =
        move || notice.with(|notice| notice.as_ref().is_some_and(|notice| notice.is_refusal));
    let described_by = move || {
        let parts: Vec<&str> =
            help_id.into_iter().chain(is_refused().then_some(fault_id)).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    (move || is_refused().then_some("true"), described_by)
}
