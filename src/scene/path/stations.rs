//! The stations, and the siding to the DNS.

use super::{Back, DnsPicture, Now, OriginFacts, Out, Plan, Role, Station, StationState, shelves};
use crate::distribution::Side;
use crate::http::Method;
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
        (None, Some(so_far)) if trip.is_some_and(Trip::has_no_connection) => {
            vec!["no connection".to_owned(), format!("after {so_far}")] // TLS-33
        }
        (None, Some(so_far)) => vec!["waiting".to_owned(), format!("{so_far} so far")],
        _ => vec!["ready".to_owned()],
    };
    let place = Place::Viewer(plan.city);
    Station {
        role: "viewer",
        name: format!("Viewer, {}", plan.city.name()),
        title: "Viewer",
        place: units::unbroken(plan.city.name()),
        state: if trip.is_none() {
            StationState::Past
        } else {
            now.state(place, now.out > Out::Nothing, false)
        },
        flag: trip
            .filter(|trip| trip.is_over() && now.place == Some(place))
            .and_then(Trip::outcome),
        waiting: 0,
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
    role: Role,
    place: Place,
    now: Now,
    origin: &OriginFacts,
) -> Station {
    let is_bypassed = role == Role::Rec && trip.is_some_and(|trip| trip.bypass().is_some());
    // One cache can be both: passed as the nearest, and asked as Origin Shield (SHD-05).
    let is_both = matches!(place, Place::Rec(rec) if origin.shield == Some(rec)) && is_bypassed;
    let was_here = !is_both
        && trip.is_some_and(|trip| match role {
            Role::Pop => now.out >= Out::AtPop,
            Role::Rec => trip.found.contains_key(&place),
            Role::Shield => now.out >= Out::AtShield,
        });
    let turned_back = !was_here
        && match role {
            Role::Pop => false,
            Role::Rec => now.back >= Back::AtPop,
            Role::Shield => now.back >= Back::AtRec,
        };
    let state = match now.state(place, was_here, turned_back) {
        _ if is_both => StationState::Skip,
        StationState::Todo | StationState::Unknown if is_bypassed => StationState::Skip,
        state => state,
    };
    let (name, title, town) = match place {
        Place::Pop(pop) => (
            format!("Edge location {}, {}", pop.code(), pop.short_name()),
            "Edge location",
            match trip.and_then(|trip| trip.side) {
                Some(Side::Staging) => format!("{}, staging", units::unbroken(pop.short_name())),
                _ => format!("{}, {}", units::unbroken(pop.short_name()), pop.full_code()),
            },
        ),
        Place::Rec(rec) => {
            let title = if role == Role::Shield { "Origin Shield" } else { "Regional edge cache" };
            let asked = match () {
                () if turned_back => not_asked(trip),
                () if is_bypassed => "not asked",
                () => rec.code(),
            };
            (
                format!("{title} {}", rec.code()),
                title,
                format!("{}, {asked}", units::unbroken(rec.short_name())),
            )
        }
        _ => Default::default(),
    };
    let capacity = if role == Role::Pop {
        scene.settings.pop_capacity_bytes
    } else {
        scene.settings.rec_capacity_bytes()
    };
    let waits = |trip: &&Trip| trip.waits_at == Some(place) && !trip.answered.contains_key(&place);
    let is_unsearched = role == Role::Pop
        && trip.is_some_and(|trip| trip.matched.is_some() && trip.forwarded.contains_key(&place))
        && !trip.is_some_and(|trip| trip.found.contains_key(&place));
    Station {
        role: match role {
            Role::Pop => "pop",
            Role::Rec => "rec",
            Role::Shield => "shield",
        },
        shelf: Some(shelves::picture(scene, place, &name, capacity, is_unsearched)),
        waiting: trip.into_iter().chain(scene.aside.values()).filter(waits).count(),
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

/// What is said of a place that this request did not reach: another one was there for it where the two share an answer
/// (COL-01).
fn not_asked(trip: Option<&Trip>) -> &'static str {
    match trip.and_then(Trip::shares_at) {
        Some(_) => "asked once",
        None => "not asked",
    }
}

pub(super) fn origin(trip: Option<&Trip>, origin: &OriginFacts, now: Now) -> Station {
    let place = Place::Origin(origin.region);
    let was_here = now.out >= Out::AtOrigin;
    let last = if origin.shield.is_some() { Back::AtShield } else { Back::AtRec };
    let turned_back = now.back >= last && !was_here;
    let text = |text: &str| format!("{}, {text}", units::unbroken(origin.region.short_name()));
    let replied = trip.and_then(|trip| trip.replied.as_ref());
    let mut facts = vec![origin.kind.label().to_owned(), origin.id.clone()];
    facts.push(match (replied, origin.size_bytes) {
        (Some((response, _)), _) if response.body.length == 0 || response.status.is_error() => {
            format!("sent {}", response.status)
        }
        (Some((response, _)), _) => format!("sent {}", units::bytes(response.body.length)),
        (None, _) if trip.is_none() => {
            format!("has {}", units::count(origin.objects, "object", "objects"))
        }
        (None, Some(_)) if turned_back => String::new(),
        (None, Some(_)) if trip.is_some_and(|trip| !is_read(trip)) => String::new(),
        (None, Some(size)) => format!("object of {}", units::bytes(size)),
        (None, None) => String::new(),
    });
    Station {
        role: "origin",
        name: format!("Origin {}", origin.region.code()),
        title: "Origin",
        place: text(match trip {
            Some(trip) if trip.is_unanswered => "no answer",
            _ if turned_back => not_asked(trip),
            _ => origin.region.code(),
        }),
        state: now.state(place, was_here, turned_back),
        flag: trip.and_then(|trip| trip.flags.get(&place)).copied(),
        waiting: 0,
        facts,
        shelf: None,
    }
}

/// Whether the object itself is asked for, or its head.
fn is_read(trip: &Trip) -> bool {
    matches!(trip.request.method, Method::Get | Method::Head)
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
                let cached = |secs| format!("known {} more", units::span(secs));
                (state, resolved.cached_secs.map_or_else(|| units::ms(resolved.took), cached))
            }
        },
    };
    DnsPicture { state, text }
}
