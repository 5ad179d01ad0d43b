//! The World: the CDN over virtual time. It applies actions and runs until nothing is under way.

use std::sync::Arc;
use std::time::Duration;

use litemap::LiteMap;
use rand::SeedableRng;
use rand_pcg::Pcg32;

use super::connections::OriginConnections;
use super::cookies::KeptCookies;
use super::deployment::Deployments;
use super::exchange::{Exchange, FetchAt, KnownName, Task, UnderWay};
use super::hosts::Hosts;
use super::queue::Queue;
use super::staging::InForce;
use super::tiers::{At, Here, Tiers};
use super::viewer_connections::ViewerConnections;
use super::ways::Ways;
use super::{
    Action, ActionError, Change, ExchangeId, Observer, Place, Scenario, Settings, TimedAction,
    Walk, What,
};
use crate::distribution::{OriginKind, PathPattern};
use crate::edge::{Account, ConfigError, Ledger, Tier};
use crate::http::Request;
use crate::network::{City, Region, nearest};
use crate::origin::Site;
use crate::time::{Moment, SimTime};

/// The longest wait.
const LONGEST_WAIT_SECS: u64 = 400 * 86_400;

/// The largest capacity of a POP, in bytes.
const LARGEST_CAPACITY: u64 = 1_000_000_000_000;

/// The CDN at one instant.
#[derive(Debug)]
pub struct World {
    pub(super) scenario: Arc<Scenario>,
    pub(super) in_force: InForce,
    pub(super) site: Site,
    pub(super) settings: Settings,
    pub(super) now: SimTime,
    pub(super) queue: Queue<Task>,
    pub(super) tiers: Tiers,
    pub(super) hosts: Hosts,
    /// The names that the viewers of a city have looked up.
    pub(super) dns: LiteMap<City, Vec<KnownName>>,
    pub(super) viewer_connections: ViewerConnections,
    pub(super) cookies: KeptCookies,
    pub(super) origin_connections: OriginConnections,
    pub(super) exchanges: LiteMap<u32, Exchange>,
    next_exchange: u32,
    pub(super) under_way: LiteMap<FetchAt, UnderWay>,
    pub(super) ways: Ways,
    /// Request ids have a stream of their own, so that other draws leave them as they are.
    pub(super) ids: Pcg32,
    pub(super) delays: Pcg32,
    pub(super) invalidation_ids: Pcg32,
    /// By which a request goes to one distribution or the other (CD-04).
    pub(super) sides: Pcg32,
    /// The distribution's invalidations.
    pub(super) ledger: Ledger,
    /// What has been asked for in the month, and is owed.
    pub(super) account: Account,
    /// The configurations that have not reached every edge location.
    pub(super) deployments: Deployments,
}

/// Streams of chance, one for each concern.
const STREAM_IDS: u64 = 1;
const STREAM_DELAYS: u64 = 2;
const STREAM_INVALIDATION_IDS: u64 = 3;
const STREAM_SIDES: u64 = 5; // the fourth is that of deployments

impl World {
    /// A World in which nothing has happened.
    pub fn new(scenario: Arc<Scenario>) -> Result<Self, ActionError> {
        let settings = Settings::of(&scenario);
        check_capacity(settings.pop_capacity_bytes)?;
        let stream = |stream: u64| {
            Pcg32::seed_from_u64(scenario.seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        };
        Ok(Self {
            in_force: InForce::of(&settings, scenario.dynamic_max_ttl_secs, None, SimTime::ZERO)?,
            site: scenario.site.clone(),
            now: SimTime::ZERO,
            queue: Queue::new(),
            tiers: Tiers::default(),
            hosts: Hosts::default(),
            dns: LiteMap::new(),
            viewer_connections: ViewerConnections::default(),
            cookies: KeptCookies::default(),
            origin_connections: OriginConnections::default(),
            exchanges: LiteMap::new(),
            next_exchange: 0,
            under_way: LiteMap::new(),
            ways: Ways::default(),
            ids: stream(STREAM_IDS),
            delays: stream(STREAM_DELAYS),
            invalidation_ids: stream(STREAM_INVALIDATION_IDS),
            sides: stream(STREAM_SIDES),
            ledger: Ledger::default(),
            account: Account::default(),
            deployments: Deployments::default(),
            settings,
            scenario,
        })
    }

    /// The instant up to which everything has happened.
    pub const fn now(&self) -> SimTime {
        self.now
    }

    /// The settings in force.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What the origins hold now.
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// The tiers that exist by now, POPs before RECs, each by its code's place in the table.
    pub fn tiers(&self) -> impl Iterator<Item = (Place, &Tier)> {
        self.tiers.iter()
    }

    /// Takes an action at once and runs until nothing is under way. A refused action changes nothing.
    pub fn act(
        &mut self,
        action: &Action,
        observer: &mut impl Observer,
    ) -> Result<(), ActionError> {
        self.finish_deployments(self.now, observer);
        match action {
            Action::Send { city, request } => self.send(&[(*city, request)].into_iter(), observer),
            Action::SendTogether { requests } => {
                self.send(&requests.iter().map(|(city, request)| (*city, request)), observer);
            }
            Action::Wait { span } => self.wait(*span, observer)?,
            Action::Publish { path } => self.publish(path, None, observer)?,
            Action::Resize { path, size_bytes } => {
                self.publish(path, Some(*size_bytes), observer)?;
            }
            Action::Invalidate(batch) => self.invalidate(batch, observer)?,
            Action::SetViewer { viewer } => {
                self.change(&Change::Viewer(*viewer), observer)?;
                self.viewer_connections = ViewerConnections::default(); // TLS-83: it is another one
                self.cookies = KeptCookies::default(); // CD-21, IM-21
            }
            Action::SetAccess { access } => {
                self.change(&Change::Access(*access), observer)?;
                self.viewer_connections.break_off(); // DNS-29: it has other addresses
                self.dns = LiteMap::new();
            }
            Action::SetResolver { resolver } => {
                self.change(&Change::Resolver(*resolver), observer)?;
                self.dns = LiteMap::new(); // DNS-29
            }
            Action::SetMethod { method } => self.change(&Change::Method(*method), observer)?,
            Action::StartEmpty { on } => {
                self.change(&Change::StartsEmpty(*on), observer)?;
                if *on {
                    self.empty_all(observer);
                }
            }
            Action::SetDynamic { pattern, on } => {
                self.check_behavior(pattern)?;
                self.change(&Change::Dynamic { pattern: pattern.clone(), on: *on }, observer)?;
            }
            Action::SetSameRegion { on, city } => {
                let beside_rec = self.region_beside(*city, self.in_force.config.domain());
                let mut origins = self.settings.configuration.distribution().origins.iter();
                let has_bucket = origins.any(|origin| origin.kind == OriginKind::S3Bucket);
                if *on && !has_bucket {
                    return Err(ActionError::NoBucket { region: beside_rec.code().to_owned() });
                }
                let bucket_region =
                    if *on { Some(beside_rec) } else { self.settings.origin_region };
                self.change(&Change::SameRegion { on: *on, bucket_region }, observer)?;
            }
            Action::SetOriginRegion { region } => {
                let same = self.settings.same_region;
                let bucket_region = if same { self.settings.bucket_region } else { Some(*region) };
                self.change(&Change::OriginRegion { region: *region, bucket_region }, observer)?;
            }
            Action::SetTtl { pattern, ttl } => {
                self.check_behavior(pattern)?;
                let ttl = ttl.check()?; // TTL-26
                self.change(&Change::Ttl { pattern: pattern.clone(), ttl }, observer)?;
            }
            Action::SetShield { origin_id, region } => {
                self.check_origin(origin_id)?;
                if let Some(region) = region.filter(|region| !region.has_shield()) {
                    return Err(ActionError::NoShield { region: region.code().to_owned() });
                }
                let origin_id = origin_id.clone();
                self.change(&Change::Shield { origin_id, region: *region }, observer)?;
            }
            Action::SetBusy { on } => self.change(&Change::Busy(*on), observer)?,
            Action::SetQuotas { quotas } => {
                self.change(&Change::Quotas(*quotas), observer)?;
            }
            Action::SetPopCapacity { bytes } => self.set_capacity(*bytes, observer)?,
            Action::Configure(configuration) => {
                self.change(&Change::Configuration(Arc::clone(configuration)), observer)?;
            }
            Action::Deploy(configuration) => self.deploy(configuration, observer)?,
            Action::SetHealth { origin_id, health } => {
                self.check_origin(origin_id)?;
                let origin_id = origin_id.clone();
                if !health.holds_connections()
                    && let Some((_, origin)) =
                        self.in_force.config.distribution().origin(&origin_id)
                {
                    self.origin_connections.close(origin); // CONN-06
                }
                self.change(&Change::Health { origin_id, health: *health }, observer)?;
            }
        }
        self.run(observer);
        Ok(())
    }

    /// Takes a recorded action at its time, or at once where that is past.
    pub fn act_at(
        &mut self,
        action: &TimedAction,
        observer: &mut impl Observer,
    ) -> Result<(), ActionError> {
        let told = self.now;
        self.now = self.now.max(action.at);
        self.finish_deployments(told, observer);
        self.act(&action.action, observer)
    }

    /// The scenario's epoch plus virtual time, in whole Unix seconds.
    pub(super) fn now_unix(&self) -> u64 {
        self.scenario.epoch_unix.saturating_add(self.now.as_secs())
    }

    fn run(&mut self, observer: &mut impl Observer) {
        while let Some((at, task)) = self.queue.pop() {
            self.now = at;
            self.perform(task, observer);
        }
    }

    fn send<'a>(
        &mut self,
        requests: &(impl Iterator<Item = (City, &'a Arc<Request>)> + Clone),
        observer: &mut impl Observer,
    ) {
        if self.settings.starts_empty {
            self.empty_all(observer);
        }
        for (place, (city, request)) in requests.clone().enumerate() {
            if self.settings.same_region {
                let host = request.fields.get("Host").unwrap_or_default();
                let beside = Some(self.region_beside(city, host));
                if self.settings.bucket_region != beside {
                    let change = Change::SameRegion { on: true, bucket_region: beside };
                    self.take_change(&change, observer);
                }
            }
            let id = ExchangeId(self.next_exchange);
            self.next_exchange += 1;
            let is_alone = requests.clone().take(place).all(|(other, _)| other != city);
            self.compose(id, city, is_alone, request, observer);
        }
    }

    /// The Region of the REC that a request from a city for a host meets; what is no host of the distribution's leads
    /// to its own name.
    fn region_beside(&self, city: City, host: &str) -> Region {
        let is_known = self.in_force.config.distribution().answers_to(host);
        let name = if is_known { host } else { self.in_force.config.domain() };
        let pop = self.pop_for(city, self.hosts.find(name));
        nearest::nearest_rec(pop).region()
    }

    fn wait(&mut self, span: Duration, observer: &mut impl Observer) -> Result<(), ActionError> {
        if span.as_secs() == 0 || span.as_secs() > LONGEST_WAIT_SECS {
            return Err(ActionError::Wait { given_secs: span.as_secs() });
        }
        let told = self.now;
        // What is deployed while one waits comes before the wait is over; at the very end of it, after.
        self.now += span.saturating_sub(Duration::from_micros(1));
        self.finish_deployments(told, observer);
        self.now = told + span;
        observer.note(self.now, None, Place::Control, || What::Waited { span });
        self.finish_deployments(self.now, observer);
        Ok(())
    }

    fn check_behavior(&self, pattern: &PathPattern) -> Result<(), ActionError> {
        let mut behaviors = self.settings.configuration.distribution().behaviors.iter();
        let is_known = behaviors.any(|behavior| behavior.pattern == *pattern);
        is_known
            .then_some(())
            .ok_or_else(|| ActionError::NoSuchBehavior { given: pattern.to_string() })
    }

    fn check_origin(&self, id: &str) -> Result<(), ActionError> {
        let origin = self.settings.configuration.distribution().origin(id);
        origin.map(|_| ()).ok_or_else(|| ActionError::NoSuchOrigin { given: id.to_owned() })
    }

    fn set_capacity(
        &mut self,
        bytes: u64,
        observer: &mut impl Observer,
    ) -> Result<(), ActionError> {
        check_capacity(bytes)?;
        self.take_change(&Change::PopCapacity(bytes), observer);
        let now = self.now;
        for (place, tier, askers) in self.tiers.iter_mut() {
            let capacity = capacity_bytes(&self.settings, place);
            tier.resize(now, capacity, &mut At { observer, now, exchange: None, place, askers });
        }
        Ok(())
    }

    pub(super) fn change(
        &mut self,
        change: &Change,
        observer: &mut impl Observer,
    ) -> Result<(), ActionError> {
        let mut settings = self.settings.clone();
        settings.apply(change);
        self.in_force_with(&settings, &self.in_force)?;
        self.take_change(change, observer);
        Ok(())
    }

    /// What settings come to from now on, after what held before.
    pub(super) fn in_force_with(
        &self,
        settings: &Settings,
        before: &InForce,
    ) -> Result<InForce, ConfigError> {
        InForce::of(settings, self.scenario.dynamic_max_ttl_secs, Some(before), self.now)
    }

    /// For a change that leaves the distribution well-formed, which is checked before.
    fn take_change(&mut self, change: &Change, observer: &mut impl Observer) {
        let before = Arc::clone(&self.settings.configuration);
        self.settings.apply(change);
        if !Arc::ptr_eq(&before, &self.settings.configuration) {
            self.add_examples(&before, observer);
        }
        if let Ok(in_force) = self.in_force_with(&self.settings, &self.in_force) {
            // FLOW-11, TTL-28 (MODEL): for what comes; the tiers keep what they have.
            self.in_force = in_force;
        }
        self.take_on_top(change);
        observer.note(self.now, None, Place::Control, || What::Changed(change.clone()));
    }

    fn empty_all(&mut self, observer: &mut impl Observer) {
        let now = self.now;
        for (place, tier, askers) in self.tiers.iter_mut() {
            tier.empty(&mut At { observer, now, exchange: None, place, askers });
        }
    }

    /// The tier at a place, now.
    pub(super) fn here(&self, place: Place) -> Here {
        let now = Moment { at: self.now, unix: self.now_unix() };
        Here { place, capacity_bytes: capacity_bytes(&self.settings, place), now }
    }
}

const fn capacity_bytes(settings: &Settings, place: Place) -> u64 {
    match place {
        Place::Rec(_) => settings.rec_capacity_bytes(),
        _ => settings.pop_capacity_bytes,
    }
}

const fn check_capacity(given: u64) -> Result<(), ActionError> {
    if given == 0 || given > LARGEST_CAPACITY {
        Err(ActionError::Capacity { given })
    } else {
        Ok(())
    }
}

impl Walk {
    /// Runs the whole walk from its start, each action at its time.
    pub fn replay(&self, observer: &mut impl Observer) -> Result<World, ActionError> {
        let mut world = World::new(Arc::new(self.scenario.clone()))?;
        for action in &self.actions {
            world.act_at(action, observer)?;
        }
        Ok(world)
    }
}
