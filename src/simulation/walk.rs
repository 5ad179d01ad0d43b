//! A Walk: a scenario and the actions taken, as plain data. The same Walk gives the same journal everywhere.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::distribution::{
    Behavior, Configuration, Distribution, Logging, Origin, PathPattern, TtlBounds, managed,
};
use crate::edge::route::DYNAMIC_MAX_TTL_SECS;
use crate::edge::{Batch, InvalidationPath, Quotas};
use crate::http::{Method, Request};
use crate::network::{Access, City, Offer, Region, Resolver};
use crate::origin::{Given, Health, Site, demo_site, site_of};
use crate::time::SimTime;

/// Where a walk starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredScenario")]
pub struct Scenario {
    /// What is configured.
    pub configuration: Arc<Configuration>,
    /// What the origins hold.
    pub site: Site,
    /// Where all origins stand; none where each stands where it is configured.
    pub origin_region: Option<Region>,
    /// Room in each POP, in bytes.
    pub pop_capacity_bytes: u64,
    /// REC-05: a GET or HEAD whose behavior has a maximum TTL below this, in seconds, is dynamic; 0: only where caching
    /// is off.
    pub dynamic_max_ttl_secs: u64,
    /// How much may be invalidated at once (INV-45).
    pub quotas: Quotas,
    /// Of all chance in this walk.
    pub seed: u64,
    /// The instant 0 of virtual time, in Unix seconds.
    pub epoch_unix: u64,
}

/// A scenario as it was stored: the first ones held their distribution itself.
#[derive(Deserialize)]
struct StoredScenario {
    #[serde(default)]
    configuration: Option<Arc<Configuration>>,
    #[serde(default)]
    distribution: Option<Distribution>,
    site: Site,
    #[serde(default)]
    origin_region: Option<Region>,
    pop_capacity_bytes: u64,
    #[serde(default = "default_dynamic_max_ttl_secs")]
    dynamic_max_ttl_secs: u64,
    #[serde(default)]
    quotas: Quotas,
    seed: u64,
    epoch_unix: u64,
}

/// Why a stored scenario is none any more.
#[derive(Debug, thiserror::Error)]
enum NotStored {
    /// Neither form of what is configured is there.
    #[error("configuration: this may not be left out")]
    Nothing,
    /// AWS would not take the distribution: the first finding.
    #[error("distribution: {0}")]
    Refused(String),
}

impl TryFrom<StoredScenario> for Scenario {
    type Error = NotStored;

    fn try_from(stored: StoredScenario) -> Result<Self, NotStored> {
        let configuration = match (stored.configuration, stored.distribution) {
            (Some(configuration), _) => configuration,
            (None, Some(distribution)) => {
                let taken = Configuration::taken(&distribution).map_err(|errors| {
                    let first = errors.first().map(ToString::to_string);
                    NotStored::Refused(first.unwrap_or_default())
                });
                Arc::new(taken?)
            }
            (None, None) => return Err(NotStored::Nothing),
        };
        Ok(Self {
            configuration,
            site: stored.site,
            origin_region: stored.origin_region,
            pop_capacity_bytes: stored.pop_capacity_bytes,
            dynamic_max_ttl_secs: stored.dynamic_max_ttl_secs,
            quotas: stored.quotas,
            seed: stored.seed,
            epoch_unix: stored.epoch_unix,
        })
    }
}

const fn default_dynamic_max_ttl_secs() -> u64 {
    DYNAMIC_MAX_TTL_SECS
}

/// A scenario and what was done in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// The start.
    pub scenario: Scenario,
    /// In order; never more than [`Walk::MOST_ACTIONS`].
    pub actions: Vec<TimedAction>,
}

/// An action and the instant at which it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedAction {
    /// After the epoch.
    pub at: SimTime,
    /// What was done.
    pub action: Action,
}

/// What a user can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Send a request from a city.
    Send {
        /// Where the viewer is.
        city: City,
        /// As composed; its Host is set when it is sent.
        request: Arc<Request>,
    },
    /// Send several requests at the same instant.
    SendTogether {
        /// Where each viewer is, and what is sent from there.
        requests: Vec<(City, Arc<Request>)>,
    },
    /// Let time pass.
    Wait {
        /// How much.
        span: Duration,
    },
    /// Publish a new version of an object.
    Publish {
        /// The object's path.
        path: String,
    },
    /// Remove from all caches what these paths and tags name.
    Invalidate(Batch),
    /// Choose the method of the next request.
    SetMethod {
        /// The method.
        method: Method,
    },
    /// Let other viewers ask from now on.
    SetViewer {
        /// What they offer as they open a connection.
        viewer: Offer,
    },
    /// Let viewers come from another network from now on (DNS-26, DNS-29).
    SetAccess {
        /// Of which families it gives them addresses.
        access: Access,
    },
    /// Let them ask another resolver (DNS-11).
    SetResolver {
        /// Which one.
        resolver: Resolver,
    },
    /// Empty all caches, and again before every request while this is on.
    StartEmpty {
        /// On or off.
        on: bool,
    },
    /// Let a behavior keep nothing.
    SetDynamic {
        /// The behavior's pattern.
        pattern: PathPattern,
        /// On or off.
        on: bool,
    },
    /// Put the bucket into the Region of the REC of the POP that serves this city.
    SetSameRegion {
        /// On or off.
        on: bool,
        /// Where the viewer is.
        city: City,
    },
    /// Put the origins into a Region.
    SetOriginRegion {
        /// The Region.
        region: Region,
    },
    /// Publish a new version of an object that has another size.
    Resize {
        /// The object's path.
        path: String,
        /// In bytes.
        size_bytes: u64,
    },
    /// Put an Origin Shield in front of an origin, or take it away (OR-06).
    SetShield {
        /// The origin's id.
        origin_id: String,
        /// The Region of the regional edge cache that becomes it (OR-07).
        region: Option<Region>,
    },
    /// Give a behavior other TTL settings.
    SetTtl {
        /// The behavior's pattern.
        pattern: PathPattern,
        /// From now on.
        ttl: TtlBounds,
    },
    /// Let an origin fail, or answer again.
    SetHealth {
        /// The origin's id.
        origin_id: String,
        /// How well it is.
        health: Health,
    },
    /// Let CloudFront be busy, or no longer: no request goes to a staging distribution then (CD-14).
    SetBusy {
        /// On or off.
        on: bool,
    },
    /// Let other quotas hold for invalidations (INV-45).
    SetQuotas {
        /// Which.
        quotas: Quotas,
    },
    /// Give each POP another capacity.
    SetPopCapacity {
        /// In bytes.
        bytes: u64,
    },
    /// Put another configuration in force, everywhere at once; nothing is purged (MU-10).
    Configure(Arc<Configuration>),
    /// Put another configuration in force, edge location by edge location (DST-01 to DST-04).
    Deploy(Arc<Configuration>),
}

impl Action {
    /// Remove one path from all caches.
    pub fn invalidate(path: InvalidationPath) -> Self {
        Self::Invalidate(Batch::of(path))
    }
}

impl Walk {
    /// The most actions that a walk may hold.
    pub const MOST_ACTIONS: usize = 10_000;

    /// A walk in which nothing was done yet.
    pub const fn new(scenario: Scenario) -> Self {
        Self { scenario, actions: Vec::new() }
    }

    /// A walk through a configuration of somebody's own, in which nothing was done yet: its origins stand where it says, and
    /// hold an example for each behavior and what else it names (IM-06).
    pub fn of_configuration(configuration: Arc<Configuration>) -> Self {
        Self::of_site(configuration, &[])
    }

    /// The same where it is known what the origins hold (IM-15); of nothing, the examples stand in.
    pub fn of_site(configuration: Arc<Configuration>, objects: &[Given]) -> Self {
        let site = site_of(configuration.distribution(), objects);
        Self::new(Scenario { configuration, site, origin_region: None, ..built_in_scenario() })
    }
}

/// The built-in scenario: a shop with its media in a bucket and its application behind a load balancer, in N. Virginia;
/// POPs with room for 2 MB; the epoch is 2026-01-01T00:00:00Z.
pub fn built_in_scenario() -> Scenario {
    const REGION: &str = "us-east-1";
    let mut api = Behavior::new("/api/*", "shop-api", managed::caching_disabled());
    api.origin_request_policy = Some(managed::all_viewer_except_host_header());
    let distribution = Distribution {
        aliases: vec!["www.shop.example".into()],
        default_root_object: Some("index.html".into()),
        cache_tag_header: Some("x-amz-meta-cache-tag".into()), // TAG-12
        logging: Some(Logging {
            bucket: "shop-logs.s3.amazonaws.com".into(),
            prefix: "www.shop.example/".into(),
            has_cookies: false,
        }),
        origins: vec![
            Origin::s3_bucket("shop-media", "shop-media", REGION),
            Origin::load_balancer("shop-api", "shop-api-1204", REGION),
        ],
        behaviors: vec![api, Behavior::new("*", "shop-media", managed::caching_optimized())],
        ..Distribution::named("d111111abcdef8.cloudfront.net")
    };
    Scenario {
        configuration: Configuration::of(distribution).into(),
        site: demo_site(),
        origin_region: Some(Region::find(REGION).expect("N. Virginia is among the Regions")),
        pop_capacity_bytes: 2_000_000,
        dynamic_max_ttl_secs: DYNAMIC_MAX_TTL_SECS,
        quotas: Quotas::default(),
        seed: 1,
        epoch_unix: 1_767_225_600,
    }
}
