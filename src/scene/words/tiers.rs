//! What is said of a cache that is asked: what it found and whom it asked.

use super::sources::{BEHAVIOR, CACHE_KEY, CUSTOM_ORIGIN, ERROR_PAGES, HOW_IT_WORKS};
use super::told::{Told, decisions, origin_town, role};
use super::{assumed, functions, gates, key, refusals, rows, staging, troubles};
use crate::edge::{Decision, Found, Layer, Route, StaleUse};
use crate::http::{Method, Request, Status};
use crate::scene::fields_view::FieldsView;
use crate::scene::{Outcome, Trip, units, why};
use crate::simulation::{Event, Place};

pub(super) fn looked(trip: &Trip, events: &[Event], layer: Layer, town: &str) -> Told {
    let role = role(layer);
    let mut told = Told::new(role, "REC-13", HOW_IT_WORKS);
    let mut looked_up = None;
    let mut looked_at = None;
    let kept_error = decisions(events).find_map(|decision| match decision {
        Decision::Answered { response, .. } => {
            Some(response.status).filter(|status| status.is_error())
        }
        _ => None,
    });
    for decision in decisions(events) {
        told.is_about_key = matches!(decision, Decision::KeyMade { .. });
        match decision {
            Decision::BehaviorMatched(matched) => {
                told.title = format!("{role}: which rule?");
                let text = format!(
                    "Path pattern {} matches: policy {}",
                    matched.pattern, matched.policy.name
                );
                told.why.push(
                    why::check("FLOW-15", text)
                        .set_by("The distribution: behaviors in their order"),
                );
                told.turn_to("FLOW-15", BEHAVIOR);
                told.assume(assumed::BEHAVIOR_CHECK);
            }
            Decision::DistributionChosen(choice) => {
                told = staging::chosen(told, role, town, choice);
            }
            Decision::GatesPassed(passed) => gates::passed(&mut told, passed),
            Decision::RuleMet(met) => gates::met(&mut told, met),
            Decision::SignatureHeld(signed) => gates::held(&mut told, signed, trip),
            Decision::FunctionRan(ran) => told = functions::ran(told, ran, role, trip),
            Decision::Refused(refusal) => told = refusals::told(told, role, refusal, trip),
            Decision::KeyMade { .. } => {
                told.title = format!("{role}: the cache key");
                told.turn_to("KEY-01, VSEC-11", CACHE_KEY);
            }
            Decision::NotLookedUp(why) => {
                told.title = format!("{role}: bypass");
                told.outcome = Some(Outcome::Bypass);
                told = told
                    .say(format!("{town} does not search its shelf. {}.", why::of_not_stored(why)));
                let rows = rows::of_not_looked_up(&mut told, why);
                if layer != Layer::Pop {
                    // At the edge location the way says it.
                    told.why.push(why::decided(Outcome::Bypass, &rows, why::of_not_stored(why)));
                }
            }
            Decision::LookedUp { found, .. } => {
                looked_up = Some(*found);
                looked_at = Some(told.why.len());
                told.why.extend(why::of_lookup(*found, layer, town, trip));
                (told.title, told.outcome) = match found {
                    Found::Fresh { .. } => (format!("{role}: hit"), Some(Outcome::Hit)),
                    Found::Stale { .. } => (format!("{role}: stale"), Some(Outcome::Stale)),
                    Found::StaleServed { .. } => {
                        (format!("{role}: stale, served at once"), Some(Outcome::Stale))
                    }
                    Found::HeadOnly | Found::PartMissing { .. } | Found::Absent => {
                        (format!("{role}: miss"), Some(Outcome::Miss))
                    }
                };
                rows::of_lookup(&mut told, *found, layer, trip);
                told = match (kept_error, found) {
                    (Some(status), Found::Fresh { remaining_secs, .. }) => {
                        still_kept(told, role, town, status, *remaining_secs)
                    }
                    _ => told.say(found_sentence(*found, town)),
                };
                let range = trip.request.fields.get("Range");
                if let (Found::Fresh { .. }, Some(range)) = (found, range) {
                    told.why.push(why::check(
                        "RNG-01",
                        format!("What Range asks for is held: {range}"),
                    ));
                    told.cite("RNG-01");
                }
            }
            Decision::Forwarded { route, rec_region, conditional, request, background, .. } => {
                let at = looked_at.take().unwrap_or(told.why.len());
                told.why.splice(at..at, why::of_conditions(route, trip));
                told.why.extend(why::of_route(route, trip, rec_region));
                if *background {
                    told = told.say(
                        "Nobody waits for what comes now: the copy is renewed in the background.",
                    );
                }
                told = told.say(route_sentence(route, trip, *conditional));
                if looked_up == Some(Found::Absent) {
                    told.turn_to("", HOW_IT_WORKS);
                }
                let is_stale = matches!(looked_up, Some(Found::Stale { .. }));
                if *conditional {
                    rows::of_condition(&mut told, request);
                }
                if matches!(layer, Layer::Pop) && shares_credentials(trip, request) {
                    told.cite("AUTH-03"); // AUTH-04: listed by itself or among all
                    let text = "Authorization goes to the origin and is not in the cache key";
                    told.why.push(
                        why::check("AUTH-03", text).set_by_behavior(trip, "origin request policy"),
                    );
                    told = told.say(
                        "Danger: what the origin answers to these credentials is stored for everybody who asks for this key.",
                    );
                }
                rows::of_way(&mut told, route, is_stale, trip);
            }
            Decision::Waits { behind } => {
                told.title = format!("{role}: waits");
                told.outcome = None;
                told.turn_to("COL-01, COL-02", CUSTOM_ORIGIN);
                told.assume(assumed::SHARED_AT_HEAD);
                told.why
                    .push(why::next("COL-01", "The same object is being fetched: wait for that"));
                told = told.say(format!(
                    "{town} is fetching this object already. {}",
                    match behind {
                        0 => "This request waits for the same answer.".to_owned(),
                        1 => "Another one waits before this request.".to_owned(),
                        n => format!("{n} others wait before this request."),
                    }
                ));
            }
            Decision::PageWanted { status, path } => {
                told.title = format!("{role}: the page for a {}", status.0);
                told.turn_to("CEP-03", ERROR_PAGES);
                told.assume(assumed::PAGE_LOOKED_UP);
                told = told.say(format!(
                    "In place of the {} the viewer is to get {path}, which {town} looks for now.",
                    status.0
                ));
            }
            Decision::ServedStale { .. } | Decision::NotServedStale(_) => {
                told = troubles::of_stale(told, decision);
            }
            Decision::Answered { .. }
                if looked_up.is_none()
                    && events.first().map(|event| event.place) == trip.waits_at =>
            {
                told.title = format!("{role}: the answer is shared");
                told.outcome = trip.flags.get(&events[0].place).copied();
                told.turn_to("COL-01, COL-09", CUSTOM_ORIGIN);
                told.assume(assumed::SHARED_AT_HEAD);
                told.why.push(why::decided(
                    told.outcome.unwrap_or(Outcome::Hit),
                    "COL-01, COL-09",
                    "The answer to the other request serves this one, too",
                ));
                told = told.say(format!(
                    "The answer that this request waited for has reached {town}, which passes it on from the first byte on."
                ));
            }
            Decision::Answered { .. } if matches!(looked_up, Some(Found::Fresh { .. })) => {
                told = told.say("It answers at once: nobody behind it hears of this request.");
                let text = match layer {
                    Layer::Pop => "Answer the viewer",
                    Layer::Rec => "Answer the edge location",
                    Layer::Shield => "Answer the regional edge cache",
                };
                told.why.push(why::next(why::row_of_hit(layer), text));
            }
            // By their names: of a new decision something is to be said, here or where a tier keeps what came.
            Decision::Answered { .. }
            | Decision::Stored { .. }
            | Decision::NotStored { .. }
            | Decision::Evicted { .. }
            | Decision::Compressed { .. }
            | Decision::NotCompressed(_)
            | Decision::Released { .. }
            | Decision::OriginFailed { .. }
            | Decision::FailedOver { .. }
            | Decision::Invalidated { .. }
            | Decision::Emptied { .. } => {}
        }
    }
    if told.is_about_key {
        told = told.say("Two requests that give this key share one stored answer.");
    }
    told.key = key::view(trip);
    told.fields = Some(fields_after_look(trip, events));
    told
}

/// AUTH-03, AUTH-04: whether the origin sees credentials that are not in the key, so that others get the answer to them.
fn shares_credentials(trip: &Trip, request: &Request) -> bool {
    let is_credentials = |name: &String| name.eq_ignore_ascii_case("Authorization");
    let is_left_out =
        trip.key.as_ref().is_some_and(|(_, left_out)| left_out.fields.iter().any(is_credentials));
    is_left_out && request.fields.has("Authorization")
}

/// An error that was kept answers in the object's place (ERR-01, ERR-06).
fn still_kept(mut told: Told, role: &str, town: &str, status: Status, left_secs: u64) -> Told {
    let left = units::span(left_secs);
    told.title = format!("{role}: a {} is kept", status.0);
    told.outcome = Some(Outcome::Error);
    told.why.pop();
    let text = format!("Fresh for {left} more: the {} answers", status.0);
    told.why.push(why::decided(Outcome::Error, "ERR-06", text));
    told.cite("ERR-06");
    told.say(format!("{town} keeps a {} in the object's place, for {left} more.", status.0))
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
        Found::StaleServed { since_secs, by: StaleUse::WhileRevalidate { .. } } => format!(
            "{town} has this object, {} past its lifetime. The origin allows it to be served while it is renewed.",
            units::span(since_secs)
        ),
        Found::StaleServed { since_secs, by: StaleUse::OriginFailed { .. } } => format!(
            "{town} has this object, {} past its lifetime. The origin failed a moment ago, so the copy stands in.",
            units::span(since_secs)
        ),
        Found::PartMissing { held_bytes } => {
            format!(
                "{town} holds {} of this object, and not the part that is asked for.",
                units::bytes(held_bytes)
            )
        }
        Found::HeadOnly => {
            format!("{town} knows only the head of this object, from a HEAD before.")
        }
        Found::Absent => format!("{town} looked for this key and found nothing stored under it."),
    }
}

fn route_sentence(route: &Route, trip: &Trip, conditional: bool) -> String {
    let rec = units::unbroken(trip.rec.short_name());
    let origin = origin_town(trip);
    let whom = match route {
        Route::ThroughRec => format!("its regional edge cache in {rec}"),
        Route::FromRec | Route::FromShield | Route::PastRec(_) => format!("the origin in {origin}"),
        Route::ToShield { region } | Route::PastRecToShield { region, .. } => {
            format!("the Origin Shield in {}", why::town_of(region))
        }
    };
    let method = trip.request.method;
    let asks = match method {
        Method::Get | Method::Head if conditional => {
            format!("asks {whom} only for a newer version")
        }
        Method::Get | Method::Head => format!("asks {whom} for the object"),
        _ => format!("passes the {method} to {whom}"),
    };
    match route.bypass() {
        Some(_) => format!("It {asks}, past the regional edge cache in {rec}."),
        None => format!("It {asks}."),
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
        (Some((request, Route::FromRec | Route::ToShield { .. } | Route::FromShield)), _) => {
            let before =
                trip.forwarded.get(&Place::Pop(trip.pop)).map(|forwarded| &*forwarded.request);
            FieldsView::of_request(request, before)
        }
        (Some((request, _)), _) => FieldsView::of_request(request, Some(&trip.request)),
        (None, Some(response)) => FieldsView::of_response(response, None),
        (None, None) => FieldsView::of_request(&trip.request, None),
    }
}
