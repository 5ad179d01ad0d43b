//! A distribution made in code, as `aws cloudfront get-distribution-config` would print it: with all members that an update
//! needs (distribution.md section 9.1), and with its own policies beside it.

mod access;
mod behaviors;
mod certificate;
mod origins;
mod policies;

use super::{Beside, REGION};
use crate::distribution::{
    Distribution, ErrorResponse, GeoRestriction, GeoSort, Logging, OriginGroup,
};
use crate::json::Json;
use policies::Named;

/// DS-01: what tells this configuration from others.
const CALLER_REFERENCE: &str = "edgewalk";

/// The configuration, and what its ids and names leave to what is given beside it. Reading it gives the same distribution
/// if AWS would take it.
pub(in crate::distribution) fn written(distribution: &Distribution) -> (Json, Beside) {
    let mut named = Named::new(Beside::managed(REGION.into()));
    named.beside.regions = origins::regions(&distribution.origins);
    let mut behaviors: Vec<Json> = distribution
        .behaviors
        .iter()
        .map(|behavior| behaviors::behavior(behavior, &mut named))
        .collect();
    let default = behaviors.pop().unwrap_or(Json::Null);
    let origins: Vec<Json> =
        distribution.origins.iter().map(|origin| origins::origin(origin, &mut named)).collect();
    for document in distribution.web_acl.iter().flat_map(|acl| &acl.documents) {
        named.give(document);
    }
    let errors = distribution.error_responses.iter().map(error_response);
    let root = distribution.default_root_object.as_deref().unwrap_or_default();
    let mut members = vec![
        ("CallerReference", Json::text(CALLER_REFERENCE)),
        ("Aliases", texts(&distribution.aliases)),
        ("DefaultRootObject", Json::text(root)),
        ("Origins", list(origins)),
        ("OriginGroups", list(distribution.origin_groups.iter().map(group))),
        ("DefaultCacheBehavior", default),
        ("CacheBehaviors", list(behaviors)),
        ("CustomErrorResponses", list(errors)),
        ("Comment", Json::text("")),
        ("Logging", logging(distribution.logging.as_ref())),
        ("PriceClass", Json::text(distribution.price_class.as_str())),
        ("Enabled", Json::Flag(true)),
        ("ViewerCertificate", certificate::certificate(&distribution.certificate, &mut named)),
        ("Restrictions", restrictions(distribution.geo.as_ref())),
        ("WebACLId", Json::text(distribution.web_acl.as_ref().map_or("", |acl| &acl.arn))),
        ("HttpVersion", Json::text(distribution.http_versions.as_str())),
        ("IsIPV6Enabled", Json::Flag(distribution.is_ipv6_enabled)),
        ("ContinuousDeploymentPolicyId", Json::text("")),
        ("Staging", Json::Flag(false)),
    ];
    if let Some(name) = &distribution.cache_tag_header {
        members.push(("CacheTagConfig", Json::object([("HeaderName", Json::text(name))])));
    }
    (Json::object(members), named.beside)
}

/// `{"Quantity": 2, "Items": [..]}`; of none, Items is left out (WR-08).
pub(super) fn list(items: impl IntoIterator<Item = Json>) -> Json {
    let items: Vec<Json> = items.into_iter().collect();
    let mut members = vec![("Quantity", whole(items.len() as u64))];
    if !items.is_empty() {
        members.push(("Items", Json::List(items)));
    }
    Json::object(members)
}

fn texts(texts: &[String]) -> Json {
    list(texts.iter().map(|text| Json::text(text)))
}

fn whole(number: u64) -> Json {
    i64::try_from(number).map_or_else(|_| Json::Fraction(number.to_string()), Json::Whole)
}

fn group(group: &OriginGroup) -> Json {
    let statuses = group.failover_statuses.iter().map(|status| whole(u64::from(*status)));
    let members = group.members.iter().map(|id| Json::object([("OriginId", Json::text(id))]));
    Json::object([
        ("Id", Json::text(&group.id)),
        ("FailoverCriteria", Json::object([("StatusCodes", list(statuses))])),
        ("Members", list(members)),
        ("SelectionCriteria", Json::text("default")),
    ])
}

fn error_response(response: &ErrorResponse) -> Json {
    let page = response.page.as_ref();
    let status = page.map_or_else(String::new, |page| page.status.to_string());
    Json::object([
        ("ErrorCode", whole(u64::from(response.status))),
        ("ResponsePagePath", Json::text(page.map_or("", |page| &page.path))),
        ("ResponseCode", Json::text(&status)),
        ("ErrorCachingMinTTL", whole(response.min_ttl_secs)),
    ])
}

fn logging(logging: Option<&Logging>) -> Json {
    let (bucket, prefix) = logging.map_or(("", ""), |to| (&to.bucket, &to.prefix));
    Json::object([
        ("Enabled", Json::Flag(logging.is_some())),
        ("IncludeCookies", Json::Flag(logging.is_some_and(|to| to.has_cookies))),
        ("Bucket", Json::text(bucket)),
        ("Prefix", Json::text(prefix)),
    ])
}

/// DS-20.
fn restrictions(geo: Option<&GeoRestriction>) -> Json {
    let sort = match geo.map(|geo| geo.sort) {
        None => "none",
        Some(GeoSort::AllowList) => "whitelist",
        Some(GeoSort::BlockList) => "blacklist",
    };
    let mut restriction = texts(geo.map_or(&[], |geo| &geo.countries));
    if let Json::Object(members) = &mut restriction {
        members.insert(0, ("RestrictionType".to_owned(), Json::text(sort)));
    }
    Json::object([("GeoRestriction", restriction)])
}
