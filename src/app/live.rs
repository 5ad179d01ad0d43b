//! The parts of the page that follow the signals, and what hears its events.
//!
//! Whatever computes them, they are of one type for each sort of value: the page then holds one copy of the code that keeps
//! such a part up to date, and not one for every closure. That is a quarter of its size.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

/// A value that is computed anew whenever a signal that it read has changed.
pub(crate) type Live<T> = Box<dyn FnMut() -> T + Send>;

/// A piece of the page, or nothing.
pub(crate) type Piece = Option<AnyView>;

/// Follows the signals that `read` reads.
pub(crate) fn live<T: 'static>(read: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(read)
}

/// A piece of the page that is drawn anew, as a whole, whenever a signal that it read has changed.
pub(crate) fn piece(draw: impl FnMut() -> Piece + Send + 'static) -> AnyView {
    live(draw).into_any()
}

/// A piece of the page that is drawn anew, as a whole, whenever what it shows has changed.
pub(crate) fn drawn<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
    draw: impl Fn(&T) -> Piece + Send + 'static,
) -> AnyView {
    let read: Box<dyn Fn() -> Shown + Send + Sync> = Box::new(move || Shown(Arc::new(read())));
    let shown = Memo::new(move |_| read());
    piece(move || shown.with(|shown| draw(shown.0.as_any().downcast_ref()?)))
}

/// A text that follows the signals.
pub(crate) fn text(read: impl FnMut() -> String + Send + 'static) -> AnyView {
    live(read).into_any()
}

/// What is done at an event.
pub(crate) fn heard<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// What a piece shows, whatever its type.
struct Shown(Arc<dyn Comparable>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(other.0.as_any())
    }
}

trait Comparable: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}
