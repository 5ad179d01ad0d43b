//! Public keys and key groups, given beside a configuration (CB-15).

use edgewalk::distribution::aws::AwsError;
use edgewalk::distribution::{Beside, Configuration, KeyGroup, PublicKey};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../docs/reference/examples/signed-urls.json");
const API_AND_MEDIA: &str = include_str!("../../docs/reference/examples/api-and-media.json");

fn managed() -> Beside {
    Beside::managed("us-east-1".into())
}

/// A key of the vectors in PEM, by its id.
fn pem(id: &str) -> String {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let keys = vectors["keys"].as_array().unwrap();
    let key = keys.iter().find(|key| key["key_pair_id"] == id).unwrap();
    key["public_key_pem"].as_str().unwrap().to_owned()
}

/// As `aws cloudfront get-public-key` prints it.
fn public_key(id: &str, encoded: &str) -> String {
    let config =
        json!({ "CallerReference": "a", "Name": "k", "EncodedKey": encoded, "Comment": "" });
    let key = json!({ "Id": id, "CreatedTime": "2026-01-01T00:00:00Z", "PublicKeyConfig": config });
    json!({ "ETag": "E1", "PublicKey": key }).to_string()
}

/// As `aws cloudfront get-key-group` prints it.
fn key_group(id: &str, items: &Value) -> String {
    let config = json!({ "Name": "g", "Items": items, "Comment": "" });
    let group =
        json!({ "Id": id, "LastModifiedTime": "2026-01-01T00:00:00Z", "KeyGroupConfig": config });
    json!({ "ETag": "E1", "KeyGroup": group }).to_string()
}

const GROUP: &str = "a1b2c3d4-5678-90ab-cdef-EXAMPLE22222";

fn refused(result: Result<(), Vec<AwsError>>) -> Vec<(String, &'static str)> {
    let of = |error: AwsError| match error {
        AwsError::Refused { path, row, .. } => (path, row),
        other => panic!("{other}"),
    };
    result.unwrap_err().into_iter().map(of).collect()
}

#[test]
fn sig_12_a_key_is_rsa_with_2048_bits_or_ecdsa_on_p_256() {
    let mut beside = managed();
    for id in ["K2VIZTESTRSA01", "K2VIZTESTECDSA"] {
        beside.add(&public_key(id, &pem(id)), None).unwrap();
    }
    let Some(PublicKey::Rsa2048 { modulus }) = beside.public_key("K2VIZTESTRSA01") else {
        panic!()
    };
    // As `openssl pkey -pubin -text` shows them.
    assert_eq!((modulus[..4].to_vec(), modulus[255]), (vec![0xb7, 0xf3, 0x8f, 0xc9], 0xab));
    let Some(PublicKey::EcdsaP256 { point }) = beside.public_key("K2VIZTESTECDSA") else {
        panic!()
    };
    assert_eq!((point[..4].to_vec(), point[63]), (vec![0xb8, 0x3a, 0x0b, 0xe8], 0x62));
    assert_eq!(beside.public_key("K2VIZUNTRUSTED"), None);
}

#[test]
fn sig_12_what_is_no_such_key_is_refused_at_its_place() {
    let rsa = pem("K2VIZTESTRSA01");
    let table = [
        String::from("ssh-rsa AAAA"),
        rsa.replace("PUBLIC", "PRIVATE"),
        rsa.replacen("MIIBIjAN", "MIIBIjBN", 1), // another length within
        rsa.replacen("t/OPyY2U", "A/OPyY2U", 1), // fewer bits
        rsa.replace("qwIDAQAB", "qwIDAQAD"),     // another exponent
        rsa.replacen("pY2A", "p Y2-", 1),
        pem("K2VIZTESTECDSA").replacen("AQcD", "AQgD", 1), // another curve
        pem("K2VIZTESTECDSA").replace("BYg==", "BQ=="),
        String::from("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"),
    ];
    for encoded in table {
        let mut beside = managed();
        let place = ("PublicKeyConfig.EncodedKey".to_owned(), "SIG-12");
        assert_eq!(refused(beside.add(&public_key("K1", &encoded), None)), [place], "{encoded}");
        assert_eq!((beside.public_key("K1"), beside.documents()), (None, &[][..]));
    }
    let nothing = refused(
        managed().add(r#"{"PublicKey": {"Id": "K1", "PublicKeyConfig": {"Name": "a"}}}"#, None),
    );
    assert_eq!(nothing, [("PublicKeyConfig.EncodedKey".into(), "ER-03")]);
}

#[test]
fn qt_18_a_key_group_has_up_to_five_keys_each_once() {
    let ids = |count: usize| (0..count).map(|place| format!("K{place}")).collect::<Vec<_>>();
    let mut beside = managed();
    beside.add(&key_group(GROUP, &json!(ids(5))), None).unwrap();
    assert_eq!(beside.key_group(GROUP), Some(KeyGroup { keys: ids(5) }));
    assert_eq!(
        refused(beside.add(&key_group(GROUP, &json!(ids(6))), None)),
        [("KeyGroupConfig.Items".into(), "QT-18")]
    );
    assert_eq!(beside.key_group(GROUP), Some(KeyGroup { keys: ids(5) }), "what was there stays");
    let table = [
        (json!("K1"), "KeyGroupConfig.Items", "ER-03"),
        (json!(null), "KeyGroupConfig.Items", "ER-03"),
        (json!(["K1", "K1"]), "KeyGroupConfig.Items[1]", "CB-15"),
        (json!(["K1", "k-2"]), "KeyGroupConfig.Items[1]", "CB-15"),
        (json!([7]), "KeyGroupConfig.Items[0]", "ER-03"),
    ];
    for (items, path, row) in table {
        let found = refused(managed().add(&key_group(GROUP, &items), None));
        assert_eq!(found, [(path.to_owned(), row)], "{items}");
    }
}

#[test]
fn cb_15_the_id_may_stand_beside_and_the_later_of_two_counts() {
    let (rsa, ecdsa) = (pem("K2VIZTESTRSA01"), pem("K2VIZTESTECDSA"));
    let bare = |encoded: &str| json!({ "Name": "k", "EncodedKey": encoded }).to_string();
    let mut beside = managed();
    assert!(beside.add(&bare(&rsa), None).is_err(), "nothing says what it is called");
    beside.add(&bare(&rsa), Some("K1")).unwrap();
    beside
        .add(
            &json!({ "PublicKeyConfig": { "Name": "k", "EncodedKey": ecdsa } }).to_string(),
            Some("K1"),
        )
        .unwrap();
    assert!(matches!(beside.public_key("K1"), Some(PublicKey::EcdsaP256 { .. })));
    assert_eq!(beside.documents().len(), 1);
    beside
        .add(
            &json!({ "KeyGroupConfig": { "Name": "g", "Items": ["K1"] } }).to_string(),
            Some(GROUP),
        )
        .unwrap();
    assert_eq!(beside.documents().len(), 2, "a group is no key");
}

#[test]
fn im_16_keys_and_groups_are_stored_with_the_configuration() {
    let mut beside = managed();
    beside.add(&public_key("K2VIZTESTRSA01", &pem("K2VIZTESTRSA01")), None).unwrap();
    beside.add(&key_group(GROUP, &json!(["K2VIZTESTRSA01"])), None).unwrap();
    let configuration = Configuration::open(API_AND_MEDIA, &beside).unwrap();
    let restored = Configuration::restored(&configuration.stored()).unwrap();
    assert_eq!(restored, configuration);
    assert_eq!(restored.beside().key_group(GROUP).unwrap().keys, ["K2VIZTESTRSA01"]);
    assert_eq!(restored.beside().public_key("K2VIZTESTRSA01"), beside.public_key("K2VIZTESTRSA01"));
}
