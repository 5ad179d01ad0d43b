//! One exchange in short, as an access log would count it.

use std::time::Duration;

use crate::edge::{Contact, Ending, ResultType, Summary};
use crate::http::{Method, Request, Status};
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

impl<'a> Exchanged<'a> {
    /// The summary of a request and of what the viewer got for it, which ended so.
    pub fn of(
        at: SimTime,
        request: &'a Request,
        answer: Summary,
        contact: Contact,
        answered_by: Place,
        took_at_pop: Duration,
        ending: Ending,
    ) -> Self {
        let is_whole = ending == Ending::Complete;
        Self {
            at,
            method: request.method,
            path: request.target.path(),
            status: answer.status,
            result: if is_whole { answer.result } else { ResultType::Error }, // MTR-11
            response_result: answer.result,
            bytes_down: answer.body_bytes.saturating_add(answer.head_bytes),
            bytes_up: request.content_length.saturating_add(request.fields.size_bytes()),
            answered_by,
            origin_latency: (contact == Contact::Fetched && !is_of_cache(answered_by))
                .then_some(took_at_pop), // MTR-07
        }
    }
}

/// Whether a tier answered by itself: with what it had, or with an error of CloudFront's own.
const fn is_of_cache(answered_by: Place) -> bool {
    matches!(answered_by, Place::Pop(_) | Place::Rec(_))
}
