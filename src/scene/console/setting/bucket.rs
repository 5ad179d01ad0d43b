//! Whom a bucket lets in: its policy, chosen on the sheet of its origin. It stands beside the configuration, as a document.

use super::Setting;
use crate::distribution::aws::Sort;
use crate::distribution::{Draft, OriginKind, domain};
use crate::json::{Json, NoSuchPlace};
use crate::scene::console::beside::{ACCOUNT, documents, id_of};
use crate::scene::console::field::Choice;
use crate::scene::console::item::Item;

/// What can be chosen. Of a bucket whose policy nobody has given, IM-09 says whom it lets in.
const CHOICES: [(&str, &str); 5] = [
    ("", "Not given: whatever its origin is set up for"),
    ("control", "This distribution, by its access control (OAC)"),
    ("identity", "The access identity (OAI)"),
    ("public", "Everybody"),
    ("nobody", "Nobody but its account"),
];

/// Any other policy, as it is called.
const OTHER: &str = "As its JSON says";

/// What is said of an identity before there is one: AWS's own example.
const IDENTITY: &str = "E127EXAMPLE51Z";

pub(super) fn choices() -> Vec<Choice> {
    Choice::table(&CHOICES)
}

/// Which of them the policy of this origin's bucket is.
pub(super) fn value(draft: &Draft, item: Item) -> String {
    let Some(bucket) = bucket_of(draft, item) else { return String::new() };
    let policy = place_of(draft, &bucket).and_then(|place| draft.documents().get(place));
    policy.map_or_else(String::new, |policy| named(draft, item, policy).to_owned())
}

/// Gives the bucket this policy, or the one that it had when the editing began, where that is chosen again.
pub(super) fn put(draft: &mut Draft, item: Item, value: &str) -> Result<(), NoSuchPlace> {
    let Some(bucket) = bucket_of(draft, item) else { return Ok(()) };
    let were = draft.base().beside().documents();
    let before = were.iter().position(|document| is_of(document, &bucket));
    let was = before.and_then(|place| were.get(place));
    let was = was.filter(|policy| named(draft, item, policy) == value).cloned();
    let made = || Some(Sort::BucketPolicy.wrapped(&bucket, policy(draft, item, value)?));
    let wanted = was.or_else(made);
    match (place_of(draft, &bucket), wanted) {
        (Some(place), None) if value.is_empty() => draft.remove(&documents().item(place)).map(drop),
        (Some(place), Some(wanted)) => draft.set(&documents().item(place), wanted).map(drop),
        (None, Some(wanted)) => {
            let last = draft.documents().len();
            let place = before.map_or(last, |before| before.min(last));
            draft.insert(&documents().item(place), wanted)
        }
        _ => Ok(()),
    }
}

/// The policy that is in force, in one line.
pub(super) fn help(draft: &Draft, item: Item) -> String {
    let place = bucket_of(draft, item).and_then(|bucket| place_of(draft, &bucket));
    let policy = place.and_then(|place| draft.documents()[place].at(&Sort::BucketPolicy.within()));
    policy.map(Json::write_short).unwrap_or_default()
}

/// Whether an origin is a bucket, reached as one.
pub(super) fn is_bucket(draft: &Draft, item: Item) -> bool {
    bucket_of(draft, item).is_some()
}

fn bucket_of(draft: &Draft, item: Item) -> Option<String> {
    let name = Setting::DomainName.value(item, draft);
    let is_bucket = domain::classify(&name).is_ok_and(|it| it.kind == OriginKind::S3Bucket);
    domain::bucket_in(&name).filter(|_| is_bucket).map(String::from)
}

fn is_of(document: &Json, bucket: &str) -> bool {
    Sort::of(document) == Some(Sort::BucketPolicy) && id_of(document) == Some(bucket)
}

/// The place of a bucket's policy among the documents.
fn place_of(draft: &Draft, bucket: &str) -> Option<usize> {
    draft.documents().iter().position(|document| is_of(document, bucket))
}

/// What a policy is called among the choices: it may say `StringEquals` as well (OR-24).
fn named(draft: &Draft, item: Item, document: &Json) -> &'static str {
    let Some(given) = document.at(&Sort::BucketPolicy.within()) else { return OTHER };
    let given = given.write_short();
    let is_it = |choice: &str| {
        let made = policy(draft, item, choice).map(|policy| policy.write_short());
        made.is_some_and(|made| made == given || made.replace(ARN_LIKE, STRING_EQUALS) == given)
    };
    CHOICES.iter().map(|(choice, _)| *choice).find(|choice| is_it(choice)).unwrap_or(OTHER)
}

const ARN_LIKE: &str = r#"{"ArnLike":"#;
const STRING_EQUALS: &str = r#"{"StringEquals":"#;

/// What is chosen, as JSON.
fn policy(draft: &Draft, item: Item, choice: &str) -> Option<Json> {
    let by_aws = |arn: &str| Json::object([("AWS", Json::text(arn))]);
    let to = match choice {
        "control" => return Some(for_distribution(draft, &bucket_of(draft, item)?)),
        "identity" => {
            let identity = Setting::AccessIdentity.value(item, draft);
            let id = identity.rsplit('/').next().filter(|id| !id.is_empty());
            let user = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ";
            by_aws(&[user, id.unwrap_or(IDENTITY)].concat()) // OSEC-10
        }
        "public" => Json::text("*"),
        "nobody" => by_aws(&format!("arn:aws:iam::{ACCOUNT}:root")),
        _ => return None,
    };
    Some(reading(&bucket_of(draft, item)?, to, None))
}

/// The policy that lets this distribution read what is in a bucket (OR-24, OSEC-13).
pub(in crate::scene::console) fn for_distribution(draft: &Draft, bucket: &str) -> Json {
    let id = draft.base().distribution().id.as_deref().unwrap_or("*");
    let source = format!("arn:aws:cloudfront::{ACCOUNT}:distribution/{id}");
    let source = Json::object([("AWS:SourceArn", Json::text(&source))]);
    let to = Json::object([("Service", Json::text("cloudfront.amazonaws.com"))]);
    reading(bucket, to, Some(Json::object([("ArnLike", source)])))
}

/// A policy that lets somebody read what is in a bucket.
fn reading(bucket: &str, to: Json, condition: Option<Json>) -> Json {
    let statement = [
        ("Effect", Json::text("Allow")),
        ("Principal", to),
        ("Action", Json::text("s3:GetObject")),
        ("Resource", Json::text(&format!("arn:aws:s3:::{bucket}/*"))),
    ];
    let condition = condition.map(|condition| ("Condition", condition));
    let statement = Json::object(statement.into_iter().chain(condition));
    Json::object([
        ("Version", Json::text("2012-10-17")),
        ("Statement", Json::List(vec![statement])),
    ])
}
