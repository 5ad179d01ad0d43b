//! Node and npm.

use std::path::{Path, PathBuf};

use super::apt;
use crate::machine::Machine;
use crate::project::{Project, create_folder};
use crate::run;
use crate::stop::Stop;

/// playwright-core starts with no older one.
const OLDEST: u32 = 20;

/// A Node that is new enough for the browser tests.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    match machine.ask("node", &["--version"]) {
        Some(version) if major(&version).is_some_and(|major| major >= OLDEST) => return Ok(()),
        Some(version) => run::announce(&format!(
            "Node {OLDEST} or newer is needed: it runs the browser tests. The one here is {version}; npm installs its \
             package node@22 into target/tools in about 10 seconds."
        )),
        None => run::announce(&format!(
            "Node {OLDEST} or newer is needed: it runs the browser tests. npm installs its package node@22 into \
             target/tools in about 10 seconds."
        )),
    }
    let npm = npm(machine, "the Node that runs the browser tests comes from it")?;
    install_package(machine, &project.tools(), &npm, "node@22")?;
    match machine.ask("node", &["--version"]) {
        Some(version) if major(&version).is_some_and(|major| major >= OLDEST) => Ok(()),
        _ => Err(Stop::new(format!(
            "npm's package node@22 did not bring a Node that runs here: install Node {OLDEST} or newer by hand, then run \
             again"
        ))),
    }
}

/// npm; Debian's where there is none. `why` ends the sentence that announces it.
pub(crate) fn npm(machine: &Machine, why: &str) -> Result<PathBuf, Stop> {
    if let Some(npm) = machine.find("npm") {
        return Ok(npm);
    }
    run::announce(&format!("npm is missing: {why}. Debian's package npm comes in 1 to 2 minutes."));
    apt::program(machine, "npm", &["npm"], "npm")
}

/// Installs one package into a folder of the project's own tools, never for the whole system.
pub(crate) fn install_package(
    machine: &Machine,
    folder: &Path,
    npm: &Path,
    package: &str,
) -> Result<(), Stop> {
    create_folder(folder)?;
    let mut command = machine.command(npm);
    command.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(folder).arg(package);
    if run::visibly(&format!("npm install {package}"), &mut command)?.success {
        return Ok(());
    }
    Err(Stop::new(format!(
        "npm could not install {package} (its reason is above): check the network, run `npm install --prefix {} {package}` \
         by hand, then run again",
        folder.display()
    )))
}

/// A package in one version, and why it is wanted.
pub(super) struct Package {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// Ends `... is needed: `.
    pub(super) why: &'static str,
    /// How long it takes to install.
    pub(super) takes: &'static str,
}

/// Sees to it that a package is there in its version, in the folder of that name among the project's tools, and returns the
/// folder of its `node_modules`.
pub(super) fn ensure_package(
    machine: &Machine,
    project: &Project,
    folder: &str,
    Package { name, version, why, takes }: &Package,
) -> Result<PathBuf, Stop> {
    let home = project.tools().join(folder);
    let modules = home.join("node_modules");
    let is_there = || has_version(&modules.join(name), version);
    if is_there() {
        return Ok(modules);
    }
    let package = format!("{name}@{version}");
    let npm = npm(machine, &format!("{package}, which `bench` needs, comes from it"))?;
    run::announce(&format!(
        "{package} is needed: {why}. npm installs it into target/tools/{folder} in {takes}."
    ));
    install_package(machine, &home, &npm, &package)?;
    if is_there() {
        return Ok(modules);
    }
    Err(Stop::new(format!(
        "npm's package {package} did not come in that version: remove {} and run again",
        home.display()
    )))
}

/// Whether the package in a folder of `node_modules` is there in this version.
pub(crate) fn has_version(package: &Path, version: &str) -> bool {
    let text = std::fs::read_to_string(package.join("package.json")).unwrap_or_default();
    text.contains(&format!("\"version\": \"{version}\""))
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_major_version_is_what_counts() {
        assert_eq!(super::major("v20.20.2"), Some(20));
        assert_eq!(super::major("v9.0.0"), Some(9));
        assert_eq!(super::major("not a version"), None);
    }
}
