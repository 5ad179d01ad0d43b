//! The list of keys, a dialog, with the switch for single letters.

use leptos::prelude::*;

use crate::app::live::{heard, live, piece};
use crate::app::prefs::use_preferences;
use crate::app::sheet::Sheet;

/// The list of keys.
#[derive(Clone, Copy)]
pub struct KeysHelpState(Sheet);

pub(super) fn provide_keys_help() -> KeysHelpState {
    let state = KeysHelpState(Sheet::default());
    provide_context(state);
    state
}

/// The list of keys in context.
pub fn use_keys_help() -> KeysHelpState {
    expect_context()
}

impl KeysHelpState {
    /// Shows the list.
    pub fn open(self) {
        self.0.open();
    }
}

/// Keys that always work.
const KEYS: [(&[&str], &str); 8] = [
    (&["←", "→"], "Step back, step forward; while something moves, to its end"),
    (&["Page \u{2191}", "Page \u{2193}"], "The same, from a presenter's remote"),
    (&["Home", "End"], "First step, last step"),
    (&["Space"], "Play or pause"),
    (&["Enter"], "Send the request"),
    (&["Esc"], "Leave presenter mode"),
    (&["↑", "↓", "←", "→"], "On the map: the next place"),
    (&["Enter", "O"], "On the map: viewer there, origin there"),
];

/// Keys that can be switched off.
const LETTERS: [(&[&str], &str); 10] = [
    (&["N"], "Next miss, expiry, eviction, error or change"),
    (&["Shift", "N"], "The one before"),
    (&["P"], "Presenter mode"),
    (&["F"], "Full screen"),
    (&["."], "Presenter mode: black screen"),
    (&["D"], "Light, dark or projector theme"),
    (&["Z"], "Undo"),
    (&["Shift", "Z"], "Redo"),
    (&["I"], "Invalidate the path"),
    (&["?"], "This list"),
];

/// The dialog.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let (help, preferences) = (use_keys_help(), use_preferences());
    let switch =
        move |event: leptos::ev::Event| preferences.set_letter_keys(event_target_checked(&event));
    view! {
        <dialog class="keys-help" aria-labelledby="keys-title" node_ref=help.0.node()>
            {help.0.head("keys-title", "Keys")}
            <dl>
                {KEYS.map(line).collect_view()}
                {piece(move || preferences.has_letter_keys().then(|| LETTERS.map(line).collect_view().into_any()))}
            </dl>
            <label class="switch">
                <span>"Single-letter keys"</span>
                <input type="checkbox" role="switch" prop:checked=live(move || preferences.has_letter_keys()) on:change=heard(switch)/>
            </label>
        </dialog>
    }
}

fn line((keys, meaning): (&'static [&'static str], &'static str)) -> AnyView {
    let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
    view! { <div><dt>{keys}</dt><dd>{meaning}</dd></div> }.into_any()
}
