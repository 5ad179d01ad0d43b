//! What the tiers share of a distribution: each behavior with its origin, ready to be handed along.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Matched;
use crate::distribution::{Behavior, Distribution, ErrorResponse, Origin};
use crate::http::Status;
use crate::network::Region;

/// A distribution as the edge uses it.
#[derive(Debug)]
pub struct Config {
    domain: String,
    default_root_object: Option<String>,
    distribution: Distribution,
    rules: Vec<Rule>,
    dynamic_max_ttl_secs: u64,
    /// The ids of origins whose names do not resolve.
    unresolved: Vec<String>,
}

/// One behavior, its origin, and both as an event tells of them.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The behavior.
    pub behavior: Behavior,
    /// Its origin; the primary one of a group.
    pub origin: Origin,
    /// Where that stands, if its Region is one that is known.
    region: Option<Region>,
    /// The other one of a group.
    pub secondary: Option<Secondary>,
    /// Both, in short.
    pub matched: Arc<Matched>,
}

/// The origin that stands in for the primary one of its group.
#[derive(Clone, Debug)]
pub struct Secondary {
    /// The origin.
    pub origin: Origin,
    /// Where it stands.
    region: Option<Region>,
    /// The primary's statuses that lead to it (FO-01).
    pub statuses: Vec<u16>,
}

impl Rule {
    /// The primary origin, or the secondary one where there is one.
    pub fn member(&self, member: Member) -> &Origin {
        match (member, &self.secondary) {
            (Member::Secondary, Some(secondary)) => &secondary.origin,
            _ => &self.origin,
        }
    }

    /// Where that origin stands.
    pub const fn region(&self, member: Member) -> Option<Region> {
        match (member, &self.secondary) {
            (Member::Secondary, Some(secondary)) => secondary.region,
            _ => self.region,
        }
    }
}

/// Which origin of a group (FO-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Member {
    /// The first one, which every miss begins with (FO-06).
    Primary,
    /// The one that stands in.
    Secondary,
}

/// Why a distribution cannot serve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A behavior names an origin that is not there.
    #[error(
        "the behavior {pattern:?} names the origin {origin_id:?}, which the distribution does not have"
    )]
    NoSuchOrigin {
        /// The behavior's pattern.
        pattern: String,
        /// The origin's id.
        origin_id: String,
    },
    /// The last behavior must be the default one, so that every path has a behavior.
    #[error(
        "the last behavior must have the path pattern \"*\"; this distribution ends with {last:?}"
    )]
    NoDefault {
        /// The pattern of the last behavior, if there is one.
        last: Option<String>,
    },
}

impl Config {
    /// Takes a distribution if every path finds a behavior and every behavior its origin; with the threshold of REC-05.
    pub fn new(distribution: Distribution, dynamic_max_ttl_secs: u64) -> Result<Self, ConfigError> {
        let last = distribution.behaviors.last();
        if !last.is_some_and(|behavior| behavior.pattern.is_default()) {
            return Err(ConfigError::NoDefault {
                last: last.map(|behavior| behavior.pattern.to_string()),
            });
        }
        let rule = |behavior: &Behavior| {
            let origin = |id: &str| {
                let found = distribution.origin(id).map(|(_, origin)| origin.clone());
                found.ok_or_else(|| ConfigError::NoSuchOrigin {
                    pattern: behavior.pattern.to_string(),
                    origin_id: id.to_owned(),
                })
            };
            let (origin, secondary) = match distribution.group(&behavior.origin_id) {
                None => (origin(&behavior.origin_id)?, None),
                Some(group) => {
                    let statuses = group.failover_statuses.clone();
                    let other = origin(&group.members[1])?;
                    let region = Region::find(&other.region).ok();
                    let secondary = Secondary { origin: other, region, statuses };
                    (origin(&group.members[0])?, Some(secondary))
                }
            };
            let matched = Matched {
                pattern: behavior.pattern.clone(),
                policy: behavior.cache_policy.clone(),
                origin_id: origin.id.clone(),
                origin_kind: origin.kind,
                origin_region: origin.region.clone(),
            };
            let (behavior, region) = (behavior.clone(), Region::find(&origin.region).ok());
            Ok(Rule { behavior, origin, region, secondary, matched: matched.into() })
        };
        let rules = distribution.behaviors.iter().map(rule).collect::<Result<_, _>>()?;
        Ok(Self {
            domain: distribution.domain.clone(),
            default_root_object: distribution
                .default_root_object
                .as_ref()
                .map(|object| format!("/{object}")),
            distribution,
            rules,
            dynamic_max_ttl_secs,
            unresolved: Vec::new(),
        })
    }

    /// The same where it is known that the names of these origins do not resolve.
    #[must_use]
    pub fn with_unresolved(self, unresolved: Vec<String>) -> Self {
        Self { unresolved, ..self }
    }

    /// Whether the name of an origin resolves, as far as is known.
    pub fn resolves(&self, origin: &Origin) -> bool {
        !self.unresolved.contains(&origin.id)
    }

    /// The distribution's own domain.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The threshold of REC-05 in seconds.
    pub const fn dynamic_max_ttl_secs(&self) -> u64 {
        self.dynamic_max_ttl_secs
    }

    /// The distribution as configured.
    pub const fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// The place of the rule for a path (FLOW-15, VSEC-06).
    pub fn rule_for(&self, path: &str) -> usize {
        self.distribution.behavior_for(path)
    }

    /// The rule at a place.
    pub fn rule(&self, place: usize) -> &Rule {
        &self.rules[place.min(self.rules.len() - 1)]
    }

    /// The error caching minimum TTL of a status, in seconds (CE-04).
    pub fn error_min_ttl_secs(&self, status: Status) -> u64 {
        let response = self.distribution.error_response(status.0);
        response.map_or(ErrorResponse::DEFAULT_MIN_TTL_SECS, |response| response.min_ttl_secs)
    }

    /// The path that is looked up and asked for: the default root object for `/` and for its own directory (LIM-24,
    /// LIM-25).
    pub fn served_path<'a>(&'a self, path: &'a str) -> &'a str {
        let is_root = |object: &str| {
            let name = object.strip_prefix(path);
            path == "/" || name.is_some_and(|name| path.ends_with('/') && !name.contains('/'))
        };
        match &self.default_root_object {
            Some(object) if is_root(object) => object, // INV-17
            _ => path,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::distribution::managed;

    fn distribution(pattern: &str, origin_id: &str) -> Distribution {
        Distribution {
            default_root_object: Some("index.html".into()),
            origins: vec![Origin::s3_bucket("media", "b", "us-east-1")],
            behaviors: vec![Behavior::new(pattern, origin_id, managed::caching_optimized())],
            ..Distribution::named("d.cloudfront.net")
        }
    }

    #[test]
    fn a_distribution_that_cannot_serve_is_refused_by_name() {
        let message =
            |pattern, id| Config::new(distribution(pattern, id), 0).unwrap_err().to_string();
        assert!(message("/img/*", "media").contains("\"/img/*\""));
        assert!(message("*", "api").contains("the origin \"api\""));
    }

    #[test]
    fn ce_04_err_19_each_status_has_its_own_setting_and_a_410_has_none() {
        let entry = |status, min_ttl_secs| ErrorResponse { status, page: None, min_ttl_secs };
        let error_responses = vec![entry(404, 7), entry(503, 3)];
        let distribution = Distribution { error_responses, ..distribution("*", "media") };
        let config = Config::new(distribution, 0).unwrap();
        for (status, secs) in [(404, 7), (410, 10), (503, 3), (500, 10)] {
            assert_eq!(config.error_min_ttl_secs(Status(status)), secs, "{status}");
        }
    }

    #[test]
    fn lim_24_25_the_root_object_stands_for_the_root_and_its_own_directory() {
        let config = Config::new(distribution("*", "media"), 0).unwrap();
        assert_eq!(config.served_path("/"), "/index.html");
        assert_eq!(config.served_path("/dir/"), "/dir/");
        let mut in_directory = distribution("*", "media");
        in_directory.default_root_object = Some("dir/index.html".into());
        let config = Config::new(in_directory, 0).unwrap();
        for path in ["/", "/dir/"] {
            assert_eq!(config.served_path(path), "/dir/index.html");
        }
        for path in ["/dir", "/dir/index.html", "/dir/more/", "/other/", "/d"] {
            assert_eq!(config.served_path(path), path);
        }
    }
}
