//! `goaccess`, with which tests/goaccess.rs has the log of a walk read by somebody else.

use super::apt;
use crate::machine::Machine;
use crate::run;

/// Installs it where that can be done. Without it those tests hold nothing, and say so; all others go on.
pub(crate) fn offer(machine: &Machine) {
    if machine.find("goaccess").is_some() {
        return;
    }
    run::announce(
        "GoAccess is missing: the tests with it read the log of a walk a second time. Debian's package goaccess comes in \
         10 seconds.",
    );
    if let Err(stop) = apt::install(machine, &["goaccess"], "GoAccess") {
        run::announce(&format!("The tests with GoAccess are skipped: {stop}"));
    }
}
