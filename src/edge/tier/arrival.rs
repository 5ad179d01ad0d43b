//! The upstream's answer arrives, or none does: what goes down, what is kept, who is asked instead.

use std::sync::Arc;
use std::time::Duration;

use super::fetch::{Came, Fetch, Waiter};
use super::weigh::headed;
use super::{Effect, Ending, FetchId, Incoming, Tier, tell_evicted};
use crate::distribution::{Function, FunctionEvent};
use crate::edge::config::Member;
use crate::edge::decision::{Decision, Kept, Released, Witness};
use crate::edge::failure::{Disappointment, Failure, fails_over, is_retried};
use crate::edge::functions::{Did, Ran, on_response};
use crate::edge::revalidation::is_head_of;
use crate::edge::stored::Held;
use crate::edge::{LifetimeRule, NotStored, Store, StoredResponse, UpstreamTiming, own_page};
use crate::http::{Response, Status};
use crate::time::Moment;

impl Tier {
    /// The head of the upstream's answer has arrived. What it says goes downstream at once (FLOW-08), to all who wait for
    /// it; an unknown fetch changes nothing.
    pub fn head(
        &mut self,
        now: Moment,
        id: FetchId,
        incoming: Incoming,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(fetch) = self.fetches.get_mut(&id) else { return };
        match (incoming, fetch.response_function().cloned()) {
            (Incoming::Origin(response, timing), Some(function)) => {
                effects.push(fetch.run(id, function.runtime)); // EDGE-03
                fetch.given = Some((function, response, timing));
            }
            (incoming, _) => self.arrived(now, id, incoming, witness, effects),
        }
    }

    /// The function at an origin event is done; `took` is for how long the fetch has waited for it.
    pub fn ran(
        &mut self,
        now: Moment,
        id: FetchId,
        took: Duration,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(fetch) = self.fetches.get_mut(&id) else { return };
        match fetch.given.take() {
            Some((function, mut response, timing)) => {
                fetch.run_response_function(&function, &mut response, took, witness);
                self.arrived(now, id, Incoming::Origin(response, timing), witness, effects);
            }
            None => fetch.ran(id, took, witness, effects),
        }
    }

    /// A function has answered in the origin's place (EDGE-13); what runs on answers of origins does not run on it.
    pub fn made(
        &mut self,
        now: Moment,
        id: FetchId,
        response: Response,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let incoming = Incoming::Origin(response, UpstreamTiming::default());
        self.arrived(now, id, incoming, witness, effects);
    }

    fn arrived(
        &mut self,
        now: Moment,
        id: FetchId,
        incoming: Incoming,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(fetch) = self.fetches.get_mut(&id) else { return };
        let (status, failure) = match &incoming {
            Incoming::Origin(response, _) => {
                (response.status, own_page::failure_of(response.body.version))
            }
            Incoming::Tier(answer) => (answer.response.status, answer.failure),
        };
        if let Incoming::Origin(response, timing) = &incoming
            && let Some(failure) = fetch.defect_of(response)
        {
            let timing = *timing;
            self.failed(now, id, failure, timing, witness, effects);
            return;
        }
        let by = failure.map_or(Disappointment::Status(status), Disappointment::Failure);
        if fetch.fail_over(id, by, witness, effects) {
            return;
        }
        if let Incoming::Origin(response, _) = &incoming
            && fetch.ask_whole(id, response, witness, effects)
        {
            return; // RNG-08
        }
        let still_holds = still_holds(&self.store, fetch);
        let came = fetch.receive(now, incoming, by, still_holds, witness);
        let came = fetch.compress(came, witness);
        self.reveal(id, &came, witness);
        self.settle(now, id, came, witness, effects);
    }

    /// The origin gave no answer: it is tried again, or the other one of its group is asked, or the answer is an error made
    /// here.
    pub fn failed(
        &mut self,
        now: Moment,
        id: FetchId,
        failure: Failure,
        timing: UpstreamTiming,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(fetch) = self.fetches.get_mut(&id) else { return };
        let (method, limits) = (fetch.asked.method(), fetch.onward.origin().limits);
        let (attempt, retries) =
            (fetch.attempt, is_retried(failure, method, fetch.attempt, &limits));
        witness.note(|| Decision::OriginFailed { failure, attempt, retries });
        if retries {
            fetch.attempt += 1;
            fetch.send(id, witness, effects);
            return;
        }
        let by = Disappointment::Failure(failure);
        if fetch.fail_over(id, by, witness, effects) {
            return;
        }
        let response = own_page::failed(failure, fetch.asked.identity());
        let still_holds = still_holds(&self.store, fetch);
        let incoming = Incoming::Origin(response, timing);
        let came = fetch.receive(now, incoming, by, still_holds, witness);
        self.settle(now, id, came, witness, effects);
    }

    /// The content of a fetch turned out to have so many bytes: to be called before [`Tier::last_byte`] where the head did
    /// not say (XFER-04, XFER-07).
    pub fn measured(&mut self, id: FetchId, length: u64) {
        let came = self.fetches.get_mut(&id).and_then(|fetch| fetch.came.as_mut());
        if let Some(stored) = came.and_then(|came| came.answer.kept.as_mut().ok()) {
            Arc::make_mut(stored).measured(length);
        }
    }

    /// The last byte has arrived, or no more will: the response is stored now, or was only passed on.
    pub fn last_byte(
        &mut self,
        now: Moment,
        id: FetchId,
        ending: Ending,
        witness: &mut impl Witness,
    ) {
        self.land(id);
        let Some(fetch) = self.fetches.remove(&id) else { return };
        let is_abandoned = fetch.is_abandoned();
        let Some(Came { answer, mut kept }) = fetch.came else { return };
        let plan = match (answer.kept, ending) {
            (Err(why), _) => Err(why),
            // What stands in is whole, whatever became of the answer for which it does.
            (Ok(_), Ending::Broken) if kept != Kept::StandsIn => Err(NotStored::BrokenOff), // XFER-05, XFER-06
            (Ok(_), _) if is_abandoned => Err(NotStored::ViewerLeft), // XFER-08
            (Ok(stored), _) => fetch.spoiled.map_or(Ok(stored), Err), // INV-38
        };
        let why = match (plan, fetch.asked.key().cloned()) {
            (Ok(mut stored), Some(key)) => {
                let before = self.store.get(&key);
                if let Some(content) = before.filter(|before| is_head_beside(&stored, before)) {
                    if !is_head_of(stored.response(), content) {
                        witness.note(|| Decision::NotStored { why: NotStored::ContentHeld }); // MET-16
                        return;
                    }
                    (stored, kept) = (headed(content, &stored).into(), Kept::Same); // MET-16
                }
                let before = before.filter(|before| before.is_fresh(now.at));
                let is_failure = |status: Status| status.0 >= 500;
                let is_poor = kept == Kept::StandsIn || is_failure(stored.response().status);
                if is_poor && before.is_some_and(|before| !is_failure(before.response().status)) {
                    witness.note(|| Decision::NotStored { why: NotStored::FreshHeld }); // ERR-39
                    return;
                }
                // RNG-13; RNG-17 (MODEL): the last part alone where all together are more than the store.
                let capacity_bytes = self.store.capacity_bytes();
                let joined = before
                    .and_then(|before| stored.joined(before))
                    .filter(|all| all.size_bytes() <= capacity_bytes);
                let stored = joined.map_or(stored, Arc::new);
                match self.store.insert(key.clone(), Arc::clone(&stored), &mut self.evicted) {
                    Ok(()) => {
                        self.usual = Some(Arc::clone(&stored.lifetime));
                        tell_evicted(now.at, &mut self.evicted, witness);
                        witness.note(|| Decision::Stored {
                            key,
                            size_bytes: stored.size_bytes(),
                            lifetime: *stored.lifetime,
                            stale_at: stored.stale_at(),
                            version: stored.response().body.version,
                            status: stored.response().status,
                            kept,
                        });
                        return;
                    }
                    Err(why) => why,
                }
            }
            (Err(why), _) => why,
            (Ok(_), None) => NotStored::Method(fetch.asked.method()),
        };
        witness.note(|| Decision::NotStored { why });
    }

    /// Whoever waits is answered, or asks by himself.
    fn settle(
        &mut self,
        now: Moment,
        id: FetchId,
        came: Came,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(fetch) = self.fetches.get_mut(&id) else { return };
        let answer = came.answer.clone();
        let released = not_shared(&came);
        let is_used_up = came.answer.response.status.is_error()
            && came.answer.kept.as_ref().is_ok_and(|stored| stored.lifetime.secs == 0);
        let waiters = std::mem::take(&mut fetch.waiters);
        let leader = fetch.leader;
        fetch.came = Some(came);
        let shared = waiters.iter().filter(|_| released.is_none()).map(|waiter| {
            let answer = answer.shared(waiter.layer, &waiter.asked); // SHD-07, SHD-08
            Effect::Answer { ticket: waiter.ticket, answer, streams_from: Some(id) }
        });
        let shared: Vec<_> = shared.collect();
        if let Some(ticket) = leader {
            effects.push(Effect::Answer { ticket, answer, streams_from: Some(id) });
        }
        if released.is_none() {
            fetch.reading.extend(waiters.iter().map(|waiter| waiter.ticket));
        }
        effects.extend(shared);
        if is_used_up {
            self.land(id); // ERR-14
        }
        let Some(why) = released else { return };
        self.land(id);
        if waiters.is_empty() {
            return;
        }
        witness.note(|| Decision::Released { waiters: waiters.len(), why });
        for Waiter { ticket, layer, mut asked } in waiters {
            // COL-06: all at once; COL-10 (MODEL): one by one, the others wait for the next.
            Arc::make_mut(&mut asked).goes_alone = why == Released::NotToBeShared;
            witness.about(ticket);
            self.ask(now, layer, ticket, (&asked).into(), witness, effects);
        }
    }
}

/// Whether something is still stored that could stand in for an error, and may be (ERR-35, INV-31).
fn still_holds(store: &Store, fetch: &Fetch) -> bool {
    fetch.spoiled.is_none() && fetch.asked.key().is_some_and(|key| store.get(key).is_some())
}

/// MET-16 (MODEL): whether a mere head would take the place of content, and not of an error or by one (ERR-37).
fn is_head_beside(stored: &StoredResponse, before: &StoredResponse) -> bool {
    let is_object = |it: &StoredResponse| !it.response().status.is_error();
    stored.held == Held::HeadOnly
        && before.held != Held::HeadOnly
        && is_object(stored)
        && is_object(before)
}

/// Why those who wait for this answer cannot have it, if they cannot.
fn not_shared(came: &Came) -> Option<Released> {
    let stored = match &came.answer.kept {
        Ok(stored) => stored,
        // FO-06, OG-07: whoever waits has seen the first origin fail, too, and turns to the other.
        Err(NotStored::FailedOver) => return None,
        Err(why) => return Some(Released::NotKept(*why)), // COL-10
    };
    // COL-06, COL-07: only where the minimum TTL is 0.
    let is_private = matches!(
        stored.lifetime.rule,
        LifetimeRule::Forbidden
            | LifetimeRule::VaryAny // VARY-05, and whatever else it forbids
            | LifetimeRule::MaxAge { secs: 0 }
            | LifetimeRule::SMaxage { secs: 0 }
    );
    (stored.lifetime.bounds.min == 0 && is_private).then_some(Released::NotToBeShared)
}

impl Fetch {
    fn response_function(&self) -> Option<&Arc<Function>> {
        self.onward.behavior().functions.at(FunctionEvent::OriginResponse)
    }

    /// EDGE-03, EDGE-12: the function at the origin's response changes what is kept; errors of the origin's come by it, too.
    fn run_response_function(
        &self,
        function: &Function,
        response: &mut Response,
        took: Duration,
        witness: &mut impl Witness,
    ) {
        let event = FunctionEvent::OriginResponse;
        let (viewer, identity) = (self.onward.viewer(), self.onward.identity());
        let fields = Arc::make_mut(&mut response.fields);
        let did = on_response(function, event, viewer, identity.request_id, fields);
        if let Did::Failed(fault) = &did {
            *response = own_page::failed(fault.failure(), identity);
        }
        witness.note(|| self.told(Ran::of(function, event, did, took)));
    }

    /// Whether the primary origin of a group disappointed so that the other one is to be asked.
    pub(super) fn is_disappointed(&self, by: Disappointment) -> bool {
        let (rule, method) = (self.onward.rule(), self.asked.method());
        self.onward.member == Some(Member::Primary) // FO-09
            && rule.secondary.as_ref().is_some_and(|secondary| {
                fails_over(by, &secondary.statuses, method, &rule.behavior)
            })
    }

    /// FO-02 to FO-04: the other origin of the group is asked, by the tier that chose the first (SHD-10).
    fn fail_over(
        &mut self,
        id: FetchId,
        by: Disappointment,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if !self.chooses_origin || !self.is_disappointed(by) {
            return false;
        }
        let other = self.onward.rule().member(Member::Secondary);
        witness.note(|| Decision::FailedOver {
            by,
            to: other.id.clone(),
            kind: other.kind,
            region: other.region.clone(),
        });
        self.turn_to(Some(Member::Secondary));
        self.send(id, witness, effects);
        true
    }
}
