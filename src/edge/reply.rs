//! An answer as the viewer gets it from his POP, and what still decides over its fields.

use std::sync::Arc;

use super::config::Member;
use super::fields::Identity;
use super::{Contact, Content, Layer, Refusal, ResultType, UpstreamTiming, refused};
use crate::distribution::Function;
use crate::http::{Body, Fields, Status};
use crate::time::Moment;

/// An answer as the viewer gets it; [`super::Visit::response`] writes it out.
#[derive(Clone, Debug)]
pub struct Reply {
    /// As it leaves the POP.
    pub status: Status,
    /// Its body has the length of what goes out.
    pub body: Body,
    /// Which bytes of the body's version go out.
    pub content: Content,
    /// How the origin was involved.
    pub contact: Contact,
    /// Who answered.
    pub layer: Layer,
    /// Which origin of a group was meant where the answer comes from (FO-02, SHD-10).
    pub member: Member,
    /// Whether the origin sent what goes out or confirmed it. CloudFront's own pages it did not, though it was asked.
    pub is_from_origin: bool,
    /// What the access log calls it.
    pub result: ResultType,
    /// Whether the connection is closed after it (LIM-01, LIM-02, CEP-10).
    pub closes: bool,
    pub(super) fields: Arc<Fields>,
    /// The function that has the last word on them.
    pub(super) function: Option<Arc<Function>>,
    /// What the POP still does to the fields; nothing where they are its own and no behavior has a say.
    pub(super) finish: Option<Finish>,
}

/// What else decides over the fields of an answer that came to the POP.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finish {
    /// What Connection says, where a page has taken an error's place (CEP-10).
    pub(super) connection: Option<&'static str>,
    pub(super) age_secs: Option<u64>,
    pub(super) at: Moment,
    pub(super) upstream: Option<UpstreamTiming>,
}

impl Reply {
    /// What the POP answers by itself to a request that it refuses.
    pub(super) fn refusing(now: Moment, refusal: &Refusal, identity: &Identity) -> Self {
        let (response, content) = refused::answer(refusal, identity);
        Self {
            status: response.status,
            body: response.body,
            fields: response.fields,
            // CB-09, ST-18: every response to viewers has what the behavior's policy adds, once there is a behavior.
            finish: refusal.is_by_behavior().then_some(Finish {
                connection: None,
                age_secs: None,
                at: now,
                upstream: None,
            }),
            content,
            function: None,
            contact: Contact::None,
            layer: Layer::Pop,
            member: Member::Primary,
            is_from_origin: false,
            result: refusal.result(),
            closes: refusal.closes(),
        }
    }
}
