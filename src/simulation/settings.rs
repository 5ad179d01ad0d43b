//! What the user can change while a walk goes on. World and Scene fold the same changes with the same code.

use std::sync::Arc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::{Scenario, ways};
use crate::distribution::{
    Behavior, Configuration, DeploymentPolicy, Distribution, OriginKind, PathPattern, TtlBounds,
    managed,
};
use crate::edge::Quotas;
use crate::http::Method;
use crate::network::{
    Access, City, Offer, Pop, PriceClass, Region, Resolver, ViewerNetwork, nearest,
};
use crate::origin::Health;
use crate::time::SimTime;

/// The settings in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What is configured, before the user's own settings go on top.
    pub configuration: Arc<Configuration>,
    /// The method of the next request.
    pub method: Method,
    /// What viewers offer as they open a connection.
    pub viewer: Offer,
    /// How viewers come to the network.
    #[serde(default, skip_serializing_if = "ViewerNetwork::is_usual")]
    pub network: ViewerNetwork,
    /// Whether every request starts with empty caches.
    pub starts_empty: bool,
    /// Whether the bucket stands in the Region of the viewer's REC.
    pub same_region: bool,
    /// Where the user put the origins; none where each stands where it is configured.
    pub origin_region: Option<Region>,
    /// Where the buckets stand now; none likewise.
    pub bucket_region: Option<Region>,
    /// By path pattern: whether the user made the behavior dynamic, or made it keep things.
    pub dynamic: LiteMap<String, bool>,
    /// By origin id: how well it is, where the user changed that.
    pub health: LiteMap<String, Health>,
    /// By origin id: the Region of its Origin Shield, or that it has none, where the user changed that (OR-06, OR-07).
    pub shields: LiteMap<String, Option<Region>>,
    /// By path pattern: the TTL settings, where the user changed them.
    pub ttls: LiteMap<String, TtlBounds>,
    /// Whether CloudFront is busy, so that no request goes to a staging distribution (CD-14).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_busy: bool,
    /// How much may be invalidated at once (INV-45).
    #[serde(default)]
    pub quotas: Quotas,
    /// Room in each POP, in bytes; a REC has ten times as much.
    pub pop_capacity_bytes: u64,
}

/// One change of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Another method for the next request.
    Method(Method),
    /// Other viewers, by what they offer as they open a connection.
    Viewer(Offer),
    /// Viewers come from another network.
    Access(Access),
    /// They ask another resolver.
    Resolver(Resolver),
    /// Every request starts with empty caches, or no longer does.
    StartsEmpty(bool),
    /// A behavior keeps nothing, or keeps things.
    Dynamic {
        /// The behavior's pattern.
        pattern: PathPattern,
        /// Whether it keeps nothing.
        on: bool,
    },
    /// The bucket stands in the Region of the viewer's REC, or where the user put it.
    SameRegion {
        /// Whether it does.
        on: bool,
        /// Where the buckets stand now; none where each stands where it is configured.
        bucket_region: Option<Region>,
    },
    /// All origins stand in another Region, but for a bucket that follows the REC.
    OriginRegion {
        /// The Region.
        region: Region,
        /// Where the buckets stand now; none where each stands where it is configured.
        bucket_region: Option<Region>,
    },
    /// CloudFront is busy, or no longer (CD-14).
    Busy(bool),
    /// Other quotas hold for invalidations (INV-45).
    Quotas(Quotas),
    /// Another capacity for each POP, in bytes.
    PopCapacity(u64),
    /// An origin has an Origin Shield, or has it no longer.
    Shield {
        /// The origin's id.
        origin_id: String,
        /// The Region of its regional edge cache.
        region: Option<Region>,
    },
    /// A behavior has other TTL settings.
    Ttl {
        /// The behavior's pattern.
        pattern: PathPattern,
        /// From now on.
        ttl: TtlBounds,
    },
    /// An origin fails, or answers again.
    Health {
        /// Its id.
        origin_id: String,
        /// How well it is.
        health: Health,
    },
    /// Another configuration is in force from now on; nothing is purged (MU-10, IM-08).
    Configuration(Arc<Configuration>),
    /// Another configuration is on its way to the edge locations (DST-01, DST-03).
    Deployment {
        /// What each will go by.
        configuration: Arc<Configuration>,
        /// When the last one has it (DST-02).
        until: SimTime,
    },
}

/// IM-07 (MODEL): where an origin stands whose Region no table has.
const SOMEWHERE: &str = "us-east-1";

/// EVI-02, EVI-05 (MODEL): a REC has so many times the room of a POP.
pub const REC_CAPACITY_FACTOR: u64 = 10;

impl Settings {
    /// What a scenario starts with.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            configuration: Arc::clone(&scenario.configuration),
            method: Method::Get,
            viewer: Offer::default(),
            network: ViewerNetwork::default(),
            starts_empty: false,
            same_region: false,
            origin_region: scenario.origin_region,
            bucket_region: scenario.origin_region,
            dynamic: LiteMap::new(),
            health: LiteMap::new(),
            shields: LiteMap::new(),
            ttls: LiteMap::new(),
            is_busy: false,
            quotas: scenario.quotas,
            pop_capacity_bytes: scenario.pop_capacity_bytes,
        }
    }

    /// Takes one change in.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Method(method) => self.method = *method,
            Change::Viewer(viewer) => self.viewer = *viewer,
            Change::Access(access) => self.network.access = *access,
            Change::Resolver(resolver) => self.network.resolver = *resolver,
            Change::StartsEmpty(on) => self.starts_empty = *on,
            Change::Dynamic { pattern, on } => {
                self.dynamic.insert(pattern.to_string(), *on);
            }
            Change::SameRegion { on, bucket_region } => {
                self.same_region = *on;
                self.bucket_region = *bucket_region;
            }
            Change::OriginRegion { region, bucket_region } => {
                self.origin_region = Some(*region);
                self.bucket_region = *bucket_region;
            }
            Change::Busy(on) => self.is_busy = *on,
            Change::Quotas(quotas) => self.quotas = *quotas,
            Change::PopCapacity(bytes) => self.pop_capacity_bytes = *bytes,
            Change::Shield { origin_id, region } => {
                self.shields.insert(origin_id.clone(), *region);
            }
            Change::Ttl { pattern, ttl } => {
                self.ttls.insert(pattern.to_string(), *ttl);
            }
            Change::Health { origin_id, health } => {
                self.health.insert(origin_id.clone(), *health);
            }
            Change::Configuration(configuration) | Change::Deployment { configuration, .. } => {
                // What was said of all origins at once holds for these alone (IM-08).
                if !has_same_origins(&self.configuration, configuration) {
                    (self.same_region, self.origin_region, self.bucket_region) =
                        (false, None, None);
                }
                self.give_way(&Arc::clone(&self.configuration), configuration);
                self.configuration = Arc::clone(configuration);
            }
        }
    }

    /// What the user had set goes on, but where the new configuration says something else than the one before (IM-08).
    fn give_way(&mut self, before: &Configuration, after: &Configuration) {
        let policy = |configuration: &Configuration, pattern: &str| {
            let mut behaviors = configuration.distribution().behaviors.iter();
            let behavior = behaviors.find(|behavior| behavior.pattern.as_str() == pattern)?;
            Some(behavior.cache_policy.clone())
        };
        let goes_on = |pattern: &String| policy(before, pattern) == policy(after, pattern);
        self.dynamic.retain(|pattern, _| goes_on(pattern));
        self.ttls.retain(|pattern, _| goes_on(pattern));
        let shield = |configuration: &Configuration, id: &str| {
            let mut origins = configuration.distribution().origins.iter();
            Some(origins.find(|origin| origin.id == id)?.shield_region.clone())
        };
        self.shields.retain(|id, _| shield(before, id) == shield(after, id));
    }

    /// Which edge locations the distribution uses (DS-02).
    pub fn price_class(&self) -> PriceClass {
        ways::used(self.configuration.distribution().price_class)
    }

    /// The edge location that the DNS answers a viewer in a city with (DNS-09, DS-02).
    pub fn pop_for(&self, city: City) -> Pop {
        nearest::best_from(self.network.resolver.seen_from(city), self.price_class())
    }

    /// How well an origin is.
    pub fn health(&self, origin_id: &str) -> Health {
        self.health.get(origin_id).copied().unwrap_or_default()
    }

    /// Room in each REC, in bytes.
    pub const fn rec_capacity_bytes(&self) -> u64 {
        self.pop_capacity_bytes.saturating_mul(REC_CAPACITY_FACTOR)
    }

    /// The distribution that is configured, with these settings.
    pub fn distribution(&self) -> Distribution {
        let mut distribution = self.configuration.distribution().clone();
        self.place_origins(&mut distribution);
        for origin in &mut distribution.origins {
            if let Some(shield) = self.shields.get(&origin.id) {
                origin.shield_region = shield.map(|region| region.code().to_owned());
            }
        }
        for behavior in &mut distribution.behaviors {
            if let Some(ttl) = self.ttls.get(behavior.pattern.as_str()) {
                behavior.cache_policy.ttl = *ttl;
            }
            match self.dynamic.get(behavior.pattern.as_str()) {
                Some(true) => behavior.cache_policy = managed::caching_disabled(),
                Some(false) if behavior.is_caching_disabled() => {
                    behavior.cache_policy = managed::caching_optimized();
                }
                _ => {}
            }
        }
        distribution
    }

    /// The staging distribution with its policy, if there is one: its origins stand where those of the primary do. What is switched
    /// on top belongs to the primary alone (CD-22, MODEL).
    pub fn staged(&self) -> Option<(&DeploymentPolicy, Distribution)> {
        let staged = self.configuration.staged()?;
        let mut distribution = staged.distribution.clone();
        self.place_origins(&mut distribution);
        Some((&staged.policy, distribution))
    }

    /// Puts origins where the user put them.
    fn place_origins(&self, distribution: &mut Distribution) {
        for origin in &mut distribution.origins {
            let region = match origin.kind {
                OriginKind::S3Bucket => self.bucket_region,
                _ => self.origin_region,
            };
            if let Some(region) = region {
                *origin = origin.moved_to(region.code());
            } else if Region::find(&origin.region).is_err() {
                SOMEWHERE.clone_into(&mut origin.region); // IM-07
            }
        }
    }

    /// Whether the behavior for a path keeps nothing under these settings.
    pub fn is_dynamic(&self, path: &str) -> bool {
        let distribution = self.distribution();
        let behavior = distribution.behaviors.get(distribution.behavior_for(path));
        behavior.is_some_and(Behavior::is_caching_disabled)
    }

    /// Whether the origins stand in more than one Region: none was chosen for all, and they are configured so.
    pub fn has_origins_apart(&self) -> bool {
        let mut origins = self.configuration.distribution().origins.iter();
        let first = origins.next().map(|origin| &origin.region);
        self.origin_region.is_none() && origins.any(|origin| Some(&origin.region) != first)
    }

    /// Where the origins stand: where the user put them, or else where the first one is configured.
    pub fn region_of_origins(&self) -> Region {
        let first = || {
            let origin = self.configuration.distribution().origins.first()?;
            Region::find(&origin.region).ok()
        };
        self.origin_region
            .or_else(first)
            .unwrap_or_else(|| Region::find(SOMEWHERE).expect("N. Virginia is among the Regions"))
    }
}

/// Whether two configurations speak of the same servers.
fn has_same_origins(one: &Configuration, other: &Configuration) -> bool {
    let named = |configuration: &Configuration| {
        let origins = configuration.distribution().origins.iter();
        origins.map(|origin| (origin.id.clone(), origin.domain.clone())).collect::<Vec<_>>()
    };
    named(one) == named(other)
}
