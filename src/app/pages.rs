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

/// The names of the pages, of which the present one is marked.
#[component]
pub(crate) fn PageLinks() -> impl IntoView {
    let (lessons, later) = (use_lessons(), use_later());
    let link = move |page: Page| {
        let is_here = move || Page::of(lessons.view()) == page;
        let foresee = move || {
            if page != Page::Walk {
                later.foresee();
            }
        };
        view! {
            <button type="button" on:pointerenter=heard(move |_| foresee()) on:focus=heard(move |_| foresee())
                aria-current=live(move || is_here().then_some("page"))
                on:click=heard(move |_| if !is_here() { lessons.show(page.view()) })>{page.name()}</button>
        }
    };
    view! { <nav class="pages" aria-label="Pages">{Page::ALL.map(link).collect_view()}</nav> }
}
