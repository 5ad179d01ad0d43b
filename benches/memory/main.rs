//! How much memory a stored response takes, and what a hit allocates.
//!
//! `cargo xtask bench` runs this. It prints a table; it never passes or fails. Apart from the trace, since an allocator
//! that counts is slower. `--requests N` makes fewer stored responses.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // The wall clock is what a bench is about.

#[path = "../trace/clock.rs"]
mod clock;
#[path = "../trace/engine.rs"]
#[allow(dead_code)]
mod engine;
#[path = "../trace/options.rs"]
#[allow(dead_code)]
mod options;
#[path = "../trace/requests.rs"]
#[allow(dead_code)]
mod requests;
#[path = "../trace/say.rs"]
mod say;
#[path = "../trace/scenario.rs"]
#[allow(dead_code)]
mod scenario;
#[path = "../trace/store.rs"]
#[allow(dead_code)]
mod store;
#[path = "../trace/zipf.rs"]
mod zipf;

use std::alloc::System;
use std::sync::Arc;

use edgewalk::edge::{CacheKey, Store, StoredResponse};
use edgewalk::simulation::{Metrics, Nobody, Observer, TimedAction, World};
use stats_alloc::{INSTRUMENTED_SYSTEM, Stats, StatsAlloc};

use requests::{Arrival, Viewer};
use store::Entry;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MOST_STORED: usize = 1_000_000;
const HITS: u32 = 100_000;

fn main() {
    let stored = options::requests().min(MOST_STORED) as u32;
    println!("Allocations:");
    let say = |name: &str, figure: f64| say::say(name, &format!("{figure:.2}"));
    say(&format!("bytes per stored response at {stored}"), per_response(stored));
    say("allocations per POP hit, nobody watching", per_hit(&mut Nobody));
    say("allocations per POP hit, counting", per_hit(&mut Metrics::default()));
}

/// Bytes in use now.
fn in_use() -> usize {
    let Stats { bytes_allocated, bytes_deallocated, .. } = ALLOCATOR.stats();
    bytes_allocated - bytes_deallocated // Both count what a reallocation adds or takes away.
}

/// What a store takes for each response beyond its key and its list of fields, both of which are made before.
fn per_response(stored: u32) -> f64 {
    let entries: Vec<Entry> = store::entries(stored);
    let size_bytes = entries[0].1.size_bytes();
    let mut evicted = Vec::new();
    let mut given: Vec<(CacheKey, StoredResponse)> =
        entries.into_iter().map(|(key, stored)| (key, Arc::unwrap_or_clone(stored))).collect();
    let before = in_use();
    let mut store = Store::new(size_bytes * u64::from(stored));
    for (key, stored) in given.drain(..) {
        store.insert(key, Arc::new(stored), &mut evicted).unwrap();
        assert!(evicted.is_empty());
    }
    let taken = in_use() - before; // The emptied list of what was given is still there.
    assert_eq!((store.len(), given.len()), (stored as usize, 0));
    taken as f64 / f64::from(stored)
}

/// What is allocated for a hit at the POP, once the object, the name and the connection are there.
fn per_hit(observer: &mut impl Observer) -> f64 {
    let viewer = Viewer::new();
    let arrival = |accept: u8| Arrival { accept, agent: 1, session: 2, ..Arrival::of(7) };
    let mut world = World::new(scenario::scenario(10, 10)).unwrap();
    let actions: Vec<TimedAction> =
        (0..HITS).map(|n| viewer.action(&arrival((n % 3) as u8))).collect();
    // Until nothing is to be made room for any more.
    for action in &actions[..1_000] {
        world.act_at(action, observer).unwrap();
    }
    let before = ALLOCATOR.stats();
    for action in &actions {
        world.act_at(action, observer).unwrap();
    }
    let after = ALLOCATOR.stats();
    let made = |stats: Stats| stats.allocations + stats.reallocations;
    (made(after) - made(before)) as f64 / f64::from(HITS)
}
