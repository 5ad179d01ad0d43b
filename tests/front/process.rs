//! The front as a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use edgewalk::distribution::Distribution;
use edgewalk::simulation::built_in_scenario;

use super::client::WATCHDOG;
use super::edge::options::Options;
use super::edge::setup::Setup;
use super::origin::{KEPT, Origin, Reply, content, ok, pause};

/// What the front is asked to do: arguments with line breaks between, and a distribution by name.
const ARGUMENTS: &str = "EDGEWALK_FRONT_ARGUMENTS";
const SITE: &str = "EDGEWALK_FRONT_SITE";

/// How long an origin of [`Site::Impatient`] may be silent.
pub const IMPATIENT_SECS: u64 = 3;

/// A distribution that is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// What the arguments say.
    AsAsked,
    /// The built-in scenario's.
    Shop,
    /// The same, and the POP compresses.
    Compressing,
    /// The built-in scenario's, and no origin may be silent for longer than [`IMPATIENT_SECS`] (TMO-03).
    Impatient,
}

impl Site {
    const ALL: [Self; 4] = [Self::AsAsked, Self::Shop, Self::Compressing, Self::Impatient];
}

pub struct Job {
    pub arguments: Vec<String>,
    site: Site,
}

impl Job {
    pub fn from_environment() -> Option<Self> {
        let arguments = std::env::var(ARGUMENTS).ok()?;
        let name = std::env::var(SITE).ok()?;
        let site = Site::ALL.into_iter().find(|site| format!("{site:?}") == name)?;
        Some(Self { arguments: arguments.lines().map(String::from).collect(), site })
    }

    pub fn set_up(&self, options: &Options) -> Result<Setup, String> {
        match self.site {
            Site::AsAsked => Setup::of(options),
            site => Setup::with(distribution(site), options),
        }
    }
}

fn distribution(site: Site) -> Distribution {
    let mut distribution = built_in_scenario().configuration.distribution().clone();
    match site {
        Site::AsAsked | Site::Shop => {}
        Site::Compressing => {
            distribution.behaviors.iter_mut().for_each(|behavior| behavior.compress = true);
        }
        Site::Impatient => {
            distribution
                .origins
                .iter_mut()
                .for_each(|origin| origin.limits.response_secs = IMPATIENT_SECS);
        }
    }
    distribution
}

/// A running front. It ends with this value.
pub struct Front {
    process: Child,
    pub port: u16,
}

fn command(arguments: &[&str], site: Site) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--ignored", "--exact", "the_front_itself", "--nocapture"])
        .env(ARGUMENTS, arguments.join("\n"))
        .env(SITE, format!("{site:?}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Front {
    /// In front of an origin on this port.
    pub fn before(origin: u16, site: Site, more: &[&str]) -> Self {
        let url = format!("http://127.0.0.1:{origin}");
        let mut arguments = vec!["--listen", "127.0.0.1:0", "--origin", &url];
        arguments.extend(more);
        let mut process = command(&arguments, site).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            line.strip_prefix("edge: ")?.rsplit(':').next()?.parse().ok()
        });
        // Read on, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, port: port.unwrap() }
    }

    /// One that keeps what its origin answers, which takes so many milliseconds and has so many bytes.
    pub fn with_origin(millis: u64, length: usize) -> (Origin, Self) {
        let origin = Origin::answering(move |_| {
            pause(millis);
            Reply::Bytes(ok(KEPT, &content(length)))
        });
        let front = Self::before(origin.port, Site::AsAsked, &[]);
        (origin, front)
    }

    /// Tells it to stop: with `-TERM` as a supervisor would, with `-INT` as Ctrl-C does.
    pub fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// The time that it has had a processor, by proc(5): fields 14 and 15, in hundredths of a second.
    #[cfg(target_os = "linux")]
    pub fn processor_ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap();
        let behind_name = stat.rsplit_once(')').unwrap().1;
        let ticks = behind_name.split_whitespace().skip(11).take(2);
        ticks.map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    /// What it holds of the machine's memory.
    pub fn resident_bytes(&self) -> u64 {
        let id = self.process.id().to_string();
        let output = Command::new("ps").args(["-o", "rss=", "-p", &id]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().parse::<u64>().unwrap() * 1024
    }

    /// Waits until it ends, and says how.
    pub fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(ended) = self.process.try_wait().unwrap() {
                return ended;
            }
            assert!(begun.elapsed() < WATCHDOG, "it has not ended for {WATCHDOG:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Exit code and what it said on standard error, where it is not to start at all.
pub fn refused(arguments: &[&str]) -> (i32, String) {
    let mut process = command(arguments, Site::AsAsked).spawn().unwrap();
    let code = process.wait().unwrap().code().unwrap();
    let mut said = String::new();
    process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (code, said)
}
