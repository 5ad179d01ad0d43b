//! The store of one tier alone on the same objects: looked up, brought to the front, or stored with what has to go for it.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use edgewalk::edge::recency::{Hashed, Recency};
use edgewalk::edge::{CacheKey, Store, StoredResponse};
use edgewalk::simulation::{Nobody, REC_CAPACITY_FACTOR, World};

use super::engine;
use super::requests::{Arrival, OBJECTS, other_rng, shuffled};
use super::scenario::scenario;

/// How many objects the POP of [`engine::whole`] has room for, and its REC (EVI-05).
pub(crate) const ROOMS: [u64; 2] = [engine::POP_OBJECTS, engine::POP_OBJECTS * REC_CAPACITY_FACTOR];

/// A key with its response.
pub(crate) type Entry = (CacheKey, Arc<StoredResponse>);

/// What each of so many objects is stored as, by object: as the engine itself stores it.
pub(crate) fn entries(objects: u32) -> Vec<Entry> {
    let mut world = World::new(scenario(objects, u64::from(objects))).unwrap();
    let all: Vec<Arrival> = (0..objects).map(Arrival::of).collect();
    engine::send(&mut world, &all, &mut Nobody);
    let (_, pop) = world.tiers().next().unwrap();
    let mut entries: Vec<Entry> =
        pop.store().iter().map(|(key, stored)| (key.clone(), Arc::clone(stored))).collect();
    entries.reverse();
    assert_eq!(entries.len(), objects as usize);
    entries
}

/// How long one store with room for so many objects takes for the trace, and how many it had.
pub(crate) fn alone(trace: &[Arrival], room: u64) -> (Duration, u64) {
    let entries = replaced(&entries(OBJECTS));
    let mut store = Store::new(entries[0].1.size_bytes() * room);
    let (mut hits, mut evicted) = (0, Vec::new());
    let begun = Instant::now();
    for arrival in trace {
        let (key, stored) = &entries[arrival.object as usize];
        if let Some((place, _)) = black_box(store.look_up(key)) {
            store.touch(place);
            hits += 1;
        } else {
            let _ = store.insert(key.clone(), Arc::clone(stored), &mut evicted);
            black_box(&mut evicted).clear();
        }
    }
    (begun.elapsed(), hits)
}

/// An object's number as a key.
struct Id(u32);

impl Hashed for Id {
    fn hash(&self) -> u64 {
        // Any fixed mixing will do.
        let mixed = u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    }
}

/// The store's order alone, with numbers for keys and sizes for responses: what libCacheSim keeps.
pub(crate) fn bare(trace: &[Arrival], room: u64) -> (Duration, u64) {
    const SIZE: u64 = 20_000;
    let mut order: Recency<Id, u64> = Recency::new();
    let (mut hits, mut used) = (0, 0);
    let begun = Instant::now();
    for arrival in trace {
        let id = Id(arrival.object);
        if let Some(place) = order.find(id.hash(), |known| known.0 == id.0) {
            order.touch(black_box(place));
            hits += 1;
            continue;
        }
        while used + SIZE > SIZE * room {
            let oldest = order.oldest().and_then(|place| order.remove(place));
            used -= oldest.map_or(used, |(_, size)| size);
        }
        order.push(id, SIZE);
        used += SIZE;
    }
    (begun.elapsed(), hits)
}

/// The same in other places of memory, so that what is asked for often does not lie together.
fn replaced(entries: &[Entry]) -> Vec<Entry> {
    let mut copies: Vec<Option<Entry>> = vec![None; entries.len()];
    for object in shuffled(entries.len() as u32, &mut other_rng(5)) {
        let (key, stored) = &entries[object as usize];
        copies[object as usize] = Some((key.clone(), Arc::new((**stored).clone())));
    }
    copies.into_iter().flatten().collect()
}
