//! What drives the page from outside the page: the clock that plays, and the pace of motion.

use std::time::Duration;

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::dom;
use super::state::use_walk;
use crate::scene::units;

/// How often a playing walk is moved on.
const BEAT: Duration = Duration::from_millis(50);

/// Moves the walk on while it plays, and tells the style sheets how fast things move.
pub fn install_player() {
    let walk = use_walk();
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move |before| {
        let now = (walk.is_playing(), walk.speed());
        if before != Some(now) {
            let (is_playing, speed) = now;
            let start = || Interval::new(BEAT.as_millis() as u32, move || walk.advance(BEAT));
            clock.set_value(is_playing.then(start));
            dom::set_root_property("--pace", &units::decimal(speed.factor()));
        }
        now
    });
}
