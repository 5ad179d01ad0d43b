//! Asks an origin over a socket, and turns what becomes of it into what the engine knows: a head and bytes, or a
//! [`Failure`].

use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use edgewalk::distribution::OriginLimits;
use edgewalk::edge::failure::of_continue;
use edgewalk::edge::{Ending, Failure, UpstreamTiming};
use edgewalk::http::{Body, Method, Request, Response, Status};
use hyper::StatusCode;
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::ext::on_informational;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

use super::driver::{Headed, ToOrigin, Upload};
use super::options::OriginUrl;
use super::pool::Route;
use super::server::Front;
use super::upload::{Progress, UploadBody};
use super::{clock, translate};

/// LIM-05, VER-02: the largest head that an origin may send, in bytes.
const LARGEST_HEAD: usize = 32_768;

/// The most fields that such a head is searched for.
const MOST_FIELDS: usize = 2_048;

type Answer = hyper::Response<Incoming>;
type Sender = SendRequest<UploadBody>;

/// Asks an origin and tells the driver what comes back, to the last byte.
pub(crate) async fn ask(front: Arc<Front>, job: ToOrigin) {
    let ToOrigin { at, asked, upload, began } = job;
    let origin = asked.origin();
    let limits = origin.limits;
    // TMO-05: one bound for all attempts at this origin.
    let began = front.clock.instant_of(began);
    let over = limits.completion_secs.map(|secs| began + Duration::from_secs(secs));
    let route = (at.place, origin.id.clone());
    let attempt = Attempt { front: &front, limits, over };
    let mut timing = UpstreamTiming::default();
    let got = attempt.until_head(&route, asked.request(), upload.as_ref(), &mut timing).await;
    match got {
        Err(failure) => front.drive(|driver, now| driver.failed(now, at, failure, timing)),
        Ok((answer, sender)) => {
            let is_to_head = asked.method() == Method::Head;
            let (response, length) = engine_response(&answer, is_to_head);
            let headed = front.drive(|driver, now| driver.head(now, at, response, length, timing));
            // Where nobody wants the rest the connection is closed, which tells the origin.
            let Some(headed) = headed else { return };
            let ending = attempt.pass_on(answer.into_body(), &headed).await;
            front.drive(|driver, now| driver.last(now, at, ending));
            if ending == Ending::Complete {
                keep(&front, route, sender, limits).await;
            }
        }
    }
}

/// One attempt.
struct Attempt<'a> {
    front: &'a Front,
    limits: OriginLimits,
    /// When the whole exchange has to be over.
    over: Option<Instant>,
}

/// What became of a request.
enum Sent {
    Answered(Answer),
    Failed(Failure),
    /// It never left, and here is its content.
    NotAtAll(UploadBody),
}

impl Attempt<'_> {
    /// Connects where no kept connection serves, sends the request and waits for the head of the answer.
    async fn until_head(
        &self,
        route: &Route,
        request: &Request,
        upload: Option<&Upload>,
        timing: &mut UpstreamTiming,
    ) -> Result<(Answer, Sender), Failure> {
        let outgoing = origin_request(request).ok_or(Failure::Unreadable)?;
        if let Some(mut sender) = self.front.pool.take(route) {
            match self.send(&mut sender, &outgoing, upload, timing).await {
                Sent::Answered(answer) => return Ok((answer, sender)),
                Sent::Failed(failure) => return Err(failure),
                // The origin had closed it, and has seen nothing of this request.
                Sent::NotAtAll(body) => body.give_back(upload),
            }
        }
        let mut sender = self.connect(timing).await?;
        match self.send(&mut sender, &outgoing, upload, timing).await {
            Sent::Answered(answer) => Ok((answer, sender)),
            Sent::Failed(failure) => Err(failure),
            Sent::NotAtAll(_) => Err(Failure::Unreadable),
        }
    }

    async fn connect(&self, timing: &mut UpstreamTiming) -> Result<Sender, Failure> {
        let started = clock::instant();
        let until = started + Duration::from_secs(self.limits.connect_secs);
        let (until, failure) = match self.over {
            Some(over) if over < until => (over, Failure::CompletionTimedOut), // TMO-14
            _ => (until, Failure::ConnectTimedOut),                            // TMO-02
        };
        let socket = timeout_at(until, connect(&self.front.origin))
            .await
            .map_err(|_| failure)?
            .map_err(|error| failure_of(&error))?;
        timing.connect = self.front.clock.scaled(clock::since(started));
        let (sender, connection) = Builder::new()
            .title_case_headers(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .max_headers(MOST_FIELDS)
            .max_header_size(LARGEST_HEAD)
            .handshake(TokioIo::new(socket))
            .await
            .map_err(|_| Failure::Unreadable)?;
        // Its errors reach whoever waits for an answer on it.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }

    async fn send(
        &self,
        sender: &mut Sender,
        outgoing: &hyper::Request<()>,
        upload: Option<&Upload>,
        timing: &mut UpstreamTiming,
    ) -> Sent {
        let patience = Duration::from_secs(self.limits.response_secs);
        let progress = Progress::begin();
        let body = UploadBody::new(upload, progress.clone());
        let mut outgoing = outgoing.clone().map(|()| body);
        let (tell, mut continues) = watch::channel(0_u32);
        on_informational(&mut outgoing, move |interim| {
            tell.send_modify(|times| *times += u32::from(interim.status() == StatusCode::CONTINUE));
        });
        let mut answer = std::pin::pin!(sender.try_send_request(outgoing));
        loop {
            // TMO-03: counted from the end of the request.
            let gives_up = progress.last() + patience;
            let is_over = self.over.is_some_and(|over| over <= gives_up);
            let until = self.over.map_or(gives_up, |over| over.min(gives_up));
            let answered = tokio::select! {
                answered = &mut answer => answered,
                Ok(times) = continues.wait_for(|times| of_continue(*times, None).is_some()) => {
                    drop(times);
                    return Sent::Failed(Failure::Unreadable); // XFER-01
                }
                () = sleep_until(until) => {
                    if is_over {
                        return Sent::Failed(Failure::CompletionTimedOut); // TMO-14
                    }
                    if progress.last() + patience <= clock::instant() {
                        return Sent::Failed(Failure::ResponseTimedOut); // TMO-11, TMO-12
                    }
                    continue;
                }
            };
            timing.first_byte = self.front.clock.scaled(clock::since(progress.last()));
            return match answered {
                // XFER-09, MODEL: what cannot be read is no answer.
                Ok(answer) if translate::has_unsupported_coding(answer.headers()) => {
                    Sent::Failed(Failure::Unreadable)
                }
                Ok(answer) => {
                    let status = Status(answer.status().as_u16());
                    match of_continue(*continues.borrow(), Some(status)) {
                        Some(failure) => Sent::Failed(failure), // XFER-02
                        None => Sent::Answered(answer),
                    }
                }
                Err(mut error) => match error.take_message() {
                    Some(message) => Sent::NotAtAll(message.into_body()),
                    None if error.error().is_parse_too_large() => {
                        Sent::Failed(Failure::HeadTooLarge) // LIM-05
                    }
                    None => Sent::Failed(Failure::Unreadable),
                },
            };
        }
    }

    /// Fills the content with the bytes of the answer (TMO-13, XFER-05 to XFER-07).
    async fn pass_on(&self, mut body: Incoming, headed: &Headed) -> Ending {
        let mut came = 0;
        loop {
            let patience = clock::instant() + Duration::from_secs(self.limits.response_secs); // TMO-13
            let until = self.over.map_or(patience, |over| over.min(patience));
            let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            match timeout_at(until, frame).await {
                // A part of another length than it said is none (RNG-16).
                Ok(None) if headed.part_bytes.is_some_and(|part| part != came) => {
                    return Ending::Broken;
                }
                Ok(None) => return Ending::Complete,
                Ok(Some(Ok(frame))) => {
                    // Trailers stay behind (XFER-11).
                    let Ok(bytes) = frame.into_data() else { continue };
                    came += bytes.len() as u64;
                    if headed.content.push(bytes).await.is_err() {
                        return Ending::Broken;
                    }
                }
                Ok(Some(Err(_))) | Err(_) => return Ending::Broken,
            }
        }
    }
}

/// Opens a socket to the origin.
pub(crate) async fn connect(origin: &OriginUrl) -> std::io::Result<TcpStream> {
    let socket = TcpStream::connect((&*origin.host, origin.port)).await?;
    socket.set_nodelay(true)?;
    Ok(socket)
}

fn failure_of(error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            Failure::ConnectTimedOut // TMO-16
        }
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => Failure::Refused, // TMO-17
        // What a resolver says has no kind of its own.
        _ => Failure::NameUnresolved, // TMO-18
    }
}

/// The request as it goes out, without its content.
fn origin_request(request: &Request) -> Option<hyper::Request<()>> {
    let mut outgoing = hyper::Request::new(());
    *outgoing.method_mut() = request.method.as_str().parse().ok()?;
    *outgoing.uri_mut() = request.target.to_string().parse().ok()?;
    *outgoing.headers_mut() = translate::headers(request.fields.iter());
    Some(outgoing)
}

/// The head as the engine takes it, and how long the content is, where that is known.
fn engine_response(answer: &Answer, is_to_head: bool) -> (Response, Option<u64>) {
    let status = Status(answer.status().as_u16());
    let has_none = is_to_head || matches!(status.0, 204 | 304);
    let length = if has_none { Some(0) } else { answer.body().size_hint().exact() };
    let fields = translate::fields(answer.headers());
    (Response { status, fields: fields.into(), body: Body::default() }, length)
}

/// Keeps a connection for the next request (TMO-04, CONN-01).
async fn keep(front: &Arc<Front>, route: Route, mut sender: Sender, limits: OriginLimits) {
    // Bytes that belong to no answer, or a body that ran to the end of the connection, leave nothing to keep.
    if !matches!(timeout(Duration::from_secs(1), sender.ready()).await, Ok(Ok(()))) {
        return;
    }
    let span = Duration::from_secs(limits.keep_alive_secs);
    front.pool.keep(route, sender, span);
    sleep(span).await;
    front.pool.expire();
}
