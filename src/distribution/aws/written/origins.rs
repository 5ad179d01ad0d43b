//! Origins as the API prints them (distribution.md sections 1.1 to 1.3).

use super::policies::Named;
use super::{list, texts, whole};
use crate::distribution::domain::classify;
use crate::distribution::{Origin, OriginAccess, OriginKind, OriginProtocol};
use crate::json::Json;

/// The Regions of the origins whose names do not tell them (REC-14).
pub(super) fn regions(origins: &[Origin]) -> Vec<(String, String)> {
    let is_told = |domain: &str| classify(domain).is_ok_and(|found| found.region.is_some());
    let untold = origins.iter().filter(|origin| !is_told(&origin.domain));
    untold.map(|origin| (origin.id.clone(), origin.region.clone())).collect()
}

pub(super) fn origin(origin: &Origin, named: &mut Named) -> Json {
    let headers = origin.custom_headers.iter().map(|(name, value)| {
        Json::object([("HeaderName", Json::text(name)), ("HeaderValue", Json::text(value))])
    });
    let mut members = vec![
        ("Id", Json::text(&origin.id)),
        ("DomainName", Json::text(&origin.domain)),
        ("OriginPath", Json::text(&origin.path)),
        ("CustomHeaders", list(headers)),
        block(origin),
        ("ConnectionAttempts", whole(u64::from(origin.limits.attempts))),
        ("ConnectionTimeout", whole(origin.limits.connect_secs)),
    ];
    if let Some(secs) = origin.limits.completion_secs {
        members.push(("ResponseCompletionTimeout", whole(secs)));
    }
    let mut shield = vec![("Enabled", Json::Flag(origin.shield_region.is_some()))];
    if let Some(region) = &origin.shield_region {
        shield.push(("OriginShieldRegion", Json::text(region)));
    }
    members.push(("OriginShield", Json::object(shield)));
    let control = match &origin.access {
        OriginAccess::Control { id, signing } => {
            named.access_control(id, *signing, origin);
            id
        }
        _ => "",
    };
    if let Some((bucket, policy)) = origin.bucket().zip(origin.bucket_policy.as_ref()) {
        named.bucket_policy(bucket, policy);
    }
    members.push(("OriginAccessControlId", Json::text(control)));
    Json::object(members)
}

/// One of the three blocks: a bucket's own endpoint (OK-01), a private one (OK-12), or any other.
fn block(origin: &Origin) -> (&'static str, Json) {
    let response = ("OriginReadTimeout", whole(origin.limits.response_secs));
    let keep_alive = ("OriginKeepaliveTimeout", whole(origin.limits.keep_alive_secs));
    match origin.kind {
        OriginKind::S3Bucket => {
            let identity = match &origin.access {
                OriginAccess::Identity { id } => format!("origin-access-identity/cloudfront/{id}"),
                _ => String::new(),
            };
            let identity = ("OriginAccessIdentity", Json::text(&identity));
            ("S3OriginConfig", Json::object([identity, response]))
        }
        OriginKind::VpcOrigin => {
            let id = ("VpcOriginId", Json::text("vo_EXAMPLE"));
            ("VpcOriginConfig", Json::object([id, response, keep_alive]))
        }
        _ => {
            let protocol = match origin.protocol {
                OriginProtocol::HttpOnly => "http-only",
                OriginProtocol::HttpsOnly => "https-only",
                OriginProtocol::MatchViewer => "match-viewer",
            };
            let tls: Vec<String> =
                origin.tls.iter().map(|protocol| protocol.as_str().to_owned()).collect();
            let block = [
                ("HTTPPort", Json::Whole(80)),
                ("HTTPSPort", Json::Whole(443)),
                ("OriginProtocolPolicy", Json::text(protocol)),
                ("OriginSslProtocols", texts(&tls)),
                response,
                keep_alive,
            ];
            ("CustomOriginConfig", Json::object(block))
        }
    }
}
