//! One tier's store: stored responses in recency order, bounded by bytes (EVI-01 to EVI-05).

use std::sync::Arc;

use super::cache_key::FreshKey;
use super::recency::{Place, Recency};
use super::{CacheKey, NotStored, StoredResponse};

/// A key with its stored response.
pub type Entry = (CacheKey, Arc<StoredResponse>);

/// Stored responses by key. What was used least recently goes first; ties cannot be.
#[derive(Debug)]
pub struct Store {
    capacity_bytes: u64,
    used_bytes: u64,
    entries: Recency<CacheKey, Arc<StoredResponse>>,
}

impl Store {
    /// An empty store with room for so many bytes.
    pub const fn new(capacity_bytes: u64) -> Self {
        Self { capacity_bytes, used_bytes: 0, entries: Recency::new() }
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
        self.look_up(key).map(|(_, stored)| stored)
    }

    /// What is stored under a key, with its place for [`Store::touch`], which is good until the store changes.
    pub fn look_up(&self, key: &CacheKey) -> Option<(Place, &Arc<StoredResponse>)> {
        let place = self.find(key)?;
        let (_, stored) = self.entries.get(place)?;
        Some((place, stored))
    }

    /// The key of an entry, where one is stored under an equal key: that spares a copy.
    pub fn known(&self, fresh: FreshKey<'_>) -> Option<&CacheKey> {
        let place = self.entries.find(fresh.hash(), |key| fresh.is(key))?;
        self.entries.get(place).map(|(key, _)| key)
    }

    /// Makes what is stored at a place the most recently used one.
    pub fn touch(&mut self, place: Place) {
        self.entries.touch(place);
    }

    /// Stores a response as the most recently used one; `evicted` gets what had to go for it, first gone first.
    ///
    /// What is larger than the whole store is not stored and drives nothing out.
    pub fn insert(
        &mut self,
        key: CacheKey,
        stored: Arc<StoredResponse>,
        evicted: &mut Vec<Entry>,
    ) -> Result<(), NotStored> {
        let size_bytes = stored.size_bytes();
        if size_bytes > self.capacity_bytes {
            return Err(NotStored::TooLarge { size_bytes, capacity_bytes: self.capacity_bytes });
        }
        self.remove(&key);
        self.evict_down_to(self.capacity_bytes - size_bytes, evicted);
        self.used_bytes += size_bytes;
        self.entries.push(key, stored);
        Ok(())
    }

    /// Removes what is stored under a key.
    pub fn remove(&mut self, key: &CacheKey) -> Option<Arc<StoredResponse>> {
        let (_, stored) = self.take_out(self.find(key)?)?;
        Some(stored)
    }

    /// Removes every key for which `matches` holds and returns them, most recently used first.
    pub fn remove_matching(&mut self, matches: impl Fn(&CacheKey) -> bool) -> Vec<CacheKey> {
        let keys = self.iter().map(|(key, _)| key).filter(|key| matches(key));
        let keys: Vec<_> = keys.cloned().collect();
        for key in &keys {
            self.remove(key);
        }
        keys
    }

    /// Removes everything and returns how many responses that were.
    pub fn clear(&mut self) -> usize {
        let removed = self.len();
        *self = Self::new(self.capacity_bytes);
        removed
    }

    /// Another capacity; `evicted` gets what no longer fits, least recently used first.
    pub fn resize(&mut self, capacity_bytes: u64, evicted: &mut Vec<Entry>) {
        self.capacity_bytes = capacity_bytes;
        self.evict_down_to(capacity_bytes, evicted);
    }

    /// All entries, most recently used first.
    pub fn iter(&self) -> impl Iterator<Item = (&CacheKey, &Arc<StoredResponse>)> {
        self.entries.iter().map(|(key, stored)| (key, stored))
    }

    fn evict_down_to(&mut self, bytes: u64, evicted: &mut Vec<Entry>) {
        while self.used_bytes > bytes {
            let oldest = self.entries.oldest(); // ERR-35, EVI-03, EVI-06
            let Some(entry) = oldest.and_then(|place| self.take_out(place)) else { break };
            evicted.push(entry);
        }
    }

    fn find(&self, key: &CacheKey) -> Option<Place> {
        self.entries.find(key.hash(), |known| *known == *key)
    }

    fn take_out(&mut self, place: Place) -> Option<Entry> {
        let (key, stored) = self.entries.remove(place)?;
        self.used_bytes -= stored.size_bytes();
        Some((key, stored))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::distribution::{TtlBounds, managed};
    use crate::edge::{Held, Lifetime, LifetimeRule};
    use crate::http::{Body, Method, Request, Response, Status, Target};
    use crate::time::SimTime;

    fn key(name: u8) -> CacheKey {
        let target = Target::parse(&format!("/{name}")).unwrap();
        let request = Request::new(Method::Get, target, Arc::default());
        CacheKey::of(&request, "d", request.target.path(), &managed::caching_optimized())
    }

    fn stored(length: u64) -> Arc<StoredResponse> {
        let bounds = TtlBounds { min: 0, default: 60, max: 60 };
        let body = Body { length, version: 1, coding: None };
        let response = Response { status: Status::OK, fields: Arc::default(), body };
        let lifetime = Lifetime { secs: 60, rule: LifetimeRule::Default, clamp: None, bounds };
        StoredResponse::new(response, Held::Whole, SimTime::ZERO, 0, lifetime.into(), None).into()
    }

    fn touch(store: &mut Store, key: &CacheKey) {
        if let Some((place, _)) = store.look_up(key) {
            store.touch(place);
        }
    }

    fn names(store: &Store) -> Vec<String> {
        store.iter().map(|(key, _)| key.file_name().to_owned()).collect()
    }

    #[test]
    fn evi_01_05_the_least_recently_used_goes_first() {
        let (mut store, mut gone) = (Store::new(100), Vec::new());
        for name in 1..=3 {
            store.insert(key(name), stored(30), &mut gone).unwrap();
        }
        assert!(gone.is_empty());
        touch(&mut store, &key(1));
        assert_eq!(names(&store), ["1", "3", "2"]);
        store.insert(key(4), stored(50), &mut gone).unwrap();
        assert_eq!(gone.iter().map(|(key, _)| key.file_name()).collect::<Vec<_>>(), ["2", "3"]);
        assert_eq!((names(&store), store.used_bytes()), (vec!["4".to_owned(), "1".to_owned()], 80));
    }

    #[test]
    fn what_is_larger_than_the_store_drives_nothing_out() {
        let mut store = Store::new(100);
        let mut gone = Vec::new();
        store.insert(key(1), stored(100), &mut gone).unwrap();
        let refused = store.insert(key(2), stored(101), &mut gone).unwrap_err();
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
                    0 => { touch(&mut store, &key(name)); model.touch(name); }
                    1 => { store.remove(&key(name)); model.1.retain(|(n, _)| *n != name); }
                    2 => { store.resize(size * 2, &mut Vec::new()); model.0 = size * 2; model.shrink(); }
                    3 if name == 0 => {
                        prop_assert_eq!(store.clear(), model.1.len());
                        model.1.clear();
                    }
                    _ => { let _ = store.insert(key(name), stored(size), &mut Vec::new()); model.insert(name, size); }
                }
                let expected: Vec<_> = model.1.iter().map(|(name, _)| name.to_string()).collect();
                prop_assert_eq!(names(&store), expected);
                prop_assert_eq!(store.used_bytes(), model.1.iter().map(|(_, size)| size).sum::<u64>());
                prop_assert!(store.used_bytes() <= store.capacity_bytes());
            }
        }
    }
}
