//! What of an exchange goes on in the background, once a stale response was served at once (STALE-01).

use crate::distribution::FunctionEvent;
use crate::edge::{Decision, Ran};
use crate::simulation::{Event, Place, What};

/// The place from which the background begins, where this event begins one.
pub(super) fn begins(event: &Event) -> Option<Place> {
    match &event.what {
        What::Decided(
            Decision::Forwarded { background: true, .. }
            | Decision::FunctionRan(Ran { background: true, .. }),
        ) => Some(event.place),
        _ => None,
    }
}

/// Whether an event belongs to a background that began at a tier: what that tier and those behind it do, but for the
/// answer that it had already.
pub(super) fn holds(event: &Event, from: Place) -> bool {
    match &event.what {
        What::Decided(Decision::FunctionRan(ran)) if ran.event == FunctionEvent::ViewerResponse => {
            false
        }
        What::Decided(Decision::Answered { .. }) if event.place == from => false,
        What::Decided(_) | What::Reached { .. } | What::Replied { .. } => {
            depth(event.place) >= depth(from)
        }
        _ => false,
    }
}

/// How far a place lies from the viewer.
pub(super) const fn depth(place: Place) -> u8 {
    match place {
        Place::Pop(_) => 1,
        Place::Rec(_) => 2,
        Place::Origin(_) => 3,
        _ => 0,
    }
}
