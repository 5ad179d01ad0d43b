//! Why an answer is kept for so long, or not at all.

use super::{Reason, check};
use crate::edge::{Clamp, Lifetime, LifetimeRule, NotStored};
use crate::http::{Method, Status};
use crate::scene::Trip;
use crate::scene::lifetime::error_minimum;
use crate::scene::units::{self, grouped, span};

/// Why a response is fresh for so long.
pub(in crate::scene) fn of_lifetime(lifetime: &Lifetime, trip: &Trip) -> Vec<Reason> {
    let bounds = lifetime.bounds;
    let row = row_of(lifetime.rule);
    let sent = |text: String| vec![check(row, text)];
    let mut reasons = match lifetime.rule {
        LifetimeRule::MaxAge { secs } => sent(format!("The origin sent max-age={}", grouped(secs))),
        LifetimeRule::SMaxage { secs } => {
            sent(format!("The origin sent s-maxage={}", grouped(secs)))
        }
        LifetimeRule::Expires { secs: 0 } => sent("Expires is past or cannot be read".to_owned()),
        LifetimeRule::Expires { secs } => sent(format!("Expires lies {} ahead", span(secs))),
        LifetimeRule::Default => sent(
            "The origin sent no max-age or s-maxage that can be read, and no Expires".to_owned(),
        ),
        LifetimeRule::Forbidden => sent("The origin sent no-cache, no-store or private".to_owned()),
        LifetimeRule::VaryAny => sent("The origin sent Vary: *".to_owned()),
        LifetimeRule::CachingOff => {
            vec![check(row, "All three TTLs are 0").set_by_policy(trip, "all three TTLs")]
        }
        LifetimeRule::ErrorPage => {
            sent("It takes an error's place, and is kept for as long as that".to_owned())
        }
        LifetimeRule::Error { asked_secs, .. } => {
            let asked = asked_secs.map_or("named no lifetime".to_owned(), |secs| {
                format!("asked for {}\u{a0}s", grouped(secs))
            });
            let min_secs = grouped(error_minimum(lifetime));
            let text =
                format!("An error is kept for at least {min_secs}\u{a0}s; the origin {asked}");
            vec![check(row, text).set_by("Custom error responses: error caching minimum TTL")]
        }
    };
    reasons.push(match (lifetime.clamp, lifetime.rule) {
        (Some(Clamp::ToMin), _) => {
            check(row, format!("Raised to the minimum TTL of {}\u{a0}s", grouped(bounds.min)))
                .set_by_policy(trip, "minimum TTL")
        }
        (Some(Clamp::ToMax), _) => {
            check(row, format!("Cut to the maximum TTL of {}\u{a0}s", grouped(bounds.max)))
                .set_by_policy(trip, "maximum TTL")
        }
        (None, LifetimeRule::Default) if bounds.default < bounds.min => {
            let (default, min) = (grouped(bounds.default), grouped(bounds.min));
            check(
                row,
                format!(
                    "The default TTL of {default}\u{a0}s is raised to the minimum of {min}\u{a0}s"
                ),
            )
            .set_by_policy(trip, "minimum and default TTL")
        }
        (None, LifetimeRule::Default) => {
            check(row, format!("The default TTL of {}\u{a0}s applies", grouped(bounds.default)))
                .set_by_policy(trip, "default TTL")
        }
        (None, LifetimeRule::Forbidden) => {
            check(row, format!("The minimum TTL of {}\u{a0}s decides", grouped(bounds.min)))
                .set_by_policy(trip, "minimum TTL")
        }
        (
            None,
            LifetimeRule::Error { .. }
            | LifetimeRule::ErrorPage
            | LifetimeRule::VaryAny
            | LifetimeRule::CachingOff,
        ) => check(row, format!("It is used for {}\u{a0}s", grouped(lifetime.secs))),
        (None, _) => check(
            row,
            format!(
                "That lies between minimum TTL {}\u{a0}s and maximum TTL {}\u{a0}s",
                grouped(bounds.min),
                grouped(bounds.max)
            ),
        )
        .set_by_policy(trip, "minimum and maximum TTL"),
    });
    reasons
}

/// The row of a rule that gives a lifetime.
const fn row_of(rule: LifetimeRule) -> &'static str {
    match rule {
        LifetimeRule::MaxAge { .. } => "TTL-01",
        LifetimeRule::SMaxage { .. } => "TTL-03",
        LifetimeRule::Expires { secs: 0 } => "TTL-20",
        LifetimeRule::Expires { .. } => "TTL-04",
        LifetimeRule::Default => "TTL-02",
        LifetimeRule::Forbidden => "TTL-05",
        LifetimeRule::VaryAny => "VARY-05",
        LifetimeRule::CachingOff => "TTL-27",
        LifetimeRule::ErrorPage => "CEP-04",
        LifetimeRule::Error { asked_secs: None, .. } => "ERR-11",
        LifetimeRule::Error { .. } => "ERR-06",
    }
}

/// Why a response was not stored.
pub(in crate::scene) fn of_not_stored(why: &NotStored) -> String {
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
            "A 304 has nothing to store: the cache that asked holds the content".to_owned()
        }
        NotStored::TooLarge { size_bytes, capacity_bytes } => format!(
            "{} do not fit into a cache of {}",
            units::bytes(*size_bytes),
            units::bytes(*capacity_bytes)
        ),
        NotStored::FreshHeld => "What is stored is fresh, and stays".to_owned(),
        NotStored::ContentHeld => {
            "The content is stored already, and a mere head does not take its place".to_owned()
        }
        NotStored::BrokenOff => "It broke off before its last byte".to_owned(),
        NotStored::ViewerLeft => "The viewer left, and nobody else waits for it".to_owned(),
        NotStored::Invalidated => "An invalidation came by while it was under way".to_owned(),
        NotStored::PageOfUnkept => {
            "The error whose place it takes is not kept, and so neither is the page".to_owned()
        }
        NotStored::FailedOver => "A group of origins remembers no failure".to_owned(),
    }
}
