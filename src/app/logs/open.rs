//! Reads a log that somebody opens: piece by piece, unpacked where it is packed, so that the page goes on meanwhile.

use std::time::Duration;

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use leptos::__reexports::wasm_bindgen_futures::{JsFuture, spawn_local};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::state::{LogsState, Opened, Said};
use crate::app::dom;
use crate::edge::access_log::AccessLog;
use crate::gzip::{Gunzip, GzipError};
use crate::scene::units;

/// So much of a plain file is read at once.
const PLAIN_BYTES: f64 = 1_048_576.0;

/// So much of a packed file is.
const PACKED_BYTES: f64 = 65_536.0;

/// So much is taken before the clock is looked at.
const STRIDE: usize = 131_072;

/// After so long the page is heard.
const TURN: Duration = Duration::from_millis(12);

/// After so long the page shows how far it is.
const TELL: Duration = Duration::from_millis(120);

/// Why reading came to an end before the file did.
#[derive(Debug, thiserror::Error)]
enum OpenError {
    /// Somebody has cancelled it, or opens another.
    #[error("it was stopped")]
    Stopped,
    /// More than is taken: the log says what.
    #[error("a bound is reached")]
    Full,
    /// The browser does not read it.
    #[error("the browser cannot read it")]
    Unreadable,
    /// It is no whole gzip file.
    #[error(transparent)]
    Broken(#[from] GzipError),
}

/// Reads a file. What was opened before stays until the first line of the new one is there; what is no log changes nothing.
pub(super) fn open(logs: LogsState, name: String, file: Blob) {
    let number = logs.begin(&name, file.size() as u64);
    spawn_local(async move {
        let (fresh, now) = (Some(AccessLog::new()), dom::now());
        let mut reader = Reader { logs, number, name, fresh, turned: now, told: now };
        let outcome = match is_packed(&file).await {
            Ok(true) => reader.unpack(&file).await,
            Ok(false) => reader.read(&file).await,
            Err(error) => Err(error),
        };
        if !matches!(outcome, Err(OpenError::Stopped)) {
            reader.close(outcome);
        }
    });
}

struct Reader {
    logs: LogsState,
    number: u32,
    name: String,
    /// As long as it has no line.
    fresh: Option<AccessLog>,
    /// When the page was heard last.
    turned: Duration,
    /// When it was told last how far it is.
    told: Duration,
}

impl Reader {
    async fn read(&mut self, file: &Blob) -> Result<(), OpenError> {
        let (size, mut at) = (file.size(), 0.0);
        while at < size {
            let bytes = piece(file, at, PLAIN_BYTES).await?;
            at += PLAIN_BYTES;
            for bytes in bytes.chunks(STRIDE) {
                self.take(bytes, at.min(size)).await?;
            }
        }
        Ok(())
    }

    async fn unpack(&mut self, file: &Blob) -> Result<(), OpenError> {
        let (size, mut at) = (file.size(), 0.0);
        let (mut gunzip, mut out) = (Gunzip::default(), vec![0; STRIDE]);
        while at < size {
            let bytes = piece(file, at, PACKED_BYTES).await?;
            at += PACKED_BYTES;
            let mut rest = &*bytes;
            loop {
                let count = gunzip.read(&mut rest, &mut out)?;
                if count == 0 && rest.is_empty() {
                    break;
                }
                self.take(&out[..count], at.min(size)).await?;
            }
        }
        Ok(gunzip.finish()?)
    }

    /// Takes the next bytes, and lets the page go on where its turn has come. `read` says how far the file is.
    async fn take(&mut self, bytes: &[u8], read: f64) -> Result<(), OpenError> {
        if !self.logs.is_reading(self.number) {
            return Err(OpenError::Stopped);
        }
        let taken = match &mut self.fresh {
            Some(log) => log.feed(bytes),
            None => self.logs.extend(|log| log.feed(bytes)).unwrap_or(Ok(())),
        };
        self.put();
        if taken.is_err() {
            return Err(OpenError::Full);
        }
        let now = dom::now();
        if now.saturating_sub(self.told) > TELL {
            self.logs.tell(read as u64);
            self.told = dom::now();
        }
        if now.saturating_sub(self.turned) > TURN {
            turn().await;
            self.turned = dom::now();
        }
        Ok(())
    }

    /// Shows the log once it has a line.
    fn put(&mut self) {
        if let Some(log) = self.fresh.take_if(|log| !log.is_empty()) {
            self.logs.put(Opened { name: self.name.clone(), log });
        }
    }

    /// Says what it came to.
    fn close(mut self, outcome: Result<(), OpenError>) {
        let logs = self.logs;
        match &mut self.fresh {
            Some(log) => log.finish(),
            None => {
                logs.extend(AccessLog::finish);
            }
        }
        self.put();
        let name = &self.name;
        let wrong = match (&self.fresh, outcome) {
            // It holds no line: what was there before stays.
            (Some(log), outcome) => {
                let why = match (log.problems().first().first(), outcome) {
                    (_, Err(error @ (OpenError::Unreadable | OpenError::Broken(_)))) => {
                        error.to_string()
                    }
                    (Some(problem), _) => problem.to_string(),
                    (None, _) => "it is empty".to_owned(),
                };
                format!("{name} is no access log: {why}.")
            }
            (None, Err(OpenError::Full)) => {
                let last =
                    logs.extend(|log| log.problems().first().last().map(ToString::to_string));
                format!("{name}: {}.", last.flatten().unwrap_or_default())
            }
            (None, Err(error)) => format!("{name} could not be read to its end: {error}."),
            (None, Ok(())) => String::new(),
        };
        let done = match &self.fresh {
            Some(_) => String::new(),
            None => logs.extend(|log| said(name, log)).unwrap_or_default(),
        };
        logs.tell(0);
        logs.reading().set(None);
        logs.said().set(Said { done, wrong, ..Said::default() });
    }
}

fn said(name: &str, log: &AccessLog) -> String {
    let problems = log.problems();
    let broken = problems.first().len() + problems.more() as usize;
    let lines = units::count(log.len(), "line", "lines");
    if broken == 0 {
        format!("{lines} of {name}.")
    } else {
        format!("{lines} of {name}; {} passed over.", units::grouped(broken as u64))
    }
}

/// Whether a file begins as gzip does.
async fn is_packed(file: &Blob) -> Result<bool, OpenError> {
    Ok(Gunzip::is_begun_by(&piece(file, 0.0, 2.0).await?))
}

async fn piece(file: &Blob, from: f64, length: f64) -> Result<Vec<u8>, OpenError> {
    let slice = file.slice_with_f64_and_f64(from, from + length);
    let slice = slice.map_err(|_| OpenError::Unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|_| OpenError::Unreadable)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| OpenError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Lets the page be drawn and heard.
async fn turn() {
    let later = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(later).await;
}
