//! An answer in short, as an access log has it (`standard-logs-reference`).

use serde::{Deserialize, Serialize};

use super::Contact;
use super::functions::Fault;
use crate::distribution::Runtime;
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
    /// A CloudFront function answered itself (EDGE-60).
    FunctionGeneratedResponse,
    /// A CloudFront function threw an exception (EDGE-54).
    FunctionExecutionError,
    /// A Lambda function at the viewer's request answered itself (EDGE-61).
    LambdaGeneratedResponse,
    /// A Lambda function threw an exception (EDGE-57).
    LambdaExecutionError,
    /// A Lambda function's result is not valid (EDGE-59).
    LambdaValidationError,
}

impl ResultType {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Hit,
        Self::RefreshHit,
        Self::Miss,
        Self::Error,
        Self::Redirect,
        Self::LimitExceeded,
        Self::CapacityExceeded,
        Self::FunctionGeneratedResponse,
        Self::FunctionExecutionError,
        Self::LambdaGeneratedResponse,
        Self::LambdaExecutionError,
        Self::LambdaValidationError,
    ];

    /// The log's word (LOG-R1 to LOG-R9).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "Hit",
            Self::RefreshHit => "RefreshHit",
            Self::Miss => "Miss",
            Self::Error => "Error",
            Self::Redirect => "Redirect",
            Self::LimitExceeded => "LimitExceeded",
            Self::CapacityExceeded => "CapacityExceeded",
            Self::FunctionGeneratedResponse => "FunctionGeneratedResponse",
            Self::FunctionExecutionError => "FunctionExecutionError",
            Self::LambdaGeneratedResponse => "LambdaGeneratedResponse",
            Self::LambdaExecutionError => "LambdaExecutionError",
            Self::LambdaValidationError => "LambdaValidationError",
        }
    }

    /// Whether it is among the errors of the cache statistics report.
    pub const fn is_error(self) -> bool {
        matches!(
            self,
            Self::Error
                | Self::LimitExceeded
                | Self::CapacityExceeded
                | Self::FunctionExecutionError
                | Self::LambdaExecutionError
                | Self::LambdaValidationError
        )
    }

    /// Of a function that failed: EDGE-54, EDGE-55, EDGE-57, EDGE-59.
    pub const fn of_fault(runtime: Runtime, fault: &Fault) -> Self {
        match (runtime, fault) {
            (Runtime::CloudFront, Fault::Threw) => Self::FunctionExecutionError,
            (Runtime::CloudFront, Fault::Touched { .. }) => Self::Error, // EDGE-55 (MODEL)
            (Runtime::Lambda, Fault::Threw) => Self::LambdaExecutionError,
            (Runtime::Lambda, Fault::Touched { .. }) => Self::LambdaValidationError,
        }
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
            Self::FunctionGeneratedResponse => "FunctionGeneratedResponse from cloudfront", // XC-07
            Self::FunctionExecutionError => "FunctionExecutionError from cloudfront", // XC-09
            Self::LambdaGeneratedResponse => "LambdaGeneratedResponse from cloudfront", // XC-06
            Self::LambdaExecutionError => "LambdaExecutionError from cloudfront", // XC-08
            Self::LambdaValidationError => "LambdaValidationError from cloudfront", // XC-08
            // XC-04, ERR-21; XC-11: of a full edge location nobody has seen another word.
            Self::Error | Self::CapacityExceeded => "Error from cloudfront",
        }
    }

    /// Whether it is an error or a redirect, and Server-Timing does not say how a cache was used (ST-18).
    pub const fn is_plain(self) -> bool {
        !matches!(self, Self::Hit | Self::RefreshHit | Self::Miss)
    }
}
