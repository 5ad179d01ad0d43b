//! What a viewer brings along when it opens a connection: protocols, ciphers, a name for the server, versions of HTTP.
//!
//! MODEL (TLS-79): a few viewers, each like one that there is or was; security-logs-edge.md section 3.7.

use serde::{Deserialize, Serialize};

/// A sort of viewer, by what it offers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Offer {
    /// A browser of today.
    #[default]
    Modern,
    /// One that stops at TLS 1.2.
    Tls12,
    /// One that stops at TLS 1.2 and knows no sealed (AEAD) ciphers.
    Cbc,
    /// One that stops at TLS 1.2 and agrees on keys by RSA alone.
    PlainRsa,
    /// One that stops at TLS 1.0.
    Tls10,
    /// One that stops at TLS 1.2 and does not name the server (SNI).
    NoServerName,
    /// One that stops at SSL 3.0.
    Ssl3,
}

/// What it offers, as AWS's tables write protocols and ciphers, with a space between two.
struct Traits {
    word: &'static str,
    title: &'static str,
    protocols: &'static str,
    ciphers: &'static str,
    names_server: bool,
    newest_http: u8,
}

const AEAD: &str = "ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-RSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384 \
    ECDHE-RSA-AES256-GCM-SHA384 ECDHE-RSA-AES128-SHA ECDHE-RSA-AES256-SHA AES128-GCM-SHA256 AES128-SHA AES256-SHA";

impl Offer {
    /// All, newest first.
    pub const ALL: [Self; 7] = [
        Self::Modern,
        Self::Tls12,
        Self::Cbc,
        Self::PlainRsa,
        Self::NoServerName,
        Self::Tls10,
        Self::Ssl3,
    ];

    const fn traits(self) -> Traits {
        let tls_12 = "TLSv1.2 TLSv1.1 TLSv1";
        let (word, title, protocols, ciphers, names_server, newest_http) = match self {
            Self::Modern => (
                "modern",
                "a browser of today",
                "TLSv1.3 TLSv1.2",
                "TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256 \
                 ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-RSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384 \
                 ECDHE-RSA-AES256-GCM-SHA384 ECDHE-ECDSA-CHACHA20-POLY1305 ECDHE-RSA-CHACHA20-POLY1305 \
                 ECDHE-RSA-AES128-SHA ECDHE-RSA-AES256-SHA AES128-GCM-SHA256 AES256-GCM-SHA384 AES128-SHA \
                 AES256-SHA",
                true,
                3,
            ),
            Self::Tls12 => ("tls1.2", "one that stops at TLS\u{a0}1.2", tls_12, AEAD, true, 2),
            Self::Cbc => (
                "tls1.2-cbc",
                "TLS\u{a0}1.2 without GCM or ChaCha20",
                tls_12,
                "ECDHE-ECDSA-AES128-SHA256 ECDHE-ECDSA-AES128-SHA ECDHE-RSA-AES128-SHA256 ECDHE-RSA-AES128-SHA \
                 ECDHE-RSA-AES256-SHA384 ECDHE-RSA-AES256-SHA AES128-SHA256 AES256-SHA AES128-SHA DES-CBC3-SHA",
                true,
                1,
            ),
            Self::PlainRsa => (
                "tls1.2-rsa",
                "TLS\u{a0}1.2 with RSA key exchange alone",
                tls_12,
                "AES128-GCM-SHA256 AES256-GCM-SHA384 AES128-SHA256 AES256-SHA AES128-SHA DES-CBC3-SHA",
                true,
                1,
            ),
            Self::NoServerName => ("no-sni", "TLS\u{a0}1.2 without SNI", tls_12, AEAD, false, 1),
            Self::Tls10 => (
                "tls1.0",
                "one that stops at TLS\u{a0}1.0",
                "TLSv1",
                "ECDHE-RSA-AES128-SHA ECDHE-RSA-AES256-SHA AES128-SHA AES256-SHA DES-CBC3-SHA RC4-MD5",
                true,
                1,
            ),
            Self::Ssl3 => (
                "ssl3",
                "one that stops at SSL\u{a0}3.0",
                "SSLv3",
                "DES-CBC3-SHA RC4-MD5",
                false,
                1,
            ),
        };
        Traits { word, title, protocols, ciphers, names_server, newest_http }
    }

    /// The word for files and links.
    pub const fn word(self) -> &'static str {
        self.traits().word
    }

    /// The words for the eye.
    pub const fn title(self) -> &'static str {
        self.traits().title
    }

    /// The protocols that it offers, best first.
    pub fn protocols(self) -> impl Iterator<Item = &'static str> {
        self.traits().protocols.split(' ')
    }

    /// The ciphers that it offers; in which order is nothing that CloudFront asks for.
    pub fn ciphers(self) -> impl Iterator<Item = &'static str> {
        self.traits().ciphers.split(' ')
    }

    /// Whether it says in the clear for which host it comes (TLS-04, TLS-20).
    pub const fn names_server(self) -> bool {
        self.traits().names_server
    }

    /// Whether it knows HTTP/2.
    pub const fn has_http2(self) -> bool {
        self.traits().newest_http >= 2
    }

    /// Whether it knows HTTP/3.
    pub const fn has_http3(self) -> bool {
        self.traits().newest_http >= 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_36_37_http_2_and_3_come_with_what_they_need() {
        for offer in Offer::ALL {
            let offers = |protocol| offer.protocols().any(|offered| offered == protocol);
            let knows_12 = offers("TLSv1.2") && offer.names_server();
            assert!(!offer.has_http2() || knows_12, "TLS-36: {offer:?}");
            let knows_13 = offers("TLSv1.3") && offer.names_server();
            assert!(!offer.has_http3() || knows_13, "TLS-37: {offer:?}");
        }
    }

    #[test]
    fn the_words_differ() {
        for (place, offer) in Offer::ALL.into_iter().enumerate() {
            let same = Offer::ALL.iter().position(|other| other.word() == offer.word());
            assert_eq!(same, Some(place));
        }
    }
}
