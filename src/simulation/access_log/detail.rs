//! Field 29 of the log: why a request failed, and which cache had the answer (security-logs-edge.md section 1.5).

use crate::distribution::FunctionEvent;
use crate::edge::access_log::{Detail, Detailed, Outcome};
use crate::edge::{Contact, Decision, Did, Failure, Ran, Refusal, ResultType, own_page};
use crate::http::Response;
use crate::network::{Pop, nearest};
use crate::simulation::{Place, What};

/// How the origin last failed a request, as far as that still counts.
#[derive(Debug, Default)]
pub(super) struct Causes {
    failure: Option<Failure>,
    /// A function has answered in the origin's place.
    is_made: bool,
    /// A page is looked for in the error's place: what fails from here on is not the request's own.
    has_page: bool,
}

impl Causes {
    /// Takes what happened.
    pub(super) fn hear(&mut self, what: &What) {
        match what {
            _ if self.has_page => {}
            What::Decided(Decision::OriginFailed { failure, .. }) => self.failure = Some(*failure),
            What::Decided(Decision::FunctionRan(Ran { did: Did::Answered(_), event, .. })) => {
                self.is_made = *event == FunctionEvent::OriginRequest;
            }
            What::Decided(Decision::PageWanted { .. }) => self.has_page = true,
            What::Replied { .. } => self.failure = None, // it, or the other origin of the group, has answered
            _ => {}
        }
    }

    /// Why a request ended in an error.
    pub(super) fn of_error(
        &self,
        response: &Response,
        contact: Contact,
        refusal: Option<&Refusal>,
    ) -> Detailed<'static> {
        if let Some(refusal) = refusal {
            return of_refusal(refusal);
        }
        if contact == Contact::None {
            return plain(ResultType::Error); // LOG-32, ERR-16
        }
        let of_page = own_page::failure_of(response.body.version);
        of_page.or(self.failure).map_or_else(|| plain(ResultType::Error), of_failure) // LOG-48
    }
}

impl Causes {
    /// LOG-D02: whether what was not cached was made by a function at the origin's request.
    pub(super) const fn of_miss(&self) -> Detailed<'static> {
        if self.is_made {
            return Detailed::Closer(Detail::MissGeneratedResponse); // EDGE-62
        }
        plain(ResultType::Miss)
    }
}

/// Nothing closer to say than the outcome itself.
pub(super) const fn plain(result: ResultType) -> Detailed<'static> {
    Detailed::Plain(Outcome::Of(result))
}

/// LOG-87 (MODEL): the origin broke its answer off (XFER-05).
pub(super) const fn broken_off() -> Detailed<'static> {
    Detailed::Closer(Detail::AbortedOrigin)
}

/// LOG-D01: whether it was Origin Shield, which is another regional cache than the request's own.
pub(super) fn of_hit(answered_by: Place, pop: Option<Pop>) -> Detailed<'static> {
    match (answered_by, pop) {
        (Place::Rec(rec), Some(pop)) if rec != nearest::nearest_rec(pop) => {
            Detailed::Closer(Detail::OriginShieldHit) // SHD-07
        }
        _ => plain(ResultType::Hit),
    }
}

/// LOG-36, LOG-40, LOG-42, LIM-13. LOG-88 (MODEL): no other refusal has a word of its own.
const fn of_refusal(refusal: &Refusal) -> Detailed<'static> {
    match refusal {
        Refusal::ByFunction { .. } | Refusal::FunctionFailed { .. } => plain(refusal.result()), // LOG-53, LOG-54
        Refusal::MethodNotAllowed(_) => Detailed::Closer(Detail::InvalidRequestMethod),
        Refusal::CountryBlocked { .. } => Detailed::Closer(Detail::ClientGeoBlocked), // LOG-40
        Refusal::MalformedField { .. } => Detailed::Closer(Detail::InvalidRequestHeader),
        _ => plain(ResultType::Error),
    }
}

/// LOG-45 to LOG-47, LIM-05, RNG-16. LOG-89 (MODEL): the words for an answer that cannot be read, and for one that is too large.
const fn of_failure(failure: Failure) -> Detailed<'static> {
    Detailed::Closer(match failure {
        Failure::NameUnresolved => Detail::OriginDnsError,
        Failure::Refused
        | Failure::TlsFailed
        | Failure::CertificateOfAnother
        | Failure::CertificateExpired
        | Failure::CertificateUntrusted
        | Failure::NoCommonProtocol
        | Failure::HttpOnly
        | Failure::HttpsOnly => Detail::OriginConnectError,
        Failure::ConnectTimedOut | Failure::ResponseTimedOut | Failure::CompletionTimedOut => {
            Detail::OriginCommError
        }
        Failure::HeadTooLarge => Detail::OriginHeaderTooBigError,
        Failure::RangeLengthMismatch => Detail::OriginContentRangeLengthError,
        Failure::Unreadable => Detail::OriginInvalidResponseError,
        Failure::TooLarge => Detail::OriginError,
        // LOG-52: the outcome says so already, but where a page has its place.
        Failure::FunctionThrew => return plain(ResultType::LambdaExecutionError),
        Failure::FunctionInvalid => return plain(ResultType::LambdaValidationError),
    })
}
