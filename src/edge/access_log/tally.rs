//! What the records of a log come to: how many, how many bytes, by outcome, status, edge location and path.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::record::{Outcome, Record};
use crate::edge::ResultType;

/// How many requests, and how many bytes went to their viewers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Requests.
    pub requests: u64,
    /// Bytes to viewers (`sc-bytes`).
    pub bytes: u64,
}

impl Sum {
    fn add(&mut self, bytes: u64) {
        self.requests += 1;
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

/// What many records come to.
#[derive(Clone, Debug)]
pub struct Tally {
    all: Sum,
    hits: Sum,
    refresh_hits: Sum,
    misses: Sum,
    /// By the first digit; at 0 those without an answer.
    statuses: [Sum; 10],
    first_unix: Option<u64>,
    last_unix: u64,
    results: Named,
    locations: Named,
    paths: Named,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            all: Sum::default(),
            hits: Sum::default(),
            refresh_hits: Sum::default(),
            misses: Sum::default(),
            statuses: [Sum::default(); 10],
            first_unix: None,
            last_unix: 0,
            results: Named::with_room(100, 10_000),
            locations: Named::with_room(2_000, 100_000),
            paths: Named::with_room(30_000, 2_000_000),
        }
    }
}

impl Tally {
    /// Counts one more.
    pub fn count(&mut self, record: &Record<'_>) {
        let bytes = record.bytes_down;
        self.all.add(bytes);
        // As the cache statistics report counts (caching.md section 9): as it was when it went out.
        let before = record.response_result.as_ref().unwrap_or(&record.result);
        match before {
            Outcome::Of(ResultType::Hit) => self.hits.add(bytes), // MTR-10, MTR-11
            Outcome::Of(ResultType::RefreshHit) => self.refresh_hits.add(bytes),
            Outcome::Of(ResultType::Miss) => self.misses.add(bytes),
            _ => {}
        }
        let class = record.status.map_or(0, |status| usize::from(status.0 / 100));
        if let Some(class) = self.statuses.get_mut(class) {
            class.add(bytes);
        }
        let first = self.first_unix.unwrap_or(record.finished_unix);
        self.first_unix = Some(first.min(record.finished_unix));
        self.last_unix = self.last_unix.max(record.finished_unix);
        self.results.add(record.result.as_str(), bytes);
        if let Some(location) = &record.location {
            self.locations.add(location.as_logged(), bytes);
        }
        self.paths.add(record.path.as_logged(), bytes);
    }

    /// All records.
    pub const fn all(&self) -> Sum {
        self.all
    }

    /// What a cache answered: the hit ratio by requests and by bytes is their share of [`Tally::all`].
    pub const fn hits(&self) -> Sum {
        self.hits
    }

    /// What a cache answered once the origin had said that it is still good.
    pub const fn refresh_hits(&self) -> Sum {
        self.refresh_hits
    }

    /// What the origin sent.
    pub const fn misses(&self) -> Sum {
        self.misses
    }

    /// By the first digit of the status; at 0 the viewers that left before there was one (LOG-F09).
    pub const fn statuses(&self) -> &[Sum; 10] {
        &self.statuses
    }

    /// The first and the last instant at which an answer was complete, in Unix seconds.
    pub fn span_unix(&self) -> Option<(u64, u64)> {
        self.first_unix.map(|first| (first, self.last_unix))
    }

    /// By result type (`x-edge-result-type`).
    pub const fn results(&self) -> &Named {
        &self.results
    }

    /// By edge location.
    pub const fn locations(&self) -> &Named {
        &self.locations
    }

    /// By path, as logged.
    pub const fn paths(&self) -> &Named {
        &self.paths
    }

    /// The memory that it takes, in bytes.
    pub(super) fn held_bytes(&self) -> usize {
        [&self.results, &self.locations, &self.paths].map(Named::held_bytes).iter().sum()
    }
}

/// Sums by name, in the order in which the names came. Those that come after there is no more room for names are one sum.
#[derive(Clone, Debug)]
pub struct Named {
    /// The most names.
    most: usize,
    /// The most bytes that they take.
    room: usize,
    sums: Vec<(Box<str>, Sum)>,
    /// By name, the places in `sums`.
    places: HashTable<u32>,
    /// What the names take.
    name_bytes: usize,
    others: Sum,
}

impl Named {
    fn with_room(most: usize, room: usize) -> Self {
        let (sums, places) = (Vec::new(), HashTable::new());
        Self { most, room, sums, places, name_bytes: 0, others: Sum::default() }
    }

    fn add(&mut self, name: &str, bytes: u64) {
        let is_it = |place: &u32| &*self.sums[*place as usize].0 == name;
        if let Some(place) = self.places.find(hash(name), is_it).copied() {
            self.sums[place as usize].1.add(bytes);
            return;
        }
        if self.sums.len() >= self.most || self.name_bytes + name.len() > self.room {
            self.others.add(bytes);
            return;
        }
        let Self { sums, places, name_bytes, .. } = self;
        *name_bytes += name.len();
        let place = sums.len() as u32;
        sums.push((name.into(), Sum { requests: 1, bytes }));
        places.insert_unique(hash(name), place, |place| hash(&sums[*place as usize].0));
    }

    /// The first so many by requests, those with as many in the order of their names.
    pub fn top(&self, most: usize) -> Vec<(&str, Sum)> {
        let mut top: Vec<(&str, Sum)> = Vec::new();
        for (name, sum) in self.sums() {
            let is_before = |other: &(&str, Sum)| {
                let (more, fewer) = (other.1.requests, sum.requests);
                more > fewer || more == fewer && other.0 < name
            };
            let place = top.partition_point(is_before);
            if place < most {
                top.truncate(most - 1);
                top.insert(place, (name, sum));
            }
        }
        top
    }

    /// All, in the order in which their names came.
    pub fn sums(&self) -> impl Iterator<Item = (&str, Sum)> {
        self.sums.iter().map(|(name, sum)| (&**name, *sum))
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// What came after the room was used up.
    pub const fn others(&self) -> Sum {
        self.others
    }

    fn held_bytes(&self) -> usize {
        let each = size_of::<(Box<str>, Sum)>();
        self.sums.capacity() * each
            + self.name_bytes
            + self.places.capacity() * 2 * size_of::<u32>()
    }
}

fn hash(name: &str) -> u64 {
    FixedState::default().hash_one(name.as_bytes())
}
