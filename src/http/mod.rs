//! Floor 1. Messages as RFC 9110 and 9111 define them.
//!
//! This floor has never heard of CloudFront, of a cache tier or of a simulation: it would serve any HTTP program.

#![warn(missing_docs)]

mod method;
pub use method::{Method, MethodError};

mod name;
mod target;
pub(crate) use target::file_name;
pub use target::{Target, TargetError};

mod text;
pub use text::Text;

mod field;
mod fields;
pub use field::{Field, FieldError};
pub use fields::{Fields, Names};

pub mod coding;
pub use coding::{Acceptable, Coding};

mod message;
pub use message::{Body, Request, Response, Scheme, Status, Version};

pub mod base64;
pub mod cache_control;
pub mod curl;
pub mod date;
pub mod range;
pub mod validators;
