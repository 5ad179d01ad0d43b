//! Why a POP answers by itself, and what that comes to.

use serde::{Deserialize, Serialize};

use super::functions::{Fault, Made};
use super::{NotSigned, ResultType, RuleMet};
use crate::distribution::{GeoSort, Runtime};
use crate::http::{Method, Status};

/// Why a POP answers by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The URL is too long (LIM-01).
    UrlTooLong {
        /// Of path and query.
        bytes: u64,
    },
    /// Request line and fields together are too long (LIM-02).
    HeadTooLarge {
        /// Of both.
        bytes: u64,
    },
    /// The content is too long (LIM-06).
    BodyTooLarge {
        /// Of the content.
        bytes: u64,
    },
    /// The Host leads to no distribution (LIM-08, VSEC-03).
    UnknownHost {
        /// As given; empty where there is none.
        host: String,
    },
    /// The distribution is not served in the viewer's country (VSEC-04, VSEC-13).
    CountryBlocked {
        /// Its two letters.
        country: String,
        /// By which sort of list.
        by: GeoSort,
    },
    /// The behavior sends viewers to HTTPS (MET-09, MET-10).
    ToHttps {
        /// 301 or 307.
        status: Status,
        /// Where to.
        location: String,
    },
    /// The behavior takes HTTPS only (MET-12), or the viewer speaks too old a version to be redirected (MET-11).
    HttpsOnly,
    /// The method is outside the behavior's allowed set (MET-04, VSEC-08).
    MethodNotAllowed(Method),
    /// GET with a body (MET-08, LIM-07).
    GetWithBody {
        /// The body's length in bytes.
        content_length: u64,
    },
    /// A web ACL lets it not pass (VSEC-05).
    ByWebAcl(RuleMet),
    /// The behavior wants a signature, and there is none that holds (VSEC-09).
    NotSigned(NotSigned),
    /// A function at the viewer's request answered itself (EDGE-60, EDGE-61).
    ByFunction {
        /// What ran it.
        runtime: Runtime,
        /// Its answer.
        made: Made,
    },
    /// A function at a viewer event failed (EDGE-54 to EDGE-59).
    FunctionFailed {
        /// What ran it.
        runtime: Runtime,
        /// How it failed.
        fault: Fault,
    },
    /// A field is not what its definition says, so that the request could mean several things (LIM-13).
    MalformedField {
        /// Its name.
        name: String,
        /// All that it says, with commas between; empty where it is missing.
        value: String,
    },
}

impl Refusal {
    /// The status of the POP's own answer.
    pub const fn status(&self) -> Status {
        match self {
            Self::UrlTooLong { .. } => Status(414),     // LIM-01, VER-03
            Self::HeadTooLarge { .. } => Status(494),   // LIM-02, VER-03
            Self::BodyTooLarge { .. } => Status(413),   // LIM-06 (MODEL)
            Self::MalformedField { .. } => Status(400), // LIM-13 (MODEL)
            Self::ToHttps { status, .. } => *status,
            Self::ByFunction { made, .. } => made.status,
            Self::ByWebAcl(met) => match met.action.status() {
                Some(status) => Status(status), // VSEC-22, VSEC-24
                None => Status::FORBIDDEN,
            },
            Self::FunctionFailed { fault, .. } => fault.status(),
            _ => Status::FORBIDDEN, // MET-04, MET-08, MET-11, MET-12, LIM-08, LIM-10
        }
    }

    /// What the log and X-Cache call it.
    pub const fn result(&self) -> ResultType {
        match self {
            Self::ToHttps { .. } => ResultType::Redirect, // XC-05
            Self::ByFunction { runtime: Runtime::CloudFront, .. } => {
                ResultType::FunctionGeneratedResponse // LOG-53
            }
            Self::ByFunction { runtime: Runtime::Lambda, .. } => {
                ResultType::LambdaGeneratedResponse // LOG-53
            }
            Self::FunctionFailed { runtime, fault } => ResultType::of_fault(*runtime, fault),
            _ => ResultType::Error,
        }
    }

    /// Whether the connection is closed after the answer (LIM-01, LIM-02).
    pub const fn closes(&self) -> bool {
        matches!(self, Self::UrlTooLong { .. } | Self::HeadTooLarge { .. })
    }

    /// Whether a behavior refuses or redirects, so that its response headers policy applies (CB-09); what cannot be read, or
    /// leads to no distribution, has no behavior yet (VSEC-06).
    pub const fn is_by_behavior(&self) -> bool {
        matches!(
            self,
            Self::HttpsOnly
                | Self::MethodNotAllowed(_)
                | Self::GetWithBody { .. }
                | Self::ToHttps { .. }
                | Self::ByFunction { .. }
                | Self::FunctionFailed { .. }
                | Self::NotSigned(_)
        )
    }

    /// Whether a custom error page may take the answer's place: where a behavior or the distribution's own rules have
    /// refused, as for an origin's error (CE-14, VSEC-16). What is unsafe to read has none.
    pub const fn may_have_page(&self) -> bool {
        let is_answer = matches!(self, Self::ToHttps { .. } | Self::ByFunction { .. }); // EDGE-63
        let is_by_behavior = self.is_by_behavior() && !is_answer;
        is_by_behavior || matches!(self, Self::CountryBlocked { .. } | Self::ByWebAcl(_)) // CEP-08, VSEC-26
    }
}
