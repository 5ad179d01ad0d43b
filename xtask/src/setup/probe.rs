//! Whether a compiler builds for the browser.

use std::path::Path;

use crate::machine::Machine;
use crate::project::{Project, create_folder, write_file};
use crate::run;
use crate::stop::Stop;

/// The browser, in the compiler's words.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Whether `rustc` can build a module without tests as a test: this finds a missing standard library or test library,
/// one that another compiler built, and a missing linker alike.
pub(crate) fn builds_for_browser(
    machine: &Machine,
    project: &Project,
    rustc: &Path,
) -> Result<bool, Stop> {
    let folder = project.tools().join("probe");
    create_folder(&folder)?;
    let source = folder.join("probe.rs");
    write_file(&source, "")?;
    let mut command = machine.command(rustc);
    command
        .args(["--target", TARGET, "--test", "--edition", "2024", "-o"])
        .arg(folder.join("probe.wasm"))
        .arg(&source);
    Ok(run::silently(&mut command).is_ok())
}
