//! Cache behaviors as the API prints them (distribution.md section 2.2), with their policies by id or the legacy settings.

use super::policies::Named;
use super::{list, texts, whole};
use crate::distribution::aws::methods as methods_of;
use crate::distribution::{
    AllowedMethods, Behavior, CachePolicy, LegacySettings, PathPattern, Runtime, Selection,
    ViewerProtocolPolicy,
};
use crate::json::Json;

/// A behavior; the default one has no pattern.
pub(super) fn behavior(behavior: &Behavior, named: &mut Named) -> Json {
    let mut members = Vec::new();
    if !behavior.pattern.is_default() {
        members.push(("PathPattern", Json::text(behavior.pattern.as_str())));
    }
    let (groups, signers) = named.trusted(behavior.trusted.as_ref());
    members.extend([
        ("TargetOriginId", Json::text(&behavior.origin_id)),
        ("TrustedSigners", switched(signers)),
        ("TrustedKeyGroups", switched(groups)),
        ("ViewerProtocolPolicy", Json::text(viewer_protocol(behavior.viewer_protocol))),
        ("AllowedMethods", methods(behavior)),
        ("SmoothStreaming", Json::Flag(false)),
        ("Compress", Json::Flag(behavior.compress)),
        ("LambdaFunctionAssociations", functions(behavior, Runtime::Lambda, named)),
        ("FunctionAssociations", functions(behavior, Runtime::CloudFront, named)),
        ("FieldLevelEncryptionId", Json::text("")),
    ]);
    let policy = &behavior.cache_policy;
    match policy.legacy {
        Some(legacy) => members.extend(legacy_settings(policy, legacy)),
        None => members.push(("CachePolicyId", Json::text(&named.cache_policy(policy)))),
    }
    if let Some(policy) = &behavior.origin_request_policy {
        members.push(("OriginRequestPolicyId", Json::text(&named.origin_request_policy(policy))));
    }
    if let Some(policy) = &behavior.response_headers_policy {
        let id = named.response_headers_policy(policy);
        members.push(("ResponseHeadersPolicyId", Json::text(&id)));
    }
    Json::object(members)
}

/// A list that is on where it holds anything.
fn switched(items: Vec<Json>) -> Json {
    let enabled = ("Enabled".to_owned(), Json::Flag(!items.is_empty()));
    let mut list = list(items);
    if let Json::Object(members) = &mut list {
        members.insert(0, enabled);
    }
    list
}

/// CB-17, CB-18.
fn functions(behavior: &Behavior, runtime: Runtime, named: &mut Named) -> Json {
    let mut associations = Vec::new();
    for (event, function) in behavior.functions.iter().filter(|(_, it)| it.runtime == runtime) {
        named.function(function);
        let event = ("EventType", Json::text(event.as_str()));
        associations.push(match runtime {
            Runtime::CloudFront => {
                Json::object([("FunctionARN", Json::text(&function.arn)), event])
            }
            Runtime::Lambda => Json::object([
                ("LambdaFunctionARN", Json::text(&function.arn)),
                event,
                ("IncludeBody", Json::Flag(false)),
            ]),
        });
    }
    list(associations)
}

const fn viewer_protocol(policy: ViewerProtocolPolicy) -> &'static str {
    match policy {
        ViewerProtocolPolicy::AllowAll => "allow-all",
        ViewerProtocolPolicy::RedirectToHttps => "redirect-to-https",
        ViewerProtocolPolicy::HttpsOnly => "https-only",
    }
}

/// CB-03, CB-04.
fn methods(behavior: &Behavior) -> Json {
    let of = |count: usize| list(methods_of(count).map(Json::text));
    let allowed = match behavior.allowed_methods {
        AllowedMethods::GetHead => 2,
        AllowedMethods::GetHeadOptions => 3,
        AllowedMethods::All => 7,
    };
    let mut allowed = of(allowed);
    if let Json::Object(members) = &mut allowed {
        let cached = of(if behavior.caches_options { 3 } else { 2 });
        members.push(("CachedMethods".to_owned(), cached));
    }
    allowed
}

/// CB-10, CB-11, CK-12 to CK-14.
fn legacy_settings(policy: &CachePolicy, legacy: LegacySettings) -> [(&'static str, Json); 4] {
    let all = ["*".to_owned()]; // HDRK-06
    let headers = if legacy.forwards_all_headers { &all[..] } else { &policy.key_headers };
    let keys = match &policy.query {
        Selection::Only(names) => &names[..],
        _ => &[],
    };
    let mut cookies = Vec::new();
    match &policy.cookies {
        Selection::Like(patterns) => {
            let names = patterns.iter().map(PathPattern::as_str).map(Json::text);
            cookies.push(("Forward", Json::text("whitelist")));
            cookies.push(("WhitelistedNames", list(names)));
        }
        Selection::All => cookies.push(("Forward", Json::text("all"))),
        _ => cookies.push(("Forward", Json::text("none"))),
    }
    let values = Json::object([
        ("QueryString", Json::Flag(legacy.forwards_all_query)),
        ("Cookies", Json::object(cookies)),
        ("Headers", texts(headers)),
        ("QueryStringCacheKeys", texts(keys)),
    ]);
    [
        ("ForwardedValues", values),
        ("MinTTL", whole(policy.ttl.min)),
        ("DefaultTTL", whole(policy.ttl.default)),
        ("MaxTTL", whole(policy.ttl.max)),
    ]
}
