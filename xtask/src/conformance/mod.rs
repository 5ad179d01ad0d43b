//! `cargo xtask conformance`: the HTTP cache test suite against the engine behind real sockets (examples/edge), its counts
//! beside those published for other caches, and every failing required test held against the table of those in which
//! `CloudFront` answers otherwise.

mod deviations;
mod report;
mod server;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::machine::Machine;
use crate::project::Project;
use crate::rows::Reference;
use crate::stop::Stop;
use crate::{run, setup};
use deviations::Deviations;
use report::Report;
use server::Server;

pub(crate) fn conformance(machine: &Machine, project: &Project) -> Result<ExitCode, Stop> {
    let suite = setup::for_conformance(machine, project)?;
    let folder = project.root.join("tests").join("conformance");
    let deviations = Deviations::read(&folder.join("deviations.txt"))?;
    let edge = build(machine, project)?;
    let report = measure(machine, project, &suite, &folder, &edge)?;
    print!("\n{}", report.table());
    let reference = Reference::read(&project.root)?;
    let complaints = deviations.complaints(&report, &reference.known);
    for complaint in &complaints {
        println!("  {complaint}");
    }
    let verdict = match complaints.len() {
        0 => "every required test passes or is expected to fail, and says by which row".to_owned(),
        count => format!("{count} to settle in tests/conformance/deviations.txt or in the code"),
    };
    println!("\n{verdict}");
    Ok(if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The front, with optimisations.
fn build(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    let mut command = project.cargo(machine)?;
    command
        .args(["build", "--release", "--package", "edgewalk", "--no-default-features"])
        .args(["--example", "edge"]);
    if !run::visibly(&run::in_words(&command), &mut command)?.success {
        return Err(Stop::new("examples/edge does not compile: its errors are above"));
    }
    let examples = project.target.join("release").join("examples");
    Ok(examples.join(format!("edge{}", std::env::consts::EXE_SUFFIX)))
}

/// Starts the suite's origin and the front on free ports and runs the suite's client.
fn measure(
    machine: &Machine,
    project: &Project,
    suite: &Path,
    folder: &Path,
    edge: &Path,
) -> Result<Report, Stop> {
    let mut origin = machine.node()?;
    origin
        .arg("server/server.mjs")
        .current_dir(suite)
        .env("npm_config_protocol", "http")
        .env("npm_config_port", "0")
        .env("npm_config_pidfile", project.tools().join("cache-tests.pid"));
    let origin = Server::start("the suite's origin", &mut origin, "Listening on http://")?;
    let mut front = machine.command(edge);
    front
        .args(["--listen", "127.0.0.1:0", "--origin"])
        .arg(format!("http://127.0.0.1:{}", origin.port))
        .arg("--distribution")
        .arg(folder.join("distribution.json"));
    for policy in ["cache-policy.json", "origin-request-policy.json"] {
        front.arg("--policy").arg(folder.join(policy));
    }
    let front = Server::start("examples/edge", &mut front, " on http://")?;
    let mut client = machine.node()?;
    client
        .arg("--no-warnings")
        .arg(folder.join("run.mjs"))
        .arg(suite)
        .arg(format!("http://127.0.0.1:{}", front.port));
    run::announce("the suite's 329 tests run, a hundred at a time: some 20 seconds");
    Report::read(&run::silently(&mut client)?)
}
