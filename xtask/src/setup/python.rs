//! Packages of Python's index, in virtual environments of their own.

use std::path::PathBuf;

use super::apt;
use crate::machine::Machine;
use crate::project::{Project, write_file};
use crate::run;
use crate::stop::Stop;

/// A virtual environment among the project's tools, and why it is wanted.
pub(crate) struct Environment<'a> {
    /// Its folder.
    pub(crate) folder: &'a str,
    /// What it brings, in the reader's words.
    pub(crate) what: &'a str,
    /// Ends `.. needed: `.
    pub(crate) why: &'a str,
    /// How long it takes to install.
    pub(crate) takes: &'a str,
    /// What pip is told to install; files are named from the project's folder.
    pub(crate) packages: &'a [&'a str],
    /// What these come to: what was installed by another text is installed anew.
    pub(crate) versions: &'a str,
}

/// The Python of an environment that has what it requires.
pub(crate) fn ensure(
    machine: &Machine,
    project: &Project,
    Environment { folder, what, why, takes, packages, versions }: &Environment<'_>,
) -> Result<PathBuf, Stop> {
    let home = project.tools().join(folder);
    let python = home.join("bin").join("python");
    let stamp = home.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == *versions) {
        return Ok(python);
    }
    let list = packages.join(" ");
    run::announce(&format!(
        "{what} needed: {why}. pip installs {list} into target/tools/{folder} in {takes}."
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
    let title = format!("python3 -m venv target/tools/{folder}");
    let made = run::visibly(&title, &mut command)?.success;
    let mut command = machine.command(&python);
    command
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(*packages);
    if made && run::visibly(&format!("pip install {list}"), &mut command)?.success {
        write_file(&stamp, versions)?;
        return Ok(python);
    }
    Err(Stop::new(format!(
        "pip could not install {list} (its reason is above): check the network, remove {} and run again",
        home.display()
    )))
}
