//! A server that runs while something is measured.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::run;
use crate::stop::Stop;

/// How long a server may take to say its port.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server. It ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    pub(crate) port: u16,
}

impl Server {
    /// Starts a server and waits for the line in which it says its port: behind `mark` and a host.
    pub(crate) fn start(name: &str, command: &mut Command, mark: &str) -> Result<Self, Stop> {
        let title = run::in_words(command);
        let failed =
            |reason: &str| Stop::new(format!("{name} did not start: {reason} (`{title}`)"));
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| failed(&error.to_string()))?;
        let lines = process.stdout.take().map(lines_of);
        // From here on the process ends with the value, whatever comes.
        let mut server = Self { process, port: 0 };
        while let Some(line) = lines.as_ref().and_then(|lines| lines.recv_timeout(PATIENCE).ok()) {
            if let Some(port) = port(&line, mark) {
                server.port = port;
                return Ok(server);
            }
        }
        Err(failed("it said no port"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What it prints, line by line, read to the end so that it never waits for us.
fn lines_of(output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Nobody listens any more once the port is known.
            let _ = sender.send(line);
        }
    });
    receiver
}

/// The port in `http://HOST:PORT`, with or without a slash.
fn port(line: &str, mark: &str) -> Option<u16> {
    let (_, authority) = line.split_once(mark)?;
    authority.trim_end_matches('/').rsplit(':').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn both_servers_say_their_port_in_a_line() {
        assert_eq!(port("Listening on http://[::]:8731/", "Listening on http://"), Some(8731));
        let edge = "edge: FRA56-P4 in front of http://127.0.0.1:8000 on http://127.0.0.1:8081";
        assert_eq!(port(edge, " on http://"), Some(8081));
        assert_eq!(port("SERVER WARNING: no", "Listening on http://"), None);
    }
}
