//! Standard logging (LG-01 to LG-04).

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Reader};
use crate::distribution::Logging;
use crate::distribution::domain::classify;

/// How the name of a bucket goes on (LG-02).
const BUCKET: &str = ".s3.amazonaws.com";

/// Reads where the log goes; none where it is off.
pub(super) fn logging(reader: &mut Reader, node: &Node) -> Option<Logging> {
    if !reader.object(node, &["Enabled", "IncludeCookies", "Bucket", "Prefix"]) {
        return None;
    }
    let is_on = reader.flag(&node.member("Enabled")) == Some(true);
    let has_cookies = reader.flag(&node.member("IncludeCookies")).unwrap_or(false);
    let [bucket_place, prefix_place] = ["Bucket", "Prefix"].map(|name| node.member(name));
    let [bucket, prefix] = [&bucket_place, &prefix_place].map(|text| reader.text(text));
    if !is_on {
        return None; // LG-01: then bucket and prefix are nothing
    }
    // What is no text was refused already.
    let is_told = bucket.is_some() || !bucket_place.is_given();
    let bucket = bucket.unwrap_or_default();
    if is_told && (!bucket.ends_with(BUCKET) || classify(bucket).is_err()) {
        let rule = "logs go to a bucket by its global name, as in NAME.s3.amazonaws.com";
        reader.refuse(&bucket_place, InvalidArgument, "LG-02", rule);
    }
    let prefix = prefix.unwrap_or_default();
    if prefix.starts_with('/') {
        let rule = "the prefix of logs does not start with a slash";
        reader.refuse(&prefix_place, InvalidArgument, "LG-03", rule);
    }
    Some(Logging { bucket: bucket.to_owned(), prefix: prefix.to_owned(), has_cookies })
}
