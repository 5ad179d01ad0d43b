//! The pages of the app, and the links between them in the top bar.

use leptos::prelude::*;

use super::later::use_later;
use super::lessons::use_lessons;
use super::live::{heard, live};
use crate::simulation::View;

/// What fills the page below the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// The walk, step by step.
    Walk,
    /// The distribution in its console.
    Distribution,
    /// The access logs.
    Logs,
}

impl Page {
    const ALL: [Self; 3] = [Self::Walk, Self::Distribution, Self::Logs];

    /// The page on which something is shown: what CloudFront is lies over the walk.
    pub(crate) const fn of(view: View) -> Self {
        match view {
            View::Walk | View::About => Self::Walk,
            View::Distribution => Self::Distribution,
            View::Logs => Self::Logs,
        }
    }

    const fn view(self) -> View {
        match self {
            Self::Walk => View::Walk,
            Self::Distribution => View::Distribution,
            Self::Logs => View::Logs,
        }
    }

    /// Its name in the style sheets.
    pub(crate) const fn token(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Distribution => "distribution",
            Self::Logs => "logs",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Walk => "Walk",
            Self::Distribution => "Distribution",
            Self::Logs => "Logs",
        }
    }
}

/// Whether the console holds something that is not saved, which no walk goes by.
#[derive(Clone, Copy)]
pub(crate) struct Unsaved(pub(crate) RwSignal<bool>);

impl Unsaved {
    /// What is said of it beside the walk.
    pub(crate) const SAYS: &str =
        "What was edited in Distribution is not saved yet: the walk goes by what was.";
}

/// Makes room for that, before whatever asks for it.
pub(crate) fn provide_unsaved() {
    provide_context(Unsaved(RwSignal::new(false)));
}

/// That in context.
pub(crate) fn use_unsaved() -> Unsaved {
    expect_context()
}

/// The names of the pages, of which the present one is marked.
#[component]
pub(crate) fn PageLinks() -> impl IntoView {
    let (lessons, later, unsaved) = (use_lessons(), use_later(), use_unsaved());
    let link = move |page: Page| {
        let is_here = move || Page::of(lessons.view()) == page;
        let is_unsaved = move || page == Page::Distribution && unsaved.0.get();
        let foresee = move || {
            if page != Page::Walk {
                later.foresee();
            }
        };
        view! {
            <button type="button" on:pointerenter=heard(move |_| foresee()) on:focus=heard(move |_| foresee())
                data-unsaved=live(move || is_unsaved().then_some(""))
                title=live(move || is_unsaved().then_some("Something here is not saved"))
                aria-current=live(move || is_here().then_some("page"))
                on:click=heard(move |_| if !is_here() { lessons.show(page.view()) })>{page.name()}</button>
        }
    };
    view! { <nav class="pages" aria-label="Pages">{Page::ALL.map(link).collect_view()}</nav> }
}
