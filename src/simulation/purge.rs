//! How an invalidation spreads: place by place, each at its own moment.

use std::time::Duration;

use rand::Rng;

use super::exchange::Task;
use super::world::At;
use super::{Observer, Place, What, World};
use crate::edge::InvalidationPath;
use crate::network::{Pop, Rec, nearest};

/// MODEL (INV-36): the least and the most that an invalidation takes to reach a tier, in microseconds.
const INVALIDATION_DELAY_MICROS: std::ops::RangeInclusive<u64> = 1_000_000..=5_000_000;

impl World {
    /// INV-38: RECs before POPs, each POP's delay counted from its REC's instant.
    pub(super) fn invalidate(&mut self, path: &InvalidationPath, observer: &mut impl Observer) {
        observer.note(self.now, None, Place::Control, || What::InvalidationCreated {
            path: path.clone(),
        });
        self.removed_so_far = 0;
        let mut last = self.now;
        for rec in Rec::all() {
            let is_used = self.tiers.contains_key(&Place::Rec(rec));
            let pops = self.pops_before(rec);
            if !is_used && pops.is_empty() {
                continue;
            }
            let at_rec = self.now + self.delay();
            last = last.max(at_rec);
            if is_used {
                self.queue.push(at_rec, Task::InvalidateAt(Place::Rec(rec), path.clone()));
            }
            for pop in pops {
                let at_pop = at_rec + self.delay();
                last = last.max(at_pop);
                self.queue.push(at_pop, Task::InvalidateAt(Place::Pop(pop), path.clone()));
            }
        }
        self.queue.push(last, Task::InvalidationDone(path.clone()));
    }

    /// The POPs in use whose REC this is.
    fn pops_before(&self, rec: Rec) -> Vec<Pop> {
        let pops = self.tiers.keys().filter_map(|place| match place {
            Place::Pop(pop) => Some(*pop),
            _ => None,
        });
        pops.filter(|pop| nearest::nearest_rec(*pop) == rec).collect()
    }

    pub(super) fn invalidate_at(
        &mut self,
        place: Place,
        path: &InvalidationPath,
        observer: &mut impl Observer,
    ) {
        let Some(tier) = self.tiers.get_mut(&place) else { return };
        let before = tier.store().len();
        let (now, askers) = (self.now, &self.askers);
        tier.invalidate(path, &mut At { observer, now, exchange: None, place, askers });
        self.removed_so_far += before - tier.store().len();
    }

    pub(super) fn invalidation_done(
        &mut self,
        path: InvalidationPath,
        observer: &mut impl Observer,
    ) {
        let removed = self.removed_so_far;
        observer
            .note(self.now, None, Place::Control, || What::InvalidationCompleted { path, removed });
    }

    pub(super) fn delay(&mut self) -> Duration {
        let (low, high) = (*INVALIDATION_DELAY_MICROS.start(), *INVALIDATION_DELAY_MICROS.end());
        // A plain remainder: its bias over so small a range is nil, and its values never change with a library.
        Duration::from_micros(low + u64::from(self.delays.next_u32()) % (high - low + 1))
    }
}
