//! The forms in which a Walk leaves the page and comes back: a file and a link, each with its version.
//!
//! An action stands in both as the same few words, as in `GET paris /img/hero.jpg`. Its instant is not written: it acts
//! when the journal is quiet, and waiting is an action of its own. Whatever comes in is checked word by word; an error
//! names the place, the value and the rule.

use super::{ActionError, Walk};
use crate::distribution::{AwsError, NotTaken};
use crate::json::JsonError;

mod configurations;

mod words;
pub use words::CLASSROOM_FIELDS;

mod objects;

mod start;
pub use start::{Name, Start};

mod step_at;
pub use step_at::StepAt;

mod file;
pub use file::WalkFile;

mod escape;

mod link;
pub use link::{Link, View};

/// The newest version of both forms that is read. What is written has the first one that can say it: 1, or 2 for a walk
/// that starts from a configuration of somebody's own.
pub const VERSION: u32 = 2;

/// Why a text is no Walk. What was there before is still there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A file that is not even JSON.
    #[error("this is no Walk file: {0}")]
    NotJson(#[from] JsonError),
    /// A file that is larger than any Walk.
    #[error("the file has {given} bytes; a Walk file has at most {limit}")]
    TooLarge {
        /// In bytes.
        given: usize,
        /// In bytes.
        limit: usize,
    },
    /// From a later version of this program.
    #[error(
        "{path}: version {given} is newer than this page, which knows versions up to {known}; load the page anew and try again"
    )]
    Newer {
        /// Where it says so.
        path: String,
        /// The version.
        given: String,
        /// The newest that is known.
        known: u32,
    },
    /// Something breaks a rule.
    #[error("{path}: {rule}")]
    Field {
        /// Where it stands, as in `actions[3].do[1]` or `word 2 of action 4 in the link`.
        path: String,
        /// The rule with what was given, in a sentence.
        rule: String,
    },
    /// A step that the walk has not got.
    #[error("there is no step {given}: this walk has {steps}")]
    NoSuchStep {
        /// The step that is asked for, from 1.
        given: usize,
        /// How many steps there are.
        steps: usize,
    },
    /// More actions than a walk may hold.
    #[error("{path}: a walk holds at most {} actions, not {given}", Walk::MOST_ACTIONS)]
    TooManyActions {
        /// Where they stand.
        path: String,
        /// How many there are.
        given: usize,
    },
    /// The World does not take an action.
    #[error("action {}: {error}", index + 1)]
    Refused {
        /// Its place among all actions of the walk, from 0.
        index: usize,
        /// Why.
        error: ActionError,
    },
    /// A configuration that AWS would not take.
    #[error("{path}: {error}")]
    Configuration {
        /// Where it stands, as in `actions[3].do[1]` or `word 2 of action 4 in the link`.
        path: String,
        /// All that was found.
        error: NotTaken,
    },
    /// A walk that starts from something that no form has words for.
    #[error("this walk starts from something that no file and no link can say")]
    NoForm,
}

impl FormError {
    pub(super) fn field(path: &str, rule: impl Into<String>) -> Self {
        Self::Field { path: path.to_owned(), rule: rule.into() }
    }

    fn configuration(path: &str, findings: Vec<AwsError>) -> Self {
        Self::Configuration { path: path.to_owned(), error: NotTaken(findings) }
    }
}

/// Where the few words of one thing stand.
#[derive(Clone, Copy, Debug)]
enum Spot<'a> {
    /// In a file, at a path as in `actions[3].do`.
    File(&'a str),
    /// In a link, which numbers its actions and objects.
    Link {
        /// What it is: `action`.
        thing: &'a str,
        /// From 0.
        index: usize,
    },
}

impl Spot<'_> {
    /// Where the word stands that is counted from 0.
    fn word(self, word: usize) -> String {
        match self {
            Self::File(path) => format!("{path}[{word}]"),
            Self::Link { thing, index } => {
                format!("word {} of {thing} {} in the link", word + 1, index + 1)
            }
        }
    }
}

/// The version of a form that is read, which stands at `path`; `rule` says how it is written there.
fn version(path: &str, given: Option<u64>, rule: impl FnOnce() -> String) -> Result<(), FormError> {
    match given {
        Some(given) if given > u64::from(VERSION) => {
            let (path, given) = (path.to_owned(), given.to_string());
            Err(FormError::Newer { path, given, known: VERSION })
        }
        Some(1..) => Ok(()),
        _ => Err(FormError::field(path, rule())),
    }
}

/// The rule with the value that breaks it, which is shortened.
fn not(rule: &str, given: &str) -> String {
    const SHOWN_CHARS: usize = 60;
    let mut shown: String = given.chars().take(SHOWN_CHARS).collect();
    if shown.len() < given.len() {
        shown.push('…');
    }
    format!("{rule}, not {shown:?}")
}

/// A number of digits alone, as it would be written.
fn whole(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
