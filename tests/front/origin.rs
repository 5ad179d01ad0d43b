//! A small origin: one thread a connection, and a closure that answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use edgewalk::http::{Fields, Method, Request, Target};

use super::client::{WATCHDOG, lines};

/// A field that lets an answer be kept.
pub const KEPT: &str = "Cache-Control: max-age=3600";

/// What an origin does with a request.
pub enum Reply {
    /// These bytes, head and all; then the next request.
    Bytes(Vec<u8>),
    /// These bytes, then the connection closes.
    Last(Vec<u8>),
    /// Each of these when it is its turn; then the next request.
    Pieces(Box<dyn Iterator<Item = Vec<u8>>>),
}

/// A listening origin, and how often it was asked.
pub struct Origin {
    pub port: u16,
    pub asked: Arc<AtomicUsize>,
}

impl Origin {
    pub fn answering(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(AtomicUsize::new(0));
        let (count, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let (count, answer) = (Arc::clone(&count), Arc::clone(&answer));
                std::thread::spawn(move || serve(socket, &count, &*answer));
            }
        });
        Self { port, asked }
    }

    /// How often it was asked.
    pub fn count(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn serve(
    socket: TcpStream,
    count: &AtomicUsize,
    answer: &(dyn Fn(&Request) -> Reply + Send + Sync),
) {
    let mut socket = BufReader::new(socket);
    while let Some(request) = read(&mut socket) {
        count.fetch_add(1, Ordering::SeqCst);
        let (mut pieces, is_last): (Box<dyn Iterator<Item = Vec<u8>>>, bool) =
            match answer(&request) {
                Reply::Bytes(bytes) => (Box::new([bytes].into_iter()), false),
                Reply::Last(bytes) => (Box::new([bytes].into_iter()), true),
                Reply::Pieces(pieces) => (pieces, false),
            };
        if !pieces.all(|piece| socket.get_mut().write_all(&piece).is_ok()) || is_last {
            return;
        }
    }
}

fn read(socket: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if socket.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let (line, fields) = head.split_once("\r\n")?;
    let mut words = line.split(' ');
    let method: Method = words.next()?.parse().ok()?;
    let target = Target::parse(words.next()?).ok()?;
    let fields = Fields::parse(fields).ok()?;
    let length = fields.get("Content-Length").and_then(|length| length.parse().ok()).unwrap_or(0);
    socket.by_ref().take(length).read_to_end(&mut Vec::new()).ok()?;
    Some(Request { content_length: length, ..Request::new(method, target, fields.into()) })
}

/// 200 with these fields and this content.
pub fn ok(fields: &str, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{}\r\n", lines(fields));
    [head.as_bytes(), content].concat()
}

/// Bytes that tell their position.
pub fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

/// Something that one thread brings about and others wait for.
#[derive(Clone, Default)]
pub struct Event(Arc<(Mutex<bool>, Condvar)>);

impl Event {
    pub fn happens(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }

    /// Until it happens: for a test itself.
    pub fn wait(&self) {
        let (has_happened, changed) = &*self.0;
        let has_not = |has_happened: &mut bool| !*has_happened;
        let waiting = has_happened.lock().unwrap();
        let waited = changed.wait_timeout_while(waiting, WATCHDOG, has_not);
        assert!(*waited.unwrap().0, "it has not happened for {WATCHDOG:?}");
    }

    /// Until it happens, if ever: for an origin, which must not end a connection by giving up.
    pub fn hold(&self) {
        let (has_happened, changed) = &*self.0;
        let has_not = |has_happened: &mut bool| !*has_happened;
        drop(changed.wait_while(has_happened.lock().unwrap(), has_not).unwrap());
    }
}

pub fn pause(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}
