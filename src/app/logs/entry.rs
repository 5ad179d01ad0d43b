//! The right column: a line, field by field.

use leptos::prelude::*;

use super::state::{LogsState, use_logs};
use crate::app::icon::Icon;
use crate::app::live::{Piece, heard, piece};
use crate::app::mark;
use crate::scene::logs::{EntryField, Judged, entry};
use crate::scene::{Outcome, units};
use crate::simulation::access_log::Untold;

/// A line; nothing where there is none.
pub(super) fn view(line: usize) -> AnyView {
    let logs = use_logs();
    let fields = move || {
        let (judged, fields) =
            logs.with_record(line, |record| (Judged::of(record), entry(record)))?;
        let icon = judged.outcome.map(|outcome| view! { <Icon name=mark(outcome)/> });
        let outcome = judged.outcome.map(Outcome::token);
        Some(
            view! {
                <div>
                    <p class="step-no">{format!("Line {}", units::grouped(line as u64 + 1))}</p>
                    <h2 class="step-title" data-outcome=outcome>{icon}{judged.label}</h2>
                </div>
                <div class="row">
                    <button class="btn prime" type="button" on:click=heard(move |_| logs.walk_line(line))>"Walk this one"</button>
                    <button class="btn" type="button" on:click=heard(move |_| logs.choose(None))>"Close"</button>
                </div>
                {piece(move || untold(logs, line))}
                <dl class="line-fields">{fields.iter().map(field_view).collect_view()}</dl>
            }
            .into_any(),
        )
    };
    piece(fields)
}

/// What a line of another log does not tell, or why it cannot be walked.
fn untold(logs: LogsState, line: usize) -> Piece {
    let sentence = |untold: &Untold| view! { <li>{untold.says()}</li> };
    match logs.untold(line)? {
        Err(error) => {
            Some(view! { <p class="err"><Icon name="m-error"/>{error}</p> }.into_any())
        }
        Ok(untold) => Some(
            view! {
                <details class="fold"><summary><Icon name="i-next"/><b>"What the line does not tell"</b><span class="val">{untold.len().to_string()}</span></summary>
                    <ul class="paper-list">{untold.iter().map(sentence).collect_view()}</ul></details>
            }
            .into_any(),
        ),
    }
}

fn field_view(field: &EntryField) -> AnyView {
    let EntryField { name, row, says, logged, decoded, meaning } = field.clone();
    let decoded = decoded.map(|text| view! { <p>"decoded: "<span class="val">{text}</span></p> });
    let meaning =
        meaning.map(|(says, row)| view! { <p>{says}" "<span class="id">{row}</span></p> });
    view! {
        <div>
            <dt><b>{name}</b><span class="id">{row}</span></dt>
            <dd><span class="val">{logged}</span>{decoded}{meaning}<p>{says}</p></dd>
        </div>
    }
    .into_any()
}
