//! The logs: what this walk's distribution has written, or a log that was opened, line by line.

use leptos::prelude::*;

mod state;
pub(crate) use state::provide_logs;
use state::use_logs;

mod side;

mod rows;

mod table;

mod entry;

mod papers;

mod open;

mod gzip;

mod save;

use super::live::{Kept, piece};

/// The page: what the log comes to, its lines, and one of them field by field.
#[component]
pub(crate) fn Logs() -> impl IntoView {
    let logs = use_logs();
    // A line that a playhead further back has not written yet is not there.
    let line = Kept::new(move || logs.chosen().filter(|line| *line < logs.count()));
    let right = move || match line.with(|line| *line) {
        Some(line) => Some(entry::view(line)),
        None => Some(papers::view()),
    };
    view! {
        <aside class="composer side" aria-label="Log">{side::view()}</aside>
        <main class="stage lines" aria-label="Lines">{table::view()}</main>
        <section class="inspector" aria-label="Line">{piece(right)}</section>
    }
}
