//! Runs a test program within limits of time and memory, and reads how its tests ended.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::source::{Language, Source};
use crate::machine::Machine;
use crate::stop::Stop;

/// How much memory a test program may take, in KiB, where the system can hold it to that. Inverted code may collect for
/// ever.
const MEMORY_KIB: u64 = 4_000_000;

/// What became of some tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The compiler refused the code.
    NotCompiled,
    /// All passed.
    Green,
    /// This one failed: what it asserts does not hold.
    Red(String),
    /// This one failed, but only because the code itself panicked, which says nothing of what is asserted.
    Panicked(String),
    /// They did not come to an end.
    Endless,
    /// The program ended without saying how they went.
    Crashed,
}

/// A finished run of a test program.
#[derive(Debug)]
pub(crate) struct Run {
    success: bool,
    has_ended: bool,
    pub(crate) text: String,
}

impl Run {
    /// Runs a test program in the folder `root`, writing what it says to `told`.
    pub(crate) fn of(
        machine: &Machine,
        (program, arguments): (&Path, &[String]),
        root: &Path,
        told: &Path,
        patience: Duration,
    ) -> Result<Self, Stop> {
        let not_written = |error| Stop::file("Writing", told, &error);
        let file = File::create(told).map_err(not_written)?;
        let errors = file.try_clone().map_err(not_written)?;
        let mut command = limited(machine, program);
        command.args(arguments).current_dir(root).env("RUST_BACKTRACE", "0");
        command.stdout(file).stderr(errors).stdin(Stdio::null());
        let not_started =
            |error| Stop::new(format!("{} could not be started ({error})", program.display()));
        let mut child = command.spawn().map_err(not_started)?;
        let started = Instant::now();
        let mut has_ended = false;
        while !has_ended && started.elapsed() < patience {
            has_ended = child.try_wait().map_err(not_started)?.is_some();
            thread::sleep(Duration::from_millis(5));
        }
        if !has_ended {
            // It may have ended by itself just now, which is as good.
            let _ = child.kill();
        }
        let success = child.wait().map_err(not_started)?.success();
        let text = fs::read(told).map_err(|error| Stop::file("Reading", told, &error))?;
        Ok(Self { success, has_ended, text: String::from_utf8_lossy(&text).into_owned() })
    }

    /// The names of the tests that failed.
    pub(crate) fn red(&self) -> Vec<&str> {
        self.text.lines().filter_map(failed).collect()
    }

    /// How the tests ended. `source` gives a file's text as it is now, to tell tests from the code.
    pub(crate) fn outcome(&self, source: impl Fn(&str) -> Option<String>) -> Outcome {
        let red = self.red();
        let asserted = red.iter().find(|name| {
            // A test that returns an error, and one that ought to panic, say nothing of a place.
            self.panicked_at(name).is_none_or(|(path, line)| is_test(path, line, &source))
        });
        match (asserted, red.first()) {
            (Some(name), _) => Outcome::Red((*name).to_owned()),
            (None, Some(name)) => Outcome::Panicked((*name).to_owned()),
            (None, None) if !self.has_ended => Outcome::Endless,
            (None, None) if self.success => Outcome::Green,
            (None, None) => Outcome::Crashed,
        }
    }

    /// `thread 'edge::a::t' (123) panicked at src/edge/a.rs:7:9:`, as file and line.
    fn panicked_at(&self, name: &str) -> Option<(&str, usize)> {
        let thread = format!("thread '{name}' ");
        let place = self
            .text
            .lines()
            .find_map(|line| line.strip_prefix(&thread)?.split_once("panicked at "))?
            .1;
        let mut parts = place.split(':');
        Some((parts.next()?, parts.next()?.parse().ok()?))
    }
}

/// `test edge::a::t ... FAILED`, as the name of the test.
fn failed(line: &str) -> Option<&str> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    Some(name.strip_suffix(" - should panic").unwrap_or(name))
}

/// Whether a line belongs to the tests: all of tests/, and of a file under src what follows `#[cfg(test)]`. A place outside
/// the project was reached from who knows where.
fn is_test(path: &str, line: usize, source: impl Fn(&str) -> Option<String>) -> bool {
    let path = path.replace('\\', "/");
    source(&path).is_some_and(|text| {
        let source = Source::new(&path, text, Language::Rust);
        source.line(line).start >= source.tests_begin()
    })
}

fn limited(machine: &Machine, program: &Path) -> Command {
    if cfg!(unix) {
        let limit = format!("ulimit -v {MEMORY_KIB} 2>/dev/null; exec \"$0\" \"$@\"");
        let mut command = machine.command(Path::new("/bin/sh"));
        command.arg("-c").arg(limit).arg(program);
        return command;
    }
    machine.command(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose tests begin in line 3.
    fn source(path: &str) -> Option<String> {
        (path == "src/a.rs").then(|| "fn f() {}\n\n#[cfg(test)]\nmod tests {}\n".to_owned())
    }

    fn outcome(success: bool, has_ended: bool, text: &str) -> Outcome {
        Run { success, has_ended, text: text.to_owned() }.outcome(source)
    }

    fn failing(places: &[(&str, &str)]) -> Outcome {
        let told = |(name, place): &(&str, &str)| {
            format!("test {name} ... FAILED\nthread '{name}' (17) panicked at {place}:9:\n")
        };
        outcome(false, true, &places.iter().map(told).collect::<String>())
    }

    #[test]
    fn a_failed_assertion_is_red() {
        assert_eq!(outcome(true, true, "test a::b ... ok\n"), Outcome::Green);
        assert_eq!(failing(&[("a::c", "src/a.rs:4")]), Outcome::Red("a::c".to_owned()));
        assert_eq!(
            outcome(false, true, "test a - should panic ... FAILED\n"),
            Outcome::Red("a".to_owned())
        );
    }

    #[test]
    fn a_panic_of_the_code_itself_is_none() {
        assert_eq!(failing(&[("a::c", "src/a.rs:1")]), Outcome::Panicked("a::c".to_owned()));
        assert_eq!(
            failing(&[("a::c", "/rustc/library/core/src/x.rs:9")]),
            Outcome::Panicked("a::c".to_owned())
        );
        let both = [("a::c", "src/a.rs:1"), ("a::d", "src/a.rs:4")];
        assert_eq!(failing(&both), Outcome::Red("a::d".to_owned()));
    }

    #[test]
    fn neither_an_end_that_does_not_come_nor_a_crash_is_red() {
        assert_eq!(outcome(false, false, "test a ... ok\n"), Outcome::Endless);
        assert_eq!(outcome(false, true, "memory allocation of 8 bytes failed\n"), Outcome::Crashed);
    }
}
