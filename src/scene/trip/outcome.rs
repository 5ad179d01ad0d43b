//! What the colours of an exchange say: what the origin and the caches made of it.

use super::Trip;
use crate::edge::fields::said_by_x_cache;
use crate::edge::{Contact, Found, Kept};
use crate::http::{Response, Status};
use crate::scene::Outcome;
use crate::simulation::Place;

impl Trip {
    /// Whether a part of the object came down, and not the whole.
    pub(in crate::scene) fn brought_part(&self) -> bool {
        let is_part = |status: Status| status == Status::PARTIAL_CONTENT;
        match self.replied_status() {
            Some(status) => is_part(status),
            None => self.answered.values().any(|(response, _)| is_part(response.status)),
        }
    }

    /// The status of the origin's answer.
    fn replied_status(&self) -> Option<Status> {
        self.replied.as_ref().map(|(response, _)| response.status)
    }

    /// What it means that a tier keeps what it held: a RefreshHit only where the origin confirmed it (REV-05), a Hit where
    /// the REC had the same version and no origin was asked (REV-09). None where it keeps something new.
    pub(in crate::scene) const fn outcome_of_kept(&self, kept: Kept) -> Option<Outcome> {
        match kept {
            Kept::Anew => None,
            Kept::Confirmed => Some(Outcome::Refresh),
            Kept::Same if self.replied.is_none() => Some(Outcome::Hit),
            Kept::Same => Some(Outcome::Miss),
            Kept::StandsIn => Some(Outcome::Stale),
        }
    }

    /// What the answer's colour says, once there is an answer on its way.
    pub fn outcome(&self) -> Option<Outcome> {
        if let Some(shown) = &self.shown {
            return Some(self.outcome_of(&shown.response, shown.contact));
        }
        if self.has_no_connection() {
            return Some(Outcome::Error); // TLS-33
        }
        let status = self
            .replied_status()
            .or_else(|| self.answered.values().next().map(|(response, _)| response.status))?;
        if status.is_error() {
            return Some(Outcome::Error);
        }
        if self.is_served_stale() {
            return Some(Outcome::Stale);
        }
        let is = |outcome| self.flags.values().any(|flag| *flag == outcome);
        let found = [Outcome::Hit, Outcome::Refresh].into_iter().find(|outcome| is(*outcome));
        let is_confirmed = self.replied_status() == Some(Status::NOT_MODIFIED);
        Some(match found {
            Some(outcome) => outcome,
            None if is_confirmed && is(Outcome::Stale) => Outcome::Refresh,
            None if self.flags.get(&Place::Pop(self.pop)) == Some(&Outcome::Bypass) => {
                Outcome::Bypass
            }
            None => Outcome::Miss,
        })
    }

    /// What the viewer was told, as a colour.
    fn outcome_of(&self, response: &Response, contact: Contact) -> Outcome {
        let is_error = said_by_x_cache(response).is_some_and(|said| said.starts_with("Error"));
        match contact {
            _ if is_error => Outcome::Error,
            Contact::Validated => Outcome::Refresh,
            Contact::StaleOnError => Outcome::Stale,
            Contact::None if self.is_served_stale() => Outcome::Stale,
            Contact::None => Outcome::Hit,
            Contact::Fetched if self.bypass().is_some_and(|_| self.is_unsearched()) => {
                Outcome::Bypass
            }
            Contact::Fetched => Outcome::Miss,
        }
    }

    /// Whether a cache answered with a stale response at once.
    fn is_served_stale(&self) -> bool {
        self.found.values().any(|found| matches!(found, Found::StaleServed { .. }))
    }

    /// Whether the POP did not search its shelf.
    fn is_unsearched(&self) -> bool {
        !self.found.contains_key(&Place::Pop(self.pop))
    }
}
