//! A new document beside a configuration, as it begins: but for a key's PEM and a group's keys, with values that work.

use super::beside::{ACCOUNT, function_arn, id_of, name_of, of_sort};
use super::item;
use super::setting::for_distribution;
use crate::distribution::aws::Sort;
use crate::distribution::{Draft, OriginKind, USUAL_FIELDS, domain};
use crate::json::{Json, Path};

/// A new document: with an id and a name that no other has. None of continuous deployment, of which all is made at once.
pub(super) fn of(draft: &Draft, sort: Sort) -> Option<Json> {
    let number = free_number(draft, sort);
    let text = Json::text;
    let none = |word: &'static str| Json::object([(word, text("none"))]);
    let named = |name: &str| ("Name", text(&format!("{name}-{number}")));
    Some(match sort {
        Sort::Cache => {
            let key = Json::object([
                ("EnableAcceptEncodingGzip", Json::Flag(true)),
                ("EnableAcceptEncodingBrotli", Json::Flag(true)),
                ("HeadersConfig", none("HeaderBehavior")),
                ("CookiesConfig", none("CookieBehavior")),
                ("QueryStringsConfig", none("QueryStringBehavior")),
            ]);
            let config = Json::object([
                named("my-cache-policy"),
                ("MinTTL", Json::Whole(1)),
                ("DefaultTTL", Json::Whole(86_400)),
                ("MaxTTL", Json::Whole(31_536_000)),
                ("ParametersInCacheKeyAndForwardedToOrigin", key),
            ]);
            sort.wrapped(&uuid(number), config)
        }
        Sort::OriginRequest => {
            let config = Json::object([
                named("my-origin-request-policy"),
                ("HeadersConfig", Json::object([("HeaderBehavior", text("allViewer"))])),
                ("CookiesConfig", none("CookieBehavior")),
                ("QueryStringsConfig", Json::object([("QueryStringBehavior", text("all"))])),
            ]);
            sort.wrapped(&uuid(number), config)
        }
        Sort::ResponseHeaders => {
            let field = Json::object([
                ("Header", text("X-Robots-Tag")),
                ("Value", text("noindex")),
                ("Override", Json::Flag(true)),
            ]);
            let config = Json::object([
                named("my-response-headers-policy"),
                ("CustomHeadersConfig", item::list(vec![field])),
            ]);
            sort.wrapped(&uuid(number), config)
        }
        Sort::EdgeFunction => {
            let arn = function_arn(&format!("function-{number}"), false);
            let members = [("ARN", &*arn), ("Does", "SinglePage"), ("Page", "/index.html")];
            let members = members.map(|(name, value)| (name, text(value)));
            sort.wrapped(&arn, Json::object(members))
        }
        Sort::WebAcl => {
            let arn = waf_arn("webacl", "acl", number);
            let allow = Json::object([("Allow", Json::object([]))]);
            let members = [named("acl"), ("ARN", text(&arn)), ("DefaultAction", allow)];
            let members = members.into_iter().chain([("Rules", Json::List(Vec::new()))]);
            sort.wrapped(&arn, Json::object(members))
        }
        Sort::RealTimeLog => {
            let arn =
                format!("arn:aws:cloudfront::{ACCOUNT}:realtime-log-config/real-time-{number}");
            let stream = Json::object([
                ("RoleARN", text(&format!("arn:aws:iam::{ACCOUNT}:role/logs"))),
                ("StreamARN", text(&format!("arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/logs"))),
            ]);
            let end = [("StreamType", text("Kinesis")), ("KinesisStreamConfig", stream)];
            let members = [
                ("ARN", text(&arn)),
                named("real-time"),
                ("SamplingRate", Json::Whole(100)),
                ("EndPoints", Json::List(vec![Json::object(end)])),
                ("Fields", Json::texts(USUAL_FIELDS)),
            ];
            sort.wrapped(&arn, Json::object(members))
        }
        Sort::IpSet => {
            let arn = waf_arn("ipset", "addresses", number);
            let members = [
                named("addresses"),
                ("ARN", text(&arn)),
                ("IPAddressVersion", text("IPV4")),
                ("Addresses", Json::texts(["203.0.113.0/24"])),
            ];
            sort.wrapped(&arn, Json::object(members))
        }
        Sort::PublicKey => {
            let id = format!("KEDGEWALK{number:05}");
            let members = [named("my-key"), ("EncodedKey", text(""))];
            sort.wrapped(&id, Json::object(members))
        }
        Sort::KeyGroup => {
            let keys = of_sort(draft, Sort::PublicKey).map(|(_, _, id)| text(id)).take(5).collect();
            let members = [named("my-key-group"), ("Items", Json::List(keys))];
            sort.wrapped(&uuid(number), Json::object(members))
        }
        Sort::AccessControl => {
            let id = format!("EDGEWALKOAC{number:03}");
            let members = [
                named("my-access-control"),
                ("SigningProtocol", text("sigv4")),
                ("SigningBehavior", text("always")),
                ("OriginAccessControlOriginType", text("s3")),
            ];
            sort.wrapped(&id, Json::object(members))
        }
        Sort::Certificate => {
            let arn = format!(
                "arn:aws:acm:us-east-1:{ACCOUNT}:certificate/e0000000-0000-4000-8000-{number:012}"
            );
            let aliases = Path::default().member("Aliases").member("Items");
            let covered = draft.at(&aliases).cloned().unwrap_or(Json::List(Vec::new()));
            let first = covered.items().first().cloned();
            let members = [
                ("CertificateArn", text(&arn)),
                ("DomainName", first.unwrap_or_else(|| text("www.example.com"))),
                ("SubjectAlternativeNames", covered),
                ("KeyAlgorithm", text("RSA_2048")),
            ];
            sort.wrapped(&arn, Json::object(members))
        }
        Sort::DeploymentPolicy | Sort::Staging => return None,
        Sort::BucketPolicy => {
            let bucket = free_bucket(draft).unwrap_or_else(|| "my-bucket".to_owned());
            sort.wrapped(&bucket, for_distribution(draft, &bucket))
        }
    })
}

/// The id of a policy or a key group.
fn uuid(number: usize) -> String {
    format!("e0000000-0000-4000-8000-{number:012}")
}

/// A number that stands in no id and at the end of no name.
fn free_number(draft: &Draft, sort: Sort) -> usize {
    let documents = draft.documents();
    let is_taken = |number: usize| {
        let (digits, suffix) = (format!("{number:03}"), format!("-{number}"));
        documents.iter().any(|document| {
            let id = id_of(document).unwrap_or_default();
            let is_named = name_of(document).is_some_and(|name| name.ends_with(&suffix));
            let is_of_sort = Sort::of(document) == Some(sort);
            id == uuid(number) || is_of_sort && (is_named || id.ends_with(&digits))
        })
    };
    // Each document takes two numbers at most.
    (1..=2 * documents.len() + 1).find(|number| !is_taken(*number)).unwrap_or_default()
}

fn waf_arn(sort: &str, name: &str, number: usize) -> String {
    format!(
        "arn:aws:wafv2:us-east-1:{ACCOUNT}:global/{sort}/{name}-{number}/e0000000-0000-4000-8000-{number:012}"
    )
}

/// The first bucket among the origins that has no policy yet.
fn free_bucket(draft: &Draft) -> Option<String> {
    let count = item::count(draft, &item::origins());
    let names = (0..count).filter_map(|place| {
        let domain = draft.at(&item::origins().item(place).member("DomainName"))?.as_text()?;
        let is_bucket = domain::classify(domain).is_ok_and(|it| it.kind == OriginKind::S3Bucket);
        domain::bucket_in(domain).filter(|_| is_bucket).map(String::from)
    });
    let has_policy = |name: &String| {
        of_sort(draft, Sort::BucketPolicy).any(|(_, bucket, _)| bucket == name.as_str())
    };
    names.into_iter().find(|name| !has_policy(name))
}
