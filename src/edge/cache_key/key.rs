//! A cache key as a value: one text with its hash, so that a request finds what is stored without a copy being made.

use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::{AcceptEncoding, put_cookies, put_query};
use crate::distribution::CachePolicy;
use crate::edge::recency::Hashed;
use crate::http::{Method, Request};

/// A cache key. Two requests with equal keys share one stored response. Cheap to copy.
///
/// Its text has one part a line: method and coding, path, query, cookies, host, then each field. No part can hold a line
/// break: targets are printable (RFC 3986 2), and field values have no control characters (RFC 9110 5.5).
#[derive(Clone, Eq, Serialize, Deserialize)]
#[serde(from = "Parts", into = "Parts")]
pub struct CacheKey {
    hash: u64,
    text: Arc<str>,
}

/// A key that was just made of a request, before it is kept.
#[derive(Clone, Copy, Debug)]
pub struct FreshKey<'a> {
    text: &'a str,
    hash: u64,
}

/// Makes keys in one buffer, which it keeps.
#[derive(Clone, Debug, Default)]
pub struct KeyMaker {
    text: String,
}

/// The parts of a key by name, as a file has them.
#[derive(Serialize, Deserialize)]
struct Parts {
    method: Option<Method>,
    host: String,
    path: String,
    query: Option<String>,
    fields: Vec<(String, Option<String>)>,
    cookies: Option<String>,
    encoding: Option<AcceptEncoding>,
}

/// Where each part stands in the text, in lines.
const PATH: usize = 1;
const QUERY: usize = 2;
const COOKIES: usize = 3;
const HOST: usize = 4;
const FIELDS: usize = 5;

impl KeyMaker {
    /// The key of a request under a policy. `host` is the distribution's domain, `path` the one after the default root
    /// object was put in.
    pub fn make(
        &mut self,
        request: &Request,
        host: &str,
        path: &str,
        policy: &CachePolicy,
    ) -> FreshKey<'_> {
        let text = &mut self.text;
        text.clear();
        let method = (request.method == Method::Options).then_some(Method::Options);
        put_start(text, method, AcceptEncoding::of(&request.fields, policy), path);
        text.push('\n');
        if let Some(query) = request.target.query() {
            put_query(text, query, &policy.query);
        }
        text.push('\n');
        put_cookies(text, &request.fields, &policy.cookies); // COOK-06
        text.push('\n');
        text.push_str(host); // KEY-12
        // AE-01 to AE-08: what is normalised does not stand here again as it came, even if it is listed.
        let is_normalised = |name: &str| {
            policy.normalises_codings() && name.eq_ignore_ascii_case("Accept-Encoding")
        };
        for name in policy.key_headers.iter().filter(|name| !is_normalised(name)) {
            put_field(text, name, request.fields.all(name));
        }
        FreshKey { hash: hash(text), text }
    }
}

fn put_start(
    text: &mut String,
    method: Option<Method>,
    encoding: Option<AcceptEncoding>,
    path: &str,
) {
    text.push_str(method.map_or("", Method::as_str));
    text.push(' ');
    text.push_str(encoding.map_or("", AcceptEncoding::as_str));
    text.push('\n');
    text.push_str(path); // INV-50; FLOW-17 (MODEL): as it came
}

/// HDRK-02 to HDRK-05, HDRK-09: name in lower case and raw value; the name alone where the request has no such field.
fn put_field<'a>(text: &mut String, name: &str, values: impl Iterator<Item = &'a str>) {
    text.push('\n');
    let start = text.len();
    text.push_str(name);
    text[start..].make_ascii_lowercase();
    for (place, value) in values.enumerate() {
        text.push_str(if place == 0 { ":" } else { ", " });
        text.push_str(value);
    }
}

fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text.as_bytes())
}

impl FreshKey<'_> {
    /// The same key, to be kept.
    pub fn to_key(self) -> CacheKey {
        CacheKey { text: self.text.into(), hash: self.hash }
    }

    /// Any number that is the same for equal keys.
    pub const fn hash(self) -> u64 {
        self.hash
    }

    /// Whether it is this key.
    pub fn is(self, key: &CacheKey) -> bool {
        self.hash == key.hash && *self.text == *key.text
    }
}

impl CacheKey {
    /// The key of a request under a policy; see [`KeyMaker::make`].
    pub fn of(request: &Request, host: &str, path: &str, policy: &CachePolicy) -> Self {
        KeyMaker::default().make(request, host, path, policy).to_key()
    }

    fn part(&self, line: usize) -> &str {
        self.text.split('\n').nth(line).unwrap_or_default()
    }

    fn some(&self, line: usize) -> Option<&str> {
        Some(self.part(line)).filter(|part| !part.is_empty())
    }

    fn start(&self) -> (&str, &str) {
        self.part(0).split_once(' ').unwrap_or_default()
    }

    /// Only ever OPTIONS: GET and HEAD share a key (MET-03, MET-06).
    pub fn method(&self) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.as_str() == self.start().0)
    }

    /// The distribution's own domain, whatever alias the viewer used (KEY-01, KEY-03).
    pub fn host(&self) -> &str {
        self.part(HOST)
    }

    /// The raw path (KEY-11, FLOW-17).
    pub fn path(&self) -> &str {
        self.part(PATH)
    }

    /// The parameters that the policy takes, in the viewer's order (QS-03, QS-11).
    pub fn query(&self) -> Option<&str> {
        self.some(QUERY)
    }

    /// The cookies that the policy takes, sorted by name (COOK-03).
    pub fn cookies(&self) -> Option<&str> {
        self.some(COOKIES)
    }

    /// Name in lower case and raw value, or none where the request has no such field (HDRK-02 to 05, HDRK-09).
    pub fn fields(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.text.split('\n').skip(FIELDS).map(|line| match line.split_once(':') {
            Some((name, value)) => (name, Some(value)),
            None => (line, None),
        })
    }

    /// The normalised Accept-Encoding (AE-01 to AE-10).
    pub fn encoding(&self) -> Option<AcceptEncoding> {
        AcceptEncoding::ALL.into_iter().find(|encoding| encoding.as_str() == self.start().1)
    }

    /// Any number that is the same for equal keys.
    pub const fn hash(&self) -> u64 {
        self.hash
    }

    /// Path and query as the request target shows them.
    pub fn path_and_query(&self) -> String {
        match self.query() {
            Some(query) => format!("{}?{query}", self.path()),
            None => self.path().to_owned(),
        }
    }

    /// The last segment of the path: a short name for the eye.
    pub fn file_name(&self) -> &str {
        crate::http::file_name(self.path())
    }
}

impl Hashed for CacheKey {
    fn hash(&self) -> u64 {
        self.hash
    }
}

impl PartialEq for CacheKey {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && (Arc::ptr_eq(&self.text, &other.text) || self.text == other.text)
    }
}

impl PartialOrd for CacheKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CacheKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for CacheKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CacheKey({self})")
    }
}

impl fmt::Display for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = self.method() {
            write!(f, "{method} ")?;
        }
        write!(f, "{}{}", self.host(), self.path_and_query())?;
        for (name, value) in self.fields() {
            write!(f, " {name}={}", value.unwrap_or("(absent)"))?;
        }
        self.cookies().iter().try_for_each(|cookies| write!(f, " cookie={cookies}"))?;
        self.encoding().iter().try_for_each(|encoding| write!(f, " {}", encoding.as_str()))
    }
}

impl From<Parts> for CacheKey {
    /// What no request could have made has its line breaks taken out.
    fn from(parts: Parts) -> Self {
        let line = |part: Option<String>| part.unwrap_or_default().replace('\n', "");
        let mut text = String::new();
        put_start(&mut text, parts.method, parts.encoding, &line(Some(parts.path)));
        for part in [parts.query, parts.cookies, Some(parts.host)] {
            let _ = write!(text, "\n{}", line(part));
        }
        for (name, value) in parts.fields {
            let value = value.map(|value| line(Some(value)));
            put_field(&mut text, &line(Some(name)), value.as_deref().into_iter());
        }
        Self { hash: hash(&text), text: text.into() }
    }
}

impl From<CacheKey> for Parts {
    fn from(key: CacheKey) -> Self {
        let fields = key.fields().map(|(name, value)| (name.to_owned(), value.map(String::from)));
        Self {
            method: key.method(),
            host: key.host().to_owned(),
            path: key.path().to_owned(),
            query: key.query().map(String::from),
            fields: fields.collect(),
            cookies: key.cookies().map(String::from),
            encoding: key.encoding(),
        }
    }
}
