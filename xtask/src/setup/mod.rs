//! Sets up what is missing. Each tool has a module that says how it is recognised, where it comes from, and what to do
//! by hand where we cannot install it.

mod apt;
pub(crate) mod aws_tools;
mod binaryen;
mod bindgen;
mod browser;
mod cache_tests;
mod cargo_install;
mod debian_rust;
mod libcachesim;
mod lighthouse;
mod node;
pub(crate) mod offered;
mod pair;
mod playwright;
mod probe;
mod python;
mod splitter;
mod target;
mod trunk;

pub(crate) use browser::{Browser, firefox};
pub(crate) use target::Compiler;

use std::path::PathBuf;

use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;

/// What a debug build of the page needs.
pub(crate) fn for_serving(machine: &Machine, project: &Project) -> Result<Compiler, Stop> {
    let compiler = target::ensure(machine, project)?;
    trunk::ensure(machine, project)?;
    bindgen::ensure(machine, project)?;
    Ok(compiler)
}

/// What the release build needs: the same, the optimiser, and what takes the module apart.
pub(crate) fn for_building(machine: &Machine, project: &Project) -> Result<Compiler, Stop> {
    let compiler = for_serving(machine, project)?;
    binaryen::ensure(machine, project)?;
    splitter::ensure(machine, project)?;
    Ok(compiler)
}

/// What the tests in a browser need beside the release build.
pub(crate) fn for_browser_tests(machine: &Machine, project: &Project) -> Result<Browser, Stop> {
    node::ensure(machine, project)?;
    playwright::ensure(machine, project)?;
    browser::ensure(machine)
}

/// What the HTTP cache test suite needs; returns its folder.
pub(crate) fn for_conformance(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    node::ensure(machine, project)?;
    cache_tests::ensure(machine, project)
}

/// What measures with us and against us.
pub(crate) struct Others {
    /// The folder of the packages that Node runs.
    pub(crate) modules: PathBuf,
    /// The Python that has libCacheSim.
    pub(crate) python: PathBuf,
    /// The folder of the packages that have Lighthouse.
    pub(crate) lighthouse: PathBuf,
}

/// What `bench` needs beside what the browser tests do.
pub(crate) fn for_bench(machine: &Machine, project: &Project) -> Result<Others, Stop> {
    node::ensure(machine, project)?;
    let modules = pair::ensure(machine, project)?;
    let python = libcachesim::ensure(machine, project)?;
    Ok(Others { modules, python, lighthouse: lighthouse::ensure(machine, project)? })
}
