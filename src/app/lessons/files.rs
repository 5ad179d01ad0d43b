//! Walk files: saved, opened and dropped on the page.

use leptos::__reexports::wasm_bindgen_futures::{JsFuture, spawn_local};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlInputElement, Url};

use super::share::secrets_in;
use super::state::LessonsState;
use crate::simulation::WalkFile;

/// Saves the walk as it is, with its playhead.
pub(super) fn save(lessons: LessonsState) {
    let (steps, playhead) = untrack(|| (lessons.walk().steps(), lessons.walk().playhead()));
    let file = lessons.walk().with_run_untracked(|run| WalkFile::of(run, steps.at(playhead)));
    let file = match file {
        Ok(file) => file,
        Err(error) => return lessons.complain("This walk cannot be saved", &error),
    };
    let (name, text) = (name_for(&file.lesson.title), file.write());
    // What is saved can be opened again.
    if let Err(error) = WalkFile::check_size(text.len()) {
        return lessons.complain("This walk cannot be saved", &error);
    }
    if download(&name, &text).is_some() {
        lessons.say(format!("Saved as {name}.{}", secrets_in(lessons)));
    } else {
        lessons
            .complain("This walk cannot be saved", &"the browser does not let a page save files");
    }
}

/// `first-visit-a-miss-all-the-way.walk.json`
fn name_for(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars().take(80) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.walk.json", if name.is_empty() { "edgewalk" } else { name })
}

/// Hands a text to the browser as a file; nothing where it takes none.
pub(crate) fn download(name: &str, text: &str) -> Option<()> {
    let parts = JsValue::from(vec![JsValue::from_str(text)]);
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    save_as(name, &Blob::new_with_str_sequence_and_options(&parts, &options).ok()?)
}

/// Hands bytes to the browser as a file; nothing where it takes none.
pub(crate) fn save_as(name: &str, blob: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser reads it a moment later.
    let forget = move || drop(Url::revoke_object_url(&address));
    gloo_timers::callback::Timeout::new(10_000, forget).forget();
    Some(())
}

/// Opens the file that was chosen in an input, which then forgets it, so that it can be chosen again.
pub(super) fn open_chosen(lessons: LessonsState, event: &ev::Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    open_first(lessons, input.files());
    input.set_value("");
}

/// A file that is dropped anywhere on the page is opened: the browser would leave the page for it.
pub(super) fn take_dropped(lessons: LessonsState) {
    let over = window_event_listener(ev::dragover, |event| {
        if event.data_transfer().is_some_and(|data| data.files().is_some()) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        let Some(files) = event.data_transfer().and_then(|data| data.files()) else { return };
        if files.length() > 0 {
            event.prevent_default();
            open_first(lessons, Some(files));
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

fn open_first(lessons: LessonsState, files: Option<FileList>) {
    let Some(file): Option<File> = files.and_then(|files| files.get(0)) else { return };
    if let Err(error) = WalkFile::check_size(file.size() as usize) {
        return lessons.complain("This file cannot be opened", &error);
    }
    let reading = JsFuture::from(file.text());
    spawn_local(async move {
        match reading.await {
            Ok(text) => lessons.open_file(text.as_string().unwrap_or_default()),
            Err(_) => lessons.complain("This file cannot be opened", &"the browser cannot read it"),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_title() {
        let names = ["First visit: a miss all the way", "", "<b>\u{e4}</b>", "../../x", "CON"]
            .map(name_for);
        assert_eq!(
            names,
            ["first-visit-a-miss-all-the-way", "edgewalk", "b-b", "x", "con"]
                .map(|name| format!("{name}.walk.json"))
        );
        assert!(name_for(&"a".repeat(1_000)).len() < 100);
    }
}
