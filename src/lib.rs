//! Edgewalk walks a web request through Amazon CloudFront and shows why every step went as it did.
//!
//! The floors, in reading order; each imports only what lies below it:
//! [`time`] and [`http`] know nothing of CloudFront; [`distribution`] and [`network`] hold what is configured and
//! how far apart things are; [`edge`] and [`origin`] decide; [`simulation`] runs them over virtual time and writes
//! the journal; [`scene`] folds the journal up to the playhead into what is true and why; `app` draws it.

pub mod gzip;
pub mod hash;
pub mod json;
pub mod time;

pub mod http;

pub mod distribution;
pub mod network;

pub mod edge;
pub mod origin;

pub mod simulation;

pub mod scene;

#[cfg(feature = "app")]
pub mod app;
