//! The policies beside a configuration: the managed ones, and own ones given as the API prints them.

use super::cache_policy::cache_policy;
use super::json::Json;
use super::origin_request_policy::origin_request_policy;
use super::reader::{Node, Reader};
use super::response_headers::response_headers_policy;
use super::{AwsError, ErrorCode};
use crate::distribution::{CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy, managed};

/// What a configuration leaves to its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policies {
    /// The code of the Region where origins stand whose name tells none, as in `us-east-1`.
    pub default_region: String,
    cache: Vec<(String, CachePolicy)>,
    origin_request: Vec<(String, OriginRequestPolicy)>,
    response_headers: Vec<(String, ResponseHeadersPolicy)>,
}

/// What the API calls the three sorts of policy.
const SORTS: [&str; 3] = ["CachePolicy", "OriginRequestPolicy", "ResponseHeadersPolicy"];

impl Policies {
    /// The managed policies alone.
    pub const fn managed(default_region: String) -> Self {
        Self {
            default_region,
            cache: Vec::new(),
            origin_request: Vec::new(),
            response_headers: Vec::new(),
        }
    }

    /// Adds an own policy, as `aws cloudfront get-cache-policy` and its sisters print it (`{"CachePolicy": {"Id": ..,
    /// "CachePolicyConfig": {..}}}`), with the configuration alone (`{"CachePolicyConfig": {..}}`), or bare. `id` is
    /// what behaviors call it by, where the text itself does not say. Of two policies with one id the later counts.
    pub fn add(&mut self, json: &str, id: Option<&str>) -> Result<(), Vec<AwsError>> {
        let json = Json::parse(json).map_err(|error| vec![error])?;
        let mut reader = Reader::default();
        let Some((sort, own_id, config)) = unwrapped(&json) else {
            let rule = "this must be a cache, origin request or response headers policy, as the AWS CLI prints it";
            let here = Node::new("CachePolicy", &json);
            reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
            return Err(reader.errors);
        };
        let node = Node::new(&format!("{}Config", SORTS[sort]), config);
        let Some(id) = own_id.or(id).map(String::from) else {
            let rule = "a policy needs the id by which behaviors call it";
            let here = Node::new(SORTS[sort], &json).member("Id");
            reader.refuse(&here, ErrorCode::InvalidArgument, "CB-07", rule);
            return Err(reader.errors);
        };
        match sort {
            0 => {
                let policy = cache_policy(&mut reader, &node);
                settled(reader)?;
                self.cache.push((id, policy));
            }
            1 => {
                let policy = origin_request_policy(&mut reader, &node);
                settled(reader)?;
                self.origin_request.push((id, policy));
            }
            _ => {
                let policy = response_headers_policy(&mut reader, &node);
                settled(reader)?;
                self.response_headers.push((id, policy));
            }
        }
        Ok(())
    }

    /// The cache policy with this id.
    pub fn cache_policy(&self, id: &str) -> Option<CachePolicy> {
        let own = self.cache.iter().rev().find(|(known, _)| known == id);
        managed::cache_policy(id).or_else(|| own.map(|(_, policy)| policy.clone()))
    }

    /// The origin request policy with this id.
    pub fn origin_request_policy(&self, id: &str) -> Option<OriginRequestPolicy> {
        let own = self.origin_request.iter().rev().find(|(known, _)| known == id);
        managed::origin_request_policy(id).or_else(|| own.map(|(_, policy)| policy.clone()))
    }

    /// The response headers policy with this id.
    pub fn response_headers_policy(&self, id: &str) -> Option<ResponseHeadersPolicy> {
        let own = self.response_headers.iter().rev().find(|(known, _)| known == id);
        managed::response_headers_policy(id).or_else(|| own.map(|(_, policy)| policy.clone()))
    }
}

fn settled(reader: Reader) -> Result<(), Vec<AwsError>> {
    if reader.errors.is_empty() { Ok(()) } else { Err(reader.errors) }
}

/// Which sort of policy a text holds, as a place in [`SORTS`], with its id and its configuration.
fn unwrapped(json: &Json) -> Option<(usize, Option<&str>, &Json)> {
    for (sort, name) in SORTS.into_iter().enumerate() {
        let config = format!("{name}Config");
        if let Some(policy) = json.member(name) {
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
        0
    } else if has(&["HeadersConfig", "CookiesConfig", "QueryStringsConfig"]) {
        1
    } else if has(&[
        "CorsConfig",
        "SecurityHeadersConfig",
        "ServerTimingHeadersConfig",
        "CustomHeadersConfig",
        "RemoveHeadersConfig",
    ]) {
        2
    } else {
        return None;
    };
    Some((sort, None, json))
}
