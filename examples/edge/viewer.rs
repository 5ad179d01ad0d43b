//! A viewer's request from its socket to the engine, and the reply back.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use edgewalk::edge::fields::Identity;
use edgewalk::edge::{Content, ResultType, own_page};
use edgewalk::http::range::{Interval, Multipart};
use edgewalk::http::{Response as EngineResponse, Status};
use hyper::body::{Body as _, Incoming};
use hyper::ext::ReasonPhrase;
use hyper::header::{CONNECTION, CONTENT_LENGTH, HeaderValue};
use hyper::{Request, Response, StatusCode};

use super::driver::{ExchangeId, Outgoing};
use super::reply_body::{Pieces, ReplyBody};
use super::server::Front;
use super::translate;

/// Answers one request.
pub(crate) async fn answer(
    front: Arc<Front>,
    from: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<ReplyBody>, Infallible> {
    let (parts, incoming) = request.into_parts();
    let identity = front.identity(from);
    let has_content = !incoming.is_end_stream();
    let outgoing = match translate::request(&parts, has_content, |given| front.host(given)) {
        Err(status) => Some(made_here(status, &identity)),
        Ok(request) => {
            let upload = has_content.then(|| Arc::new(Mutex::new(Some(incoming))));
            let request = Arc::new(request);
            let (id, outgoing) =
                front.drive(|driver, now| driver.begin(now, request, identity.clone(), upload));
            let mut waiting = Waiting { front: &front, id: Some(id) };
            let outgoing = outgoing.await.ok();
            waiting.id = None;
            outgoing
        }
    };
    // The driver answers every request; this stands in should it ever fail to.
    let outgoing = outgoing.unwrap_or_else(|| made_here(Status(500), &identity));
    front.log(&parts, &outgoing.response);
    Ok(respond(outgoing))
}

/// Tells the driver where the viewer leaves before it is answered: then this is dropped with all that waits.
struct Waiting<'a> {
    front: &'a Arc<Front>,
    id: Option<ExchangeId>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.front.drive(|driver, _| driver.leave(id));
        }
    }
}

/// An error for what cannot even be asked (CFE-02, CFE-06).
fn made_here(status: Status, identity: &Identity) -> Outgoing {
    const REASON: &str = "Bad request.";
    let page = own_page::page(status, REASON, identity.request_id);
    Outgoing::page(own_page::error(status, REASON, ResultType::Error, identity), page)
}

/// The reply as it goes out.
fn respond(outgoing: Outgoing) -> Response<ReplyBody> {
    let Outgoing { response: head, content, closes, whole, reader } = outgoing;
    let mut headers = translate::headers(head.fields.iter());
    // Without a length the content is chunked (XFER-04), or runs to the end of the connection.
    let length = head.fields.get("Content-Length").and_then(|length| length.parse::<u64>().ok());
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    if closes {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let body = match (content, reader) {
        (Content::Nothing, _) => ReplyBody::empty(),
        (Content::Page(page), _) => ReplyBody::whole(page),
        (Content::Whole, Some(mut reader)) => {
            if head.status == Status::PARTIAL_CONTENT {
                reader.turn_to_what_came();
            }
            ReplyBody::of(reader, Pieces::Read, length)
        }
        (Content::Part(part), Some(mut reader)) => {
            reader.turn_to(part);
            ReplyBody::of(reader, Pieces::Read, length)
        }
        (Content::Parts { parts, boundary }, Some(reader)) => {
            ReplyBody::of(reader, multipart(&parts, &boundary, &whole), length)
        }
        // A content that is not to be found breaks off at once.
        (_, None) => ReplyBody::broken(length),
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(head.status.0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    // hyper would make up a phrase where there is none.
    if head.status.reason().is_empty() {
        response.extensions_mut().insert(ReasonPhrase::from_static(b""));
    }
    response
}

/// Several parts of a representation, with what stands between them.
fn multipart(parts: &[Interval], boundary: &str, whole: &EngineResponse) -> Pieces {
    let multipart = Multipart::of(whole, boundary);
    let headings = parts.iter().enumerate();
    let headings = headings.map(|(place, part)| (multipart.heading(*part, place == 0), *part));
    Pieces::Parts(headings.collect(), multipart.closing())
}
