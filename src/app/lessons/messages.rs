//! The line over the page in which something is said of a walk.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::files;
use super::message::{Kind, Message};
use super::state::use_lessons;
use crate::app::icon::Icon;
use crate::app::live::{heard, piece};

/// How long something is said that leaves by itself.
const STAYS_MS: u32 = 6_000;

/// The line. Its two live regions stand in the page from the start: what appears in them is read out.
#[component]
pub fn Messages() -> impl IntoView {
    let lessons = use_lessons();
    let leaves = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        let is_short = lessons
            .message()
            .with(|message| message.as_ref().is_some_and(|it| it.kind == Kind::Done));
        let leave = move || lessons.message().set(None);
        leaves.set_value(is_short.then(|| Timeout::new(STAYS_MS, leave)));
    });
    Effect::new(move |_| {
        let dropped = lessons.walk().dropped();
        if dropped > 0 {
            let steps = if dropped == 1 { "step is" } else { "steps are" };
            lessons.say(format!("{dropped} later {steps} dropped. Undo brings them back."));
        }
    });
    let shown = move |errors: bool| {
        piece(move || {
            let message = lessons.message().get()?;
            ((message.kind == Kind::Error) == errors).then(|| message_view(message))
        })
    };
    view! {
        <div class="messages">
            <div role="alert">{shown(true)}</div>
            <div role="status">{shown(false)}</div>
        </div>
    }
}

fn message_view(message: Message) -> AnyView {
    let lessons = use_lessons();
    let is_error = message.kind == Kind::Error;
    let more = match message.kind.clone() {
        Kind::Done | Kind::Error => None,
        Kind::OffersFile => Some(
            view! {
                <button class="btn" type="button" on:click=heard(move |_| files::save(lessons))>"Save this walk"</button>
            }
            .into_any(),
        ),
        Kind::Offers(copy) => Some(
            view! { <input class="in" readonly=true aria-label="Link to this step" prop:value=copy/> }.into_any(),
        ),
    };
    // Only what is done has a tick.
    let icon = match message.kind {
        Kind::Done => "i-check",
        Kind::Error => "m-error",
        Kind::OffersFile | Kind::Offers(_) => "i-share",
    };
    view! {
        <div class="message" data-outcome=is_error.then_some("error")>
            <Icon name=icon/>
            <p>{message.text}</p>
            {more}
            <button class="tool" type="button" aria-label="Close message" on:click=heard(move |_| lessons.message().set(None))>
                <Icon name="i-close"/>
            </button>
        </div>
    }
    .into_any()
}
