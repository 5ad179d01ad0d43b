//! What is said of who asks an origin, and of a bucket that lets nobody in (security-logs-edge.md section 4).

use super::assumed;
use super::sources::PERMISSION_DENIED;
use super::told::Told;
use crate::distribution::{Denied, Proof};
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

/// Why a bucket refused.
pub(super) fn of_denied(mut told: Told, denied: &Denied, trip: &Trip) -> Told {
    let (row, reason) = match denied {
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
    told.turn_to(if row == "OSEC-21" { "" } else { row }, PERMISSION_DENIED);
    if row != "OSEC-12" {
        told.assume(assumed::BUCKET_REFUSES);
    }
    if row == "OSEC-21" {
        told.assume(assumed::VIEWERS_CREDENTIALS);
    }
    told.why.push(why::decided(Outcome::Error, row, reason.as_str()).set_by_origin(trip, ACCESS));
    told.assume(assumed::BUCKET);
    told.say(format!("{reason}."))
}
