//! AWS's own tools, against which tests/aws holds what is exported and what is signed: botocore, cfn-lint, and cryptography to
//! sign with.

use super::python::{self, Environment};
use crate::machine::Machine;
use crate::project::{Project, read_file};
use crate::run;
use crate::stop::Stop;

/// Each package in its version.
const REQUIREMENTS: &str = "tests/aws/requirements.txt";

/// Installs them where that can be done. Without them those tests hold nothing, and say so; all others go on.
pub(crate) fn offer(machine: &Machine, project: &Project) {
    if let Err(stop) = ensure(machine, project) {
        run::announce(&format!("The tests with botocore and cfn-lint are skipped: {stop}"));
    }
}

fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let versions = read_file(&project.root.join(REQUIREMENTS))?;
    let environment = Environment {
        folder: "aws",
        what: "botocore, cfn-lint and cryptography are",
        why: "AWS's own tools check what is exported and sign what is verified",
        takes: "about 20 seconds",
        packages: &["-r", REQUIREMENTS],
        versions: &versions,
    };
    python::ensure(machine, project, &environment).map(drop)
}
