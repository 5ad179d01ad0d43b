//! A journal divided into steps, and searches among them.

use super::notable;
use super::step::{Hop, Step, first_hop, first_of_decision, is_of_keeping};
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
        // CEP-03: the page that takes an error's place is another object.
        (What::Decided(Decision::OriginFailed { .. } | Decision::FailedOver { .. }), _)
        | (What::Decided(Decision::PageWanted { .. }), Hop::PopKeeps) => false,
        (What::Decided(decision), Hop::PopLooks | Hop::RecLooks | Hop::ShieldLooks)
            if is_of_keeping(decision) =>
        {
            false
        }
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
    let is_before_decision = matches!(
        step.hop,
        Hop::Url | Hop::Dns | Hop::Tcp | Hop::Tls | Hop::TlsFails | Hop::Reuse | Hop::Sent
    );
    // A viewer sends as soon as TLS stands: where several do, that is one step.
    let hop = first_hop(event);
    let is_same = hop == step.hop || step.hop == Hop::Sent && hop == Hop::Tls;
    let is_own = step.exchange == event.exchange && step.together == 1;
    is_before_decision && is_same && !is_own && (step.at, step.place) == (event.at, event.place)
}
