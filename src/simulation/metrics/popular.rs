//! The popular objects report (caching.md section 9).

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::{Exchanged, Share};
use crate::edge::ResultType;

/// How many objects the report names.
const TOP: usize = 50;

/// How many objects are followed in each step.
const FOLLOWED: usize = 150;

/// The length of a step in seconds.
const STEP_SECS: u64 = 600;

/// What is counted of an object, and of all together, as the cache statistics report has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ObjectCounts {
    /// `RequestCount`.
    pub requests: u64,
    /// `HitCount`: by `x-edge-response-result-type`.
    pub hits: u64,
    /// `MissCount`: by `x-edge-response-result-type`.
    pub misses: u64,
    /// `IncompleteDownloadCount`: status 200 with the result type Error.
    pub incomplete: u64,
    /// `HTTP2xx`, `HTTP3xx`, `HTTP4xx`, `HTTP5xx`.
    pub statuses: [u64; 4],
    /// `TotalBytes`.
    pub bytes: u64,
    /// `BytesFromMisses`: of the result type Miss alone.
    pub bytes_from_misses: u64,
}

impl ObjectCounts {
    pub(super) fn count(&mut self, exchange: &Exchanged<'_>) {
        self.requests += 1;
        self.hits += u64::from(exchange.response_result == ResultType::Hit); // MTR-10, MTR-11
        self.misses += u64::from(exchange.response_result == ResultType::Miss);
        let is_incomplete = exchange.status.0 == 200 && exchange.result == ResultType::Error;
        self.incomplete += u64::from(is_incomplete); // MTR-11
        let class = usize::from(exchange.status.0 / 100).wrapping_sub(2);
        if let Some(class) = self.statuses.get_mut(class) {
            *class += 1;
        }
        self.bytes = self.bytes.saturating_add(exchange.bytes_down);
        if exchange.result == ResultType::Miss {
            self.bytes_from_misses = self.bytes_from_misses.saturating_add(exchange.bytes_down);
        }
    }

    fn add(&mut self, more: &Self) {
        self.requests += more.requests;
        self.hits += more.hits;
        self.misses += more.misses;
        self.incomplete += more.incomplete;
        for (class, more) in self.statuses.iter_mut().zip(more.statuses) {
            *class += more;
        }
        self.bytes = self.bytes.saturating_add(more.bytes);
        self.bytes_from_misses = self.bytes_from_misses.saturating_add(more.bytes_from_misses);
    }

    /// `HitCountPct`.
    pub const fn hit_share(&self) -> Share {
        Share { part: self.hits, whole: self.requests }
    }
}

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopularObject {
    /// The object's path.
    pub path: String,
    /// What was counted of it.
    pub counts: ObjectCounts,
}

/// Counts by object. A step lasts ten minutes; of each the objects asked for most are followed, and added up.
#[derive(Clone, Debug, Default)]
pub struct PopularObjects {
    step: u64,
    of_step: Counted,
    before: Counted,
}

impl PopularObjects {
    pub(super) fn count(&mut self, exchange: &Exchanged<'_>) {
        let step = exchange.at.as_secs() / STEP_SECS;
        if step != self.step {
            for object in self.of_step.first(FOLLOWED) {
                self.before.of(&object.path).add(&object.counts);
            }
            self.of_step.clear();
            self.step = step;
        }
        self.of_step.of(exchange.path).count(exchange);
    }

    /// The objects asked for most, those asked for equally often in the order of their paths (MODEL).
    pub fn top(&self) -> Vec<PopularObject> {
        let mut all = self.before.clone();
        for object in self.of_step.first(FOLLOWED) {
            all.of(&object.path).add(&object.counts);
        }
        all.first(TOP).into_iter().cloned().collect()
    }
}

/// What is counted, and of whom; equal where the reports are.
impl PartialEq for PopularObjects {
    fn eq(&self, other: &Self) -> bool {
        let is_same =
            |one: &Counted, other: &Counted| one.first(usize::MAX) == other.first(usize::MAX);
        self.step == other.step
            && is_same(&self.of_step, &other.of_step)
            && is_same(&self.before, &other.before)
    }
}

impl Eq for PopularObjects {}

/// Objects by path, in the order in which they were first asked for.
#[derive(Clone, Debug, Default)]
struct Counted {
    objects: Vec<PopularObject>,
    /// How many of them are in use. Those behind are kept for their room.
    used: usize,
    /// By path, the places in `objects`.
    places: HashTable<u32>,
}

impl Counted {
    /// The counts of an object.
    fn of(&mut self, path: &str) -> &mut ObjectCounts {
        let is_it = |place: &u32| self.objects[*place as usize].path == path;
        let found = self.places.find(hash(path), is_it).copied();
        let place = found.unwrap_or_else(|| self.take_in(path));
        &mut self.objects[place as usize].counts
    }

    /// Begins to count an object.
    fn take_in(&mut self, path: &str) -> u32 {
        let Self { objects, used, places } = self;
        if let Some(object) = objects.get_mut(*used) {
            object.path.clear();
            object.path.push_str(path);
            object.counts = ObjectCounts::default();
        } else {
            let counts = ObjectCounts::default();
            objects.push(PopularObject { path: path.to_owned(), counts });
        }
        let place = *used as u32;
        *used += 1;
        let rehash = |place: &u32| hash(&objects[*place as usize].path);
        places.insert_unique(hash(path), place, rehash);
        place
    }

    fn clear(&mut self) {
        self.used = 0;
        self.places.clear();
    }

    /// The first so many by requests.
    fn first(&self, most: usize) -> Vec<&PopularObject> {
        let by_requests = |one: &&PopularObject, other: &&PopularObject| {
            other.counts.requests.cmp(&one.counts.requests).then_with(|| one.path.cmp(&other.path))
        };
        let mut objects: Vec<_> = self.objects[..self.used].iter().collect();
        if most < objects.len() {
            objects.select_nth_unstable_by(most, by_requests);
            objects.truncate(most);
        }
        objects.sort_unstable_by(by_requests);
        objects
    }
}

fn hash(path: &str) -> u64 {
    FixedState::default().hash_one(path.as_bytes())
}
