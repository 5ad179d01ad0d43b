//! Standard logging (LG-01 to LG-04).

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Reader};
use crate::distribution::Logging;

/// How the name of a bucket goes on (LG-02).
const BUCKET: &str = ".s3.amazonaws.com";

/// Reads where the log goes; none where it is off.
pub(super) fn logging(reader: &mut Reader, node: &Node) -> Option<Logging> {
    if !reader.object(node, &["Enabled", "IncludeCookies", "Bucket", "Prefix"]) {
        return None;
    }
    let is_on = reader.needed_flag(&node.member("Enabled"));
    let has_cookies = reader.needed_flag(&node.member("IncludeCookies"));
    let [bucket, prefix] = ["Bucket", "Prefix"].map(|name| node.member(name));
    reader.need(&bucket);
    reader.need(&prefix); // LG-03
    let [bucket_text, prefix_text] = [&bucket, &prefix].map(|text| reader.text(text));
    if is_on != Some(true) {
        return None; // LG-01: then bucket and prefix are nothing
    }
    let bucket_text = bucket_text?;
    if bucket_text.strip_suffix(BUCKET).is_none_or(str::is_empty) {
        let rule = "the bucket of the log is named as in logs.s3.amazonaws.com";
        reader.refuse(&bucket, InvalidArgument, "LG-02", rule);
    }
    let prefix_text = prefix_text?;
    if prefix_text.starts_with('/') {
        let rule = "the prefix of the log does not start with a slash";
        reader.refuse(&prefix, InvalidArgument, "LG-03", rule);
    }
    Some(Logging {
        bucket: bucket_text.to_owned(),
        prefix: prefix_text.to_owned(),
        has_cookies: has_cookies?,
    })
}
