//! Origin access controls (OR-22, OR-23), as `aws cloudfront get-origin-access-control` prints them.

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Reader};
use crate::distribution::Signing;

/// Reads an `OriginAccessControlConfig`.
pub(super) fn access_control(reader: &mut Reader, node: &Node) -> Signing {
    reader.is_object(node);
    reader.needed_text(&node.member("Name"));
    reader.needed_word(&node.member("SigningProtocol"), &["sigv4", "sigv4a"], "OR-23");
    let kinds = &["s3", "mediastore", "mediapackagev2", "lambda"];
    let kind = reader.needed_word(&node.member("OriginAccessControlOriginType"), kinds, "OR-23");
    let place = node.member("SigningBehavior");
    let words = &["always", "never", "no-override", "always-amz-auth"];
    match reader.needed_word(&place, words, "OR-22") {
        Some("never") => Signing::Never,
        Some("no-override") => Signing::NoOverride,
        Some("always-amz-auth") => {
            if kind.is_some_and(|kind| kind != "lambda") {
                let rule = "always-amz-auth is for function URLs alone";
                reader.refuse(&place, InvalidArgument, "OR-22", rule);
            }
            Signing::AlwaysBeside
        }
        _ => Signing::Always,
    }
}
