//! Own origin request policies (CK-06, CK-07).

use super::ErrorCode::{
    InvalidArgument, TooManyCookiesInOriginRequestPolicy, TooManyHeadersInOriginRequestPolicy,
    TooManyQueryStringsInOriginRequestPolicy,
};
use super::header;
use super::reader::{Node, Quota, Reader};
use super::selection::{length_of_names, selection};
use crate::distribution::{OriginRequestPolicy, Selection, is_cloudfronts_own};

const HEADERS: Quota = Quota {
    most: 10,
    code: TooManyHeadersInOriginRequestPolicy,
    row: "QT-10",
    rule: "an origin request policy lists at most 10 headers",
};

const COOKIES: Quota = Quota {
    most: 10,
    code: TooManyCookiesInOriginRequestPolicy,
    row: "QT-10",
    rule: "an origin request policy lists at most 10 cookies",
};

const QUERY: Quota = Quota {
    most: 10,
    code: TooManyQueryStringsInOriginRequestPolicy,
    row: "QT-10",
    rule: "an origin request policy lists at most 10 query parameters",
};

/// Reads an `OriginRequestPolicyConfig`.
pub(super) fn origin_request_policy(reader: &mut Reader, node: &Node) -> OriginRequestPolicy {
    reader.is_object(node);
    let name = reader.needed_text(&node.member("Name")).unwrap_or_default();
    let (headers, names) = headers(reader, &node.member("HeadersConfig"));
    let cookies = selection(reader, node, "Cookie", &COOKIES, "CK-07");
    let query = selection(reader, node, "QueryString", &QUERY, "CK-07");
    length_of_names(reader, node, &names, [&cookies, &query]);
    let cloudfront_headers = if headers == Selection::All { names } else { Vec::new() };
    OriginRequestPolicy { name: name.into(), headers, cloudfront_headers, cookies, query }
}

/// The viewer's fields, and the names that are listed whatever they are for (CK-06).
fn headers(reader: &mut Reader, node: &Node) -> (Selection, Vec<String>) {
    reader.need(node);
    if !reader.is_object(node) {
        return (Selection::None, Vec::new());
    }
    let words = &["none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept"];
    let word = reader.needed_word(&node.member("HeaderBehavior"), words, "CK-06");
    let with_cloudfront = word == Some("allViewerAndWhitelistCloudFront");
    let mut names = Vec::new();
    for place in reader.list(&node.member("Headers"), Some(&HEADERS)) {
        let Some(name) = header::name(reader, &place, "ER-03") else { continue };
        if with_cloudfront && !is_cloudfronts_own(name) {
            let rule = "besides all of the viewer's headers only those that start with CloudFront- are listed";
            reader.refuse(&place, InvalidArgument, "CK-06", rule);
        }
        names.push(name.to_owned());
    }
    match word {
        Some("whitelist") => (Selection::Only(names.clone()), names),
        Some("allExcept") => (Selection::AllExcept(names.clone()), names),
        Some("allViewerAndWhitelistCloudFront") => (Selection::All, names),
        Some("allViewer") => (Selection::All, Vec::new()),
        _ => (Selection::None, Vec::new()),
    }
}
