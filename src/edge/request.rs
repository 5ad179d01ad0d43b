//! What a tier is asked for.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::config::{Config, Member, Rule};
use super::fields::{self, Identity};
use super::portion::{self, Cut, cut};
use super::revalidation::{conditional, is_conditional, is_same, unconditional};
use super::storable::PageKept;
use super::{CacheKey, Layer, Portion, StoredResponse};
use crate::distribution::{Behavior, Origin, Proof};
use crate::http::{Method, Request, Response, Scheme};
use crate::network::Region;

/// A request as a tier gets it.
#[derive(Clone, Debug)]
pub struct EdgeRequest {
    came: Came,
    /// Which origin of a group is meant, once a tier has turned to one (FO-06).
    pub member: Option<Member>,
    /// The stale response that the tier below holds and asks about, if it does.
    pub held_below: Option<Arc<StoredResponse>>,
    /// Whether nobody waits for the answer: a refresh in the background (STALE-01).
    pub is_background: bool,
    /// Whether it waited for another request's answer in vain, and now goes alone (COL-06).
    pub goes_alone: bool,
}

/// Where a request comes from.
#[derive(Clone, Debug)]
enum Came {
    FromViewer(Wanted),
    FromTier(Below),
}

/// What a POP made of a viewer's request; tiers further up share it.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// As the viewer sent it to the POP.
    pub(super) viewer: Arc<Request>,
    /// As a function at the viewer's request passed it on, where that is another one (EDGE-08).
    pub(super) rewritten: Option<Arc<Request>>,
    /// As keys and origins are made of it, where that is not the viewer's itself.
    pub(super) seen: Option<Arc<Request>>,
    /// Who asks, and through which POP.
    pub(super) identity: Identity,
    /// None where no cache may answer.
    pub(super) key: Option<CacheKey>,
    pub(super) config: Arc<Config>,
    /// The place of the rule that matched at the POP.
    pub(super) rule: usize,
    /// What becomes of its answer, where that is a page that takes an error's place and has no behavior of its own.
    pub(super) page: Option<PageKept>,
}

/// The tier that passed a request on.
#[derive(Clone, Debug)]
struct Below {
    /// As it got the request.
    asked: Arc<EdgeRequest>,
    /// As the POP got it.
    first: Arc<EdgeRequest>,
    layer: Layer,
    /// What it takes out.
    leaves_out: LeavesOut,
    /// What goes over the wire; made where somebody looks at it.
    request: OnceLock<Arc<Request>>,
    /// Whether a function at the origin's request changed it.
    is_rewritten: bool,
}

/// What a tier takes out of a request that it passes on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeavesOut {
    /// The conditions, where it adds none of its own.
    pub(super) conditions: bool,
    /// The range (RNG-18).
    pub(super) range: bool,
}

/// A request that somebody else holds; kept by whoever has to pass it on.
#[derive(Clone, Copy, Debug)]
pub enum Asking<'a> {
    /// Of a viewer.
    Own(&'a EdgeRequest),
    /// Of the tier below.
    Shared(&'a Arc<EdgeRequest>),
}

impl Asking<'_> {
    /// The same, to be kept.
    pub(super) fn keep(self) -> Arc<EdgeRequest> {
        match self {
            Self::Own(asked) => Arc::new(asked.clone()),
            Self::Shared(asked) => Arc::clone(asked),
        }
    }
}

impl Deref for Asking<'_> {
    type Target = EdgeRequest;

    fn deref(&self) -> &EdgeRequest {
        match self {
            Self::Own(asked) => asked,
            Self::Shared(asked) => asked,
        }
    }
}

impl<'a> From<&'a EdgeRequest> for Asking<'a> {
    fn from(asked: &'a EdgeRequest) -> Self {
        Self::Own(asked)
    }
}

impl<'a> From<&'a Arc<EdgeRequest>> for Asking<'a> {
    fn from(asked: &'a Arc<EdgeRequest>) -> Self {
        Self::Shared(asked)
    }
}

impl From<Wanted> for EdgeRequest {
    /// As its POP gets it.
    fn from(wanted: Wanted) -> Self {
        Self {
            came: Came::FromViewer(wanted),
            member: None,
            held_below: None,
            is_background: false,
            goes_alone: false,
        }
    }
}

impl EdgeRequest {
    /// As a tier in this layer passes it on to an origin of the group or to the next tier; `held` is the stale response that
    /// it asks about, if it does.
    pub(super) fn onward(
        self: &Arc<Self>,
        layer: Layer,
        member: Option<Member>,
        held: Option<Arc<StoredResponse>>,
        leaves_out: LeavesOut,
    ) -> Self {
        let (asked, request) = (Arc::clone(self), OnceLock::new());
        let first = match &self.came {
            Came::FromViewer(_) => Arc::clone(self),
            Came::FromTier(below) => Arc::clone(&below.first),
        };
        let below = Below { asked, first, layer, leaves_out, request, is_rewritten: false };
        Self {
            came: Came::FromTier(below),
            member,
            held_below: held,
            is_background: self.is_background,
            goes_alone: self.goes_alone,
        }
    }

    /// Puts what a function at the origin's request made of it in its place (EDGE-17).
    pub(super) fn rewrite(&mut self, request: Arc<Request>) {
        if let Came::FromTier(below) = &mut self.came {
            below.request = OnceLock::from(request);
            below.is_rewritten = true;
        }
    }

    fn is_rewritten(&self) -> bool {
        matches!(&self.came, Came::FromTier(below) if below.is_rewritten)
    }

    pub(super) fn wanted(&self) -> &Wanted {
        match &self.came {
            Came::FromViewer(wanted) => wanted,
            Came::FromTier(below) => below.first.wanted(),
        }
    }

    /// As the viewer sent it to the POP.
    pub fn viewer(&self) -> &Arc<Request> {
        &self.wanted().viewer
    }

    /// Who asks, and through which POP.
    pub fn identity(&self) -> &Identity {
        &self.wanted().identity
    }

    /// None where no cache may answer. REC-02, SHD-17 (MODEL): what OPTIONS brings is kept by a POP alone.
    pub fn key(&self) -> Option<&CacheKey> {
        let is_for_pops = self.method() == Method::Options;
        let is_past_pop = matches!(self.came, Came::FromTier(_));
        self.wanted().key.as_ref().filter(|_| !(is_for_pops && is_past_pop))
    }

    /// The distribution.
    pub fn config(&self) -> &Arc<Config> {
        &self.wanted().config
    }

    /// As it arrived at this tier: at a POP from the viewer, further up as the origin would get it.
    pub fn request(&self) -> &Arc<Request> {
        match &self.came {
            Came::FromViewer(wanted) => &wanted.viewer,
            Came::FromTier(below) => below.request.get_or_init(|| self.made(below)),
        }
    }

    /// A POP makes the origin's request, the others hand on what they got. For a request that turns to the other origin of
    /// a group it is made anew, with all that the tiers below did to its conditions (FO-02).
    fn made(&self, below: &Below) -> Arc<Request> {
        if below.layer != Layer::Pop && self.member != Some(Member::Secondary) {
            self.changed(below, Arc::clone(below.asked.request()))
        } else {
            self.changed_by_all(self.for_origin())
        }
    }

    /// A request with what the tiers below and the one that passed it on did to its conditions and its range.
    fn changed_by_all(&self, plain: Arc<Request>) -> Arc<Request> {
        match &self.came {
            Came::FromViewer(_) => plain,
            Came::FromTier(below) => self.changed(below, below.asked.changed_by_all(plain)),
        }
    }

    /// A request with what the tier that passed it on did to its conditions and its range.
    fn changed(&self, below: &Below, request: Arc<Request>) -> Arc<Request> {
        let mut request = match &self.held_below {
            Some(held) => conditional(&request, held),
            None if below.leaves_out.conditions => unconditional(&request),
            None => request,
        };
        if below.leaves_out.range {
            portion::without_range(Arc::make_mut(&mut Arc::make_mut(&mut request).fields));
        }
        request
    }

    fn for_origin(&self) -> Arc<Request> {
        let wanted = self.wanted();
        let seen = wanted.seen();
        let path = wanted.config.served_path(seen.target.path());
        let (behavior, origin) = (self.behavior(), self.origin());
        let mut request = fields::origin_request(seen, path, behavior, origin, &wanted.identity);
        request.method = self.method();
        let is_kept = wanted.key.is_some();
        if (is_kept || self.method() == Method::Get) && request.fields.has("Range") {
            portion::outgoing(Arc::make_mut(&mut request.fields), is_kept, self.is_background);
        }
        request.into()
    }

    /// What of it decides at the origin, besides the method: the path below the origin's own, and the request as it
    /// arrives. At most origins no field has a say without conditions and ranges, and the request need not be written out.
    pub fn path_and_request(&self) -> (&str, Option<&Arc<Request>>) {
        let wanted = self.wanted();
        let query = wanted.seen().target.query();
        let is_plain = !self.is_rewritten()
            && self.origin().kind.goes_by_path()
            && !query.is_some_and(|query| query.contains("Signature=")) // SIG-56
            && self.is_unconditional()
            && !self.has_range()
            && !is_conditional(&wanted.viewer)
            && self.origin().path.is_empty()
            && self.origin().custom_headers.is_empty()
            && !(self.origin().kind.is_s3() && self.behavior().forwards("Host")); // OK-25
        let path = wanted.config.served_path(wanted.seen().target.path());
        (path, if is_plain { None } else { Some(self.request()) })
    }

    /// What it proves to the origin of who sends it (OSEC-02 to OSEC-04).
    pub fn proof(&self) -> Proof {
        self.origin().access.proof(self.wanted().seen().fields.has("Authorization"))
    }

    /// Whether no tier on its way added a condition.
    pub(super) fn is_unconditional(&self) -> bool {
        self.held_below.is_none()
            && match &self.came {
                Came::FromViewer(_) => true,
                Came::FromTier(below) => below.asked.is_unconditional(),
            }
    }

    /// Its method, the viewer's all the way. A refresh in the background renews the object itself, whatever of it was asked
    /// for, so a HEAD makes it a GET (STALE-01, STALE-15).
    pub fn method(&self) -> Method {
        match self.viewer().method {
            Method::Head if self.is_background => Method::Get,
            method => method,
        }
    }

    /// The rule that matched.
    pub fn rule(&self) -> &Rule {
        let wanted = self.wanted();
        wanted.config.rule(wanted.rule)
    }

    /// Its behavior.
    pub fn behavior(&self) -> &Behavior {
        &self.rule().behavior
    }

    /// Which origin of a group is meant: the primary one until a tier turns to the other (FO-06).
    pub(super) fn member(&self) -> Member {
        self.member.unwrap_or(Member::Primary)
    }

    /// The origin that is meant.
    pub fn origin(&self) -> &Origin {
        self.rule().member(self.member())
    }

    /// Where it stands, if its Region is one that is known.
    pub fn region(&self) -> Option<Region> {
        self.rule().region(self.member())
    }

    /// Whether it asks if a stale response that was stored below is still good (REV-02, REV-03).
    pub(super) const fn is_conditional(&self) -> bool {
        self.held_below.is_some()
    }

    /// The scheme by which the origin is asked (MET-13).
    pub fn origin_scheme(&self) -> Scheme {
        self.origin().scheme(self.viewer().scheme)
    }

    /// The code of the Region of the POP's REC.
    pub fn rec_region(&self) -> &str {
        &self.identity().location().rec_region
    }

    /// The field that holds cache tags, if tags are used (TAG-01).
    pub fn tag_header(&self) -> Option<&str> {
        self.config().distribution().cache_tag_header.as_deref()
    }

    /// What it asks for of this response, as it arrived.
    pub(super) fn cut(&self, response: &Response) -> Cut {
        if self.has_range() { cut(self.request(), response) } else { Cut::Whole }
    }

    /// The Range that it arrived with.
    pub(super) fn range(&self) -> Option<&str> {
        if self.has_range() { self.request().fields.get("Range") } else { None }
    }

    /// Whether ranges matter: no tier adds any.
    fn has_range(&self) -> bool {
        self.viewer().fields.has("Range")
    }

    /// What travels down for this response, in bytes: a head alone where the tier below holds the same version.
    pub(super) fn wire_bytes(&self, response: &Response, portion: Portion) -> u64 {
        let is_held =
            self.held_below.as_ref().is_some_and(|held| is_same(held.response(), response));
        if is_held || self.method() == Method::Head {
            return 0; // MET-07: a head alone
        }
        match self.cut(response) {
            Cut::Parts(parts) if portion == Portion::Requested => {
                parts.iter().map(|part| part.len()).sum()
            }
            Cut::Unsatisfiable if portion == Portion::Requested => 0, // RNG-14
            _ => response.body.length,
        }
    }
}

impl Wanted {
    /// As keys and origins are made of it: mostly the viewer's itself.
    pub(super) fn seen(&self) -> &Arc<Request> {
        self.seen.as_ref().unwrap_or(self.rewritten())
    }

    /// As the function at the viewer's request passed it on: mostly the viewer's itself.
    pub(super) fn rewritten(&self) -> &Arc<Request> {
        self.rewritten.as_ref().unwrap_or(&self.viewer)
    }
}
