//! `cargo xtask build`: leaves the release site in dist/.

use std::path::PathBuf;
use std::process::Command;

use crate::machine::Machine;
use crate::project::Project;
use crate::setup::{self, Compiler};
use crate::stop::Stop;
use crate::{one_sheet, parts, run, site};

pub(crate) fn build(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let compiler = setup::for_building(machine, project)?;
    println!("{}", release(machine, project, &compiler)?);
    Ok(())
}

/// Builds with everything in place, looks the result over, and says what it is.
pub(crate) fn release(
    machine: &Machine,
    project: &Project,
    compiler: &Compiler,
) -> Result<String, Stop> {
    let mut command = trunk(machine, project, compiler)?;
    parts::ask_for(&mut command);
    build_site(command, &parts::MARKS)?;
    parts::take_apart(machine, project)?;
    one_sheet::make(&project.dist())?;
    site::look_over(&project.dist())
}

/// Builds the same with the long trace of `bench` in the page, into a folder of its own; returns the folder.
pub(crate) fn with_trace(
    machine: &Machine,
    project: &Project,
    compiler: &Compiler,
) -> Result<PathBuf, Stop> {
    let folder = project.target.join("trace-site");
    let dist = folder.to_string_lossy().into_owned();
    build_site(trunk(machine, project, compiler)?, &["--features", "bench", "--dist", &dist])?;
    Ok(folder)
}

fn build_site(mut command: Command, more: &[&str]) -> Result<(), Stop> {
    command.args(["build", "--release", "--offline", "--skip-version-check"]).args(more);
    if run::visibly(&run::in_words(&command), &mut command)?.success {
        return Ok(());
    }
    Err(Stop::new("the release build failed: its reason is above"))
}

/// Trunk in the project's folder, ready for its arguments.
pub(crate) fn trunk(
    machine: &Machine,
    project: &Project,
    compiler: &Compiler,
) -> Result<Command, Stop> {
    fetch(machine, project)?;
    let trunk =
        machine.find("trunk").ok_or_else(|| Stop::new("trunk is not on PATH: run again"))?;
    let mut command = machine.command(&trunk);
    compiler.choose_for(&mut command);
    command.current_dir(&project.root);
    Ok(command)
}

/// Gets the packages of Cargo.lock: Trunk then works without the network, and so downloads no tools of its own.
fn fetch(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let mut command = project.cargo(machine)?;
    command.args(["fetch", "--locked"]);
    if run::visibly("cargo fetch --locked", &mut command)?.success {
        return Ok(());
    }
    Err(Stop::new(
        "the packages of Cargo.lock could not be fetched (cargo's reason is above): check the network, or run `cargo fetch` \
         by hand if Cargo.toml has changed, then run again",
    ))
}
