//! Cache policies and origin request policies.

use serde::{Deserialize, Serialize};

use super::PathPattern;

/// What a cache key is made of and how long things may be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachePolicy {
    /// As the console lists it.
    pub name: String,
    /// The three TTL settings.
    pub ttl: TtlBounds,
    /// Fields in the key, in this order (HDRK-01).
    pub key_headers: Vec<String>,
    /// Cookies in the key (COOK-01).
    pub cookies: Selection,
    /// Query parameters in the key (QS-01).
    pub query: Selection,
    /// `EnableAcceptEncodingGzip`.
    pub gzip: bool,
    /// `EnableAcceptEncodingBrotli`.
    pub brotli: bool,
    /// Set where this stands for the legacy settings of a behavior, `ForwardedValues` and its TTLs (CB-10, CB-11).
    #[serde(default)]
    pub legacy: Option<LegacySettings>,
}

/// What the legacy settings do that no cache policy can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacySettings {
    /// The whole query string goes to the origin, whatever is in the key (QS-07).
    pub forwards_all_query: bool,
    /// All fields go to the origin, and so nothing is cached (HDRK-06).
    pub forwards_all_headers: bool,
}

/// Minimum, default and maximum TTL, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TtlBounds {
    /// Minimum TTL.
    pub min: u64,
    /// Default TTL.
    pub default: u64,
    /// Maximum TTL.
    pub max: u64,
}

/// Three TTL settings that AWS would not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("minimum TTL ({} s) must not be above default TTL ({} s), nor that above maximum TTL ({} s)", .0.min, .0.default, .0.max)]
pub struct TtlOrder(pub TtlBounds);

impl TtlBounds {
    /// Refuses what AWS would (TTL-26).
    pub const fn check(self) -> Result<Self, TtlOrder> {
        if self.min <= self.default && self.default <= self.max {
            Ok(self)
        } else {
            Err(TtlOrder(self))
        }
    }
}

impl CachePolicy {
    /// Whether Accept-Encoding is normalised, and so stands in the key by itself (AE-01 to AE-08).
    pub const fn normalises_codings(&self) -> bool {
        self.gzip || self.brotli
    }
}

impl TtlBounds {
    /// Whether caching is off: all three are 0 (TTL-27).
    pub const fn is_off(self) -> bool {
        self.min == 0 && self.default == 0 && self.max == 0
    }
}

/// Which of the named things are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// Not one.
    None,
    /// Every one.
    All,
    /// Those listed.
    Only(Vec<String>),
    /// Every one but those listed.
    AllExcept(Vec<String>),
    /// Those listed, in which `*` and `?` are wildcards: cookies of the legacy settings (KEY-08).
    Like(Vec<PathPattern>),
}

impl Selection {
    /// Whether a name is taken. Case counts (QS-04, COOK-02); fields are compared by [`Selection::takes_field`].
    pub fn takes(&self, name: &str) -> bool {
        self.takes_by(name, |listed| listed == name)
    }

    /// Whether a field is taken, whatever the case of its name (HDRK-02).
    pub fn takes_field(&self, name: &str) -> bool {
        self.takes_by(name, |listed| listed.eq_ignore_ascii_case(name))
    }

    fn takes_by(&self, name: &str, is_name: impl Fn(&String) -> bool) -> bool {
        match self {
            Self::None => false, // KEY-02, QS-02
            Self::All => true,
            Self::Only(names) => names.iter().any(is_name), // KEY-07
            Self::AllExcept(names) => !names.iter().any(is_name),
            Self::Like(patterns) => patterns.iter().any(|pattern| pattern.matches(name)),
        }
    }

    /// What two policies take together (ORP-04 to ORP-06); of two "all except" what both take (ORP-07).
    #[must_use]
    pub fn and_also(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::None, one) | (one, Self::None) => one.clone(),
            (Self::Only(one), Self::Only(two)) => Self::Only([&one[..], two].concat()),
            (Self::AllExcept(one), Self::AllExcept(two)) => {
                Self::AllExcept([&one[..], two].concat())
            }
            // The legacy settings know no second policy (ORP-01, KEY-10).
            (Self::Like(_), _) | (_, Self::Like(_)) => self.clone(),
            (Self::AllExcept(left_out), Self::Only(listed))
            | (Self::Only(listed), Self::AllExcept(left_out)) => {
                let still_out = left_out.iter().filter(|name| !listed.contains(name));
                Self::AllExcept(still_out.cloned().collect())
            }
        }
    }
}

/// What else the origin gets to see; it never splits the key (ORP-02).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginRequestPolicy {
    /// As the console lists it.
    pub name: String,
    /// Viewer fields that go along.
    pub headers: Selection,
    /// Fields of CloudFront's own making that go along besides all of the viewer's, as
    /// `CloudFront-Viewer-Country`; a policy that lists fields has them in that list (CK-06).
    #[serde(default)]
    pub cloudfront_headers: Vec<String>,
    /// Cookies that go along.
    pub cookies: Selection,
    /// Query parameters that go along.
    pub query: Selection,
}
