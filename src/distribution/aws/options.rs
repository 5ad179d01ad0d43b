//! What else a behavior says (CB-12 to CB-19). What is not simulated of it is held against its rules.

use super::ErrorCode::{
    IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior, InvalidArgument,
    NoSuchFieldLevelEncryptionConfig, NoSuchRealtimeLogConfig,
    TooManyKeyGroupsAssociatedToDistribution, TrustedKeyGroupDoesNotExist,
    TrustedSignerDoesNotExist,
};
use super::reader::{Node, Quota, Reader};
use super::{Beside, StandIn, edge_functions, ids};
use crate::distribution::{
    AllowedMethods, Behavior, Distribution, KeyGroup, OriginProtocol, TrustedKeys,
    ViewerProtocolPolicy,
};
use crate::json::Json;

const KEY_GROUPS: Quota = Quota {
    most: 4,
    code: TooManyKeyGroupsAssociatedToDistribution,
    row: "CB-15",
    rule: "a behavior trusts at most 4 key groups",
};

/// Reads the rest of a behavior. The distribution has its origins.
pub(super) fn options(
    reader: &mut Reader,
    config: &Node,
    node: &Node,
    behavior: &mut Behavior,
    distribution: &Distribution,
    beside: &Beside,
) {
    reader.flag(&node.member("SmoothStreaming"));
    let groups = key_groups(reader, &node.member("TrustedKeyGroups"), beside);
    let has_signers = signers(reader, &node.member("TrustedSigners"));
    behavior.trusted = groups.or_else(|| has_signers.then(TrustedKeys::default));
    real_time_logs(reader, &node.member("RealtimeLogConfigArn"), beside);
    behavior.functions = edge_functions::associations(reader, node, beside);
    let speaks_http = distribution
        .origin(&behavior.origin_id)
        .is_some_and(|(_, origin)| origin.protocol == OriginProtocol::HttpOnly);
    encryption(reader, &node.member("FieldLevelEncryptionId"), behavior, speaks_http);
    grpc(reader, config, &node.member("GrpcConfig"), behavior, speaks_http);
}

/// The items of a list that is marked as on or off.
fn switched<'j>(
    reader: &mut Reader,
    node: &Node<'j>,
    quota: Option<&Quota>,
    row: &'static str,
) -> Vec<Node<'j>> {
    if !node.is_given() {
        return Vec::new();
    }
    let places = reader.list_beside(node, &["Enabled"], quota);
    if !reader.errors.iter().any(|error| error.path() == Some(node.path())) {
        let is_on = reader.needed_flag(&node.member("Enabled"));
        if is_on == Some(true) && places.is_empty() {
            reader.refuse(node, InvalidArgument, row, "what is enabled has one item at least");
        }
    }
    places
}

/// Whether a list is on, and not only there.
fn is_on(node: &Node) -> bool {
    matches!(node.member("Enabled").json(), Some(Json::Flag(true)))
}

/// CB-15. Of a group that is not given no key is known, nor is a key that is not (IM-13).
fn key_groups(reader: &mut Reader, node: &Node, beside: &Beside) -> Option<TrustedKeys> {
    let mut groups = Vec::new();
    for place in switched(reader, node, Some(&KEY_GROUPS), "CB-15") {
        let Some(id) = reader.needed_text(&place) else { continue };
        if !ids::is_uuid(id) {
            let rule = "this is not the id of a key group";
            reader.refuse(&place, TrustedKeyGroupDoesNotExist, "CB-15", rule);
        }
        let (group, missing) = beside
            .key_group(id)
            .unwrap_or_else(|| (KeyGroup { id: id.to_owned(), keys: Vec::new() }, vec![id]));
        for id in missing.into_iter().filter(|_| is_on(node)) {
            reader.assume_of(&place, &Json::text(id).shown(), StandIn::NoKeys);
        }
        groups.push(group);
    }
    is_on(node).then_some(TrustedKeys { groups })
}

/// CB-16. The keys of accounts are never given (IM-13).
fn signers(reader: &mut Reader, node: &Node) -> bool {
    for place in switched(reader, node, None, "CB-16") {
        let signer = reader.needed_text(&place);
        if signer.is_some_and(|signer| signer != "self" && !ids::is_account(signer)) {
            let rule = "a trusted signer is self or the twelve digits of an account";
            reader.refuse(&place, TrustedSignerDoesNotExist, "CB-16", rule);
        } else if is_on(node) {
            reader.assume(&place, StandIn::NoKeys);
        }
    }
    is_on(node)
}

/// CB-14, IM-19 (MODEL): what is not given is kept, and logs nothing.
fn real_time_logs(reader: &mut Reader, place: &Node, beside: &Beside) {
    let arn = reader.filled_text(place);
    if arn.is_some_and(|arn| beside.real_time_log(arn).is_none()) {
        reader.keep(place);
    }
    let is_one = |arn| {
        ids::arn(arn).is_some_and(|[service, _, account, rest]| {
            service == "cloudfront"
                && ids::is_account(account)
                && rest.starts_with("realtime-log-config/")
        })
    };
    if arn.is_some_and(|arn| !is_one(arn)) {
        let rule = "this is not the ARN of a real-time log configuration";
        reader.refuse(place, NoSuchRealtimeLogConfig, "CB-14", rule);
    }
}

/// CB-13.
fn encryption(reader: &mut Reader, place: &Node, behavior: &Behavior, speaks_http: bool) {
    let Some(id) = reader.filled_text(place) else { return };
    if !ids::is_upper(id) {
        let rule = "this is not the id of a field-level encryption configuration";
        reader.refuse(place, NoSuchFieldLevelEncryptionConfig, "CB-13", rule);
    } else if behavior.viewer_protocol == ViewerProtocolPolicy::AllowAll
        || behavior.allowed_methods != AllowedMethods::All
        || speaks_http
    {
        let code = IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior;
        let rule = "field-level encryption needs viewers by HTTPS, all seven methods, and an origin by HTTPS";
        reader.refuse(place, code, "CB-13", rule);
    }
}

/// CB-19.
fn grpc(reader: &mut Reader, config: &Node, node: &Node, behavior: &Behavior, speaks_http: bool) {
    if !reader.is_object(node) || reader.needed_flag(&node.member("Enabled")) != Some(true) {
        return;
    }
    let version = config.member("HttpVersion");
    let version = version.json().and_then(crate::json::Json::as_text).unwrap_or("http2");
    let knows_http2 = matches!(version, "http2" | "http2and3");
    if behavior.allowed_methods != AllowedMethods::All || !knows_http2 || speaks_http {
        let rule = "gRPC needs all seven methods, HTTP/2 and an origin by HTTPS";
        reader.refuse(&node.member("Enabled"), InvalidArgument, "CB-19", rule);
    }
}
