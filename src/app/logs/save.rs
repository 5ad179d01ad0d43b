//! This walk's log, saved as CloudFront would deliver it, or unpacked.

use leptos::__reexports::wasm_bindgen_futures::{JsFuture, spawn_local};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Response};

use super::gzip::Gzip;
use super::state::{LogsState, Said};
use crate::app::lessons::{download, save_as};
use crate::edge::access_log::LogFile;

/// Saves a file unpacked.
pub(super) fn plain(logs: LogsState, place: usize) {
    let Some(file) = file(logs, place) else { return };
    let name = file.name();
    let name = [name.strip_suffix(".gz").unwrap_or(name), ".log"].concat();
    say(logs, &name, download(&name, &file.text));
}

/// Saves a file as it lies in the bucket (LOG-07).
pub(super) fn gzip(logs: LogsState, place: usize) {
    let Some(file) = file(logs, place) else { return };
    spawn_local(async move {
        let saved = packed(&file.text).await.ok().and_then(|blob| save_as(file.name(), &blob));
        say(logs, file.name(), saved);
    });
}

/// Saves the records of the real-time log: Kinesis hands them on one by one, so that there is no file of AWS's to be like.
pub(super) fn records(logs: LogsState, text: &str) {
    let name = "real-time.tsv";
    say(logs, name, download(name, text));
}

fn file(logs: LogsState, place: usize) -> Option<LogFile> {
    untrack(|| logs.own().files().get(place).cloned())
}

async fn packed(text: &str) -> Result<Blob, JsValue> {
    let gzip = Gzip::packer()?;
    let bytes = js_sys::Uint8Array::from(text.as_bytes());
    // Both are done once all is read.
    let _ = gzip.writer.write_with_chunk(&bytes);
    let _ = gzip.writer.close();
    let packed = Response::new_with_opt_readable_stream(Some(&gzip.readable))?.blob()?;
    JsFuture::from(packed).await?.dyn_into()
}

fn say(logs: LogsState, name: &str, saved: Option<()>) {
    let said = match saved {
        Some(()) => Said { done: format!("Saved as {name}."), ..Said::default() },
        None => Said {
            wrong: format!("The browser does not let a page save {name}."),
            ..Said::default()
        },
    };
    logs.said().set(said);
}
