//! Drives the engine's tiers. What they want done that needs no socket is done here, at once: between a POP, its regional
//! edge cache and Origin Shield lies nothing but a call. What is left to do comes out as [`Jobs`].
//!
//! Like the tiers it knows no clock: each call says what time it is.

mod arrival;
mod jobs;
mod steps;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use edgewalk::edge::fields::Identity;
use edgewalk::edge::{Config, EdgeRequest, Effect, Ending, Tier, Unwatched, Visit};
use edgewalk::http::Request;
use edgewalk::simulation::REC_CAPACITY_FACTOR;
use edgewalk::time::{Moment, SimTime};
use tokio::sync::oneshot;

pub(crate) use self::jobs::{FetchAt, Headed, Jobs, Outgoing, Place, ToCode, ToOrigin, Upload};
use super::content::Content;
use super::contents::Contents;
use super::setup::Setup;

/// Counts the viewers' requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExchangeId(u64);

#[derive(Debug)]
struct Exchange {
    visit: Visit,
    /// Of what the POP was asked for last.
    ticket: Option<u32>,
    upload: Option<Upload>,
    reply_to: oneshot::Sender<Outgoing>,
}

/// Whoever asked a tier, by ticket.
#[derive(Clone, Copy, Debug)]
struct Asker {
    exchange: ExchangeId,
    /// The lower tier's fetch; none where it is the viewer.
    below: Option<FetchAt>,
}

#[derive(Debug)]
struct Fetching {
    exchange: ExchangeId,
    asked: Arc<EdgeRequest>,
    /// When it was first sent to the origin that it is at now (TMO-05).
    began: SimTime,
    /// The content of what the tier holds under the key: the answer may turn out to be that, evicted meanwhile or not.
    _held: Option<Arc<Content>>,
    content: Option<Arc<Content>>,
    /// Whether the head did not say how long the content is.
    is_unmeasured: bool,
    /// Whether the tier keeps it coded: it ends with the last coded byte.
    is_coded: bool,
    /// The fetches of lower tiers that get what this one gets.
    feeds: Vec<FetchAt>,
}

/// What is still to be done while a call from outside is dealt with.
#[derive(Debug)]
enum Step {
    CarryOut(Place, ExchangeId, Effect),
    /// The last byte for a fetch has come, or no more will; with the length, where the head did not say.
    Finish(FetchAt, Ending, Option<u64>),
}

/// The tiers, who waits for them, and the contents that they speak of.
#[derive(Debug)]
pub(crate) struct Driver {
    config: Arc<Config>,
    pop_capacity: u64,
    tiers: BTreeMap<Place, Tier>,
    askers: BTreeMap<u32, Asker>,
    next_ticket: u32,
    exchanges: BTreeMap<ExchangeId, Exchange>,
    next_exchange: u64,
    fetches: BTreeMap<FetchAt, Fetching>,
    contents: Contents,
    /// Kept empty between calls.
    steps: VecDeque<Step>,
    jobs: Jobs,
}

impl Driver {
    pub(crate) fn new(setup: &Setup) -> Self {
        Self {
            config: Arc::clone(&setup.config),
            pop_capacity: setup.pop_capacity,
            tiers: BTreeMap::new(),
            askers: BTreeMap::new(),
            next_ticket: 0,
            exchanges: BTreeMap::new(),
            next_exchange: 0,
            fetches: BTreeMap::new(),
            contents: Contents::default(),
            steps: VecDeque::new(),
            jobs: Jobs::default(),
        }
    }

    /// A viewer's request arrives at the POP.
    pub(crate) fn begin(
        &mut self,
        now: Moment,
        request: Arc<Request>,
        identity: Identity,
        upload: Option<Upload>,
    ) -> (ExchangeId, oneshot::Receiver<Outgoing>) {
        let (reply_to, outgoing) = oneshot::channel();
        let id = ExchangeId(self.next_exchange);
        self.next_exchange += 1;
        let config = Arc::clone(&self.config);
        let pop = self.tier(Place::Pop);
        let (visit, next) = Visit::begin(now, request, identity, config, pop, &mut Unwatched);
        let exchange = Exchange { visit, ticket: None, upload, reply_to };
        self.go_on(now, id, exchange, next, None);
        self.work_off(now);
        (id, outgoing)
    }

    /// The viewer left before it was answered.
    pub(crate) fn leave(&mut self, id: ExchangeId) {
        let Some(exchange) = self.exchanges.remove(&id) else { return };
        let Some(ticket) = exchange.ticket else { return };
        self.askers.remove(&ticket);
        if let Some(tier) = self.tiers.get_mut(&Place::Pop) {
            tier.leave(ticket);
        }
    }

    /// What the last call left to do.
    pub(crate) fn take_jobs(&mut self) -> Jobs {
        std::mem::take(&mut self.jobs)
    }

    fn tier(&mut self, place: Place) -> &mut Tier {
        let capacity = match place {
            Place::Pop => self.pop_capacity,
            Place::Rec(_) => self.pop_capacity.saturating_mul(REC_CAPACITY_FACTOR),
        };
        self.tiers.entry(place).or_insert_with(|| Tier::new(capacity))
    }

    /// Lets a tier decide; what it wants done is done next. A function is ready-made, and has run at once.
    fn with_tier(
        &mut self,
        now: Moment,
        place: Place,
        exchange: ExchangeId,
        decide: impl FnOnce(&mut Tier, &mut Vec<Effect>),
    ) {
        let mut effects = Vec::new();
        let tier = self.tier(place);
        decide(tier, &mut effects);
        let runs = |effect: &Effect| matches!(effect, Effect::Run { .. });
        while let Some(at) = effects.iter().position(runs) {
            if let Effect::Run { fetch, .. } = effects.remove(at) {
                tier.ran(now, fetch, Duration::ZERO, &mut Unwatched, &mut effects);
            }
        }
        let steps = effects.into_iter().map(|effect| Step::CarryOut(place, exchange, effect));
        self.steps.extend(steps);
    }

    /// Whether a tier waits for the rest of a fetch. It does not where it has asked somebody else instead.
    fn has_head(&self, at: FetchAt) -> bool {
        self.tiers.get(&at.place).is_some_and(|tier| tier.has_head(at.fetch))
    }

    /// Drops contents that nothing refers to any more, where enough has come to make it worth while. Between two calls
    /// from outside no answer is on its way from one tier to another.
    fn sweep(&mut self) {
        if self.contents.is_sweep_due() {
            let stored = self.tiers.values().flat_map(|tier| tier.store().iter());
            self.contents.sweep(stored.map(|(_, stored)| stored.response().body));
        }
    }
}
