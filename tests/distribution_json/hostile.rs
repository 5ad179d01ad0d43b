//! Whatever is pasted, the answer is a distribution that can serve or a list of findings.

use edgewalk::distribution::Beside;
use edgewalk::distribution::aws::AwsError;
use edgewalk::edge::Config;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{API_AND_MEDIA, LEGACY, S3_SITE, managed, read};

/// Names and values that the reader knows, so that what is drawn gets somewhere.
const WORDS: [&str; 64] = [
    "DistributionConfig",
    "Distribution",
    "DistributionList",
    "DistributionConfigWithTags",
    "DomainName",
    "Items",
    "Quantity",
    "Aliases",
    "DefaultRootObject",
    "Origins",
    "OriginGroups",
    "DefaultCacheBehavior",
    "CacheBehaviors",
    "CustomErrorResponses",
    "CacheTagConfig",
    "HeaderName",
    "HeaderValue",
    "Id",
    "OriginPath",
    "CustomHeaders",
    "S3OriginConfig",
    "CustomOriginConfig",
    "VpcOriginConfig",
    "OriginAccessIdentity",
    "OriginShield",
    "Enabled",
    "OriginShieldRegion",
    "Members",
    "FailoverCriteria",
    "StatusCodes",
    "OriginId",
    "TargetOriginId",
    "AllowedMethods",
    "CachedMethods",
    "GET",
    "HEAD",
    "CachePolicyId",
    "658327ea-f89d-4fab-a63d-7e88639e58f6",
    "ForwardedValues",
    "QueryString",
    "Cookies",
    "Forward",
    "WhitelistedNames",
    "Headers",
    "QueryStringCacheKeys",
    "whitelist",
    "all",
    "MinTTL",
    "DefaultTTL",
    "MaxTTL",
    "ErrorCode",
    "ResponsePagePath",
    "ResponseCode",
    "ErrorCachingMinTTL",
    "CachePolicy",
    "CachePolicyConfig",
    "ParametersInCacheKeyAndForwardedToOrigin",
    "HeadersConfig",
    "CookiesConfig",
    "CorsConfig",
    "SecurityHeadersConfig",
    "docs.s3.us-east-1.amazonaws.com",
    "*",
    "",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![4 => proptest::sample::select(&WORDS[..]).prop_map(String::from), 1 => ".{0,12}"]
}

pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..1_000).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| json!({"Quantity": items.len(), "Items": items})),
            proptest::collection::vec((word(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The pointers of all places in a value.
pub(crate) fn places(value: &Value, pointer: &str, all: &mut Vec<String>) {
    all.push(pointer.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{pointer}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{pointer}/{index}"), all);
            }
        }
        _ => {}
    }
}

/// What holds of every text.
fn check(text: &str, policies: &Beside) -> Result<(), TestCaseError> {
    match read(text, policies) {
        Ok(read) => {
            // Every behavior finds its origin, and the last one takes what no other does.
            let served = Config::new(read.distribution.clone(), 3_600);
            prop_assert!(served.is_ok(), "{served:?}: {:?}", read.distribution);
        }
        Err(errors) => {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(error.to_string().len() < 700, "{error}");
                if let AwsError::Refused { path, given, rule, .. } = error {
                    prop_assert!(!path.is_empty() && !given.is_empty() && !rule.is_empty());
                    prop_assert!(given.len() < 700);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn arbitrary_json(value in any_json()) {
        let text = value.to_string();
        check(&text, &managed())?;
        check(&json!({"DistributionConfig": value}).to_string(), &managed())?;
        let mut policies = managed();
        if let Err(errors) = policies.add(&text, Some("id")) {
            prop_assert!(!errors.is_empty());
        }
    }

    #[test]
    fn an_example_with_something_else_in_one_or_two_places(
        example in proptest::sample::select(&[S3_SITE, API_AND_MEDIA, LEGACY][..]),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any_json()), 1..3),
    ) {
        let mut value: Value = serde_json::from_str(example).unwrap();
        for (place, new) in changes {
            let mut all = Vec::new();
            places(&value, "", &mut all);
            let place: &String = place.get(&all);
            *value.pointer_mut(place).unwrap() = new;
        }
        check(&value.to_string(), &managed())?;
    }

    #[test]
    fn an_example_cut_or_with_a_character_changed(
        example in proptest::sample::select(&[S3_SITE, API_AND_MEDIA, LEGACY][..]),
        at in any::<proptest::sample::Index>(),
        new in any::<char>(),
    ) {
        let at = at.index(example.len());
        check(&example[..at], &managed())?;
        check(&format!("{}{new}{}", &example[..at], &example[at + 1..]), &managed())?;
    }

    #[test]
    fn any_text(text in ".{0,200}") {
        check(&text, &managed())?;
    }

    #[test]
    fn any_domain_name(name in "[a-z0-9.-]{0,40}(\\.s3|\\.elb|\\.compute)?(\\.us-east-1)?(\\.amazonaws\\.com)?\\PC{0,3}") {
        if let Err(error) = edgewalk::distribution::domain::classify(&name) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn long_lists_do_not_take_long() {
    let many = |count: usize| {
        let origin = |n| json!({"Id": format!("o{n}"), "DomainName": "www.example.com"});
        let behavior =
            |n| json!({"PathPattern": format!("/{n}"), "TargetOriginId": format!("o{n}")});
        json!({
            "Origins": {"Quantity": count, "Items": (0..count).map(origin).collect::<Vec<_>>()},
            "CacheBehaviors": {"Quantity": count, "Items": (0..count).map(behavior).collect::<Vec<_>>()},
        })
    };
    let errors = read(&many(5_000).to_string(), &managed()).unwrap_err();
    // No more than the first thousand of each are read, with a few findings each.
    assert!((2_000..20_000).contains(&errors.len()), "{}", errors.len());
}

#[test]
fn im_05_a_text_that_holds_more_than_any_configuration_is_not_read() {
    let many_values = format!("{{\"Origins\": [{}0]}}", "[0],".repeat(900_000));
    let errors = read(&many_values, &managed()).unwrap_err();
    assert_eq!(errors, [AwsError::TooMany { most: 50_000 }]);
    // As many bytes in one value are read, and held against the field's own rule.
    let mut site = crate::config(S3_SITE);
    site["DefaultRootObject"] = json!("x".repeat(3_500_000));
    let errors = read(&site.to_string(), &managed()).unwrap_err();
    assert_eq!(errors[0].path(), Some("DefaultRootObject"));
    let errors = read(&" ".repeat(4_000_001), &managed()).unwrap_err();
    assert_eq!(errors, [AwsError::TooLarge { given: 4_000_001, most: 4_000_000 }]);
    let list = json!({"Quantity": 1_001, "Items": vec!["TLSv1"; 1_001]});
    let mut legacy = crate::config(LEGACY);
    legacy["Origins"]["Items"][1]["CustomOriginConfig"]["OriginSslProtocols"] = list;
    let errors = read(&legacy.to_string(), &managed()).unwrap_err();
    assert_eq!(
        errors[0].path(),
        Some("Origins.Items[1].CustomOriginConfig.OriginSslProtocols.Items")
    );
}
