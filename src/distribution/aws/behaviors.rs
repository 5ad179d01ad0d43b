//! Cache behaviors (distribution.md sections 2.1 and 2.2).

use super::ErrorCode::{
    self, InvalidArgument, InvalidHeadersForS3Origin, NoSuchCachePolicy, NoSuchOrigin,
    NoSuchOriginRequestPolicy, NoSuchResponseHeadersPolicy, TooManyCacheBehaviors,
    TooManyLambdaFunctionAssociations,
};
use super::reader::{Node, Quota, Reader};
use super::{Beside, StandIn, forwarded_values, ids, options};
use crate::distribution::{
    AllowedMethods, Behavior, CachePolicy, Distribution, OriginKind, OriginRequestPolicy,
    PathPattern, ResponseHeadersPolicy, Runtime, ViewerProtocolPolicy, managed,
};
use crate::json::Json;

const QUOTA: Quota = Quota {
    most: 75,
    code: TooManyCacheBehaviors,
    row: "QT-03",
    rule: "a distribution has at most 75 cache behaviors",
};

/// QT-31.
const MOST_LAMBDAS: usize = 100;

const KNOWN: [&str; 16] = [
    "TargetOriginId",
    "ViewerProtocolPolicy",
    "AllowedMethods",
    "Compress",
    "CachePolicyId",
    "OriginRequestPolicyId",
    "ResponseHeadersPolicyId",
    "ForwardedValues",
    "MinTTL",
    "DefaultTTL",
    "MaxTTL",
    "LambdaFunctionAssociations",
    "FunctionAssociations",
    "TrustedKeyGroups",
    "TrustedSigners",
    "RealtimeLogConfigArn",
];

/// The three sets are the first two, the first three and all.
const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/// Reads `CacheBehaviors` in their order and `DefaultCacheBehavior`, which comes last (PP-01). The distribution has its
/// origins and groups already.
pub(super) fn behaviors(
    reader: &mut Reader,
    config: &Node,
    distribution: &Distribution,
    beside: &Beside,
) -> Vec<Behavior> {
    let mut behaviors = Vec::new();
    for place in reader.list(&config.member("CacheBehaviors"), Some(&QUOTA)) {
        if reader.object(&place, &[&KNOWN[..], &["PathPattern"]].concat()) {
            let pattern = pattern(reader, &place.member("PathPattern"));
            let mut behavior = behavior(reader, &place, pattern, distribution, beside);
            options::options(reader, config, &place, &mut behavior, distribution, beside);
            behaviors.push(behavior);
        }
    }
    let place = config.member("DefaultCacheBehavior");
    if reader.needed_object(&place, &KNOWN) {
        let mut behavior = behavior(reader, &place, PathPattern::DEFAULT, distribution, beside);
        options::options(reader, config, &place, &mut behavior, distribution, beside);
        behaviors.push(behavior);
    }
    count_lambdas(reader, &config.member("CacheBehaviors"), &behaviors);
    behaviors
}

/// QT-31: the Lambda functions of all behaviors together, each once.
fn count_lambdas(reader: &mut Reader, place: &Node, behaviors: &[Behavior]) {
    let mut arns: Vec<&str> = Vec::new();
    for (_, function) in behaviors.iter().flat_map(|behavior| behavior.functions.iter()) {
        if function.runtime == Runtime::Lambda && !arns.contains(&&*function.arn) {
            arns.push(&function.arn);
        }
    }
    if arns.len() > MOST_LAMBDAS {
        let rule = "a distribution has at most 100 Lambda functions";
        let given = arns.len().to_string();
        reader.refuse_given(place, &given, TooManyLambdaFunctionAssociations, "QT-31", rule);
    }
}

/// PP-06, PP-07, PP-15.
fn pattern<'j>(reader: &mut Reader, place: &Node<'j>) -> &'j str {
    let Some(pattern) = reader.needed_text(place) else { return "" };
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_-.*?$/~\"'@:+&".contains(c);
    if pattern == PathPattern::DEFAULT {
        let rule = "the path pattern * is the default behavior's own";
        reader.refuse(place, InvalidArgument, "PP-15", rule);
    } else if !pattern.chars().all(is_allowed) {
        let rule = "a path pattern is made of A-Z a-z 0-9 _ - . * ? $ / ~ \" ' @ : + &";
        reader.refuse(place, InvalidArgument, "PP-06", rule);
    } else if pattern.len() > 255 {
        reader.refuse(place, InvalidArgument, "PP-07", "a path pattern has at most 255 characters");
    }
    pattern
}

fn behavior(
    reader: &mut Reader,
    node: &Node,
    pattern: &str,
    distribution: &Distribution,
    beside: &Beside,
) -> Behavior {
    let target = reader.needed_text(&node.member("TargetOriginId")).unwrap_or_default();
    let is_group = distribution.group(target).is_some();
    if !target.is_empty() && !is_group && distribution.origin(target).is_none() {
        let rule = "a behavior's target is the id of an origin or of an origin group";
        reader.refuse(&node.member("TargetOriginId"), NoSuchOrigin, "CB-01", rule);
    }
    let viewer_protocol = viewer_protocol(reader, &node.member("ViewerProtocolPolicy"));
    let (allowed_methods, caches_options) = methods(reader, &node.member("AllowedMethods"));
    if is_group && allowed_methods == AllowedMethods::All {
        let rule = "a behavior with an origin group allows GET and HEAD, or these and OPTIONS";
        let place = node.member("AllowedMethods").member("Items");
        reader.refuse(&place, InvalidArgument, "OG-06", rule);
    }
    let compress = reader.flag(&node.member("Compress")).unwrap_or(false);
    let cache_policy = cache_policy(reader, node, compress, beside);
    host_in_key(reader, node, &cache_policy, distribution, target);
    Behavior {
        viewer_protocol,
        allowed_methods,
        caches_options,
        compress,
        origin_request_policy: origin_request_policy(reader, node, beside),
        response_headers_policy: response_headers_policy(reader, node, beside),
        ..Behavior::new(pattern, target, cache_policy)
    }
}

/// CB-02.
fn viewer_protocol(reader: &mut Reader, place: &Node) -> ViewerProtocolPolicy {
    match reader.needed_word(place, &["allow-all", "redirect-to-https", "https-only"], "CB-02") {
        Some("redirect-to-https") => ViewerProtocolPolicy::RedirectToHttps,
        Some("https-only") => ViewerProtocolPolicy::HttpsOnly,
        _ => ViewerProtocolPolicy::AllowAll,
    }
}

/// The allowed methods, and whether OPTIONS is among the cached ones (CB-03, CB-04).
fn methods(reader: &mut Reader, node: &Node) -> (AllowedMethods, bool) {
    let rule = "the allowed methods are GET and HEAD, or these and OPTIONS, or all seven";
    let allowed = method_set(reader, node, 7, "CB-03", rule);
    let node = node.member("CachedMethods");
    let rule = "the cached methods are GET and HEAD, or these and OPTIONS";
    let caches_options =
        method_set(reader, &node, 3, "CB-04", rule) == Some(AllowedMethods::GetHeadOptions);
    if caches_options && allowed == Some(AllowedMethods::GetHead) {
        let rule = "OPTIONS can be cached only where it is allowed";
        reader.refuse(&node.member("Items"), InvalidArgument, "CB-04", rule);
    }
    (allowed.unwrap_or(AllowedMethods::GetHead), caches_options)
}

/// Which of the three sets a list is (MET-05), if it has no more than `most` methods. GET and HEAD where nothing is
/// listed, none where the list was refused.
fn method_set(
    reader: &mut Reader,
    node: &Node,
    most: usize,
    row: &'static str,
    rule: &str,
) -> Option<AllowedMethods> {
    if !node.is_given() {
        return Some(AllowedMethods::GetHead);
    }
    // The list of allowed methods holds that of the cached ones.
    let places = reader.list_beside(node, &["CachedMethods"], None);
    let words: Vec<_> =
        places.iter().filter_map(|place| reader.needed_word(place, &METHODS, row)).collect();
    if words.len() < places.len() {
        return None;
    }
    let has = |methods: &[&str]| methods.iter().all(|method| words.contains(method));
    let set = match words.len() {
        2 if has(&METHODS[..2]) => Some(AllowedMethods::GetHead),
        3 if has(&METHODS[..3]) => Some(AllowedMethods::GetHeadOptions),
        7 if has(&METHODS) => Some(AllowedMethods::All),
        _ => None,
    };
    let set = set.filter(|_| words.len() <= most);
    if set.is_none() {
        reader.refuse(&node.member("Items"), InvalidArgument, row, rule);
    }
    set
}

/// CB-07, CB-10, CB-11, KEY-10: a cache policy or the legacy settings, not both.
fn cache_policy(reader: &mut Reader, node: &Node, compress: bool, beside: &Beside) -> CachePolicy {
    let place = node.member("CachePolicyId");
    let Some(id) = reader.filled_text(&place) else {
        if node.member("ForwardedValues").is_given() {
            return forwarded_values::cache_policy(reader, node, compress);
        }
        let rule = "a behavior has a CachePolicyId or ForwardedValues";
        reader.refuse(&place, InvalidArgument, "CB-07", rule);
        return managed::caching_disabled();
    };
    for legacy in ["ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"] {
        let legacy = node.member(legacy);
        if legacy.is_given() {
            let rule = "a behavior with a cache policy has no legacy cache settings";
            reader.refuse(&legacy, InvalidArgument, "KEY-10", rule);
        }
    }
    let found = beside.cache_policy(id);
    let sort = Sort { name: "cache", code: NoSuchCachePolicy, row: "CB-07" };
    known(reader, &place, found, &sort, StandIn::CachingOptimized).unwrap_or_else(|| {
        managed::caching_optimized() // IM-01
    })
}

/// A sort of policy, as a finding names it.
struct Sort {
    name: &'static str,
    code: ErrorCode,
    row: &'static str,
}

/// What an id was found to mean. One that can be an own policy's is stood in for; any other is refused.
fn known<T>(
    reader: &mut Reader,
    place: &Node,
    found: Option<T>,
    sort: &Sort,
    stand_in: StandIn,
) -> Option<T> {
    let is_own = place.json().and_then(Json::as_text).is_some_and(ids::is_uuid);
    if found.is_none() && is_own {
        reader.assume(place, stand_in);
    } else if found.is_none() {
        let name = sort.name;
        let rule = format!(
            "this is neither a managed {name} policy nor one that was given besides, nor the id that an own one has"
        );
        reader.refuse(place, sort.code, sort.row, &rule);
    }
    found
}

/// HDRK-07, OK-01, OK-03: a bucket can't be told the viewer's Host.
fn host_in_key(
    reader: &mut Reader,
    node: &Node,
    policy: &CachePolicy,
    distribution: &Distribution,
    target: &str,
) {
    if !policy.key_headers.iter().any(|name| name.eq_ignore_ascii_case("Host")) {
        return;
    }
    let members = distribution.group(target).map_or(&[][..], |group| &group.members[..]);
    let reaches = |kind| {
        let is_of_kind = |id: &str| distribution.origin(id).is_some_and(|(_, o)| o.kind == kind);
        is_of_kind(target) || members.iter().any(|id| is_of_kind(id))
    };
    let place = match policy.legacy {
        Some(_) => node.member("ForwardedValues").member("Headers"),
        None => node.member("CachePolicyId"),
    };
    if reaches(OriginKind::S3Bucket) {
        let rule = "Host can't be in the cache key of a behavior whose origin is an S3 bucket";
        reader.refuse(&place, InvalidHeadersForS3Origin, "HDRK-07", rule);
    } else if reaches(OriginKind::MediaStore) {
        let rule = "Host can't be in the cache key of a behavior whose origin is MediaStore";
        reader.refuse(&place, InvalidArgument, "OK-03", rule);
    }
}

/// CB-08.
fn origin_request_policy(
    reader: &mut Reader,
    node: &Node,
    beside: &Beside,
) -> Option<OriginRequestPolicy> {
    let place = node.member("OriginRequestPolicyId");
    let id = reader.filled_text(&place)?;
    // ORP-01
    if !node.member("CachePolicyId").is_filled() {
        let rule = "an origin request policy goes only together with a cache policy";
        reader.refuse(&place, InvalidArgument, "CB-08", rule);
    }
    let found = beside.origin_request_policy(id);
    let sort = Sort { name: "origin request", code: NoSuchOriginRequestPolicy, row: "CB-08" };
    known(reader, &place, found, &sort, StandIn::NoOriginRequestPolicy)
}

/// CB-09.
fn response_headers_policy(
    reader: &mut Reader,
    node: &Node,
    beside: &Beside,
) -> Option<ResponseHeadersPolicy> {
    let place = node.member("ResponseHeadersPolicyId");
    let id = reader.filled_text(&place)?;
    let found = beside.response_headers_policy(id);
    let sort = Sort { name: "response headers", code: NoSuchResponseHeadersPolicy, row: "CB-09" };
    known(reader, &place, found, &sort, StandIn::NoResponseHeadersPolicy)
}
