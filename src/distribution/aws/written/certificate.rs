//! The certificate as the API prints it, and its description as ACM does (DS-08 to DS-12).

use super::policies::Named;
use crate::distribution::{CertificateKey, CertificateSource, SecurityPolicy, ViewerCertificate};
use crate::json::Json;

pub(super) fn certificate(certificate: &ViewerCertificate, named: &mut Named) -> Json {
    let ViewerCertificate::Own(own) = certificate else {
        return Json::object([
            ("CloudFrontDefaultCertificate", Json::Flag(true)),
            ("MinimumProtocolVersion", Json::text(SecurityPolicy::default().as_str())),
        ]);
    };
    let (member, id) = match &own.source {
        CertificateSource::Acm(arn) => ("ACMCertificateArn", arn),
        CertificateSource::Iam(id) => ("IAMCertificateId", id),
    };
    if let Some(content) = &own.content {
        let texts = content.names.iter().map(|name| Json::text(name)).collect();
        let algorithm = match content.key {
            CertificateKey::Rsa => "RSA_2048",
            CertificateKey::Ecdsa => "EC_prime256v1",
        };
        named.give(&Json::object([(
            "Certificate",
            Json::object([
                ("CertificateArn", Json::text(id)),
                ("DomainName", Json::text(content.names.first().map_or("", String::as_str))),
                ("SubjectAlternativeNames", Json::List(texts)),
                ("KeyAlgorithm", Json::text(algorithm)),
            ]),
        )]));
    }
    Json::object([
        ("CloudFrontDefaultCertificate", Json::Flag(false)),
        (member, Json::text(id)),
        ("SSLSupportMethod", Json::text(own.support.as_str())),
        ("MinimumProtocolVersion", Json::text(own.policy.as_str())),
    ])
}
