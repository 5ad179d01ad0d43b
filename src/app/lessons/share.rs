//! "Copy link to this step".

use std::sync::Arc;

use leptos::__reexports::wasm_bindgen_futures::{JsFuture, spawn_local};
use leptos::prelude::*;

use super::message::Message;
use super::state::{LessonsState, use_lessons};
use crate::app::icon::Icon;
use crate::app::live::heard;
use crate::scene::units;

/// The button in the top bar.
#[component]
pub fn ShareButton() -> impl IntoView {
    let lessons = use_lessons();
    view! {
        <button class="tool" type="button" aria-label="Copy link to this step" title="Copy link to this step"
            on:click=heard(move |_| copy(lessons))><Icon name="i-share"/></button>
    }
}

/// Puts the link into the clipboard, or says why it does not.
fn copy(lessons: LessonsState) {
    let (fragment, most) = match lessons.link() {
        Ok(link) => (link.write(), link.most_chars()),
        Err(error) => return lessons.complain("There is no link to this walk", &error),
    };
    if fragment.len() > most {
        let (given, most) = (fragment.len() as u64, most as u64);
        let text = format!(
            "This link would have {} characters. Chats and mails break links of more than {}: pass on a file instead.",
            units::grouped(given),
            units::grouped(most)
        );
        return lessons.message().set(Some(Message::offering_file(text)));
    }
    let link = if fragment.is_empty() { page() } else { format!("{}#{fragment}", page()) };
    let holds = secrets_in(lessons);
    let by_hand = move |link: String| {
        let text =
            format!("This browser keeps the clipboard to itself.{holds} Copy the link from here:");
        lessons.message().set(Some(Message::offering(text, link)));
    };
    let clipboard = window().navigator().clipboard();
    // A page that was loaded without TLS has none.
    if AsRef::<wasm_bindgen::JsValue>::as_ref(&clipboard).is_undefined() {
        return by_hand(link);
    }
    let copying = JsFuture::from(clipboard.write_text(&link));
    spawn_local(async move {
        match copying.await {
            Ok(_) => lessons.say(format!("The link to this step is in the clipboard.{holds}")),
            Err(_) => by_hand(link),
        }
    });
}

/// What whoever gets this walk can read in it, where origins are sent fields of the distribution's own, as a secret is.
pub(super) fn secrets_in(lessons: LessonsState) -> &'static str {
    let configuration = untrack(|| Arc::clone(&lessons.walk().scene().settings.configuration));
    let origins = &configuration.distribution().origins;
    if origins.iter().all(|origin| origin.custom_headers.is_empty()) {
        return "";
    }
    " It holds the custom headers of the origins as they are: replace a secret before you pass it on."
}

/// The page's address without a fragment.
fn page() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}
