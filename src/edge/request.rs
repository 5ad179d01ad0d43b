//! What a tier is asked for.

use std::sync::{Arc, OnceLock};

use super::config::{Config, Member, Rule};
use super::fields::{self, Identity};
use super::portion::{self, Cut, cut};
use super::revalidation::{conditional, is_same, unconditional};
use super::{CacheKey, Layer, Portion, StoredResponse};
use crate::distribution::{Behavior, Origin};
use crate::http::{Method, Request, Response, Scheme};

/// A request as a tier gets it, with what the POP made of it.
#[derive(Clone, Debug)]
pub struct EdgeRequest {
    /// As the viewer sent it to the POP.
    pub viewer: Arc<Request>,
    /// As keys and origins are made of it: mostly the viewer's itself.
    seen: Arc<Request>,
    /// Who asks, and through which POP.
    pub identity: Identity,
    /// None where no cache may answer.
    pub key: Option<Arc<CacheKey>>,
    /// The distribution.
    pub config: Arc<Config>,
    /// The place of the rule that matched at the POP.
    pub rule: usize,
    /// Which origin of a group is meant, once a tier has turned to one (FO-06).
    pub member: Option<Member>,
    /// The stale response that the tier below holds and asks about, if it does.
    pub held_below: Option<Arc<StoredResponse>>,
    /// The tier below that passed it on, if it does not come from the viewer.
    below: Option<Box<Below>>,
    /// Whether nobody waits for the answer: a refresh in the background (STALE-01).
    pub is_background: bool,
    /// Whether it waited for another request's answer in vain, and now goes alone (COL-06).
    pub goes_alone: bool,
    /// For how many seconds at least its answer is kept: set for an error page (CEP-04).
    pub page_min_ttl_secs: Option<u64>,
}

/// The tier that passed a request on.
#[derive(Clone, Debug)]
struct Below {
    /// As it got the request.
    asked: Arc<EdgeRequest>,
    layer: Layer,
    /// Whether it takes conditions out.
    drops_conditions: bool,
    /// What goes over the wire; made where somebody looks at it.
    request: OnceLock<Arc<Request>>,
}

impl EdgeRequest {
    /// A viewer's request at its POP under the rule at a place, with its key and as the edge sees it.
    pub(super) fn of_viewer(
        viewer: &Arc<Request>,
        seen: Arc<Request>,
        identity: &Identity,
        key: Option<Arc<CacheKey>>,
        config: &Arc<Config>,
        rule: usize,
    ) -> Self {
        Self {
            viewer: Arc::clone(viewer),
            seen,
            identity: identity.clone(),
            key,
            config: Arc::clone(config),
            rule,
            member: None,
            held_below: None,
            below: None,
            is_background: false,
            goes_alone: false,
            page_min_ttl_secs: None,
        }
    }

    /// As a tier in this layer passes it on to an origin of the group or to the next tier; `held` is the stale response that
    /// it asks about, if it does, and otherwise it may take conditions out.
    pub(super) fn onward(
        self: &Arc<Self>,
        layer: Layer,
        member: Option<Member>,
        held: Option<Arc<StoredResponse>>,
        drops_conditions: bool,
    ) -> Self {
        let request = OnceLock::new();
        let below = Below { asked: Arc::clone(self), layer, drops_conditions, request };
        Self { member, held_below: held, below: Some(Box::new(below)), ..(**self).clone() }
    }

    /// As it arrived at this tier: at a POP from the viewer, further up as the origin would get it.
    pub fn request(&self) -> &Arc<Request> {
        match &self.below {
            None => &self.viewer,
            Some(below) => below.request.get_or_init(|| self.made(below)),
        }
    }

    /// A POP makes the origin's request, the others hand on what they got, but for a request that turns to the other
    /// origin of a group.
    fn made(&self, below: &Below) -> Arc<Request> {
        let plain = if below.layer != Layer::Pop && self.member != Some(Member::Secondary) {
            Arc::clone(below.asked.request())
        } else {
            self.for_origin()
        };
        match &self.held_below {
            Some(held) => conditional(&plain, held),
            None if below.drops_conditions => unconditional(&plain),
            None => plain,
        }
    }

    fn for_origin(&self) -> Arc<Request> {
        let path = self.config.served_path(self.seen.target.path());
        let (behavior, origin) = (self.behavior(), self.origin());
        let mut request =
            fields::origin_request(&self.seen, path, behavior, origin, &self.identity);
        if self.key.is_some() && request.fields.has("Range") {
            portion::outgoing(Arc::make_mut(&mut request.fields), self.is_background);
        }
        request.into()
    }

    /// Its method, the same all the way.
    pub fn method(&self) -> Method {
        self.viewer.method
    }

    /// The rule that matched.
    pub fn rule(&self) -> &Rule {
        self.config.rule(self.rule)
    }

    /// Its behavior.
    pub fn behavior(&self) -> &Behavior {
        &self.rule().behavior
    }

    /// The origin that is meant.
    pub fn origin(&self) -> &Origin {
        self.rule().member(self.member.unwrap_or(Member::Primary))
    }

    /// Whether it asks if a stale response that was stored below is still good (REV-02, REV-03).
    pub(super) const fn is_conditional(&self) -> bool {
        self.held_below.is_some()
    }

    /// The scheme by which the origin is asked (MET-13).
    pub fn origin_scheme(&self) -> Scheme {
        self.origin().scheme(self.viewer.scheme)
    }

    /// The code of the Region of the POP's REC.
    pub fn rec_region(&self) -> &str {
        &self.identity.location.rec_region
    }

    /// The field that holds cache tags, if tags are used (TAG-01).
    pub fn tag_header(&self) -> Option<&str> {
        self.config.distribution().cache_tag_header.as_deref()
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
        self.viewer.fields.has("Range")
    }

    /// What travels down for this response, in bytes: a head alone where the tier below holds the same version.
    pub(super) fn wire_bytes(&self, response: &Response, portion: Portion) -> u64 {
        let is_held =
            self.held_below.as_ref().is_some_and(|held| is_same(&held.response, response));
        if is_held {
            return 0;
        }
        if portion == Portion::Requested
            && let Cut::Parts(parts) = self.cut(response)
        {
            return parts.iter().map(|part| part.len()).sum();
        }
        response.body.length
    }
}
