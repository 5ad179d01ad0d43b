//! The two controls by which one of several is chosen, where more than one room has them.

use leptos::prelude::*;

use super::icon::Icon;
use super::live::{heard, live};

/// One of a few that stand beside each other.
pub(crate) struct Segment {
    name: &'static str,
    holds: Box<dyn FnMut() -> bool + Send>,
    choose: Box<dyn Fn()>,
}

impl Segment {
    /// Its name, whether it is chosen, and how it is.
    pub(crate) fn new(
        name: &'static str,
        holds: impl FnMut() -> bool + Send + 'static,
        choose: impl Fn() + 'static,
    ) -> Self {
        Self { name, holds: Box::new(holds), choose: Box::new(choose) }
    }
}

/// A few that stand beside each other, under what they are about.
pub(crate) fn segments(legend: &'static str, all: [Segment; 2]) -> AnyView {
    let one = |segment: Segment| {
        let Segment { name, holds, choose } = segment;
        view! {
            <label><input type="radio" name=legend prop:checked=live(holds) on:change=heard(move |_| choose())/><span>{name}</span></label>
        }
    };
    view! { <fieldset class="field"><legend>{legend}</legend><div class="segs">{all.map(one).collect_view()}</div></fieldset> }
        .into_any()
}

/// A list, under its label: each by its value and what it is called.
pub(crate) fn list(
    label: &'static str,
    id: &'static str,
    options: Vec<(String, String)>,
    chosen: RwSignal<String>,
) -> AnyView {
    let option = move |(value, name): (String, String)| {
        let own = value.clone();
        view! { <option value=value prop:selected=live(move || chosen.with(|chosen| *chosen == own))>{name}</option> }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <span class="pick"><select class="in" id=id on:change=heard(move |event| chosen.set(event_target_value(&event)))>
                {options.into_iter().map(option).collect_view()}</select><Icon name="i-down"/></span>
        </div>
    }
    .into_any()
}
