//! One cache tier, a POP or a regional edge cache: it looks up, asks on, stores and answers.
//!
//! The caller owns time, queue and network, in a simulation or on real sockets. It calls [`Tier::ask`] when a request
//! arrives, then for each fetch that the tier begins [`Tier::head`] when the head of the upstream's answer arrives or
//! [`Tier::failed`] where none does, and [`Tier::last_byte`] when its last byte has: only then a response counts as stored.
//! Where a function runs in between, [`Tier::ran`] goes on.
//! What is to be done comes out as [`Effect`]s.

mod arrival;
mod fetch;
mod lookup;
mod purge;
mod weigh;

use std::sync::Arc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use self::fetch::{Fetch, Flight};
use super::cache_key::KeyMaker;
use super::decision::{Decision, Witness};
use super::{
    Answer, CacheKey, EdgeRequest, Failure, Lifetime, Route, Store, StoredResponse, store::Entry,
};
use crate::distribution::{CachePolicy, Runtime};
use crate::edge::web_acl::Rates;
use crate::http::{Request, Response};
use crate::time::SimTime;

/// Counts the fetches of a tier from 0.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct FetchId(pub u32);

/// What the caller is to do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Send this answer to whoever came with the ticket.
    Answer {
        /// The ticket.
        ticket: u32,
        /// The answer, its head at least.
        answer: Answer,
        /// The fetch whose bytes it still waits for, if it does.
        streams_from: Option<FetchId>,
    },
    /// Ask upstream.
    Ask {
        /// Names the fetch in the calls that follow.
        fetch: FetchId,
        /// The ticket of whoever it is for; none in the background.
        leader: Option<u32>,
        /// Whom, and why.
        route: Route,
        /// The request as it goes out.
        asked: Arc<EdgeRequest>,
        /// Counts the attempts at the same origin from 1.
        attempt: u32,
    },
    /// A function runs at an origin event, and the fetch waits for that (EDGE-07): call [`Tier::ran`] once it is done.
    Run {
        /// Names the fetch in that call.
        fetch: FetchId,
        /// The ticket of whoever it is for; none in the background.
        leader: Option<u32>,
        /// The request as it goes out, or went.
        asked: Arc<EdgeRequest>,
        /// What runs it.
        runtime: Runtime,
    },
    /// A function has answered in the origin's place (EDGE-13): give this to [`Tier::made`], then call [`Tier::last_byte`].
    Made {
        /// Names the fetch in these calls.
        fetch: FetchId,
        /// The ticket of whoever it is for; none in the background.
        leader: Option<u32>,
        /// The request as it would have gone out.
        asked: Arc<EdgeRequest>,
        /// What the function, or its failing, makes of it.
        response: Response,
    },
}

/// An upstream's answer, its head at least.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// From the origin, with what the way to it took.
    Origin(Response, super::UpstreamTiming),
    /// From the tier above.
    Tier(Answer),
}

/// How a fetch ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// With its last byte.
    #[default]
    Complete,
    /// It broke off (XFER-05, XFER-06).
    Broken,
}

/// One cache tier at one place.
#[derive(Debug)]
pub struct Tier {
    store: Store,
    fetches: LiteMap<FetchId, Fetch>,
    /// The fetches that a further request may wait for.
    in_flight: LiteMap<Flight, FetchId>,
    next_fetch: u32,
    keys: KeyMaker,
    /// What had to go last; empty between uses.
    evicted: Vec<Entry>,
    /// The lifetime of what was stored last.
    usual: Option<Arc<Lifetime>>,
    /// How often each address has asked, where a web ACL wants to know.
    rates: Rates,
}

impl Tier {
    /// A tier with an empty store of so many bytes.
    pub fn new(capacity_bytes: u64) -> Self {
        Self {
            store: Store::new(capacity_bytes),
            fetches: LiteMap::new(),
            in_flight: LiteMap::new(),
            next_fetch: 0,
            keys: KeyMaker::default(),
            evicted: Vec::new(),
            usual: None,
            rates: Rates::default(),
        }
    }

    /// The key of a request, which is this tier's own where something is stored under it.
    pub(super) fn key_of(
        &mut self,
        request: &Request,
        host: &str,
        path: &str,
        policy: &CachePolicy,
    ) -> CacheKey {
        let fresh = self.keys.make(request, host, path, policy);
        self.store.known(fresh).map_or_else(|| fresh.to_key(), CacheKey::clone)
    }

    /// How often each address has asked.
    pub(super) const fn rates(&mut self) -> &mut Rates {
        &mut self.rates
    }

    /// What it holds.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// How many fetches are under way.
    pub fn fetches(&self) -> usize {
        self.fetches.len()
    }

    /// Whether the head of a fetch's answer has come.
    pub fn has_head(&self, fetch: FetchId) -> bool {
        self.fetches.get(&fetch).is_some_and(|fetch| fetch.came.is_some())
    }

    /// Why the head of the origin's answer to a fetch is useless, if it is: [`Tier::head`] then waits for no more of it.
    pub fn defect_of(&self, fetch: FetchId, response: &Response) -> Option<Failure> {
        self.fetches.get(&fetch)?.defect_of(response)
    }

    /// What will be kept of a fetch whose head has come, if anything: to be measured and stored with its last byte.
    pub fn planned(&self, fetch: FetchId) -> Option<&StoredResponse> {
        let came = self.fetches.get(&fetch)?.came.as_ref()?;
        came.answer.kept.as_deref().ok()
    }

    /// Everything goes.
    pub fn empty(&mut self, witness: &mut impl Witness) {
        let removed = self.store.clear();
        witness.note(|| Decision::Emptied { removed });
    }

    /// Another capacity; what no longer fits goes.
    pub fn resize(&mut self, now: SimTime, capacity_bytes: u64, witness: &mut impl Witness) {
        self.store.resize(capacity_bytes, &mut self.evicted);
        tell_evicted(now, &mut self.evicted, witness);
    }
}

/// What had to go to make room (EVI-01), first gone first.
fn tell_evicted(now: SimTime, evicted: &mut Vec<Entry>, witness: &mut impl Witness) {
    for (key, old) in evicted.drain(..) {
        witness.note(|| Decision::Evicted {
            key,
            size_bytes: old.size_bytes(),
            was_fresh: old.is_fresh(now),
        });
    }
}

#[cfg(test)]
mod tests;
