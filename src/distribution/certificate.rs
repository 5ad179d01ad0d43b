//! The certificate that viewers see, and which of them it serves (DS-08 to DS-12; security-logs-edge.md section 3.2).

use super::{CertificateKey, SecurityPolicy};

/// DS-09: the certificate of AWS's own examples, for a distribution with names of its own.
const EXAMPLE: &str =
    "arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111";

/// What a distribution shows to a viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ViewerCertificate {
    /// CloudFront's own, for `*.cloudfront.net`, with the policy `TLSv1` (TLS-11, TLS-12).
    #[default]
    Default,
    /// One of the distribution's own.
    Own(OwnCertificate),
}

/// A certificate of a distribution's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCertificate {
    /// Where it comes from.
    pub source: CertificateSource,
    /// How a viewer has to ask for it (DS-10).
    pub support: SslSupport,
    /// Which protocols and ciphers a viewer may choose from (DS-11).
    pub policy: SecurityPolicy,
    /// What it says, if it was given beside the configuration; else IM-18 says.
    pub content: Option<CertificateContent>,
}

/// Where a certificate comes from (TLS-13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateSource {
    /// AWS Certificate Manager: its ARN, in us-east-1.
    Acm(String),
    /// The certificate store of IAM: its id.
    Iam(String),
}

/// What a certificate says, as far as it matters here (TLS-05).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateContent {
    /// The names that it covers.
    pub names: Vec<String>,
    /// The sort of its key (TLS-17).
    pub key: CertificateKey,
}

/// How a viewer has to ask for a certificate (DS-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SslSupport {
    /// By the name in its first message (TLS-20).
    SniOnly,
    /// By an address that is the distribution's alone (TLS-21).
    Vip,
    /// By an address of an Anycast list. MODEL (TLS-78): as [`SslSupport::Vip`].
    StaticIp,
}

impl SslSupport {
    /// All, in the order of the console.
    pub const ALL: [Self; 3] = [Self::SniOnly, Self::Vip, Self::StaticIp];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SniOnly => "sni-only",
            Self::Vip => "vip",
            Self::StaticIp => "static-ip",
        }
    }

    /// Whether a viewer that names no host is served (TLS-20, TLS-21).
    pub fn serves_without_name(self) -> bool {
        self != Self::SniOnly
    }
}

impl CertificateContent {
    /// Whether one of its names covers a host.
    pub fn covers(&self, host: &str) -> bool {
        self.names.iter().any(|name| covers(name, host))
    }
}

/// TLS-15: a wildcard stands for one label and no more. An alternate name with a wildcard is covered by the same one.
fn covers(name: &str, host: &str) -> bool {
    let of_label = || {
        let (rest, (_, domain)) = name.strip_prefix("*.").zip(host.split_once('.'))?;
        Some(rest.eq_ignore_ascii_case(domain))
    };
    name.eq_ignore_ascii_case(host) || of_label() == Some(true)
}

impl ViewerCertificate {
    /// The one of AWS's examples, for these alternate names: each with all that stand beside it, as certificates mostly are.
    pub fn example(aliases: &[String]) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut name = |name: String| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        for alias in aliases {
            match alias.split_once('.').filter(|(_, parent)| parent.contains('.')) {
                Some((_, parent)) => {
                    name(parent.to_owned());
                    name(format!("*.{parent}"));
                }
                None => name(alias.clone()),
            }
        }
        Self::Own(OwnCertificate {
            source: CertificateSource::Acm(EXAMPLE.to_owned()),
            support: SslSupport::SniOnly,
            policy: SecurityPolicy::Tls12In2021,
            content: Some(CertificateContent { names, key: CertificateKey::Rsa }),
        })
    }

    /// The one that answers for a host. MODEL (TLS-77): a name below cloudfront.net has the default certificate, whatever
    /// else the distribution has.
    pub fn for_host(&self, host: &str) -> Option<&OwnCertificate> {
        let is_cloudfronts = host.to_ascii_lowercase().ends_with(".cloudfront.net");
        match self {
            Self::Own(own) if !is_cloudfronts => Some(own),
            _ => None,
        }
    }
}

impl OwnCertificate {
    /// The sort of its key. IM-18 (MODEL): RSA where nothing says.
    pub fn key(&self) -> CertificateKey {
        self.content.as_ref().map(|content| content.key).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_15_a_wildcard_covers_one_label() {
        let check = |name, host, expected| assert_eq!(covers(name, host), expected, "{host}");
        check("*.example.com", "www.example.com", true);
        check("*.example.com", "example.com", false);
        check("*.example.com", "a.b.example.com", false);
        check("*.example.com", "*.example.com", true);
        check("www.example.com", "WWW.example.com", true);
        check("www.example.com", "*.example.com", false);
    }

    #[test]
    fn the_example_covers_the_names_that_it_is_made_for() {
        let aliases = ["www.shop.example", "*.shop.example", "shop.example", "a.b.shop.example"];
        let aliases = aliases.map(str::to_owned);
        let ViewerCertificate::Own(own) = ViewerCertificate::example(&aliases) else { return };
        let Some(content) = own.content else { return };
        assert!(aliases.iter().all(|alias| content.covers(alias)));
        let names = ["shop.example", "*.shop.example", "b.shop.example", "*.b.shop.example"];
        assert_eq!(content.names, names);
    }

    #[test]
    fn tls_11_77_a_name_of_cloudfronts_has_the_default_certificate() {
        let own = ViewerCertificate::example(&["www.shop.example".to_owned()]);
        assert!(own.for_host("www.shop.example").is_some());
        assert!(own.for_host("D111111ABCDEF8.cloudfront.net").is_none());
        assert!(ViewerCertificate::Default.for_host("www.shop.example").is_none());
    }
}
