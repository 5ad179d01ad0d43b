//! What is seen to move when the playhead goes one step forward, and how long that takes.

use std::time::Duration;

use crate::edge::Decision;
use crate::simulation::{Event, What};

/// How long a cache is seen to look, or a cell to slide, at 1x.
const MOVE: Duration = Duration::from_millis(420);
/// How long an outcome takes to show, at 1x.
const MARK: Duration = Duration::from_millis(240);
/// How long a handshake goes there and back, at 1x.
const THERE_AND_BACK: Duration = Duration::from_millis(700);
/// How long the DNS is seen to answer, at 1x.
const RESOLVE: Duration = Duration::from_millis(600);

/// What moves with the events of one step forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motion {
    /// The last thing that moves.
    pub kind: MotionKind,
    /// Whether the request or the answer comes to this place first.
    pub arrives: bool,
}

/// The last thing that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MotionKind {
    /// The DNS answers.
    Resolve,
    /// TCP goes there and back.
    Tcp,
    /// TLS goes there and back.
    Tls,
    /// A request or an answer travels, and no more.
    Travel,
    /// A cache looks at its shelf, and its outcome shows.
    Look,
    /// Something shows where it is: a request or an answer that is about to leave, a bypass, a refusal, a failure.
    Mark,
    /// A cache keeps what came, or learns that its copy is still good.
    Keep,
    /// Nothing travels: a setting, a wait, an invalidation.
    Rest,
}

impl MotionKind {
    /// The word for attributes.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Resolve => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Travel => "travel",
            Self::Look => "look",
            Self::Mark => "mark",
            Self::Keep => "keep",
            Self::Rest => "rest",
        }
    }

    fn of(event: &Event) -> Self {
        match &event.what {
            What::Resolved { .. } => Self::Resolve,
            What::Connected { .. } => Self::Tcp,
            What::Secured { .. } | What::NotSecured { .. } => Self::Tls,
            What::Sent { .. } | What::Replied { .. } => Self::Mark,
            What::Reached { .. } | What::Shown { .. } => Self::Travel,
            What::Decided(decision) if event.exchange.is_some() => match decision {
                Decision::LookedUp { .. } => Self::Look,
                Decision::NotLookedUp(_)
                | Decision::Refused(_)
                | Decision::OriginFailed { .. }
                | Decision::FailedOver { .. } => Self::Mark,
                Decision::Stored { .. } => Self::Keep,
                _ => Self::Travel,
            },
            _ => Self::Rest,
        }
    }
}

impl Motion {
    /// What moves with some events, where `before` is the one before them: a cache that looks is seen to look, whatever else
    /// it decides in the same step.
    pub fn of(before: Option<&Event>, events: &[Event]) -> Self {
        let of_weight = |kind: &MotionKind| match kind {
            MotionKind::Look => 3,
            MotionKind::Keep => 2,
            MotionKind::Mark => 1,
            _ => 0,
        };
        let kinds = events.iter().map(MotionKind::of);
        let kind = kinds.max_by_key(of_weight).unwrap_or(MotionKind::Rest);
        // The first event at another place than the one before.
        let is_new_place = |first: &Event| {
            before.is_none_or(|before| {
                (before.place, before.exchange) != (first.place, first.exchange)
            })
        };
        let arrives = kind != MotionKind::Rest && events.first().is_some_and(is_new_place);
        Self { kind, arrives }
    }

    /// How long it takes at 1x, where something travels for so long between two stations.
    pub fn lasts(self, hop: Duration) -> Duration {
        let lead = if self.arrives { hop } else { Duration::ZERO };
        match self.kind {
            MotionKind::Resolve => RESOLVE,
            MotionKind::Tcp | MotionKind::Tls => THERE_AND_BACK,
            MotionKind::Travel => hop,
            MotionKind::Look => lead + MOVE + MARK,
            MotionKind::Mark => lead + MARK,
            MotionKind::Keep => lead + MOVE,
            MotionKind::Rest => MARK,
        }
    }
}
