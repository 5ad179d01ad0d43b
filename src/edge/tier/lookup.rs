//! A request arrives: what the store says, and whether it is answered, waits or is asked on.

use std::sync::Arc;

use super::{Effect, Tier};
use crate::edge::decision::{Decision, Found, Witness};
use crate::edge::portion::is_enough;
use crate::edge::stored::Held;
use crate::edge::{
    Answer, Asking, EdgeRequest, Layer, NotStored, StaleUse, StoredResponse, Unconditional, age,
    stale,
};
use crate::http::Method;
use crate::time::{Moment, SimTime};

impl Tier {
    /// A request arrives at a tier that acts as this layer. `ticket` names whoever asks in the [`Effect`]s.
    pub fn ask(
        &mut self,
        now: Moment,
        layer: Layer,
        ticket: u32,
        asked: Asking<'_>,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let Some(key) = asked.key() else {
            witness.note(|| Decision::NotLookedUp(why_no_key(&asked)));
            self.fetch(layer, Some(ticket), asked.keep(), None, witness, effects);
            return;
        };
        let stored = self.store.look_up(key).map(|(place, stored)| (place, Arc::clone(stored)));
        let found = found(stored.as_ref().map(|(_, stored)| &**stored), &asked, now.at);
        witness.note(|| Decision::LookedUp { key: key.clone(), found });
        match (found, stored) {
            (Found::Fresh { .. } | Found::StaleServed { .. }, Some((place, stored))) => {
                self.store.touch(place); // FLOW-05, FLOW-07, FLOW-10, FO-08
                let is_refreshed = matches!(
                    found,
                    Found::StaleServed { by: StaleUse::WhileRevalidate { .. }, .. }
                );
                let refreshed = is_refreshed.then(|| Arc::clone(&stored));
                let answer = Answer::from_store(stored, layer, &asked);
                effects.push(Effect::Answer { ticket, answer, streams_from: None }); // FLOW-03
                if let Some(stored) = refreshed {
                    self.refresh(layer, &asked, stored, witness, effects);
                }
            }
            (found, stored) => {
                if let Some(fetch) = self.joinable(&asked) {
                    self.join(layer, ticket, asked, fetch, witness, effects); // COL-09
                    return;
                }
                let is_whole = matches!(found, Found::Stale { .. });
                let held = stored.filter(|_| is_whole).map(|(_, stored)| stored); // REV-01, EVI-04
                self.fetch(layer, Some(ticket), asked.keep(), held, witness, effects);
            }
        }
    }

    /// STALE-01: asks upstream while nobody waits for the answer; STALE-15 (MODEL): once at a time for each key.
    fn refresh(
        &mut self,
        layer: Layer,
        asked: &EdgeRequest,
        stored: Arc<StoredResponse>,
        witness: &mut impl Witness,
        effects: &mut Vec<Effect>,
    ) {
        let mut asked = asked.clone();
        // Who waited in vain goes alone for an answer of his own; this one is nobody's.
        (asked.is_background, asked.goes_alone) = (true, false);
        if self.joinable(&asked).is_none() {
            self.fetch(layer, None, asked.into(), Some(stored), witness, effects);
        }
    }
}

fn why_no_key(asked: &EdgeRequest) -> NotStored {
    match asked.method() {
        Method::Get | Method::Head => NotStored::CachingDisabled,
        method => NotStored::Method(method),
    }
}

fn found(stored: Option<&StoredResponse>, asked: &EdgeRequest, now: SimTime) -> Found {
    let Some(stored) = stored else { return Found::Absent };
    if !is_enough(&stored.held, asked, stored.response()) {
        return match &stored.held {
            Held::Parts(parts) => Found::PartMissing { held_bytes: parts.total() }, // RNG-02
            _ => Found::HeadOnly,                                                   // MET-07
        };
    }
    let stale_at = stored.stale_at();
    if stored.is_fresh(now) {
        return Found::Fresh {
            age_secs: age::current_age(stored.age_value, stored.response_time, now),
            lifetime_secs: stored.lifetime.secs,
            remaining_secs: stale_at.since(now).as_secs(),
        };
    }
    let since_secs = now.since(stale_at).as_secs();
    // A refresh in the background is there to ask, so no tier answers it from a stale copy (STALE-15, MODEL), but where the
    // origin is to be left alone (ERR-31).
    let is_asked_about =
        |by: &StaleUse| asked.is_background && matches!(by, StaleUse::WhileRevalidate { .. });
    match stale::at_once(stored, now).filter(|by| !is_asked_about(by)) {
        Some(by) => Found::StaleServed { since_secs, by },
        None => {
            Found::Stale { since_secs, unconditional: Unconditional::of(stored, asked.behavior()) }
        }
    }
}
