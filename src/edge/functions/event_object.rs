//! The event object of CloudFront Functions, version 1.0 (security-logs-edge.md section 6.4).

use super::handed::Handed;
use super::touched::is_hidden;
use crate::distribution::FunctionEvent;
use crate::http::{Fields, Request, Status};
use crate::json::Json;

/// What a function is called with.
pub(super) fn given(handed: &Handed, event: FunctionEvent) -> Json {
    let context = Json::object([
        ("distributionDomainName", Json::text(&handed.domain)),
        ("distributionId", Json::text(&handed.distribution_id)),
        ("eventType", Json::text(event.as_str())),
        ("requestId", Json::text(&handed.request_id)),
    ]); // EDGE-36
    let viewer = Json::object([("ip", Json::text(&handed.viewer_ip))]); // EDGE-37
    let answer = handed.response.as_ref();
    let answer = answer.map(|(status, fields)| ("response", response(*status, fields)));
    let members = [
        ("version", Json::text("1.0")),
        ("context", context),
        ("viewer", viewer),
        ("request", request(&handed.request)),
    ];
    Json::object(members.into_iter().chain(answer)) // EDGE-35
}

/// A request (EDGE-38). What it contains is not among its members.
pub(super) fn request(request: &Request) -> Json {
    let mut query = Parts::default();
    for pair in request.target.query().unwrap_or_default().split('&').filter(|it| !it.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, "")); // EDGE-44
        query.add(name, vec![("value", Json::text(value))]);
    }
    let mut cookies = Parts::default();
    for pair in request.fields.all("Cookie").flat_map(|all| all.split(';')).map(str::trim) {
        if let Some((name, value)) = pair.split_once('=') {
            cookies.add(name, vec![("value", Json::text(value))]);
        }
    }
    Json::object([
        ("method", Json::text(request.method.as_str())),
        ("uri", Json::text(request.target.path())),
        ("querystring", query.json()),
        ("headers", headers(&request.fields)),
        ("cookies", cookies.json()),
    ])
}

/// A response (EDGE-39). What it contains is never handed in.
pub(super) fn response(status: Status, fields: &Fields) -> Json {
    let mut cookies = Parts::default();
    for cookie in fields.all("Set-Cookie") {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let Some((name, value)) = pair.split_once('=') else { continue };
        let mut members = vec![("value", Json::text(value.trim()))];
        if !attributes.trim().is_empty() {
            members.push(("attributes", Json::text(attributes.trim()))); // EDGE-41
        }
        cookies.add(name.trim(), members);
    }
    Json::object([
        ("statusCode", Json::Whole(status.0.into())),
        ("statusDescription", Json::text(status.reason())),
        ("headers", headers(fields)),
        ("cookies", cookies.json()),
    ])
}

/// All fields that a function sees, by their names in lower case (EDGE-42), but those of cookies (EDGE-43).
fn headers(fields: &Fields) -> Json {
    let mut headers = Parts::default();
    for field in fields.iter() {
        let name = field.name().to_ascii_lowercase();
        if !is_hidden(&name) && name != "cookie" && name != "set-cookie" {
            headers.add(&name, vec![("value", Json::text(field.value()))]);
        }
    }
    headers.json()
}

/// Named values in the order of their first ones.
#[derive(Default)]
struct Parts(Vec<(String, Vec<Json>)>);

impl Parts {
    fn add(&mut self, name: &str, members: Vec<(&str, Json)>) {
        let value = Json::object(members);
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => self.0.push((name.to_owned(), vec![value])),
        }
    }

    /// EDGE-40: a name that stands several times has all of its values, of which the first is its value.
    fn json(self) -> Json {
        let entry = |(name, values): (String, Vec<Json>)| {
            let Json::Object(mut members) = values[0].clone() else { return (name, Json::Null) };
            if values.len() > 1 {
                members.push(("multiValue".to_owned(), Json::List(values)));
            }
            (name, Json::Object(members))
        };
        Json::Object(self.0.into_iter().map(entry).collect())
    }
}
