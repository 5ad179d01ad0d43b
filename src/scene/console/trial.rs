//! What a distribution would do with a path, before anything is sent.

use std::sync::Arc;

use crate::distribution::{
    Behavior, Distribution, FunctionEvent, GeoSort, PathPattern, ReadyMade, ViewerProtocolPolicy,
};
use crate::edge::answer_of_function;
use crate::edge::route::DYNAMIC_MAX_TTL_SECS;
use crate::http::{Method, Request, Target};
use crate::origin::{Site, examples_for};
use crate::scene::units::sentence_case;
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
    /// What a viewer has to bring along, or is refused.
    pub needs: Vec<Needs>,
    /// What would come of it from a viewer who brings that.
    pub verdict: Verdict,
    /// What other viewers get, or what is asked first; empty where all are alike.
    pub others: String,
}

/// What a viewer has to bring along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// A signed URL, or cookies (CB-15, CB-16, VSEC-09).
    Signature,
    /// The name and password that a function asks for (VSEC-10).
    Password,
}

/// What would come of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The method is not allowed: 403 (MET-05).
    Refused,
    /// A function at the viewer's request answers with this status, and no cache is asked (EDGE-60).
    Answered(u16),
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
        let mut needs = Vec::new();
        let mut verdict = Verdict::of(behavior, method);
        if verdict != Verdict::Refused {
            if behavior.trusted.is_some() {
                needs.push(Needs::Signature);
            }
            match answer(behavior, method, path) {
                Some(_) if asks_for_password(behavior) => needs.push(Needs::Password),
                Some(status) => verdict = Verdict::Answered(status),
                None => {}
            }
        }
        let key = match verdict {
            Verdict::Kept { .. } => key(behavior),
            _ => "no key".to_owned(),
        };
        let (pattern, target) = (behavior.pattern.to_string(), behavior.origin_id.clone());
        let others = others(distribution, behavior, method);
        Some(Self { asked, place, pattern, target, key, needs, verdict, others })
    }

    /// What the viewer gets, in a few words.
    pub fn said(&self) -> String {
        let with = match self.needs[..] {
            [] => return self.verdict.said(),
            [_] => "with it",
            _ => "with both",
        };
        let without = self.needs.iter().map(|needs| needs.said()).collect::<Vec<_>>().join("; ");
        format!("{without}; {with} {}", self.verdict.said())
    }

    /// The outcome whose colour and mark it has: that of a viewer who brings nothing along.
    pub fn outcome(&self) -> Outcome {
        if self.needs.is_empty() { self.verdict.outcome() } else { Outcome::Error }
    }
}

/// The status with which the function at the viewer's request answers by itself, if it does.
fn answer(behavior: &Behavior, method: Method, path: &str) -> Option<u16> {
    let target = Target::parse(path).ok()?;
    let request = Request::new(method, target, Arc::default());
    answer_of_function(behavior, &request.into()).map(|refusal| refusal.status().0)
}

fn asks_for_password(behavior: &Behavior) -> bool {
    let function = behavior.functions.at(FunctionEvent::ViewerRequest);
    let does = function.and_then(|function| function.does.as_ref());
    matches!(does, Some(ReadyMade::BasicAuth { .. }))
}

/// What viewers elsewhere, and those without TLS get (VSEC-04, VSEC-07), and who else is asked (VSEC-05).
fn others(distribution: &Distribution, behavior: &Behavior, method: Method) -> String {
    let mut lines = Vec::new();
    if let Some(geo) = &distribution.geo {
        let countries = geo.countries.join(" ");
        lines.push(match geo.sort {
            GeoSort::AllowList => format!("403 outside {countries}"),
            GeoSort::BlockList => format!("403 in {countries}"),
        });
    }
    if distribution.web_acl.is_some() {
        lines.push("the web ACL is asked first".to_owned());
    }
    let is_read = matches!(method, Method::Get | Method::Head);
    match behavior.viewer_protocol {
        ViewerProtocolPolicy::AllowAll => {}
        ViewerProtocolPolicy::HttpsOnly => lines.push("403 without TLS".to_owned()),
        ViewerProtocolPolicy::RedirectToHttps => {
            let status = if is_read { 301 } else { 307 }; // MET-09, MET-10
            lines.push(format!("{status} to HTTPS without TLS"));
        }
    }
    sentence_case(&lines.join(", "))
}

impl Needs {
    const fn said(self) -> &'static str {
        match self {
            Self::Signature => "403 without a signature",
            Self::Password => "401 without the password",
        }
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
            Self::Answered(status) => format!("a function answers {status}"),
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
            Self::Refused | Self::Answered(400..) => Outcome::Error,
            Self::Answered(_) | Self::Dynamic | Self::Proxied => Outcome::Bypass,
            Self::Kept { .. } => Outcome::Hit,
        }
    }
}
