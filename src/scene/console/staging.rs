//! Continuous deployment at a glance: what the policy says, and in what the staging distribution differs from its primary.

use super::beside::of_sort;
use super::item::Item;
use super::lines::shown;
use crate::distribution::aws::{Difference, Sort, innermost};
use crate::distribution::{AwsError, DeploymentPolicy, Draft, Side, Traffic};
use crate::json::Json;

/// A staging distribution with its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedView {
    /// The policy.
    pub policy: Item,
    /// What the staging distribution is called.
    pub name: String,
    /// Whether the policy holds.
    pub is_enabled: bool,
    /// In what it differs from the primary.
    pub differences: Vec<StagedDifference>,
    /// How many more differences there are.
    pub more: usize,
    /// Patterns that the primary does not have (CD-11).
    pub alone: Vec<String>,
}

/// One value that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedDifference {
    /// Where, as in `DefaultCacheBehavior.CachePolicyId`.
    pub path: String,
    /// What the primary says; empty where it says nothing.
    pub primary: String,
    /// What staging says; empty likewise.
    pub staging: String,
}

/// So many differences are shown; the rest is counted.
const MOST_SHOWN: usize = 20;

impl StagedView {
    /// Of a document as it is; none where there is no staging distribution.
    pub(super) fn of(draft: &Draft) -> Option<Self> {
        let (policy, _, id) = of_sort(draft, Sort::DeploymentPolicy).next()?;
        let (_, name, _) = of_sort(draft, Sort::Staging).next()?;
        let mut differences = differences_of(draft);
        for StagedDifference { path, primary, staging } in &mut differences {
            for said in [primary, staging] {
                *said = named(draft, path, std::mem::take(said));
            }
        }
        let more = differences.len().saturating_sub(MOST_SHOWN);
        differences.truncate(MOST_SHOWN);
        Some(Self {
            policy,
            name: name.to_owned(),
            is_enabled: draft.beside().deployment_policy(id).is_some_and(|it| it.is_enabled),
            differences,
            more,
            alone: draft.patterns_of_staging_alone(),
        })
    }
}

/// In what the staging distribution differs from the primary, place by place (CD-10).
pub(super) fn differences_of(draft: &Draft) -> Vec<StagedDifference> {
    let [one, other] = [Side::Primary, Side::Staging].map(|side| draft.document_of(side));
    let said = |json: Option<&Json>| {
        json.map(|json| match json {
            Json::List(_) | Json::Object(_) => json.shown(),
            _ => shown(json),
        })
        .unwrap_or_default()
    };
    let members = draft.staged_differences().into_iter();
    let all = members.flat_map(|member| innermost(member, one, other));
    all.map(|Difference { path, one, other }| StagedDifference {
        path,
        primary: said(one),
        staging: said(other),
    })
    .collect()
}

/// What stands at a path, with the name of a policy in place of its id.
fn named(draft: &Draft, path: &str, said: String) -> String {
    let beside = draft.beside();
    let name = match path.rsplit('.').next() {
        Some("CachePolicyId") => beside.cache_policy(&said).map(|it| it.name),
        Some("OriginRequestPolicyId") => beside.origin_request_policy(&said).map(|it| it.name),
        Some("ResponseHeadersPolicyId") => beside.response_headers_policy(&said).map(|it| it.name),
        _ => None,
    };
    name.unwrap_or(said)
}

/// What a policy says, in a few words.
pub(super) fn says(policy: &DeploymentPolicy) -> String {
    let on = if policy.is_enabled { "on" } else { "off" };
    let traffic = match &policy.traffic {
        None => "no requests".to_owned(),
        Some(Traffic::Header { name, value }) => format!("requests with {name}: {value}"),
        Some(Traffic::Weight { weight, stickiness: None }) => {
            format!("{weight}\u{a0}% of the requests")
        }
        Some(Traffic::Weight { weight, stickiness: Some(_) }) => {
            format!("{weight}\u{a0}% of the sessions")
        }
    };
    format!("{on}: {traffic}")
}

/// How the paths of what is wrong with the primary begin while the staging distribution is in view.
pub const OF_PRIMARY: &str = "Primary.";

/// What is wrong, by the paths that the distribution in view has; what is wrong with the other one belongs to no place in it.
pub fn errors_in_view(draft: &Draft, mut errors: Vec<AwsError>) -> Vec<AwsError> {
    let Some(staging) = draft.staging_path().filter(|_| draft.side() == Side::Staging) else {
        return errors;
    };
    let own = format!("{staging}.");
    for error in &mut errors {
        if let AwsError::Refused { path, .. } = error {
            match path.strip_prefix(&own) {
                Some(within) => *path = within.to_owned(),
                None if path.starts_with("Beside") => {}
                None => *path = format!("{OF_PRIMARY}{path}"),
            }
        }
    }
    errors
}
