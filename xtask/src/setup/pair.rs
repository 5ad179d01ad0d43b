//! The two packages of npm against which the engine is measured, in a folder of their own.

use std::path::PathBuf;

use super::node::{self, Package};
use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

const WHY: &str = "the engine is measured against it";
const TAKES: &str = "a few seconds";

/// From 4.2 on http-cache-semantics makes the fields of an answer with each decision, which is slower.
const PACKAGES: [Package; 2] = [
    Package { name: "http-cache-semantics", version: "4.1.1", why: WHY, takes: TAKES },
    Package { name: "lru-cache", version: "11.5.3", why: WHY, takes: TAKES },
];

/// Their folder.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    let [one, other] = &PACKAGES;
    node::ensure_package(machine, project, "pair", one)?;
    node::ensure_package(machine, project, "pair", other)
}
