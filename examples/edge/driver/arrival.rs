//! What comes from origins, and from the coder: heads, failures, last bytes.

use std::sync::Arc;

use edgewalk::edge::{Ending, Failure, Incoming, UpstreamTiming};
use edgewalk::http::range::ContentRange;
use edgewalk::http::{Body, Response, Status};
use edgewalk::time::Moment;

use super::super::content::Content;
use super::jobs::{FetchAt, Headed, ToCode};
use super::{Driver, ExchangeId, Step, Unwatched};

impl Driver {
    /// The head of an origin's answer has come. Returns the content that its bytes belong to, unless nobody wants them.
    pub(crate) fn head(
        &mut self,
        now: Moment,
        at: FetchAt,
        mut response: Response,
        length: Option<u64>,
        timing: UpstreamTiming,
    ) -> Option<Headed> {
        let (content, part_bytes) = match ContentRange::of(&response.fields) {
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
    pub(super) fn head_at_tier(
        &mut self,
        now: Moment,
        at: FetchAt,
        exchange: ExchangeId,
        incoming: Incoming,
    ) {
        self.with_tier(now, at.place, exchange, |tier, effects| {
            tier.head(now, at.fetch, incoming, &mut Unwatched, effects);
        });
        let planned = self.tiers.get(&at.place).and_then(|tier| tier.planned(at.fetch));
        let Some((body, coding)) = planned
            .and_then(|stored| Some((stored.response().body, stored.response().body.coding?)))
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
        self.with_tier(now, at.place, exchange, |tier, effects| {
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
}
