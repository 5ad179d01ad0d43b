//! The ordered table of distribution.md section 1.2, DP-02 to DP-26.

use crate::distribution::OriginKind;

/// What stands behind the patterns of a row.
#[derive(Clone, Copy)]
pub(super) enum Within {
    /// `amazonaws.com` or `amazonaws.com.cn`.
    Aws,
    /// `amazonaws.com` alone.
    AwsGlobal,
    /// `internal`.
    Internal,
    /// Nothing: the patterns are whole names.
    Anything,
}

/// What a row says of the names that it matches.
#[derive(Clone, Copy)]
pub(super) enum Says {
    /// An origin of this kind.
    Is(OriginKind),
    /// The same, in a Region that the name implies.
    In(OriginKind, &'static str),
    /// DP-04.
    Accelerate,
    /// DP-05.
    NoBucket,
}

/// A row: its id, its patterns, what stands behind them, what it says.
///
/// A pattern is compared label by label from the right. `{region}` is a Region's code, `{bucket}` one label or more,
/// `{id}` letters, digits and hyphens, `{alnum}` letters and digits, `{hex}` hexadecimal digits, `{quad}` an address
/// with hyphens, `{elb}` and `{nlb}` the names that load balancers get.
pub(super) type Row = (&'static str, &'static [&'static str], Within, Says);

/// In the order in which they are tried; DP-01 comes before them and DP-25 after.
pub(super) const ROWS: [Row; 26] = {
    use OriginKind as Kind;
    use Says::{Accelerate, In, Is, NoBucket};
    use Within::{Anything, Aws, AwsGlobal, Internal};
    [
        ("DP-02", &["{bucket}.s3-website-{region}"], Aws, Is(Kind::S3Website)),
        ("DP-03", &["{bucket}.s3-website.{region}"], Aws, Is(Kind::S3Website)),
        ("DP-04", &["{bucket}.s3-accelerate", "{bucket}.s3-accelerate.dualstack"], Aws, Accelerate),
        ("DP-05", &WITHOUT_BUCKET, Aws, NoBucket),
        ("DP-06", &["{bucket}--ol-s3.s3.{region}"], Aws, Is(Kind::S3Bucket)),
        ("DP-07", &["{bucket}-s3alias.s3.{region}"], Aws, Is(Kind::S3Bucket)),
        ("DP-08", &REST, Aws, Is(Kind::S3Bucket)),
        ("DP-09", &["{bucket}.s3-fips-{region}", "{bucket}.s3-{region}"], Aws, Is(Kind::S3Bucket)),
        ("DP-10", &["{bucket}.s3-external-1"], Aws, In(Kind::S3Bucket, "us-east-1")),
        ("DP-10", &["{bucket}.s3"], Aws, Is(Kind::S3Bucket)),
        ("DP-26", &["{alnum}.mrap.accesspoint.s3-global"], AwsGlobal, Is(Kind::S3Bucket)),
        ("DP-11", &["{id}.data.mediastore.{region}"], Aws, Is(Kind::MediaStore)),
        ("DP-12", &["{id}.egress.{alnum}.mediapackagev2.{region}"], Aws, Is(Kind::MediaPackageV2)),
        ("DP-13", &["{id}.egress.mediapackage-vod.{region}"], Aws, Is(Kind::MediaPackageVod)),
        ("DP-14", &["{id}.mediapackage.{region}"], Aws, Is(Kind::MediaPackage)),
        ("DP-15", &["{id}.mediatailor.{region}"], Aws, Is(Kind::MediaTailor)),
        ("DP-16", &["ec2-{quad}.compute-1"], AwsGlobal, In(Kind::Ec2, "us-east-1")),
        ("DP-17", &["ec2-{quad}.{region}.compute"], Aws, Is(Kind::Ec2)),
        ("DP-18", &["ip-{quad}.ec2", "i-{hex}.ec2"], Internal, In(Kind::VpcOrigin, "us-east-1")),
        (
            "DP-18",
            &["ip-{quad}.{region}.compute", "i-{hex}.{region}.compute"],
            Internal,
            Is(Kind::VpcOrigin),
        ),
        ("DP-19", &INTERNAL_BALANCER, Aws, Is(Kind::VpcOrigin)),
        ("DP-20", &BALANCER, Aws, Is(Kind::LoadBalancer)),
        ("DP-21", &["{nlb}.elb.{region}"], Aws, Is(Kind::LoadBalancer)),
        ("DP-22", &["{id}.execute-api.{region}"], Aws, Is(Kind::ApiGateway)),
        ("DP-23", &["{alnum}.lambda-url.{region}.on.aws"], Anything, Is(Kind::LambdaUrl)),
        ("DP-24", &["{alnum}.cloudfront.net"], Anything, Is(Kind::CloudFront)),
    ]
};

const WITHOUT_BUCKET: [&str; 16] = [
    "s3",
    "s3.{region}",
    "s3-{region}",
    "s3.dualstack.{region}",
    "s3-dualstack.{region}",
    "s3-fips",
    "s3-fips.{region}",
    "s3-fips-{region}",
    "s3-fips.dualstack.{region}",
    "s3-fips-dualstack.{region}",
    "s3-website",
    "s3-website.{region}",
    "s3-website-{region}",
    "s3-website.dualstack.{region}",
    "s3-website-dualstack.{region}",
    "s3-external-1",
];

const REST: [&str; 4] = [
    "{bucket}.s3.{region}",
    "{bucket}.s3.dualstack.{region}",
    "{bucket}.s3-fips.{region}",
    "{bucket}.s3-fips.dualstack.{region}",
];

const INTERNAL_BALANCER: [&str; 3] = [
    "internal-{elb}.{region}.elb",
    "dualstack.internal-{elb}.{region}.elb",
    "ipv6.internal-{elb}.{region}.elb",
];

const BALANCER: [&str; 3] =
    ["{elb}.{region}.elb", "dualstack.{elb}.{region}.elb", "ipv6.{elb}.{region}.elb"];

impl Within {
    /// The labels of a name that a row's patterns are about.
    pub(super) fn strip(self, host: &str) -> Option<&str> {
        match self {
            Self::Aws => host.strip_suffix(".cn").unwrap_or(host).strip_suffix(".amazonaws.com"),
            Self::AwsGlobal => host.strip_suffix(".amazonaws.com"),
            Self::Internal => host.strip_suffix(".internal"),
            Self::Anything => Some(host),
        }
    }
}
