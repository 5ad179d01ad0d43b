//! The steps that a class stops at: a miss, something stale, an eviction, an error, and an answer that came otherwise than the
//! one before.

use litemap::LiteMap;

use super::step::{Hop, Step};
use crate::edge::fields::said_by_x_cache;
use crate::edge::{Decision, Found};
use crate::simulation::{Event, ExchangeId, Journal, What};

/// Which of the steps are notable, in order: their places among the steps.
pub(super) fn of(journal: &Journal, steps: &[Step]) -> Vec<usize> {
    let mut said = Said::default();
    let is_notable = |step: &Step| {
        let events = &journal.events()[step.start..step.end];
        let changes = said.take(events);
        step.hop == Hop::NoAnswer || changes || events.iter().any(is_trouble)
    };
    steps.iter().map(is_notable).zip(0..).filter_map(|(is, place)| is.then_some(place)).collect()
}

fn is_trouble(event: &Event) -> bool {
    match &event.what {
        What::Decided(decision) => match decision {
            Decision::LookedUp { found, .. } => !matches!(found, Found::Fresh { .. }),
            Decision::Evicted { .. }
            | Decision::Refused(_)
            | Decision::OriginFailed { .. }
            | Decision::ServedStale { .. } => true,
            _ => false,
        },
        What::NotSecured { .. } => true,
        What::Replied { response, .. } => response.status.is_error(),
        _ => false,
    }
}

/// What the viewers were told so far.
#[derive(Default)]
struct Said {
    /// Which path each exchange asks for.
    asks: LiteMap<ExchangeId, String>,
    /// What was last said of each path.
    last: LiteMap<String, String>,
}

impl Said {
    /// Whether an answer among these events is another sort of answer than the last one for its path.
    fn take(&mut self, events: &[Event]) -> bool {
        let mut changes = false;
        for event in events {
            let Some(id) = event.exchange else { continue };
            match &event.what {
                What::Composed { request, .. } => {
                    self.asks.insert(id, request.target.path().to_owned());
                }
                What::Shown { response, .. } => {
                    let Some(path) = self.asks.remove(&id) else { continue };
                    let said = said_by_x_cache(response).unwrap_or_default().to_owned();
                    let before = self.last.insert(path, said.clone());
                    changes |= before.is_some_and(|before| before != said);
                }
                _ => {}
            }
        }
        changes
    }
}
