//! Reads a log that somebody opens: piece by piece, unpacked where it is packed, so that the page goes on meanwhile.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
use leptos::__reexports::wasm_bindgen_futures::{JsFuture, spawn_local};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ReadableStreamDefaultReader, WritableStreamDefaultWriter};

use super::gzip::Gzip;
use super::state::{LogsState, Opened, Said};
use crate::app::dom;
use crate::edge::access_log::AccessLog;
use crate::scene::units;

/// So much of a plain file is read at once.
const PLAIN_BYTES: f64 = 1_048_576.0;

/// So much of a packed file is: what it unpacks to, at most a thousand times as much, is then still bounded.
const PACKED_BYTES: f64 = 16_384.0;

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
    #[error("it is a broken gzip file, or more than one in a row")]
    Broken,
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
            self.take(&bytes, at.min(size)).await?;
        }
        Ok(())
    }

    async fn unpack(&mut self, file: &Blob) -> Result<(), OpenError> {
        let gzip = Gzip::unpacker().map_err(|_| OpenError::Unreadable)?;
        let reader = gzip.reader().map_err(|_| OpenError::Unreadable)?;
        let given = Rc::new(Cell::new(0.0));
        spawn_local(pump(file.clone(), gzip.writer, Rc::clone(&given)));
        let outcome = self.drain(&reader, &given).await;
        if outcome.is_err() {
            // The pump hears of it at its next piece.
            let _ = JsFuture::from(reader.cancel()).await;
        }
        outcome
    }

    async fn drain(
        &mut self,
        reader: &ReadableStreamDefaultReader,
        given: &Cell<f64>,
    ) -> Result<(), OpenError> {
        loop {
            let read = JsFuture::from(reader.read()).await.map_err(|_| OpenError::Broken)?;
            let of = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).ok();
            if of("done").is_some_and(|done| done.is_truthy()) {
                return Ok(());
            }
            let bytes = of("value").and_then(|value| value.dyn_into::<Uint8Array>().ok());
            let bytes = bytes.ok_or(OpenError::Unreadable)?;
            self.take(&bytes, given.get()).await?;
        }
    }

    /// Takes the next bytes, and lets the page go on where its turn has come. `read` says how far the file is.
    async fn take(&mut self, bytes: &Uint8Array, read: f64) -> Result<(), OpenError> {
        // What a packed file gives at once may be as large as all that is allowed.
        for bytes in strides(bytes) {
            if !self.logs.is_reading(self.number) {
                return Err(OpenError::Stopped);
            }
            let taken = match &mut self.fresh {
                Some(log) => log.feed(&bytes),
                None => self.logs.extend(|log| log.feed(&bytes)).unwrap_or(Ok(())),
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
                    (_, Err(error @ (OpenError::Unreadable | OpenError::Broken))) => {
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

/// The bytes of an array, a stride at a time.
fn strides(bytes: &Uint8Array) -> impl Iterator<Item = Vec<u8>> {
    let starts = (0..bytes.length()).step_by(STRIDE);
    starts.map(|at| bytes.subarray(at, at.saturating_add(STRIDE as u32)).to_vec())
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

/// Whether a file begins as gzip does (RFC 1952, 2.3.1).
async fn is_packed(file: &Blob) -> Result<bool, OpenError> {
    Ok(piece(file, 0.0, 2.0).await?.to_vec() == [0x1f, 0x8b])
}

/// Gives a file to the stream that unpacks it, as fast as that takes it.
async fn pump(file: Blob, writer: WritableStreamDefaultWriter, given: Rc<Cell<f64>>) {
    let size = file.size();
    while given.get() < size {
        let Ok(bytes) = piece(&file, given.get(), PACKED_BYTES).await else { break };
        // Fails where it is broken, or nobody reads on: the reader says so.
        if JsFuture::from(writer.write_with_chunk(&bytes)).await.is_err() {
            return;
        }
        given.set((given.get() + PACKED_BYTES).min(size));
    }
    let _ = JsFuture::from(writer.close()).await;
}

async fn piece(file: &Blob, from: f64, length: f64) -> Result<Uint8Array, OpenError> {
    let slice = file.slice_with_f64_and_f64(from, from + length);
    let slice = slice.map_err(|_| OpenError::Unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|_| OpenError::Unreadable)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| OpenError::Unreadable)?;
    Ok(Uint8Array::new(&buffer))
}

/// Lets the page be drawn and heard.
async fn turn() {
    let later = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(later).await;
}
