//! The policy of a bucket (security-logs-edge.md section 4), as `aws s3api get-bucket-policy` prints it, or bare.

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Reader};
use super::{MOST_VALUES, ids};
use crate::distribution::{BucketAction, BucketPolicy, Grant, Principal};
use crate::json::Json;

/// OSEC-10.
const IDENTITY: &str = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ";

/// Reads a policy, and the name of the bucket that its resources name.
pub(super) fn bucket_policy(reader: &mut Reader, node: &Node) -> (Option<String>, BucketPolicy) {
    // The CLI prints it as a text in a text.
    let inner = node.json().and_then(Json::as_text);
    let parsed = inner.map(|text| Json::parse_at_most(text, MOST_VALUES));
    let own = match &parsed {
        Some(Ok(json)) => Some(Node::new(node.path(), json)),
        Some(Err(_)) => {
            let rule = "the policy of a bucket is JSON, as a text";
            reader.refuse(node, InvalidArgument, "OSEC-11", rule);
            return (None, BucketPolicy { grants: Vec::new() });
        }
        None => None,
    };
    statements(reader, own.as_ref().unwrap_or(node))
}

fn statements(reader: &mut Reader, node: &Node) -> (Option<String>, BucketPolicy) {
    let mut bucket: Option<String> = None;
    let mut grants = Vec::new();
    let place = node.member("Statement");
    let places = reader.one_or_more(&place);
    if places.is_empty() {
        let rule = "a policy has one statement at least";
        reader.refuse(&place, InvalidArgument, "OSEC-11", rule);
    }
    for statement in &places {
        let effect = statement.member("Effect");
        if reader.needed_text(&effect).is_some_and(|effect| effect != "Allow") {
            let rule = "only statements that allow something are simulated";
            reader.refuse(&effect, InvalidArgument, "OSEC-11", rule);
        }
        for resource in reader.one_or_more(&statement.member("Resource")) {
            let named = reader.needed_text(&resource).and_then(bucket_of);
            match (named, &bucket) {
                (None, _) => {
                    let rule =
                        "a resource is a bucket or what is in it, as in arn:aws:s3:::BUCKET/*";
                    reader.refuse(&resource, InvalidArgument, "OSEC-11", rule);
                }
                (Some(named), Some(bucket)) if named != bucket => {
                    let rule = "all statements are for one bucket";
                    reader.refuse(&resource, InvalidArgument, "OSEC-11", rule);
                }
                (Some(named), _) => bucket = Some(named.to_owned()),
            }
        }
        let distributions = sources(reader, &statement.member("Condition"));
        let principals =
            principals(reader, &statement.member("Principal"), distributions.as_deref());
        for action in reader.one_or_more(&statement.member("Action")) {
            let actions = reader.needed_text(&action).map_or(&[][..], actions);
            for to in &principals {
                grants.extend(actions.iter().map(|may| Grant { to: to.clone(), may: *may }));
            }
        }
    }
    if bucket.is_none() && reader.errors.is_empty() {
        let rule = "a statement names its bucket";
        reader.refuse(&place, InvalidArgument, "OSEC-11", rule);
    }
    (bucket, BucketPolicy { grants })
}

fn bucket_of(resource: &str) -> Option<&str> {
    let name = resource.strip_prefix("arn:aws:s3:::")?;
    let name = name.split('/').next().unwrap_or_default();
    (!name.is_empty()).then_some(name)
}

/// What of an action's permission matters to a viewer's request; nothing of most.
fn actions(word: &str) -> &'static [BucketAction] {
    use BucketAction::{List, Read, Write};
    match word {
        "s3:GetObject" | "s3:Get*" => &[Read],
        "s3:ListBucket" | "s3:List*" => &[List],
        "s3:PutObject" | "s3:DeleteObject" | "s3:Put*" => &[Write],
        "s3:*" | "*" => &[Read, List, Write],
        _ => &[],
    }
}

/// The distributions that a condition names (OSEC-13, OSEC-14, CD-16); none where it names all. Any other condition would need
/// facts that no walk has.
fn sources(reader: &mut Reader, node: &Node) -> Option<Vec<String>> {
    let operators = node.json().map_or(&[][..], Json::members);
    let mut named: Option<Vec<String>> = None;
    for (operator, _) in operators {
        let place = node.member(operator);
        for (key, _) in place.json().map_or(&[][..], Json::members) {
            let value = place.member(key);
            let is_source = key.eq_ignore_ascii_case("AWS:SourceArn")
                && matches!(
                    operator.as_str(),
                    "StringEquals" | "ArnEquals" | "ArnLike" | "StringLike"
                );
            let arns = reader.one_or_more(&value);
            let ids = arns.iter().map(|arn| {
                let arn = reader.needed_text(arn).and_then(ids::arn);
                arn.and_then(|[service, _, _, rest]| {
                    rest.strip_prefix("distribution/").filter(|_| service == "cloudfront")
                })
            });
            let ids: Vec<Option<&str>> = ids.collect();
            match ids.iter().copied().collect::<Option<Vec<&str>>>() {
                Some(ids) if is_source && !ids.is_empty() => {
                    if !ids.contains(&"*") {
                        named = Some(ids.into_iter().map(String::from).collect());
                    }
                }
                _ => {
                    let rule = "only the condition AWS:SourceArn is simulated, as in arn:aws:cloudfront::ACCOUNT:distribution/ID";
                    reader.refuse(&value, InvalidArgument, "OSEC-13", rule);
                }
            }
        }
    }
    named
}

fn principals(
    reader: &mut Reader,
    node: &Node,
    distributions: Option<&[String]>,
) -> Vec<Principal> {
    reader.need(node);
    if node.json().and_then(Json::as_text) == Some("*") {
        return vec![Principal::Everybody];
    }
    let mut all = Vec::new();
    for service in reader.one_or_more(&node.member("Service")) {
        if reader.needed_text(&service) == Some("cloudfront.amazonaws.com") {
            let by = |id: &String| Principal::CloudFront { distribution: Some(id.clone()) };
            match distributions {
                Some(ids) => all.extend(ids.iter().map(by)),
                None => all.push(Principal::CloudFront { distribution: None }),
            }
        }
    }
    for user in reader.one_or_more(&node.member("AWS")) {
        match reader.needed_text(&user) {
            Some("*") => all.push(Principal::Everybody),
            Some(arn) => all.extend(
                arn.strip_prefix(IDENTITY).map(|id| Principal::Identity(id.trim().to_owned())),
            ),
            None => {}
        }
    }
    all
}
