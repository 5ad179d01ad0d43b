//! A viewer with a socket: it sends what it is told, and reads answers by the letter.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// After so long a test that still waits for something has failed: it guards against hanging, and nothing else ends by it.
/// Shorter than the 30 s that a front waits for an origin by default (TMO-03).
pub const WATCHDOG: Duration = Duration::from_secs(20);

/// An answer as it came.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the content ended before it was over.
    pub broke_off: bool,
}

impl Answer {
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| &**value)
    }

    pub fn x_cache(&self) -> &str {
        self.get("X-Cache").unwrap_or_default()
    }
}

/// One connection.
pub struct Viewer {
    pub socket: BufReader<TcpStream>,
}

impl Viewer {
    pub fn connect(port: u16) -> Self {
        Self::try_connect(port).unwrap()
    }

    pub fn try_connect(port: u16) -> std::io::Result<Self> {
        let socket = TcpStream::connect(("127.0.0.1", port))?;
        socket.set_read_timeout(Some(WATCHDOG))?;
        Ok(Self { socket: BufReader::new(socket) })
    }

    pub fn send(&mut self, bytes: &[u8]) {
        // The other side may close while it is being flooded.
        let _ = self.socket.get_mut().write_all(bytes);
    }

    /// Sends a request and reads its answer; fields with line breaks between.
    pub fn ask(&mut self, method: &str, target: &str, fields: &str) -> Answer {
        self.send(request(method, target, fields).as_bytes());
        self.read(method == "HEAD").unwrap()
    }

    /// The next answer; none where the connection is closed.
    pub fn read(&mut self, is_to_head: bool) -> Option<Answer> {
        let mut answer = self.read_head()?;
        if !is_to_head && !matches!(answer.status, 204 | 304) {
            self.read_content(&mut answer);
        }
        Some(answer)
    }

    /// The content of an answer whose head has been read.
    pub fn read_content(&mut self, answer: &mut Answer) {
        let length = answer.get("Content-Length").and_then(|length| length.parse::<u64>().ok());
        if let Some(length) = length {
            let came = awaited(self.socket.by_ref().take(length).read_to_end(&mut answer.body));
            answer.broke_off = came.is_err() || answer.body.len() as u64 != length;
        } else if answer.get("Transfer-Encoding") == Some("chunked") {
            answer.broke_off = self.read_chunks(&mut answer.body).is_none();
        } else {
            answer.broke_off = awaited(self.socket.read_to_end(&mut answer.body)).is_err();
        }
    }

    /// An answer without its content.
    pub fn read_head(&mut self) -> Option<Answer> {
        let mut answer = Answer::default();
        let line = self.line()?;
        answer.status = line.split(' ').nth(1)?.parse().ok()?;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Some(answer);
            }
            let (name, value) = line.split_once(':')?;
            answer.fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }

    fn read_chunks(&mut self, body: &mut Vec<u8>) -> Option<()> {
        loop {
            let length = u64::from_str_radix(self.line()?.trim(), 16).ok()?;
            let before = body.len() as u64;
            awaited(self.socket.by_ref().take(length).read_to_end(body)).ok()?;
            if body.len() as u64 - before != length || !self.line()?.is_empty() {
                return None;
            }
            if length == 0 {
                return Some(());
            }
        }
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let count = awaited(self.socket.read_line(&mut line)).ok()?;
        (count > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// Waits until more comes or the other side has closed, and says whether it has.
    pub fn is_closed(&mut self) -> bool {
        matches!(awaited(self.socket.read(&mut [0; 1])), Ok(0) | Err(_))
    }
}

/// What a read came to; the watchdog's end is no end of the connection.
fn awaited<T>(read: std::io::Result<T>) -> std::io::Result<T> {
    read.inspect_err(|error| {
        let is_the_watchdogs = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
        assert!(!is_the_watchdogs, "nothing came for {WATCHDOG:?}");
    })
}

/// A request as bytes; Host first, then these fields, with line breaks between.
pub fn request(method: &str, target: &str, fields: &str) -> String {
    format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", lines(fields))
}

/// Fields as they travel, from fields with line breaks between.
pub fn lines(fields: &str) -> String {
    fields.lines().filter(|line| !line.is_empty()).flat_map(|line| [line, "\r\n"]).collect()
}

/// One request on a connection of its own.
pub fn ask(port: u16, method: &str, target: &str, fields: &str) -> Answer {
    Viewer::connect(port).ask(method, target, fields)
}

pub fn get(port: u16, target: &str) -> Answer {
    ask(port, "GET", target, "")
}
