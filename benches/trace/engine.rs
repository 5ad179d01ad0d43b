//! The full engine on the trace: each request is an action of a walk, taken by its World at its time.

use std::time::Duration;

use edgewalk::simulation::{Journal, Metrics, Observer, TimedAction, World};

use super::clock;
use super::requests::{Arrival, OBJECTS, Viewer, path};
use super::scenario::scenario;

pub(crate) const POP_OBJECTS: u64 = 4_000;

/// How many requests are counted twice.
const CHECKED: usize = 10_000;

/// So many actions are made at a time, outside of what is measured: so few that they still lie in the processor's own cache
/// when their turn comes, like what a server has just read.
const AT_A_TIME: usize = 100;

/// Sends a part of the trace and says how long the World took.
pub(crate) fn send(world: &mut World, part: &[Arrival], observer: &mut impl Observer) -> Duration {
    let viewer = Viewer::new();
    let mut took = Duration::ZERO;
    for part in part.chunks(AT_A_TIME) {
        let actions: Vec<TimedAction> = part.iter().map(|arrival| viewer.action(arrival)).collect();
        let begun = clock::now();
        for action in &actions {
            world.act_at(action, observer).unwrap();
        }
        took += clock::now().saturating_sub(begun);
    }
    took
}

/// What came of the whole trace.
pub(crate) struct Whole {
    pub(crate) took: Duration,
    pub(crate) metrics: Metrics,
    pub(crate) world: World,
}

/// The whole trace, counted. The counts of its first requests are those of a journal of the same requests.
pub(crate) fn whole(trace: &[Arrival]) -> Whole {
    let scenario = scenario(OBJECTS, POP_OBJECTS);
    let mut world = World::new(scenario.clone()).unwrap();
    let mut metrics = Metrics::default();
    let (first, rest) = trace.split_at(CHECKED.min(trace.len()));
    let mut took = send(&mut world, first, &mut metrics);
    let counted = metrics.clone();
    took += send(&mut world, rest, &mut metrics);

    let mut journal = Journal::new();
    send(&mut World::new(scenario).unwrap(), first, &mut journal);
    assert_eq!(counted, Metrics::of(&journal), "counted while it ran and from the journal");
    assert_eq!(metrics.requests(), trace.len() as u64);
    assert_eq!(metrics.statistics().counts.statuses[0], metrics.requests(), "each got its object");
    let most = metrics.objects().top();
    assert!(most.iter().all(|object| object.path.starts_with(&path(0)[..11])));
    Whole { took, metrics, world }
}
