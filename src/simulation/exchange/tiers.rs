//! The tiers are asked and answer: what they want done is done here, in time.

use std::sync::Arc;
use std::time::Duration;

use super::{Asker, FetchAt, Task, UnderWay};
use crate::edge::{
    Answer, Contact, Decision, EdgeRequest, Effect, Ending, Failure, Incoming, Layer, Next, Reply,
    Tier, Upstream, UpstreamTiming, Visit, Witness,
};
use crate::network::latency::round_trip;
use crate::network::transfer::{BANDWIDTH_BACKBONE, BANDWIDTH_VIEWER, body_time};
use crate::network::{Position, Rec, Region};
use crate::simulation::world::At;
use crate::simulation::{ExchangeId, Observer, Place, World};
use crate::time::{Moment, SimTime};

impl World {
    pub(super) fn at_pop(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (place, rec_region) = (Place::Pop(exchange.pop), exchange.rec.code().into());
        let (request, identity) = (Arc::clone(&exchange.request), Arc::clone(&exchange.identity));
        let mut witness = At { observer, now, exchange: Some(id), place, askers: &self.askers };
        let moment = Moment { at: now, unix: self.now_unix() };
        let (visit, next) =
            Visit::begin(moment, &request, &identity, &self.config, &rec_region, &mut witness);
        self.exchange(id).visit = Some(visit);
        self.go_on(place, id, next, None, observer);
    }

    /// What the POP does next for a viewer.
    fn go_on(
        &mut self,
        place: Place,
        id: ExchangeId,
        next: Next,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        match next {
            Next::Reply(reply) => self.reply_to_viewer(id, reply, from, observer),
            Next::Ask(asked) => {
                self.ask(place, Layer::Pop, Asker { exchange: id, below: None }, asked, observer);
            }
        }
    }

    pub(super) fn at_rec(
        &mut self,
        below: FetchAt,
        rec: Rec,
        layer: Layer,
        observer: &mut impl Observer,
    ) {
        let Some(under_way) = self.under_way.get(&below) else { return };
        let (exchange, asked) = (under_way.exchange, under_way.asked.clone());
        self.ask(Place::Rec(rec), layer, Asker { exchange, below: Some(below) }, asked, observer);
    }

    fn ask(
        &mut self,
        place: Place,
        layer: Layer,
        from: Asker,
        asked: EdgeRequest,
        observer: &mut impl Observer,
    ) {
        let ticket = self.next_ticket;
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.askers.insert(ticket, from);
        self.with_tier(place, from.exchange, observer, |tier, now, witness, effects| {
            tier.ask(now, layer, ticket, asked, witness, effects);
        });
    }

    /// Lets a tier decide, then does what it wants done.
    pub(super) fn with_tier<O: Observer>(
        &mut self,
        place: Place,
        exchange: ExchangeId,
        observer: &mut O,
        decide: impl FnOnce(&mut Tier, Moment, &mut At<'_, O>, &mut Vec<Effect>),
    ) {
        let now = Moment { at: self.now, unix: self.now_unix() };
        let capacity = self.capacity_bytes(place);
        let tier = self.tiers.entry(place).or_insert_with(|| Tier::new(capacity));
        let mut effects = std::mem::take(&mut self.spare_effects);
        let mut witness =
            At { observer, now: now.at, exchange: Some(exchange), place, askers: &self.askers };
        decide(tier, now, &mut witness, &mut effects);
        for effect in effects.drain(..) {
            self.carry_out(place, exchange, effect, observer);
        }
        self.spare_effects = effects;
    }

    fn carry_out(
        &mut self,
        place: Place,
        exchange: ExchangeId,
        effect: Effect,
        observer: &mut impl Observer,
    ) {
        match effect {
            Effect::Answer { ticket, answer, streams_from } => {
                let Some(asker) = self.askers.remove(&ticket) else { return };
                let from = streams_from.map(|fetch| FetchAt { place, fetch });
                match asker.below {
                    None => self.answer_viewer(place, asker.exchange, answer, from, observer),
                    Some(below) => {
                        self.answer_below(place, below, asker.exchange, answer, from, observer);
                    }
                }
            }
            Effect::Ask { fetch, route, asked, attempt } => {
                let at = FetchAt { place, fetch };
                let asker = self.under_way.get(&at).map_or(exchange, |known| known.exchange);
                let now = self.now;
                let under_way = self.under_way.entry(at).or_insert_with(|| UnderWay {
                    exchange: asker,
                    asked: asked.clone(),
                    began: now,
                    round_trip: Duration::ZERO,
                    handshake: Duration::ZERO,
                    incoming: None,
                    last_at: now,
                    ending: Ending::Complete,
                    passed: None,
                });
                if attempt == 1 {
                    under_way.began = now;
                }
                under_way.asked = asked;
                let rec = match (route.upstream(), place) {
                    (Upstream::Origin, _) => return self.ask_origin(at),
                    (Upstream::Rec, _) => Rec::find(&under_way.asked.rec_region).ok(),
                    (Upstream::Shield(region), _) => Rec::find(region).ok(),
                };
                let (Some(rec), Some(from)) = (rec, tier_position(place)) else { return };
                let layer =
                    if route.upstream() == Upstream::Rec { Layer::Rec } else { Layer::Shield };
                under_way.round_trip = round_trip(from, rec.position());
                self.queue.push(now + under_way.round_trip / 2, Task::AtRec(at, rec, layer));
            }
        }
    }

    /// An answer for a viewer: it leaves the POP, or a page is looked for in its place.
    fn answer_viewer(
        &mut self,
        place: Place,
        id: ExchangeId,
        answer: Answer,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        let now = Moment { at: self.now, unix: self.now_unix() };
        let Some(mut visit) = self.exchange(id).visit.take() else { return };
        let mut witness = At {
            observer: &mut *observer,
            now: now.at,
            exchange: Some(id),
            place,
            askers: &self.askers,
        };
        let next = visit.answered(now, answer, &mut witness);
        self.exchange(id).visit = Some(visit);
        self.go_on(place, id, next, from, observer);
    }

    fn reply_to_viewer(
        &mut self,
        id: ExchangeId,
        reply: Reply,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let answered_by = self.answered_by(id, &reply);
        let upstream_last = self.upstream_last(from);
        let exchange = self.exchange(id);
        exchange.contact = reply.contact;
        exchange.answered_by = answered_by;
        exchange.from_pop = Some((Arc::clone(&reply.response), now));
        let (there, place) = (exchange.viewer_round_trip / 2, Place::Pop(exchange.pop));
        let length = reply.response.body.length;
        let own = body_time(length, exchange.viewer_round_trip, BANDWIDTH_VIEWER);
        let shown = (upstream_last + there).max(now + there + own);
        self.pass_on(place, id, reply.response, from, observer);
        self.queue.push(shown, Task::Shown(id));
    }

    /// An answer travels from a REC to the tier that asked it.
    fn answer_below(
        &mut self,
        place: Place,
        below: FetchAt,
        exchange: ExchangeId,
        answer: Answer,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let Some(under_way) = self.under_way.get(&below) else { return };
        let half = under_way.round_trip / 2;
        let last = self.upstream_last(from) + half;
        let response = Arc::new(answer.between_tiers(&under_way.asked));
        self.pass_on(place, exchange, response, from, observer);
        // What breaks off above breaks off below, too (XFER-05).
        let upstream = from.and_then(|at| self.under_way.get(&at));
        let ending = upstream.map_or(Ending::Complete, |under_way| under_way.ending);
        let Some(under_way) = self.under_way.get_mut(&below) else { return };
        under_way.incoming = Some(Incoming::Tier(answer));
        under_way.last_at = last;
        under_way.ending = ending;
        self.queue.push(now + half, Task::Head(below));
    }

    /// What a tier passes down is told at once where it has it, and with the last byte where that is still to come.
    fn pass_on(
        &mut self,
        place: Place,
        id: ExchangeId,
        response: Arc<crate::http::Response>,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let leads = from.and_then(|at| self.under_way.get_mut(&at));
        let is_first =
            |under_way: &&mut UnderWay| under_way.exchange == id && under_way.passed.is_none();
        if let Some(under_way) = leads.filter(is_first) {
            under_way.passed = Some((response, now));
        } else {
            let mut witness = At { observer, now, exchange: Some(id), place, askers: &self.askers };
            witness.note(|| Decision::Answered { response, head_at: now });
        }
    }

    /// When the last byte of what a tier passes on arrives there; now, where it has it all.
    fn upstream_last(&self, from: Option<FetchAt>) -> SimTime {
        let under_way = from.and_then(|at| self.under_way.get(&at));
        under_way.map_or(self.now, |under_way| under_way.last_at.max(self.now))
    }

    /// Who answered: the cache that had it, or the origin where that was asked.
    fn answered_by(&mut self, id: ExchangeId, reply: &Reply) -> Place {
        let exchange = self.exchange(id);
        let asked = exchange.visit.as_ref().and_then(Visit::asked);
        let origin = asked.and_then(|asked| Region::find(&asked.origin().region).ok());
        let shield = asked
            .and_then(|asked| asked.origin().shield_region.as_deref())
            .and_then(|region| Rec::find(region).ok());
        match (reply.contact, reply.layer, origin, shield) {
            (Contact::Fetched | Contact::Validated, _, Some(region), _) => Place::Origin(region),
            (_, Layer::Shield, _, Some(rec)) => Place::Rec(rec),
            (_, Layer::Rec, ..) => Place::Rec(exchange.rec),
            _ => Place::Pop(exchange.pop),
        }
    }

    pub(super) fn head(&mut self, at: FetchAt, observer: &mut impl Observer) {
        let now = self.now;
        let Some(under_way) = self.under_way.get_mut(&at) else { return };
        let Some(incoming) = under_way.incoming.take() else { return };
        if let Incoming::Tier(answer) = &incoming {
            // MODEL: between tiers the bytes travel at their own slow start.
            let own = body_time(answer.wire_bytes, under_way.round_trip, BANDWIDTH_BACKBONE);
            let own_last = now + own;
            under_way.last_at = under_way.last_at.max(own_last);
        }
        let (exchange, ending) = (under_way.exchange, under_way.ending);
        self.with_tier(at.place, exchange, observer, |tier, moment, witness, effects| {
            tier.head(moment, at.fetch, incoming, witness, effects);
        });
        self.await_last(at, ending);
    }

    pub(super) fn failed(&mut self, at: FetchAt, failure: Failure, observer: &mut impl Observer) {
        let now = self.now;
        let Some(under_way) = self.under_way.get_mut(&at) else { return };
        under_way.last_at = now;
        let exchange = under_way.exchange;
        let timing = UpstreamTiming {
            dns: Duration::ZERO,
            connect: under_way.handshake,
            first_byte: now.since(under_way.began),
        };
        self.with_tier(at.place, exchange, observer, |tier, moment, witness, effects| {
            tier.failed(moment, at.fetch, failure, timing, witness, effects);
        });
        self.await_last(at, Ending::Complete);
    }

    /// Once the head has been dealt with, the last byte follows; not where the tier asked somebody else instead.
    fn await_last(&mut self, at: FetchAt, ending: Ending) {
        let has_come = self.tiers.get(&at.place).is_some_and(|tier| tier.has_head(at.fetch));
        let last = self.under_way.get(&at).filter(|_| has_come).map(|under_way| under_way.last_at);
        if let Some(last) = last {
            self.queue.push(last, Task::Last(at, ending));
        }
    }

    pub(super) fn last(&mut self, at: FetchAt, ending: Ending, observer: &mut impl Observer) {
        let Some(UnderWay { exchange, passed, .. }) = self.under_way.remove(&at) else { return };
        self.with_tier(at.place, exchange, &mut *observer, |tier, moment, witness, _| {
            tier.last_byte(moment, at.fetch, ending, witness);
        });
        if let Some((response, head_at)) = passed {
            let (now, place) = (self.now, at.place);
            let mut witness =
                At { observer, now, exchange: Some(exchange), place, askers: &self.askers };
            witness.note(|| Decision::Answered { response, head_at });
        }
    }
}

pub(super) fn tier_position(place: Place) -> Option<Position> {
    match place {
        Place::Pop(pop) => Some(pop.position()),
        Place::Rec(rec) => Some(rec.position()),
        _ => None,
    }
}
