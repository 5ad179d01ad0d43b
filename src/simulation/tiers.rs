//! The POPs and RECs of a World, and who has asked them.

use litemap::LiteMap;

use super::exchange::Asker;
use super::{ExchangeId, Observer, Place, What};
use crate::edge::{Asking, Decision, Effect, Failure, FetchId, Layer, Tier, Witness};
use crate::http::Response;
use crate::time::{Moment, SimTime};

/// Writes a tier's decisions into an observer.
pub(super) struct At<'a, O> {
    pub(super) observer: &'a mut O,
    pub(super) now: SimTime,
    pub(super) exchange: Option<ExchangeId>,
    pub(super) place: Place,
    pub(super) askers: &'a LiteMap<u32, Asker>,
}

impl<O: Observer> Witness for At<'_, O> {
    fn wants(&self) -> bool {
        self.observer.wants()
    }
    fn take(&mut self, decision: Decision) {
        self.observer.note(self.now, self.exchange, self.place, || What::Decided(decision));
    }
    fn about(&mut self, ticket: u32) {
        if let Some(asker) = self.askers.get(&ticket) {
            self.exchange = Some(asker.exchange);
        }
    }
}

/// The tiers that exist by now, and who waits for them.
#[derive(Debug, Default)]
pub(super) struct Tiers {
    at: LiteMap<Place, Tier>,
    /// Who asked a tier, by ticket.
    askers: LiteMap<u32, Asker>,
    next_ticket: u32,
    /// Kept empty between uses, so that no call has to make room for its effects.
    spare_effects: Vec<Effect>,
}

/// A tier's place, its room in bytes, and what time it is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here {
    pub(super) place: Place,
    pub(super) capacity_bytes: u64,
    pub(super) now: Moment,
}

impl Tiers {
    /// POPs before RECs, each by its code's place in the table.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Place, &Tier)> {
        self.at.iter().map(|(place, tier)| (*place, tier))
    }

    /// Each with who has asked.
    pub(super) fn iter_mut(
        &mut self,
    ) -> impl Iterator<Item = (Place, &mut Tier, &LiteMap<u32, Asker>)> {
        let askers = &self.askers;
        self.at.iter_mut().map(move |(place, tier)| (*place, tier, askers))
    }

    /// The one at a place with who has asked, if it exists by now.
    pub(super) fn get_mut(&mut self, place: Place) -> Option<(&mut Tier, &LiteMap<u32, Asker>)> {
        Some((self.at.get_mut(&place)?, &self.askers))
    }

    /// Whether a tier exists by now.
    pub(super) fn is_used(&self, place: Place) -> bool {
        self.at.contains_key(&place)
    }

    pub(super) const fn askers(&self) -> &LiteMap<u32, Asker> {
        &self.askers
    }

    /// Whether the head of what a tier has asked for has come.
    pub(super) fn has_head(&self, place: Place, fetch: FetchId) -> bool {
        self.at.get(&place).is_some_and(|tier| tier.has_head(fetch))
    }

    /// Why the head of the origin's answer is useless to a tier, if it is.
    pub(super) fn defect_of(
        &self,
        place: Place,
        fetch: FetchId,
        response: &Response,
    ) -> Option<Failure> {
        self.at.get(&place)?.defect_of(fetch, response)
    }

    /// Who came with a ticket.
    pub(super) fn asker(&self, ticket: u32) -> Option<Asker> {
        self.askers.get(&ticket).copied()
    }

    /// Who came with a ticket, which is used up.
    pub(super) fn answered(&mut self, ticket: u32) -> Option<Asker> {
        self.askers.remove(&ticket)
    }

    /// Lets a tier decide.
    pub(super) fn decide<O: Observer, T>(
        &mut self,
        here: Here,
        exchange: ExchangeId,
        observer: &mut O,
        decide: impl FnOnce(&mut Tier, &mut At<'_, O>) -> T,
    ) -> T {
        let Here { place, capacity_bytes, now } = here;
        let tier = self.at.entry(place).or_insert_with(|| Tier::new(capacity_bytes));
        let (askers, exchange) = (&self.askers, Some(exchange));
        decide(tier, &mut At { observer, now: now.at, exchange, place, askers })
    }

    /// Asks a tier; what it wants done comes back, and the list goes back to [`Tiers::done`].
    pub(super) fn ask(
        &mut self,
        here: Here,
        layer: Layer,
        from: Asker,
        asked: Asking<'_>,
        observer: &mut impl Observer,
    ) -> Vec<Effect> {
        let ticket = self.next_ticket;
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.askers.insert(ticket, from);
        let mut effects = self.no_effects();
        self.decide(here, from.exchange, observer, |tier, witness| {
            tier.ask(here.now, layer, ticket, asked, witness, &mut effects);
        });
        effects
    }

    /// An empty list.
    pub(super) fn no_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.spare_effects)
    }

    /// Takes a list back, which is empty now.
    pub(super) fn done(&mut self, effects: Vec<Effect>) {
        self.spare_effects = effects;
    }
}
