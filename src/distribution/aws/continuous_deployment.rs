//! Continuous deployment: the policy that a primary distribution names, and the staging distribution that the policy names (CD-01
//! to CD-18).

use super::ErrorCode::{IllegalUpdate, InvalidArgument, NoSuchContinuousDeploymentPolicy};
use super::difference::{Difference, differences, innermost, is_same};
use super::kept::says_nothing;
use super::reader::{Node, Quota, Range, Reader};
use super::{BESIDE, Beside, StandIn, general, ids};
use crate::distribution::domain::is_host_name;
use crate::distribution::staging::HEADER_PREFIX;
use crate::distribution::{DeploymentPolicy, Distribution, Staged, Stickiness, Traffic, Weight};
use crate::json::Json;

/// Where a primary distribution names its policy (DS-19).
pub const POLICY_ID: &str = "ContinuousDeploymentPolicyId";

/// CD-10: the members in which a staging distribution may differ from its primary, and which alone may be edited while both
/// belong together.
pub const MAY_DIFFER: [&str; 9] = [
    "Origins",
    "OriginGroups",
    "DefaultCacheBehavior",
    "CacheBehaviors",
    "CustomErrorResponses",
    "Restrictions",
    "DefaultRootObject",
    "Logging",
    "Comment",
];

/// What each of the two has for itself: a staging distribution has no alternate domain names and no policy (CD-01, CD-20).
pub const EACH_ITS_OWN: [&str; 4] = ["CallerReference", "Aliases", "Staging", POLICY_ID];

/// CD-02.
const ONE_NAME: Quota = Quota {
    most: 1,
    code: InvalidArgument,
    row: "CD-02",
    rule: "a continuous deployment policy names one staging distribution",
};

/// Reads a policy, as `aws cloudfront get-continuous-deployment-policy-config` prints it.
pub(super) fn policy(reader: &mut Reader, node: &Node) -> DeploymentPolicy {
    reader.needed_object(node, &["StagingDistributionDnsNames", "Enabled", "TrafficConfig"]);
    let staging_name = staging_name(reader, &node.member("StagingDistributionDnsNames"));
    let is_enabled = reader.needed_flag(&node.member("Enabled")) == Some(true);
    let traffic = traffic(reader, &node.member("TrafficConfig"));
    DeploymentPolicy { staging_name: staging_name.unwrap_or_default(), is_enabled, traffic }
}

/// CD-02.
fn staging_name(reader: &mut Reader, node: &Node) -> Option<String> {
    reader.need(node);
    let names = reader.list(node, Some(&ONE_NAME));
    let Some(place) = names.first() else {
        if node.is_given() {
            reader.refuse(node, InvalidArgument, ONE_NAME.row, ONE_NAME.rule);
        }
        return None;
    };
    let name = reader.needed_text(place)?;
    if !is_host_name(name) {
        let rule =
            "a staging distribution is named by its own name, as in d222222abcdef8.cloudfront.net";
        reader.refuse(place, InvalidArgument, "CD-02", rule);
        return None;
    }
    Some(name.to_owned())
}

/// CD-03.
fn traffic(reader: &mut Reader, node: &Node) -> Option<Traffic> {
    if !reader.object(node, &["Type", "SingleWeightConfig", "SingleHeaderConfig"]) {
        return None;
    }
    let type_ =
        reader.needed_word(&node.member("Type"), &["SingleWeight", "SingleHeader"], "CD-03");
    let (weight, header) = (node.member("SingleWeightConfig"), node.member("SingleHeaderConfig"));
    let (chosen, other) = match type_? {
        "SingleWeight" => (&weight, &header),
        _ => (&header, &weight),
    };
    if other.is_given() {
        let rule = "a policy sends requests to staging by a weight or by a header, one at a time";
        reader.refuse(other, InvalidArgument, "CD-03", rule);
    }
    reader.need(chosen);
    match type_? {
        "SingleWeight" => by_weight(reader, &weight),
        _ => by_header(reader, &header),
    }
}

/// CD-04.
fn by_weight(reader: &mut Reader, node: &Node) -> Option<Traffic> {
    if !reader.object(node, &["Weight", "SessionStickinessConfig"]) {
        return None;
    }
    let place = node.member("Weight");
    reader.need(&place);
    let weight = match place.json()? {
        Json::Whole(number) => Weight::parse(&number.to_string()),
        Json::Fraction(number) => Weight::parse(number),
        _ => None,
    };
    let weight = weight.filter(|weight| *weight <= Weight::LARGEST);
    if weight.is_none() {
        let rule = "the share of staging is 0 to 15 percent, which AWS writes as 0 to 0.15";
        reader.refuse(&place, InvalidArgument, "CD-04", rule);
    }
    let stickiness = stickiness(reader, &node.member("SessionStickinessConfig"));
    Some(Traffic::Weight { weight: weight?, stickiness })
}

/// CD-06, CD-07.
fn stickiness(reader: &mut Reader, node: &Node) -> Option<Stickiness> {
    let rule = "a session lasts 300 to 3600 seconds";
    let range = |row| Range { least: 300, most: 3_600, code: InvalidArgument, row, rule };
    if !reader.object(node, &["IdleTTL", "MaximumTTL"]) {
        return None;
    }
    let (idle, maximum) = (node.member("IdleTTL"), node.member("MaximumTTL"));
    reader.need(&idle);
    reader.need(&maximum);
    let idle_secs = reader.within(&idle, &range("CD-06"));
    let maximum_secs = reader.within(&maximum, &range("CD-07"));
    let stickiness = Stickiness { idle_secs: idle_secs?, maximum_secs: maximum_secs? };
    if stickiness.idle_secs > stickiness.maximum_secs {
        let rule = "a session ends by idleness no later than it ends at the latest: IdleTTL is at most MaximumTTL";
        reader.refuse(&idle, InvalidArgument, "CD-06", rule);
    }
    Some(stickiness)
}

/// CD-05.
fn by_header(reader: &mut Reader, node: &Node) -> Option<Traffic> {
    if !reader.object(node, &["Header", "Value"]) {
        return None;
    }
    let (name_place, value_place) = (node.member("Header"), node.member("Value"));
    let name = reader.needed_text(&name_place);
    let value = reader.needed_text(&value_place);
    let is_ours = |name: &str| {
        let start = name.get(..HEADER_PREFIX.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(HEADER_PREFIX))
    };
    if let Some(name) = name {
        if !is_ours(name) {
            let rule = "the name of the header begins with aws-cf-cd-";
            reader.refuse(&name_place, InvalidArgument, "CD-05", rule);
        } else if crate::http::Field::new(name, "").is_err() {
            let rule = "this is no name of a header";
            reader.refuse(&name_place, InvalidArgument, "CD-05", rule);
        }
    }
    Some(Traffic::Header { name: name?.to_owned(), value: value?.to_owned() })
}

/// Reads a distribution that stands beside its primary, as `aws cloudfront get-distribution` prints it, and returns its
/// own name: all that a policy says of it.
pub(super) fn named(reader: &mut Reader, node: &Node) -> Option<String> {
    if !reader.is_object(node) {
        return None;
    }
    let config = node.member("DistributionConfig");
    reader.need(&config);
    let name_place = node.member("DomainName");
    let name = reader.needed_text(&name_place).map(String::from);
    if name.as_deref().is_some_and(|name| !is_host_name(name)) {
        let rule = "this must be a host name, as in d222222abcdef8.cloudfront.net";
        reader.refuse(&name_place, InvalidArgument, "CD-01", rule);
    }
    let is_staging = config.member("Staging");
    if config.is_given() && reader.flag(&is_staging) != Some(true) {
        let rule = "a distribution that stands beside another one is its staging distribution";
        reader.refuse(&is_staging, IllegalUpdate, "DS-18", rule);
    }
    // What is wrong with it is found now, whatever is given besides.
    let beside = Beside::managed(super::REGION.to_owned());
    general::distribution(reader, &config, name.as_deref().unwrap_or_default(), &beside);
    name
}

/// What becomes of the policy that a configuration names, once its own distribution is read (DS-19).
pub(super) fn staged(
    reader: &mut Reader,
    config: &Node,
    primary: &Distribution,
    beside: &Beside,
) -> Option<Staged> {
    let place = config.member(POLICY_ID);
    let id = reader.filled_text(&place)?;
    if !ids::is_uuid(id) {
        let rule = "this is not the id of a continuous deployment policy";
        reader.refuse(&place, NoSuchContinuousDeploymentPolicy, "DS-19", rule);
        return None;
    }
    if config.member("Staging").json() == Some(&Json::Flag(true)) {
        let rule = "a staging distribution has no continuous deployment policy of its own";
        reader.refuse(&place, InvalidArgument, "CD-01", rule);
    }
    if primary.http_versions.has_http3() {
        let rule = "with a continuous deployment policy there is no HTTP/3";
        reader.refuse(&config.member("HttpVersion"), InvalidArgument, "CD-13", rule);
    }
    check_timeouts(reader, &place, primary);
    let Some(policy) = beside.deployment_policy(id) else {
        reader.assume(&place, StandIn::NoStaging);
        return None;
    };
    let Some((index, document)) = beside.staging(&policy.staging_name) else {
        reader.assume_of(&place, &policy.staging_name, StandIn::NoStaging);
        return None;
    };
    let staging = Node::new(&format!("{BESIDE}[{index}].Distribution"), document);
    let own = staging.member("DistributionConfig");
    let mut distribution = general::distribution(reader, &own, &policy.staging_name, beside);
    let id = staging.member("Id").json().and_then(Json::as_text);
    distribution.id = id.filter(|id| ids::is_upper(id)).map(String::from);
    check_timeouts(reader, &own.member("Origins"), &distribution);
    check_differences(reader, config, &own);
    distribution.aliases.clone_from(&primary.aliases);
    distribution.aliases.push(primary.domain.clone());
    distribution.certificate.clone_from(&primary.certificate);
    Some(Staged { policy: policy.clone(), distribution })
}

/// CD-17.
fn check_timeouts(reader: &mut Reader, place: &Node, distribution: &Distribution) {
    if distribution.origins.iter().any(|origin| origin.limits.completion_secs.is_some()) {
        let rule =
            "with a continuous deployment policy no origin has a response completion timeout";
        reader.refuse(place, InvalidArgument, "CD-17", rule);
    }
}

/// CD-10, CD-15.
fn check_differences(reader: &mut Reader, primary: &Node, staging: &Node) {
    let (Some(primary), Some(own)) = (primary.json(), staging.json()) else { return };
    for name in fixed_differences(primary, own) {
        let rule = format!(
            "primary and staging distribution may differ only in {FREE}: {}",
            told(name, primary, own, ["primary", "staging"])
        );
        reader.refuse(&staging.member(name), IllegalUpdate, row_of(name), &rule);
    }
}

/// CD-10, as a message lists it.
const FREE: &str = "origins, origin groups, behaviors, error responses, geographic restrictions, the default root object, logging and the description";

/// So many places of a member in which two configurations differ are told; the rest is counted.
const MOST_TOLD: usize = 3;

/// In what a member of two configurations differs, as in `HttpVersion is "http2" (primary) and "http1.1" (staging)`.
fn told(name: &str, one: &Json, other: &Json, [first, second]: [&str; 2]) -> String {
    let all = innermost(name, one, other);
    let value = |json: Option<&Json>| json.map_or_else(|| "not there".to_owned(), Json::shown);
    let line = |Difference { path, one, other }: &Difference<'_>| {
        format!("{path} is {} ({first}) and {} ({second})", value(*one), value(*other))
    };
    let mut lines: Vec<String> = all.iter().take(MOST_TOLD).map(line).collect();
    if all.len() > MOST_TOLD {
        lines.push(format!("and {} more", all.len() - MOST_TOLD));
    }
    lines.join(", ")
}

/// CD-15: web ACLs have a row of their own.
fn row_of(name: &str) -> &'static str {
    if name == "WebACLId" { "CD-15" } else { "CD-10" }
}

/// CD-10, CD-15: what was changed although a policy held both distributions together before and does now.
pub(in crate::distribution) fn check_edit(before: &Json, after: &Json) -> Vec<super::AwsError> {
    let mut reader = Reader::default();
    let has_policy = |json: &Json| json.member(POLICY_ID).is_some_and(|id| !says_nothing("", id));
    if has_policy(before) && has_policy(after) {
        let after_place = Node::new("", after);
        for name in fixed_differences(before, after).chain(alias_difference(before, after)) {
            let rule = format!(
                "while a continuous deployment policy is attached, only {FREE} can be changed: {}",
                told(name, before, after, ["before", "now"])
            );
            reader.refuse(&after_place.member(name), IllegalUpdate, row_of(name), &rule);
        }
    }
    reader.errors
}

fn alias_difference<'j>(one: &Json, other: &Json) -> Option<&'j str> {
    (!is_same("Aliases", one.member("Aliases"), other.member("Aliases"))).then_some("Aliases")
}

/// The members that differ and must not.
fn fixed_differences<'j>(one: &'j Json, other: &'j Json) -> impl Iterator<Item = &'j str> {
    differences(one, other)
        .filter(|name| !MAY_DIFFER.contains(name) && !EACH_ITS_OWN.contains(name))
}
