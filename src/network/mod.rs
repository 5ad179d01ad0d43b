//! Floor 2. How far apart things are: places, the time a packet takes between them, and what a lookup, a handshake
//! and a body cost in round trips. Everything here is a pure function of places and sizes.
//!
//! This floor never knows a cache, a message of HTTP, a clock or chance: time comes out of it, none goes in.
//! Each rule that AWS does not publish is a named constant or function whose doc says MODEL.

#![warn(missing_docs)]

pub mod position;

pub mod places;

mod cities;

mod access;

pub mod latency;

pub mod nearest;

mod ranking;

pub mod dns;

pub mod connection;

mod offer;

pub mod transfer;

pub use access::{Access, Family, Resolver, ViewerNetwork};
pub use connection::{Handshake, ORIGIN_KEEP_ALIVE, VIEWER_KEEP_ALIVE};
pub use dns::{Asked, DnsAnswer, DnsQuery, Ipv6Answer, Lookup, resolve};
pub use latency::{great_circle_km, round_trip, viewer_round_trip};
pub use nearest::{
    Candidate, advised_shield, behind_one_rec, best, best_from, best_within, candidates_from,
    nearest_rec,
};
pub use offer::Offer;
pub use places::{City, PlaceError, Pop, PriceClass, Rec, Region};
pub use position::Position;
pub use transfer::{BANDWIDTH_BACKBONE, BANDWIDTH_ORIGIN, BANDWIDTH_VIEWER, body_time};
