//! What a POP does with a viewer's request before it looks into its store (security-logs-edge.md section 5.1).

use std::sync::Arc;

use super::config::{Config, Member};
use super::decision::{Decision, Witness};
use super::fields::{Identity, as_the_edge_sees_it};
use super::{EdgeRequest, LeftOut, Refusal, Tier, gate};
use crate::http::Request;

/// What the POP asks its own store for, or why it answers by itself: the order of VSEC-02, 03, 06, 07, 08 and 11. The POP
/// knows the key where it has something stored under it.
pub fn admit(
    viewer: &Arc<Request>,
    identity: &Identity,
    config: &Arc<Config>,
    pop: &mut Tier,
    witness: &mut impl Witness,
) -> Result<EdgeRequest, Refusal> {
    if let Err(refusal) = gate::check_head(viewer, config) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-02, VSEC-03
        return Err(refusal);
    }
    let place = config.rule_for(viewer.target.path()); // VSEC-06
    let rule = config.rule(place);
    witness.note(|| Decision::BehaviorMatched(Arc::clone(&rule.matched)));
    if let Err(refusal) = gate::check(viewer, &rule.behavior) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-07, VSEC-08
        return Err(refusal);
    }
    let asked = asked(viewer, identity, config, pop, place, None);
    // FLOW-13 (MODEL): the key comes after the behavior and its checks.
    if let Some(key) = &asked.key {
        witness.note(|| Decision::KeyMade {
            key: Arc::clone(key),
            left_out: LeftOut::of(viewer, &rule.behavior.cache_policy),
        });
    }
    Ok(asked)
}

/// A request under the rule at a place, with its key (VSEC-11); `error_of` is the viewer's request whose error it is the
/// page for.
pub(super) fn asked(
    viewer: &Arc<Request>,
    identity: &Identity,
    config: &Arc<Config>,
    pop: &mut Tier,
    place: usize,
    error_of: Option<&Request>,
) -> EdgeRequest {
    let rule = config.rule(place);
    let behavior = &rule.behavior;
    let seen =
        as_the_edge_sees_it(viewer, behavior, rule.member(Member::Primary), identity, error_of);
    let path = config.served_path(viewer.target.path());
    let policy = &behavior.cache_policy;
    // MET-15 (MODEL): a write has no key, so it changes nothing that is stored.
    let is_keyed = behavior.caches(viewer.method) && !behavior.is_caching_disabled();
    let key = is_keyed.then(|| pop.key_of(&seen, config.domain(), path, policy));
    EdgeRequest::of_viewer(viewer, seen, identity, key, config, place)
}
