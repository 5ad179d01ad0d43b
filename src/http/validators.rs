//! Validators and conditional requests (RFC 9110 sections 8.8 and 13).

use super::cache_control::split_list;
use super::{Fields, date};

/// Whether two entity tags are equal by the weak comparison (RFC 9110 8.8.3.2).
pub fn weakly_equal(one: &str, other: &str) -> bool {
    let opaque = |tag| str::strip_prefix(tag, "W/").unwrap_or(tag).to_owned();
    opaque(one) == opaque(other)
}

/// Whether a conditional GET or HEAD is answered by 304: the recipient's copy is still good (RFC 9110 13.2.2).
///
/// If-None-Match decides alone where it is present; else If-Modified-Since is held against Last-Modified.
pub fn is_not_modified(request: &Fields, response: &Fields) -> bool {
    if request.has("If-None-Match") {
        let etag = response.get("ETag");
        let mut tags = request.all("If-None-Match").flat_map(split_list);
        return tags.any(|tag| tag == "*" || etag.is_some_and(|etag| weakly_equal(tag, etag)));
    }
    let since = request.get("If-Modified-Since").and_then(date::read);
    let modified = response.get("Last-Modified").and_then(date::read);
    matches!((since, modified), (Some(since), Some(modified)) if modified <= since)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(request: &str, response: &str) -> bool {
        is_not_modified(&Fields::parse(request).unwrap(), &Fields::parse(response).unwrap())
    }

    #[test]
    fn if_none_match_decides_by_weak_comparison() {
        assert!(check("If-None-Match: \"a\", W/\"b\"", "ETag: \"b\""));
        assert!(check("If-None-Match: *", ""));
        assert!(!check("If-None-Match: \"a\"", "ETag: \"b\""));
        let newer = "If-None-Match: \"a\"\nIf-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT";
        assert!(!check(newer, "ETag: \"b\"\nLast-Modified: Wed, 31 Dec 2025 00:00:00 GMT"));
    }

    #[test]
    fn if_modified_since_is_held_against_last_modified() {
        let request = "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT";
        assert!(check(request, "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"));
        assert!(!check(request, "Last-Modified: Thu, 01 Jan 2026 00:00:01 GMT"));
        assert!(!check(request, ""));
    }
}
