//! Lighthouse, which rates the page as it would be served. It drives the Chromium that is there and downloads none.

use std::path::PathBuf;

use super::node::{self, Package};
use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

const PACKAGE: Package = Package {
    name: "lighthouse",
    version: "12.8.2",
    why: "it rates the page",
    takes: "about a minute",
};

/// Its folder of packages.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    node::ensure_package(machine, project, "lighthouse", &PACKAGE)
}
