//! The middle: what the log comes to, and its lines, of which only those in view stand in the page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::side;
use super::state::{LogsState, use_logs};
use crate::app::dom;
use crate::app::icon::Icon;
use crate::app::live::{Piece, drawn, heard, live, piece, text};
use crate::app::mark;
use crate::scene::logs::{Count, Digest, Row, Window};
use crate::scene::{Outcome, units};
use crate::simulation::View;

/// The id of the box that scrolls.
const BOX: &str = "log-lines";

/// The columns, and what each is called in the sheets.
const COLUMNS: [(&str, &str); 8] = [
    ("Time", "time"),
    ("Edge location", "at"),
    ("Method", "method"),
    ("Path", "path"),
    ("Status", "status"),
    ("Result type", "result"),
    ("Bytes", "bytes"),
    ("Taken, ms", "taken"),
];

/// What of the table is drawn.
#[derive(PartialEq)]
struct Shown {
    window: Window,
    count: usize,
    chosen: Option<usize>,
    has_dates: bool,
    rows: Vec<Row>,
}

/// Whether the lines are of more than one day, so that each has its date.
fn is_dated(logs: LogsState) -> bool {
    logs.digest().with(|digest| digest.has_days)
}

/// The middle.
pub(super) fn view() -> AnyView {
    let logs = use_logs();
    let is_empty = move || (logs.count() == 0).then(|| empty_view(logs));
    view! {
        <div class="table-head" hidden=live(move || logs.count() == 0)>
            <b>{text(move || units::grouped(logs.count() as u64))}</b>
            <p>{text(move || logs.digest().with(headline))}</p>
            <button class="btn" type="button" on:click=heard(move |_| logs.choose(None))>"Open and save"</button>
        </div>
        {drawn(move || logs.digest().with(|digest| digest.results.clone()), |results| mix(results))}
        {piece(move || note(logs))}
        {piece(is_empty)}
        {grid(logs)}
    }
    .into_any()
}

/// Requests, bytes and the share that caches answered.
fn headline(digest: &Digest) -> String {
    let requests = if digest.requests == 1 { "request" } else { "requests" };
    let Some(ratio) = &digest.hit_ratio else { return requests.to_owned() };
    let mut line =
        format!("{requests}, {} to viewers. Hit ratio {ratio} of requests", digest.bytes);
    if let Some(bytes) = &digest.byte_ratio {
        line.push_str(", ");
        line.push_str(bytes);
        line.push_str(" of bytes");
    }
    line
}

/// The shares of the outcomes as a bar; the left column has the figures.
fn mix(results: &[Count]) -> Piece {
    let part = |count: &Count| {
        view! { <i data-outcome=count.outcome.map(Outcome::token) style:--share=count.requests.to_string()></i> }
    };
    (!results.is_empty()).then(|| {
        view! { <div class="mix" aria-hidden="true">{results.iter().map(part).collect_view()}</div> }.into_any()
    })
}

/// What was answered while logging was off.
fn note(logs: LogsState) -> Piece {
    let unlogged = logs.own().unlogged();
    (unlogged > 0 && !logs.sees_opened()).then(|| {
        let line = format!(
            "{} answered while logging was off: no log has them (LG-01).",
            units::count(unlogged, "request was", "requests were")
        );
        view! { <p class="help">{line}</p> }.into_any()
    })
}

fn empty_view(logs: LogsState) -> AnyView {
    let [title, line] = side::silence(logs);
    let is_own = !logs.sees_opened();
    let (name, page) = if logs.is_on() {
        ("Go to the walk", View::Walk)
    } else {
        ("Go to the distribution", View::Distribution)
    };
    let button = is_own.then(|| {
        view! { <button class="btn prime" type="button" on:click=heard(move |_| logs.show(page))>{name}</button> }
    });
    view! { <div class="no-lines"><h2 class="step-title">{title}</h2><p class="say">{line}</p>{button}</div> }
        .into_any()
}

/// The lines as a grid: one stop of Tab, and the arrows move in it.
fn grid(logs: LogsState) -> AnyView {
    let has_lines = move || logs.count() > 0;
    let active = move || {
        let line = logs.chosen()?;
        logs.window().get().has(line).then(|| id_of(line))
    };
    let place = NodeRef::<leptos::html::Div>::new();
    place.on_load(move |element| {
        let watched: Element = (*element).clone().into();
        dom::watch_size(&watched, move || look(logs));
    });
    // Another log, or more of it.
    Effect::new(move |_| {
        logs.count();
        request_animation_frame(move || look(logs));
    });
    let heads = COLUMNS.map(|(name, token)| view! { <th scope="col" data-col=token>{name}</th> });
    view! {
        <div class="lines-box" id=BOX node_ref=place hidden=live(move || !has_lines()) on:scroll=heard(move |_: ev::Event| look(logs))>
             <table class="table" role="grid" tabindex="0" data-dated=live(move || is_dated(logs).then_some("")) aria-label="Lines of the log" aria-rowcount=live(move || (logs.count() + 1).to_string())
                aria-activedescendant=live(active) on:keydown=heard(move |event| press(logs, &event)) on:click=heard(move |event| click(logs, &event))>
                <thead><tr aria-rowindex="1">{heads.collect_view()}</tr></thead>
                <tbody>{drawn(move || shown(logs), |shown| Some(rows_view(shown)))}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn id_of(line: usize) -> String {
    format!("line-{line}")
}

fn shown(logs: LogsState) -> Shown {
    let window = logs.window().get();
    let chosen = logs.chosen().filter(|line| window.has(*line));
    let has_dates = is_dated(logs);
    logs.with_log(|log| Shown {
        window,
        count: log.len(),
        chosen,
        has_dates,
        rows: (window.first..window.end.min(log.len()))
            .filter_map(|line| log.record(line))
            .map(|record| Row::of(&record))
            .collect(),
    })
}

fn rows_view(shown: &Shown) -> AnyView {
    let Shown { window, count, chosen, has_dates, rows } = shown;
    let gap = |lines: usize| {
        view! { <tr class="gap" role="presentation" hidden=lines == 0><td role="presentation" colspan=COLUMNS.len().to_string() style:--lines=lines.to_string()></td></tr> }
    };
    let rows = rows.iter().enumerate().map(|(place, row)| {
        let line = window.first + place;
        row_view(row, line, *chosen == Some(line), *has_dates)
    });
    let below = count.saturating_sub(window.first + rows.len());
    view! { {gap(window.first.min(*count))}{rows.collect_view()}{gap(below)} }.into_any()
}

fn row_view(row: &Row, line: usize, is_chosen: bool, has_dates: bool) -> AnyView {
    let Row { date, time, location, method, path, status, judged, bytes, taken, share } =
        row.clone();
    let outcome = judged.outcome.map(Outcome::token);
    let icon = judged.outcome.map(|outcome| view! { <Icon name=mark(outcome)/> });
    let time = if has_dates { [&date, " ", &time].concat() } else { time };
    view! {
        <tr id=id_of(line) data-line=line.to_string() aria-rowindex=(line + 2).to_string() aria-selected=if is_chosen { "true" } else { "false" }>
            <td data-col="time">{time}</td>
            <td data-col="at">{location}</td>
            <td data-col="method">{method}</td>
            <td data-col="path" class="val">{path}</td>
            <td data-col="status">{status}</td>
            <td data-col="result"><span class="result" data-outcome=outcome>{icon}{judged.label}</span></td>
            <td data-col="bytes">{bytes}</td>
            <td data-col="taken" data-outcome=outcome><i class="bar" style:--share=share.to_string()></i>{taken}</td>
        </tr>
    }
    .into_any()
}

fn click(logs: LogsState, event: &ev::MouseEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = element.and_then(|element| element.closest("[data-line]").ok().flatten());
    let line =
        row.and_then(|row| row.get_attribute("data-line")).and_then(|line| line.parse().ok());
    if let Some(line) = line {
        logs.choose(Some(line));
    }
}

fn press(logs: LogsState, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let (chosen, count) = untrack(|| (logs.chosen(), logs.count()));
    let page = Sight::now(count).map_or(10, Sight::page);
    let last = count.saturating_sub(1);
    let target = match (event.key().as_str(), chosen) {
        ("Enter", Some(line)) => {
            event.prevent_default();
            return logs.walk_line(line);
        }
        ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp", None) => {
            untrack(|| logs.window().get()).first
        }
        ("ArrowDown", Some(line)) => line + 1,
        ("ArrowUp", Some(line)) => line.saturating_sub(1),
        ("PageDown", Some(line)) => line + page,
        ("PageUp", Some(line)) => line.saturating_sub(page),
        ("Home", _) => 0,
        ("End", _) => last,
        _ => return,
    };
    event.prevent_default();
    let line = target.min(last);
    logs.choose(Some(line));
    if let Some(sight) = Sight::now(count) {
        sight.show(line);
        look(logs);
    }
}

/// The box as it stands: how high a line is, and how much is seen.
struct Sight {
    element: Element,
    /// What is left of the box below the head of the table.
    seen: f64,
    line: f64,
}

impl Sight {
    /// Of a table of so many lines; none while there is no box, or no line.
    fn now(count: usize) -> Option<Self> {
        let element = document().get_element_by_id(BOX)?;
        let head = element.query_selector("thead").ok()??.get_bounding_client_rect().height();
        let row = element.query_selector("[data-line]").ok()??;
        let seen = f64::from(element.client_height()) - head;
        // Exact where the table is long, whatever the browser makes of fractions.
        let all = (f64::from(element.scroll_height()) - head) / count.max(1) as f64;
        let one = row.get_bounding_client_rect().height();
        Some(Self { seen, line: if all * 2.0 < one * 3.0 { all } else { one }, element })
    }

    fn page(self) -> usize {
        ((self.seen / self.line) as usize).max(1)
    }

    /// Scrolls no further than it needs to show a line.
    fn show(&self, line: usize) {
        let (top, scrolled) = (line as f64 * self.line, f64::from(self.element.scroll_top()));
        let lowest = top + self.line - self.seen;
        if top < scrolled {
            self.element.set_scroll_top(top as i32);
        } else if lowest > scrolled {
            self.element.set_scroll_top(lowest.ceil() as i32);
        }
    }
}

/// Draws what is in view.
fn look(logs: LogsState) {
    let count = untrack(|| logs.count());
    let window = Sight::now(count).map_or_else(
        || Window::of(count, 0.0, 0.0, 0.0),
        |sight| Window::of(count, sight.line, f64::from(sight.element.scroll_top()), sight.seen),
    );
    if logs.window().get_untracked() != window {
        logs.window().set(window);
    }
}
