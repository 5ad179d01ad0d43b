//! One cache tier, a POP or a regional edge cache: it looks up, asks on, stores and answers.
//!
//! The caller owns time, queue and network. It calls [`Tier::ask`] when a request arrives, [`Tier::head`] when the head of
//! the upstream's answer arrives and [`Tier::last_byte`] when its last byte has: only then a response counts as stored.

use std::sync::Arc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::decision::{Decision, Found, Witness};
use super::revalidation::{conditional, freshened, is_same, unconditional};
use super::{
    CacheKey, InvalidationPath, NotStored, Route, Store, StoredResponse, Unconditional, age,
    storable,
};
use crate::distribution::{Behavior, Origin};
use crate::http::{Method, Request, Response, Status};
use crate::time::SimTime;

/// Which tier this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Layer {
    /// An edge location.
    Pop,
    /// A regional edge cache.
    Rec,
}

/// What a tier is asked for.
#[derive(Clone, Debug)]
pub struct EdgeRequest {
    /// As it arrived: at a POP from the viewer, at a REC as the origin would get it.
    pub request: Arc<Request>,
    /// None where no cache may answer.
    pub key: Option<Arc<CacheKey>>,
    /// The behavior that matched at the POP, and its origin.
    pub behavior: Arc<Behavior>,
    /// Where the behavior's content comes from.
    pub origin: Arc<Origin>,
    /// The code of the Region of the POP's REC.
    pub rec_region: Arc<str>,
    /// The threshold of REC-05 in seconds.
    pub dynamic_max_ttl_secs: u64,
    /// The stale response that the tier below holds and asks about, if it does.
    pub held_below: Option<Arc<StoredResponse>>,
}

impl EdgeRequest {
    /// What travels down for this response, in bytes: a head alone where the tier below holds the same version.
    fn wire_bytes(&self, response: &Response) -> u64 {
        let is_held =
            self.held_below.as_ref().is_some_and(|held| is_same(&held.response, response));
        if is_held { 0 } else { response.body.length }
    }

    /// What is kept of an answer that came from the origin at `now`, or why nothing is.
    fn keep(
        &self,
        now: SimTime,
        now_unix: u64,
        response: &Response,
    ) -> Result<Arc<StoredResponse>, NotStored> {
        let (method, kind) = (self.request.method, self.origin.kind);
        match storable::assess(method, response, &self.behavior, kind, now_unix) {
            Ok(lifetime) => Ok(Arc::new(StoredResponse {
                response: storable::stored_part(response, &self.behavior),
                response_time: now,
                age_value: age::age_value(&response.fields),
                lifetime,
            })),
            Err(NotStored::NotModified) if self.held_below.is_some() => {
                Err(NotStored::ConfirmedBelow)
            }
            Err(why) => Err(why),
        }
    }
}

/// Whether the origin was asked for this answer, and how it answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// It was not: some cache answered.
    None,
    /// It sent the object.
    Fetched,
    /// It said that the stored response is still good.
    Validated,
}

/// An answer on its way to the viewer, before the POP dresses it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status, fields and body as the origin sent them.
    pub response: Response,
    /// How the origin was involved.
    pub contact: Contact,
    /// The stored response behind it, which every tier on the way keeps; or why none is kept.
    pub kept: Result<Arc<StoredResponse>, NotStored>,
    /// What travels on the wire below this tier, in bytes: 0 where the tier below only had to ask.
    pub wire_bytes: u64,
}

impl Answer {
    fn new(
        response: Response,
        contact: Contact,
        kept: Result<Arc<StoredResponse>, NotStored>,
        asked: &EdgeRequest,
    ) -> Self {
        let wire_bytes = asked.wire_bytes(&response);
        Self { response, contact, kept, wire_bytes }
    }
}

/// What a tier does with a request.
#[derive(Clone, Debug)]
pub enum Step {
    /// It answers by itself.
    Answer(Answer),
    /// It asks on.
    Forward(Route, EdgeRequest),
}

/// An upstream's answer.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// From the origin.
    Origin(Response),
    /// From the tier above.
    Tier(Answer),
}

/// A request that was passed on and waits for its answer.
#[derive(Debug)]
struct Waiting {
    asked: EdgeRequest,
    /// The stale response whose validators went along.
    asked_about: Option<Arc<StoredResponse>>,
    plan: Option<(Result<Arc<StoredResponse>, NotStored>, bool)>,
}

/// One cache tier at one place.
#[derive(Debug)]
pub struct Tier {
    layer: Layer,
    store: Store,
    waiting: LiteMap<u32, Waiting>,
}

impl Tier {
    /// A tier with an empty store of so many bytes.
    pub fn new(layer: Layer, capacity_bytes: u64) -> Self {
        Self { layer, store: Store::new(capacity_bytes), waiting: LiteMap::new() }
    }

    /// What it holds.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// A request arrives. `ticket` names it in the calls that follow; `outgoing` makes the request for the next tier and
    /// is called only where that has to be asked.
    pub fn ask(
        &mut self,
        now: SimTime,
        ticket: u32,
        asked: EdgeRequest,
        outgoing: &dyn Fn(&EdgeRequest) -> Arc<Request>,
        witness: &mut impl Witness,
    ) -> Step {
        let (mut asked_about, mut is_whole) = (None, false);
        match &asked.key {
            None => witness.note(|| Decision::NotLookedUp(why_no_key(&asked))),
            Some(key) => {
                let stored = self.store.get(key).cloned();
                let found = found(stored.as_deref(), &asked.behavior, now);
                witness.note(|| Decision::LookedUp { key: Arc::clone(key), found });
                match (found, stored) {
                    (Found::Fresh { .. }, Some(stored)) => {
                        self.store.touch(key);
                        let response = stored.response.clone();
                        return Step::Answer(Answer::new(
                            response,
                            Contact::None,
                            Ok(stored),
                            &asked,
                        ));
                    }
                    (Found::Stale { unconditional: None, .. }, stale) => asked_about = stale,
                    (found, _) => is_whole = matches!(found, Found::Stale { .. }),
                }
            }
        }
        let route = match self.layer {
            Layer::Rec => Route::FromRec,
            Layer::Pop => Route::choose(
                asked.request.method,
                &asked.behavior,
                &asked.origin,
                &asked.rec_region,
                asked.dynamic_max_ttl_secs,
            ),
        };
        let plain = outgoing(&asked);
        let request = match &asked_about {
            Some(held) => conditional(&plain, held),
            None if is_whole => unconditional(&plain),
            None => plain,
        };
        witness.note(|| Decision::Forwarded {
            route: route.clone(),
            rec_region: asked.rec_region.to_string(),
            request: Arc::clone(&request),
            conditional: asked_about.is_some(),
        });
        let onward = EdgeRequest { request, held_below: asked_about.clone(), ..asked.clone() };
        self.waiting.insert(ticket, Waiting { asked, asked_about, plan: None });
        Step::Forward(route, onward)
    }

    /// The head of the upstream's answer arrives at `now`, which is `now_unix` in whole Unix seconds. Returns what goes
    /// downstream at once (FLOW-08); `None` for a ticket that was never given out.
    pub fn head(
        &mut self,
        now: SimTime,
        now_unix: u64,
        ticket: u32,
        incoming: Incoming,
    ) -> Option<Answer> {
        let waiting = self.waiting.get_mut(&ticket)?;
        let (asked, asked_about) = (&waiting.asked, &waiting.asked_about);
        let (answer, refreshed) = match (incoming, asked_about) {
            // REV-05: whoever says 304 answers this tier's own condition; a REC hands down the origin's where it has
            // no stored response itself.
            (Incoming::Origin(response) | Incoming::Tier(Answer { response, .. }), Some(held))
                if response.status == Status::NOT_MODIFIED =>
            {
                confirmed(now, now_unix, asked, held, &response)
            }
            (Incoming::Origin(response), _) => {
                let kept = asked.keep(now, now_unix, &response);
                (Answer::new(response, Contact::Fetched, kept, asked), false)
            }
            // REV-09, REV-10: what this tier held is the same version if no body had to travel.
            (Incoming::Tier(answer), held) => {
                let refreshed =
                    held.as_ref().is_some_and(|held| is_same(&held.response, &answer.response));
                (Answer { wire_bytes: asked.wire_bytes(&answer.response), ..answer }, refreshed)
            }
        };
        waiting.plan = Some((answer.kept.clone(), refreshed));
        Some(answer)
    }

    /// The last byte has arrived: the response is stored now, or was only passed on.
    pub fn last_byte(&mut self, now: SimTime, ticket: u32, witness: &mut impl Witness) {
        let Some(Waiting { asked, plan: Some((plan, refreshed)), .. }) =
            self.waiting.remove(&ticket)
        else {
            return;
        };
        let why = match (plan, asked.key) {
            (Ok(stored), Some(key)) => {
                match self.store.insert(Arc::clone(&key), Arc::clone(&stored)) {
                    Ok(evicted) => {
                        for (key, old) in evicted {
                            let (size_bytes, was_fresh) = (old.size_bytes(), old.is_fresh(now));
                            witness.note(|| Decision::Evicted { key, size_bytes, was_fresh });
                        }
                        witness.note(|| Decision::Stored {
                            key,
                            size_bytes: stored.size_bytes(),
                            lifetime: stored.lifetime,
                            stale_at: stored.stale_at(),
                            version: stored.response.body.version,
                            refreshed,
                        });
                        return;
                    }
                    Err(why) => why,
                }
            }
            (Err(why), _) => why,
            (Ok(_), None) => NotStored::Method(asked.request.method),
        };
        witness.note(|| Decision::NotStored { why });
    }

    /// An invalidation reaches this tier: what matches goes, validators and all (INV-31).
    pub fn invalidate(&mut self, path: &InvalidationPath, witness: &mut impl Witness) {
        let removed = self.store.remove_matching(|key| path.matches(key));
        witness.note(|| Decision::Invalidated { path: path.clone(), removed });
    }

    /// Everything goes.
    pub fn empty(&mut self, witness: &mut impl Witness) {
        let removed = self.store.clear();
        witness.note(|| Decision::Emptied { removed });
    }

    /// Another capacity; what no longer fits goes.
    pub fn resize(&mut self, now: SimTime, capacity_bytes: u64, witness: &mut impl Witness) {
        for (key, old) in self.store.resize(capacity_bytes) {
            let (size_bytes, was_fresh) = (old.size_bytes(), old.is_fresh(now));
            witness.note(|| Decision::Evicted { key, size_bytes, was_fresh });
        }
    }
}

fn why_no_key(asked: &EdgeRequest) -> NotStored {
    match asked.request.method {
        Method::Get | Method::Head => NotStored::CachingDisabled,
        method => NotStored::Method(method),
    }
}

fn found(stored: Option<&StoredResponse>, behavior: &Behavior, now: SimTime) -> Found {
    let Some(stored) = stored else { return Found::Absent };
    let stale_at = stored.stale_at();
    if stored.is_fresh(now) {
        Found::Fresh {
            age_secs: age::current_age(stored.age_value, stored.response_time, now),
            lifetime_secs: stored.lifetime.secs,
            remaining_secs: stale_at.since(now).as_secs(),
        }
    } else {
        Found::Stale {
            since_secs: now.since(stale_at).as_secs(),
            unconditional: Unconditional::of(stored, behavior),
        }
    }
}

/// REV-05, REV-07: the stored response with the fields of the 304, its lifetime counted afresh; and whether it is kept.
fn confirmed(
    now: SimTime,
    now_unix: u64,
    asked: &EdgeRequest,
    held: &StoredResponse,
    not_modified: &Response,
) -> (Answer, bool) {
    let fields = freshened(&held.response.fields, &not_modified.fields);
    let merged = Response { fields: fields.into(), ..held.response.clone() };
    let kept = asked.keep(now, now_unix, &merged);
    let refreshed = kept.is_ok();
    (Answer::new(merged, Contact::Validated, kept, asked), refreshed)
}

#[cfg(test)]
mod tests;
