//! Trunk: compiles the page, puts its files together, serves it.

use super::cargo_install::{self, Program};
use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

/// 0.22 needs a newer compiler than the project does.
const VERSION: &str = "0.21.14";

pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let program = Program {
        name: "trunk",
        package: "trunk",
        version: VERSION,
        locked: true,
        features: &[],
        purpose: "builds and serves the page",
        time: "4 to 8 minutes",
        accepts: |installed, _| installed.starts_with("0.21."),
    };
    cargo_install::ensure(machine, project, &program)
}
