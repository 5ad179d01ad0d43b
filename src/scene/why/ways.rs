//! Why a request went the way it went.

use super::{Reason, check, decided, next};
use crate::distribution::OriginKind;
use crate::edge::{Bypass, Route};
use crate::http::Method;
use crate::network::Region;
use crate::scene::units::{span, unbroken};
use crate::scene::{Outcome, Trip};

/// What a request has to be for a POP to look, and for its way from there: it comes before what the look found.
pub(in crate::scene) fn of_conditions(route: &Route, trip: &Trip) -> Vec<Reason> {
    let pattern = trip.matched.as_ref().map_or("*", |matched| matched.pattern.as_str());
    let method = trip.request.method;
    let may_be_cached = check("MET-01", format!("{method} may be answered from a cache"));
    match (route, route.bypass()) {
        (_, Some(Bypass::ProxyMethod(method))) => vec![
            check("MET-04", format!("Behavior {pattern} allows {method}"))
                .set_by_behavior(trip, "allowed methods"),
        ],
        (_, Some(Bypass::CachingDisabled | Bypass::ShortMaxTtl { .. })) => vec![may_be_cached],
        (Route::ThroughRec, _) | (_, Some(Bypass::SameRegion { .. })) => {
            let keeps = format!("Behavior {pattern} keeps objects: not dynamic");
            vec![may_be_cached, check("REC-05", keeps).set_by_policy(trip, "maximum TTL")]
        }
        _ => Vec::new(),
    }
}

/// Why a tier turned to the next one, or past it.
pub(in crate::scene) fn of_route(route: &Route, trip: &Trip, rec_region: &str) -> Vec<Reason> {
    let matched = trip.matched.as_ref();
    let pattern = matched.map_or("*", |matched| matched.pattern.as_str());
    let bypassed = |row, text: String| decided(Outcome::Bypass, row, text);
    let mut reasons = match route.bypass() {
        Some(Bypass::ProxyMethod(method)) => vec![bypassed(
            if *method == Method::Options { "REC-02" } else { "REC-01" },
            format!("{method} is a proxy method: past the regional edge cache"),
        )],
        Some(Bypass::CachingDisabled) => vec![
            bypassed(
                "REC-05",
                format!("Behavior {pattern} has caching disabled: a dynamic request"),
            )
            .set_by_policy(trip, "all three TTLs"),
        ],
        Some(Bypass::ShortMaxTtl { max_secs, threshold_secs }) => vec![
            bypassed(
                "REC-05",
                format!("Maximum TTL {max_secs}\u{a0}s is under {threshold_secs}\u{a0}s: a dynamic request"),
            )
            .set_by_policy(trip, "maximum TTL"),
        ],
        Some(Bypass::SameRegion { region }) => vec![
            bypassed(
                "REC-06",
                format!(
                    "The bucket stands in {region}, as the regional edge cache does: no detour"
                ),
            )
            .set_by_origin(trip, "its Region"),
        ],
        None => Vec::new(),
    };
    match route {
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
            reasons.extend([where_to, next("FLOW-12", "Ask the regional edge cache")]);
        }
        Route::FromShield if trip.bypass().is_some() => {
            reasons.push(next(row_of_shield(trip), "Pass it on to the origin"));
        }
        Route::FromRec | Route::FromShield => reasons.push(next("FLOW-06", "Ask the origin")),
        Route::ToShield { region } => {
            let has_shield = check("SHD-01", "The origin has an Origin Shield");
            let ask = next("SHD-01", format!("Ask it in {}", town_of(region)));
            reasons.extend([has_shield.set_by_origin(trip, "Origin Shield"), ask]);
        }
        Route::PastRecToShield { region, bypass } => {
            let text = format!("Ask the origin's Origin Shield in {}", town_of(region));
            let ask = next(shield_row(bypass), text);
            reasons.push(ask.set_by_origin(trip, "Origin Shield"));
        }
        Route::PastRec(_) => {}
    }
    reasons
}

/// The row by which a request goes past the REC and through Origin Shield.
const fn shield_row(bypass: &Bypass) -> &'static str {
    match bypass {
        Bypass::ProxyMethod(Method::Options) => "SHD-17",
        Bypass::ProxyMethod(_) => "SHD-05",
        _ => "SHD-06",
    }
}

/// The same of an exchange that went so.
pub(in crate::scene) fn row_of_shield(trip: &Trip) -> &'static str {
    trip.bypass().map_or("SHD-01", shield_row)
}

/// The town of a Region, as it is spoken of; the code of one that is not known.
pub(in crate::scene) fn town_of(region: &str) -> String {
    match Region::find(region) {
        Ok(region) => unbroken(region.short_name()),
        Err(_) => region.to_owned(),
    }
}

/// A bypass, for the arc over the rails.
pub(in crate::scene) fn bypass_in_short(bypass: &Bypass) -> String {
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
            format!("The bucket is next door in {}", town_of(region))
        }
    }
}
