//! The public keys that a behavior trusts for signed URLs and cookies (CB-15).

/// A public key of one of the two kinds that CloudFront takes (SIG-12), as it was given in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA with 2,048 bits and the exponent 65,537.
    Rsa2048 {
        /// The modulus, its highest byte first.
        modulus: Box<[u8; 256]>,
    },
    /// ECDSA on the curve P-256.
    EcdsaP256 {
        /// The point's two coordinates, each with its highest byte first.
        point: [u8; 64],
    },
}

/// Some public keys under one name, by their ids, as in `K2JCJMDEHXQW5F`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyGroup {
    /// As many as stand in it, in their order.
    pub keys: Vec<String>,
}

/// How the `SubjectPublicKeyInfo` (RFC 5280) of such a key begins (RFC 3279 2.3.1): its sizes leave no choice.
const RSA_BEGINS: [u8; 33] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01,
    0x00,
];

/// How it ends: the exponent 65,537.
const RSA_ENDS: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// The same of an uncompressed point (RFC 5480 section 2).
const ECDSA_BEGINS: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

impl PublicKey {
    /// Reads a key in PEM (RFC 7468), as `openssl rsa -pubout` and `openssl ec -pubout` write it; none where it is no such
    /// key.
    pub fn from_pem(text: &str) -> Option<Self> {
        let text = text.trim().strip_prefix("-----BEGIN PUBLIC KEY-----")?;
        let bytes = decoded(text.strip_suffix("-----END PUBLIC KEY-----")?)?;
        if let Some(rest) = bytes.strip_prefix(&RSA_BEGINS) {
            let modulus: [u8; 256] = rest.strip_suffix(&RSA_ENDS)?.try_into().ok()?;
            let is_full = modulus[0] >= 0x80; // else it has fewer bits
            return is_full.then(|| Self::Rsa2048 { modulus: modulus.into() });
        }
        let point = bytes.strip_prefix(&ECDSA_BEGINS)?.try_into().ok()?;
        Some(Self::EcdsaP256 { point })
    }
}

/// Base64 with its padding (RFC 4648 section 4), in lines; none where it is something else.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let digits = text.get(..text.len() - padding)?;
    if padding > 2 || !text.len().is_multiple_of(4) {
        return None;
    }
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len()), 0_u32, 0);
    for digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648_section_10() {
        for (encoded, plain) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9v\nYmE=\r\n", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(decoded(encoded).as_deref(), Some(plain.as_bytes()), "{encoded:?}");
        }
        assert_eq!(decoded("+/8="), Some(vec![0xfb, 0xff]));
        for bad in ["Z", "Zg", "Zg=", "Zg===", "=", "Z=g=", "Zm9-", "Zm9vé"] {
            assert_eq!(decoded(bad), None, "{bad:?}");
        }
    }
}
