//! Entries in recency order, found by their keys. Every operation takes the same time, however many there are.

use std::{iter, mem};

use hashbrown::HashTable;

/// A key that knows its own hash.
pub trait Hashed {
    /// Any number that is the same for equal keys.
    fn hash(&self) -> u64;
}

/// Entries from the most to the least recently used one.
#[derive(Debug)]
pub struct Recency<K, V> {
    /// By key, the places in `slots`.
    places: HashTable<Place>,
    slots: Vec<Slot<K, V>>,
    /// A list of the slots that hold nothing, by `older`.
    free: Place,
    newest: Place,
    oldest: Place,
}

/// Where an entry is, until it is taken out; or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u32);

const NOWHERE: Place = Place(u32::MAX);

impl Place {
    const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entry between its neighbours.
#[derive(Debug)]
struct Slot<K, V> {
    entry: Option<(K, V)>,
    newer: Place,
    older: Place,
}

impl<K: Hashed, V> Default for Recency<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Hashed, V> Recency<K, V> {
    /// No entry.
    pub const fn new() -> Self {
        let (newest, oldest, free) = (NOWHERE, NOWHERE, NOWHERE);
        Self { places: HashTable::new(), slots: Vec::new(), free, newest, oldest }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The place of the entry whose key has this hash and is the one meant.
    pub fn find(&self, hash: u64, is_meant: impl Fn(&K) -> bool) -> Option<Place> {
        let is_it = |place: &Place| self.get(*place).is_some_and(|(key, _)| is_meant(key));
        self.places.find(hash, is_it).copied()
    }

    /// The entry at a place.
    pub fn get(&self, place: Place) -> Option<&(K, V)> {
        self.slots.get(place.index())?.entry.as_ref()
    }

    /// The place of the entry that was used least recently.
    pub fn oldest(&self) -> Option<Place> {
        Some(self.oldest).filter(|place| *place != NOWHERE)
    }

    /// All entries, most recently used first.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        let slot = |place: Place| self.slots.get(place.index());
        let slots = iter::successors(slot(self.newest), move |before| slot(before.older));
        slots.filter_map(|slot| slot.entry.as_ref())
    }

    /// Makes the entry at a place the most recently used one.
    pub fn touch(&mut self, place: Place) {
        if place != self.newest && self.get(place).is_some() {
            self.unlink(place);
            self.link_newest(place);
        }
    }

    /// Adds an entry as the most recently used one; none may have its key.
    pub fn push(&mut self, key: K, value: V) {
        let hash = key.hash();
        let slot = Slot { entry: Some((key, value)), newer: NOWHERE, older: NOWHERE };
        let place = self.take_in(slot);
        self.link_newest(place);
        let slots = &self.slots;
        self.places.insert_unique(hash, place, |place| hash_at(slots, *place));
    }

    /// Takes the entry at a place out.
    pub fn remove(&mut self, place: Place) -> Option<(K, V)> {
        let hash = self.get(place)?.0.hash();
        self.unlink(place);
        if let Ok(found) = self.places.find_entry(hash, |other| *other == place) {
            found.remove();
        }
        let slot = self.slots.get_mut(place.index())?;
        slot.older = mem::replace(&mut self.free, place);
        slot.entry.take()
    }

    /// Puts a slot where one is free.
    fn take_in(&mut self, slot: Slot<K, V>) -> Place {
        if let Some(free) = self.slots.get_mut(self.free.index()) {
            let place = mem::replace(&mut self.free, free.older);
            *free = slot;
            return place;
        }
        self.slots.push(slot);
        // Each entry takes some hundred bytes: memory ends long before the numbers do.
        Place((self.slots.len() - 1) as u32)
    }

    fn unlink(&mut self, place: Place) {
        let Some(Slot { newer, older, .. }) = self.slots.get(place.index()) else { return };
        let (newer, older) = (*newer, *older);
        match self.slots.get_mut(newer.index()) {
            Some(slot) => slot.older = older,
            None => self.newest = older,
        }
        match self.slots.get_mut(older.index()) {
            Some(slot) => slot.newer = newer,
            None => self.oldest = newer,
        }
    }

    fn link_newest(&mut self, place: Place) {
        let before = mem::replace(&mut self.newest, place);
        match self.slots.get_mut(before.index()) {
            Some(slot) => slot.newer = place,
            None => self.oldest = place,
        }
        if let Some(slot) = self.slots.get_mut(place.index()) {
            (slot.newer, slot.older) = (NOWHERE, before);
        }
    }
}

fn hash_at<K: Hashed, V>(slots: &[Slot<K, V>], place: Place) -> u64 {
    let entry = slots.get(place.index()).and_then(|slot| slot.entry.as_ref());
    entry.map_or(0, |(key, _)| key.hash())
}
