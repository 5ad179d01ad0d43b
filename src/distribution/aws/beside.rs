//! What a configuration leaves to its surroundings: the managed policies, own ones given as the API prints them, and where
//! origins stand whose name does not tell.

use super::cache_policy::cache_policy;
use super::keys::{key_group, public_key};
use super::origin_request_policy::origin_request_policy;
use super::reader::{Node, Reader};
use super::response_headers::response_headers_policy;
use super::{AwsError, ErrorCode, MOST_VALUES};
use crate::distribution::{
    CachePolicy, KeyGroup, OriginRequestPolicy, PublicKey, ResponseHeadersPolicy, managed,
};
use crate::json::Json;

/// What is given beside a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The code of the Region where origins stand whose name tells none, as in `us-east-1`.
    pub default_region: String,
    /// The same for one origin: its id and its Region.
    pub regions: Vec<(String, String)>,
    /// What was added, each as `{"CachePolicy": {"Id": .., "CachePolicyConfig": {..}}}`.
    documents: Vec<Json>,
    cache: Vec<(String, CachePolicy)>,
    origin_request: Vec<(String, OriginRequestPolicy)>,
    response_headers: Vec<(String, ResponseHeadersPolicy)>,
    public_keys: Vec<(String, PublicKey)>,
    key_groups: Vec<(String, KeyGroup)>,
}

/// The sorts of document, each printed as `{NAME: {"Id": .., NAMEConfig: {..}}}`.
#[derive(Clone, Copy)]
pub(super) enum Sort {
    Cache,
    OriginRequest,
    ResponseHeaders,
    PublicKey,
    KeyGroup,
}

impl Sort {
    const ALL: [Self; 5] =
        [Self::Cache, Self::OriginRequest, Self::ResponseHeaders, Self::PublicKey, Self::KeyGroup];

    /// What the API calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Cache => "CachePolicy",
            Self::OriginRequest => "OriginRequestPolicy",
            Self::ResponseHeaders => "ResponseHeadersPolicy",
            Self::PublicKey => "PublicKey",
            Self::KeyGroup => "KeyGroup",
        }
    }

    /// A configuration with its id, as `aws cloudfront get-cache-policy` and its sisters print both.
    pub(super) fn wrapped(self, id: &str, config: Json) -> Json {
        let name = format!("{}Config", self.name());
        let policy = Json::object([("Id", Json::text(id)), (&name, config)]);
        Json::object([(self.name(), policy)])
    }

    /// The id in such a document, if it is one of this sort.
    fn id_of(self, document: &Json) -> Option<&str> {
        document.member(self.name())?.member("Id")?.as_text()
    }
}

impl Beside {
    /// The managed policies alone.
    pub const fn managed(default_region: String) -> Self {
        Self {
            default_region,
            regions: Vec::new(),
            documents: Vec::new(),
            cache: Vec::new(),
            origin_request: Vec::new(),
            response_headers: Vec::new(),
            public_keys: Vec::new(),
            key_groups: Vec::new(),
        }
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

    /// Adds an own policy, as `aws cloudfront get-cache-policy` and its sisters print it (`{"CachePolicy": {"Id": ..,
    /// "CachePolicyConfig": {..}}}`), with the configuration alone (`{"CachePolicyConfig": {..}}`), or bare. `id` is
    /// what behaviors call it by, where the text itself does not say. Of two policies with one id the later counts. A public
    /// key (`get-public-key`) and a key group (`get-key-group`) are taken alike (CB-15).
    pub fn add(&mut self, json: &str, id: Option<&str>) -> Result<(), Vec<AwsError>> {
        let json = Json::parse_at_most(json, MOST_VALUES).map_err(|error| vec![error.into()])?;
        self.add_document(&json, id)
    }

    /// The same of JSON that was read already.
    pub fn add_document(&mut self, json: &Json, id: Option<&str>) -> Result<(), Vec<AwsError>> {
        let mut reader = Reader::default();
        let Some((sort, own_id, config)) = unwrapped(json) else {
            let rule = "this must be a cache, origin request or response headers policy, a public key or a key group, as the AWS CLI prints it";
            let here = Node::new("CachePolicy", json);
            reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
            return Err(reader.errors);
        };
        let node = Node::new(&format!("{}Config", sort.name()), config);
        let Some(id) = own_id.or(id).map(String::from) else {
            let rule = "a policy needs the id by which behaviors call it";
            let here = Node::new(sort.name(), json).member("Id");
            reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
            return Err(reader.errors);
        };
        let document = sort.wrapped(&id, config.clone());
        match sort {
            Sort::Cache => {
                let policy = cache_policy(&mut reader, &node);
                keep(reader, &mut self.cache, id, policy)
            }
            Sort::OriginRequest => {
                let policy = origin_request_policy(&mut reader, &node);
                keep(reader, &mut self.origin_request, id, policy)
            }
            Sort::ResponseHeaders => {
                let policy = response_headers_policy(&mut reader, &node);
                keep(reader, &mut self.response_headers, id, policy)
            }
            Sort::PublicKey => match public_key(&mut reader, &node) {
                Some(key) => keep(reader, &mut self.public_keys, id, key),
                None => Err(reader.errors),
            },
            Sort::KeyGroup => {
                let group = key_group(&mut reader, &node);
                keep(reader, &mut self.key_groups, id, group)
            }
        }?;
        self.documents.retain(|known| {
            sort.id_of(known) != sort.id_of(&document) || sort.id_of(known).is_none()
        });
        self.documents.push(document);
        Ok(())
    }

    /// The cache policy with this id.
    pub fn cache_policy(&self, id: &str) -> Option<CachePolicy> {
        managed::cache_policy(id).or_else(|| own(&self.cache, id))
    }

    /// The origin request policy with this id.
    pub fn origin_request_policy(&self, id: &str) -> Option<OriginRequestPolicy> {
        managed::origin_request_policy(id).or_else(|| own(&self.origin_request, id))
    }

    /// The response headers policy with this id.
    pub fn response_headers_policy(&self, id: &str) -> Option<ResponseHeadersPolicy> {
        managed::response_headers_policy(id).or_else(|| own(&self.response_headers, id))
    }

    /// The public key with this id.
    pub fn public_key(&self, id: &str) -> Option<PublicKey> {
        own(&self.public_keys, id)
    }

    /// The key group with this id.
    pub fn key_group(&self, id: &str) -> Option<KeyGroup> {
        own(&self.key_groups, id)
    }
}

/// Adds a policy in whose reading nothing was refused.
fn keep<T>(
    reader: Reader,
    policies: &mut Vec<(String, T)>,
    id: String,
    policy: T,
) -> Result<(), Vec<AwsError>> {
    if !reader.errors.is_empty() {
        return Err(reader.errors);
    }
    policies.push((id, policy));
    Ok(())
}

/// The latest policy with this id.
fn own<T: Clone>(policies: &[(String, T)], id: &str) -> Option<T> {
    policies.iter().rev().find(|(known, _)| known == id).map(|(_, policy)| policy.clone())
}

/// Which sort of policy a text holds, with its id and its configuration.
fn unwrapped(json: &Json) -> Option<(Sort, Option<&str>, &Json)> {
    for sort in Sort::ALL {
        let config = format!("{}Config", sort.name());
        if let Some(policy) = json.member(sort.name()) {
            let id = match policy.member("Id") {
                Some(Json::Text(id)) => Some(&**id),
                _ => None,
            };
            return policy.member(&config).map(|config| (sort, id, config));
        }
        if let Some(config) = json.member(&config) {
            return Some((sort, None, config));
        }
    }
    let has = |names: &[&str]| names.iter().any(|name| json.member(name).is_some());
    // Bare: by members that only one sort has.
    let sort = if has(&["ParametersInCacheKeyAndForwardedToOrigin", "MinTTL"]) {
        Sort::Cache
    } else if has(&["HeadersConfig", "CookiesConfig", "QueryStringsConfig"]) {
        Sort::OriginRequest
    } else if has(&[
        "CorsConfig",
        "SecurityHeadersConfig",
        "ServerTimingHeadersConfig",
        "CustomHeadersConfig",
        "RemoveHeadersConfig",
    ]) {
        Sort::ResponseHeaders
    } else if has(&["EncodedKey"]) {
        Sort::PublicKey
    } else {
        return None;
    };
    Some((sort, None, json))
}
