//! The right column while no line is in view: opening a log, and saving this walk's.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlInputElement};

use super::state::{LogsState, Reading, use_logs};
use super::{open, save};
use crate::app::icon::Icon;
use crate::app::live::{Piece, heard, live, piece, text};
use crate::edge::access_log::{LogFile, Problems};
use crate::scene::units;

/// The papers.
pub(super) fn view() -> AnyView {
    let logs = use_logs();
    let typed = RwSignal::new(String::new());
    let paste = move |_: ev::MouseEvent| {
        let parts = JsValue::from(vec![JsValue::from_str(&typed.get_untracked())]);
        // A page may always make one.
        if let Ok(blob) = Blob::new_with_str_sequence(&parts) {
            open::open(logs, "pasted lines".to_owned(), blob);
            typed.set(String::new());
        }
    };
    let wrong = move || {
        let wrong = logs.said().with(|said| said.wrong.clone());
        (!wrong.is_empty())
            .then(|| view! { <p class="err"><Icon name="m-error"/>{wrong}</p> }.into_any())
    };
    let undo = move || {
        logs.can_undo().then(|| {
            view! { <button class="btn" type="button" on:click=heard(move |_| logs.undo())>"Undo"</button> }.into_any()
        })
    };
    view! {
        <div>
            <p class="step-no">"Access log"</p>
            <h2 class="step-title">"Open and save"</h2>
        </div>
        <p class="say">"A standard log of CloudFront, plain or gzip. It is read here and goes nowhere; each of its lines can be walked through this distribution."</p>
        <div class="settings">
            <label class="btn file">"Choose a log file"<input class="vh" type="file" accept=".log,.txt,.gz,text/plain,application/gzip"
                on:change=heard(move |event| choose(logs, &event))/></label>
            <div class="field">
                <label for="log-paste">"Or paste lines, the #Fields line first"</label>
                <textarea class="in paper" id="log-paste" rows="4" spellcheck="false" prop:value=live(move || typed.get())
                    on:input=heard(move |event| typed.set(event_target_value(&event)))></textarea>
            </div>
            <button class="btn" type="button" on:click=heard(paste)>"Read these lines"</button>
            {piece(move || logs.reading().with(|reading| reading.as_ref().map(|reading| progress(logs, reading))))}
            <p class="help" role="status">{text(move || logs.said().with(|said| said.done.clone()))}</p>
            {piece(undo)}
            <div role="alert">{piece(wrong)}</div>
            {piece(move || logs.with_opened(|opened| problems_view(opened.log.problems())).flatten())}
        </div>
        {piece(move || objects_view(logs))}
        {piece(move || Some(files_view(logs, logs.own().files())))}
    }
    .into_any()
}

fn choose(logs: LogsState, event: &ev::Event) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        open::open(logs, file.name(), file.into());
    }
    // So that the same one can be chosen again.
    input.set_value("");
}

/// How far a file is read.
fn progress(logs: LogsState, reading: &Reading) -> AnyView {
    let Reading { name, read, size } = reading.clone();
    view! {
        <div class="reading">
            <label for="log-progress">"Reading "<span class="val">{name}</span></label>
            <progress id="log-progress" max=size.to_string() value=read.to_string()></progress>
            <button class="btn" type="button" on:click=heard(move |_| logs.cancel())>"Cancel"</button>
        </div>
    }
    .into_any()
}

/// What was wrong with the opened log.
fn problems_view(problems: &Problems) -> Piece {
    if problems.is_empty() {
        return None;
    }
    let first = problems.first();
    let count = first.len() as u64 + problems.more();
    let line =
        |problem: &crate::edge::access_log::Problem| view! { <li>{problem.to_string()}</li> };
    let more = (problems.more() > 0).then(|| {
        let line = units::count(problems.more() as usize, "more is counted", "more are counted");
        view! { <li>{line}</li> }
    });
    let title = units::count(count as usize, "line passed over", "lines passed over");
    Some(
        view! {
            <details class="fold"><summary><Icon name="i-next"/><b>{title}</b></summary>
                <ul class="paper-list">{first.iter().map(line).collect_view()}{more}</ul></details>
        }
        .into_any(),
    )
}

/// What an opened log tells of the origins, put to use.
fn objects_view(logs: LogsState) -> Piece {
    logs.with_opened(|_| ())?;
    Some(
        view! {
            <section class="part">
                <h3 class="sec">"Objects of this log"</h3>
                <p class="help">"Paths, types and sizes that its lines tell of, as what the origins hold. That begins a new walk through this distribution (IM-15, IM-17)."</p>
                <button class="btn" type="button" on:click=heard(move |_| logs.take_objects())>"Put them at the origins"</button>
            </section>
        }
        .into_any(),
    )
}

/// This walk's log as files.
fn files_view(logs: LogsState, files: &[LogFile]) -> AnyView {
    let file = |(place, file): (usize, &LogFile)| {
        let lines = file.text.lines().count().saturating_sub(2);
        let said = format!(
            "{}, {}",
            units::count(lines, "line", "lines"),
            units::bytes(file.text.len() as u64)
        );
        view! {
            <li>
                <p class="val">{file.key.clone()}</p>
                <p class="help">{said}</p>
                <div class="row">
                    <button class="btn" type="button" on:click=heard(move |_| save::gzip(logs, place))>"Save .gz"</button>
                    <button class="btn" type="button" on:click=heard(move |_| save::plain(logs, place))>"Save plain"</button>
                </div>
            </li>
        }
    };
    let line = if files.is_empty() {
        "Once a request is answered, its line stands in a file here."
    } else {
        "One file for each hour, named as CloudFront names it in the bucket. CloudFront delivers within about an hour, and not every line for sure (LOG-05, LOG-08, LOG-11)."
    };
    view! {
        <section class="part">
            <h3 class="sec">"This walk's log"</h3>
            <p class="help">{line}</p>
            <ul class="log-files">{files.iter().enumerate().map(file).collect_view()}</ul>
        </section>
    }
    .into_any()
}
