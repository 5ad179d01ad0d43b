//! The stations, and the siding to the DNS.

use super::{Back, DnsPicture, Now, OriginFacts, Out, Plan, Station, StationState, shelves};
use crate::scene::step::Hop;
use crate::scene::{Scene, Trip, units};
use crate::simulation::Place;

pub(super) fn viewer(scene: &Scene, trip: Option<&Trip>, plan: Plan, now: Now) -> Station {
    let so_far =
        trip.map(|trip| units::ms(scene.at.min(end_of(trip, scene)).since(trip.started_at)));
    let facts = match (trip.and_then(|trip| trip.shown.as_ref()), so_far) {
        (Some(shown), Some(total)) => {
            vec![
                shown.response.status.to_string(),
                format!("after {total}"),
                units::bytes(shown.response.body.length),
            ]
        }
        (None, Some(so_far)) => vec!["waiting".to_owned(), format!("{so_far} so far")],
        _ => vec!["ready".to_owned()],
    };
    let place = Place::Viewer(plan.city);
    Station {
        role: "viewer",
        name: format!("Viewer, {}", plan.city.name()),
        title: "Viewer",
        place: plan.city.name().to_owned(),
        state: if trip.is_none() {
            StationState::Past
        } else {
            now.state(place, now.out > Out::Nothing, false)
        },
        flag: trip
            .filter(|trip| trip.shown.is_some() && now.place == Some(place))
            .and_then(Trip::outcome),
        facts,
        shelf: None,
    }
}

/// The instant at which an exchange was over, or now.
fn end_of(trip: &Trip, scene: &Scene) -> crate::time::SimTime {
    trip.shown.as_ref().map_or(scene.at, |shown| shown.last_at)
}

pub(super) fn cache(
    scene: &Scene,
    trip: Option<&Trip>,
    place: Place,
    now: Now,
    plan: Plan,
) -> Station {
    let is_rec = matches!(place, Place::Rec(_));
    let is_bypassed = is_rec && trip.is_some_and(|trip| trip.bypass().is_some());
    let was_here = trip.is_some_and(|trip| {
        if is_rec { trip.found.contains_key(&place) } else { now.out >= Out::AtPop }
    });
    let turned_back = is_rec && now.back >= Back::AtPop && !was_here;
    let state = match now.state(place, was_here, turned_back) {
        StationState::Todo | StationState::Unknown if is_bypassed => StationState::Skip,
        state => state,
    };
    let (name, title, town) = if let Place::Rec(rec) = place {
        let asked = if is_bypassed || turned_back { "not asked" } else { rec.code() };
        let name = format!("Regional edge cache {}", rec.code());
        (name, "Regional edge cache", format!("{}, {asked}", rec.short_name()))
    } else {
        let pop = plan.pop;
        let name = format!("Edge location {}, {}", pop.code(), pop.short_name());
        (name, "Edge location", format!("{}, {}", pop.short_name(), pop.full_code()))
    };
    let capacity = if is_rec {
        scene.settings.rec_capacity_bytes()
    } else {
        scene.settings.pop_capacity_bytes
    };
    let is_unsearched = !is_rec
        && trip.is_some_and(|trip| trip.matched.is_some() && trip.forwarded.contains_key(&place))
        && !trip.is_some_and(|trip| trip.found.contains_key(&place));
    Station {
        role: if is_rec { "rec" } else { "pop" },
        shelf: Some(shelves::picture(scene, place, &name, capacity, is_unsearched)),
        name,
        title,
        place: town,
        state,
        flag: trip
            .and_then(|trip| trip.flags.get(&place))
            .copied()
            .filter(|_| !is_bypassed || was_here),
        facts: Vec::new(),
    }
}

pub(super) fn origin(trip: Option<&Trip>, origin: &OriginFacts, now: Now) -> Station {
    let place = Place::Origin(origin.region);
    let was_here = now.out >= Out::AtOrigin;
    let turned_back = now.back >= Back::AtRec && !was_here;
    let text = |text: &str| format!("{}, {text}", origin.region.short_name());
    let replied = trip.and_then(|trip| trip.replied.as_ref());
    let mut facts = vec![origin.kind.label().to_owned(), origin.id.clone()];
    facts.push(match (replied, origin.size_bytes) {
        (Some((response, _)), _) if response.body.length == 0 => {
            format!("sent {}", response.status)
        }
        (Some((response, _)), _) => format!("sent {}", units::bytes(response.body.length)),
        (None, _) if trip.is_none() => "has every object".to_owned(),
        (None, Some(_)) if turned_back => String::new(),
        (None, Some(size)) => format!("{} to send", units::bytes(size)),
        (None, None) => String::new(),
    });
    Station {
        role: "origin",
        name: format!("Origin {}", origin.region.code()),
        title: "Origin",
        place: text(if turned_back { "not asked" } else { origin.region.code() }),
        state: now.state(place, was_here, turned_back),
        flag: trip.and_then(|trip| trip.flags.get(&place)).copied(),
        facts,
        shelf: None,
    }
}

/// `is_known` tells that an earlier exchange asked; how much of its answer's time is left is told by the next one.
pub(super) fn dns(trip: Option<&Trip>, is_known: bool, now: Now) -> DnsPicture {
    let (state, text) = match trip {
        None if is_known => (StationState::Todo, "not asked now".to_owned()),
        None => (StationState::Todo, "not asked yet".to_owned()),
        Some(trip) => match &trip.dns {
            None => (StationState::Todo, "not asked yet".to_owned()),
            Some(resolved) => {
                let is_now = now.hop == Some(Hop::Dns);
                let state = if is_now { StationState::Now } else { StationState::Past };
                let cached = |secs| format!("{secs} s left");
                (state, resolved.cached_secs.map_or_else(|| units::ms(resolved.took), cached))
            }
        },
    };
    DnsPicture { state, text }
}
