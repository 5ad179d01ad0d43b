//! On the way out: what the POP does, what the REC does, and the way to the origin and its answer.

use std::sync::Arc;
use std::time::Duration;

use super::Task;
use crate::edge::{
    Decision, EdgeRequest, Incoming, Layer, Step, Tier, Upstream, Witness, admit, fields,
};
use crate::http::{Response, Status};
use crate::network::connection::{Handshake, ORIGIN_KEEP_ALIVE};
use crate::network::latency::round_trip;
use crate::network::transfer::{BANDWIDTH_ORIGIN, BANDWIDTH_VIEWER, body_time};
use crate::network::{Position, Region};
use crate::origin;
use crate::simulation::world::{At, Endpoint};
use crate::simulation::{ExchangeId, Observer, OriginLeg, Place, What, World};
use crate::time::SimTime;

impl World {
    pub(super) fn at_pop(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (pop, rec, request) = (exchange.pop, exchange.rec, Arc::clone(&exchange.request));
        let identity = exchange.identity.clone();
        let rec_region: Arc<str> = rec.code().into();
        let (place, capacity) = (Place::Pop(pop), self.settings.pop_capacity_bytes);
        let tier = self.tiers.entry(place).or_insert_with(|| Tier::new(Layer::Pop, capacity));
        let mut witness = At { observer: &mut *observer, now, exchange: Some(id), place };
        let Ok(asked) = admit(&request, &self.config, &rec_region, &mut witness) else {
            let response = Arc::new(fields::own_error(Status::FORBIDDEN, &identity));
            self.answer_viewer(id, response, now, observer);
            return;
        };
        let config = &self.config;
        let outgoing = |asked: &EdgeRequest| {
            let path = config.served_path(request.target.path());
            let (behavior, origin) = (&asked.behavior, &asked.origin);
            fields::origin_request(&request, path, behavior, origin, &identity).into()
        };
        match tier.ask(now, id.0, asked.clone(), &outgoing, &mut witness) {
            Step::Answer(answer) => {
                self.exchange(id).asked = Some(asked);
                let response = self.dress(id, answer);
                self.answer_viewer(id, response, now, observer);
            }
            Step::Forward(route, onward) => {
                self.exchange(id).asked = Some(onward);
                match route.upstream() {
                    Upstream::Rec => {
                        let there = round_trip(pop.position(), rec.position()) / 2;
                        self.queue.push(now + there, Task::AtRec(id));
                    }
                    Upstream::Origin => self.ask_origin(id, place),
                }
            }
        }
    }

    /// An answer that the POP gives by itself: it leaves at once.
    pub(super) fn answer_viewer(
        &mut self,
        id: ExchangeId,
        response: Arc<Response>,
        now: SimTime,
        observer: &mut impl Observer,
    ) {
        let exchange = self.exchange(id);
        let (place, there) = (Place::Pop(exchange.pop), exchange.viewer_round_trip / 2);
        exchange.from_pop = Some((Arc::clone(&response), now));
        let length = response.body.length;
        let last = now + there + body_time(length, exchange.viewer_round_trip, BANDWIDTH_VIEWER);
        observer.note(now, Some(id), place, || {
            What::Decided(Decision::Answered { response, head_at: now })
        });
        self.queue.push(last, Task::Shown(id));
    }

    pub(super) fn at_rec(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (pop, rec, asked) = (exchange.pop, exchange.rec, exchange.asked.clone());
        let Some(asked) = asked else { return };
        let mut witness =
            At { observer: &mut *observer, now, exchange: Some(id), place: Place::Rec(rec) };
        let outgoing = |asked: &EdgeRequest| Arc::clone(&asked.request);
        match self.rec(rec).ask(now, id.0, asked, &outgoing, &mut witness) {
            Step::Answer(answer) => {
                let response = Arc::new(answer.response.clone());
                witness.note(|| Decision::Answered { response, head_at: now });
                let there = round_trip(pop.position(), rec.position()) / 2;
                let exchange = self.exchange(id);
                exchange.answered_by = Place::Rec(rec);
                exchange.incoming = Some(Incoming::Tier(answer));
                exchange.upstream_last = now + there;
                self.queue.push(now + there, Task::HeadAtPop(id));
            }
            Step::Forward(_, onward) => {
                self.exchange(id).asked = Some(onward);
                self.ask_origin(id, Place::Rec(rec));
            }
        }
    }

    pub(super) fn ask_origin(&mut self, id: ExchangeId, from: Place) {
        let now = self.now;
        let Some(asked) = &self.exchange(id).asked else { return };
        let (endpoint, region) = (Endpoint::from(&*asked.origin), asked.origin.region.clone());
        let content_length = asked.request.content_length;
        let Some(position) = tier_position(from).zip(Region::find(&region).ok()) else { return };
        let round_trip = round_trip(position.0, position.1.position());
        let last_used = self.origin_connections.get(&(from, endpoint));
        let is_kept = last_used.is_some_and(|last| now.since(*last) <= ORIGIN_KEEP_ALIVE); // CONN-01
        let handshake =
            if is_kept { Duration::ZERO } else { Handshake::Tls13Full.took(round_trip) };
        let upload = body_time(content_length, round_trip, BANDWIDTH_ORIGIN);
        let leg = OriginLeg { from, round_trip, handshake };
        self.queue.push(now + handshake + upload + round_trip / 2, Task::AtOrigin(id, leg));
    }

    pub(super) fn at_origin(
        &mut self,
        id: ExchangeId,
        leg: OriginLeg,
        observer: &mut impl Observer,
    ) {
        let (now, now_unix) = (self.now, self.now_unix());
        let Some(asked) = &self.exchange(id).asked else { return };
        let (request, origin) = (Arc::clone(&asked.request), Arc::clone(&asked.origin));
        let Ok(region) = Region::find(&origin.region) else { return };
        let answered = origin::answer(&self.site, origin.kind, &request, now_unix);
        observer.note(now, Some(id), Place::Origin(region), || What::Reached { request, leg });
        let exchange = self.exchange(id);
        exchange.answered_by = Place::Origin(region);
        exchange.incoming = Some(Incoming::Origin(answered.response));
        self.queue.push(now + answered.think, Task::Reply(id, leg, answered.think));
    }

    pub(super) fn reply(
        &mut self,
        id: ExchangeId,
        leg: OriginLeg,
        think: Duration,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (Some(asked), Some(Incoming::Origin(response))) = (&exchange.asked, &exchange.incoming)
        else {
            return;
        };
        let (endpoint, response) = (Endpoint::from(&*asked.origin), Arc::new(response.clone()));
        let head = now + leg.round_trip / 2;
        let last = head + body_time(response.body.length, leg.round_trip, BANDWIDTH_ORIGIN);
        exchange.upstream_last = last;
        let place = exchange.answered_by;
        observer.note(now, Some(id), place, || What::Replied { response, think, leg });
        self.origin_connections.insert((leg.from, endpoint), last);
        let task = if matches!(leg.from, Place::Rec(_)) {
            Task::HeadAtRec(id)
        } else {
            Task::HeadAtPop(id)
        };
        self.queue.push(head, task);
    }
}

fn tier_position(place: Place) -> Option<Position> {
    match place {
        Place::Pop(pop) => Some(pop.position()),
        Place::Rec(rec) => Some(rec.position()),
        _ => None,
    }
}
