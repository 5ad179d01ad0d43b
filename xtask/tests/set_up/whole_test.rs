//! `cargo xtask test` goes on to the end, counts, and closes with one plain line.

use super::stand_in::{Machine, Ran};

#[track_caller]
fn closes_with(ran: &Ran, line: &str) {
    assert_eq!(ran.output.lines().last(), Some(line), "{ran:#?}");
}

#[test]
fn all_parts_are_counted() {
    let machine = Machine::complete();
    let ran = machine.xtask("test");
    // Formatting, clippy twice, 3 native tests and 3 of the app, the build, 2 browser tests.
    closes_with(ran.succeeds(), "12 passed, 0 failed");

    machine.write("project/tests/web.rs", "");
    let ran = machine.xtask("test");
    closes_with(ran.succeeds(), "15 passed, 0 failed");
    assert!(
        ran.called("cargo test --target wasm32-unknown-unknown --no-default-features --test web"),
        "{ran:#?}"
    );
}

#[test]
fn a_failing_part_stops_no_other() {
    let machine = Machine::complete();
    for (case, line) in [
        ("fmt) exit 1;;", "11 passed, 1 failed"),
        ("clippy) exit 101;;", "10 passed, 2 failed"),
        (
            "test) echo 'test result: FAILED. 2 passed; 4 failed; 0 ignored'; exit 101;;",
            "10 passed, 8 failed",
        ),
        ("test) echo 'error: could not compile'; exit 101;;", "6 passed, 2 failed"),
        // The build cannot start, and so the browser tests are not run.
        ("fetch) exit 101;;", "9 passed, 2 failed"),
    ] {
        machine.has("cargo", &machine.cargo(case));
        let ran = machine.xtask("test");
        closes_with(&ran, line);
        assert!(!ran.success, "{case}");
    }
}

#[test]
fn goaccess_and_curl_are_offered_and_nothing_fails_without_them() {
    for (program, name) in [("goaccess", "GoAccess"), ("curl", "curl")] {
        let machine = Machine::complete();
        machine.lacks(program);
        let ran = machine.xtask("test");
        closes_with(ran.succeeds(), "12 passed, 0 failed");
        let install = "apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300";
        assert!(ran.called(&format!("{install} {program}")), "{ran:#?}");
        machine.has("id", "echo 1000");
        let ran = machine.xtask("test");
        closes_with(ran.succeeds(), "12 passed, 0 failed");
        let skipped = format!("The tests with {name} are skipped: ");
        assert!(ran.output.contains(&skipped), "{ran:#?}");
    }
}

#[test]
fn aws_tools_come_in_the_versions_that_are_asked_for_and_nothing_fails_without_them() {
    let machine = Machine::complete();
    machine.write("project/tests/aws/requirements.txt", "botocore==2\n");
    let aws = machine.path("target/tools/aws");
    let pip = machine.path("pip");
    machine.script(&pip, "pip", "exit 0");
    // A Python with venv makes an environment whose own Python is the one above.
    machine.has(
        "python3",
        &format!(
            "case $2 in venv) /bin/mkdir -p {0}/bin; /bin/cp {1} {0}/bin/python;; esac",
            aws.display(),
            pip.display()
        ),
    );
    let ran = machine.xtask("test");
    closes_with(ran.succeeds(), "12 passed, 0 failed");
    let install =
        "-m pip install --quiet --disable-pip-version-check -r tests/aws/requirements.txt";
    assert_eq!(ran.calls_of("pip"), [install]);
    assert!(ran.output.contains("* botocore, cfn-lint and cryptography are needed: "), "{ran:#?}");
    assert_eq!(machine.xtask("test").calls_of("pip").len(), 1, "the second time they are there");

    machine.write("project/tests/aws/requirements.txt", "botocore==3\n");
    machine.script(&pip, "pip", "exit 1");
    let ran = machine.xtask("test");
    closes_with(ran.succeeds(), "12 passed, 0 failed");
    let skipped = "The tests with botocore and cfn-lint are skipped: pip could not install -r ";
    assert!(ran.output.contains(skipped), "{ran:#?}");
    machine.lacks("python3");
    machine.has("id", "echo 1000");
    let ran = machine.xtask("test");
    closes_with(ran.succeeds(), "12 passed, 0 failed");
    let by_hand = "a Python with venv is missing and only root may install it: run `apt-get install python3 python3-venv` as root";
    assert!(ran.output.contains(by_hand), "{ran:#?}");
}

#[test]
fn a_failing_browser_test_fails_the_whole() {
    let machine = Machine::complete();
    machine.has(
        "node",
        "case $1 in --version) echo v20.1.0;; *) printf 'ℹ pass 2\\nℹ fail 1\\n'; exit 1;; esac",
    );
    let ran = machine.xtask("test");
    closes_with(&ran, "12 passed, 1 failed");
    assert!(!ran.success);
}

#[test]
fn a_set_up_that_stops_is_one_failure_after_the_native_checks() {
    let machine = Machine::complete();
    machine.lacks("chromium");
    machine.has("id", "echo 1000");
    let ran = machine.xtask("test");
    closes_with(&ran, "9 passed, 1 failed");
    assert_eq!(
        ran.sentence(),
        "Chromium with ChromeDriver is missing and only root may install it: run `apt-get install chromium \
         chromium-driver` as root, then run again"
    );
}
