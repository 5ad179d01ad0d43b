//! The life of one exchange, from the viewer and back, as tasks at instants of virtual time.
//!
//! Each hop has a head and a last byte. A hop's last byte is the later of its upstream's and its own slow start, and bytes
//! go on from the first one (FLOW-08).

mod back;
mod out;
mod viewer;

use std::sync::Arc;
use std::time::Duration;

use super::{ExchangeId, Observer, OriginLeg, Place, World};
use crate::edge::fields::Identity;
use crate::edge::{Contact, EdgeRequest, Incoming, InvalidationPath};
use crate::http::{Request, Response};
use crate::network::{City, Pop, Rec};
use crate::time::SimTime;

/// What is to be done at an instant.
#[derive(Debug)]
pub(super) enum Task {
    Resolve(ExchangeId),
    Resolved { id: ExchangeId, cached_secs: Option<u64>, took: Duration },
    Connected(ExchangeId),
    Secured(ExchangeId),
    AtPop(ExchangeId),
    AtRec(ExchangeId),
    AtOrigin(ExchangeId, OriginLeg),
    Reply(ExchangeId, OriginLeg, Duration),
    HeadAtRec(ExchangeId),
    HeadAtPop(ExchangeId),
    LastAtRec(ExchangeId),
    LastAtPop(ExchangeId),
    Shown(ExchangeId),
    InvalidateAt(Place, InvalidationPath),
    InvalidationDone(InvalidationPath),
}

/// One exchange under way.
#[derive(Debug)]
pub(super) struct Exchange {
    city: City,
    pop: Pop,
    rec: Rec,
    viewer_round_trip: Duration,
    request: Arc<Request>,
    identity: Arc<Identity>,
    /// What the tier that asked last asks for.
    asked: Option<EdgeRequest>,
    /// What comes back to the tier that is next on the way down.
    incoming: Option<Incoming>,
    /// When the last byte of it arrives there, by its upstream.
    upstream_last: SimTime,
    /// What the REC passes to the POP, with the instant of its head.
    from_rec: Option<(Arc<Response>, SimTime)>,
    /// What the POP passes to the viewer, with the instant of its head.
    from_pop: Option<(Arc<Response>, SimTime)>,
    contact: Contact,
    answered_by: Place,
}

impl Exchange {
    /// The name that the viewer looks up: its Host, the distribution's own name or an alias, in lower case.
    fn host_name(&self) -> String {
        self.request.fields.get("Host").unwrap_or_default().to_ascii_lowercase()
    }
}

impl World {
    pub(super) fn perform(&mut self, task: Task, observer: &mut impl Observer) {
        match task {
            Task::Resolve(id) => self.resolve(id),
            Task::Resolved { id, cached_secs, took } => {
                self.resolved(id, cached_secs, took, observer);
            }
            Task::Connected(id) => self.connected(id, observer),
            Task::Secured(id) => self.secured(id, observer),
            Task::AtPop(id) => self.at_pop(id, observer),
            Task::AtRec(id) => self.at_rec(id, observer),
            Task::AtOrigin(id, leg) => self.at_origin(id, leg, observer),
            Task::Reply(id, leg, think) => self.reply(id, leg, think, observer),
            Task::HeadAtRec(id) => self.head_at_rec(id),
            Task::HeadAtPop(id) => self.head_at_pop(id),
            Task::LastAtRec(id) => self.last_at_rec(id, observer),
            Task::LastAtPop(id) => self.last_at_pop(id, observer),
            Task::Shown(id) => self.shown(id, observer),
            Task::InvalidateAt(place, path) => self.invalidate_at(place, &path, observer),
            Task::InvalidationDone(path) => self.invalidation_done(path, observer),
        }
    }

    fn exchange(&mut self, id: ExchangeId) -> &mut Exchange {
        self.exchanges
            .get_mut(&id.0)
            .expect("an exchange stays until its answer is shown, which is its last task")
    }
}
