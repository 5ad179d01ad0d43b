//! Whole walks through all tiers, held against the rows of docs/reference.
#![allow(clippy::unwrap_used)]

mod common;

use common::{act, get, run, trace};

#[test]
fn explore() {
    let mut run = run([]);
    for action in [
        get("paris", "/img/hero.jpg"),
        get("paris", "/img/hero.jpg"),
        get("berlin", "/img/hero.jpg"),
        common::wait(86_400),
        get("paris", "/img/hero.jpg"),
        get("london", "/"),
        common::send("paris", edgewalk::http::Method::Post, "/api/orders"),
        common::invalidate("/*"),
    ] {
        println!("---");
        let events = act(&mut run, action);
        for (e, l) in events.iter().zip(trace(&events)) {
            println!("{} {l}", e.at);
        }
    }
    println!("{:?}", common::last_shown(run.journal()));
}
