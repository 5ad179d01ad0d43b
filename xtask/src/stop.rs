//! Why a command ends early: one sentence that says what the reader can do by hand.

use std::fmt;

/// The sentence. There is nothing to match on: nobody but the reader can go on from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop(String);

impl Stop {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// A file or folder that could not be read or written.
    pub(crate) fn file(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self(format!(
            "{doing} {} failed ({error}): look at the folder's owner and the free space",
            path.display()
        ))
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
