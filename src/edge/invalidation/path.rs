//! Invalidation paths (caching.md section 8.1).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InvalidationError;
use crate::edge::CacheKey;

/// A path to invalidate: exact, or a prefix where it ends in `*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InvalidationPath(String);

/// What RFC 1738 calls unsafe in a URL (INV-14), but for `%`, which encodes, and `~`, which has a row of its own.
const UNSAFE: &str = "\"<>#{}|\\^[]`";

impl InvalidationPath {
    /// The longest path in characters (INV-20).
    pub const LIMIT: usize = 4_000;

    /// Checks a path as the API does.
    pub fn new(text: &str) -> Result<Self, InvalidationError> {
        let given = text.chars().count();
        if given > Self::LIMIT {
            return Err(InvalidationError::TooLong { given }); // INV-20
        }
        if !text.starts_with('/') {
            return Err(InvalidationError::NoSlash { given: text.to_owned() }); // INV-01
        }
        if let Some(found) = ["~", "%7E", "%7e"].into_iter().find(|tilde| text.contains(tilde)) {
            return Err(InvalidationError::Tilde { found: found.to_owned() }); // INV-15
        }
        match unencoded(text) {
            Some(found) => Err(InvalidationError::Character { found }), // INV-14
            None => Ok(Self(text.to_owned())),
        }
    }

    /// Checks a path as the console does, which puts a slash before one that has none (INV-01).
    pub fn of_console(text: &str) -> Result<Self, InvalidationError> {
        if text.is_empty() || text.starts_with('/') {
            Self::new(text)
        } else {
            Self::new(&format!("/{text}")) // INV-01
        }
    }

    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it ends in the wildcard; a `*` elsewhere is an ordinary character.
    pub fn is_wildcard(&self) -> bool {
        self.0.ends_with('*') // INV-05
    }

    /// Whether a stored key goes: by path and query as they stand in the key, compared byte by byte. What else is in the
    /// key makes variants, and those all go (INV-12, INV-13).
    pub fn matches(&self, key: &CacheKey) -> bool {
        let query = key.query(); // INV-08 to INV-11
        let is_prefix = self.is_wildcard();
        // INV-02 to INV-06
        let mut rest = if is_prefix { &self.0[..self.0.len() - 1] } else { self.0.as_str() };
        for piece in [Some(key.path()), query.map(|_| "?"), query].into_iter().flatten() {
            if is_prefix && piece.starts_with(rest) {
                return true; // INV-02 to INV-06, INV-10
            }
            match rest.strip_prefix(piece) {
                Some(after) => rest = after, // INV-07, INV-16
                None => return false,
            }
        }
        rest.is_empty() // INV-08, INV-09, INV-16
    }
}

/// The first character that has to be percent-encoded and is not: outside printable ASCII, unsafe, or a `%` that encodes
/// nothing.
fn unencoded(text: &str) -> Option<char> {
    let encodes = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let is_bad = |(at, c): &(usize, char)| {
        !c.is_ascii_graphic() || UNSAFE.contains(*c) || (*c == '%' && !encodes(*at)) // INV-14
    };
    text.char_indices().find(is_bad).map(|(_, c)| c)
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

    use std::sync::Arc;

    use crate::distribution::{CachePolicy, Selection, managed};
    use crate::http::{Fields, Method, Request, Target};

    /// The key of a request whose query is in the key, and which may have fields that are.
    fn key(target: &str, fields: &str) -> CacheKey {
        let policy = CachePolicy {
            query: Selection::All,
            cookies: Selection::All,
            key_headers: vec!["Country".into()],
            ..managed::caching_optimized()
        };
        let fields = Arc::new(Fields::parse(fields).unwrap());
        let request = Request::new(Method::Get, Target::parse(target).unwrap(), fields);
        CacheKey::of(&request, "d.cloudfront.net", request.target.path(), &policy)
    }

    fn matches(pattern: &str, target: &str) -> bool {
        InvalidationPath::new(pattern).unwrap().matches(&key(target, ""))
    }

    #[test]
    fn inv_02_to_11_and_16_which_keys_a_path_means() {
        for (row, pattern, target, expected) in [
            ("INV-02", "/images/*", "/images/a.jpg", true),
            ("INV-02", "/images/*", "/images/a/b.jpg", true),
            ("INV-02", "/images/*", "/images/", true),
            ("INV-02", "/images/*", "/images", false),
            ("INV-03", "/images*", "/images", true),
            ("INV-03", "/images*", "/images2/x", true),
            ("INV-03", "/images*", "/images.css", true),
            ("INV-03", "/images*", "/image", false),
            ("INV-04", "/*", "/", true),
            ("INV-04", "/*", "/a/b?c", true),
            ("INV-05", "/a/*/b.jpg", "/a/x/b.jpg", false),
            ("INV-05", "/a/*/b.jpg", "/a/*/b.jpg", true),
            ("INV-05", "/a*b", "/axb", false),
            ("INV-05", "/a*b", "/a*b", true),
            ("INV-05", "/a*b*", "/a*bc", true),
            ("INV-05", "/a*b*", "/axbc", false),
            ("INV-06", "/i.jpg*", "/i.jpg", true),
            ("INV-06", "/i.jpg?p*", "/i.jpg?p=a", true),
            ("INV-06", "/i.jpg?p*", "/i.jpg?q=a", false),
            ("INV-06", "/i.jpg?*", "/i.jpg", false),
            ("INV-07", "/img/A.jpg", "/img/a.jpg", false),
            ("INV-07", "/img/A*", "/img/a.jpg", false),
            ("INV-07", "/img/A.jpg", "/img/A.jpg", true),
            ("INV-08", "/i.jpg", "/i.jpg?p=a", false),
            ("INV-09", "/i.jpg?p=a", "/i.jpg?p=a", true),
            ("INV-09", "/i.jpg?p=a", "/i.jpg?p=ab", false),
            ("INV-09", "/i.jpg?p=a", "/i.jpg?p=b", false),
            ("INV-09", "/i.jpg?p=a", "/i.jpg", false),
            ("INV-10", "/i.jpg*", "/i.jpg?p=a", true),
            ("INV-10", "/i.jpg*", "/i.jpg2", true),
            ("INV-11", "/i.jpg", "/i.jpg", true),
            ("INV-16", "/images", "/images/", false),
            ("INV-16", "/images/", "/images", false),
            ("INV-16", "/images/", "/images/", true),
        ] {
            assert_eq!(matches(pattern, target), expected, "{row}: {pattern} and {target}");
        }
    }

    #[test]
    fn inv_12_13_variants_by_field_cookie_and_encoding_all_go() {
        let path = InvalidationPath::new("/a").unwrap();
        let all =
            ["", "Country: DE", "Cookie: a=1", "Accept-Encoding: gzip", "Accept-Encoding: br"];
        let keys = all.map(|fields| key("/a", fields));
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "five variants");
            assert!(path.matches(key), "{key}");
        }
    }

    #[test]
    fn inv_14_what_is_encoded_without_need_means_another_key() {
        assert!(matches("/caf%C3%A9", "/caf%C3%A9"));
        assert!(!matches("/%61.jpg", "/a.jpg"), "the entry survives");
        assert!(!matches("/caf%c3%a9", "/caf%C3%A9"), "byte by byte");
    }

    #[test]
    fn inv_01_14_15_20_bad_paths() {
        let error = |text: &str| InvalidationPath::new(text).unwrap_err();
        for text in ["img/*", "", "*"] {
            let refused = error(text);
            assert!(refused.to_string().contains("starts with a slash"), "INV-01");
            assert_eq!((refused.code(), refused.http_status().0), ("InvalidArgument", 400));
        }
        for found in "ä \n\"<>#{}|\\^[]`".chars() {
            assert_eq!(error(&format!("/a{found}b*")), InvalidationError::Character { found });
        }
        for text in ["/%", "/100%", "/%4", "/%4g", "/%g4", "/%ä4"] {
            assert!(matches!(error(text), InvalidationError::Character { .. }), "{text}");
        }
        for tilde in ["~", "%7E", "%7e"] {
            let text = format!("/{tilde}a");
            assert_eq!(error(&text), InvalidationError::Tilde { found: tilde.into() }, "INV-15");
        }
        assert!(InvalidationPath::new("/%7Fa?b=%20&c=(1),'2';$!@:+*").is_ok());
        let long = |count: usize| format!("/{}", "a".repeat(count - 1));
        assert_eq!(error(&long(4_001)), InvalidationError::TooLong { given: 4_001 }, "INV-20");
        assert!(InvalidationPath::new(&long(4_000)).is_ok());
    }

    #[test]
    fn inv_01_the_console_puts_the_slash_there() {
        let console = |text| InvalidationPath::of_console(text).map(String::from);
        assert_eq!(console("img/*").unwrap(), "/img/*");
        assert_eq!(console("/img/*").unwrap(), "/img/*");
        assert_eq!(console("*").unwrap(), "/*");
        assert!(console("").is_err() && console("~").is_err());
        assert!(console(&"a".repeat(4_000)).is_err(), "INV-20: with its slash it is too long");
    }
}
