//! The left column: what there is, and a path to be tried.

use leptos::prelude::*;

use super::state::{Chosen, use_console};
use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece, text};
use crate::app::mark;
use crate::scene::console::Item;

/// The column.
pub(super) fn view() -> AnyView {
    let console = use_console();
    let entry = move |name: &'static str, count: Option<fn() -> usize>, chosen: Chosen| {
        let is_here = move || is_of(console.chosen(), chosen);
        let count = count.map(|count| view! { <span>{text(move || count().to_string())}</span> });
        view! {
            <li><button type="button" aria-current=live(move || is_here().then_some("true"))
                on:click=heard(move |_| console.choose(chosen))>{name}{count}</button></li>
        }
        .into_any()
    };
    let origins: fn() -> usize = || use_console().overview().origins.len();
    let behaviors: fn() -> usize = || use_console().overview().behaviors.len();
    let said = move || {
        let Some(trial) = console.trial() else {
            let line =
                "A path starts with a slash; a method may stand before it, as in POST /api/orders.";
            return Some(view! { <p class="help">{line}</p> }.into_any());
        };
        let outcome = trial.verdict.outcome();
        let line = format!(
            "Matches {}, precedence {}, and goes to {}. Key: {}.",
            trial.pattern, trial.place, trial.target, trial.key
        );
        let verdict = trial.verdict.said();
        Some(
            view! {
                <p class="help">{line}</p>
                <p class="result" data-outcome=outcome.token()><Icon name=mark(outcome)/>{verdict}</p>
            }
            .into_any(),
        )
    };
    view! {
        <h2 class="sec">{text(move || console.name())}</h2>
        <ul class="nav">
            {entry("Origins", Some(origins), Chosen::Item(Item::Origin(0)))}
            {entry("Behaviors", Some(behaviors), Chosen::Item(Item::Default))}
            {entry("Open and save JSON", None, Chosen::Papers)}
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

/// Whether what is chosen belongs to an entry.
const fn is_of(chosen: Chosen, entry: Chosen) -> bool {
    match (chosen, entry) {
        (Chosen::Papers, Chosen::Papers) => true,
        (Chosen::Item(Item::Origin(_)), Chosen::Item(Item::Origin(_))) => true,
        (
            Chosen::Item(Item::Behavior(_) | Item::Default),
            Chosen::Item(Item::Behavior(_) | Item::Default),
        ) => true,
        _ => false,
    }
}
