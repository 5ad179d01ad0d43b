//! Why an action is refused.

use crate::distribution::TtlOrder;
use crate::edge::{ConfigError, InvalidationError};
use crate::origin::ContentError;

/// Why an action is refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// A capacity in which nothing fits.
    #[error("a POP needs room for at least 1 byte and at most 1 TB, not {given} bytes")]
    Capacity {
        /// In bytes.
        given: u64,
    },
    /// Nothing to publish.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// No such behavior.
    #[error("the distribution has no behavior with the path pattern {given:?}")]
    NoSuchBehavior {
        /// The pattern.
        given: String,
    },
    /// No such origin.
    #[error("the distribution has no origin with the id {given:?}")]
    NoSuchOrigin {
        /// The id.
        given: String,
    },
    /// The switch speaks of S3 buckets alone (REC-06, REC-08).
    #[error("the distribution has no S3 bucket origin that could move to {region}")]
    NoBucket {
        /// Where it would have to go.
        region: String,
    },
    /// A wait that is none or longer than any lifetime.
    #[error("a wait lasts from 1 second to 400 days, not {given_secs} seconds")]
    Wait {
        /// In seconds.
        given_secs: u64,
    },
    /// Not every Region has a regional edge cache that can be one (OR-07).
    #[error("{region} has no Origin Shield")]
    NoShield {
        /// The Region's code.
        region: String,
    },
    /// TTL settings that AWS would not take (TTL-26).
    #[error(transparent)]
    Ttl(#[from] TtlOrder),
    /// A walk is full.
    #[error("a walk holds at most {limit} actions; undo some or start anew")]
    TooManyActions {
        /// The bound.
        limit: usize,
    },
    /// An invalidation that AWS would not take.
    #[error(transparent)]
    Invalidation(#[from] InvalidationError),
    /// A scenario that cannot run.
    #[error(transparent)]
    Config(#[from] ConfigError),
}
