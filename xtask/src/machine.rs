//! The machine we are on: which programs it has, who we are on it, and where its own Rust lives.
//!
//! Two variables exist for xtask's tests alone: `XTASK_USR` stands in for `/usr`, the root of Debian's Rust, and
//! `XTASK_PATIENCE_SECS` for the 30 seconds that rustup's server has to show a sign of life.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::stop::Stop;

const PATIENCE: Duration = Duration::from_secs(30);

/// The file name endings that make a program.
const PROGRAM_ENDINGS: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };

#[derive(Debug, Clone)]
pub(crate) struct Machine {
    search: Vec<PathBuf>,
    usr: PathBuf,
    patience: Duration,
}

impl Machine {
    /// What the environment says. Cargo's folder of installed programs is searched even where PATH lacks it.
    pub(crate) fn from_environment() -> Self {
        let mut search: Vec<PathBuf> =
            env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
        let cargo_home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
        if let Some(cargo_home) = cargo_home {
            search.insert(0, cargo_home.join("bin"));
        }
        let patience = env::var("XTASK_PATIENCE_SECS").ok().and_then(|secs| secs.parse().ok());
        Self {
            search,
            usr: env::var_os("XTASK_USR").map_or_else(|| PathBuf::from("/usr"), PathBuf::from),
            patience: patience.map_or(PATIENCE, Duration::from_secs),
        }
    }

    /// The same machine, with these folders before all others in the search path.
    pub(crate) fn searching_first(mut self, folders: &[PathBuf]) -> Self {
        self.search.splice(0..0, folders.iter().cloned());
        self
    }

    /// Where `program` is, if it is installed.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        self.search
            .iter()
            .flat_map(|folder| {
                PROGRAM_ENDINGS.iter().map(move |ending| folder.join(format!("{program}{ending}")))
            })
            .find(|path| can_be_started(path))
    }

    /// A command that sees the same search path as we do. It never reads from the keyboard, so that nothing waits for
    /// an answer that cannot come.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let path: OsString = env::join_paths(&self.search)
            .unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default());
        command.env("PATH", path).stdin(Stdio::null());
        // Trunk takes NO_COLOR for a flag of its own and stops at values such as `1`.
        if env::var_os("NO_COLOR").is_some() {
            command
                .env_remove("NO_COLOR")
                .env("TRUNK_COLOR", "never")
                .env("CARGO_TERM_COLOR", "never");
        }
        command
    }

    /// Cargo, ready for its arguments.
    pub(crate) fn cargo(&self) -> Result<Command, Stop> {
        let cargo = self.find("cargo");
        cargo.map(|cargo| self.command(&cargo)).ok_or_else(|| {
            Stop::new("cargo is not on PATH: install Rust 1.95 or newer with rustup (https://rustup.rs), then run again")
        })
    }

    /// Node, ready for its arguments.
    pub(crate) fn node(&self) -> Result<Command, Stop> {
        let node = self.find("node");
        node.map(|node| self.command(&node))
            .ok_or_else(|| Stop::new("node is not on PATH: install Node 20, then run again"))
    }

    /// What `program` prints on standard output, if it is there and succeeds.
    pub(crate) fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let output = self.command(&self.find(program)?).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Whether we may install system packages.
    pub(crate) fn is_root(&self) -> bool {
        self.ask("id", &["-u"]).as_deref() == Some("0")
    }

    /// The root of the system's own Rust.
    pub(crate) fn usr(&self) -> &Path {
        &self.usr
    }

    /// How long rustup may go without receiving anything.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }
}

/// Whether a file is there that the system would start.
fn can_be_started(path: &Path) -> bool {
    let Ok(metadata) = path.metadata() else { return false };
    #[cfg(unix)]
    let has_permission = {
        use std::os::unix::fs::PermissionsExt;
        metadata.permissions().mode() & 0o111 != 0
    };
    #[cfg(not(unix))]
    let has_permission = true;
    metadata.is_file() && has_permission
}
