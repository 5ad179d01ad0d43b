//! The kinds of origin, and what each of them is without anybody's settings (distribution.md section 1.1).

use serde::{Deserialize, Serialize};

use crate::http::Scheme;

/// The sorts of origin (distribution.md section 1.1). All but the first count as custom origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OriginKind {
    /// An S3 bucket through its REST endpoint, the only kind that REC-06 speaks of (OK-01).
    S3Bucket,
    /// The website endpoint of a bucket, which counts as a custom origin (OK-02, REC-08).
    S3Website,
    /// A load balancer, which counts as a custom origin (OK-08, REC-08).
    LoadBalancer,
    /// A web server of one's own (OK-09).
    WebServer,
    /// A container of `MediaStore`, a service that has ended (OK-03).
    MediaStore,
    /// An endpoint of `MediaPackage` version 1, for live video (OK-04).
    MediaPackage,
    /// An endpoint of `MediaPackage` version 2, the only kind for media-quality selection (OK-05, OG-10).
    MediaPackageV2,
    /// `MediaPackage` for video on demand (OK-06).
    MediaPackageVod,
    /// `MediaTailor` (OK-06).
    MediaTailor,
    /// A public EC2 instance (OK-07).
    Ec2,
    /// An API of API Gateway (OK-10).
    ApiGateway,
    /// The URL of a Lambda function (OK-11).
    LambdaUrl,
    /// An instance or a load balancer within a private network (OK-12).
    VpcOrigin,
    /// Another distribution (OK-13).
    CloudFront,
}

impl OriginKind {
    /// What the console calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::S3Bucket => "S3 bucket",
            Self::S3Website => "S3 website",
            Self::LoadBalancer => "Load balancer",
            Self::WebServer => "Web server",
            Self::MediaStore => "MediaStore container",
            Self::MediaPackage => "MediaPackage v1 endpoint",
            Self::MediaPackageV2 => "MediaPackage v2 endpoint",
            Self::MediaPackageVod => "MediaPackage VOD endpoint",
            Self::MediaTailor => "MediaTailor endpoint",
            Self::Ec2 => "EC2 instance",
            Self::ApiGateway => "API Gateway",
            Self::LambdaUrl => "Lambda function URL",
            Self::VpcOrigin => "VPC origin",
            Self::CloudFront => "CloudFront distribution",
        }
    }

    /// The same within a sentence, with its article.
    pub fn in_words(self) -> String {
        let article = match self {
            Self::S3Bucket | Self::S3Website | Self::Ec2 => "an ",
            Self::ApiGateway => "",
            _ => "a ",
        };
        let name = match self {
            Self::LoadBalancer => "load balancer",
            Self::WebServer => "web server",
            _ => self.label(),
        };
        format!("{article}{name}")
    }

    /// Whether its port for a protocol is open at all.
    pub const fn speaks(self, scheme: Scheme) -> bool {
        match self {
            Self::S3Website => matches!(scheme, Scheme::Http), // OK-02
            // OK-05, OK-10, OK-11
            Self::MediaPackageV2 | Self::ApiGateway | Self::LambdaUrl => {
                matches!(scheme, Scheme::Https)
            }
            _ => true,
        }
    }

    /// Whether it knows by the Host of a request what is asked for, so that the viewer's own Host leads nowhere: OK-10, OK-11,
    /// MU-15; OK-17 (MODEL).
    pub const fn wants_its_own_host(self) -> bool {
        matches!(self, Self::ApiGateway | Self::LambdaUrl | Self::MediaTailor | Self::CloudFront)
    }

    /// Whether it is S3, which takes the Host of a request for the name of a bucket (OK-25).
    pub const fn is_s3(self) -> bool {
        matches!(self, Self::S3Bucket | Self::S3Website)
    }

    /// Whether the path of a request without conditions and ranges is all that it goes by, where its Host is the origin's own: it
    /// does not number its answers (OK-14).
    pub const fn goes_by_path(self) -> bool {
        matches!(
            self,
            Self::S3Bucket
                | Self::S3Website
                | Self::LoadBalancer
                | Self::WebServer
                | Self::Ec2
                | Self::VpcOrigin
        )
    }

    /// The service that an origin access control signs for, which is also what AWS calls its type; none where it can't have one
    /// (OR-23, OSEC-06).
    pub const fn signed_service(self) -> Option<&'static str> {
        Some(match self {
            Self::S3Bucket => "s3",
            Self::MediaStore => "mediastore",
            Self::MediaPackageV2 => "mediapackagev2",
            Self::LambdaUrl => "lambda",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_its_proper_name_and_its_article() {
        let table = [
            (OriginKind::S3Website, "an S3 website"),
            (OriginKind::Ec2, "an EC2 instance"),
            (OriginKind::LoadBalancer, "a load balancer"),
            (OriginKind::LambdaUrl, "a Lambda function URL"),
            (OriginKind::ApiGateway, "API Gateway"),
        ];
        for (kind, words) in table {
            assert_eq!(kind.in_words(), words);
        }
    }
}
