//! Compression at the POP (caching.md section 5.2).

use serde::{Deserialize, Serialize};

use super::cache_key::AcceptEncoding;
use crate::http::{Coding, Response, validators};

/// CMP-02: the least and the most bytes that are compressed.
const SIZES: std::ops::RangeInclusive<u64> = 1_000..=10_000_000;

/// The types that are compressed, each in its group. Types that are not listed go out as they are.
#[rustfmt::skip]
const TYPES: [(&str, &[&str]); 4] = [
    ("application/", &[
        "dash+xml", "eot", "font", "font-sfnt", "javascript", "json", "opentype", "otf", "pdf", "pkcs7-mime", "protobuf",
        "rss+xml", "truetype", "ttf", "vnd.apple.mpegurl", "vnd.mapbox-vector-tile", "vnd.ms-fontobject", "wasm",
        "xhtml+xml", "xml", "x-font-opentype", "x-font-truetype", "x-font-ttf", "x-httpd-cgi", "x-javascript",
        "x-mpegurl", "x-opentype", "x-otf", "x-perl", "x-ttf",
    ]),
    ("font/", &["eot", "opentype", "otf", "ttf"]),
    ("image/", &["svg+xml"]),
    ("text/", &[
        "css", "csv", "html", "javascript", "js", "plain", "richtext", "tab-separated-values", "xml", "x-component",
        "x-java-source", "x-script",
    ]),
];

/// Why a response is not compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotCompressed {
    /// The viewer takes none of the codings that the policy offers (CMP-01, AE-15).
    NotAccepted,
    /// The status is none of 200, 403 and 404 (CMP-01).
    Status,
    /// The origin sent it coded (CMP-10).
    Coded,
    /// It has no readable Content-Length (CMP-03).
    NoLength,
    /// It is too small or too large (CMP-02).
    Size,
    /// Its type is not on the list (CMP-01).
    Type,
}

/// The coding with which the POP stores and sends a whole response under a behavior that compresses, or why it leaves it as
/// it is.
pub fn choose(
    response: &Response,
    accepted: Option<AcceptEncoding>,
) -> Result<Coding, NotCompressed> {
    let coding = match accepted {
        None => return Err(NotCompressed::NotAccepted),
        Some(AcceptEncoding::Br | AcceptEncoding::BrGzip) => Coding::Br, // CMP-04
        Some(AcceptEncoding::Gzip) => Coding::Gzip,
    };
    if !matches!(response.status.0, 200 | 403 | 404) {
        return Err(NotCompressed::Status);
    }
    if response.fields.has("Content-Encoding") {
        return Err(NotCompressed::Coded); // CMP-10
    }
    let length = response.fields.content_length();
    match length {
        None => Err(NotCompressed::NoLength), // CMP-03
        Some(length) if !SIZES.contains(&length) => Err(NotCompressed::Size), // CMP-02
        Some(_) if !is_listed(response) => Err(NotCompressed::Type), // CMP-01
        Some(_) => Ok(coding),
    }
}

/// MODEL: compared up to the semicolon.
fn is_listed(response: &Response) -> bool {
    let value = response.fields.get("Content-Type").unwrap_or_default();
    let media_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "vnd.apple.mpegurl"
        || TYPES.iter().any(|(group, types)| {
            media_type.strip_prefix(group).is_some_and(|name| types.contains(&name))
        })
}

/// MODEL: what remains of the content, in thousandths. A simulated body has no bytes to compress; where there are some,
/// they decide.
const GZIP_THOUSANDTHS: u64 = 300;
/// MODEL: the same for Brotli.
const BR_THOUSANDTHS: u64 = 250;

/// The response as the POP stores and sends it.
pub fn compressed(response: &Response, coding: Coding) -> Response {
    let mut fields = (*response.fields).clone();
    fields.remove("Content-Length");
    fields.add("Content-Encoding", coding.as_str());
    weaken(&mut fields);
    let share = match coding {
        Coding::Gzip => GZIP_THOUSANDTHS,
        Coding::Br => BR_THOUSANDTHS,
    };
    let mut body = response.body;
    body.length = (body.length * share).div_ceil(1000); // RNG-09
    body.coding = Some(coding);
    Response { fields: fields.into(), body, ..*response }
}

/// The entity-tag of what the edge compressed is weak; one that is none is removed (CMP-07 to CMP-09).
pub(super) fn weaken(fields: &mut crate::http::Fields) {
    let Some(etag) = fields.get("ETag").map(validators::weakened) else { return };
    match etag {
        Some(etag) => fields.set("ETag", etag), // CMP-07, CMP-08
        None => {
            fields.remove("ETag"); // CMP-09
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::{Body, Fields, Status};

    const HTML: &str = "Content-Type: text/html; charset=utf-8\nContent-Length: 1000";

    fn response(status: u16, fields: &str) -> Response {
        let fields = Fields::parse(fields).unwrap().into();
        Response {
            status: Status(status),
            fields,
            body: Body { length: 1000, version: 1, coding: None },
        }
    }

    fn check(
        status: u16,
        fields: &str,
        accepted: Option<AcceptEncoding>,
    ) -> Result<Coding, NotCompressed> {
        choose(&response(status, fields), accepted)
    }

    #[test]
    fn cmp_01_to_04_what_is_compressed() {
        let both = Some(AcceptEncoding::BrGzip);
        assert_eq!(check(200, HTML, both), Ok(Coding::Br), "CMP-04");
        assert_eq!(check(200, HTML, Some(AcceptEncoding::Gzip)), Ok(Coding::Gzip), "CMP-01");
        assert_eq!(check(200, HTML, None), Err(NotCompressed::NotAccepted), "CMP-01");
        for (status, compressed) in
            [(403, true), (404, true), (500, false), (206, false), (301, false)]
        {
            assert_eq!(check(status, HTML, both).is_ok(), compressed, "CMP-01 {status}");
        }
        for (length, compressed) in
            [("999", false), ("1000", true), ("10000000", true), ("10000001", false)]
        {
            let fields = format!("Content-Type: text/css\nContent-Length: {length}");
            assert_eq!(check(200, &fields, both).is_ok(), compressed, "CMP-02 {length}");
        }
        for length in ["", "\nContent-Length: many"] {
            let fields = format!("Content-Type: text/css{length}");
            assert_eq!(check(200, &fields, both), Err(NotCompressed::NoLength), "CMP-03");
        }
        let coded = format!("{HTML}\nContent-Encoding: x");
        assert_eq!(check(200, &coded, both), Err(NotCompressed::Coded), "CMP-10");
        for (media_type, compressed) in [
            ("application/json", true),
            ("application/pdf", true),
            ("APPLICATION/WASM", true),
            ("image/svg+xml", true),
            ("vnd.apple.mpegurl", true),
            ("font/woff2", false),
            ("image/png", false),
            ("application/ld+json", false),
            ("text/markdown", false),
        ] {
            let fields = format!("Content-Type: {media_type}\nContent-Length: 2000");
            assert_eq!(check(200, &fields, both).is_ok(), compressed, "{media_type}");
        }
    }

    #[test]
    fn cmp_01_the_types_are_those_of_the_reference() {
        let reference = include_str!("../../docs/reference/caching.md");
        let line = reference.lines().find(|line| line.starts_with("Types (page")).unwrap();
        let (listed, others) = line.split_once(" Not listed: ").unwrap();
        let groups = listed.split_once("): ").unwrap().1.trim_end_matches('.').split("; ");
        let named: Vec<String> = groups
            .flat_map(|group| match group.split_once('{') {
                Some((prefix, names)) => {
                    let names = names.trim_end_matches('}').split(", ");
                    names.map(|name| format!("{prefix}{name}")).collect()
                }
                None => vec![group.to_owned()],
            })
            .collect();
        let kept: usize = TYPES.iter().map(|(_, names)| names.len()).sum();
        assert_eq!(named.len(), kept + 1, "CMP-01: none but these, and one without a group");
        let is_compressed = |media_type: &str| {
            let fields = format!("Content-Type: {media_type}\nContent-Length: 2000");
            check(200, &fields, Some(AcceptEncoding::Gzip)).is_ok()
        };
        for media_type in &named {
            assert!(is_compressed(media_type), "CMP-01: {media_type}");
        }
        for media_type in others.split_once(". ").unwrap().0.split(", ") {
            assert!(!is_compressed(media_type), "CMP-01: {media_type}");
        }
    }

    #[test]
    fn cmp_07_08_09_entity_tags() {
        for (sent, kept) in [("\"x\"", Some("W/\"x\"")), ("W/\"x\"", Some("W/\"x\"")), ("x", None)]
        {
            let fields = format!("{HTML}\nETag: {sent}");
            let stored = compressed(&response(200, &fields), Coding::Gzip);
            assert_eq!(stored.fields.get("ETag"), kept, "{sent}");
            assert_eq!(stored.fields.get("Content-Encoding"), Some("gzip"));
            assert!(!stored.fields.has("Content-Length") && stored.body.length == 300);
        }
    }
}
