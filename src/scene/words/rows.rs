//! Which rows of docs/reference stand behind what is said, case by case.

use super::assumed;
use super::sources::{
    BEHAVIOR, CUSTOM_ORIGIN, ERROR_PAGES, ERROR_TTL, ERRORS, EXPIRATION, FAILOVER, HOW_IT_WORKS,
    MANAGED, RANGES, SHIELD,
};
use super::told::Told;
use crate::distribution::{OriginKind, TtlBounds};
use crate::edge::freshness::varies_by_anything;
use crate::edge::{
    Bypass, Found, Kept, Layer, Lifetime, LifetimeRule, NotStored, Route, StaleUse, Unconditional,
};
use crate::http::cache_control::CacheControl;
use crate::http::{Method, Request, Response, Status};
use crate::scene::trip::Forwarded;
use crate::scene::{Trip, why};
use crate::simulation::Place;

/// How the POP passed the request on, if it did.
fn from_pop(trip: &Trip) -> Option<&Forwarded> {
    trip.forwarded.get(&Place::Pop(trip.pop))
}

/// Whether the POP asked its REC.
pub(super) fn is_through_rec(trip: &Trip) -> bool {
    from_pop(trip).is_some_and(|forwarded| forwarded.route == Route::ThroughRec)
}

fn is_asked_about(trip: &Trip) -> bool {
    from_pop(trip).is_some_and(|forwarded| forwarded.conditional)
}

pub(super) fn of_lookup(told: &mut Told, found: Found, layer: Layer, trip: &Trip) {
    match (found, layer) {
        (Found::Fresh { .. }, Layer::Pop) => {
            told.turn_to("FLOW-03", HOW_IT_WORKS);
            told.assume(assumed::AGE);
        }
        (Found::Fresh { .. }, Layer::Shield) => {
            told.turn_to("SHD-07", SHIELD);
            told.assume(assumed::AGE);
        }
        (Found::Fresh { .. }, Layer::Rec) => {
            told.turn_to("FLOW-05", HOW_IT_WORKS);
            if is_asked_about(trip) {
                told.assume(assumed::REC_CONFIRMS);
            }
            told.assume(assumed::AGE);
        }
        (Found::Stale { unconditional, .. }, _) => {
            told.turn_to("REV-01", EXPIRATION);
            match unconditional {
                None => {}
                Some(Unconditional::NoValidator) => told.assume(assumed::NO_VALIDATOR),
                Some(Unconditional::VaryAny) => told.cite("VARY-05"),
                Some(Unconditional::ForwardsCookies) => told.cite("REV-08"),
                Some(Unconditional::Forbidden) => told.assume(assumed::FETCHED_EACH_TIME),
                Some(Unconditional::IsError) => told.turn_to("ERR-17", ERRORS),
            }
        }
        (Found::StaleServed { by: StaleUse::WhileRevalidate { .. }, .. }, _) => {
            told.turn_to("STALE-01", EXPIRATION);
            told.assume(assumed::STALE_LIMITS);
            told.assume(assumed::STALE_WORD);
            told.assume(assumed::ONE_REFRESH);
        }
        (Found::StaleServed { by: StaleUse::OriginFailed { .. }, .. }, _) => {
            told.turn_to("ERR-31", ERRORS);
            told.assume(assumed::STALE_WORD);
        }
        (Found::PartMissing { .. }, _) => told.turn_to("RNG-02", RANGES),
        (Found::HeadOnly, _) => {
            told.turn_to("", HOW_IT_WORKS);
            told.assume(assumed::HEAD_ONLY);
        }
        // What follows from a miss is told with the way that the request takes.
        (Found::Absent, _) => {}
    }
}

/// Why a cache does not search its shelf; the rows of that come back.
pub(super) fn of_not_looked_up(told: &mut Told, why: &NotStored) -> String {
    told.turn_to("", HOW_IT_WORKS);
    of_not_stored(told, why)
}

/// The validators that a conditional request carries.
pub(super) fn of_condition(told: &mut Told, request: &Request) {
    let rows = [("If-None-Match", "REV-02"), ("If-Modified-Since", "REV-03")];
    for (_, row) in rows.into_iter().filter(|(name, _)| request.fields.has(name)) {
        told.cite(row);
    }
}

/// The way to whom is asked next.
pub(super) fn of_way(told: &mut Told, route: &Route, is_stale: bool, trip: &Trip) {
    match route {
        Route::ThroughRec => {
            if !is_stale {
                told.cite("FLOW-04");
            }
            let kind = trip.matched.as_ref().map(|matched| matched.origin_kind);
            told.cite(if kind == Some(OriginKind::S3Bucket) { "REC-07" } else { "REC-08" });
            if kind == Some(OriginKind::S3Website) {
                told.assume(assumed::WEBSITE);
            }
            told.assume(assumed::NEAREST_REC);
        }
        Route::FromShield if trip.bypass().is_some() => told.cite(why::row_of_shield(trip)),
        Route::FromRec | Route::FromShield if !is_stale => told.cite("FLOW-06"),
        Route::FromRec | Route::FromShield if is_asked_about(trip) => {
            told.assume(assumed::ONE_QUESTION);
        }
        Route::FromRec | Route::FromShield => {}
        Route::ToShield { .. } => told.turn_to("SHD-01", SHIELD),
        Route::PastRec(bypass) => of_bypass(told, bypass),
        Route::PastRecToShield { bypass, .. } => {
            of_bypass(told, bypass);
            match bypass {
                Bypass::ProxyMethod(Method::Options) => told.assume(assumed::OPTIONS_SHIELD),
                Bypass::ProxyMethod(_) => told.cite("SHD-05"),
                _ => told.cite("SHD-06"),
            }
        }
    }
}

fn of_bypass(told: &mut Told, bypass: &Bypass) {
    match bypass {
        Bypass::ProxyMethod(Method::Options) => told.cite("REC-02"),
        Bypass::ProxyMethod(_) => told.cite("REC-01"),
        Bypass::CachingDisabled => {
            told.cite("REC-03");
            told.assume(assumed::DYNAMIC);
        }
        Bypass::ShortMaxTtl { .. } => {
            told.cite("REC-03, REC-04");
            told.assume(assumed::DYNAMIC);
        }
        Bypass::SameRegion { .. } => told.cite("REC-06"),
    }
}

/// How an answer of the origin came to be asked for: through the REC, or past it.
pub(super) fn of_origin_asked(told: &mut Told, trip: &Trip) {
    match trip.bypass() {
        Some(bypass) => of_bypass(told, bypass),
        None => told.cite("FLOW-06"),
    }
}

/// Why a tier keeps a response: it was fetched, or what it had is still good.
pub(super) fn of_kept(told: &mut Told, trip: &Trip, layer: Layer, kept: Kept) {
    let status = trip.replied.as_ref().map(|(response, _)| response.status);
    match (kept, status) {
        (Kept::Same, None) => told.assume(assumed::REC_CONFIRMS),
        (Kept::Confirmed, _) => {
            told.cite("REV-01, REV-05");
            told.assume(assumed::RESTARTED);
            let at_rec = trip.found.get(&Place::Rec(trip.rec));
            if layer == Layer::Pop && matches!(at_rec, Some(Found::Stale { .. })) {
                told.assume(assumed::ONE_QUESTION);
            }
        }
        (_, None) => told.cite("FLOW-05"),
        (_, Some(_)) if layer == Layer::Rec => told.cite("FLOW-06"),
        (_, Some(_)) => match trip.bypass() {
            None => told.cite("FLOW-06"),
            Some(Bypass::ProxyMethod(_)) => told.assume(assumed::OPTIONS_POP_ONLY),
            Some(_) => told.assume(assumed::POP_ONLY),
        },
    }
}

/// How long a response is fresh, and since when.
pub(super) fn of_lifetime(told: &mut Told, lifetime: &Lifetime, layer: Layer, trip: &Trip) {
    told.source = EXPIRATION;
    let bounds = lifetime.bounds;
    match lifetime.rule {
        LifetimeRule::MaxAge { .. } => told.cite("TTL-01"),
        LifetimeRule::SMaxage { .. } => {
            told.cite("TTL-03");
            if cc_of(trip).is_some_and(|cc| cc.max_age.is_none()) {
                told.assume(assumed::SHARED_ALONE);
            }
        }
        LifetimeRule::Expires { secs } => {
            told.cite("TTL-04");
            told.assume(if secs == 0 { assumed::EXPIRES_PAST } else { assumed::DATE_OF_EXPIRES });
        }
        LifetimeRule::Default => told.cite("TTL-02"),
        LifetimeRule::Forbidden if bounds.min > 0 => told.cite("TTL-05, TTL-09"),
        LifetimeRule::Forbidden => {
            told.cite("TTL-05");
            told.assume(assumed::FETCHED_EACH_TIME);
        }
        LifetimeRule::VaryAny => {
            told.cite("VARY-05");
            told.source = CUSTOM_ORIGIN;
        }
        LifetimeRule::CachingOff => told.cite("TTL-27"),
        LifetimeRule::ErrorPage => {
            told.source = ERRORS;
            told.cite("CEP-04");
        }
        LifetimeRule::Error { asked_secs, .. } => {
            told.source = ERRORS;
            of_error(told, trip, bounds);
            told.cite("ERR-06");
            match asked_secs {
                None => told.cite("ERR-11"),
                Some(asked) if asked > bounds.max => told.cite("ERR-07"),
                Some(_) => {}
            }
        }
    }
    match lifetime.rule {
        LifetimeRule::CachingOff | LifetimeRule::ErrorPage | LifetimeRule::VaryAny => {}
        // Where one of three words forbids it, no figure was asked for; a quote may have brought that word.
        rule => of_cache_control(told, trip, rule != LifetimeRule::Forbidden),
    }
    let is_asked =
        matches!(lifetime.rule, LifetimeRule::MaxAge { .. } | LifetimeRule::SMaxage { .. });
    if is_asked && lifetime.secs == 0 {
        told.assume(assumed::TTL_ZERO);
    }
    match lifetime.rule {
        _ if !is_through_rec(trip) => {}
        LifetimeRule::Error { .. } => told.assume(assumed::ERROR_IN_BOTH),
        _ if layer == Layer::Pop => told.assume(assumed::ONE_LIFETIME),
        _ => {}
    }
}

/// The answer that is weighed: the origin's, or the one of the REC where no origin was asked.
fn weighed(trip: &Trip) -> Option<&Response> {
    let rec = || trip.answered.get(&Place::Rec(trip.rec)).map(|(response, _)| &**response);
    trip.replied.as_ref().map(|(response, _)| &**response).or_else(rec)
}

fn cc_of(trip: &Trip) -> Option<CacheControl> {
    weighed(trip).map(|response| CacheControl::of(&response.fields))
}

/// What no page says of a Cache-Control that is not well-formed.
fn of_cache_control(told: &mut Told, trip: &Trip, asks_for_a_figure: bool) {
    let Some(cc) = cc_of(trip) else { return };
    if cc.open_quotes > 0 {
        told.assume(assumed::OPEN_QUOTE);
    }
    if asks_for_a_figure && cc.has_unreadable_lifetime() {
        told.assume(assumed::UNREADABLE_LIFETIME);
    }
}

/// Why an error is kept at all, whatever its Vary.
fn of_error(told: &mut Told, trip: &Trip, bounds: TtlBounds) {
    let response = weighed(trip);
    match response.map(|response| response.status.0) {
        Some(400 | 403 | 405 | 412 | 415) => told.cite("ERR-02"),
        Some(410) => told.assume(assumed::GONE),
        _ => told.cite("ERR-01"),
    }
    if bounds.min == 0 && response.is_some_and(|response| varies_by_anything(&response.fields)) {
        told.assume(assumed::VARY_OF_ERROR);
    }
}

/// Why a response is not kept.
/// The rows of that reason alone come back.
pub(super) fn of_not_kept(told: &mut Told, why: &NotStored, trip: &Trip) -> String {
    let rows = of_not_stored(told, why);
    match why {
        // ERR-02: for want of a figure. ERR-08: for one of three words.
        NotStored::Status(Status(400 | 403 | 405 | 412 | 415)) => {
            of_cache_control(told, trip, true);
        }
        NotStored::Status(Status(404 | 410 | 414 | 501)) => of_cache_control(told, trip, false),
        _ => {}
    }
    rows
}

fn of_not_stored(told: &mut Told, why: &NotStored) -> String {
    let (rows, source, assumption) = match why {
        NotStored::Method(Method::Options) => ("REC-02, MET-02", BEHAVIOR, None),
        NotStored::Method(_) => ("REC-01", HOW_IT_WORKS, None),
        NotStored::CachingDisabled => ("TTL-27", MANAGED, None),
        NotStored::Status(Status(416)) => ("ERR-04", ERROR_PAGES, None),
        NotStored::Status(Status(400 | 403 | 405 | 412 | 415)) => {
            ("ERR-02", ERRORS, Some(assumed::EXPIRES_ALONE))
        }
        NotStored::Status(Status(410)) => ("ERR-08", ERROR_TTL, Some(assumed::GONE)),
        NotStored::Status(Status(404 | 414 | 501)) => ("ERR-08", ERROR_TTL, None),
        NotStored::Status(_) => ("ERR-05", ERRORS, None),
        NotStored::NotModified => ("", CUSTOM_ORIGIN, Some(assumed::VIEWERS_CONDITION)),
        NotStored::ConfirmedBelow => ("REV-01", EXPIRATION, Some(assumed::HANDED_DOWN)),
        NotStored::FreshHeld => ("", ERRORS, Some(assumed::FRESH_STAYS)),
        NotStored::ContentHeld => ("", HOW_IT_WORKS, Some(assumed::CONTENT_STAYS)),
        NotStored::BrokenOff => ("XFER-05, XFER-06", CUSTOM_ORIGIN, None),
        NotStored::ViewerLeft => ("XFER-08", CUSTOM_ORIGIN, None),
        NotStored::Invalidated => ("", HOW_IT_WORKS, Some(assumed::REC_FIRST)),
        NotStored::PageOfUnkept => ("CEP-11, ERR-12", ERRORS, None),
        NotStored::FailedOver => ("FO-06", FAILOVER, None),
        NotStored::TooLarge { .. } => ("EVI-02", HOW_IT_WORKS, Some(assumed::NO_SIZES)),
    };
    told.source = source;
    told.cite(rows);
    let mut all = rows.to_owned();
    if let Some(assumed) = assumption {
        told.assume(assumed);
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(assumed.0);
    }
    all
}
