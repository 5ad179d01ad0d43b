//! How much may be invalidated at once (INV-43 to INV-45).

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Batch, Invalidation, InvalidationError, Progress};
use crate::time::SimTime;

/// Which limits hold for a distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quotas {
    /// INV-45 (MODEL): those of the newest text (INV-43).
    #[default]
    Newest,
    /// Those until 2026 (INV-44), to teach with.
    Classic,
}

/// INV-43: so many paths without the wildcard, and tags, in a second.
const PATHS_A_SECOND: usize = 150;

/// INV-43: so many paths with the wildcard in a second.
const WILDCARDS_A_SECOND: usize = 1;

/// INV-44: so many paths without the wildcard in progress.
const PATHS_IN_PROGRESS: usize = 3_000;

/// INV-44: so many paths with the wildcard in progress, whatever else is.
const WILDCARDS_IN_PROGRESS: usize = 15;

/// A limit that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Of paths and tags in a second.
    PathsASecond,
    /// Of wildcards in a second.
    WildcardsASecond,
    /// Of paths and tags in progress.
    PathsInProgress,
    /// Of wildcards in progress.
    WildcardsInProgress,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, limit, when) = match self {
            Self::PathsASecond => ("paths and tags", PATHS_A_SECOND, "in a second"),
            Self::WildcardsASecond => ("path with a wildcard", WILDCARDS_A_SECOND, "in a second"),
            Self::PathsInProgress => ("paths and tags", PATHS_IN_PROGRESS, "in progress"),
            Self::WildcardsInProgress => {
                ("paths with a wildcard", WILDCARDS_IN_PROGRESS, "in progress")
            }
        };
        write!(f, "a distribution takes at most {limit} {what} {when}")
    }
}

impl Quotas {
    /// Both, the ones that hold first.
    pub const ALL: [Self; 2] = [Self::Newest, Self::Classic];

    /// The word for files and links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Classic => "classic",
        }
    }

    /// What they are called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Newest => "Newest",
            Self::Classic => "Until 2026",
        }
    }

    /// How many paths and tags may be asked for at a time, and how many wildcards: in a second, or in progress.
    pub const fn limits(self) -> [usize; 2] {
        match self {
            Self::Newest => [PATHS_A_SECOND, WILDCARDS_A_SECOND],
            Self::Classic => [PATHS_IN_PROGRESS, WILDCARDS_IN_PROGRESS],
        }
    }

    /// Whether a batch may come after these, which are in the order of their creation.
    ///
    /// MODEL (INV-43): the limit is the distribution's own, over any one second, without a burst; what is too much is
    /// refused whole. The files that a wildcard or a tag means are not counted.
    pub(super) fn check(
        self,
        now: SimTime,
        batch: &Batch,
        earlier: &[Invalidation],
    ) -> Result<(), InvalidationError> {
        let is_recent = |one: &&Invalidation| now.since(one.created_at()) < Duration::from_secs(1); // INV-43
        let is_running = |one: &&Invalidation| one.progress() == Progress::InProgress; // INV-44
        let counted: Vec<&Batch> = match self {
            // INV-43, INV-45
            Self::Newest => {
                earlier.iter().rev().take_while(is_recent).map(Invalidation::batch).collect()
            }
            // INV-44, INV-45
            Self::Classic => earlier.iter().filter(is_running).map(Invalidation::batch).collect(),
        };
        let all = || counted.iter().copied().chain([batch]);
        let wildcards: usize = all().map(Batch::wildcards).sum();
        let paths: usize = all().map(|batch| batch.items().len()).sum::<usize>() - wildcards;
        let limits = match self {
            Self::Newest => [
                (paths, PATHS_A_SECOND, Excess::PathsASecond),
                (wildcards, WILDCARDS_A_SECOND, Excess::WildcardsASecond),
            ],
            Self::Classic => [
                (paths, PATHS_IN_PROGRESS, Excess::PathsInProgress),
                (wildcards, WILDCARDS_IN_PROGRESS, Excess::WildcardsInProgress),
            ],
        };
        for (given, limit, excess) in limits {
            if given > limit {
                return Err(InvalidationError::TooMany { excess, given }); // INV-43, INV-44
            }
        }
        Ok(())
    }
}
