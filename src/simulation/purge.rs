//! How an invalidation spreads: place by place, each at its own moment.

use std::sync::Arc;
use std::time::Duration;

use rand::Rng;
use rand_pcg::Pcg32;

use super::exchange::Task;
use super::tiers::At;
use super::{ActionError, Observer, Place, What, World};
use crate::edge::{Batch, Bill, Invalidation, InvalidationId, Purge, Submitted};
use crate::network::{Pop, Rec, nearest};
use crate::time::Moment;

/// MODEL (INV-36): the least and the most that an invalidation takes to reach a tier, in microseconds.
const INVALIDATION_DELAY_MICROS: std::ops::RangeInclusive<u64> = 1_000_000..=5_000_000;

impl World {
    /// The distribution's invalidations, in the order of their creation.
    pub fn invalidations(&self) -> &[Invalidation] {
        self.ledger.all()
    }

    /// What the account owes for the month in which it last invalidated something.
    pub fn bill(&self) -> Bill {
        self.account.bill()
    }

    pub(super) fn invalidate(
        &mut self,
        batch: &Batch,
        observer: &mut impl Observer,
    ) -> Result<(), ActionError> {
        let now = Moment { at: self.now, unix: self.now_unix() };
        let ids = &mut self.invalidation_ids;
        let submitted =
            self.ledger
                .submit(now, batch, self.settings.quotas, &mut self.account, || name(ids))?;
        match submitted {
            Submitted::Earlier(which) => {
                let one = &self.ledger.all()[which];
                observer.note(now.at, None, Place::Control, || What::InvalidationKnown {
                    id: one.id().clone(),
                    batch: one.shared_batch(),
                    created_at: one.created_at(),
                });
            }
            Submitted::Created(which, bill) => {
                let one = &self.ledger.all()[which];
                observer.note(now.at, None, Place::Control, || What::InvalidationCreated {
                    id: one.id().clone(),
                    batch: one.shared_batch(),
                    bill,
                });
                self.spread(which);
            }
        }
        Ok(())
    }

    /// INV-30, INV-33, INV-38: Origin Shields first, then the other RECs, then the POPs, each POP's delay counted from its
    /// REC's instant.
    ///
    /// INV-38 (MODEL): all Shields at one instant. The Shield of one origin is an ordinary REC on the way to another's, and
    /// would be filled again from that one if it came first.
    fn spread(&mut self, which: usize) {
        let begun = self.now;
        let shields = self.shields();
        let shielded = if shields.is_empty() { begun } else { begun + self.delay() }; // INV-36
        let mut last = begun;
        for rec in Rec::all() {
            let is_used = self.tiers.is_used(Place::Rec(rec));
            let pops = self.pops_before(rec);
            if !is_used && pops.is_empty() {
                continue;
            }
            let at_rec = if shields.contains(&rec) { shielded } else { shielded + self.delay() }; // INV-36, INV-38
            last = last.max(at_rec);
            if is_used {
                self.queue.push(at_rec, Task::InvalidateAt(Place::Rec(rec), which)); // INV-30
            }
            for pop in pops {
                let at_pop = at_rec + self.delay(); // INV-36, INV-38
                last = last.max(at_pop);
                self.queue.push(at_pop, Task::InvalidateAt(Place::Pop(pop), which)); // INV-30
            }
        }
        self.queue.push(last, Task::InvalidationDone(which)); // INV-36
    }

    /// The RECs in use that are the Origin Shield of an origin.
    fn shields(&self) -> Vec<Rec> {
        let is_shield = |rec: &Rec| {
            let mut origins = self.in_force.config.distribution().origins.iter();
            origins.any(|origin| origin.shield_region.as_deref() == Some(rec.code()))
        };
        Rec::all().filter(|rec| self.tiers.is_used(Place::Rec(*rec))).filter(is_shield).collect()
    }

    /// The POPs in use whose REC this is.
    fn pops_before(&self, rec: Rec) -> Vec<Pop> {
        let pops = self.tiers.iter().filter_map(|(place, _)| match place {
            Place::Pop(pop) => Some(pop),
            _ => None,
        });
        pops.filter(|pop| nearest::nearest_rec(*pop) == rec).collect()
    }

    pub(super) fn invalidate_at(
        &mut self,
        place: Place,
        which: usize,
        observer: &mut impl Observer,
    ) {
        let header = self.in_force.config.distribution().cache_tag_header.as_deref();
        let Some(one) = self.ledger.all().get(which) else { return };
        let now = self.now;
        let Some((tier, askers)) = self.tiers.get_mut(place) else { return };
        let purge = Purge {
            id: one.id().clone(),
            batch: one.shared_batch(),
            tag_header: header.map(Arc::from), // TAG-10, TAG-11
            domain: self.in_force.config.domain().into(),
        };
        let before = tier.store().len();
        tier.invalidate(&purge, &mut At { observer, now, exchange: None, place, askers });
        let removed = before - tier.store().len();
        self.ledger.removed(which, removed);
    }

    pub(super) fn invalidation_done(&mut self, which: usize, observer: &mut impl Observer) {
        self.ledger.complete(which, self.now); // INV-37
        let Some(one) = self.ledger.all().get(which) else { return };
        observer.note(self.now, None, Place::Control, || What::InvalidationCompleted {
            id: one.id().clone(),
            batch: one.shared_batch(),
            removed: one.removed(),
        });
    }

    fn delay(&mut self) -> Duration {
        let (low, high) = (*INVALIDATION_DELAY_MICROS.start(), *INVALIDATION_DELAY_MICROS.end());
        // A plain remainder: its bias over so small a range is nil, and its values never change with a library.
        Duration::from_micros(low + u64::from(self.delays.next_u32()) % (high - low + 1))
    }
}

/// INV-41: `I` and 13 letters and digits more, as the API writes names.
fn name(ids: &mut Pcg32) -> InvalidationId {
    const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::from("I");
    name.extend((0..13).map(|_| char::from(ALPHABET[ids.next_u32() as usize % ALPHABET.len()])));
    InvalidationId(name.into())
}
