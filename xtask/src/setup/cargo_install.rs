//! Programs that `cargo install` builds.

use std::fs;

use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

/// A program, and what to tell about it.
pub(crate) struct Program<'a> {
    pub(crate) name: &'a str,
    pub(crate) package: &'a str,
    pub(crate) version: &'a str,
    /// Whether the package's own Cargo.lock is used.
    pub(crate) locked: bool,
    /// What it is for.
    pub(crate) purpose: &'a str,
    /// How long building it takes on 2 cores.
    pub(crate) time: &'a str,
    /// Which installed versions will do.
    pub(crate) accepts: fn(installed: &str, wanted: &str) -> bool,
}

/// Builds and installs the program unless a fitting version is there.
pub(crate) fn ensure(machine: &Machine, project: &Project, program: &Program) -> Result<(), Stop> {
    let Program { name, package, version, purpose, time, .. } = program;
    let found = installed_version(machine, name);
    if found.as_deref().is_some_and(|found| (program.accepts)(found, version)) {
        return Ok(());
    }
    let state = found
        .map_or_else(|| "is missing".to_owned(), |found| format!("is there in version {found}"));
    run::announce(&format!(
        "{name} {version} is needed: it {purpose}. It {state}; cargo builds it in {time}."
    ));

    let locked: &[&str] = if program.locked { &["--locked"] } else { &[] };
    let by_hand =
        [&["cargo", "install"], locked, &[package, "--version", version]].concat().join(" ");
    // Not Cargo's temporary folder: an interrupted installation then goes on where it stopped.
    let building = project.tools().join("building");
    let mut command = project.cargo(machine)?;
    command
        .args(["install", package, "--version", version])
        .args(locked)
        .env("CARGO_TARGET_DIR", &building)
        // The packages ask for the slowest optimisation, which takes twice as long to build as it ever saves here.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    if !run::visibly(&by_hand, &mut command)?.success {
        return Err(Stop::new(format!(
            "cargo could not install {name} {version} (its reason is above): check the network, run `{by_hand}` by hand, \
             then run again"
        )));
    }
    if !installed_version(machine, name).is_some_and(|found| (program.accepts)(&found, version)) {
        return Err(Stop::new(format!(
            "{name} {version} was installed but another or none is found: put the folder that `{by_hand}` installs to \
             first on PATH, then run again"
        )));
    }
    // Left-overs only take space.
    let _ = fs::remove_dir_all(building);
    Ok(())
}

/// `trunk 0.21.14` and `wasm-bindgen 0.2.130 (commit)` alike have it as the second word.
fn installed_version(machine: &Machine, program: &str) -> Option<String> {
    machine.ask(program, &["--version"])?.split_whitespace().nth(1).map(str::to_owned)
}
