//! wasm-bindgen: writes the JavaScript between the page and the module; also runs tests in a browser.

use super::cargo_install::{self, Program};
use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let version = project.locked_version("wasm-bindgen")?;
    let program = Program {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: &version,
        // The Cargo.lock of 0.2.130 names a package version that no longer exists.
        locked: false,
        features: &[],
        purpose: "joins the module to the page and must have exactly the version in Cargo.lock",
        time: "2 to 3 minutes",
        accepts: |installed, wanted| installed == wanted,
    };
    cargo_install::ensure(machine, project, &program)
}
