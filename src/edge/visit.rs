//! A viewer's request at its POP until it is answered: the page that takes an error's place, and the answer as the viewer
//! gets it.

use std::sync::Arc;

use super::config::Config;
use super::decision::{Decision, Witness};
use super::fields::{Dressing, Identity, ServerTiming, dressed_bytes, viewer_response};
use super::functions::{Did, Handed, Ran, on_response};
use super::own_page;
use super::portion::presented;
use super::reply::Finish;
use super::request::Wanted;
use super::revalidation::for_viewer;
use super::staging::{self, ViewerSession};
use super::storable::PageKept;
use super::{
    Answer, Contact, Content, EdgeRequest, Failure, Portion, Refusal, Reply, ResultType, Summary,
    Tier, UpstreamTiming, admission, age, signature,
};
use crate::distribution::FunctionEvent;
use crate::http::{Fields, Method, Request, Response, Status, Target, Version};
use crate::time::{Moment, SimTime};

/// A viewer's request at its POP.
#[derive(Debug)]
pub struct Visit {
    /// What the POP asks itself for, or has refused.
    asked: EdgeRequest,
    arrived_at: SimTime,
    /// The error whose page is being looked for.
    error: Option<Box<PendingError>>,
    /// The session that the answer tells the viewer of (CD-06).
    session: Option<ViewerSession>,
}

/// An error whose page is being looked for.
#[derive(Debug)]
struct PendingError {
    /// The viewer's request; the POP now asks for the page.
    request: Arc<Request>,
    /// The origin's status, or that of the POP's refusal.
    of: Status,
    /// The status that goes with the page (CE-03).
    status: u16,
    /// How the origin was involved in the error.
    origin: Involved,
}

/// What the POP does.
#[derive(Debug)]
pub enum Next {
    /// It answers the viewer.
    Reply(Reply),
    /// It asks itself for [`Visit::asked`], and what the tier answers comes to [`Visit::answered`].
    Ask,
}

/// How the origin was involved in an answer, and what the way to it took (ST-08 to ST-10).
#[derive(Clone, Copy, Debug)]
struct Involved {
    contact: Contact,
    timing: Option<UpstreamTiming>,
}

impl Involved {
    const NONE: Self = Self { contact: Contact::None, timing: None };
}

impl Reply {
    /// Whether the POP dresses what came to it, and so announces HTTP/3 where there is any (TLS-39); its own answers say
    /// nothing of that.
    pub const fn is_dressed(&self) -> bool {
        self.finish.is_some()
    }
}

impl Visit {
    /// The POP takes a viewer's request in: it asks itself, or answers at once.
    pub fn begin(
        now: Moment,
        request: Arc<Request>,
        identity: Identity,
        config: Arc<Config>,
        pop: &mut Tier,
        witness: &mut impl Witness,
    ) -> (Self, Next) {
        let rule = config.rule_for(request.target.path());
        let mut wanted = Wanted {
            rewritten: staging::without_session(&request), // CD-21
            viewer: request,
            seen: None,
            identity,
            key: None,
            config,
            rule,
            page: None,
        };
        let refusal = admission::admit(now, &mut wanted, pop, witness).err();
        let mut visit =
            Self { asked: wanted.into(), arrived_at: now.at, error: None, session: None };
        let next = match refusal {
            None => Next::Ask,
            Some(refusal) => {
                let has_page = refusal.may_have_page()
                    && visit.turn_to_page(refusal.status(), Involved::NONE, None, pop, witness);
                if has_page {
                    Next::Ask
                } else {
                    Next::Reply(Reply::refusing(now, &refusal, visit.asked.identity()))
                }
            }
        };
        (visit, next)
    }

    /// The answer will tell the viewer of this session (CD-06).
    #[must_use]
    pub fn within(self, session: Option<ViewerSession>) -> Self {
        Self { session, ..self }
    }

    /// The session that the answer tells the viewer of.
    pub const fn session(&self) -> Option<&ViewerSession> {
        self.session.as_ref()
    }

    /// What the POP asks itself for.
    pub const fn asked(&self) -> &EdgeRequest {
        &self.asked
    }

    /// The viewer's request.
    pub fn request(&self) -> &Arc<Request> {
        self.error.as_ref().map_or_else(|| self.asked.viewer(), |error| &error.request)
    }

    /// An answer to the last [`Next::Ask`] has come.
    pub fn answered(
        &mut self,
        now: Moment,
        answer: &Answer,
        pop: &mut Tier,
        witness: &mut impl Witness,
    ) -> Next {
        let (response, content) = self.presented(answer);
        if self.error.is_none() && response.status.is_error() {
            let is_kept = response.status == answer.response.status; // ERR-04: a 416 of the POP's own is not
            let kept = answer.kept.as_ref().ok().filter(|_| is_kept);
            let kept_secs = kept.map(|stored| stored.lifetime.secs); // CEP-11
            let origin = Involved { contact: answer.contact, timing: answer.timing };
            if self.turn_to_page(response.status, origin, kept_secs, pop, witness) {
                return Next::Ask;
            }
        }
        let reply = self.reply(now, answer, response, content);
        Next::Reply(self.with_function(now, reply, witness))
    }

    /// EDGE-04, FLOW-14: the function at the viewer's response has the last word, but not on errors and their pages.
    fn with_function(&self, now: Moment, mut reply: Reply, witness: &mut impl Witness) -> Reply {
        let event = FunctionEvent::ViewerResponse;
        let function = self.asked.behavior().functions.at(event);
        let is_passed_over = self.error.is_some() || reply.status.is_error();
        let Some(function) = function.filter(|_| !is_passed_over) else { return reply };
        let (viewer, identity) = (self.request(), self.asked.identity());
        // What it does goes by the request alone; its fields are set where the answer is written out.
        let id = identity.request_id;
        let did = on_response(function, event, viewer, id, &mut Fields::new());
        witness.note(|| {
            let handed = || {
                let distribution = self.asked.config().distribution();
                // CD-21, SIG-20: cookies that the edge alone reads are no business of a function's.
                let is_trusting = self.asked.behavior().trusted.is_some();
                let own = without_own_cookies(viewer, is_trusting);
                let request = own.as_ref().unwrap_or(viewer);
                let given = self.written(&reply);
                let after = Reply { function: Some(Arc::clone(function)), ..reply.clone() };
                let after = self.written(&after);
                Handed::at_response(distribution, identity, request, function, &did, given, after)
                    .seeing(self.asked.behavior(), identity, &did)
            };
            Decision::FunctionRan(Ran::of(function, event, did.clone()).with(handed))
        });
        if let Did::Failed(fault) = did {
            let refusal = Refusal::FunctionFailed { runtime: function.runtime, fault };
            return Reply::refusing(now, &refusal, identity);
        }
        reply.function = Some(Arc::clone(function));
        reply
    }

    /// What of an answer is for the viewer, with the status that it has for him: 304 where his copy is good, 416 where no
    /// byte of it was asked for (RNG-14, CEP-01). A page in an error's place goes out as it is.
    fn presented(&self, answer: &Answer) -> (Response, Content) {
        let (mut response, identity) = (answer.response.clone(), self.asked.identity());
        let mut content = Content::Whole;
        if let Some(failure) = own_page::failure_of(response.body.version) {
            content = own_content(&mut response, failure, identity);
        }
        if self.error.is_some() {
            return (response, content);
        }
        let response = for_viewer(self.request(), response);
        match answer.portion {
            Portion::Requested => presented(self.request(), response, identity.request_id),
            Portion::Whole => (response, content),
        }
    }

    /// Asks for the page that takes this error's place, if one is configured (CEP-01, CEP-03): an ordinary look-up
    /// under the behavior of the page's path (REC-12, MODEL). `kept_secs` says for how long the error is kept, if it is.
    fn turn_to_page(
        &mut self,
        of: Status,
        origin: Involved,
        kept_secs: Option<u64>,
        pop: &mut Tier,
        witness: &mut impl Witness,
    ) -> bool {
        let failed = self.asked.wanted();
        let configured = failed.config.distribution().error_response(of.0);
        let Some(page) = configured.and_then(|response| response.page.as_ref()) else {
            return false; // CEP-01
        };
        let Ok(target) = Target::new(&page.path, "") else { return false };
        witness.note(|| Decision::PageWanted { status: of, path: page.path.clone() });
        let place = failed.config.rule_for(target.path()); // CEP-03
        let (request, status) = (Arc::clone(&failed.viewer), page.status);
        let fetch = Arc::new(whole_get(&request, target));
        let is_trusted = |rule| failed.config.rule(rule).behavior.trusted.is_some();
        let may_be_signed = is_trusted(failed.rule) || is_trusted(place);
        let mut wanted = Wanted {
            // SIG-20, QS-09: no cookie of a signature goes further. EDGE-01: no function runs on the fetch of a page.
            rewritten: without_own_cookies(&fetch, may_be_signed),
            viewer: fetch,
            rule: place,
            // CEP-04, CEP-11: kept like the error; CEP-05: unless the page's path has a behavior of its own.
            page: failed
                .config
                .rule(place)
                .behavior
                .pattern
                .is_default()
                .then(|| kept_secs.map_or(PageKept::NotAtAll, PageKept::ForSecs)),
            ..failed.clone()
        };
        admission::give_key(&mut wanted, pop, Some(&request));
        admission::tell_key(&wanted, witness); // the page has one of its own
        self.asked = wanted.into();
        self.error = Some(PendingError { request, of, status, origin }.into());
        true
    }

    /// The answer as the viewer gets it from the POP.
    fn reply(
        &self,
        now: Moment,
        answer: &Answer,
        mut response: Response,
        mut content: Content,
    ) -> Reply {
        let mut origin = Involved { contact: answer.contact, timing: answer.timing };
        let version = response.body.version;
        let mut is_error = response.status.is_error();
        let mut page_of = None;
        match &self.error {
            // CEP-06: where the page fails, its own status goes out; CEP-13 (MODEL): so does a redirect in its place.
            Some(_) if !response.status.is_success() => is_error = true,
            Some(error) => {
                page_of = Some(error.of);
                response.status = Status(error.status); // CE-03, CEP-02
                origin = error.origin; // ST-18: of the error, wherever the page comes from
                is_error = true; // CEP-09
            }
            None => {}
        }
        let connection = page_of
            .filter(|_| self.request().version <= Version::Http11)
            .map(|of| if page_closes(of) { "close" } else { "keep-alive" }); // CEP-10
        let is_without = self.request().method == Method::Head
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
        Reply {
            status: response.status,
            body: response.body,
            content,
            contact: origin.contact,
            layer: answer.layer,
            member: answer.member,
            is_from_origin: matches!(answer.contact, Contact::Fetched | Contact::Validated)
                && !own_page::is_own(response.body.version),
            result: match own_page::failure_of(version) {
                Some(Failure::FunctionThrew) => ResultType::LambdaExecutionError, // LOG-52
                Some(Failure::FunctionInvalid) => ResultType::LambdaValidationError, // EDGE-59
                _ => ResultType::of(is_error, origin.contact),
            },
            closes: connection == Some("close"),
            function: None,
            fields: response.fields,
            finish: Some(Finish { connection, age_secs, at: now, upstream: origin.timing }),
        }
    }

    /// A reply written out.
    pub fn response(&self, reply: &Reply) -> Response {
        let mut response = self.written(reply);
        if let Some(session) = &self.session {
            let fields = Arc::make_mut(&mut response.fields);
            fields.add("Set-Cookie", staging::set_cookie(session)); // CD-06
        }
        response
    }

    /// The same as long as the viewer's session is not told of.
    fn written(&self, reply: &Reply) -> Response {
        let fields = match &reply.finish {
            None => Arc::clone(&reply.fields),
            Some(finish) => {
                let dressing = self.dressing(reply, finish);
                let mut fields = viewer_response(&reply.fields, &dressing);
                if let Some(connection) = finish.connection {
                    fields.set("Connection", connection);
                }
                if let Some(function) = &reply.function {
                    let (event, id) =
                        (FunctionEvent::ViewerResponse, self.asked.identity().request_id);
                    on_response(function, event, self.request(), id, &mut fields); // EDGE-12
                }
                fields.into()
            }
        };
        Response { status: reply.status, fields, body: reply.body }
    }

    /// What an access log says of a reply, without writing it out where that can be spared.
    pub fn summary(&self, reply: &Reply) -> Summary {
        let is_plain = self.error.is_none() && reply.function.is_none() && self.session.is_none();
        let quick = reply.finish.as_ref().filter(|_| is_plain).and_then(|finish| {
            Some(Summary {
                status: reply.status,
                result: reply.result,
                head_bytes: dressed_bytes(&reply.fields, &self.dressing(reply, finish))?,
                body_bytes: reply.body.length,
            })
        });
        quick.unwrap_or_else(|| Summary::of(&self.response(reply), reply.result))
    }

    fn dressing<'a>(&'a self, reply: &'a Reply, finish: &Finish) -> Dressing<'a> {
        let (asked, identity) = (&self.asked, self.asked.identity());
        Dressing {
            behavior: asked.behavior(),
            viewer: self.request(),
            result: reply.result,
            age_secs: finish.age_secs,
            now_unix: finish.at.unix,
            timing: ServerTiming {
                contact: reply.contact,
                layer: reply.layer,
                is_plain: reply.result.is_plain(),
                upstream: finish.upstream,
                downstream: finish.at.at.since(self.arrived_at),
                identity,
            },
            identity,
            announces_http3: asked.config().distribution().http_versions.has_http3(),
        }
    }
}

/// A page of CloudFront's own, written for this request; a stored one has the request id of the first.
fn own_content(response: &mut Response, failure: Failure, identity: &Identity) -> Content {
    let reason = own_page::reason_of_failure(failure);
    let page = own_page::page(response.status, reason, identity.request_id);
    response.body.length = page.len() as u64;
    Arc::make_mut(&mut response.fields).set("Content-Length", page.len().to_string());
    Content::Page(page)
}

/// A GET for a page: whole, whatever the viewer asked for, and without the content that the viewer sent (CEP-03).
fn whole_get(viewer: &Request, target: Target) -> Request {
    let is_dropped = |name: &str| {
        let name = name.to_ascii_lowercase();
        name == "range"
            || name == "expect"
            || name.starts_with("if-")
            || name.starts_with("content-")
    };
    let fields: Fields =
        viewer.fields.iter().filter(|field| !is_dropped(field.name())).cloned().collect();
    let fields = fields.into();
    Request { method: Method::Get, content_length: 0, target, fields, ..*viewer }
}

/// A request without the cookies that the edge alone reads: of a session (CD-21), and of a signature.
fn without_own_cookies(request: &Arc<Request>, may_be_signed: bool) -> Option<Arc<Request>> {
    let without = staging::without_session(request);
    if !may_be_signed {
        return without;
    }
    signature::without_signature(without.as_ref().unwrap_or(request)).or(without)
}

/// CEP-10: with a page the connection is closed after these.
const fn page_closes(of: Status) -> bool {
    matches!(of.0, 400 | 405 | 414 | 416 | 500 | 501)
}
