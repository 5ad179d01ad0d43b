//! What stands beside a configuration besides policies: what lets a distribution into its origins and whose signatures it
//! trusts, as the AWS CLI prints both, and what its functions do.

use super::policies::Named;
use crate::distribution::aws::beside::Sort;
use crate::distribution::{
    BucketAction, BucketPolicy, Function, Grant, Origin, Principal, ReadyMade, Signing, TrustedKeys,
};
use crate::json::Json;

/// The account of AWS's own examples.
const ACCOUNT: &str = "123456789012";

impl Named {
    /// Gives an origin access control (OR-22, OR-23) beside the configuration.
    pub(super) fn access_control(&mut self, id: &str, signing: Signing, origin: &Origin) {
        let signing = match signing {
            Signing::Always => "always",
            Signing::Never => "never",
            Signing::NoOverride => "no-override",
            Signing::AlwaysBeside => "always-amz-auth",
        };
        let protocol = if origin.is_multi_region() { "sigv4a" } else { "sigv4" };
        let config = Json::object([
            ("Name", Json::text(id)),
            ("SigningProtocol", Json::text(protocol)),
            ("SigningBehavior", Json::text(signing)),
            (
                "OriginAccessControlOriginType",
                Json::text(origin.kind.signed_service().unwrap_or("s3")),
            ),
        ]);
        self.give(&Sort::AccessControl.wrapped(id, config));
    }

    /// Gives the policy of a bucket beside the configuration.
    pub(super) fn bucket_policy(&mut self, bucket: &str, policy: &BucketPolicy) {
        let statements = policy.grants.iter().map(|grant| statement(bucket, grant)).collect();
        let policy = Json::object([
            ("Version", Json::text("2012-10-17")),
            ("Statement", Json::List(statements)),
        ]);
        self.give(&Sort::BucketPolicy.wrapped(bucket, policy));
    }

    /// Gives the keys that a behavior trusts beside the configuration: the ids of their groups, or else an account that
    /// signs, of which no key is known (IM-13).
    pub(super) fn trusted(&mut self, trusted: Option<&TrustedKeys>) -> (Vec<Json>, Vec<Json>) {
        let Some(trusted) = trusted else { return Default::default() };
        if trusted.groups.is_empty() {
            return (Vec::new(), vec![Json::text("self")]);
        }
        for group in trusted.groups.iter().filter(|group| !group.keys.is_empty()) {
            for (id, key) in &group.keys {
                let config =
                    Json::object([("Name", Json::text(id)), ("EncodedKey", Json::text(&key.pem))]);
                self.give(&Sort::PublicKey.wrapped(id, config));
            }
            let keys = Json::texts(group.keys.iter().map(|(id, _)| id.as_str()));
            let config = Json::object([("Name", Json::text(&group.id)), ("Items", keys)]);
            self.give(&Sort::KeyGroup.wrapped(&group.id, config));
        }
        (trusted.groups.iter().map(|group| Json::text(&group.id)).collect(), Vec::new())
    }

    /// Says beside the configuration what a function does (IM-11), if anybody knows.
    pub(super) fn function(&mut self, function: &Function) {
        let Some(does) = &function.does else { return };
        let text = |name: &'static str, value: &str| (name, Json::text(value));
        let number = |name: &'static str, value: u16| (name, Json::Whole(i64::from(value)));
        let (word, mut members) = match does {
            ReadyMade::SinglePage { page } => ("SinglePage", vec![text("Page", page)]),
            ReadyMade::StripPrefix { prefix } => ("StripPrefix", vec![text("Prefix", prefix)]),
            ReadyMade::SortQuery => ("SortQuery", vec![]),
            ReadyMade::Redirect { from, to, status } => {
                let from = text("From", from.as_str());
                ("Redirect", vec![from, text("To", to), number("Status", *status)])
            }
            ReadyMade::BasicAuth { credentials } => {
                ("BasicAuth", vec![text("Credentials", credentials)])
            }
            ReadyMade::SetField { name, value } => {
                ("SetField", vec![text("Name", name), text("Value", value)])
            }
            ReadyMade::SplitTest { cookie, percent } => {
                let percent = number("Percent", u16::from(*percent));
                ("SplitTest", vec![text("Cookie", cookie), percent])
            }
            ReadyMade::Throws => ("Throws", vec![]),
        };
        members.splice(0..0, [text("ARN", &function.arn), text("Does", word)]);
        self.give(&Sort::EdgeFunction.wrapped(&function.arn, Json::object(members)));
    }
}

fn statement(bucket: &str, grant: &Grant) -> Json {
    let (principal, distribution) = match &grant.to {
        Principal::Everybody => (Json::text("*"), None),
        Principal::CloudFront { distribution } => {
            let service = ("Service", Json::text("cloudfront.amazonaws.com"));
            (Json::object([service]), distribution.as_ref())
        }
        Principal::Identity(id) => {
            let arn =
                format!("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity {id}");
            (Json::object([("AWS", Json::text(&arn))]), None)
        }
    };
    let (action, below) = match grant.may {
        BucketAction::Read => ("s3:GetObject", "/*"),
        BucketAction::List => ("s3:ListBucket", ""),
        BucketAction::Write => ("s3:PutObject", "/*"),
    };
    let mut members = vec![
        ("Effect", Json::text("Allow")),
        ("Principal", principal),
        ("Action", Json::text(action)),
        ("Resource", Json::text(&format!("arn:aws:s3:::{bucket}{below}"))),
    ];
    if let Some(id) = distribution {
        let arn = format!("arn:aws:cloudfront::{ACCOUNT}:distribution/{id}");
        let source = Json::object([("AWS:SourceArn", Json::text(&arn))]);
        members.push(("Condition", Json::object([("StringEquals", source)])));
    }
    Json::object(members)
}
