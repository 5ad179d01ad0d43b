//! At the viewer: the request is composed, finds its way to a POP and leaves; the answer arrives.

use std::sync::Arc;
use std::time::Duration;

use rand::Rng;

use super::{Departure, Exchange, Task};
use crate::edge::Session;
use crate::edge::fields::{RequestId, ViewerHandshake};
use crate::http::{Field, Fields, Request, Text};
use crate::network::transfer::{BANDWIDTH_VIEWER, body_time};
use crate::network::{City, DnsAnswer, Family, Lookup, Pop, dns};
use crate::simulation::hosts::Host;
use crate::simulation::{ExchangeId, Exchanged, Observer, Place, What, World};
use crate::time::SimTime;

impl World {
    pub(in crate::simulation) fn compose(
        &mut self,
        id: ExchangeId,
        city: City,
        is_alone: bool,
        request: &Arc<Request>,
        observer: &mut impl Observer,
    ) {
        let (mut request, foreign_host) = self.with_host(city, request);
        if is_alone {
            request = self.cookies.sent_with(city, request); // CD-06, IM-21
        }
        let host = self.hosts.named(match &foreign_host {
            Some(_) => self.in_force.config.domain(),
            None => request.fields.get("Host").unwrap_or_default(),
        });
        let pop = self.pop_for(city, Some(host));
        observer.note(self.now, Some(id), Place::Viewer(city), || What::Composed {
            request: Arc::clone(&request),
            foreign_host,
        });
        let way = self.ways.from(city, pop);
        let exchange = Exchange {
            city,
            pop: way.pop,
            rec: way.rec,
            is_alone,
            host,
            viewer_round_trip: way.round_trip,
            family: Family::default(),
            handshake: ViewerHandshake::Full,
            agreed: Ok(Session::default()),
            request: Some(request),
            request_id: RequestId::new(self.ids.next_u64()),
            visit: None,
            runs: None,
            at_pop: self.now,
            from_pop: None,
        };
        self.exchanges.insert(id.0, exchange);
        self.queue.push(self.now, Task::Resolve(id));
    }

    /// Where a request from a city goes: the edge location in the answer that its viewers still hold, or else the one that DNS
    /// would answer with now (DNS-23, DS-02).
    pub(in crate::simulation) fn pop_for(&self, city: City, host: Option<Host>) -> Pop {
        let known = host.and_then(|host| self.known(city, host));
        let held = known.filter(|known| known.until > self.now);
        held.map_or_else(|| self.settings.pop_for(city), |known| known.answer.chosen)
    }

    /// What the viewers of a city have looked up of a name, or are looking up.
    pub(super) fn known(&self, city: City, host: Host) -> Option<&KnownName> {
        self.dns.get(&city)?.iter().find(|known| known.host == host)
    }

    /// Host comes first, and says the distribution's own name where none was given. One that leads nowhere goes as it is, to be
    /// refused at the POP (DS-04, VSEC-03), and is reported: the viewer comes by the distribution's own name then.
    fn with_host(&self, city: City, request: &Arc<Request>) -> (Arc<Request>, Option<String>) {
        let given = request.fields.get("Host");
        // DST-03: the edge location that it leads to may answer to another name still.
        let is_known = given.is_some_and(|host| {
            let still = || {
                let pop = self.pop_for(city, self.hosts.find(host));
                self.config_at(pop).distribution().answers_to(host)
            };
            self.in_force.config.distribution().answers_to(host) || self.is_deploying() && still()
        });
        let foreign = given.filter(|_| !is_known).map(String::from);
        let is_first = request.fields.iter().next().is_some_and(|first| first.is("Host"));
        if is_first && request.fields.count("Host") == 1 {
            return (Arc::clone(request), foreign);
        }
        let host = given.unwrap_or_else(|| self.in_force.config.domain());
        let mut fields = Fields::new();
        fields.add("Host", Text::copy(host));
        let others = request.fields.iter().filter(|field: &&Field| !field.is("Host"));
        others.cloned().for_each(|field| fields.push(field));
        (Arc::new(Request { fields: fields.into(), ..(**request).clone() }), foreign)
    }

    pub(super) fn resolve(&mut self, id: ExchangeId) {
        let now = self.now;
        let Some(exchange) = self.exchanges.get(&id.0) else { return };
        let (city, host) = (exchange.city, exchange.host);
        let (cached_secs, took) = match self.known(city, host) {
            // Still on its way to a viewer who asked before: this one has it no sooner (DNS-15).
            Some(known) if known.came_at > now => (None, known.came_at.since(now)),
            Some(known) if known.until > now => {
                (Some(known.until.since(now).as_secs()), Duration::ZERO)
            }
            _ => {
                let lower = self.hosts.text(host).to_ascii_lowercase(); // DNS-03: an alias by its CNAME
                let answer = dns::resolve(&Lookup {
                    network: self.settings.network,
                    class: self.settings.price_class(),
                    is_ipv6_enabled: self.settings.configuration.distribution().is_ipv6_enabled,
                    turn: id.0,
                    ..Lookup::of(&lower, city)
                });
                let took = answer.took;
                let came_at = now + took;
                let until = came_at + answer.ttl();
                let names = self.dns.entry(city).or_default();
                names.retain(|known| known.host != host);
                names.push(KnownName { host, came_at, until, answer: Arc::new(answer) });
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
        let Some(exchange) = self.exchanges.get(&id.0) else { return };
        let city = exchange.city;
        if observer.wants()
            && let Some(known) = self.known(city, exchange.host)
        {
            let answer = Arc::clone(&known.answer);
            observer.note(now, Some(id), Place::Dns(city), || What::Resolved {
                answer,
                cached_secs,
                took,
            });
        }
        self.connect(id, observer);
    }

    pub(super) fn send_off(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (city, round_trip) = (exchange.city, exchange.viewer_round_trip);
        let (http, family) = (exchange.session().http, exchange.family);
        let Some(request) = &mut exchange.request else { return };
        if request.version != http {
            *request = Arc::new(Request { version: http, ..(**request).clone() });
        }
        let upload = body_time(request.content_length, round_trip, BANDWIDTH_VIEWER);
        observer.note(now, Some(id), Place::Viewer(city), || What::Sent {
            request: Arc::clone(request),
            round_trip,
            family,
        });
        let at_pop = now + upload + round_trip / 2;
        exchange.at_pop = at_pop;
        self.queue.push(at_pop, Task::AtPop(id));
    }

    pub(super) fn shown(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let Some(exchange) = self.exchanges.remove(&id.0) else { return };
        let (Some(visit), Some(departure)) = (&exchange.visit, &exchange.from_pop) else { return };
        self.leave_open(&exchange, visit.request(), &departure.reply);
        if exchange.is_alone {
            self.cookies.take(exchange.city, visit, &departure.reply);
        }
        let Departure { reply, response, at: left_at, ending } = departure;
        let answered_by = exchange.answered_by(visit, reply);
        let (contact, result) = (reply.contact, reply.result);
        let took_at_pop = left_at.since(exchange.at_pop);
        observer.tally(|| {
            let answer = visit.summary(reply);
            Exchanged::of(now, visit.request(), answer, contact, answered_by, took_at_pop, *ending)
        });
        observer.note(now, Some(id), Place::Viewer(exchange.city), || What::Shown {
            response: response.clone().unwrap_or_else(|| Arc::new(visit.response(reply))),
            head_at: *left_at + exchange.viewer_round_trip / 2,
            contact,
            result,
            answered_by,
            took_at_pop,
            ending: *ending,
        });
    }
}

/// A name that a viewer has looked up (DNS-15).
#[derive(Debug)]
pub(in crate::simulation) struct KnownName {
    host: Host,
    /// When the answer came, or will.
    came_at: SimTime,
    /// Until when it may be used.
    until: SimTime,
    answer: Arc<DnsAnswer>,
}

impl KnownName {
    /// Over which family of addresses the answer leads.
    pub(super) fn family(&self) -> Family {
        self.answer.family()
    }
}
