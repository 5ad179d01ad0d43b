//! One exchange, as far as it has come: a fold of its events.

use std::sync::Arc;
use std::time::Duration;

use litemap::LiteMap;

use super::{Outcome, background};
use crate::distribution::{OriginKind, Side};
use crate::edge::{
    CacheKey, Contact, Decision, Found, LeftOut, Matched, NotSecured, Refusal, Route, Session,
};
use crate::http::{Request, Response, Scheme};
use crate::network::{City, DnsAnswer, Family, Pop, Rec, Region, nearest};
use crate::simulation::{Event, ExchangeId, OriginLeg, Place, What};
use crate::time::SimTime;

mod outcome;

/// An exchange, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// Which one.
    pub id: ExchangeId,
    /// Where the viewer is.
    pub city: City,
    /// The POP that the DNS gives, or will give.
    pub pop: Pop,
    /// Its REC.
    pub rec: Rec,
    /// When it began.
    pub started_at: SimTime,
    /// What the viewer sent.
    pub request: Arc<Request>,
    /// A Host that leads to no distribution.
    pub foreign_host: Option<String>,
    /// The DNS answer, once it is there.
    pub dns: Option<Resolved>,
    /// Over which family of addresses it goes, once that is known.
    pub family: Family,
    /// Whether the connection of an earlier request serves this one.
    pub is_reused: bool,
    /// What viewer and edge location have agreed on, or why they could not (TLS-33); none before, and without TLS.
    pub agreed: Option<Result<Session, NotSecured>>,
    /// Which of two distributions has taken it, where there are two and the POP has chosen (CD-02).
    pub side: Option<Side>,
    /// The behavior, once the POP has chosen it.
    pub matched: Option<Arc<Matched>>,
    /// The key and what was left out of it, once the POP has made it.
    pub key: Option<(CacheKey, LeftOut)>,
    /// Why the edge location answered by itself, if it did.
    pub refused: Option<Refusal>,
    /// Who gave the error that a page of the distribution is to take the place of, where one is looked for (CEP-03).
    pub error_from: Option<ErrorSource>,
    /// Where the last answer of an origin came from.
    replied_at: Option<Place>,
    /// The behavior with the first origin of a group, where another one is asked in its place.
    before_turn: Option<Arc<Matched>>,
    /// The page that is wanted in place of an error (CEP-03).
    pub page: Option<Page>,
    /// Whether the head of the answer is at the POP, which has looked whether to compress it (CMP-14).
    pub is_head_at_pop: bool,
    /// What POP and REC found, by tier.
    pub found: LiteMap<Place, Found>,
    /// How each tier passed the request on.
    pub forwarded: LiteMap<Place, Forwarded>,
    /// The flag of each station.
    pub flags: LiteMap<Place, Outcome>,
    /// The request as the origin got it.
    pub at_origin: Option<(Arc<Request>, OriginLeg)>,
    /// Whether an origin was asked and gave no answer, and none has been reached since.
    pub is_unanswered: bool,
    /// The origin's answer.
    pub replied: Option<(Arc<Response>, Duration)>,
    /// What each tier passed down, with the instant of its head.
    pub answered: LiteMap<Place, (Arc<Response>, SimTime)>,
    /// What the viewer got.
    pub shown: Option<Shown>,
    /// Where the last event of this exchange happened.
    pub last_place: Place,
    /// Where it waits for the answer to another request, or got that (COL-01); none once it was let go to ask by itself (COL-06).
    pub waits_at: Option<Place>,
    /// From which tier on something goes on in the background, and the same exchange with that (STALE-01).
    pub background: Option<(Place, Box<Self>)>,
}

/// A DNS answer and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The answer.
    pub answer: Arc<DnsAnswer>,
    /// Whole seconds for which it was still good, if the viewer had it already.
    pub cached_secs: Option<u64>,
    /// What it took.
    pub took: Duration,
}

/// How a tier passed a request on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// The way and its reason.
    pub route: Route,
    /// The request as it went out.
    pub request: Arc<Request>,
    /// Whether it asked only for a newer version.
    pub conditional: bool,
}

/// What the viewer got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// As it arrived.
    pub response: Arc<Response>,
    /// When its head did.
    pub head_at: SimTime,
    /// When its last byte did.
    pub last_at: SimTime,
    /// How the origin was involved.
    pub contact: Contact,
    /// Who answered.
    pub answered_by: Place,
}

/// The page that is wanted in place of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path.
    pub path: String,
    /// Whether a place behind the POP has heard of it: what comes from there from now on is the page.
    pub is_asked: bool,
}

/// Who gave an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorSource {
    /// The place that sent it, had it or made it.
    At(Place),
    /// CloudFront, since an origin gave no answer: the one in this Region, or the other one of a group.
    NoAnswer(Option<Region>),
}

impl Trip {
    /// The name by which the viewer came: it was looked up, and TLS names it (DNS-03, TLS-20).
    pub fn host_name(&self) -> &str {
        let looked_up = self.dns.as_ref().filter(|_| self.foreign_host.is_some());
        let host = || self.request.fields.get("Host").unwrap_or_default();
        looked_up.map_or_else(host, |dns| &dns.answer.name)
    }

    pub(super) fn begin(
        id: ExchangeId,
        city: City,
        at: SimTime,
        request: &Arc<Request>,
        foreign: Option<&String>,
        pop: Pop,
    ) -> Self {
        Self {
            id,
            city,
            pop,
            rec: nearest::nearest_rec(pop),
            started_at: at,
            request: Arc::clone(request),
            foreign_host: foreign.cloned(),
            dns: None,
            family: Family::default(),
            is_reused: false,
            agreed: None,
            side: None,
            matched: None,
            key: None,
            refused: None,
            error_from: None,
            replied_at: None,
            before_turn: None,
            page: None,
            is_head_at_pop: false,
            found: LiteMap::new(),
            forwarded: LiteMap::new(),
            flags: LiteMap::new(),
            at_origin: None,
            is_unanswered: false,
            replied: None,
            answered: LiteMap::new(),
            shown: None,
            last_place: Place::Viewer(city),
            waits_at: None,
            background: None,
        }
    }

    pub(super) fn take(&mut self, event: &Event) {
        self.last_place = event.place;
        match (&mut self.background, background::begins(event)) {
            (Some((from, refresh)), _) if background::holds(event, *from) => {
                refresh.take(event);
                return;
            }
            (None, Some(from)) => {
                let mut refresh = Box::new(self.clone());
                if let What::Decided(decision) = &event.what {
                    refresh.take_decision(event.place, decision);
                }
                self.background = Some((from, refresh));
                return;
            }
            _ => {}
        }
        if let Some(page) = self.page.as_mut().filter(|page| !page.is_asked)
            && background::depth(event.place) > background::depth(Place::Pop(self.pop))
        {
            page.is_asked = true;
            // What came back before was the error.
            self.answered.clear();
            self.replied = None;
        }
        match &event.what {
            What::Resolved { answer, cached_secs, took } => {
                // What the viewer still held may be from before another price class (DNS-23).
                (self.pop, self.rec) = (answer.chosen, nearest::nearest_rec(answer.chosen));
                self.family = answer.family();
                self.dns = Some(Resolved {
                    answer: Arc::clone(answer),
                    cached_secs: *cached_secs,
                    took: *took,
                });
            }
            What::Secured { session, .. } => self.agreed = Some(Ok(*session)),
            What::NotSecured { why, .. } => self.agreed = Some(Err(*why)),
            What::Reused { session, family, .. } => {
                self.is_reused = true;
                self.family = *family; // DNS-29: whatever the DNS says by now
                self.agreed = Some(Ok(*session)).filter(|_| self.request.scheme == Scheme::Https);
            }
            What::Reached { request, leg, .. } => {
                self.at_origin = Some((Arc::clone(request), *leg));
                self.is_unanswered = false;
                self.flags.remove(&event.place); // it was of its answer to another question
            }
            What::Replied { response, think, .. } => {
                self.replied = Some((Arc::clone(response), *think));
                self.replied_at = Some(event.place);
                if response.status.is_error() {
                    self.flags.insert(event.place, Outcome::Error);
                }
            }
            What::Shown { response, head_at, contact, answered_by, .. } => {
                self.shown = Some(Shown {
                    response: Arc::clone(response),
                    head_at: *head_at,
                    last_at: event.at,
                    contact: *contact,
                    answered_by: *answered_by,
                });
            }
            What::Decided(decision) => self.take_decision(event.place, decision),
            _ => {}
        }
    }

    fn take_decision(&mut self, place: Place, decision: &Decision) {
        match decision {
            Decision::DistributionChosen(choice) => self.side = Some(choice.side),
            Decision::BehaviorMatched(matched) => self.matched = Some(Arc::clone(matched)),
            Decision::FailedOver { to, kind, region, .. } => self.turn_to(to, *kind, region),
            Decision::KeyMade { key, left_out } => {
                self.key = Some((key.clone(), left_out.clone()));
            }
            Decision::Refused(refusal) => {
                self.refused = Some(refusal.clone());
                self.flags.insert(place, Outcome::Error);
            }
            Decision::PageWanted { path, .. } => {
                self.error_from = Some(self.error_source(place));
                self.page = Some(Page { path: path.clone(), is_asked: false });
                self.is_head_at_pop = false;
                // FO-06: a page begins with the first origin again.
                self.matched = self.before_turn.take().or_else(|| self.matched.take());
            }
            Decision::Compressed { .. } | Decision::NotCompressed(_) => self.is_head_at_pop = true,
            Decision::NotLookedUp(_) => {
                self.flags.insert(place, Outcome::Bypass);
            }
            Decision::LookedUp { found, .. } => {
                // Where it waited, it waited in vain, and now asks by itself (COL-06, COL-10).
                self.waits_at.take_if(|waited_at| *waited_at == place);
                self.found.insert(place, *found);
                let flag = match found {
                    Found::Fresh { .. } => Outcome::Hit,
                    Found::Stale { .. } | Found::StaleServed { .. } => Outcome::Stale,
                    Found::HeadOnly | Found::PartMissing { .. } | Found::Absent => Outcome::Miss,
                };
                self.flags.insert(place, flag);
            }
            Decision::Forwarded { route, request, conditional, .. } => {
                if route.bypass().is_some() && place == Place::Pop(self.pop) {
                    self.flags.insert(Place::Rec(self.rec), Outcome::Bypass);
                }
                let request = Arc::clone(request);
                self.forwarded.insert(
                    place,
                    Forwarded { route: route.clone(), request, conditional: *conditional },
                );
            }
            Decision::Waits { .. } => {
                self.waits_at = Some(place);
                self.flags.remove(&place); // no cache has decided yet
            }
            Decision::OriginFailed { .. } => self.is_unanswered = true,
            Decision::ServedStale { .. } => {
                self.flags.insert(place, Outcome::Stale);
            }
            Decision::Stored { kept, status, .. } => {
                let flag = self.outcome_of_kept(*kept);
                if let Some(flag) = flag.or(status.is_error().then_some(Outcome::Error)) {
                    self.flags.insert(place, flag);
                }
            }
            Decision::Answered { response, head_at } => {
                if response.status.is_error() {
                    self.flags.insert(place, Outcome::Error); // XC-04
                } else if self.waits_at == Some(place) {
                    self.flags.insert(place, Outcome::Hit); // COL-02
                }
                self.answered.insert(place, (Arc::clone(response), *head_at));
            }
            _ => {}
        }
    }

    /// Another origin of the group is asked: what came from the first is past (FO-02 to FO-04).
    fn turn_to(&mut self, to: &str, kind: OriginKind, region: &str) {
        self.flags.retain(|place, _| !matches!(place, Place::Origin(_)));
        self.answered.clear();
        (self.at_origin, self.replied) = (None, None);
        self.is_unanswered = false;
        self.before_turn.clone_from(&self.matched);
        self.matched = self.matched.as_deref().map(|matched| {
            let (origin_id, origin_region) = (to.to_owned(), region.to_owned());
            Matched { origin_id, origin_kind: kind, origin_region, ..matched.clone() }.into()
        });
    }

    /// Who gave the error that has just come to this POP: the POP that refused or had it, the tier where another's was shared,
    /// the origin that sent it or gave no answer, or else the cache behind that had it.
    fn error_source(&self, pop: Place) -> ErrorSource {
        if self.is_unanswered {
            let region = self.origin_region().filter(|_| self.before_turn.is_none());
            return ErrorSource::NoAnswer(region);
        }
        let asked = self.replied_at.or_else(|| self.refused.as_ref().map(|_| pop));
        ErrorSource::At(asked.or_else(|| self.shares_at()).unwrap_or_else(|| {
            if self.forwarded.contains_key(&pop) { Place::Rec(self.rec) } else { pop }
        }))
    }

    /// Whether nothing more will come: the answer is there, or no connection came about.
    pub const fn is_over(&self) -> bool {
        self.shown.is_some() || self.has_no_connection()
    }

    /// TLS-33: whether nothing could be agreed on.
    pub const fn has_no_connection(&self) -> bool {
        matches!(self.agreed, Some(Err(_)))
    }

    /// Where it got the answer that another request had fetched (COL-01).
    pub fn shares_at(&self) -> Option<Place> {
        self.waits_at.filter(|place| self.answered.contains_key(place))
    }

    /// The page that is asked for in place of an error, from the question that the first origin gets.
    pub(super) fn page_of_first(&self) -> Option<&Page> {
        self.page.as_ref().filter(|_| self.before_turn.is_none())
    }

    /// Why the REC is not asked, if it is not.
    pub fn bypass(&self) -> Option<&crate::edge::Bypass> {
        self.forwarded.get(&Place::Pop(self.pop))?.route.bypass()
    }

    /// The Region of the origin that serves this exchange, once the POP has chosen the behavior.
    pub fn origin_region(&self) -> Option<Region> {
        self.matched.as_ref().and_then(|matched| Region::find(&matched.origin_region).ok())
    }

    /// Whether protocol, ports and keep-alive timeout are settings of the origin: a bucket has none of them (OK-01).
    pub(super) fn has_custom_origin(&self) -> bool {
        self.matched.as_ref().is_some_and(|matched| matched.origin_kind != OriginKind::S3Bucket)
    }
}
