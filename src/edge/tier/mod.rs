//! One cache tier, a POP or a regional edge cache: it looks up, asks on, stores and answers.
//!
//! The caller owns time, queue and network, in a simulation or on real sockets. It calls [`Tier::ask`] when a request
//! arrives, then for each fetch that the tier begins [`Tier::head`] when the head of the upstream's answer arrives or
//! [`Tier::failed`] where none does, and [`Tier::last_byte`] when its last byte has: only then a response counts as stored.
//! What is to be done comes out as [`Effect`]s.

mod arrival;
mod fetch;
mod lookup;
mod weigh;

use std::collections::BinaryHeap;
use std::sync::Arc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use self::fetch::{Fetch, Flight};
use super::cache_key::KeyMaker;
use super::decision::{Decision, Witness};
use super::{
    Answer, CacheKey, EdgeRequest, Failure, Lifetime, NotStored, Purge, Route, Store,
    StoredResponse, store::Entry,
};
use crate::distribution::CachePolicy;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With its last byte.
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

    /// An invalidation reaches this tier: what it names goes, validators and all (INV-31), and what is being fetched is not
    /// stored (INV-38).
    pub fn invalidate(&mut self, purge: &Purge, witness: &mut impl Witness) {
        let paths = self.tagged_paths(purge);
        let goes = |key: &CacheKey| purge.names(key) || is_tagged(&paths, key.path()); // TAG-08, TAG-09, ERR-20, INV-21
        let removed = self.store.remove_matching(goes);
        let is_tag_unknown = |fetch: &Fetch| {
            purge.batch.has_tags() && fetch.came.is_none() && fetch.spoiled.is_none()
        };
        for (_, fetch) in self.fetches.iter_mut() {
            let is_meant = fetch.asked.key().is_some_and(goes);
            fetch.spoiled = fetch.spoiled.or(is_meant.then_some(NotStored::Invalidated)); // INV-38
            if is_tag_unknown(fetch) {
                fetch.purges.push(purge.clone()); // INV-38
            }
        }
        // Nobody waits any more for what was asked before the invalidation, and may be meant by it (INV-38, MODEL).
        let fetches = &self.fetches;
        let is_unknown = |id: &FetchId| fetches.get(id).is_some_and(is_tag_unknown);
        self.in_flight.retain(|flight, id| !goes(&flight.key) && !is_unknown(id));
        let (id, batch) = (purge.id.clone(), Arc::clone(&purge.batch));
        witness.note(|| Decision::Invalidated { id, batch, removed });
    }

    /// TAG-09: the paths of all that has one of the tags, in order. All variants of them go, by query, field and cookie.
    fn tagged_paths(&self, purge: &Purge) -> Vec<String> {
        if !purge.batch.has_tags() {
            return Vec::new();
        }
        let stored = self.store.iter().map(|(key, stored)| (Some(key), stored));
        let arriving = self.fetches.values().filter_map(|fetch| {
            let kept = fetch.came.as_ref()?.answer.kept.as_ref();
            kept.ok().map(|stored| (fetch.asked.key(), stored))
        });
        let tagged =
            stored.chain(arriving).filter(|(_, stored)| purge.names_one_of(stored.tags.as_ref()));
        let paths: BinaryHeap<String> =
            tagged.filter_map(|(key, _)| key.map(|key| key.path().to_owned())).collect();
        paths.into_sorted_vec()
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

/// Whether a path is among these, which are in order.
fn is_tagged(paths: &[String], path: &str) -> bool {
    paths.binary_search_by(|tagged| tagged.as_str().cmp(path)).is_ok()
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
