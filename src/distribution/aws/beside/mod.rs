//! What a configuration leaves to its surroundings: the managed policies, own ones and other documents given as the AWS CLI
//! prints them, and where origins stand whose name does not tell.

mod sort;

use std::sync::OnceLock;

use super::access_control::{AccessControl, access_control};
use super::bucket_policy::bucket_policy;
use super::cache_policy::cache_policy;
use super::certificate::described;
use super::continuous_deployment;
use super::key_groups::{key_group, public_key};
use super::origin_request_policy::origin_request_policy;
use super::reader::{Node, Reader};
use super::ready_made::ready_made;
use super::real_time_log::real_time_log;
use super::response_headers::response_headers_policy;
use super::{AwsError, ErrorCode, MOST_VALUES, web_acl};
use crate::distribution::{
    AddressRange, BucketPolicy, CachePolicy, CertificateContent, DeploymentPolicy, KeyGroup,
    OriginRequestPolicy, PublicKey, ReadyMade, RealTimeLog, ResponseHeadersPolicy, managed,
};
use crate::json::Json;
pub use sort::Sort;
use sort::{Unwrapped, unwrapped};

/// How paths into the documents beside a configuration begin, as in `Beside[0].WebACL.Name`.
pub const BESIDE: &str = "Beside";

/// What is given beside a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The code of the Region where origins stand whose name tells none, as in `us-east-1`.
    pub default_region: String,
    /// The same for one origin: its id and its Region.
    pub regions: Vec<(String, String)>,
    /// What was added, each in a form that [`Beside::add`] takes without an id.
    documents: Vec<Json>,
    /// What was read of each of them.
    given: ReadLate,
}

/// What was read of each document, in their order; none of one that cannot be read, as only those may be that were written here.
/// It is read once somebody asks: most of what is written here nobody ever looks up, and the page does without the reader.
#[derive(Clone, Debug, Default)]
struct ReadLate(OnceLock<Vec<Option<Given>>>);

/// The documents say it all.
impl PartialEq for ReadLate {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ReadLate {}

/// What was read of a document, and what the configuration calls it by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Given {
    id: String,
    says: Says,
}

impl Given {
    /// Whether both are of one sort and called the same.
    fn is_like(&self, other: &Self) -> bool {
        let sort = |it: &Self| std::mem::discriminant(&it.says);
        self.id == other.id && sort(self) == sort(other)
    }
}

/// What was read of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    Cache(CachePolicy),
    OriginRequest(OriginRequestPolicy),
    ResponseHeaders(ResponseHeadersPolicy),
    AccessControl(AccessControl),
    BucketPolicy(BucketPolicy),
    EdgeFunction(ReadyMade),
    PublicKey(PublicKey),
    KeyGroup(Vec<String>),
    /// As it came: its address sets may be given after it.
    WebAcl(Json),
    IpSet(Vec<AddressRange>),
    RealTimeLog(RealTimeLog),
    Certificate(CertificateContent),
    DeploymentPolicy(DeploymentPolicy),
    /// As it came: the policies and functions that it names may be given after it.
    Staging,
}

/// Looks a sort of document up by its id.
macro_rules! find {
    ($beside:expr, $id:expr, $sort:ident) => {
        $beside.given().iter().flatten().find_map(|given| match &given.says {
            Says::$sort(found) if given.id == $id => Some(found),
            _ => None,
        })
    };
}

impl Beside {
    /// The managed policies alone.
    pub fn managed(default_region: String) -> Self {
        Self::in_regions(default_region, Vec::new())
    }

    fn in_regions(default_region: String, regions: Vec<(String, String)>) -> Self {
        Self { default_region, regions, documents: Vec::new(), given: ReadLate::default() }
    }

    /// What is read of each document.
    fn given(&self) -> &[Option<Given>] {
        let read = |document: &Json| understood(document, None).map(|(given, _)| given).ok();
        self.given.0.get_or_init(|| self.documents.iter().map(read).collect())
    }

    /// Adds a document that was written here, in the wrapper of its sort. One that AWS would not take is only named: whoever reads
    /// the configuration will miss it.
    pub(super) fn give(&mut self, document: Json) {
        // Several behaviors may ask for one.
        self.documents.retain(|known| *known != document);
        self.documents.push(document);
        self.given = ReadLate::default();
    }

    /// The same Regions, with these documents and no others. What is wrong with one stands at `Beside[PLACE]`, its place
    /// among them, so that an editor finds it.
    pub fn holding(&self, documents: &[Json]) -> (Self, Vec<AwsError>) {
        let mut beside = Self::in_regions(self.default_region.clone(), self.regions.clone());
        let mut errors = Vec::new();
        for (place, document) in documents.iter().enumerate() {
            let count = beside.documents.len();
            match beside.add_document(document, None) {
                Err(found) => {
                    errors.extend(found.into_iter().map(|error| error.beside(place, document)));
                }
                // Another of this sort had its id, and has given way.
                Ok(()) if beside.documents.len() == count => {
                    let mut reader = Reader::default();
                    let rule = "another document of this sort is called the same";
                    let here = Node::new(&format!("{BESIDE}[{place}]"), document);
                    reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
                    errors.append(&mut reader.errors);
                }
                Ok(()) => {}
            }
        }
        (beside, errors)
    }

    /// What was added, in its order, each in a form that [`Beside::add`] takes without an id.
    pub fn documents(&self) -> &[Json] {
        &self.documents
    }

    /// Where an origin stands, if that was said.
    pub(super) fn region_of(&self, origin_id: &str) -> Option<&str> {
        let told = self.regions.iter().find(|(id, _)| id == origin_id);
        told.map(|(_, region)| region.as_str())
    }

    /// Adds a document, as the AWS CLI prints it: an own policy (`get-cache-policy` and its sisters: `{"CachePolicy":
    /// {"Id": .., "CachePolicyConfig": {..}}}`), with the configuration alone (`{"CachePolicyConfig": {..}}`), or bare; an
    /// origin access control (`get-origin-access-control`) likewise; the policy of a bucket (`aws s3api get-bucket-policy`)
    /// as it is printed, or bare; what a function at the edge does (`{"EdgeFunction": {"ARN": .., "Does": ..}}`);
    /// a public key and a key group (`get-public-key`, `get-key-group`); a web ACL and an address set (`aws wafv2 get-web-acl`,
    /// `get-ip-set`); a configuration of the real-time log (`get-realtime-log-config`); a certificate (`aws acm describe-certificate`);
    /// a continuous deployment policy and a staging distribution (`get-continuous-deployment-policy`, `get-distribution`). `id` is what the configuration calls it by, where the text itself does not say. Of two
    /// of a sort with one id the later counts.
    pub fn add(&mut self, json: &str, id: Option<&str>) -> Result<(), Vec<AwsError>> {
        let json = Json::parse_at_most(json, MOST_VALUES).map_err(|error| vec![error.into()])?;
        self.add_document(&json, id)
    }

    /// The same of JSON that was read already. Of two of a sort with one id the later stays.
    pub fn add_document(&mut self, json: &Json, id: Option<&str>) -> Result<(), Vec<AwsError>> {
        let (given, document) = understood(json, id)?;
        let is_same = |known: &Option<Given>| known.as_ref().is_some_and(|it| it.is_like(&given));
        let before = self.given().iter().position(is_same);
        let all = self.given.0.get_mut().expect("it was just read");
        if let Some(place) = before {
            all.remove(place);
            self.documents.remove(place);
        }
        all.push(Some(given));
        self.documents.push(document);
        Ok(())
    }

    /// The cache policy with this id.
    pub fn cache_policy(&self, id: &str) -> Option<CachePolicy> {
        managed::cache_policy(id).or_else(|| find!(self, id, Cache).cloned())
    }

    /// The origin request policy with this id.
    pub fn origin_request_policy(&self, id: &str) -> Option<OriginRequestPolicy> {
        managed::origin_request_policy(id).or_else(|| find!(self, id, OriginRequest).cloned())
    }

    /// The response headers policy with this id.
    pub fn response_headers_policy(&self, id: &str) -> Option<ResponseHeadersPolicy> {
        managed::response_headers_policy(id).or_else(|| find!(self, id, ResponseHeaders).cloned())
    }

    /// The origin access control with this id.
    pub(super) fn access_control(&self, id: &str) -> Option<AccessControl> {
        find!(self, id, AccessControl).copied()
    }

    /// The policy of the bucket with this name.
    pub(super) fn bucket_policy(&self, bucket: &str) -> Option<BucketPolicy> {
        find!(self, bucket, BucketPolicy).cloned()
    }

    /// The keys of the group with this id, if it is given, and the ids of those that are not.
    pub(super) fn key_group(&self, id: &str) -> Option<(KeyGroup, Vec<&str>)> {
        let (mut keys, mut missing) = (Vec::new(), Vec::new());
        for key in find!(self, id, KeyGroup)? {
            match find!(self, *key, PublicKey) {
                Some(found) => keys.push((key.clone(), found.clone())),
                None => missing.push(key.as_str()),
            }
        }
        Some((KeyGroup { id: id.to_owned(), keys }, missing))
    }

    /// The web ACL with this ARN, as it came.
    pub(super) fn web_acl(&self, arn: &str) -> Option<&Json> {
        find!(self, arn, WebAcl)
    }

    /// All address sets, as they came.
    pub(super) fn address_sets(&self) -> impl Iterator<Item = &Json> {
        let is_set = |document: &&Json| document.member(Sort::IpSet.name()).is_some();
        self.documents.iter().filter(is_set)
    }

    /// The addresses of the set with this ARN.
    pub(super) fn addresses(&self, arn: &str) -> Option<Vec<AddressRange>> {
        find!(self, arn, IpSet).cloned()
    }

    /// The real-time log with this ARN.
    pub fn real_time_log(&self, arn: &str) -> Option<&RealTimeLog> {
        find!(self, arn, RealTimeLog)
    }

    /// All of them, each with its ARN.
    pub fn real_time_logs(&self) -> impl Iterator<Item = (&str, &RealTimeLog)> {
        self.given().iter().flatten().filter_map(|given| match &given.says {
            Says::RealTimeLog(log) => Some((given.id.as_str(), log)),
            _ => None,
        })
    }

    /// What the certificate with this ARN says.
    pub(super) fn certificate(&self, arn: &str) -> Option<CertificateContent> {
        find!(self, arn, Certificate).cloned()
    }

    /// The continuous deployment policy with this id.
    pub fn deployment_policy(&self, id: &str) -> Option<&DeploymentPolicy> {
        find!(self, id, DeploymentPolicy)
    }

    /// The staging distribution with this name, as it came, and its place among the documents.
    pub fn staging(&self, name: &str) -> Option<(usize, &Json)> {
        let is_it = |given: &Option<Given>| {
            given.as_ref().is_some_and(|it| it.says == Says::Staging && it.id == name)
        };
        let place = self.given().iter().position(is_it)?;
        Some((place, self.documents[place].member(Sort::Staging.name())?))
    }

    /// What the function with this ARN does.
    pub(super) fn function(&self, arn: &str) -> Option<ReadyMade> {
        find!(self, arn, EdgeFunction).cloned()
    }
}

/// What a document says, with what the configuration calls it by, and the document in the wrapper of its sort.
fn understood(json: &Json, id: Option<&str>) -> Result<(Given, Json), Vec<AwsError>> {
    let mut reader = Reader::default();
    let Some(Unwrapped { sort, id: own_id, config }) = unwrapped(json) else {
        let rule = "this must be a cache, origin request or response headers policy, or another document that goes with a distribution, as the AWS CLI prints it";
        let here = Node::new("CachePolicy", json);
        reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
        return Err(reader.errors);
    };
    let node = Node::new(&sort.place(), config);
    let (told, says) = read(&mut reader, sort, &node);
    if reader.errors.is_empty()
        && let Some(id) = told.as_deref().or(own_id).or(id)
    {
        let id = id.to_owned();
        // The CLI prints the policy of a bucket as a text in a text.
        let inner = config.as_text().filter(|_| sort == Sort::BucketPolicy);
        let inner = inner.and_then(|text| Json::parse_at_most(text, MOST_VALUES).ok());
        let document = sort.wrapped(&id, inner.unwrap_or_else(|| config.clone()));
        return Ok((Given { id, says }, document));
    }
    if reader.errors.is_empty() {
        let rule = "this needs the id by which the configuration calls it";
        let here = Node::new(sort.name(), json).member("Id");
        reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
    }
    Err(reader.errors)
}

/// What a document says, and what the configuration calls it by, where that stands in the very contents.
fn read(reader: &mut Reader, sort: Sort, node: &Node) -> (Option<String>, Says) {
    match sort {
        Sort::Cache => (None, Says::Cache(cache_policy(reader, node))),
        Sort::OriginRequest => (None, Says::OriginRequest(origin_request_policy(reader, node))),
        Sort::ResponseHeaders => {
            (None, Says::ResponseHeaders(response_headers_policy(reader, node)))
        }
        Sort::AccessControl => (None, Says::AccessControl(access_control(reader, node))),
        Sort::BucketPolicy => {
            let (bucket, policy) = bucket_policy(reader, node);
            (bucket, Says::BucketPolicy(policy))
        }
        Sort::EdgeFunction => {
            let (arn, does) = ready_made(reader, node);
            (arn, Says::EdgeFunction(does))
        }
        Sort::PublicKey => (None, Says::PublicKey(public_key(reader, node))),
        Sort::KeyGroup => (None, Says::KeyGroup(key_group(reader, node))),
        Sort::WebAcl => {
            let arn = web_acl::arn_of(reader, node);
            // What is wrong with it is found now, whatever is given besides.
            web_acl::web_acl(reader, node, &Beside::managed(String::new()));
            (arn, Says::WebAcl(node.json().cloned().unwrap_or(Json::Null)))
        }
        Sort::IpSet => {
            let arn = web_acl::arn_of(reader, node);
            (arn, Says::IpSet(web_acl::addresses(reader, node)))
        }
        Sort::RealTimeLog => {
            let (arn, log) = real_time_log(reader, node);
            (arn, Says::RealTimeLog(log))
        }
        Sort::DeploymentPolicy => {
            (None, Says::DeploymentPolicy(continuous_deployment::policy(reader, node)))
        }
        Sort::Staging => (continuous_deployment::named(reader, node), Says::Staging),
        Sort::Certificate => {
            let (arn, content) = described(reader, node);
            (arn, Says::Certificate(content))
        }
    }
}
