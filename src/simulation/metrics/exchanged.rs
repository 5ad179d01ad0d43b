//! One exchange in short, as an access log would count it.

use std::time::Duration;

use crate::edge::Contact;
use crate::edge::fields::said_by_x_cache;
use crate::http::{Method, Request, Response, Status};
use crate::simulation::Place;
use crate::time::SimTime;

/// One exchange in short, once its answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchanged<'a> {
    /// When the last byte reached the viewer.
    pub at: SimTime,
    /// The request's method.
    pub method: Method,
    /// The request's path.
    pub path: &'a str,
    /// The status that the viewer got.
    pub status: Status,
    /// The log's `x-edge-result-type`.
    pub result: ResultType,
    /// The log's `x-edge-response-result-type`: what it was as its head left the POP.
    pub response_result: ResultType,
    /// From the POP to the viewer: content and fields, in bytes (`sc-bytes`).
    pub bytes_down: u64,
    /// From the viewer to the POP: content and fields, in bytes (`cs-bytes`).
    pub bytes_up: u64,
    /// Who answered.
    pub answered_by: Place,
    /// From the request at the POP to the head of its answer there, where the origin sent it (MTR-07).
    pub origin_latency: Option<Duration>,
}

/// What the access log calls an outcome (`standard-logs-reference`).
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

    /// By what X-Cache says. Where a policy took that away (XC-13), by the status and whether the origin was asked.
    fn of(response: &Response, contact: Contact) -> Self {
        match said_by_x_cache(response).and_then(|value| value.strip_suffix(" from cloudfront")) {
            Some("Hit") => return Self::Hit, // MTR-10
            Some("RefreshHit") => return Self::RefreshHit,
            Some("Miss") => return Self::Miss,
            Some("Error") => return Self::Error,
            Some("Redirect") => return Self::Redirect,
            Some("LimitExceeded") => return Self::LimitExceeded,
            Some("CapacityExceeded") => return Self::CapacityExceeded,
            _ => {}
        }
        match contact {
            _ if response.status.is_error() => Self::Error,
            Contact::None => Self::Hit, // MTR-10
            Contact::Fetched => Self::Miss,
            Contact::Validated | Contact::StaleOnError => Self::RefreshHit,
        }
    }
}

impl<'a> Exchanged<'a> {
    /// The summary of a request and of what the viewer got for it.
    pub fn of(
        at: SimTime,
        (request, response): (&'a Request, &'a Response),
        contact: Contact,
        answered_by: Place,
        took_at_pop: Duration,
    ) -> Self {
        let response_result = ResultType::of(response, contact);
        let is_whole = !breaks_off(request, response);
        Self {
            at,
            method: request.method,
            path: request.target.path(),
            status: response.status,
            result: if is_whole { response_result } else { ResultType::Error }, // MTR-11
            response_result,
            bytes_down: response.body.length.saturating_add(response.fields.size_bytes()),
            bytes_up: request.content_length.saturating_add(request.fields.size_bytes()),
            answered_by,
            origin_latency: (contact == Contact::Fetched).then_some(took_at_pop), // MTR-07
        }
    }
}

/// Whether fewer bytes came than the head had announced.
fn breaks_off(request: &Request, response: &Response) -> bool {
    let announced = response.fields.get("Content-Length").and_then(|length| length.parse().ok());
    let has_content = request.method != Method::Head && matches!(response.status.0, 200 | 206);
    has_content && announced.is_some_and(|announced: u64| announced > response.body.length)
}
