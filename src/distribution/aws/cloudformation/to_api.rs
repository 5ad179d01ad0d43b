//! From CloudFormation's form to the API's. What CloudFormation fills in by itself, and otherwise than the API would, is
//! said out loud (MX-13, MX-20, OR-17).

use super::{LISTS, SWITCHED, api};
use crate::json::Json;

/// Flags and numbers may come as strings in a template.
const FLAGS: [&str; 9] = [
    "CloudFrontDefaultCertificate",
    "Compress",
    "Enabled",
    "IPV6Enabled",
    "IncludeBody",
    "IncludeCookies",
    "QueryString",
    "SmoothStreaming",
    "Staging",
];
const NUMBERS: [&str; 12] = [
    "ConnectionAttempts",
    "ConnectionTimeout",
    "DefaultTTL",
    "ErrorCachingMinTTL",
    "ErrorCode",
    "HTTPPort",
    "HTTPSPort",
    "MaxTTL",
    "MinTTL",
    "OriginKeepaliveTimeout",
    "OriginReadTimeout",
    "ResponseCompletionTimeout",
];

/// A whole `DistributionConfig`.
pub(super) fn config(config: Json) -> Json {
    let Json::Object(mut members) = value("", config) else { return Json::Null };
    fill(&mut members, "HttpVersion", || Json::text("http1.1")); // MX-20
    fill(&mut members, "Comment", || Json::text("")); // MX-03
    fill(&mut members, "Logging", || {
        Json::object([
            ("Enabled", Json::Flag(false)), // MX-16
            ("IncludeCookies", Json::Flag(false)),
            ("Bucket", Json::text("")),
            ("Prefix", Json::text("")),
        ])
    });
    Json::Object(members)
}

/// `name` is the API's.
fn value(name: &str, json: Json) -> Json {
    match json {
        Json::List(items) => {
            let items: Vec<Json> = items.into_iter().map(|item| value(name, item)).collect();
            if LISTS.contains(&name) { list(name, items) } else { Json::List(items) }
        }
        Json::Object(members) => object(name, members),
        plain => plain,
    }
}

/// MX-01, MX-11.
fn list(name: &str, items: Vec<Json>) -> Json {
    let mut members = Vec::new();
    if SWITCHED.contains(&name) {
        members.push(("Enabled", Json::Flag(!items.is_empty())));
    }
    members.push(("Quantity", count(&items)));
    if !items.is_empty() {
        members.push(("Items", Json::List(items))); // WR-08
    }
    Json::object(members)
}

fn count(items: &[Json]) -> Json {
    Json::Whole(i64::try_from(items.len()).unwrap_or(i64::MAX))
}

/// The members of an object that stands under the API's `name`, or in the list of that name.
fn object(name: &str, members: Vec<(String, Json)>) -> Json {
    let mut said: Vec<(String, Json)> = Vec::new();
    let mut cached = None;
    for (ours, json) in members {
        let api = api(&ours);
        let json = plain(&ours, json);
        match (name, api) {
            (_, "CachedMethods") if matches!(json, Json::List(_)) => {
                cached = Some(value(api, json));
            }
            ("GeoRestriction", "Locations") => {
                said.push(("Quantity".to_owned(), count(json.items())));
                said.push(("Items".to_owned(), json)); // MX-17
            }
            _ => said.push((api.to_owned(), value(api, json))),
        }
    }
    if let Some(cached) = cached {
        // MX-09: within each other.
        let methods = || list("AllowedMethods", vec![Json::text("GET"), Json::text("HEAD")]);
        fill(&mut said, "AllowedMethods", methods);
        let allowed = said.iter_mut().find(|(name, _)| name == "AllowedMethods");
        if let Some((_, Json::Object(allowed))) = allowed {
            allowed.push(("CachedMethods".to_owned(), cached));
        }
    }
    match name {
        "Logging" => said.insert(0, ("Enabled".to_owned(), Json::Flag(true))), // MX-16
        "GeoRestriction" => fill(&mut said, "Quantity", || Json::Whole(0)),
        "CustomErrorResponses" if !said.iter().any(|(name, _)| name == "Items") => {
            fill(&mut said, "ResponsePagePath", || Json::text(""));
            fill(&mut said, "ResponseCode", || Json::text(""));
            fill(&mut said, "ErrorCachingMinTTL", || Json::Whole(300)); // MX-13
        }
        "S3OriginConfig" => fill(&mut said, "OriginAccessIdentity", || Json::text("")),
        "CustomOriginConfig" => {
            fill(&mut said, "HTTPPort", || Json::Whole(80));
            fill(&mut said, "HTTPSPort", || Json::Whole(443));
            fill(&mut said, "OriginSslProtocols", || {
                list("", vec![Json::text("TLSv1"), Json::text("SSLv3")]) // OR-17
            });
        }
        "ForwardedValues" => {
            fill(&mut said, "Cookies", || Json::object([("Forward", Json::text("none"))]));
        }
        _ => {}
    }
    Json::Object(said)
}

/// Adds a member that is not there.
fn fill(members: &mut Vec<(String, Json)>, name: &str, make: impl FnOnce() -> Json) {
    if !members.iter().any(|(known, _)| known == name) {
        members.push((name.to_owned(), make()));
    }
}

/// A value of the type that the API has for it.
fn plain(ours: &str, json: Json) -> Json {
    let is_flag = FLAGS.contains(&ours);
    let is_number = NUMBERS.contains(&ours);
    match json {
        Json::Text(text) if is_flag && text == "true" => Json::Flag(true),
        Json::Text(text) if is_flag && text == "false" => Json::Flag(false),
        Json::Text(text) if is_number => text.parse().map_or(Json::Text(text), Json::Whole),
        Json::Whole(code) if ours == "ResponseCode" => Json::Text(code.to_string()), // MX-13
        plain => plain,
    }
}
