//! Cache behaviors: what happens to the paths of one pattern.

use serde::{Deserialize, Serialize};

use super::{
    CachePolicy, Functions, OriginRequestPolicy, PathPattern, ResponseHeadersPolicy, Selection,
    TrustedKeys, is_cloudfronts_own,
};
use crate::http::Method;

/// One cache behavior.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behavior {
    /// Which paths it is for.
    pub pattern: PathPattern,
    /// Which origin, or which group of two, answers them (CB-01).
    pub origin_id: String,
    /// What becomes of a viewer that comes by HTTP (CB-02).
    #[serde(default)]
    pub viewer_protocol: ViewerProtocolPolicy,
    /// Which methods may be used at all.
    pub allowed_methods: AllowedMethods,
    /// Whether OPTIONS is among the cached methods; GET and HEAD always are (MET-01 to MET-03).
    pub caches_options: bool,
    /// "Compress objects automatically" (CB-06).
    #[serde(default)]
    pub compress: bool,
    /// The key and the TTLs.
    pub cache_policy: CachePolicy,
    /// What else the origin sees.
    pub origin_request_policy: Option<OriginRequestPolicy>,
    /// What is removed from and added to its responses (CB-09).
    #[serde(default)]
    pub response_headers_policy: Option<ResponseHeadersPolicy>,
    /// The functions that run at its events (CB-17, CB-18). The form of before never knew them.
    #[serde(skip)]
    pub functions: Functions,
    /// Who may sign for its viewers, where they need a signed URL or cookies (CB-15, CB-16).
    #[serde(skip)]
    pub trusted: Option<TrustedKeys>,
}

/// What becomes of a viewer that comes by HTTP (distribution.md section 2.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ViewerProtocolPolicy {
    /// It is served (VP-01).
    #[default]
    AllowAll,
    /// It is sent to HTTPS (VP-02 to VP-04).
    RedirectToHttps,
    /// It is refused (VP-05).
    HttpsOnly,
}

/// The three sets of methods that can be allowed (MET-05).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AllowedMethods {
    /// GET and HEAD.
    GetHead,
    /// GET, HEAD and OPTIONS.
    GetHeadOptions,
    /// All seven.
    All,
}

impl Behavior {
    /// A behavior that allows all methods, so that a class can try each.
    pub fn new(pattern: &str, origin_id: &str, cache_policy: CachePolicy) -> Self {
        Self {
            pattern: PathPattern::new(pattern),
            origin_id: origin_id.into(),
            viewer_protocol: ViewerProtocolPolicy::AllowAll,
            allowed_methods: AllowedMethods::All,
            caches_options: false,
            compress: false,
            cache_policy,
            origin_request_policy: None,
            response_headers_policy: None,
            functions: Functions::default(),
            trusted: None,
        }
    }

    /// Whether the responses to a method may be stored (MET-01 to MET-03).
    pub const fn caches(&self, method: Method) -> bool {
        match method {
            Method::Get | Method::Head => true,
            Method::Options => self.caches_options,
            _ => false,
        }
    }

    /// Whether any cookie goes to the origin, by either policy (SETC-05).
    pub fn forwards_cookies(&self) -> bool {
        let more = self.origin_request_policy.as_ref();
        self.cache_policy.cookies != Selection::None
            || more.is_some_and(|more| more.cookies != Selection::None)
    }

    /// The fields of CloudFront's own making that the policies ask for, in the key or by name (QH-13, KEY-05). One that
    /// both ask for stands here twice.
    pub fn cloudfront_fields(&self) -> impl Iterator<Item = &str> {
        let in_key = self.cache_policy.key_headers.iter();
        let more = self.origin_request_policy.iter().flat_map(|more| {
            let listed = match &more.headers {
                Selection::Only(names) => &names[..],
                _ => &[],
            };
            more.cloudfront_headers.iter().chain(listed)
        });
        in_key.chain(more).map(String::as_str).filter(|name| is_cloudfronts_own(name))
    }

    /// Whether a field goes to the origin because it is in the key, or because a policy lists it (KEY-05, ORP-02). Those of
    /// CloudFront's own making are none of the viewer's: they go by name only, and not with "all" (QH-13).
    pub fn forwards(&self, name: &str) -> bool {
        if is_cloudfronts_own(name) {
            return self.cloudfront_fields().any(|own| own.eq_ignore_ascii_case(name));
        }
        let policy = &self.cache_policy;
        let more = self.origin_request_policy.as_ref();
        policy.legacy.is_some_and(|legacy| legacy.forwards_all_headers) // HDRK-06
            || policy.key_headers.iter().any(|key| key.eq_ignore_ascii_case(name))
            || more.is_some_and(|more| more.headers.takes_field(name))
    }

    /// Whether this behavior keeps nothing, whatever the origin says: all three TTLs are 0 (TTL-27), or the legacy settings
    /// forward all headers (HDRK-06).
    pub fn is_caching_disabled(&self) -> bool {
        let legacy = self.cache_policy.legacy;
        // CMP-06: what is not kept is not compressed.
        self.cache_policy.ttl.is_off() || legacy.is_some_and(|legacy| legacy.forwards_all_headers)
    }
}
