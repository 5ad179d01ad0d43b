//! Signed URLs and cookies (security-logs-edge.md sections 5.4 to 5.6): whether a request may have what its behavior
//! restricts to those who hold one.

mod curve;
mod hash;
mod number;
mod parts;
mod policy;
mod resource;

mod der;
pub use der::der;

mod signing;
pub use signing::{Signing, Terms, signed_url};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fields::ViewerFacts;
use crate::distribution::{KeyKind, TrustedKeys};
use crate::http::{Request, base64};
pub use hash::Hash;
use number::{Modulus, from_bytes, is_less, to_bytes};
pub(super) use parts::without_parts;
use parts::{Parts, parts};
use policy::Policy;

/// A signature that held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Where it came from.
    pub by: Carrier,
    /// The id of the key.
    pub key_id: String,
    /// Whether the policy came along, or was made of URL and Expires (SIG-02, SIG-03).
    pub is_custom: bool,
    /// Until when it holds, in Unix seconds.
    pub until_unix: u64,
}

/// What carries a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carrier {
    /// The query: one file.
    Url,
    /// Cookies: as many files as their policy allows.
    Cookies,
}

/// Why a signature does not hold, in the order in which that is looked at (SIG-55, MODEL).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSigned {
    /// Nothing names a key (SIG-50).
    MissingKey,
    /// Nobody trusts a key of this name (SIG-51).
    UnknownKey {
        /// The id that is named.
        id: String,
    },
    /// The signature is no base64 (SIG-52).
    MalformedSignature,
    /// The policy cannot be read (SIG-53).
    MalformedPolicy,
    /// It is not the signature of this policy by this key (SIG-54).
    WrongSignature,
    /// The time is over (SIG-31).
    Expired {
        /// When it was over, in Unix seconds.
        at_unix: u64,
    },
    /// The time has not come (SIG-32).
    TooEarly {
        /// After which second it begins.
        after_unix: u64,
    },
    /// The viewer has another address (SIG-34).
    WrongAddress {
        /// The range that may ask.
        range: String,
    },
    /// The policy is for another URL (SIG-36, SIG-37).
    WrongResource {
        /// The one that it is for.
        resource: String,
    },
}

impl NotSigned {
    /// The code and the message of the answer (section 5.6).
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::MissingKey => {
                ("MissingKey", "Missing Key-Pair-Id query parameter or cookie value")
            }
            Self::UnknownKey { .. } => ("InvalidKey", "Unknown Key"),
            Self::MalformedSignature => ("MalformedSignature", "Could not unencode Signature"),
            Self::MalformedPolicy => ("MalformedPolicy", "Malformed Policy"),
            _ => ("AccessDenied", "Access denied"),
        }
    }
}

/// Judges a request at `now_unix`, when it arrives (SIG-33).
pub(super) fn check(
    request: &Request,
    trusted: &TrustedKeys,
    viewer: &ViewerFacts,
    now_unix: u64,
) -> Result<Signed, NotSigned> {
    let Parts { by, expires, policy, signature, key_id, hash } = parts(request);
    let key_id = key_id.ok_or(NotSigned::MissingKey)?; // SIG-50
    let unknown = || NotSigned::UnknownKey { id: key_id.to_owned() };
    let key = trusted.key(key_id).ok_or_else(unknown)?; // SIG-51
    let signature = match signature {
        None => return Err(NotSigned::WrongSignature), // OPEN-03
        Some(text) => swapped(text).ok_or(NotSigned::MalformedSignature)?, // SIG-52
    };
    let url = resource::Url::of(request);
    let is_custom = policy.is_some(); // SIG-24 (MODEL)
    let (signed, policy) = match (policy, expires) {
        (Some(text), _) => {
            let bytes = swapped(text).ok_or(NotSigned::MalformedPolicy)?;
            let policy = Policy::read(&bytes).ok_or(NotSigned::MalformedPolicy)?; // SIG-53
            (bytes, policy)
        }
        (None, Some(expires)) => {
            let until = seconds(expires).ok_or(NotSigned::MalformedPolicy)?; // SIG-16
            (policy::canned(&url.text(), expires).into_bytes(), Policy::until(until)) // SIG-07, SIG-08
        }
        (None, None) => return Err(NotSigned::MalformedPolicy),
    };
    let hashed = Hash::named(hash).map(|hash| (hash, hash.of(&signed)));
    let is_right = hashed.is_some_and(|(hash, hashed)| match &key.kind {
        KeyKind::Rsa { modulus, exponent } => {
            is_of_rsa(modulus, *exponent, hash, &hashed, &signature)
        }
        KeyKind::P256 { x, y } => curve::verifies(x, y, &hashed, &signature),
    });
    if !is_right {
        return Err(NotSigned::WrongSignature); // SIG-30
    }
    policy.allows(&url, &viewer.ip, now_unix)?;
    let until_unix = policy.until_unix;
    Ok(Signed { by, key_id: key_id.to_owned(), is_custom, until_unix })
}

/// SIG-11: base64 in which three characters stand for others.
fn swapped(text: &str) -> Option<Vec<u8>> {
    let swap = |c| match c {
        '-' => '+',
        '_' => '=',
        '~' => '/',
        '+' | '=' | '/' => '!',
        other => other,
    };
    base64::decode(&text.chars().map(swap).collect::<String>())
}

/// The same the other way.
fn swapped_from(bytes: &[u8]) -> String {
    let swap = |c| match c {
        '+' => '-',
        '=' => '_',
        '/' => '~',
        other => other,
    };
    base64::encode(bytes).chars().map(swap).collect()
}

/// SIG-16 (MODEL): seconds as digits, as many as 64 bits hold.
fn seconds(text: &str) -> Option<u64> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits { text.parse().ok() } else { None }
}

/// RFC 8017 8.2.2: what the signature comes to under the public key, against what the hash would have become.
fn is_of_rsa(modulus: &[u8], exponent: u32, hash: Hash, hashed: &[u8], signature: &[u8]) -> bool {
    let (size, limbs) = (modulus.len(), modulus.len().div_ceil(4));
    let number = from_bytes(signature, limbs);
    let modulus = Modulus::new(from_bytes(modulus, limbs));
    if signature.len() != size || !is_less(&number, modulus.limbs()) {
        return false;
    }
    let opened = modulus.outward(&modulus.power(&modulus.inward(&number), &[exponent]));
    let tail = [&[0], hash.prefix(), hashed].concat();
    let mut expected = vec![0xff; size - tail.len()];
    (expected[0], expected[1]) = (0, 1);
    expected.extend(tail);
    to_bytes(&opened) == expected
}

/// A request without what belongs to its signature, which neither the key nor the origin gets to see (SIG-20, QS-08, QS-09); none
/// where there is nothing of that.
pub(super) fn without_signature(request: &Arc<Request>) -> Option<Arc<Request>> {
    without_parts(request).map(Arc::new)
}
