//! Floor 2. What the console configures: origins, behaviors and policies.
//!
//! This floor never knows an instant of time nor what any cache holds; it only says what was asked for.

#![warn(missing_docs)]

mod origin;
pub use origin::{Origin, OriginKind};

mod path_pattern;
pub use path_pattern::PathPattern;

mod policies;
pub use policies::{CachePolicy, OriginRequestPolicy, Selection, TtlBounds};

pub mod managed;

mod behavior;
pub use behavior::{AllowedMethods, Behavior};

use serde::{Deserialize, Serialize};

/// One distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// The name that CloudFront gave it, as in `d111111abcdef8.cloudfront.net`.
    pub domain: String,
    /// Alternate domain names.
    pub aliases: Vec<String>,
    /// What `/` stands for (LIM-24); without a leading slash.
    pub default_root_object: Option<String>,
    /// Where content comes from.
    pub origins: Vec<Origin>,
    /// In listed order; the last one is the default behavior `*`.
    pub behaviors: Vec<Behavior>,
}

impl Distribution {
    /// The place in [`Distribution::behaviors`] of the first whose pattern matches the path (FLOW-15).
    ///
    /// The default behavior matches everything, so a well-formed distribution always has one; an ill-formed one
    /// answers with its last.
    pub fn behavior_for(&self, path: &str) -> usize {
        let found = self.behaviors.iter().position(|behavior| behavior.pattern.matches(path));
        found.unwrap_or(self.behaviors.len().saturating_sub(1))
    }

    /// The origin of a behavior, by the behavior's place.
    pub fn origin_of(&self, behavior: usize) -> Option<(usize, &Origin)> {
        let id = &self.behaviors.get(behavior)?.origin_id;
        self.origins.iter().enumerate().find(|(_, origin)| origin.id == *id)
    }

    /// Whether this host name leads here: the distribution's own or an alias, whatever its case.
    pub fn answers_to(&self, host: &str) -> bool {
        std::iter::once(&self.domain)
            .chain(&self.aliases)
            .any(|name| name.eq_ignore_ascii_case(host))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn distribution(patterns: &[&str]) -> Distribution {
        let behaviors = patterns
            .iter()
            .map(|pattern| Behavior::new(pattern, "o", managed::caching_optimized()));
        Distribution {
            domain: "d111111abcdef8.cloudfront.net".into(),
            aliases: vec!["www.shop.example".into()],
            default_root_object: None,
            origins: vec![Origin::s3_bucket("o", "shop-media", "us-east-1")],
            behaviors: behaviors.collect(),
        }
    }

    #[test]
    fn flow_15_the_first_listed_pattern_that_matches_wins() {
        let listed = distribution(&["/img/hero*", "img/*", "*.jpg", "*"]);
        let check = |path, place: usize| assert_eq!(listed.behavior_for(path), place, "{path}");
        check("/img/hero.jpg", 0);
        check("/img/a.jpg", 1);
        check("/a.jpg", 2);
        check("/A.JPG", 3);
        check("/", 3);
        assert_eq!(listed.origin_of(3).unwrap().1.id, "o");
    }

    #[test]
    fn lim_08_a_host_is_known_by_its_name_or_an_alias() {
        let known = distribution(&["*"]);
        assert!(
            known.answers_to("D111111ABCDEF8.cloudfront.net")
                && known.answers_to("www.shop.example")
        );
        assert!(!known.answers_to("shop.example"));
    }
}
