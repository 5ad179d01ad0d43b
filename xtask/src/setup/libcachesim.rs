//! libCacheSim, a simulator of caches in C, from Python's package index.

use std::path::PathBuf;

use super::python::{self, Environment};
use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

const PACKAGE: &str = "libcachesim==0.3.5";

const ENVIRONMENT: Environment<'_> = Environment {
    folder: "libcachesim",
    what: "libCacheSim is",
    why: "the store is measured against its LRU",
    takes: "about 30 seconds",
    packages: &[PACKAGE],
    versions: PACKAGE,
};

/// The Python that has it.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    python::ensure(machine, project, &ENVIRONMENT)
}
