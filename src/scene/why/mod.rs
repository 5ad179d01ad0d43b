//! The chain of decisions: what was checked, in order, with the figures that decided.

mod kept;
mod ways;

pub(super) use kept::{of_lifetime, of_not_stored};
pub(super) use ways::{bypass_in_short, of_conditions, of_route, row_of_shield, town_of};

use super::units::{grouped, span};
use super::{Basis, Outcome, Trip};
use crate::edge::{Found, Layer, StaleUse, Unconditional};

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

    /// How many reasons in a row, up to the one at an index, rest on the same rows that are not [`Basis::Documented`]: what
    /// they rest on is said once, below the last of them. 0 where it is not the last or rests on the guide.
    pub fn run_of_weaker(chain: &[Self], index: usize) -> usize {
        let rows = |index: usize| chain.get(index).map(|reason| &reason.rows);
        let is_weaker =
            chain.get(index).and_then(Self::basis).is_some_and(|it| it != Basis::Documented);
        if !is_weaker || rows(index + 1) == rows(index) {
            return 0;
        }
        chain[..=index].iter().rev().take_while(|reason| reason.rows == chain[index].rows).count()
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
                    "Age {}\u{a0}s is less than its lifetime of {}\u{a0}s",
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
                format!("Stale for {}: it must be asked about", span(since_secs)),
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
            check("REV-01", format!("Stale for {}", span(since_secs))),
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
