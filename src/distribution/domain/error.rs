//! Why a name cannot be an origin's.

/// Why a name cannot be an origin's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// A URL in place of a name.
    #[error("an origin domain has no scheme before it, as in www.example.com, not {given:?}")]
    Scheme {
        /// As written, shortened.
        given: String,
    },
    /// A name with a path, query or fragment behind it.
    #[error("an origin domain has no path behind it (that is the origin path), not {given:?}")]
    Path {
        /// As written, shortened.
        given: String,
    },
    /// DP-01.
    #[error("an origin domain is a public DNS name and no IP address, not {given:?}")]
    Address {
        /// As written, shortened.
        given: String,
    },
    /// DP-04.
    #[error(
        "S3 Transfer Acceleration can't be an origin; take the bucket's own name, not {given:?}"
    )]
    Accelerate {
        /// As written, shortened.
        given: String,
    },
    /// DP-05.
    #[error(
        "an S3 origin starts with the bucket's name, as in BUCKET.s3.REGION.amazonaws.com, not {given:?}"
    )]
    NoBucket {
        /// As written, shortened.
        given: String,
    },
    /// The rule for the bucket's part of a name.
    #[error(
        "a bucket has 3 to 63 characters out of a-z, 0-9, dot and hyphen, with a letter or digit at both ends, not {given:?}"
    )]
    Bucket {
        /// The bucket's part, shortened.
        given: String,
    },
    /// Not even DP-25.
    #[error("an origin domain is a DNS name with a dot, without a port, not {given:?}")]
    NotAName {
        /// As written, shortened.
        given: String,
    },
}

impl DomainError {
    /// The row that refuses the name; OR-01 where no row of the table does.
    pub const fn row(&self) -> &'static str {
        match self {
            Self::Address { .. } => "DP-01",
            Self::Accelerate { .. } => "DP-04",
            Self::NoBucket { .. } => "DP-05",
            Self::NotAName { .. } => "DP-25",
            Self::Scheme { .. } | Self::Path { .. } | Self::Bucket { .. } => "OR-01",
        }
    }
}
