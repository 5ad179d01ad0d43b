//! The left column: what there is, and a path to be tried.

use leptos::prelude::*;

use super::section::Section;
use super::staging;
use super::state::{Chosen, use_console};
use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece, text};
use crate::app::mark;
use crate::scene::console::Setting;

/// The column.
pub(super) fn view() -> AnyView {
    let console = use_console();
    let entry = move |name: &'static str, count: AnyView, to: Result<Section, Chosen>| {
        let is_whole = to == Ok(Section::General);
        let holds = to.map_or("", Section::holds);
        let holds = (!holds.is_empty()).then(|| view! { <p class="help">{holds}</p> });
        let is_here = move || match to {
            Ok(section) => {
                console.section() == Some(section) && !(is_whole && console.part().is_some())
            }
            Err(chosen) => console.chosen() == chosen,
        };
        let choose = move |_| match to {
            Ok(section) => console.show(section),
            Err(chosen) => console.choose(chosen),
        };
        view! {
            <li><button type="button" aria-current=live(move || is_here().then_some("true")) on:click=heard(choose)>{name}" "{count}</button>{holds}</li>
        }
        .into_any()
    };
    // What a long sheet holds and a class looks for by its own word.
    let part = move |first: Setting| {
        let is_here = move || (console.part() == Some(first)).then_some("true");
        view! {
            <li class="inner"><button type="button" aria-current=live(is_here) on:click=heard(move |_| console.show_part(first))>{first.heading()}</button></li>
        }
    };
    let sections = Section::ALL.map(|section| {
        // Of those that are named, as many as are given.
        let count = move || {
            let given = section.items(&console.overview()).len();
            match console.missing(section).len() {
                0 => given.to_string(),
                missing => format!("{given} of {}", given + missing),
            }
        };
        let fault = move || {
            (console.count_faults_in(section) > 0).then(|| {
                view! { <span class="result" data-outcome="error"><Icon name="m-error"/><span class="vh">"with a problem"</span></span> }
                    .into_any()
            })
        };
        let count = match section {
            Section::General => ().into_any(),
            _ => view! { <span>{text(count)}</span> }.into_any(),
        };
        let count = view! { {piece(fault)}{count} }.into_any();
        let parts = (section == Section::General).then(|| Setting::PARTS.map(part).collect_view());
        view! { {entry(section.name(), count, Ok(section))}{parts} }
    });
    let said = move || {
        let Some(trial) = console.trial() else {
            let line =
                "A path starts with a slash; a method may stand before it, as in POST /api/orders.";
            return Some(view! { <p class="help">{line}</p> }.into_any());
        };
        let outcome = trial.outcome();
        let line = format!(
            "Matches {}, precedence {}, and goes to {}. Key: {}.",
            trial.pattern, trial.place, trial.target, trial.key
        );
        let verdict = trial.said();
        let others = trial.others;
        let others = (!others.is_empty()).then(|| view! { <p class="help">{others}</p> });
        Some(
            view! {
                <p class="help">{line}</p>
                <p class="result" data-outcome=outcome.token()><Icon name=mark(outcome)/>{verdict}</p>
                {others}
            }
            .into_any(),
        )
    };
    view! {
        <h2 class="sec">{text(move || console.name())}</h2>
        {staging::sides()}
        <ul class="nav">
            {sections.collect_view()}
            {entry("Invalidations", view! { <span>{text(move || console.invalidations().rows.len().to_string())}</span> }.into_any(), Err(Chosen::Invalidations))}
            {entry("Cost", ().into_any(), Err(Chosen::Cost))}
            {entry("Open and save JSON", ().into_any(), Err(Chosen::Papers))}
        </ul>
        <div class="field try">
            <label for="try">"Try a path"</label>
            <input class="in" id="try" autocomplete="off" spellcheck="false" prop:value=live(move || console.tried().get())
                on:input=heard(move |event| console.tried().set(event_target_value(&event)))/>
            <div role="status">{piece(said)}</div>
        </div>
    }
    .into_any()
}
