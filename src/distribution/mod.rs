//! Floor 2. What the console configures: origins, behaviors and policies.
//!
//! This floor never knows an instant of time nor what any cache holds; it only says what was asked for.

#![warn(missing_docs)]

mod origin_kind;
pub use origin_kind::OriginKind;

mod origin;
pub use origin::{Origin, OriginGroup, OriginLimits, OriginProtocol};

mod functions;
pub use functions::{Function, FunctionEvent, Functions, ReadyMade, Runtime};

mod address_range;
pub use address_range::AddressRange;

mod public_key;
pub use public_key::{KeyGroup, KeyKind, PublicKey, TrustedKeys, element, pem};

mod web_acl;
pub use web_acl::{AclAction, AclRule, AclStatement, TextPlace, WebAcl};

mod origin_access;
pub use origin_access::{
    Asker, BucketAction, BucketPolicy, Denied, Grant, OriginAccess, Principal, Proof, Signing,
};

pub mod domain;

mod path_pattern;
pub use path_pattern::PathPattern;

mod policies;
pub use policies::{
    CachePolicy, LegacySettings, OriginRequestPolicy, Selection, TtlBounds, TtlOrder,
};

mod response_headers;
pub use response_headers::{Cors, PolicyField, ResponseHeadersPolicy, SamplingRate};

mod error_response;
pub use error_response::{ErrorPage, ErrorResponse};

mod logging;
pub use logging::Logging;

mod real_time_log;
pub use real_time_log::{REAL_TIME_FIELDS, RealTimeLog, USUAL_FIELDS};

mod security_policy;
pub use security_policy::{CertificateKey, Cipher, SecurityPolicy, TlsProtocol};

mod certificate;
pub use certificate::{
    CertificateContent, CertificateSource, OwnCertificate, SslSupport, ViewerCertificate,
};

mod http_versions;
pub use http_versions::HttpVersions;

mod price_class;
pub use price_class::PriceClass;

mod geo;
pub use geo::{GeoRestriction, GeoSort};

pub mod managed;

pub mod own_fields;
pub use own_fields::is_cloudfronts_own;

mod behavior;
pub use behavior::{AllowedMethods, Behavior, ViewerProtocolPolicy};

pub mod staging;
pub use staging::{DeploymentPolicy, Side, Staged, Stickiness, Traffic, Weight};

pub mod aws;
pub use aws::{AwsError, Beside};

mod configuration;
pub use configuration::{Configuration, Form, NotTaken};

mod draft;
pub use draft::Draft;

use serde::{Deserialize, Serialize};

/// LIM-01: the most bytes of a URL: path and query as sent.
pub const MOST_URL_BYTES: u64 = 8_192;

/// One distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// The name that CloudFront gave it, as in `d111111abcdef8.cloudfront.net`.
    pub domain: String,
    /// Its id, as in `EDFDVBD632BHDS5`, where the configuration came with it (WR-02, WR-05).
    #[serde(skip)]
    pub id: Option<String>,
    /// Alternate domain names.
    pub aliases: Vec<String>,
    /// What `/` stands for (LIM-24); without a leading slash.
    pub default_root_object: Option<String>,
    /// Where content comes from.
    pub origins: Vec<Origin>,
    /// Pairs of origins of which the second stands in for the first.
    #[serde(default)]
    pub origin_groups: Vec<OriginGroup>,
    /// In listed order; the last one is the default behavior `*`.
    pub behaviors: Vec<Behavior>,
    /// What becomes of errors, one entry a status.
    #[serde(default)]
    pub error_responses: Vec<ErrorResponse>,
    /// The response field that holds cache tags, if tags are used (TAG-01, DS-25).
    #[serde(default)]
    pub cache_tag_header: Option<String>,
    /// Which edge locations DNS hands out.
    #[serde(default, skip_serializing_if = "PriceClass::is_default")]
    pub price_class: PriceClass,
    /// Where the access log goes, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logging: Option<Logging>,
    /// From which countries it is served, if that is restricted (DS-20). The form of before never knew it.
    #[serde(skip)]
    pub geo: Option<GeoRestriction>,
    /// The web ACL that every request has to pass, if there is one (DS-03).
    #[serde(skip)]
    pub web_acl: Option<WebAcl>,
    /// What viewers see of it by HTTPS (DS-08 to DS-12). The form of before never knew it.
    #[serde(skip)]
    pub certificate: ViewerCertificate,
    /// The versions of HTTP that viewers may speak (DS-13).
    #[serde(skip)]
    pub http_versions: HttpVersions,
    /// Whether the DNS has addresses of IPv6 for its name, too (DS-14).
    #[serde(skip)]
    pub is_ipv6_enabled: bool,
}

impl Distribution {
    /// A distribution with a name and nothing configured.
    pub fn named(domain: &str) -> Self {
        Self {
            domain: domain.into(),
            id: None,
            aliases: Vec::new(),
            default_root_object: None,
            origins: Vec::new(),
            origin_groups: Vec::new(),
            behaviors: Vec::new(),
            error_responses: Vec::new(),
            cache_tag_header: None,
            price_class: PriceClass::All,
            logging: None,
            geo: None,
            web_acl: None,
            certificate: ViewerCertificate::Default,
            http_versions: HttpVersions::default(),
            is_ipv6_enabled: false,
        }
    }

    /// The same with the certificate that its alternate names need, where none is set (DS-08).
    fn certified(mut self) -> Self {
        if !self.aliases.is_empty() && self.certificate == ViewerCertificate::Default {
            self.certificate = ViewerCertificate::example(&self.aliases);
        }
        self
    }

    /// The place in [`Distribution::behaviors`] of the first whose pattern matches the path (FLOW-15).
    ///
    /// The default behavior matches everything, so a well-formed distribution always has one; an ill-formed one
    /// answers with its last. The path is compared as RFC 3986 normalises it; what is sent on is the path as it came
    /// (FLOW-16).
    pub fn behavior_for(&self, path: &str) -> usize {
        let Some((_, listed)) = self.behaviors.split_last() else { return 0 };
        if listed.is_empty() {
            return 0;
        }
        let path = path_pattern::normalised(path);
        let found = listed.iter().position(|behavior| behavior.pattern.matches(&path));
        found.unwrap_or(listed.len())
    }

    /// The origin of a behavior, by the behavior's place; the primary one of a group.
    pub fn origin_of(&self, behavior: usize) -> Option<(usize, &Origin)> {
        let id = &self.behaviors.get(behavior)?.origin_id;
        let id = self.group(id).map_or(id, |group| &group.members[0]);
        self.origin(id)
    }

    /// The origin with this id, and its place.
    pub fn origin(&self, id: &str) -> Option<(usize, &Origin)> {
        self.origins.iter().enumerate().find(|(_, origin)| origin.id == *id)
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&OriginGroup> {
        self.origin_groups.iter().find(|group| group.id == *id)
    }

    /// What is configured for an error status, if anything (CE-01).
    pub fn error_response(&self, status: u16) -> Option<&ErrorResponse> {
        self.error_responses.iter().find(|response| response.status == status)
    }

    /// Whether this host name leads here: the distribution's own or an alias, whatever its case; below an alias with a
    /// wildcard every name, however deep (DS-05).
    pub fn answers_to(&self, host: &str) -> bool {
        std::iter::once(&self.domain).chain(&self.aliases).any(|name| {
            name == host
                || name.eq_ignore_ascii_case(host)
                || is_below(host, name.strip_prefix('*'))
        })
    }
}

/// Whether a host name ends as a wildcard does behind its asterisk, and begins with something.
fn is_below(host: &str, end: Option<&str>) -> bool {
    let Some(end) = end else { return false };
    let start = host.len().saturating_sub(end.len());
    start > 0 && host.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn distribution(patterns: &[&str]) -> Distribution {
        let behaviors = patterns
            .iter()
            .map(|pattern| Behavior::new(pattern, "o", managed::caching_optimized()));
        Distribution {
            aliases: vec!["www.shop.example".into()],
            origins: vec![Origin::s3_bucket("o", "shop-media", "us-east-1")],
            behaviors: behaviors.collect(),
            ..Distribution::named("d111111abcdef8.cloudfront.net")
        }
    }

    #[test]
    fn flow_15_the_first_listed_pattern_that_matches_wins() {
        let listed = distribution(&["/img/hero*", "img/*", "*.jpg", "*"]);
        let check = |path, place: usize| assert_eq!(listed.behavior_for(path), place, "{path}");
        check("/img/hero.jpg", 0);
        check("/img/a.jpg", 1);
        check("/a.jpg", 2);
        check("/A.JPG", 3);
        check("/", 3);
        check("//img/./x/../hero.jpg", 0);
        assert_eq!(listed.origin_of(3).unwrap().1.id, "o");
    }

    #[test]
    fn lim_08_a_host_is_known_by_its_name_or_an_alias() {
        let known = distribution(&["*"]);
        assert!(
            known.answers_to("D111111ABCDEF8.cloudfront.net")
                && known.answers_to("www.shop.example")
        );
        assert!(!known.answers_to("shop.example"));
    }

    #[test]
    fn ds_04_05_below_a_wildcard_every_name_leads_here_however_deep() {
        let known = Distribution { aliases: vec!["*.shop.example".into()], ..distribution(&["*"]) };
        for (host, leads_here) in [
            ("www.shop.example", true),
            ("EU.Shop.Example", true),
            ("a.b.shop.example", true),
            ("shop.example", false),
            (".shop.example", false),
            ("workshop.example", false),
            ("www.shop.example.com", false),
            ("w\u{e9}", false),
            ("", false),
        ] {
            assert_eq!(known.answers_to(host), leads_here, "{host}");
        }
    }
}
