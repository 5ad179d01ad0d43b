//! The certificate that viewers see (DS-08 to DS-12; distribution.md section 5.2), and what one that is given says.

use super::ErrorCode::{
    InvalidArgument, InvalidMinimumProtocolVersion, InvalidProtocolSettings,
    InvalidViewerCertificate,
};
use super::reader::{Node, Reader};
use super::{Beside, StandIn, ids};
use crate::distribution::{
    CertificateContent, CertificateKey, CertificateSource, OwnCertificate, SecurityPolicy,
    SslSupport, ViewerCertificate,
};
use crate::json::Json;

/// Reads `ViewerCertificate` and holds it against its rules, the one of the configuration's alternate names among them.
pub(super) fn certificate(
    reader: &mut Reader,
    config: &Node,
    beside: &Beside,
) -> ViewerCertificate {
    let node = &config.member("ViewerCertificate");
    let aliases = &config.member("Aliases");
    let aliases = aliases.member("Items");
    let has_aliases = aliases.json().is_some_and(|items| !items.items().is_empty());
    let names_need_one = "alternate domain names need a certificate of one's own";
    if !node.is_given() {
        if has_aliases {
            reader.refuse(node, InvalidViewerCertificate, "DS-08", names_need_one);
        }
        return ViewerCertificate::Default;
    }
    if !reader.is_object(node) {
        return ViewerCertificate::Default;
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
    let policy = policy(reader, &node.member("MinimumProtocolVersion"), method.filter(|_| is_own));
    let (id, source, place) = match (acm, iam) {
        (Some(arn), _) => (arn, CertificateSource::Acm(arn.to_owned()), acm_place),
        (None, Some(id)) => (id, CertificateSource::Iam(id.to_owned()), iam_place),
        (None, None) => return ViewerCertificate::Default,
    };
    let content = beside.certificate(id);
    match &content {
        Some(content) => covering(reader, &aliases, content),
        None if has_aliases => reader.assume(&place, StandIn::CoversAliases),
        None => {}
    }
    let support = SslSupport::ALL.into_iter().find(|support| Some(support.as_str()) == method);
    ViewerCertificate::Own(OwnCertificate {
        source,
        support: support.unwrap_or(SslSupport::SniOnly),
        policy: policy.unwrap_or_default(),
        content,
    })
}

/// DS-06, TLS-14, TLS-15.
fn covering(reader: &mut Reader, aliases: &Node, content: &CertificateContent) {
    for alias in aliases.items() {
        let name = alias.json().and_then(Json::as_text).unwrap_or_default();
        if !name.is_empty() && !content.covers(name) {
            let names = content.names.join(", ");
            let rule = format!(
                "the certificate covers each alternate domain name, a wildcard in it one label; it names {names}"
            );
            reader.refuse(&alias, InvalidViewerCertificate, "DS-06", &rule);
        }
    }
}

/// DS-11. With the default certificate AWS prints what does not count (WR-08).
fn policy(reader: &mut Reader, place: &Node, method: Option<&str>) -> Option<SecurityPolicy> {
    let given = reader.text(place)?;
    let policy = SecurityPolicy::find(given);
    if policy.is_none() {
        let words = SecurityPolicy::ALL.map(SecurityPolicy::as_str).join(", ");
        let rule = format!("the security policy is one of {words}");
        reader.refuse(place, InvalidMinimumProtocolVersion, "DS-11", &rule);
    } else if policy == Some(SecurityPolicy::Ssl3) && method == Some("sni-only") {
        let rule = "SSLv3 is only for dedicated IP addresses: it knows no SNI";
        reader.refuse(place, InvalidProtocolSettings, "DS-11", rule);
    } else if method == Some("vip") && given.contains('_') {
        let rule = "with dedicated IP addresses the security policy is SSLv3 or TLSv1";
        reader.refuse(place, InvalidMinimumProtocolVersion, "DS-11", rule);
    }
    policy
}

fn is_in_reach(acm: &str) -> bool {
    ids::arn(acm).is_some_and(|[service, region, account, rest]| {
        let is_certificate = rest.strip_prefix("certificate/").is_some_and(|id| !id.is_empty());
        service == "acm" && region == "us-east-1" && ids::is_account(account) && is_certificate
    })
}

/// Reads a certificate as `aws acm describe-certificate` prints it: its ARN, and what matters of the rest.
pub(super) fn described(reader: &mut Reader, node: &Node) -> (Option<String>, CertificateContent) {
    reader.is_object(node);
    let arn = reader.needed_text(&node.member("CertificateArn"));
    let first = reader.needed_text(&node.member("DomainName"));
    let others_place = node.member("SubjectAlternativeNames");
    let others = others_place.json().map_or(&[][..], Json::items);
    let mut names: Vec<String> = first.into_iter().map(str::to_owned).collect();
    for name in others.iter().filter_map(Json::as_text) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let place = node.member("KeyAlgorithm");
    let algorithm = reader.text(&place).unwrap_or("RSA_2048").replace('-', "_");
    let key = match algorithm.as_str() {
        "RSA_1024" | "RSA_2048" | "RSA_3072" | "RSA_4096" => CertificateKey::Rsa,
        "EC_prime256v1" | "EC_secp384r1" => CertificateKey::Ecdsa,
        _ => {
            let rule = "the key of a certificate is RSA of 1024 to 4096 bits, EC_prime256v1 or EC_secp384r1";
            reader.refuse(&place, InvalidViewerCertificate, "TLS-17", rule);
            CertificateKey::Rsa
        }
    };
    (arn.map(str::to_owned), CertificateContent { names, key })
}
