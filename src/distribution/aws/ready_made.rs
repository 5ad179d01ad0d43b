//! What a function at the edge does: AWS's JSON names only its ARN, so a document of Edgewalk's own says it (IM-11).
//!
//! `{"EdgeFunction": {"ARN": "arn:aws:cloudfront::123456789012:function/spa", "Does": "SinglePage", "Page": "/index.html"}}`

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Range, Reader};
use super::{edge_functions, header};
use crate::distribution::{PathPattern, ReadyMade};
use crate::json::Json;

const KINDS: [&str; 8] = [
    "SinglePage",
    "StripPrefix",
    "SortQuery",
    "Redirect",
    "BasicAuth",
    "SetField",
    "SplitTest",
    "Throws",
];

/// Fields that decide how caches and origins read a request: no ready-made function sets them.
const NOT_SET: [&str; 2] = ["range", "if-"];

const PERCENT: Range = Range {
    least: 0,
    most: 100,
    code: InvalidArgument,
    row: "IM-11",
    rule: "a share is 0 to 100 in a hundred",
};

const STATUS: Range = Range {
    least: 301,
    most: 308,
    code: InvalidArgument,
    row: "IM-11",
    rule: "a redirect has the status 301, 302, 303, 307 or 308",
};

/// Reads a function: its ARN and what it does.
pub(super) fn ready_made(reader: &mut Reader, node: &Node) -> (Option<String>, ReadyMade) {
    reader.is_object(node);
    let place = node.member("ARN");
    let arn = reader.needed_text(&place);
    if arn.is_some_and(|arn| !edge_functions::is_arn(arn)) {
        let rule =
            "this must be the ARN of a CloudFront function or of a version of a Lambda function";
        reader.refuse(&place, InvalidArgument, "IM-11", rule);
    }
    let does = match node.member("Does").json().and_then(Json::as_text) {
        Some("SinglePage") => ReadyMade::SinglePage { page: path(reader, &node.member("Page")) },
        Some("StripPrefix") => {
            ReadyMade::StripPrefix { prefix: path(reader, &node.member("Prefix")) }
        }
        Some("SortQuery") => ReadyMade::SortQuery,
        Some("Redirect") => {
            let from = PathPattern::new(&text(reader, node, "From"));
            let to = text(reader, node, "To");
            let place = node.member("Status");
            let status = reader.within(&place, &STATUS).unwrap_or(302);
            if (304..=306).contains(&status) {
                reader.refuse(&place, STATUS.code, STATUS.row, STATUS.rule);
            }
            let is_line = to.bytes().all(|byte| byte.is_ascii_graphic());
            if !is_line {
                let rule = "a Location is an address without blanks";
                reader.refuse(&node.member("To"), InvalidArgument, "IM-11", rule);
            }
            ReadyMade::Redirect { from, to, status: status as u16 }
        }
        Some("BasicAuth") => {
            ReadyMade::BasicAuth { credentials: text(reader, node, "Credentials") }
        }
        Some("SetField") => set_field(reader, node),
        Some("SplitTest") => {
            let cookie = text(reader, node, "Cookie");
            let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            if !cookie.bytes().all(is_token) {
                let rule = "a cookie's name is letters, digits, - _ and .";
                reader.refuse(&node.member("Cookie"), InvalidArgument, "IM-11", rule);
            }
            let percent = reader.within(&node.member("Percent"), &PERCENT).unwrap_or(50);
            ReadyMade::SplitTest { cookie, percent: percent as u8 }
        }
        _ => {
            reader.needed_word(&node.member("Does"), &KINDS, "IM-11");
            ReadyMade::Throws
        }
    };
    (arn.map(String::from), does)
}

fn text(reader: &mut Reader, node: &Node, name: &str) -> String {
    reader.needed_text(&node.member(name)).unwrap_or_default().to_owned()
}

fn path(reader: &mut Reader, place: &Node) -> String {
    reader.needed_text(place);
    reader.relative_path(place, "EDGE-09").unwrap_or("/").to_owned()
}

fn set_field(reader: &mut Reader, node: &Node) -> ReadyMade {
    let place = node.member("Name");
    let name = header::name(reader, &place, "EDGE-48").unwrap_or("X-Edgewalk").to_owned();
    let lower = name.to_ascii_lowercase();
    if NOT_SET.iter().any(|start| lower.starts_with(start)) {
        let rule = "no ready-made function makes a request conditional or asks for a part";
        reader.refuse(&place, InvalidArgument, "IM-11", rule);
    }
    let place = node.member("Value");
    let value = reader.needed_text(&place).unwrap_or_default().to_owned();
    header::is_value(reader, &place, &value, "IM-11");
    ReadyMade::SetField { name, value }
}
