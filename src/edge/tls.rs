//! What an edge location and a viewer agree on as a connection is opened (security-logs-edge.md sections 3.2 and 3.3).

use serde::{Deserialize, Serialize};

use crate::distribution::{CertificateKey, Cipher, Distribution, SecurityPolicy, TlsProtocol};
use crate::http::Version;
use crate::network::Offer;

/// What was agreed on. The default is what a browser of today and a name of CloudFront's own agree on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The version of TLS.
    pub protocol: TlsProtocol,
    /// The cipher.
    pub cipher: Cipher,
    /// The version of HTTP (TLS-38).
    pub http: Version,
    /// The policy that both were chosen from.
    pub policy: SecurityPolicy,
    /// Whether the certificate was one of the distribution's own.
    pub is_own: bool,
}

impl Session {
    /// Whether it is the default one.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether TLS 1.3 is spoken.
    pub fn is_tls_13(&self) -> bool {
        self.protocol == TlsProtocol::Tls13
    }
}

/// Why no connection came about (TLS-33): there is no status, and no log has a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSecured {
    /// The viewer named no host, and the certificate is chosen by that name (TLS-20).
    NoServerName,
    /// The policy allows none of the protocols that the viewer offers.
    NoCommonProtocol {
        /// The policy.
        policy: SecurityPolicy,
    },
    /// The policy allows none of the ciphers that the viewer offers for the protocol that both know.
    NoCommonCipher {
        /// The policy.
        policy: SecurityPolicy,
        /// The protocol.
        protocol: TlsProtocol,
    },
}

/// What a viewer comes for.
#[derive(Clone, Copy, Debug)]
pub struct Hello<'a> {
    /// What it offers.
    pub offer: Offer,
    /// The host that it wants.
    pub host: &'a str,
    /// The version of HTTP that it was told to speak; HTTP/2 where it may choose.
    pub version: Version,
    /// Whether it has heard that there is HTTP/3 (TLS-39).
    pub knows_http3: bool,
}

/// Chooses certificate, protocol, cipher and version of HTTP for a viewer: of what it offers the first in CloudFront's order.
pub fn negotiate(distribution: &Distribution, hello: &Hello<'_>) -> Result<Session, NotSecured> {
    let offer = hello.offer;
    let own = distribution.certificate.for_host(hello.host);
    let (policy, key, needs_name) = match own {
        Some(own) => (own.policy, own.key(), !own.support.serves_without_name()),
        // TLS-11, TLS-12; TLS-23: without a name there is the default certificate at a shared address.
        None => (SecurityPolicy::default(), CertificateKey::Rsa, false),
    };
    if needs_name && !offer.names_server() {
        return Err(NotSecured::NoServerName); // TLS-20
    }
    let offers = |protocol: &TlsProtocol| offer.protocols().any(|it| it == protocol.as_str());
    let protocol = policy.protocols().find(offers);
    let protocol = protocol.ok_or(NotSecured::NoCommonProtocol { policy })?;
    let is_common = |cipher: &Cipher| {
        cipher.fits(protocol)
            && cipher.goes_with(key)
            && offer.ciphers().any(|it| it == cipher.as_str())
    };
    let cipher = policy.ciphers().find(is_common);
    let cipher = cipher.ok_or(NotSecured::NoCommonCipher { policy, protocol })?;
    let http = http_version(distribution, hello, protocol);
    Ok(Session { protocol, cipher, http, policy, is_own: own.is_some() })
}

/// TLS-36 to TLS-39: the viewer picks the newest version of HTTP that both know and that the protocol carries. For HTTP/3 it
/// has to have heard of it, or to be told.
fn http_version(distribution: &Distribution, hello: &Hello<'_>, protocol: TlsProtocol) -> Version {
    let (versions, offer) = (distribution.http_versions, hello.offer);
    let may_choose = hello.version >= Version::Http2;
    let names_server = offer.names_server();
    let is_quic = hello.knows_http3 || hello.version == Version::Http3;
    match hello.version {
        asked if !may_choose => asked,
        _ if is_quic
            && versions.has_http3()
            && offer.has_http3()
            && names_server
            && protocol == TlsProtocol::Tls13 =>
        {
            Version::Http3 // TLS-37
        }
        _ if versions.has_http2()
            && offer.has_http2()
            && names_server
            && protocol <= TlsProtocol::Tls12 =>
        {
            Version::Http2 // TLS-36
        }
        _ => Version::Http11, // TLS-38
    }
}

/// TLS-39: what answers say where there is HTTP/3, and for how long a viewer may count on it, in seconds.
pub const HTTP3_ANNOUNCED: (&str, u64) = ("h3=\":443\"; ma=86400", 86_400);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{
        CertificateSource, HttpVersions, OwnCertificate, SslSupport, ViewerCertificate,
    };

    const HOST: &str = "www.shop.example";

    /// A distribution whose certificate for [`HOST`] has these settings.
    fn with(policy: SecurityPolicy, support: SslSupport) -> Distribution {
        let source = CertificateSource::Iam("ASCAEXAMPLE".into());
        let own = OwnCertificate { source, support, policy, content: None };
        Distribution {
            aliases: vec![HOST.into()],
            certificate: ViewerCertificate::Own(own),
            ..Distribution::named("d111111abcdef8.cloudfront.net")
        }
    }

    fn meets(distribution: &Distribution, offer: Offer, host: &str) -> Result<Session, NotSecured> {
        let hello = Hello { offer, host, version: Version::Http2, knows_http3: false };
        negotiate(distribution, &hello)
    }

    fn cipher(policy: SecurityPolicy, offer: Offer) -> Result<&'static str, NotSecured> {
        let session = meets(&with(policy, SslSupport::SniOnly), offer, HOST);
        session.map(|session| session.cipher.as_str())
    }

    #[test]
    fn the_offers_name_what_the_policies_name() {
        for offer in Offer::ALL {
            for protocol in offer.protocols() {
                assert!(TlsProtocol::ALL.iter().any(|known| known.as_str() == protocol));
            }
            for name in offer.ciphers() {
                assert!(Cipher::find(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn tls_p06_the_first_of_cloudfronts_order_that_the_viewer_offers() {
        use SecurityPolicy::{Tls10, Tls12In2018, Tls12In2021, Tls13In2025};
        assert_eq!(cipher(Tls13In2025, Offer::Modern), Ok("TLS_AES_128_GCM_SHA256"));
        assert_eq!(cipher(Tls12In2021, Offer::Tls12), Ok("ECDHE-RSA-AES128-GCM-SHA256"));
        assert_eq!(cipher(Tls12In2018, Offer::PlainRsa), Ok("AES128-GCM-SHA256"));
        assert_eq!(cipher(Tls10, Offer::Cbc), Ok("ECDHE-RSA-AES128-SHA256"));
        assert_eq!(cipher(Tls10, Offer::Tls10), Ok("ECDHE-RSA-AES128-SHA"));
    }

    #[test]
    fn tls_33_without_a_common_protocol_or_cipher_there_is_no_connection() {
        let policy = SecurityPolicy::Tls12In2021;
        let protocol = TlsProtocol::Tls12;
        let no_cipher = Err(NotSecured::NoCommonCipher { policy, protocol });
        assert_eq!(cipher(policy, Offer::Cbc), no_cipher);
        assert_eq!(cipher(policy, Offer::PlainRsa), no_cipher);
        assert_eq!(cipher(policy, Offer::Tls10), Err(NotSecured::NoCommonProtocol { policy }));
        let policy = SecurityPolicy::Tls13In2025;
        assert_eq!(cipher(policy, Offer::Tls12), Err(NotSecured::NoCommonProtocol { policy }));
    }

    #[test]
    fn sp_02_to_05_07_08_no_viewer_needs_what_only_the_older_of_two_policies_allows() {
        use SecurityPolicy::{
            Tls10, Tls10In2016, Tls11In2016, Tls12In2018, Tls12In2021, Tls12In2025,
        };
        let pairs = [(Tls10, Tls10In2016), (Tls11In2016, Tls12In2018), (Tls12In2021, Tls12In2025)];
        for (older, newer) in pairs {
            assert!(older.ciphers().count() > newer.ciphers().count());
            for offer in Offer::ALL {
                let [before, after] = [older, newer].map(|policy| {
                    let session = meets(&with(policy, SslSupport::SniOnly), offer, HOST);
                    session.ok().map(|session| (session.protocol, session.cipher))
                });
                assert_eq!(before, after, "{offer:?} {older:?} {newer:?}");
            }
        }
    }

    #[test]
    fn tls_20_21_31_without_sni_there_has_to_be_an_address_of_its_own() {
        let by_name = with(SecurityPolicy::Tls10, SslSupport::SniOnly);
        assert_eq!(meets(&by_name, Offer::NoServerName, HOST), Err(NotSecured::NoServerName));
        let by_address = with(SecurityPolicy::Tls10, SslSupport::Vip);
        assert!(meets(&by_address, Offer::NoServerName, HOST).is_ok_and(|it| it.is_own));
        let oldest = with(SecurityPolicy::Ssl3, SslSupport::Vip);
        let session = meets(&oldest, Offer::Ssl3, HOST);
        let expected = (TlsProtocol::Ssl3, "DES-CBC3-SHA");
        assert_eq!(session.map(|it| (it.protocol, it.cipher.as_str())), Ok(expected));
    }

    #[test]
    fn tls_11_12_23_77_a_name_of_cloudfronts_has_the_default_certificate_and_its_policy() {
        let distribution = with(SecurityPolicy::Tls13In2025, SslSupport::SniOnly);
        let domain = distribution.domain.clone();
        let session = meets(&distribution, Offer::Tls10, &domain).ok();
        let expected = (SecurityPolicy::Tls10, false, TlsProtocol::Tls10);
        assert_eq!(session.map(|it| (it.policy, it.is_own, it.protocol)), Some(expected));
        assert!(meets(&distribution, Offer::NoServerName, &domain).is_ok(), "TLS-23");
        assert!(meets(&distribution, Offer::Modern, &domain).is_ok_and(|it| it.is_usual()));
    }

    #[test]
    fn tls_36_to_39_the_newest_version_of_http_that_both_know() {
        use HttpVersions::{Http1, Http2, Http2And3, Http3};
        let check = |versions, offer, version, knows_http3, expected| {
            let mut distribution = with(SecurityPolicy::Tls10, SslSupport::SniOnly);
            distribution.http_versions = versions;
            let hello = Hello { offer, host: HOST, version, knows_http3 };
            let http = negotiate(&distribution, &hello).map(|session| session.http);
            assert_eq!(http, Ok(expected), "{versions:?} {offer:?} {version:?} {knows_http3}");
        };
        check(Http2, Offer::Modern, Version::Http2, true, Version::Http2);
        check(Http1, Offer::Modern, Version::Http2, true, Version::Http11);
        check(Http2And3, Offer::Modern, Version::Http2, false, Version::Http2);
        check(Http2And3, Offer::Modern, Version::Http2, true, Version::Http3);
        check(Http2And3, Offer::Modern, Version::Http3, false, Version::Http3);
        check(Http3, Offer::Modern, Version::Http2, false, Version::Http11);
        check(Http2, Offer::Modern, Version::Http3, false, Version::Http2);
        check(Http2And3, Offer::Tls12, Version::Http3, true, Version::Http2);
        check(Http2And3, Offer::Tls10, Version::Http2, true, Version::Http11);
        check(Http2And3, Offer::Modern, Version::Http11, true, Version::Http11);
        check(Http2And3, Offer::Modern, Version::Http10, true, Version::Http10);
    }
}
