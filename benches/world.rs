//! How quickly one World takes requests, with the Journal on and with nobody watching.
//!
//! `cargo xtask bench` runs this. It prints a table; it never passes or fails.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // The wall clock is what a bench is about.

#[path = "trace/say.rs"]
mod say;

use std::sync::Arc;
use std::time::{Duration, Instant};

use edgewalk::http::{Fields, Method, Request, Target};
use edgewalk::network::City;
use edgewalk::simulation::{Action, Journal, Nobody, Observer, World, built_in_scenario};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use say::say;

const REQUESTS: usize = 100_000;
const RUNS: usize = 5;

fn main() {
    let actions = actions();
    let (journal, events) = median(|| {
        let mut journal = Journal::new();
        (run(&actions, &mut journal), journal.len())
    });
    let (nobody, _) = median(|| (run(&actions, &mut Nobody), 0));
    println!("{REQUESTS} requests in one World, median of {RUNS} runs:");
    let (journal, nobody) = (journal.as_secs_f64(), nobody.as_secs_f64());
    say("with the Journal on", &format!("{journal:.3} s, {events} events"));
    say("with nobody watching", &format!("{nobody:.3} s"));
    say("Journal / nobody", &format!("{:.2}", journal / nobody));
}

/// Popular objects more often than rare ones, from twelve cities, mostly GET.
fn actions() -> Vec<Action> {
    let mut rng = Pcg32::seed_from_u64(42);
    let scenario = built_in_scenario();
    let paths: Vec<String> = scenario.site.iter().map(|object| object.path.clone()).collect();
    let cities: Vec<City> = City::all().step_by(9).take(12).collect();
    let fields = Arc::new(
        Fields::parse("Accept: */*\nUser-Agent: Bench/1.0\nAccept-Encoding: gzip, br").unwrap(),
    );
    let mut pick = |n: usize| rng.next_u32() as usize % n;
    (0..REQUESTS)
        .map(|_| {
            let path = &paths[pick(paths.len()).min(pick(paths.len()))];
            let method = if pick(50) == 0 { Method::Post } else { Method::Get };
            let target = Target::parse(path).unwrap();
            let request = Request::new(method, target, Arc::clone(&fields));
            Action::Send { city: cities[pick(cities.len())], request: request.into() }
        })
        .collect()
}

fn run(actions: &[Action], observer: &mut impl Observer) -> Duration {
    let mut world = World::new(Arc::new(built_in_scenario())).unwrap();
    let begun = Instant::now();
    for action in actions {
        world.act(action, observer).unwrap();
    }
    begun.elapsed()
}

fn median(mut measure: impl FnMut() -> (Duration, usize)) -> (Duration, usize) {
    let mut runs: Vec<_> = (0..RUNS).map(|_| measure()).collect();
    runs.sort();
    runs[RUNS / 2]
}
