//! libCacheSim, a simulator of caches in C, from Python's package index: in a virtual environment of its own.

use std::path::PathBuf;

use super::apt;
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

const PACKAGE: &str = "libcachesim==0.3.5";

/// The Python that has it.
pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<PathBuf, Stop> {
    let home = project.tools().join("libcachesim");
    let python = home.join("bin").join("python");
    let stamp = home.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == PACKAGE) {
        return Ok(python);
    }
    run::announce(&format!(
        "libCacheSim is needed: the store is measured against its LRU. pip installs {PACKAGE} into \
         target/tools/libcachesim in about 30 seconds."
    ));
    // Debian's Python has what makes virtual environments in a package of its own.
    let has_venv = machine.ask("python3", &["-c", "import ensurepip"]).is_some();
    let system = match machine.find("python3") {
        Some(python) if has_venv => python,
        _ => {
            let packages = ["python3", "python3-venv"];
            apt::program(machine, "python3", &packages, "a Python with venv")?
        }
    };
    let mut command = machine.command(&system);
    command.args(["-m", "venv", "--clear"]).arg(&home);
    let made = run::visibly("python3 -m venv target/tools/libcachesim", &mut command)?.success;
    let mut command = machine.command(&python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]);
    if made && run::visibly(&format!("pip install {PACKAGE}"), &mut command)?.success {
        crate::project::write_file(&stamp, PACKAGE)?;
        return Ok(python);
    }
    Err(Stop::new(format!(
        "pip could not install {PACKAGE} (its reason is above): check the network, remove {} and run again",
        home.display()
    )))
}
