//! Origin access controls (OR-22, OR-23), as `aws cloudfront get-origin-access-control` prints them.

use super::ErrorCode::{InvalidArgument, InvalidDomainNameForOriginAccessControl};
use super::reader::{Node, Reader};
use crate::distribution::Signing;
use crate::distribution::domain::Classified;

/// An origin access control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AccessControl {
    /// Which requests it signs.
    pub(super) signing: Signing,
    /// The service that it signs for, by AWS's word; none where that cannot be read.
    service: Option<&'static str>,
    /// Whether it signs for all Regions at once, by `sigv4a`.
    is_multi_region: bool,
}

/// Reads an `OriginAccessControlConfig`.
pub(super) fn access_control(reader: &mut Reader, node: &Node) -> AccessControl {
    reader.is_object(node);
    reader.needed_text(&node.member("Name"));
    let protocols = &["sigv4", "sigv4a"];
    let protocol = reader.needed_word(&node.member("SigningProtocol"), protocols, "OR-23");
    let place = node.member("OriginAccessControlOriginType");
    let service = reader.needed_word(&place, &SERVICES, "OR-23");
    let service = SERVICES.into_iter().find(|known| Some(*known) == service);
    let place = node.member("SigningBehavior");
    let words = &["always", "never", "no-override", "always-amz-auth"];
    let signing = match reader.needed_word(&place, words, "OR-22") {
        Some("never") => Signing::Never,
        Some("no-override") => Signing::NoOverride,
        Some("always-amz-auth") => {
            if service.is_some_and(|service| service != "lambda") {
                let rule = "always-amz-auth is for function URLs alone";
                reader.refuse(&place, InvalidArgument, "OR-22", rule);
            }
            Signing::AlwaysBeside
        }
        _ => Signing::Always,
    };
    AccessControl { signing, service, is_multi_region: protocol == Some("sigv4a") }
}

/// OSEC-06.
const SERVICES: [&str; 4] = ["s3", "mediastore", "mediapackagev2", "lambda"];

impl AccessControl {
    /// Holds it against the origin that names it at a place (OR-23, ER-09).
    pub(super) fn fit(self, reader: &mut Reader, place: &Node, origin: &Classified) {
        let Some(wanted) = origin.kind.signed_service() else { return }; // refused already
        let is_multi_region = origin.row == "DP-26";
        let rule = match self.service {
            Some(service) if service != wanted => {
                format!(
                    "this origin access control is of the type {service}; the origin wants one of the type {wanted}"
                )
            }
            _ if self.is_multi_region && !is_multi_region => {
                "sigv4a is for S3 Multi-Region Access Points alone; this origin wants sigv4"
                    .to_owned()
            }
            _ if is_multi_region && !self.is_multi_region => {
                "a Multi-Region Access Point wants an origin access control with sigv4a".to_owned()
            }
            _ => return,
        };
        reader.refuse(place, InvalidDomainNameForOriginAccessControl, "OR-23", &rule);
    }
}
