//! The bytes of one content: it fills as they arrive, and several readers can follow it, each at its own pace.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use edgewalk::edge::Ending;
use edgewalk::http::range::Interval;
use hyper::body::Bytes;
use tokio::sync::Notify;

/// How many bytes a content that nobody keeps may be ahead of its reader.
const WINDOW_BYTES: u64 = 1 << 20;

/// Pieces smaller than this are copied, so that they do not hold a large buffer of the socket's.
const SMALL_BYTES: usize = 4096;

/// The content of a representation, or parts of it.
#[derive(Debug)]
pub(crate) struct Content {
    /// Which part it was when it came, if it was one.
    part: Option<Interval>,
    state: Mutex<State>,
    /// Bytes came or went, or it ended.
    news: Notify,
}

#[derive(Debug)]
struct State {
    /// By the position of their first byte; none overlaps another.
    pieces: BTreeMap<u64, Bytes>,
    /// What they hold together, in bytes.
    held: u64,
    /// Where the next bytes from the socket belong.
    next: u64,
    /// How long the representation is, where that is known.
    complete: Option<u64>,
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
    /// One whose bytes come from the first one on.
    pub(crate) fn whole() -> Self {
        Self::with(None, 0, None)
    }

    /// A part of a representation of so many bytes.
    pub(crate) fn part(part: Interval, complete: u64) -> Self {
        Self::with(Some(part), part.first, Some(complete))
    }

    fn with(part: Option<Interval>, next: u64, complete: Option<u64>) -> Self {
        let state = State {
            pieces: BTreeMap::new(),
            held: 0,
            next,
            complete,
            ended: None,
            readers: 0,
            passes: false,
        };
        Self { part, state: Mutex::new(state), news: Notify::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds bytes at the end. Where nothing keeps them, waits until the reader has caught up.
    pub(crate) async fn push(&self, bytes: Bytes) -> Result<(), Unread> {
        let bytes = if bytes.len() < SMALL_BYTES { Bytes::copy_from_slice(&bytes) } else { bytes };
        loop {
            let news = self.news.notified();
            {
                let mut state = self.state();
                if state.passes && state.readers == 0 {
                    return Err(Unread);
                }
                if !state.passes || state.held < WINDOW_BYTES {
                    let at = state.next;
                    state.next += bytes.len() as u64;
                    state.add(at, bytes);
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
        let mut state = self.state();
        state.ended = Some(ending);
        if ending == Ending::Complete {
            state.complete = state.complete.or(Some(state.next));
        }
        drop(state);
        self.news.notify_waiters();
    }

    /// Nothing keeps it: it is only passed on, to the one reader that it has by now.
    pub(crate) fn pass(&self) {
        self.state().passes = true;
        self.news.notify_waiters();
    }

    /// Whether all that was to come has come.
    pub(crate) fn is_complete(&self) -> bool {
        self.state().ended == Some(Ending::Complete)
    }

    /// Where the next bytes would belong: for a whole one, how many there are.
    pub(crate) fn end_so_far(&self) -> u64 {
        self.state().next
    }

    /// What is held of it, in bytes.
    pub(crate) fn held_bytes(&self) -> u64 {
        self.state().held
    }

    /// Takes over the bytes of another part of the same representation (RNG-13).
    pub(crate) fn adopt(&self, other: &Self) {
        let pieces = other.state().pieces.clone();
        let mut state = self.state();
        for (at, bytes) in pieces {
            state.add(at, bytes);
        }
    }

    /// Follows it from its first byte on.
    pub(crate) fn read(self: &Arc<Self>) -> Reader {
        self.state().readers += 1;
        Reader { content: Arc::clone(self), next: 0, end: None }
    }
}

impl State {
    /// Adds bytes at their place, as far as they are not there.
    fn add(&mut self, mut at: u64, mut bytes: Bytes) {
        while !bytes.is_empty() {
            if let Some(known) = self.from(at) {
                let skipped = known.len().min(bytes.len());
                at += skipped as u64;
                let _ = bytes.split_to(skipped);
                continue;
            }
            let next = self.pieces.range(at..).next().map_or(u64::MAX, |(next, _)| *next);
            let room = usize::try_from(next - at).unwrap_or(usize::MAX);
            let piece = bytes.split_to(room.min(bytes.len()));
            let length = piece.len() as u64;
            self.held += length;
            self.pieces.insert(at, piece);
            at += length;
        }
    }

    /// The bytes at a position, as far as one piece goes.
    fn from(&self, at: u64) -> Option<Bytes> {
        let (first, piece) = self.pieces.range(..=at).next_back()?;
        let skipped = usize::try_from(at - first).ok().filter(|skipped| *skipped < piece.len())?;
        Some(piece.slice(skipped..))
    }

    /// Lets go of what lies before a position, and says whether that was anything.
    fn let_go(&mut self, before: u64) -> bool {
        let held = self.held;
        while let Some(first) = self.pieces.first_entry()
            && first.key() + first.get().len() as u64 <= before
        {
            self.held -= first.remove().len() as u64;
        }
        self.held < held
    }
}

/// Follows a content at its own pace.
#[derive(Debug)]
pub(crate) struct Reader {
    content: Arc<Content>,
    next: u64,
    /// None: to the end, wherever that will be.
    end: Option<u64>,
}

impl Reader {
    /// Goes on with these bytes, and no others.
    pub(crate) const fn turn_to(&mut self, part: Interval) {
        self.next = part.first;
        self.end = Some(part.end);
    }

    /// Goes on with what came from the origin, be it a part or the whole: for a part that is no part of anything known.
    pub(crate) fn turn_to_what_came(&mut self) {
        if let Some(part) = self.content.part {
            self.turn_to(part);
        }
    }

    /// The next bytes, once they are there; none after the last.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, BrokeOff>> {
        loop {
            let news = self.content.news.notified();
            {
                let mut state = self.content.state();
                if self.end.or(state.complete).is_some_and(|end| self.next >= end) {
                    return None;
                }
                let mut found = state.from(self.next);
                if let (Some(bytes), Some(end)) = (&mut found, self.end) {
                    bytes.truncate(usize::try_from(end - self.next).unwrap_or(usize::MAX));
                }
                if let Some(bytes) = &found {
                    self.next += bytes.len() as u64;
                }
                // Told only where there is more room: it wakes this reader, too, which would never rest.
                if state.passes && state.readers == 1 && state.let_go(self.next) {
                    self.content.news.notify_waiters();
                }
                match (found, state.ended) {
                    (Some(bytes), _) => return Some(Ok(bytes)),
                    (None, Some(_)) => return Some(Err(BrokeOff)),
                    (None, None) => {}
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

impl fmt::Display for BrokeOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the content broke off before its last byte")
    }
}

impl std::error::Error for BrokeOff {}
