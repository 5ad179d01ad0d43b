//! What happens between requests: invalidate, wait, publish, and how much room the caches have.

use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

use super::capacity;
use super::model::Control;
use super::parts::{Fold, NoticeLine, described_by, invalid, put_back, refuse_vast};
use super::said::span_label;
use super::state::use_composer;
use crate::app::icon::Icon;
use crate::app::live::{heard, live, text};
use crate::edge::InvalidationPath;
use crate::simulation::Action;

/// "Invalidate path".
#[component]
pub(super) fn Invalidate() -> impl IntoView {
    let composer = use_composer();
    let is_refused = move || composer.refusal(Control::Invalidate).is_some();
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
            composer.read_untracked(|model| put_back(&event, &model.invalidation));
        } else {
            composer.update(|model| {
                model.hush(Control::Invalidate);
                model.invalidation = typed;
            });
        }
    };
    view! {
        <div class="field">
            <label for="invalidate">"Invalidate path"</label>
            <div class="row">
                <input class="in" id="invalidate" autocomplete="off" spellcheck="false"
                    aria-invalid=invalid(is_refused) aria-describedby=described_by("invalidate", None, is_refused)
                    prop:value=live(move || composer.read(|model| model.invalidation.clone())) on:input=heard(edit)
                    on:paste=heard(move |event| refuse_vast(&event, InvalidationPath::LIMIT * 4, |text| { too_long(&text); }))
                    on:keydown=heard(move |event| on_enter(&event, || composer.invalidate()))/>
                <button class="btn" type="button" on:click=heard(move |_| composer.invalidate())>"Invalidate"</button>
            </div>
            <NoticeLine control=Control::Invalidate id="invalidate"/>
        </div>
    }
}

/// The waits on offer, in seconds: just short of and just past the lifetimes of the site's objects.
const WAITS_SECS: [u64; 8] = [1, 10, 60, 300, 3_600, 86_400, 604_800, 31_536_000];

/// "Between requests": wait and publish.
#[component]
pub(super) fn Between() -> impl IntoView {
    let composer = use_composer();
    let choose = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        if let Some(secs) = WAITS_SECS.into_iter().find(|secs| secs.to_string() == chosen) {
            composer.update(|model| model.wait_secs = secs);
        }
    };
    let wait = move |_| {
        let span = Duration::from_secs(composer.read_untracked(|model| model.wait_secs));
        composer.act(Control::Wait, &Action::Wait { span });
    };
    let publish = move |_| {
        composer.act(Control::Publish, &Action::Publish { path: untrack(|| composer.path()) });
    };
    let option = move |secs: u64| {
        let is_chosen = live(move || composer.read(|model| model.wait_secs == secs));
        view! { <option value=secs.to_string() prop:selected=is_chosen>{span_label(secs)}</option> }
    };
    view! {
        <Fold title="Between requests" value="wait, publish".into_any()>
            <div class="row">
                <label class="vh" for="wait">"Wait"</label>
                <span class="pick">
                    <select class="in" id="wait" on:change=heard(choose)>{WAITS_SECS.map(option).collect_view()}</select>
                    <Icon name="i-down"/>
                </span>
                <button class="btn" type="button" on:click=heard(wait)>"Wait"</button>
            </div>
            <NoticeLine control=Control::Wait/>
            <button class="btn" type="button" on:click=heard(publish)>"Publish a new version"</button>
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
    let shown = move || {
        let room = composer.settings().pop_capacity_bytes;
        composer.read(|model| model.capacity.clone()).unwrap_or_else(|| capacity::write(room))
    };
    let is_refused = move || composer.refusal(Control::Capacity).is_some();
    // What is far too long is told so and not kept, so that the field need not carry it.
    let refuse = move |text: &str| {
        if let Err(error) = capacity::read(text) {
            composer.refuse(Control::Capacity, &error);
        }
    };
    let set = move || match capacity::read(&untrack(shown)) {
        Ok(bytes) => {
            if composer.act(Control::Capacity, &Action::SetPopCapacity { bytes }) {
                composer.update(|model| model.capacity = None);
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
            composer.update(|model| {
                model.hush(Control::Capacity);
                model.capacity = Some(text);
            });
        }
    };
    let value = text(move || {
        let settings = composer.settings();
        let (pop, rec) = (settings.pop_capacity_bytes, settings.rec_capacity_bytes());
        format!("{} MB, {} MB", capacity::write(pop), capacity::write(rec))
    });
    view! {
        <Fold title="Cache size" value=value>
            <div class="field">
                <label for="capacity">"POP capacity (MB)"</label>
                <div class="row">
                    <input class="in" id="capacity" inputmode="decimal" autocomplete="off"
                        aria-invalid=invalid(is_refused)
                        aria-describedby=described_by("capacity", Some("capacity-help"), is_refused)
                        prop:value=live(shown) on:input=heard(edit)
                        on:paste=heard(move |event| refuse_vast(&event, LONGEST_NUMBER, |text| refuse(&text)))
                        on:keydown=heard(move |event| on_enter(&event, set))/>
                    <button class="btn" type="button" on:click=heard(move |_| set())>"Set"</button>
                </div>
                <p class="help" id="capacity-help">"The regional edge cache has ten times as much"</p>
                <NoticeLine control=Control::Capacity id="capacity"/>
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
