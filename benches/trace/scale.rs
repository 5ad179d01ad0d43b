//! What a request costs where few, many and very many responses are stored.

use std::time::Duration;

use edgewalk::simulation::{Nobody, World};

use super::engine::send;
use super::requests::{Arrival, other_rng, shuffled};
use super::scenario::scenario;

/// As many as are measured of each.
const MEASURED: u32 = 200_000;

/// The cost of a hit at the POP, each on another object, and of a miss that drives one out.
pub(crate) fn lines(requests: usize) -> Vec<(String, String)> {
    let largest = if requests < 1_000_000 { 100_000 } else { 1_000_000 };
    let sizes = [10_000, 100_000, 1_000_000].into_iter().filter(|size| *size <= largest);
    let costs: Vec<(u32, [Duration; 2])> = sizes.map(|size| (size, cost(size))).collect();
    let mut lines = Vec::new();
    for (which, name) in ["hit", "miss and eviction"].into_iter().enumerate() {
        let nanos = |at: usize| costs[at].1[which].as_nanos() as f64 / f64::from(MEASURED);
        for (at, (size, _)) in costs.iter().enumerate() {
            lines.push((format!("{name} at {size} stored"), format!("{:.0} ns", nanos(at))));
        }
        let growth = nanos(costs.len() - 1) / nanos(0);
        lines.push((format!("{name}, largest / smallest"), format!("{growth:.2}")));
    }
    lines
}

/// How long so many hits and so many misses take, with this many stored at the POP.
fn cost(stored: u32) -> [Duration; 2] {
    let others = stored + MEASURED;
    let mut world = World::new(scenario(others, u64::from(stored))).unwrap();
    let warm: Vec<Arrival> =
        shuffled(stored, &mut other_rng(6)).into_iter().map(Arrival::of).collect();
    send(&mut world, &warm, &mut Nobody);
    let hits: Vec<Arrival> =
        shuffled(stored, &mut other_rng(7)).into_iter().map(Arrival::of).collect();
    let hits: Vec<Arrival> = hits.into_iter().cycle().take(MEASURED as usize).collect();
    let misses: Vec<Arrival> = (stored..others).map(Arrival::of).collect();
    [send(&mut world, &hits, &mut Nobody), send(&mut world, &misses, &mut Nobody)]
}
