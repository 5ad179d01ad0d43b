//! What counts as a step: searches in the journal, in the learner's units.

use super::notable;
use crate::edge::{Decision, Upstream};
use crate::network::Rec;
use crate::simulation::{Event, ExchangeId, Journal, Place, What};
use crate::time::SimTime;

/// How far "Step forward" goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepSize {
    /// One event.
    Decision,
    /// To the end of the next hop.
    #[default]
    Hop,
    /// To the end of the next exchange, or of what was done between two.
    Exchange,
}

impl StepSize {
    /// All three, from small to large.
    pub const ALL: [Self; 3] = [Self::Decision, Self::Hop, Self::Exchange];

    /// The word for the eye.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decision => "Decision",
            Self::Hop => "Hop",
            Self::Exchange => "Exchange",
        }
    }
}

/// One stage of an exchange, or one thing done between exchanges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// The viewer composes the request.
    Url,
    /// The DNS answers.
    Dns,
    /// TCP stands.
    Tcp,
    /// TLS stands.
    Tls,
    /// An earlier connection serves again.
    Reuse,
    /// The request leaves the viewer.
    Sent,
    /// The POP decides.
    PopLooks,
    /// The REC decides.
    RecLooks,
    /// The request is at the origin.
    AtOrigin,
    /// The origin answers.
    Answer,
    /// Origin Shield decides.
    ShieldLooks,
    /// The origin gave no answer, or a bad one: what now?
    NoAnswer,
    /// The answer passes Origin Shield.
    ShieldKeeps,
    /// The answer passes the REC.
    RecKeeps,
    /// The answer passes the POP.
    PopKeeps,
    /// The answer is at the viewer.
    Shown,
    /// A setting changed.
    Change,
    /// Time passed.
    Wait,
    /// A new version was published.
    Publish,
    /// Caches were emptied or shrunk.
    Clear,
    /// An invalidation was asked for.
    Invalidate,
    /// An invalidation reached a tier.
    Purge,
    /// An invalidation is complete.
    Purged,
}

/// A run of events that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub hop: Hop,
    /// Where.
    pub place: Place,
    /// Of which exchange; of the last of them where several are at the same point at the same instant.
    pub exchange: Option<ExchangeId>,
    /// How many exchanges are at this point together.
    pub together: usize,
    /// The first of the exchanges that were begun at the same instant as this one.
    pub group: Option<ExchangeId>,
    /// The place in the journal of its first event.
    pub start: usize,
    /// One past its last event: the playhead at which it has happened.
    pub end: usize,
    /// The instant of its last event.
    pub at: SimTime,
}

/// All steps of a journal, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    all: Vec<Step>,
    groups: Groups,
    notable: Vec<usize>,
}

/// Which exchanges were begun together: the first of each group, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Groups {
    firsts: Vec<ExchangeId>,
    /// When the last one was begun, as long as nothing else has happened to any.
    composing: Option<SimTime>,
    last: Option<ExchangeId>,
}

impl Groups {
    fn take(&mut self, event: &Event) {
        let Some(id) = event.exchange else { return };
        let is_composed = matches!(event.what, What::Composed { .. });
        if is_composed {
            self.last = Some(id);
            if self.composing != Some(event.at) {
                self.firsts.push(id);
            }
        }
        self.composing = Some(event.at).filter(|_| is_composed);
    }

    fn of(&self, exchange: Option<ExchangeId>) -> Option<ExchangeId> {
        let id = exchange?;
        let before = self.firsts.partition_point(|first| *first <= id);
        self.firsts[..before].last().copied()
    }
}

impl Steps {
    /// Divides a journal into hops.
    pub fn of(journal: &Journal) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        let mut shield = None;
        let mut groups = Groups::default();
        for (index, event) in journal.events().iter().enumerate() {
            shield = shield_of(event).or(shield);
            groups.take(event);
            let group = groups.of(event.exchange);
            match steps.last_mut().filter(|last| {
                belongs_to(last, event) || last.group == group && is_alongside(last, event)
            }) {
                Some(last) => {
                    last.end = index + 1;
                    last.at = event.at;
                    if last.exchange != event.exchange {
                        last.exchange = event.exchange;
                        last.together += 1;
                    }
                }
                None => steps.push(Step {
                    hop: at_shield(first_hop(event), shield == Some((event.exchange, event.place))),
                    place: event.place,
                    exchange: event.exchange,
                    together: 1,
                    group,
                    start: index,
                    end: index + 1,
                    at: event.at,
                }),
            }
        }
        let notable = notable::of(journal, &steps);
        Self { all: steps, groups, notable }
    }

    /// The steps at which a class stops: a miss, something stale, an eviction, an error, a changed outcome.
    pub fn notable(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.notable.iter().map(|place| &self.all[*place])
    }

    /// The exchanges that were begun together with one, itself among them, as they were begun.
    pub fn begun_with(&self, exchange: ExchangeId) -> Vec<ExchangeId> {
        let Some(first) = self.groups.of(Some(exchange)) else { return vec![exchange] };
        let next = self.groups.firsts.iter().find(|other| **other > first);
        let end =
            next.map_or_else(|| self.groups.last.map_or(first.0, |last| last.0) + 1, |next| next.0);
        (first.0..end).map(ExchangeId).collect()
    }

    /// All of them.
    pub fn all(&self) -> &[Step] {
        &self.all
    }

    /// Those of an exchange and of those that were begun with it.
    pub fn of_group(&self, exchange: ExchangeId) -> Vec<Step> {
        let group = self.groups.of(Some(exchange));
        self.all.iter().filter(|step| step.group == group).copied().collect()
    }

    /// The step that the playhead stands in or at the end of; `None` at 0.
    pub fn current(&self, playhead: usize) -> Option<&Step> {
        let after = self.all.partition_point(|step| step.start < playhead);
        self.all[..after].last()
    }

    /// Where a step forward from the playhead ends; `None` at the journal's end.
    pub fn forward(&self, playhead: usize, size: StepSize) -> Option<usize> {
        let next = self.all.iter().find(|step| step.end > playhead)?;
        Some(match size {
            StepSize::Decision => playhead + 1,
            StepSize::Hop => next.end,
            StepSize::Exchange => {
                let later = self.all.iter().skip_while(|step| step.end <= playhead);
                later
                    .take_while(|step| step.group == next.group)
                    .last()
                    .map_or(next.end, |step| step.end)
            }
        })
    }

    /// Where a step back from the playhead ends; `None` at the journal's start.
    pub fn back(&self, playhead: usize, size: StepSize) -> Option<usize> {
        if playhead == 0 {
            return None;
        }
        let earlier = self.all[..self.all.partition_point(|step| step.end < playhead)].iter().rev();
        Some(match size {
            StepSize::Decision => playhead - 1,
            StepSize::Hop => earlier.map(|step| step.end).next().unwrap_or(0),
            StepSize::Exchange => {
                let here = self.current(playhead).map(|step| step.group);
                earlier
                    .skip_while(|step| Some(step.group) == here)
                    .map(|step| step.end)
                    .next()
                    .unwrap_or(0)
            }
        })
    }
}

/// The exchange and the place of the Origin Shield that an event turns to.
fn shield_of(event: &Event) -> Option<(Option<ExchangeId>, Place)> {
    let What::Decided(Decision::Forwarded { route, .. }) = &event.what else { return None };
    let Upstream::Shield(region) = route.upstream() else { return None };
    Some((event.exchange, Place::Rec(Rec::find(region).ok()?)))
}

const fn at_shield(hop: Hop, is_shield: bool) -> Hop {
    match hop {
        Hop::RecLooks if is_shield => Hop::ShieldLooks,
        Hop::RecKeeps if is_shield => Hop::ShieldKeeps,
        hop => hop,
    }
}

/// Viewer and control events each stand alone; a tier's decisions belong together while nothing comes between them.
fn belongs_to(step: &Step, event: &Event) -> bool {
    let is_same = step.exchange == event.exchange && step.place == event.place;
    let goes_on = match (&event.what, step.hop) {
        (What::Decided(Decision::OriginFailed { .. } | Decision::FailedOver { .. }), _) => false,
        (
            What::Decided(_),
            Hop::PopLooks
            | Hop::RecLooks
            | Hop::ShieldLooks
            | Hop::PopKeeps
            | Hop::RecKeeps
            | Hop::ShieldKeeps
            | Hop::NoAnswer,
        ) => true,
        (What::Decided(decision), Hop::Clear) => first_of_decision(decision, event) == Hop::Clear,
        _ => false,
    };
    is_same && goes_on
}

/// Whether an event is the same thing at the same instant as a step, of another viewer's exchange: what comes before the
/// first decision is one step for all viewers of a city.
fn is_alongside(step: &Step, event: &Event) -> bool {
    let is_before_decision =
        matches!(step.hop, Hop::Url | Hop::Dns | Hop::Tcp | Hop::Tls | Hop::Reuse | Hop::Sent);
    // A viewer sends as soon as TLS stands: where several do, that is one step.
    let hop = first_hop(event);
    let is_same = hop == step.hop || step.hop == Hop::Sent && hop == Hop::Tls;
    let is_own = step.exchange == event.exchange && step.together == 1;
    is_before_decision && is_same && !is_own && (step.at, step.place) == (event.at, event.place)
}

fn first_hop(event: &Event) -> Hop {
    match &event.what {
        What::Composed { .. } => Hop::Url,
        What::Resolved { .. } => Hop::Dns,
        What::Connected { .. } => Hop::Tcp,
        What::Secured { .. } => Hop::Tls,
        What::Reused { .. } => Hop::Reuse,
        What::Sent { .. } => Hop::Sent,
        What::Reached { .. } => Hop::AtOrigin,
        What::Replied { .. } => Hop::Answer,
        What::Shown { .. } => Hop::Shown,
        What::Changed(_) => Hop::Change,
        What::Waited { .. } => Hop::Wait,
        What::Published { .. } => Hop::Publish,
        What::InvalidationCreated { .. } | What::InvalidationKnown { .. } => Hop::Invalidate,
        What::InvalidationCompleted { .. } => Hop::Purged,
        What::Decided(decision) => first_of_decision(decision, event),
    }
}

fn first_of_decision(decision: &Decision, event: &Event) -> Hop {
    let is_pop = matches!(event.place, Place::Pop(_));
    match decision {
        Decision::OriginFailed { .. } | Decision::FailedOver { .. } => Hop::NoAnswer,
        Decision::Invalidated { .. } => Hop::Purge,
        Decision::Emptied { .. } => Hop::Clear,
        Decision::Evicted { .. } if event.exchange.is_none() => Hop::Clear,
        Decision::Stored { .. } | Decision::NotStored { .. } | Decision::Evicted { .. }
            if is_pop =>
        {
            Hop::PopKeeps
        }
        Decision::Stored { .. } | Decision::NotStored { .. } | Decision::Evicted { .. } => {
            Hop::RecKeeps
        }
        _ if is_pop => Hop::PopLooks,
        _ => Hop::RecLooks,
    }
}

impl Step {
    /// The short word under the step's number.
    pub fn label(&self, journal: &Journal) -> &'static str {
        let events = &journal.events()[self.start..self.end];
        let decided = |is: fn(&Decision) -> bool| {
            events
                .iter()
                .any(|event| matches!(&event.what, What::Decided(decision) if is(decision)))
        };
        let keeps = decided(|decision| matches!(decision, Decision::Stored { .. }));
        let skips = decided(
            |decision| matches!(decision, Decision::Forwarded { route, .. } if route.bypass().is_some()),
        );
        let answers = events
            .iter()
            .all(|event| matches!(event.what, What::Decided(Decision::Answered { .. })));
        let waits = decided(|decision| matches!(decision, Decision::Waits { .. }));
        match self.hop {
            Hop::Url => "URL",
            Hop::Dns => "DNS",
            Hop::Tcp => "TCP",
            Hop::Tls => "TLS",
            Hop::Reuse => "Reused",
            Hop::Sent => "Sent",
            Hop::PopLooks | Hop::RecLooks | Hop::ShieldLooks if waits => "Waits",
            Hop::PopLooks if answers => "POP answers",
            Hop::RecLooks if answers => "REC answers",
            Hop::ShieldLooks if answers => "Shield answers",
            Hop::PopLooks if skips => "Skips REC",
            Hop::PopLooks => "POP looks",
            Hop::RecLooks => "REC looks",
            Hop::ShieldLooks => "Shield looks",
            Hop::NoAnswer => "No answer",
            Hop::ShieldKeeps if keeps => "Shield keeps",
            Hop::ShieldKeeps => "Shield passes",
            Hop::AtOrigin => "At origin",
            Hop::Answer => "Answer",
            Hop::RecKeeps if keeps => "REC keeps",
            Hop::RecKeeps => "REC passes",
            Hop::PopKeeps if keeps => "POP keeps",
            Hop::PopKeeps => "POP passes",
            Hop::Shown => "Shown",
            Hop::Change => "Setting",
            Hop::Wait => "Wait",
            Hop::Publish => "Publish",
            Hop::Invalidate => "Invalidate",
            Hop::Clear | Hop::Purge => code(self.place),
            Hop::Purged => "Complete",
        }
    }
}

/// The short code of a cache's place.
fn code(place: Place) -> &'static str {
    match place {
        Place::Pop(pop) => pop.code(),
        Place::Rec(rec) => rec.code(),
        _ => "Emptied",
    }
}
