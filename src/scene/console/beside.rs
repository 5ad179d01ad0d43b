//! What stands beside a configuration: own policies, functions, and what guards the way in. Each is a document as AWS's CLI
//! prints it.

use super::item::{self, Item};
use super::{Setting, example, missing, overview, staging};
use crate::distribution::aws::{BESIDE, Sort};
use crate::distribution::{AwsError, Beside, Draft, Function};
use crate::json::{Json, NoSuchPlace, Path};
use crate::scene::units;

/// The account of AWS's own examples.
pub(super) const ACCOUNT: &str = "123456789012";

/// A document at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BesideRow {
    /// Which.
    pub item: Item,
    /// What sort of document it is.
    pub sort: Sort,
    /// What that is called.
    pub label: &'static str,
    /// What it is called.
    pub name: String,
    /// What it says, in a few words.
    pub says: String,
    /// Who names it, as in `Default (*), /api/*`.
    pub used_by: String,
    /// How many things are wrong with it.
    pub faults: usize,
}

/// The list of documents.
pub(super) fn documents() -> Path {
    Path::default().member(BESIDE)
}

/// All documents of a sort: each with its place, its name and what the configuration calls it by.
pub(super) fn of_sort(draft: &Draft, sort: Sort) -> impl Iterator<Item = (Item, &str, &str)> {
    let documents = draft.documents().iter().enumerate();
    documents.filter(move |(_, document)| Sort::of(document) == Some(sort)).map(
        move |(place, document)| {
            let id = id_of(document).unwrap_or_default();
            (Item::Beside(sort, place), name_of(document).unwrap_or(id), id)
        },
    )
}

/// What a configuration calls a document by.
pub(super) fn id_of(document: &Json) -> Option<&str> {
    let sort = Sort::of(document)?;
    let whole = document.member(sort.name())?;
    if sort == Sort::BucketPolicy {
        return bucket_of(whole);
    }
    if sort == Sort::Staging {
        return whole.member("DomainName").and_then(Json::as_text);
    }
    let arn = whole.member("ARN").or_else(|| whole.member("CertificateArn"));
    arn.or_else(|| whole.member("Id")).and_then(Json::as_text)
}

/// What a document calls itself: its name, or of a function and a bucket what the ARN ends with.
pub(super) fn name_of(document: &Json) -> Option<&str> {
    let sort = Sort::of(document)?;
    let config = document.at(&sort.within())?;
    match sort {
        Sort::EdgeFunction => Function::name_in(config.member("ARN")?.as_text()?),
        Sort::BucketPolicy => bucket_of(config),
        Sort::Certificate => config.member("DomainName")?.as_text(),
        Sort::Staging => document.member(sort.name())?.member("DomainName")?.as_text(),
        Sort::DeploymentPolicy => Some("Policy"),
        _ => config.member("Name")?.as_text(),
    }
}

/// The ARN of a function of this name, of one runtime or the other.
pub(super) fn function_arn(name: &str, is_lambda: bool) -> String {
    if is_lambda {
        format!("arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}:1")
    } else {
        format!("arn:aws:cloudfront::{ACCOUNT}:function/{name}")
    }
}

/// Whether an ARN is one of Lambda's.
pub(super) fn is_lambda(arn: &str) -> bool {
    arn.starts_with("arn:aws:lambda:")
}

fn bucket_of(policy: &Json) -> Option<&str> {
    let resource = policy.member("Statement")?.items().first()?.member("Resource")?;
    let resource = resource.as_text().or_else(|| resource.items().first()?.as_text())?;
    resource.strip_prefix("arn:aws:s3:::")?.split('/').next()
}

impl Item {
    /// Adds a document of a sort, with values that work, and says which it is.
    pub fn new_beside(draft: &mut Draft, sort: Sort) -> Result<Self, NoSuchPlace> {
        let place = draft.documents().len();
        let Some(document) = example::of(draft, sort) else {
            draft.stage()?; // CD-18: a staging distribution and its policy come together
            let made = of_sort(draft, sort).next().map(|(item, ..)| item);
            return Ok(made.unwrap_or(Self::General));
        };
        draft.insert(&documents().item(place), document)?;
        Ok(Self::Beside(sort, place))
    }

    /// Takes a document in as the AWS CLI prints it, in its wrapper, and says which it is then. Of two of a sort with one id
    /// the later stays. What describes a function leaves open what it does: a ready-made one stands for it until another is
    /// chosen (IM-11). None where the text is no such document.
    pub fn given(draft: &mut Draft, json: &Json) -> Option<Result<Self, Vec<AwsError>>> {
        if let Some(arn) = missing::described_function(json) {
            return Self::new_called(draft, Sort::EdgeFunction, arn).ok().map(Ok);
        }
        let sort = Sort::of(json)?;
        // DS-18: any other distribution is one of its own.
        let says_so = json.at(&sort.within().member("Staging")) == Some(&Json::Flag(true));
        if sort == Sort::Staging && !says_so {
            return None;
        }
        let mut alone = Beside::managed(String::new());
        if let Err(errors) = alone.add_document(json, None) {
            return Some(Err(errors));
        }
        let document = alone.documents().first()?;
        let id = id_of(document)?;
        let mut all = draft.documents().iter();
        let known = all.position(|it| Sort::of(it) == Some(sort) && id_of(it) == Some(id));
        let place = known.unwrap_or(draft.documents().len());
        let at = documents().item(place);
        if known.is_some() {
            draft.set(&at, document.clone()).ok()?;
        } else {
            draft.insert(&at, document.clone()).ok()?;
        }
        Some(Ok(Self::Beside(sort, place)))
    }
}

/// Who names a document, by the names that a table has for them.
pub(super) fn used_by(draft: &Draft, document: &Json) -> String {
    let Some(id) = id_of(document) else { return String::new() };
    let is_it = |text: &str| is_id(document, id, text);
    let at = |item: Item| names_id(draft, item, document);
    let mut users = Vec::new();
    let name = |path: Path| draft.at(&path).and_then(Json::as_text).unwrap_or_default().to_owned();
    for place in 0..item::count(draft, &item::behaviors()) {
        let item = Item::Behavior(place);
        users.extend(at(item).then(|| name(item.path().member("PathPattern"))));
    }
    users.extend(at(Item::Default).then(|| "Default (*)".to_owned()));
    for place in 0..item::count(draft, &item::origins()) {
        let item = Item::Origin(place);
        users.extend(at(item).then(|| name(item.path().member("Id"))));
    }
    // Of two distributions it is the primary that names a policy.
    let is_attached = || draft.policy_path().is_some();
    if Sort::of(document) == Some(Sort::DeploymentPolicy) && is_attached() {
        return "the primary".to_owned();
    }
    let whole = ["WebACLId", "ViewerCertificate"].map(|name| Path::default().member(name));
    let is_whole = whole.iter().any(|path| draft.at(path).is_some_and(|json| names(json, &is_it)));
    users.extend(is_whole.then(|| "the distribution".to_owned()));
    let others = draft.documents().iter().filter(|other| *other != document);
    users
        .extend(others.filter(|other| names(other, &is_it)).filter_map(name_of).map(str::to_owned));
    users.join(", ")
}

/// Whether an item of the configuration names a document.
pub(super) fn names_id(draft: &Draft, item: Item, document: &Json) -> bool {
    let Some(id) = id_of(document) else { return false };
    draft.at(&item.path()).is_some_and(|json| names(json, &|text| is_id(document, id, text)))
}

/// Whether a text is what a document is called by; of a bucket's policy, whether it is the bucket's domain.
fn is_id(document: &Json, id: &str, text: &str) -> bool {
    match Sort::of(document) {
        Some(Sort::BucketPolicy) => {
            text.strip_prefix(id).is_some_and(|rest| rest.starts_with(".s3"))
        }
        _ => text == id,
    }
}

/// Whether such a text stands anywhere in a value.
fn names(json: &Json, is_it: &dyn Fn(&str) -> bool) -> bool {
    match json {
        Json::Text(known) => is_it(known),
        Json::List(items) => items.iter().any(|item| names(item, is_it)),
        Json::Object(members) => members.iter().any(|(_, value)| names(value, is_it)),
        _ => false,
    }
}

/// What a sort is called.
pub const fn label(sort: Sort) -> &'static str {
    match sort {
        Sort::Cache => "Cache policy",
        Sort::OriginRequest => "Origin request policy",
        Sort::ResponseHeaders => "Response headers policy",
        Sort::AccessControl => "Origin access control",
        Sort::BucketPolicy => "Bucket policy",
        Sort::EdgeFunction => "Function",
        Sort::PublicKey => "Public key",
        Sort::KeyGroup => "Key group",
        Sort::WebAcl => "Web ACL",
        Sort::IpSet => "Address set",
        Sort::RealTimeLog => "Real-time log",
        Sort::Certificate => "Certificate",
        Sort::DeploymentPolicy => "Continuous deployment policy",
        Sort::Staging => "Staging distribution",
    }
}

/// All documents at a glance.
pub(super) fn rows(draft: &Draft, errors: &[AwsError]) -> Vec<BesideRow> {
    let documents = draft.documents().iter().enumerate();
    let row = |(place, document)| {
        let sort = Sort::of(document)?;
        let item = Item::Beside(sort, place);
        Some(BesideRow {
            item,
            sort,
            label: label(sort),
            name: name_of(document).unwrap_or("without a name").to_owned(),
            says: says(draft, item, sort),
            used_by: used_by(draft, document),
            faults: item.count_faults(errors),
        })
    };
    documents.filter_map(row).collect()
}

/// What a configuration calls the document of an item by.
fn id_at(draft: &Draft, item: Item) -> Option<&str> {
    let Item::Beside(_, place) = item else { return None };
    id_of(draft.documents().get(place)?)
}

/// What a document says, in a few words: what its settings say.
fn says(draft: &Draft, item: Item, sort: Sort) -> String {
    let value = |setting: Setting| overview::shown(setting, draft, &setting.value(item, draft));
    let lines = |setting: Setting| value(setting).lines().collect::<Vec<_>>().join(", ");
    match sort {
        Sort::Cache => {
            let ttls = [Setting::MinTtl, Setting::DefaultTtl, Setting::MaxTtl].map(value);
            let ttls = ttls.map(overview::grouped).join(" / ");
            format!("TTL {ttls}; query: {}", value(Setting::KeyQuery))
        }
        Sort::OriginRequest => {
            let [headers, query] = [Setting::SentHeaders, Setting::SentQuery].map(value);
            format!("headers: {headers}; query: {query}")
        }
        Sort::ResponseHeaders => lines(Setting::AddedHeaders),
        Sort::AccessControl => value(Setting::Signs),
        Sort::DeploymentPolicy => {
            let id = id_at(draft, item).unwrap_or_default();
            draft.beside().deployment_policy(id).map(staging::says).unwrap_or_default()
        }
        Sort::Staging => match staging::differences_of(draft).len() {
            0 => "the same as the primary".to_owned(),
            count => units::count(count, "difference", "differences"),
        },
        Sort::BucketPolicy => String::new(),
        Sort::EdgeFunction => value(Setting::Does),
        // By which a key group names it.
        Sort::PublicKey => id_at(draft, item).unwrap_or_default().to_owned(),
        Sort::KeyGroup => lines(Setting::Keys),
        Sort::WebAcl => {
            let rules = lines(Setting::AclRules);
            let after = if rules.is_empty() { "" } else { "; else " };
            format!("{rules}{after}{}", value(Setting::AclDefault).to_lowercase())
        }
        Sort::IpSet => lines(Setting::Addresses),
        Sort::RealTimeLog => {
            let count = value(Setting::LogFields).lines().count();
            let fields = units::count(count, "field", "fields");
            format!("{fields} of {} % of the requests", value(Setting::Sampling))
        }
        Sort::Certificate => lines(Setting::CertificateNames),
    }
}
