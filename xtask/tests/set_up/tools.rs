//! trunk, wasm-bindgen, wasm-opt, Node and Chromium.

use super::stand_in::{Machine, SPLITTER};

/// The lines of a script that installs `program`, which prints `says`, into a folder of the machine.
fn installing(machine: &Machine, folder: &str, program: &str, says: &str) -> String {
    let folder = machine.path(folder);
    format!(
        "/bin/mkdir -p {0}; printf '#!/bin/sh\\necho {says}\\n' > {0}/{program}; /bin/chmod 755 {0}/{program}",
        folder.display()
    )
}

/// A cargo that installs `program` with this version where it is to.
fn cargo_that_installs(machine: &Machine, program: &str, version: &str) {
    let installing =
        installing(machine, "target/tools/bin", program, &format!("{program} {version}"));
    let install = format!("install) /bin/mkdir -p \"$CARGO_TARGET_DIR\"; {installing};;");
    machine.has("cargo", &machine.cargo(&install));
}

#[test]
fn a_missing_trunk_is_announced_then_installed() {
    let machine = Machine::complete();
    machine.lacks("trunk");
    cargo_that_installs(&machine, "trunk", "0.21.14");
    let ran = machine.xtask("serve --port 18098");
    let tools = machine.path("target/tools");
    let call = format!("cargo install --locked trunk --version 0.21.14 --root {}", tools.display());
    assert!(ran.succeeds().called(&call), "{ran:#?}");
    let announced = ran
        .output
        .find("* trunk 0.21.14 is needed: it builds and serves the page. It is missing")
        .unwrap();
    assert!(
        announced < ran.output.find(&format!("> {call}")).unwrap(),
        "said before it is done: {ran:#?}"
    );
    assert!(!machine.exists("target/tools/building"), "what the building left is deleted");
}

#[test]
fn a_trunk_of_the_project_comes_before_one_on_path_and_either_will_do() {
    let machine = Machine::complete();
    machine.lacks("trunk");
    for (place, version) in
        [("home/.cargo/bin/trunk", "0.21.13"), ("target/tools/bin/trunk", "0.21.12")]
    {
        let script = format!("case $1 in --version) echo 'trunk {version}';; esac");
        machine.write(place, "");
        machine.script(&machine.path(place), place, &script);
        let ran = machine.xtask("serve --port 18097");
        let called = ran.succeeds().calls_of(place);
        assert_eq!((called.len(), called[0]), (2, "--version"), "{ran:#?}");
        assert!(called[1].starts_with("serve "), "{ran:#?}");
        assert!(!ran.calls_of("cargo").iter().any(|call| call.starts_with("install")), "{ran:#?}");
    }
}

#[test]
fn a_silent_tool_gets_a_sign_of_life() {
    let machine = Machine::complete();
    machine.lacks("trunk");
    machine.has("cargo", &machine.cargo("install) /bin/sleep 6; exit 1;;"));
    assert!(machine.xtask("build").output.contains("    ... still running after "));
}

#[test]
fn wasm_bindgen_must_have_the_version_in_the_lock() {
    let machine = Machine::complete();
    machine.has("wasm-bindgen", "echo 'wasm-bindgen 0.2.99'");
    cargo_that_installs(&machine, "wasm-bindgen", "0.2.130");
    let ran = machine.xtask("serve --port 18096");
    let tools = machine.path("target/tools");
    let call =
        format!("cargo install wasm-bindgen-cli --version 0.2.130 --root {}", tools.display());
    assert!(ran.succeeds().called(&call), "{ran:#?}");
    assert!(ran.output.contains("It is there in version 0.2.99"), "{ran:#?}");
}

#[test]
fn what_takes_the_module_apart_is_known_by_cargos_notes() {
    let machine = Machine::complete();
    machine.write("target/tools/.crates.toml", &SPLITTER.replace("0.2.4", "0.2.3"));
    let notes = machine.path("target/tools/.crates.toml");
    let install = format!("install) echo '{SPLITTER}' > {};;", notes.display());
    machine.has("cargo", &machine.cargo(&install));
    let ran = machine.xtask("build");
    let tools = machine.path("target/tools");
    let call = format!(
        "cargo install --locked --features=build-binary wasm_split_cli_support --version 0.2.4 --root {}",
        tools.display()
    );
    assert!(ran.succeeds().called(&call), "{ran:#?}");
    assert!(ran.output.contains("It is there in version 0.2.3"), "{ran:#?}");
}

#[test]
fn cargo_without_a_network_gives_the_command_to_run_by_hand() {
    let machine = Machine::complete();
    machine.lacks("trunk");
    machine.has("cargo", &machine.cargo("install) exit 101;;"));
    assert_eq!(
        machine.xtask("build").sentence(),
        format!(
            "cargo could not install trunk 0.21.14 (its reason is above): check the network, run `cargo install --locked \
             trunk --version 0.21.14 --root {}` by hand, then run again",
            machine.path("target/tools").display()
        )
    );
    machine.has("cargo", &machine.cargo("install) exit 0;;"));
    let ran = machine.xtask("build");
    assert!(
        ran.sentence().starts_with("trunk 0.21.14 was installed but another or none is found"),
        "{ran:#?}"
    );
}

#[test]
fn a_wasm_opt_that_is_too_old_is_replaced_within_the_project() {
    let machine = Machine::complete();
    machine.has("wasm-opt", "echo 'wasm-opt version 108 (version_108)'");
    let tools = machine.path("target/tools");
    let bin = "target/tools/node_modules/.bin";
    machine.has("npm", &installing(&machine, bin, "wasm-opt", "wasm-opt version 132"));
    let ran = machine.xtask("build");
    let call =
        format!("install --no-audit --no-fund --prefix {} binaryen@132.0.0", tools.display());
    assert_eq!(ran.succeeds().calls_of("npm"), [call]);
}

#[test]
fn without_npm_or_its_server_one_sentence_helps() {
    let machine = Machine::complete();
    machine.lacks("wasm-opt");
    machine.has("npm", "exit 1");
    let ran = machine.xtask("build");
    assert!(
        ran.sentence().starts_with("npm could not install binaryen@132.0.0 (its reason is above)"),
        "{ran:#?}"
    );

    machine.lacks("npm");
    machine.has("id", "echo 1000");
    assert_eq!(
        machine.xtask("build").sentence(),
        "npm is missing and only root may install it: run `apt-get install npm` as root, then run again"
    );
    machine.lacks("apt-get");
    assert_eq!(
        machine.xtask("build").sentence(),
        "npm is missing and this system has no apt-get to install it: install it by hand (on Debian it is in the packages \
         npm), then run again"
    );
}

#[test]
fn an_old_node_is_replaced_within_the_project() {
    let machine = Machine::complete();
    machine.has("node", "echo v18.19.0");
    // As its version and as its tests' result alike.
    let says = "v22.1.0; echo \"ℹ pass 5\"";
    machine.has("npm", &installing(&machine, "target/tools/node_modules/.bin", "node", says));
    let ran = machine.xtask("test");
    assert!(ran.succeeds().calls_of("npm")[0].ends_with("node@22"), "{ran:#?}");
    assert!(ran.output.contains("The one here is v18.19.0"), "{ran:#?}");
    assert!(
        ran.output.contains("browser tests: 5 passed, 0 failed"),
        "the new one runs the tests: {ran:#?}"
    );
}

#[test]
fn chromium_comes_from_debian_or_by_hand() {
    let machine = Machine::complete();
    machine.lacks("chromedriver");
    machine.has("apt-get", "exit 100");
    let ran = machine.xtask("test");
    assert!(
        ran.sentence().starts_with("apt-get could not install Chromium with ChromeDriver"),
        "{ran:#?}"
    );

    machine.lacks("apt-get");
    let ran = machine.xtask("test");
    assert_eq!(
        ran.sentence(),
        "Chromium with ChromeDriver is missing and this system has no apt-get to install it: install it by hand (on Debian \
         it is in the packages chromium chromium-driver), then run again"
    );

    let driver = machine.path("bin/chromedriver");
    machine.has(
        "apt-get",
        &format!(
            "case $1 in install) printf '#!/bin/sh\\n' > {0}; /bin/chmod 755 {0};; esac",
            driver.display()
        ),
    );
    assert!(machine.xtask("test").success, "it goes on with the Chromium that came");
}

#[test]
fn packages_of_the_browser_tests_come_once() {
    let machine = Machine::complete();
    machine.write("project/tests/e2e/package-lock.json", "{\"changed\": true}");
    let ran = machine.xtask("test");
    assert_eq!(ran.succeeds().calls_of("npm"), ["ci --no-audit --no-fund"]);
    assert_eq!(machine.xtask("test").calls_of("npm").len(), 1, "the second time they are there");

    machine.write("project/tests/e2e/package-lock.json", "{}");
    machine.has("npm", "exit 1");
    let ran = machine.xtask("test");
    assert!(
        ran.sentence().starts_with("npm could not install the packages of tests/e2e"),
        "{ran:#?}"
    );
}
