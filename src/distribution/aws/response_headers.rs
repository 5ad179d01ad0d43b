//! Own response headers policies (RH-09; distribution.md section 3.3).

use super::ErrorCode::{InvalidArgument, TooManyCustomHeadersInResponseHeadersPolicy};
use super::reader::{Node, Quota, Reader};
use super::security_headers::{MAX_AGE, security_headers};
use super::{custom_headers, header};
use crate::distribution::{Cors, PolicyField, ResponseHeadersPolicy, SamplingRate};
use crate::json::Json;

const CUSTOM: Quota = Quota {
    most: 10,
    code: TooManyCustomHeadersInResponseHeadersPolicy,
    row: "QT-13",
    rule: "a response headers policy adds at most 10 custom headers",
};

/// QT-39.
const LONGEST_ORIGIN: usize = 1_783;

/// What can't be removed (below MS-05), in lower case; besides these, whatever starts with X-Amz-Cf- or X-Edge-.
const STAYS: [&str; 7] = [
    "connection",
    "content-encoding",
    "content-length",
    "host",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Reads a `ResponseHeadersPolicyConfig`.
pub(super) fn response_headers_policy(reader: &mut Reader, node: &Node) -> ResponseHeadersPolicy {
    reader.is_object(node);
    let name = reader.needed_text(&node.member("Name")).unwrap_or_default().to_owned();
    let cors = cors(reader, &node.member("CorsConfig"));
    let mut fields = security_headers(reader, &node.member("SecurityHeadersConfig"));
    fields.extend(custom(reader, &node.member("CustomHeadersConfig")));
    let remove = remove(reader, &node.member("RemoveHeadersConfig"));
    let server_timing = server_timing(reader, &node.member("ServerTimingHeadersConfig"));
    ResponseHeadersPolicy { name, remove, cors, fields, server_timing }
}

fn cors(reader: &mut Reader, node: &Node) -> Option<Cors> {
    if !reader.is_object(node) {
        return None;
    }
    for name in ["Origins", "Methods", "Headers"] {
        reader.need(&node.member(&format!("AccessControlAllow{name}")));
    }
    let allow_origins = values(reader, &node.member("AccessControlAllowOrigins"));
    if allow_origins.iter().any(|origin| origin.len() > LONGEST_ORIGIN) {
        let rule = "an origin in Access-Control-Allow-Origin has at most 1,783 characters";
        let place = node.member("AccessControlAllowOrigins");
        reader.refuse(&place, InvalidArgument, "QT-39", rule);
    }
    let max_age = reader.within(&node.member("AccessControlMaxAgeSec"), &MAX_AGE);
    let credentials = reader.needed_flag(&node.member("AccessControlAllowCredentials"));
    Some(Cors {
        allow_origins,
        allow_methods: methods(reader, &node.member("AccessControlAllowMethods")),
        allow_headers: values(reader, &node.member("AccessControlAllowHeaders")),
        expose_headers: values(reader, &node.member("AccessControlExposeHeaders")),
        allow_credentials: credentials.unwrap_or(false),
        max_age_secs: max_age,
        overrides: reader.needed_flag(&node.member("OriginOverride")).unwrap_or(false),
    })
}

/// Texts that a field's value can hold.
fn values(reader: &mut Reader, node: &Node) -> Vec<String> {
    let places = reader.list(node, None);
    let value = |place: &Node| {
        let value = reader.needed_text(place)?;
        header::is_value(reader, place, value, "CB-09").then(|| value.to_owned())
    };
    places.iter().filter_map(value).collect()
}

/// `ALL` stands for the seven others.
fn methods(reader: &mut Reader, node: &Node) -> Vec<String> {
    let words = &["ALL", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    let places = reader.list(node, None);
    let listed: Vec<&str> =
        places.iter().filter_map(|place| reader.word(place, words, "CB-09")).collect();
    let methods = if listed.contains(&"ALL") { &words[1..] } else { &listed[..] };
    methods.iter().map(|method| (*method).to_owned()).collect()
}

fn custom(reader: &mut Reader, node: &Node) -> Vec<PolicyField> {
    let places = reader.list(node, Some(&CUSTOM));
    let field = |place: &Node| {
        if !reader.is_object(place) {
            return None;
        }
        let overrides = reader.needed_flag(&place.member("Override")).unwrap_or(false);
        let (header, value) = (place.member("Header"), place.member("Value"));
        let (name, value) = custom_headers::field(reader, &header, &value, "LIM-20")?;
        Some(PolicyField { name, value, overrides })
    };
    places.iter().filter_map(field).collect()
}

fn remove(reader: &mut Reader, node: &Node) -> Vec<String> {
    let places = reader.list(node, None);
    let name = |place: &Node| {
        if !reader.is_object(place) {
            return None;
        }
        let place = place.member("Header");
        let name = header::name(reader, &place, "ER-03")?;
        let lower = name.to_ascii_lowercase();
        let is_kept = STAYS.contains(&&*lower);
        if is_kept || lower.starts_with("x-amz-cf-") || lower.starts_with("x-edge-") {
            let rule = "CloudFront needs this header: it can't be removed";
            reader.refuse(&place, InvalidArgument, "RH-09", rule);
        }
        Some(name.to_owned())
    };
    places.iter().filter_map(name).collect()
}

/// ST-15: up to four decimals of a percent.
fn server_timing(reader: &mut Reader, node: &Node) -> Option<SamplingRate> {
    if !reader.is_object(node) {
        return None;
    }
    let is_enabled = reader.needed_flag(&node.member("Enabled"))?;
    let place = node.member("SamplingRate");
    let rate = match place.json() {
        None => Some(SamplingRate::NONE),
        Some(Json::Whole(percent)) => sampling_rate(&percent.to_string()),
        Some(Json::Fraction(percent)) => sampling_rate(percent),
        Some(_) => None,
    };
    if rate.is_none() {
        let rule = "a sampling rate is a number from 0 to 100 with at most four decimals";
        reader.refuse(&place, InvalidArgument, "ST-15", rule);
    }
    rate.filter(|_| is_enabled)
}

/// A number of percent from 0 to 100 with at most four decimals that count.
fn sampling_rate(percent: &str) -> Option<SamplingRate> {
    let (whole, decimals) = percent.split_once('.').unwrap_or((percent, ""));
    let decimals = decimals.trim_end_matches('0');
    let is_number = decimals.len() <= 4 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let whole: u32 = whole.parse().ok().filter(|whole| is_number && *whole <= 100)?;
    let ten_thousandths: u32 = format!("{decimals:0<4}").parse().ok()?;
    SamplingRate::new(whole * 10_000 + ten_thousandths)
}
