//! Custom header fields: those that an origin gets (OR-04, OR-05), and what they have in common with others.

use super::ErrorCode::{InvalidArgument, TooManyOriginCustomHeaders};
use super::header;
use super::reader::{Node, Quota, Reader};

/// LIM-20.
const LONGEST_NAME: usize = 256;
/// LIM-20.
const LONGEST_VALUE: usize = 1_783;
/// LIM-20: all names and values of an origin.
const LONGEST_TOTAL: usize = 10_240;

const QUOTA: Quota = Quota {
    most: 30,
    code: TooManyOriginCustomHeaders,
    row: "OR-04",
    rule: "an origin has at most 30 custom headers",
};

/// OR-05, in lower case; besides these, whatever starts with X-Amz- or X-Edge-.
const FORBIDDEN: [&str; 23] = [
    "cache-control",
    "connection",
    "content-length",
    "cookie",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "pragma",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "request-range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-real-ip",
];

/// Reads an origin's `CustomHeaders`.
pub(super) fn custom_headers(reader: &mut Reader, node: &Node) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    let mut total = 0;
    for place in reader.list(node, Some(&QUOTA)) {
        if !reader.object(&place, &["HeaderName", "HeaderValue"]) {
            continue;
        }
        let header =
            field(reader, &place.member("HeaderName"), &place.member("HeaderValue"), "OR-04");
        let Some((name, value)) = header else { continue };
        total += name.len() + value.len();
        let lower = name.to_ascii_lowercase();
        if FORBIDDEN.contains(&&*lower)
            || lower.starts_with("x-amz-")
            || lower.starts_with("x-edge-")
        {
            let rule = "CloudFront keeps this name to itself: it can't be a custom header";
            reader.refuse(&place.member("HeaderName"), InvalidArgument, "OR-05", rule);
        }
        headers.push((name, value));
    }
    if total > LONGEST_TOTAL {
        let rule = "the custom headers of an origin have at most 10,240 characters together";
        reader.refuse_given(node, &total.to_string(), InvalidArgument, "OR-04", rule);
    }
    headers
}

/// Reads a name and a value, which may be empty (AE-14), and holds them against their lengths and RFC 9110 section 5.
pub(super) fn field(
    reader: &mut Reader,
    name_place: &Node,
    value_place: &Node,
    row: &'static str,
) -> Option<(String, String)> {
    reader.need(value_place);
    let name = reader.needed_text(name_place);
    let value = reader.text(value_place);
    let (name, value) = (name?, value?);
    let rule = "the name of a custom header has at most 256 characters";
    let is_name = fits(reader, name_place, name, LONGEST_NAME, row, rule)
        && header::is_name(reader, name_place, name, row);
    let rule = "the value of a custom header has at most 1,783 characters";
    let is_value = fits(reader, value_place, value, LONGEST_VALUE, row, rule)
        && header::is_value(reader, value_place, value, row);
    (is_name && is_value).then(|| (name.to_owned(), value.to_owned()))
}

/// Whether a text is no longer than it may be; it is refused by `row` where it is.
fn fits(
    reader: &mut Reader,
    place: &Node,
    text: &str,
    longest: usize,
    row: &'static str,
    rule: &str,
) -> bool {
    let fits = text.len() <= longest;
    if !fits {
        reader.refuse(place, InvalidArgument, row, rule);
    }
    fits
}
