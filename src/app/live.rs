//! The parts of the page that follow the signals, and what hears its events.
//!
//! Whatever computes them, they are of one type for each sort of value: the page then holds one copy of the code that keeps
//! such a part up to date, and not one for every closure. That is a quarter of its size.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::either::Either;
use leptos::prelude::*;
use leptos::reactive::graph::{Observer, Subscriber};

/// A value that is computed anew whenever a signal that it read has changed.
pub(crate) type Live<T> = Box<dyn FnMut() -> T + Send>;

/// A piece of the page, or nothing.
pub(crate) type Piece = Option<AnyView>;

/// Follows the signals that `read` reads, as long as the piece that it belongs to stands.
pub(crate) fn live<T: 'static>(mut read: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(move || {
        follow_no_longer_than_owner();
        read()
    })
}

/// Takes whoever reads at present off the lists of what it reads once its owner is cleaned up. Leptos leaves it there:
/// whatever is read by a piece that is drawn anew time and again would then hold, and tell, all that ever stood there.
fn follow_no_longer_than_owner() {
    if let Some(reader) = Observer::get() {
        on_cleanup(move || reader.clear_sources(&reader));
    }
}

/// A piece of the page that is drawn anew, as a whole, whenever a signal that it read has changed.
pub(crate) fn piece(draw: impl FnMut() -> Piece + Send + 'static) -> AnyView {
    live(draw).into_any()
}

/// As `piece`, but of new elements each time: what was there makes room and does not turn into what comes. So whatever says
/// something else at each step is replaced in its place, and nothing that somebody reads moves.
pub(crate) fn renewed(mut draw: impl FnMut() -> Piece + Send + 'static) -> AnyView {
    let mut is_odd = false;
    piece(move || {
        is_odd = !is_odd;
        let view = draw()?;
        Some(if is_odd { Either::Left(view) } else { Either::Right(view) }.into_any())
    })
}

/// A piece of the page that is drawn anew, as a whole, whenever what it shows has changed.
pub(crate) fn drawn<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
    draw: impl Fn(&T) -> Piece + Send + 'static,
) -> AnyView {
    let shown = Kept::new(read);
    piece(move || shown.with(&draw))
}

/// As `drawn`, but of new elements each time, as `renewed` is.
pub(crate) fn drawn_anew<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
    draw: impl Fn(&T) -> Piece + Send + 'static,
) -> AnyView {
    let shown = Kept::new(read);
    renewed(move || shown.with(&draw))
}

/// A value that is computed anew whenever a signal that it read has changed, and tells its readers only if it is another.
/// Whatever its type, it is one sort of memo.
pub(crate) struct Kept<T> {
    memo: Memo<Shown>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: PartialEq + Send + Sync + 'static> Kept<T> {
    /// Computes it by `read`, the first time when it is first read.
    pub(crate) fn new(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let read: Box<dyn Fn() -> Shown + Send + Sync> = Box::new(move || {
            follow_no_longer_than_owner();
            Shown(Arc::new(read()))
        });
        Self { memo: Memo::new(move |_| read()), of: PhantomData }
    }

    /// Reads it, and follows it.
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.memo.with(|shown| read(of_type(shown)))
    }

    /// Reads it once, without being told of later changes.
    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.memo.with_untracked(|shown| read(of_type(shown)))
    }
}

fn of_type<T: 'static>(shown: &Shown) -> &T {
    shown.0.as_any().downcast_ref().expect("it was made of this type")
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
#[derive(Clone)]
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
