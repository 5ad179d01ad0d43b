//! The form "Request".

use leptos::prelude::*;

use super::form::{Form, FormField};
use super::method::MethodField;
use super::parts::{FaultLine, Fold, NoticeLine, TextInput, TextLines, fault_id};
use super::paste::PasteFold;
use super::state::{Control, use_composer};
use crate::app::commands::use_commands;
use crate::app::icon::Icon;
use crate::app::state::use_walk;
use crate::network::{City, Region};
use crate::simulation::Action;

/// The form: from where, what and how, and the button that sends it.
#[component]
pub(super) fn RequestForm() -> impl IntoView {
    let composer = use_composer();
    let form = composer.form();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        composer.send();
    };
    view! {
        <form class="request" aria-label="Request" novalidate=true on:submit=submit>
            <CityField/>
            <RegionField/>
            <MethodField/>
            <PathField/>
            <div class="folds">
                <Fold title="Query string" value=Signal::derive(move || form.with(Form::query_summary))>
                    <label class="vh" for=FormField::Query.id()>"Query string"</label>
                    <TextInput field=FormField::Query/>
                    <FieldFault field=FormField::Query/>
                </Fold>
                <Fold title="Headers" value=Signal::derive(move || form.with(Form::headers_summary))>
                    <label class="vh" for=FormField::Headers.id()>"Headers"</label>
                    <TextLines field=FormField::Headers rows="3" help="headers-help"/>
                    <p class="help" id="headers-help">"One field per line, name: value"</p>
                    <FieldFault field=FormField::Headers/>
                </Fold>
                <Fold title="Cookies" value=Signal::derive(move || form.with(Form::cookies_summary))>
                    <label class="vh" for=FormField::Cookies.id()>"Cookies"</label>
                    <TextInput field=FormField::Cookies/>
                    <FieldFault field=FormField::Cookies/>
                </Fold>
                <PasteFold/>
            </div>
            <SendRow/>
        </form>
    }
}

#[component]
fn FieldFault(
    /// Under which field.
    field: FormField,
) -> impl IntoView {
    view! { <FaultLine id=fault_id(field.id()) fault=use_composer().fault(field)/> }
}

#[component]
fn CityField() -> impl IntoView {
    let composer = use_composer();
    // A name that is understood becomes the full label, so that one sees which city it was taken for.
    let complete = move |_| {
        if let Some(city) = composer.city().get_untracked() {
            composer.edit(FormField::City, city.label().to_owned());
        }
    };
    view! {
        <div class="field" on:change=complete>
            <label for=FormField::City.id()>"Viewer city"</label>
            <div class="pick"><TextInput field=FormField::City list="cities"/><Icon name="i-down"/></div>
            <datalist id="cities">
                {City::all().map(|city| view! { <option value=city.label()></option> }).collect_view()}
            </datalist>
            <FieldFault field=FormField::City/>
        </div>
    }
}

#[component]
fn RegionField() -> impl IntoView {
    let composer = use_composer();
    let scene = use_walk().scene();
    let chosen = Memo::new(move |_| scene.with(|scene| scene.settings.origin_region));
    let choose = move |event: leptos::ev::Event| {
        // The list offers Regions only.
        let Ok(region) = Region::find(&event_target_value(&event)) else { return };
        composer.act(Control::OriginRegion, &Action::SetOriginRegion { region });
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(chosen.get_untracked().code());
    };
    let option = move |region: Region| {
        let label = format!("{}, {}", region.code(), region.short_name());
        view! { <option value=region.code() prop:selected=move || chosen.get() == region>{label}</option> }
    };
    view! {
        <div class="field">
            <label for="origin-region">"Origin Region"</label>
            <div class="pick">
                <select class="in" id="origin-region" on:change=choose>{Region::all().map(option).collect_view()}</select>
                <Icon name="i-down"/>
            </div>
            <NoticeLine control=Control::OriginRegion/>
        </div>
    }
}

/// One path of each sort: kept long, kept long, kept for minutes, never kept.
const PRESETS: [&str; 4] = ["/img/hero.jpg", "/app.js", "/index.html", "/api/orders"];

#[component]
fn PathField() -> impl IntoView {
    let composer = use_composer();
    let walk = use_walk();
    let paths: Vec<String> = untrack(|| {
        walk.with_run(|run| {
            run.walk().scenario.site.iter().map(|object| object.path.clone()).collect()
        })
    });
    let preset = move |path: &'static str| {
        view! {
            <button type="button" on:click=move |_| { composer.edit(FormField::Path, path.to_owned()); }>{path}</button>
        }
    };
    view! {
        <div class="field">
            <label for=FormField::Path.id()>"URL path"</label>
            <div class="pick"><TextInput field=FormField::Path list="paths"/><Icon name="i-down"/></div>
            <datalist id="paths">
                {paths.into_iter().map(|path| view! { <option value=path></option> }).collect_view()}
            </datalist>
            <FieldFault field=FormField::Path/>
            <div class="presets">{PRESETS.map(preset).collect_view()}</div>
        </div>
    }
}

#[component]
fn SendRow() -> impl IntoView {
    let commands = use_commands();
    let (can_undo, can_redo) = (commands.can_undo(), commands.can_redo());
    let undo_title = move || if can_undo.get() { "Undo (Z)" } else { "Nothing to undo" };
    let redo_title = move || if can_redo.get() { "Redo (Shift+Z)" } else { "Nothing to redo" };
    view! {
        <div class="send">
            <button class="btn prime" type="submit">"Send request "<kbd aria-hidden="true">"Enter"</kbd></button>
            <button class="tool" type="button" aria-label="Undo" title=undo_title
                disabled=move || !can_undo.get() on:click=move |_| commands.undo()><Icon name="i-undo"/></button>
            <button class="tool" type="button" aria-label="Redo" title=redo_title
                disabled=move || !can_redo.get() on:click=move |_| commands.redo()><Icon name="i-redo"/></button>
        </div>
        <NoticeLine control=Control::Send/>
    }
}
