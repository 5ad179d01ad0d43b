//! The logs: what this walk's distribution has written, or a log that was opened, line by line.

use leptos::prelude::*;

mod state;
pub(crate) use state::provide_logs;
use state::use_logs;

mod side;

mod sampling;

mod real_time;

mod search;

mod rows;

mod table;

mod entry;

mod papers;

mod open;

mod gzip;

mod save;

use leptos::ev;

use super::live::{Kept, heard, piece};
use state::{LogsState, Seen};

/// The page: what the log comes to, its lines, and one of them field by field.
#[component]
pub(crate) fn Logs() -> impl IntoView {
    let logs = use_logs();
    let is_real_time = Kept::new(move || logs.seen() == Seen::RealTime);
    // A line that a playhead further back has not written yet is not there.
    let line = Kept::new(move || logs.chosen().filter(|line| *line < logs.count()));
    let right = move || match line.with(|line| *line) {
        Some(line) => Some(entry::view(line)),
        None if logs.seen() == Seen::RealTime => Some(real_time::sheet()),
        None => Some(papers::view()),
    };
    let middle =
        move || Some(if is_real_time.with(|it| *it) { real_time::table() } else { table::view() });
    view! {
        <aside class="composer side" aria-label="Log">{side::view()}</aside>
        <main class="stage lines" aria-label="Lines" on:drop=heard(move |event| drop_file(logs, &event))>{piece(middle)}</main>
        <section class="inspector" aria-label="Line">{piece(right)}</section>
    }
}

/// A file that is dropped on the lines is opened as a log, and not as a walk.
fn drop_file(logs: LogsState, event: &ev::DragEvent) {
    let files = event.data_transfer().and_then(|data| data.files());
    if let Some(file) = files.and_then(|files| files.get(0)) {
        event.prevent_default();
        event.stop_propagation();
        logs.choose(None);
        open::open(logs, file.name(), file.into());
    }
}
