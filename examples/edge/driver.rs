//! Drives the engine's tiers. What they want done that needs no socket is done here, at once: between a POP, its regional
//! edge cache and Origin Shield lies nothing but a call. What is left to do comes out as [`ToOrigin`].

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use edgewalk::edge::fields::Identity;
use edgewalk::edge::{
    Answer, Config, Decision, EdgeRequest, Effect, Ending, Failure, FetchId, Incoming, Layer, Next,
    Reply, Tier, Upstream, UpstreamTiming, Visit, Witness,
};
use edgewalk::http::range::ContentRange;
use edgewalk::http::{Body, Coding, Request, Response, Status};
use edgewalk::network::Rec;
use edgewalk::simulation::REC_CAPACITY_FACTOR;
use edgewalk::time::Moment;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::content::{Content, Reader};
use super::contents::Contents;
use super::setup::Setup;

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

/// A content is to be coded for the POP, which stores it so (CMP-14).
#[derive(Debug)]
pub(crate) struct ToCode {
    pub(crate) at: FetchAt,
    pub(crate) plain: Reader,
    pub(crate) coding: Coding,
    pub(crate) coded: Arc<Content>,
}

/// What the last call left to do.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    pub(crate) to_origin: Vec<ToOrigin>,
    pub(crate) to_code: Vec<ToCode>,
}

/// What a viewer gets.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) reply: Reply,
    /// The representation that it has the content of, or parts of.
    pub(crate) whole: Response,
    /// Its content; none where the edge makes it itself.
    pub(crate) reader: Option<Reader>,
}

impl Outgoing {
    /// What needs no tier.
    pub(crate) fn own(reply: Reply) -> Self {
        let whole = (*reply.response).clone();
        Self { reply, whole, reader: None }
    }
}

/// What an origin's bytes belong to.
#[derive(Debug)]
pub(crate) struct Headed {
    pub(crate) content: Arc<Content>,
    /// How many there must be, where it is a part (RNG-16).
    pub(crate) part_bytes: Option<u64>,
}

/// Counts the viewers' requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExchangeId(u64);

#[derive(Debug)]
struct Exchange {
    visit: Visit,
    /// Of what the POP was asked for last.
    ticket: Option<u32>,
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
    /// Whether the tier keeps it coded: it ends with the last coded byte.
    is_coded: bool,
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
    jobs: Jobs,
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
            jobs: Jobs::default(),
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
        let (visit, next) = Visit::begin(now, request, identity, &config, &region, &mut Unwatched);
        let exchange = Exchange { visit, ticket: None, upload, reply_to };
        self.go_on(now, id, exchange, next, None);
        self.work_off(now);
        (id, outgoing)
    }

    /// The viewer left before it was answered.
    pub(crate) fn leave(&mut self, id: ExchangeId) {
        let Some(exchange) = self.exchanges.remove(&id) else { return };
        let Some(ticket) = exchange.ticket else { return };
        self.askers.remove(&ticket);
        if let Some(tier) = self.tiers.get_mut(&Place::Pop) {
            tier.leave(ticket);
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
    ) -> Option<Headed> {
        let range = response.fields.get("Content-Range").and_then(ContentRange::read);
        let (content, part_bytes) = match range {
            Some(ContentRange::Part { interval, complete: Some(complete) })
                if response.status == Status::PARTIAL_CONTENT =>
            {
                (Content::part(interval, complete), Some(interval.len()))
            }
            _ => (Content::whole(), None),
        };
        let (version, content) = self.contents.add(content);
        response.body = Body { length: length.unwrap_or_default(), version, coding: None };
        let fetching = self.fetches.get_mut(&at)?;
        fetching.content = Some(Arc::clone(&content));
        fetching.is_unmeasured = length.is_none() && part_bytes.is_none();
        let exchange = fetching.exchange;
        let incoming = Incoming::Origin(response, timing);
        self.head_at_tier(now, at, exchange, incoming);
        let tier = self.tiers.get(&at.place)?;
        let (has_head, is_kept) = (tier.has_head(at.fetch), tier.planned(at.fetch).is_some());
        self.work_off(now);
        if !is_kept {
            content.pass();
        }
        has_head.then_some(Headed { content, part_bytes })
    }

    /// The head of what a fetch waits for reaches its tier. Where the tier keeps it coded, it is coded from now on.
    fn head_at_tier(&mut self, now: Moment, at: FetchAt, exchange: ExchangeId, incoming: Incoming) {
        self.with_tier(at.place, exchange, |tier, effects| {
            tier.head(now, at.fetch, incoming, &mut Unwatched, effects);
        });
        let planned = self.tiers.get(&at.place).and_then(|tier| tier.planned(at.fetch));
        let Some((body, coding)) =
            planned.and_then(|stored| Some((stored.response.body, stored.response.body.coding?)))
        else {
            return;
        };
        let is_there = self.contents.get(body).is_some_and(|coded| coded.is_complete());
        let plain = self.contents.get(Body { coding: None, ..body }).cloned();
        if let Some(plain) = plain.filter(|_| !is_there)
            && let Some(fetching) = self.fetches.get_mut(&at)
        {
            fetching.is_coded = true;
            let coded = self.contents.add_coded(body.version, coding);
            self.jobs.to_code.push(ToCode { at, plain: plain.read(), coding, coded });
        }
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
        let mut measured = None;
        if let Some(content) = &fetching.content {
            content.end(ending);
            measured = fetching.is_unmeasured.then(|| content.end_so_far());
            self.contents.ended(content.held_bytes());
        }
        self.steps.push_back(Step::Finish(at, ending, measured));
        self.work_off(now);
    }

    /// The last byte of a content has been coded, or no more will be.
    pub(crate) fn coded(&mut self, now: Moment, at: FetchAt, coded: &Content, ending: Ending) {
        if let Some(fetching) = self.fetches.get_mut(&at) {
            fetching.is_coded = false;
            self.contents.ended(coded.held_bytes());
            self.steps.push_back(Step::Finish(at, ending, Some(coded.end_so_far())));
            self.work_off(now);
        }
    }

    /// What the last call left to do.
    pub(crate) fn take_jobs(&mut self) -> Jobs {
        std::mem::take(&mut self.jobs)
    }

    fn work_off(&mut self, now: Moment) {
        while let Some(step) = self.steps.pop_front() {
            match step {
                Step::CarryOut(
                    place,
                    exchange,
                    Effect::Answer { ticket, answer, streams_from },
                ) => {
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

    fn ask(
        &mut self,
        now: Moment,
        place: Place,
        layer: Layer,
        from: Asker,
        asked: EdgeRequest,
    ) -> u32 {
        let ticket = self.next_ticket;
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.askers.insert(ticket, from);
        self.with_tier(place, from.exchange, |tier, effects| {
            tier.ask(now, layer, ticket, asked, &mut Unwatched, effects);
        });
        ticket
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
            self.contents.get(stored.response.body).cloned()
        };
        let held = if self.fetches.contains_key(&at) { None } else { held() };
        let fetching = self.fetches.entry(at).or_insert_with(|| Fetching {
            exchange,
            asked: asked.clone(),
            began: Instant::now(),
            _held: held,
            content: None,
            is_unmeasured: false,
            is_coded: false,
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
            let upload = self.exchanges.get(&exchange).and_then(|exchange| exchange.upload.clone());
            self.jobs.to_origin.push(ToOrigin { at, asked, upload, began });
        }
    }

    fn answer_viewer(&mut self, now: Moment, id: ExchangeId, answer: Answer) {
        let Some(mut exchange) = self.exchanges.remove(&id) else { return };
        let whole = answer.response.clone();
        let next = exchange.visit.answered(now, answer, &mut Unwatched);
        self.go_on(now, id, exchange, next, Some(whole));
    }

    /// What the POP does next for a viewer. `whole` is the representation that a reply has the content of.
    fn go_on(
        &mut self,
        now: Moment,
        id: ExchangeId,
        mut exchange: Exchange,
        next: Next,
        whole: Option<Response>,
    ) {
        match next {
            Next::Reply(reply) => {
                let whole = whole.unwrap_or_else(|| (*reply.response).clone());
                let reader = self.contents.get(whole.body).map(Content::read);
                // Whoever has left meanwhile gets nothing.
                let _ = exchange.reply_to.send(Outgoing { reply, whole, reader });
            }
            Next::Ask(asked) => {
                let from = Asker { exchange: id, below: None };
                exchange.ticket = Some(self.ask(now, Place::Pop, Layer::Pop, from, asked));
                self.exchanges.insert(id, exchange);
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
        let content = self.contents.get(answer.response.body).cloned();
        let Some(fetching) = self.fetches.get_mut(&below) else { return };
        fetching.content = content;
        self.head_at_tier(now, below, exchange, Incoming::Tier(answer));
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

    /// A fetch ends, and with it those of lower tiers that get the same.
    fn finish(&mut self, now: Moment, at: FetchAt, ending: Ending, measured: Option<u64>) {
        let Some(fetching) = self.fetches.get_mut(&at) else { return };
        let feeds = std::mem::take(&mut fetching.feeds);
        self.steps.extend(feeds.into_iter().map(|below| Step::Finish(below, ending, measured)));
        if fetching.is_coded {
            return;
        }
        let Some(Fetching { asked, .. }) = self.fetches.remove(&at) else { return };
        let Some(tier) = self.tiers.get_mut(&at.place) else { return };
        if let Some(length) = measured {
            tier.measured(at.fetch, length);
        }
        let stored = |tier: &Tier| {
            let stored = tier.store().get(asked.key.as_ref()?)?;
            Some((stored.response.body, stored.held.clone()))
        };
        let before = stored(tier);
        let planned = tier.planned(at.fetch).map(|planned| planned.held.clone());
        tier.last_byte(now, at.fetch, ending, &mut Unwatched);
        let after = stored(tier);
        // RNG-13: what is stored now may be more than what came, where parts were joined.
        if let (Some((before, _)), Some((after, held)), Some(planned)) = (before, after, planned)
            && before.version != after.version
            && held != planned
            && let (Some(before), Some(after)) =
                (self.contents.get(before), self.contents.get(after))
        {
            after.adopt(before);
        }
    }

    /// Drops contents that nothing refers to any more, where enough has come to make it worth while. Between two calls
    /// from outside no answer is on its way from one tier to another.
    fn sweep(&mut self) {
        if self.contents.is_sweep_due() {
            let stored = self.tiers.values().flat_map(|tier| tier.store().iter());
            self.contents.sweep(stored.map(|(_, stored)| stored.response.body));
        }
    }
}
