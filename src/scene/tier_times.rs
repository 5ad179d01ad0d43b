//! The two tiers side by side, in figures that the World calculates: the same request from the same city, answered by the
//! origin, by the regional edge cache and by the edge location.

use std::time::Duration;

use crate::http::Method;
use crate::network::{City, Pop, Rec, nearest};
use crate::simulation::form::CLASSROOM_FIELDS;
use crate::simulation::{
    Action, Journal, REC_CAPACITY_FACTOR, TimedAction, Walk, What, built_in_scenario,
};
use crate::time::SimTime;

/// What is asked for.
pub const OBJECT: &str = "/img/hero.jpg";

/// Large enough to push the object out of a POP; a REC holds both.
const LARGE_OBJECT: &str = "/press/kit.zip";

/// Between two requests: long enough that DNS answers and connections are gone, so that all three trips begin alike; short
/// enough that the copy is still fresh.
const PAUSE: Duration = Duration::from_hours(1);

/// The same request three times, each time answered by somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierTimes {
    /// From the composed request to its last byte, with the origin's answer.
    pub from_origin: Duration,
    /// The same with the REC's.
    pub from_rec: Duration,
    /// The same with the POP's.
    pub from_pop: Duration,
    /// The POP that is asked.
    pub pop: Pop,
    /// The REC behind it.
    pub rec: Rec,
}

impl TierTimes {
    /// Walks it three times from a city, in the built-in scenario. None where that does not run, which a test holds it does.
    pub fn from(city: City) -> Option<Self> {
        let pop = nearest::best(city);
        let [from_origin, from_pop, _, from_rec] =
            times(city, [OBJECT, OBJECT, LARGE_OBJECT, OBJECT])?;
        Some(Self { from_origin, from_rec, from_pop, pop, rec: nearest::nearest_rec(pop) })
    }
}

/// How long each of these requests takes, one after the other with a pause between.
fn times<const N: usize>(city: City, paths: [&str; N]) -> Option<[Duration; N]> {
    let mut walk = Walk::new(built_in_scenario());
    let timed = |action| TimedAction { at: SimTime::ZERO, action };
    for path in paths {
        let target = crate::http::Target::parse(path).ok()?;
        let fields = crate::http::Fields::parse(CLASSROOM_FIELDS).ok()?;
        let request = crate::http::Request::new(Method::Get, target, fields.into()).into();
        walk.actions.push(timed(Action::Send { city, request }));
        walk.actions.push(timed(Action::Wait { span: PAUSE }));
    }
    let mut journal = Journal::new();
    walk.replay(&mut journal).ok()?;
    let (mut begun, mut taken) = (SimTime::ZERO, [Duration::ZERO; N]);
    let mut next = taken.iter_mut();
    for event in journal.events() {
        match event.what {
            What::Composed { .. } => begun = event.at,
            What::Shown { .. } => *next.next()? = event.at - begun,
            _ => {}
        }
    }
    Some(taken)
}

/// What there is of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierSize {
    /// How many places.
    pub count: usize,
    /// Room in each, in bytes, as the built-in scenario has it.
    pub room_bytes: u64,
}

impl TierSize {
    /// The edge locations and the regional edge caches.
    pub fn of_both() -> [Self; 2] {
        let room_bytes = built_in_scenario().pop_capacity_bytes;
        [
            Self { count: Pop::all().count(), room_bytes },
            Self { count: Rec::all().count(), room_bytes: room_bytes * REC_CAPACITY_FACTOR },
        ]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::simulation::{Event, Place};

    fn answered_by(city: City) -> Vec<Place> {
        let mut walk = Walk::new(built_in_scenario());
        for path in [OBJECT, OBJECT, LARGE_OBJECT, OBJECT] {
            let fields = crate::http::Fields::parse(CLASSROOM_FIELDS).unwrap();
            let target = crate::http::Target::parse(path).unwrap();
            let request = crate::http::Request::new(Method::Get, target, fields.into()).into();
            let action = Action::Send { city, request };
            walk.actions.push(TimedAction { at: SimTime::ZERO, action });
        }
        let mut journal = Journal::new();
        walk.replay(&mut journal).unwrap();
        let by = |event: &Event| match event.what {
            What::Shown { answered_by, .. } => Some(answered_by),
            _ => None,
        };
        journal.events().iter().filter_map(by).collect()
    }

    #[test]
    fn from_every_city_the_edge_is_quickest_and_the_origin_slowest() {
        for city in City::all() {
            let times = TierTimes::from(city).unwrap();
            assert!(
                times.from_pop < times.from_rec && times.from_rec < times.from_origin,
                "{city:?}: {times:?}"
            );
            let [origin, pop, _, rec] = answered_by(city)[..] else { panic!("{city:?}") };
            assert!(matches!(origin, Place::Origin(_)), "{city:?}: {origin:?}");
            assert_eq!((pop, rec), (Place::Pop(times.pop), Place::Rec(times.rec)), "{city:?}");
        }
    }

    #[test]
    fn the_first_of_them_is_the_first_visit_of_the_built_in_walk() {
        let lesson = crate::simulation::lessons::all().next().unwrap();
        let mut journal = Journal::new();
        lesson.walk().replay(&mut journal).unwrap();
        let whole = journal.events().last().unwrap().at - SimTime::ZERO;
        assert_eq!(TierTimes::from(City::find("addis-ababa").unwrap()).unwrap().from_origin, whole);
    }

    #[test]
    fn evi_05_a_rec_has_ten_times_the_room_and_there_are_fewer_of_them() {
        let [pops, recs] = TierSize::of_both();
        assert_eq!(recs.room_bytes, 10 * pops.room_bytes);
        assert_eq!((pops.count, recs.count), (Pop::all().count(), Rec::all().count()));
        assert!(pops.count > 7 * recs.count, "{pops:?}, {recs:?}");
    }
}
