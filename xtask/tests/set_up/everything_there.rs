//! Where nothing is missing, nothing is installed.

use super::stand_in::Machine;

#[test]
fn a_build_installs_nothing() {
    let machine = Machine::complete();
    let ran = machine.xtask("build");
    ran.succeeds();
    assert_eq!(ran.calls_of("cargo"), ["metadata --no-deps --format-version 1", "fetch --locked"]);
    assert_eq!(
        ran.calls_of("trunk"),
        ["--version", "build --release --offline --skip-version-check --features parted"]
    );
    for installer in ["rustup", "apt-get", "npm"] {
        assert!(ran.calls_of(installer).is_empty(), "{ran:#?}");
    }
    assert!(ran.output.contains("The site is in"), "{ran:#?}");
    let page = std::fs::read_to_string(machine.path("project/dist/index.html")).unwrap();
    let start = page.find("./edgewalk-").unwrap() + 2;
    let stem = &page[start..start + "edgewalk-0123456789abcdef".len()];
    for file in [".js", "_bg.wasm", "_later.js", "_later.wasm"] {
        let file = format!("project/dist/{stem}{file}");
        assert!(machine.exists(&file), "{file} is a part of the module: {page}");
    }
    assert!(!machine.exists("project/dist/edgewalk-1_bg.wasm"), "the whole is gone");
    let optimised = ran.calls_of("wasm-opt");
    let of_both = optimised.iter().filter(|call| call.starts_with("-Oz --some --more "));
    assert_eq!(of_both.count(), 2, "as index.html says: {optimised:?}");
}

#[test]
fn help_names_every_command_and_a_wrong_one_points_to_it() {
    let machine = Machine::complete();
    for words in ["", "help", "--help"] {
        let ran = machine.xtask(words);
        for command in ["serve", "build", "test", "help"] {
            assert!(ran.succeeds().output.contains(&format!("\n  {command} ")), "{ran:#?}");
        }
    }
    assert_eq!(
        machine.xtask("biuld").sentence(),
        "there is no command \"biuld\": `cargo xtask help` lists them"
    );
    assert_eq!(
        machine.xtask("build --fast").sentence(),
        "`cargo xtask build` takes no options, but was given \"--fast\""
    );
}

#[test]
fn a_site_that_would_break_elsewhere_is_refused() {
    let machine = Machine::complete();
    machine.has("trunk", &machine.trunk("<script src=\"/app.js\"></script>"));
    let ran = machine.xtask("build");
    let sentence = ran.sentence();
    assert!(
        sentence.contains("no Content-Security-Policy")
            && sentence.contains("\"/app.js\" is not relative"),
        "{sentence}"
    );
}

#[test]
fn without_cargo_or_its_packages_it_says_so() {
    let machine = Machine::complete();
    machine.has("cargo", &machine.cargo("fetch) echo 'no network' >&2; exit 101;;"));
    let ran = machine.xtask("build");
    assert!(
        ran.sentence().starts_with("the packages of Cargo.lock could not be fetched"),
        "{ran:#?}"
    );
    assert!(ran.output.contains("    no network"), "cargo's reason is shown: {ran:#?}");

    machine.lacks("cargo");
    assert!(
        machine.xtask("build").sentence().starts_with("cargo is not on PATH: install Rust 1.95")
    );
}
