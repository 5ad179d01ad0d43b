//! Runs a command so that the reader always sees what is going on: its title, its output indented, and a sign of life
//! while it is silent.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::stop::Stop;

const TICK: Duration = Duration::from_millis(250);
const SILENCE: Duration = Duration::from_secs(5);

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) success: bool,
    /// Everything it printed, on standard output and standard error as they came.
    pub(crate) lines: Vec<String>,
}

/// Says what will be done, why, and how long that takes.
pub(crate) fn announce(what: &str) {
    println!("* {what}");
}

/// Runs a command to its end and shows its output.
pub(crate) fn visibly(title: &str, command: &mut Command) -> Result<Finished, Stop> {
    visibly_while(title, command, || true)
}

/// Runs a command and shows its output, until it ends or `go_on` says no; then it is killed and has not succeeded.
pub(crate) fn visibly_while(
    title: &str,
    command: &mut Command,
    mut go_on: impl FnMut() -> bool,
) -> Result<Finished, Stop> {
    println!("> {title}");
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    let (sender, receiver) = channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);

    let mut lines = Vec::new();
    let mut silent_since = Instant::now();
    let mut ended = false;
    let mut stopped = false;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(line) => {
                println!("    {line}");
                lines.push(line);
                silent_since = Instant::now();
            }
            Err(RecvTimeoutError::Disconnected) => break,
            // A process that the command left behind may hold its output open: the command's own end counts.
            Err(RecvTimeoutError::Timeout) if ended => break,
            Err(RecvTimeoutError::Timeout) => ended = matches!(child.try_wait(), Ok(Some(_))),
        }
        if silent_since.elapsed() >= SILENCE {
            println!("    ... still running after {}", spoken(started.elapsed()));
            silent_since = Instant::now();
        }
        if !ended && !stopped && !go_on() {
            stopped = true;
            // It may have ended by itself just now, which is as good.
            let _ = child.kill();
        }
    }
    let status = child.wait().map_err(|error| cannot_start(command, &error))?;
    println!(
        "    {} after {}",
        if status.success() { "done" } else { "failed" },
        spoken(started.elapsed())
    );
    Ok(Finished { success: status.success() && !stopped, lines })
}

/// Runs a command without showing anything, and gives what it printed on standard output.
pub(crate) fn silently(command: &mut Command) -> Result<String, Stop> {
    let output = command.output().map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Err(Stop::new(format!("`{}` failed: {}", in_words(command), reason.trim())))
}

/// The command as one would type it.
pub(crate) fn in_words(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let mut words =
        vec![program.file_stem().unwrap_or(command.get_program()).to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Stop {
    Stop::new(format!(
        "`{}` could not be started ({error}): run it by hand to see why",
        in_words(command)
    ))
}

fn forward(stream: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(count) if count > 0) {
            // Progress bars redraw one line with carriage returns: the last state is enough.
            let text = String::from_utf8_lossy(&bytes);
            let line = text.trim_end().rsplit('\r').next().unwrap_or_default().to_owned();
            bytes.clear();
            if lines.send(line).is_err() {
                return;
            }
        }
    });
}

fn spoken(time: Duration) -> String {
    match time.as_secs() {
        secs @ 0..60 => format!("{secs} s"),
        secs => format!("{} min {} s", secs / 60, secs % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_minutes_and_seconds() {
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
    }
}
