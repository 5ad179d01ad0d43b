//! Cache behaviors: what happens to the paths of one pattern.

use serde::{Deserialize, Serialize};

use super::{CachePolicy, OriginRequestPolicy, PathPattern, Selection};
use crate::http::Method;

/// One cache behavior.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behavior {
    /// Which paths it is for.
    pub pattern: PathPattern,
    /// Which origin answers them.
    pub origin_id: String,
    /// Which methods may be used at all.
    pub allowed_methods: AllowedMethods,
    /// Whether OPTIONS is among the cached methods; GET and HEAD always are (MET-01 to MET-03).
    pub caches_options: bool,
    /// The key and the TTLs.
    pub cache_policy: CachePolicy,
    /// What else the origin sees.
    pub origin_request_policy: Option<OriginRequestPolicy>,
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
            allowed_methods: AllowedMethods::All,
            caches_options: false,
            cache_policy,
            origin_request_policy: None,
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

    /// Whether this behavior keeps nothing, whatever the origin says.
    pub const fn is_caching_disabled(&self) -> bool {
        self.cache_policy.ttl.is_off()
    }
}
