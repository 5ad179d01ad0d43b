//! The middle: what the log comes to, and its lines, of which only those in view stand in the page.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::rows::{COLUMNS, Look, Rows, id_of};
use super::side;
use super::state::{LogsState, use_logs};
use crate::app::dom;
use crate::app::live::{Kept, Piece, heard, live, piece, text};
use crate::scene::logs::{Count, Digest, Filter, Row, Window};
use crate::scene::{Outcome, units};
use crate::simulation::View;

/// The id of the box that scrolls.
const BOX: &str = "log-lines";

/// Whether the lines are of more than one day, so that each has its date.
fn is_dated(logs: LogsState) -> bool {
    logs.digest().with(|digest| digest.has_days)
}

/// The middle.
pub(super) fn view() -> AnyView {
    let logs = use_logs();
    let is_empty = move || (logs.count() == 0).then(|| empty_view(logs));
    let is_filtered = Kept::new(move || !logs.search().filter().with(Filter::is_empty));
    let show_all = move || {
        let show_all = move |_: ev::MouseEvent| {
            logs.choose(None);
            logs.search().clear();
        };
        view! { <button class="btn" type="button" on:click=heard(show_all)>"Show all lines"</button> }
            .into_any()
    };
    let clear =
        move || (is_filtered.with(|is_filtered| *is_filtered) && logs.shown() > 0).then(show_all);
    let of = move || {
        if !is_filtered.with(|is_filtered| *is_filtered) {
            return logs.digest().with(headline);
        }
        format!("of {} lines", units::grouped(logs.count() as u64))
    };
    let none = move || {
        let is_none = logs.count() > 0 && logs.shown() == 0;
        is_none.then(|| {
            let line = match logs.search().filter().with(|filter| filter.text.clone()) {
                text if text.is_empty() => "No line is of a kind that is shown.".to_owned(),
                text => {
                    format!("No line that is shown has {text:?} in its path, status or request id.")
                }
            };
            view! { <div class="no-lines"><p class="say">{line}</p>{show_all()}</div> }.into_any()
        })
    };
    let type_in = move |event: ev::Event| {
        logs.choose(None);
        logs.search().filter().update(|filter| filter.text = event_target_value(&event));
    };
    view! {
        <div class="table-head" hidden=live(move || logs.count() == 0)>
            <p role="status"><b>{text(move || units::grouped(logs.shown() as u64))}</b>" "{text(of)}</p>
            <input class="in find" role="searchbox" aria-label="Filter by path, status or request id" placeholder="Filter by path, status or request id" maxlength="2000" autocomplete="off" spellcheck="false"
                prop:value=live(move || logs.search().filter().with(|filter| filter.text.clone())) on:input=heard(type_in)/>
            {piece(clear)}
            <button class="btn" type="button" data-idle=live(move || logs.chosen().is_none().then_some("")) on:click=heard(move |_| logs.choose(None))>"Open and save"</button>
        </div>
        {piece(move || logs.digest().with(|digest| mix(&digest.results)))}
        {piece(move || note(logs))}
        {piece(is_empty)}
        {piece(none)}
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
    let is_ahead = logs.is_on() && logs.ahead() > 0;
    let name = match (logs.is_on(), is_ahead) {
        (false, _) => "Go to the distribution",
        (true, false) => "Go to the walk",
        (true, true) => "Go to the end of the walk",
    };
    let go = move |_| match name {
        "Go to the distribution" => logs.show(View::Distribution),
        "Go to the walk" => logs.show(View::Walk),
        _ => logs.to_end(),
    };
    let button = is_own.then(|| {
        view! { <button class="btn prime" type="button" on:click=heard(go)>{name}</button> }
    });
    view! { <div class="no-lines"><h2 class="step-title">{title}</h2><p class="say">{line}</p>{button}</div> }
        .into_any()
}

/// The lines as a grid: one stop of Tab, and the arrows move in it.
fn grid(logs: LogsState) -> AnyView {
    let active = move || {
        let place = logs.search().place_of(logs.chosen()?)?;
        logs.window().get().has(place).then(|| id_of(place))
    };
    let (place, body) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    place.on_load(move |element| {
        let watched: Element = (*element).clone().into();
        dom::watch_size(&watched, move || look(logs));
    });
    // Another log, or more of it.
    Effect::new(move |_| {
        logs.shown();
        request_animation_frame(move || look(logs));
    });
    Effect::new(move |rows: Option<Rows>| {
        let mut rows = rows.unwrap_or_default();
        if let Some(body) = body.get() {
            let window = logs.window().get();
            let source = (logs.source(), logs.search().begun());
            let chosen = logs.chosen().and_then(|line| logs.search().place_of(line));
            let look = Look { source, chosen, has_dates: is_dated(logs) };
            logs.with_log(|log| {
                let read = |place| {
                    log.record(logs.search().line_at(place)?).map(|record| Row::of(&record))
                };
                rows.lay(&body, window, &look, &read);
            });
        }
        rows
    });
    let heads =
        COLUMNS.map(|(name, token)| view! { <div role="columnheader" data-col=token>{name}</div> });
    view! {
        <div class="lines-box" id=BOX node_ref=place hidden=live(move || logs.shown() == 0) on:scroll=heard(move |_: ev::Event| look(logs))>
            <div role="grid" tabindex="0" aria-label="Lines of the log" aria-rowcount=live(move || (logs.shown() + 1).to_string())
                data-dated=live(move || is_dated(logs).then_some("")) aria-activedescendant=live(active)
                on:keydown=heard(move |event| press(logs, &event)) on:click=heard(move |event| click(logs, &event))>
                <div class="heads" role="row" aria-rowindex="1">{heads.collect_view()}</div>
                <div class="rows" role="rowgroup" node_ref=body style:--lines=live(move || logs.shown().to_string())></div>
            </div>
        </div>
    }
    .into_any()
}

fn click(logs: LogsState, event: &ev::MouseEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = element.and_then(|element| element.closest("[data-line]").ok().flatten());
    let line =
        row.and_then(|row| row.get_attribute("data-line")).and_then(|line| line.parse().ok());
    if let Some(line) = line.and_then(|place| untrack(|| logs.search().line_at(place))) {
        logs.open_line(line);
    }
}

fn press(logs: LogsState, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let (chosen, count) =
        untrack(|| (logs.chosen().and_then(|line| logs.search().place_of(line)), logs.shown()));
    let page = Sight::now(count).map_or(10, Sight::page);
    let last = count.saturating_sub(1);
    let target = match (event.key().as_str(), chosen) {
        ("Enter", Some(place)) => {
            event.prevent_default();
            if let Some(line) = untrack(|| logs.search().line_at(place)) {
                logs.walk_line(line);
            }
            return;
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
    let place = target.min(last);
    logs.choose(untrack(|| logs.search().line_at(place)));
    if let Some(sight) = Sight::now(count) {
        sight.show(place);
        look(logs);
    }
}

/// The box as it stands: how high a line is, and how much is seen.
struct Sight {
    element: Element,
    /// What is left of the box below the names of the columns.
    seen: f64,
    line: f64,
}

impl Sight {
    /// Of a table of so many lines; none while there is no box, or no line.
    fn now(count: usize) -> Option<Self> {
        let element = document().get_element_by_id(BOX)?;
        let height = |part: &str| {
            let part = element.query_selector(part).ok().flatten()?;
            Some(part.get_bounding_client_rect().height())
        };
        let seen = f64::from(element.client_height()) - height(".heads")?;
        let line = height(".rows")? / count as f64;
        (line > 0.0 && line.is_finite()).then_some(Self { element, seen, line })
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
    let count = untrack(|| logs.shown());
    let window = Sight::now(count).map_or_else(
        || Window::of(count, 0.0, 0.0, 0.0),
        |sight| Window::of(count, sight.line, f64::from(sight.element.scroll_top()), sight.seen),
    );
    if logs.window().get_untracked() != window {
        logs.window().set(window);
    }
}
