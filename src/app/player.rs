//! What drives the page from outside the page: the clock that plays, and the pace of motion.

use std::time::Duration;

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::dom;
use super::state::{WalkState, use_walk};
use crate::scene::{PlaybackCommand, units};

/// How often a playing walk is moved on.
const BEAT: Duration = Duration::from_millis(50);

/// What counts of a beat at most: a tab that was hidden goes on where it was, and does not rush.
const LONGEST_BEAT: Duration = Duration::from_millis(250);

/// Moves the walk on while it plays, and tells the style sheets how fast things move.
pub fn install_player() {
    let walk = use_walk();
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move |before| {
        let is_playing = walk.is_playing();
        if before != Some(is_playing) {
            clock.set_value(is_playing.then(|| beats(walk)));
        }
        is_playing
    });
    // Nobody sees what a hidden tab plays.
    let listener = window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() && untrack(|| walk.is_playing()) {
            walk.command(PlaybackCommand::Pause);
        }
    });
    on_cleanup(move || listener.remove());
    Effect::new(move |_| {
        dom::set_root_property("--hop", &format!("{}ms", walk.hop_lasts().as_millis() as u32));
    });
    Effect::new(move |_| {
        dom::set_root_property("--pace", &units::decimal(walk.speed().factor()));
    });
}

/// Moves the walk on by what has passed since the last beat: timers come late on a busy machine.
fn beats(walk: WalkState) -> Interval {
    let mut last = dom::now();
    Interval::new(BEAT.as_millis() as u32, move || {
        let now = dom::now();
        walk.advance(now.saturating_sub(last).min(LONGEST_BEAT));
        last = now;
    })
}
