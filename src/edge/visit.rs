//! A viewer's request at its POP until it is answered: the page that takes an error's place, and the answer as the viewer
//! gets it.

use std::sync::Arc;

use super::config::Config;
use super::decision::{Decision, Witness};
use super::fields::{self, Identity};
use super::portion::presented;
use super::revalidation::for_viewer;
use super::{Answer, CacheKey, Contact, Content, EdgeRequest, Layer, Portion, Refusal, admit, age};
use crate::http::{Fields, Method, Request, Response, Status, Target};
use crate::time::Moment;

/// A viewer's request at its POP.
#[derive(Debug)]
pub struct Visit {
    request: Arc<Request>,
    asked: EdgeRequest,
    /// The error whose page is being looked for.
    error: Option<PendingError>,
}

/// An error whose page is being looked for.
#[derive(Debug)]
struct PendingError {
    /// The status that goes with the page (CE-03).
    status: u16,
    /// The answer with the error.
    contact: Contact,
}

/// What the POP does with an answer.
#[derive(Debug)]
pub enum Next {
    /// It goes to the viewer.
    Reply(Reply),
    /// First a page is looked for, as an ordinary request of the POP's own (REC-12, CEP-03).
    Ask(EdgeRequest),
}

/// An answer as the viewer gets it.
#[derive(Clone, Debug)]
pub struct Reply {
    /// As it leaves the POP; its body has the length of what goes out.
    pub response: Arc<Response>,
    /// Which bytes of the body's version go out.
    pub content: Content,
    /// How the origin was involved.
    pub contact: Contact,
    /// Who answered.
    pub layer: Layer,
}

impl Reply {
    /// What the POP answers by itself to a request that it refuses.
    pub fn refused(refusal: Refusal, identity: &Identity) -> Self {
        let response = fields::own_error(refusal.status(), identity).into();
        let content = Content::Whole;
        Self { response, content, contact: Contact::None, layer: Layer::Pop }
    }
}

impl Visit {
    /// The POP takes a viewer's request in.
    pub fn begin(
        request: &Arc<Request>,
        identity: &Arc<Identity>,
        config: &Arc<Config>,
        rec_region: &Arc<str>,
        witness: &mut impl Witness,
    ) -> Result<Self, Refusal> {
        let asked = admit(request, identity, config, rec_region, witness)?;
        Ok(Self { request: Arc::clone(request), asked, error: None })
    }

    /// What the POP asks itself for.
    pub const fn asked(&self) -> &EdgeRequest {
        &self.asked
    }

    /// An answer to [`Visit::asked`] has come, or to the request of [`Next::Ask`].
    pub fn answered(&mut self, now: Moment, answer: Answer, witness: &mut impl Witness) -> Next {
        let status = answer.response.status;
        if self.error.is_none()
            && status.is_error()
            && let Some(page) = self.page_request(&answer, witness)
        {
            return Next::Ask(page);
        }
        Next::Reply(self.dress(now, answer))
    }

    /// The request for the page that takes this error's place, if one is configured (CEP-01, CEP-03).
    fn page_request(&mut self, answer: &Answer, witness: &mut impl Witness) -> Option<EdgeRequest> {
        let status = answer.response.status;
        let config = Arc::clone(&self.asked.config);
        let page = config.distribution().error_response(status.0)?.page.as_ref()?;
        let target = Target::new(&page.path, "").ok()?;
        let path = page.path.clone();
        witness.note(|| Decision::PageWanted { status, path });
        let rule = config.rule_for(target.path());
        let policy = &config.rule(rule).behavior.cache_policy;
        let viewer =
            Request { method: Method::Get, content_length: 0, target, ..(*self.request).clone() };
        let viewer = Arc::new(without_conditions(viewer));
        let served = config.served_path(viewer.target.path());
        let key = (!config.rule(rule).behavior.is_caching_disabled())
            .then(|| Arc::new(CacheKey::of(&viewer, config.domain(), served, policy)));
        // CEP-04: kept as long as the error; CEP-05: unless the page's path has a behavior of its own.
        let kept_secs = answer.kept.as_ref().map(|stored| stored.lifetime.secs);
        let page_min_ttl_secs = kept_secs.ok().filter(|_| rule == self.asked.rule);
        self.error = Some(PendingError { status: page.status, contact: answer.contact });
        let asked = EdgeRequest {
            request: Arc::clone(&viewer),
            viewer,
            key,
            rule,
            page_min_ttl_secs,
            member: None,
            ..self.asked.clone()
        };
        self.asked = asked.clone();
        Some(asked)
    }

    /// The answer as the viewer gets it from the POP.
    fn dress(&self, now: Moment, answer: Answer) -> Reply {
        let mut response = answer.response;
        let mut contact = answer.contact;
        let mut is_error = response.status.is_error();
        match &self.error {
            // CEP-06: where the page fails, its own status goes out.
            Some(_) if is_error => {}
            Some(error) => {
                response.status = Status(error.status);
                contact = error.contact;
                is_error = true; // CEP-09
                if self.request.method == Method::Head {
                    response.body.length = 0;
                }
            }
            None => response = for_viewer(&self.request, response),
        }
        let mut content = Content::Whole;
        if answer.portion == Portion::Requested && self.error.is_none() {
            let name = &self.asked.identity.request_id;
            (response, content) = presented(&self.request, response, name);
        }
        let age_secs = match (answer.contact, &answer.kept) {
            (Contact::None | Contact::StaleOnError, Ok(stored)) => {
                Some(age::current_age(stored.age_value, stored.response_time, now.at))
            }
            (Contact::Validated, _) => Some(0),
            _ => None,
        };
        let fields = fields::viewer_response(
            &response.fields,
            self.asked.behavior(),
            self.asked.origin().kind,
            fields::x_cache(is_error, contact),
            age_secs,
            &self.asked.identity,
        );
        let has_none = self.request.method == Method::Head
            || matches!(response.status.0, 204 | 304 | 100..=199);
        if has_none {
            content = Content::Nothing;
        }
        let response = Response { fields: fields.into(), ..response }.into();
        Reply { response, content, contact, layer: answer.layer }
    }
}

/// A page is asked for whole.
fn without_conditions(request: Request) -> Request {
    let is_dropped = |name: &str| {
        name.eq_ignore_ascii_case("Range") || name.to_ascii_lowercase().starts_with("if-")
    };
    let fields: Fields =
        request.fields.iter().filter(|field| !is_dropped(field.name())).cloned().collect();
    Request { fields: fields.into(), ..request }
}
