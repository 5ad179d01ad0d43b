//! Quotas that a configuration or a request runs into (distribution.md section 8).

use edgewalk::distribution::{AwsError, Beside, Configuration};
use edgewalk::http::{Method, Request};
use serde_json::{Value, json};

use crate::common::{ask, get, request, request_with};
use crate::{run_of, shown};

const EXAMPLE: &str = include_str!("../../docs/reference/examples/api-and-media.json");

fn managed() -> Beside {
    Beside::managed("us-east-1".into())
}

/// The places that are refused once a value of the example is another one, each with what the API calls it.
fn refused(pointer: &str, value: &Value) -> Vec<(String, String)> {
    let mut document: Value = serde_json::from_str(EXAMPLE).unwrap();
    *document.pointer_mut(&format!("/DistributionConfig{pointer}")).unwrap() = value.clone();
    findings(Configuration::open(&document.to_string(), &managed()).err())
}

fn findings(errors: Option<Vec<AwsError>>) -> Vec<(String, String)> {
    let of = |error: AwsError| match error {
        AwsError::Refused { path, code, .. } => (path, code.to_string()),
        other => panic!("{other}"),
    };
    errors.unwrap_or_default().into_iter().map(of).collect()
}

fn at(path: &str, code: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), code.to_owned())]
}

/// So many custom headers of an origin, as AWS writes them.
fn headers(fields: &[(String, String)]) -> Value {
    let item =
        |(name, value): &(String, String)| json!({ "HeaderName": name, "HeaderValue": value });
    json!({ "Quantity": fields.len(), "Items": fields.iter().map(item).collect::<Vec<_>>() })
}

#[test]
fn qt_06_07_custom_headers_of_an_origin() {
    let pointer = "/Origins/Items/0/CustomHeaders";
    let many = |count: usize| {
        headers(&(0..count).map(|place| (format!("X-{place}"), "1".into())).collect::<Vec<_>>())
    };
    assert_eq!(refused(pointer, &many(30)), []);
    let place = "Origins.Items[0].CustomHeaders.Items";
    assert_eq!(refused(pointer, &many(31)), at(place, "TooManyOriginCustomHeaders"), "QT-06");
    let one = |name: usize, value: usize| {
        let found = refused(pointer, &headers(&[("X".repeat(name), "v".repeat(value))]));
        found.into_iter().map(|(path, code)| (path.replace(place, ""), code)).collect::<Vec<_>>()
    };
    assert_eq!(one(256, 1_783), [], "QT-07");
    assert_eq!(one(257, 1), at("[0].HeaderName", "InvalidArgument"), "QT-07");
    assert_eq!(one(1, 1_784), at("[0].HeaderValue", "InvalidArgument"), "QT-07");
    let total = |last: usize| {
        let mut all: Vec<_> =
            (0..6).map(|place| (format!("X-{place}"), "v".repeat(1_700))).collect();
        all.push(("X-6".to_owned(), "v".repeat(last)));
        refused(pointer, &headers(&all)) // 6 x 1,703 and 3 and the last value
    };
    assert_eq!(total(10_240 - 6 * 1_703 - 3), [], "QT-07");
    assert_eq!(
        total(10_240 - 6 * 1_703 - 2),
        at("Origins.Items[0].CustomHeaders", "InvalidArgument"),
        "QT-07"
    );
}

/// What is refused of a cache policy with so many headers, cookies and query parameters of so many letters each.
fn policy(counts: [usize; 3], letters: usize) -> Vec<(String, String)> {
    let names = |count: usize| {
        let name = |place: usize| format!("{place}{}", "x".repeat(letters - 1 - place / 10));
        json!({ "Quantity": count, "Items": (0..count).map(name).collect::<Vec<_>>() })
    };
    let key = json!({
        "EnableAcceptEncodingGzip": false,
        "HeadersConfig": { "HeaderBehavior": "whitelist", "Headers": names(counts[0]) },
        "CookiesConfig": { "CookieBehavior": "whitelist", "Cookies": names(counts[1]) },
        "QueryStringsConfig": { "QueryStringBehavior": "whitelist", "QueryStrings": names(counts[2]) },
    });
    let config =
        json!({ "Name": "own", "MinTTL": 1, "ParametersInCacheKeyAndForwardedToOrigin": key });
    let text = json!({ "CachePolicyConfig": config }).to_string();
    findings(managed().add(&text, Some("own")).err())
}

#[test]
fn qt_08_09_names_in_a_cache_policy() {
    let codes = |counts| policy(counts, 3).into_iter().map(|(_, code)| code).collect::<Vec<_>>();
    assert_eq!(codes([10, 10, 10]), Vec::<String>::new(), "QT-08");
    assert_eq!(codes([11, 1, 1]), ["TooManyHeadersInCachePolicy"], "QT-08");
    assert_eq!(codes([1, 11, 1]), ["TooManyCookiesInCachePolicy"], "QT-08");
    assert_eq!(codes([1, 1, 11]), ["TooManyQueryStringsInCachePolicy"], "QT-08");
    assert_eq!(policy([8, 8, 1], 60), [], "QT-09: 17 names of 60 letters are 1,020");
    let found = policy([8, 8, 2], 57); // 18 of 57 letters are 1,026
    assert!(matches!(&found[..], [(_, code)] if code == "InvalidArgument"), "QT-09: {found:?}");
}

#[test]
fn qt_19_20_21_attempts_and_time_outs() {
    let block = "/Origins/Items/0/CustomOriginConfig";
    let table = [
        ("/Origins/Items/0/ConnectionAttempts".to_owned(), 1, 3, "InvalidArgument", "QT-19"),
        ("/Origins/Items/0/ConnectionTimeout".to_owned(), 1, 10, "InvalidArgument", "QT-19"),
        (format!("{block}/OriginReadTimeout"), 1, 120, "InvalidOriginReadTimeout", "QT-20"),
        (
            format!("{block}/OriginKeepaliveTimeout"),
            1,
            300,
            "InvalidOriginKeepaliveTimeout",
            "QT-21",
        ),
    ];
    for (pointer, least, most, code, row) in table {
        for within in [least, most] {
            assert_eq!(refused(&pointer, &json!(within)), [], "{row}: {within}");
        }
        for beyond in [least - 1, most + 1] {
            let found = refused(&pointer, &json!(beyond));
            assert!(
                matches!(&found[..], [(_, given)] if given == code),
                "{row}: {beyond}: {found:?}"
            );
        }
    }
}

#[test]
fn pp_16_a_distribution_has_up_to_75_behaviors() {
    let with = |count: usize| {
        let mut document: Value = serde_json::from_str(EXAMPLE).unwrap();
        let list = &mut document["DistributionConfig"]["CacheBehaviors"];
        let first = list["Items"][0].clone();
        let behavior = |place: usize| {
            let mut behavior = first.clone();
            behavior["PathPattern"] = json!(format!("/{place}/*"));
            behavior
        };
        *list = json!({ "Quantity": count, "Items": (0..count).map(behavior).collect::<Vec<_>>() });
        findings(Configuration::open(&document.to_string(), &managed()).err())
    };
    assert_eq!(with(75), [], "PP-16");
    assert_eq!(with(76), at("CacheBehaviors.Items", "TooManyCacheBehaviors"), "PP-16");
}

#[test]
fn qt_22_23_24_how_large_a_request_may_be() {
    let mut run = run_of(|_| {});
    let url = |bytes: usize| format!("/{}", "a".repeat(bytes - 1));
    assert_eq!(shown(&mut run, get("paris", &url(8_192))).0, 404, "QT-23: it is looked for");
    assert_eq!(shown(&mut run, get("paris", &url(8_193))).0, 414, "QT-23");
    let head = |letters: usize| {
        request_with(Method::Get, "/app.js", &format!("X-Own: {}", "v".repeat(letters)))
    };
    let mut status = |request: Request| shown(&mut run, ask("paris", request)).0;
    // 22 bytes of "GET /app.js HTTP/1.1", 37 of Host and 9 of X-Own beside the letters, with the ends of their lines.
    let most = 32_768 - 22 - 37 - 9;
    assert_eq!([status(head(most)), status(head(most + 1))], [200, 494], "QT-22");
    let upload = |content_length| Request { content_length, ..request(Method::Post, "/api/cart") };
    assert_eq!(
        [status(upload(64_000_000_000)), status(upload(64_000_000_001))],
        [201, 413],
        "QT-24"
    );
}
