//! A stored response (RFC 9111 section 3): what a tier keeps of an answer.

use std::sync::Arc;
use std::time::Duration;

use super::{Lifetime, Tags};
use crate::http::range::{Interval, Intervals};
use crate::http::{Response, validators};
use crate::time::SimTime;

/// A stored response. Tiers share it: a POP that was filled from its REC holds the same one, and so inherits the instant
/// at which it becomes stale (TTL-24).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// As the origin sent it, without the fields that must not be stored (SETC-01, TTL-18). Of a part it has status and
    /// fields of the whole.
    response: Response,
    /// The length of its fields, so that a store need not look at them.
    head_bytes: u32,
    /// What is held of the content.
    pub held: Held,
    /// When its head came from the origin, or when the origin last said that it is still good.
    pub response_time: SimTime,
    /// The origin's own Age field, in seconds.
    pub age_value: u32,
    /// How long it is fresh and why; shared with others that are told the same.
    pub lifetime: Arc<Lifetime>,
    /// Where the origin failed after it became stale: until then it is served without asking (ERR-31). Otherwise the epoch,
    /// which is past.
    pub grace_until: SimTime,
    /// The cache tags that came with it, if there are any (TAG-01).
    pub tags: Option<Arc<Tags>>,
}

/// What is held of the content of a stored response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// All of it.
    Whole,
    /// These parts of it (RNG-02, RNG-13).
    Parts(Box<Intervals>),
    /// Nothing: a HEAD brought it (MET-07).
    HeadOnly,
}

impl Held {
    /// Parts of a content of `complete` bytes; all of it, where nothing is missing.
    pub fn of_parts(parts: Intervals, complete: u64) -> Self {
        if parts.covers(Interval::whole(complete)) {
            Self::Whole
        } else {
            Self::Parts(parts.into())
        }
    }
}

impl StoredResponse {
    /// What is kept of a response whose head came from the origin at `response_time`.
    pub fn new(
        response: Response,
        held: Held,
        response_time: SimTime,
        age_value: u32,
        lifetime: Arc<Lifetime>,
        tags: Option<Arc<Tags>>,
    ) -> Self {
        let (head_bytes, grace_until) = (head_bytes(&response), SimTime::ZERO);
        Self { response, head_bytes, held, response_time, age_value, lifetime, grace_until, tags }
    }

    /// The same with another response, of which this is held.
    #[must_use]
    pub fn with(&self, response: Response, held: Held) -> Self {
        Self { head_bytes: head_bytes(&response), response, held, ..self.clone() }
    }

    /// As the origin sent it, without the fields that must not be stored (SETC-01, TTL-18). Of a part it has status and
    /// fields of the whole.
    pub const fn response(&self) -> &Response {
        &self.response
    }

    /// Its content turned out to have so many bytes.
    pub const fn measured(&mut self, length: u64) {
        self.response.body.length = length;
    }

    /// The instant from which it is stale.
    pub fn stale_at(&self) -> SimTime {
        // TTL-23, TTL-24, TTL-28 (MODEL): neither the origin's Age, nor another tier, nor other settings move it.
        self.response_time + Duration::from_secs(self.lifetime.secs)
    }

    /// Whether it may be served without asking.
    pub fn is_fresh(&self, now: SimTime) -> bool {
        // TTL-23, TTL-24 (MODEL): by that instant alone. TTL-10: whatever the viewer says; INV-51, INV-52: whatever the
        // origin has by now; ERR-16: an error, too.
        now < self.stale_at()
    }

    /// What it takes of a store: content and fields, in bytes.
    pub fn size_bytes(&self) -> u64 {
        let content = match &self.held {
            Held::Whole => self.response.body.length,
            Held::Parts(parts) => parts.total(),
            Held::HeadOnly => 0,
        };
        content.saturating_add(u64::from(self.head_bytes))
    }

    /// The same with these parts alone.
    #[must_use]
    pub fn narrowed(&self, parts: &[Interval]) -> Self {
        let held = Held::of_parts(parts.iter().copied().collect(), self.response.body.length);
        Self { held, ..self.clone() }
    }

    /// RNG-13 (MODEL): the parts of both, where both hold parts of one representation, which a strong validator tells.
    #[must_use]
    pub fn joined(&self, before: &Self) -> Option<Self> {
        let (Held::Parts(new), Held::Parts(old)) = (&self.held, &before.held) else { return None };
        let (tag, other) = (self.response.fields.get("ETag")?, before.response.fields.get("ETag")?);
        if !validators::strongly_equal(tag, other) {
            return None;
        }
        let all = new.iter().chain(old.iter()).collect();
        Some(Self { held: Held::of_parts(all, self.response.body.length), ..self.clone() })
    }

    /// Whether it has a validator for a conditional request: `ETag` or Last-Modified (REV-02, REV-03).
    pub fn has_validator(&self) -> bool {
        self.response.fields.has("ETag") || self.response.fields.has("Last-Modified")
    }
}

/// An origin's head is far shorter than what would not fit (LIM-05).
fn head_bytes(response: &Response) -> u32 {
    response.fields.size_bytes().try_into().unwrap_or(u32::MAX)
}
