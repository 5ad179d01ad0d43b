//! Own cache policies (CK-01 to CK-05, KEY-09).

use super::ErrorCode::{
    InvalidArgument, TooManyCookiesInCachePolicy, TooManyHeadersInCachePolicy,
    TooManyQueryStringsInCachePolicy,
};
use super::key_headers::key_headers;
use super::reader::{Node, Quota, Reader};
use super::selection::{length_of_names, selection};
use super::ttl;
use crate::distribution::{CachePolicy, Selection};

const HEADERS: Quota = Quota {
    most: 10,
    code: TooManyHeadersInCachePolicy,
    row: "KEY-09",
    rule: "a cache policy lists at most 10 headers",
};

const COOKIES: Quota = Quota {
    most: 10,
    code: TooManyCookiesInCachePolicy,
    row: "KEY-09",
    rule: "a cache policy lists at most 10 cookies",
};

const QUERY: Quota = Quota {
    most: 10,
    code: TooManyQueryStringsInCachePolicy,
    row: "KEY-09",
    rule: "a cache policy lists at most 10 query parameters",
};

/// Reads a `CachePolicyConfig`.
pub(super) fn cache_policy(reader: &mut Reader, node: &Node) -> CachePolicy {
    reader.is_object(node);
    let name = reader.needed_text(&node.member("Name")).unwrap_or_default();
    reader.need(&node.member("MinTTL"));
    let ttl = ttl::bounds(reader, node, InvalidArgument);
    let key = node.member("ParametersInCacheKeyAndForwardedToOrigin");
    let mut policy = CachePolicy {
        name: name.into(),
        ttl,
        key_headers: Vec::new(),
        cookies: Selection::None,
        query: Selection::None,
        gzip: false,
        brotli: false,
        legacy: None,
    };
    if !reader.is_object(&key) {
        return policy;
    }
    policy.gzip = reader.needed_flag(&key.member("EnableAcceptEncodingGzip")).unwrap_or(false);
    policy.brotli = reader.flag(&key.member("EnableAcceptEncodingBrotli")).unwrap_or(false);
    policy.key_headers = headers(reader, &key.member("HeadersConfig"));
    policy.cookies = selection(reader, &key, "Cookie", &COOKIES, "COOK-01");
    policy.query = selection(reader, &key, "QueryString", &QUERY, "QS-01");
    length_of_names(reader, &key, &policy.key_headers, [&policy.cookies, &policy.query]);
    let has_key = !policy.key_headers.is_empty()
        || policy.cookies != Selection::None
        || policy.query != Selection::None;
    if ttl.is_off() && has_key {
        let rule = "a policy whose three TTLs are 0 has no headers, cookies or query parameters in the key";
        reader.refuse(&key, InvalidArgument, "TTL-27", rule);
    }
    policy
}

/// HDRK-01: none or listed, and no "all".
fn headers(reader: &mut Reader, node: &Node) -> Vec<String> {
    reader.need(node);
    if !reader.is_object(node) {
        return Vec::new();
    }
    let word =
        reader.needed_word(&node.member("HeaderBehavior"), &["none", "whitelist"], "HDRK-01");
    let place = node.member("Headers");
    let names = key_headers(reader, &place, &HEADERS);
    if names.iter().any(|name| name == "*") {
        let rule = "a cache policy has no word for all headers: each that is in the key is listed by its name";
        reader.refuse(&place, InvalidArgument, "HDRK-01", rule);
    }
    if word == Some("whitelist") { names } else { Vec::new() }
}
