//! What is not needed at first: the console, the logs, and what reads configurations, files and curl commands. In the page as
//! it is served their code is a module of its own (`xtask/src/parts.rs` takes it out), which is fetched once it is asked for;
//! built without the feature `parted`, all is one.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::__reexports::wasm_bindgen_futures::spawn_local;
use leptos::prelude::*;

use super::console::{Console, provide_console};
use super::live::{heard, piece};
use super::logs::{Logs, provide_logs};
use super::pages::Page;
use crate::http::curl::{self, CurlError, Pasted};
use crate::simulation::{FormError, Link, WalkFile};

/// The second module, as far as it is known, and where what it brings along is kept: that outlives the pages.
#[derive(Clone, Copy)]
pub(crate) struct Later {
    home: StoredValue<Owner>,
    module: RwSignal<Module>,
}

/// What is known of the second module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Module {
    /// Nobody has asked for it.
    Away,
    /// It is on its way.
    Asked,
    /// It is here.
    Here,
    /// It could not be fetched.
    Missing,
}

/// What is said where it is needed and could not be fetched.
pub(crate) const NOT_FETCHED: &str =
    "a part of Edgewalk could not be fetched. Is the server that it came from still there?";

/// Makes room for what comes later, before whatever asks for it.
pub(crate) fn provide_later() {
    let owner = Owner::current().expect("the page has one");
    let later = Later { home: StoredValue::new(owner), module: RwSignal::new(Module::Away) };
    provide_context(later);
}

/// The second module in context.
pub(crate) fn use_later() -> Later {
    expect_context()
}

impl Later {
    /// A page whose code may have to be fetched first.
    pub(crate) fn page(self, page: Page) -> AnyView {
        self.once_here(|_| {});
        piece(move || {
            Some(match self.module.get() {
                Module::Away | Module::Asked => waiting(),
                Module::Missing => self.missing(),
                Module::Here => match at_once(Call::Page(page, self.home.get_value())) {
                    Some(Answer::Page(view)) => view?,
                    _ => return None,
                },
            })
        })
    }

    /// Fetches it before it is needed, as where the pointer or the focus is on what opens it.
    pub(crate) fn foresee(self) {
        if self.module.get_untracked() == Module::Away {
            self.once_here(|_| {});
        }
    }

    /// Reads a link that brings a configuration along; none where what reads it could not be fetched.
    pub(crate) fn read_link(
        self,
        text: String,
        then: impl FnOnce(Option<Result<Link, FormError>>) + 'static,
    ) {
        let link = |answer| if let Answer::Link(link) = answer { Some(link) } else { None };
        self.call(Call::Link(text), move |answer| then(answer.and_then(link)));
    }

    /// Reads a Walk file; none where what reads it could not be fetched.
    pub(crate) fn read_file(
        self,
        text: String,
        then: impl FnOnce(Option<Result<WalkFile, FormError>>) + 'static,
    ) {
        let file = |answer| if let Answer::File(file) = answer { Some(file) } else { None };
        self.call(Call::File(text), move |answer| then(answer.and_then(file)));
    }

    /// Reads a curl command; none where what reads it could not be fetched.
    pub(crate) fn read_curl(
        self,
        text: String,
        then: impl FnOnce(Option<Result<Pasted, CurlError>>) + 'static,
    ) {
        let curl = |answer| if let Answer::Curl(pasted) = answer { Some(*pasted) } else { None };
        self.call(Call::Curl(text), move |answer| then(answer.and_then(curl)));
    }

    fn call(self, call: Call, then: impl FnOnce(Option<Answer>) + 'static) {
        self.once_here(move |is_here| then(is_here.then(|| at_once(call)).flatten()));
    }

    /// Goes on once it is known whether it is here: at once, where it is.
    fn once_here(self, go_on: impl FnOnce(bool) + 'static) {
        if self.module.get_untracked() == Module::Here {
            return go_on(true);
        }
        self.is_now(Module::Asked);
        spawn_local(async move {
            let is_here = parts::fetch().await;
            self.is_now(if is_here { Module::Here } else { Module::Missing });
            go_on(is_here);
        });
    }

    /// Tells the pages only what they do not know: each draws anew what it is told.
    fn is_now(self, module: Module) {
        if self.module.get_untracked() != module {
            self.module.set(module);
        }
    }

    /// What stands in the place of a page that did not come.
    fn missing(self) -> AnyView {
        view! {
            <main class="later">
                <p role="alert">"This page could not be fetched. Is the server that Edgewalk came from still there?"</p>
                <button class="btn" type="button" on:click=heard(move |_| self.once_here(|_| {}))>"Try again"</button>
            </main>
        }
        .into_any()
    }
}

/// What the module gives, now that it is here: in the place, and under the owner, of whoever asks.
fn at_once(call: Call) -> Option<Answer> {
    match pin!(parts::call(call)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => None,
    }
}

/// What stands in the place of a page that is on its way.
fn waiting() -> AnyView {
    view! { <main class="later"><p role="status">"Loading…"</p></main> }.into_any()
}

/// What the second module is asked for.
enum Call {
    Page(Page, Owner),
    Link(String),
    File(String),
    Curl(String),
}

/// What it gives, each to its call.
enum Answer {
    Page(Option<AnyView>),
    Link(Result<Link, FormError>),
    File(Result<WalkFile, FormError>),
    Curl(Box<Result<Pasted, CurlError>>),
}

/// All that only the second module needs begins here.
fn answer(call: Call) -> Answer {
    match call {
        Call::Page(page, home) => Answer::Page(drawn(page, &home)),
        Call::Link(text) => Answer::Link(Link::read(&text)),
        Call::File(text) => Answer::File(WalkFile::read(&text)),
        Call::Curl(text) => Answer::Curl(Box::new(curl::read(&text))),
    }
}

fn drawn(page: Page, home: &Owner) -> Option<AnyView> {
    match page {
        Page::Walk => None,
        Page::Distribution => {
            home.with(provide_console);
            Some(view! { <Console/> }.into_any())
        }
        Page::Logs => {
            home.with(provide_logs);
            Some(view! { <Logs/> }.into_any())
        }
    }
}

#[cfg(not(feature = "parted"))]
mod parts {
    use std::future::{Ready, ready};

    use super::{Answer, Call, answer};

    pub(super) fn fetch() -> Ready<bool> {
        ready(true)
    }

    pub(super) fn call(call: Call) -> Ready<Option<Answer>> {
        ready(Some(answer(call)))
    }
}

/// The border between the modules, which the macro crosses by calls of C.
#[cfg(feature = "parted")]
#[allow(clippy::unnecessary_wraps)] // what may be missing is the module, not the answer
mod parts {
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    use super::{Answer, Call, answer};

    pub(super) async fn fetch() -> bool {
        load().await.is_ok()
    }

    pub(super) async fn call(call: Call) -> Option<Answer> {
        in_module(call).await.ok()
    }

    #[wasm_split(later, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)]
    fn in_module(call: Call) -> Result<Answer, SplitLoaderError> {
        Ok(answer(call))
    }
}
