//! One tier's store: stored responses in recency order, bounded by bytes (EVI-01 to EVI-05).

use std::sync::Arc;

use hashlink::LinkedHashMap;
use serde::{Deserialize, Serialize};

use super::{CacheKey, Lifetime, NotStored};
use crate::http::Response;
use crate::time::SimTime;

/// A stored response (RFC 9111 section 3). Tiers share it: a POP that was filled from its REC holds the same one, and so
/// inherits the instant at which it becomes stale (TTL-24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredResponse {
    /// As the origin sent it, without the fields that must not be stored (SETC-01, TTL-18).
    pub response: Response,
    /// When its head came from the origin, or when the origin last said that it is still good.
    pub response_time: SimTime,
    /// The origin's own Age field, in seconds.
    pub age_value: u64,
    /// How long it is fresh and why.
    pub lifetime: Lifetime,
}

impl StoredResponse {
    /// The instant from which it is stale.
    pub fn stale_at(&self) -> SimTime {
        self.response_time + std::time::Duration::from_secs(self.lifetime.secs)
    }

    /// Whether it may be served without asking.
    pub fn is_fresh(&self, now: SimTime) -> bool {
        now < self.stale_at()
    }

    /// What it takes of a store: body and fields, in bytes.
    pub fn size_bytes(&self) -> u64 {
        self.response.body.length.saturating_add(self.response.fields.size_bytes())
    }

    /// Whether it has a validator for a conditional request: `ETag` or Last-Modified (REV-02, REV-03).
    pub fn has_validator(&self) -> bool {
        self.response.fields.has("ETag") || self.response.fields.has("Last-Modified")
    }
}

/// A key with its stored response.
pub type Entry = (Arc<CacheKey>, Arc<StoredResponse>);

/// Stored responses by key. What was used least recently goes first; ties cannot be.
#[derive(Debug)]
pub struct Store {
    capacity_bytes: u64,
    used_bytes: u64,
    /// Least recently used first.
    entries: LinkedHashMap<Arc<CacheKey>, Arc<StoredResponse>>,
}

impl Store {
    /// An empty store with room for so many bytes.
    pub fn new(capacity_bytes: u64) -> Self {
        Self { capacity_bytes, used_bytes: 0, entries: LinkedHashMap::new() }
    }

    /// Its room in bytes.
    pub const fn capacity_bytes(&self) -> u64 {
        self.capacity_bytes
    }

    /// What is taken of it, in bytes.
    pub const fn used_bytes(&self) -> u64 {
        self.used_bytes
    }

    /// How many responses are stored.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is stored.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What is stored under a key; its place in the order stays.
    pub fn get(&self, key: &CacheKey) -> Option<&Arc<StoredResponse>> {
        self.entries.get(key)
    }

    /// Makes a stored response the most recently used one.
    pub fn touch(&mut self, key: &CacheKey) {
        self.entries.to_back(key);
    }

    /// Stores a response as the most recently used one and returns what had to go for it, first gone first.
    ///
    /// What is larger than the whole store is not stored and drives nothing out.
    pub fn insert(
        &mut self,
        key: Arc<CacheKey>,
        stored: Arc<StoredResponse>,
    ) -> Result<Vec<Entry>, NotStored> {
        let size_bytes = stored.size_bytes();
        if size_bytes > self.capacity_bytes {
            return Err(NotStored::TooLarge { size_bytes, capacity_bytes: self.capacity_bytes });
        }
        self.remove(&key);
        let evicted = self.evict_down_to(self.capacity_bytes - size_bytes);
        self.used_bytes += size_bytes;
        self.entries.insert(key, stored);
        Ok(evicted)
    }

    /// Removes what is stored under a key.
    pub fn remove(&mut self, key: &CacheKey) -> Option<Arc<StoredResponse>> {
        let removed = self.entries.remove(key)?;
        self.used_bytes -= removed.size_bytes();
        Some(removed)
    }

    /// Removes every key for which `matches` holds and returns them, most recently used first.
    pub fn remove_matching(&mut self, matches: impl Fn(&CacheKey) -> bool) -> Vec<Arc<CacheKey>> {
        let keys: Vec<_> = self.entries.keys().rev().filter(|key| matches(key)).cloned().collect();
        for key in &keys {
            self.remove(key);
        }
        keys
    }

    /// Removes everything and returns how many responses that were.
    pub fn clear(&mut self) -> usize {
        let removed = self.len();
        self.entries.clear();
        self.used_bytes = 0;
        removed
    }

    /// Another capacity; returns what no longer fits, least recently used first.
    pub fn resize(&mut self, capacity_bytes: u64) -> Vec<Entry> {
        self.capacity_bytes = capacity_bytes;
        self.evict_down_to(capacity_bytes)
    }

    fn evict_down_to(&mut self, bytes: u64) -> Vec<Entry> {
        let mut evicted = Vec::new();
        while self.used_bytes > bytes {
            let Some((key, old)) = self.entries.pop_front() else { break };
            self.used_bytes -= old.size_bytes();
            evicted.push((key, old));
        }
        evicted
    }

    /// All entries, most recently used first.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<CacheKey>, &Arc<StoredResponse>)> {
        self.entries.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::distribution::{TtlBounds, managed};
    use crate::edge::LifetimeRule;
    use crate::http::{Body, Method, Request, Status, Target};

    fn key(name: u8) -> Arc<CacheKey> {
        let target = Target::parse(&format!("/{name}")).unwrap();
        let request =
            Request { method: Method::Get, target, fields: Arc::default(), content_length: 0 };
        Arc::new(CacheKey::of(&request, "d", request.target.path(), &managed::caching_optimized()))
    }

    fn stored(length: u64) -> Arc<StoredResponse> {
        let bounds = TtlBounds { min: 0, default: 60, max: 60 };
        Arc::new(StoredResponse {
            response: Response {
                status: Status::OK,
                fields: Arc::default(),
                body: Body { length, version: 1, coding: None },
            },
            response_time: SimTime::ZERO,
            age_value: 0,
            lifetime: Lifetime { secs: 60, rule: LifetimeRule::Default, clamp: None, bounds },
        })
    }

    fn names(store: &Store) -> Vec<String> {
        store.iter().map(|(key, _)| key.file_name().to_owned()).collect()
    }

    #[test]
    fn evi_01_05_the_least_recently_used_goes_first() {
        let mut store = Store::new(100);
        for name in 1..=3 {
            assert!(store.insert(key(name), stored(30)).unwrap().is_empty());
        }
        store.touch(&key(1));
        assert_eq!(names(&store), ["1", "3", "2"]);
        let gone = store.insert(key(4), stored(50)).unwrap();
        assert_eq!(gone.iter().map(|(key, _)| key.file_name()).collect::<Vec<_>>(), ["2", "3"]);
        assert_eq!((names(&store), store.used_bytes()), (vec!["4".to_owned(), "1".to_owned()], 80));
    }

    #[test]
    fn what_is_larger_than_the_store_drives_nothing_out() {
        let mut store = Store::new(100);
        store.insert(key(1), stored(100)).unwrap();
        let refused = store.insert(key(2), stored(101)).unwrap_err();
        assert_eq!(refused, NotStored::TooLarge { size_bytes: 101, capacity_bytes: 100 });
        assert_eq!(names(&store), ["1"]);
    }

    /// The reference model: a plain list, most recently used first.
    struct Model(u64, Vec<(u8, u64)>);

    impl Model {
        fn touch(&mut self, name: u8) {
            if let Some(place) = self.1.iter().position(|(n, _)| *n == name) {
                self.1[..=place].rotate_right(1);
            }
        }
        fn insert(&mut self, name: u8, size: u64) {
            if size <= self.0 {
                self.1.retain(|(n, _)| *n != name);
                self.1.insert(0, (name, size));
                self.shrink();
            }
        }
        fn shrink(&mut self) {
            while self.1.iter().map(|(_, size)| size).sum::<u64>() > self.0 {
                self.1.pop();
            }
        }
    }

    proptest! {
        #[test]
        fn the_store_agrees_with_the_reference_model(
            operations in prop::collection::vec((0..5u8, 0..12u8, 1..60u64), 1..200)
        ) {
            let (mut store, mut model) = (Store::new(100), Model(100, Vec::new()));
            for (operation, name, size) in operations {
                match operation {
                    0 => { store.touch(&key(name)); model.touch(name); }
                    1 => { store.remove(&key(name)); model.1.retain(|(n, _)| *n != name); }
                    2 => { store.resize(size * 2); model.0 = size * 2; model.shrink(); }
                    3 if name == 0 => {
                        prop_assert_eq!(store.clear(), model.1.len());
                        model.1.clear();
                    }
                    _ => { let _ = store.insert(key(name), stored(size)); model.insert(name, size); }
                }
                let expected: Vec<_> = model.1.iter().map(|(name, _)| name.to_string()).collect();
                prop_assert_eq!(names(&store), expected);
                prop_assert_eq!(store.used_bytes(), model.1.iter().map(|(_, size)| size).sum::<u64>());
                prop_assert!(store.used_bytes() <= store.capacity_bytes());
            }
        }
    }
}
