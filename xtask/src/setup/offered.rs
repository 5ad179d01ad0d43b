//! Programs that some tests ask for a second look: `GoAccess`, with which tests/goaccess.rs has the log of a walk read by somebody
//! else, and curl, which drives the HTTP front in tests/front.

use super::apt;
use crate::machine::Machine;
use crate::run;

/// A program of Debian's, by whose name its package goes.
struct Offered {
    program: &'static str,
    /// As its makers write it.
    name: &'static str,
    /// What the tests with it do.
    why: &'static str,
    takes: &'static str,
}

const ALL: [Offered; 2] = [
    Offered {
        program: "goaccess",
        name: "GoAccess",
        why: "read the log of a walk a second time",
        takes: "10 seconds",
    },
    Offered {
        program: "curl",
        name: "curl",
        why: "drive the HTTP front with an imported distribution",
        takes: "5 seconds",
    },
];

/// Installs them where that can be done. Without one its tests hold nothing, and say so; all others go on.
pub(crate) fn offer(machine: &Machine) {
    for Offered { program, name, why, takes } in ALL {
        if machine.find(program).is_some() {
            continue;
        }
        run::announce(&format!(
            "{name} is missing: the tests with it {why}. Debian's package {program} comes in {takes}."
        ));
        if let Err(stop) = apt::install(machine, &[program], name) {
            run::announce(&format!("The tests with {name} are skipped: {stop}"));
        }
    }
}
