//! What a certificate covers, where `aws acm describe-certificate` tells it (TLS-14, TLS-15, TLS-17, IM-18).

use edgewalk::distribution::aws::{AwsError, Beside, ErrorCode, StandIn};
use edgewalk::distribution::{
    CertificateKey, Configuration, HttpVersions, SecurityPolicy, SslSupport, ViewerCertificate,
};
use serde_json::json;

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, config, found, managed, read_value, set};

/// What stands beside the configuration when the certificate of the example is described so.
fn described(names: &[&str], algorithm: &str) -> Result<Beside, Vec<AwsError>> {
    let arn = config(API_AND_MEDIA)["ViewerCertificate"]["ACMCertificateArn"].clone();
    let document = json!({"Certificate": {
        "CertificateArn": arn, "DomainName": names[0], "SubjectAlternativeNames": names,
        "KeyAlgorithm": algorithm, "Status": "ISSUED",
    }});
    let mut beside = managed();
    beside.add(&document.to_string(), None)?;
    Ok(beside)
}

fn opened(names: &[&str]) -> Result<Configuration, Vec<AwsError>> {
    Configuration::open(API_AND_MEDIA, &described(names, "RSA_2048").unwrap())
}

/// The aliases of the example are www.example.com and media.example.com.
#[test]
fn tls_14_15_ds_06_every_alternate_name_is_covered_by_one_label() {
    assert!(opened(&["*.example.com"]).is_ok());
    assert!(opened(&["www.example.com", "media.example.com"]).is_ok());
    let refused = |names: &[&str]| {
        let errors = opened(names).unwrap_err();
        let all = found(&errors).into_iter();
        let owned = all.map(|(path, code, row)| (path.to_owned(), code, row.to_owned()));
        owned.collect::<Vec<_>>()
    };
    let code = ErrorCode::InvalidViewerCertificate;
    let at = |place: usize| (format!("Aliases.Items[{place}]"), code, "DS-06".to_owned());
    assert_eq!(refused(&["example.com"]), [at(0), at(1)]);
    assert_eq!(refused(&["www.example.com"]), [at(1)]);
    assert_eq!(refused(&["*.www.example.com", "media.example.com"]), [at(0)]);
}

#[test]
fn im_18_a_certificate_that_is_only_named_covers_the_aliases() {
    let named = Configuration::open(API_AND_MEDIA, &managed()).unwrap();
    let stands_in = |configuration: &Configuration| {
        configuration.assumed().iter().any(|assumed| assumed.stand_in == StandIn::CoversAliases)
    };
    assert!(stands_in(&named));
    let ViewerCertificate::Own(own) = &named.distribution().certificate else { panic!("its own") };
    assert_eq!((own.key(), &own.content), (CertificateKey::Rsa, &None), "IM-18: RSA");
    for alias in &named.distribution().aliases {
        let for_it = named.distribution().certificate.for_host(alias);
        assert_eq!(for_it, Some(own), "IM-18: it covers {alias}");
    }
    assert!(!stands_in(&opened(&["*.example.com"]).unwrap()));
    assert_eq!(StandIn::CoversAliases.row(), "IM-18");
    let again = Configuration::restored(&opened(&["*.example.com"]).unwrap().stored()).unwrap();
    assert!(!stands_in(&again), "IM-16: what was given goes along");
}

#[test]
fn tls_17_the_key_of_a_certificate() {
    let key = |algorithm| -> Result<CertificateKey, Vec<AwsError>> {
        let read = Configuration::open(API_AND_MEDIA, &described(&["*.example.com"], algorithm)?)?;
        match &read.distribution().certificate {
            ViewerCertificate::Own(own) => Ok(own.key()),
            ViewerCertificate::Default => panic!("it has its own"),
        }
    };
    for algorithm in ["RSA-2048", "RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096"] {
        assert_eq!(key(algorithm), Ok(CertificateKey::Rsa), "{algorithm}");
    }
    for algorithm in ["EC_prime256v1", "EC_secp384r1"] {
        assert_eq!(key(algorithm), Ok(CertificateKey::Ecdsa), "{algorithm}");
    }
    let errors = key("EC_secp521r1").unwrap_err();
    let expected = ("Certificate.KeyAlgorithm", ErrorCode::InvalidViewerCertificate, "TLS-17");
    assert_eq!(found(&errors), [expected]);
}

#[test]
fn ds_08_to_13_what_the_examples_say() {
    let read = |text| Configuration::open(text, &managed()).unwrap().distribution().clone();
    let site = read(S3_SITE);
    assert_eq!(site.certificate, ViewerCertificate::Default);
    assert_eq!(site.http_versions, HttpVersions::Http2And3);
    let own = |text| match read(text).certificate {
        ViewerCertificate::Own(own) => (own.support, own.policy),
        ViewerCertificate::Default => panic!("it has its own"),
    };
    assert_eq!(own(API_AND_MEDIA), (SslSupport::SniOnly, SecurityPolicy::Tls12In2021));
    assert_eq!(own(LEGACY), (SslSupport::Vip, SecurityPolicy::Tls10));
    assert_eq!(read(LEGACY).http_versions, HttpVersions::Http1);
    let mut echoes = config(API_AND_MEDIA);
    set(&mut echoes, "/ViewerCertificate/Certificate", json!("no-certificate"));
    set(&mut echoes, "/ViewerCertificate/CertificateSource", json!("iam"));
    assert_eq!(read_value(&echoes).unwrap().distribution, read(API_AND_MEDIA), "DS-12: ignored");
    let mut unsaid = config(S3_SITE);
    set(&mut unsaid, "/HttpVersion", json!(null));
    let unsaid = read_value(&unsaid).unwrap().distribution;
    assert_eq!(unsaid.http_versions, HttpVersions::Http2, "DS-13");
}
