//! A continuous deployment policy and a staging distribution, each rule broken once (CD-01 to CD-07, DS-18).

use edgewalk::distribution::aws::ErrorCode::{
    self, IllegalUpdate, InconsistentQuantities, InvalidArgument,
};
use edgewalk::distribution::{Stickiness, Traffic, Weight};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{S3_SITE, config, found, hostile, list, managed, path_of, set, texts};

const ID: &str = "a1b2c3d4-5678-90ab-cdef-EXAMPLE111cd";

const WEIGHT: &str = "TrafficConfig/SingleWeightConfig/Weight";
const IDLE: &str = "TrafficConfig/SingleWeightConfig/SessionStickinessConfig/IdleTTL";
const MAXIMUM: &str = "TrafficConfig/SingleWeightConfig/SessionStickinessConfig/MaximumTTL";
const NAMES: &str = "StagingDistributionDnsNames";

fn sticky(idle: i64, maximum: i64) -> Value {
    json!({"IdleTTL": idle, "MaximumTTL": maximum})
}

fn policy() -> Value {
    json!({"ContinuousDeploymentPolicyConfig": {
        "StagingDistributionDnsNames": texts(&["d222222abcdef8.cloudfront.net"]),
        "Enabled": true,
        "TrafficConfig": {
            "SingleWeightConfig": {"Weight": 0.15, "SessionStickinessConfig": sticky(300, 600)},
            "Type": "SingleWeight",
        },
    }})
}

fn staging() -> Value {
    let mut own = config(S3_SITE);
    set(&mut own, "/Staging", json!(true));
    json!({"Distribution": {"Id": "ESTAGING", "DomainName": "d222222abcdef8.cloudfront.net", "DistributionConfig": own}})
}

/// What is found in a document that stands beside a configuration.
fn findings(document: &Value) -> Vec<(String, ErrorCode, String)> {
    let errors = managed().add(&document.to_string(), Some(ID)).err().unwrap_or_default();
    let all = found(&errors).into_iter();
    all.map(|(path, code, row)| (path.to_owned(), code, row.to_owned())).collect()
}

#[test]
fn cd_02_to_07_a_policy_with_each_rule_broken_once() {
    assert_eq!(findings(&policy()), []);
    let header = json!({"Header": "aws-cf-cd-a", "Value": "b"});
    let too_many = json!({"Quantity": 2, "Items": ["d1.cloudfront.net"]});
    // Row, where what is put, and where it is found: there or, behind it, within.
    let lines = [
        ("CD-02", NAMES, list([]), ""),
        ("CD-02", NAMES, texts(&["d1.cloudfront.net", "d2.cloudfront.net"]), ".Items"),
        ("CD-02", "StagingDistributionDnsNames/Items/0", json!("not a name"), ""),
        ("ER-01", NAMES, too_many, ".Quantity"),
        ("ER-03", NAMES, json!(null), ""),
        ("ER-03", "Enabled", json!("yes"), ""),
        ("CD-03", "TrafficConfig/Type", json!("SingleCoin"), ""),
        ("CD-03", "TrafficConfig/SingleHeaderConfig", header, ""),
        ("CD-04", WEIGHT, json!(0.150_001), ""),
        ("CD-04", WEIGHT, json!(1), ""),
        ("CD-04", WEIGHT, json!(-0.1), ""),
        ("CD-04", WEIGHT, json!("0.1"), ""),
        ("CD-06", IDLE, json!(299), ""),
        ("CD-06", IDLE, json!(601), ""),
        ("CD-07", MAXIMUM, json!(3_601), ""),
        ("ER-03", MAXIMUM, json!(null), ""),
    ];
    for (row, pointer, value, within) in lines {
        let pointer = format!("/ContinuousDeploymentPolicyConfig/{pointer}");
        let mut document = policy();
        set(&mut document, &pointer, value.clone());
        let code = if row == "ER-01" { InconsistentQuantities } else { InvalidArgument };
        let path = path_of(&pointer) + within;
        assert_eq!(findings(&document), [(path, code, row.to_owned())], "{value}");
    }
    let pointer = format!("/ContinuousDeploymentPolicyConfig/{WEIGHT}");
    for good in [json!(0), json!(0.15), json!(0.07), json!(1e-5)] {
        let mut document = policy();
        set(&mut document, &pointer, good.clone());
        assert_eq!(findings(&document), [], "{good}");
    }
}

#[test]
fn cd_05_the_header_has_its_prefix_and_a_value() {
    let by = |header: &str, value: &str| {
        let mut document = policy();
        let traffic = json!({"Type": "SingleHeader", "SingleHeaderConfig": {"Header": header, "Value": value}});
        set(&mut document, "/ContinuousDeploymentPolicyConfig/TrafficConfig", traffic);
        let all = findings(&document).into_iter();
        all.map(|(path, _, row)| (path.rsplit('.').next().unwrap().to_owned(), row))
            .collect::<Vec<_>>()
    };
    let is = |name: &str, row: &str| vec![(name.to_owned(), row.to_owned())];
    assert_eq!(by("aws-cf-cd-new", "yes"), []);
    assert_eq!(by("AWS-CF-CD-new", "yes"), []);
    assert_eq!(by("x-staging", "yes"), is("Header", "CD-05"));
    assert_eq!(by("aws-cf-cd", "yes"), is("Header", "CD-05"));
    assert_eq!(by("aws-cf-cd-\u{fc}", "yes"), is("Header", "CD-05"));
    assert_eq!(by("aws-cf-cd-a b", "yes"), is("Header", "CD-05"));
    assert_eq!(by("aws-cf-cd-new", ""), is("Value", "ER-03"));
}

#[test]
fn cd_01_ds_18_a_distribution_beside_another_is_its_staging_distribution() {
    assert_eq!(findings(&staging()), []);
    let own = "Distribution.DistributionConfig";
    for (pointer, value, path, row) in [
        (
            "/Distribution/DistributionConfig/Staging",
            json!(false),
            format!("{own}.Staging"),
            "DS-18",
        ),
        (
            "/Distribution/DistributionConfig/Staging",
            json!(null),
            format!("{own}.Staging"),
            "DS-18",
        ),
        (
            "/Distribution/DomainName",
            json!("no name"),
            "Distribution.DomainName".to_owned(),
            "CD-01",
        ),
        ("/Distribution/DomainName", json!(null), "Distribution.DomainName".to_owned(), "ER-03"),
        (
            "/Distribution/DistributionConfig/PriceClass",
            json!("PriceClass_300"),
            format!("{own}.PriceClass"),
            "DS-02",
        ),
    ] {
        let mut document = staging();
        set(&mut document, pointer, value);
        let found = findings(&document);
        let code = if row == "DS-18" { IllegalUpdate } else { InvalidArgument };
        assert_eq!(found, [(path, code, row.to_owned())]);
    }
}

#[test]
fn cd_02_a_policy_is_read_as_the_cli_prints_it_and_written_back_unchanged() {
    let whole = json!({"ETag": "E2QWRUHEXAMPLE", "ContinuousDeploymentPolicy": {
        "Id": ID, "LastModifiedTime": "2026-02-03T10:15:00Z",
        "ContinuousDeploymentPolicyConfig": policy()["ContinuousDeploymentPolicyConfig"],
    }});
    let mut beside = managed();
    beside.add(&whole.to_string(), None).unwrap();
    let read = beside.deployment_policy(ID).unwrap();
    assert_eq!((read.is_enabled, &*read.staging_name), (true, "d222222abcdef8.cloudfront.net"));
    let stickiness = Some(Stickiness { idle_secs: 300, maximum_secs: 600 });
    assert_eq!(read.traffic, Some(Traffic::Weight { weight: Weight::LARGEST, stickiness }));
    let written: Value = serde_json::from_str(&beside.documents()[0].write_short()).unwrap();
    let written = &written["ContinuousDeploymentPolicy"]["ContinuousDeploymentPolicyConfig"];
    assert_eq!(*written, policy()["ContinuousDeploymentPolicyConfig"]);
    // Without its id, as get-continuous-deployment-policy-config prints it, somebody has to tell that.
    assert!(managed().add(&policy().to_string(), None).is_err());
    assert!(managed().add(&policy().to_string(), Some(ID)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(800) })]

    /// Whatever stands in them: findings with a path and a rule, or a document that is taken, and nothing panics.
    #[test]
    fn hostile_policies_and_staging_distributions(
        is_policy in any::<bool>(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), hostile::any_json()), 1..3),
    ) {
        let mut document = if is_policy { policy() } else { staging() };
        for (place, new) in changes {
            let mut all = Vec::new();
            hostile::places(&document, "", &mut all);
            let place: &String = place.get(&all);
            *document.pointer_mut(place).unwrap() = new;
        }
        let mut beside = managed();
        let taken = [policy(), staging(), document].map(|it| beside.add(&it.to_string(), Some(ID)));
        prop_assert!(taken[0].is_ok() && taken[1].is_ok());
        for error in taken.into_iter().filter_map(Result::err).flatten() {
            prop_assert!(error.to_string().len() < 700, "{error}");
        }
        let mut primary = config(S3_SITE);
        set(&mut primary, "/ContinuousDeploymentPolicyId", json!(ID));
        set(&mut primary, "/HttpVersion", json!("http2"));
        let opened = edgewalk::distribution::Configuration::open(&primary.to_string(), &beside);
        if let Err(errors) = opened {
            prop_assert!(!errors.is_empty());
        }
    }
}
