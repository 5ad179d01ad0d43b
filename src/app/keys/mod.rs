//! The keys of the page: one listener, and the list of them.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

mod binding;
use binding::{Focus, KeyAction, Press, action};

mod help;
pub use help::{KeysHelp, use_keys_help};

use super::commands::use_commands;
use super::composer::use_composer;
use super::dom;
use super::lessons::use_lessons;
use super::pages::Page;
use super::prefs::use_preferences;
use super::state::use_walk;

/// Listens for keys as long as the component that calls it is there.
pub fn provide_keys() {
    let help = help::provide_keys_help();
    let (walk, commands) = (use_walk(), use_commands());
    let (composer, preferences) = (use_composer(), use_preferences());
    let lessons = use_lessons();
    let sees_walk = move || untrack(|| Page::of(lessons.view()) == Page::Walk);
    let perform = move |action: KeyAction| match action {
        KeyAction::Run(command) => commands.run(command),
        KeyAction::PlayOrPause => commands.play_or_pause(),
        KeyAction::Send => {
            commands.send();
        }
        KeyAction::Theme => preferences.change_theme(),
        KeyAction::Blank => preferences.toggle_blank(),
        KeyAction::FullScreen => dom::toggle_full_screen(),
        KeyAction::Presenter => preferences.toggle_presenting(),
        KeyAction::LeavePresenter => preferences.stop_presenting(),
        KeyAction::Undo => walk.undo(),
        KeyAction::Redo => walk.redo(),
        KeyAction::Invalidate => composer.invalidate(),
        KeyAction::Help => help.open(),
    };
    // Untyped: when a proposal of a list is chosen, Chromium sends a plain event of this name, without a key.
    let listener = window_event_listener_untyped("keydown", move |event: web_sys::Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let key = event.key();
        let press = Press {
            key: &key,
            with_shift: event.shift_key(),
            with_other: event.ctrl_key() || event.alt_key() || event.meta_key(),
            is_repeat: event.repeat(),
        };
        // On a black screen each key but the one that made it shows the page again, and does no more.
        if key != "." && preferences.end_blank() {
            event.prevent_default();
            return;
        }
        let has_letters = untrack(|| preferences.has_letter_keys());
        let action = action(press, focus_of(event), has_letters);
        if let Some(action) = action.filter(|action| action.is_everywhere() || sees_walk()) {
            event.prevent_default();
            perform(action);
        }
    });
    on_cleanup(move || listener.remove());
}

/// What the event's element does with keys by itself.
fn focus_of(event: &ev::KeyboardEvent) -> Focus {
    if document().query_selector("dialog[open]").ok().flatten().is_some() {
        return Focus::Dialog;
    }
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return Focus::Page;
    };
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => Focus::Text,
        "INPUT" => match element.get_attribute("type").as_deref() {
            Some("radio" | "range") => Focus::Choice,
            Some("checkbox") => Focus::Button,
            _ => Focus::Text,
        },
        "BUTTON" | "SUMMARY" | "A" => Focus::Button,
        _ => Focus::Page,
    }
}
