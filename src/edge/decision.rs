//! What a tier decided, as values that carry their reasons. The simulation writes them into the journal.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Batch, CacheKey, Choice, Disappointment, Failure, Gates, InvalidationId, LeftOut, Lifetime,
    NotCompressed, NotServed, NotStored, Ran, Refusal, Route, RuleMet, Signed, StaleUse,
    Unconditional,
};
use crate::distribution::{CachePolicy, OriginKind, PathPattern};
use crate::http::{Coding, Request, Response, Status};
use crate::time::SimTime;

/// One decision of one tier. Past tense, complete: who reads it need not ask the tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// Which of the two distributions of a continuous deployment takes the request (CD-02).
    DistributionChosen(Choice),
    /// The POP chose a behavior by the path (VSEC-06).
    BehaviorMatched(Arc<Matched>),
    /// The POP answers by itself.
    Refused(Refusal),
    /// How the request came through the checks before any cache is asked (FLOW-13); told where there are more than the
    /// usual ones.
    GatesPassed(Gates),
    /// A rule of the web ACL met the request (VSEC-21 to VSEC-23).
    RuleMet(RuleMet),
    /// The signature of the request holds (SIG-30).
    SignatureHeld(Signed),
    /// A function ran (EDGE-01 to EDGE-04).
    FunctionRan(Ran),
    /// The POP made the cache key (VSEC-11).
    KeyMade {
        /// The key.
        key: CacheKey,
        /// What of the request is not in it.
        left_out: LeftOut,
    },
    /// A tier looked for the key in its store.
    LookedUp {
        /// The key.
        key: CacheKey,
        /// What was there.
        found: Found,
    },
    /// A POP did not look: the request has no key or caching is off.
    NotLookedUp(NotStored),
    /// A tier asks the next one.
    Forwarded {
        /// The way and its reason.
        route: Route,
        /// The code of the Region of the POP's REC.
        rec_region: String,
        /// The request as it goes out.
        request: Arc<Request>,
        /// Whether it asks only if the stored response is still good (REV-02, REV-03).
        conditional: bool,
        /// Whether nobody waits for the answer (STALE-01).
        background: bool,
        /// Counts the attempts at the same origin from 1 (TMO-10, TMO-11).
        attempt: u32,
    },
    /// The request waits for the answer to one before it (COL-01).
    Waits {
        /// How many wait already.
        behind: usize,
    },
    /// The answer that others wait for is of no use to them: they go on by themselves (COL-06, COL-10).
    Released {
        /// How many.
        waiters: usize,
        /// Why.
        why: Released,
    },
    /// The origin gave no usable answer.
    OriginFailed {
        /// How.
        failure: Failure,
        /// At which attempt.
        attempt: u32,
        /// Whether it is tried once more.
        retries: bool,
    },
    /// The other origin of the group is asked (FO-02 to FO-04).
    FailedOver {
        /// How the primary one disappointed.
        by: Disappointment,
        /// The id of the other one.
        to: String,
        /// Its kind.
        kind: OriginKind,
        /// The code of its Region.
        region: String,
    },
    /// A stale response is served because the origin failed (ERR-30, STALE-04, STALE-08).
    ServedStale {
        /// Its key.
        key: CacheKey,
        /// How the origin failed.
        by: Disappointment,
        /// Whole seconds since it became stale.
        since_secs: u64,
        /// For how many seconds the origin is not asked again (ERR-31).
        grace_secs: u64,
    },
    /// The origin failed, and the stale response must not be served.
    NotServedStale(NotServed),
    /// The POP looks for the page that takes an error's place (CEP-03).
    PageWanted {
        /// The error's status.
        status: Status,
        /// The page's path.
        path: String,
    },
    /// The tier sends an answer downstream.
    Answered {
        /// As it goes out.
        response: Arc<Response>,
        /// When its head left; the last byte may follow later.
        head_at: SimTime,
    },
    /// The POP compressed the response (CMP-14).
    Compressed {
        /// By this coding.
        coding: Coding,
        /// From so many bytes.
        from_bytes: u64,
        /// To so many.
        to_bytes: u64,
    },
    /// The POP left the response as it came, though the behavior compresses.
    NotCompressed(NotCompressed),
    /// The response is stored.
    Stored {
        /// Under this key.
        key: CacheKey,
        /// What it takes, in bytes.
        size_bytes: u64,
        /// How long it is fresh and why.
        lifetime: Lifetime,
        /// When it becomes stale.
        stale_at: SimTime,
        /// The version of the object.
        version: u32,
        /// The status that it has: an error can be stored, too (ERR-01).
        status: Status,
        /// How the tier came by it.
        kept: Kept,
    },
    /// The response is passed on and not stored.
    NotStored {
        /// Why.
        why: NotStored,
    },
    /// A stored response had to go to make room (EVI-01).
    Evicted {
        /// Its key.
        key: CacheKey,
        /// What that freed, in bytes.
        size_bytes: u64,
        /// Whether it was still fresh.
        was_fresh: bool,
    },
    /// An invalidation reached this tier.
    Invalidated {
        /// Its name.
        id: InvalidationId,
        /// What it names.
        batch: Arc<Batch>,
        /// What went, most recently used first.
        removed: Vec<CacheKey>,
    },
    /// The store was emptied.
    Emptied {
        /// How many stored responses went.
        removed: usize,
    },
}

/// What a look-up found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// A fresh stored response: it answers.
    Fresh {
        /// Its age in whole seconds (AGE-01).
        age_secs: u64,
        /// Its freshness lifetime in seconds.
        lifetime_secs: u64,
        /// Whole seconds until it is stale.
        remaining_secs: u64,
    },
    /// A stale one: the next tier is asked (REV-01).
    Stale {
        /// Whole seconds since it became stale.
        since_secs: u64,
        /// Why it is fetched whole, if it is not asked about by its validators.
        unconditional: Option<Unconditional>,
    },
    /// A stale one that may be served at once all the same (STALE-01, ERR-31).
    StaleServed {
        /// Whole seconds since it became stale.
        since_secs: u64,
        /// Why it may.
        by: StaleUse,
    },
    /// Only the head, which a HEAD brought: no answer to a GET (MET-07).
    HeadOnly,
    /// Some parts of it, and not all that is asked for (RNG-02).
    PartMissing {
        /// How many bytes are held.
        held_bytes: u64,
    },
    /// Nothing under this key.
    Absent,
}

/// How a tier came by what it stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// It came, whole or in part.
    Anew,
    /// The tier held it, and the origin confirmed it by a 304 (REV-05, REV-07).
    Confirmed,
    /// The tier held it, and the tier above answered with the very same version: from its own store, or because the
    /// origin sent that version again. Nothing had to travel down (REV-09, REV-10).
    Same,
    /// The tier held it, and it stands in for an origin that failed: nobody confirmed it (ERR-30, ERR-31).
    StandsIn,
}

/// Why those who waited for an answer have to ask by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Released {
    /// The minimum TTL is 0, and the answer says `private`, `no-store`, `no-cache`, `max-age=0` or `s-maxage=0` (COL-06).
    NotToBeShared,
    /// It is not kept, and so not shared (COL-10, MODEL).
    NotKept(NotStored),
}

/// A behavior as it applied to a request, with its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The behavior's pattern.
    pub pattern: PathPattern,
    /// Its cache policy: what is in the key, and the TTLs.
    pub policy: CachePolicy,
    /// The origin's id.
    pub origin_id: String,
    /// The origin's kind.
    pub origin_kind: OriginKind,
    /// The code of the origin's Region.
    pub origin_region: String,
}

/// Who hears of decisions. A decision is built only for one who wants it, so that a run nobody watches allocates nothing
/// for it.
pub trait Witness {
    /// Whether decisions are wanted at all.
    fn wants(&self) -> bool;

    /// Takes one decision.
    fn take(&mut self, decision: Decision);

    /// What follows belongs to the request with this ticket.
    fn about(&mut self, ticket: u32) {
        let _ = ticket;
    }

    /// Builds and takes a decision if it is wanted.
    fn note(&mut self, make: impl FnOnce() -> Decision)
    where
        Self: Sized,
    {
        if self.wants() {
            self.take(make());
        }
    }
}

/// Wants no decision: a tier that nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Witness for Unwatched {
    fn wants(&self) -> bool {
        false
    }
    fn take(&mut self, _: Decision) {}
}
