//! Where content comes from.

use serde::{Deserialize, Serialize};

/// An origin of a distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The name by which behaviors refer to it.
    pub id: String,
    /// The host name that requests to it carry.
    pub domain: String,
    /// What sort of server it is.
    pub kind: OriginKind,
    /// The code of the AWS Region where it stands.
    pub region: String,
}

/// The sorts of origin that are treated differently so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OriginKind {
    /// An S3 bucket through its REST endpoint, the only kind that REC-06 speaks of.
    S3Bucket,
    /// A load balancer, which counts as a custom origin (REC-08).
    LoadBalancer,
}

impl Origin {
    /// A bucket with the endpoint that its name and Region give.
    pub fn s3_bucket(id: &str, bucket: &str, region: &str) -> Self {
        let domain = format!("{bucket}.s3.{region}.amazonaws.com");
        Self { id: id.into(), domain, kind: OriginKind::S3Bucket, region: region.into() }
    }

    /// A load balancer with the name that AWS would make for it.
    pub fn load_balancer(id: &str, name: &str, region: &str) -> Self {
        let domain = format!("{name}.{region}.elb.amazonaws.com");
        Self { id: id.into(), domain, kind: OriginKind::LoadBalancer, region: region.into() }
    }

    /// The same origin in another Region: its domain names the Region, so it changes too.
    #[must_use]
    pub fn moved_to(&self, region: &str) -> Self {
        let domain = self.domain.replace(&format!(".{}.", self.region), &format!(".{region}."));
        Self { domain, region: region.into(), ..self.clone() }
    }
}

impl OriginKind {
    /// What the console calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::S3Bucket => "S3 bucket",
            Self::LoadBalancer => "Load balancer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_that_moves_takes_its_domain_along() {
        let moved = Origin::s3_bucket("media", "shop-media", "us-east-1").moved_to("eu-west-2");
        assert_eq!(moved, Origin::s3_bucket("media", "shop-media", "eu-west-2"));
    }
}
