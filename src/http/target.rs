//! The request target in origin-form: path and query (RFC 9112 3.2.1, RFC 3986).

use std::fmt;

use serde::{Deserialize, Serialize};

/// An absolute path and, if there is one, a query without its `?`.
///
/// Both are kept as given, byte for byte: caches compare raw text. What comes in with a file is checked like what is typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Target {
    path: String,
    query: Option<String>,
}

/// A target as it stands in a file.
#[derive(Deserialize)]
struct Unchecked {
    path: String,
    query: Option<String>,
}

impl TryFrom<Unchecked> for Target {
    type Error = TargetError;

    fn try_from(read: Unchecked) -> Result<Self, TargetError> {
        Self::new(&read.path, read.query.as_deref().unwrap_or_default())
    }
}

/// Why a text is no request target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// RFC 9112 3.2.1: origin-form starts with an absolute path.
    #[error("a URL path starts with a slash, as in /index.html; this one is {given:?}")]
    NoSlash {
        /// The path, shortened.
        given: String,
    },
    /// RFC 3986 2: a URI is printable ASCII; everything else is percent-encoded.
    #[error("the {part} holds {found:?} at position {position}; write it percent-encoded")]
    Unencoded {
        /// `URL path` or `query string`.
        part: &'static str,
        /// The offending character.
        found: char,
        /// Its place, counted in characters from 1.
        position: usize,
    },
    /// A path ends where the query or fragment begins.
    #[error("the URL path holds {found:?}; what follows it belongs into the query string")]
    Delimiter {
        /// `?` or `#`.
        found: char,
    },
    /// A bound of this program, far above what any server takes.
    #[error("the {part} has {given} bytes; at most {limit} are taken here")]
    TooLong {
        /// `URL path` or `query string`.
        part: &'static str,
        /// Its length in bytes.
        given: usize,
        /// The bound in bytes.
        limit: usize,
    },
}

impl Target {
    /// The longest path or query that is taken, in bytes.
    pub const LIMIT: usize = 65_536;

    /// Reads a path and a query. An empty query is none at all (a lone `?` adds nothing).
    pub fn new(path: &str, query: &str) -> Result<Self, TargetError> {
        for (part, text) in [("URL path", path), ("query string", query)] {
            if text.len() > Self::LIMIT {
                return Err(TargetError::TooLong { part, given: text.len(), limit: Self::LIMIT });
            }
        }
        if !path.starts_with('/') {
            return Err(TargetError::NoSlash { given: path.chars().take(60).collect() });
        }
        if let Some(found) = path.chars().find(|c| matches!(c, '?' | '#')) {
            return Err(TargetError::Delimiter { found });
        }
        for (part, text) in [("URL path", path), ("query string", query)] {
            let bad = text.chars().enumerate().find(|(_, c)| !c.is_ascii_graphic() || *c == '#');
            if let Some((index, found)) = bad {
                return Err(TargetError::Unencoded { part, found, position: index + 1 });
            }
        }
        let query = (!query.is_empty()).then(|| query.to_owned()); // QS-12
        Ok(Self { path: path.to_owned(), query })
    }

    /// Reads `path?query` in one piece.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        Self::new(path, query)
    }

    /// The path, always with its leading slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its length as sent, in bytes.
    pub fn size_bytes(&self) -> u64 {
        let query = self.query.as_ref().map_or(0, |query| query.len() + 1);
        (self.path.len() + query) as u64
    }

    /// The query without its `?`.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The last segment of the path, or `/` where it is empty: a short name for the eye.
    pub fn file_name(&self) -> &str {
        file_name(&self.path)
    }
}

/// The last segment of a path, or the whole path where that is empty.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or(path)
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        self.query.iter().try_for_each(|query| write!(f, "?{query}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_target_prints_as_it_was_read() {
        for text in ["/", "/a/b.png", "/a?x=1&y=%20", "/a//b/../c?q=?", "/*"] {
            assert_eq!(Target::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Target::parse("/a?").unwrap().to_string(), "/a", "QS-12: a lone ? adds nothing");
    }

    #[test]
    fn the_short_name_is_the_last_segment_that_is_not_empty() {
        for (text, name) in [("/a/b.png?x=/c", "b.png"), ("/a/", "a"), ("/a//", "a"), ("/", "/")] {
            assert_eq!(Target::parse(text).unwrap().file_name(), name, "{text}");
        }
    }

    #[test]
    fn bad_targets_name_the_part_and_the_rule() {
        let message = |path, query| Target::new(path, query).unwrap_err().to_string();
        assert!(message("img/a.png", "").contains("starts with a slash"));
        assert!(message("", "").contains("starts with a slash"));
        assert!(message("/a b", "").contains("URL path holds ' ' at position 3"));
        assert!(message("/a", "x=\n").contains("query string holds '\\n' at position 3"));
        assert!(message("/a?b", "").contains("belongs into the query string"));
        assert!(message("/ä", "").contains("percent-encoded"));
        assert!(message(&format!("/{}", "a".repeat(10_000_000)), "").contains("10000001 bytes"));
    }
}
