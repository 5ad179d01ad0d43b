//! Private buckets: what shows them who asks, and whom they let in.

use std::sync::Arc;

use edgewalk::distribution::{Beside, Configuration, Denied, Proof};
use edgewalk::http::Method;
use edgewalk::scene::{Scene, Steps, Told};
use edgewalk::simulation::{Action, Event, Run, Walk, What};

use crate::common::{act, ask, get, last_shown, request_with};
use crate::reached;

const S3_SITE: &str = include_str!("../../docs/reference/examples/s3-site.json");
const LEGACY: &str = include_str!("../../docs/reference/examples/legacy.json");

/// EX-01 as `get-distribution` prints it, without its error page; its access control and the policy of its bucket are given
/// as the AWS CLI prints them.
fn site(signing: &str, policy: Option<&str>) -> Run {
    let mut beside = Beside::managed("us-east-1".into());
    let control = format!(
        r#"{{"OriginAccessControl": {{"Id": "{CONTROL}", "OriginAccessControlConfig": {{"Name": "site",
            "SigningProtocol": "sigv4", "SigningBehavior": "{signing}",
            "OriginAccessControlOriginType": "s3"}}}}}}"#
    );
    beside.add(&control, None).unwrap();
    if let Some(policy) = policy {
        beside.add(policy, None).unwrap();
    }
    let mut config: serde_json::Value = serde_json::from_str(S3_SITE).unwrap();
    let mut config = config["DistributionConfig"].take();
    config["CustomErrorResponses"] = serde_json::json!({"Quantity": 0});
    let whole = serde_json::json!({"Distribution": {"Id": "EOWN", "DomainName":
        "d111111abcdef8.cloudfront.net", "DistributionConfig": config}});
    let configuration = Configuration::open(&whole.to_string(), &beside).unwrap();
    // What was given beside is there again after a file or a link.
    let restored = Configuration::restored(&configuration.stored()).unwrap();
    assert_eq!(restored, configuration);
    Run::new(Walk::of_configuration(restored.into()).scenario).unwrap()
}

/// The id of the access control in EX-01.
const CONTROL: &str = "E1OACEXAMPLE001";
/// Its bucket.
const BUCKET: &str = "example-spa-site";

fn policy(principal: &str, action: &str, resource: &str, source: &str) -> String {
    let condition = match source {
        "" => String::new(),
        id => format!(
            r#", "Condition": {{"StringEquals": {{"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/{id}"}}}}"#
        ),
    };
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {principal},
            "Action": "{action}", "Resource": "arn:aws:s3:::{BUCKET}{resource}"{condition}}}]}}"#
    )
}

const CLOUDFRONT: &str = r#"{"Service": "cloudfront.amazonaws.com"}"#;

fn read_for(source: &str) -> String {
    policy(CLOUDFRONT, "s3:GetObject", "/*", source)
}

/// What the bucket said, and why it refused, if it did.
fn told(events: &[Event]) -> (u16, Option<Denied>) {
    let replied = events.iter().find_map(|event| match &event.what {
        What::Replied { response, denied, .. } => Some((response.status.0, denied.clone())),
        _ => None,
    });
    replied.unwrap()
}

fn with_credentials(path: &str) -> Action {
    ask("paris", request_with(Method::Get, path, "Authorization: Basic dTpw"))
}

#[test]
fn osec_11_13_14_21_who_is_let_in_by_mode_and_policy() {
    let unsigned = Some(Denied::Unsigned);
    let other = Some(Denied::NotLetIn { named: Some("EOTHER".into()) });
    let table = [
        ("always", Some(read_for("EOWN")), None),
        ("always", Some(read_for("")), None),        // OSEC-13
        ("always", Some(read_for("EOTHER")), other), // OSEC-14
        ("always", Some(policy("\"*\"", "s3:GetObject", "/*", "")), None),
        (
            "always",
            Some(policy(CLOUDFRONT, "s3:PutObject", "/*", "EOWN")),
            Some(Denied::NotLetIn { named: None }),
        ),
        ("never", Some(read_for("EOWN")), unsigned.clone()), // OSEC-03
        ("never", Some(policy("\"*\"", "s3:GetObject", "/*", "")), None),
        ("no-override", Some(read_for("EOWN")), None),
        // IM-09: the policy is not given.
        ("always", None, None),
        ("never", None, unsigned),
    ];
    for (signing, policy, expected) in table {
        let mut run = site(signing, policy.as_deref());
        let events = act(&mut run, get("paris", "/example.html"));
        let status = if expected.is_some() { 403 } else { 200 };
        assert_eq!(told(&events), (status, expected), "{signing} {policy:?}");
        let (x_cache, response) = last_shown(run.journal());
        let word = if status == 403 { "Error" } else { "Miss" };
        assert_eq!((response.status.0, x_cache), (status, format!("{word} from cloudfront")));
        let type_of = response.fields.get("Content-Type");
        assert_eq!(type_of == Some("application/xml"), status == 403, "OSEC-11");
        if status == 403 {
            assert_eq!(response.fields.get("Server"), Some("AmazonS3"), "OSEC-11");
        }
    }
}

#[test]
fn osec_02_04_05_im_10_what_the_request_shows_the_bucket() {
    let sent = |signing: &str, action: Action| {
        let mut run = site(signing, Some(&read_for("EOWN")));
        let events = act(&mut run, action);
        let proof = events.iter().find_map(|event| match &event.what {
            What::Reached { proof, .. } => Some(*proof),
            _ => None,
        });
        let (request, _) = reached(&events).next().unwrap();
        let shown = request
            .fields
            .get("Authorization")
            .map(|value| value.split(' ').next().unwrap().to_owned());
        (proof.unwrap(), shown, request.scheme.as_str())
    };
    let signed = Some("AWS4-HMAC-SHA256".to_owned());
    assert_eq!(
        sent("always", get("paris", "/example.html")),
        (Proof::ByControl, signed.clone(), "https")
    );
    assert_eq!(sent("always", with_credentials("/example.html")).1, signed, "OSEC-02: overwritten");
    assert_eq!(sent("never", get("paris", "/example.html")), (Proof::NeverSigned, None, "https"));
    assert_eq!(sent("no-override", get("paris", "/example.html")).1, signed);
    // OSEC-04: not signed; CachingOptimized has no Authorization in its key, so it is not passed on either.
    assert_eq!(
        sent("no-override", with_credentials("/example.html")),
        (Proof::Viewers, None, "https")
    );
}

#[test]
fn osec_12_a_missing_object_is_a_403_for_whoever_may_not_list() {
    let list = policy(CLOUDFRONT, "s3:*", "", "EOWN");
    for (policy, expected) in
        [(read_for("EOWN"), (403, Some(Denied::MissingUnlisted))), (list, (404, None))]
    {
        let mut run = site("always", Some(&policy));
        let events = act(&mut run, get("paris", "/nowhere.html"));
        assert_eq!(told(&events), expected);
    }
}

#[test]
fn osec_10_an_identity_is_the_legacy_way_and_a_site_without_any_is_public() {
    let configuration = Configuration::open(LEGACY, &Beside::managed("us-east-1".into())).unwrap();
    let mut run = Run::new(Walk::of_configuration(Arc::new(configuration)).scenario).unwrap();
    let events = act(&mut run, get("paris", "/images/example.jpg"));
    assert_eq!(told(&events), (200, None));
    let proof = |event: &Event| matches!(&event.what, What::Reached { proof, .. } if *proof == Proof::ByIdentity);
    assert!(events.iter().any(proof), "OSEC-10");
    let (request, _) = reached(&events).next().unwrap();
    assert!(request.fields.get("Authorization").unwrap().contains("EXAMPLE"), "its own id");
}

#[test]
fn osec_11_14_the_step_says_why_the_bucket_refuses() {
    let mut run = site("always", Some(&read_for("EOTHER")));
    act(&mut run, get("paris", "/example.html"));
    let steps = Steps::of(run.journal());
    let step = steps.all().iter().find(|step| step.label(run.journal()) == "Answer").unwrap();
    let scene = Scene::at(&run.walk().scenario, run.journal(), step.end);
    let told = Told::of(&scene, step, &run.journal().events()[step.start..step.end]);
    assert!(
        told.say.iter().any(|sentence| sentence.contains("the distribution EOTHER")),
        "{told:?}"
    );
    assert_eq!(told.rows.split(", ").next(), Some("OSEC-14"));
    let line = told.why.last().unwrap();
    assert_eq!(
        line.setting.as_deref().map(|setting| setting.ends_with(": origin access")),
        Some(true)
    );
}

#[test]
fn osec_11_a_policy_that_says_more_than_is_simulated_is_refused_by_its_field() {
    let mut beside = Beside::managed("us-east-1".into());
    let good = read_for("EOWN");
    for (from, to, path) in [
        ("Allow", "Deny", "Policy.Statement[0].Effect"),
        (
            "AWS:SourceArn",
            "AWS:SourceVpc",
            "Policy.Statement[0].Condition.StringEquals.AWS:SourceVpc",
        ),
        ("arn:aws:s3:::", "bucket:", "Policy.Statement[0].Resource"),
        ("Statement", "Statements", "Policy.Statement"),
    ] {
        let errors =
            beside.add(&format!("{{\"Policy\": {}}}", good.replace(from, to)), None).unwrap_err();
        assert_eq!(errors[0].path(), Some(path), "{errors:?}");
    }
    assert!(beside.documents().is_empty(), "nothing of it was taken");
    // As the CLI prints it: a text in a text.
    let printed = serde_json::json!({ "Policy": good }).to_string();
    beside.add(&printed, None).unwrap();
    assert_eq!(beside.documents().len(), 1);
}
