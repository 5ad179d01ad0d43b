//! What a stale response may still be used for (caching.md section 2.3).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Lifetime, LifetimeRule, StoredResponse};
use crate::http::cache_control::CacheControl;
use crate::time::SimTime;

/// Why a stale response is served without waiting for anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaleUse {
    /// `stale-while-revalidate`: it is served at once and asked about in the background (STALE-01).
    WhileRevalidate {
        /// For so many seconds after it became stale.
        window_secs: u64,
    },
    /// The origin failed a moment ago and is not asked again for a while (ERR-31).
    OriginFailed {
        /// So many whole seconds more.
        remaining_secs: u64,
    },
}

/// Why a stale response is not served though the origin failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotServed {
    /// `stale-if-error` was shorter; 0 forbids it (STALE-04, STALE-11, STALE-12).
    WindowOver {
        /// Of the directive, in seconds.
        window_secs: u64,
    },
    /// It is older than the maximum TTL (STALE-05, STALE-13, ERR-36).
    PastMaxTtl {
        /// In seconds.
        max_secs: u64,
    },
    /// The origin forbade to keep it, no minimum TTL kept it all the same, and the origin did answer (STALE-18, MODEL).
    Forbidden,
    /// It is an error itself.
    IsError,
}

/// How a stale response may be served at `now` without waiting, if it may.
pub fn at_once(stored: &StoredResponse, now: SimTime) -> Option<StaleUse> {
    let until = stored.grace_until;
    if now < until {
        return Some(StaleUse::OriginFailed { remaining_secs: until.since(now).as_secs() });
    }
    if stored.response().status.is_error() || !has_lifetime_of_its_own(&stored.lifetime) {
        return None;
    }
    let window_secs = CacheControl::of(&stored.response().fields).stale_while_revalidate?;
    let window_secs = window_secs.min(stored.lifetime.bounds.max); // STALE-03
    (is_within(stored, now, window_secs) && is_within_max_ttl(stored, now))
        .then_some(StaleUse::WhileRevalidate { window_secs }) // STALE-01, STALE-02
}

/// Whether a stale response may be served at `now` because the origin failed: by an answer of 5xx, or by none at all.
pub fn on_error(
    stored: &StoredResponse,
    now: SimTime,
    gave_no_answer: bool,
) -> Result<(), NotServed> {
    if stored.response().status.is_error() {
        return Err(NotServed::IsError); // STALE-09
    }
    if !has_lifetime_of_its_own(&stored.lifetime) && !gave_no_answer {
        return Err(NotServed::Forbidden); // STALE-18
    }
    if let Some(window_secs) = error_window_secs(stored)
        && (window_secs == 0 || !is_within(stored, now, window_secs))
    {
        return Err(NotServed::WindowOver { window_secs }); // STALE-04, STALE-11, STALE-12
    }
    if !is_within_max_ttl(stored, now) {
        return Err(NotServed::PastMaxTtl { max_secs: stored.lifetime.bounds.max }); // STALE-05, STALE-08, ERR-36
    }
    Ok(())
}

/// The last instant at which [`on_error`] lets a stale response be served, whenever the origin failed (STALE-04, ERR-36).
pub fn usable_until(stored: &StoredResponse) -> SimTime {
    let by_max_ttl = stored.response_time + Duration::from_secs(stored.lifetime.bounds.max);
    let window = error_window_secs(stored).map(Duration::from_secs);
    window.map_or(by_max_ttl, |window| by_max_ttl.min(stored.stale_at() + window))
}

/// What `stale-if-error` says, in seconds.
fn error_window_secs(stored: &StoredResponse) -> Option<u64> {
    let directive = CacheControl::of(&stored.response().fields).stale_if_error;
    directive.map(|window_secs| window_secs.min(stored.lifetime.bounds.max)) // STALE-07
}

/// Whether the response became stale by its age, and not because it must never be served unasked. STALE-18 (MODEL): what a
/// minimum TTL keeps against the origin's word is kept by right, and stale like anything else afterwards.
const fn has_lifetime_of_its_own(lifetime: &Lifetime) -> bool {
    match lifetime.rule {
        LifetimeRule::Forbidden => lifetime.bounds.min > 0,
        LifetimeRule::VaryAny | LifetimeRule::CachingOff => false,
        _ => true,
    }
}

fn is_within(stored: &StoredResponse, now: SimTime, window_secs: u64) -> bool {
    now.since(stored.stale_at()) <= Duration::from_secs(window_secs)
}

/// STALE-13 (MODEL): counted from the last full fetch or 304.
fn is_within_max_ttl(stored: &StoredResponse, now: SimTime) -> bool {
    now.since(stored.response_time) <= Duration::from_secs(stored.lifetime.bounds.max)
}
