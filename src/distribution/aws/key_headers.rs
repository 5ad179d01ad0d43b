//! Names of header fields that can stand in a cache key (HDRK-07, HDRK-08, QH-20).

use super::ErrorCode::InvalidArgument;
use super::header;
use super::reader::{Node, Quota, Reader};
use crate::distribution::is_cloudfronts_own;
use crate::distribution::own_fields::is_made;

/// HDRK-07, but for Host, which depends on the origin.
const NEVER: [&str; 5] = ["Connection", "Cookie", "Proxy-Authorization", "TE", "Upgrade"];

/// HDRK-08, CK-11: too many values for a key; an origin request policy can list them.
const TO_THE_ORIGIN_ONLY: [&str; 5] = [
    "CloudFront-Viewer-Address",
    "CloudFront-Viewer-ASN",
    "CloudFront-Viewer-TLS",
    "CloudFront-Viewer-JA3-Fingerprint",
    "CloudFront-Viewer-JA4-Fingerprint",
];

/// Reads a list of field names for a cache key.
pub(super) fn key_headers(reader: &mut Reader, node: &Node, quota: &Quota) -> Vec<String> {
    let mut names = Vec::new();
    for place in reader.list(node, Some(quota)) {
        let Some(name) = header::name(reader, &place, "ER-03") else { continue };
        let is_one_of = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_one_of(&NEVER) {
            let rule = "this header can't be in a cache key";
            reader.refuse(&place, InvalidArgument, "HDRK-07", rule);
        } else if is_one_of(&TO_THE_ORIGIN_ONLY) {
            let rule = "this header goes into an origin request policy, not into a cache key";
            reader.refuse(&place, InvalidArgument, "HDRK-08", rule);
        } else if is_cloudfronts_own(name) && !is_made(name) {
            // QH-20 (MODEL): it would split nothing, and the origin would never see it (KEY-05).
            let rule = "of the headers that start with CloudFront- only those that Edgewalk can make are taken into a cache key";
            reader.refuse(&place, InvalidArgument, "QH-20", rule);
        }
        names.push(name.to_owned());
    }
    names
}
