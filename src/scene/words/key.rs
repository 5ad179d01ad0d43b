//! The cache key as the class sees it.

use crate::edge::CacheKey;
use crate::scene::Trip;

/// A cache key as labelled segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// Kind (`host`, `path`, `query`, `header`, `cookie`), label and value.
    pub parts: Vec<(&'static str, String, String)>,
    /// Names of what was left out.
    pub left_out: Vec<String>,
    /// A line where there is no key.
    pub note: Option<String>,
}

/// The key of an exchange, once the POP has chosen the behavior.
pub(super) fn view(trip: &Trip) -> Option<KeyView> {
    let matched = trip.matched.as_ref()?;
    let Some((key, left_out)) = &trip.key else {
        let note = format!(
            "A {} under behavior {} has no cache key",
            trip.request.method, matched.pattern
        );
        return Some(KeyView { parts: Vec::new(), left_out: Vec::new(), note: Some(note) });
    };
    let cookies = left_out.cookies.iter().map(|name| format!("cookie {name}"));
    let query = left_out.query.iter().map(|name| format!("?{name}"));
    Some(KeyView {
        parts: parts(key),
        left_out: query.chain(cookies).chain(left_out.fields.iter().cloned()).collect(),
        note: None,
    })
}

fn parts(key: &CacheKey) -> Vec<(&'static str, String, String)> {
    let mut parts = vec![
        ("host", "host".to_owned(), key.host().to_owned()),
        ("path", "path".to_owned(), key.path().to_owned()),
    ];
    parts.extend(key.query().map(|query| ("query", "query".to_owned(), query.to_owned())));
    for (name, value) in key.fields() {
        parts.push(("header", name.to_owned(), value.unwrap_or("(absent)").to_owned()));
    }
    parts.extend(key.cookies().map(|cookies| ("cookie", "cookies".to_owned(), cookies.to_owned())));
    parts
        .extend(key.encoding().map(|encoding| {
            ("header", "Accept-Encoding".to_owned(), encoding.as_str().to_owned())
        }));
    parts
}
