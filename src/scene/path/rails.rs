//! The rails between the stations, what travels on them, and the way past the REC.

use super::{Back, Capsule, Lane, LaneState, Leg, Now, OriginFacts, Out, Over, Plan};
use crate::edge::Route;
use crate::http::{Method, file_name};
use crate::network::latency::{round_trip, viewer_round_trip};
use crate::scene::step::Hop;
use crate::scene::{Outcome, Trip, units, why};
use crate::simulation::Place;

/// The stretches between the stations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    ViewerPop,
    PopRec,
    RecShield,
    ToOrigin,
}

impl Stretch {
    fn all(has_shield: bool) -> impl Iterator<Item = Self> {
        let shield = has_shield.then_some(Self::RecShield);
        [Self::ViewerPop, Self::PopRec].into_iter().chain(shield).chain([Self::ToOrigin])
    }

    /// How far a request is that has come over it, and how far its answer.
    const fn ends(self, has_shield: bool) -> (Out, Back) {
        match self {
            Self::ViewerPop => (Out::AtPop, Back::AtViewer),
            Self::PopRec => (Out::AtRec, Back::AtPop),
            Self::RecShield => (Out::AtShield, Back::AtRec),
            Self::ToOrigin if has_shield => (Out::AtOrigin, Back::AtShield),
            Self::ToOrigin => (Out::AtOrigin, Back::AtRec),
        }
    }
}

pub(super) fn legs(trip: Option<&Trip>, plan: Plan, origin: &OriginFacts, now: Now) -> Vec<Leg> {
    let outcome = trip.and_then(Trip::outcome);
    let is_bypass = trip.is_some_and(|trip| trip.bypass().is_some());
    let lane = |is_done: bool, is_off: bool, outcome: Option<Outcome>| Lane {
        state: match () {
            () if is_done => LaneState::Done,
            () if is_off => LaneState::Off,
            () => LaneState::Todo,
        },
        outcome: outcome.filter(|_| is_done),
    };
    let has_shield = origin.shield.is_some();
    let leg = |stretch: Stretch| {
        // A bypass takes the request off the rails at the POP, and back on them where Origin Shield stands.
        let is_passed = is_bypass
            && match stretch {
                Stretch::ViewerPop => false,
                Stretch::PopRec | Stretch::RecShield => true,
                Stretch::ToOrigin => !has_shield,
            };
        let (there, back) = stretch.ends(has_shield);
        let is_asked = now.out >= there && !is_passed;
        let is_off = is_passed || (now.back >= back && !is_asked);
        let round_trip = match (stretch, origin.shield) {
            _ if is_off => None,
            (Stretch::ViewerPop, _) => Some(viewer_round_trip(plan.city, plan.pop.position())),
            (Stretch::PopRec, _) => Some(round_trip(plan.pop.position(), plan.rec.position())),
            (Stretch::RecShield, Some(shield)) => {
                Some(round_trip(plan.rec.position(), shield.position()))
            }
            (Stretch::RecShield, None) => None,
            (Stretch::ToOrigin, shield) => {
                let last = shield.unwrap_or(plan.rec).position();
                Some(round_trip(last, origin.region.position()))
            }
        };
        Leg {
            request: lane(is_asked, is_off, None),
            answer: lane(is_asked && now.back >= back, is_off, outcome),
            round_trip: round_trip.map(units::ms).unwrap_or_default(),
            capsule: capsule(trip, stretch, outcome, now, origin).filter(|_| !is_passed),
            brought: brought(trip, stretch, now, origin).filter(|_| !is_passed),
        }
    };
    Stretch::all(has_shield).map(leg).collect()
}

/// What travels on a stretch at this hop: it stands where it has just arrived, or where it is about to leave.
fn capsule(
    trip: Option<&Trip>,
    stretch: Stretch,
    outcome: Option<Outcome>,
    now: Now,
    origin: &OriginFacts,
) -> Option<Capsule> {
    let trip = trip?;
    let has_answered = |place| trip.answered.contains_key(&place);
    let brought_error = trip.page.as_ref().is_some_and(|page| !page.is_asked)
        && trip.answered.keys().any(|place| matches!(place, Place::Rec(_)));
    let above_rec = if origin.shield.is_some() { Stretch::RecShield } else { Stretch::ToOrigin };
    let (at, is_answer, share) = match now.hop? {
        Hop::Sent => (Stretch::ViewerPop, false, 0.0),
        Hop::PopLooks if has_answered(Place::Pop(trip.pop)) => (Stretch::ViewerPop, true, 0.0),
        // CEP-03: what has come last is the error that the page is to take the place of.
        Hop::PopLooks if brought_error => (Stretch::PopRec, true, 1.0),
        // It has taken off already, on the way past the REC.
        Hop::PopLooks if trip.bypass().is_some() => return None,
        Hop::PopLooks => (Stretch::ViewerPop, false, 1.0),
        Hop::RecLooks if has_answered(Place::Rec(trip.rec)) => (Stretch::PopRec, true, 0.0),
        Hop::RecLooks => (Stretch::PopRec, false, 1.0),
        Hop::ShieldLooks => {
            let is_answer = origin.shield.is_some_and(|shield| has_answered(Place::Rec(shield)));
            (Stretch::RecShield, is_answer, if is_answer { 0.0 } else { 1.0 })
        }
        Hop::AtOrigin => (Stretch::ToOrigin, false, 1.0),
        Hop::Answer => (Stretch::ToOrigin, true, 0.0),
        Hop::ShieldKeeps => (Stretch::ToOrigin, true, 1.0),
        Hop::RecKeeps => (above_rec, true, 1.0),
        Hop::PopKeeps => (Stretch::PopRec, true, 1.0),
        Hop::Shown => (Stretch::ViewerPop, true, 1.0),
        _ => return None,
    };
    (at == stretch).then(|| make_capsule(trip, stretch, is_answer, share, outcome))
}

/// The request that came over a stretch in this hop and stands there no more.
fn brought(
    trip: Option<&Trip>,
    stretch: Stretch,
    now: Now,
    origin: &OriginFacts,
) -> Option<Capsule> {
    let trip = trip?;
    let has_answered = |place| trip.answered.contains_key(&place);
    let has_left = match (now.hop?, stretch) {
        (Hop::PopLooks, Stretch::ViewerPop) => {
            has_answered(Place::Pop(trip.pop)) || trip.bypass().is_some()
        }
        (Hop::RecLooks, Stretch::PopRec) => has_answered(Place::Rec(trip.rec)),
        (Hop::ShieldLooks, Stretch::RecShield) => {
            origin.shield.is_some_and(|shield| has_answered(Place::Rec(shield)))
        }
        _ => false,
    };
    has_left.then(|| make_capsule(trip, stretch, false, 1.0, None))
}

/// What is named on a capsule: what the viewer asks for or, behind the POP, the page that takes an error's place (CEP-03).
fn make_capsule(
    trip: &Trip,
    stretch: Stretch,
    is_answer: bool,
    at: f64,
    outcome: Option<Outcome>,
) -> Capsule {
    let page = trip
        .page
        .as_ref()
        .filter(|page| stretch != Stretch::ViewerPop && (page.is_asked || !is_answer));
    let name = page.map_or_else(|| trip.request.target.file_name(), |page| file_name(&page.path));
    let text = if is_answer {
        let status = answer_status(trip, page.is_some()).unwrap_or_default();
        format!("{status} {name}")
    } else {
        let method = if page.is_some() { Method::Get } else { trip.request.method };
        format!("{method} {name}")
    };
    Capsule { text, is_answer, at, outcome: outcome.filter(|_| is_answer) }
}

/// The status of the answer that is under way: the nearest to the viewer. A page has its own until the POP gives it that of the
/// error, or another (CEP-02).
fn answer_status(trip: &Trip, is_page: bool) -> Option<u16> {
    let at = |place| trip.answered.get(&place).map(|(response, _)| response.status);
    let shown = trip.shown.as_ref().map(|shown| shown.response.status);
    let of_viewer = shown.or(at(Place::Pop(trip.pop))).filter(|_| !is_page);
    let origin = trip.replied.as_ref().map(|(response, _)| response.status);
    of_viewer.or(at(Place::Rec(trip.rec))).or(origin).map(|status| status.0)
}

pub(super) fn over(trip: &Trip, plan: Plan, origin: &OriginFacts, now: Now) -> Option<Over> {
    let route = &trip.forwarded.get(&Place::Pop(trip.pop))?.route;
    let bypass = route.bypass()?;
    let shield = origin.shield.filter(|_| matches!(route, Route::PastRecToShield { .. }));
    let outcome = trip.outcome();
    let has_answered = shield.is_some_and(|rec| trip.answered.contains_key(&Place::Rec(rec)));
    let (is_answer, at) = match (now.hop, shield) {
        (Some(Hop::PopLooks), _) => (false, 0.0),
        (Some(Hop::PopKeeps), _) => (true, 1.0),
        (Some(Hop::ShieldLooks), Some(_)) if has_answered => (true, 0.0),
        (Some(Hop::ShieldLooks), Some(_)) | (Some(Hop::AtOrigin), None) => (false, 1.0),
        (Some(Hop::Answer), None) => (true, 0.0),
        _ => (false, -1.0),
    };
    let end = shield.map_or(origin.region.position(), crate::network::Rec::position);
    Some(Over {
        why: why::bypass_in_short(bypass),
        ends_at_shield: shield.is_some(),
        round_trip: units::ms(round_trip(plan.pop.position(), end)),
        capsule: (at >= 0.0).then(|| make_capsule(trip, Stretch::ToOrigin, is_answer, at, outcome)),
        answer: outcome.filter(|_| now.back >= Back::AtPop),
    })
}
