//! Why a name cannot be an origin's.

/// A name that cannot be an origin's, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}, not {given:?}", why.rule())]
pub struct DomainError {
    /// Which rule it breaks.
    pub why: NotAnOrigin,
    /// The name or the part of it that breaks the rule, shortened.
    pub given: String,
}

/// The rules that a name can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnOrigin {
    /// A URL in place of a name.
    Scheme,
    /// A path, query or fragment behind the name.
    Path,
    /// An IP address (DP-01).
    Address,
    /// Transfer Acceleration (DP-04).
    Accelerate,
    /// A host of S3 with no bucket before it (DP-05).
    NoBucket,
    /// A bucket's part that cannot be a bucket's name.
    Bucket,
    /// Longer than DNS takes (DP-25).
    TooLong,
    /// Not even a DNS name of two labels (DP-25).
    NotAName,
}

impl DomainError {
    pub(super) fn new(why: NotAnOrigin, given: &str) -> Self {
        Self { why, given: given.chars().take(80).collect() }
    }
}

impl NotAnOrigin {
    /// The row that refuses the name; OR-01 where no row of the table does.
    pub const fn row(self) -> &'static str {
        match self {
            Self::Address => "DP-01",
            Self::Accelerate => "DP-04",
            Self::NoBucket => "DP-05",
            Self::NotAName | Self::TooLong => "DP-25",
            Self::Scheme | Self::Path | Self::Bucket => "OR-01",
        }
    }

    /// The rule in a sentence.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Scheme => "an origin domain has no scheme before it, as in www.example.com",
            Self::Path => {
                "an origin domain has no path behind it; the origin path has a field of its own"
            }
            Self::Address => "an origin domain is a public DNS name and no IP address",
            Self::Accelerate => {
                "Transfer Acceleration can't be an origin; the bucket's own name can"
            }
            Self::NoBucket => {
                "an S3 origin starts with the bucket's name, as in BUCKET.s3.REGION.amazonaws.com"
            }
            Self::Bucket => {
                "a bucket has 3 to 63 characters of a-z 0-9 . - with a letter or digit at both ends"
            }
            Self::TooLong => {
                "an origin domain has at most 253 characters, and 63 from one dot to the next"
            }
            Self::NotAName => "an origin domain is a DNS name with a dot in it and without a port",
        }
    }
}
