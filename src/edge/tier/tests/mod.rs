//! One tier, asked and answered by hand: what the demo site's origins cannot show.
#![allow(clippy::unwrap_used)]

mod coding;
mod collapse;
mod failing;
mod heads;
mod kept;
mod pair;
mod purge;
mod ranges;
mod stale;
mod validation;

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::distribution::{
    AllowedMethods, Behavior, Distribution, ErrorResponse, Origin, OriginGroup, TtlBounds, managed,
};
use crate::edge::fields::{Identity, RequestId};
use crate::edge::{
    Batch, Config, Failure, InvalidationId, Item, Layer, Next, Purge, ResultType, Unwatched,
    UpstreamTiming, Visit,
};
use crate::http::{Body, Fields, Method, Request, Status, Target};
use crate::time::Moment;

/// What a test changes in the behavior.
type Change = fn(&mut Behavior);

/// The fields of an object with a validator and a length.
const STORED: &str = "Cache-Control: max-age=60\nETag: \"e\"\nContent-Length: 100\nOld: 1";

/// Writes decisions down.
#[derive(Default)]
struct Scribe(Vec<Decision>);

impl Witness for Scribe {
    fn wants(&self) -> bool {
        true
    }
    fn take(&mut self, decision: Decision) {
        self.0.push(decision);
    }
}

/// A tier whose behavior has these settings, and its clock.
struct Desk {
    tier: Tier,
    layer: Layer,
    config: Arc<Config>,
    now: SimTime,
    said: Scribe,
    next_ticket: u32,
    /// The version of the object at the origin.
    version: u32,
}

/// What became of a request.
#[derive(Debug)]
enum Turn {
    Answered(Answer),
    Asked(FetchId, Route, Arc<EdgeRequest>, u32),
}

impl Turn {
    fn answer(self) -> Answer {
        match self {
            Self::Answered(answer) => answer,
            Self::Asked(_, route, ..) => panic!("it was asked on: {route:?}"),
        }
    }

    fn fetch(&self) -> FetchId {
        match self {
            Self::Asked(fetch, ..) => *fetch,
            Self::Answered(answer) => panic!("it was answered: {:?}", answer.contact),
        }
    }

    fn sent(&self) -> &Request {
        match self {
            Self::Asked(_, _, asked, _) => asked.request(),
            Self::Answered(answer) => panic!("it was answered: {:?}", answer.contact),
        }
    }
}

impl Desk {
    fn new(min: u64, change: impl FnOnce(&mut Behavior)) -> Self {
        Self::with(min, |distribution| change(&mut distribution.behaviors[0]))
    }

    fn with(min: u64, change: impl FnOnce(&mut Distribution)) -> Self {
        let mut behavior = Behavior::new("*", "o", managed::caching_optimized());
        behavior.cache_policy.ttl = TtlBounds { min, default: 300, max: 86_400 };
        assert_eq!(behavior.allowed_methods, AllowedMethods::All);
        let mut distribution = Distribution {
            origins: ["o", "p"].map(|id| Origin::load_balancer(id, id, "us-east-1")).to_vec(),
            behaviors: vec![behavior],
            ..Distribution::named("d.cloudfront.net")
        };
        change(&mut distribution);
        Self {
            tier: Tier::new(1_000_000),
            layer: Layer::Pop,
            config: Config::new(distribution, 0).unwrap().into(),
            now: SimTime::ZERO,
            said: Scribe::default(),
            next_ticket: 0,
            version: 1,
        }
    }

    fn wait(&mut self, secs: u64) {
        self.now += Duration::from_secs(secs);
    }

    fn moment(&self) -> Moment {
        Moment { at: self.now, unix: self.now.as_secs() }
    }

    /// A viewer's request as the tier gets it.
    fn request(&self, method: Method, fields: &str) -> EdgeRequest {
        self.request_for(method, "/a", fields)
    }

    fn request_for(&self, method: Method, target: &str, fields: &str) -> EdgeRequest {
        let fields = Fields::parse(&format!("Host: d.cloudfront.net\n{fields}")).unwrap().into();
        let request = Arc::new(Request::new(method, Target::parse(target).unwrap(), fields));
        let identity = Identity::sample("eu-central-1");
        let now = self.moment();
        let (config, mut pop) = (Arc::clone(&self.config), Tier::new(0));
        let (visit, next) = Visit::begin(now, request, identity, config, &mut pop, &mut Unwatched);
        assert!(matches!(next, Next::Ask));
        visit.asked().clone()
    }

    /// Sends several requests at once and returns what becomes of each, with its ticket.
    fn ask(&mut self, method: Method, fields: &str) -> Vec<Turn> {
        let asked = self.request(method, fields);
        self.take(&asked)
    }

    fn take(&mut self, asked: &EdgeRequest) -> Vec<Turn> {
        let (now, ticket) = (self.moment(), self.next_ticket);
        self.next_ticket += 1;
        let mut effects = Vec::new();
        self.tier.ask(now, self.layer, ticket, asked.into(), &mut self.said, &mut effects);
        turns(effects)
    }

    /// The only thing that becomes of a GET with these fields.
    fn get(&mut self, fields: &str) -> Turn {
        let mut turns = self.ask(Method::Get, fields);
        assert_eq!(turns.len(), 1, "{turns:?}");
        turns.remove(0)
    }

    /// The answer out of the store.
    fn hit(&mut self) -> Answer {
        self.get("").answer()
    }

    /// Upstream answers a fetch; what comes of that before the last byte.
    fn head(&mut self, fetch: FetchId, status: u16, fields: &str) -> Vec<Turn> {
        let length = if status == 304 { 0 } else { 100 };
        let fields = Fields::parse(fields).unwrap().into();
        let body = Body { length, version: self.version, coding: None };
        let response = Response { status: Status(status), fields, body };
        let incoming = Incoming::Origin(response, UpstreamTiming::default());
        let (now, mut effects) = (self.moment(), Vec::new());
        self.tier.head(now, fetch, incoming, &mut self.said, &mut effects);
        turns(effects)
    }

    fn fails(&mut self, fetch: FetchId, failure: Failure) -> Vec<Turn> {
        let (now, mut effects) = (self.moment(), Vec::new());
        let timing = UpstreamTiming::default();
        self.tier.failed(now, fetch, failure, timing, &mut self.said, &mut effects);
        turns(effects)
    }

    fn last(&mut self, fetch: FetchId) {
        let now = self.moment();
        self.tier.last_byte(now, fetch, Ending::Complete, &mut self.said);
    }

    /// Head and last byte; the one answer that goes down.
    fn answered(&mut self, fetch: FetchId, status: u16, fields: &str) -> Answer {
        let mut turns = self.head(fetch, status, fields);
        self.last(fetch);
        assert_eq!(turns.len(), 1, "{turns:?}");
        turns.remove(0).answer()
    }

    /// What goes upstream for a request with these fields, and the answer once upstream has sent this status and fields.
    fn fetch(&mut self, viewer: &str, status: u16, fields: &str) -> (Request, Answer) {
        let turn = self.get(viewer);
        let sent = turn.sent().clone();
        (sent, self.answered(turn.fetch(), status, fields))
    }

    /// An invalidation of these items passes by.
    fn purge(&mut self, items: &[&str]) {
        let header = self.config.distribution().cache_tag_header.clone();
        self.purge_reading(items, header.as_deref());
    }

    /// The same while tags are read from this field.
    fn purge_reading(&mut self, items: &[&str], tag_header: Option<&str>) {
        let items = items.iter().map(|item| Item::new(item).unwrap()).collect();
        let purge = Purge {
            id: InvalidationId("I".into()),
            batch: Batch::new(items, None).unwrap().into(),
            tag_header: tag_header.map(Arc::from),
            domain: self.config.domain().into(),
        };
        self.tier.invalidate(&purge, &mut self.said);
    }

    fn x_cache(answer: &Answer) -> &'static str {
        let is_error = answer.response.status.is_error();
        ResultType::of(is_error, answer.contact).x_cache()
    }
}

fn turns(effects: Vec<Effect>) -> Vec<Turn> {
    let turn = |effect| match effect {
        Effect::Answer { answer, .. } => Turn::Answered(answer),
        Effect::Ask { fetch, route, asked, attempt, .. } => {
            Turn::Asked(fetch, route, asked, attempt)
        }
        Effect::Made { .. } | Effect::Run { .. } => {
            unreachable!("no behavior of these tests has functions")
        }
    };
    effects.into_iter().map(turn).collect()
}

/// A group of the two origins, the second one asked for these statuses.
fn group(distribution: &mut Distribution, statuses: &[u16]) {
    distribution.origin_groups = vec![OriginGroup {
        id: "group".into(),
        members: ["o".into(), "p".into()],
        failover_statuses: statuses.to_vec(),
    }];
    distribution.behaviors[0].origin_id = "group".into();
}

/// An error caching minimum TTL of its own for one status.
fn error_ttl(distribution: &mut Distribution, status: u16, min_ttl_secs: u64) {
    distribution.error_responses.push(ErrorResponse { status, page: None, min_ttl_secs });
}

/// A tier that holds what it got with these fields, for a minute.
fn holding_stale(fields: &str) -> Desk {
    let mut desk = Desk::new(0, |_| {});
    desk.fetch("", 200, fields);
    desk.wait(60);
    desk
}
