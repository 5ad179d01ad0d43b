//! Standard logging, to a bucket (LG-01 to LG-04).

use serde::{Deserialize, Serialize};

/// Where a distribution's access log goes; one that logs nothing has none of this (LG-01).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logging {
    /// The bucket, as in `logs.s3.amazonaws.com` (LG-02).
    pub bucket: String,
    /// What the names of all files begin with, without a leading slash; it may be empty (LG-03).
    pub prefix: String,
    /// Whether cookies are logged (LG-04).
    pub has_cookies: bool,
}
