//! Where content comes from.

use serde::{Deserialize, Serialize};

use super::domain::{bucket_in, classify};
use super::{BucketPolicy, OriginAccess, OriginKind, TlsProtocol};
use crate::http::Scheme;

/// An origin of a distribution (distribution.md section 1.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The name by which behaviors and groups refer to it (OR-02).
    pub id: String,
    /// The host name that requests to it carry (OR-01).
    pub domain: String,
    /// What sort of server it is.
    pub kind: OriginKind,
    /// The code of the AWS Region where it stands, or that stands nearest to it.
    pub region: String,
    /// What is put before every path on the way to it, as in `/production`; mostly empty (OR-03).
    #[serde(default)]
    pub path: String,
    /// Fields that every request to it carries, name and value (OR-04, QH-19).
    #[serde(default)]
    pub custom_headers: Vec<(String, String)>,
    /// The code of the Region whose regional edge cache is its Origin Shield, if it has one (OR-06, OR-07).
    #[serde(default)]
    pub shield_region: Option<String>,
    /// How it is shown that a request comes from this distribution (OR-20, OR-21). The form of before never knew it.
    #[serde(skip)]
    pub access: OriginAccess,
    /// Whom the bucket lets in, if its policy was given; else IM-09 says.
    #[serde(skip)]
    pub bucket_policy: Option<BucketPolicy>,
    /// HTTP or HTTPS towards it (OR-14).
    #[serde(default)]
    pub protocol: OriginProtocol,
    /// Which versions of TLS may be spoken to it, beside 1.3 (OR-17). The form of before never knew them.
    #[serde(skip, default = "usual_tls")]
    pub tls: Vec<TlsProtocol>,
    /// How long and how often it is tried.
    #[serde(default)]
    pub limits: OriginLimits,
}

/// Which protocol goes to an origin (OR-14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OriginProtocol {
    /// HTTP, whatever the viewer used.
    HttpOnly,
    /// HTTPS, whatever the viewer used.
    HttpsOnly,
    /// The viewer's own. One stored response serves both (MET-13).
    #[default]
    MatchViewer,
}

/// How long and how often an origin is tried (TMO-01 to TMO-05), in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginLimits {
    /// Connection attempts, 1 to 3 (TMO-01, OR-09).
    pub attempts: u32,
    /// For each attempt to connect, 1 to 10 (TMO-02, OR-10).
    pub connect_secs: u64,
    /// Until the first packet, and between two packets, 1 to 120 (TMO-03, OR-11).
    pub response_secs: u64,
    /// For the whole exchange with all its attempts, if it is bounded (TMO-05, OR-12).
    pub completion_secs: Option<u64>,
    /// For which an idle connection is kept, 1 to 300 (TMO-04, OR-13).
    pub keep_alive_secs: u64,
}

impl Default for OriginLimits {
    fn default() -> Self {
        Self {
            attempts: 3,           // TMO-01
            connect_secs: 10,      // TMO-02
            response_secs: 30,     // TMO-03
            completion_secs: None, // TMO-05
            keep_alive_secs: 5,    // TMO-04
        }
    }
}

impl Origin {
    /// An origin with the default settings.
    pub fn new(id: &str, domain: String, kind: OriginKind, region: &str) -> Self {
        Self {
            id: id.into(),
            domain,
            kind,
            region: region.into(),
            path: String::new(),
            custom_headers: Vec::new(),
            shield_region: None,
            access: OriginAccess::None,
            bucket_policy: None,
            protocol: OriginProtocol::default(),
            tls: usual_tls(),
            limits: OriginLimits::default(),
        }
    }

    /// A bucket with the endpoint that its name and Region give.
    pub fn s3_bucket(id: &str, bucket: &str, region: &str) -> Self {
        Self::new(id, format!("{bucket}.s3.{region}.amazonaws.com"), OriginKind::S3Bucket, region)
    }

    /// A load balancer with the name that AWS would make for it.
    pub fn load_balancer(id: &str, name: &str, region: &str) -> Self {
        let domain = format!("{name}.{region}.elb.amazonaws.com");
        Self::new(id, domain, OriginKind::LoadBalancer, region)
    }

    /// Whether a request with this Host is for what stands here. OK-17 (MODEL): some know themselves by their own name alone,
    /// and web servers go by their address. OK-25: S3 takes a name that is none of its own for a bucket's.
    pub fn answers_to(&self, host: &str) -> bool {
        let is = |name: &str| host.eq_ignore_ascii_case(name);
        let bucket = || bucket_in(&self.domain);
        match self.kind {
            kind if kind.wants_its_own_host() => is(&self.domain),
            kind if kind.is_s3() => is(&self.domain) || bucket().is_some_and(is),
            _ => true,
        }
    }

    /// The same origin in another Region. A domain that names the Region changes too, in whichever form it does (DP-02 to
    /// DP-23); what only looks like a Region in it, as in the name of a bucket, stays.
    #[must_use]
    pub fn moved_to(&self, region: &str) -> Self {
        let names_region = |domain: &String| {
            classify(domain).is_ok_and(|found| found.region.as_deref() == Some(region))
        };
        let parts = self.domain.rsplit_once(&self.region);
        let renamed = parts.map(|(before, behind)| format!("{before}{region}{behind}"));
        let domain = renamed.filter(names_region).unwrap_or_else(|| self.domain.clone());
        Self { domain, region: region.into(), ..self.clone() }
    }

    /// Whether it stands in an AWS Region, and not only near one (SHD-13). All kinds do but two: another distribution, which
    /// stands everywhere (DP-24), and a web server, which does where its name says so (UV-08).
    pub fn is_in_aws(&self) -> bool {
        let is_named = || classify(&self.domain).is_ok_and(|found| found.region.is_some());
        // REC-14 (MODEL): the others do, whether their name says so or not.
        !matches!(self.kind, OriginKind::WebServer | OriginKind::CloudFront) || is_named()
    }

    /// Whether it is a Multi-Region Access Point, for which requests are signed in a way of its own (DP-26, OR-23).
    pub fn is_multi_region(&self) -> bool {
        self.kind == OriginKind::S3Bucket && self.domain.ends_with(".s3-global.amazonaws.com")
    }

    /// The name of the bucket that it is, if it is one.
    pub fn bucket(&self) -> Option<&str> {
        bucket_in(&self.domain).filter(|_| self.kind == OriginKind::S3Bucket)
    }

    /// The version of TLS that is spoken to it, where it speaks `newest` and what is older: the highest common one. MODEL
    /// (TLS-65): TLS 1.3 may always be, since AWS's list cannot name it.
    pub fn tls_with(&self, newest: TlsProtocol) -> Option<TlsProtocol> {
        let may_be =
            |protocol: &TlsProtocol| *protocol == TlsProtocol::Tls13 || self.tls.contains(protocol);
        TlsProtocol::ALL.into_iter().filter(|protocol| *protocol >= newest).find(may_be)
    }

    /// The protocol of a request to it for a viewer that came by `viewer` (OR-14).
    pub fn scheme(&self, viewer: Scheme) -> Scheme {
        if self.kind == OriginKind::S3Bucket && self.access.forces_https() {
            return Scheme::Https; // OSEC-05
        }
        let fixed = match self.protocol {
            OriginProtocol::HttpOnly => Some(Scheme::Http),
            OriginProtocol::HttpsOnly => Some(Scheme::Https),
            OriginProtocol::MatchViewer => None, // MET-13
        };
        fixed.unwrap_or(viewer)
    }
}

/// CP-03: what the console begins with.
fn usual_tls() -> Vec<TlsProtocol> {
    vec![TlsProtocol::Tls12]
}

/// Two origins of which the second is asked where the first fails (distribution.md section 1.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginGroup {
    /// The name by which behaviors refer to it (OG-01).
    pub id: String,
    /// The ids of the primary and the secondary (OG-02, FO-11).
    pub members: [String; 2],
    /// The primary's statuses that send a request to the secondary (OG-03, FO-01).
    pub failover_statuses: Vec<u16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_that_moves_takes_its_domain_along() {
        let moved = Origin::s3_bucket("media", "shop-media", "us-east-1").moved_to("eu-west-2");
        assert_eq!(moved, Origin::s3_bucket("media", "shop-media", "eu-west-2"));
        let table = [
            ("docs.s3-us-east-1.amazonaws.com", "docs.s3-eu-west-2.amazonaws.com"),
            ("a.us-east-1.s3.us-east-1.amazonaws.com", "a.us-east-1.s3.eu-west-2.amazonaws.com"),
            ("lb-1.us-east-1.elb.amazonaws.com", "lb-1.eu-west-2.elb.amazonaws.com"),
            // These name no Region.
            ("docs.s3.amazonaws.com", "docs.s3.amazonaws.com"),
            ("a-us-east-1.s3-external-1.amazonaws.com", "a-us-east-1.s3-external-1.amazonaws.com"),
            ("www.us-east-1.example.com", "www.us-east-1.example.com"),
        ];
        for (domain, expected) in table {
            let origin = Origin::new("o", domain.into(), OriginKind::S3Bucket, "us-east-1");
            let moved = origin.moved_to("eu-west-2");
            assert_eq!((moved.domain.as_str(), moved.region.as_str()), (expected, "eu-west-2"));
        }
    }

    #[test]
    fn or_14_the_protocol_towards_the_origin() {
        let scheme = |protocol, viewer| {
            let origin = Origin { protocol, ..Origin::load_balancer("o", "api", "us-east-1") };
            origin.scheme(viewer)
        };
        for viewer in [Scheme::Http, Scheme::Https] {
            assert_eq!(scheme(OriginProtocol::MatchViewer, viewer), viewer);
            assert_eq!(scheme(OriginProtocol::HttpOnly, viewer), Scheme::Http);
            assert_eq!(scheme(OriginProtocol::HttpsOnly, viewer), Scheme::Https);
        }
    }

    #[test]
    fn or_17_tls_65_the_highest_common_version_towards_the_origin() {
        use TlsProtocol::{Ssl3, Tls10, Tls11, Tls12, Tls13};
        let meets = |tls: &[TlsProtocol], newest| {
            let origin = Origin::load_balancer("o", "api", "us-east-1");
            Origin { tls: tls.to_vec(), ..origin }.tls_with(newest)
        };
        assert_eq!(meets(&[Tls12], Tls13), Some(Tls13), "whenever the origin offers it");
        assert_eq!(meets(&[Tls10, Tls12], Tls12), Some(Tls12));
        assert_eq!(meets(&[Tls10, Tls12], Tls11), Some(Tls10));
        assert_eq!(meets(&[Tls12], Tls11), None);
        assert_eq!(meets(&[Ssl3], Tls10), Some(Ssl3));
    }

    #[test]
    fn tmo_01_to_05_the_defaults() {
        let limits = OriginLimits::default();
        assert_eq!((limits.attempts, limits.connect_secs, limits.response_secs), (3, 10, 30));
        assert_eq!((limits.keep_alive_secs, limits.completion_secs), (5, None));
    }
}
