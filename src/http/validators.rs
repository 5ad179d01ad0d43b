//! Validators and conditional requests (RFC 9110 sections 8.8 and 13).
//!
//! An entity-tag is kept as the text that stands in the field, with its quotes: `"x"` is strong, `W/"x"` weak. What is
//! neither is no entity-tag; such a text still equals itself by the weak comparison, since an origin that sends it in `ETag`
//! gets it back in If-None-Match and expects a 304.

use super::{Fields, Method, date};

/// Whether two entity-tags are equal by the weak comparison (RFC 9110 8.8.3.2).
pub fn weakly_equal(one: &str, other: &str) -> bool {
    let opaque = |tag| str::strip_prefix(tag, "W/").unwrap_or(tag);
    opaque(one) == opaque(other)
}

/// Whether two entity-tags are equal by the strong comparison (RFC 9110 8.8.3.2): both are strong, and they are the same.
pub fn strongly_equal(one: &str, other: &str) -> bool {
    one == other && is_strong(one)
}

/// Whether a text is a strong entity-tag: quotes around visible characters other than the quote (RFC 9110 8.8.3).
pub fn is_strong(tag: &str) -> bool {
    let opaque = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    opaque.is_some_and(|opaque| opaque.chars().all(|c| c != '"' && c > ' ' && c != '\u{7F}'))
}

/// The entity-tag of a response after the edge has changed its coding: a strong one becomes weak, a weak one stays
/// (CMP-07, CMP-08). `None`: it is neither, and the field is removed (CMP-09).
pub fn weakened(etag: &str) -> Option<String> {
    if etag.starts_with("W/") {
        Some(etag.to_owned())
    } else {
        is_strong(etag).then(|| format!("W/{etag}"))
    }
}

/// Whether a conditional GET or HEAD is answered by 304: the recipient's copy is still good (RFC 9110 13.2.2).
///
/// If-None-Match decides alone where it is present; else If-Modified-Since is held against Last-Modified.
#[inline]
pub fn is_not_modified(request: &Fields, response: &Fields) -> bool {
    if request.has("If-None-Match") {
        return holds_none_match(request, response.get("ETag"));
    }
    let Some(since) = sole(request, "If-Modified-Since").and_then(date::read) else { return false };
    let modified = response.get("Last-Modified").and_then(date::read);
    modified.is_some_and(|modified| modified <= since)
}

/// Whether a condition of the request keeps its method from being carried out, so that 412 is the answer (RFC 9110 13.2.2).
/// `current` are the fields of what the target stands for now, if it stands for anything.
///
/// If-Match decides where it is present, else If-Unmodified-Since is held against Last-Modified; then If-None-Match, which
/// leads to a 304 for GET and HEAD instead.
pub fn is_precondition_failed(method: Method, request: &Fields, current: Option<&Fields>) -> bool {
    let etag = || current.and_then(|current| current.get("ETag"));
    let is_changed = if request.has("If-Match") {
        current.is_none() || !holds_match(request, etag())
    } else {
        sole(request, "If-Unmodified-Since").and_then(date::read).is_some_and(|since| {
            let modified = current.and_then(|current| current.get("Last-Modified"));
            modified.and_then(date::read).is_some_and(|modified| modified > since)
        })
    };
    let is_read = matches!(method, Method::Get | Method::Head);
    is_changed || (!is_read && current.is_some() && holds_none_match(request, etag()))
}

/// RFC 9110 13.1.1: `*` (alone in its line) is any representation, else one of the tags is this very one.
fn holds_match(request: &Fields, etag: Option<&str>) -> bool {
    request.all("If-Match").any(|value| {
        value == "*"
            || etag.is_some_and(|etag| entity_tags(value).any(|tag| strongly_equal(tag, etag)))
    })
}

/// Whether If-Range lets the request's Range count (RFC 9110 13.1.5): the recipient's part belongs to the very
/// representation that the response stands for. Without the field it does.
///
/// An entity-tag must be strongly equal; a date must be that of Last-Modified, which in turn must lie at least a second
/// before the response's Date if it has one (RFC 9110 8.8.2.2).
pub fn if_range_holds(request: &Fields, response: &Fields) -> bool {
    if !request.has("If-Range") {
        return true;
    }
    let Some(validator) = sole(request, "If-Range") else { return false };
    if validator.starts_with('"') || validator.starts_with("W/") {
        return response.get("ETag").is_some_and(|etag| strongly_equal(validator, etag));
    }
    let Some(modified) = response.get("Last-Modified").and_then(date::read) else { return false };
    let is_strong = match response.get("Date").and_then(date::read) {
        Some(date) => modified < date,
        None => true,
    };
    is_strong && date::read(validator) == Some(modified)
}

/// RFC 9110 13.1.2: `*` (alone in its line) is any representation, else one of the tags is this one.
fn holds_none_match(request: &Fields, etag: Option<&str>) -> bool {
    request.all("If-None-Match").any(|value| {
        value == "*"
            || etag.is_some_and(|etag| entity_tags(value).any(|tag| weakly_equal(tag, etag)))
    })
}

/// The members of a list of entity-tags. A comma within quotes belongs to the tag; a backslash means nothing there, unlike
/// in a quoted string (RFC 9110 8.8.3).
fn entity_tags(value: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let members = value.split(move |c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    members.map(|tag| tag.trim_matches([' ', '\t'])).filter(|tag| !tag.is_empty())
}

/// The value of a field that stands exactly once.
#[inline]
fn sole<'a>(fields: &'a Fields, name: &'a str) -> Option<&'a str> {
    if !fields.has(name) {
        return None;
    }
    let mut values = fields.all(name);
    let first = values.next();
    if values.next().is_some() { None } else { first }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fields(text: &str) -> Fields {
        Fields::parse(text).unwrap()
    }

    fn check(request: &str, response: &str) -> bool {
        is_not_modified(&fields(request), &fields(response))
    }

    /// The table of RFC 9110 8.8.3.2, and what is no entity-tag.
    #[test]
    fn entity_tags_are_compared_weakly_or_strongly() {
        for (one, other, strong, weak) in [
            ("W/\"1\"", "W/\"1\"", false, true),
            ("W/\"1\"", "W/\"2\"", false, false),
            ("W/\"1\"", "\"1\"", false, true),
            ("\"1\"", "\"1\"", true, true),
            ("\"\"", "\"\"", true, true),
            ("\"a\"", "\"A\"", false, false),
            ("1", "1", false, true),
            ("1", "\"1\"", false, false),
            ("\"1", "\"1", false, true),
            ("w/\"1\"", "W/\"1\"", false, false),
            ("\"", "\"", false, true),
        ] {
            assert_eq!(strongly_equal(one, other), strong, "{one} and {other}, strongly");
            assert_eq!(weakly_equal(one, other), weak, "{one} and {other}, weakly");
        }
    }

    #[test]
    fn cmp_07_08_09_weakened() {
        for (etag, expected) in [
            ("\"x\"", Some("W/\"x\"")),                     // CMP-07
            ("\"\"", Some("W/\"\"")),                       // CMP-07
            ("\"a,\\b\u{e4}\"", Some("W/\"a,\\b\u{e4}\"")), // CMP-07
            ("W/\"x\"", Some("W/\"x\"")),                   // CMP-08
            ("x", None),                                    // CMP-09
            ("", None),                                     // CMP-09
            ("\"x", None),                                  // CMP-09
            ("\"", None),                                   // CMP-09
            ("\"a\"b\"", None),                             // CMP-09
            ("\"a b\"", None),                              // CMP-09
        ] {
            assert_eq!(weakened(etag).as_deref(), expected, "{etag}");
        }
    }

    #[test]
    fn if_none_match_decides_by_weak_comparison() {
        assert!(check("If-None-Match: \"a\", W/\"b\"", "ETag: \"b\""));
        assert!(check("If-None-Match: \"a\"\nIf-None-Match: \"b\"", "ETag: \"b\""));
        assert!(!check("If-None-Match: \"a\"", "ETag: \"b\""));
        assert!(!check("If-None-Match: \"a\"", ""));
        let newer = "If-None-Match: \"a\"\nIf-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT";
        assert!(!check(newer, "ETag: \"b\"\nLast-Modified: Wed, 31 Dec 2025 00:00:00 GMT"));
    }

    #[test]
    fn a_star_stands_alone() {
        assert!(check("If-None-Match: *", ""));
        assert!(!check("If-None-Match: \"a\", *", "ETag: \"b\""));
        assert!(!check("If-None-Match: \"*\"", "ETag: \"b\""));
    }

    #[test]
    fn commas_and_backslashes_within_a_tag_belong_to_it() {
        assert!(check("If-None-Match: \"x,y\" ,\"b\"", "ETag: \"x,y\""));
        assert!(!check("If-None-Match: \"x,y\"", "ETag: y\""));
        assert!(check("If-None-Match: \"a\\\", \"b\"", "ETag: \"b\""));
        assert!(check("If-None-Match: \"a\\\", \"b\"", "ETag: \"a\\\""));
        assert!(!check("If-None-Match: \"a, \"b\"", "ETag: \"b\""), "the first quote never closes");
        assert!(check("If-None-Match: a, b", "ETag: b"), "no entity-tag, and yet the same");
    }

    #[test]
    fn if_modified_since_is_held_against_last_modified() {
        let request = "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT";
        assert!(check(request, "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"));
        assert!(!check(request, "Last-Modified: Thu, 01 Jan 2026 00:00:01 GMT"));
        assert!(!check(request, ""));
        let modified = "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT";
        assert!(
            !check(&format!("{request}\n{request}"), modified),
            "RFC 9110 13.1.3: one date only"
        );
        assert!(!check("If-Modified-Since: now", modified));
        assert!(!check("If-Modified-Since: now", ""));
    }

    #[test]
    fn if_range_wants_the_very_same_representation() {
        let date = "Thu, 01 Jan 2026 00:00:00 GMT";
        let response = format!("ETag: \"b\"\nLast-Modified: {date}");
        for (request, expected) in [
            (String::new(), true),
            ("If-Range: \"b\"".into(), true),
            ("If-Range: \"a\"".into(), false),
            ("If-Range: W/\"b\"".into(), false),
            ("If-Range: b".into(), false),
            ("If-Range:".into(), false),
            ("If-Range: *".into(), false),
            ("If-Range: \"b\"\nIf-Range: \"b\"".into(), false),
            (format!("If-Range: {date}"), true),
            ("If-Range: Thursday, 01-Jan-26 00:00:00 GMT".into(), true),
            ("If-Range: Thu, 01 Jan 2026 00:00:01 GMT".into(), false),
            ("If-Range: Wed, 31 Dec 2025 23:59:59 GMT".into(), false),
        ] {
            assert_eq!(
                if_range_holds(&fields(&request), &fields(&response)),
                expected,
                "{request}"
            );
        }
        let holds =
            |request: &str, response: &str| if_range_holds(&fields(request), &fields(response));
        assert!(!holds("If-Range: W/\"b\"", "ETag: W/\"b\""));
        assert!(!holds("If-Range: \"b\"", "ETag: W/\"b\""));
        assert!(!holds("If-Range: \"b\"", ""));
        let dated = |sent: &str| {
            holds(&format!("If-Range: {date}"), &format!("Last-Modified: {date}\nDate: {sent}"))
        };
        assert!(!dated(date), "changed in the second in which it was sent: weak");
        assert!(dated("Thu, 01 Jan 2026 00:00:01 GMT"));
        assert!(!holds("If-Range: now", ""), "no date is no date");
    }

    #[test]
    fn a_method_is_not_carried_out_where_a_condition_fails() {
        let (before, after) = ("Wed, 31 Dec 2025 23:59:59 GMT", "Thu, 01 Jan 2026 00:00:01 GMT");
        let current = fields("ETag: \"b\"\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT");
        for (request, fails, fails_where_nothing_is) in [
            ("", false, false),
            ("If-Match: \"b\"", false, true),
            ("If-Match: \"a\", \"b\"", false, true),
            ("If-Match: \"a\"", true, true),
            ("If-Match: W/\"b\"", true, true),
            ("If-Match: *", false, true),
            (&format!("If-Unmodified-Since: {after}"), false, false),
            (&format!("If-Unmodified-Since: {before}"), true, false),
            (&format!("If-Match: \"b\"\nIf-Unmodified-Since: {before}"), false, true),
            ("If-Unmodified-Since: now", false, false),
            ("If-None-Match: *", true, false),
            ("If-None-Match: W/\"b\"", true, false),
            ("If-None-Match: \"a\"", false, false),
        ] {
            let request_fields = fields(request);
            let fails_for = |current| is_precondition_failed(Method::Put, &request_fields, current);
            assert_eq!(fails_for(Some(&current)), fails, "{request}");
            assert_eq!(fails_for(None), fails_where_nothing_is, "{request}, nothing there");
        }
        let none_match = fields("If-None-Match: \"b\"");
        for method in [Method::Get, Method::Head] {
            assert!(!is_precondition_failed(method, &none_match, Some(&current)), "a 304 instead");
        }
        let untagged = Fields::new();
        assert!(is_precondition_failed(Method::Put, &fields("If-Match: \"b\""), Some(&untagged)));
    }
}
