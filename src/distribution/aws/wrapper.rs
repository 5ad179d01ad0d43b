//! The forms in which a configuration comes (WR-01 to WR-06).

use super::ErrorCode;
use super::reader::{Node, Reader};
use crate::distribution::domain::is_host_name;
use crate::json::Json;

/// A configuration and what its wrapper says of it.
pub(super) struct Unwrapped<'j> {
    pub(super) config: Node<'j>,
    /// The distribution's own name, in the forms that tell it (WR-02, WR-05).
    pub(super) domain: Option<&'j str>,
}

/// Members that a summary has beside those of a configuration (WR-05), and an `ETag` (WR-01).
pub(super) const SUMMARY: [&str; 7] =
    ["Id", "ARN", "ETag", "Status", "LastModifiedTime", "DomainName", "AliasICPRecordals"];

/// Finds the configuration. Of a list of several the first is taken, and the others are named as kept (WR-05).
pub(super) fn unwrapped<'j>(reader: &mut Reader, json: &'j Json) -> Option<Unwrapped<'j>> {
    let found = |name| json.member(name);
    let domain = |json: &'j Json| match json.member("DomainName") {
        Some(Json::Text(domain)) if is_host_name(domain) => Some(&**domain),
        _ => None,
    };
    let (config, domain) = if let Some(distribution) = found("Distribution") {
        (distribution.member("DistributionConfig"), domain(distribution)) // WR-02
    } else if let Some(with_tags) = found("DistributionConfigWithTags") {
        (with_tags.member("DistributionConfig"), None) // WR-04
    } else if let Some(list) = found("DistributionList") {
        let items = reader.list(&Node::new("DistributionList", list), None);
        let others = 1..items.len();
        reader.kept.extend(others.map(|other| format!("DistributionList.Items[{other}]")));
        let first = items.first().and_then(Node::json); // WR-05
        (first, first.and_then(domain))
    } else if let Some(config) = found("DistributionConfig") {
        (Some(config), None) // WR-01, WR-03
    } else {
        let is_bare = found("Origins").is_some() || found("DefaultCacheBehavior").is_some();
        (is_bare.then_some(json), None) // WR-06
    };
    let config = config.filter(|config| matches!(config, Json::Object(_)));
    if config.is_none() {
        let rule =
            "this must be a DistributionConfig, bare or as the commands of the AWS CLI print it";
        let here = Node::new("DistributionConfig", json);
        reader.refuse(&here, ErrorCode::InvalidArgument, "WR-06", rule);
    }
    Some(Unwrapped { config: Node::new("", config?), domain })
}
