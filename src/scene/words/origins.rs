//! What is said of who asks an origin, and of a bucket that lets nobody in (security-logs-edge.md section 4).

use super::assumed;
use super::sources::{FUNCTION_URL, ORIGIN_POLICIES, PERMISSION_DENIED};
use super::told::Told;
use crate::distribution::{Denied, OriginKind, Proof};
use crate::scene::{Outcome, Trip, why};

/// The setting that says how an origin knows the distribution.
const ACCESS: &str = "origin access";

/// What the request showed the origin.
pub(super) fn of_proof(told: &mut Told, proof: Proof, trip: &Trip) {
    let (row, text) = match proof {
        Proof::None => return,
        Proof::ByControl => (
            "OSEC-02",
            "The edge signed the request: its Authorization shows that this distribution asks",
        ),
        Proof::ByIdentity => {
            ("OSEC-10", "The request comes by an origin access identity, the legacy way")
        }
        Proof::NeverSigned => {
            ("OSEC-03", "The access control never signs: the request shows nothing")
        }
        Proof::Viewers => {
            ("OSEC-04", "The viewer sent an Authorization, so the edge does not sign")
        }
    };
    told.cite(row);
    told.why.push(why::check(row, text).set_by_origin(trip, ACCESS));
    if matches!(proof, Proof::ByControl | Proof::ByIdentity) {
        told.assume(assumed::SIGNATURE_SHORT);
    }
}

/// Why an origin lets nobody in.
pub(super) fn of_denied(mut told: Told, denied: &Denied, trip: &Trip) -> Told {
    let kind = trip.matched.as_ref().map(|matched| matched.origin_kind);
    let other = kind.filter(|kind| *kind != OriginKind::S3Bucket);
    let (row, reason) = match denied {
        Denied::Unsigned if let Some(kind) = other => (
            "OK-21",
            format!("{} behind an access control is asked without a signature", kind.label()),
        ),
        Denied::ViewersCredentials if let Some(kind) = other => {
            ("OK-21", format!("{} does not trust the viewer's own Authorization", kind.label()))
        }
        Denied::Unhashed => (
            "OSEC-16",
            "The function gets no x-amz-content-sha256, which the signature must cover".to_owned(),
        ),
        Denied::HalfSigned => (
            "SIG-56",
            "S3 takes Signature in a query for its own way of signing, which needs Expires and AWSAccessKeyId too".to_owned(),
        ),
        Denied::OtherHost { host, is_signed: true } => (
            "OK-25",
            format!("The signature is for the bucket's own name, and the Host that came is {host}: S3 calls that SignatureDoesNotMatch"),
        ),
        Denied::OtherHost { host, .. } if kind.is_some_and(OriginKind::is_s3) => {
            ("OK-25", format!("S3 takes the Host for the name of a bucket, and there is none called {host}"))
        }
        Denied::OtherHost { host, .. } => (
            "OK-17",
            format!("{} knows itself by its own name alone, and the Host that came is {host}", kind.unwrap_or(OriginKind::WebServer).label()),
        ),
        Denied::Unsigned => {
            ("OSEC-11", "The bucket is private, and nothing shows who asks".to_owned())
        }
        Denied::NotLetIn { named: Some(named) } => {
            ("OSEC-14", format!("The bucket's policy lets the distribution {named} in, which this one is not"))
        }
        Denied::NotLetIn { named: None } => {
            ("OSEC-11", "No statement of the bucket's policy lets this distribution in".to_owned())
        }
        Denied::ViewersCredentials => {
            ("OSEC-21", "The bucket does not trust the viewer's own Authorization".to_owned())
        }
        Denied::MissingUnlisted => (
            "OSEC-12",
            "There is no such object, and who asks may not list the bucket: that is a 403, not a 404".to_owned(),
        ),
    };
    let is_other_host = matches!(denied, Denied::OtherHost { .. });
    let is_assumed = is_other_host || matches!(row, "OSEC-21" | "OK-21" | "SIG-56");
    let source = match row {
        "OSEC-16" => FUNCTION_URL,
        _ if is_other_host => ORIGIN_POLICIES,
        _ => PERMISSION_DENIED,
    };
    told.turn_to(if is_assumed { "" } else { row }, source);
    match row {
        "OSEC-12" | "OSEC-16" => {}
        "OK-17" | "OK-25" => {
            told.cite("CK-10, MU-15");
            told.assume(if row == "OK-25" { assumed::BUCKETS_HOST } else { assumed::OWN_HOST });
        }
        "OK-21" => told.assume(assumed::CONTROLLED),
        "SIG-56" => told.assume(assumed::HALF_SIGNED),
        _ => told.assume(assumed::BUCKET_REFUSES),
    }
    if row == "OSEC-21" {
        told.assume(assumed::VIEWERS_CREDENTIALS);
    }
    let decided = why::decided(Outcome::Error, row, reason.as_str());
    told.why.push(if is_other_host {
        decided.set_by_behavior(trip, "policies")
    } else {
        decided.set_by_origin(trip, ACCESS)
    });
    if other.is_none() && row != "SIG-56" && !is_other_host {
        told.assume(assumed::BUCKET);
    }
    told.say(format!("{reason}."))
}
