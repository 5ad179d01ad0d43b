//! Floor 3. The origin: what it holds and how it answers.
//!
//! An origin never knows what a cache holds; it sees requests and answers them.

#![warn(missing_docs)]

mod content;
pub use content::{ContentError, Kind, Object};

mod site;
pub use site::Site;

mod demo_site;
pub use demo_site::demo_site;

mod given;
pub use given::{Given, GivenError, PathsError};

mod example_site;
pub use example_site::{examples_for, given_of, site_of};

mod health;
pub use health::Health;

mod asked;
pub use asked::Asked;

mod service;

mod refused;

mod access;

mod answer;
pub use answer::{APPLICATION_THINK, Answered, BUCKET_THINK, answer};
