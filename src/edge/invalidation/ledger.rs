//! The invalidations of one distribution: taken or refused, under way, complete.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Account, Batch, Bill, InvalidationError, Quotas};
use crate::http::Status;
use crate::time::{Moment, SimTime};

/// The name of an invalidation, as in `IDFDVBD632BHDS`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvalidationId(pub Arc<str>);

impl fmt::Display for InvalidationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far an invalidation has come (INV-37).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// Not everywhere yet.
    InProgress,
    /// Everywhere.
    Completed,
}

impl Progress {
    /// The API's word for it (INV-37).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InProgress => "InProgress",
            Self::Completed => "Completed",
        }
    }
}

/// One invalidation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalidation {
    id: InvalidationId,
    batch: Arc<Batch>,
    created_at: SimTime,
    completed_at: Option<SimTime>,
    removed: usize,
}

impl Invalidation {
    /// Its name.
    pub const fn id(&self) -> &InvalidationId {
        &self.id
    }

    /// What it names.
    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    /// The same, to be handed along.
    pub fn shared_batch(&self) -> Arc<Batch> {
        Arc::clone(&self.batch)
    }

    /// When it was taken.
    pub const fn created_at(&self) -> SimTime {
        self.created_at
    }

    /// When it was everywhere.
    pub const fn completed_at(&self) -> Option<SimTime> {
        self.completed_at
    }

    /// How many stored responses it has removed so far.
    pub const fn removed(&self) -> usize {
        self.removed
    }

    /// How far it has come (INV-37).
    pub const fn progress(&self) -> Progress {
        match self.completed_at {
            None => Progress::InProgress,
            Some(_) => Progress::Completed,
        }
    }
}

/// All invalidations of one distribution, in the order of their creation.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    all: Vec<Invalidation>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// A new invalidation, with its place in the ledger and what the account owes now.
    Created(usize, Bill),
    /// The request was sent before: the earlier invalidation, by its place in the ledger (INV-39).
    Earlier(usize),
}

impl Submitted {
    /// The API's answer (INV-41).
    pub const HTTP_STATUS: Status = Status(201);
}

impl Ledger {
    /// All of them.
    pub fn all(&self) -> &[Invalidation] {
        &self.all
    }

    /// Takes a request under these limits, or refuses it: then nothing is counted. `id` names it if it is new.
    pub fn submit(
        &mut self,
        now: Moment,
        batch: &Batch,
        quotas: Quotas,
        account: &mut Account,
        id: impl FnOnce() -> InvalidationId,
    ) -> Result<Submitted, InvalidationError> {
        if let Some(reference) = batch.caller_reference() {
            let is_same = |one: &Invalidation| one.batch.caller_reference() == Some(reference);
            match self.all.iter().position(is_same) {
                Some(place) if self.all[place].batch.items() == batch.items() => {
                    return Ok(Submitted::Earlier(place)); // INV-39
                }
                Some(_) => {
                    let caller_reference = reference.to_owned();
                    return Err(InvalidationError::AlreadyExists { caller_reference }); // INV-40
                }
                None => {}
            }
        }
        quotas.check(now.at, batch, &self.all)?;
        let bill = account.count(batch.items().len(), now.unix);
        self.all.push(Invalidation {
            id: id(), // INV-41
            batch: Arc::new(batch.clone()),
            created_at: now.at,
            completed_at: None, // INV-37
            removed: 0,
        });
        Ok(Submitted::Created(self.all.len() - 1, bill))
    }

    /// A cache has been reached, and so many stored responses went there.
    pub fn removed(&mut self, place: usize, count: usize) {
        if let Some(one) = self.all.get_mut(place) {
            one.removed += count;
        }
    }

    /// The last cache has been reached.
    pub fn complete(&mut self, place: usize, now: SimTime) {
        if let Some(one) = self.all.get_mut(place) {
            one.completed_at = Some(now); // INV-37
        }
    }
}

#[cfg(test)]
mod tests;
