//! At the viewer: the request is composed, finds its way to a POP and leaves; the answer arrives.

use std::sync::Arc;
use std::time::Duration;

use rand::Rng;

use super::{Exchange, Task};
use crate::edge::Contact;
use crate::edge::fields::{Identity, ViewerFacts};
use crate::http::{Field, Fields, Request, Scheme};
use crate::network::connection::{Handshake, VIEWER_KEEP_ALIVE};
use crate::network::latency::viewer_round_trip;
use crate::network::transfer::{BANDWIDTH_VIEWER, body_time};
use crate::network::{City, dns, nearest};
use crate::simulation::{ExchangeId, Observer, Place, What, World};

/// The characters of a request id, RFC 4648 section 5.
const ID_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// MODEL: the port of every viewer.
const VIEWER_PORT: u16 = 49_152;

impl World {
    pub(in crate::simulation) fn compose(
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
            viewer: ViewerFacts {
                ip: city.ipv4().to_string().into(),
                port: VIEWER_PORT,
                country: Some(city.country_code().into()),
                city: Some(city.name().into()),
                as_number: Some(city.as_number()),
            },
        };
        let exchange = Exchange {
            city,
            pop,
            rec: nearest::nearest_rec(pop),
            viewer_round_trip: viewer_round_trip(city, pop.position()),
            request: Arc::clone(&request),
            identity: Arc::new(identity),
            visit: None,
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

    pub(super) fn resolve(&mut self, id: ExchangeId) {
        let (now, exchange) = (self.now, self.exchange(id));
        let asked = (exchange.city, exchange.host_name());
        let (cached_secs, took) = match self.dns.get(&asked) {
            Some((until, _)) if *until > now => (Some(until.since(now).as_secs()), Duration::ZERO),
            _ => {
                let answer = dns::resolve(&asked.1, asked.0); // DNS-03: an alias by its CNAME
                let took = answer.took;
                self.dns.insert(asked, (now + took + answer.ttl(), Arc::new(answer)));
                (None, took)
            }
        };
        self.queue.push(now + took, Task::Resolved { id, cached_secs, took });
    }

    pub(super) fn resolved(
        &mut self,
        id: ExchangeId,
        cached_secs: Option<u64>,
        took: Duration,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let exchange = self.exchange(id);
        let &mut Exchange { city, pop, viewer_round_trip, .. } = exchange;
        let host = exchange.host_name();
        if let Some((_, answer)) = self.dns.get(&(city, host)) {
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

    pub(super) fn connected(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let &mut Exchange { city, viewer_round_trip: round_trip, .. } = self.exchange(id);
        let round_trips = Handshake::Tls13Full.tcp_round_trips();
        observer.note(now, Some(id), Place::Viewer(city), || What::Connected {
            round_trip,
            round_trips,
        });
        match self.exchange(id).request.scheme {
            Scheme::Http => self.send_off(id, observer), // TLS-51
            Scheme::Https => {
                self.queue.push(now + Handshake::Tls13Full.tls_took(round_trip), Task::Secured(id));
            }
        }
    }

    pub(super) fn secured(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let &mut Exchange { city, viewer_round_trip: round_trip, .. } = self.exchange(id);
        let round_trips = Handshake::Tls13Full.tls_round_trips();
        observer
            .note(now, Some(id), Place::Viewer(city), || What::Secured { round_trip, round_trips });
        self.send_off(id, observer);
    }

    pub(super) fn send_off(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (city, round_trip, request) =
            (exchange.city, exchange.viewer_round_trip, Arc::clone(&exchange.request));
        let upload = body_time(request.content_length, round_trip, BANDWIDTH_VIEWER);
        observer.note(now, Some(id), Place::Viewer(city), || What::Sent { request, round_trip });
        self.queue.push(now + upload + round_trip / 2, Task::AtPop(id));
    }

    pub(super) fn shown(&mut self, id: ExchangeId, observer: &mut impl Observer) {
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
}

/// 32 hexadecimal digits made of the POP's code, so that each POP has its own name in Via (RH-01).
fn via_name(pop_code: &str) -> Arc<str> {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let first = pop_code.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
    let second = pop_code.bytes().rev().fold(first, fold);
    format!("{first:016x}{second:016x}").into()
}
