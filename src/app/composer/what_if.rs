//! The switches "What if". Each is an action; what is on is read from the settings at the playhead, so that it rewinds.

use leptos::prelude::*;

use super::model::Control;
use super::parts::{NoticeLine, described_by};
use super::state::{ComposerState, use_composer};
use super::switches::{Position, origin_of, pattern_of};
use crate::app::live::{heard, live, piece};
use crate::distribution::Origin;
use crate::http::Method;
use crate::network::{City, Region, advised_shield};
use crate::simulation::Action;

/// The five switches.
#[component]
pub(super) fn WhatIf() -> impl IntoView {
    view! {
        <fieldset class="whatif">
            <legend class="sec">"What if"</legend>
            <Switch control=Control::StartEmpty id="start-empty" label="Start with empty caches"/>
            <Switch control=Control::Dynamic id="dynamic" label="Dynamic request"/>
            <Switch control=Control::ProxyMethod id="proxy-method" label="Proxy method"/>
            <Switch control=Control::SameRegion id="same-region" label="S3 in the same Region"/>
            <Switch control=Control::Shield id="shield" label="Origin Shield"/>
        </fieldset>
    }
}

/// One switch with the line that explains it.
#[component]
fn Switch(
    /// Which one.
    control: Control,
    /// The base of its ids.
    id: &'static str,
    /// Its name.
    label: &'static str,
) -> impl IntoView {
    let composer = use_composer();
    let help_id = format!("{id}-help");
    let position = move || {
        let settings = composer.settings();
        composer.read(|model| Position::of(control, &settings, &model.form.path))
    };
    let described_by = {
        let (help_id, mut by_refusal) =
            (help_id.clone(), described_by(id, None, move || composer.refusal(control).is_some()));
        move || if position().line().is_some() { Some(help_id.clone()) } else { by_refusal() }
    };
    let line = move || {
        let line = position().line()?;
        Some(view! { <p class="help" id=help_id.clone()>{line}</p> }.into_any())
    };
    let change = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        if !input.checked() || untrack(position).refusal.is_none() {
            flip(composer, control, input.checked());
        }
        // The settings hold the truth; a refused switch goes back.
        input.set_checked(untrack(position).is_on);
    };
    view! {
        <label class="switch">
            <span>{label}</span>
            <input type="checkbox" role="switch" prop:checked=live(move || position().is_on)
                aria-describedby=live(described_by) aria-disabled=live(move || position().refusal.map(|_| "true"))
                on:change=heard(change)/>
        </label>
        {piece(line)}
        <NoticeLine control id/>
    }
}

/// Asks for the other position of a switch.
fn flip(composer: ComposerState, control: Control, on: bool) {
    let action = match control {
        Control::StartEmpty => Some(Action::StartEmpty { on }),
        Control::Dynamic => {
            let path = untrack(|| composer.path());
            let pattern = pattern_of(&untrack(|| composer.settings()), &path);
            pattern.map(|pattern| Action::SetDynamic { pattern, on })
        }
        Control::Shield => untrack(|| origin_at_hand(composer)).map(|origin| {
            let here = Region::find(&origin.region).ok().filter(|_| on);
            Action::SetShield { origin_id: origin.id, region: here.map(advised_shield) }
        }),
        Control::SameRegion if on => {
            composer.known_city().map(|city| Action::SetSameRegion { on, city })
        }
        // Where the bucket goes back to is no question of the city.
        Control::SameRegion => untrack(|| composer.city())
            .or_else(|| City::all().next())
            .map(|city| Action::SetSameRegion { on, city }),
        _ => {
            composer.choose_method(control, if on { Method::Post } else { Method::Get });
            None
        }
    };
    if let Some(action) = action {
        composer.act(control, &action);
    }
}

/// The origin for the path of the next request.
pub(super) fn origin_at_hand(composer: ComposerState) -> Option<Origin> {
    let settings = composer.settings();
    origin_of(&settings, &composer.path())
}
