//! The other half of a signature: what is signed, and how a URL or cookies carry it (SIG-02, SIG-03, SIG-06). Who holds the private
//! key makes the signature itself; here none is ever seen.

use super::hash::Hash;
use super::parts::{with_cookies, with_query, without_parts};
use super::resource::Url;
use super::{Carrier, policy, swapped_from};
use crate::distribution::AddressRange;
use crate::http::{Request, TargetError};
use crate::json::Json;

/// What a signature allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Terms {
    /// The URL of the request until a time: a policy that is never sent (SIG-02, SIG-07).
    Canned {
        /// In Unix seconds.
        until_unix: u64,
    },
    /// What a policy says that comes along (SIG-03, SIG-09).
    Custom {
        /// Which URLs, with wildcards (SIG-39).
        resource: String,
        /// In Unix seconds.
        until_unix: u64,
        /// After which second, if it does not begin at once (SIG-32).
        after_unix: Option<u64>,
        /// From which addresses; none for all (SIG-34, SIG-35).
        range: Option<AddressRange>,
    },
}

impl Terms {
    /// From which second on it is over (SIG-31).
    pub const fn until_unix(&self) -> u64 {
        match self {
            Self::Canned { until_unix } | Self::Custom { until_unix, .. } => *until_unix,
        }
    }
}

/// Everything that a signature depends on, besides the private key and the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// What carries it.
    pub by: Carrier,
    /// The id of the public key.
    pub key_id: String,
    /// What is signed is this hash of the policy.
    pub hash: Hash,
    /// What it allows.
    pub terms: Terms,
}

/// The URL of a request as a policy names it (SIG-08).
pub fn signed_url(request: &Request) -> String {
    Url::of(request).text()
}

impl Signing {
    /// The text that is to be signed for a request: the policy. Members stand in the order in which botocore's
    /// `CloudFrontSigner` writes them, so that both say the same, byte for byte.
    pub fn policy(&self, request: &Request) -> String {
        match &self.terms {
            Terms::Canned { until_unix } => {
                policy::canned(&signed_url(request), &until_unix.to_string())
            }
            Terms::Custom { resource, until_unix, after_unix, range } => {
                let resource = Json::text(resource).write_short();
                let until = format!("\"DateLessThan\":{{\"AWS:EpochTime\":{until_unix}}}");
                let from = range.as_ref().map(|AddressRange { text, .. }| {
                    let bits = if text.contains('/') { "" } else { "/32" }; // SIG-34
                    format!(",\"IpAddress\":{{\"AWS:SourceIp\":\"{text}{bits}\"}}")
                });
                let after = after_unix
                    .map(|after| format!(",\"DateGreaterThan\":{{\"AWS:EpochTime\":{after}}}"));
                let conditions = until + &from.unwrap_or_default() + &after.unwrap_or_default();
                policy::statement(&resource, &conditions)
            }
        }
    }

    /// The request as it is sent with the signature of that text; what it carried of another one is gone.
    pub fn carried(&self, request: &Request, signature: &[u8]) -> Result<Request, TargetError> {
        let first = match &self.terms {
            Terms::Canned { until_unix } => ("Expires", until_unix.to_string()),
            Terms::Custom { .. } => ("Policy", swapped_from(self.policy(request).as_bytes())),
        };
        let mut parts = vec![
            first,
            ("Signature", swapped_from(signature)),
            ("Key-Pair-Id", self.key_id.clone()),
        ];
        if self.hash == Hash::Sha256 {
            parts.push(("Hash-Algorithm", self.hash.name().to_owned())); // SIG-13
        }
        let bare = without_parts(request);
        let bare = bare.as_ref().unwrap_or(request);
        match self.by {
            Carrier::Url => with_query(bare, &parts),
            Carrier::Cookies => Ok(with_cookies(bare, &parts)),
        }
    }
}
