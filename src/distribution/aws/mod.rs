//! Reads what AWS's own tools print: a `DistributionConfig` and the policies beside it (distribution.md section 9).
//!
//! A configuration becomes a [`Distribution`] or the list of all that is wrong with it. What the engine does not
//! simulate is named, so that a user can be told.

mod error;
pub use error::{AwsError, ErrorCode};

mod policies;
pub use policies::Policies;

mod behaviors;
mod cache_policy;
mod custom_headers;
mod error_responses;
mod forwarded_values;
mod general;
mod groups;
mod header;
mod kept;
mod key_headers;
mod logging;
mod origin_request_policy;
mod origins;
mod reader;
mod response_headers;
mod security_headers;
mod selection;
mod ttl;
mod wrapper;

use super::Distribution;
use reader::Reader;

use crate::json::Json;

/// A configuration that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What the engine simulates of it.
    pub distribution: Distribution,
    /// The paths of what it says besides, as in `Origins.Items[0].OriginAccessControlId`: kept, not simulated. Settings
    /// that are off or at their default are not among them, nor are the description and the caller's reference, which
    /// mean nothing to a request (DS-01, DS-16).
    pub kept: Vec<String>,
}

/// Reads a configuration in any of the forms WR-01 to WR-06, with the policies that its ids may mean besides the managed
/// ones. All findings are returned, in the order of the reading.
pub fn read(json: &str, beside: &Policies) -> Result<Read, Vec<AwsError>> {
    let json = Json::parse(json).map_err(|error| vec![error.into()])?;
    let mut reader = Reader::default();
    let distribution = wrapper::unwrapped(&mut reader, &json)
        .map(|found| general::distribution(&mut reader, &found, beside));
    match distribution {
        Some(distribution) if reader.errors.is_empty() => {
            Ok(Read { distribution, kept: reader.kept })
        }
        _ => Err(reader.errors),
    }
}
