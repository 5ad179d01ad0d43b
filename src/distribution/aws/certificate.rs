//! The certificate that viewers see (DS-08 to DS-12; distribution.md section 5.2). It is not simulated, but held against its
//! rules.

use super::ErrorCode::{
    InvalidArgument, InvalidMinimumProtocolVersion, InvalidProtocolSettings,
    InvalidViewerCertificate,
};
use super::ids;
use super::reader::{Node, Reader};

/// SP-01 to SP-09.
const POLICIES: [&str; 9] = [
    "SSLv3",
    "TLSv1",
    "TLSv1_2016",
    "TLSv1.1_2016",
    "TLSv1.2_2018",
    "TLSv1.2_2019",
    "TLSv1.2_2021",
    "TLSv1.2_2025",
    "TLSv1.3_2025",
];

/// Holds `ViewerCertificate` against its rules.
pub(super) fn certificate(reader: &mut Reader, node: &Node, has_aliases: bool) {
    let names_need_one = "alternate domain names need a certificate of one's own";
    if !node.is_given() {
        if has_aliases {
            reader.refuse(node, InvalidViewerCertificate, "DS-08", names_need_one);
        }
        return;
    }
    if !reader.is_object(node) {
        return;
    }
    let is_default = reader.flag(&node.member("CloudFrontDefaultCertificate")) == Some(true);
    let (acm_place, iam_place) =
        (node.member("ACMCertificateArn"), node.member("IAMCertificateId"));
    let acm = reader.filled_text(&acm_place);
    let iam = reader.filled_text(&iam_place);
    if acm.is_some_and(|acm| !is_in_reach(acm)) {
        let rule = "the certificate is one of ACM in us-east-1, as in arn:aws:acm:us-east-1:ACCOUNT:certificate/ID";
        reader.refuse(&acm_place, InvalidViewerCertificate, "DS-09", rule);
    }
    if iam.is_some_and(|iam| iam.len() > 32) {
        let rule = "the id of a certificate of IAM has at most 32 characters";
        reader.refuse(&iam_place, InvalidArgument, "DS-09", rule);
    }
    let is_own = acm_place.is_filled() || iam_place.is_filled();
    if acm.is_some() && iam.is_some() {
        let rule = "a distribution has one certificate, of ACM or of IAM";
        reader.refuse(&iam_place, InvalidViewerCertificate, "DS-09", rule);
    } else if !is_own && !is_default {
        let rule = "the certificate is CloudFront's default one, or one of ACM or IAM";
        reader.refuse(node, InvalidViewerCertificate, "DS-08", rule);
    } else if !is_own && has_aliases {
        reader.refuse(node, InvalidViewerCertificate, "DS-08", names_need_one);
    }
    let method_place = node.member("SSLSupportMethod");
    let method = reader.word(&method_place, &["sni-only", "vip", "static-ip"], "DS-10");
    if is_own && !method_place.is_given() {
        let rule = "a certificate of one's own needs the way in which viewers name the host";
        reader.refuse(&method_place, InvalidArgument, "DS-10", rule);
    }
    policy(reader, &node.member("MinimumProtocolVersion"), method.filter(|_| is_own));
}

/// DS-11. With the default certificate AWS prints what does not count (WR-08).
fn policy(reader: &mut Reader, place: &Node, method: Option<&str>) {
    let Some(policy) = reader.text(place) else { return };
    if !POLICIES.contains(&policy) {
        let rule = format!("the security policy is one of {}", POLICIES.join(", "));
        reader.refuse(place, InvalidMinimumProtocolVersion, "DS-11", &rule);
    } else if policy == "SSLv3" && method == Some("sni-only") {
        let rule = "SSLv3 is only for dedicated IP addresses: it knows no SNI";
        reader.refuse(place, InvalidProtocolSettings, "DS-11", rule);
    } else if method == Some("vip") && policy.contains('_') {
        let rule = "with dedicated IP addresses the security policy is SSLv3 or TLSv1";
        reader.refuse(place, InvalidMinimumProtocolVersion, "DS-11", rule);
    }
}

fn is_in_reach(acm: &str) -> bool {
    ids::arn(acm).is_some_and(|[service, region, account, rest]| {
        let is_certificate = rest.strip_prefix("certificate/").is_some_and(|id| !id.is_empty());
        service == "acm" && region == "us-east-1" && ids::is_account(account) && is_certificate
    })
}
