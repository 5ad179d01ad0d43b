//! What of a request belongs to its signature: parameters of the query, or cookies.

use super::Carrier;
use crate::http::{Fields, Request, Target, TargetError};

/// SIG-02, SIG-03: the parameters, by names that are case-sensitive (SIG-04).
const NAMES: [&str; 5] = ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];
/// SIG-06: what stands before them in the name of a cookie.
const COOKIE: &str = "CloudFront-";

/// What a signature is made of, as far as it is there.
pub(super) struct Parts<'r> {
    pub(super) by: Carrier,
    pub(super) expires: Option<&'r str>,
    pub(super) policy: Option<&'r str>,
    pub(super) signature: Option<&'r str>,
    pub(super) key_id: Option<&'r str>,
    pub(super) hash: Option<&'r str>,
}

/// A name and its value; empty where nothing stands behind it.
fn pair(text: &str) -> (&str, &str) {
    text.split_once('=').unwrap_or((text, ""))
}

fn is_of_query(parameter: &str) -> bool {
    NAMES.contains(&pair(parameter).0)
}

fn is_of_cookies(cookie: &str) -> bool {
    pair(cookie.trim()).0.strip_prefix(COOKIE).is_some_and(|name| NAMES.contains(&name))
}

/// SIG-22: where any of the names is in the query, that alone counts.
pub(super) fn parts(request: &Request) -> Parts<'_> {
    let query = || request.target.query().into_iter().flat_map(|query| query.split('&'));
    let cookies = || request.fields.all("Cookie").flat_map(|all| all.split(';')).map(str::trim);
    let is_url = query().any(is_of_query);
    let find = |name: &str| {
        if is_url {
            return query().map(pair).find(|(known, _)| *known == name).map(|(_, value)| value);
        }
        let named = |(known, value): (&'_ str, _)| {
            (known.strip_prefix(COOKIE) == Some(name)).then_some(value)
        };
        cookies().map(pair).find_map(named)
    };
    let [expires, policy, signature, key_id, hash] = NAMES.map(find);
    let by = if is_url { Carrier::Url } else { Carrier::Cookies };
    Parts { by, expires, policy, signature, key_id, hash }
}

/// The query without the parameters of a signature; none where nothing is left.
pub(super) fn own_query(request: &Request) -> Option<String> {
    let query = request.target.query()?;
    let own: Vec<&str> = query.split('&').filter(|parameter| !is_of_query(parameter)).collect();
    let own = own.join("&");
    (!own.is_empty()).then_some(own)
}

/// The request without them, and without their cookies.
pub(in crate::edge) fn without_parts(request: &Request) -> Option<Request> {
    let query = request.target.query().into_iter().flat_map(|query| query.split('&'));
    let in_query = query.filter(|parameter| is_of_query(parameter)).count() > 0;
    let all = || request.fields.all("Cookie").flat_map(|all| all.split(';'));
    let in_cookies = all().any(is_of_cookies);
    if !in_query && !in_cookies {
        return None;
    }
    let mut without = request.clone();
    if in_query {
        let query = own_query(request).unwrap_or_default();
        without.target = Target::new(request.target.path(), &query).ok()?;
    }
    if in_cookies {
        let own: Vec<&str> = all().filter(|cookie| !is_of_cookies(cookie)).map(str::trim).collect();
        put_cookies(&mut without, own.join("; "));
    }
    Some(without)
}

/// A request without any of them, with these in its query, behind its own parameters (SIG-04).
pub(super) fn with_query(
    request: &Request,
    parts: &[(&str, String)],
) -> Result<Request, TargetError> {
    let own = request.target.query().map(str::to_owned);
    let parts = parts.iter().map(|(name, value)| format!("{name}={value}"));
    let query: Vec<String> = own.into_iter().chain(parts).collect();
    let target = Target::new(request.target.path(), &query.join("&"))?;
    Ok(Request { target, ..request.clone() })
}

/// The same in cookies, behind its own ones (SIG-06).
pub(super) fn with_cookies(request: &Request, parts: &[(&str, String)]) -> Request {
    let own = request.fields.all("Cookie").map(str::to_owned);
    let parts = parts.iter().map(|(name, value)| format!("{COOKIE}{name}={value}"));
    let cookies: Vec<String> = own.chain(parts).collect();
    let mut with = request.clone();
    put_cookies(&mut with, cookies.join("; "));
    with
}

/// Puts all cookies into one field; of none there is none.
fn put_cookies(request: &mut Request, cookies: String) {
    let others = request.fields.iter().filter(|field| !field.is("Cookie")).cloned();
    let mut fields: Fields = others.collect();
    if !cookies.is_empty() {
        fields.add("Cookie", cookies);
    }
    request.fields = fields.into();
}
