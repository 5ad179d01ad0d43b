//! The parts of the page that follow the signals, and what hears its events.
//!
//! Whatever computes them, they are of one type for each sort of value: the page then holds one copy of the code that keeps
//! such a part up to date, and not one for every closure. That is a quarter of its size.

use leptos::prelude::*;

/// A value that is computed anew whenever a signal that it read has changed.
pub(crate) type Live<T> = Box<dyn FnMut() -> T + Send>;

/// A piece of the page, or nothing.
pub(crate) type Piece = Option<AnyView>;

/// Follows the signals that `read` reads.
pub(crate) fn live<T: 'static>(read: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(read)
}

/// A piece of the page that follows the signals, drawn anew as a whole.
pub(crate) fn piece(draw: impl FnMut() -> Piece + Send + 'static) -> AnyView {
    live(draw).into_any()
}

/// A text that follows the signals.
pub(crate) fn text(read: impl FnMut() -> String + Send + 'static) -> AnyView {
    live(read).into_any()
}

/// What is done at an event.
pub(crate) fn heard<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}
