//! The message at this hop.

use leptos::prelude::*;

use crate::scene::{FieldChange, FieldRow, FieldsView};

/// The message at this hop, held against the hop before.
pub(super) fn view(fields: FieldsView) -> AnyView {
    let row = |row: FieldRow| {
        let change = row.change.map(FieldChange::token);
        let spoken = change.map(|change| view! { <span class="vh">{format!("{change}: ")}</span> });
        view! { <div data-change=change><dt>{spoken}{row.name}</dt><dd>{row.value}</dd></div> }
    };
    let has_changed = fields.rows.iter().any(|row| row.change.is_some());
    let legend =
        has_changed.then(|| view! { <span>"+ added \u{a0}~ changed \u{a0}− removed"</span> });
    view! {
        <section class="part part-fields">
            <h3 class="sec">{fields.title}{legend}</h3>
            <dl class="hdrs">{fields.rows.into_iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}
