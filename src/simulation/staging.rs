//! What edge locations go by: a distribution, and, where a continuous deployment policy is attached, which requests its staging
//! distribution gets (distribution.md section 7).

use std::sync::Arc;

use rand::Rng;

use super::{ExchangeId, Observer, Place, Settings, What, World};
use crate::distribution::{DeploymentPolicy, Side, Traffic, Weight};
use crate::edge::staging::{self, Now, ViewerSession};
use crate::edge::{Config, ConfigError, Decision};
use crate::http::Fields;
use crate::network::Pop;
use crate::origin::Health;
use crate::time::SimTime;

/// What an edge location goes by.
#[derive(Clone, Debug)]
pub(super) struct InForce {
    /// The distribution that viewers ask.
    pub(super) config: Arc<Config>,
    /// The one behind it, if there is one.
    staging: Option<Arc<Staging>>,
}

/// A staging distribution and its policy.
#[derive(Debug)]
struct Staging {
    policy: DeploymentPolicy,
    config: Arc<Config>,
    /// Sessions that began before are none any more (CD-08).
    sessions_since: SimTime,
}

impl InForce {
    /// What settings come to from now on; with the threshold of REC-05, and what held before.
    pub(super) fn of(
        settings: &Settings,
        dynamic_max_ttl_secs: u64,
        before: Option<&Self>,
        now: SimTime,
    ) -> Result<Self, ConfigError> {
        let unresolved = |(id, health): (&String, &Health)| {
            (*health == Health::NameUnresolved).then(|| id.clone())
        };
        let unresolved: Vec<_> = settings.health.iter().filter_map(unresolved).collect();
        let known = |distribution| {
            let config = Config::new(distribution, dynamic_max_ttl_secs)?;
            Ok(Arc::new(config.with_unresolved(unresolved.clone())))
        };
        let config = known(settings.distribution())?;
        let Some((policy, distribution)) = settings.staged() else {
            return Ok(Self { config, staging: None });
        };
        let earlier = before.and_then(|before| before.staging.as_ref());
        let since = earlier
            .filter(|earlier| switches(&earlier.policy) == switches(policy))
            .map_or(now, |earlier| earlier.sessions_since);
        let staging =
            Staging { policy: policy.clone(), config: known(distribution)?, sessions_since: since };
        Ok(Self { config, staging: Some(staging.into()) })
    }
}

/// CD-08: what ends all sessions as it is switched.
const fn switches(policy: &DeploymentPolicy) -> (bool, bool) {
    let is_sticky = matches!(policy.traffic, Some(Traffic::Weight { stickiness: Some(_), .. }));
    (policy.is_enabled, is_sticky)
}

impl World {
    /// Which distribution takes a request that is at its POP: its configuration, with the session that the answer tells the viewer of.
    pub(super) fn take_side(
        &mut self,
        id: ExchangeId,
        pop: Pop,
        fields: &Fields,
        observer: &mut impl Observer,
    ) -> (Arc<Config>, Option<ViewerSession>) {
        let place = Place::Pop(pop);
        let (in_force, until) = self.in_force_at(pop);
        let (config, staging) = (Arc::clone(&in_force.config), in_force.staging.clone());
        if let Some(until) = until {
            observer.note(self.now, Some(id), place, || What::Outdated { until }); // DST-03
        }
        let is_known = || {
            let host = fields.get("Host").unwrap_or_default();
            config.distribution().answers_to(host)
        };
        let Some(behind) = staging.filter(|_| is_known()) else { return (config, None) };
        let unix = |at: SimTime| {
            self.scenario.epoch_unix.saturating_mul(1_000_000).saturating_add(at.as_micros())
        };
        let now = Now {
            unix_micros: unix(self.now),
            sessions_since: unix(behind.sessions_since),
            is_busy: self.settings.is_busy,
        };
        let chance = &mut self.sides;
        // A plain remainder, as for an invalidation: its values never change with a library.
        let draw = || Weight::of_millionths(chance.next_u32() % Weight::ONE);
        let (choice, session) = staging::choose(&behind.policy, fields, now, draw);
        let config = match choice.side {
            Side::Primary => config,
            Side::Staging => Arc::clone(&behind.config), // CD-09: with keys of its own
        };
        observer.note(self.now, Some(id), place, || {
            What::Decided(Decision::DistributionChosen(choice))
        });
        (config, session)
    }
}
