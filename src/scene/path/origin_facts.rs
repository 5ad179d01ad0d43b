//! What is known of the origin, before and while it is asked.

use crate::distribution::{Distribution, OriginKind};
use crate::edge::{Upstream, route};
use crate::network::{Rec, Region};
use crate::scene::{Scene, Trip};
use crate::simulation::{Place, Scenario};

use super::Plan;

/// What is known of the origin.
pub(super) struct OriginFacts {
    pub(super) region: Region,
    pub(super) kind: OriginKind,
    pub(super) id: String,
    pub(super) size_bytes: Option<u64>,
    /// How many objects it holds.
    pub(super) objects: usize,
    /// Its Origin Shield, where that is a station of its own: not where the regional edge cache is it (SHD-02), and not where
    /// the cache stands in the origin's own Region (SHD-13).
    pub(super) shield: Option<Rec>,
}

impl OriginFacts {
    pub(super) fn of(
        scenario: &Scenario,
        scene: &Scene,
        trip: Option<&Trip>,
        path: &str,
        plan: Plan,
    ) -> Self {
        let distribution = scene.settings.distribution();
        let served = match distribution.default_root_object.as_deref().filter(|_| path == "/") {
            Some(object) => format!("/{object}"),
            None => path.to_owned(),
        };
        let size_bytes = scene.size_of(scenario, &served);
        let is_new = |path: &&String| scenario.site.get(path).is_none();
        let objects = scenario.site.len() + scene.published.keys().filter(is_new).count();
        // CEP-03: a page has the origin of its own path.
        let of_behavior = trip.filter(|trip| trip.page_of_first().is_none());
        if let Some((matched, region)) =
            of_behavior.and_then(|trip| trip.matched.as_ref().zip(trip.origin_region()))
        {
            let shield =
                trip.and_then(|trip| shield_of_trip(trip, &distribution, &matched.origin_id));
            return Self {
                region,
                kind: matched.origin_kind,
                id: matched.origin_id.clone(),
                size_bytes,
                objects,
                shield,
            };
        }
        match distribution.origin_of(distribution.behavior_for(path)) {
            Some((_, origin)) => Self {
                region: Region::find(&origin.region)
                    .unwrap_or_else(|_| scene.settings.region_of_origins()),
                kind: origin.kind,
                id: origin.id.clone(),
                size_bytes,
                objects,
                shield: shield_ahead(&distribution, &origin.id, plan.rec),
            },
            None => Self {
                region: scene.settings.region_of_origins(),
                kind: OriginKind::S3Bucket,
                id: String::new(),
                size_bytes,
                objects,
                shield: None,
            },
        }
    }
}

/// The Shield on the way of an exchange: the one that was turned to, or else the one that would be.
fn shield_of_trip(trip: &Trip, distribution: &Distribution, origin_id: &str) -> Option<Rec> {
    let at = |place| trip.forwarded.get(&place).map(|forwarded| &forwarded.route);
    for route in [at(Place::Pop(trip.pop)), at(Place::Rec(trip.rec))].into_iter().flatten() {
        match route.upstream() {
            Upstream::Shield(region) => return Rec::find(region).ok(),
            Upstream::Origin => return None,
            Upstream::Rec => {}
        }
    }
    shield_ahead(distribution, origin_id, trip.rec)
}

fn shield_ahead(distribution: &Distribution, origin_id: &str, rec: Rec) -> Option<Rec> {
    let (_, origin) = distribution.origin(origin_id)?;
    let shield = Rec::find(route::shield_of(origin, rec.region().code())?).ok()?;
    Some(shield).filter(|shield| *shield != rec)
}
