//! What a configuration names and nobody has given: what stands in its place, and a document of one's own to be put there.

use super::beside::{documents, id_of, label};
use super::example;
use super::item::Item;
use crate::distribution::aws::{Assumed, Sort, StandIn};
use crate::distribution::{Configuration, Draft, Function};
use crate::json::{Json, NoSuchPlace, Path};

/// One thing that is only named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingRow {
    /// Of which sort its document would be.
    pub sort: Sort,
    /// What that is called.
    pub label: &'static str,
    /// What the configuration calls it by.
    pub id: String,
    /// The part of that by which people know it.
    pub name: String,
    /// What stands in, with the row of the reference that says so.
    pub says: String,
}

impl MissingRow {
    /// All that a configuration names and a draft of it has not, each once.
    pub fn all(configuration: &Configuration, draft: &Draft) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        let is_known =
            |id: &str| draft.documents().iter().filter_map(id_of).any(|known| known == id);
        for row in configuration.assumed().iter().filter_map(|gap| Self::of(gap, configuration)) {
            if !is_known(&row.id) && !rows.iter().any(|it| it.id == row.id) {
                rows.push(row);
            }
        }
        rows
    }

    fn of(gap: &Assumed, configuration: &Configuration) -> Option<Self> {
        let path: Path = gap.path.parse().ok()?;
        let at = configuration.document().at(&path).and_then(Json::as_text);
        let told = gap.given.trim_matches('"');
        let sort = match gap.stand_in {
            StandIn::CachingOptimized => Sort::Cache,
            StandIn::NoOriginRequestPolicy => Sort::OriginRequest,
            StandIn::NoResponseHeadersPolicy => Sort::ResponseHeaders,
            StandIn::SignsAlways => Sort::AccessControl,
            StandIn::PassesOn => Sort::EdgeFunction,
            // CB-16: the keys of an account are never given.
            StandIn::NoKeys if gap.path.contains("TrustedSigners") => return None,
            StandIn::NoKeys if at == Some(told) => Sort::KeyGroup,
            StandIn::NoKeys => Sort::PublicKey,
            StandIn::PassesAll => Sort::WebAcl,
            StandIn::NoAddresses => Sort::IpSet,
            StandIn::CoversAliases => Sort::Certificate,
            StandIn::NoStaging | StandIn::NoMatch | StandIn::NotTold | StandIn::Region(_) => {
                return None;
            }
        };
        // A message quotes the beginning of what is long; the document has all of it.
        let id = at.filter(|_| sort != Sort::PublicKey).unwrap_or(told).to_owned();
        let name = match sort {
            Sort::EdgeFunction => Function::name_in(&id),
            Sort::WebAcl | Sort::IpSet => id.split('/').nth(2),
            _ => None,
        };
        let name = name.unwrap_or(&id).to_owned();
        let said = gap.to_string();
        let says = said.split_once(": ").map_or(&*said, |(_, says)| says);
        let says = format!("{} ({})", says.replace(&gap.given, &name), gap.stand_in.row());
        Some(Self { sort, label: label(sort), id, name, says })
    }

    /// What prints its document.
    pub const fn command(&self) -> &'static str {
        match self.sort {
            Sort::Cache => "aws cloudfront get-cache-policy",
            Sort::OriginRequest => "aws cloudfront get-origin-request-policy",
            Sort::ResponseHeaders => "aws cloudfront get-response-headers-policy",
            Sort::AccessControl => "aws cloudfront get-origin-access-control",
            Sort::EdgeFunction => "aws cloudfront describe-function",
            Sort::PublicKey => "aws cloudfront get-public-key",
            Sort::KeyGroup => "aws cloudfront get-key-group",
            Sort::WebAcl => "aws wafv2 get-web-acl",
            Sort::IpSet => "aws wafv2 get-ip-set",
            Sort::RealTimeLog => "aws cloudfront get-realtime-log-config",
            Sort::Certificate => "aws acm describe-certificate",
            Sort::BucketPolicy => "aws s3api get-bucket-policy",
            Sort::DeploymentPolicy => "aws cloudfront get-continuous-deployment-policy",
            Sort::Staging => "aws cloudfront get-distribution",
        }
    }
}

impl Item {
    /// Adds a document that is called by this, with values that work, and says which it is; one that is there stays.
    pub fn new_called(draft: &mut Draft, sort: Sort, id: &str) -> Result<Self, NoSuchPlace> {
        let is_it = |it: &Json| Sort::of(it) == Some(sort) && id_of(it) == Some(id);
        if let Some(place) = draft.documents().iter().position(is_it) {
            return Ok(Self::Beside(sort, place));
        }
        let Some(mut document) = example::of(draft, sort) else {
            return Self::new_beside(draft, sort);
        };
        let whole = Path::default().member(sort.name());
        let names = ["ARN", "CertificateArn", "Id"].map(|name| whole.member(name));
        if let Some(place) = names.iter().find(|place| document.at(place).is_some()) {
            document.set(place, Json::text(id))?;
        }
        let place = draft.documents().len();
        draft.insert(&documents().item(place), document)?;
        Ok(Self::Beside(sort, place))
    }
}

/// The ARN of a function of which `aws cloudfront describe-function` tells all but its code (IM-11).
pub(super) fn described_function(json: &Json) -> Option<&str> {
    let summary = json.member("FunctionSummary")?;
    summary.member("FunctionMetadata")?.member("FunctionARN")?.as_text()
}
