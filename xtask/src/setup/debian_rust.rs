//! Debian's compiler with a standard library for the browser, for machines that do not reach rustup's server.
//!
//! Debian ships the compiler and the library's source, not the library for wasm32-unknown-unknown: it is built once
//! and put beside the compiler's other targets, so that the project itself needs no unstable flag.

use std::fs;
use std::path::{Path, PathBuf};

use super::apt;
use super::probe::{TARGET, builds_for_browser};
use crate::machine::Machine;
use crate::project::{Project, create_folder, write_file};
use crate::run;
use crate::stop::Stop;

/// The empty package whose only purpose is that Cargo builds the standard library for it.
const EMPTY: &str = "only_std";

const BY_HAND: &str = "run `rustup target add wasm32-unknown-unknown` where rustup's server can be reached, then run again";

pub(crate) fn install(machine: &Machine, project: &Project) -> Result<(), Stop> {
    run::announce(
        "Debian's Rust (packages rustc-web, rust-web-src, rust-web-llvm and its linker, 300 MB) comes in about a minute; \
         its standard library for the browser is then built once, in about 2 minutes.",
    );
    let what = "a compiler for the browser";
    apt::install(machine, &["rustc-web", "rust-web-src", "rust-web-llvm"], what)?;
    if let Some(linker) = missing_linker(machine) {
        apt::install(machine, &[&linker], "the linker for the browser")?;
    }
    build_library(machine, project)?;
    if !builds_for_browser(machine, project, &compiler(machine))? {
        return Err(Stop::new(format!(
            "Debian's compiler is installed but cannot build for the browser: {BY_HAND}"
        )));
    }
    name_for_rustup(machine)
}

/// Debian's compiler, installed or not.
pub(crate) fn compiler(machine: &Machine) -> PathBuf {
    machine.usr().join("bin").join("rustc")
}

/// `rust-lld` is a link to a program such as `lld-22`, which has its own package of that name; rust-web-llvm does not
/// depend on it.
fn missing_linker(machine: &Machine) -> Option<String> {
    let link = machine.usr().join("bin").join("rust-lld");
    let program = fs::read_link(&link).ok()?;
    if link.exists() { None } else { Some(program.file_name()?.to_string_lossy().into_owned()) }
}

fn build_library(machine: &Machine, project: &Project) -> Result<(), Stop> {
    let package = project.tools().join(EMPTY);
    let built = package.join("target");
    create_folder(&package.join("src"))?;
    // Its own workspace, since the folder may lie inside ours.
    let manifest = format!(
        "[package]\nname = \"{EMPTY}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n"
    );
    write_file(&package.join("Cargo.toml"), &manifest)?;
    write_file(&package.join("src").join("lib.rs"), "")?;

    let mut command = machine.cargo()?;
    command
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", TARGET])
        .current_dir(&package)
        .env("RUSTC", compiler(machine))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &built)
        // Without it a build with link-time optimisation fails: "failed to get bitcode from object file".
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cembed-bitcode=yes");
    if !run::visibly("building the standard library for the browser", &mut command)?.success {
        return Err(Stop::new(format!(
            "the standard library for the browser could not be built (cargo's reason is above): check the network and \
             run again, or {BY_HAND}"
        )));
    }
    let from = built.join(TARGET).join("release").join("deps");
    let to = machine.usr().join("lib").join("rustlib").join(TARGET).join("lib");
    replace_libraries(&from, &to)?;
    // Nothing of the project that was built against an older library can be used on.
    for stale in [project.target.join(TARGET), package] {
        if stale.exists() {
            fs::remove_dir_all(&stale).map_err(|error| Stop::file("Deleting", &stale, &error))?;
        }
    }
    Ok(())
}

fn replace_libraries(from: &Path, to: &Path) -> Result<(), Stop> {
    create_folder(to)?;
    for old in libraries(to)? {
        fs::remove_file(&old).map_err(|error| Stop::file("Deleting", &old, &error))?;
    }
    for library in libraries(from)? {
        let Some(name) = library.file_name() else { continue };
        if !name.to_string_lossy().contains(EMPTY) {
            fs::copy(&library, to.join(name))
                .map_err(|error| Stop::file("Writing to", to, &error))?;
        }
    }
    Ok(())
}

fn libraries(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let entries = fs::read_dir(folder).map_err(|error| Stop::file("Reading", folder, &error))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension().is_some_and(|ending| ending == "rlib")).collect())
}

/// For those who run Trunk by hand: `RUSTUP_TOOLCHAIN=distro trunk serve`. We name the compiler by its path.
fn name_for_rustup(machine: &Machine) -> Result<(), Stop> {
    let Some(rustup) = machine.find("rustup") else { return Ok(()) };
    let mut command = machine.command(&rustup);
    command.args(["toolchain", "link", "distro"]).arg(machine.usr());
    run::visibly("naming Debian's compiler `distro` for rustup", &mut command)?;
    Ok(())
}
