//! How much of a representation an answer brings: the whole, parts, or nothing (caching.md section 5.1).

use crate::http::range::{
    ContentRange, Interval, Multipart, NoParts, RangeSet, Requested, requested,
};
use crate::http::{Body, Fields, Method, Request, Response, Status, validators};

use super::EdgeRequest;
use super::fields::RequestId;
use super::stored::Held;

/// What of a representation goes into an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portion {
    /// What the request asks for.
    Requested,
    /// All of it: the origin ignored the range (RNG-03, RNG-08), or the answer is none that could be divided.
    Whole,
}

/// Which bytes of the content go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// None: an answer to HEAD, a 304, or one without content.
    Nothing,
    /// All of them.
    Whole,
    /// One part.
    Part(Interval),
    /// Several, with this boundary between them (RNG-07).
    Parts {
        /// In ascending order.
        parts: Vec<Interval>,
        /// RFC 9110 14.6.
        boundary: String,
    },
    /// A page of CloudFront's own.
    Page(String),
}

/// What a request may have of a representation of `complete` bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// The whole of it (RNG-04 to RNG-06, and where no range is asked for).
    Whole,
    /// These parts (RNG-07).
    Parts(Vec<Interval>),
    /// Nothing: every range starts past its end (RNG-14).
    Unsatisfiable,
}

/// What a request asks for of a response with these fields.
pub(super) fn cut(request: &Request, response: &Response) -> Cut {
    let ranges = match requested(&request.fields) {
        Requested::Ranges(ranges)
            if request.method == Method::Get && response.status == Status::OK =>
        {
            ranges
        }
        _ => return Cut::Whole, // RNG-04, RNG-05, RNG-06
    };
    if !validators::if_range_holds(&request.fields, &response.fields) {
        return Cut::Whole; // RFC 9110 13.1.5
    }
    match ranges.resolve(response.body.length) {
        Ok(parts) => Cut::Parts(parts),                    // RNG-07
        Err(NoParts::Unsatisfiable) => Cut::Unsatisfiable, // RNG-14
        Err(NoParts::Whole(_)) => Cut::Whole,
    }
}

/// Whether what is held is enough for a request (RNG-01).
pub(super) fn is_enough(held: &Held, asked: &EdgeRequest, response: &Response) -> bool {
    match held {
        Held::Whole => true,
        _ if asked.method() == Method::Head => true,
        Held::HeadOnly => false, // MET-07
        Held::Parts(held) => match asked.cut(response) {
            Cut::Whole => false,
            Cut::Unsatisfiable => true,
            Cut::Parts(parts) => parts.iter().all(|part| held.covers(*part)),
        },
    }
}

/// The Range that a POP sends upstream: none where the whole is needed, and one range for several where the answer can be
/// stored (`is_kept`). RNG-15 (MODEL): it spans exactly from the first byte asked for to the last. A refresh in the
/// background renews the whole.
pub(super) fn outgoing(fields: &mut Fields, is_kept: bool, is_background: bool) {
    let value = match requested(fields) {
        Requested::Ranges(_) if is_background => None,
        Requested::Ranges(ranges) if !is_kept || ranges.iter().len() == 1 => return,
        Requested::Ranges(ranges) => span(&ranges),
        Requested::Whole(_) => None, // RNG-04, RNG-05, RNG-06
    };
    match value {
        Some(value) => fields.set("Range", value),
        None => without_range(fields),
    }
}

/// The whole is asked for, whatever was.
pub(super) fn without_range(fields: &mut Fields) {
    fields.remove("Range");
    fields.remove("If-Range");
}

/// Whether an answer is a part that comes in chunks. MODEL: it does where no Content-Length announces it (RNG-18).
pub(super) fn is_chunked_part(response: &Response) -> bool {
    response.status == Status::PARTIAL_CONTENT && !response.fields.has("Content-Length")
}

fn span(ranges: &RangeSet) -> Option<String> {
    use crate::http::range::ByteRange::{Closed, Open, Suffix};
    let (first, last) = (ranges.iter().next()?, ranges.iter().last()?);
    let (Closed { first, .. } | Open { first }) = first else { return None };
    match last {
        Closed { last, .. } => Some(format!("bytes={first}-{last}")),
        Open { .. } | Suffix { .. } => Some(format!("bytes={first}-")),
    }
}

/// A response cut to what a request asks for: 206 with its fields, 416, or the whole. `name` makes a boundary.
pub(super) fn presented(
    request: &Request,
    response: Response,
    name: RequestId,
) -> (Response, Content) {
    let complete = response.body.length;
    match cut(request, &response) {
        Cut::Whole => (response, Content::Whole),
        Cut::Unsatisfiable => (unsatisfiable(&response, complete), Content::Nothing),
        Cut::Parts(parts) => {
            let mut fields = (*response.fields).clone();
            let (length, content) = if let [part] = parts[..] {
                let range = ContentRange::Part { interval: part, complete: Some(complete) };
                fields.add("Content-Range", range.to_string());
                (part.len(), Content::Part(part))
            } else {
                let boundary: String =
                    name.text().chars().filter(char::is_ascii_alphanumeric).collect();
                let multipart = Multipart::of(&response, &boundary);
                fields.set("Content-Type", multipart.media_type());
                (multipart.length(&parts), Content::Parts { parts, boundary })
            };
            fields.set("Content-Length", length.to_string());
            let body = Body { length, ..response.body };
            (Response { status: Status(206), fields: fields.into(), body }, content)
        }
    }
}

/// RNG-14, CFE-17 (MODEL): answered by the cache that knows the length.
fn unsatisfiable(response: &Response, complete: u64) -> Response {
    let mut fields = Fields::new();
    fields.add("Content-Range", ContentRange::Unsatisfied { complete }.to_string());
    fields.add("Content-Length", "0");
    let mut body = response.body;
    body.length = 0;
    Response { status: Status(416), fields: fields.into(), body }
}

/// A part that an origin sent, as the representation it is a part of.
#[derive(Clone, Debug)]
pub(super) struct OriginPart {
    /// Status and fields of the whole.
    pub(super) response: Response,
    /// Which bytes came.
    pub(super) held: Held,
}

/// Why a 206 of an origin is no part that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadPart {
    /// Its length is not that of its range (RNG-16).
    LengthMismatch,
    /// It has several parts, or does not say how long the whole is.
    Unknown,
}

/// Reads a 206.
pub(super) fn origin_part(response: &Response) -> Result<OriginPart, BadPart> {
    let range = ContentRange::of(&response.fields);
    let Some(ContentRange::Part { interval, complete }) = range else {
        return Err(BadPart::Unknown);
    };
    if response.fields.content_length().is_some_and(|length| length != interval.len()) {
        return Err(BadPart::LengthMismatch); // RNG-16
    }
    let Some(complete) = complete else { return Err(BadPart::Unknown) };
    let mut fields = (*response.fields).clone();
    fields.remove("Content-Range");
    fields.set("Content-Length", complete.to_string());
    let mut body = response.body;
    body.length = complete;
    let response = Response { status: Status::OK, fields: fields.into(), body };
    let held = Held::of_parts([interval].into_iter().collect(), complete);
    Ok(OriginPart { response, held })
}
