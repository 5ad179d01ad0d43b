//! From the API's form to CloudFormation's. What that has no word for is left out: the caller's reference (MX-02), the
//! echoes of a certificate (DS-12), and what is off or empty by not being there.

use super::{LISTS, ours};
use crate::json::Json;

/// Members that CloudFormation does not know.
const LEFT_OUT: [&str; 3] = ["CallerReference", "Certificate", "CertificateSource"];

/// Members that are left out where they are empty: in CloudFormation they would have to hold something.
const NEVER_EMPTY: [&str; 2] = ["ResponsePagePath", "ResponseCode"];

/// A whole `DistributionConfig`.
pub(super) fn config(config: &Json) -> Json {
    value("", config)
}

fn value(name: &str, json: &Json) -> Json {
    match json {
        Json::Object(_) if LISTS.contains(&name) => list(json), // MX-01
        Json::Object(members) => {
            let mut said = Vec::new();
            for (name, value) in members {
                member(name, value, &mut said);
            }
            Json::Object(said)
        }
        Json::List(items) => Json::List(items.iter().map(|item| value("", item)).collect()),
        plain => plain.clone(),
    }
}

fn list(json: &Json) -> Json {
    let items = json.member("Items").map_or(&[][..], Json::items);
    Json::List(items.iter().map(|item| value("", item)).collect())
}

fn member(name: &str, json: &Json, said: &mut Vec<(String, Json)>) {
    let mut say = |name: &str, json: Json| said.push((ours(name).to_owned(), json));
    let is_empty = json.as_text() == Some("");
    match name {
        _ if LEFT_OUT.contains(&name) => {}
        _ if is_empty && NEVER_EMPTY.contains(&name) => {}
        // MX-14: a certificate is of one sort, and the other two are not there.
        "CloudFrontDefaultCertificate" if *json == Json::Flag(false) => {}
        // MX-09: beside each other.
        "AllowedMethods" => {
            say(name, list(json));
            if let Some(cached) = json.member("CachedMethods") {
                say("CachedMethods", list(cached));
            }
        }
        // MX-16: what is there is on.
        "Logging" if json.member("Enabled") != Some(&Json::Flag(true)) => {}
        "Logging" => {
            let members = json.members().iter().filter(|(name, _)| name != "Enabled");
            say(name, Json::Object(members.cloned().collect()));
        }
        // MX-17
        "GeoRestriction" => {
            let mut restriction = Vec::new();
            for (name, value) in json.members() {
                match name.as_str() {
                    "Quantity" => {}
                    "Items" => restriction.push(("Locations".to_owned(), value.clone())),
                    _ => restriction.push((name.clone(), value.clone())),
                }
            }
            say(name, Json::Object(restriction));
        }
        // MX-13
        "ResponseCode" => {
            let number = json.as_text().and_then(|text| text.parse().ok());
            say(name, number.map_or_else(|| json.clone(), Json::Whole));
        }
        _ => say(name, value(name, json)),
    }
}
