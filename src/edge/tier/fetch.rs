//! What a tier has asked upstream, who waits for it, and whom it asks next.

use std::sync::Arc;
use std::time::Duration;

use super::{Effect, FetchId, Tier};
use crate::distribution::{Function, FunctionEvent, Runtime};
use crate::edge::config::Member;
use crate::edge::decision::{Decision, Kept, Witness};
use crate::edge::functions::{Did, Ran, on_origin_request};
use crate::edge::portion::is_chunked_part;
use crate::edge::request::LeavesOut;
use crate::edge::route::Upstream;
use crate::edge::store::Entry;
use crate::edge::{
    Answer, Asking, CacheKey, EdgeRequest, Layer, Lifetime, NotStored, Purge, Route,
    StoredResponse, Unconditional, UpstreamTiming, own_page,
};
use crate::http::{Method, Response};

/// What a further request must have in common with a fetch to wait for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flight {
    /// The key's, which mostly tells two apart.
    hash: u64,
    pub(super) key: CacheKey,
    /// A HEAD waits for a GET, but not the other way round.
    is_head: bool,
    /// COL-11 (MODEL): only identical ranges collapse, under the same condition.
    range: Option<(Arc<str>, Option<Arc<str>>)>,
    /// Which origin of a group is meant, where there is one: the other has another answer (FO-02).
    member: Option<Member>,
}

/// A request that was passed on and waits for its answer.
#[derive(Debug)]
pub(super) struct Fetch {
    pub(super) layer: Layer,
    pub(super) asked: Arc<EdgeRequest>,
    /// The request as it went out.
    pub(super) onward: Arc<EdgeRequest>,
    /// What further requests look for to wait for it, as long as they may.
    flight: Option<Flight>,
    pub(super) route: Route,
    /// Whether this tier chose the origin of a group, so that it also turns to the other one (SHD-10).
    pub(super) chooses_origin: bool,
    /// Whether the whole is asked for, whatever was (RNG-18).
    asks_whole: bool,
    /// What the function at the origin's request does, until it is done.
    runs: Option<(Arc<Function>, Did)>,
    /// What that function answers in the origin's place.
    made: Option<Response>,
    /// The origin's answer, while the function at the origin's response has it.
    pub(super) given: Option<(Arc<Function>, Response, UpstreamTiming)>,
    /// Counts the attempts at the same origin from 1.
    pub(super) attempt: u32,
    /// The stale response under its key.
    pub(super) held: Option<Arc<StoredResponse>>,
    /// Who asked first; none in the background.
    pub(super) leader: Option<u32>,
    /// Who came later and waits for the same answer.
    pub(super) waiters: Vec<Waiter>,
    /// The tickets of those who came later and have its head: they wait for the rest.
    pub(super) reading: Vec<u32>,
    /// What came, once its head has.
    pub(super) came: Option<Came>,
    /// Why its answer is not kept, whatever it is: an invalidation came by.
    pub(super) spoiled: Option<NotStored>,
    /// The lifetime that its tier's responses mostly have.
    pub(super) usual: Option<Arc<Lifetime>>,
    /// Invalidations that came by before it was known which tags the answer has (INV-38).
    pub(super) purges: Vec<Passed>,
}

/// An invalidation by tag that came by before it was known which tags the answer to a fetch has (INV-38).
#[derive(Clone, Debug)]
pub(super) struct Passed {
    pub(super) purge: Purge,
    /// What was stored then under the path of the fetch.
    pub(super) stored: Vec<Entry>,
    /// What was under way then for the path of the fetch, itself included.
    pub(super) under_way: Vec<FetchId>,
}

/// One who waits, and for which layer the tier acts towards it: a regional edge cache is some tiers' Shield (SHD-08).
#[derive(Debug)]
pub(super) struct Waiter {
    pub(super) ticket: u32,
    pub(super) layer: Layer,
    pub(super) asked: Arc<EdgeRequest>,
}

/// The head of an answer and what becomes of it.
#[derive(Debug)]
pub(super) struct Came {
    pub(super) answer: Answer,
    /// Whether it is what this tier held, and why it still is.
    pub(super) kept: Kept,
}

impl Flight {
    fn of(asked: &EdgeRequest) -> Option<Self> {
        let key = asked.key().filter(|_| !asked.goes_alone)?.clone(); // COL-05, COL-08, COL-14
        let is_head = asked.method() == Method::Head;
        let range = asked.range().filter(|_| !asked.is_background); // COL-11
        let condition = || asked.request().fields.get("If-Range").map(Arc::from);
        let range = range.map(|range| (Arc::from(range), condition()));
        let member = asked.member.filter(|_| asked.rule().secondary.is_some());
        Some(Self { hash: key.hash(), key, is_head, range, member })
    }
}

impl Tier {
    /// The fetch that a request can wait for (COL-01, COL-03, COL-04).
    pub(super) fn joinable(&self, asked: &EdgeRequest) -> Option<FetchId> {
        if self.in_flight.is_empty() {
            return None;
        }
        let flight = Flight::of(asked)?;
        let same = self.in_flight.get(&flight);
        let whole = Flight { is_head: false, range: None, ..flight.clone() };
        same.or_else(|| flight.is_head.then(|| self.in_flight.get(&whole)).flatten()).copied()
    }

    /// Waits for a fetch, or is answered at once where its head has come (COL-12, MODEL).
    pub(super) fn join(
        &mut self,
        layer: Layer,
        ticket: u32,
        asked: Asking<'_>,
        fetch: FetchId,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(waited_for) = self.fetches.get_mut(&fetch) else { return };
        witness.note(|| Decision::Waits { behind: waited_for.waiters.len() });
        match &waited_for.came {
            Some(came) => {
                waited_for.reading.push(ticket);
                effects.push(Effect::Answer {
                    ticket,
                    answer: came.answer.shared(layer, &asked),
                    streams_from: Some(fetch),
                });
            }
            None => waited_for.waiters.push(Waiter { ticket, layer, asked: asked.keep() }),
        }
    }

    /// Asks upstream.
    pub(super) fn fetch(
        &mut self,
        layer: Layer,
        leader: Option<u32>,
        asked: Arc<EdgeRequest>,
        held: Option<Arc<StoredResponse>>,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let id = FetchId(self.next_fetch);
        self.next_fetch = self.next_fetch.wrapping_add(1);
        let flight = Flight::of(&asked);
        if let Some(flight) = &flight {
            self.in_flight.insert(flight.clone(), id);
        }
        let fetch = Fetch {
            layer,
            onward: Arc::clone(&asked),
            asked,
            flight,
            route: Route::FromRec,
            chooses_origin: false,
            asks_whole: false,
            runs: None,
            made: None,
            given: None,
            attempt: 1,
            held,
            leader,
            waiters: Vec::new(),
            reading: Vec::new(),
            came: None,
            spoiled: None,
            usual: self.usual.clone(),
            purges: Vec::new(),
        };
        let fetch = self.fetches.entry(id).or_insert(fetch);
        fetch.turn_to(fetch.asked.member);
        fetch.send(id, witness, effects);
    }

    /// Whoever asked no longer waits. Others who wait still get their answer (COL-13, MODEL).
    pub fn leave(&mut self, ticket: u32) {
        for (_, fetch) in self.fetches.iter_mut() {
            fetch.leader.take_if(|leader| *leader == ticket);
            fetch.waiters.retain(|waiter| waiter.ticket != ticket);
            fetch.reading.retain(|reader| *reader != ticket);
        }
    }

    /// No further request may wait for this fetch.
    pub(super) fn land(&mut self, id: FetchId) {
        let flight = self.fetches.get_mut(&id).and_then(|fetch| fetch.flight.take());
        let Some(flight) = flight else { return };
        if self.in_flight.get(&flight) == Some(&id) {
            self.in_flight.remove(&flight);
        }
    }
}

impl Fetch {
    /// XFER-08: whether all who asked have left a POP before the last byte, which then keeps nothing. A REC completes its
    /// fill, and what is renewed in the background has no viewer.
    pub(super) fn is_abandoned(&self) -> bool {
        let is_for_viewers = self.layer == Layer::Pop && !self.asked.is_background;
        let is_left = self.leader.is_none() && self.waiters.is_empty() && self.reading.is_empty();
        is_for_viewers && is_left
    }

    /// Makes the request that goes out, to this origin of the group if the group's origin is chosen.
    pub(super) fn turn_to(&mut self, member: Option<Member>) {
        let asked = &self.asked;
        self.route = Route::choose(
            self.layer,
            asked.method(),
            asked.behavior(),
            asked.rule().member(member.unwrap_or(Member::Primary)),
            asked.rec_region(),
            asked.config().dynamic_max_ttl_secs(),
        );
        self.chooses_origin = asked.member.is_none() && self.route.upstream() != Upstream::Rec;
        let member = if self.chooses_origin {
            Some(member.unwrap_or(Member::Primary)) // FO-06
        } else {
            member
        };
        let is_askable =
            |held: &&Arc<StoredResponse>| Unconditional::of(held, asked.behavior()).is_none();
        let condition = self.held.as_ref().filter(is_askable).cloned();
        let leaves_out = LeavesOut {
            conditions: self.held.is_some() && condition.is_none(),
            range: self.asks_whole,
        };
        let mut onward = asked.onward(self.layer, member, condition, leaves_out);
        (self.runs, self.made) = (None, None);
        // EDGE-64: the name is resolved first, and without an address no function is called.
        if self.route.upstream() == Upstream::Origin && onward.config().resolves(onward.origin()) {
            self.foresee_function(&mut onward); // EDGE-02, FO-10
        }
        self.onward = Arc::new(onward);
        self.attempt = 1;
    }

    /// EDGE-02: the function at the origin's request changes it, or answers in the origin's place, once it has run.
    fn foresee_function(&mut self, onward: &mut EdgeRequest) {
        let Some(function) = onward.behavior().functions.at(FunctionEvent::OriginRequest) else {
            return;
        };
        let (function, id) = (Arc::clone(function), onward.identity().request_id);
        let prefix = onward.origin().path.clone();
        let (did, changed) = on_origin_request(&function, onward.request(), &prefix, id);
        match &did {
            Did::Answered(made) => self.made = Some(made.response()), // EDGE-13
            Did::Failed(fault) => {
                self.made = Some(own_page::failed(fault.failure(), onward.identity()));
            }
            _ => {}
        }
        if let Some(changed) = changed {
            onward.rewrite(changed);
        }
        self.runs = Some((function, did));
    }

    /// RNG-18 (MODEL): asks the same origin again for the whole, where it sends a part in chunks.
    pub(super) fn ask_whole(
        &mut self,
        id: FetchId,
        response: &Response,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) -> bool {
        // The request is written out only for such a part.
        let asked_for_part =
            || self.onward.method() == Method::Get && self.onward.request().fields.has("Range");
        if !is_chunked_part(response) || !asked_for_part() {
            return false;
        }
        let attempt = self.attempt;
        self.asks_whole = true;
        self.turn_to(self.onward.member);
        self.attempt = attempt + 1;
        self.send(id, witness, effects);
        true
    }

    pub(super) fn send(
        &mut self,
        id: FetchId,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        if let Some((function, _)) = &self.runs {
            effects.push(self.run(id, function.runtime));
            return;
        }
        if let Some(response) = self.made.take() {
            let (leader, asked) = (self.leader, Arc::clone(&self.onward));
            effects.push(Effect::Made { fetch: id, leader, asked, response });
            return;
        }
        witness.note(|| Decision::Forwarded {
            route: self.route.clone(),
            rec_region: self.onward.rec_region().to_owned(),
            request: Arc::clone(self.onward.request()),
            conditional: self.onward.is_conditional(),
            background: self.asked.is_background,
            attempt: self.attempt,
        });
        effects.push(Effect::Ask {
            fetch: id,
            leader: self.leader,
            route: self.route.clone(),
            asked: Arc::clone(&self.onward),
            attempt: self.attempt,
        });
    }

    /// A function runs for this fetch.
    pub(super) fn run(&self, id: FetchId, runtime: Runtime) -> Effect {
        let (leader, asked) = (self.leader, Arc::clone(&self.onward));
        Effect::Run { fetch: id, leader, asked, runtime }
    }

    /// A run for this fetch, as it is told.
    pub(super) fn told(&self, ran: Ran) -> Decision {
        Decision::FunctionRan(Ran { background: self.asked.is_background, ..ran })
    }

    /// The function at the origin's request is done: the request goes out, or what it has answered comes.
    pub(super) fn ran(
        &mut self,
        id: FetchId,
        took: Duration,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some((function, did)) = self.runs.take() else { return };
        witness.note(|| self.told(Ran::of(&function, FunctionEvent::OriginRequest, did, took)));
        self.send(id, witness, effects);
    }
}
