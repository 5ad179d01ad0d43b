//! Origins (distribution.md sections 1.1 to 1.3).

use super::ErrorCode::{
    IllegalOriginAccessConfiguration, InvalidArgument, InvalidDomainNameForOriginAccessControl,
    InvalidOrigin, InvalidOriginAccessControl, InvalidOriginAccessIdentity,
    InvalidOriginKeepaliveTimeout, InvalidOriginReadTimeout, TooManyOrigins,
};
use super::custom_headers::custom_headers;
use super::reader::{Node, Quota, Range, Reader};
use super::{Beside, StandIn, ids};
use crate::distribution::domain::{Classified, classify};
use crate::distribution::{
    Origin, OriginAccess, OriginKind, OriginLimits, OriginProtocol, Signing, TlsProtocol,
};

const QUOTA: Quota = Quota {
    most: 100,
    code: TooManyOrigins,
    row: "QT-01",
    rule: "a distribution has at most 100 origins",
};

const ATTEMPTS: Range = Range {
    least: 1,
    most: 3,
    code: InvalidArgument,
    row: "OR-09",
    rule: "connection attempts are 1 to 3",
};

const CONNECT_SECS: Range = Range {
    least: 1,
    most: 10,
    code: InvalidArgument,
    row: "OR-10",
    rule: "the connection timeout is 1 to 10 seconds",
};

const RESPONSE_SECS: Range = Range {
    least: 1,
    most: 120,
    code: InvalidOriginReadTimeout,
    row: "OR-11",
    rule: "the response timeout is 1 to 120 seconds",
};

const KEEP_ALIVE_SECS: Range = Range {
    least: 1,
    most: 300,
    code: InvalidOriginKeepaliveTimeout,
    row: "OR-13",
    rule: "the keep-alive timeout is 1 to 300 seconds",
};

/// The Regions with an Origin Shield (OR-07, VER-16).
pub const SHIELD_REGIONS: [&str; 13] = [
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "sa-east-1",
    "me-central-1",
];

/// The three blocks, of which an origin has one.
const BLOCKS: [&str; 3] = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"];

/// Reads `Origins`.
pub(super) fn origins(reader: &mut Reader, node: &Node, beside: &Beside) -> Vec<Origin> {
    reader.need(node);
    let places = reader.list(node, Some(&QUOTA));
    if node.is_given() && places.is_empty() {
        reader.refuse(node, InvalidArgument, "ER-03", "a distribution has one origin at least");
    }
    let mut origins: Vec<Origin> = Vec::new();
    for place in &places {
        let Some(origin) = origin(reader, place, beside) else { continue };
        if !origin.id.is_empty() && origins.iter().any(|other| other.id == origin.id) {
            let rule = "the id of an origin differs from those of all others";
            reader.refuse(&place.member("Id"), InvalidArgument, "OR-02", rule);
        }
        origins.push(origin);
    }
    origins
}

fn origin(reader: &mut Reader, place: &Node, beside: &Beside) -> Option<Origin> {
    let known = [
        "Id",
        "DomainName",
        "OriginPath",
        "CustomHeaders",
        "S3OriginConfig",
        "CustomOriginConfig",
        "VpcOriginConfig",
        "ConnectionAttempts",
        "ConnectionTimeout",
        "ResponseCompletionTimeout",
        "OriginShield",
        "OriginAccessControlId",
    ];
    if !reader.object(place, &known) {
        return None;
    }
    let id = reader.needed_text(&place.member("Id")).unwrap_or_default();
    let domain = reader.needed_text(&place.member("DomainName")).unwrap_or_default();
    let blocks = BLOCKS.map(|name| place.member(name));
    let given: Vec<&Node> = blocks.iter().filter(|block| block.is_given()).collect();
    if given.len() != 1 {
        let rule = "an origin has one of S3OriginConfig, CustomOriginConfig and VpcOriginConfig";
        let given = format!("with {} of them", given.len());
        reader.refuse_given(place, &given, InvalidArgument, "ER-03", rule);
    }
    let classified = kind_and_region(reader, &place.member("DomainName"), domain, &blocks);
    let access = access(reader, place, &blocks[0], classified.as_ref(), beside);
    let (kind, region) = match classified {
        Some(found) => (found.kind, found.region),
        None => (OriginKind::WebServer, None),
    };
    let region = region.or_else(|| beside.region_of(id).map(String::from)).unwrap_or_else(|| {
        reader.assume(&place.member("DomainName"), StandIn::Region(beside.default_region.clone()));
        beside.default_region.clone() // REC-14 (MODEL)
    });
    let mut origin = Origin::new(id, domain.to_owned(), kind, &region);
    origin.access = access;
    origin.bucket_policy = origin.bucket().and_then(|bucket| beside.bucket_policy(bucket));
    origin.path = path(reader, &place.member("OriginPath"));
    origin.custom_headers = custom_headers(reader, &place.member("CustomHeaders"));
    origin.shield_region = shield(reader, &place.member("OriginShield"));
    let [s3, custom, vpc] = &blocks;
    bucket_block(reader, s3);
    vpc_block(reader, vpc);
    origin.protocol = custom_block(reader, custom, &mut origin.tls);
    let block = given.first().copied().unwrap_or(custom);
    origin.limits = limits(reader, place, block, block.path() == s3.path());
    Some(origin)
}

/// The kind by block and name together: DP-01 to DP-26, OK-12, UV-08.
fn kind_and_region(
    reader: &mut Reader,
    place: &Node,
    domain: &str,
    [s3, custom, vpc]: &[Node; 3],
) -> Option<Classified> {
    if domain.is_empty() {
        return None;
    }
    let mut found = match classify(domain) {
        Ok(found) => found,
        Err(error) => {
            reader.refuse(place, InvalidArgument, error.why.row(), error.why.rule());
            return None;
        }
    };
    if s3.is_given() && found.kind != OriginKind::S3Bucket {
        // ER-06: the code of create and copy, which is what a paste is most like.
        let rule =
            "S3OriginConfig is for a bucket's own endpoint, as in BUCKET.s3.REGION.amazonaws.com";
        reader.refuse(place, InvalidOrigin, "ER-06", rule);
    } else if vpc.is_given() {
        found.kind = OriginKind::VpcOrigin; // OK-12
    } else if custom.is_given() && found.kind == OriginKind::VpcOrigin {
        let rule = "this name is a private one, which only a VpcOriginConfig can reach";
        reader.refuse(place, InvalidArgument, found.row, rule);
    } else if custom.is_given() && found.kind == OriginKind::S3Bucket {
        // UV-08, MODEL: a bucket reached as a custom origin knows neither OAC nor the rule of its Region.
        found.kind = OriginKind::WebServer;
    }
    Some(found)
}

/// OR-20 and OR-21.
fn access(
    reader: &mut Reader,
    place: &Node,
    s3: &Node,
    found: Option<&Classified>,
    beside: &Beside,
) -> OriginAccess {
    let identity_place = s3.member("OriginAccessIdentity");
    let identity = reader.filled_text(&identity_place);
    let id = identity.map(|text| text.strip_prefix("origin-access-identity/cloudfront/"));
    if id.is_some_and(|id| id.is_none_or(str::is_empty)) {
        let rule = "an origin access identity is written origin-access-identity/cloudfront/ID";
        reader.refuse(&identity_place, InvalidOriginAccessIdentity, "OR-21", rule);
    }
    let control_place = place.member("OriginAccessControlId");
    let Some(control) = reader.filled_text(&control_place) else {
        let id = id.flatten().map(String::from);
        return id.map_or(OriginAccess::None, |id| OriginAccess::Identity { id });
    };
    if !ids::is_upper(control) {
        let rule = "this is not the id of an origin access control";
        reader.refuse(&control_place, InvalidOriginAccessControl, "OR-20", rule);
    }
    if identity.is_some() {
        let rule = "an origin has an origin access control or an origin access identity, not both";
        reader.refuse(&control_place, IllegalOriginAccessConfiguration, "OR-20", rule);
    }
    if found.is_some_and(|found| found.kind.signed_service().is_none()) {
        let rule = "an origin access control is for buckets, MediaStore, MediaPackage v2 and Lambda function URLs";
        reader.refuse(&control_place, InvalidDomainNameForOriginAccessControl, "OR-20", rule);
    }
    let known = beside.access_control(control);
    if let Some((known, found)) = known.zip(found) {
        known.fit(reader, &control_place, found);
    }
    if known.is_none() {
        reader.assume(&control_place, StandIn::SignsAlways);
    }
    let signing = known.map_or(Signing::Always, |known| known.signing); // IM-09
    OriginAccess::Control { id: control.to_owned(), signing }
}

/// OR-03.
fn path(reader: &mut Reader, node: &Node) -> String {
    let Some(path) = reader.relative_path(node, "OR-03") else { return String::new() };
    if path.ends_with('/') {
        let rule = "an origin path does not end with a slash";
        reader.refuse(node, InvalidArgument, "OR-03", rule);
    }
    path.to_owned()
}

/// OR-06, OR-07.
fn shield(reader: &mut Reader, node: &Node) -> Option<String> {
    if !reader.object(node, &["Enabled", "OriginShieldRegion"]) {
        return None;
    }
    if !reader.needed_flag(&node.member("Enabled"))? {
        return None;
    }
    let place = node.member("OriginShieldRegion");
    let region = reader.needed_text(&place)?;
    if !SHIELD_REGIONS.contains(&region) {
        let rule = format!("Origin Shield is in {} only", SHIELD_REGIONS.join(", "));
        reader.refuse(&place, InvalidArgument, "OR-07", &rule);
    }
    Some(region.to_owned())
}

/// A bucket's block holds nothing more that is simulated.
fn bucket_block(reader: &mut Reader, node: &Node) {
    if reader.object(node, &["OriginReadTimeout", "OriginAccessIdentity"]) {
        reader.need(&node.member("OriginAccessIdentity"));
    }
}

/// OR-25: which resource it is, is not simulated.
fn vpc_block(reader: &mut Reader, node: &Node) {
    if reader.object(node, &["OriginReadTimeout", "OriginKeepaliveTimeout"]) {
        reader.needed_text(&node.member("VpcOriginId"));
    }
}

/// OR-14 to OR-19. Ports and addresses are held against their rules, but not simulated.
fn custom_block(reader: &mut Reader, node: &Node, tls: &mut Vec<TlsProtocol>) -> OriginProtocol {
    let known = [
        "OriginProtocolPolicy",
        "OriginReadTimeout",
        "OriginKeepaliveTimeout",
        "OriginSslProtocols",
    ];
    if !reader.object(node, &known) {
        return OriginProtocol::default();
    }
    for (name, row) in [("HTTPPort", "OR-15"), ("HTTPSPort", "OR-16")] {
        let place = node.member(name);
        reader.need(&place);
        let port = reader.whole(&place);
        if port.is_some_and(|port| !matches!(port, 80 | 443 | 1024..=65_535)) {
            let rule = "the port of an origin is 80, 443 or one from 1024 to 65535";
            reader.refuse(&place, InvalidArgument, row, rule);
        }
    }
    let protocols = node.member("OriginSslProtocols");
    if protocols.is_given() {
        tls.clear();
    }
    for place in reader.list(&protocols, None) {
        let word = reader.word(&place, &["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"], "OR-17");
        tls.extend(TlsProtocol::ALL.into_iter().filter(|known| Some(known.as_str()) == word));
    }
    reader.word(&node.member("IpAddressType"), &["ipv4", "ipv6", "dualstack"], "OR-18");
    let place = node.member("OriginProtocolPolicy");
    match reader.needed_word(&place, &["http-only", "https-only", "match-viewer"], "OR-14") {
        Some("http-only") => OriginProtocol::HttpOnly,
        Some("https-only") => OriginProtocol::HttpsOnly,
        _ => OriginProtocol::MatchViewer,
    }
}

/// OR-09 to OR-13.
/// OR-13: a bucket's block has no keep-alive timeout, so that one there is kept with what else it does not know.
fn limits(reader: &mut Reader, place: &Node, block: &Node, is_bucket: bool) -> OriginLimits {
    let usual = OriginLimits::default();
    let attempts = reader.within(&place.member("ConnectionAttempts"), &ATTEMPTS);
    let connect = reader.within(&place.member("ConnectionTimeout"), &CONNECT_SECS);
    let response = reader.within(&block.member("OriginReadTimeout"), &RESPONSE_SECS);
    let response_secs = response.unwrap_or(usual.response_secs);
    let keep_alive = (!is_bucket)
        .then(|| reader.within(&block.member("OriginKeepaliveTimeout"), &KEEP_ALIVE_SECS))
        .flatten();
    let completion = Range {
        least: i64::try_from(response_secs).unwrap_or(i64::MAX),
        most: i64::MAX,
        code: InvalidArgument,
        row: "OR-12",
        rule: "the response completion timeout is no less than the response timeout",
    };
    OriginLimits {
        attempts: attempts.and_then(|n| u32::try_from(n).ok()).unwrap_or(usual.attempts),
        connect_secs: connect.unwrap_or(usual.connect_secs),
        response_secs,
        completion_secs: reader.within(&place.member("ResponseCompletionTimeout"), &completion),
        keep_alive_secs: keep_alive.unwrap_or(usual.keep_alive_secs),
    }
}
