//! The popular objects report (caching.md section 9).

use foldhash::fast::FixedState;
use hashbrown::HashMap;

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
    pub path: Box<str>,
    /// What was counted of it.
    pub counts: ObjectCounts,
}

/// In no order: it is sorted where it is read.
type Counted = HashMap<Box<str>, ObjectCounts, FixedState>;

/// Counts by object. A step lasts ten minutes; of each the objects asked for most are followed, and added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PopularObjects {
    step: u64,
    of_step: Counted,
    before: Counted,
}

impl PopularObjects {
    pub(super) fn count(&mut self, exchange: &Exchanged<'_>) {
        let step = exchange.at.as_secs() / STEP_SECS;
        if step != self.step {
            let followed = first(&std::mem::take(&mut self.of_step), FOLLOWED);
            for object in &followed {
                add(&mut self.before, object);
            }
            self.step = step;
        }
        if let Some(counts) = self.of_step.get_mut(exchange.path) {
            counts.count(exchange);
        } else {
            let mut counts = ObjectCounts::default();
            counts.count(exchange);
            self.of_step.insert(exchange.path.into(), counts);
        }
    }

    /// The objects asked for most, those asked for equally often in the order of their paths (MODEL).
    pub fn top(&self) -> Vec<PopularObject> {
        let mut all = self.before.clone();
        for object in &first(&self.of_step, FOLLOWED) {
            add(&mut all, object);
        }
        first(&all, TOP)
    }
}

fn add(all: &mut Counted, object: &PopularObject) {
    match all.get_mut(&object.path) {
        Some(counts) => counts.add(&object.counts),
        None => {
            all.insert(object.path.clone(), object.counts);
        }
    }
}

/// The first so many by requests.
fn first(counted: &Counted, most: usize) -> Vec<PopularObject> {
    let mut objects: Vec<_> = counted.iter().collect();
    objects.sort_unstable_by(|(one, counts), (other, more)| {
        more.requests.cmp(&counts.requests).then_with(|| one.cmp(other))
    });
    let first = objects.into_iter().take(most);
    first.map(|(path, counts)| PopularObject { path: path.clone(), counts: *counts }).collect()
}
