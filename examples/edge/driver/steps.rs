//! Works off what a call from outside has set going: a tier asks the next one, an answer goes down, a fetch ends.

use std::sync::Arc;
use std::time::Duration;

use edgewalk::edge::{
    Answer, Asking, EdgeRequest, Effect, Ending, Incoming, Layer, Next, Tier, Upstream,
};
use edgewalk::http::Response;
use edgewalk::network::Rec;
use edgewalk::time::Moment;

use super::super::content::Content;
use super::jobs::{FetchAt, Outgoing, Place, ToOrigin};
use super::{Asker, Driver, Exchange, ExchangeId, Fetching, Step, Unwatched};

impl Driver {
    pub(super) fn work_off(&mut self, now: Moment) {
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
                        None => self.answer_viewer(now, asker.exchange, &answer),
                        Some(below) => self.answer_below(now, below, exchange, answer, source),
                    }
                }
                Step::CarryOut(
                    place,
                    exchange,
                    Effect::Ask { fetch, leader, route, asked, attempt },
                ) => {
                    let at = FetchAt { place, fetch };
                    let led = leader.and_then(|ticket| self.askers.get(&ticket));
                    let exchange = led.map_or(exchange, |asker| asker.exchange);
                    self.ask_upstream(now, at, exchange, asked, attempt, route.upstream());
                }
                Step::CarryOut(
                    place,
                    exchange,
                    Effect::Made { fetch, leader, asked, response },
                ) => {
                    let at = FetchAt { place, fetch };
                    let led = leader.and_then(|ticket| self.askers.get(&ticket));
                    let exchange = led.map_or(exchange, |asker| asker.exchange);
                    self.set_out(now, at, exchange, &asked);
                    self.with_tier(now, place, exchange, |tier, effects| {
                        tier.made(now, fetch, response, &mut Unwatched, effects);
                    });
                    if self.has_head(at) {
                        self.steps.push_back(Step::Finish(at, Ending::Complete, None));
                    }
                }
                Step::CarryOut(_, _, Effect::Run { .. }) => {} // it ran where its tier decided
                Step::Finish(at, ending, measured) => self.finish(now, at, ending, measured),
            }
        }
        self.sweep();
    }

    fn ask(
        &mut self,
        now: Moment,
        place: Place,
        layer: Layer,
        from: Asker,
        asked: Asking<'_>,
    ) -> u32 {
        let ticket = self.next_ticket;
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.askers.insert(ticket, from);
        self.with_tier(now, place, from.exchange, |tier, effects| {
            tier.ask(now, layer, ticket, asked, &mut Unwatched, effects);
        });
        ticket
    }

    fn ask_upstream(
        &mut self,
        now: Moment,
        at: FetchAt,
        exchange: ExchangeId,
        asked: Arc<EdgeRequest>,
        attempt: u32,
        upstream: Upstream<'_>,
    ) {
        let fetching = self.set_out(now, at, exchange, &asked);
        if attempt == 1 {
            fetching.began = now.at;
        }
        let (exchange, began) = (fetching.exchange, fetching.began);
        let rec = match upstream {
            Upstream::Origin => None,
            Upstream::Rec => Rec::find(asked.rec_region()).ok().map(|rec| (rec, Layer::Rec)),
            Upstream::Shield(region) => Rec::find(region).ok().map(|rec| (rec, Layer::Shield)),
        };
        if let Some((rec, layer)) = rec {
            let from = Asker { exchange, below: Some(at) };
            self.ask(now, Place::Rec(rec), layer, from, (&asked).into());
        } else {
            let upload = self.exchanges.get(&exchange).and_then(|exchange| exchange.upload.clone());
            self.jobs.to_origin.push(ToOrigin { at, asked, upload, began });
        }
    }

    /// A fetch of the tier at a place is under way.
    fn set_out(
        &mut self,
        now: Moment,
        at: FetchAt,
        exchange: ExchangeId,
        asked: &Arc<EdgeRequest>,
    ) -> &mut Fetching {
        let held = || {
            let stored = self.tiers.get(&at.place)?.store().get(asked.key()?)?;
            self.contents.get(stored.response().body).cloned()
        };
        let fetching = self.fetches.entry(at).or_insert_with(|| Fetching {
            exchange,
            asked: Arc::clone(asked),
            began: now.at,
            _held: held(),
            content: None,
            is_unmeasured: false,
            is_coded: false,
            feeds: Vec::new(),
        });
        fetching.asked = Arc::clone(asked);
        fetching
    }

    fn answer_viewer(&mut self, now: Moment, id: ExchangeId, answer: &Answer) {
        let Some(mut exchange) = self.exchanges.remove(&id) else { return };
        let whole = answer.response.clone();
        let next = exchange.visit.answered(now, answer, self.tier(Place::Pop), &mut Unwatched);
        self.go_on(now, id, exchange, next, Some(whole));
    }

    /// What the POP does next for a viewer. `whole` is the representation that a reply has the content of.
    pub(super) fn go_on(
        &mut self,
        now: Moment,
        id: ExchangeId,
        mut exchange: Exchange,
        next: Next,
        whole: Option<Response>,
    ) {
        match next {
            Next::Reply(reply) => {
                let response = exchange.visit.response(&reply);
                let whole = whole.unwrap_or_else(|| response.clone());
                let reader = self.contents.get(whole.body).map(Content::read);
                let (content, closes) = (reply.content, reply.closes);
                // Whoever has left meanwhile gets nothing.
                let outgoing = Outgoing { response, content, closes, whole, reader };
                let _ = exchange.reply_to.send(outgoing);
            }
            Next::Run(run) => {
                let (pop, took) = (self.tier(Place::Pop), Duration::ZERO);
                let next = exchange.visit.ran(now, run, took, pop, &mut Unwatched);
                self.go_on(now, id, exchange, next, whole);
            }
            Next::Ask => {
                let from = Asker { exchange: id, below: None };
                let asked = exchange.visit.asked().into();
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
            let stored = tier.store().get(asked.key()?)?;
            Some((stored.response().body, stored.held.clone()))
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
}
