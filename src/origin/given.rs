//! The objects of a site of somebody's own, as far as they are known: from a list of paths, or from a log (IM-15, MODEL).

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::Object;
use crate::distribution::MOST_URL_BYTES;
use crate::http::{Field, FieldError, Target, TargetError};

/// One object: its path, and of its type and size what is known. What is not known follows from the path's extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub(super) path: String,
    pub(super) content_type: Option<String>,
    pub(super) size_bytes: Option<u64>,
}

/// Why something is no object of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GivenError {
    /// What is no path of a URL.
    #[error("{0}")]
    Path(#[from] TargetError),
    /// LIM-01: nobody could ask for it.
    #[error("this URL has {given} bytes; CloudFront takes at most {limit} (LIM-01)")]
    TooLong {
        /// Path and query, in bytes.
        given: u64,
        /// In bytes.
        limit: u64,
    },
    /// What is no media type in a field.
    #[error("the type: {0}")]
    Type(#[from] FieldError),
    /// A type that is no word, a slash and a word.
    #[error("a media type has two words with a slash between them, as in text/css, not {given:?}")]
    NoType {
        /// The type, shortened.
        given: String,
    },
    /// Nothing as large can be made.
    #[error("an object has at most {limit} bytes, not {given}")]
    TooLarge {
        /// In bytes.
        given: u64,
        /// In bytes.
        limit: u64,
    },
}

/// What is wrong with a list of paths, at a line counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathsError {
    /// A line that is no path.
    #[error("line {line}: {error}")]
    Line {
        /// Which.
        line: usize,
        /// Why.
        error: GivenError,
    },
    /// More objects than a site of somebody's own holds.
    #[error("line {line}: a site holds at most {limit} objects, and this is one more")]
    TooMany {
        /// The first one that is too many.
        line: usize,
        /// How many there can be.
        limit: usize,
    },
    /// A text that is longer than any list.
    #[error("the list has {given} bytes; at most {limit} are read")]
    TooLarge {
        /// In bytes.
        given: usize,
        /// In bytes.
        limit: usize,
    },
}

impl Given {
    /// The most objects of a site of somebody's own (IM-15, MODEL): more than a class asks for, and soon written down.
    pub const MOST: usize = 10_000;

    /// The longest list that is read, in bytes (IM-15, MODEL).
    pub const LONGEST_LIST: usize = 8_000_000;

    /// An object of which the path alone is known. A query is no part of it: an origin's objects go by their paths.
    pub fn new(url: &str) -> Result<Self, GivenError> {
        let target = Target::parse(url)?;
        let (given, limit) = (target.size_bytes(), MOST_URL_BYTES);
        if given > limit {
            return Err(GivenError::TooLong { given, limit });
        }
        Ok(Self { path: target.path().to_owned(), content_type: None, size_bytes: None })
    }

    /// Its path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its type, if that is known.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Its size in bytes, if that is known.
    pub const fn size_bytes(&self) -> Option<u64> {
        self.size_bytes
    }

    /// With its type, as in `text/css`.
    pub fn of_type(self, content_type: &str) -> Result<Self, GivenError> {
        let field = Field::new("Content-Type", content_type)?;
        let is_filled = |part: &str| !part.trim().is_empty();
        let words = field.value().split_once('/');
        if !words.is_some_and(|(first, second)| is_filled(first) && is_filled(second)) {
            return Err(GivenError::NoType { given: content_type.chars().take(60).collect() });
        }
        Ok(Self { content_type: Some(field.value().to_owned()), ..self })
    }

    /// With its size in bytes.
    pub fn of_size(self, bytes: u64) -> Result<Self, GivenError> {
        let (given, limit) = (bytes, Object::MOST_BYTES);
        if given > limit {
            return Err(GivenError::TooLarge { given, limit });
        }
        Ok(Self { size_bytes: Some(bytes), ..self })
    }

    /// The paths of a list, one a line; blank lines and those that begin with `#` say nothing, and of two with one path the
    /// first stays. All that is wrong is told; a list that is too long ends the reading.
    ///
    /// ```
    /// use edgewalk::origin::Given;
    ///
    /// let given = Given::listed("# the site\n/index.html\n/img/a.png?width=300\n/img/a.png\n").expect("two paths");
    /// assert_eq!(given.iter().map(Given::path).collect::<Vec<_>>(), ["/index.html", "/img/a.png"]);
    /// let wrong = Given::listed("/a\nb.html\n").expect_err("no slash");
    /// assert_eq!(wrong[0].to_string(), "line 2: a URL path starts with a slash, as in /index.html; this one is \"b.html\"");
    /// ```
    pub fn listed(text: &str) -> Result<Vec<Self>, Vec<PathsError>> {
        let (given, limit) = (text.len(), Self::LONGEST_LIST);
        if given > limit {
            return Err(vec![PathsError::TooLarge { given, limit }]);
        }
        let mut all: Vec<Self> = Vec::new();
        let mut places: HashMap<Box<str>, u32, FixedState> = HashMap::default();
        let mut errors = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, url) in (1..).zip(text.lines().map(str::trim)) {
            if url.is_empty() || url.starts_with('#') {
                continue;
            }
            match Self::new(url) {
                Err(error) => errors.push(PathsError::Line { line, error }),
                Ok(given) if places.contains_key(given.path()) => {}
                Ok(_) if all.len() == Self::MOST => {
                    errors.push(PathsError::TooMany { line, limit: Self::MOST });
                    break;
                }
                Ok(given) => {
                    places.insert(given.path().into(), 0);
                    all.push(given);
                }
            }
        }
        if errors.is_empty() { Ok(all) } else { Err(errors) }
    }
}
