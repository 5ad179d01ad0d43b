//! What drives the page from outside the page: the clock that plays, and the pace of motion.

use std::time::Duration;

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::dom;
use super::state::use_walk;
use crate::scene::Playback;

/// How often a playing walk is moved on.
const BEAT: Duration = Duration::from_millis(50);

/// Moves the walk on while it plays, and tells the style sheets how fast things move.
pub fn install_player() {
    let walk = use_walk();
    let clock = StoredValue::new_local(None::<Interval>);
    let is_playing = Memo::new(move |_| walk.playback().with(Playback::is_playing));
    Effect::new(move |_| {
        let next = is_playing
            .get()
            .then(|| Interval::new(BEAT.as_millis() as u32, move || walk.advance(BEAT)));
        clock.set_value(next);
    });
    let speed = Memo::new(move |_| walk.playback().with(Playback::speed));
    Effect::new(move |_| dom::set_root_property("--pace", speed.get().factor()));
}
