//! A viewer's request at its POP until it is answered, and the answer as the viewer gets it.

mod function;
mod page;
pub use function::FunctionRun;
use page::{PendingError, page_closes};

use std::sync::Arc;

use super::config::Config;
use super::decision::Witness;
use super::fields::{Dressing, Identity, ServerTiming, dressed_bytes, viewer_response};
use super::functions::on_response;
use super::own_page;
use super::portion::presented;
use super::reply::Finish;
use super::request::Wanted;
use super::revalidation::for_viewer;
use super::staging::{self, ViewerSession};
use super::{
    Answer, Contact, Content, EdgeRequest, Failure, Portion, Refusal, Reply, ResultType, Summary,
    Tier, UpstreamTiming, admission, age, signature,
};
use crate::distribution::FunctionEvent;
use crate::http::{Method, Request, Response, Status, Version};
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

/// What the POP does.
#[derive(Debug)]
pub enum Next {
    /// It answers the viewer.
    Reply(Reply),
    /// It asks itself for [`Visit::asked`], and what the tier answers comes to [`Visit::answered`].
    Ask,
    /// A function runs, and it waits for that (EDGE-07): then [`Visit::ran`] says how it goes on.
    Run(FunctionRun),
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
        let of = |wanted: Wanted| Self {
            asked: wanted.into(),
            arrived_at: now.at,
            error: None,
            session: None,
        };
        let passed = admission::check(now, &mut wanted, pop, witness);
        let function = admission::function_of(&wanted).filter(|_| passed.is_ok());
        if let Some(runtime) = function.map(|function| function.runtime) {
            return (of(wanted), Next::Run(FunctionRun { runtime, reply: None })); // VSEC-10
        }
        let admitted = admission::admit(passed, &mut wanted, pop, witness);
        let mut visit = of(wanted);
        let next = visit.admitted(now, admitted, pop, witness);
        (visit, next)
    }

    /// After all checks: it asks itself, or a page is looked for in the error's place, or it answers.
    fn admitted(
        &mut self,
        now: Moment,
        admitted: Result<(), Refusal>,
        pop: &mut Tier,
        witness: &mut impl Witness,
    ) -> Next {
        let Err(refusal) = admitted else { return Next::Ask };
        let has_page = refusal.may_have_page()
            && self.turn_to_page(refusal.status(), Involved::NONE, None, pop, witness);
        if has_page {
            return Next::Ask;
        }
        Next::Reply(Reply::refusing(now, &refusal, self.asked.identity()))
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
        match self.function_for(&reply) {
            None => Next::Reply(reply),
            Some(function) => {
                Next::Run(FunctionRun { runtime: function.runtime, reply: Some(reply.into()) })
            }
        }
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

/// A request without the cookies that the edge alone reads: of a session (CD-21), and of a signature.
fn without_own_cookies(request: &Arc<Request>, may_be_signed: bool) -> Option<Arc<Request>> {
    let without = staging::without_session(request);
    if !may_be_signed {
        return without;
    }
    signature::without_signature(without.as_ref().unwrap_or(request)).or(without)
}
