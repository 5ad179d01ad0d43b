//! The cache key as the class sees it: what it is made of, what is not in it, and which line of the policy says so.

use crate::distribution::{CachePolicy, Selection};
use crate::edge::CacheKey;
use crate::scene::Trip;

/// A cache key as labelled segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// What it is made of.
    pub parts: Vec<KeyPart>,
    /// The policy that made it.
    pub policy: String,
    /// What of the request is not in it.
    pub left_out: Vec<LeftOutLine>,
    /// A line where there is no key.
    pub note: Option<String>,
}

/// One segment of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// `host`, `path`, `query`, `header` or `cookie`.
    pub kind: &'static str,
    /// What it is called: the name of a field, else the kind.
    pub label: String,
    /// As it stands in the key.
    pub value: String,
}

/// What one line of the policy leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutLine {
    /// The names of what the request had.
    pub names: Vec<String>,
    /// The line, as `query strings: none`.
    pub line: String,
    /// The row of docs/reference that says what such a line does.
    pub row: &'static str,
}

/// How many names of a policy's list are written out.
const MOST_NAMED: usize = 3;

/// The key of an exchange, once the POP has chosen the behavior; or why there is none.
pub(super) fn view(trip: &Trip) -> Option<KeyView> {
    let matched = trip.matched.as_ref()?;
    let policy = &matched.policy;
    let mut view = KeyView {
        parts: Vec::new(),
        policy: policy.name.clone(),
        left_out: Vec::new(),
        note: None,
    };
    match &trip.key {
        None => {
            let method = trip.request.method;
            let note = if trip.refused.is_some() {
                "It was refused before a cache key was made".to_owned()
            } else {
                format!("A {method} under behavior {} has no cache key", matched.pattern)
            };
            view.note = Some(note);
        }
        Some((key, left_out)) => {
            view.parts = parts(key);
            let groups = [
                (&left_out.query, query_line(policy), "QS-01"),
                (&left_out.cookies, cookie_line(policy), "COOK-01"),
                (&left_out.fields, header_line(policy), "HDRK-01"),
            ];
            for (names, line, row) in groups {
                if !names.is_empty() {
                    view.left_out.push(LeftOutLine { names: names.clone(), line, row });
                }
            }
        }
    }
    Some(view)
}

fn query_line(policy: &CachePolicy) -> String {
    format!("query strings: {}", selected(&policy.query))
}

fn cookie_line(policy: &CachePolicy) -> String {
    format!("cookies: {}", selected(&policy.cookies))
}

/// HDRK-01: a policy lists fields, or none.
fn header_line(policy: &CachePolicy) -> String {
    let which = match &policy.key_headers[..] {
        [] => "none".to_owned(),
        names => format!("only {}", listed(names)),
    };
    format!("headers: {which}")
}

/// A selection as the console has it.
fn selected(selection: &Selection) -> String {
    match selection {
        Selection::None => "none".to_owned(),
        Selection::All => "all".to_owned(),
        Selection::Only(names) => format!("only {}", listed(names)),
        Selection::AllExcept(names) => format!("all except {}", listed(names)),
        Selection::Like(patterns) => {
            let names: Vec<String> = patterns.iter().map(ToString::to_string).collect();
            format!("only {}", listed(&names))
        }
    }
}

/// The first names of a list, and that there are more.
fn listed(names: &[String]) -> String {
    let mut text = names[..names.len().min(MOST_NAMED)].join(", ");
    if names.len() > MOST_NAMED {
        text.push_str(" …");
    }
    text
}

fn parts(key: &CacheKey) -> Vec<KeyPart> {
    let part = |kind, label: &str, value: &str| KeyPart {
        kind,
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let mut parts = vec![part("host", "host", key.host()), part("path", "path", key.path())];
    parts.extend(key.query().map(|query| part("query", "query", query)));
    for (name, value) in key.fields() {
        parts.push(part("header", name, value.unwrap_or("(absent)")));
    }
    parts.extend(key.cookies().map(|cookies| part("cookie", "cookies", cookies)));
    let encoding = key.encoding();
    parts.extend(encoding.map(|encoding| part("header", "Accept-Encoding", encoding.as_str())));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::managed;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn qs_01_cook_01_hdrk_01_each_mode_of_a_policy_has_its_line() {
        let table = [
            (Selection::None, "none"),
            (Selection::All, "all"),
            (Selection::Only(names(&["color", "size"])), "only color, size"),
            (Selection::AllExcept(names(&["utm_source"])), "all except utm_source"),
            (Selection::Only(names(&["a", "b", "c", "d"])), "only a, b, c …"),
            (Selection::Like(vec![crate::distribution::PathPattern::new("a*")]), "only a*"),
        ];
        for (selection, expected) in table {
            let plain = managed::caching_optimized;
            let query = CachePolicy { query: selection.clone(), ..plain() };
            assert_eq!(query_line(&query), format!("query strings: {expected}"));
            assert_eq!(cookie_line(&query), "cookies: none", "each has a line of its own");
            let cookies = CachePolicy { cookies: selection, ..plain() };
            assert_eq!(cookie_line(&cookies), format!("cookies: {expected}"));
            assert_eq!(query_line(&cookies), "query strings: none");
        }
        let mut policy = managed::caching_optimized();
        assert_eq!(header_line(&policy), "headers: none");
        policy.key_headers = names(&["Accept-Language", "Origin"]);
        assert_eq!(header_line(&policy), "headers: only Accept-Language, Origin");
    }
}
