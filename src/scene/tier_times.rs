//! The two tiers side by side, in figures that the World calculates: the same request from the same city, answered by the
//! origin, by the regional edge cache and by the edge location.

use std::time::Duration;

use crate::http::{Fields, Method, Request, Target};
use crate::network::{City, Pop, Rec, nearest};
use crate::simulation::form::CLASSROOM_FIELDS;
use crate::simulation::{
    Action, Journal, Place, REC_CAPACITY_FACTOR, TimedAction, Walk, What, built_in_scenario,
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
    /// The same with the REC's; none where the REC stands in the bucket's own Region and is passed by (REC-06).
    pub from_rec: Option<Duration>,
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
        let answers = answers(city, &[OBJECT, OBJECT, LARGE_OBJECT, OBJECT])?;
        let [origin, at_pop, _, at_rec] = answers[..] else { return None };
        let pop = nearest::best(city);
        Some(Self {
            from_origin: origin.took,
            from_rec: matches!(at_rec.by, Place::Rec(_)).then_some(at_rec.took),
            from_pop: at_pop.took,
            pop,
            rec: nearest::nearest_rec(pop),
        })
    }
}

/// How long an answer took, and who gave it.
#[derive(Clone, Copy)]
struct Answer {
    took: Duration,
    by: Place,
}

/// The answers to requests for these paths, one after the other with a pause between.
fn answers(city: City, paths: &[&str]) -> Option<Vec<Answer>> {
    let mut walk = Walk::new(built_in_scenario());
    let timed = |action| TimedAction { at: SimTime::ZERO, action };
    for path in paths {
        let (target, fields) = (Target::parse(path).ok()?, Fields::parse(CLASSROOM_FIELDS).ok()?);
        let request = Request::new(Method::Get, target, fields.into()).into();
        walk.actions.push(timed(Action::Send { city, request }));
        walk.actions.push(timed(Action::Wait { span: PAUSE }));
    }
    let mut journal = Journal::new();
    walk.replay(&mut journal).ok()?;
    let (mut begun, mut answers) = (SimTime::ZERO, Vec::new());
    for event in journal.events() {
        match event.what {
            What::Composed { .. } => begun = event.at,
            What::Shown { answered_by: by, .. } => {
                answers.push(Answer { took: event.at - begun, by });
            }
            _ => {}
        }
    }
    Some(answers)
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

    #[test]
    fn from_every_city_the_edge_is_quickest_and_the_origin_slowest() {
        let mut passed_by = 0;
        for city in City::all() {
            let times = TierTimes::from(city).unwrap();
            let answers = answers(city, &[OBJECT, OBJECT]).unwrap();
            assert!(matches!(answers[0].by, Place::Origin(_)), "{city:?}");
            assert_eq!(answers[1].by, Place::Pop(times.pop), "{city:?}");
            assert!(times.from_pop < times.from_origin, "{city:?}: {times:?}");
            if let Some(from_rec) = times.from_rec {
                assert!(times.from_pop < from_rec && from_rec < times.from_origin, "{times:?}");
                assert_ne!(times.rec.code(), "us-east-1", "{city:?}");
            } else {
                assert_eq!(times.rec.code(), "us-east-1", "REC-06: {city:?}");
                passed_by += 1;
            }
        }
        assert!(passed_by > 3, "N. Virginia has a REC of its own: {passed_by}");
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
