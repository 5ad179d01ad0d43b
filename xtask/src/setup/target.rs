//! A compiler that builds for the browser, that is for wasm32-unknown-unknown.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use super::debian_rust;
use super::probe::{TARGET, builds_for_browser};
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

/// The compiler that builds for the browser. Native code is always built by Cargo's own choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Compiler {
    /// The one that Cargo uses anyway.
    Default,
    /// Another: Debian's.
    At(PathBuf),
}

impl Compiler {
    /// Makes `command`, and every Cargo that it starts, use this compiler.
    pub(crate) fn choose_for(&self, command: &mut Command) {
        if let Self::At(rustc) = self {
            command.env("RUSTC", rustc);
        }
    }
}

/// Finds a compiler with the target; else asks rustup for the target; else takes Debian's compiler.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<Compiler, Stop> {
    if let Some(rustc) = machine.find("rustc")
        && builds_for_browser(machine, project, &rustc)?
    {
        return Ok(Compiler::Default);
    }
    let debians = debian_rust::compiler(machine);
    if debians.is_file() && builds_for_browser(machine, project, &debians)? {
        return Ok(Compiler::At(debians));
    }
    let why_not = match machine.find("rustup") {
        None => "rustup is not on PATH".to_owned(),
        Some(rustup) => match add_with_rustup(machine, &rustup)? {
            Added::Yes => return Ok(Compiler::Default),
            Added::No(why) => why,
        },
    };
    if machine.find("apt-get").is_none() {
        return Err(Stop::new(format!(
            "the compiler lacks the target {TARGET}: {why_not}, and this system has no apt-get for Debian's compiler \
             instead; run `rustup target add {TARGET}` with rustup (https://rustup.rs) and a network, then run again"
        )));
    }
    println!("  {why_not}: Debian's compiler is used for the browser instead.");
    debian_rust::install(machine, project)?;
    Ok(Compiler::At(debians))
}

enum Added {
    Yes,
    No(String),
}

fn add_with_rustup(machine: &Machine, rustup: &Path) -> Result<Added, Stop> {
    run::announce(&format!(
        "The compiler's target {TARGET} is missing: it is what the page is built for. rustup adds it in about a minute, \
         if its server can be reached."
    ));
    let mut command = machine.command(rustup);
    command.args(["target", "add", TARGET]);
    // Where its server cannot be reached rustup hangs for many minutes and says nothing: what it has received so far
    // is the only sign of life.
    let downloads = env::var_os("RUSTUP_HOME")
        .map(Into::into)
        .or_else(|| env::home_dir().map(|home| home.join(".rustup")))
        .map(|rustup_home: PathBuf| [rustup_home.join("downloads"), rustup_home.join("tmp")]);
    let received = || downloads.iter().flatten().map(|folder| bytes_in(folder)).sum::<u64>();
    let (mut before, mut since) = (received(), Instant::now());
    let mut gave_up = false;
    let finished =
        run::visibly_while(&format!("rustup target add {TARGET}"), &mut command, || {
            let now = received();
            if now != before {
                (before, since) = (now, Instant::now());
            }
            gave_up = since.elapsed() >= machine.patience();
            !gave_up
        })?;
    Ok(if finished.success {
        Added::Yes
    } else if gave_up {
        Added::No(format!("rustup's server sent nothing for {} s", machine.patience().as_secs()))
    } else {
        Added::No("rustup could not add the target (its reason is above)".to_owned())
    })
}

/// The size of the files in `folder`, as far as it can be read.
fn bytes_in(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(about) if about.is_dir() => bytes_in(&entry.path()),
            Ok(about) => about.len(),
            Err(_) => 0,
        })
        .sum()
}
