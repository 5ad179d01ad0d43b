//! What happens between requests: invalidate, wait, publish.

use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

use super::model::Control;
use super::parts::{Fold, NoticeLine, described_by, invalid, on_enter, put_back, refuse_vast};
use super::said::span_label;
use super::settings::ObjectSize;
use super::state::use_composer;
use crate::app::icon::Icon;
use crate::app::live::{heard, live};
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
            <ObjectSize/>
        </Fold>
    }
}
