//! Web ACLs: which rule decides over a request (security-logs-edge.md section 5.3).

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::decision::{Decision, Witness};
use super::fields::ViewerFacts;
use crate::distribution::{AclAction, AclStatement, WebAcl};
use crate::http::Request;
use crate::time::SimTime;

/// A rule that matched a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleMet {
    /// The web ACL's name.
    pub acl: String,
    /// The rule's name; none where no rule decided, and the web ACL's own action does.
    pub rule: Option<String>,
    /// What becomes of the request.
    pub action: AclAction,
}

/// How often each address has asked lately, for the rules that count that. MODEL (IM-14): each edge location counts for
/// itself, and exactly.
#[derive(Debug, Default)]
pub(super) struct Rates(Vec<Asked>);

#[derive(Debug)]
struct Asked {
    rule: String,
    address: Arc<str>,
    at: Vec<SimTime>,
}

impl Rates {
    /// Counts one request more, and says how many there were within the window; no more than one beyond the limit is
    /// remembered.
    fn count(&mut self, rule: &str, limit: u64, window: Duration, request: &Judged<'_>) -> u64 {
        let (address, now) = (&request.viewer.ip, request.now);
        let known = |asked: &Asked| asked.rule == rule && asked.address == *address;
        let place = self.0.iter().position(known);
        let place = place.unwrap_or_else(|| {
            let (rule, address) = (rule.to_owned(), Arc::clone(address));
            self.0.push(Asked { rule, address, at: Vec::new() });
            self.0.len() - 1
        });
        let Some(asked) = self.0.get_mut(place) else { return 0 };
        asked.at.retain(|at| now.since(*at) < window);
        if asked.at.len() as u64 > limit {
            asked.at.remove(0);
        }
        asked.at.push(now);
        asked.at.len() as u64
    }
}

/// What a rule looks at.
pub(super) struct Judged<'a> {
    pub(super) request: &'a Request,
    pub(super) viewer: &'a ViewerFacts,
    pub(super) now: SimTime,
}

/// Step 5 (VSEC-05): the rules by priority; Allow and Block end it, Count does not, then the default decides (VSEC-21).
pub(super) fn check(
    acl: &WebAcl,
    judged: &Judged<'_>,
    rates: &mut Rates,
    witness: &mut impl Witness,
) -> Result<(), Refusal> {
    let met = |rule: Option<&str>, action| RuleMet {
        acl: acl.name.clone(),
        rule: rule.map(String::from),
        action,
    };
    for rule in &acl.rules {
        if !matches(&rule.when, &rule.name, judged, rates) {
            continue;
        }
        witness.note(|| Decision::RuleMet(met(Some(&rule.name), rule.action)));
        match rule.action {
            AclAction::Count => {} // VSEC-23
            AclAction::Allow => return Ok(()),
            action => return Err(Refusal::ByWebAcl(met(Some(&rule.name), action))),
        }
    }
    match acl.default {
        AclAction::Allow | AclAction::Count => Ok(()),
        action => {
            witness.note(|| Decision::RuleMet(met(None, action)));
            Err(Refusal::ByWebAcl(met(None, action)))
        }
    }
}

fn matches(when: &AclStatement, rule: &str, judged: &Judged<'_>, rates: &mut Rates) -> bool {
    let Judged { request, viewer, .. } = judged;
    match when {
        AclStatement::Addresses(ranges) => ranges.iter().any(|range| range.holds(&viewer.ip)),
        AclStatement::Countries(codes) => {
            let country = viewer.country.as_deref();
            codes.iter().any(|code| Some(code.as_str()) == country)
        }
        AclStatement::Path { text, at } => at.holds(request.target.path(), text),
        AclStatement::Rate { limit, window_secs } => {
            rates.count(rule, *limit, Duration::from_secs(*window_secs), judged) > *limit
        }
        AclStatement::Not(inner) => !matches(inner, rule, judged, rates),
        AclStatement::All(all) => all.iter().all(|when| matches(when, rule, judged, rates)),
        AclStatement::Any(all) => all.iter().any(|when| matches(when, rule, judged, rates)),
        AclStatement::Nothing => false,
    }
}
