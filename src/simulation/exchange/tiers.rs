//! The tiers are asked and answer: what they want done is done here, in time.

use std::sync::Arc;
use std::time::Duration;

use super::{Asker, Attempt, Departure, FetchAt, Source, Task, UnderWay};
use crate::edge::fields::Identity;
use crate::edge::{
    Answer, Contact, Content, Decision, EdgeRequest, Effect, Ending, Failure, Incoming, Layer,
    Next, Reply, Tier, Upstream, Visit, Witness,
};
use crate::http::Response;
use crate::network::transfer::{BANDWIDTH_BACKBONE, BANDWIDTH_VIEWER, body_time};
use crate::network::{Rec, nearest};
use crate::simulation::connections::Ends;
use crate::simulation::tiers::At;
use crate::simulation::{ExchangeId, Observer, Place, World};
use crate::time::{Moment, SimTime};

impl World {
    pub(super) fn at_pop(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let exchange = self.exchange(id);
        let (city, pop, family) = (exchange.city, exchange.pop, exchange.family);
        let place = Place::Pop(pop);
        let (request_id, handshake) = (exchange.request_id, exchange.handshake);
        let session = exchange.session();
        let Some(request) = exchange.request.take() else { return };
        let parties = self.ways.parties(city, pop, family);
        let identity = Identity { parties, request_id, handshake, session };
        let here = self.here(place);
        let (config, session) = self.take_side(id, pop, &request.fields, observer);
        let (visit, next) = self.tiers.decide(here, id, observer, |pop, witness| {
            Visit::begin(here.now, request, identity, config, pop, witness)
        });
        self.exchange(id).visit = Some(visit.within(session));
        self.go_on(place, id, next, Source::default(), observer);
    }

    /// What the POP does next for a viewer.
    pub(super) fn go_on(
        &mut self,
        place: Place,
        id: ExchangeId,
        next: Next,
        source: Source,
        observer: &mut impl Observer,
    ) {
        match next {
            Next::Reply(reply) => self.reply_to_viewer(id, reply, source, observer),
            Next::Run(run) => self.run_at_pop(id, run, source),
            Next::Ask => {
                let (here, from) = (self.here(place), Asker { exchange: id, below: None });
                let visit = self.exchanges.get(&id.0).and_then(|exchange| exchange.visit.as_ref());
                let Some(visit) = visit else { return };
                let asked = visit.asked().into();
                let effects = self.tiers.ask(here, Layer::Pop, from, asked, observer);
                self.carry_out_all(place, id, effects, observer);
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
        let here = self.here(Place::Rec(rec));
        let Some(under_way) = self.under_way.get(&below) else { return };
        let (exchange, asked) = (under_way.exchange, (&under_way.asked).into());
        let from = Asker { exchange, below: Some(below) };
        let effects = self.tiers.ask(here, layer, from, asked, observer);
        self.carry_out_all(here.place, exchange, effects, observer);
    }

    /// Lets a tier decide, then does what it wants done.
    pub(super) fn with_tier<O: Observer>(
        &mut self,
        place: Place,
        exchange: ExchangeId,
        observer: &mut O,
        decide: impl FnOnce(&mut Tier, Moment, &mut At<'_, O>, &mut Vec<Effect>),
    ) {
        let here = self.here(place);
        let mut effects = self.tiers.no_effects();
        self.tiers.decide(here, exchange, observer, |tier, witness| {
            decide(tier, here.now, witness, &mut effects);
        });
        self.carry_out_all(place, exchange, effects, observer);
    }

    fn carry_out_all(
        &mut self,
        place: Place,
        exchange: ExchangeId,
        mut effects: Vec<Effect>,
        observer: &mut impl Observer,
    ) {
        for effect in effects.drain(..) {
            self.carry_out(place, exchange, effect, observer);
        }
        self.tiers.done(effects);
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
                let Some(asker) = self.tiers.answered(ticket) else { return };
                let from = streams_from.map(|fetch| FetchAt { fetch, place });
                match asker.below {
                    None => self.answer_viewer(place, asker.exchange, &answer, from, observer),
                    Some(below) => {
                        self.answer_below(place, below, asker.exchange, answer, from, observer);
                    }
                }
            }
            Effect::Ask { fetch, leader, route, asked, attempt } => {
                let at = FetchAt { fetch, place };
                let now = self.now;
                let under_way = self.set_out(at, leader, exchange, asked);
                if attempt == 1 {
                    under_way.began = now;
                }
                let rec = match (route.upstream(), place) {
                    (Upstream::Origin, _) => return self.ask_origin(at),
                    (Upstream::Rec, Place::Pop(pop)) => Some(nearest::nearest_rec(pop)), // FLOW-12
                    (Upstream::Rec, _) => None,
                    (Upstream::Shield(region), _) => Rec::find(region).ok(),
                };
                let Some(rec) = rec else { return };
                let Some(round_trip) = self.ways.between(place, Place::Rec(rec)) else { return };
                let layer =
                    if route.upstream() == Upstream::Rec { Layer::Rec } else { Layer::Shield };
                let Some(under_way) = self.under_way.get_mut(&at) else { return };
                under_way.round_trip = round_trip;
                self.queue.push(now + round_trip / 2, Task::AtRec(at, rec, layer));
            }
            Effect::Run { fetch, leader, asked, runtime } => {
                let at = FetchAt { fetch, place };
                self.set_out(at, leader, exchange, asked);
                self.run_for_fetch(at, runtime);
            }
            Effect::Made { fetch, leader, asked, response } => {
                let at = FetchAt { fetch, place };
                let now = self.now;
                let under_way = self.set_out(at, leader, exchange, asked);
                under_way.made = Some(response);
                (under_way.last_at, under_way.ending) = (now, Ending::Complete);
                self.queue.push(now, Task::Head(at));
            }
        }
    }

    /// A fetch of the tier at a place is under way, for whoever began it.
    fn set_out(
        &mut self,
        at: FetchAt,
        leader: Option<u32>,
        exchange: ExchangeId,
        asked: Arc<EdgeRequest>,
    ) -> &mut UnderWay {
        let known = self.under_way.get(&at).map(|known| known.exchange);
        let led = leader.and_then(|ticket| self.tiers.asker(ticket));
        let own = known.or(led.map(|asker| asker.exchange)).unwrap_or(exchange);
        let now = self.now;
        let under_way = self.under_way.entry(at).or_insert_with(|| UnderWay {
            exchange: own,
            asked: Arc::clone(&asked),
            began: now,
            round_trip: Duration::ZERO,
            attempt: Attempt { began: now, connected: now, sent: now },
            leg: None,
            incoming: None,
            made: None,
            denied: None,
            last_at: now,
            ending: Ending::Complete,
            passed: None,
        });
        under_way.asked = asked;
        under_way
    }

    /// An answer for a viewer: it leaves the POP, or a page is looked for in its place.
    fn answer_viewer(
        &mut self,
        place: Place,
        id: ExchangeId,
        answer: &Answer,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        let here = self.here(place);
        let visit = self.exchanges.get_mut(&id.0).and_then(|exchange| exchange.visit.as_mut());
        let Some(visit) = visit else { return };
        let next = self.tiers.decide(here, id, observer, |pop, witness| {
            visit.answered(here.now, answer, pop, witness)
        });
        let source = Source { fetch: from, ending: self.ending_above(from) };
        self.go_on(place, id, next, source, observer);
    }

    fn reply_to_viewer(
        &mut self,
        id: ExchangeId,
        reply: Reply,
        source: Source,
        observer: &mut impl Observer,
    ) {
        let (now, from) = (self.now, source.fetch);
        let upstream_last = self.upstream_last(from);
        let ending = if streams(&reply) { source.ending } else { Ending::Complete };
        let exchange = self.exchange(id);
        let visit = exchange.visit.as_ref().filter(|_| observer.wants());
        let response = visit.map(|visit| Arc::new(visit.response(&reply)));
        let (there, place) = (exchange.viewer_round_trip / 2, Place::Pop(exchange.pop));
        let own = body_time(reply.body.length, exchange.viewer_round_trip, BANDWIDTH_VIEWER);
        exchange.from_pop = Some(Departure { reply, response: response.clone(), at: now, ending });
        let shown = (upstream_last + there).max(now + there + own);
        self.pass_on(place, id, response, from, observer);
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
        let response = observer.wants().then(|| Arc::new(answer.between_tiers(&under_way.asked)));
        self.pass_on(place, exchange, response, from, observer);
        let stands_in = answer.contact == Contact::StaleOnError; // what it stands in for may break off
        let ending = if stands_in { Ending::Complete } else { self.ending_above(from) };
        let Some(under_way) = self.under_way.get_mut(&below) else { return };
        under_way.incoming = Some(Incoming::Tier(answer));
        under_way.last_at = last;
        under_way.ending = ending;
        self.queue.push(now + half, Task::Head(below));
    }

    /// What a tier passes down is told to whoever watches: at once where it has it, and with the last byte where that is still to come.
    fn pass_on(
        &mut self,
        place: Place,
        id: ExchangeId,
        response: Option<Arc<Response>>,
        from: Option<FetchAt>,
        observer: &mut impl Observer,
    ) {
        let (Some(response), now) = (response, self.now) else { return };
        let leads = from.and_then(|at| self.under_way.get_mut(&at));
        let is_first =
            |under_way: &&mut UnderWay| under_way.exchange == id && under_way.passed.is_none();
        if let Some(under_way) = leads.filter(is_first) {
            under_way.passed = Some((response, now));
        } else {
            let askers = self.tiers.askers();
            let mut witness = At { observer, now, exchange: Some(id), place, askers };
            witness.note(|| Decision::Answered { response, head_at: now });
        }
    }

    /// When the last byte of what a tier passes on arrives there; now, where it has it all.
    fn upstream_last(&self, from: Option<FetchAt>) -> SimTime {
        let under_way = from.and_then(|at| self.under_way.get(&at));
        under_way.map_or(self.now, |under_way| under_way.last_at.max(self.now))
    }

    /// What breaks off above breaks off below, too (XFER-05).
    fn ending_above(&self, from: Option<FetchAt>) -> Ending {
        let upstream = from.and_then(|at| self.under_way.get(&at));
        upstream.map_or(Ending::Complete, |under_way| under_way.ending)
    }

    pub(super) fn head(&mut self, at: FetchAt, observer: &mut impl Observer) {
        let now = self.now;
        let Some(under_way) = self.under_way.get_mut(&at) else { return };
        if let Some(response) = under_way.made.take() {
            let exchange = under_way.exchange;
            self.with_tier(at.place, exchange, observer, |tier, moment, witness, effects| {
                tier.made(moment, at.fetch, response, witness, effects);
            });
            return self.await_last(at, Ending::Complete);
        }
        let Some(incoming) = under_way.incoming.take() else { return };
        if let Incoming::Tier(answer) = &incoming {
            // MODEL: between tiers the bytes travel at their own slow start.
            let own = body_time(answer.wire_bytes, under_way.round_trip, BANDWIDTH_BACKBONE);
            let own_last = now + own;
            under_way.last_at = under_way.last_at.max(own_last);
        }
        if let Incoming::Origin(response, _) = &incoming
            && self.tiers.defect_of(at.place, at.fetch, response).is_some()
        {
            // LIM-05, RNG-10, RNG-16: nobody reads on, and the connection is closed.
            let free_at = std::mem::replace(&mut under_way.last_at, now);
            under_way.ending = Ending::Complete; // what goes down is a page of CloudFront's own
            let asked = &under_way.asked;
            let ends = Ends::new(at.place, asked.origin(), asked.origin_scheme());
            self.origin_connections.lost(ends, free_at);
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
        (under_way.last_at, under_way.ending) = (now, Ending::Complete);
        let exchange = under_way.exchange;
        let timing = under_way.attempt.timing(now);
        // CONN-07: the connection was taken out for the attempt, and nobody gives it back.
        self.with_tier(at.place, exchange, observer, |tier, moment, witness, effects| {
            tier.failed(moment, at.fetch, failure, timing, witness, effects);
        });
        self.await_last(at, Ending::Complete);
    }

    /// Once the head has been dealt with, the last byte follows; not where the tier asked somebody else instead, or still waits
    /// for a function.
    pub(super) fn await_last(&mut self, at: FetchAt, ending: Ending) {
        let has_come = self.tiers.has_head(at.place, at.fetch);
        let last = self.under_way.get(&at).filter(|_| has_come).map(|under_way| under_way.last_at);
        if let Some(last) = last {
            self.queue.push(last.max(self.now), Task::Last(at, ending));
        }
    }

    pub(super) fn last(&mut self, at: FetchAt, ending: Ending, observer: &mut impl Observer) {
        let Some(UnderWay { exchange, passed, .. }) = self.under_way.remove(&at) else { return };
        self.with_tier(at.place, exchange, &mut *observer, |tier, moment, witness, _| {
            tier.last_byte(moment, at.fetch, ending, witness);
        });
        if let Some((response, head_at)) = passed {
            let (now, place) = (self.now, at.place);
            let askers = self.tiers.askers();
            let mut witness = At { observer, now, exchange: Some(exchange), place, askers };
            witness.note(|| Decision::Answered { response, head_at });
        }
    }
}

/// Whether the viewer's content is what comes to the POP: neither none, nor a page of CloudFront's own, nor a stale copy that
/// stands in for the answer that came.
const fn streams(reply: &Reply) -> bool {
    !matches!(reply.content, Content::Nothing | Content::Page(_))
        && !matches!(reply.contact, Contact::StaleOnError)
}
