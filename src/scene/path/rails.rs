//! The rails between the stations, what travels on them, and the way past the REC.

use super::{Back, Capsule, Lane, LaneState, Leg, Now, OriginFacts, Out, Over, Plan};
use crate::edge::Route;
use crate::http::Request;
use crate::network::latency::{round_trip, viewer_round_trip};
use crate::scene::step::Hop;
use crate::scene::{Outcome, Trip, units, why};
use crate::simulation::Place;

pub(super) fn legs(trip: Option<&Trip>, plan: Plan, origin: &OriginFacts, now: Now) -> [Leg; 3] {
    let outcome = trip.and_then(Trip::outcome);
    let is_bypass = trip.is_some_and(|trip| trip.bypass().is_some());
    let asked_rec = now.out >= Out::AtRec && !is_bypass;
    let asked_origin = now.out >= Out::AtOrigin;
    let lane = |is_done: bool, is_off: bool, outcome: Option<Outcome>| Lane {
        state: match () {
            () if is_done => LaneState::Done,
            () if is_off => LaneState::Off,
            () => LaneState::Todo,
        },
        outcome: outcome.filter(|_| is_done),
    };
    let answered_by_pop = now.back >= Back::AtPop && !asked_rec && !asked_origin;
    let rails_off = is_bypass || answered_by_pop;
    let rec_answered = now.back >= Back::AtRec && !asked_origin;
    let capsule = |leg: usize| capsule(trip, leg, outcome, now).filter(|_| leg == 0 || !is_bypass);
    [
        Leg {
            request: lane(now.out >= Out::AtPop, false, None),
            answer: lane(now.back >= Back::AtViewer, false, outcome),
            round_trip: units::ms(viewer_round_trip(plan.city, plan.pop.position())),
            capsule: capsule(0),
        },
        Leg {
            request: lane(asked_rec, rails_off, None),
            answer: lane(asked_rec && now.back >= Back::AtPop, rails_off, outcome),
            round_trip: if rails_off {
                String::new()
            } else {
                units::ms(round_trip(plan.pop.position(), plan.rec.position()))
            },
            capsule: capsule(1),
        },
        Leg {
            request: lane(asked_origin && !is_bypass, rails_off || rec_answered, None),
            answer: lane(
                asked_origin && !is_bypass && now.back >= Back::AtRec,
                rails_off || rec_answered,
                outcome,
            ),
            round_trip: if rails_off || rec_answered {
                String::new()
            } else {
                units::ms(round_trip(plan.rec.position(), origin.region.position()))
            },
            capsule: capsule(2),
        },
    ]
}

/// What travels on a leg at this hop: it stands where it has just arrived, or where it is about to leave.
fn capsule(trip: Option<&Trip>, leg: usize, outcome: Option<Outcome>, now: Now) -> Option<Capsule> {
    let trip = trip?;
    let (at_leg, is_answer, at) = match now.hop? {
        Hop::Sent => (0, false, 0.0),
        Hop::PopLooks if trip.answered.contains_key(&Place::Pop(trip.pop)) => (0, true, 0.0),
        // It has taken off already, on the way past the REC.
        Hop::PopLooks if trip.bypass().is_some() => return None,
        Hop::PopLooks => (0, false, 1.0),
        Hop::RecLooks if trip.answered.contains_key(&Place::Rec(trip.rec)) => (1, true, 0.0),
        Hop::RecLooks => (1, false, 1.0),
        Hop::AtOrigin => (2, false, 1.0),
        Hop::Answer => (2, true, 0.0),
        Hop::RecKeeps => (2, true, 1.0),
        Hop::PopKeeps => (1, true, 1.0),
        Hop::Shown => (0, true, 1.0),
        _ => return None,
    };
    (at_leg == leg).then(|| make_capsule(trip, is_answer, at, outcome))
}

fn make_capsule(trip: &Trip, is_answer: bool, at: f64, outcome: Option<Outcome>) -> Capsule {
    let name = trip.request.target.file_name();
    let text = if is_answer {
        let status = answer_status(trip).unwrap_or_default();
        format!("{status} {name}")
    } else {
        request_text(&trip.request, name)
    };
    Capsule { text, is_answer, at, outcome: outcome.filter(|_| is_answer) }
}

fn request_text(request: &Request, name: &str) -> String {
    format!("{} {name}", request.method)
}

/// The status of the answer that is under way: the nearest to the viewer.
fn answer_status(trip: &Trip) -> Option<u16> {
    let shown = trip.shown.as_ref().map(|shown| shown.response.status);
    let pop = trip.answered.get(&Place::Pop(trip.pop)).map(|(response, _)| response.status);
    let rec = trip.answered.get(&Place::Rec(trip.rec)).map(|(response, _)| response.status);
    let origin = trip.replied.as_ref().map(|(response, _)| response.status);
    shown.or(pop).or(rec).or(origin).map(|status| status.0)
}

pub(super) fn over(trip: &Trip, plan: Plan, origin: &OriginFacts, now: Now) -> Option<Over> {
    let forwarded = trip.forwarded.get(&Place::Pop(trip.pop))?;
    let Route::PastRec(bypass) = &forwarded.route else { return None };
    let outcome = trip.outcome();
    let capsule = match now.hop {
        Some(Hop::PopLooks) => Some(make_capsule(trip, false, 0.0, outcome)),
        Some(Hop::AtOrigin) => Some(make_capsule(trip, false, 1.0, outcome)),
        Some(Hop::Answer) => Some(make_capsule(trip, true, 0.0, outcome)),
        Some(Hop::PopKeeps) => Some(make_capsule(trip, true, 1.0, outcome)),
        _ => None,
    };
    Some(Over {
        why: why::bypass_in_short(bypass),
        round_trip: units::ms(round_trip(plan.pop.position(), origin.region.position())),
        capsule,
        answer: outcome.filter(|_| now.back >= Back::AtPop),
    })
}
