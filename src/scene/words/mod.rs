//! What the inspector says of a step: one sentence to four, the chain of decisions, the key and the fields.

mod assumed;
pub(super) mod between;
mod dns;
mod ends;
mod functions;
mod gates;
mod keeps;
mod key;
mod origins;
mod purge;
mod refusals;
mod rows;
mod sources;
mod staging;
mod tiers;
mod tls;
mod told;
mod troubles;

pub use key::{KeyPart, KeyView, LeftOutLine};
pub use sources::Source;
pub use told::{HandedView, Remark, Told};

use std::time::Duration;

use sources::{HOW_IT_WORKS, HTTP};
use told::town;

use super::fields_view::FieldsView;
use super::step::{Hop, Step};
use super::{Scene, Trip, WireView, background, units};
use crate::edge::{Batch, Bill, Layer};
use crate::simulation::{Event, What};

impl Told {
    /// What is told of the current step of a Scene. `events` are those of the step that have happened.
    pub fn of(scene: &Scene, step: &Step, events: &[Event]) -> Self {
        match scene.trip.as_ref().filter(|_| step.exchange.is_some()) {
            Some(trip) => {
                let mut told = of_exchange(in_view(trip, events), step, events);
                if matches!(step.hop, Hop::Tls | Hop::Sent) {
                    told.wire = WireView::of(trip, scene.settings.viewer);
                }
                if step.hop == Hop::Tls {
                    tls::of_other_names(
                        &mut told,
                        trip,
                        scene.settings.configuration.distribution(),
                    );
                }
                match step.together {
                    1 => told,
                    count => {
                        told.say(format!("{count} viewers are at this point at the same instant."))
                    }
                }
            }
            None => between::told(scene, step, events),
        }
    }
}

/// The exchange, or its background where the step belongs to that.
fn in_view<'a>(trip: &'a Trip, events: &[Event]) -> &'a Trip {
    match &trip.background {
        Some((from, refresh))
            if events.iter().all(|event| background::holds(event, *from))
                && !events.iter().any(|event| background::begins(event).is_some()) =>
        {
            refresh
        }
        _ => trip,
    }
}

fn of_exchange(trip: &Trip, step: &Step, events: &[Event]) -> Told {
    let town = town(step.place);
    match step.hop {
        Hop::Url => ends::composed(trip),
        Hop::Dns => dns::resolved(trip),
        Hop::Tcp | Hop::Tls | Hop::TlsFails | Hop::Reuse => ends::connected(trip, events),
        Hop::Sent => {
            let row = tls::row_of_opening(trip);
            let mut told = Told::new("The request is on its way", row, HTTP)
                .say(format!(
                    "{} sends it to the edge location in {}.",
                    units::unbroken(trip.city.name()),
                    units::unbroken(trip.pop.short_name())
                ))
                .say("It has no colour yet: no cache has answered.");
            told.fields = Some(FieldsView::of_request(&trip.request, None));
            told
        }
        Hop::PopLooks => {
            let told = tiers::looked(trip, events, Layer::Pop, &town);
            match events.iter().find_map(until_deployed) {
                Some(until) => between::outdated(told, &town, until),
                None => told,
            }
        }
        Hop::RecLooks => tiers::looked(trip, events, Layer::Rec, &town),
        Hop::ShieldLooks => tiers::looked(trip, events, Layer::Shield, &town),
        Hop::NoAnswer => troubles::no_answer(trip, events, &town),
        Hop::AtOrigin => ends::at_origin(trip, events, &town),
        Hop::Answer => ends::answered(trip, events, &town),
        Hop::RecKeeps => keeps::kept(trip, events, Layer::Rec, &town),
        Hop::ShieldKeeps => keeps::kept(trip, events, Layer::Shield, &town),
        Hop::PopKeeps => keeps::kept(trip, events, Layer::Pop, &town),
        Hop::Shown => ends::shown(trip),
        // These belong to no exchange.
        Hop::Change
        | Hop::Wait
        | Hop::Publish
        | Hop::Clear
        | Hop::Invalidate
        | Hop::Purge
        | Hop::Purged => Told::new("", "", HOW_IT_WORKS),
    }
}

/// What an invalidation counts as, and what the month has cost with it (INV-46, INV-47).
pub(crate) fn cost_of_invalidation(batch: &Batch, bill: &Bill) -> String {
    purge::cost(batch, bill)
}

/// How long it takes until an edge location has the newest configuration, where it has not (DST-03).
fn until_deployed(event: &Event) -> Option<Duration> {
    match &event.what {
        What::Outdated { until } => Some(until.since(event.at)),
        _ => None,
    }
}
