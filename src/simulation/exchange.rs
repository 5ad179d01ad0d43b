//! The life of one exchange, from the viewer and back, as tasks at instants of virtual time.
//!
//! Each hop has a head and a last byte. A hop's last byte is the later of its upstream's and its own slow start, and bytes
//! go on from the first one (FLOW-08).

use std::sync::Arc;
use std::time::Duration;

use rand::Rng;

use super::world::At;
use super::{ExchangeId, Observer, OriginLeg, Place, What, World};
use crate::edge::fields::{self, Identity};
use crate::edge::tier::for_viewer;
use crate::edge::{
    Answer, Contact, Decision, EdgeRequest, Incoming, InvalidationPath, Layer, Step, Tier,
    Upstream, Witness, admit, age,
};
use crate::http::{Field, Fields, Request, Response, Status};
use crate::network::connection::{Handshake, ORIGIN_KEEP_ALIVE, VIEWER_KEEP_ALIVE};
use crate::network::latency::{round_trip, viewer_round_trip};
use crate::network::transfer::{BANDWIDTH_BACKBONE, BANDWIDTH_ORIGIN, BANDWIDTH_VIEWER, body_time};
use crate::network::{City, Pop, Rec, Region, dns, nearest};
use crate::origin;
use crate::time::SimTime;

/// What is to be done at an instant.
#[derive(Debug)]
pub(super) enum Task {
    Resolve(ExchangeId),
    Resolved { id: ExchangeId, cached_secs: Option<u64>, took: Duration },
    Connected(ExchangeId),
    Secured(ExchangeId),
    AtPop(ExchangeId),
    AtRec(ExchangeId),
    AtOrigin(ExchangeId, OriginLeg),
    Reply(ExchangeId, OriginLeg, Duration),
    HeadAtRec(ExchangeId),
    HeadAtPop(ExchangeId),
    LastAtRec(ExchangeId),
    LastAtPop(ExchangeId),
    Shown(ExchangeId),
    InvalidateAt(Place, InvalidationPath),
    InvalidationDone(InvalidationPath),
}

/// One exchange under way.
#[derive(Debug)]
pub(super) struct Exchange {
    city: City,
    pop: Pop,
    rec: Rec,
    viewer_round_trip: Duration,
    request: Arc<Request>,
    identity: Arc<Identity>,
    /// What the tier that asked last asks for.
    asked: Option<EdgeRequest>,
    /// What comes back to the tier that is next on the way down.
    incoming: Option<Incoming>,
    /// When the last byte of it arrives there, by its upstream.
    upstream_last: SimTime,
    /// What the REC passes to the POP, with the instant of its head.
    from_rec: Option<(Arc<Response>, SimTime)>,
    /// What the POP passes to the viewer, with the instant of its head.
    from_pop: Option<(Arc<Response>, SimTime)>,
    contact: Contact,
    answered_by: Place,
}

/// The characters of a request id, RFC 4648 section 5.
const ID_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl World {
    pub(super) fn perform(&mut self, task: Task, observer: &mut impl Observer) {
        match task {
            Task::Resolve(id) => self.resolve(id),
            Task::Resolved { id, cached_secs, took } => {
                self.resolved(id, cached_secs, took, observer);
            }
            Task::Connected(id) => self.connected(id, observer),
            Task::Secured(id) => self.secured(id, observer),
            Task::AtPop(id) => self.at_pop(id, observer),
            Task::AtRec(id) => self.at_rec(id, observer),
            Task::AtOrigin(id, leg) => self.at_origin(id, leg, observer),
            Task::Reply(id, leg, think) => self.reply(id, leg, think, observer),
            Task::HeadAtRec(id) => self.head_at_rec(id),
            Task::HeadAtPop(id) => self.head_at_pop(id),
            Task::LastAtRec(id) => self.last_at_rec(id, observer),
            Task::LastAtPop(id) => self.last_at_pop(id, observer),
            Task::Shown(id) => self.shown(id, observer),
            Task::InvalidateAt(place, path) => self.invalidate_at(place, &path, observer),
            Task::InvalidationDone(path) => self.invalidation_done(path, observer),
        }
    }

    pub(super) fn compose(
        &mut self,
        id: ExchangeId,
        city: City,
        request: &Request,
        observer: &mut impl Observer,
    ) {
        let pop = nearest::best(city);
        let (request, replaced_host) = self.with_host(request);
        let request = Arc::new(request);
        let identity = Identity {
            pop_code: pop.full_code().into(),
            via_name: Arc::clone(
                self.via_names.entry(pop).or_insert_with(|| via_name(pop.full_code())),
            ),
            request_id: self.request_id().into(),
            viewer_ip: city.ipv4().to_string().into(),
        };
        let exchange = Exchange {
            city,
            pop,
            rec: nearest::nearest_rec(pop),
            viewer_round_trip: viewer_round_trip(city, pop.position()),
            request: Arc::clone(&request),
            identity: Arc::new(identity),
            asked: None,
            incoming: None,
            upstream_last: self.now,
            from_rec: None,
            from_pop: None,
            contact: Contact::None,
            answered_by: Place::Pop(pop),
        };
        self.exchanges.insert(id.0, exchange);
        observer.note(self.now, Some(id), Place::Viewer(city), || What::Composed {
            request,
            replaced_host,
        });
        self.queue.push(self.now, Task::Resolve(id));
    }

    /// The Host that leads here comes first; one that does not is replaced and reported.
    fn with_host(&self, request: &Request) -> (Request, Option<String>) {
        let given = request.fields.get("Host");
        let is_known = given.is_some_and(|host| self.config.distribution().answers_to(host));
        let host = if is_known { given.unwrap_or_default() } else { self.config.domain() };
        let mut fields = Fields::new();
        fields.add("Host", host);
        let others = request.fields.iter().filter(|field: &&Field| !field.is("Host"));
        others.cloned().for_each(|field| fields.push(field));
        let replaced = given.filter(|_| !is_known).map(String::from);
        (Request { fields: fields.into(), ..request.clone() }, replaced)
    }

    /// 54 characters and `==`, as seen in the wild; opaque (RH-03).
    fn request_id(&mut self) -> String {
        let mut id = String::with_capacity(56);
        while id.len() < 54 {
            let mut bits = self.ids.next_u32();
            for _ in 0..5.min(54 - id.len()) {
                id.push(char::from(ID_ALPHABET[(bits & 63) as usize]));
                bits >>= 6;
            }
        }
        id.push_str("==");
        id
    }

    fn exchange(&mut self, id: ExchangeId) -> &mut Exchange {
        self.exchanges
            .get_mut(&id.0)
            .expect("an exchange stays until its answer is shown, which is its last task")
    }

    fn resolve(&mut self, id: ExchangeId) {
        let (now, city) = (self.now, self.exchange(id).city);
        let (cached_secs, took) = match self.dns.get(&city) {
            Some((until, _)) if *until > now => (Some(until.since(now).as_secs()), Duration::ZERO),
            _ => {
                let answer = dns::resolve(self.config.domain(), city);
                let took = answer.took;
                self.dns.insert(city, (now + took + answer.ttl(), Arc::new(answer)));
                (None, took)
            }
        };
        self.queue.push(now + took, Task::Resolved { id, cached_secs, took });
    }

    fn resolved(
        &mut self,
        id: ExchangeId,
        cached_secs: Option<u64>,
        took: Duration,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let &mut Exchange { city, pop, viewer_round_trip, .. } = self.exchange(id);
        if let Some((_, answer)) = self.dns.get(&city) {
            let answer = Arc::clone(answer);
            observer.note(now, Some(id), Place::Dns(city), || What::Resolved {
                answer,
                cached_secs,
                took,
            });
        }
        match self.viewer_connections.get(&(city, pop)) {
            Some(last_used) if now.since(*last_used) <= VIEWER_KEEP_ALIVE => {
                let idle_secs = now.since(*last_used).as_secs();
                observer.note(now, Some(id), Place::Viewer(city), || What::Reused { idle_secs });
                self.send_off(id, observer);
            }
            _ => self
                .queue
                .push(now + Handshake::Tls13Full.tcp_took(viewer_round_trip), Task::Connected(id)),
        }
    }

    fn connected(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let &mut Exchange { city, viewer_round_trip: round_trip, .. } = self.exchange(id);
        let round_trips = Handshake::Tls13Full.tcp_round_trips();
        observer.note(now, Some(id), Place::Viewer(city), || What::Connected {
            round_trip,
            round_trips,
        });
        self.queue.push(now + Handshake::Tls13Full.tls_took(round_trip), Task::Secured(id));
    }

    fn secured(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let &mut Exchange { city, viewer_round_trip: round_trip, .. } = self.exchange(id);
        let round_trips = Handshake::Tls13Full.tls_round_trips();
        observer
            .note(now, Some(id), Place::Viewer(city), || What::Secured { round_trip, round_trips });
        self.send_off(id, observer);
    }

    fn send_off(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (city, round_trip, request) =
            (exchange.city, exchange.viewer_round_trip, Arc::clone(&exchange.request));
        let upload = body_time(request.content_length, round_trip, BANDWIDTH_VIEWER);
        observer.note(now, Some(id), Place::Viewer(city), || What::Sent { request, round_trip });
        self.queue.push(now + upload + round_trip / 2, Task::AtPop(id));
    }

    fn at_pop(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (pop, rec, request) = (exchange.pop, exchange.rec, Arc::clone(&exchange.request));
        let identity = exchange.identity.clone();
        let rec_region: Arc<str> = rec.code().into();
        let capacity = self.settings.pop_capacity_bytes;
        let tier = self.pops.entry(pop).or_insert_with(|| Tier::new(Layer::Pop, capacity));
        let mut witness =
            At { observer: &mut *observer, at: now, exchange: Some(id), place: Place::Pop(pop) };
        let Ok(asked) = admit(&request, &self.config, &rec_region, &mut witness) else {
            let response = Arc::new(fields::own_error(Status::FORBIDDEN, &identity));
            self.answer_viewer(id, response, now, observer);
            return;
        };
        let config = &self.config;
        let outgoing = |asked: &EdgeRequest| {
            let path = config.served_path(request.target.path());
            let (behavior, origin) = (&asked.behavior, &asked.origin);
            fields::origin_request(
                &request,
                path,
                behavior,
                origin,
                asked.key.as_deref(),
                &identity,
            )
            .into()
        };
        match tier.ask(now, id.0, asked.clone(), outgoing, &mut witness) {
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
                    Upstream::Origin => self.ask_origin(id, Place::Pop(pop)),
                }
            }
        }
    }

    /// An answer that the POP gives by itself: it leaves at once.
    fn answer_viewer(
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

    fn at_rec(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (pop, rec, asked) = (exchange.pop, exchange.rec, exchange.asked.clone());
        let Some(asked) = asked else { return };
        let mut witness =
            At { observer: &mut *observer, at: now, exchange: Some(id), place: Place::Rec(rec) };
        let outgoing = |asked: &EdgeRequest| Arc::clone(&asked.request);
        match self.rec(rec).ask(now, id.0, asked, outgoing, &mut witness) {
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

    fn ask_origin(&mut self, id: ExchangeId, from: Place) {
        let now = self.now;
        let Some(asked) = &self.exchange(id).asked else { return };
        let (origin_id, region) = (asked.origin.id.clone(), asked.origin.region.clone());
        let content_length = asked.request.content_length;
        let Some(position) = tier_position(from).zip(Region::find(&region).ok()) else { return };
        let round_trip = round_trip(position.0, position.1.position());
        let last_used = self.origin_connections.get(&(from, origin_id));
        let is_kept = last_used.is_some_and(|last| now.since(*last) <= ORIGIN_KEEP_ALIVE); // CONN-01
        let handshake =
            if is_kept { Duration::ZERO } else { Handshake::Tls13Full.took(round_trip) };
        let upload = body_time(content_length, round_trip, BANDWIDTH_ORIGIN);
        let leg = OriginLeg { from, round_trip, handshake };
        self.queue.push(now + handshake + upload + round_trip / 2, Task::AtOrigin(id, leg));
    }

    fn at_origin(&mut self, id: ExchangeId, leg: OriginLeg, observer: &mut impl Observer) {
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

    fn reply(
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
        let (origin_id, response) = (asked.origin.id.clone(), Arc::new(response.clone()));
        let head = now + leg.round_trip / 2;
        let last = head + body_time(response.body.length, leg.round_trip, BANDWIDTH_ORIGIN);
        exchange.upstream_last = last;
        let place = exchange.answered_by;
        observer.note(now, Some(id), place, || What::Replied { response, think, leg });
        self.origin_connections.insert((leg.from, origin_id), last);
        let task = if matches!(leg.from, Place::Rec(_)) {
            Task::HeadAtRec(id)
        } else {
            Task::HeadAtPop(id)
        };
        self.queue.push(head, task);
    }

    fn head_at_rec(&mut self, id: ExchangeId) {
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

    fn head_at_pop(&mut self, id: ExchangeId) {
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

    fn last_at_rec(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let (now, rec) = (self.now, self.exchange(id).rec);
        let passed = self.exchange(id).from_rec.take();
        let mut witness = At { observer, at: now, exchange: Some(id), place: Place::Rec(rec) };
        self.rec(rec).last_byte(now, id.0, &mut witness);
        if let Some((response, head_at)) = passed {
            witness.note(|| Decision::Answered { response, head_at });
        }
    }

    fn last_at_pop(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let (now, pop) = (self.now, self.exchange(id).pop);
        let passed = self.exchange(id).from_pop.clone();
        let mut witness = At { observer, at: now, exchange: Some(id), place: Place::Pop(pop) };
        self.pop(pop).last_byte(now, id.0, &mut witness);
        if let Some((response, head_at)) = passed {
            witness.note(|| Decision::Answered { response, head_at });
        }
    }

    fn shown(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let Some(exchange) = self.exchanges.remove(&id.0) else { return };
        let Exchange { city, pop, contact, answered_by, viewer_round_trip, from_pop, .. } =
            exchange;
        self.viewer_connections.insert((city, pop), now);
        let Some((response, left_at)) = from_pop else { return };
        let head_at = left_at + viewer_round_trip / 2;
        observer.note(now, Some(id), Place::Viewer(city), || What::Shown {
            response,
            head_at,
            contact,
            answered_by,
        });
    }

    /// The answer as the viewer gets it from the POP.
    fn dress(&mut self, id: ExchangeId, answer: Answer) -> Arc<Response> {
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

fn tier_position(place: Place) -> Option<crate::network::Position> {
    match place {
        Place::Pop(pop) => Some(pop.position()),
        Place::Rec(rec) => Some(rec.position()),
        _ => None,
    }
}

/// 32 hexadecimal digits made of the POP's code, so that each POP has its own name in Via (RH-01).
fn via_name(pop_code: &str) -> Arc<str> {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let first = pop_code.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
    let second = pop_code.bytes().rev().fold(first, fold);
    format!("{first:016x}{second:016x}").into()
}
