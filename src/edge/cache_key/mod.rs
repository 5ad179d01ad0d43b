//! The cache key: what makes two requests ask for the same stored response (caching.md sections 3.1 to 3.4).

mod key;
pub use key::{CacheKey, FreshKey, KeyMaker};

use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use crate::distribution::{CachePolicy, Selection};
use crate::http::{Fields, Request};

/// What remains of Accept-Encoding once it is normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AcceptEncoding {
    /// Both (AE-01).
    BrGzip,
    /// gzip alone (AE-02, AE-05).
    Gzip,
    /// Brotli alone (AE-03, AE-07).
    Br,
}

/// What the request held that is not in the key: names only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Query parameters.
    pub query: Vec<String>,
    /// Fields, Cookie not among them.
    pub fields: Vec<String>,
    /// Cookies.
    pub cookies: Vec<String>,
}

impl AcceptEncoding {
    /// All that can remain.
    pub const ALL: [Self; 3] = [Self::BrGzip, Self::Gzip, Self::Br];

    /// Normalises the viewer's field by the policy's two flags. Of the q-values only 0 counts (AE-11).
    pub fn of(fields: &Fields, policy: &CachePolicy) -> Option<Self> {
        if !policy.normalises_codings() {
            return None;
        }
        let (mut gzip, mut br) = (false, false);
        for token in fields.all("Accept-Encoding").flat_map(|value| value.split(',')) {
            let mut parts = token.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            if parts.any(is_zero_weight) {
                continue;
            }
            gzip |= policy.gzip && name.eq_ignore_ascii_case("gzip");
            br |= policy.brotli && name.eq_ignore_ascii_case("br");
        }
        match (br, gzip) {
            (true, true) => Some(Self::BrGzip), // AE-12
            (false, true) => Some(Self::Gzip),
            (true, false) => Some(Self::Br),
            (false, false) => None,
        }
    }

    /// As it stands in the key and in the origin request.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BrGzip => "br,gzip",
            Self::Gzip => "gzip",
            Self::Br => "br",
        }
    }
}

fn is_zero_weight(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    name.trim().eq_ignore_ascii_case("q") && is_zero(value.trim())
}

/// RFC 9110 12.4.2: `0`, with or without decimals.
fn is_zero(weight: &str) -> bool {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    whole.starts_with('0') && whole.bytes().chain(decimals.bytes()).all(|digit| digit == b'0')
}

impl LeftOut {
    /// What of the request is not in its key under this policy.
    pub fn of(request: &Request, policy: &CachePolicy) -> Self {
        let query = request.target.query().map(parameters).into_iter().flatten();
        let in_key = |name: &str| {
            let encoding =
                policy.normalises_codings() && name.eq_ignore_ascii_case("Accept-Encoding");
            encoding || policy.key_headers.iter().any(|key| key.eq_ignore_ascii_case(name))
        };
        let fields = request.fields.iter().map(crate::http::Field::name);
        let cookies = cookies(&request.fields);
        Self {
            query: query
                .map(parameter_name)
                .filter(|name| !policy.query.takes(name))
                .map(String::from)
                .collect(),
            fields: fields
                .filter(|name| !in_key(name) && !name.eq_ignore_ascii_case("Cookie"))
                .map(String::from)
                .collect(),
            cookies: cookies
                .map(|(name, _)| name)
                .filter(|name| !policy.cookies.takes(name))
                .map(String::from)
                .collect(),
        }
    }
}

/// `;` is no delimiter (QS-05, QS-06).
fn parameters(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|parameter| !parameter.is_empty())
}

fn parameter_name(parameter: &str) -> &str {
    parameter.split_once('=').map_or(parameter, |(name, _)| name)
}

/// The parameters of a query that a selection takes, in their order; `None` if there is none.
pub fn select_query(query: &str, selection: &Selection) -> Option<String> {
    selected(|text| put_query(text, query, selection))
}

fn put_query(text: &mut String, query: &str, selection: &Selection) {
    if *selection == Selection::All {
        text.push_str(query);
        return;
    }
    let start = text.len();
    for parameter in parameters(query).filter(|one| selection.takes(parameter_name(one))) {
        if text.len() > start {
            text.push('&');
        }
        text.push_str(parameter); // QS-10, QS-13
    }
}

fn selected(put: impl FnOnce(&mut String)) -> Option<String> {
    let mut text = String::new();
    put(&mut text);
    Some(text).filter(|text| !text.is_empty())
}

/// Names and values of the cookies of a request; what is not `name=value` and names that start with `$` are passed over
/// (COOK-04, COOK-05).
fn cookies(fields: &Fields) -> impl Iterator<Item = (&str, &str)> {
    Cookies { rest: "", lines: fields.all("Cookie") }
}

/// See [`cookies`].
struct Cookies<'a, I> {
    /// What is still to be read of one field.
    rest: &'a str,
    /// The fields behind it.
    lines: I,
}

impl<'a, I: Iterator<Item = &'a str>> Iterator for Cookies<'a, I> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                self.rest = self.lines.next()?;
            }
            let place = |text: &str, byte| text.bytes().position(|other| other == byte);
            let (pair, rest) = match place(self.rest, b';') {
                Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
                None => (self.rest, ""),
            };
            self.rest = rest;
            if let Some(equals) = place(pair, b'=') {
                let (name, value) = (pair[..equals].trim_ascii_start(), &pair[equals + 1..]);
                if !name.starts_with('$') {
                    return Some((name, value.trim_ascii_end()));
                }
            }
        }
    }
}

/// The cookies that a selection takes, sorted by name (COOK-03); `None` if there is none.
pub fn select_cookies(fields: &Fields, selection: &Selection) -> Option<String> {
    selected(|text| put_cookies(text, fields, selection))
}

fn put_cookies(text: &mut String, fields: &Fields, selection: &Selection) {
    if *selection == Selection::None {
        return;
    }
    let start = text.len();
    let mut before = "";
    for (name, value) in cookies(fields).filter(|(name, _)| selection.takes(name)) {
        if name < before {
            text.truncate(start);
            put_sorted_cookies(text, fields, selection);
            return;
        }
        before = name;
        put_cookie(text, start, name, value);
    }
}

/// For cookies that do not come in the order of their names; those of one name stay in the viewer's order.
fn put_sorted_cookies(text: &mut String, fields: &Fields, selection: &Selection) {
    let start = text.len();
    let taken = cookies(fields).filter(|(name, _)| selection.takes(name));
    // A heap sorts by less code than a slice does, which counts in the page.
    let taken: BinaryHeap<_> =
        taken.enumerate().map(|(place, (name, value))| (name, place, value)).collect();
    for (name, _, value) in taken.into_sorted_vec() {
        put_cookie(text, start, name, value);
    }
}

fn put_cookie(text: &mut String, start: usize, name: &str, value: &str) {
    for piece in [if text.len() > start { "; " } else { "" }, name, "=", value] {
        text.push_str(piece);
    }
}

#[cfg(test)]
mod tests;
