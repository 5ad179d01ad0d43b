//! Whom an origin lets in: who asks for it by a name that it has (MU-15), a bucket by its policy (OSEC-11, OSEC-12), and what is
//! signed for otherwise by the signature alone.

use super::{Asked, Site};
use crate::distribution::{
    BucketAction, BucketPolicy, Denied, Origin, OriginAccess, OriginKind, Proof,
};
use crate::http::Method;

/// Why an origin refuses a request, if it does.
pub(super) fn denied(site: &Site, origin: &Origin, asked: Asked<'_>) -> Option<Denied> {
    if let Some(host) = asked.fields.get("Host").filter(|host| !origin.answers_to(host)) {
        let by_edge = matches!(asked.by.proof, Proof::ByControl | Proof::ByIdentity);
        let is_signed = by_edge && origin.kind == OriginKind::S3Bucket;
        return Some(Denied::OtherHost { host: host.to_owned(), is_signed });
    }
    match origin.kind {
        OriginKind::S3Bucket => by_bucket(site, origin, asked),
        OriginKind::LambdaUrl if origin.access != OriginAccess::None => {
            unproven(asked).or_else(|| without_hash(asked))
        }
        OriginKind::MediaStore | OriginKind::MediaPackageV2
            if origin.access != OriginAccess::None =>
        {
            unproven(asked)
        }
        _ => None,
    }
}

/// OK-21 (MODEL): what an origin access control stands in front of lets in what that control has signed, and nobody else.
fn unproven(asked: Asked<'_>) -> Option<Denied> {
    match asked.by.proof {
        Proof::ByControl => None,
        Proof::Viewers => Some(Denied::ViewersCredentials),
        _ => Some(Denied::Unsigned),
    }
}

/// OK-11, OSEC-16: the signature of a PUT or POST covers a hash of the content that the viewer alone can give.
fn without_hash(asked: Asked<'_>) -> Option<Denied> {
    let needs_one = matches!(asked.method, Method::Put | Method::Post);
    (needs_one && !asked.fields.has("x-amz-content-sha256")).then_some(Denied::Unhashed)
}

fn by_bucket(site: &Site, origin: &Origin, asked: Asked<'_>) -> Option<Denied> {
    let Asked { method, path, by, .. } = asked;
    if method == Method::Options {
        return None; // what a bucket says to OPTIONS is by its own list of origins
    }
    if asked.query.is_some_and(signs_in_part) {
        return Some(Denied::HalfSigned); // SIG-56
    }
    let assumed; // IM-09 (MODEL)
    let policy = match &origin.bucket_policy {
        Some(policy) => policy,
        None if origin.access == OriginAccess::None => return None, // it is public
        None => {
            assumed = BucketPolicy::assumed_for(&origin.access);
            &assumed
        }
    };
    let may_list = policy.lets(&by, BucketAction::List);
    let action = match method {
        Method::Get | Method::Head if asked.is_for_list(origin) && may_list => return None, // OK-01
        Method::Get | Method::Head => BucketAction::Read,
        _ => BucketAction::Write,
    };
    if !policy.lets(&by, action) {
        return Some(policy.why_not(&by, action));
    }
    let is_told = action != BucketAction::Read || site.get(path).is_some() || may_list;
    (!is_told).then_some(Denied::MissingUnlisted)
}

/// SIG-56: a query with a signature is one of S3's own only with all three of these.
fn signs_in_part(query: &str) -> bool {
    let has = |name: &str| {
        query.split('&').any(|part| part.split('=').next().is_some_and(|given| given == name))
    };
    has("Signature") && !["Expires", "AWSAccessKeyId"].into_iter().all(has)
}
