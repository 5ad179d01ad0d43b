//! What counts as a step, in the learner's units, and what it is called.

use crate::edge::{Decision, Ran};
use crate::http::Version;
use crate::simulation::{Event, ExchangeId, Journal, Place, What};
use crate::time::SimTime;

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
    /// No connection comes about.
    TlsFails,
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
    /// The origin gave no answer, or a bad one: what now? Also where another origin is asked in its place.
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

pub(super) fn first_hop(event: &Event) -> Hop {
    match &event.what {
        What::Composed { .. } => Hop::Url,
        What::Resolved { .. } => Hop::Dns,
        What::Connected { .. } => Hop::Tcp,
        What::Secured { .. } => Hop::Tls,
        What::NotSecured { .. } => Hop::TlsFails,
        What::Reused { .. } => Hop::Reuse,
        What::Sent { .. } => Hop::Sent,
        What::Reached { .. } => Hop::AtOrigin,
        What::Replied { .. } => Hop::Answer,
        What::Shown { .. } => Hop::Shown,
        What::Changed(_) | What::Deployed => Hop::Change,
        What::Outdated { .. } => Hop::PopLooks,
        What::Waited { .. } => Hop::Wait,
        What::Published { .. } => Hop::Publish,
        What::InvalidationCreated { .. } | What::InvalidationKnown { .. } => Hop::Invalidate,
        What::InvalidationCompleted { .. } => Hop::Purged,
        What::Decided(decision) => first_of_decision(decision, event),
    }
}

pub(super) fn first_of_decision(decision: &Decision, event: &Event) -> Hop {
    let is_pop = matches!(event.place, Place::Pop(_));
    match decision {
        Decision::OriginFailed { .. } | Decision::FailedOver { .. } => Hop::NoAnswer,
        Decision::Invalidated { .. } => Hop::Purge,
        Decision::Emptied { .. } => Hop::Clear,
        Decision::Evicted { .. } if event.exchange.is_none() => Hop::Clear,
        Decision::FunctionRan(Ran { event, .. }) if !event.is_request() => {
            if is_pop {
                Hop::PopKeeps
            } else {
                Hop::RecKeeps
            }
        }
        Decision::Stored { .. }
        | Decision::NotStored { .. }
        | Decision::Evicted { .. }
        | Decision::Compressed { .. }
        | Decision::NotCompressed(_) => {
            if is_pop {
                Hop::PopKeeps
            } else {
                Hop::RecKeeps
            }
        }
        // Each of the others by its name: a new one does not compile before it has a place here, and one among the words of
        // the tiers (words/tiers.rs, words/keeps.rs).
        Decision::DistributionChosen(_)
        | Decision::BehaviorMatched(_)
        | Decision::Refused(_)
        | Decision::GatesPassed(_)
        | Decision::RuleMet(_)
        | Decision::SignatureHeld(_)
        | Decision::FunctionRan(_)
        | Decision::KeyMade { .. }
        | Decision::LookedUp { .. }
        | Decision::NotLookedUp(_)
        | Decision::Forwarded { .. }
        | Decision::Waits { .. }
        | Decision::Released { .. }
        | Decision::ServedStale { .. }
        | Decision::NotServedStale(_)
        | Decision::PageWanted { .. }
        | Decision::Answered { .. } => {
            if is_pop {
                Hop::PopLooks
            } else {
                Hop::RecLooks
            }
        }
    }
}

/// Whether a decision is about what becomes of an answer that came: where it follows a look, a step of its own tells it.
pub(super) const fn is_of_keeping(decision: &Decision) -> bool {
    matches!(
        decision,
        Decision::Stored { .. }
            | Decision::NotStored { .. }
            | Decision::Evicted { .. }
            | Decision::Compressed { .. }
            | Decision::NotCompressed(_)
    )
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
        let runs = events
            .iter()
            .all(|event| matches!(event.what, What::Decided(Decision::FunctionRan(_))));
        let fails_over = decided(|decision| matches!(decision, Decision::FailedOver { .. }));
        // The head is at the edge location while its regional edge cache still waits for the last byte (CMP-14).
        let compresses = events
            .iter()
            .all(|event| matches!(event.what, What::Decided(Decision::Compressed { .. })));
        let waits = decided(|decision| matches!(decision, Decision::Waits { .. }));
        match self.hop {
            Hop::Url => "URL",
            Hop::Dns => "DNS",
            Hop::Tcp => "TCP",
            Hop::Tls if is_quic(events) => "QUIC",
            Hop::Tls => "TLS",
            Hop::TlsFails => "TLS fails",
            Hop::Reuse => "Reused",
            Hop::Sent => "Sent",
            Hop::PopLooks | Hop::RecLooks | Hop::ShieldLooks if waits => "Waits",
            _ if runs => "Function",
            Hop::PopLooks if answers => "POP answers",
            Hop::RecLooks if answers => "REC answers",
            Hop::ShieldLooks if answers => "Shield answers",
            Hop::PopLooks if skips => "Skips REC",
            Hop::PopLooks => "POP looks",
            Hop::RecLooks => "REC looks",
            Hop::ShieldLooks => "Shield looks",
            Hop::NoAnswer if fails_over => "Fails over",
            Hop::NoAnswer => "No answer",
            Hop::ShieldKeeps if keeps => "Shield keeps",
            Hop::ShieldKeeps => "Shield passes",
            Hop::AtOrigin => "At origin",
            Hop::Answer => "Answer",
            Hop::RecKeeps if keeps => "REC keeps",
            Hop::RecKeeps => "REC passes",
            Hop::PopKeeps if keeps => "POP keeps",
            Hop::PopKeeps if compresses => "Compresses",
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

/// Whether TLS came with QUIC among these events (TLS-56).
fn is_quic(events: &[Event]) -> bool {
    let is = |event: &Event| matches!(event.what, What::Secured { session, .. } if session.http == Version::Http3);
    events.iter().any(is)
}

/// The short code of a cache's place.
fn code(place: Place) -> &'static str {
    match place {
        Place::Pop(pop) => pop.code(),
        Place::Rec(rec) => rec.code(),
        _ => "Emptied",
    }
}
