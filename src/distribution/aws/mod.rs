//! AWS's own JSON, read and written: a `DistributionConfig` and the policies beside it (distribution.md section 9).
//!
//! A configuration becomes a [`Distribution`] or the list of all that is wrong with it. What the engine does not simulate
//! is named, so that a user can be told; [`super::Configuration`] keeps it.

mod error;
pub use error::{AwsError, ErrorCode};

mod assumed;
pub use assumed::{Assumed, StandIn};

mod beside;
pub use beside::{BESIDE, Beside, Sort};
pub use restrictions::is_country;

mod wrapper;
pub(super) use wrapper::unwrapped;
pub use wrapper::{Listed, listed};

mod cloudformation;
pub(super) use cloudformation::template;

mod written;
pub(super) use written::written;

mod access_control;
mod behaviors;
mod bucket_policy;
mod cache_policy;
mod certificate;
mod continuous_deployment;
pub(super) use continuous_deployment::check_edit;
pub use continuous_deployment::{EACH_ITS_OWN, MAY_DIFFER, POLICY_ID};
mod difference;
pub use difference::{Difference, differences, innermost};
mod custom_headers;
mod edge_functions;
mod error_responses;
mod forwarded_values;
mod general;
mod groups;
mod header;
mod ids;
mod kept;
mod key_groups;
mod key_headers;
mod logging;
mod options;
mod origin_request_policy;
mod origins;
pub use origins::SHIELD_REGIONS;
mod reader;
mod ready_made;
mod real_time_log;
mod response_headers;
mod restrictions;
mod security_headers;
mod selection;
mod service;
mod ttl;
mod web_acl;

use super::{Distribution, Staged};
use reader::{Node, Reader};

use crate::json::Json;

/// MODEL: a text of more values is not read, so that whatever is pasted takes no more than some 50 MB. The largest
/// distribution that the quotas allow has about 25,000.
pub const MOST_VALUES: usize = 50_000;

/// MODEL: nor is a text of more bytes. The largest distribution that the quotas allow has about 2 MB.
pub const MOST_BYTES: usize = 4_000_000;

/// The name of a distribution where nothing tells one: the one in AWS's own examples. MODEL.
pub const EXAMPLE_DOMAIN: &str = "d111111abcdef8.cloudfront.net";

/// The Region of an origin for which neither its name nor anything else tells one. MODEL.
pub const REGION: &str = "us-east-1";

/// The methods of the set of 2, 3 or 7 that can be allowed or cached (CB-03, CB-04), in the order in which AWS prints them.
pub fn methods(count: usize) -> impl Iterator<Item = &'static str> {
    const ALL: [&str; 7] = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"];
    let is_among = move |method: &&str| match *method {
        "HEAD" | "GET" => true,
        "OPTIONS" => count > 2,
        _ => count > 3,
    };
    ALL.into_iter().filter(is_among)
}

/// A configuration that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What the engine simulates of it.
    pub distribution: Distribution,
    /// The staging distribution that a policy sends requests to, where both are given (CD-02).
    pub staged: Option<Staged>,
    /// The paths of what it says besides, as in `Origins.Items[0].OriginAccessControlId`: kept, not simulated. Settings
    /// that are off or at their default are not among them, nor are the description and the caller's reference, which
    /// mean nothing to a request (DS-01, DS-16).
    pub kept: Vec<String>,
    /// What it names and nobody has given, with what stands in.
    pub assumed: Vec<Assumed>,
}

/// Reads a bare configuration of the distribution `domain`, with what is given beside it. All findings are returned, in the
/// order of the reading.
pub fn read(document: &Json, domain: &str, beside: &Beside) -> Result<Read, Vec<AwsError>> {
    let mut reader = Reader::default();
    let config = Node::new("", document);
    let distribution = general::distribution(&mut reader, &config, domain, beside);
    let staged = continuous_deployment::staged(&mut reader, &config, &distribution, beside);
    if reader.errors.is_empty() {
        Ok(Read { distribution, staged, kept: reader.kept, assumed: reader.assumed })
    } else {
        Err(reader.errors)
    }
}
