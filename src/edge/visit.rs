//! A viewer's request at its POP until it is answered: the page that takes an error's place, and the answer as the viewer
//! gets it.

use std::sync::Arc;

use super::config::Config;
use super::decision::{Decision, Witness};
use super::fields::{Dressing, Identity, ServerTiming, viewer_response, x_cache};
use super::own_page::{self, OWN_PAGE};
use super::portion::presented;
use super::revalidation::for_viewer;
use super::{
    Answer, Contact, Content, EdgeRequest, Failure, Layer, Portion, Refusal, admission, admit, age,
};
use crate::http::{Fields, Method, Request, Response, Status, Target, Version};
use crate::time::{Moment, SimTime};

/// A viewer's request at its POP.
#[derive(Debug)]
pub struct Visit {
    request: Arc<Request>,
    identity: Arc<Identity>,
    config: Arc<Config>,
    rec_region: Arc<str>,
    arrived_at: SimTime,
    /// What the POP asks itself for, where it has not refused.
    asked: Option<EdgeRequest>,
    /// The error whose page is being looked for.
    error: Option<PendingError>,
}

/// An error whose page is being looked for.
#[derive(Debug)]
struct PendingError {
    /// The origin's status, or that of the POP's refusal.
    of: Status,
    /// The status that goes with the page (CE-03).
    status: u16,
    /// How the origin was involved in the error.
    contact: Contact,
}

/// What the POP does.
#[derive(Debug)]
pub enum Next {
    /// It answers the viewer.
    Reply(Reply),
    /// It asks itself, and what the tier answers comes to [`Visit::answered`].
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
    /// Whether the connection is closed after it (LIM-01, LIM-02, CEP-10).
    pub closes: bool,
}

impl Visit {
    /// The POP takes a viewer's request in: it asks itself, or answers at once.
    pub fn begin(
        now: Moment,
        request: &Arc<Request>,
        identity: &Arc<Identity>,
        config: &Arc<Config>,
        rec_region: &Arc<str>,
        witness: &mut impl Witness,
    ) -> (Self, Next) {
        let mut visit = Self {
            request: Arc::clone(request),
            identity: Arc::clone(identity),
            config: Arc::clone(config),
            rec_region: Arc::clone(rec_region),
            arrived_at: now.at,
            asked: None,
            error: None,
        };
        let next = match admit(request, identity, config, rec_region, witness) {
            Ok(asked) => {
                visit.asked = Some(asked.clone());
                Next::Ask(asked)
            }
            Err(refusal) => {
                let may_have_page = refusal.may_have_page();
                let page = may_have_page
                    .then(|| visit.page(refusal.status(), Contact::None, None, witness))
                    .flatten();
                page.map_or_else(|| Next::Reply(refused(&refusal, identity)), Next::Ask)
            }
        };
        (visit, next)
    }

    /// What the POP asks itself for, where it has not refused.
    pub const fn asked(&self) -> Option<&EdgeRequest> {
        self.asked.as_ref()
    }

    /// An answer to the last [`Next::Ask`] has come.
    pub fn answered(&mut self, now: Moment, answer: Answer, witness: &mut impl Witness) -> Next {
        let status = answer.response.status;
        if self.error.is_none() && status.is_error() {
            let kept_secs = answer.kept.as_ref().ok().map(|stored| stored.lifetime.secs);
            if let Some(page) = self.page(status, answer.contact, kept_secs, witness) {
                return Next::Ask(page);
            }
        }
        Next::Reply(self.dress(now, answer))
    }

    /// The request for the page that takes this error's place, if one is configured (CEP-01, CEP-03): an ordinary look-up
    /// under the behavior of the page's path (REC-12, MODEL). `kept_secs` says for how long the error is kept, if it is.
    fn page(
        &mut self,
        of: Status,
        contact: Contact,
        kept_secs: Option<u64>,
        witness: &mut impl Witness,
    ) -> Option<EdgeRequest> {
        let page = self.config.distribution().error_response(of.0)?.page.as_ref()?; // CEP-01
        let target = Target::new(&page.path, "").ok()?;
        witness.note(|| Decision::PageWanted { status: of, path: page.path.clone() });
        let place = self.config.rule_for(target.path()); // CEP-03
        let viewer = Arc::new(whole_get(&self.request, target));
        let (config, region) = (&self.config, &self.rec_region);
        let error_of = Some(&*self.request);
        let mut asked = admission::asked(&viewer, &self.identity, config, region, place, error_of);
        // CEP-04: kept as long as the error; CEP-05: unless the page's path has a behavior of its own.
        let is_same_rule = self.asked.as_ref().is_some_and(|failed| failed.rule == place);
        asked.page_min_ttl_secs = kept_secs.filter(|_| is_same_rule);
        self.error = Some(PendingError { of, status: page.status, contact });
        self.asked = Some(asked.clone());
        Some(asked)
    }

    /// The answer as the viewer gets it from the POP.
    fn dress(&self, now: Moment, answer: Answer) -> Reply {
        let Some(asked) = &self.asked else {
            // Nobody was asked, so nothing can be answered; kept total rather than panicking.
            return Reply {
                response: Arc::new(answer.response),
                content: Content::Nothing,
                contact: answer.contact,
                layer: answer.layer,
                closes: false,
            };
        };
        let mut response = answer.response;
        let mut contact = answer.contact;
        let mut content = Content::Whole;
        let mut is_error = response.status.is_error();
        if response.body.version == OWN_PAGE {
            content = own_content(&mut response, answer.failure, &self.identity);
        }
        match &self.error {
            // CEP-06: where the page fails, its own status goes out.
            Some(_) if is_error => {}
            Some(error) => {
                response.status = Status(error.status); // CE-03, CEP-02
                contact = error.contact;
                is_error = true; // CEP-09
            }
            None => {
                response = for_viewer(&self.request, response);
                if answer.portion == Portion::Requested {
                    let name = &self.identity.request_id;
                    (response, content) = presented(&self.request, response, name);
                }
            }
        }
        is_error |= response.status.is_error();
        let is_without = self.request.method == Method::Head
            || matches!(response.status.0, 204 | 304 | 100..=199);
        if is_without {
            content = Content::Nothing;
            response.body.length = 0;
        }
        let age_secs = match (answer.contact, &answer.kept) {
            (Contact::None | Contact::StaleOnError, Ok(stored)) => {
                Some(age::current_age(stored.age_value, stored.response_time, now.at))
            }
            (Contact::Validated, _) => Some(0),
            _ => None,
        };
        let timing = ServerTiming {
            contact,
            layer: answer.layer,
            is_plain: is_error,
            upstream: answer.timing,
            downstream: now.at.since(self.arrived_at),
            identity: &self.identity,
        };
        let mut fields = viewer_response(
            &response.fields,
            &Dressing {
                behavior: asked.behavior(),
                kind: asked.origin().kind,
                viewer: &self.request,
                x_cache: x_cache(is_error, contact),
                age_secs,
                now_unix: now.unix,
                timing,
                identity: &self.identity,
            },
        );
        let closes = self.error.as_ref().is_some_and(|error| page_closes(error.of));
        if self.error.is_some() && self.request.version <= Version::Http11 {
            fields.set("Connection", if closes { "close" } else { "keep-alive" }); // CEP-10
        }
        let response = Response { fields: fields.into(), ..response }.into();
        Reply { response, content, contact, layer: answer.layer, closes }
    }
}

/// CEP-10: with a page the connection is closed after these.
const fn page_closes(of: Status) -> bool {
    matches!(of.0, 400 | 405 | 414 | 416 | 500 | 501)
}

/// What the POP answers by itself to a request that it refuses.
fn refused(refusal: &Refusal, identity: &Identity) -> Reply {
    let (response, page) = if let Refusal::ToHttps { status, location } = refusal {
        let response = own_page::redirect(*status, location, identity);
        (response, own_page::redirect_page(*status))
    } else {
        let (status, reason) = (refusal.status(), own_page::reason_of_refusal(refusal));
        let page = own_page::page(status, reason, &identity.request_id);
        (own_page::error(status, reason, identity), page)
    };
    Reply {
        response: response.into(),
        content: Content::Page(page),
        contact: Contact::None,
        layer: Layer::Pop,
        closes: refusal.closes(),
    }
}

/// A page of CloudFront's own, written for this request; a stored one has the request id of the first.
fn own_content(response: &mut Response, failure: Option<Failure>, identity: &Identity) -> Content {
    let reason = own_page::reason_of_failure(failure.unwrap_or(Failure::ResponseTimedOut));
    let page = own_page::page(response.status, reason, &identity.request_id);
    response.body.length = page.len() as u64;
    Arc::make_mut(&mut response.fields).set("Content-Length", page.len().to_string());
    Content::Page(page)
}

/// A GET for a page: whole, whatever the viewer asked for.
fn whole_get(viewer: &Request, target: Target) -> Request {
    let is_dropped = |name: &str| {
        name.eq_ignore_ascii_case("Range") || name.to_ascii_lowercase().starts_with("if-")
    };
    let fields: Fields =
        viewer.fields.iter().filter(|field| !is_dropped(field.name())).cloned().collect();
    let fields = fields.into();
    Request { method: Method::Get, content_length: 0, target, fields, ..*viewer }
}
