//! What is said of a cache: what it found, whom it asked, what it kept.

use super::{CACHE_KEY, CUSTOM_ORIGIN, EXPIRATION, HOW_IT_WORKS, Told, key};
use crate::edge::{Bypass, Decision, Found, Refusal, Route};
use crate::scene::fields_view::FieldsView;
use crate::scene::{Outcome, Trip, units, why};
use crate::simulation::{Event, Place, What};

fn decisions(events: &[Event]) -> impl Iterator<Item = &Decision> {
    events.iter().filter_map(|event| match &event.what {
        What::Decided(decision) => Some(decision),
        _ => None,
    })
}

pub(super) fn looked(trip: &Trip, events: &[Event], role: &str, town: &str) -> Told {
    let mut told = Told::new(role, "VSEC-06", HOW_IT_WORKS);
    for decision in decisions(events) {
        match decision {
            Decision::BehaviorMatched(matched) => {
                told.title = format!("{role}: which rule?");
                told.why.push(why::check(format!(
                    "Path pattern {} matches: policy {}",
                    matched.pattern, matched.policy
                )));
                told.rows = "FLOW-15, VSEC-06".to_owned();
            }
            Decision::Refused(refusal) => {
                told.title = format!("{role}: refused");
                told.outcome = Some(Outcome::Error);
                told = told.say(refusal_sentence(*refusal)).say("No cache and no origin is asked.");
                told.rows = match refusal {
                    Refusal::MethodNotAllowed(_) => "MET-04, VSEC-08",
                    Refusal::GetWithBody { .. } => "MET-08, LIM-07",
                }
                .to_owned();
                told.source = CUSTOM_ORIGIN;
            }
            Decision::KeyMade { .. } => {
                told.title = format!("{role}: the cache key");
                told.rows = "KEY-01, VSEC-11".to_owned();
                told.source = CACHE_KEY;
            }
            Decision::NotLookedUp(why) => {
                told.title = format!("{role}: bypass");
                told.outcome = Some(Outcome::Bypass);
                told = told
                    .say(format!("{town} does not search its shelf. {}.", why::of_not_stored(why)));
            }
            Decision::LookedUp { found, .. } => {
                told.why.extend(why::of_lookup(*found, town));
                (told.title, told.outcome) = match found {
                    Found::Fresh { .. } => (format!("{role}: hit"), Some(Outcome::Hit)),
                    Found::Stale { .. } => (format!("{role}: stale"), Some(Outcome::Stale)),
                    Found::Absent => (format!("{role}: miss"), Some(Outcome::Miss)),
                };
                told = told.say(found_sentence(*found, town));
                told.rows = match found {
                    Found::Fresh { .. } => "FLOW-03, AGE-01",
                    Found::Stale { .. } => "REV-01, REV-02, REV-03",
                    Found::Absent => "FLOW-04",
                }
                .to_owned();
                told.source =
                    if matches!(found, Found::Absent) { HOW_IT_WORKS } else { EXPIRATION };
            }
            Decision::Forwarded { route, rec_region, conditional, .. } => {
                told.why.extend(why::of_route(route, trip, rec_region));
                told = told.say(route_sentence(route, trip, *conditional));
                let (row, assumption) = why::route_row(route);
                told.rows = format!("{}, {row}", told.rows);
                told.assumption = assumption.map(String::from);
            }
            Decision::Answered { .. } if told.outcome == Some(Outcome::Hit) => {
                told = told.say("It answers at once: nobody behind it hears of this request.");
                told.why.push(why::next("Answer the viewer"));
            }
            _ => {}
        }
    }
    told.key = key::view(trip);
    told.fields = Some(fields_after_look(trip, events));
    told
}

fn refusal_sentence(refusal: Refusal) -> String {
    match refusal {
        Refusal::MethodNotAllowed(method) => {
            format!("This behavior does not allow {method}: the edge location answers 403.")
        }
        Refusal::GetWithBody { content_length } => {
            format!(
                "A GET with content ({}) is refused: the edge location answers 403.",
                units::bytes(content_length)
            )
        }
    }
}

fn found_sentence(found: Found, town: &str) -> String {
    match found {
        Found::Fresh { remaining_secs, .. } => {
            format!(
                "{town} has this object, and it is fresh for {} more.",
                units::span(remaining_secs)
            )
        }
        Found::Stale { since_secs, .. } => {
            format!(
                "{town} has this object, but its lifetime ended {} ago. It may not be served without asking.",
                units::span(since_secs)
            )
        }
        Found::Absent => format!("{town} looked for this key and found nothing stored under it."),
    }
}

fn route_sentence(route: &Route, trip: &Trip, conditional: bool) -> String {
    let rec = trip.rec.short_name();
    let origin = trip.origin_region().map_or("its Region", crate::network::Region::short_name);
    let how = if conditional { "asks only for a newer version" } else { "asks for the object" };
    match route {
        Route::ThroughRec => format!("It {how} at its regional edge cache in {rec}."),
        Route::FromRec => format!("It {how} at the origin in {origin}."),
        Route::PastRec(Bypass::ProxyMethod(method)) => {
            format!(
                "It hands the {method} to the origin in {origin}, past the regional edge cache in {rec}."
            )
        }
        Route::PastRec(_) => {
            format!("It {how} at the origin in {origin}, past the regional edge cache in {rec}.")
        }
    }
}

/// What left the tier, beside what came in.
fn fields_after_look(trip: &Trip, events: &[Event]) -> FieldsView {
    let forwarded = decisions(events).find_map(|decision| match decision {
        Decision::Forwarded { request, route, .. } => Some((request, route)),
        _ => None,
    });
    let answered = decisions(events).find_map(|decision| match decision {
        Decision::Answered { response, .. } => Some(response),
        _ => None,
    });
    match (forwarded, answered) {
        (Some((request, Route::FromRec)), _) => {
            let before =
                trip.forwarded.get(&Place::Pop(trip.pop)).map(|forwarded| &*forwarded.request);
            FieldsView::of_request(request, before)
        }
        (Some((request, _)), _) => FieldsView::of_request(request, Some(&trip.request)),
        (None, Some(response)) => FieldsView::of_response(response, None),
        (None, None) => FieldsView::of_request(&trip.request, None),
    }
}

pub(super) fn kept(trip: &Trip, events: &[Event], role: &str, town: &str) -> Told {
    let mut told = Told::new(role, "FLOW-06", HOW_IT_WORKS);
    for decision in decisions(events) {
        match decision {
            Decision::Evicted { key, size_bytes, was_fresh } => {
                let fresh = if *was_fresh { "still fresh" } else { "stale" };
                let line = format!(
                    "{} ({}, {fresh}) was used least recently and had to go",
                    key.file_name(),
                    units::bytes(*size_bytes)
                );
                told.why.push(why::next(line));
                told.rows = "EVI-01, EVI-05".to_owned();
            }
            Decision::Stored { size_bytes, lifetime, refreshed, version, .. } => {
                told.why.extend(why::of_lifetime(lifetime));
                told.rows = format!("{}, {}", told.rows, why::lifetime_row(lifetime));
                told.source = EXPIRATION;
                let for_how_long = match lifetime.secs {
                    0 => "It is stale at once: every request will ask the origin about it."
                        .to_owned(),
                    secs => format!("It is fresh for {}.", units::span(secs)),
                };
                if *refreshed {
                    told.title = format!("{role}: refreshed");
                    told.outcome = Some(Outcome::Refresh);
                    told = told
                        .say(format!("{town} keeps what it has: the origin confirmed it."))
                        .say(for_how_long);
                } else {
                    told.title = format!("{role}: stored");
                    told.outcome = trip.outcome();
                    let what = format!("version {version}, {}", units::bytes(*size_bytes));
                    told = told
                        .say(format!("{town} keeps a copy ({what}) at the front of its shelf."))
                        .say(for_how_long);
                }
            }
            Decision::NotStored { why } => {
                told.title = format!("{role}: passed on");
                told.outcome = trip.outcome();
                told = told.say(format!("{town} passes the answer on and keeps nothing."));
                told.why.push(why::check(why::of_not_stored(why)));
                told.rows = "REC-01, TTL-05, TTL-27".to_owned();
            }
            _ => {}
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
        let before = if role == "Edge location" { rec.or(origin) } else { origin };
        FieldsView::of_response(response, before)
    });
    told
}
