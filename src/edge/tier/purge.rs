//! An invalidation reaches a tier: what goes, and what becomes of the fetches that were under way.

use std::collections::BinaryHeap;
use std::sync::Arc;

use super::fetch::{Came, Fetch, Passed};
use super::{FetchId, Tier};
use crate::edge::decision::{Decision, Witness};
use crate::edge::{CacheKey, NotStored, Purge};

impl Tier {
    /// An invalidation reaches this tier: what it names goes, validators and all (INV-31), and what is being fetched is not
    /// stored (INV-38).
    pub fn invalidate(&mut self, purge: &Purge, witness: &mut impl Witness) {
        let paths = self.tagged_paths(purge);
        let goes =
            |key: &CacheKey| purge.names(key) || purge.is_of(key) && is_tagged(&paths, key.path()); // TAG-08, TAG-09, ERR-20, INV-21
        let removed = self.store.remove_matching(goes);
        for (_, fetch) in self.fetches.iter_mut() {
            if fetch.asked.key().is_some_and(goes) {
                fetch.spoil(); // INV-38
            }
        }
        let is_tag_unknown = |fetch: &Fetch| {
            let is_meant = fetch.asked.key().is_none_or(|key| purge.is_of(key));
            is_meant && purge.batch.has_tags() && fetch.came.is_none() && fetch.spoiled.is_none()
        };
        let unknown = self.fetches.iter().filter(|(_, fetch)| is_tag_unknown(fetch));
        let unknown: Vec<(FetchId, Option<CacheKey>)> =
            unknown.map(|(id, fetch)| (*id, fetch.asked.key().cloned())).collect();
        for (id, key) in &unknown {
            let Some(passed) = key.as_ref().map(|key| self.passed(purge, key.path())) else {
                continue;
            };
            if let Some(fetch) = self.fetches.get_mut(id) {
                fetch.purges.push(passed); // INV-38
            }
        }
        // Nobody waits any more for what was asked before the invalidation, and may be meant by it (INV-38, MODEL).
        self.in_flight.retain(|flight, id| {
            !goes(&flight.key) && !unknown.iter().any(|(unknown, _)| unknown == id)
        });
        let (id, batch) = (purge.id.clone(), Arc::clone(&purge.batch));
        witness.note(|| Decision::Invalidated { id, batch, removed });
    }

    /// The tags of a fetch are known now. Where an invalidation that came by meant them, its answer is not stored, and of
    /// its object nothing stays that was stored or asked for before that invalidation (TAG-09, INV-38).
    pub(super) fn reveal(&mut self, id: FetchId, came: &Came, witness: &mut impl Witness) {
        let Some(fetch) = self.fetches.get_mut(&id) else { return };
        let purges = std::mem::take(&mut fetch.purges);
        let Ok(kept) = &came.answer.kept else { return };
        for passed in purges.iter().filter(|it| it.purge.names_one_of(kept.tags.as_ref())) {
            for id in &passed.under_way {
                if let Some(fetch) = self.fetches.get_mut(id) {
                    fetch.spoil();
                }
                self.land(*id);
            }
            let still_there = passed.stored.iter().filter(|(key, stored)| {
                self.store.get(key).is_some_and(|now| Arc::ptr_eq(now, stored))
            });
            let removed: Vec<CacheKey> = still_there.map(|(key, _)| key.clone()).collect();
            if removed.is_empty() {
                continue;
            }
            for key in &removed {
                self.store.remove(key);
            }
            let (id, batch) = (passed.purge.id.clone(), Arc::clone(&passed.purge.batch));
            witness.note(|| Decision::Invalidated { id, batch, removed });
        }
    }

    /// What there is of the object at a path while an invalidation comes by.
    fn passed(&self, purge: &Purge, path: &str) -> Passed {
        let is_it = |key: &CacheKey| purge.is_of(key) && key.path() == path;
        let stored = self.store.iter().filter(|(key, _)| is_it(key));
        let is_here = |fetch: &Fetch| fetch.asked.key().is_some_and(is_it);
        let under_way = self.fetches.iter().filter(|(_, fetch)| is_here(fetch));
        Passed {
            purge: purge.clone(),
            stored: stored.map(|(key, stored)| (key.clone(), Arc::clone(stored))).collect(),
            under_way: under_way.map(|(id, _)| *id).collect(),
        }
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
        let paths: BinaryHeap<String> = tagged
            .filter_map(|(key, _)| Some(key.filter(|key| purge.is_of(key))?.path().to_owned()))
            .collect();
        paths.into_sorted_vec()
    }
}

impl Fetch {
    /// Its answer is not kept: an invalidation came by that means it (INV-38).
    fn spoil(&mut self) {
        self.spoiled = self.spoiled.or(Some(NotStored::Invalidated));
    }
}

/// Whether a path is among these, which are in order.
fn is_tagged(paths: &[String], path: &str) -> bool {
    paths.binary_search_by(|tagged| tagged.as_str().cmp(path)).is_ok()
}
