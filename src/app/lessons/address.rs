//! The address follows the walk: each step replaces it, a walk that is opened gets an entry of its own in the history.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::message::Message;
use super::state::LessonsState;

/// How long the walk stands still before the address follows: a browser takes only so many a minute.
const SETTLES_MS: u32 = 300;

/// Longer than this the address would be a burden to the browser, of which each takes some hundreds of thousands; it then says
/// nothing of the walk.
const LONGEST_CHARS: usize = 200_000;

/// What is said then.
const NOT_IN_ADDRESS: &str = "This walk has become too long for the address of this page: loaded anew, it would be gone. Save it as a file to keep it.";

/// Opens what the address says, and lets it follow.
pub(super) fn follow(lessons: LessonsState) {
    let said = fragment();
    if !said.is_empty() {
        lessons.open_link(&said);
    }
    let settles = StoredValue::new_local(None::<Timeout>);
    let is_told = StoredValue::new(false);
    // A walk that only the page holds is not to be lost by a slip.
    let leaves = window_event_listener(leptos::ev::beforeunload, move |event| {
        if untrack(|| current(lessons)).is_none() {
            event.prevent_default();
        }
    });
    Effect::new(move |before: Option<u32>| {
        let opened = lessons.opened().get();
        let walk = lessons.walk();
        let _ = (walk.with_run(crate::simulation::Run::revision), walk.playhead(), lessons.view());
        match before {
            // What the address says is what was just read from it.
            None => {}
            Some(before) if before != opened => {
                settles.set_value(None);
                write(lessons, is_told, true);
            }
            Some(_) => {
                settles.set_value(Some(Timeout::new(SETTLES_MS, move || {
                    write(lessons, is_told, false);
                })));
            }
        }
        opened
    });
    // Fires for back and forward, and for a fragment that somebody types.
    let moved = window_event_listener(leptos::ev::popstate, move |_| {
        settles.set_value(None);
        let said = fragment();
        if said != current(lessons).unwrap_or_default() {
            lessons.open_link(&said);
        }
    });
    on_cleanup(move || {
        moved.remove();
        leaves.remove();
    });
}

/// The fragment of the address, without `#`.
fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// What the address should say; none of a walk that does not fit into it.
fn current(lessons: LessonsState) -> Option<String> {
    let link = lessons.link().map(|link| link.write()).unwrap_or_default();
    (link.len() <= LONGEST_CHARS).then_some(link)
}

/// Lets the address say what it should. That a walk does not fit any more is told once.
fn write(lessons: LessonsState, is_told: StoredValue<bool>, is_new: bool) {
    let said = current(lessons);
    let was_told = is_told.try_update_value(|is| std::mem::replace(is, said.is_none()));
    if said.is_none() && was_told == Some(false) {
        lessons.message().set(Some(Message::offering_file(NOT_IN_ADDRESS.to_owned())));
    }
    let said = said.unwrap_or_default();
    if said == fragment() {
        return;
    }
    let location = window().location();
    let plain = || location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let address = if said.is_empty() { plain() } else { format!("#{said}") };
    let Ok(history) = window().history() else { return };
    // A browser that has had enough for the moment refuses; the next step tries again.
    let _ = if is_new {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}
