//! The security fields of an own response headers policy.

use super::ErrorCode::{InvalidArgument, TooLongCSPInResponseHeadersPolicy};
use super::header;
use super::reader::{Node, Range, Reader};
use crate::distribution::PolicyField;
use crate::json::Json;

/// QT-39.
const LONGEST_CSP: usize = 1_783;

/// A length of time in a field.
pub(super) const MAX_AGE: Range = Range {
    least: 0,
    most: i32::MAX as i64,
    code: InvalidArgument,
    row: "CB-09",
    rule: "an age is 0 seconds up to 2,147,483,647",
};

/// Name and value of the field that a member asks for.
type Said = Option<(&'static str, String)>;
/// What reads a member, which is an object.
type Reads = fn(&mut Reader, &Node) -> Said;

/// The members with what reads each, in the order of MS-01 to MS-05 with Content-Security-Policy first.
const MEMBERS: [(&str, Reads); 6] = [
    ("ContentSecurityPolicy", content_security_policy),
    ("ReferrerPolicy", referrer_policy),
    ("StrictTransportSecurity", strict_transport_security),
    ("ContentTypeOptions", |_, _| Some(("X-Content-Type-Options", "nosniff".into()))),
    ("FrameOptions", frame_options),
    ("XSSProtection", xss_protection),
];

/// Reads `SecurityHeadersConfig`.
pub(super) fn security_headers(reader: &mut Reader, node: &Node) -> Vec<PolicyField> {
    if !reader.is_object(node) {
        return Vec::new();
    }
    let mut fields = Vec::new();
    for (member, read) in MEMBERS {
        let place = node.member(member);
        if !reader.is_object(&place) {
            continue;
        }
        let field = read(reader, &place);
        let overrides = reader.needed_flag(&place.member("Override")).unwrap_or(false);
        if let Some((name, value)) = field {
            fields.push(PolicyField { name: name.into(), value, overrides });
        }
    }
    fields
}

fn content_security_policy(reader: &mut Reader, node: &Node) -> Said {
    let place = node.member("ContentSecurityPolicy");
    let value = reader.needed_text(&place)?;
    if value.len() > LONGEST_CSP {
        let rule = "a content security policy has at most 1,783 characters";
        let code = TooLongCSPInResponseHeadersPolicy;
        reader.refuse_given(&place, &value.len().to_string(), code, "QT-39", rule);
    } else {
        header::is_value(reader, &place, value, "CB-09");
    }
    Some(("Content-Security-Policy", value.into()))
}

fn referrer_policy(reader: &mut Reader, node: &Node) -> Said {
    let words = &[
        "no-referrer",
        "no-referrer-when-downgrade",
        "origin",
        "origin-when-cross-origin",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ];
    let word = reader.needed_word(&node.member("ReferrerPolicy"), words, "CB-09")?;
    Some(("Referrer-Policy", word.into()))
}

fn strict_transport_security(reader: &mut Reader, node: &Node) -> Said {
    let place = node.member("AccessControlMaxAgeSec");
    reader.need(&place);
    let with_subdomains = reader.flag(&node.member("IncludeSubdomains")) == Some(true);
    let preload = reader.flag(&node.member("Preload")) == Some(true);
    let mut value = format!("max-age={}", reader.within(&place, &MAX_AGE)?);
    if with_subdomains {
        value.push_str("; includeSubDomains");
    }
    if preload {
        value.push_str("; preload");
    }
    Some(("Strict-Transport-Security", value))
}

fn frame_options(reader: &mut Reader, node: &Node) -> Said {
    let word = reader.needed_word(&node.member("FrameOption"), &["DENY", "SAMEORIGIN"], "CB-09")?;
    Some(("X-Frame-Options", word.into()))
}

fn xss_protection(reader: &mut Reader, node: &Node) -> Said {
    let is_on = reader.needed_flag(&node.member("Protection"))?;
    let blocks = reader.flag(&node.member("ModeBlock")) == Some(true);
    let place = node.member("ReportUri");
    let report = reader.filled_text(&place);
    let is_sound = report.is_none_or(|uri| header::is_value(reader, &place, uri, "CB-09"));
    if is_sound && report.is_some() && blocks {
        let rule = "a report URI and the mode that blocks exclude each other";
        reader.refuse(&place, InvalidArgument, "CB-09", rule);
    }
    let value = match (is_on, blocks, report) {
        (false, ..) => "0".into(),
        (true, true, _) => "1; mode=block".into(),
        (true, false, Some(uri)) => format!("1; report={uri}"),
        (true, false, None) => "1".into(),
    };
    Some(("X-XSS-Protection", value))
}

/// The members of a `SecurityHeadersConfig` that ask for the first of these fields, and the fields that none asks for.
pub(super) fn written(fields: &[PolicyField]) -> (Json, &[PolicyField]) {
    let mut members = Vec::new();
    let (mut rest, mut next) = (fields, 0);
    while let Some((field, others)) = rest.split_first() {
        let found = MEMBERS.iter().enumerate().skip(next).find_map(|(place, (name, _))| {
            member_for(name, field).map(|said| (place, *name, said))
        });
        let Some((place, name, mut said)) = found else { break };
        said.push(("Override", Json::Flag(field.overrides)));
        members.push((name, Json::object(said)));
        (rest, next) = (others, place + 1);
    }
    (Json::object(members), rest)
}

/// What a member says that asks for this field, if it can.
fn member_for(member: &str, field: &PolicyField) -> Option<Vec<(&'static str, Json)>> {
    let is = |name: &str| field.name == name;
    let text = || Json::text(&field.value);
    match member {
        "ContentSecurityPolicy" if is("Content-Security-Policy") => {
            Some(vec![("ContentSecurityPolicy", text())])
        }
        "ReferrerPolicy" if is("Referrer-Policy") => Some(vec![("ReferrerPolicy", text())]),
        "StrictTransportSecurity" if is("Strict-Transport-Security") => {
            let mut parts = field.value.split("; ");
            let secs = parts.next()?.strip_prefix("max-age=")?.parse().ok()?;
            let mut said = vec![("AccessControlMaxAgeSec", Json::Whole(secs))];
            let rest: Vec<&str> = parts.collect();
            let (subdomains, preload) = match rest[..] {
                [] => (false, false),
                ["includeSubDomains"] => (true, false),
                ["preload"] => (false, true),
                ["includeSubDomains", "preload"] => (true, true),
                _ => return None,
            };
            said.push(("IncludeSubdomains", Json::Flag(subdomains)));
            said.push(("Preload", Json::Flag(preload)));
            Some(said)
        }
        "ContentTypeOptions" if is("X-Content-Type-Options") && field.value == "nosniff" => {
            Some(Vec::new())
        }
        "FrameOptions" if is("X-Frame-Options") => Some(vec![("FrameOption", text())]),
        "XSSProtection" if is("X-XSS-Protection") => {
            let (is_on, blocks, report) = match &*field.value {
                "0" => (false, false, None),
                "1" => (true, false, None),
                "1; mode=block" => (true, true, None),
                value => (true, false, Some(value.strip_prefix("1; report=")?)),
            };
            let mut said =
                vec![("Protection", Json::Flag(is_on)), ("ModeBlock", Json::Flag(blocks))];
            said.extend(report.map(|uri| ("ReportUri", Json::text(uri))));
            Some(said)
        }
        _ => None,
    }
}
