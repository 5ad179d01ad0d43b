//! The keys by which signed URLs and cookies are verified (SIG-12, CB-15), read from their PEM text.

use crate::http::base64;

/// A public key as it was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The text that was uploaded, with its first and last line.
    pub pem: String,
    /// What it says.
    pub kind: KeyKind,
}

/// The two sorts of key that CloudFront takes (SIG-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA: the modulus, its first byte first, and the exponent.
    Rsa {
        /// 256 bytes.
        modulus: Vec<u8>,
        /// Mostly 65,537.
        exponent: u32,
    },
    /// ECDSA on the curve P-256: a point, 32 bytes each, the first one first.
    P256 {
        /// One coordinate.
        x: Vec<u8>,
        /// The other one.
        y: Vec<u8>,
    },
}

/// A group of keys that a behavior trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyGroup {
    /// Its id.
    pub id: String,
    /// Its keys by their ids.
    pub keys: Vec<(String, PublicKey)>,
}

/// Who may sign for a behavior whose viewers are restricted (SIG-01).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedKeys {
    /// Groups whose keys are given; of the others nobody knows any (IM-13).
    pub groups: Vec<KeyGroup>,
}

impl TrustedKeys {
    /// The key with this id.
    pub fn key(&self, id: &str) -> Option<&PublicKey> {
        let mut all = self.groups.iter().flat_map(|group| &group.keys);
        all.find(|(known, _)| known == id).map(|(_, key)| key)
    }
}

/// The object identifier of RSA keys (RFC 8017 A.1), as DER.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// Those of elliptic curves and of P-256 (RFC 5480 2.1.1), as DER.
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const IDENTIFIER: u8 = 0x06;

impl PublicKey {
    /// Reads a key in PEM; none where it is no RSA 2048 or P-256 key.
    pub fn from_pem(pem: &str) -> Option<Self> {
        let body = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----")?;
        let body = body.strip_suffix("-----END PUBLIC KEY-----")?;
        let body: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let kind = kind_of(&base64::decode(&body)?)?;
        Some(Self { pem: pem.to_owned(), kind })
    }
}

/// A key as the text that openssl writes (RFC 7468): its DER between a first and a last line with this label.
pub fn pem(label: &str, der: &[u8]) -> String {
    let encoded = base64::encode(der);
    let (mut text, mut rest) = (format!("-----BEGIN {label}-----\n"), encoded.as_str());
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text + "-----END " + label + "-----\n"
}

/// `SubjectPublicKeyInfo` (RFC 5280 4.1).
fn kind_of(der: &[u8]) -> Option<KeyKind> {
    let (info, rest) = element(der, SEQUENCE)?;
    let (algorithm, info) = element(info, SEQUENCE)?;
    let (name, parameters) = element(algorithm, IDENTIFIER)?;
    let (bits, after) = element(info, BITS)?;
    if !rest.is_empty() || !after.is_empty() {
        return None;
    }
    let (unused, key) = bits.split_first()?;
    if *unused != 0 {
        return None;
    }
    if name == RSA {
        let (key, _) = element(key, SEQUENCE)?;
        let (modulus, key) = element(key, INTEGER)?;
        let (exponent, _) = element(key, INTEGER)?;
        let modulus = modulus.strip_prefix(&[0]).unwrap_or(modulus);
        if modulus.len() != 256 || exponent.len() > 4 {
            return None; // SIG-12
        }
        let exponent = exponent.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        let is_odd = |byte: Option<&u8>| byte.is_some_and(|byte| byte % 2 == 1);
        return (is_odd(modulus.last()) && exponent > 1)
            .then(|| KeyKind::Rsa { modulus: modulus.to_vec(), exponent });
    }
    let (curve, _) = element(parameters, IDENTIFIER)?;
    let (form, point) = key.split_first()?;
    if name != EC || curve != P256 || *form != 4 || point.len() != 64 {
        return None; // SIG-12
    }
    let (x, y) = point.split_at(32);
    Some(KeyKind::P256 { x: x.to_vec(), y: y.to_vec() })
}

/// The contents of the first element of some DER, if it has this tag, and what stands behind it.
pub fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ 0..=0x7f => (usize::from(short), rest),
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(*rest.first()?) << 8 | usize::from(*rest.get(1)?), rest.get(2..)?),
        _ => return None,
    };
    (*found == tag && length <= rest.len()).then(|| rest.split_at(length))
}
