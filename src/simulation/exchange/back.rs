//! On the way back: heads go on at once, a response is stored with its last byte, and the POP dresses it for the viewer.

use std::sync::Arc;

use super::Task;
use crate::edge::revalidation::for_viewer;
use crate::edge::{Answer, Contact, Decision, Incoming, Witness, age, fields};
use crate::http::Response;
use crate::network::latency::round_trip;
use crate::network::transfer::{BANDWIDTH_BACKBONE, BANDWIDTH_VIEWER, body_time};
use crate::simulation::world::At;
use crate::simulation::{ExchangeId, Observer, Place, World};

impl World {
    pub(super) fn head_at_rec(&mut self, id: ExchangeId) {
        let (now, now_unix) = (self.now, self.now_unix());
        let exchange = self.exchange(id);
        let (pop, rec, last, incoming) =
            (exchange.pop, exchange.rec, exchange.upstream_last, exchange.incoming.take());
        let Some(answer) =
            incoming.and_then(|incoming| self.rec(rec).head(now, now_unix, id.0, incoming))
        else {
            return;
        };
        let there = round_trip(pop.position(), rec.position()) / 2;
        let exchange = self.exchange(id);
        exchange.from_rec = Some((Arc::new(answer.response.clone()), now));
        exchange.incoming = Some(Incoming::Tier(answer));
        exchange.upstream_last = last + there;
        self.queue.push(last, Task::LastAtRec(id));
        self.queue.push(now + there, Task::HeadAtPop(id));
    }

    pub(super) fn head_at_pop(&mut self, id: ExchangeId) {
        let (now, now_unix) = (self.now, self.now_unix());
        let exchange = self.exchange(id);
        let (pop, rec, viewer_round_trip) =
            (exchange.pop, exchange.rec, exchange.viewer_round_trip);
        let (upstream_last, incoming) = (exchange.upstream_last, exchange.incoming.take());
        let own_last = match &incoming {
            Some(Incoming::Tier(answer)) => {
                let leg = round_trip(pop.position(), rec.position());
                now + body_time(answer.wire_bytes, leg, BANDWIDTH_BACKBONE)
            }
            _ => now,
        };
        let last = upstream_last.max(own_last);
        let Some(answer) =
            incoming.and_then(|incoming| self.pop(pop).head(now, now_unix, id.0, incoming))
        else {
            return;
        };
        let response = self.dress(id, answer);
        let own = body_time(response.body.length, viewer_round_trip, BANDWIDTH_VIEWER);
        let shown = (last + viewer_round_trip / 2).max(now + viewer_round_trip / 2 + own);
        self.exchange(id).from_pop = Some((response, now));
        self.queue.push(last, Task::LastAtPop(id));
        self.queue.push(shown, Task::Shown(id));
    }

    pub(super) fn last_at_rec(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let (now, rec) = (self.now, self.exchange(id).rec);
        let passed = self.exchange(id).from_rec.take();
        let mut witness = At { observer, now, exchange: Some(id), place: Place::Rec(rec) };
        self.rec(rec).last_byte(now, id.0, &mut witness);
        if let Some((response, head_at)) = passed {
            witness.note(|| Decision::Answered { response, head_at });
        }
    }

    pub(super) fn last_at_pop(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let (now, pop) = (self.now, self.exchange(id).pop);
        let passed = self.exchange(id).from_pop.clone();
        let mut witness = At { observer, now, exchange: Some(id), place: Place::Pop(pop) };
        self.pop(pop).last_byte(now, id.0, &mut witness);
        if let Some((response, head_at)) = passed {
            witness.note(|| Decision::Answered { response, head_at });
        }
    }

    /// The answer as the viewer gets it from the POP.
    pub(super) fn dress(&mut self, id: ExchangeId, answer: Answer) -> Arc<Response> {
        let now = self.now;
        let exchange = self.exchange(id);
        exchange.contact = answer.contact;
        let response = for_viewer(&exchange.request, answer.response);
        let Some(asked) = &exchange.asked else { return Arc::new(response) };
        let age_secs = match (answer.contact, &answer.kept) {
            (Contact::None, Ok(stored)) => {
                Some(age::current_age(stored.age_value, stored.response_time, now))
            }
            (Contact::Validated, _) => Some(0),
            _ => None,
        };
        let x_cache = fields::x_cache(response.status, answer.contact);
        let fields = fields::viewer_response(
            &response.fields,
            &asked.behavior,
            asked.origin.kind,
            x_cache,
            age_secs,
            &exchange.identity,
        );
        Arc::new(Response { fields: fields.into(), ..response })
    }
}
