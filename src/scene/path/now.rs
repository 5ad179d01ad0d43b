//! How far the exchange in view has come: out, and back.

use super::StationState;
use crate::network::Rec;
use crate::scene::Trip;
use crate::scene::step::{Hop, Step};
use crate::simulation::Place;

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Out {
    Nothing,
    Composed,
    Sent,
    AtPop,
    AtRec,
    AtShield,
    AtOrigin,
}

/// How far its answer has come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Back {
    Nothing,
    LeftOrigin,
    AtShield,
    AtRec,
    AtPop,
    AtViewer,
}

/// Where the exchange in view is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) hop: Option<Hop>,
    pub(super) out: Out,
    pub(super) back: Back,
    pub(super) place: Option<Place>,
}

impl Now {
    /// `shield` is the Origin Shield of the origin that is asked, where it is a station of its own.
    pub(super) fn of(trip: Option<&Trip>, step: Option<&Step>, shield: Option<Rec>) -> Self {
        let Some(trip) = trip else {
            let place = step.map(|step| step.place);
            return Self { hop: None, out: Out::Nothing, back: Back::Nothing, place };
        };
        let is_over = trip.shown.is_some();
        let hop = step.filter(|step| step.exchange.is_some()).map(|step| step.hop);
        let pop_place = Place::Pop(trip.pop);
        let rec_place = Place::Rec(trip.rec);
        let shield_place = shield.map(Place::Rec);
        let is_at_shield = shield_place
            .is_some_and(|place| trip.found.contains_key(&place) || hop == Some(Hop::ShieldLooks));
        let came_to_shield = shield_place.is_some_and(|place| trip.answered.contains_key(&place))
            || hop == Some(Hop::ShieldKeeps);
        let at_pop = trip.matched.is_some();
        let out = match () {
            () if trip.at_origin.is_some() => Out::AtOrigin,
            () if is_at_shield => Out::AtShield,
            () if trip.found.contains_key(&rec_place) && shield != Some(trip.rec) => Out::AtRec,
            () if at_pop => Out::AtPop,
            () if matches!(hop, Some(Hop::Sent)) => Out::Sent,
            () => Out::Composed,
        };
        let back = match () {
            () if is_over => Back::AtViewer,
            () if trip.answered.contains_key(&pop_place)
                || trip.is_head_at_pop
                || hop == Some(Hop::PopKeeps) =>
            {
                Back::AtPop
            }
            () if (trip.answered.contains_key(&rec_place) && shield != Some(trip.rec))
                || hop == Some(Hop::RecKeeps) =>
            {
                Back::AtRec
            }
            () if came_to_shield => Back::AtShield,
            () if trip.replied.is_some() => Back::LeftOrigin,
            () => Back::Nothing,
        };
        Self { hop, out, back, place: step.map(|step| step.place) }
    }

    pub(super) fn state(self, place: Place, was_here: bool, is_past_reach: bool) -> StationState {
        match () {
            () if self.place == Some(place) => StationState::Now,
            () if was_here => StationState::Past,
            () if is_past_reach => StationState::Unknown,
            () => StationState::Todo,
        }
    }
}
