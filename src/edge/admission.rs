//! What a POP does with a viewer's request before it looks into its store (security-logs-edge.md section 5.1).

use std::sync::Arc;
use std::time::Duration;

use super::config::Member;
use super::decision::{Decision, Witness};
use super::fields::RequestId;
use super::fields::as_the_edge_sees_it;
use super::functions::{self, Did, Handed, Ran};
use super::request::Wanted;
use super::web_acl::{self, Judged};
use super::{Gates, LeftOut, Refusal, Tier, gate, signature};
use crate::distribution::{Behavior, Function, FunctionEvent, Runtime};
use crate::http::{Method, Request};
use crate::time::Moment;

/// What the POP asks its own store for, once all checks are over: with its key, which the POP knows where it has something
/// stored under it. Or why it answers by itself: the order of VSEC-02 to 11.
pub(super) fn admit(
    passed: Result<(), Refusal>,
    wanted: &mut Wanted,
    pop: &mut Tier,
    witness: &mut impl Witness,
) -> Result<(), Refusal> {
    let (distribution, rule) = (wanted.config.distribution(), wanted.config.rule(wanted.rule));
    if Gates::are_worth_telling(distribution, &rule.behavior) {
        let refusal = passed.as_ref().err();
        witness.note(|| {
            Decision::GatesPassed(Gates::of(refusal, distribution, &rule.behavior)) // FLOW-13
        });
    }
    passed?;
    give_key(wanted, pop, None); // FLOW-13 (MODEL): the key comes after all checks
    tell_key(wanted, witness);
    Ok(())
}

/// Says which key it has, if it has one.
pub(super) fn tell_key(wanted: &Wanted, witness: &mut impl Witness) {
    if let Some(key) = &wanted.key {
        let rule = wanted.config.rule(wanted.rule);
        witness.note(|| Decision::KeyMade {
            key: key.clone(),
            left_out: LeftOut::of(wanted.rewritten(), &rule.behavior.cache_policy), // KEY-06
        });
    }
}

/// VSEC-02 to VSEC-09, each in its turn. The last check is [`run_function`], which takes its time.
pub(super) fn check(
    now: Moment,
    wanted: &mut Wanted,
    pop: &mut Tier,
    witness: &mut impl Witness,
) -> Result<(), Refusal> {
    let (viewer, config) = (&wanted.viewer, &wanted.config);
    if let Err(refusal) = gate::check_head(viewer, config) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-02, VSEC-03
        return Err(refusal);
    }
    let facts = wanted.identity.viewer();
    if let Err(refusal) = gate::check_country(viewer, config.distribution(), facts) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-04
        return Err(refusal);
    }
    if let Some(acl) = &config.distribution().web_acl {
        let judged = Judged { request: viewer, viewer: facts, now: now.at };
        if let Err(refusal) = web_acl::check(acl, &judged, pop.rates(), witness) {
            witness.note(|| Decision::Refused(refusal.clone())); // VSEC-05
            return Err(refusal);
        }
    }
    let rule = config.rule(wanted.rule); // VSEC-06
    witness.note(|| Decision::BehaviorMatched(Arc::clone(&rule.matched)));
    if let Err(refusal) = gate::check(viewer, &rule.behavior) {
        witness.note(|| Decision::Refused(refusal.clone())); // VSEC-07, VSEC-08
        return Err(refusal);
    }
    check_signature(now, wanted, witness) // VSEC-09
}

/// The function at the viewer's request, if there is one.
pub(super) fn function_of(wanted: &Wanted) -> Option<&Arc<Function>> {
    let rule = wanted.config.rule(wanted.rule);
    rule.behavior.functions.at(FunctionEvent::ViewerRequest)
}

/// SIG-01, SIG-30: whether the request may have what its behavior restricts; OPTIONS needs no signature (SIG-23).
fn check_signature(
    now: Moment,
    wanted: &mut Wanted,
    witness: &mut impl Witness,
) -> Result<(), Refusal> {
    let Some(trusted) = &wanted.config.rule(wanted.rule).behavior.trusted else { return Ok(()) };
    let viewer = &wanted.viewer;
    if viewer.method != Method::Options {
        match signature::check(viewer, trusted, wanted.identity.viewer(), now.unix) {
            Ok(signed) => witness.note(|| Decision::SignatureHeld(signed)),
            Err(why) => {
                let refusal = Refusal::NotSigned(why);
                witness.note(|| Decision::Refused(refusal.clone()));
                return Err(refusal);
            }
        }
    }
    if let Some(without) = signature::without_signature(wanted.rewritten()) {
        wanted.rewritten = Some(without); // SIG-20, QS-08, QS-09
    }
    Ok(())
}

/// EDGE-01, VSEC-10: the function at the viewer's request has its say before the key is made (EDGE-11, KEY-06); `took` is
/// for how long that was waited for (EDGE-07).
pub(super) fn run_function(
    took: Duration,
    wanted: &mut Wanted,
    witness: &mut impl Witness,
) -> Result<(), Refusal> {
    let Some(function) = function_of(wanted) else { return Ok(()) };
    let event = FunctionEvent::ViewerRequest;
    let behavior = &wanted.config.rule(wanted.rule).behavior;
    let (runtime, id) = (function.runtime, wanted.identity.request_id);
    let (did, changed) = functions::on_request(function, event, wanted.rewritten(), id);
    witness.note(|| {
        let (distribution, request) = (wanted.config.distribution(), wanted.rewritten());
        let (by, to) = (&wanted.identity, changed.as_ref());
        let handed = || {
            Handed::at_request(distribution, by, request, function, &did, to)
                .seeing(behavior, by, &did)
        };
        Decision::FunctionRan(Ran::of(function, event, did.clone(), took).with(handed))
    });
    let Some(refusal) = refusal_of(runtime, did) else {
        wanted.rewritten = changed.or(wanted.rewritten.take());
        return Ok(());
    };
    witness.note(|| Decision::Refused(refusal.clone()));
    Err(refusal)
}

/// What a function has answered in place of cache and origin, if it has.
fn refusal_of(runtime: Runtime, did: Did) -> Option<Refusal> {
    match did {
        Did::Answered(made) => Some(Refusal::ByFunction { runtime, made }),
        Did::Failed(fault) => Some(Refusal::FunctionFailed { runtime, fault }),
        _ => None,
    }
}

/// What the function at a behavior's viewer request would answer to a request, before anything is sent (EDGE-60, EDGE-54).
pub fn answer_of_function(behavior: &Behavior, request: &Arc<Request>) -> Option<Refusal> {
    let event = FunctionEvent::ViewerRequest;
    let function = behavior.functions.at(event)?;
    let (did, _) = functions::on_request(function, event, request, RequestId::new(0));
    refusal_of(function.runtime, did)
}

/// As the edge sees a request, and its key (VSEC-11); `error_of` is the viewer's request whose error it is the page for.
pub(super) fn give_key(wanted: &mut Wanted, pop: &mut Tier, error_of: Option<&Request>) {
    let (viewer, config) = (wanted.rewritten.as_ref().unwrap_or(&wanted.viewer), &wanted.config);
    let rule = config.rule(wanted.rule);
    let (behavior, origin) = (&rule.behavior, rule.member(Member::Primary));
    wanted.seen = as_the_edge_sees_it(viewer, behavior, origin, &wanted.identity, error_of);
    let path = config.served_path(viewer.target.path());
    let seen = wanted.seen.as_ref().unwrap_or(viewer);
    // MET-15 (MODEL): a write has no key, so it changes nothing that is stored.
    let is_keyed = behavior.caches(viewer.method) && !behavior.is_caching_disabled();
    wanted.key = is_keyed.then(|| pop.key_of(seen, config.domain(), path, &behavior.cache_policy));
}
