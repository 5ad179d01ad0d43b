//! Invalidation paths (caching.md section 8.1).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::CacheKey;

/// A path to invalidate: exact, or a prefix where it ends in `*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InvalidationPath(String);

/// Why a text is no invalidation path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidationError {
    /// INV-01.
    #[error("an invalidation path starts with a slash, as in /img/*; this one is {given:?}")]
    NoSlash {
        /// What was given, shortened.
        given: String,
    },
    /// INV-15.
    #[error("an invalidation path holds no ~, encoded or not; this one holds {found:?}")]
    Tilde {
        /// As it is written there.
        found: String,
    },
    /// INV-14.
    #[error("an invalidation path is percent-encoded ASCII; this one holds {found:?}")]
    Character {
        /// The offending character.
        found: char,
    },
    /// INV-20.
    #[error("an invalidation path has at most 4,000 characters; this one has {given}")]
    TooLong {
        /// Its length in characters.
        given: usize,
    },
}

impl InvalidationPath {
    /// The longest path in characters (INV-20).
    pub const LIMIT: usize = 4_000;

    /// Checks a path as the API does.
    pub fn new(text: &str) -> Result<Self, InvalidationError> {
        let given = text.chars().count();
        if given > Self::LIMIT {
            return Err(InvalidationError::TooLong { given });
        }
        if !text.starts_with('/') {
            return Err(InvalidationError::NoSlash { given: text.to_owned() });
        }
        if let Some(found) = ["~", "%7E", "%7e"].into_iter().find(|tilde| text.contains(tilde)) {
            return Err(InvalidationError::Tilde { found: found.to_owned() });
        }
        match text.chars().find(|c| !c.is_ascii_graphic()) {
            Some(found) => Err(InvalidationError::Character { found }),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a stored key goes. A `*` that is not last is an ordinary character (INV-05); the query counts where it
    /// is in the key (INV-08 to INV-11); fields, cookies and encodings do not (INV-12, INV-13).
    pub fn matches(&self, key: &CacheKey) -> bool {
        let query = key.query.as_deref();
        let mut rest = self.0.as_str();
        let is_prefix = rest.ends_with('*');
        rest = if is_prefix { &rest[..rest.len() - 1] } else { rest };
        for piece in [Some(key.path.as_str()), query.map(|_| "?"), query].into_iter().flatten() {
            if is_prefix && piece.starts_with(rest) {
                return true;
            }
            match rest.strip_prefix(piece) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.is_empty()
    }
}

impl fmt::Display for InvalidationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for InvalidationPath {
    type Error = InvalidationError;
    fn try_from(text: String) -> Result<Self, InvalidationError> {
        Self::new(&text)
    }
}

impl From<InvalidationPath> for String {
    fn from(path: InvalidationPath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn matches(pattern: &str, path: &str, query: Option<&str>) -> bool {
        let key = CacheKey {
            method: None,
            host: "d".into(),
            path: path.into(),
            query: query.map(String::from),
            fields: Vec::new(),
            cookies: None,
            encoding: None,
        };
        InvalidationPath::new(pattern).unwrap().matches(&key)
    }

    #[test]
    fn inv_02_03_04_06_a_trailing_star_is_a_prefix() {
        assert!(matches("/images/*", "/images/a/b.jpg", None));
        assert!(!matches("/images/*", "/images", None));
        for path in ["/images", "/images2/x", "/images.css", "/images/a"] {
            assert!(matches("/images*", path, None), "{path}");
        }
        assert!(matches("/*", "/", None) && matches("/*", "/a", Some("b")));
    }

    #[test]
    fn inv_05_07_16_a_star_within_is_a_character_and_case_counts() {
        assert!(!matches("/a/*/b.jpg", "/a/x/b.jpg", None));
        assert!(matches("/a/*/b.jpg", "/a/*/b.jpg", None));
        assert!(!matches("/img/A.jpg", "/img/a.jpg", None));
        assert!(!matches("/images", "/images/", None));
    }

    #[test]
    fn inv_08_to_11_the_query_counts_where_it_is_in_the_key() {
        assert!(!matches("/i.jpg", "/i.jpg", Some("p=a")));
        assert!(matches("/i.jpg?p=a", "/i.jpg", Some("p=a")));
        assert!(!matches("/i.jpg?p=a", "/i.jpg", Some("p=ab")));
        assert!(matches("/i.jpg*", "/i.jpg", Some("p=a")) && matches("/i.jpg*", "/i.jpg2", None));
        assert!(matches("/i.jpg?p*", "/i.jpg", Some("p=a")));
        assert!(matches("/i.jpg", "/i.jpg", None));
    }

    #[test]
    fn inv_01_14_15_20_bad_paths() {
        let message = |text: &str| InvalidationPath::new(text).unwrap_err().to_string();
        assert!(message("img/*").contains("starts with a slash"));
        assert!(message("").contains("starts with a slash"));
        assert!(message("/ä").contains("'ä'"), "INV-14");
        for tilde in ["~", "%7E", "%7e"] {
            assert!(message(&format!("/{tilde}a")).contains(&format!("{tilde:?}")), "INV-15");
        }
        assert!(InvalidationPath::new("/%7Fa").is_ok());
        assert!(message(&format!("/{}", "a".repeat(4_000))).contains("4001"));
        assert!(InvalidationPath::new(&format!("/{}", "a".repeat(3_999))).is_ok());
    }
}
