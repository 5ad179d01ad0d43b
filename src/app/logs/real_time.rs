//! The real-time log: which fields of which requests, and the records that the walk has left so far.

use leptos::prelude::*;

use super::sampling::{RealTimeState, percent};
use super::save;
use super::state::{LogsState, use_logs};
use crate::app::choices::list;
use crate::app::icon::Icon;
use crate::app::live::{Kept, heard, live, piece, text};
use crate::edge::access_log::{RealTimeField, real_time_fields};
use crate::scene::logs::RealTime;
use crate::scene::units;
use crate::simulation::View;

/// So many records stand in the page: the last ones.
const MOST_SHOWN: usize = 100;

/// The middle: the last records.
pub(super) fn table() -> AnyView {
    let logs = use_logs();
    let state = logs.real_time();
    let shown = Kept::new(move || (state.log(), state.sampling().fields));
    let save = move |_| save::records(logs, &untrack(|| state.log()).text());
    let count = move || units::grouped(state.log().records.len() as u64);
    let of = move || {
        let log = state.log();
        let is = if state.options().is_empty() { "would be sampled" } else { "sampled" };
        let mut line = format!("of {} {is}", units::count(log.requests, "request", "requests"));
        if log.records.len() > MOST_SHOWN {
            line.push_str(", the last hundred below");
        }
        line
    };
    let body = move || Some(shown.with(|(log, fields)| records(logs, log, fields)));
    view! {
        <div class="table-head">
            <p role="status"><b>{text(count)}</b>" "{text(of)}</p>
            <button class="btn" type="button" on:click=heard(save)>"Save as text"</button>
        </div>
        {piece(body)}
    }
    .into_any()
}

fn records(logs: LogsState, log: &RealTime, fields: &[&'static str]) -> AnyView {
    if log.records.is_empty() {
        let line = match (logs.ahead(), log.requests) {
            (0, 0) => "No request was answered yet that this log could have a record of.",
            (_, 0) => "Answers lie further on in this walk, and none before.",
            _ => "None of them is among those that are sampled.",
        };
        return view! { <p class="help">{line}</p> }.into_any();
    }
    if fields.is_empty() {
        return view! { <p class="help">"Choose a field."</p> }.into_any();
    }
    let head = |name: &&'static str| view! { <th scope="col">{*name}</th> };
    let row = |record: &String| {
        let cells = record.split('\t').map(|value| view! { <td>{value.to_owned()}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    let last = log.records.len().saturating_sub(MOST_SHOWN);
    view! {
        <div class="records" tabindex="0" role="region" aria-label="Records">
            <table class="table">
                <thead><tr>{fields.iter().map(head).collect_view()}</tr></thead>
                <tbody>{log.records[last..].iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The right column: which log, of how many requests, and its fields.
pub(super) fn sheet() -> AnyView {
    let logs = use_logs();
    let state = logs.real_time();
    let options = state.options();
    let is_none = options.is_empty();
    let names = (!options.is_empty())
        .then(|| list("Configuration", "real-time-log", options, state.chosen()));
    let is_own = Kept::new(move || state.is_own());
    let settings = move || {
        Some(if is_own.with(|is_own| *is_own) { own_view(state) } else { given_view(logs) })
    };
    view! {
        <div>
            <p class="step-no">"Real-time log"</p>
            <h2 class="step-title">"Fields and sampling"</h2>
        </div>
        <p class="say">"CloudFront hands a record to a stream of Kinesis within seconds: of so many requests, with the fields that are chosen, in its own order (RTL-01, RTL-02, RTL-05)."</p>
        <div class="settings">
            {is_none.then(|| view! { <p class="help">"No real-time log stands beside this distribution, so CloudFront hands out no records: this is what one that every behavior names would hold (CB-14)."</p> })}
            {names}
            {piece(settings)}
            <p class="help" role="status">{text(move || logs.said().with(|said| said.done.clone()))}</p>
        </div>
    }
    .into_any()
}

/// The fields in their order, each with what `cell` puts before it.
fn fields_view(cell: impl Fn(&RealTimeField) -> AnyView) -> AnyView {
    let line = |field: RealTimeField| {
        let untold =
            (!field.is_simulated()).then(|| view! { " "<i class="untold">"not simulated"</i> });
        view! { <li><label>{cell(&field)}<span><span class="val">{field.name}</span>{untold}</span><b class="id">{field.row}</b></label></li> }
    };
    view! {
        <p class="help">"The value of what is not simulated is a hyphen."</p>
        <ul class="field-list" aria-label="Fields">{real_time_fields().map(line).collect_view()}</ul>
    }
    .into_any()
}

/// What somebody chooses.
fn own_view(state: RealTimeState) -> AnyView {
    let fault = move || percent(&state.rate()).is_none();
    let line = move || {
        fault().then(|| {
            let line = format!(
                "A sampling rate is a whole number from 1 to 100, not {:?} (RTL-02).",
                state.rate()
            );
            view! { <p class="err"><Icon name="m-error"/>{line}</p> }.into_any()
        })
    };
    let tick = move |field: &RealTimeField| {
        let name = field.name;
        view! {
            <input type="checkbox" class="tick" prop:checked=live(move || state.has(name))
                on:change=heard(move |event| state.choose(name, event_target_checked(&event)))/>
        }
        .into_any()
    };
    view! {
        <div class="field" data-short="">
            <label for="sampling-rate">"Sampling rate (%)"</label>
            <input class="in" id="sampling-rate" inputmode="numeric" maxlength="9" autocomplete="off" aria-describedby="sampling-said"
                aria-invalid=live(move || fault().then_some("true")) prop:value=live(move || state.rate())
                on:input=heard(move |event| state.type_rate(event_target_value(&event)))/>
            <div id="sampling-said">{piece(line)}</div>
        </div>
        {fields_view(tick)}
    }
    .into_any()
}

/// What a configuration says.
fn given_view(logs: LogsState) -> AnyView {
    let state = logs.real_time();
    let said = move || {
        let sampling = state.sampling();
        format!(
            "{} of {} % of the requests to the behaviors that name it (RTL-03).",
            units::count(sampling.fields.len(), "field", "fields"),
            sampling.percent.get()
        )
    };
    view! {
        <p class="help">{text(said)}</p>
        <button class="btn" type="button" on:click=heard(move |_| logs.show(View::Distribution))>"Go to the distribution"</button>
    }
    .into_any()
}
