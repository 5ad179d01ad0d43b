//! The legacy cache settings of a behavior: `ForwardedValues` and three TTLs (CB-10, CB-11, CK-12 to CK-14).

use super::ErrorCode::{
    InvalidArgument, InvalidForwardCookies, InvalidQueryStringParameters, InvalidTTLOrder,
    TooManyCookieNamesInWhiteList, TooManyHeadersInForwardedValues, TooManyQueryStringParameters,
};
use super::key_headers::key_headers;
use super::reader::{Node, Quota, Reader};
use super::ttl;
use crate::distribution::{CachePolicy, LegacySettings, PathPattern, Selection, TtlBounds};

const HEADERS: Quota = Quota {
    most: 10,
    code: TooManyHeadersInForwardedValues,
    row: "QT-14",
    rule: "the legacy settings list at most 10 headers",
};

const COOKIES: Quota = Quota {
    most: 10,
    code: TooManyCookieNamesInWhiteList,
    row: "QT-16",
    rule: "the legacy settings list at most 10 cookies",
};

const QUERY: Quota = Quota {
    most: 10,
    code: TooManyQueryStringParameters,
    row: "QT-17",
    rule: "the legacy settings list at most 10 query parameters",
};

/// QT-17, LIM-22: one name, in characters.
const LONGEST_NAME: usize = 128;
/// LIM-22: all names in `QueryStringCacheKeys`, which is what the quota calls one parameter.
const LONGEST_NAMES: usize = 512;

/// Reads the legacy settings of a behavior as the cache policy that does the same.
pub(super) fn cache_policy(reader: &mut Reader, behavior: &Node, compress: bool) -> CachePolicy {
    let node = behavior.member("ForwardedValues");
    reader.object(&node, &["QueryString", "Cookies", "Headers", "QueryStringCacheKeys"]);
    let forwards_all_query = reader.needed_flag(&node.member("QueryString")).unwrap_or(false);
    let query = query(reader, &node.member("QueryStringCacheKeys"), forwards_all_query);
    let cookies = cookies(reader, &node.member("Cookies"));
    let headers = key_headers(reader, &node.member("Headers"), &HEADERS);
    let forwards_all_headers = headers.iter().any(|name| name == "*");
    let ttl = ttl::bounds(reader, behavior, InvalidTTLOrder);
    if forwards_all_headers && ttl.min > 0 {
        let rule = "the minimum TTL is 0 where all headers are forwarded";
        reader.refuse(&behavior.member("MinTTL"), InvalidArgument, "CB-11", rule);
    }
    let caching_off = TtlBounds { min: 0, default: 0, max: 0 };
    CachePolicy {
        name: "Legacy cache settings".into(),
        // HDRK-06: nothing is cached, which is what three zeros say (TTL-27).
        ttl: if forwards_all_headers { caching_off } else { ttl },
        key_headers: if forwards_all_headers { Vec::new() } else { headers },
        cookies,
        query,
        gzip: compress,
        brotli: false, // AE-16, CMP-05
        legacy: Some(LegacySettings { forwards_all_query, forwards_all_headers }),
    }
}

/// CK-12, QS-07.
fn query(reader: &mut Reader, node: &Node, forwards_all: bool) -> Selection {
    let places = reader.list(node, Some(&QUERY));
    let mut names = Vec::new();
    for place in &places {
        let Some(name) = reader.needed_text(place) else { continue };
        if name.len() > LONGEST_NAME {
            let rule = "the name of a query parameter has at most 128 characters";
            reader.refuse(place, InvalidQueryStringParameters, "QT-17", rule);
        }
        names.push(name.to_owned());
    }
    let length: usize = names.iter().map(String::len).sum();
    if length > LONGEST_NAMES {
        let rule = "the names of the query parameters have at most 512 characters together";
        let given = format!("{length} characters in {} names", names.len());
        reader.refuse_given(node, &given, InvalidQueryStringParameters, "LIM-22", rule);
    }
    match (forwards_all, places.is_empty()) {
        (false, _) => Selection::None,
        (true, true) => Selection::All,
        (true, false) => Selection::Only(names),
    }
}

/// CK-14, ER-16.
fn cookies(reader: &mut Reader, node: &Node) -> Selection {
    if !reader.needed_object(node, &["Forward", "WhitelistedNames"]) {
        return Selection::None;
    }
    let list = node.member("WhitelistedNames");
    let names = reader.texts(&list, Some(&COOKIES));
    let bytes: usize = names.iter().map(String::len).sum();
    if bytes + names.len() > 512 {
        let rule = "the names of the cookies have at most 512 bytes less one for each";
        let given = format!("{bytes} bytes in {} names", names.len()); // COOK-07
        reader.refuse_given(&list, &given, TooManyCookieNamesInWhiteList, "COOK-07", rule);
    }
    let forward =
        reader.needed_word(&node.member("Forward"), &["none", "whitelist", "all"], "CK-14");
    let is_whitelist = forward == Some("whitelist");
    if forward.is_some() && is_whitelist == names.is_empty() {
        let rule = "names of cookies are given where Forward is whitelist, and only there";
        reader.refuse(&list, InvalidForwardCookies, "ER-16", rule);
    }
    match forward {
        Some("all") => Selection::All,
        Some("whitelist") => {
            Selection::Like(names.iter().map(|name| PathPattern::new(name)).collect()) // KEY-08
        }
        _ => Selection::None,
    }
}
