//! An answer in short, as an access log has it (`standard-logs-reference`).

use super::Contact;
use super::fields::said_by_x_cache;
use crate::http::{Fields, Response, Status};

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
    /// What its Content-Length announces, in bytes.
    pub announced_bytes: Option<u64>,
}

impl Summary {
    /// The summary of an answer as it went out.
    pub fn of(response: &Response, contact: Contact) -> Self {
        Self {
            status: response.status,
            result: ResultType::of(response, contact),
            head_bytes: response.fields.size_bytes(),
            body_bytes: response.body.length,
            announced_bytes: announced_bytes(&response.fields),
        }
    }
}

/// What Content-Length says.
pub(super) fn announced_bytes(fields: &Fields) -> Option<u64> {
    fields.content_length()
}

/// What the access log calls an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Whether it is among the errors of the cache statistics report.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Error | Self::LimitExceeded | Self::CapacityExceeded)
    }

    /// What X-Cache says, in the words of the log.
    pub(super) fn said(x_cache: &str) -> Option<Self> {
        Some(match x_cache.strip_suffix(" from cloudfront")? {
            "Hit" => Self::Hit, // MTR-10
            "RefreshHit" => Self::RefreshHit,
            "Miss" => Self::Miss,
            "Error" => Self::Error,
            "Redirect" => Self::Redirect,
            "LimitExceeded" => Self::LimitExceeded,
            "CapacityExceeded" => Self::CapacityExceeded,
            _ => return None,
        })
    }

    /// By what X-Cache says. Where a policy took that away (XC-13), by the status and whether the origin was asked.
    fn of(response: &Response, contact: Contact) -> Self {
        let said = said_by_x_cache(response).and_then(Self::said);
        said.unwrap_or(match contact {
            _ if response.status.is_error() => Self::Error,
            Contact::None => Self::Hit, // MTR-10
            Contact::Fetched => Self::Miss,
            Contact::Validated | Contact::StaleOnError => Self::RefreshHit,
        })
    }
}
