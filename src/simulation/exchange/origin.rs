//! The way to the origin, what it does with a request, and the way its answer takes.

use std::sync::Arc;
use std::time::Duration;

use super::{Attempt, FetchAt, Task};
use crate::distribution::{Asker, Origin, OriginKind, TlsProtocol};
use crate::edge::{EdgeRequest, Ending, Failure, Incoming};
use crate::http::{Fields, Method, Scheme, Status};
use crate::network::Region;
use crate::network::connection::Handshake;
use crate::network::transfer::{BANDWIDTH_ORIGIN, body_time};
use crate::origin::{self, Health};
use crate::simulation::connections::Ends;
use crate::simulation::{Observer, OriginLeg, Place, What, World};

/// No conditions, and no range.
static PLAIN: Fields = Fields::new();

impl World {
    pub(super) fn ask_origin(&mut self, at: FetchAt) {
        let now = self.now;
        let Some(under_way) = self.under_way.get_mut(&at) else { return };
        let (asked, began) = (&under_way.asked, under_way.began);
        let origin = asked.origin();
        let limits = origin.limits;
        let health = self.settings.health(&origin.id);
        let Some(region) = asked.region() else { return };
        let Some(round_trip) = self.ways.between(at.place, Place::Origin(region)) else { return };
        let keep_alive = Duration::from_secs(limits.keep_alive_secs); // CONN-01, TMO-04
        if !health.holds_connections() {
            self.origin_connections.close(origin); // CONN-06
        }
        let scheme = asked.origin_scheme();
        let is_kept =
            self.origin_connections.take(Ends::new(at.place, origin, scheme), now, keep_alive);
        let tls = origin.tls_with(health.newest_tls());
        let handshake = match (scheme, tls) {
            _ if is_kept => Duration::ZERO, // CONN-02, CONN-03
            (Scheme::Http, _) => Handshake::Http.took(round_trip),
            // TLS-62; TLS-80 (MODEL): where no version is common, that is known as soon as with TLS 1.3.
            (Scheme::Https, Some(TlsProtocol::Tls13) | None) => {
                Handshake::Tls13Full.took(round_trip)
            }
            (Scheme::Https, Some(_)) => Handshake::Tls12Full.took(round_trip),
        };
        let upload = body_time(asked.viewer().content_length, round_trip, BANDWIDTH_ORIGIN);
        let keep_alive_secs = limits.keep_alive_secs;
        let leg = OriginLeg {
            from: at.place,
            round_trip,
            handshake,
            keep_alive_secs,
            tls: tls.filter(|_| scheme == Scheme::Https).unwrap_or_default(),
        };
        let connect = Duration::from_secs(limits.connect_secs);
        let failure = match health {
            Health::Unreachable => Some((now + connect, Failure::ConnectTimedOut)), // TMO-10
            Health::Refuses => Some((now + round_trip, Failure::Refused)),
            Health::NameUnresolved => Some((now, Failure::NameUnresolved)),
            _ if !origin.kind.speaks(scheme) => {
                let wrong = match scheme {
                    Scheme::Http => Failure::HttpsOnly,
                    Scheme::Https => Failure::HttpOnly,
                };
                Some((now + round_trip, wrong)) // OK-22
            }
            Health::BadCertificate => Some((now + handshake, Failure::TlsFailed)),
            // TLS-03: what is wrong with TLS shows where TLS is spoken.
            _ if scheme == Scheme::Http => None,
            _ if has_no_certificate(origin, asked) => {
                Some((now + handshake, Failure::CertificateOfAnother)) // OK-07
            }
            Health::OtherName => Some((now + handshake, Failure::CertificateOfAnother)),
            Health::Expired => Some((now + handshake, Failure::CertificateExpired)),
            Health::SelfSigned => Some((now + handshake, Failure::CertificateUntrusted)),
            _ if tls.is_none() => Some((now + handshake, Failure::NoCommonProtocol)),
            _ => None,
        };
        let connected = failure.map_or(now + handshake, |(when, _)| when);
        under_way.round_trip = round_trip;
        under_way.attempt = Attempt { began: now, connected, sent: connected + upload };
        under_way.leg = Some(leg);
        let over = limits.completion_secs.map(|secs| began + Duration::from_secs(secs));
        match (failure, over) {
            (Some((when, _)), Some(over)) if over < when => {
                self.queue.push(over, Task::Failed(at, Failure::CompletionTimedOut));
            }
            (Some((when, failure)), _) => self.queue.push(when, Task::Failed(at, failure)),
            (None, over) => {
                let there = handshake.saturating_add(upload).saturating_add(round_trip / 2);
                let (when, task) = match over.filter(|over| *over < now + there) {
                    Some(over) => (over, Task::Failed(at, Failure::CompletionTimedOut)), // TMO-14
                    None => (now + there, Task::AtOrigin(at, region)),
                };
                self.queue.push(when, task);
            }
        }
    }

    pub(super) fn at_origin(&mut self, at: FetchAt, region: Region, observer: &mut impl Observer) {
        let (now, now_unix) = (self.now, self.now_unix());
        let Some(under_way) = self.under_way.get_mut(&at) else { return };
        let Some(leg) = under_way.leg else { return };
        let (asked, origin) = (&under_way.asked, under_way.asked.origin());
        let (limits, health) = (origin.limits, self.settings.health(&origin.id));
        let (path, request) = asked.path_and_request();
        let proof = asked.proof();
        let distribution = asked.config().distribution().id.as_deref();
        let by = Asker { proof, access: &origin.access, distribution };
        let wanted = match request {
            Some(request) => origin::Asked::of(request, origin, by),
            None => origin::Asked { method: asked.method(), path, query: None, by, fields: &PLAIN },
        };
        let answered = origin::answer(&self.site, origin, health, wanted, now_unix);
        let id = Some(under_way.exchange);
        observer.note(now, id, Place::Origin(region), || What::Reached {
            request: Arc::clone(asked.request()),
            leg,
            proof,
        });
        // TMO-03: counted from the end of the request at the tier; a silent origin thinks for ever.
        let patience = Duration::from_secs(limits.response_secs);
        let think = if health == Health::Silent { Duration::MAX } else { answered.think };
        let arrives = leg.round_trip.saturating_add(think);
        let gives_up = (arrives > patience)
            .then(|| now + patience.saturating_sub(leg.round_trip / 2))
            .map(|when| (when, Failure::ResponseTimedOut)); // TMO-11, TMO-12
        let over = limits.completion_secs.map(|secs| under_way.began + Duration::from_secs(secs));
        let head_at = now + think.saturating_add(leg.round_trip / 2);
        let over = over.filter(|over| gives_up.map_or(head_at, |(when, _)| when) > *over); // TMO-05
        if let Some(over) = over {
            self.queue.push(over, Task::Failed(at, Failure::CompletionTimedOut)); // TMO-14
            return;
        }
        if let Some((when, failure)) = gives_up {
            self.queue.push(when, Task::Failed(at, failure));
            return;
        }
        let timing = under_way.attempt.timing(head_at);
        // XFER-05: what has no content cannot break off within it.
        let has_content = asked.method() != Method::Head
            && !matches!(answered.response.status, Status(204) | Status::NOT_MODIFIED);
        let breaks_off = health == Health::BreaksOff && has_content;
        under_way.ending = if breaks_off { Ending::Broken } else { Ending::Complete };
        under_way.incoming = Some(Incoming::Origin(answered.response, timing));
        under_way.denied = answered.denied;
        self.queue.push(now + think, Task::Reply(at, region, think));
    }

    pub(super) fn reply(
        &mut self,
        at: FetchAt,
        region: Region,
        think: Duration,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let Some(under_way) = self.under_way.get_mut(&at) else { return };
        let Some(leg) = under_way.leg else { return };
        let Some(Incoming::Origin(response, _)) = &mut under_way.incoming else { return };
        let head = now + leg.round_trip / 2;
        let takes = body_time(response.body.length, leg.round_trip, BANDWIDTH_ORIGIN);
        let limits = under_way.asked.origin().limits;
        let over = limits.completion_secs.map(|secs| under_way.began + Duration::from_secs(secs));
        let mut last = head + takes;
        if let Some(over) = over.filter(|over| *over < last) {
            // TMO-23 (MODEL): the head is out, so it breaks off, with as much of it as the time sufficed for.
            response.body.length = share(response.body.length, over.since(head), takes);
            under_way.ending = Ending::Broken;
            last = over.max(head);
        }
        under_way.last_at = last;
        let id = Some(under_way.exchange);
        let place = Place::Origin(region);
        observer.note(now, id, place, || What::Replied {
            response: Arc::new(response.clone()),
            think,
            leg,
            denied: under_way.denied.take(),
        });
        // CONN-07: what breaks off takes its connection along.
        if under_way.ending == Ending::Complete {
            let asked = &under_way.asked;
            let ends = Ends::new(leg.from, asked.origin(), asked.origin_scheme());
            self.origin_connections.give_back(ends, last);
        }
        self.queue.push(head, Task::Head(at));
    }
}

/// OK-07: nobody gets a certificate for the name that AWS gives an instance. OK-23 (MODEL): it has one for the name that viewers use.
fn has_no_certificate(origin: &Origin, asked: &EdgeRequest) -> bool {
    let is_own_host = || asked.request().fields.get("Host") == Some(&*origin.domain);
    origin.kind == OriginKind::Ec2 && is_own_host()
}

/// As much of a length as a span is of a longer one.
fn share(length: u64, part: Duration, whole: Duration) -> u64 {
    let share = u128::from(length) * part.as_micros() / whole.as_micros().max(1);
    u64::try_from(share).map_or(length, |share| share.min(length))
}
