//! One long trace through the whole engine, and through the store of a tier alone.
//!
//! `cargo xtask bench` runs this. It prints a table; it never passes or fails. `--requests N` makes the trace shorter,
//! `--write FOLDER` writes it for others.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // The wall clock is what a bench is about.

mod clock;
mod engine;
mod options;
mod requests;
mod say;
mod scale;
mod scenario;
mod store;
mod write;
mod zipf;

use std::time::Duration;

use edgewalk::simulation::Place;

use say::say;

fn main() {
    let requests = options::requests();
    let trace = requests::trace(requests);
    if let Some(folder) = options::folder() {
        write::write(&trace, &folder);
    }
    println!("One trace of {requests} requests:");

    let whole = engine::whole(&trace);
    say("full engine, counting", &rate(requests, whole.took));
    let [pop, rec, origin] = whole.metrics.answered_by();
    say("answered by POP, REC and origin", &format!("{pop}, {rec}, {origin}"));
    let [pop, rec] = scenario::held(&whole.world);
    say("held by POP and REC", &format!("{pop}, {rec}"));
    let places: Vec<Place> = whole.world.tiers().map(|(place, _)| place).collect();
    say("virtual time at its end", &format!("{} s at {places:?}", whole.world.now().as_secs()));

    for room in store::ROOMS {
        let (took, hits) = store::alone(&trace, room);
        let (took_bare, hits_bare) = store::bare(&trace, room);
        for (name, took, hits) in
            [("store alone", took, hits), ("its order with numbers", took_bare, hits_bare)]
        {
            let figure = format!("{}, {hits} hits", rate(requests, took));
            say(&format!("{name}, room for {room}"), &figure);
        }
    }

    for (name, figure) in scale::lines(requests) {
        say(&name, &figure);
    }
}

fn rate(requests: usize, took: Duration) -> String {
    format!("{:.3} million a second", requests as f64 / took.as_secs_f64() / 1e6)
}
