//! How a viewer comes to a connection: it has one, or TCP and TLS or QUIC are set up, or that fails.

use std::time::Duration;

use super::{Exchange, KnownName, Task};
use crate::edge::fields::ViewerHandshake;
use crate::edge::tls::{self, HTTP3_ANNOUNCED, Hello};
use crate::edge::{NotSecured, Reply, Session};
use crate::http::{Request, Scheme, Version};
use crate::network::{Family, Handshake};
use crate::simulation::viewer_connections::{Between, Kept};
use crate::simulation::{ExchangeId, Observer, Place, What, World};

/// TLS-80 (MODEL): a connection that is refused takes this many round trips of TLS until the viewer knows.
const REFUSAL_ROUND_TRIPS: u32 = 1;

impl World {
    /// The addresses are known: a connection that is still warm serves, or a new one is opened.
    pub(super) fn connect(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let Some(exchange) = self.exchanges.get(&id.0) else { return };
        let Some(request) = &exchange.request else { return };
        let (city, round_trip) = (exchange.city, exchange.viewer_round_trip);
        let (between, version) = (between(exchange, request), request.version);
        let kept = |new| self.viewer_connections.kept(between, version, new, now);
        // Whatever is open where the viewer may choose; then what a new connection would be like.
        let mut found = kept(None);
        let mut agreed = Ok(Session::default());
        if found.is_none() {
            agreed = self.agree(between, version);
            found = kept(Some(agreed.map_or(version, |session| session.http)));
        }
        if let Some(Kept { session, family, last_used }) = found {
            let idle_secs = now.since(last_used).as_secs();
            observer.note(now, Some(id), Place::Viewer(city), || What::Reused {
                idle_secs,
                session,
                family,
            });
            let exchange = self.exchange(id);
            exchange.handshake = ViewerHandshake::Reused; // QH-17
            exchange.agreed = Ok(session);
            exchange.family = family; // DNS-29
            return self.send_off(id, observer);
        }
        // TLS-81 (MODEL): TLS 1.3 resumes nothing, since that would spare no trip.
        let family = self.known(city, between.host).map_or_else(Family::default, KnownName::family);
        let has_ticket = || self.viewer_connections.has_ticket(between, now);
        let is_resumed = agreed.as_ref().is_ok_and(|session| !session.is_tls_13()) && has_ticket();
        let exchange = self.exchange(id);
        exchange.agreed = agreed;
        exchange.family = family; // DNS-26
        if is_resumed {
            exchange.handshake = ViewerHandshake::Resumed;
        }
        let opening = opening(exchange, between.scheme);
        match opening.tcp_round_trips() {
            0 => self.queue.push(now + opening.tls_took(round_trip), Task::Secured(id)),
            _ => self.queue.push(now + opening.tcp_took(round_trip), Task::Connected(id)),
        }
    }

    /// What viewer and edge location can agree on for a new connection. TLS-36, TLS-37: without TLS there is no HTTP/2 or
    /// HTTP/3.
    fn agree(&self, between: Between, version: Version) -> Result<Session, NotSecured> {
        if between.scheme == Scheme::Http {
            let http = version.min(Version::Http11);
            return Ok(Session { http, ..Session::default() });
        }
        let hello = Hello {
            offer: self.settings.viewer,
            host: self.hosts.text(between.host),
            version,
            knows_http3: self.viewer_connections.knows_http3(between, self.now),
        };
        tls::negotiate(self.config_at(between.pop).distribution(), &hello)
    }

    pub(super) fn connected(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (city, round_trip, agreed) =
            (exchange.city, exchange.viewer_round_trip, exchange.agreed);
        let scheme = exchange.request.as_ref().map_or(Scheme::Https, |request| request.scheme);
        let opening = opening(exchange, scheme);
        let round_trips = opening.tcp_round_trips();
        observer.note(now, Some(id), Place::Viewer(city), || What::Connected {
            round_trip,
            round_trips,
        });
        match (scheme, agreed) {
            (Scheme::Http, _) => self.send_off(id, observer), // TLS-51
            (_, Ok(_)) => {
                self.queue.push(now + opening.tls_took(round_trip), Task::Secured(id));
            }
            (_, Err(why)) => {
                let known = now + round_trip.saturating_mul(REFUSAL_ROUND_TRIPS);
                self.queue.push(known, Task::NotSecured(id, why));
            }
        }
    }

    pub(super) fn secured(&mut self, id: ExchangeId, observer: &mut impl Observer) {
        let now = self.now;
        let exchange = self.exchange(id);
        let (city, round_trip, session) =
            (exchange.city, exchange.viewer_round_trip, exchange.session());
        let round_trips = opening(exchange, Scheme::Https).tls_round_trips();
        let is_resumed = exchange.handshake == ViewerHandshake::Resumed;
        observer.note(now, Some(id), Place::Viewer(city), || What::Secured {
            round_trip,
            round_trips,
            session,
            is_resumed,
        });
        if !session.is_tls_13()
            && let Some(exchange) = self.exchanges.get(&id.0)
            && let Some(request) = &exchange.request
        {
            self.viewer_connections.ticket(between(exchange, request), now); // TLS-53
        }
        self.send_off(id, observer);
    }

    /// TLS-33: the viewer shows its user that no connection came about. No log hears of it.
    pub(super) fn not_secured(
        &mut self,
        id: ExchangeId,
        why: NotSecured,
        observer: &mut impl Observer,
    ) {
        let Some(exchange) = self.exchanges.remove(&id.0) else { return };
        let (round_trip, offer) = (exchange.viewer_round_trip, self.settings.viewer);
        let config = self.config_at(exchange.pop);
        let certificate = &config.distribution().certificate;
        let is_own = certificate.for_host(self.hosts.text(exchange.host)).is_some(); // TLS-77
        observer.note(self.now, Some(id), Place::Viewer(exchange.city), || What::NotSecured {
            round_trip,
            offer,
            why,
            is_own,
        });
    }

    /// What the viewer keeps of the connection of an exchange that is over.
    pub(super) fn leave_open(&mut self, exchange: &Exchange, request: &Request, reply: &Reply) {
        let (now, session) = (self.now, exchange.session());
        let between = between(exchange, request);
        if reply.closes {
            self.viewer_connections.closed(between, session.http); // LIM-01, LIM-02, CEP-10
        } else {
            let kept = Kept { session, family: exchange.family, last_used: now };
            self.viewer_connections.used(between, kept);
        }
        let is_told = reply.is_dressed()
            && self.config_at(between.pop).distribution().http_versions.has_http3();
        if is_told && request.scheme == Scheme::Https && self.settings.viewer.has_http3() {
            let until = now + Duration::from_secs(HTTP3_ANNOUNCED.1);
            self.viewer_connections.told_of_http3(between, until); // TLS-39, TLS-82
        }
    }
}

/// TLS-83 (MODEL): whom a connection belongs to.
fn between(exchange: &Exchange, request: &Request) -> Between {
    let Exchange { city, pop, host, .. } = *exchange;
    Between { city, pop, scheme: request.scheme, host }
}

/// The round trips of a new connection (TLS-51 to TLS-56).
fn opening(exchange: &Exchange, scheme: Scheme) -> Handshake {
    let is_resumed = exchange.handshake == ViewerHandshake::Resumed;
    match exchange.agreed {
        _ if scheme == Scheme::Http => Handshake::Http,
        Ok(session) if session.http == Version::Http3 => Handshake::QuicFull,
        Ok(session) if session.is_tls_13() => Handshake::Tls13Full,
        _ if is_resumed => Handshake::Tls12Resumed,
        _ => Handshake::Tls12Full,
    }
}
