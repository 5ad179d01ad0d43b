//! What is said of a request that the edge location refuses or redirects by itself.

use super::sources::{CUSTOM_ORIGIN, GEO, HTTPS, INVALID_METHOD, LIMITS, LOGS, PERMISSION_DENIED};
use super::told::Told;
use super::{assumed, functions, gates};
use crate::distribution::GeoSort;
use crate::edge::Refusal;
use crate::http::Status;
use crate::scene::{Outcome, Reason, Trip, units, why};

pub(super) fn told(mut told: Told, role: &str, refusal: &Refusal, trip: &Trip) -> Told {
    let is_redirect = !refusal.status().is_error();
    told.title = format!("{role}: {}", if is_redirect { "redirected" } else { "refused" });
    told.outcome = Some(Outcome::Error).filter(|_| !is_redirect);
    told = told.say(refusal_sentence(refusal)).say("No cache and no origin is asked.");
    told.why.push(refused(refusal, trip));
    match refusal {
        Refusal::MethodNotAllowed(_) => told.turn_to("MET-04", INVALID_METHOD),
        Refusal::GetWithBody { .. } => told.turn_to("MET-08, LIM-07", CUSTOM_ORIGIN),
        Refusal::UrlTooLong { .. } => told.turn_to("LIM-01", CUSTOM_ORIGIN),
        Refusal::HeadTooLarge { .. } => told.turn_to("LIM-02", CUSTOM_ORIGIN),
        Refusal::BodyTooLarge { .. } => {
            told.turn_to("", LIMITS);
            told.assume(assumed::BODY_LIMIT);
        }
        Refusal::MalformedField { .. } => {
            told.turn_to("", LOGS);
            told.assume(assumed::BAD_FIELD);
        }
        Refusal::UnknownHost { .. } => told.turn_to("LIM-08", PERMISSION_DENIED),
        Refusal::CountryBlocked { .. } => told.turn_to("VSEC-04, VSEC-13", GEO),
        Refusal::ByWebAcl(_) => gates::blocked(&mut told),
        Refusal::NotSigned(why) => gates::unsigned(&mut told, why),
        Refusal::ByFunction { runtime, .. } => functions::ended(&mut told, *runtime, None),
        Refusal::FunctionFailed { runtime, fault } => {
            functions::ended(&mut told, *runtime, Some(fault));
        }
        Refusal::ToHttps { status: Status(301), .. } => told.turn_to("MET-09", HTTPS),
        Refusal::ToHttps { .. } => told.turn_to("MET-10", HTTPS),
        Refusal::HttpsOnly => told.turn_to("MET-12", HTTPS),
    }
    if matches!(refusal, Refusal::MethodNotAllowed(_) | Refusal::GetWithBody { .. }) {
        told.assume(assumed::METHOD_CHECK);
    }
    told
}

/// The same at the viewer: the rows and the page, without what is assumed of the order of the checks.
pub(super) fn cite(shown: &mut Told, refusal: &Refusal, trip: &Trip) {
    let own = told(Told::new("", "", shown.source), "", refusal, trip);
    let is_assumed = |row: &str| {
        own.remarks.iter().any(|remark| remark.rows.split(", ").any(|assumed| assumed == row))
    };
    for row in own.rows.split(", ").filter(|row| !row.is_empty() && !is_assumed(row)) {
        shown.source = own.source;
        shown.cite(row);
    }
}

/// What decided over a request that is refused or redirected.
fn refused(refusal: &Refusal, trip: &Trip) -> Reason {
    let decided = |row, text: &str| why::decided(Outcome::Error, row, text);
    match refusal {
        Refusal::UrlTooLong { .. } => decided("LIM-01", "The URL is too long"),
        Refusal::HeadTooLarge { .. } => decided("LIM-02", "The head is too large"),
        Refusal::BodyTooLarge { .. } => decided("LIM-06", "The content is too long"),
        Refusal::MalformedField { .. } => decided("LIM-13", "A field cannot be read"),
        Refusal::UnknownHost { .. } => decided("LIM-08", "The Host leads to no distribution")
            .set_by("The distribution: alternate domain names"),
        Refusal::CountryBlocked { country, by } => {
            let is_on = if *by == GeoSort::AllowList {
                "is not on the list of those served"
            } else {
                "is on the list of those refused"
            };
            decided("VSEC-13", &format!("The viewer's country {country} {is_on}"))
                .set_by("The distribution: geographic restrictions")
        }
        Refusal::ByWebAcl(met) => gates::reason_of_block(met),
        Refusal::NotSigned(why) => gates::reason_of_unsigned(why, trip),
        Refusal::ByFunction { made, .. } => {
            let (name, value) = &made.field;
            let text =
                format!("The answer is the function's: {} with {name}: {value}", made.status.0);
            why::next("EDGE-13", text)
        }
        Refusal::FunctionFailed { runtime, fault } => {
            let text = format!("A function that fails is answered with {}", fault.status().0);
            decided(functions::row_of_fault(*runtime, fault), &text)
        }
        Refusal::ToHttps { status, .. } => {
            let row = if *status == Status(301) { "MET-09" } else { "MET-10" };
            why::next(row, "HTTP is sent to HTTPS").set_by_behavior(trip, VIEWER_PROTOCOL)
        }
        Refusal::HttpsOnly => {
            decided("MET-12", "HTTP is refused").set_by_behavior(trip, VIEWER_PROTOCOL)
        }
        Refusal::MethodNotAllowed(method) => {
            let text = format!("{method} is not among the allowed methods");
            decided("MET-04", &text).set_by_behavior(trip, "allowed methods")
        }
        Refusal::GetWithBody { .. } => decided("MET-08", "A GET may have no content"),
    }
}

/// The setting that says what becomes of HTTP.
const VIEWER_PROTOCOL: &str = "viewer protocol policy";

fn refusal_sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UrlTooLong { bytes } => {
            format!(
                "The URL has {bytes} bytes, more than 8,192: the edge location answers 414 and hangs up."
            )
        }
        Refusal::HeadTooLarge { bytes } => format!(
            "Request line and fields have {bytes} bytes, more than 32,768: the edge location answers 494 and hangs up."
        ),
        Refusal::BodyTooLarge { bytes } => {
            format!("The content has {}, more than 64 GB.", units::bytes(*bytes))
        }
        Refusal::MalformedField { name, value } if value.is_empty() => {
            format!("The field {name} is missing or empty: the edge location answers 400.")
        }
        Refusal::MalformedField { name, value } => {
            format!("The field {name} cannot say {value:?}: the edge location answers 400.")
        }
        Refusal::UnknownHost { host } => {
            format!("No distribution answers to the Host {host:?}: the edge location answers 403.")
        }
        Refusal::CountryBlocked { country, .. } => format!(
            "This distribution is not served in the viewer's country, {country}: the edge location answers 403 before it looks at any behavior."
        ),
        Refusal::ByWebAcl(met) => gates::sentence_of_block(met),
        Refusal::NotSigned(why) => gates::sentence_of_unsigned(why),
        Refusal::ByFunction { made, .. } => {
            let (name, value) = &made.field;
            format!("The viewer gets what the function says: {} with {name}: {value}.", made.status)
        }
        Refusal::FunctionFailed { fault, .. } => format!(
            "What a function leaves undone nobody does in its place: the edge location answers {}.",
            fault.status().0
        ),
        Refusal::ToHttps { status, location } => {
            format!(
                "This behavior sends viewers to HTTPS: {} with the Location {location}.",
                status.0
            )
        }
        Refusal::HttpsOnly => {
            "This behavior takes HTTPS only: the edge location answers 403.".to_owned()
        }
        Refusal::MethodNotAllowed(method) => {
            format!("This behavior does not allow {method}: the edge location answers 403.")
        }
        Refusal::GetWithBody { content_length } => {
            format!(
                "A GET with content ({}) is refused: the edge location answers 403.",
                units::bytes(*content_length)
            )
        }
    }
}
