//! Drives the engine's tiers. What they want done that needs no socket is done here, at once: between a POP, its regional
//! edge cache and Origin Shield lies nothing but a call. What is left to do comes out as [`ToOrigin`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use edgewalk::edge::fields::Identity;
use edgewalk::edge::{
    Answer, Config, Decision, EdgeRequest, Effect, Ending, Failure, FetchId, Incoming, Layer, Next,
    Reply, Tier, Upstream, UpstreamTiming, Visit, Witness,
};
use edgewalk::http::{Body, Request, Response};
use edgewalk::network::Rec;
use edgewalk::simulation::REC_CAPACITY_FACTOR;
use edgewalk::time::Moment;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::content::{Content, Contents, Reader};
use crate::setup::Setup;

/// Where a tier stands. There is one POP; Origin Shield is the regional edge cache of its Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Pop,
    Rec(Rec),
}

/// One fetch of the tier at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FetchAt {
    pub(crate) place: Place,
    fetch: FetchId,
}

/// The content of a viewer's request, until a connection to an origin takes it.
pub(crate) type Upload = Arc<Mutex<Option<hyper::body::Incoming>>>;

/// An origin is to be asked.
#[derive(Debug)]
pub(crate) struct ToOrigin {
    pub(crate) at: FetchAt,
    pub(crate) asked: EdgeRequest,
    pub(crate) upload: Option<Upload>,
    /// When it was first sent to this origin (TMO-05).
    pub(crate) began: Instant,
}

/// What a viewer gets.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) reply: Reply,
    /// The content that it refers to; none where the edge makes it itself, or where there is none.
    pub(crate) reader: Option<Reader>,
}

/// Counts the viewers' requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExchangeId(u64);

#[derive(Debug)]
struct Exchange {
    visit: Visit,
    /// Of what the POP was asked for last.
    ticket: u32,
    upload: Option<Upload>,
    reply_to: oneshot::Sender<Outgoing>,
}

/// Whoever asked a tier, by ticket.
#[derive(Clone, Copy, Debug)]
struct Asker {
    exchange: ExchangeId,
    /// The lower tier's fetch; none where it is the viewer.
    below: Option<FetchAt>,
}

#[derive(Debug)]
struct Fetching {
    exchange: ExchangeId,
    asked: EdgeRequest,
    began: Instant,
    /// The content of what the tier holds under the key: the answer may turn out to be that, evicted meanwhile or not.
    _held: Option<Arc<Content>>,
    content: Option<Arc<Content>>,
    /// Whether the head did not say how long the content is.
    is_unmeasured: bool,
    /// The fetches of lower tiers that get what this one gets.
    feeds: Vec<FetchAt>,
}

/// What is still to be done while a call from outside is dealt with.
#[derive(Debug)]
enum Step {
    CarryOut(Place, ExchangeId, Effect),
    /// The last byte for a fetch has come, or no more will; with the length, where the head did not say.
    Finish(FetchAt, Ending, Option<u64>),
}

/// Nobody writes decisions down here.
struct Unwatched;

impl Witness for Unwatched {
    fn wants(&self) -> bool {
        false
    }
    fn take(&mut self, _: Decision) {}
}

/// The tiers, who waits for them, and the contents that they speak of.
#[derive(Debug)]
pub(crate) struct Driver {
    config: Arc<Config>,
    rec_region: Arc<str>,
    pop_capacity: u64,
    tiers: BTreeMap<Place, Tier>,
    askers: BTreeMap<u32, Asker>,
    next_ticket: u32,
    exchanges: BTreeMap<ExchangeId, Exchange>,
    next_exchange: u64,
    fetches: BTreeMap<FetchAt, Fetching>,
    contents: Contents,
    /// Kept empty between calls.
    steps: VecDeque<Step>,
    to_origin: Vec<ToOrigin>,
}

impl Driver {
    pub(crate) fn new(setup: &Setup) -> Self {
        Self {
            config: Arc::clone(&setup.config),
            rec_region: setup.rec.code().into(),
            pop_capacity: setup.pop_capacity,
            tiers: BTreeMap::new(),
            askers: BTreeMap::new(),
            next_ticket: 0,
            exchanges: BTreeMap::new(),
            next_exchange: 0,
            fetches: BTreeMap::new(),
            contents: Contents::default(),
            steps: VecDeque::new(),
            to_origin: Vec::new(),
        }
    }

    /// A viewer's request arrives at the POP.
    pub(crate) fn begin(
        &mut self,
        now: Moment,
        request: &Arc<Request>,
        identity: &Arc<Identity>,
        upload: Option<Upload>,
    ) -> (ExchangeId, oneshot::Receiver<Outgoing>) {
        let (reply_to, outgoing) = oneshot::channel();
        let id = ExchangeId(self.next_exchange);
        self.next_exchange += 1;
        let (config, region) = (Arc::clone(&self.config), Arc::clone(&self.rec_region));
        match Visit::begin(request, identity, &config, &region, &mut Unwatched) {
            Ok(visit) => {
                let asked = visit.asked().clone();
                self.exchanges.insert(id, Exchange { visit, ticket: 0, upload, reply_to });
                self.ask_for_viewer(now, id, asked);
                self.work_off(now);
            }
            Err(refusal) => {
                // Whoever has left meanwhile gets nothing.
                let _ = reply_to
                    .send(Outgoing { reply: Reply::refused(refusal, identity), reader: None });
            }
        }
        (id, outgoing)
    }

    /// The viewer left before it was answered.
    pub(crate) fn leave(&mut self, id: ExchangeId) {
        let Some(exchange) = self.exchanges.remove(&id) else { return };
        self.askers.remove(&exchange.ticket);
        if let Some(tier) = self.tiers.get_mut(&Place::Pop) {
            tier.leave(exchange.ticket);
        }
    }

    /// The head of an origin's answer has come. Returns the content that its bytes belong to, unless nobody wants them.
    pub(crate) fn head(
        &mut self,
        now: Moment,
        at: FetchAt,
        mut response: Response,
        length: Option<u64>,
        timing: UpstreamTiming,
    ) -> Option<Arc<Content>> {
        let (version, content) = self.contents.begin();
        response.body = Body { length: length.unwrap_or_default(), version, coding: None };
        let fetching = self.fetches.get_mut(&at)?;
        fetching.content = Some(Arc::clone(&content));
        fetching.is_unmeasured = length.is_none();
        let exchange = fetching.exchange;
        let is_kept = self.with_tier(at.place, exchange, |tier, effects| {
            let incoming = Incoming::Origin(response, timing);
            tier.head(now, at.fetch, incoming, &mut Unwatched, effects);
            effects.is_empty() || effects.iter().any(is_of_something_kept)
        });
        self.work_off(now);
        if !is_kept {
            content.pass();
        }
        self.has_head(at).then_some(content)
    }

    /// The origin gave no answer.
    pub(crate) fn failed(
        &mut self,
        now: Moment,
        at: FetchAt,
        failure: Failure,
        timing: UpstreamTiming,
    ) {
        let Some(exchange) = self.fetches.get(&at).map(|fetching| fetching.exchange) else {
            return;
        };
        self.with_tier(at.place, exchange, |tier, effects| {
            tier.failed(now, at.fetch, failure, timing, &mut Unwatched, effects);
        });
        if self.has_head(at) {
            self.steps.push_back(Step::Finish(at, Ending::Complete, None));
        }
        self.work_off(now);
    }

    /// The last byte of an origin's answer has come, or no more will.
    pub(crate) fn last(&mut self, now: Moment, at: FetchAt, ending: Ending) {
        let Some(fetching) = self.fetches.get(&at) else { return };
        let length = fetching.content.as_ref().map_or(0, |content| {
            content.end(ending);
            content.length()
        });
        let measured = fetching.is_unmeasured.then_some(length);
        self.contents.ended(length);
        self.steps.push_back(Step::Finish(at, ending, measured));
        self.work_off(now);
    }

    /// What the last call left to do with origins.
    pub(crate) fn take_to_origin(&mut self) -> Vec<ToOrigin> {
        std::mem::take(&mut self.to_origin)
    }

    fn work_off(&mut self, now: Moment) {
        while let Some(step) = self.steps.pop_front() {
            match step {
                Step::CarryOut(place, exchange, Effect::Answer { ticket, answer, streams_from }) => {
                    let source = streams_from.map(|fetch| FetchAt { place, fetch });
                    let Some(asker) = self.askers.remove(&ticket) else { continue };
                    match asker.below {
                        None => self.answer_viewer(now, asker.exchange, answer),
                        Some(below) => self.answer_below(now, below, exchange, answer, source),
                    }
                }
                Step::CarryOut(place, exchange, Effect::Ask { fetch, route, asked, attempt }) => {
                    let at = FetchAt { place, fetch };
                    self.ask_upstream(now, at, exchange, asked, attempt, route.upstream());
                }
                Step::Finish(at, ending, measured) => self.finish(now, at, ending, measured),
            }
        }
        self.sweep();
    }

    /// Lets a tier decide; what it wants done is done next.
    fn with_tier<T>(
        &mut self,
        place: Place,
        exchange: ExchangeId,
        decide: impl FnOnce(&mut Tier, &mut Vec<Effect>) -> T,
    ) -> T {
        let capacity = match place {
            Place::Pop => self.pop_capacity,
            Place::Rec(_) => self.pop_capacity.saturating_mul(REC_CAPACITY_FACTOR),
        };
        let tier = self.tiers.entry(place).or_insert_with(|| Tier::new(capacity));
        let mut effects = Vec::new();
        let decided = decide(tier, &mut effects);
        let steps = effects.into_iter().map(|effect| Step::CarryOut(place, exchange, effect));
        self.steps.extend(steps);
        decided
    }

    fn ask(&mut self, now: Moment, place: Place, layer: Layer, from: Asker, asked: EdgeRequest) -> u32 {
        let ticket = self.next_ticket;
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.askers.insert(ticket, from);
        self.with_tier(place, from.exchange, |tier, effects| {
            tier.ask(now, layer, ticket, asked, &mut Unwatched, effects);
        });
        ticket
    }

    fn ask_for_viewer(&mut self, now: Moment, id: ExchangeId, asked: EdgeRequest) {
        let from = Asker { exchange: id, below: None };
        let ticket = self.ask(now, Place::Pop, Layer::Pop, from, asked);
        if let Some(exchange) = self.exchanges.get_mut(&id) {
            exchange.ticket = ticket;
        }
    }

    fn ask_upstream(
        &mut self,
        now: Moment,
        at: FetchAt,
        exchange: ExchangeId,
        asked: EdgeRequest,
        attempt: u32,
        upstream: Upstream<'_>,
    ) {
        let held = || {
            let stored = self.tiers.get(&at.place)?.store().get(asked.key.as_ref()?)?;
            self.contents.get(stored.response.body.version).cloned()
        };
        let held = if self.fetches.contains_key(&at) { None } else { held() };
        let fetching = self.fetches.entry(at).or_insert_with(|| Fetching {
            exchange,
            asked: asked.clone(),
            began: Instant::now(),
            _held: held,
            content: None,
            is_unmeasured: false,
            feeds: Vec::new(),
        });
        if attempt == 1 {
            fetching.began = Instant::now();
        }
        fetching.asked = asked;
        let (exchange, began) = (fetching.exchange, fetching.began);
        let asked = fetching.asked.clone();
        let rec = match upstream {
            Upstream::Origin => None,
            Upstream::Rec => Rec::find(&asked.rec_region).ok().map(|rec| (rec, Layer::Rec)),
            Upstream::Shield(region) => Rec::find(region).ok().map(|rec| (rec, Layer::Shield)),
        };
        if let Some((rec, layer)) = rec {
            let from = Asker { exchange, below: Some(at) };
            self.ask(now, Place::Rec(rec), layer, from, asked);
        } else {
            let upload =
                self.exchanges.get(&exchange).and_then(|exchange| exchange.upload.clone());
            self.to_origin.push(ToOrigin { at, asked, upload, began });
        }
    }

    fn answer_viewer(&mut self, now: Moment, id: ExchangeId, answer: Answer) {
        let Some(mut exchange) = self.exchanges.remove(&id) else { return };
        match exchange.visit.answered(now, answer, &mut Unwatched) {
            Next::Reply(reply) => {
                let content = self.contents.get(reply.response.body.version);
                let reader = content.map(Content::read);
                // Whoever has left meanwhile gets nothing.
                let _ = exchange.reply_to.send(Outgoing { reply, reader });
            }
            Next::Ask(asked) => {
                self.exchanges.insert(id, exchange);
                self.ask_for_viewer(now, id, asked);
            }
        }
    }

    /// An answer goes from an upper tier to the one that asked it; its last byte follows at once where it was all there.
    fn answer_below(
        &mut self,
        now: Moment,
        below: FetchAt,
        exchange: ExchangeId,
        answer: Answer,
        source: Option<FetchAt>,
    ) {
        let content = self.contents.get(answer.response.body.version).cloned();
        let Some(fetching) = self.fetches.get_mut(&below) else { return };
        fetching.content = content;
        self.with_tier(below.place, exchange, |tier, effects| {
            tier.head(now, below.fetch, Incoming::Tier(answer), &mut Unwatched, effects);
        });
        if !self.has_head(below) {
            return;
        }
        match source.and_then(|source| self.fetches.get_mut(&source)) {
            Some(source) => source.feeds.push(below),
            None => self.steps.push_back(Step::Finish(below, Ending::Complete, None)),
        }
    }

    /// Whether a tier waits for the rest of a fetch. It does not where it has asked somebody else instead.
    fn has_head(&self, at: FetchAt) -> bool {
        self.tiers.get(&at.place).is_some_and(|tier| tier.has_head(at.fetch))
    }

    fn finish(&mut self, now: Moment, at: FetchAt, ending: Ending, measured: Option<u64>) {
        let Some(Fetching { exchange, feeds, .. }) = self.fetches.remove(&at) else { return };
        self.with_tier(at.place, exchange, |tier, _| {
            if let Some(length) = measured {
                tier.measured(at.fetch, length);
            }
            tier.last_byte(now, at.fetch, ending, &mut Unwatched);
        });
        self.steps.extend(feeds.into_iter().map(|below| Step::Finish(below, ending, measured)));
    }

    /// Drops contents that nothing refers to any more, where enough has come to make it worth while. Between two calls
    /// from outside no answer is on its way from one tier to another.
    fn sweep(&mut self) {
        if self.contents.is_sweep_due() {
            let stored = self.tiers.values().flat_map(|tier| tier.store().iter());
            let stored: BTreeSet<u32> =
                stored.map(|(_, stored)| stored.response.body.version).collect();
            self.contents.sweep(&stored);
        }
    }
}

fn is_of_something_kept(effect: &Effect) -> bool {
    matches!(effect, Effect::Answer { answer, .. } if answer.kept.is_ok())
}
