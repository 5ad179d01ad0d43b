//! What a configuration names and nobody has given, and what stands in its place.

use std::fmt;

/// One gap: what stands in it is the simulator's assumption, and a screen labels it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// Where it is named, as in `DefaultCacheBehavior.CachePolicyId`.
    pub path: String,
    /// What is named there, as a message quotes it.
    pub given: String,
    /// What stands in.
    pub stand_in: StandIn,
}

/// What stands in for something that is not there (MODEL).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The managed policy `CachingOptimized`, for an own cache policy (IM-01).
    CachingOptimized,
    /// No policy, for an own origin request policy (IM-02).
    NoOriginRequestPolicy,
    /// No policy, for an own response headers policy (IM-03).
    NoResponseHeadersPolicy,
    /// An access control that signs every request, for one that is only named (IM-09).
    SignsAlways,
    /// A function that passes on what it gets, for one of which only the ARN is given (IM-11).
    PassesOn,
    /// No key, for a key group or an account whose keys are not given (IM-13).
    NoKeys,
    /// Every request passes, for a web ACL that is only named (IM-14).
    PassesAll,
    /// No request is matched, by what a web ACL asks for and nobody simulates (IM-14).
    NoMatch,
    /// No address, for an address set that is only named (IM-14).
    NoAddresses,
    /// Names that cover the alternate domain names, for a certificate that is only named (IM-18).
    CoversAliases,
    /// The primary distribution alone, for a continuous deployment policy or a staging distribution that is only named (IM-20).
    NoStaging,
    /// Nothing, for what a summary lacks of a configuration (IM-22).
    NotTold,
    /// A Region, for an origin whose name tells none (REC-14).
    Region(String),
}

impl StandIn {
    /// The row of the reference that holds the assumption.
    pub const fn row(&self) -> &'static str {
        match self {
            Self::CachingOptimized => "IM-01",
            Self::NoOriginRequestPolicy => "IM-02",
            Self::NoResponseHeadersPolicy => "IM-03",
            Self::SignsAlways => "IM-09",
            Self::PassesOn => "IM-11",
            Self::NoKeys => "IM-13",
            Self::PassesAll | Self::NoMatch | Self::NoAddresses => "IM-14",
            Self::CoversAliases => "IM-18",
            Self::NoStaging => "IM-20",
            Self::NotTold => "IM-22",
            Self::Region(_) => "REC-14",
        }
    }
}

impl fmt::Display for Assumed {
    /// One sentence: the place, what is missing, what stands in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, given, stand_in } = self;
        write!(f, "{path}: ")?;
        match stand_in {
            StandIn::CachingOptimized => {
                write!(f, "the cache policy {given} is not given; CachingOptimized stands in")
            }
            StandIn::NoOriginRequestPolicy => {
                write!(f, "the origin request policy {given} is not given; none stands in")
            }
            StandIn::NoResponseHeadersPolicy => {
                write!(f, "the response headers policy {given} is not given; none stands in")
            }
            StandIn::SignsAlways => write!(
                f,
                "the origin access control {given} is not given; one that always signs stands in"
            ),
            StandIn::PassesOn => write!(
                f,
                "what the function {given} does is not given; one that passes everything on stands in"
            ),
            StandIn::NoKeys => {
                write!(f, "the keys of {given} are not given; whatever is signed is refused")
            }
            StandIn::PassesAll => {
                write!(f, "the web ACL {given} is not given; every request passes it")
            }
            StandIn::NoMatch => {
                write!(
                    f,
                    "what this statement of a web ACL looks at is not simulated; it matches nothing"
                )
            }
            StandIn::NoAddresses => {
                write!(f, "the address set {given} is not given; no address is in it")
            }
            StandIn::CoversAliases => write!(
                f,
                "what the certificate {given} covers is not given; the alternate domain names, with an RSA key, stand in"
            ),
            StandIn::NoStaging => write!(
                f,
                "the continuous deployment policy or staging distribution {given} is not given; every request goes to the primary"
            ),
            StandIn::NotTold => {
                write!(f, "a summary does not tell {given}; none of them stands in")
            }
            StandIn::Region(region) => {
                write!(f, "the name {given} tells no Region; the origin is put into {region}")
            }
        }
    }
}
