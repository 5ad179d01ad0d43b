//! What stands behind an origin's name, and in what these differ for who asks them (distribution.md section 1.1).

use crate::distribution::OriginKind;
use crate::http::Method;

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// S3 by its REST endpoint (OK-01).
    Bucket,
    /// S3 by a website endpoint (OK-02).
    Website,
    /// `MediaStore` (OK-03).
    Container,
    /// `MediaPackage` and `MediaTailor`, which make manifests and segments anew (OK-04 to OK-06).
    Media,
    /// API Gateway (OK-10).
    Api,
    /// Lambda by a function URL (OK-11).
    Function,
    /// CloudFront (OK-13).
    Distribution,
    /// A web server of somebody's own, at whatever address (OK-07 to OK-09, OK-12).
    Server,
}

impl Service {
    pub(super) const fn of(kind: OriginKind) -> Self {
        use OriginKind as Kind;
        match kind {
            Kind::S3Bucket => Self::Bucket,
            Kind::S3Website => Self::Website,
            Kind::MediaStore => Self::Container,
            Kind::MediaPackage
            | Kind::MediaPackageV2
            | Kind::MediaPackageVod
            | Kind::MediaTailor => Self::Media,
            Kind::ApiGateway => Self::Api,
            Kind::LambdaUrl => Self::Function,
            Kind::CloudFront => Self::Distribution,
            Kind::Ec2 | Kind::LoadBalancer | Kind::WebServer | Kind::VpcOrigin => Self::Server,
        }
    }

    /// Whether it carries a method out: OK-02, OK-16 (MODEL).
    pub(super) const fn takes(self, method: Method) -> bool {
        match self {
            Self::Website => matches!(method, Method::Get | Method::Head),
            Self::Bucket | Self::Media => {
                matches!(method, Method::Get | Method::Head | Method::Options)
            }
            Self::Container => {
                matches!(method, Method::Get | Method::Head | Method::Put | Method::Delete)
            }
            Self::Api | Self::Function | Self::Distribution | Self::Server => true,
        }
    }

    /// OK-15 (MODEL): whether files have validators there, so that conditions and ranges mean something.
    pub(super) const fn has_validators(self) -> bool {
        !matches!(self, Self::Media | Self::Api | Self::Function)
    }

    /// Whether it keeps objects and runs nothing to answer.
    pub(super) const fn is_store(self) -> bool {
        matches!(self, Self::Bucket | Self::Website | Self::Container)
    }

    /// OK-14 (MODEL): what it says in Server.
    pub(super) const fn server(self) -> Option<&'static str> {
        match self {
            Self::Bucket | Self::Website => Some("AmazonS3"),
            Self::Distribution | Self::Server => Some("nginx"),
            Self::Container | Self::Media | Self::Api | Self::Function => None,
        }
    }

    /// OK-14 (MODEL): whether each of its answers has an `x-amzn-RequestId`.
    pub(super) const fn numbers_answers(self) -> bool {
        matches!(self, Self::Container | Self::Media | Self::Api | Self::Function)
    }

    /// TAG-12: S3 sends an object's metadata `cache-tag` in a field of its own, by either endpoint; MODEL: an application names it so
    /// itself.
    pub(super) const fn tag_field(self) -> &'static str {
        match self {
            Self::Bucket | Self::Website => "x-amz-meta-cache-tag",
            _ => "Cache-Tag",
        }
    }
}
