//! What is said of a cache that an answer passes: what it keeps, for how long, and what had to go.

use std::time::Duration;

use super::sources::{ERRORS, EXPIRATION, HOW_IT_WORKS};
use super::told::{Told, decisions, role};
use super::{assumed, functions, key, rows, troubles};
use crate::edge::{Decision, Kept, Layer, Lifetime, NotCompressed, Released};
use crate::scene::fields_view::FieldsView;
use crate::scene::{LifetimePicture, Outcome, Trip, units, why};
use crate::simulation::{Event, Place, What};

/// The setting that compression depends on.
const COMPRESS: &str = "compress objects automatically";

pub(super) fn kept(trip: &Trip, events: &[Event], layer: Layer, town: &str) -> Told {
    let role = role(layer);
    let mut told = Told::new(role, "", HOW_IT_WORKS);
    // The mark of the title is that of the station: what this cache made of the request, whatever the one behind it had.
    let outcome = events.first().and_then(|event| trip.flags.get(&event.place)).copied();
    for event in events {
        let What::Decided(decision) = &event.what else { continue };
        match decision {
            Decision::Evicted { key, size_bytes, was_fresh } => {
                let fresh = if *was_fresh { "still fresh" } else { "stale" };
                let line = format!(
                    "{} ({}, {fresh}) was used least recently and had to go",
                    key.file_name(),
                    units::bytes(*size_bytes)
                );
                told.why.push(why::next("EVI-05", line));
                told.cite("EVI-01");
                told.source = EXPIRATION;
                told.assume(assumed::LEAST_RECENT);
            }
            Decision::Stored { size_bytes, lifetime, kept, version, status, stale_at, .. } => {
                told.outcome = outcome;
                if *kept == Kept::StandsIn {
                    told = stands_in(told, role, town);
                    continue;
                }
                told.why.extend(why::of_lifetime(lifetime, trip));
                if let Some((word, sentence)) = still_held(*kept, trip, layer, town) {
                    told.title = format!("{role}: {word}");
                    told = told.say(sentence);
                } else {
                    told.title = if status.is_error() {
                        format!("{role}: {} stored", status.0)
                    } else {
                        format!("{role}: stored")
                    };
                    let size = units::bytes(*size_bytes);
                    // What the edge or an origin makes up, as an error, has no version.
                    let is_made_up = *version == 0 || status.is_error();
                    let what = if is_made_up { size } else { format!("version {version}, {size}") };
                    let copy = if trip.brought_part() {
                        told.cite("RNG-02");
                        "the part that came"
                    } else if status.is_error() {
                        "this error"
                    } else {
                        "a copy"
                    };
                    told = told
                        .say(format!("{town} keeps {copy} ({what}) at the front of its shelf."));
                }
                let left = stale_at.since(event.at);
                let is_old = trip.replied.is_none() && lifetime.secs > 0;
                told.lifetime =
                    Some(LifetimePicture::of(lifetime, is_old.then_some(left.as_secs())));
                told = told.say(how_long(trip, lifetime, left));
                rows::of_kept(&mut told, trip, layer, *kept);
                rows::of_lifetime(&mut told, lifetime, layer, trip);
            }
            Decision::FunctionRan(ran) => told = functions::ran(told, ran, role, trip),
            Decision::ServedStale { .. } | Decision::NotServedStale(_) => {
                told = troubles::of_stale(told, decision);
            }
            Decision::Compressed { coding, from_bytes, to_bytes } => {
                let (from, to) = (units::bytes(*from_bytes), units::bytes(*to_bytes));
                let text = format!("Compressed with {coding}: {from} become {to}");
                told.title = format!("{role}: compressed");
                told.outcome = outcome;
                told = told.say(format!(
                    "{town} compresses the answer with {coding}: {from} become {to}."
                ));
                told.why.push(why::check("CMP-01, CMP-14", text).set_by_behavior(trip, COMPRESS));
                told.cite("CMP-01");
                told.assume(assumed::POP_COMPRESSES);
            }
            Decision::NotCompressed(why) => {
                let row = match why {
                    NotCompressed::Size => "CMP-02",
                    NotCompressed::NoLength => "CMP-03",
                    NotCompressed::Coded => "CMP-10",
                    _ => "CMP-01",
                };
                told.title = format!("{role}: not compressed");
                told.outcome = outcome;
                told = told.say(format!("{town} leaves the answer as it came."));
                told.why
                    .push(why::check(row, not_compressed(*why)).set_by_behavior(trip, COMPRESS));
                told.cite(row);
            }
            Decision::Released { waiters, why } => {
                told = told.say(released(*waiters, *why));
                match why {
                    Released::NotToBeShared => told.cite("COL-06"),
                    Released::NotKept(_) => told.assume(assumed::ONE_BY_ONE),
                }
            }
            Decision::NotStored { why } => {
                told.title = format!("{role}: passed on");
                told.outcome = outcome;
                told = told.say(format!("{town} passes the answer on and keeps nothing."));
                let rows = rows::of_not_kept(&mut told, why, trip);
                told.why.push(why::check(&rows, why::of_not_stored(why)));
            }
            // By their names: of a new decision something is to be said, here or where a tier looks.
            Decision::DistributionChosen(_)
            | Decision::BehaviorMatched(_)
            | Decision::Refused(_)
            | Decision::GatesPassed(_)
            | Decision::RuleMet(_)
            | Decision::SignatureHeld(_)
            | Decision::KeyMade { .. }
            | Decision::LookedUp { .. }
            | Decision::NotLookedUp(_)
            | Decision::Forwarded { .. }
            | Decision::Waits { .. }
            | Decision::OriginFailed { .. }
            | Decision::FailedOver { .. }
            | Decision::PageWanted { .. }
            | Decision::Answered { .. }
            | Decision::Invalidated { .. }
            | Decision::Emptied { .. } => {}
        }
    }
    told.key = key::view(trip);
    let passed = decisions(events).find_map(|decision| match decision {
        Decision::Answered { response, .. } => Some(response),
        _ => None,
    });
    told.fields = passed.map(|response| {
        let rec = trip.answered.get(&Place::Rec(trip.rec)).map(|(response, _)| &**response);
        let origin = trip.replied.as_ref().map(|(response, _)| &**response);
        let before = if layer == Layer::Pop { rec.or(origin) } else { origin };
        FieldsView::of_response(response, before)
    });
    told
}

const fn not_compressed(why: NotCompressed) -> &'static str {
    match why {
        NotCompressed::NotAccepted => "Not compressed: the viewer takes neither gzip nor br",
        NotCompressed::Status => "Not compressed: only 200, 403 and 404 are",
        NotCompressed::Coded => "Not compressed: the origin sent it coded",
        NotCompressed::NoLength => "Not compressed: it has no Content-Length",
        NotCompressed::Size => "Not compressed: only from 1,000 to 10,000,000 bytes",
        NotCompressed::Type => "Not compressed: its type is not on the list",
    }
}

fn released(waiters: usize, why: Released) -> String {
    let who = units::count(waiters, "request that waited", "requests that waited");
    match why {
        Released::NotToBeShared => {
            format!("{who} may not have this answer: each goes on to the origin by itself.")
        }
        Released::NotKept(_) => format!("{who} cannot share an answer that is not kept."),
    }
}

/// Why a tier keeps what it held: the word for the title, and the sentence. None where it keeps something new.
fn still_held(kept: Kept, trip: &Trip, layer: Layer, town: &str) -> Option<(&'static str, String)> {
    let (word, by) = match kept {
        Kept::Anew | Kept::StandsIn => return None,
        Kept::Confirmed if layer == Layer::Pop && rows::is_through_rec(trip) => {
            ("refreshed", "the origin confirmed it, through the regional edge cache.")
        }
        Kept::Confirmed => ("refreshed", "the origin confirmed it."),
        Kept::Same if trip.replied.is_none() => {
            ("confirmed", "its regional edge cache confirmed it. No origin was asked.")
        }
        Kept::Same => ("stored", "the origin sent the same version again."),
    };
    Some((word, format!("{town} keeps what it has: {by}")))
}

/// ERR-30, ERR-31: what is kept is as stale as it was.
fn stands_in(mut told: Told, role: &str, town: &str) -> Told {
    told.title = format!("{role}: still stale");
    told.outcome = Some(Outcome::Stale);
    told.source = ERRORS;
    told.cite("ERR-30, ERR-31");
    told.say(format!(
        "{town} keeps what it has, stale as it is: the origin failed, so nobody confirmed it."
    ))
}

/// How long it is fresh: a lifetime that began in this exchange, or what remains of an earlier one (TTL-24).
fn how_long(trip: &Trip, lifetime: &Lifetime, left: Duration) -> String {
    if lifetime.secs == 0 {
        "It is stale at once: every request asks the origin again.".to_owned()
    } else if trip.replied.is_some() {
        format!("It is fresh for {} from the origin's answer on.", units::span(lifetime.secs))
    } else {
        format!(
            "It is fresh for {} more, as in the regional edge cache.",
            units::span(left.as_secs())
        )
    }
}
