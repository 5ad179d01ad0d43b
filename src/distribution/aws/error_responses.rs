//! Custom error responses (distribution.md section 4).

use super::ErrorCode::{InvalidArgument, InvalidErrorCode, InvalidResponseCode};
use super::reader::{Node, Range, Reader};
use crate::distribution::{ErrorPage, ErrorResponse};

/// CE-04. The largest value is not published (UV-06).
const MIN_TTL_SECS: Range = Range {
    least: 0,
    most: i64::MAX,
    code: InvalidArgument,
    row: "CE-04",
    rule: "the error caching minimum TTL is 0 seconds or more",
};

/// Reads `CustomErrorResponses`.
pub(super) fn error_responses(reader: &mut Reader, node: &Node) -> Vec<ErrorResponse> {
    let mut responses: Vec<ErrorResponse> = Vec::new();
    for place in reader.list(node, None) {
        let known = ["ErrorCode", "ResponsePagePath", "ResponseCode", "ErrorCachingMinTTL"];
        if !reader.object(&place, &known) {
            continue;
        }
        let status = status(reader, &place.member("ErrorCode"));
        let page = page(reader, &place);
        let min_ttl = reader.within(&place.member("ErrorCachingMinTTL"), &MIN_TTL_SECS);
        let Some(status) = status else { continue };
        if responses.iter().any(|other| other.status == status) {
            let rule = "an error code has one entry";
            reader.refuse(&place.member("ErrorCode"), InvalidErrorCode, "CE-01", rule);
            continue;
        }
        let min_ttl_secs = min_ttl.unwrap_or(ErrorResponse::DEFAULT_MIN_TTL_SECS);
        responses.push(ErrorResponse { status, page, min_ttl_secs });
    }
    responses
}

/// CE-01.
fn status(reader: &mut Reader, place: &Node) -> Option<u16> {
    reader.need(place);
    let number = reader.whole(place)?;
    let status = u16::try_from(number).ok().filter(|n| ErrorResponse::STATUSES.contains(n));
    if status.is_none() {
        let rule = "an error code is 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 or 504";
        reader.refuse(place, InvalidErrorCode, "CE-01", rule);
    }
    status
}

/// CE-02, CE-03: path and code together, or neither (CE-05).
fn page(reader: &mut Reader, place: &Node) -> Option<ErrorPage> {
    let (path_place, code_place) = (place.member("ResponsePagePath"), place.member("ResponseCode"));
    let path = reader.relative_path(&path_place, "CE-02");
    let code = reader.filled_text(&code_place);
    let status = code.and_then(|code| {
        let mut statuses = [200].into_iter().chain(ErrorResponse::STATUSES);
        statuses.find(|status| status.to_string() == code)
    });
    if code.is_some() && status.is_none() {
        let rule =
            "a response code is 200, 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 or 504";
        reader.refuse(&code_place, InvalidResponseCode, "CE-03", rule);
    }
    if path_place.is_filled() != code_place.is_filled() {
        let rule = "a response page path and a response code go together";
        let empty = if code_place.is_filled() { &path_place } else { &code_place };
        reader.refuse(empty, InvalidArgument, "CE-02", rule);
    }
    Some(ErrorPage { path: path?.to_owned(), status: status? })
}
