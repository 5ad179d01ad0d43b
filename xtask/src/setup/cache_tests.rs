//! The HTTP cache test suite: npm's package http-cache-tests, in a folder of its own, since it brings an old npm along
//! that must not be found before the system's.

use std::path::PathBuf;

use super::node;
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

const VERSION: &str = "0.4.5";

/// The folder of the suite.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    let home = project.tools().join("cache-tests");
    let modules = home.join("node_modules");
    let suite = modules.join("http-cache-tests");
    let is_there = || node::has_version(&suite, VERSION) && modules.join("node-fetch").is_dir();
    if is_there() {
        return Ok(suite);
    }
    let npm = node::npm(machine, "the HTTP cache test suite comes from it")?;
    let package = format!("http-cache-tests@{VERSION}");
    run::announce(&format!(
        "The HTTP cache test suite is needed: npm installs its package {package} into target/tools/cache-tests in about \
         10 seconds."
    ));
    node::install_package(machine, &home, &npm, &package)?;
    if is_there() {
        return Ok(suite);
    }
    Err(Stop::new(format!(
        "npm's package {package} did not bring the suite and its node-fetch: remove {} and run again",
        home.display()
    )))
}
