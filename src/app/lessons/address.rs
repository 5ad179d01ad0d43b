//! The address follows the walk: each step replaces it; a walk that is opened, and another page beside it, get an entry of their
//! own in the history. Back to an entry of the same walk changes the page alone: what was done meanwhile stays.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::message::Message;
use super::state::LessonsState;
use crate::app::pages::Page;
use crate::simulation::View;

/// How long the walk stands still before the address follows: a browser takes only so many a minute.
const SETTLES_MS: u32 = 300;

/// Longer than this the address would be a burden to the browser, of which each takes some hundreds of thousands; it then says
/// nothing of the walk.
const LONGEST_CHARS: usize = 200_000;

/// What is said then.
const NOT_IN_ADDRESS: &str = "This walk has become too long for the address of this page: loaded anew, it would be gone. Save it as a file to keep it.";

/// The entry of the history that is shown.
#[derive(Clone, Copy)]
struct Entry {
    /// Its walk, by a number that grows from entry to entry, which each of them keeps.
    walk: u32,
    /// The largest such number that was given.
    last: u32,
    /// How many walks have been opened by now.
    opened: u32,
    page: Page,
}

/// Opens what the address says, and lets it follow.
pub(super) fn follow(lessons: LessonsState) {
    let said = fragment();
    if !said.is_empty() {
        lessons.open_link(&said);
    }
    let page = Page::of(View::of_link(&said));
    // A page that is loaded anew goes on from the number of its entry: those behind it have smaller ones.
    let walk = kept_walk().unwrap_or_default();
    let entry = StoredValue::new(Entry { walk, last: walk, opened: 0, page });
    put(How::Replace, walk, &said);
    let settles = StoredValue::new_local(None::<Timeout>);
    let is_told = StoredValue::new(false);
    // A walk that only the page holds is not to be lost by a slip.
    let leaves = window_event_listener(leptos::ev::beforeunload, move |event| {
        if untrack(|| current(lessons)).is_none() {
            event.prevent_default();
        }
    });
    let write_soon = move || {
        let write = move || write(lessons, is_told, How::Replace, entry.get_value().walk);
        settles.set_value(Some(Timeout::new(SETTLES_MS, write)));
    };
    Effect::new(move |before: Option<()>| {
        let (opened, page) = (lessons.opened().get(), Page::of(lessons.view()));
        let walk = lessons.walk();
        let _ = (walk.with_run(crate::simulation::Run::revision), walk.playhead(), lessons.view());
        // At first the address says what was just read from it.
        if before.is_none() {
            return;
        }
        let was = entry.get_value();
        if was.opened == opened && was.page == page {
            return write_soon();
        }
        let (walk, last) =
            if was.opened == opened { (was.walk, was.last) } else { (was.last + 1, was.last + 1) };
        settles.set_value(None);
        entry.set_value(Entry { walk, last, opened, page });
        write(lessons, is_told, How::Push, walk);
    });
    // Fires for back and forward, and for a fragment that somebody types.
    let moved = window_event_listener(leptos::ev::popstate, move |_| {
        let said = fragment();
        let view = View::of_link(&said);
        let was = entry.get_value();
        // What somebody has typed has no number yet.
        let walk = kept_walk().unwrap_or_else(|| {
            put(How::Replace, was.last + 1, &said);
            was.last + 1
        });
        let last = was.last.max(walk);
        entry.set_value(Entry { walk, last, page: Page::of(view), ..was });
        if walk == was.walk {
            lessons.show(view);
        } else {
            lessons.open_link(&said);
        }
        // What is refused is not to stay in the address of another walk.
        write_soon();
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

/// Whether the history gets another entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Push,
    Replace,
}

/// Lets the address say what it should. That a walk does not fit any more is told once.
fn write(lessons: LessonsState, is_told: StoredValue<bool>, how: How, walk: u32) {
    let said = current(lessons);
    let was_told = is_told.try_update_value(|is| std::mem::replace(is, said.is_none()));
    if said.is_none() && was_told == Some(false) {
        lessons.message().set(Some(Message::offering_file(NOT_IN_ADDRESS.to_owned())));
    }
    let said = said.unwrap_or_default();
    if said != fragment() {
        put(how, walk, &said);
    }
}

/// Puts a fragment into the address, and into its entry which walk it is of.
fn put(how: How, walk: u32, said: &str) {
    let location = window().location();
    let plain = || location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let address = if said.is_empty() { plain() } else { format!("#{said}") };
    let Ok(history) = window().history() else { return };
    // A browser that has had enough for the moment refuses; the next step tries again.
    let _ = match how {
        How::Push => history.push_state_with_url(&walk.into(), "", Some(&address)),
        How::Replace => history.replace_state_with_url(&walk.into(), "", Some(&address)),
    };
}

/// Which walk the entry in view is of; none where somebody has typed its fragment.
fn kept_walk() -> Option<u32> {
    let kept = window().history().ok()?.state().ok()?.as_f64()?;
    Some(kept as u32)
}
