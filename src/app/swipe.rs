//! Steps by a finger: a swipe to the left goes on, one to the right goes back.

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use super::commands::{Commands, use_commands};
use super::live::heard;
use crate::scene::PlaybackCommand;

/// How far a finger travels before it means a step, in CSS pixels: less is a tap.
const FAR: i32 = 48;

/// The finger on one part of the page. That part has `touch-action: pan-y`, so that it still scrolls.
#[derive(Clone, Copy)]
pub(crate) struct Swipe {
    commands: Commands,
    from: StoredValue<Option<(i32, i32)>>,
}

impl Swipe {
    pub(crate) fn new() -> Self {
        Self { commands: use_commands(), from: StoredValue::new(None) }
    }

    pub(crate) fn on_down(self) -> Box<dyn FnMut(PointerEvent)> {
        heard(move |event: PointerEvent| {
            let is_finger = event.pointer_type() == "touch" && event.is_primary();
            self.from.set_value(is_finger.then(|| (event.client_x(), event.client_y())));
        })
    }

    pub(crate) fn on_up(self) -> Box<dyn FnMut(PointerEvent)> {
        heard(move |event: PointerEvent| {
            let Some((x, y)) = self.from.get_value() else { return };
            self.from.set_value(None);
            if let Some(command) = meant(event.client_x() - x, event.client_y() - y) {
                self.commands.run(command);
            }
        })
    }

    /// The browser scrolls or zooms instead.
    pub(crate) fn on_cancel(self) -> Box<dyn FnMut(PointerEvent)> {
        heard(move |_: PointerEvent| self.from.set_value(None))
    }
}

/// What a finger means that went so far to the right and so far down, in CSS pixels.
fn meant(right: i32, down: i32) -> Option<PlaybackCommand> {
    if right.abs() < FAR || right.abs() < 2 * down.abs() {
        return None;
    }
    Some(if right < 0 { PlaybackCommand::Forward } else { PlaybackCommand::Back })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_stroke_is_a_step_and_a_tap_or_a_scroll_is_none() {
        assert_eq!(meant(-60, 10), Some(PlaybackCommand::Forward));
        assert_eq!(meant(60, -30), Some(PlaybackCommand::Back));
        for (right, down) in [(0, 0), (-47, 0), (-60, 31), (10, 300)] {
            assert_eq!(meant(right, down), None, "{right}, {down}");
        }
    }
}
