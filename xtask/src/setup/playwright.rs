//! The packages of tests/e2e, in exactly the versions of its package-lock.json.

use std::fs;

use super::node;
use crate::machine::Machine;
use crate::project::{Project, read_file, write_file};
use crate::run;
use crate::stop::Stop;

pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let folder = project.root.join("tests").join("e2e");
    let lock = folder.join("package-lock.json");
    let wanted = read_file(&lock)?;
    let stamp = folder.join("node_modules").join(".installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let npm =
        node::npm(machine, "playwright-core, which drives the browser in tests, comes from it")?;
    run::announce(
        "playwright-core, axe-core, pixelmatch and pngjs are needed: they drive the browser, check accessibility and compare \
         pictures in tests. npm installs them into tests/e2e in a few seconds.",
    );
    let mut command = machine.command(&npm);
    command.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder);
    if run::visibly("npm ci", &mut command)?.success {
        return write_file(&stamp, &wanted);
    }
    Err(Stop::new(
        "npm could not install the packages of tests/e2e (its reason is above): check the network, run `npm ci` in \
         tests/e2e by hand, then run again",
    ))
}
