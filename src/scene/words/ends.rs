//! What is said of the two ends of an exchange: viewer and connection on one, the origin on the other.

use super::sources::{
    BAD_GATEWAY, CUSTOM_ORIGIN, ERROR_PAGES, ERRORS, HOW_IT_WORKS, HTTP_2, LOGS, PAGE_STATUS,
    PRECONDITION_FAILED, TCP,
};
use super::told::Told;
use super::{assumed, functions, origins, refusals, rows, tls, troubles};
use crate::distribution::TlsProtocol;
use crate::edge::Contact;
use crate::edge::fields::said_by_x_cache;
use crate::edge::own_page;
use crate::http::{Response, Scheme, Status, Version};
use crate::network::{Family, Rec, VIEWER_KEEP_ALIVE};
use crate::scene::fields_view::FieldsView;
use crate::scene::trip::ErrorSource;
use crate::scene::{Outcome, Trip, units, why};
use crate::simulation::{Event, Place, What};

pub(super) fn composed(trip: &Trip) -> Told {
    let (method, target) = (trip.request.method, &trip.request.target);
    let mut told = Told::new("A request is composed", "DNS-01", HOW_IT_WORKS)
        .say(format!("A viewer in {} wants {method} {target}.", units::unbroken(trip.city.name())))
        .say("The name in the URL says nothing about where the answer will come from. DNS is asked first.");
    if let Some(host) = &trip.foreign_host {
        told = told.say(format!(
            "The given Host {host:?} is none of the distribution's names. It goes to the addresses of the distribution's own name, as it is: the edge location decides."
        ));
    }
    told.fields = Some(FieldsView::of_request(&trip.request, None));
    told
}

pub(super) fn connected(trip: &Trip, events: &[Event]) -> Told {
    let told = opened(trip, events);
    let is_told_before = match events.last().map(|event| &event.what) {
        Some(What::Secured { session, .. }) => session.http != Version::Http3,
        Some(What::NotSecured { .. }) => true,
        _ => false,
    };
    if trip.family == Family::Ipv4 || is_told_before {
        return told;
    }
    let address = trip.city.address(trip.family);
    told.say(format!(
        "It goes over IPv6: the viewer's address is {address} here and in all that comes."
    ))
    .assuming(assumed::FAMILIES)
}

fn opened(trip: &Trip, events: &[Event]) -> Told {
    let pop = units::unbroken(trip.pop.short_name());
    match events.last().map(|event| &event.what) {
        Some(What::Reused { idle_secs, .. }) => {
            let mut told = Told::new("The connection is still open", "TLS-59", HTTP_2).say(format!(
                "It was last used {} ago, so there is no handshake: the request can leave at once.",
                units::span(*idle_secs)
            ));
            let kept = units::span(VIEWER_KEEP_ALIVE.as_secs());
            let text = format!("An unused connection of a viewer stays open for {kept}");
            let more =
                "AWS does not say how long; it does so even where the DNS answer has run out";
            told.assume_that("DNS-23", &text, more);
            told
        }
        Some(What::Secured { round_trip, round_trips, session, is_resumed }) => {
            tls::secured(trip, *round_trip, *round_trips, *session, *is_resumed)
        }
        Some(What::NotSecured { round_trip, offer, why, is_own }) => {
            tls::not_secured(trip, *round_trip, *offer, *why, *is_own)
        }
        Some(What::Connected { round_trip, round_trips }) => {
            let row = if trip.request.scheme == Scheme::Http { "TLS-51" } else { "TLS-54" };
            Told::new("TCP: a connection", row, TCP)
                .say(format!("TCP takes {round_trips} round trip of {} to {pop}.", units::ms(*round_trip)))
                .say("Every round trip is paid at this distance, which is why a near edge location helps even where nothing is cached.")
        }
        _ => Told::new("A connection", "TLS-54", TCP),
    }
}

pub(super) fn shown(trip: &Trip) -> Told {
    let mut told = Told::new("At the viewer", "", HOW_IT_WORKS);
    let Some(shown) = &trip.shown else { return told };
    let total = units::ms(shown.last_at.since(trip.started_at));
    let first = units::ms(shown.head_at.since(trip.started_at));
    let x_cache = said_by_x_cache(&shown.response).unwrap_or_default();
    // The origin was asked, and what the viewer has is a page of CloudFront's own.
    let is_made_here =
        shown.contact == Contact::Fetched && own_page::is_own(shown.response.body.version);
    told.outcome = trip.outcome();
    told = told
        .say(format!("The viewer has the answer after {total}; its first byte came after {first}."))
        .say(format!("X-Cache says: {x_cache}."))
        .say(match shown.answered_by {
            Place::Pop(_) if is_made_here => {
                "The origin gave no usable answer, so the edge location made this one.".to_owned()
            }
            Place::Rec(rec) if is_made_here => format!(
                "The origin gave no usable answer, so the regional edge cache in {} made this one.",
                units::unbroken(rec.short_name())
            ),
            from if trip.error_from.is_some() => in_its_place(trip, from),
            place if trip.shares_at() == Some(place) => shared(trip, place),
            Place::Pop(_) => "The edge location answered by itself.".to_owned(),
            Place::Rec(rec) if x_cache.starts_with("Hit") => format!(
                "The regional edge cache in {} answered; to the viewer that is a hit, too.",
                units::unbroken(rec.short_name())
            ),
            Place::Rec(rec) => format!(
                "The regional edge cache in {} answered.",
                units::unbroken(rec.short_name())
            ),
            Place::Origin(region) => {
                format!("The origin in {} was asked.", units::unbroken(region.short_name()))
            }
            _ => String::new(),
        });
    if told.outcome == Some(Outcome::Stale) && trip.is_unanswered {
        told = told.say("The origin gave no answer: a stale copy stands in for it.");
    }
    match x_cache.split(' ').next().unwrap_or_default() {
        "Hit" => {
            told.cite(match shown.answered_by {
                place if trip.shares_at() == Some(place) => "COL-01, COL-02",
                Place::Rec(_) => "FLOW-05",
                _ => "FLOW-03",
            });
            told.assume(assumed::HIT_WORD);
        }
        "RefreshHit" => {
            told.cite("REV-05");
            told.source = LOGS;
            told.assume(assumed::REFRESH_HIT_WORD);
        }
        "Error" => {
            told.cite("XC-04");
            told.source = BAD_GATEWAY;
            of_error(&mut told, trip, &shown.response);
        }
        word @ ("FunctionGeneratedResponse"
        | "LambdaGeneratedResponse"
        | "FunctionExecutionError"
        | "LambdaExecutionError"
        | "LambdaValidationError") => functions::word(&mut told, word),
        _ => {
            rows::of_origin_asked(&mut told, trip);
            told.assume(assumed::MISS_WORD);
        }
    }
    if shown.response.fields.has("Age") {
        told.assume(assumed::AGE);
    }
    if shown.response.fields.has("alt-svc") {
        tls::of_alternative(&mut told);
    }
    told.fields = Some(FieldsView::of_response(&shown.response, None));
    told
}

/// Why the viewer has an error, and which page says so: what the edge location refused, the failure that its own page tells
/// of, or the origin's status.
fn of_error(told: &mut Told, trip: &Trip, response: &Response) {
    if !response.status.is_error() {
        told.source = PAGE_STATUS;
        told.cite("CEP-09");
        return told.assume(assumed::ERROR_PAGE_WORD);
    }
    if let Some(refusal) = &trip.refused {
        refusals::cite(told, refusal, trip);
    } else if let Some(failure) = own_page::failure_of(response.body.version) {
        troubles::of_failure(told, failure);
    } else {
        let (row, source) = match response.status.0 {
            404 | 414 | 500..=504 => ("ERR-01", ERRORS),
            400 | 403 | 405 | 412 | 415 => ("ERR-02", ERRORS),
            416 => ("ERR-04", ERROR_PAGES),
            410 => ("", BAD_GATEWAY), // ERR-10: no page puts it on a list
            _ => ("ERR-05", ERRORS),
        };
        told.cite(row);
        told.source = source;
    }
    told.assume(assumed::ERROR_WORD);
}

/// A regional cache by the part that it has in a trip.
fn at_rec(trip: &Trip, rec: Rec) -> String {
    let role = if rec == trip.rec { "regional edge cache" } else { "Origin Shield" };
    format!("the {role} in {}", units::unbroken(rec.short_name()))
}

/// CEP-03, CEP-06: who gave the error, and where that came from which the viewer has in its place.
fn in_its_place(trip: &Trip, from: Place) -> String {
    let rec = |rec: Rec| at_rec(trip, rec);
    let error = match trip.error_from {
        Some(ErrorSource::NoAnswer(Some(region))) => {
            format!("The origin in {} gave no usable answer", units::unbroken(region.short_name()))
        }
        Some(ErrorSource::NoAnswer(None)) => {
            "The other origin of the group gave no usable answer".to_owned()
        }
        Some(ErrorSource::At(Place::Origin(region))) => format!(
            "The origin in {} was asked and answered with an error",
            units::unbroken(region.short_name())
        ),
        Some(ErrorSource::At(Place::Rec(tier))) => {
            format!("The edge location asked {}, which gave it an error", rec(tier))
        }
        _ if trip.refused.is_some() => "The edge location refused the request".to_owned(),
        _ => "The edge location had the error on its shelf".to_owned(),
    };
    let source = match from {
        Place::Rec(tier) => format!("the shelf of {}", rec(tier)),
        Place::Origin(region) => format!("the origin in {}", units::unbroken(region.short_name())),
        _ => "the shelf of the edge location".to_owned(),
    };
    format!("{error}; what the viewer has in its place came from {source}.")
}

/// COL-01, COL-02: who waited for another's answer.
fn shared(trip: &Trip, place: Place) -> String {
    let at = match place {
        Place::Rec(rec) => at_rec(trip, rec),
        _ => "the edge location".to_owned(),
    };
    format!("It waited at {at} and got the answer that another viewer's request had fetched.")
}

pub(super) fn at_origin(trip: &Trip, events: &[Event], town: &str) -> Told {
    let mut told = Told::new("At the origin", "CONN-01, TLS-62", CUSTOM_ORIGIN);
    if let Some(What::Reached { request, leg, proof }) = events.last().map(|event| &event.what) {
        told = told.say(format!(
            "The request has reached {town}, {} away and back.",
            units::ms(leg.round_trip)
        ));
        let took = units::ms(leg.handshake);
        told = told.say(match (request.scheme, leg.tls) {
            _ if leg.handshake.is_zero() => {
                "The connection was still open from an earlier request.".to_owned()
            }
            (Scheme::Http, _) => {
                format!("TCP had to be set up first: {took}. Nothing protects this leg.")
            }
            (Scheme::Https, TlsProtocol::Tls13) => {
                format!("TCP and TLS had to be set up first: {took}.")
            }
            (Scheme::Https, older) => {
                format!("TCP and {} had to be set up first: {took}.", older.title())
            }
        });
        if leg.tls != TlsProtocol::Tls13 {
            told.cite("OR-17");
        }
        let sender = trip.forwarded.get(&leg.from).map(|forwarded| &*forwarded.request);
        told.fields = Some(FieldsView::of_request(request, sender));
        let kept = units::span(leg.keep_alive_secs);
        let text = format!("A connection to the origin is kept for {kept} after its last use");
        told.why.push(if trip.has_custom_origin() {
            why::check("CONN-01, TMO-04", text).set_by_origin(trip, "keep-alive timeout")
        } else {
            // OK-01: a bucket has no such setting.
            why::check("CONN-01, OK-01", format!("{text}: a bucket has no setting for it"))
        });
        origins::of_proof(&mut told, *proof, trip);
    }
    told
}

pub(super) fn answered(trip: &Trip, events: &[Event], town: &str) -> Told {
    let mut told = Told::new("The origin answers", "", HOW_IT_WORKS);
    let Some(What::Replied { response, think, denied, .. }) =
        events.last().map(|event| &event.what)
    else {
        return told;
    };
    let status = response.status;
    told.title = format!("The origin answers {}", status.0);
    told.outcome = if status.is_error() { Some(Outcome::Error) } else { trip.outcome() };
    told = told.say(format!("{town} took {} to answer.", units::ms(*think)));
    let is_asked_about = trip.forwarded.values().any(|forwarded| forwarded.conditional);
    told = told.say(match status {
        Status::NOT_MODIFIED if is_asked_about => {
            "What the cache holds is still good: a head comes back, and no content.".to_owned()
        }
        Status::NOT_MODIFIED => {
            "What the viewer holds is still good: a head comes back, and no content.".to_owned()
        }
        Status::PRECONDITION_FAILED => {
            "A condition of the request does not hold, so the origin has not carried it out."
                .to_owned()
        }
        status if status.is_error() => format!("It is an error: {status}."),
        _ if response.body.length == 0 => "A head comes back, and no content.".to_owned(),
        _ => format!(
            "{} travel back now, from the first byte on: nobody waits for the last one.",
            units::bytes(response.body.length)
        ),
    });
    match status {
        Status::NOT_MODIFIED if is_asked_about => {
            told.turn_to("REV-05", LOGS);
        }
        Status::NOT_MODIFIED => {
            told.turn_to("", CUSTOM_ORIGIN);
            told.assume(assumed::VIEWERS_CONDITION);
        }
        Status::PRECONDITION_FAILED => told.turn_to("LIM-17", PRECONDITION_FAILED),
        _ => {
            rows::of_origin_asked(&mut told, trip);
            told.cite("FLOW-08");
        }
    }
    told.assume(assumed::THINK_TIME);
    if let Some(denied) = denied {
        told = origins::of_denied(told, denied, trip);
    }
    told.fields = Some(FieldsView::of_response(response, None));
    told
}
