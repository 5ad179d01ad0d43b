//! The frame of the page: top bar, the one-line recap of small screens, and the parts.

use leptos::prelude::*;

use super::composer::{Composer, use_composer};
use super::dom;
use super::icon::Icon;
use super::inspector::Inspector;
use super::keys::{KeysHelp, use_keys_help};
use super::later::{Later, use_later};
use super::lessons::{Lessons, PickerButton, ShareButton, Tale, use_lessons};
use super::live::{Kept, heard, live, piece, text};
use super::pages::{Page, PageLinks};
use super::prefs::use_preferences;
use super::stage::Stage;
use super::timeline::Timeline;

/// The frame.
#[component]
pub fn Shell() -> impl IntoView {
    let lessons = use_lessons();
    let page = Kept::new(move || Page::of(lessons.view()));
    let later = use_later();
    view! {
        <div class="app" data-view=live(move || page.with(|page| page.token()))>
            <TopBar/>
            {piece(move || Some(page.with(|page| page_view(*page, later))))}
        </div>
        <KeysHelp/>
        <Lessons/>
    }
}

/// What fills the page below the bar.
fn page_view(page: Page, later: Later) -> AnyView {
    match page {
        Page::Walk => view! {
            <Recap/>
            <Composer/>
            <Stage/>
            <Inspector/>
            <Timeline/>
        }
        .into_any(),
        Page::Distribution | Page::Logs => later.page(page),
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let (preferences, help) = (use_preferences(), use_keys_help());
    let named =
        move |name: &'static str, key: &'static str| live(move || preferences.with_key(name, key));
    view! {
        <header class="top">
            <h1 class="word"><Icon name="w-mark"/>"Edgewalk"</h1>
            <PickerButton/>
            <Tale/>
            <PageLinks/>
            <div class="tools">
                <ShareButton/>
                <button class="tool" type="button" aria-label="Theme"
                    title=live(move || preferences.with_key(preferences.theme().name(), "D"))
                    on:click=heard(move |_| preferences.change_theme())><Icon name="i-theme"/></button>
                <button class="tool" type="button" aria-label="Presenter mode" title=named("Presenter mode", "P")
                    aria-pressed=live(move || preferences.is_presenting().to_string())
                    on:click=heard(move |_| preferences.toggle_presenting())><Icon name="i-present"/></button>
                <button class="tool full" type="button" aria-label="Full screen" title=named("Full screen", "F")
                    on:click=heard(|_| dom::toggle_full_screen())><Icon name="i-full"/></button>
                <button class="tool" type="button" aria-label="Keys" title=named("Keys", "?") aria-haspopup="dialog"
                    on:click=heard(move |_| help.open())><Icon name="i-keys"/></button>
            </div>
        </header>
    }
}

/// Only seen under 1100 px: shows the request in one line and opens the composer.
#[component]
fn Recap() -> impl IntoView {
    let composer = use_composer();
    let toggle = move |_| composer.update(|model| model.is_open = !model.is_open);
    let method = text(move || composer.method().as_str().to_owned());
    let recap = text(move || {
        let method = composer.method();
        composer.read(|model| model.form.recap(method))
    });
    view! {
        <button class="recap" id="recap" type="button" aria-controls="composer"
            aria-expanded=live(move || composer.is_open().to_string()) on:click=heard(toggle)>
            <span class="val"><b>{method}</b>" "{recap}</span>
            <span class="edit">"Edit request"<Icon name="i-down"/></span>
        </button>
    }
}
