//! The chain of decisions: what was checked, in order, with the figures that decided.

use super::lifetime::error_minimum;
use super::units::{grouped, span};
use super::{Basis, Outcome, Trip};
use crate::distribution::OriginKind;
use crate::edge::{
    Bypass, Clamp, Found, Layer, Lifetime, LifetimeRule, NotStored, Route, StaleUse, Unconditional,
};
use crate::http::{Method, Status};
use crate::network::Region;

/// One line of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What stands before it.
    pub mark: Mark,
    /// The rule and the value that decided.
    pub text: String,
    /// The setting of the distribution that the value comes from, as `Behavior /api/*: allowed methods`.
    pub setting: Option<String>,
    /// The rows of docs/reference that say so, as in `FLOW-03, AGE-01`; none where it only follows from what stands above.
    pub rows: String,
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

/// What a chain rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All of it on the same.
    All(Basis),
    /// On the guide, but for the reasons that are not [`Basis::Documented`].
    Mixed,
}

impl Standing {
    /// That of a chain. None where no reason has a row.
    pub fn of(chain: &[Reason]) -> Option<Self> {
        let mut all = chain.iter().filter_map(Reason::basis);
        let first = all.next()?;
        Some(if all.all(|basis| basis == first) { Self::All(first) } else { Self::Mixed })
    }
}

impl Reason {
    fn new(mark: Mark, rows: &str, text: impl Into<String>) -> Self {
        Self { mark, text: text.into(), setting: None, rows: rows.to_owned() }
    }

    /// What it rests on.
    pub fn basis(&self) -> Option<Basis> {
        Basis::of(&self.rows)
    }

    /// Names the setting that the value comes from.
    pub(super) fn set_by(mut self, setting: impl Into<String>) -> Self {
        self.setting = Some(setting.into());
        self
    }

    /// Names the setting of the behavior that the exchange matched, if it did yet.
    pub(super) fn set_by_behavior(mut self, trip: &Trip, what: &str) -> Self {
        self.setting =
            trip.matched.as_ref().map(|matched| format!("Behavior {}: {what}", matched.pattern));
        self
    }

    /// Names the setting of that behavior's cache policy.
    pub(super) fn set_by_policy(mut self, trip: &Trip, what: &str) -> Self {
        self.setting = trip
            .matched
            .as_ref()
            .map(|matched| format!("Cache policy {}: {what}", matched.policy.name));
        self
    }

    /// Names the setting of that behavior's origin.
    pub(super) fn set_by_origin(mut self, trip: &Trip, what: &str) -> Self {
        self.setting =
            trip.matched.as_ref().map(|matched| format!("Origin {}: {what}", matched.origin_id));
        self
    }
}

/// A check that was passed, by these rows.
pub(super) fn check(rows: &str, text: impl Into<String>) -> Reason {
    Reason::new(Mark::Check, rows, text)
}

/// What decided, by these rows.
pub(super) fn decided(outcome: Outcome, rows: &str, text: impl Into<String>) -> Reason {
    Reason::new(Mark::Decided(outcome), rows, text)
}

/// What follows, by these rows.
pub(super) fn next(rows: &str, text: impl Into<String>) -> Reason {
    Reason::new(Mark::Next, rows, text)
}

/// The row by which a tier answers from its own store.
pub(super) const fn row_of_hit(layer: Layer) -> &'static str {
    match layer {
        Layer::Pop => "FLOW-03",
        Layer::Rec => "FLOW-05",
        Layer::Shield => "SHD-07",
    }
}

/// Why a look-up ended as it did.
pub(super) fn of_lookup(found: Found, layer: Layer, town: &str, trip: &Trip) -> Vec<Reason> {
    let held = || check("KEY-01", format!("The key is on the shelf in {town}"));
    match found {
        Found::Fresh { age_secs, lifetime_secs, remaining_secs } => vec![
            held(),
            check(
                "AGE-01",
                format!(
                    "Age {} s is less than its lifetime of {} s",
                    grouped(age_secs),
                    grouped(lifetime_secs)
                ),
            ),
            decided(
                Outcome::Hit,
                row_of_hit(layer),
                format!("Fresh for {} more: hit", span(remaining_secs)),
            ),
        ],
        Found::Stale { since_secs, unconditional } => vec![
            held(),
            decided(
                Outcome::Stale,
                "REV-01",
                format!("Stale since {}: it must be asked about", span(since_secs)),
            ),
            match unconditional {
                None => next("REV-02, REV-03", "It has a validator: ask only for a newer version"),
                Some(Unconditional::NoValidator) => {
                    next("REV-04", "It has no validator: fetch it whole")
                }
                Some(Unconditional::VaryAny) => {
                    next("VARY-05", "The origin sent Vary: *: fetch it whole")
                }
                Some(Unconditional::ForwardsCookies) => {
                    next("REV-08", "The behavior forwards cookies: fetch it whole")
                        .set_by_behavior(trip, "cookies in its policies")
                }
                Some(Unconditional::Forbidden) => {
                    next("TTL-30", "The origin sent no-store or private: fetch it whole")
                }
                Some(Unconditional::IsError) => {
                    next("ERR-17", "It is an error: ask for the object itself")
                }
            },
        ],
        Found::StaleServed { since_secs, by } => vec![
            held(),
            check("REV-01", format!("Stale since {}", span(since_secs))),
            match by {
                StaleUse::WhileRevalidate { window_secs } => decided(
                    Outcome::Stale,
                    "STALE-01",
                    format!(
                        "stale-while-revalidate allows it for {}: served at once",
                        span(window_secs)
                    ),
                ),
                StaleUse::OriginFailed { remaining_secs } => decided(
                    Outcome::Stale,
                    "ERR-31",
                    format!("The origin failed: not asked again for {}", span(remaining_secs)),
                )
                .set_by("Custom error responses: error caching minimum TTL"),
            },
        ],
        Found::PartMissing { held_bytes } => vec![
            check(
                "KEY-01",
                format!(
                    "The key is on the shelf in {town}, with {} of its content",
                    super::units::bytes(held_bytes)
                ),
            ),
            decided(Outcome::Miss, "RNG-02", "Not all that is asked for is there: miss"),
        ],
        Found::HeadOnly => vec![
            check("KEY-01", format!("The key is on the shelf in {town}, with its head alone")),
            decided(Outcome::Miss, "MET-07", "A GET needs the content: miss"),
        ],
        Found::Absent => {
            let text = format!("The key is not on the shelf in {town}: miss");
            vec![decided(Outcome::Miss, "KEY-01", text)]
        }
    }
}

/// Why a POP turned to its REC or past it.
pub(super) fn of_route(route: &Route, trip: &Trip, rec_region: &str) -> Vec<Reason> {
    let matched = trip.matched.as_ref();
    let pattern = matched.map_or("*", |matched| matched.pattern.as_str());
    let method = trip.request.method;
    let may_be_cached = check("MET-01", format!("{method} may be answered from a cache"));
    let keeps = check("REC-05", format!("Behavior {pattern} keeps objects: not dynamic"))
        .set_by_policy(trip, "maximum TTL");
    let mut reasons = match route {
        Route::PastRecToShield { bypass: Bypass::ProxyMethod(method), .. }
        | Route::PastRec(Bypass::ProxyMethod(method)) => vec![
            check("MET-04", format!("Behavior {pattern} allows {method}"))
                .set_by_behavior(trip, "allowed methods"),
            decided(
                Outcome::Bypass,
                if *method == Method::Options { "REC-02" } else { "REC-01" },
                format!("{method} is a proxy method: past the regional edge cache"),
            ),
        ],
        Route::PastRecToShield { bypass: Bypass::CachingDisabled, .. }
        | Route::PastRec(Bypass::CachingDisabled) => vec![
            may_be_cached,
            decided(
                Outcome::Bypass,
                "REC-05",
                format!("Behavior {pattern} has caching disabled: a dynamic request"),
            )
            .set_by_policy(trip, "all three TTLs"),
        ],
        Route::PastRecToShield {
            bypass: Bypass::ShortMaxTtl { max_secs, threshold_secs }, ..
        }
        | Route::PastRec(Bypass::ShortMaxTtl { max_secs, threshold_secs }) => vec![
            may_be_cached,
            decided(
                Outcome::Bypass,
                "REC-05",
                format!("Maximum TTL {max_secs} s is under {threshold_secs} s: a dynamic request"),
            )
            .set_by_policy(trip, "maximum TTL"),
        ],
        Route::PastRecToShield { bypass: Bypass::SameRegion { region }, .. }
        | Route::PastRec(Bypass::SameRegion { region }) => vec![
            may_be_cached,
            keeps,
            decided(
                Outcome::Bypass,
                "REC-06",
                format!(
                    "The bucket stands in {region}, as the regional edge cache does: no detour"
                ),
            )
            .set_by_origin(trip, "its Region"),
        ],
        Route::ThroughRec => {
            let where_to = match matched
                .map(|matched| (matched.origin_kind, matched.origin_region.as_str()))
            {
                Some((OriginKind::S3Bucket, region)) => check(
                    "REC-07",
                    format!(
                        "The bucket stands in {region}, the regional edge cache in {rec_region}: no shortcut"
                    ),
                )
                .set_by_origin(trip, "its Region"),
                _ => check("REC-08", "The origin is no S3 bucket: no shortcut")
                    .set_by_origin(trip, "its domain name"),
            };
            vec![may_be_cached, keeps, where_to, next("FLOW-12", "Ask the regional edge cache")]
        }
        Route::FromRec | Route::FromShield => vec![next("FLOW-06", "Ask the origin")],
        Route::ToShield { region } => {
            vec![
                check("SHD-01", "The origin has an Origin Shield")
                    .set_by_origin(trip, "Origin Shield"),
                next("SHD-01", format!("Ask it in {region}")),
            ]
        }
    };
    if let Route::PastRecToShield { region, bypass } = route {
        let row = match bypass {
            Bypass::ProxyMethod(Method::Options) => "SHD-17",
            Bypass::ProxyMethod(_) => "SHD-05",
            _ => "SHD-06",
        };
        let ask = next(row, format!("Ask the origin's Origin Shield in {region}"));
        reasons.push(ask.set_by_origin(trip, "Origin Shield"));
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
pub(super) fn of_lifetime(lifetime: &Lifetime, trip: &Trip) -> Vec<Reason> {
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
            let asked =
                asked_secs.map_or("nothing".to_owned(), |secs| format!("{} s", grouped(secs)));
            let min_secs = grouped(error_minimum(lifetime));
            let text =
                format!("An error is kept for at least {min_secs} s; the origin asked for {asked}");
            vec![check(row, text).set_by("Custom error responses: error caching minimum TTL")]
        }
    };
    reasons.push(match (lifetime.clamp, lifetime.rule) {
        (Some(Clamp::ToMin), _) => {
            check(row, format!("Raised to the minimum TTL of {} s", grouped(bounds.min)))
                .set_by_policy(trip, "minimum TTL")
        }
        (Some(Clamp::ToMax), _) => {
            check(row, format!("Cut to the maximum TTL of {} s", grouped(bounds.max)))
                .set_by_policy(trip, "maximum TTL")
        }
        (None, LifetimeRule::Default) if bounds.default < bounds.min => {
            let (default, min) = (grouped(bounds.default), grouped(bounds.min));
            check(
                row,
                format!("The default TTL of {default} s is raised to the minimum of {min} s"),
            )
            .set_by_policy(trip, "minimum and default TTL")
        }
        (None, LifetimeRule::Default) => {
            check(row, format!("The default TTL of {} s applies", grouped(bounds.default)))
                .set_by_policy(trip, "default TTL")
        }
        (None, LifetimeRule::Forbidden) => {
            check(row, format!("The minimum TTL of {} s decides", grouped(bounds.min)))
                .set_by_policy(trip, "minimum TTL")
        }
        (
            None,
            LifetimeRule::Error { .. }
            | LifetimeRule::ErrorPage
            | LifetimeRule::VaryAny
            | LifetimeRule::CachingOff,
        ) => check(row, format!("It is used for {} s", grouped(lifetime.secs))),
        (None, _) => check(
            row,
            format!(
                "That lies between minimum TTL {} s and maximum TTL {} s",
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
            "A 304 has nothing to store: the cache that asked holds the content".to_owned()
        }
        NotStored::TooLarge { size_bytes, capacity_bytes } => format!(
            "{} do not fit into a cache of {}",
            super::units::bytes(*size_bytes),
            super::units::bytes(*capacity_bytes)
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
