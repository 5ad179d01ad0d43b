//! Which protocols and ciphers a viewer may choose from (security-logs-edge.md section 3.3; SP-01 to SP-09).

use serde::{Deserialize, Serialize};

/// TLS-P01 to TLS-P29, in the order in which CloudFront chooses, with a column for each of [`SecurityPolicy::ALL`].
const TABLE: &str = "\
TLSv1.3 xxxxxxxxx
TLSv1.2 xxxxxxxx.
TLSv1.1 xxxx.....
TLSv1 xxx......
SSLv3 x........
TLS_AES_128_GCM_SHA256 xxxxxxxxx
TLS_AES_256_GCM_SHA384 xxxxxxxxx
TLS_CHACHA20_POLY1305_SHA256 xxxxxxx.x
ECDHE-ECDSA-AES128-GCM-SHA256 xxxxxxxx.
ECDHE-ECDSA-AES128-SHA256 xxxxxx...
ECDHE-ECDSA-AES128-SHA xxxx.....
ECDHE-ECDSA-AES256-GCM-SHA384 xxxxxxxx.
ECDHE-ECDSA-CHACHA20-POLY1305 xxxxxxx..
ECDHE-ECDSA-AES256-SHA384 xxxxxx...
ECDHE-ECDSA-AES256-SHA xxxx.....
ECDHE-RSA-AES128-GCM-SHA256 xxxxxxxx.
ECDHE-RSA-AES128-SHA256 xxxxxx...
ECDHE-RSA-AES128-SHA xxxx.....
ECDHE-RSA-AES256-GCM-SHA384 xxxxxxxx.
ECDHE-RSA-CHACHA20-POLY1305 xxxxxxx..
ECDHE-RSA-AES256-SHA384 xxxxxx...
ECDHE-RSA-AES256-SHA xxxx.....
AES128-GCM-SHA256 xxxxx....
AES256-GCM-SHA384 xxxxx....
AES128-SHA256 xxxxx....
AES256-SHA xxxx.....
AES128-SHA xxxx.....
DES-CBC3-SHA xx.......
RC4-MD5 x........";

/// A security policy, oldest first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum SecurityPolicy {
    /// `SSLv3` (SP-01).
    Ssl3,
    /// `TLSv1`, the one of the default certificate (SP-02, TLS-12).
    #[default]
    Tls10,
    /// `TLSv1_2016` (SP-03).
    Tls10In2016,
    /// `TLSv1.1_2016` (SP-04).
    Tls11In2016,
    /// `TLSv1.2_2018` (SP-05).
    Tls12In2018,
    /// `TLSv1.2_2019` (SP-06).
    Tls12In2019,
    /// `TLSv1.2_2021` (SP-07).
    Tls12In2021,
    /// `TLSv1.2_2025` (SP-08).
    Tls12In2025,
    /// `TLSv1.3_2025` (SP-09).
    Tls13In2025,
}

impl SecurityPolicy {
    /// All, in the order of the table's columns.
    pub const ALL: [Self; 9] = [
        Self::Ssl3,
        Self::Tls10,
        Self::Tls10In2016,
        Self::Tls11In2016,
        Self::Tls12In2018,
        Self::Tls12In2019,
        Self::Tls12In2021,
        Self::Tls12In2025,
        Self::Tls13In2025,
    ];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ssl3 => "SSLv3",
            Self::Tls10 => "TLSv1",
            Self::Tls10In2016 => "TLSv1_2016",
            Self::Tls11In2016 => "TLSv1.1_2016",
            Self::Tls12In2018 => "TLSv1.2_2018",
            Self::Tls12In2019 => "TLSv1.2_2019",
            Self::Tls12In2021 => "TLSv1.2_2021",
            Self::Tls12In2025 => "TLSv1.2_2025",
            Self::Tls13In2025 => "TLSv1.3_2025",
        }
    }

    /// The policy that AWS calls so.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }

    /// The protocols that it allows, best first.
    pub fn protocols(self) -> impl Iterator<Item = TlsProtocol> {
        TlsProtocol::ALL.into_iter().filter(move |protocol| self.has_row(*protocol as usize))
    }

    /// The ciphers that it allows, as CloudFront chooses.
    pub fn ciphers(self) -> impl Iterator<Item = Cipher> {
        Cipher::all().filter(move |cipher| self.has_row(usize::from(cipher.0)))
    }

    fn has_row(self, row: usize) -> bool {
        let marks = rows().nth(row).map_or("", |(_, marks)| marks);
        marks.as_bytes().get(self as usize) == Some(&b'x')
    }
}

/// A version of TLS, best first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum TlsProtocol {
    /// TLS 1.3 (RFC 8446).
    #[default]
    Tls13,
    /// TLS 1.2 (RFC 5246).
    Tls12,
    /// TLS 1.1.
    Tls11,
    /// TLS 1.0.
    Tls10,
    /// SSL 3.0.
    Ssl3,
}

impl TlsProtocol {
    /// All, in the order of the table's rows.
    pub const ALL: [Self; 5] = [Self::Tls13, Self::Tls12, Self::Tls11, Self::Tls10, Self::Ssl3];

    /// As policies and logs write it (LOG-F21).
    pub fn as_str(self) -> &'static str {
        name_of(self as usize)
    }

    /// As it is spoken of.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tls13 => "TLS\u{a0}1.3",
            Self::Tls12 => "TLS\u{a0}1.2",
            Self::Tls11 => "TLS\u{a0}1.1",
            Self::Tls10 => "TLS\u{a0}1.0",
            Self::Ssl3 => "SSL\u{a0}3.0",
        }
    }
}

/// A cipher suite of the table, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cipher(u8);

impl Cipher {
    /// All, as CloudFront chooses.
    pub fn all() -> impl Iterator<Item = Self> {
        let first = TlsProtocol::ALL.len();
        let all = rows().enumerate().skip(first);
        all.filter_map(|(row, _)| u8::try_from(row).ok().map(Self))
    }

    /// OpenSSL's name, as policies and logs write it (LOG-F22).
    pub fn as_str(self) -> &'static str {
        name_of(usize::from(self.0))
    }

    /// The cipher with this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::all().find(|cipher| cipher.as_str() == name)
    }

    /// Whether it can serve a protocol: TLS 1.3 has suites of its own, and what counts on SHA-2 or seals with GCM or
    /// `ChaCha20` came with TLS 1.2 (RFC 5246, RFC 5288).
    pub fn fits(self, protocol: TlsProtocol) -> bool {
        let name = self.as_str();
        let is_old = name.ends_with("-SHA") || name.ends_with("-MD5");
        match protocol {
            TlsProtocol::Tls13 => name.starts_with("TLS_"),
            TlsProtocol::Tls12 => !name.starts_with("TLS_"),
            _ => is_old,
        }
    }

    /// TLS-35: whether it goes with a certificate of such a key.
    pub fn goes_with(self, key: CertificateKey) -> bool {
        let name = self.as_str();
        name.starts_with("TLS_") || name.contains("ECDSA") == (key == CertificateKey::Ecdsa)
    }

    /// TLS-09: whether a key that is stolen later opens no old recording.
    pub fn has_forward_secrecy(self) -> bool {
        let name = self.as_str();
        name.starts_with("TLS_") || name.starts_with("ECDHE-")
    }
}

impl Default for Cipher {
    /// The first that CloudFront chooses.
    fn default() -> Self {
        Self(TlsProtocol::ALL.len() as u8)
    }
}

impl From<Cipher> for String {
    fn from(cipher: Cipher) -> Self {
        cipher.as_str().to_owned()
    }
}

impl TryFrom<String> for Cipher {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::find(&name).ok_or_else(|| format!("this is the name of no cipher: {name:?}"))
    }
}

/// The sort of key that a certificate is for (TLS-17).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CertificateKey {
    /// RSA.
    #[default]
    Rsa,
    /// ECDSA.
    Ecdsa,
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|row| row.split_once(' '))
}

fn name_of(row: usize) -> &'static str {
    rows().nth(row).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tls_p01_to_p29_the_table_is_the_references() {
        // Each of its cells, so each of TLS-P01 to TLS-P29.
        let reference = include_str!("../../docs/reference/security-logs-edge.md");
        let rows = reference.lines().filter(|line| line.starts_with("| TLS-P"));
        let mut count = 0;
        for (row, line) in rows.enumerate() {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells[1], name_of(row), "{}", cells[0]);
            for (policy, cell) in SecurityPolicy::ALL.into_iter().zip(&cells[2..]) {
                assert_eq!(policy.has_row(row), *cell == "x", "{} {}", cells[0], policy.as_str());
            }
            count += 1;
        }
        assert_eq!(count, TABLE.lines().count());
        let heads = reference.lines().find(|line| line.contains("| Protocol / cipher |")).unwrap();
        let words = SecurityPolicy::ALL.map(SecurityPolicy::as_str).join(" | ");
        assert!(heads.contains(&words), "the columns are in the order of the policies");
    }

    #[test]
    fn tls_32_every_policy_speaks_tls_13() {
        for policy in SecurityPolicy::ALL {
            assert_eq!(policy.protocols().next(), Some(TlsProtocol::Tls13));
            assert!(policy.ciphers().any(|cipher| cipher.fits(TlsProtocol::Tls13)));
            assert_eq!(SecurityPolicy::find(policy.as_str()), Some(policy));
        }
    }

    #[test]
    fn a_cipher_fits_the_protocols_that_have_it() {
        use TlsProtocol::{Ssl3, Tls10, Tls12, Tls13};
        let fits = |name: &str, protocol| Cipher::find(name).unwrap().fits(protocol);
        assert!(fits("TLS_AES_128_GCM_SHA256", Tls13) && !fits("TLS_AES_128_GCM_SHA256", Tls12));
        assert!(fits("ECDHE-RSA-AES128-SHA256", Tls12) && !fits("ECDHE-RSA-AES128-SHA256", Tls10));
        assert!(fits("AES128-SHA", Tls10) && fits("AES128-SHA", Tls12) && fits("RC4-MD5", Ssl3));
        assert!(!fits("AES128-SHA", Tls13));
    }

    #[test]
    fn tls_35_ecdsa_suites_need_an_ecdsa_certificate() {
        let goes = |name: &str, key| Cipher::find(name).unwrap().goes_with(key);
        assert!(goes("ECDHE-ECDSA-AES128-SHA", CertificateKey::Ecdsa));
        assert!(!goes("ECDHE-ECDSA-AES128-SHA", CertificateKey::Rsa));
        assert!(goes("AES128-SHA", CertificateKey::Rsa));
        assert!(!goes("AES128-SHA", CertificateKey::Ecdsa));
        assert!(goes("TLS_AES_128_GCM_SHA256", CertificateKey::Ecdsa));
    }

    #[test]
    fn tls_09_forward_secrecy_is_that_of_key_agreement() {
        let has = |name: &str| Cipher::find(name).unwrap().has_forward_secrecy();
        assert!(has("TLS_AES_128_GCM_SHA256") && has("ECDHE-RSA-AES128-SHA"));
        assert!(!has("AES128-GCM-SHA256") && !has("RC4-MD5"));
    }
}
