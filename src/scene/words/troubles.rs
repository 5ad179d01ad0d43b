//! What is said where the origin fails: how often it is tried, who is asked instead, and what the viewer gets.

use super::assumed;
use super::sources::{
    BAD_GATEWAY, ERRORS, EXPIRATION, FAILOVER, FUNCTION_FAILED, GATEWAY_TIMEOUT, ORIGIN, Source,
};
use super::told::{Told, decisions, origin_town};
use crate::edge::{Decision, Disappointment, Failure, NotServed};
use crate::scene::{Outcome, Reason, Trip, units, why};
use crate::simulation::Event;

/// A step in which a tier finds that the origin gave no answer, or one that sends it to another origin.
pub(super) fn no_answer(trip: &Trip, events: &[Event], town: &str) -> Told {
    let mut told = Told::new("No answer from the origin", "", ORIGIN);
    told.outcome = Some(Outcome::Error);
    for decision in decisions(events) {
        match decision {
            Decision::OriginFailed { failure, attempt, retries } => {
                told.title = format!("Attempt {attempt}: {}", in_short(*failure));
                told = told.say(format!("{town} {}.", sentence(*failure, trip)));
                of_failure(&mut told, *failure);
                told.why.push(failed(*failure, trip));
                if failure.is_tls() && !trip.has_custom_origin() {
                    told.why.push(why::check("OK-01", BUCKETS_PROTOCOL));
                }
                if *retries {
                    told = told.say("It tries the same origin once more.");
                    told.cite("TMO-01");
                } else {
                    let status = failure.status();
                    told = told.say(format!("It gives up: to CloudFront that is a {status}."));
                }
            }
            Decision::FailedOver { by, to, .. } => {
                told.title = format!("The other origin of the group: {to}");
                told.source = FAILOVER;
                let row = row_of_turn(*by);
                let ask = why::next(row, format!("Ask the secondary origin {to}"));
                told.why.push(ask.set_by("Its origin group: failover criteria"));
                told = told.say(match by {
                    Disappointment::Status(status) => {
                        format!(
                            "A {} is among the statuses that send the request to {to}.",
                            status.0
                        )
                    }
                    Disappointment::Failure(_) => {
                        format!("The group is set so that the request goes to {to} now.")
                    }
                });
                told = told.say("The next miss begins with the primary origin again.");
                told.cite(row);
                told.cite("FO-06");
            }
            _ => told = of_stale(told, decision),
        }
    }
    told
}

/// What is said of a stale response that stands in for a failing origin, or must not.
pub(super) fn of_stale(mut told: Told, decision: &Decision) -> Told {
    match decision {
        Decision::ServedStale { since_secs, grace_secs, by, .. } => {
            told.outcome = Some(Outcome::Stale);
            told.source = ERRORS;
            let row = match by {
                Disappointment::Status(_) => "ERR-30, STALE-08",
                Disappointment::Failure(_) => "ERR-34, STALE-08",
            };
            told.cite(row);
            told.cite("ERR-31");
            told.assume(assumed::STALE_LIMITS);
            told.assume(assumed::STALE_WORD);
            told.why.push(why::decided(
                Outcome::Stale,
                row,
                format!(
                    "The stale copy, {} past its lifetime, stands in",
                    units::span(*since_secs)
                ),
            ));
            told.say("The viewer gets the stale copy instead of the error.").say(format!(
                "For {} the origin is left alone: the copy is served without asking.",
                units::span(*grace_secs)
            ))
        }
        Decision::NotServedStale(reason) => {
            told.source = EXPIRATION;
            let rows = match reason {
                NotServed::WindowOver { window_secs: 0 } => "STALE-12",
                NotServed::WindowOver { .. } => "STALE-04, STALE-05",
                NotServed::PastMaxTtl { .. } => "ERR-36, STALE-05",
                NotServed::Forbidden => "STALE-18",
                NotServed::IsError => "STALE-09",
            };
            told.cite(rows);
            if *reason == NotServed::Forbidden {
                told.assume(assumed::ASKED_IN_VAIN);
            }
            let line = match reason {
                NotServed::WindowOver { window_secs: 0 } => {
                    "stale-if-error=0 forbids serving the stale copy".to_owned()
                }
                NotServed::WindowOver { window_secs } => {
                    format!(
                        "stale-if-error allowed the stale copy for {} only",
                        units::span(*window_secs)
                    )
                }
                NotServed::PastMaxTtl { max_secs } => {
                    format!("The stale copy is older than the maximum TTL of {max_secs}\u{a0}s")
                }
                NotServed::Forbidden => {
                    "The origin forbade keeping the copy, and it did answer".to_owned()
                }
                NotServed::IsError => "What is stored is an error itself".to_owned(),
            };
            told.why.push(why::check(rows, line));
            told
        }
        _ => told,
    }
}

/// By which row the other origin of a group is asked.
const fn row_of_turn(by: Disappointment) -> &'static str {
    match by {
        Disappointment::Status(_) => "FO-02",
        Disappointment::Failure(failure) if failure.is_connection() => "FO-03",
        Disappointment::Failure(_) => "FO-04",
    }
}

/// OK-01: in what a bucket differs from an origin whose settings could be at fault.
const BUCKETS_PROTOCOL: &str = "An S3 bucket has no setting of protocol, port or TLS version: it is asked as the viewer asks, or by HTTPS where all is signed";

/// What decided that the origin gave no answer, and the origin's setting, if one did.
fn failed(failure: Failure, trip: &Trip) -> Reason {
    let text = units::sentence_case(in_short(failure));
    let reason = why::decided(Outcome::Error, rows_of_failure(failure).0, text);
    match failure {
        Failure::ConnectTimedOut => reason.set_by_origin(trip, "connection timeout"),
        Failure::ResponseTimedOut => reason.set_by_origin(trip, "response timeout"),
        Failure::CompletionTimedOut => reason.set_by_origin(trip, "response completion timeout"),
        failure if failure.is_tls() && !trip.has_custom_origin() => reason,
        Failure::NoCommonProtocol => reason.set_by_origin(trip, "origin SSL protocols"),
        failure if failure.is_tls() || failure.is_closed_port() => {
            reason.set_by_origin(trip, "protocol")
        }
        _ => reason,
    }
}

/// The rows and the page of a failure.
pub(super) fn of_failure(told: &mut Told, failure: Failure) {
    let (rows, source) = rows_of_failure(failure);
    told.source = source;
    told.cite(rows);
    if matches!(failure, Failure::RangeLengthMismatch | Failure::HeadTooLarge) {
        told.assume(assumed::BAD_ANSWER);
    }
    if failure.is_closed_port() {
        told.assume(assumed::CLOSED_PORT);
    }
}

const fn rows_of_failure(failure: Failure) -> (&'static str, Source) {
    match failure {
        Failure::NameUnresolved => ("TMO-18", BAD_GATEWAY),
        Failure::Refused | Failure::TlsFailed => ("TMO-17", BAD_GATEWAY),
        Failure::CertificateOfAnother => ("TLS-67, TMO-17", BAD_GATEWAY),
        Failure::CertificateExpired | Failure::CertificateUntrusted => {
            ("TLS-68, TMO-17", BAD_GATEWAY)
        }
        Failure::NoCommonProtocol => ("OR-17, TMO-17", BAD_GATEWAY),
        Failure::HttpOnly | Failure::HttpsOnly => ("OR-14, TMO-17", BAD_GATEWAY),
        Failure::ConnectTimedOut => ("TMO-02, TMO-10, TMO-16", GATEWAY_TIMEOUT),
        Failure::ResponseTimedOut => ("TMO-03, TMO-11, TMO-12", GATEWAY_TIMEOUT),
        Failure::CompletionTimedOut => ("TMO-05, TMO-14", GATEWAY_TIMEOUT),
        Failure::RangeLengthMismatch => ("RNG-16", BAD_GATEWAY),
        Failure::HeadTooLarge => ("LIM-05", BAD_GATEWAY),
        Failure::TooLarge => ("RNG-10", BAD_GATEWAY),
        Failure::FunctionThrew => ("TMO-20", FUNCTION_FAILED),
        Failure::FunctionInvalid => ("TMO-20", BAD_GATEWAY),
        Failure::Unreadable => ("", BAD_GATEWAY),
    }
}

const fn in_short(failure: Failure) -> &'static str {
    match failure {
        Failure::NameUnresolved => "the origin's name does not resolve",
        Failure::Refused => "the origin refuses the connection",
        Failure::TlsFailed => "no TLS with the origin",
        Failure::CertificateOfAnother => "the origin's certificate names another host",
        Failure::CertificateExpired => "the origin's certificate has run out",
        Failure::CertificateUntrusted => "nobody who is trusted signed the origin's certificate",
        Failure::NoCommonProtocol => "no version of TLS in common with the origin",
        Failure::HttpOnly => "an origin of this kind speaks HTTP only",
        Failure::HttpsOnly => "an origin of this kind speaks HTTPS only",
        Failure::ConnectTimedOut => "no connection within the connection timeout",
        Failure::ResponseTimedOut => "no answer within the response timeout",
        Failure::CompletionTimedOut => "the response completion timeout is over",
        Failure::Unreadable => "the answer cannot be read",
        Failure::HeadTooLarge => "the head of the answer is too large",
        Failure::RangeLengthMismatch => "the length of the range is not what was announced",
        Failure::TooLarge => "the object is larger than a cache may hold",
        Failure::FunctionThrew => "the function at the edge failed",
        Failure::FunctionInvalid => "the function at the edge set what it may not",
    }
}

fn sentence(failure: Failure, trip: &Trip) -> String {
    let origin = origin_town(trip);
    match failure {
        Failure::NameUnresolved => "finds no address for the origin's name".to_owned(),
        Failure::Refused => format!("knocked at the origin in {origin} and was refused at once"),
        Failure::TlsFailed => {
            format!("reached the origin in {origin}, but its certificate does not hold")
        }
        Failure::CertificateOfAnother => {
            format!(
                "reached the origin in {origin}, but its certificate covers neither the origin domain nor a forwarded Host"
            )
        }
        Failure::CertificateExpired => {
            format!("reached the origin in {origin}, but its certificate is past its last day")
        }
        Failure::CertificateUntrusted => {
            format!("reached the origin in {origin}, but its certificate is signed by itself")
        }
        Failure::NoCommonProtocol if !trip.has_custom_origin() => {
            format!(
                "reached the bucket in {origin}, but it speaks no version of TLS that CloudFront uses"
            )
        }
        Failure::NoCommonProtocol => {
            format!(
                "reached the origin in {origin}, but the distribution allows no version of TLS that it speaks"
            )
        }
        Failure::HttpOnly => {
            let kind = kind_of(trip);
            format!(
                "knocked at port 443 in {origin} in vain, since {kind} speaks HTTP only: so must its protocol say"
            )
        }
        Failure::HttpsOnly => {
            let kind = kind_of(trip);
            format!(
                "knocked at port 80 in {origin} in vain, since {kind} speaks HTTPS only: so must its protocol say"
            )
        }
        Failure::ConnectTimedOut => {
            format!("waited for the origin in {origin} to accept the connection, in vain")
        }
        Failure::ResponseTimedOut => {
            format!("sent the request to {origin} and waited for a first byte, in vain")
        }
        Failure::CompletionTimedOut => {
            format!("has waited for the origin in {origin} as long as it may in all")
        }
        _ => format!("cannot use what the origin in {origin} sent"),
    }
}

/// The kind of the origin, in words.
fn kind_of(trip: &Trip) -> String {
    trip.matched.as_ref().map_or("the origin".to_owned(), |matched| matched.origin_kind.in_words())
}
