//! An earlier walk to the same object, which the strip shows beneath the one in view.

use std::time::Duration;

use super::Point;
use crate::simulation::{Event, ExchangeId, Journal, What};
use crate::time::SimTime;

/// An earlier exchange, laid under the one in view.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// Which one.
    pub exchange: ExchangeId,
    /// How long it took.
    pub total: Duration,
    /// Its curve, as if it had begun with the one in view.
    pub points: Vec<Point>,
}

/// Of the exchanges before this one that asked for the same path and got an answer: the one that took longest, the latest
/// of equals.
pub(super) fn slowest_before(
    journal: &Journal,
    exchange: ExchangeId,
) -> Option<(ExchangeId, Duration)> {
    let path_of = |event: &Event| match &event.what {
        What::Composed { request, .. } => Some(request.target.path().to_owned()),
        _ => None,
    };
    let path = journal.of_exchange(exchange).find_map(|(_, event)| path_of(event))?;
    let mut begun: Vec<(ExchangeId, SimTime)> = Vec::new();
    let mut slowest: Option<(ExchangeId, Duration)> = None;
    for event in journal.events() {
        let Some(id) = event.exchange.filter(|id| *id < exchange) else { continue };
        match &event.what {
            What::Composed { request, .. } if request.target.path() == path => {
                begun.push((id, event.at));
            }
            What::Shown { .. } => {
                let Some((_, from)) = begun.iter().rfind(|(other, _)| *other == id) else {
                    continue;
                };
                let took = event.at.since(*from);
                if slowest.is_none_or(|(_, longest)| took >= longest) {
                    slowest = Some((id, took));
                }
            }
            _ => {}
        }
    }
    slowest
}
