//! `cargo xtask serve` before and after set-up.

use std::net::TcpListener;

use super::stand_in::Machine;

/// A port that nobody uses; the system does not give it out again soon.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

#[test]
fn trunk_serves_on_the_port_asked_for() {
    let machine = Machine::complete();
    let port = free_port();
    let ran = machine.xtask(&format!("serve --open --port {port}"));
    let served = machine.path("target/tools/served");
    assert!(ran.succeeds().output.contains(&format!("http://127.0.0.1:{port}/")), "{ran:#?}");
    let call = format!(
        "trunk serve --offline --skip-version-check --port {port} --dist {} --open",
        served.display()
    );
    assert!(ran.called(&call), "{ran:#?}");
    assert!(
        ran.calls_of("wasm-opt").is_empty() && ran.calls_of("node").is_empty(),
        "a debug build needs neither: {ran:#?}"
    );
}

#[test]
fn a_taken_port_is_told_before_anything_is_installed() {
    let machine = Machine::complete();
    machine.lacks("trunk");
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = machine.xtask(&format!("serve --port {port}"));
    let sentence = ran.sentence();
    assert!(
        sentence.starts_with(&format!("port {port} is taken by another program")),
        "{sentence}"
    );
    assert!(sentence.contains("cargo xtask serve --port"), "{sentence}");
    assert_eq!(ran.calls_of("cargo"), ["metadata --no-deps --format-version 1"]);
}

#[test]
fn wrong_options_are_named() {
    let machine = Machine::complete();
    assert_eq!(
        machine.xtask("serve --port 99999").sentence(),
        "--port takes a number from 1 to 65535, not \"99999\""
    );
    assert_eq!(
        machine.xtask("serve --prot 1").sentence(),
        "`cargo xtask serve` takes --port N and --open, but was given \"--prot\""
    );
}
