//! One cache tier, a POP or a regional edge cache: it looks up, asks on, stores and answers.
//!
//! The caller owns time, queue and network. It calls [`Tier::ask`] when a request arrives, [`Tier::head`] when the head of
//! the upstream's answer arrives and [`Tier::last_byte`] when its last byte has: only then a response counts as stored.

use std::sync::Arc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::decision::{Decision, Found, Witness};
use super::{CacheKey, InvalidationPath, NotStored, Route, Store, StoredResponse, age, storable};
use crate::distribution::{Behavior, Origin};
use crate::http::{Body, Fields, Method, Request, Response, Status, validators};
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
    fn from_stored(stored: &Arc<StoredResponse>, contact: Contact, asked: &EdgeRequest) -> Self {
        let response = stored.response.clone();
        let wire_bytes = asked.wire_bytes(&response);
        Self { response, contact, kept: Ok(Arc::clone(stored)), wire_bytes }
    }

    fn not_kept(response: Response, contact: Contact, why: NotStored) -> Self {
        let wire_bytes = response.body.length;
        Self { response, contact, kept: Err(why), wire_bytes }
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
    stale: Option<Arc<StoredResponse>>,
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
        let mut stale = None;
        match &asked.key {
            None => witness.note(|| Decision::NotLookedUp(why_no_key(&asked))),
            Some(key) => {
                let stored = self.store.get(key).cloned();
                let found = found(stored.as_deref(), now);
                witness.note(|| Decision::LookedUp { key: Arc::clone(key), found });
                match (found, stored) {
                    (Found::Fresh { .. }, Some(stored)) => {
                        self.store.touch(key);
                        return Step::Answer(Answer::from_stored(&stored, Contact::None, &asked));
                    }
                    (Found::Stale { .. }, Some(stored)) => stale = Some(stored),
                    _ => {}
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
            ),
        };
        let validated = stale.as_ref().filter(|stored| stored.has_validator());
        let plain = outgoing(&asked);
        let request =
            validated.map_or_else(|| Arc::clone(&plain), |stored| conditional(&plain, stored));
        witness.note(|| Decision::Forwarded {
            route: route.clone(),
            rec_region: asked.rec_region.to_string(),
            request: Arc::clone(&request),
            conditional: validated.is_some(),
        });
        let held_below = validated.map(Arc::clone);
        let onward = EdgeRequest { request, held_below, ..asked.clone() };
        self.waiting.insert(ticket, Waiting { asked, stale, plan: None });
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
        let (answer, refreshed) = match incoming {
            Incoming::Origin(response) => from_origin(now, now_unix, waiting, response),
            Incoming::Tier(answer) => from_tier(waiting, answer),
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

fn found(stored: Option<&StoredResponse>, now: SimTime) -> Found {
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
            has_validator: stored.has_validator(),
        }
    }
}

/// The same request, asking whether the stored response is still good (REV-02, REV-03). It replaces conditions that the
/// viewer set, which are weighed against the outcome.
fn conditional(request: &Request, stored: &StoredResponse) -> Arc<Request> {
    let mut fields = (*request.fields).clone();
    for name in ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"] {
        fields.remove(name);
    }
    if let Some(etag) = stored.response.fields.get("ETag") {
        fields.add("If-None-Match", etag);
    }
    if let Some(modified) = stored.response.fields.get("Last-Modified") {
        fields.add("If-Modified-Since", modified);
    }
    Arc::new(Request { fields: fields.into(), ..request.clone() })
}

/// The origin answered this tier itself.
fn from_origin(
    now: SimTime,
    now_unix: u64,
    waiting: &Waiting,
    response: Response,
) -> (Answer, bool) {
    let asked = &waiting.asked;
    let assess = |response: &Response| {
        storable::assess(
            asked.request.method,
            response,
            &asked.behavior,
            asked.origin.kind,
            now_unix,
        )
    };
    let keep = |response: Response, lifetime| {
        Arc::new(StoredResponse {
            age_value: age::age_value(&response.fields),
            response,
            response_time: now,
            lifetime,
        })
    };
    if let (Status::NOT_MODIFIED, Some(stale)) = (response.status, &waiting.stale) {
        // REV-05, REV-07: the stored response with the new fields, its lifetime counted afresh.
        let fields = freshened(&stale.response.fields, &response.fields);
        let merged = Response { fields: fields.into(), ..stale.response.clone() };
        return match assess(&merged) {
            Ok(lifetime) => {
                (Answer::from_stored(&keep(merged, lifetime), Contact::Validated, asked), true)
            }
            Err(why) => (Answer::not_kept(merged, Contact::Validated, why), false),
        };
    }
    match assess(&response) {
        Ok(lifetime) => {
            (Answer::from_stored(&keep(response, lifetime), Contact::Fetched, asked), false)
        }
        Err(why) => (Answer::not_kept(response, Contact::Fetched, why), false),
    }
}

/// The tier above answered: what this tier held was the same version if no body had to travel (REV-09, REV-10).
fn from_tier(waiting: &Waiting, answer: Answer) -> (Answer, bool) {
    let refreshed =
        waiting.stale.as_ref().is_some_and(|stale| is_same(&stale.response, &answer.response));
    let wire_bytes = waiting.asked.wire_bytes(&answer.response);
    (Answer { wire_bytes, ..answer }, refreshed)
}

fn is_same(one: &Response, other: &Response) -> bool {
    one.body == other.body && one.fields.get("ETag") == other.fields.get("ETag")
}

/// RFC 9111 3.2: the fields of a 304 replace those of the stored response, its Content-Length excepted.
fn freshened(stored: &Fields, update: &Fields) -> Fields {
    let is_updated = |name: &str| update.has(name) && !name.eq_ignore_ascii_case("Content-Length");
    let kept = stored.iter().filter(|field| !is_updated(field.name()));
    kept.chain(update.iter().filter(|field| !field.is("Content-Length"))).cloned().collect()
}

/// What the viewer gets of an answer: no body for HEAD, a 304 where its own condition holds (REV-11, MET-06).
pub fn for_viewer(viewer: &Request, mut response: Response) -> Response {
    let is_conditional =
        matches!(viewer.method, Method::Get | Method::Head) && response.status == Status::OK;
    if is_conditional && validators::is_not_modified(&viewer.fields, &response.fields) {
        response.status = Status::NOT_MODIFIED;
        response.body = Body { length: 0, ..response.body };
    } else if viewer.method == Method::Head {
        response.body.length = 0;
    }
    response
}
