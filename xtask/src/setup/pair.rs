//! The two packages of npm against which the engine is measured, in a folder of their own.

use std::path::PathBuf;

use super::node;
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

/// Name and version. From 4.2 on http-cache-semantics makes the fields of an answer with each decision, which is slower.
const PACKAGES: [(&str, &str); 2] = [("http-cache-semantics", "4.1.1"), ("lru-cache", "11.5.3")];

/// Their folder.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    let home = project.tools().join("pair");
    let modules = home.join("node_modules");
    for (name, version) in PACKAGES {
        let is_there = || node::has_version(&modules.join(name), version);
        if is_there() {
            continue;
        }
        let npm =
            node::npm(machine, "the packages that the engine is measured against come from it")?;
        let package = format!("{name}@{version}");
        run::announce(&format!(
            "{package} is needed: the engine is measured against it. npm installs it into target/tools/pair in a few seconds."
        ));
        node::install_package(machine, &home, &npm, &package)?;
        if !is_there() {
            return Err(Stop::new(format!(
                "npm's package {package} did not come in that version: remove {} and run again",
                home.display()
            )));
        }
    }
    Ok(modules)
}
