//! The bytes behind the engine's body handles. The version of a handle names a content, which fills as bytes arrive and which
//! several readers can follow from its first byte on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use edgewalk::edge::Ending;
use hyper::body::Bytes;
use tokio::sync::Notify;

/// How many bytes a content that nobody keeps may be ahead of its reader.
const WINDOW_BYTES: usize = 1 << 20;

/// Pieces smaller than this are copied, so that they do not hold a large buffer of the socket's.
const SMALL_BYTES: usize = 4096;

/// The content of one response.
#[derive(Debug, Default)]
pub(crate) struct Content {
    state: Mutex<State>,
    /// Bytes came or went, or it ended.
    news: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Those that have not been let go.
    pieces: Vec<Bytes>,
    /// How many were let go before them.
    gone: usize,
    /// In bytes, those let go included.
    length: u64,
    ended: Option<Ending>,
    readers: usize,
    /// Whether nothing keeps it: then what its only reader has read is let go.
    passes: bool,
}

/// There is nobody left to read it.
#[derive(Debug)]
pub(crate) struct Unread;

/// It broke off before its last byte.
#[derive(Debug)]
pub(crate) struct BrokeOff;

impl Content {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds bytes at the end. Where nothing keeps it, waits until its reader has caught up.
    pub(crate) async fn push(&self, bytes: Bytes) -> Result<(), Unread> {
        let bytes =
            if bytes.len() < SMALL_BYTES { Bytes::copy_from_slice(&bytes) } else { bytes };
        loop {
            let news = self.news.notified();
            {
                let mut state = self.state();
                if state.passes && state.readers == 0 {
                    return Err(Unread);
                }
                let ahead = || state.pieces.iter().map(Bytes::len).sum::<usize>();
                if !state.passes || ahead() < WINDOW_BYTES {
                    state.length += bytes.len() as u64;
                    state.pieces.push(bytes);
                    drop(state);
                    self.news.notify_waiters();
                    return Ok(());
                }
            }
            news.await;
        }
    }

    /// No more bytes will come.
    pub(crate) fn end(&self, ending: Ending) {
        self.state().ended = Some(ending);
        self.news.notify_waiters();
    }

    /// Nothing keeps it: it is only passed on, to the one reader that it has by now.
    pub(crate) fn pass(&self) {
        self.state().passes = true;
    }

    /// How many bytes came so far.
    pub(crate) fn length(&self) -> u64 {
        self.state().length
    }

    /// Follows it from its first byte on.
    pub(crate) fn read(self: &Arc<Self>) -> Reader {
        self.state().readers += 1;
        Reader { content: Arc::clone(self), next: 0 }
    }
}

/// Follows a content from its first byte on, at its own pace.
#[derive(Debug)]
pub(crate) struct Reader {
    content: Arc<Content>,
    next: usize,
}

impl Reader {
    /// The next bytes, once they are there; none after the last.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, BrokeOff>> {
        loop {
            let news = self.content.news.notified();
            {
                let mut state = self.content.state();
                let place = self.next.checked_sub(state.gone);
                if let Some(piece) = place.and_then(|place| state.pieces.get(place)) {
                    let piece = piece.clone();
                    self.next += 1;
                    if state.passes && state.readers == 1 {
                        let read = self.next - state.gone;
                        state.pieces.drain(..read);
                        state.gone = self.next;
                        drop(state);
                        self.content.news.notify_waiters();
                    }
                    return Some(Ok(piece));
                }
                match state.ended {
                    // What was let go before this reader came cannot be had again.
                    _ if place.is_none() => return Some(Err(BrokeOff)),
                    Some(Ending::Complete) => return None,
                    Some(Ending::Broken) => return Some(Err(BrokeOff)),
                    None => {}
                }
            }
            news.await;
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.content.state().readers -= 1;
        self.content.news.notify_waiters();
    }
}

/// All contents by version. What no store names and nobody holds is dropped now and then.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    by_version: BTreeMap<u32, Arc<Content>>,
    last_version: u32,
    /// What came since the last sweep: contents and bytes.
    came: (usize, u64),
    /// What the last sweep left: contents and bytes.
    left: (usize, u64),
}

/// A sweep waits for at least so many contents or bytes.
const SWEEP_CONTENTS: usize = 64;
const SWEEP_BYTES: u64 = 16 << 20;

impl Contents {
    /// An empty content, and its version: never 0, which is for what the edge makes itself.
    pub(crate) fn begin(&mut self) -> (u32, Arc<Content>) {
        loop {
            self.last_version = self.last_version.wrapping_add(1);
            let version = self.last_version;
            if version != 0 && !self.by_version.contains_key(&version) {
                let content = Arc::new(Content::default());
                self.by_version.insert(version, Arc::clone(&content));
                self.came.0 += 1;
                return (version, content);
            }
        }
    }

    pub(crate) fn get(&self, version: u32) -> Option<&Arc<Content>> {
        self.by_version.get(&version)
    }

    /// A content has ended with so many bytes.
    pub(crate) const fn ended(&mut self, length: u64) {
        self.came.1 += length;
    }

    /// Whether as much came since the last sweep as that one left.
    pub(crate) fn is_sweep_due(&self) -> bool {
        self.came.0 >= self.left.0.max(SWEEP_CONTENTS)
            || self.came.1 >= self.left.1.max(SWEEP_BYTES)
    }

    /// Drops what is not among the stored versions and what nobody else holds.
    pub(crate) fn sweep(&mut self, stored: &BTreeSet<u32>) {
        self.by_version.retain(|version, content| {
            stored.contains(version) || Arc::strong_count(content) > 1
        });
        let bytes = self.by_version.values().map(|content| content.length()).sum();
        self.left = (self.by_version.len(), bytes);
        self.came = (0, 0);
    }

    pub(crate) fn len(&self) -> usize {
        self.by_version.len()
    }
}

impl std::fmt::Display for BrokeOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the content broke off before its last byte")
    }
}

impl std::error::Error for BrokeOff {}
