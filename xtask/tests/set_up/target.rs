//! The compiler's target: from rustup, or Debian's compiler where rustup's server cannot be reached.

use std::fs;
use std::os::unix::fs::symlink;

use super::stand_in::Machine;

const LIBRARIES: &str = "target/tools/only_std/target/wasm32-unknown-unknown/release/deps";

/// Cargo's own compiler lacks the target until there is a file `added`.
fn without_target() -> Machine {
    let machine = Machine::complete();
    let added = machine.path("added");
    machine.has("rustc", &format!("test -e '{}'", added.display()));
    machine
}

/// rustup's server answers nothing, for ever.
fn without_rustups_server() -> Machine {
    let machine = without_target();
    machine.has("rustup", "case $1 in target) exec /bin/sleep 60;; esac");
    machine
}

/// The same, and apt-get brings a compiler whose library is built by cargo.
fn with_debians_compiler() -> Machine {
    let machine = without_rustups_server();
    let rustc = machine.path("usr/bin/rustc");
    let library = machine.path("usr/lib/rustlib/wasm32-unknown-unknown/lib/libstd-1.rlib");
    machine.script(
        &machine.path("debians-rustc"),
        "debians-rustc",
        &format!("test -e '{}'", library.display()),
    );
    machine.has(
        "apt-get",
        &format!(
            "case \"$*\" in *rustc-web*) /bin/cp '{}' '{}';; esac",
            machine.path("debians-rustc").display(),
            rustc.display()
        ),
    );
    let build = format!(
        "build) echo \"with $RUSTC $RUSTC_BOOTSTRAP $CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS\"; \
         /bin/mkdir -p {0} && echo new > {0}/libstd-1.rlib && echo > {0}/libonly_std-2.rlib && echo > {0}/libstd-1.rmeta;;",
        machine.path(LIBRARIES).display()
    );
    machine.has("cargo", &machine.cargo(&build));
    let trunk = machine.trunk("<meta content=Content-Security-Policy>");
    machine.has("trunk", &trunk.replace("build) ", "build) echo \"compiler: $RUSTC\"; "));
    machine
}

#[test]
fn rustup_adds_the_target_where_it_can() {
    let machine = without_target();
    machine.has("rustup", &format!(": > '{}'", machine.path("added").display()));
    let ran = machine.xtask("build");
    assert_eq!(ran.succeeds().calls_of("rustup"), ["target add wasm32-unknown-unknown"]);
    assert!(ran.calls_of("apt-get").is_empty(), "{ran:#?}");
    let announced =
        ran.output.find("* The compiler's target wasm32-unknown-unknown is missing").unwrap();
    assert!(
        announced < ran.output.find("> rustup target add").unwrap(),
        "said before it is done: {ran:#?}"
    );
}

#[test]
fn a_slow_download_is_not_taken_for_a_server_that_hangs() {
    let mut machine = without_target();
    let downloads = machine.path("rustup/downloads");
    fs::create_dir_all(&downloads).unwrap();
    machine.sets("RUSTUP_HOME", machine.path("rustup").to_str().unwrap());
    // Longer than the pause between two parts even on a busy machine, shorter than the whole.
    machine.sets("XTASK_PATIENCE_SECS", "4");
    machine.has(
        "rustup",
        &format!(
            "for part in 1 2 3 4 5 6 7 8 9 10; do /bin/sleep 0.5; echo part >> '{}/std.partial'; done; : > '{}'",
            downloads.display(),
            machine.path("added").display()
        ),
    );
    let ran = machine.xtask("build");
    assert!(ran.succeeds().calls_of("apt-get").is_empty(), "{ran:#?}");
}

#[test]
fn debians_compiler_takes_over_where_rustups_server_hangs() {
    let machine = with_debians_compiler();
    machine
        .write("usr/lib/rustlib/wasm32-unknown-unknown/lib/libstd-0.rlib", "of an older compiler");
    machine.write("target/wasm32-unknown-unknown/stale", "");
    let ran = machine.xtask("build");
    ran.succeeds();
    let rustc = machine.path("usr/bin/rustc");
    assert!(ran.output.contains("rustup's server sent nothing for 1 s"), "{ran:#?}");
    assert_eq!(
        ran.calls_of("apt-get"),
        [
            "update",
            "install -y --no-install-recommends -o DPkg::Lock::Timeout=300 rustc-web rust-web-src rust-web-llvm"
        ]
    );
    assert!(
        ran.output.contains(&format!("with {} 1 -Cembed-bitcode=yes", rustc.display())),
        "{ran:#?}"
    );

    let libraries = machine.path("usr/lib/rustlib/wasm32-unknown-unknown/lib");
    let names: Vec<_> =
        fs::read_dir(libraries).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["libstd-1.rlib"], "the new library alone, without the empty package");
    assert!(
        !machine.exists("target/wasm32-unknown-unknown"),
        "nothing built against the old library is left"
    );
    assert!(
        ran.called(&format!("rustup toolchain link distro {}", machine.path("usr").display())),
        "{ran:#?}"
    );
    assert!(
        ran.output.contains(&format!("compiler: {}", rustc.display())),
        "the page is built with it: {ran:#?}"
    );

    fs::remove_file(machine.path("calls")).unwrap();
    let again = machine.xtask("build");
    assert!(
        again.succeeds().calls_of("apt-get").is_empty(),
        "the second time it is there: {again:#?}"
    );
    assert!(again.calls_of("rustup").is_empty(), "{again:#?}");
    assert!(again.output.contains(&format!("compiler: {}", rustc.display())), "{again:#?}");
}

#[test]
fn the_linker_that_debian_leaves_out_is_added() {
    let machine = with_debians_compiler();
    symlink("lld-22", machine.path("usr/bin/rust-lld")).unwrap();
    let ran = machine.xtask("build");
    let last = *ran.succeeds().calls_of("apt-get").last().unwrap();
    assert!(last.starts_with("install ") && last.ends_with(" lld-22"), "{ran:#?}");
}

#[test]
fn debians_compiler_serves_without_rustup_too() {
    let machine = with_debians_compiler();
    machine.lacks("rustup");
    assert!(
        machine
            .xtask("build")
            .succeeds()
            .output
            .contains("rustup is not on PATH: Debian's compiler is used")
    );
}

#[test]
fn without_a_server_and_without_debian_one_sentence_helps() {
    let machine = without_rustups_server();
    machine.lacks("apt-get");
    assert_eq!(
        machine.xtask("build").sentence(),
        "the compiler lacks the target wasm32-unknown-unknown: rustup's server sent nothing for 1 s, and this system has no \
         apt-get for Debian's compiler instead; run `rustup target add wasm32-unknown-unknown` with rustup \
         (https://rustup.rs) and a network, then run again"
    );
    machine.has("rustup", "echo 'error: could not download' >&2; exit 1");
    let ran = machine.xtask("build");
    assert!(
        ran.sentence().contains("rustup could not add the target (its reason is above)"),
        "{ran:#?}"
    );
    assert!(ran.output.contains("    error: could not download"), "{ran:#?}");

    machine.lacks("rustup");
    assert!(machine.xtask("serve --port 18099").sentence().contains("rustup is not on PATH"));
}

#[test]
fn only_root_installs_debians_compiler() {
    let machine = with_debians_compiler();
    machine.has("id", "echo 1000");
    let ran = machine.xtask("build");
    assert_eq!(
        ran.sentence(),
        "a compiler for the browser is missing and only root may install it: run `apt-get install rustc-web rust-web-src \
         rust-web-llvm` as root, then run again"
    );
    assert!(ran.calls_of("apt-get").is_empty(), "{ran:#?}");
}

#[test]
fn each_step_of_debians_way_says_what_to_do_when_it_fails() {
    let machine = with_debians_compiler();
    machine.has("cargo", &machine.cargo("build) exit 101;;"));
    assert!(
        machine
            .xtask("build")
            .sentence()
            .starts_with("the standard library for the browser could not be built")
    );

    machine.has(
        "cargo",
        &machine.cargo(&format!("build) /bin/mkdir -p {};;", machine.path(LIBRARIES).display())),
    );
    let ran = machine.xtask("build");
    assert!(
        ran.sentence()
            .starts_with("Debian's compiler is installed but cannot build for the browser"),
        "{ran:#?}"
    );

    machine.has("apt-get", "echo 'Unable to connect' >&2; exit 100");
    let ran = machine.xtask("build");
    assert!(
        ran.sentence().starts_with("apt-get could not install a compiler for the browser"),
        "{ran:#?}"
    );
    assert!(ran.output.contains("    Unable to connect"), "{ran:#?}");
}
