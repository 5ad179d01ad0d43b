//! Floor 4. Runs a Walk over virtual time and writes down what happened.
//!
//! Same Walk, same events, on every machine, byte for byte: no wall clock, no unseeded draw, no unordered map. This floor
//! has never heard of a browser or of a screen.

#![warn(missing_docs)]

mod event;
pub use event::{Event, ExchangeId, OriginLeg, Place, What};

mod observer;
pub use observer::{Nobody, Observer};

mod metrics;
pub use metrics::{
    CacheStatistics, ErrorRate, Exchanged, Latencies, Metrics, NAMED_STATUSES, ObjectCounts,
    PopularObject, PopularObjects, Share,
};

mod journal;
pub use journal::Journal;

mod settings;
pub use settings::{Change, REC_CAPACITY_FACTOR, Settings};

mod walk;
pub use walk::{Action, Scenario, TimedAction, Walk, built_in_scenario};

mod queue;

mod action_error;
pub use action_error::ActionError;

mod world;
pub use world::World;

mod published;

mod connections;

mod hosts;
mod viewer_connections;

mod exchange;
mod tiers;
mod ways;

mod purge;

mod cookies;
mod deployment;
mod staging;

mod run;
pub use run::Run;

pub mod access_log;

pub mod cost;

pub mod form;
pub use form::{FormError, Link, StepAt, View, WalkFile};

pub mod lesson;
pub use lesson::Lesson;

pub mod lessons;
