//! The walks that the page brings along, what is told of them, and how a walk leaves the page and comes back.

use leptos::prelude::*;

mod message;

mod messages;
pub use messages::Messages;

mod state;
pub use state::{LessonsState, use_lessons};

mod form;
pub(crate) use form::filled;

mod picker;
pub use picker::{Picker, PickerButton, WalkList};

mod tale;
pub use tale::Tale;

mod share;
pub use share::ShareButton;

mod files;
pub(crate) use files::{download, save_as};

mod address;

mod about;
pub use about::About;

/// Puts the lessons' state into context, after the walk and the composer, opens what the address says, and lets the address
/// follow.
pub fn provide_lessons() {
    let lessons = state::provide_lessons();
    address::follow(lessons);
    files::take_dropped(lessons);
}

/// The dialogs and the messages, which lie over the page.
#[component]
pub fn Lessons() -> impl IntoView {
    view! { <Picker/> <About/> <Messages/> }
}
