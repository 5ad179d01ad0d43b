//! The flat-rate plans (PRC-14, PRC-15): which one would hold a month.

use super::prices::{GB, TB};
use super::usage::Usage;
use crate::distribution::{Distribution, managed};

/// A plan: what it costs a month, whatever is used of what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// As AWS calls it.
    pub name: &'static str,
    /// In dollars a month.
    pub dollars: u64,
    /// Requests a month.
    pub requests: u64,
    /// Bytes to viewers a month.
    pub bytes: u64,
    /// Behaviors of its one distribution.
    pub behaviors: usize,
    /// Whether it may have cache policies of its own.
    has_own_policies: bool,
    /// Whether it may have Origin Shield and origin groups.
    has_shield_and_failover: bool,
}

const fn plan(name: &'static str, dollars: u64, millions: u64, bytes: u64, last: usize) -> Plan {
    Plan {
        name,
        dollars,
        requests: millions * 1_000_000,
        bytes,
        behaviors: last,
        has_own_policies: dollars >= 200,
        has_shield_and_failover: dollars >= 1_000,
    }
}

/// All of them, the cheapest first (PRC-14, PRC-15).
pub const PLANS: [Plan; 4] = [
    plan("Free", 0, 1, 100 * GB, 5),
    plan("Pro", 15, 10, 50 * TB, 10),
    plan("Business", 200, 125, 50 * TB, 50),
    plan("Premium", 1_000, 500, 50 * TB, 100),
];

/// What a plan does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// So many requests.
    Requests(u64),
    /// So many bytes to viewers.
    Bytes(u64),
    /// So many behaviors.
    Behaviors(usize),
    /// A cache policy of its own.
    OwnPolicy,
    /// Origin Shield.
    Shield,
    /// An origin group.
    Failover,
}

impl Plan {
    /// The cheapest that holds a month's use of this distribution (PRC-46, MODEL); none where no plan does.
    pub fn for_month(usage: &Usage, distribution: &Distribution) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.beyond(usage, distribution).is_none())
    }

    /// The first thing that it does not hold.
    pub fn beyond(&self, usage: &Usage, distribution: &Distribution) -> Option<Beyond> {
        let requests = usage.requests().saturating_sub(usage.blocked); // PRC-13
        let bytes = usage.bytes_to_viewers();
        let behaviors = distribution.behaviors.len();
        let is_own = |policy| managed::id_of_cache_policy(policy).is_none();
        let mut policies = distribution.behaviors.iter().map(|behavior| &behavior.cache_policy);
        let has_own = policies.any(|policy| policy.legacy.is_none() && is_own(policy));
        let has_shield = distribution.origins.iter().any(|origin| origin.shield_region.is_some());
        let has_group = !distribution.origin_groups.is_empty();
        let found = [
            (requests > self.requests, Beyond::Requests(requests)),
            (bytes > self.bytes, Beyond::Bytes(bytes)),
            (behaviors > self.behaviors, Beyond::Behaviors(behaviors)),
            (has_own && !self.has_own_policies, Beyond::OwnPolicy),
            (has_shield && !self.has_shield_and_failover, Beyond::Shield),
            (has_group && !self.has_shield_and_failover, Beyond::Failover),
        ];
        found.into_iter().find_map(|(is_beyond, what)| is_beyond.then_some(what))
    }
}
