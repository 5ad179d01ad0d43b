//! The switches "What if". Each is an action; what is on is read from the settings at the playhead, so that it rewinds.

use leptos::prelude::*;

use super::model::Control;
use super::parts::{Fold, NoticeLine, described_by};
use super::state::{ComposerState, use_composer};
use super::switches::{Position, origin_of, pattern_of};
use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece, text};
use crate::distribution::Origin;
use crate::http::{Method, Status};
use crate::network::{City, Region, advised_shield};
use crate::origin::Health;
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
fn origin_at_hand(composer: ComposerState) -> Option<Origin> {
    let settings = composer.settings();
    origin_of(&settings, &composer.path())
}

/// How well an origin can be, with the words of the list.
const HEALTH: [(Health, &str); 9] = [
    (Health::Up, "answers"),
    (Health::Failing(Status(500)), "answers 500 to everything"),
    (Health::Failing(Status(503)), "answers 503 to everything"),
    (Health::Slow { secs: 10 }, "takes 10 s longer"),
    (Health::Silent, "never answers"),
    (Health::Refuses, "refuses connections"),
    (Health::NameUnresolved, "has no address in the DNS"),
    (Health::BadCertificate, "shows a bad certificate"),
    (Health::BreaksOff, "breaks off in mid-answer"),
];

/// "The origin …": how well the origin for the path is.
#[component]
pub(super) fn OriginHealth() -> impl IntoView {
    let composer = use_composer();
    let at_hand = move || origin_at_hand(composer).map(|origin| origin.id).unwrap_or_default();
    let word = move || {
        let health = composer.settings().health(&at_hand());
        HEALTH.iter().find(|(of, _)| *of == health).map_or("fails", |(_, word)| *word)
    };
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        if let Some((health, _)) = HEALTH.iter().find(|(_, word)| *word == chosen) {
            let origin_id = untrack(at_hand);
            composer.act(Control::Health, &Action::SetHealth { origin_id, health: *health });
        }
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(untrack(word));
    };
    let option = move |(_, name): (Health, &'static str)| {
        view! { <option selected=live(move || word() == name)>{name}</option> }
    };
    view! {
        <Fold title="Origin" value=text(move || word().to_owned())>
            <div class="field">
                <label for="health">{text(move || format!("{} \u{2026}", at_hand()))}</label>
                <span class="pick">
                    <select class="in" id="health" on:change=heard(choose)>{HEALTH.map(option).collect_view()}</select>
                    <Icon name="i-down"/>
                </span>
                <p class="help">"No cache hears of it until it asks the origin"</p>
                <NoticeLine control=Control::Health/>
            </div>
        </Fold>
    }
}
