//! The form "Request".

use leptos::prelude::*;

use super::form::{Form, FormField};
use super::method::MethodField;
use super::model::Control;
use super::parts::{FaultLine, Fold, NoticeLine, TextInput, TextLines};
use super::signing;
use super::state::use_composer;
use crate::app::choices::{Segment, segments};
use crate::app::dom;
use crate::app::icon::Icon;
use crate::app::live::{Kept, heard, live, piece, text};
use crate::app::pages::{Unsaved, use_unsaved};
use crate::app::prefs::use_preferences;
use crate::app::state::use_walk;
use crate::http::Scheme;
use crate::network::{City, Region};

/// The form: from where, what and how, and the button that sends it.
#[component]
pub(super) fn RequestForm() -> impl IntoView {
    let composer = use_composer();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let was_open = composer.read_untracked(|model| model.is_open);
        // What is walked is stepped through by keys, which a field would take for itself.
        if composer.send() && !was_open && dom::has_focus_within("composer") {
            dom::focus("inspector");
        }
    };
    let summary =
        move |of: fn(&Form) -> String| text(move || composer.read(|model| of(&model.form)));
    view! {
        <form class="request" aria-label="Request" novalidate=true on:submit=heard(submit)>
            <CityField/>
            <RegionField/>
            <MethodField/>
            <PathField/>
            <div class="folds">
                <Fold title="Protocol" value=summary(Form::scheme_summary)>{scheme()}</Fold>
                <Fold title="Query string" value=summary(Form::query_summary)>
                    <label class="vh" for=FormField::Query.id()>"Query string"</label>
                    <TextInput field=FormField::Query/>
                    <FaultLine field=FormField::Query/>
                </Fold>
                <Fold title="Headers" value=summary(Form::headers_summary)>
                    <label class="vh" for=FormField::Headers.id()>"Headers"</label>
                    <TextLines field=FormField::Headers rows="3" help="headers-help"/>
                    <p class="help" id="headers-help">"One field per line, name: value"</p>
                    <FaultLine field=FormField::Headers/>
                </Fold>
                <Fold title="Cookies" value=summary(Form::cookies_summary)>
                    <label class="vh" for=FormField::Cookies.id()>"Cookies"</label>
                    <TextInput field=FormField::Cookies/>
                    <FaultLine field=FormField::Cookies/>
                </Fold>
                {signing::view()}
            </div>
            <SendRow/>
        </form>
    }
}

/// Whether the request goes over TLS.
fn scheme() -> AnyView {
    let composer = use_composer();
    let segment = |name: &'static str, scheme: Scheme| {
        let choose = move || composer.update(|model| model.form.scheme = scheme);
        Segment::new(name, move || composer.read(|model| model.form.scheme == scheme), choose)
    };
    view! {
        {segments("The viewer asks by", [segment("https", Scheme::Https), segment("http", Scheme::Http)])}
        <p class="help">"http goes without TLS, and the behavior's viewer protocol policy decides: it is let in, redirected or refused."</p>
    }
    .into_any()
}

#[component]
fn CityField() -> impl IntoView {
    let composer = use_composer();
    // A name that is understood becomes the full label, so that one sees which city it was taken for.
    let complete = move |_| {
        if let Some(city) = untrack(|| composer.city()) {
            composer.move_viewer(city);
        }
    };
    view! {
        <div class="field" on:change=heard(complete)>
            <label for=FormField::City.id()>"Viewer city"</label>
            <div class="pick"><TextInput field=FormField::City list="cities"/><Icon name="i-down"/></div>
            <datalist id="cities">{City::all().map(|city| proposal(city.label().to_owned())).collect_view()}</datalist>
            <FaultLine field=FormField::City/>
        </div>
    }
}

/// One line of the list that an input proposes.
fn proposal(value: String) -> AnyView {
    view! { <option value=value></option> }.into_any()
}

#[component]
fn RegionField() -> impl IntoView {
    let composer = use_composer();
    let chosen = move || composer.settings().region_of_origins();
    let differs = move || composer.settings().has_origins_apart();
    let choose = move |event: leptos::ev::Event| {
        // The list offers Regions only.
        let Ok(region) = Region::find(&event_target_value(&event)) else { return };
        composer.move_origin(region);
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(untrack(chosen).code());
    };
    let option = move |region: Region| {
        let label = format!("{}, {}", region.code(), region.short_name());
        let is_it = move || chosen() == region && !differs();
        view! { <option value=region.code() prop:selected=live(is_it)>{label}</option> }
    };
    let each = view! { <option value="" disabled=true hidden=live(move || !differs()) prop:selected=live(differs)>"each origin its own"</option> };
    view! {
        <div class="field">
            <label for="origin-region">"Origin Region"</label>
            <div class="pick">
                <select class="in" id="origin-region" on:change=heard(choose)>{each}{Region::all().map(option).collect_view()}</select>
                <Icon name="i-down"/>
            </div>
            <NoticeLine control=Control::OriginRegion/>
        </div>
    }
}

/// One path of each sort: kept long, kept long, kept for minutes, never kept.
const PRESETS: [&str; 4] = ["/img/hero.jpg", "/app.js", "/index.html", "/api/orders"];

/// The paths that are proposed: of another site than the built-in one some of its own.
fn presets(paths: &[String]) -> Vec<String> {
    let is_built_in = PRESETS[..3].iter().all(|preset| paths.iter().any(|path| path == preset));
    if is_built_in {
        return PRESETS.map(str::to_owned).into();
    }
    paths.iter().take(PRESETS.len()).cloned().collect()
}

#[component]
fn PathField() -> impl IntoView {
    let composer = use_composer();
    let walk = use_walk();
    let paths = Kept::new(move || {
        walk.with_run(|run| {
            let objects = run.world().site().iter();
            objects.map(|object| object.path.clone()).collect::<Vec<_>>()
        })
    });
    let preset = move |path: String| {
        let own = path.clone();
        view! {
            <button type="button" on:click=heard(move |_| { composer.edit(FormField::Path, own.clone()); })>{path}</button>
        }
    };
    let proposed = move || {
        paths.with(|paths| Some(paths.iter().cloned().map(proposal).collect_view().into_any()))
    };
    let presets = move || {
        paths.with(|paths| Some(presets(paths).into_iter().map(preset).collect_view().into_any()))
    };
    view! {
        <div class="field">
            <label for=FormField::Path.id()>"URL path"</label>
            <div class="pick"><TextInput field=FormField::Path list="paths"/><Icon name="i-down"/></div>
            <datalist id="paths">{piece(proposed)}</datalist>
            <FaultLine field=FormField::Path/>
            <div class="presets">{piece(presets)}</div>
        </div>
    }
}

#[component]
fn SendRow() -> impl IntoView {
    let (walk, unsaved) = (use_walk(), use_unsaved());
    let preferences = use_preferences();
    let undo_title = move || {
        if walk.can_undo() {
            preferences.with_key("Undo", "Z")
        } else {
            "Nothing to undo".to_owned()
        }
    };
    let redo_title = move || {
        if walk.can_redo() {
            preferences.with_key("Redo", "Shift+Z")
        } else {
            "Nothing to redo".to_owned()
        }
    };
    view! {
        <div class="send">
            <button class="btn prime" type="submit">"Send request "<kbd aria-hidden="true">"Enter"</kbd></button>
            <button class="tool" type="button" aria-label="Undo" title=live(undo_title)
                aria-disabled=live(move || (!walk.can_undo()).then_some("true")) on:click=heard(move |_| walk.undo())><Icon name="i-undo"/></button>
            <button class="tool" type="button" aria-label="Redo" title=live(redo_title)
                aria-disabled=live(move || (!walk.can_redo()).then_some("true")) on:click=heard(move |_| walk.redo())><Icon name="i-redo"/></button>
        </div>
        <NoticeLine control=Control::Send/>
        <p class="help" hidden=live(move || !unsaved.0.get())>{Unsaved::SAYS}</p>
    }
}
