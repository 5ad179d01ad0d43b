//! What an origin is and in which Region it stands, as far as its domain name tells (distribution.md section 1.2).

use super::OriginKind;
pub use error::{DomainError, NotAnOrigin};
pub(super) use pattern::is_host_name;
use pattern::{found, is_address, is_bucket};
use table::{ROWS, Says};

mod error;
mod pattern;
mod table;

#[cfg(test)]
mod tests;

/// What a domain name tells of an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified {
    /// What sort of server it is.
    pub kind: OriginKind,
    /// The code of its Region, if the name holds or implies one.
    pub region: Option<String>,
    /// The row of the table that decided, as in `DP-08`.
    pub row: &'static str,
}

/// The name of the bucket in a domain of S3's, by either of its endpoints.
pub fn bucket_in(domain: &str) -> Option<&str> {
    domain.rsplit_once(".s3").map(|(bucket, _)| bucket)
}

/// Tells the kind and the Region of an origin from its domain name, whatever its case.
///
/// ```
/// use edgewalk::distribution::{OriginKind, domain::classify};
///
/// let bucket = classify("docs.s3.us-west-2.amazonaws.com").expect("DP-08");
/// assert_eq!((bucket.kind, bucket.region.as_deref()), (OriginKind::S3Bucket, Some("us-west-2")));
/// ```
pub fn classify(name: &str) -> Result<Classified, DomainError> {
    let lower = name.to_ascii_lowercase();
    let host = lower.strip_suffix('.').unwrap_or(&lower);
    if host.contains("://") {
        return Err(DomainError::new(NotAnOrigin::Scheme, name));
    }
    if host.contains(['/', '?', '#']) {
        return Err(DomainError::new(NotAnOrigin::Path, name));
    }
    if is_address(host) {
        return Err(DomainError::new(NotAnOrigin::Address, name)); // DP-01
    }
    for (row, patterns, within, says) in ROWS {
        let Some(labels) = within.strip(host) else { continue };
        let Some(found) = patterns.iter().find_map(|pattern| found(pattern, labels)) else {
            continue;
        };
        let (kind, implied) = match says {
            Says::Accelerate => return Err(DomainError::new(NotAnOrigin::Accelerate, name)),
            Says::NoBucket => return Err(DomainError::new(NotAnOrigin::NoBucket, name)),
            Says::Is(kind) => (kind, None),
            Says::In(kind, region) => (kind, Some(region)),
        };
        if let Some(bucket) = found.bucket.filter(|bucket| !is_bucket(bucket)) {
            return Err(DomainError::new(NotAnOrigin::Bucket, bucket));
        }
        return Ok(Classified { kind, region: found.region.or(implied).map(String::from), row });
    }
    if is_host_name(host) {
        Ok(Classified { kind: OriginKind::WebServer, region: None, row: "DP-25" })
    } else {
        let is_long = host.len() > 253 || host.split('.').any(|label| label.len() > 63);
        let why = if is_long { NotAnOrigin::TooLong } else { NotAnOrigin::NotAName };
        Err(DomainError::new(why, name))
    }
}
