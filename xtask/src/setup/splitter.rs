//! wasm-split-cli: takes a module apart at the functions that are marked with `wasm_split`.

use super::cargo_install::{self, Program};
use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

/// Reads the marks of the `wasm_split_helpers` that Leptos brings: both are 0.2.
const VERSION: &str = "0.2.4";

pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let program = Program {
        name: "wasm-split-cli",
        package: "wasm_split_cli_support",
        version: VERSION,
        locked: true,
        features: &["build-binary"],
        purpose: "takes the page's module apart, so that what is rarely opened is fetched when it is",
        time: "1 to 2 minutes",
        accepts: |installed, wanted| installed == wanted,
    };
    cargo_install::ensure(machine, project, &program)
}
