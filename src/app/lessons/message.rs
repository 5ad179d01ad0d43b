//! What is said of a walk that was opened, saved or passed on.

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// Of which sort it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It leaves by itself.
    Done,
    /// It stays until it is closed, or something else is opened.
    Error,
    /// With a button that saves the walk.
    OffersFile,
    /// With a text to copy by hand.
    Offers(String),
}

impl Message {
    pub(super) const fn done(text: String) -> Self {
        Self { text, kind: Kind::Done }
    }

    pub(super) const fn error(text: String) -> Self {
        Self { text, kind: Kind::Error }
    }

    pub(super) const fn offering_file(text: String) -> Self {
        Self { text, kind: Kind::OffersFile }
    }

    pub(super) const fn offering(text: String, copy: String) -> Self {
        Self { text, kind: Kind::Offers(copy) }
    }
}
