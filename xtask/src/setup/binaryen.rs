//! wasm-opt, from binaryen: makes the module about half as large.

use super::node;
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

const PACKAGE: &str = "binaryen@132.0.0";

/// Older ones, such as Debian's 108, write a module that fails when the page starts.
const OLDEST: u32 = 120;

pub(crate) fn ensure(machine: &Machine, project: &Project) -> Result<(), Stop> {
    if is_new_enough(machine) {
        return Ok(());
    }
    let npm = node::npm(machine, "wasm-opt, which makes the page smaller, comes from it")?;
    run::announce(&format!(
        "wasm-opt {OLDEST} or newer is needed: it makes the page smaller. npm installs its package {PACKAGE} into \
         target/tools in a few seconds."
    ));
    node::install_package(machine, &project.tools(), &npm, PACKAGE)?;
    if is_new_enough(machine) {
        return Ok(());
    }
    Err(Stop::new(format!(
        "npm's package {PACKAGE} did not bring a wasm-opt that runs here: install binaryen by hand"
    )))
}

fn is_new_enough(machine: &Machine) -> bool {
    machine
        .ask("wasm-opt", &["--version"])
        .and_then(|words| version(&words))
        .is_some_and(|version| version >= OLDEST)
}

/// `wasm-opt version 132 (version_132)`
fn version(words: &str) -> Option<u32> {
    words.split_whitespace().nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_is_the_third_word() {
        assert_eq!(super::version("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(super::version("wasm-opt"), None);
    }
}
