//! What a configuration names and nobody has given: its rows in the table of a section, and how it can be given.

use leptos::prelude::*;

use super::cut::cut;
use super::state::ConsoleState;
use crate::app::live::heard;
use crate::scene::console::MissingRow;

/// What can be done about what is named and not given.
pub(super) fn how_to_give(missing: &[MissingRow]) -> String {
    let mut commands: Vec<&str> = Vec::new();
    for row in missing {
        if !commands.contains(&row.command()) {
            commands.push(row.command());
        }
    }
    format!(
        "Named and not given: make one here, or paste under Open and save JSON what is printed by {}.",
        commands.join(", ")
    )
}

/// What is only named, and what stands in for it.
pub(super) fn missing(console: ConsoleState, row: &MissingRow) -> AnyView {
    let MissingRow { sort, label, id, name, says } = row.clone();
    let (title, whose) = (id.clone(), format!("Make one: {label} {name}"));
    let make = heard(move |_| console.make_called(sort, &id));
    view! {
        <tr>
            <td class="val" title=title>{cut(name)}</td>
            <td>{label}</td>
            <td data-less="">{says}</td>
            <td>"not given "<button class="btn" type="button" aria-label=whose on:click=make>"Make one"</button></td>
        </tr>
    }
    .into_any()
}
