//! The forms in which a configuration comes (WR-01 to WR-06, and a template of CloudFormation).

use super::reader::{Node, Reader};
use super::{Assumed, AwsError, ErrorCode, StandIn, cloudformation, ids};
use crate::distribution::domain::is_host_name;
use crate::json::Json;

/// A configuration without its wrapper, and what that said of it.
#[derive(Debug)]
pub(in crate::distribution) struct Unwrapped {
    /// The bare `DistributionConfig`.
    pub(in crate::distribution) document: Json,
    /// The distribution's own name, in the forms that tell it (WR-02, WR-05).
    pub(in crate::distribution) domain: Option<String>,
    /// Its id, in the same forms.
    pub(in crate::distribution) id: Option<String>,
    /// What an update has to give back (WR-01, WR-02, DST-05).
    pub(in crate::distribution) etag: Option<String>,
    /// Where it stands in a file that has it in CloudFormation's form.
    pub(in crate::distribution) template: Option<String>,
    /// Where it stands in a list of summaries, which tell less than a configuration (WR-05).
    pub(in crate::distribution) summary: Option<String>,
    /// Other distributions that the text holds, as `DistributionList.Items[1]`.
    pub(in crate::distribution) others: Vec<String>,
}

/// One of the distributions that a text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id, as in `EDFDVBD632BHDS5`; of a template the name of the resource.
    pub id: String,
    /// Its name, as in `d111111abcdef8.cloudfront.net`, if the text tells it.
    pub domain: Option<String>,
    /// Its description.
    pub comment: String,
}

/// Members that a summary has beside those of a configuration (WR-05).
const SUMMARY: [&str; 7] =
    ["Id", "ARN", "ETag", "Status", "LastModifiedTime", "DomainName", "AliasICPRecordals"];

/// What a summary lacks of a configuration and the simulator knows (WR-05, IM-22).
const NOT_TOLD: &str = "DefaultRootObject, Logging and ContinuousDeploymentPolicyId";

impl Unwrapped {
    /// What is assumed since the form of the file does not tell it.
    pub(in crate::distribution) fn assumed(&self) -> Option<Assumed> {
        let path = self.summary.clone()?;
        Some(Assumed { path, given: NOT_TOLD.to_owned(), stand_in: StandIn::NotTold })
    }
}

/// Which distributions a text of several holds (WR-05, and a template), in their order; empty for the other forms.
pub fn listed(json: &Json) -> Vec<Listed> {
    let text =
        |json: &Json, name: &str| json.member(name).and_then(Json::as_text).map(String::from);
    let summary = |item: &Json| Listed {
        id: text(item, "Id").unwrap_or_default(),
        domain: domain(item),
        comment: text(item, "Comment").unwrap_or_default(),
    };
    let resource = |(name, config): (&str, &Json)| Listed {
        id: name.to_owned(),
        domain: None,
        comment: text(config, "Comment").unwrap_or_default(),
    };
    match json.member("DistributionList") {
        Some(list) => {
            list.member("Items").map_or(&[][..], Json::items).iter().map(summary).collect()
        }
        None => cloudformation::distributions(json).into_iter().map(resource).collect(),
    }
}

/// Takes the configuration out of its wrapper: of several the one at `which` (WR-05).
pub(in crate::distribution) fn unwrapped(
    json: Json,
    which: usize,
) -> Result<Unwrapped, Vec<AwsError>> {
    let etag = json.member("ETag").and_then(Json::as_text).map(String::from);
    let plain = |document: Option<Json>| document.map(Found::bare);
    let found = if json.member("Distribution").is_some() {
        let distribution = taken(json, "Distribution").unwrap_or(Json::Null);
        let named = Named::of(&distribution);
        let config = taken(distribution, "DistributionConfig"); // WR-02
        config.map(|document| Found { named, ..Found::bare(document) })
    } else if json.member("DistributionConfigWithTags").is_some() {
        let with_tags = taken(json, "DistributionConfigWithTags");
        plain(with_tags.and_then(|with_tags| taken(with_tags, "DistributionConfig"))) // WR-04
    } else if json.member("DistributionList").is_some() {
        summary(json, which)?
    } else if cloudformation::is_template(&json) {
        let cloudformation::Chosen { config, place, others } = cloudformation::read(&json, which)?;
        Some(Found { place, others, ..Found::bare(config) })
    } else if json.member("DistributionConfig").is_some() {
        plain(taken(json, "DistributionConfig")) // WR-01, WR-03
    } else {
        let is_bare =
            json.member("Origins").is_some() || json.member("DefaultCacheBehavior").is_some();
        plain(is_bare.then_some(json)) // WR-06
    };
    let found = found.filter(|found| matches!(found.document, Json::Object(_)));
    let Some(Found { document, named, place, summary, others }) = found else {
        let rule = "this must be a DistributionConfig, bare or as the commands of the AWS CLI print it, or a template of CloudFormation";
        return Err(vec![AwsError::Refused {
            path: "DistributionConfig".into(),
            given: "something else".into(),
            code: ErrorCode::InvalidArgument,
            row: "WR-06",
            rule: rule.into(),
        }]);
    };
    let of_file = |error: AwsError| error.in_template(&place);
    let (document, is_template) = cloudformation::converted(document, &place)
        .map_err(|errors| errors.into_iter().map(of_file).collect::<Vec<_>>())?;
    let template = is_template.then_some(place);
    Ok(Unwrapped { document, domain: named.domain, id: named.id, etag, template, summary, others })
}

/// What was found in a wrapper.
struct Found {
    document: Json,
    named: Named,
    /// Where it stands in a template; empty for what stands alone.
    place: String,
    summary: Option<String>,
    others: Vec<String>,
}

impl Found {
    /// A document of which nothing else is told.
    fn bare(document: Json) -> Self {
        let (named, place, others) = (Named::default(), String::new(), Vec::new());
        Self { document, named, place, summary: None, others }
    }
}

/// What a wrapper tells of a distribution.
#[derive(Default)]
struct Named {
    domain: Option<String>,
    id: Option<String>,
}

impl Named {
    fn of(json: &Json) -> Self {
        let id = json.member("Id").and_then(Json::as_text).filter(|id| ids::is_upper(id));
        Self { domain: domain(json), id: id.map(String::from) }
    }
}

/// One of a list of summaries, without what a summary has besides (WR-05).
fn summary(json: Json, which: usize) -> Result<Option<Found>, Vec<AwsError>> {
    let list = taken(json, "DistributionList").unwrap_or(Json::Null);
    let mut reader = Reader::default();
    let count = reader.list(&Node::new("DistributionList", &list), None).len();
    if !reader.errors.is_empty() {
        return Err(reader.errors);
    }
    let Some(Json::List(mut items)) = taken(list, "Items").filter(|_| which < count) else {
        return Ok(None);
    };
    let mut item = items.swap_remove(which);
    let named = Named::of(&item);
    if let Json::Object(members) = &mut item {
        members.retain(|(name, _)| !SUMMARY.contains(&name.as_str()));
    }
    let place = |item: usize| format!("DistributionList.Items[{item}]");
    let others = (0..count).filter(|other| *other != which).map(place).collect();
    Ok(Some(Found { named, summary: Some(place(which)), others, ..Found::bare(item) }))
}

/// The name of a distribution that its wrapper tells.
fn domain(json: &Json) -> Option<String> {
    let domain = json.member("DomainName")?.as_text()?;
    is_host_name(domain).then(|| domain.to_owned())
}

/// A member, without the rest.
pub(super) fn taken(json: Json, name: &str) -> Option<Json> {
    let Json::Object(mut members) = json else { return None };
    let place = members.iter().rposition(|(known, _)| known == name)?;
    Some(members.swap_remove(place).1)
}
