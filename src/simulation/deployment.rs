//! A configuration on its way to the edge locations: each takes it at its own moment, and answers by the one before until
//! then (distribution.md section 5.3).

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use super::staging::InForce;
use super::{Change, Observer, Place, Settings, What, World};
use crate::distribution::Configuration;
use crate::edge::Config;
use crate::network::Pop;
use crate::time::SimTime;

/// DST-08 (MODEL): the least and the most that a configuration takes to reach an edge location, in seconds.
const DELAY_SECS: RangeInclusive<u64> = 20..=240;

/// So many are told apart; of more, the oldest counts as everywhere.
const MOST: usize = 16;

/// The stream of chance of these delays.
const STREAM: u64 = 4;

/// What has not reached every edge location.
#[derive(Debug, Default)]
pub(super) struct Deployments {
    /// The oldest first.
    pending: Vec<Pending>,
    /// How many there were.
    count: u64,
}

/// One that is on its way.
#[derive(Debug)]
struct Pending {
    number: u64,
    begun: SimTime,
    /// What was in force before it, with the settings that go on top.
    settings: Settings,
    /// What comes of them.
    in_force: InForce,
}

impl Pending {
    /// When it reaches an edge location.
    fn arrives(&self, seed: u64, pop: Pop) -> SimTime {
        let (least, most) = (*DELAY_SECS.start(), *DELAY_SECS.end());
        let of_this = (self.number << 16) ^ pop.index() as u64;
        let mut chance =
            Pcg32::seed_from_u64(seed ^ (STREAM + of_this).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let micros = (most - least) * 1_000_000;
        // A plain remainder, as for an invalidation: its values never change with a library.
        self.begun + Duration::from_secs(least) + Duration::from_micros(chance.next_u64() % micros)
    }
}

/// When the last edge location has what is begun now (DST-02).
pub(super) fn done_by(begun: SimTime) -> SimTime {
    begun + Duration::from_secs(*DELAY_SECS.end())
}

impl World {
    /// Puts a configuration in force, edge location by edge location (DST-01, DST-03).
    pub(super) fn deploy(
        &mut self,
        configuration: &Arc<Configuration>,
        observer: &mut impl Observer,
    ) -> Result<(), super::ActionError> {
        let (settings, in_force) = (self.settings.clone(), self.in_force.clone());
        let until = done_by(self.now);
        let configuration = Arc::clone(configuration);
        self.change(&Change::Deployment { configuration, until }, observer)?;
        let deployments = &mut self.deployments;
        let (number, begun) = (deployments.count, self.now);
        deployments.count += 1;
        if deployments.pending.len() == MOST {
            deployments.pending.remove(0);
        }
        deployments.pending.push(Pending { number, begun, settings, in_force });
        Ok(())
    }

    /// Whether an edge location may go by another configuration than the newest.
    pub(super) const fn is_deploying(&self) -> bool {
        !self.deployments.pending.is_empty()
    }

    /// What an edge location goes by now, and, where that is not the newest, when it takes the next one.
    pub(super) fn in_force_at(&self, pop: Pop) -> (&InForce, Option<SimTime>) {
        let mut newest = (&self.in_force, None);
        for pending in self.deployments.pending.iter().rev() {
            let arrives = pending.arrives(self.scenario.seed, pop);
            if arrives <= self.now {
                break;
            }
            newest = (&pending.in_force, Some(arrives));
        }
        newest
    }

    /// The distribution that viewers ask there.
    pub(super) fn config_at(&self, pop: Pop) -> &Arc<Config> {
        &self.in_force_at(pop).0.config
    }

    /// What the user switches goes on top everywhere at once, also where an older configuration is in force; one that is
    /// put in force everywhere leaves none (IM-08, MODEL).
    pub(super) fn take_on_top(&mut self, change: &Change) {
        match change {
            Change::Configuration(_) => self.deployments.pending.clear(),
            Change::Deployment { .. } => {}
            _ => {
                let mut pending = std::mem::take(&mut self.deployments.pending);
                for one in &mut pending {
                    one.settings.apply(change);
                    if let Ok(in_force) = self.in_force_with(&one.settings, &one.in_force) {
                        one.in_force = in_force;
                    }
                }
                self.deployments.pending = pending;
            }
        }
    }

    /// Says of each that all edge locations have it, at the moment since which they do (DST-02); nothing was written down
    /// later than `told`.
    pub(super) fn finish_deployments(&mut self, told: SimTime, observer: &mut impl Observer) {
        let now = self.now;
        let pending = &mut self.deployments.pending;
        if pending.is_empty() {
            return;
        }
        let is_done = |pending: &Pending| done_by(pending.begun) <= now;
        let done = pending.iter().take_while(|pending| is_done(pending)).count();
        for pending in pending.drain(..done) {
            let at = done_by(pending.begun).max(told);
            observer.note(at, None, Place::Control, || What::Deployed);
        }
    }
}
