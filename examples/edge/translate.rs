//! Between hyper's messages and the engine's. What belongs to a connection stays on it (RFC 9110 section 7.6.1): framing,
//! and the fields that Connection names.

use edgewalk::http::{Field, Fields, Method, Request, Scheme, Status, Target, Version};
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use hyper::http;

/// What a connection needs beside those that Connection names.
const OF_THE_CONNECTION: [&str; 4] =
    ["connection", "keep-alive", "proxy-connection", "transfer-encoding"];

/// The fields of a message without those of its connection.
pub(crate) fn fields(headers: &HeaderMap) -> Fields {
    let named: Vec<String> = headers
        .get_all(CONNECTION)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    headers
        .iter()
        .filter(|(name, _)| {
            !OF_THE_CONNECTION.contains(&name.as_str())
                && !named.iter().any(|named| named == name.as_str())
        })
        .filter_map(|(name, value)| Field::new(name.as_str(), &text(value)).ok())
        .collect()
}

/// XFER-09: whether a content is coded for its transfer otherwise than by chunks.
pub(crate) fn has_unsupported_coding(headers: &HeaderMap) -> bool {
    let is_chunked = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"chunked");
    !headers.get_all(TRANSFER_ENCODING).iter().all(is_chunked)
}

/// A value that is no UTF-8 keeps what can be read of it.
fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The engine's fields for hyper, without the length of the content, which is framing.
pub(crate) fn headers<'a>(fields: impl IntoIterator<Item = &'a Field>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for field in fields {
        let name = HeaderName::from_bytes(field.name().as_bytes());
        let value = HeaderValue::from_bytes(field.value().as_bytes());
        if let (Ok(name), Ok(value)) = (name, value)
            && name != CONTENT_LENGTH
            && !OF_THE_CONNECTION.contains(&name.as_str())
        {
            headers.append(name, value);
        }
    }
    headers
}

/// A viewer's request as the engine takes it; or the status of the answer to one that it cannot take. `host` is the name
/// that stands in for the one of the front itself.
pub(crate) fn request(
    parts: &http::request::Parts,
    has_content: bool,
    host: impl Fn(&str) -> String,
) -> Result<Request, Status> {
    let version =
        if parts.version == http::Version::HTTP_10 { Version::Http10 } else { Version::Http11 };
    // LIM-13: a value that is none is not passed over.
    if parts.headers.iter().any(|(name, value)| Field::new(name.as_str(), &text(value)).is_err()) {
        return Err(Status(400));
    }
    // MET-04, MET-05: no behavior allows any other method.
    let method: Method = parts.method.as_str().parse().map_err(|_| Status::FORBIDDEN)?;
    let query = parts.uri.query().unwrap_or_default();
    let target = Target::new(parts.uri.path(), query).map_err(|_| Status(400))?;
    let mut all = Fields::new();
    // How many there have to be is the engine's to say; HTTP/1.0 may do without.
    parts.headers.get_all(HOST).iter().for_each(|given| all.add("Host", host(&text(given))));
    if version == Version::Http10 && !all.has("Host") {
        all.add("Host", host(""));
    }
    fields(&parts.headers).iter().filter(|field| !field.is("Host")).for_each(|field| {
        all.push(field.clone());
    });
    Ok(Request {
        method,
        target,
        fields: all.into(),
        content_length: content_length(&parts.headers, has_content),
        scheme: Scheme::Http,
        version,
    })
}

/// How long the content of a request is; one that does not say so has at least a byte.
fn content_length(headers: &HeaderMap, has_content: bool) -> u64 {
    let stated = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    stated.unwrap_or(u64::from(has_content))
}
