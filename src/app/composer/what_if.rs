//! The switches "What if". Each is an action; what is on is read from the settings at the playhead, so that it rewinds.

use leptos::prelude::*;

use super::parts::NoticeLine;
use super::state::{Control, use_composer};
use super::switches::{
    bucket_place, dynamic_reason, is_proxy_method, pattern_of, same_region_refusal,
};
use crate::app::state::use_walk;
use crate::http::Method;
use crate::simulation::{Action, Scenario, Settings};

/// The four switches.
#[component]
pub(super) fn WhatIf() -> impl IntoView {
    view! {
        <fieldset class="whatif">
            <legend class="sec">"What if"</legend>
            <StartEmpty/>
            <Dynamic/>
            <ProxyMethod/>
            <SameRegion/>
        </fieldset>
    }
}

/// A setting at the playhead, or what follows from it and the scenario.
fn derived<T: Send + Sync + PartialEq + Clone + 'static>(
    read: impl Fn(&Scenario, &Settings) -> T + Send + Sync + 'static,
) -> Signal<T> {
    let walk = use_walk();
    let scene = walk.scene();
    Memo::new(move |_| {
        walk.with_run(|run| scene.with(|scene| read(&run.walk().scenario, &scene.settings)))
    })
    .into()
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
    /// Whether it is on, at the playhead.
    #[prop(into)]
    is_on: Signal<bool>,
    /// Why it cannot be switched on now.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
    /// What holds while it is as it is.
    #[prop(optional, into)]
    help: Signal<Option<String>>,
    /// Asked for the other position.
    flip: Callback<bool>,
) -> impl IntoView {
    let notice = use_composer().notice(control);
    let (help_id, fault_id) = (format!("{id}-help"), format!("{id}-err"));
    let line = move || refusal.get().or_else(|| help.get());
    let described_by = {
        let (help_id, fault_id) = (help_id.clone(), fault_id.clone());
        move || match line() {
            Some(_) => Some(help_id.clone()),
            None => notice.get().filter(|notice| notice.is_refusal).map(|_| fault_id.clone()),
        }
    };
    let change = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        flip.run(input.checked());
        // The settings hold the truth; a refused switch goes back.
        input.set_checked(is_on.get_untracked());
    };
    view! {
        <label class="switch">
            <span>{label}</span>
            <input type="checkbox" role="switch" prop:checked=is_on aria-describedby=described_by
                disabled=move || refusal.with(Option::is_some) on:change=change/>
        </label>
        {move || line().map(|line| view! { <p class="help" id=help_id.clone()>{line}</p> })}
        <NoticeLine control id=fault_id/>
    }
}

#[component]
fn StartEmpty() -> impl IntoView {
    let composer = use_composer();
    let is_on = derived(|_, settings| settings.starts_empty);
    let flip = Callback::new(move |on| {
        composer.act(Control::StartEmpty, &Action::StartEmpty { on });
    });
    view! { <Switch control=Control::StartEmpty id="start-empty" label="Start with empty caches" is_on flip/> }
}

#[component]
fn Dynamic() -> impl IntoView {
    let (composer, walk) = (use_composer(), use_walk());
    let path = composer.path();
    let is_on =
        derived(move |scenario, settings| path.with(|path| settings.is_dynamic(scenario, path)));
    let help = derived(move |scenario, settings| {
        path.with(|path| dynamic_reason(scenario, settings, path))
    });
    let flip = Callback::new(move |on| {
        let pattern = untrack(|| {
            walk.with_run(|run| path.with(|path| pattern_of(&run.walk().scenario, path)))
        });
        if let Some(pattern) = pattern {
            composer.act(Control::Dynamic, &Action::SetDynamic { pattern, on });
        }
    });
    view! { <Switch control=Control::Dynamic id="dynamic" label="Dynamic request" is_on help flip/> }
}

#[component]
fn ProxyMethod() -> impl IntoView {
    let composer = use_composer();
    let method = composer.method();
    let is_on = Signal::derive(move || is_proxy_method(method.get()));
    let flip = Callback::new(move |on| {
        composer.choose_method(Control::ProxyMethod, if on { Method::Post } else { Method::Get });
    });
    view! { <Switch control=Control::ProxyMethod id="proxy-method" label="Proxy method" is_on flip/> }
}

#[component]
fn SameRegion() -> impl IntoView {
    let composer = use_composer();
    let path = composer.path();
    let is_on = derived(|_, settings| settings.same_region);
    let other_origin =
        derived(move |scenario, _| path.with(|path| same_region_refusal(scenario, path)));
    // What is on can always be switched off.
    let refusal = Signal::derive(move || other_origin.get().filter(|_| !is_on.get()));
    let place = derived(|_, settings| bucket_place(settings));
    let help = Signal::derive(move || {
        let lines: Vec<String> = [place.get(), other_origin.get()].into_iter().flatten().collect();
        (is_on.get() && !lines.is_empty()).then(|| lines.join(" "))
    });
    let flip = Callback::new(move |on| {
        if let Some(city) = composer.known_city() {
            composer.act(Control::SameRegion, &Action::SetSameRegion { on, city });
        }
    });
    view! {
        <Switch control=Control::SameRegion id="same-region" label="S3 in the same Region" is_on refusal help flip/>
    }
}
