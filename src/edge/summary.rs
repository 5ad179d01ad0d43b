//! An answer in short, as an access log has it (`standard-logs-reference`).

use serde::{Deserialize, Serialize};

use super::Contact;
use crate::http::{Response, Status};

/// What an access log says of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The status that the viewer gets.
    pub status: Status,
    /// What it was as its head left the POP (`x-edge-response-result-type`).
    pub result: ResultType,
    /// Of its fields, in bytes.
    pub head_bytes: u64,
    /// Of its content, in bytes.
    pub body_bytes: u64,
}

impl Summary {
    /// The summary of an answer as it went out.
    pub fn of(response: &Response, result: ResultType) -> Self {
        Self {
            status: response.status,
            result,
            head_bytes: response.fields.size_bytes(),
            body_bytes: response.body.length,
        }
    }
}

/// What the access log calls an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResultType {
    /// A cache had it.
    Hit,
    /// A cache had it, and the origin was asked about it.
    RefreshHit,
    /// The origin sent it.
    Miss,
    /// An error, or an answer that broke off.
    Error,
    /// The edge sent the viewer to HTTPS.
    Redirect,
    /// A quota is reached.
    LimitExceeded,
    /// An edge location is full.
    CapacityExceeded,
}

impl ResultType {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Hit,
        Self::RefreshHit,
        Self::Miss,
        Self::Error,
        Self::Redirect,
        Self::LimitExceeded,
        Self::CapacityExceeded,
    ];

    /// The log's word (LOG-R1 to LOG-R7).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "Hit",
            Self::RefreshHit => "RefreshHit",
            Self::Miss => "Miss",
            Self::Error => "Error",
            Self::Redirect => "Redirect",
            Self::LimitExceeded => "LimitExceeded",
            Self::CapacityExceeded => "CapacityExceeded",
        }
    }

    /// Whether it is among the errors of the cache statistics report.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Error | Self::LimitExceeded | Self::CapacityExceeded)
    }

    /// Of an answer that came to the POP: whether it is an error, and how the origin was asked.
    pub const fn of(is_error: bool, contact: Contact) -> Self {
        match contact {
            _ if is_error => Self::Error,
            Contact::None => Self::Hit, // MTR-10
            Contact::Fetched => Self::Miss,
            Contact::Validated | Contact::StaleOnError => Self::RefreshHit, // STALE-14
        }
    }

    /// What X-Cache says of it, unless a policy takes that away (XC-13) or puts its own there (RH-09).
    pub const fn x_cache(self) -> &'static str {
        match self {
            Self::Hit => "Hit from cloudfront",                     // XC-01
            Self::Miss => "Miss from cloudfront",                   // XC-02
            Self::RefreshHit => "RefreshHit from cloudfront",       // XC-03
            Self::Redirect => "Redirect from cloudfront",           // XC-05
            Self::LimitExceeded => "LimitExceeded from cloudfront", // XC-10
            // XC-04, ERR-21; XC-11: of a full edge location nobody has seen another word.
            Self::Error | Self::CapacityExceeded => "Error from cloudfront",
        }
    }

    /// Whether it is an error or a redirect, and Server-Timing does not say how a cache was used (ST-18).
    pub const fn is_plain(self) -> bool {
        !matches!(self, Self::Hit | Self::RefreshHit | Self::Miss)
    }
}
