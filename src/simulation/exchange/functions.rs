//! Functions at the edge take their time, and everything waits for them (EDGE-07).

use std::time::Duration;

use super::{FetchAt, Source, Task};
use crate::distribution::Runtime;
use crate::edge::{FunctionRun, run_time};
use crate::network::nearest;
use crate::simulation::{ExchangeId, Observer, Place, World};

impl World {
    /// A function runs for a fetch.
    pub(super) fn run_for_fetch(&mut self, at: FetchAt, runtime: Runtime) {
        let took = self.time_of_run(at.place, runtime);
        self.queue.push(self.now + took, Task::Ran(at, took));
    }

    /// A function runs for a viewer's exchange.
    pub(super) fn run_at_pop(&mut self, id: ExchangeId, run: FunctionRun, source: Source) {
        let pop = self.exchange(id).pop;
        let took = self.time_of_run(Place::Pop(pop), run.runtime);
        self.exchange(id).runs = Some(run);
        self.queue.push(self.now + took, Task::RanAtPop(id, took, source));
    }

    /// For how long a place waits for a function. EDGE-21: Lambda@Edge runs in the Region of the regional edge cache, so that
    /// to an edge location it is as far as that is.
    fn time_of_run(&mut self, place: Place, runtime: Runtime) -> Duration {
        let way = match (place, runtime) {
            (Place::Pop(pop), Runtime::Lambda) => {
                self.ways.between(place, Place::Rec(nearest::nearest_rec(pop)))
            }
            _ => None,
        };
        run_time(runtime) + way.unwrap_or_default()
    }

    pub(super) fn ran(&mut self, at: FetchAt, took: Duration, observer: &mut impl Observer) {
        let Some(under_way) = self.under_way.get(&at) else { return };
        let (exchange, ending) = (under_way.exchange, under_way.ending);
        self.with_tier(at.place, exchange, observer, |tier, moment, witness, effects| {
            tier.ran(moment, at.fetch, took, witness, effects);
        });
        self.await_last(at, ending);
    }

    pub(super) fn ran_at_pop(
        &mut self,
        id: ExchangeId,
        took: Duration,
        source: Source,
        observer: &mut impl Observer,
    ) {
        let exchange = self.exchange(id);
        let place = Place::Pop(exchange.pop);
        let (Some(run), Some(mut visit)) = (exchange.runs.take(), exchange.visit.take()) else {
            return;
        };
        let here = self.here(place);
        let next = self.tiers.decide(here, id, observer, |pop, witness| {
            visit.ran(here.now, run, took, pop, witness)
        });
        self.exchange(id).visit = Some(visit);
        self.go_on(place, id, next, source, observer);
    }
}
