//! What is not needed at first: the console and the logs. In the page as it is served their code is a module of its own
//! (`xtask/src/parts.rs` takes it out), which is fetched once it is asked for; built without the feature `parted`, all is one.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::__reexports::wasm_bindgen_futures::spawn_local;
use leptos::prelude::*;

use super::console::{Console, provide_console};
use super::live::{heard, piece};
use super::logs::{Logs, provide_logs};
use super::pages::Page;

/// Where what the second module brings along is kept: it outlives the pages.
#[derive(Clone)]
struct Home {
    owner: Owner,
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

/// Makes room for what comes later, beside the other states.
pub(crate) fn provide_later() {
    let owner = Owner::current().expect("the page has one");
    provide_context(Home { owner, module: RwSignal::new(Module::Away) });
}

/// A page whose code may have to be fetched first.
pub(crate) fn view(page: Page) -> AnyView {
    let home: Home = expect_context();
    ask(home.module);
    piece(move || {
        Some(match home.module.get() {
            Module::Away | Module::Asked => waiting(),
            Module::Missing => missing(home.module),
            Module::Here => at_once(parts::page(page, &home.owner))?,
        })
    })
}

/// Fetches the second module, as long as it is not here or under way.
fn ask(module: RwSignal<Module>) {
    if matches!(module.get_untracked(), Module::Here | Module::Asked) {
        return;
    }
    module.set(Module::Asked);
    spawn_local(async move {
        module.set(if parts::fetch().await { Module::Here } else { Module::Missing });
    });
}

/// Fetches it before it is needed: a pointer or the focus is on what opens it.
pub(crate) fn foresee() {
    let home: Home = expect_context();
    ask(home.module);
}

/// What stands in the place of a page that is on its way.
fn waiting() -> AnyView {
    view! { <main class="later"><p role="status">"Loading…"</p></main> }.into_any()
}

/// What stands in the place of a page that did not come.
fn missing(module: RwSignal<Module>) -> AnyView {
    view! {
        <main class="later">
            <p role="alert">"This page could not be fetched. Is the server that Edgewalk came from still there?"</p>
            <button class="btn" type="button" on:click=heard(move |_| ask(module))>"Try again"</button>
        </main>
    }
    .into_any()
}

/// What a future has that need not wait: so it is drawn in the place, and under the owner, of whoever asks.
fn at_once<T>(future: impl Future<Output = Option<T>>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(drawn) => drawn,
        Poll::Pending => None,
    }
}

/// All that only the second module needs begins here.
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

    use super::{AnyView, Owner, Page, drawn};

    pub(super) fn fetch() -> Ready<bool> {
        ready(true)
    }

    pub(super) fn page(page: Page, home: &Owner) -> Ready<Option<AnyView>> {
        ready(drawn(page, home))
    }
}

/// The border between the modules, which the macro crosses by calls of C.
#[cfg(feature = "parted")]
#[allow(clippy::unnecessary_wraps)] // what may be missing is the module, not the page
mod parts {
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    use super::{AnyView, Owner, Page, drawn};

    pub(super) async fn fetch() -> bool {
        load().await.is_ok()
    }

    pub(super) async fn page(page: Page, home: &Owner) -> Option<AnyView> {
        in_module(page, home.clone()).await.ok().flatten()
    }

    #[wasm_split(later, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)]
    fn in_module(page: Page, home: Owner) -> Result<Option<AnyView>, SplitLoaderError> {
        Ok(drawn(page, &home))
    }
}
