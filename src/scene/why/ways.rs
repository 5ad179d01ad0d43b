//! Why a request went the way it went.

use super::{Reason, check, decided, next};
use crate::distribution::OriginKind;
use crate::edge::{Bypass, Route};
use crate::http::Method;
use crate::network::Region;
use crate::scene::units::span;
use crate::scene::{Outcome, Trip};

/// Why a POP turned to its REC or past it.
pub(in crate::scene) fn of_route(route: &Route, trip: &Trip, rec_region: &str) -> Vec<Reason> {
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
            let town = Region::find(region)
                .map_or_else(|_| region.clone(), |region| region.short_name().to_owned());
            format!("The bucket is next door in {town}")
        }
    }
}
