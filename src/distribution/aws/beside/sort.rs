//! The sorts of document that can stand beside a configuration, and how each is told from the others.

use crate::json::{Json, Path};

/// A sort of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// An own cache policy (CB-07).
    Cache,
    /// An own origin request policy (CB-08).
    OriginRequest,
    /// An own response headers policy (CB-09).
    ResponseHeaders,
    /// An origin access control (OR-20).
    AccessControl,
    /// The policy of a bucket (OSEC-11).
    BucketPolicy,
    /// What a function at the edge does (IM-11).
    EdgeFunction,
    /// A key by which signatures are checked (SIG-12).
    PublicKey,
    /// Keys that are trusted together (SIG-21).
    KeyGroup,
    /// A web ACL (VSEC-20).
    WebAcl,
    /// The addresses that a web ACL names (IM-14).
    IpSet,
    /// What the real-time log of a behavior holds (LG-07).
    RealTimeLog,
    /// What a certificate covers, as `aws acm describe-certificate` prints it (TLS-15).
    Certificate,
    /// Which requests go to a staging distribution (CD-02).
    DeploymentPolicy,
    /// The staging distribution, as `aws cloudfront get-distribution` prints it (CD-01).
    Staging,
}

/// A document without its wrapper.
pub(super) struct Unwrapped<'j> {
    pub(super) sort: Sort,
    /// What the configuration calls it by, where the document says so.
    pub(super) id: Option<&'j str>,
    pub(super) config: &'j Json,
}

impl Sort {
    /// Those that the API prints as `{NAME: {"Id": .., NAMEConfig: {..}}}`.
    const WITH_CONFIG: [Self; 7] = [
        Self::Cache,
        Self::OriginRequest,
        Self::ResponseHeaders,
        Self::AccessControl,
        Self::PublicKey,
        Self::KeyGroup,
        Self::DeploymentPolicy,
    ];

    /// Those that are printed as `{NAME: {..}}`, with what the configuration calls them by among the rest.
    const WHOLE: [Self; 7] = [
        Self::BucketPolicy,
        Self::EdgeFunction,
        Self::WebAcl,
        Self::IpSet,
        Self::RealTimeLog,
        Self::Certificate,
        Self::Staging,
    ];

    /// The sort of a document in its wrapper, as [`Beside::documents`](super::Beside::documents) has it.
    pub fn of(document: &Json) -> Option<Self> {
        let all = Self::WITH_CONFIG.into_iter().chain(Self::WHOLE);
        all.into_iter().find(|sort| document.member(sort.name()).is_some())
    }

    /// Where what it says stands in such a document: `CachePolicy.CachePolicyConfig`, `WebACL`.
    pub fn within(self) -> Path {
        let whole = Path::default().member(self.name());
        match self {
            Self::Staging => whole.member("DistributionConfig"),
            _ if Self::WITH_CONFIG.contains(&self) => whole.member(&self.place()),
            _ => whole,
        }
    }

    /// What the API calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cache => "CachePolicy",
            Self::OriginRequest => "OriginRequestPolicy",
            Self::ResponseHeaders => "ResponseHeadersPolicy",
            Self::AccessControl => "OriginAccessControl",
            Self::BucketPolicy => "Policy",
            Self::EdgeFunction => "EdgeFunction",
            Self::PublicKey => "PublicKey",
            Self::KeyGroup => "KeyGroup",
            Self::WebAcl => "WebACL",
            Self::IpSet => "IPSet",
            Self::RealTimeLog => "RealtimeLogConfig",
            Self::Certificate => "Certificate",
            Self::DeploymentPolicy => "ContinuousDeploymentPolicy",
            Self::Staging => "Distribution",
        }
    }

    /// Where what it says stands, as findings name it.
    pub(super) fn place(self) -> String {
        if Self::WITH_CONFIG.contains(&self) {
            return format!("{}Config", self.name());
        }
        self.name().to_owned()
    }

    /// A configuration with its id, as `aws cloudfront get-cache-policy` and its sisters print both.
    pub fn wrapped(self, id: &str, config: Json) -> Json {
        if Self::WITH_CONFIG.contains(&self) {
            let policy = Json::object([("Id", Json::text(id)), (&self.place(), config)]);
            return Json::object([(self.name(), policy)]);
        }
        Json::object([(self.name(), config)])
    }
}

/// Takes a document out of its wrapper, if it is of one of the sorts.
pub(super) fn unwrapped(json: &Json) -> Option<Unwrapped<'_>> {
    for sort in Sort::WITH_CONFIG {
        let place = sort.place();
        if let Some(whole) = json.member(sort.name()) {
            let id = whole.member("Id").and_then(Json::as_text);
            return whole.member(&place).map(|config| Unwrapped { sort, id, config });
        }
        if let Some(config) = json.member(&place) {
            return Some(Unwrapped { sort, id: None, config });
        }
    }
    for sort in Sort::WHOLE {
        if let Some(config) = json.member(sort.name()) {
            return Some(Unwrapped { sort, id: None, config });
        }
    }
    let has = |names: &[&str]| names.iter().any(|name| json.member(name).is_some());
    // Bare: by members that only one sort has.
    let sort = if has(&["ParametersInCacheKeyAndForwardedToOrigin", "MinTTL"]) {
        Sort::Cache
    } else if has(&["HeadersConfig", "CookiesConfig", "QueryStringsConfig"]) {
        Sort::OriginRequest
    } else if has(&[
        "CorsConfig",
        "SecurityHeadersConfig",
        "ServerTimingHeadersConfig",
        "CustomHeadersConfig",
        "RemoveHeadersConfig",
    ]) {
        Sort::ResponseHeaders
    } else if has(&["SigningBehavior"]) {
        Sort::AccessControl
    } else if has(&["Statement"]) {
        Sort::BucketPolicy
    } else {
        return None;
    };
    Some(Unwrapped { sort, id: None, config: json })
}
