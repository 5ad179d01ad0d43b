//! Why an invalidation is refused, with the API's own name for it and its HTTP status (INV-42).

use super::{Batch, Excess, InvalidationPath, Tag};
use crate::http::Status;

/// Why an invalidation is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidationError {
    /// INV-01.
    #[error("an invalidation path starts with a slash, as in /img/*; this one is {given:?}")]
    NoSlash {
        /// What was given.
        given: String,
    },
    /// INV-15.
    #[error("an invalidation path holds no ~, encoded or not; this one holds {found:?}")]
    Tilde {
        /// As it is written there.
        found: String,
    },
    /// INV-14.
    #[error(
        "an invalidation path is percent-encoded where a character is unsafe; this one holds {found:?}"
    )]
    Character {
        /// The offending character.
        found: char,
    },
    /// INV-20.
    #[error(
        "an invalidation path has at most {} characters; this one has {given}",
        InvalidationPath::LIMIT
    )]
    TooLong {
        /// Its length in characters.
        given: usize,
    },
    /// TAG-04, TAG-06.
    #[error(
        "a cache tag is made of visible ASCII without commas, as in #sale; this one is {given:?}"
    )]
    TagCharacter {
        /// The tag.
        given: String,
    },
    /// TAG-04.
    #[error("a cache tag has from 1 to {} characters; this one has {given}", Tag::LIMIT)]
    TagLength {
        /// Its length in bytes.
        given: usize,
    },
    /// A batch without items.
    #[error("an invalidation names at least one path or tag")]
    Nothing,
    /// A batch that is too large whatever else is going on.
    #[error(
        "an invalidation names at most {} paths and tags; this one names {given}",
        Batch::MOST_ITEMS
    )]
    BatchTooLarge {
        /// How many it names.
        given: usize,
    },
    /// `Quantity` and `Items` disagree.
    #[error("the quantity is {quantity}, and {items} items are listed")]
    InconsistentQuantities {
        /// What is said.
        quantity: usize,
        /// What is there.
        items: usize,
    },
    /// A request without a batch.
    #[error("the request has no invalidation batch")]
    MissingBody,
    /// INV-40.
    #[error(
        "the caller reference {caller_reference:?} belongs to an earlier batch with other paths"
    )]
    AlreadyExists {
        /// The reference.
        caller_reference: String,
    },
    /// INV-43, INV-44.
    #[error("{excess}; with this one there would be {given}")]
    TooMany {
        /// Which limit.
        excess: Excess,
        /// How many there would be.
        given: usize,
    },
}

impl InvalidationError {
    /// The API's name for it (INV-40, INV-42).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BatchTooLarge { .. } => "BatchTooLarge", // INV-42
            Self::InconsistentQuantities { .. } => "InconsistentQuantities", // INV-42
            Self::MissingBody => "MissingBody",            // INV-42
            Self::TooMany { .. } => "TooManyInvalidationsInProgress", // INV-43
            Self::AlreadyExists { .. } => "InvalidationBatchAlreadyExists", // INV-40
            _ => "InvalidArgument",                        // INV-01, INV-42
        }
    }

    /// The API's HTTP status (INV-42). That of INV-40 is not given; MODEL: 409, as for other things that exist already.
    pub const fn http_status(&self) -> Status {
        Status(match self {
            Self::BatchTooLarge { .. } => 413, // INV-42
            Self::AlreadyExists { .. } => 409,
            _ => 400, // INV-42, INV-43
        })
    }
}
