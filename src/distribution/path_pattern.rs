//! Path patterns of behaviors (FLOW-15).

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// `*` stands for any number of characters, `?` for exactly one; case counts; a leading slash is optional.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PathPattern(String);

impl PathPattern {
    /// The pattern of the default behavior.
    pub const DEFAULT: &'static str = "*";

    /// Takes the pattern as written.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the default behavior's pattern.
    pub fn is_default(&self) -> bool {
        self.0 == Self::DEFAULT
    }

    /// Whether both are the same but for a slash at the beginning, which changes nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        self.bare() == other.bare()
    }

    fn bare(&self) -> &str {
        self.0.strip_prefix('/').unwrap_or(&self.0)
    }

    /// Whether the pattern matches a path, which starts with a slash and has no query.
    pub fn matches(&self, path: &str) -> bool {
        let path = path.strip_prefix('/').unwrap_or(path);
        wildcard_matches(self.bare().as_bytes(), path.as_bytes())
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The path without empty and dot segments, as RFC 3986 section 6 normalises it (FLOW-16, PP-10).
///
/// MODEL: percent-encoding and case stay as they are, and `//` counts as `/`, since the guide names it.
pub(super) fn normalised(path: &str) -> Cow<'_, str> {
    if !path.contains("//") && !path.contains("/.") {
        return Cow::Borrowed(path);
    }
    let mut kept: Vec<&str> = Vec::new();
    let last = path.rsplit('/').next().unwrap_or_default();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    // A path that ends in a slash or in a dot segment stays a directory (RFC 3986 5.2.4).
    let is_directory = matches!(last, "" | "." | "..") && !kept.is_empty();
    Cow::Owned(format!("/{}{}", kept.join("/"), if is_directory { "/" } else { "" }))
}

/// Goes back to the last `*` only, which is enough and keeps the time at pattern times text.
fn wildcard_matches(pattern: &[u8], text: &[u8]) -> bool {
    // What stands behind the last star ends the text: most patterns that do not match fall here already.
    if let Some(star) = pattern.iter().rposition(|&c| c == b'*') {
        let tail = &pattern[star + 1..];
        let Some(end) = text.len().checked_sub(tail.len()) else { return false };
        if !tail.iter().zip(&text[end..]).all(|(&c, &letter)| c == b'?' || c == letter) {
            return false;
        }
    }
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(&c) if c == b'?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    let Some(next) = next_start(pattern.get(star + 1), &text[from + 1..]) else {
                        return false;
                    };
                    t = from + 1 + next;
                    p = star + 1;
                    retry = Some((star, t));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == b'*')
}

/// Where in a text what stands behind a star may begin, by its first character; none where it cannot any more.
fn next_start(first: Option<&u8>, text: &[u8]) -> Option<usize> {
    match first {
        None | Some(b'*' | b'?') => Some(0),
        Some(first) => text.iter().position(|letter| letter == first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flow_16_pp_10_paths_are_normalised_before_they_are_matched() {
        let table = [
            ("/a/b", "/a/b"),
            ("//api/x", "/api/x"),
            ("/a/b/..", "/a/"),
            ("/a/./b/", "/a/b/"),
            ("/a/../../b", "/b"),
            ("/..", "/"),
            ("/.hidden", "/.hidden"),
            ("/a//", "/a/"),
        ];
        for (path, expected) in table {
            assert_eq!(normalised(path), expected, "{path}");
        }
        // The row's own example.
        let matches = |pattern| PathPattern::new(pattern).matches(&normalised("/a/b/.."));
        assert_eq!((matches("/a*"), matches("/a/b*")), (true, false), "FLOW-16");
    }

    #[test]
    fn flow_15_stars_and_question_marks() {
        let check = |pattern: &str, path: &str, expected: bool| {
            assert_eq!(PathPattern::new(pattern).matches(path), expected, "{pattern} on {path}");
        };
        check("*", "/", true);
        check("/api/*", "/api/", true);
        check("/api/*", "/api", false);
        check("api/*", "/api/orders/1", true);
        check("*.jpg", "/a/b.jpg", true);
        check("*.jpg", "/a/b.jpg2", false);
        check("/a?c", "/abc", true);
        check("/a?c", "/ac", false);
        check("/a*b*c", "/aXbYbZc", true);
        check("/a*b?d*", "/aXbcbbdY", true);
        check("/a*b?d*", "/aXbcbd", false);
        check("/a*?c*", "/aXbc", true);
        check("/A", "/a", false);
        check("", "/", true);
    }
}
