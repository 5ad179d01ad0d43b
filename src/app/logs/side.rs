//! The left column: which log is in view, and what it comes to.

use leptos::prelude::*;

use super::state::{LogsState, use_logs};
use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece, text};
use crate::app::mark;
use crate::scene::logs::{Count, Digest};
use crate::scene::{Outcome, units};

/// The column.
pub(super) fn view() -> AnyView {
    let logs = use_logs();
    let own_count = text(move || units::grouped(logs.own().log().len() as u64));
    let is_here =
        move |opened: bool| live(move || (logs.sees_opened() == opened).then_some("true"));
    let other = move || {
        let (name, count) =
            logs.with_opened(|opened| (opened.name.clone(), opened.log.len() as u64))?;
        Some(
            view! {
                <li><button type="button" aria-current=is_here(true) on:click=heard(move |_| logs.see(true))>
                    <b>{name}</b><span>{units::grouped(count)}</span></button></li>
            }
            .into_any(),
        )
    };
    view! {
        <h2 class="sec">"Access log"</h2>
        <ul class="nav">
            <li><button type="button" aria-current=is_here(false) on:click=heard(move |_| logs.see(false))>"This walk"<span>{own_count}</span></button></li>
            {piece(other)}
        </ul>
        {piece(move || Some(logs.digest().with(digest_view)))}
    }
    .into_any()
}

fn digest_view(digest: &Digest) -> AnyView {
    view! {
        {list("Result type", &digest.results)}
        {list("Status", &digest.statuses)}
        {list("Edge location", &digest.locations)}
    }
    .into_any()
}

/// How many lines there are of each kind.
fn list(title: &'static str, counts: &[Count]) -> Option<AnyView> {
    let line = |count: &Count| {
        let Count { name, outcome, requests } = count.clone();
        let icon = outcome.map(|outcome| view! { <Icon name=mark(outcome)/> });
        view! { <div data-outcome=outcome.map(Outcome::token)><dt>{icon}{name}</dt><dd>{units::grouped(requests)}</dd></div> }
    };
    (!counts.is_empty()).then(|| {
        view! { <section class="counts"><h3 class="sec">{title}</h3><dl>{counts.iter().map(line).collect_view()}</dl></section> }
            .into_any()
    })
}

/// What is said while there are no lines.
pub(super) fn silence(logs: LogsState) -> [&'static str; 2] {
    if logs.sees_opened() {
        return ["No lines yet", "None has been read so far."];
    }
    if logs.is_on() {
        return [
            "No requests yet",
            "Each request that is answered gets a line. Send one, or open a log of your own.",
        ];
    }
    [
        "Logging is off",
        "This distribution writes no standard log: Logging.Enabled is false. Set it to true, with a bucket, in the JSON of the distribution. What was answered before stays unlogged (LG-01, LG-02).",
    ]
}
