//! The HTTP cache test suite: npm's package http-cache-tests, in a folder of its own, since it brings an old npm along
//! that must not be found before the system's.

use std::path::PathBuf;

use super::node;
use crate::machine::Machine;
use crate::project::{Project, create_folder};
use crate::run;
use crate::stop::Stop;

const VERSION: &str = "0.4.5";

/// The folder of the suite.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    let home = project.tools().join("cache-tests");
    let suite = home.join("node_modules").join("http-cache-tests");
    if is_version(&suite) && home.join("node_modules").join("node-fetch").is_dir() {
        return Ok(suite);
    }
    let npm = node::npm(machine, "the HTTP cache test suite comes from it")?;
    run::announce(&format!(
        "The HTTP cache test suite is needed: npm installs its package http-cache-tests@{VERSION} into \
         target/tools/cache-tests in about 10 seconds."
    ));
    create_folder(&home)?;
    let package = format!("http-cache-tests@{VERSION}");
    let mut command = machine.command(&npm);
    command.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&home).arg(&package);
    if run::visibly(&format!("npm install {package}"), &mut command)?.success && is_version(&suite)
    {
        return Ok(suite);
    }
    Err(Stop::new(format!(
        "npm could not install {package} (its reason is above): check the network, run `npm install --prefix {} {package}` \
         by hand, then run again",
        home.display()
    )))
}

fn is_version(suite: &std::path::Path) -> bool {
    let text = std::fs::read_to_string(suite.join("package.json")).unwrap_or_default();
    text.contains(&format!("\"version\": \"{VERSION}\""))
}
