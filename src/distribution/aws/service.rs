//! What a distribution says of itself as a whole (DS-01 to DS-24). What is not simulated of it is held against its rules.

use super::ErrorCode::{InvalidArgument, InvalidWebACLId};
use super::reader::{Node, Reader};
use super::{Beside, StandIn, certificate, ids, restrictions, web_acl};
use crate::distribution::{Distribution, HttpVersions, WebAcl};

/// QT-43, in characters.
const LONGEST_COMMENT: usize = 128;

/// Reads what stands beside origins and behaviors.
pub(super) fn service(
    reader: &mut Reader,
    config: &Node,
    distribution: &mut Distribution,
    beside: &Beside,
) {
    reader.text(&config.member("CallerReference"));
    comment(reader, &config.member("Comment"));
    distribution.web_acl = web_acl(reader, &config.member("WebACLId"), beside);
    distribution.certificate = certificate::certificate(reader, config, beside);
    distribution.geo = restrictions::restrictions(reader, &config.member("Restrictions"));
    distribution.is_ipv6_enabled = reader.flag(&config.member("IsIPV6Enabled")).unwrap_or_default();
    reader.flag(&config.member("Staging"));
    reader.text(&config.member("AnycastIpListId"));
    distribution.http_versions = http_versions(reader, &config.member("HttpVersion"));
    tenants(reader, config);
    connections(reader, config);
}

/// DS-16.
fn comment(reader: &mut Reader, place: &Node) {
    let length = reader.text(place).map_or(0, |text| text.chars().count());
    if length > LONGEST_COMMENT {
        let rule = "a description has at most 128 characters";
        reader.refuse_given(place, &length.to_string(), InvalidArgument, "DS-16", rule);
    }
}

/// DS-03: of WAF in us-east-1, or of WAF Classic.
fn web_acl(reader: &mut Reader, place: &Node, beside: &Beside) -> Option<WebAcl> {
    let acl = reader.filled_text(place)?;
    let is_arn = ids::arn(acl).is_some_and(|[service, region, account, rest]| {
        let is_global = rest.strip_prefix("global/webacl/").is_some_and(|rest| rest.contains('/'));
        service == "wafv2" && region == "us-east-1" && ids::is_account(account) && is_global
    });
    if !is_arn && !ids::is_uuid(acl) {
        let rule = "a web ACL is named by its ARN, as in arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID, or by its id of WAF Classic";
        reader.refuse(place, InvalidWebACLId, "DS-03", rule);
    }
    let Some(given) = beside.web_acl(acl) else {
        reader.assume(place, StandIn::PassesAll); // IM-14
        return None;
    };
    Some(web_acl::web_acl(reader, &Node::new("WebACL", given), beside))
}

/// DS-13.
fn http_versions(reader: &mut Reader, place: &Node) -> HttpVersions {
    let version = reader.word(place, &["http1.1", "http2", "http3", "http2and3"], "DS-13");
    let known = HttpVersions::ALL.into_iter().find(|known| Some(known.as_str()) == version);
    known.unwrap_or_default()
}

/// DS-24.
fn tenants(reader: &mut Reader, config: &Node) {
    let place = config.member("ConnectionMode");
    let mode = reader.word(&place, &["direct", "tenant-only"], "DS-24");
    reader.is_object(&config.member("TenantConfig"));
    if mode != Some("tenant-only") {
        return;
    }
    let without_aliases = config.member("Aliases").member("Items");
    let without = ["PriceClass", "ContinuousDeploymentPolicyId"].map(|name| config.member(name));
    let has_aliases = without_aliases.json().is_some_and(|items| !items.items().is_empty());
    for excluded in without.iter().filter(|place| place.is_filled()) {
        let rule = "a distribution for tenants does not have this setting";
        reader.refuse(excluded, InvalidArgument, "DS-24", rule);
    }
    if has_aliases {
        let rule = "a distribution for tenants has no alternate domain names";
        reader.refuse(&without_aliases, InvalidArgument, "DS-24", rule);
    }
}

/// DS-22, DS-23.
fn connections(reader: &mut Reader, config: &Node) {
    let mtls = config.member("ViewerMtlsConfig");
    if reader.is_object(&mtls) {
        reader.word(&mtls.member("Mode"), &["required", "optional", "passthrough"], "DS-22");
        let store = mtls.member("TrustStoreConfig");
        if reader.is_object(&store) {
            reader.needed_text(&store.member("TrustStoreId"));
            reader.flag(&store.member("AdvertiseTrustStoreCaNames"));
            reader.flag(&store.member("IgnoreCertificateExpiry"));
        }
    }
    let function = config.member("ConnectionFunctionAssociation");
    if reader.is_object(&function) {
        let place = function.member("Id");
        let id = reader.needed_text(&place);
        if id.is_some_and(|id| id.len() > 64) {
            let rule = "the id of a connection function has 1 to 64 characters";
            reader.refuse(&place, InvalidArgument, "DS-23", rule);
        }
    }
}
