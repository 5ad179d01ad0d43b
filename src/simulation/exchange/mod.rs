//! The life of one exchange, from the viewer and back, as tasks at instants of virtual time.
//!
//! Each hop has a head and a last byte. A hop's last byte is the later of its upstream's and its own slow start, and bytes
//! go on from the first one (FLOW-08).

mod functions;
mod handshake;
mod origin;
mod tiers;
mod viewer;

pub(super) use viewer::KnownName;

use std::sync::Arc;
use std::time::Duration;

use super::hosts::Host;
use super::{ExchangeId, Observer, OriginLeg, Place, World};
use crate::distribution::Denied;
use crate::edge::fields::{RequestId, ViewerHandshake};
use crate::edge::{
    EdgeRequest, Ending, Failure, FetchId, FunctionRun, Incoming, Layer, NotSecured, Reply,
    Session, UpstreamTiming, Visit,
};
use crate::http::{Request, Response};
use crate::network::{City, Family, Pop, Rec, Region};
use crate::time::SimTime;

/// What is to be done at an instant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Task {
    Resolve(ExchangeId),
    Resolved {
        id: ExchangeId,
        cached_secs: Option<u64>,
        took: Duration,
    },
    Connected(ExchangeId),
    Secured(ExchangeId),
    NotSecured(ExchangeId, NotSecured),
    AtPop(ExchangeId),
    /// A fetch of a lower tier arrives at a REC, which acts as this layer for it.
    AtRec(FetchAt, Rec, Layer),
    AtOrigin(FetchAt, Region),
    /// The origin answers, after it has thought for so long.
    Reply(FetchAt, Region, Duration),
    /// The head of what a fetch waits for arrives.
    Head(FetchAt),
    /// The function of a fetch is done, for which that has waited so long.
    Ran(FetchAt, Duration),
    /// The function of a viewer's exchange is done.
    RanAtPop(ExchangeId, Duration, Source),
    /// The origin gave no answer to a fetch.
    Failed(FetchAt, Failure),
    /// The last byte for a fetch arrives, or no more will.
    Last(FetchAt, Ending),
    Shown(ExchangeId),
    /// An invalidation, by its place in the ledger, reaches a tier.
    InvalidateAt(Place, usize),
    InvalidationDone(usize),
}

/// One fetch of the tier at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FetchAt {
    pub(super) fetch: FetchId,
    pub(super) place: Place,
}

/// Where the bytes of a viewer's answer come from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Source {
    /// The POP's fetch, where it still waits for them.
    fetch: Option<FetchAt>,
    /// How that ends.
    ending: Ending,
}

/// Whoever asked a tier, by ticket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    /// The exchange that it belongs to.
    pub(super) exchange: ExchangeId,
    /// The lower tier's fetch; none where it is the viewer.
    pub(super) below: Option<FetchAt>,
}

/// A fetch under way, from the tier that began it.
#[derive(Debug)]
pub(super) struct UnderWay {
    exchange: ExchangeId,
    /// The request as it went out.
    asked: Arc<EdgeRequest>,
    /// When it was first sent to this origin (TMO-05).
    began: SimTime,
    /// There and back between the tier and whom it asked.
    round_trip: Duration,
    /// The last attempt at an origin.
    attempt: Attempt,
    /// The way that it takes.
    leg: Option<OriginLeg>,
    /// What comes back.
    incoming: Option<Incoming>,
    /// What a function has answered in the origin's place.
    made: Option<Response>,
    /// Why a bucket refuses it, if one does.
    denied: Option<Denied>,
    /// When the last byte of it arrives.
    last_at: SimTime,
    ending: Ending,
    /// What its leader passes down, with the instant of its head.
    passed: Option<(Arc<Response>, SimTime)>,
}

/// One attempt at an origin: when it began, and when the connection is there and the request's last byte leaves, or would.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    began: SimTime,
    connected: SimTime,
    sent: SimTime,
}

impl Attempt {
    /// What it took until an answer comes, or it is given up: of what did not come to pass, nothing (ST-19, MODEL).
    fn timing(self, until: SimTime) -> UpstreamTiming {
        UpstreamTiming {
            dns: Duration::ZERO,
            connect: self.connected.min(until).since(self.began), // CONN-02, CONN-03
            first_byte: until.since(self.sent),
        }
    }
}

/// An answer that left its POP.
#[derive(Debug)]
struct Departure {
    reply: Reply,
    /// Written out, for whoever watches.
    response: Option<Arc<Response>>,
    /// The instant of its head.
    at: SimTime,
    /// Whether all of it will come.
    ending: Ending,
}

/// One exchange under way.
#[derive(Debug)]
pub(super) struct Exchange {
    city: City,
    pop: Pop,
    rec: Rec,
    /// Whether it is the first of its city among those that are sent together (CD-21).
    is_alone: bool,
    /// The name that the viewer looks up and names in TLS: its Host, the distribution's own name or an alias, unless that
    /// leads nowhere.
    host: Host,
    viewer_round_trip: Duration,
    /// Over which family of addresses its connection goes.
    family: Family,
    request_id: RequestId,
    /// How its connection to the POP came about.
    handshake: ViewerHandshake,
    /// What was agreed on for it, or why that fails.
    agreed: Result<Session, NotSecured>,
    /// Until it reaches the POP.
    request: Option<Arc<Request>>,
    /// The request at its POP.
    visit: Option<Visit>,
    /// The function that the POP waits for.
    runs: Option<FunctionRun>,
    /// When the request reaches the POP.
    at_pop: SimTime,
    /// What the POP passes to the viewer.
    from_pop: Option<Departure>,
}

impl Exchange {
    /// What was agreed on; nothing is asked over a connection for which that failed.
    fn session(&self) -> Session {
        self.agreed.unwrap_or_default()
    }

    /// Who answered: the origin where it did, or else the tier that had the answer or made it.
    fn answered_by(&self, visit: &Visit, reply: &Reply) -> Place {
        let rule = visit.asked().rule();
        let shield = || Rec::find(rule.member(reply.member).shield_region.as_deref()?).ok(); // FO-02, SHD-10
        let answered = match (reply.is_from_origin, reply.layer) {
            (true, _) => rule.region(reply.member).map(Place::Origin),
            (false, Layer::Shield) => shield().map(Place::Rec),
            _ => None,
        };
        answered.unwrap_or(match reply.layer {
            Layer::Rec => Place::Rec(self.rec),
            _ => Place::Pop(self.pop),
        })
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
            Task::NotSecured(id, why) => self.not_secured(id, why, observer),
            Task::AtPop(id) => self.at_pop(id, observer),
            Task::AtRec(below, rec, layer) => self.at_rec(below, rec, layer, observer),
            Task::AtOrigin(at, region) => self.at_origin(at, region, observer),
            Task::Reply(at, region, think) => self.reply(at, region, think, observer),
            Task::Head(at) => self.head(at, observer),
            Task::Ran(at, took) => self.ran(at, took, observer),
            Task::RanAtPop(id, took, source) => self.ran_at_pop(id, took, source, observer),
            Task::Failed(at, failure) => self.failed(at, failure, observer),
            Task::Last(at, ending) => self.last(at, ending, observer),
            Task::Shown(id) => self.shown(id, observer),
            Task::InvalidateAt(place, which) => self.invalidate_at(place, which, observer),
            Task::InvalidationDone(which) => self.invalidation_done(which, observer),
        }
    }

    fn exchange(&mut self, id: ExchangeId) -> &mut Exchange {
        self.exchanges
            .get_mut(&id.0)
            .expect("an exchange stays until its answer is shown or no connection came about, which is its last task")
    }
}

#[cfg(test)]
mod tests;
