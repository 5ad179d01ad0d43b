//! What a POP does with a viewer's request before it looks into its store (security-logs-edge.md section 5.1).

use std::sync::Arc;

use super::config::Member;
use super::decision::{Decision, Witness};
use super::fields::as_the_edge_sees_it;
use super::request::Wanted;
use super::{LeftOut, Refusal, Tier, gate};
use crate::http::Request;

/// What the POP asks its own store for: with its key, which the POP knows where it has something stored under it. Or why it
/// answers by itself: the order of VSEC-02, 03, 06, 07, 08 and 11.
pub(super) fn admit(
    wanted: &mut Wanted,
    pop: &mut Tier,
    witness: &mut impl Witness,
) -> Result<(), Refusal> {
    let (viewer, config) = (&wanted.viewer, &wanted.config);
    if let Err(refusal) = gate::check_head(viewer, config) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-02, VSEC-03
        return Err(refusal);
    }
    let rule = config.rule(wanted.rule); // VSEC-06
    witness.note(|| Decision::BehaviorMatched(Arc::clone(&rule.matched)));
    if let Err(refusal) = gate::check(viewer, &rule.behavior) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-07, VSEC-08
        return Err(refusal);
    }
    give_key(wanted, pop, None); // FLOW-13 (MODEL): the key comes after the behavior and its checks
    if let Some(key) = &wanted.key {
        let rule = wanted.config.rule(wanted.rule);
        witness.note(|| Decision::KeyMade {
            key: key.clone(),
            left_out: LeftOut::of(&wanted.viewer, &rule.behavior.cache_policy),
        });
    }
    Ok(())
}

/// As the edge sees a request, and its key (VSEC-11); `error_of` is the viewer's request whose error it is the page for.
pub(super) fn give_key(wanted: &mut Wanted, pop: &mut Tier, error_of: Option<&Request>) {
    let (viewer, config) = (&wanted.viewer, &wanted.config);
    let rule = config.rule(wanted.rule);
    let (behavior, origin) = (&rule.behavior, rule.member(Member::Primary));
    wanted.seen = as_the_edge_sees_it(viewer, behavior, origin, &wanted.identity, error_of);
    let path = config.served_path(viewer.target.path());
    let seen = wanted.seen.as_ref().unwrap_or(viewer);
    // MET-15 (MODEL): a write has no key, so it changes nothing that is stored.
    let is_keyed = behavior.caches(viewer.method) && !behavior.is_caching_disabled();
    wanted.key = is_keyed.then(|| pop.key_of(seen, config.domain(), path, &behavior.cache_policy));
}
