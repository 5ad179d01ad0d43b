//! What a POP does with a viewer's request before it looks into its store: behavior, gate, key (VSEC-06 to VSEC-11).

use std::sync::Arc;

use super::config::Config;
use super::decision::{Decision, Witness};
use super::fields::Identity;
use super::{CacheKey, EdgeRequest, LeftOut, Refusal, gate};
use crate::http::Request;

/// What the POP asks its own store for, or why it answers by itself.
pub fn admit(
    viewer: &Arc<Request>,
    identity: &Arc<Identity>,
    config: &Arc<Config>,
    rec_region: &Arc<str>,
    witness: &mut impl Witness,
) -> Result<EdgeRequest, Refusal> {
    let place = config.rule_for(viewer.target.path());
    let rule = config.rule(place);
    witness.note(|| Decision::BehaviorMatched(Arc::clone(&rule.matched)));
    if let Err(refusal) = gate::check(viewer, &rule.behavior) {
        witness.note(|| Decision::Refused(refusal));
        return Err(refusal);
    }
    let path = config.served_path(viewer.target.path());
    let policy = &rule.behavior.cache_policy;
    let key = (rule.behavior.caches(viewer.method) && !rule.behavior.is_caching_disabled())
        .then(|| Arc::new(CacheKey::of(viewer, config.domain(), path, policy)));
    if let Some(key) = &key {
        witness.note(|| Decision::KeyMade {
            key: Arc::clone(key),
            left_out: LeftOut::of(viewer, policy),
        });
    }
    Ok(EdgeRequest {
        request: Arc::clone(viewer),
        viewer: Arc::clone(viewer),
        identity: Arc::clone(identity),
        key,
        config: Arc::clone(config),
        rule: place,
        rec_region: Arc::clone(rec_region),
        member: None,
        held_below: None,
        is_background: false,
        goes_alone: false,
        page_min_ttl_secs: None,
    })
}
