//! What a distribution would do with a path, before anything is sent.

use crate::distribution::{Behavior, Distribution, PathPattern};
use crate::edge::route::DYNAMIC_MAX_TTL_SECS;
use crate::http::Method;
use crate::origin::{Site, examples_for};
use crate::scene::{Outcome, units};

/// One path, tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The path, with its method where that is not GET.
    pub asked: String,
    /// The behavior's place in the order, from 0.
    pub place: usize,
    /// Its pattern.
    pub pattern: String,
    /// The origin or the group that would be asked.
    pub target: String,
    /// What is in the cache key.
    pub key: String,
    /// What would come of it.
    pub verdict: Verdict,
}

/// What would come of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The method is not allowed: 403 (MET-05).
    Refused,
    /// Nothing is kept: straight to the origin (REC-05, TTL-27).
    Dynamic,
    /// The method is one that no cache answers: straight to the origin (REC-01).
    Proxied,
    /// It may be kept, for the default TTL where the origin says nothing.
    Kept {
        /// In seconds.
        default_secs: u64,
        /// At the edge location alone: the regional edge cache is not asked (REC-02, REC-04, REC-05).
        skips_rec: bool,
    },
}

impl Trial {
    /// Tries a path; a query is no part of what patterns match (FLOW-15).
    pub fn of(distribution: &Distribution, method: Method, path: &str) -> Option<Self> {
        let place = distribution.behavior_for(path.split('?').next().unwrap_or_default());
        let behavior = distribution.behaviors.get(place)?;
        let asked = match method {
            Method::Get => path.to_owned(),
            method => format!("{} {path}", method.as_str()),
        };
        let verdict = Verdict::of(behavior, method);
        let key = match verdict {
            Verdict::Kept { .. } => key(behavior),
            _ => "no key".to_owned(),
        };
        let (pattern, target) = (behavior.pattern.to_string(), behavior.origin_id.clone());
        Some(Self { asked, place, pattern, target, key, verdict })
    }
}

impl Trial {
    /// The first objects of a site that each behavior takes, at most so many of each, and one request that writes. What a new
    /// behavior will have (IM-06) counts as there; `before` is what is in force.
    pub fn examples(distribution: &Distribution, before: &Distribution, site: &Site) -> Vec<Self> {
        const MOST_EACH: usize = 2;
        let to_come = examples_for(distribution, before, site);
        let objects = || site.iter().chain(&to_come);
        let tried =
            || objects().filter_map(|object| Self::of(distribution, Method::Get, &object.path));
        let of = |place| tried().filter(move |trial| trial.place == place).take(MOST_EACH);
        let mut trials: Vec<Self> = (0..distribution.behaviors.len()).flat_map(of).collect();
        let post =
            trials.first().and_then(|first| Self::of(distribution, Method::Post, &first.asked));
        trials.extend(post);
        trials
    }
}

/// The parts of the key, as in `path, codings, query w`.
fn key(behavior: &Behavior) -> String {
    use crate::distribution::Selection;
    let policy = &behavior.cache_policy;
    let mut parts = vec!["path".to_owned()];
    if policy.normalises_codings() {
        parts.push("codings".to_owned());
    }
    let named = |what: &str, selection: &Selection| match selection {
        Selection::None => None,
        Selection::All => Some(format!("all {what}")),
        Selection::Only(names) => Some(format!("{what} {}", names.join(" "))),
        Selection::AllExcept(names) => Some(format!("all {what} but {}", names.join(" "))),
        Selection::Like(patterns) => {
            let names: Vec<&str> = patterns.iter().map(PathPattern::as_str).collect();
            Some(format!("{what} {}", names.join(" ")))
        }
    };
    parts.extend(named("query", &policy.query));
    parts.extend(named("cookies", &policy.cookies));
    if !policy.key_headers.is_empty() {
        parts.push(format!("headers {}", policy.key_headers.join(" ")));
    }
    parts.join(", ")
}

impl Verdict {
    fn of(behavior: &Behavior, method: Method) -> Self {
        use crate::distribution::AllowedMethods;
        let is_allowed = match behavior.allowed_methods {
            AllowedMethods::All => true,
            AllowedMethods::GetHeadOptions => {
                matches!(method, Method::Get | Method::Head | Method::Options)
            }
            AllowedMethods::GetHead => matches!(method, Method::Get | Method::Head),
        };
        match behavior.caches(method) {
            _ if !is_allowed => Self::Refused,
            false => Self::Proxied,
            true if behavior.is_caching_disabled() => Self::Dynamic,
            true => {
                let ttl = behavior.cache_policy.ttl;
                let is_read = matches!(method, Method::Get | Method::Head);
                let skips_rec = !is_read || ttl.max < DYNAMIC_MAX_TTL_SECS;
                Self::Kept { default_secs: ttl.default, skips_rec }
            }
        }
    }

    /// In a few words.
    pub fn said(self) -> String {
        match self {
            Self::Refused => "refused with 403".to_owned(),
            Self::Dynamic | Self::Proxied => "skips the REC".to_owned(),
            Self::Kept { default_secs, skips_rec } => {
                let kept = match default_secs {
                    0 => "kept if the origin says so".to_owned(),
                    secs => format!("can be a hit, {} by default", units::span(secs)),
                };
                kept + if skips_rec { "; skips the REC" } else { "" }
            }
        }
    }

    /// The outcome whose colour and mark it has.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Refused => Outcome::Error,
            Self::Dynamic | Self::Proxied => Outcome::Bypass,
            Self::Kept { .. } => Outcome::Hit,
        }
    }
}
