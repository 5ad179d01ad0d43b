//! The same as a real unprivileged user, not one that a stand-in for `id` claims to be.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::stand_in::{Machine, Ran};

const NOBODY: &str = "65534";

/// A machine whose `id` is the real one and on which everybody may write.
fn machine_for_everybody() -> Machine {
    let machine = Machine::complete();
    machine.lacks("id");
    symlink(real("id").unwrap(), machine.path("bin/id")).unwrap();
    let mut folders = vec![machine.folder.clone()];
    while let Some(folder) = folders.pop() {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        folders.extend(
            fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.is_dir()),
        );
    }
    machine
}

fn real(program: &str) -> Option<String> {
    ["/usr/bin", "/bin"]
        .iter()
        .map(|folder| format!("{folder}/{program}"))
        .find(|path| Path::new(path).exists())
}

/// Runs xtask as nobody when the tests run as root, as themselves when they do not.
fn xtask_without_rights(machine: &Machine, words: &str) -> Option<Ran> {
    // The folder that Cargo built it in may be closed to others.
    let xtask = machine.copies(Path::new(env!("CARGO_BIN_EXE_xtask")), "xtask");
    let id = Command::new(real("id").unwrap()).arg("-u").output().unwrap();
    if id.stdout != b"0\n" {
        return Some(machine.run(Command::new(xtask).args(words.split_whitespace())));
    }
    let Some(setpriv) = real("setpriv") else {
        println!(
            "skipped: the tests run as root and this system has no setpriv to become somebody else"
        );
        return None;
    };
    let mut command = Command::new(setpriv);
    command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]).arg(xtask);
    Some(machine.run(command.args(words.split_whitespace())))
}

#[test]
fn a_user_without_rights_builds_where_everything_is_there() {
    let machine = machine_for_everybody();
    if let Some(ran) = xtask_without_rights(&machine, "build") {
        ran.succeeds();
    }
}

#[test]
fn a_user_without_rights_is_told_what_root_must_do() {
    let machine = machine_for_everybody();
    machine.lacks("chromium");
    if let Some(ran) = xtask_without_rights(&machine, "test") {
        assert!(
            ran.sentence().contains("only root may install it: run `apt-get install chromium"),
            "{ran:#?}"
        );
        assert!(ran.calls_of("apt-get").is_empty(), "{ran:#?}");
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let machine = machine_for_everybody();
    let target = machine.path("target");
    fs::remove_dir_all(target.join("tools")).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o555)).unwrap();
    if let Some(ran) = xtask_without_rights(&machine, "build") {
        let sentence = ran.sentence();
        assert!(sentence.starts_with(&format!("Creating {}", target.display())), "{sentence}");
        assert!(sentence.contains("look at the folder's owner"), "{sentence}");
    }
    fs::set_permissions(&target, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_low_port_is_not_for_everybody() {
    // Some systems let everybody have every port.
    if fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start")
        .is_ok_and(|start| start.trim() == "0")
    {
        println!("skipped: this system lets everybody use every port");
        return;
    }
    let machine = machine_for_everybody();
    if let Some(ran) = xtask_without_rights(&machine, "serve --port 81") {
        assert!(ran.sentence().starts_with("port 81 cannot be used"), "{ran:#?}");
        assert!(
            ran.sentence().ends_with("choose another with `cargo xtask serve --port 8080`"),
            "{ran:#?}"
        );
    }
}
