//! The left column: which log is in view, and what it comes to.

use leptos::prelude::*;

use super::state::{LogsState, Seen, use_logs};
use crate::app::icon::Icon;
use crate::app::live::{heard, live, piece, text};
use crate::app::mark;
use crate::scene::logs::{Count, Digest, Kind, OTHERS};
use crate::scene::{Outcome, units};

/// The column.
pub(super) fn view() -> AnyView {
    let logs = use_logs();
    let own_count = text(move || units::grouped(logs.own().log().len() as u64));
    let real_count = text(move || units::grouped(logs.real_time().log().records.len() as u64));
    let is_here = move |seen: Seen| live(move || (logs.seen() == seen).then_some("true"));
    let other = move || {
        let (name, count) =
            logs.with_opened(|opened| (opened.name.clone(), opened.log.len() as u64))?;
        Some(
            view! {
                <li><button type="button" aria-current=is_here(Seen::Opened) on:click=heard(move |_| logs.see(Seen::Opened))>
                    <b>{name}</b><span>{units::grouped(count)}</span></button></li>
            }
            .into_any(),
        )
    };
    let digest = move || {
        let is_standard = logs.seen() != Seen::RealTime;
        is_standard.then(|| logs.digest().with(|digest| digest_view(logs, digest)))
    };
    view! {
        <h2 class="sec">"Logs"</h2>
        <ul class="nav">
            <li><button type="button" aria-current=is_here(Seen::Own) on:click=heard(move |_| logs.see(Seen::Own))>"This walk"<span>{own_count}</span></button></li>
            <li><button type="button" aria-current=is_here(Seen::RealTime) on:click=heard(move |_| logs.see(Seen::RealTime))>"Real-time log"<span>{real_count}</span></button></li>
            {piece(other)}
        </ul>
        {piece(digest)}
    }
    .into_any()
}

fn digest_view(logs: LogsState, digest: &Digest) -> AnyView {
    view! {
        {list(logs, "Result type", Kind::Result, &digest.results)}
        {list(logs, "Status", Kind::Status, &digest.statuses)}
        {list(logs, "Edge location", Kind::Location, &digest.locations)}
    }
    .into_any()
}

/// How many lines there are of each kind, and whether they are shown.
fn list(logs: LogsState, title: &'static str, kind: Kind, counts: &[Count]) -> Option<AnyView> {
    let line = |count: &Count| {
        let Count { name, outcome, requests } = count.clone();
        let icon = outcome.map(|outcome| view! { <Icon name=mark(outcome)/> });
        let (own, hidden) = (name.clone(), name.clone());
        let is_shown = move || !logs.search().filter().with(|filter| filter.hides(kind, &own));
        let choose = move |event: leptos::ev::Event| {
            let is_shown = event_target_checked(&event);
            logs.choose(None);
            logs.search().filter().update(|filter| filter.set(kind, &hidden, is_shown));
        };
        let tick = (name != OTHERS).then(|| {
            view! { <input type="checkbox" class="tick" prop:checked=live(is_shown) on:change=heard(choose)/> }
        });
        view! {
            <li><label data-outcome=outcome.map(Outcome::token)>{tick}{icon}<span>{name}</span><b>{units::grouped(requests)}</b></label></li>
        }
    };
    (!counts.is_empty()).then(|| {
        view! { <section class="counts"><h3 class="sec">{title}</h3><ul aria-label=title>{counts.iter().map(line).collect_view()}</ul></section> }
            .into_any()
    })
}

/// What is said while there are no lines.
pub(super) fn silence(logs: LogsState) -> [String; 2] {
    if logs.sees_opened() {
        return ["No lines yet", "None has been read so far."].map(str::to_owned);
    }
    if !logs.is_on() {
        return ["Logging is off".to_owned(), OFF.to_owned()];
    }
    match logs.ahead() {
        0 => [
            "No requests yet",
            "Each request that is answered gets a line. Send one, or open a log of your own.",
        ]
        .map(str::to_owned),
        count => [
            "Nothing is answered yet".to_owned(),
            format!(
                "The walk stands before its first answer: {} further on. The log holds what was answered up to there.",
                units::count(count, "answer lies", "answers lie")
            ),
        ],
    }
}

/// What is said where there is no log.
const OFF: &str = "This distribution writes no standard log: Logging.Enabled is false. Switch “Standard logging” on in its General settings. What was answered before stays unlogged (LG-01, LG-02).";
