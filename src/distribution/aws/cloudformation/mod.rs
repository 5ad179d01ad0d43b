//! CloudFormation's form of a distribution (MX-01 to MX-22): found in a template, turned into the API's form, and back.

mod from_api;
mod to_api;

use super::{AwsError, ErrorCode};
use crate::json::{Json, Part, Path};

const TYPE: &str = "AWS::CloudFront::Distribution";

/// Lists that stand as `{"Quantity": 2, "Items": [..]}` in the API and as `[..]` here, by the API's names (MX-01). The
/// lists of an origin group are none of them.
const LISTS: [&str; 15] = [
    "Aliases",
    "Origins",
    "CustomHeaders",
    "OriginSslProtocols",
    "TrustedSigners",
    "TrustedKeyGroups",
    "AllowedMethods",
    "CachedMethods",
    "LambdaFunctionAssociations",
    "FunctionAssociations",
    "WhitelistedNames",
    "Headers",
    "QueryStringCacheKeys",
    "CacheBehaviors",
    "CustomErrorResponses",
];

/// Lists that the API marks as on or off besides, which here are on unless they are empty (MX-11).
const SWITCHED: [&str; 2] = ["TrustedSigners", "TrustedKeyGroups"];

/// The API's name and CloudFormation's, where they differ (MX-05, MX-07, MX-14, MX-15).
const NAMES: [(&str, &str); 6] = [
    ("CustomHeaders", "OriginCustomHeaders"),
    ("OriginSslProtocols", "OriginSSLProtocols"),
    ("ACMCertificateArn", "AcmCertificateArn"),
    ("IAMCertificateId", "IamCertificateId"),
    ("SSLSupportMethod", "SslSupportMethod"),
    ("IsIPV6Enabled", "IPV6Enabled"),
];

/// The single origin of former times (MX-22).
const OLD: [&str; 2] = ["S3Origin", "CustomOrigin"];

/// Whether this is a template, or one of its resources.
pub(super) fn is_template(json: &Json) -> bool {
    json.member("Resources").is_some() || json.member("Properties").is_some()
}

/// The distributions of a template by the names of their resources, in their order.
pub(super) fn distributions(template: &Json) -> Vec<(&str, &Json)> {
    let is_one = |resource: &Json| resource.member("Type").and_then(Json::as_text) == Some(TYPE);
    let config = |resource| Json::member(resource, "Properties")?.member("DistributionConfig");
    let resources = template.member("Resources").map_or(&[][..], Json::members);
    let found = resources.iter().filter(|(_, resource)| is_one(resource));
    found.filter_map(|(name, resource)| Some((name.as_str(), config(resource)?))).collect()
}

/// The configuration in a template: of several the one at `which`.
pub(super) fn read(template: &Json, which: usize) -> Result<Chosen, Vec<AwsError>> {
    let alone = template.member("Properties").and_then(|found| found.member("DistributionConfig"));
    if let Some(config) = alone {
        let place = Path::default().member("Properties").member("DistributionConfig");
        check(config, &place)?;
        let (config, place) = (config.clone(), place.to_string());
        return Ok(Chosen { config, place, others: Vec::new() });
    }
    let all = distributions(template);
    let Some((name, config)) = all.get(which) else {
        let rule = "a template has a resource of the type AWS::CloudFront::Distribution with a DistributionConfig";
        return Err(vec![refused("Resources".into(), "without one", "WR-06", rule)]);
    };
    let path = |name: &str| Path::default().member("Resources").member(name);
    let place = path(name).member("Properties").member("DistributionConfig");
    check(config, &place)?;
    let others = all.iter().enumerate().filter(|(other, _)| *other != which);
    let others = others.map(|(_, (name, _))| path(name).to_string()).collect();
    Ok(Chosen { config: (*config).clone(), place: place.to_string(), others })
}

/// One of the distributions of a template.
pub(super) struct Chosen {
    /// Its configuration, in CloudFormation's form.
    pub(super) config: Json,
    /// Where that stands.
    pub(super) place: String,
    /// Where others stand.
    pub(super) others: Vec<String>,
}

/// Where a place in the API's form stands in a file whose configuration, in CloudFormation's form, stands at `place`.
pub(super) fn in_file(place: &str, path: &str) -> String {
    let Ok(path) = path.parse::<Path>() else { return format!("{place}.{path}") };
    let (mut names, mut before) = (Path::default(), "");
    for part in path.parts() {
        let name = match part {
            Part::Item(index) => {
                names = names.item(*index);
                continue;
            }
            Part::Member(name) => name.as_str(),
        };
        let is_of_list = match name {
            "Items" | "Quantity" => LISTS.contains(&before), // MX-01
            "Enabled" => SWITCHED.contains(&before),         // MX-11
            _ => false,
        };
        match (before, name) {
            _ if is_of_list => {}
            ("AllowedMethods", "CachedMethods") => {
                // MX-09: beside each other.
                let around = names.split_last().map(|(around, _)| around).unwrap_or_default();
                names = around.member(name);
            }
            ("GeoRestriction", "Items") => names = names.member("Locations"), // MX-17
            _ => names = names.member(ours(name)),
        }
        before = name;
    }
    let names = names.to_string();
    let dot = if place.is_empty() || names.is_empty() { "" } else { "." };
    [place, dot, &names].concat()
}

/// A configuration in the API's form, in whichever of the two it came, and whether it was in CloudFormation's: that of a
/// template is, which stands at a place of it and was checked there.
pub(super) fn converted(config: Json, place: &str) -> Result<(Json, bool), Vec<AwsError>> {
    if place.is_empty() {
        if !is_ours(&config) {
            return Ok((config, false));
        }
        check(&config, &Path::default())?;
    }
    for old in OLD {
        if let Some(found) = config.member(old) {
            let rule = "this is the form of one origin that CloudFormation had before; give it among Origins";
            return Err(vec![refused(old.into(), &found.shown(), "MX-22", rule)]);
        }
    }
    Ok((to_api::config(config), true))
}

/// A whole template for a configuration.
pub(in crate::distribution) fn template(config: &Json) -> Json {
    let config = from_api::config(config);
    let resource = Json::object([
        ("Type", Json::text(TYPE)),
        ("Properties", Json::object([("DistributionConfig", config)])),
    ]);
    Json::object([
        ("AWSTemplateFormatVersion", Json::text("2010-09-09")),
        ("Resources", Json::object([("Distribution", resource)])),
    ])
}

/// CloudFormation's name of a member.
fn ours(api: &str) -> &str {
    NAMES.iter().find(|(name, _)| *name == api).map_or(api, |(_, ours)| ours)
}

/// The API's name of a member.
fn api(ours: &str) -> &str {
    match ours {
        "CNAMEs" => "Aliases", // MX-04
        ours => NAMES.iter().find(|(_, name)| *name == ours).map_or(ours, |(api, _)| api),
    }
}

/// Whether a configuration is in CloudFormation's form: its origins stand as a plain list, or one alone.
fn is_ours(config: &Json) -> bool {
    matches!(config.member("Origins"), Some(Json::List(_)))
        || OLD.iter().any(|name| config.member(name).is_some())
}

/// Refuses what only a stack can work out: `{"Ref": ..}` and `{"Fn::..": ..}`.
fn check(config: &Json, path: &Path) -> Result<(), Vec<AwsError>> {
    let mut errors = Vec::new();
    find_intrinsics(config, path, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn find_intrinsics(json: &Json, path: &Path, errors: &mut Vec<AwsError>) {
    match json {
        Json::Object(members) => {
            let function = match &members[..] {
                [(name, _)] if name == "Ref" || name.starts_with("Fn::") => Some(name),
                _ => None,
            };
            if let Some(function) = function {
                let rule = "only a stack knows what this comes to; put the value itself here, as the stack's own outputs or aws cloudfront get-distribution-config show it";
                errors.push(refused(path.to_string(), function, "MX-01", rule));
                return;
            }
            for (name, value) in members {
                find_intrinsics(value, &path.member(name), errors);
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                find_intrinsics(item, &path.item(index), errors);
            }
        }
        _ => {}
    }
}

fn refused(path: String, given: &str, row: &'static str, rule: &str) -> AwsError {
    let code = ErrorCode::InvalidArgument;
    AwsError::Refused { path, given: given.into(), code, row, rule: rule.into() }
}
