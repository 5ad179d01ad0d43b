//! The chain of decisions: what was checked, in order, with the figures that decided.

use super::units::{grouped, span};
use super::{Outcome, Trip};
use crate::distribution::OriginKind;
use crate::edge::{
    Bypass, Clamp, Found, Lifetime, LifetimeRule, NotStored, Route, StaleUse, Unconditional,
};
use crate::http::{Method, Status};
use crate::network::Region;

/// One line of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What stands before it.
    pub mark: Mark,
    /// The line.
    pub text: String,
}

/// What stands before a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A check that was passed.
    Check,
    /// What decided.
    Decided(Outcome),
    /// What follows from it.
    Next,
}

/// A check that was passed.
pub(super) fn check(text: impl Into<String>) -> Reason {
    Reason { mark: Mark::Check, text: text.into() }
}

/// What decided.
pub(super) fn decided(outcome: Outcome, text: impl Into<String>) -> Reason {
    Reason { mark: Mark::Decided(outcome), text: text.into() }
}

/// What follows.
pub(super) fn next(text: impl Into<String>) -> Reason {
    Reason { mark: Mark::Next, text: text.into() }
}

/// Why a look-up ended as it did.
pub(super) fn of_lookup(found: Found, town: &str) -> Vec<Reason> {
    match found {
        Found::Fresh { age_secs, lifetime_secs, remaining_secs } => vec![
            check(format!("The key is on the shelf in {town}")),
            check(format!(
                "Age {} s is less than its lifetime of {} s",
                grouped(age_secs),
                grouped(lifetime_secs)
            )),
            decided(Outcome::Hit, format!("Fresh for {} more: hit", span(remaining_secs))),
        ],
        Found::Stale { since_secs, unconditional } => vec![
            check(format!("The key is on the shelf in {town}")),
            decided(
                Outcome::Stale,
                format!("Stale since {}: it must be asked about", span(since_secs)),
            ),
            next(match unconditional {
                None => "It has a validator: ask only for a newer version",
                Some(Unconditional::NoValidator) => "It has no validator: fetch it whole",
                Some(Unconditional::VaryAny) => "The origin sent Vary: *: fetch it whole",
                Some(Unconditional::ForwardsCookies) => {
                    "The behavior forwards cookies: fetch it whole"
                }
                Some(Unconditional::Forbidden) => {
                    "The origin sent no-store or private: fetch it whole"
                }
                Some(Unconditional::IsError) => "It is an error: ask for the object itself",
            }),
        ],
        Found::StaleServed { since_secs, by } => vec![
            check(format!("The key is on the shelf in {town}")),
            check(format!("Stale since {}", span(since_secs))),
            decided(
                Outcome::Stale,
                match by {
                    StaleUse::WhileRevalidate { window_secs } => format!(
                        "stale-while-revalidate allows it for {}: served at once",
                        span(window_secs)
                    ),
                    StaleUse::OriginFailed { remaining_secs } => {
                        format!("The origin failed: not asked again for {}", span(remaining_secs))
                    }
                },
            ),
        ],
        Found::PartMissing { held_bytes } => vec![
            check(format!(
                "The key is on the shelf in {town}, with {} of its content",
                super::units::bytes(held_bytes)
            )),
            decided(Outcome::Miss, "Not all that is asked for is there: miss"),
        ],
        Found::HeadOnly => vec![
            check(format!("The key is on the shelf in {town}, with its head alone")),
            decided(Outcome::Miss, "A GET needs the content: miss"),
        ],
        Found::Absent => {
            vec![decided(Outcome::Miss, format!("The key is not on the shelf in {town}: miss"))]
        }
    }
}

/// Why a POP turned to its REC or past it.
pub(super) fn of_route(route: &Route, trip: &Trip, rec_region: &str) -> Vec<Reason> {
    let matched = trip.matched.as_ref();
    let pattern = matched.map_or("*", |matched| matched.pattern.as_str());
    let method = trip.request.method;
    let may_be_cached = check(format!("{method} may be answered from a cache"));
    let keeps = check(format!("Behavior {pattern} keeps objects: not dynamic"));
    let mut reasons = match route {
        Route::PastRecToShield { bypass: Bypass::ProxyMethod(method), .. }
        | Route::PastRec(Bypass::ProxyMethod(method)) => vec![
            check(format!("Behavior {pattern} allows {method}")),
            decided(
                Outcome::Bypass,
                format!("{method} is a proxy method: past the regional edge cache"),
            ),
        ],
        Route::PastRecToShield { bypass: Bypass::CachingDisabled, .. }
        | Route::PastRec(Bypass::CachingDisabled) => vec![
            may_be_cached,
            decided(
                Outcome::Bypass,
                format!("Behavior {pattern} has caching disabled: a dynamic request"),
            ),
        ],
        Route::PastRecToShield {
            bypass: Bypass::ShortMaxTtl { max_secs, threshold_secs }, ..
        }
        | Route::PastRec(Bypass::ShortMaxTtl { max_secs, threshold_secs }) => vec![
            may_be_cached,
            decided(
                Outcome::Bypass,
                format!("Maximum TTL {max_secs} s is under {threshold_secs} s: a dynamic request"),
            ),
        ],
        Route::PastRecToShield { bypass: Bypass::SameRegion { region }, .. }
        | Route::PastRec(Bypass::SameRegion { region }) => vec![
            may_be_cached,
            keeps,
            decided(
                Outcome::Bypass,
                format!(
                    "The bucket stands in {region}, as the regional edge cache does: no detour"
                ),
            ),
        ],
        Route::ThroughRec => {
            let where_to = match matched
                .map(|matched| (matched.origin_kind, matched.origin_region.as_str()))
            {
                Some((OriginKind::S3Bucket, region)) => {
                    format!(
                        "The bucket stands in {region}, the regional edge cache in {rec_region}: no shortcut"
                    )
                }
                _ => "The origin is no S3 bucket: no shortcut".to_owned(),
            };
            vec![may_be_cached, keeps, check(where_to), next("Ask the regional edge cache")]
        }
        Route::FromRec | Route::FromShield => vec![next("Ask the origin")],
        Route::ToShield { region } => {
            vec![check("The origin has an Origin Shield"), next(format!("Ask it in {region}"))]
        }
    };
    if let Route::PastRecToShield { region, .. } = route {
        reasons.push(next(format!("Ask the origin's Origin Shield in {region}")));
    }
    reasons
}

/// A bypass, for the arc over the rails.
pub(super) fn bypass_in_short(bypass: &Bypass) -> String {
    match bypass {
        Bypass::ProxyMethod(Method::Options) => {
            "OPTIONS is a proxy method, no regional edge cache answers it".to_owned()
        }
        Bypass::ProxyMethod(method) => format!("{method} may change data, no cache may answer"),
        Bypass::CachingDisabled => "Dynamic: this behavior has caching disabled".to_owned(),
        Bypass::ShortMaxTtl { max_secs, .. } => {
            format!("Dynamic: nothing may stay longer than {}", span(*max_secs))
        }
        Bypass::SameRegion { region } => {
            let town = Region::find(region)
                .map_or_else(|_| region.clone(), |region| region.short_name().to_owned());
            format!("The bucket is next door in {town}")
        }
    }
}

/// Why a response is fresh for so long.
pub(super) fn of_lifetime(lifetime: &Lifetime) -> Vec<Reason> {
    let bounds = lifetime.bounds;
    let asked = |what: &str, secs: u64| check(format!("The origin sent {what}={}", grouped(secs)));
    let mut reasons = match lifetime.rule {
        LifetimeRule::MaxAge { secs } => vec![asked("max-age", secs)],
        LifetimeRule::SMaxage { secs } => vec![asked("s-maxage", secs)],
        LifetimeRule::Expires { secs: 0 } => vec![check("Expires is past or cannot be read")],
        LifetimeRule::Expires { secs } => vec![check(format!("Expires lies {} ahead", span(secs)))],
        LifetimeRule::Default => {
            vec![check("The origin sent neither max-age, s-maxage nor Expires")]
        }
        LifetimeRule::Forbidden => vec![check("The origin sent no-cache, no-store or private")],
        LifetimeRule::VaryAny => vec![check("The origin sent Vary: *")],
        LifetimeRule::CachingOff => vec![check("All three TTLs are 0")],
        LifetimeRule::ErrorPage => {
            vec![check("It takes an error's place, and is kept for as long as that")]
        }
        LifetimeRule::Error { min_secs, asked_secs } => {
            let asked =
                asked_secs.map_or("nothing".to_owned(), |secs| format!("{} s", grouped(secs)));
            vec![check(format!(
                "An error is kept for at least {min_secs} s; the origin asked for {asked}"
            ))]
        }
    };
    reasons.push(match (lifetime.clamp, lifetime.rule) {
        (Some(Clamp::ToMin), _) => {
            check(format!("Raised to the minimum TTL of {} s", grouped(bounds.min)))
        }
        (Some(Clamp::ToMax), _) => {
            check(format!("Cut to the maximum TTL of {} s", grouped(bounds.max)))
        }
        (None, LifetimeRule::Default) => check(format!(
            "The default TTL of {} s applies",
            grouped(bounds.default.max(bounds.min))
        )),
        (None, LifetimeRule::Forbidden) => {
            check(format!("The minimum TTL of {} s decides", grouped(bounds.min)))
        }
        (
            None,
            LifetimeRule::Error { .. }
            | LifetimeRule::ErrorPage
            | LifetimeRule::VaryAny
            | LifetimeRule::CachingOff,
        ) => check(format!("It is used for {} s", grouped(lifetime.secs))),
        (None, _) => check(format!(
            "That lies between minimum TTL {} s and maximum TTL {} s",
            grouped(bounds.min),
            grouped(bounds.max)
        )),
    });
    reasons
}

/// Why a response was not stored.
pub(super) fn of_not_stored(why: &NotStored) -> String {
    match why {
        NotStored::Method(Method::Options) => {
            "This behavior does not keep answers to OPTIONS".to_owned()
        }
        NotStored::Method(method) => format!("Answers to {method} are never stored"),
        NotStored::CachingDisabled => "Caching is disabled: all three TTLs are 0".to_owned(),
        NotStored::Status(Status(416)) => "A 416 is never kept".to_owned(),
        NotStored::Status(Status(status @ (400 | 403 | 405 | 412 | 415))) => {
            format!("A {status} is kept only with max-age or s-maxage, and the origin sent neither")
        }
        NotStored::Status(Status(status @ (404 | 410 | 414 | 501))) => {
            format!("The origin sent no-cache, no-store or private with its {status}")
        }
        NotStored::Status(Status(status)) => {
            format!("A {status} is on no list of the statuses that are kept")
        }
        NotStored::NotModified => {
            "A 304 has nothing to store: it answers the viewer's own condition".to_owned()
        }
        NotStored::ConfirmedBelow => {
            "A 304 has nothing to store: the edge location asked, and holds the content".to_owned()
        }
        NotStored::TooLarge { size_bytes, capacity_bytes } => format!(
            "{} do not fit into a cache of {}",
            super::units::bytes(*size_bytes),
            super::units::bytes(*capacity_bytes)
        ),
        NotStored::FreshHeld => "What is stored is fresh, and stays".to_owned(),
        NotStored::BrokenOff => "It broke off before its last byte".to_owned(),
        NotStored::ViewerLeft => "The viewer left, and nobody else waits for it".to_owned(),
        NotStored::Invalidated => "An invalidation came by while it was under way".to_owned(),
        NotStored::PageOfUnkept => {
            "The error whose place it takes is not kept, and so neither is the page".to_owned()
        }
        NotStored::FailedOver => "A group of origins remembers no failure".to_owned(),
    }
}
