//! What a tier is asked for.

use std::sync::Arc;

use super::config::{Config, Member, Rule};
use super::fields::{self, Identity};
use super::portion::{self, Cut, cut};
use super::revalidation::is_same;
use super::{CacheKey, Layer, Portion, StoredResponse};
use crate::distribution::{Behavior, Origin};
use crate::http::{Request, Response};

/// A request as a tier gets it, with what the POP made of it.
#[derive(Clone, Debug)]
pub struct EdgeRequest {
    /// As it arrived at this tier: at a POP from the viewer, further up as the origin would get it.
    pub request: Arc<Request>,
    /// As the viewer sent it to the POP.
    pub viewer: Arc<Request>,
    /// Who asks, and through which POP.
    pub identity: Arc<Identity>,
    /// None where no cache may answer.
    pub key: Option<Arc<CacheKey>>,
    /// The distribution.
    pub config: Arc<Config>,
    /// The place of the rule that matched at the POP.
    pub rule: usize,
    /// The code of the Region of the POP's REC.
    pub rec_region: Arc<str>,
    /// Which origin of a group is meant, once a tier has turned to one (FO-06).
    pub member: Option<Member>,
    /// The stale response that the tier below holds and asks about, if it does.
    pub held_below: Option<Arc<StoredResponse>>,
    /// Whether nobody waits for the answer: a refresh in the background (STALE-01).
    pub is_background: bool,
    /// Whether it waited for another request's answer in vain, and now goes alone (COL-06).
    pub goes_alone: bool,
    /// For how many seconds at least its answer is kept: set for an error page (CEP-04).
    pub page_min_ttl_secs: Option<u64>,
}

impl EdgeRequest {
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

    /// The field that holds cache tags, if tags are used (TAG-01).
    pub fn tag_header(&self) -> Option<&str> {
        self.config.distribution().cache_tag_header.as_deref()
    }

    /// What goes on from a tier in this layer: a POP makes the origin's request, the others hand on what they got, but
    /// for a request that turns to the other origin of a group.
    pub(super) fn outgoing(&self, layer: Layer) -> Arc<Request> {
        if layer != Layer::Pop && self.member != Some(Member::Secondary) {
            return Arc::clone(&self.request);
        }
        let path = self.config.served_path(self.viewer.target.path());
        let (behavior, origin) = (self.behavior(), self.origin());
        let mut request =
            fields::origin_request(&self.viewer, path, behavior, origin, &self.identity);
        if self.key.is_some() && request.fields.has("Range") {
            portion::outgoing(Arc::make_mut(&mut request.fields), self.is_background);
        }
        request.into()
    }

    /// What travels down for this response, in bytes: a head alone where the tier below holds the same version.
    pub(super) fn wire_bytes(&self, response: &Response, portion: Portion) -> u64 {
        let is_held =
            self.held_below.as_ref().is_some_and(|held| is_same(&held.response, response));
        match cut(&self.request, response) {
            _ if is_held => 0,
            Cut::Parts(parts) if portion == Portion::Requested => {
                parts.iter().map(|part| part.len()).sum()
            }
            _ => response.body.length,
        }
    }
}
