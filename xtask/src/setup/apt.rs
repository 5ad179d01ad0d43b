//! Debian's packages.

use std::path::PathBuf;

use crate::machine::Machine;
use crate::run;
use crate::stop::Stop;

/// Where `program` is, once the packages that bring it are installed.
pub(crate) fn program(
    machine: &Machine,
    program: &str,
    packages: &[&str],
    what: &str,
) -> Result<PathBuf, Stop> {
    install(machine, packages, what)?;
    machine.find(program).ok_or_else(|| {
        Stop::new(format!(
            "{program} was installed but is not on PATH: put its folder there, then run again"
        ))
    })
}

/// Installs `packages`; `what` names in the reader's words what they bring.
pub(crate) fn install(machine: &Machine, packages: &[&str], what: &str) -> Result<(), Stop> {
    let list = packages.join(" ");
    let Some(apt) = machine.find("apt-get") else {
        return Err(Stop::new(format!(
            "{what} is missing and this system has no apt-get to install it: install it by hand (on Debian it is in the \
             packages {list}), then run again"
        )));
    };
    if !machine.is_root() {
        return Err(Stop::new(format!(
            "{what} is missing and only root may install it: run `apt-get install {list}` as root, then run again"
        )));
    }
    // A list of packages that is old names files that the server no longer has. If the update fails, the
    // installation says why.
    run::visibly("apt-get update", machine.command(&apt).arg("update"))?;
    let mut command = machine.command(&apt);
    command
        .args(["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    if run::visibly(&format!("apt-get install {list}"), &mut command)?.success {
        return Ok(());
    }
    Err(Stop::new(format!(
        "apt-get could not install {what} (its reason is above): check the network, run `apt-get install {list}` by \
         hand, then run again"
    )))
}
