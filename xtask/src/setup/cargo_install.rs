//! Programs that `cargo install` builds.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

/// A program, and what to tell about it.
pub(crate) struct Program<'a> {
    pub(crate) name: &'a str,
    pub(crate) package: &'a str,
    pub(crate) version: &'a str,
    /// Whether the package's own Cargo.lock is used.
    pub(crate) locked: bool,
    /// Features of the package without which the program is not built.
    pub(crate) features: &'a [&'a str],
    /// What it is for.
    pub(crate) purpose: &'a str,
    /// How long building it takes on 2 cores.
    pub(crate) time: &'a str,
    /// Which installed versions will do.
    pub(crate) accepts: fn(installed: &str, wanted: &str) -> bool,
}

impl Program<'_> {
    /// Whether the version that was found, if any, will do.
    fn is_served_by(&self, found: Option<&str>) -> bool {
        found.is_some_and(|found| (self.accepts)(found, self.version))
    }

    /// What is said before it is built.
    fn announcement(&self, found: Option<&str>) -> String {
        let Self { name, version, purpose, time, .. } = self;
        let state = found.map_or_else(
            || "is missing".to_owned(),
            |found| format!("is there in version {found}"),
        );
        format!(
            "{name} {version} is needed: it {purpose}. It {state}; cargo builds it into target/tools in {time}."
        )
    }

    /// What builds it, into the project's own tools and not into the user's.
    fn installation(&self, machine: &Machine, project: &Project) -> Result<Command, Stop> {
        let mut command = project.cargo(machine)?;
        command
            .arg("install")
            .args(self.locked.then_some("--locked"))
            .args(self.features.iter().map(|feature| format!("--features={feature}")))
            .args([self.package, "--version", self.version, "--root"])
            .arg(project.tools())
            // Not Cargo's temporary folder: an interrupted installation then goes on where it stopped.
            .env("CARGO_TARGET_DIR", building(project))
            // The packages ask for the slowest optimisation, which takes twice as long to build as it ever saves here.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        Ok(command)
    }
}

/// Where programs are built.
fn building(project: &Project) -> PathBuf {
    project.tools().join("building")
}

/// Builds and installs the program unless a fitting version is there, in the project's own tools or on PATH.
pub(crate) fn ensure(machine: &Machine, project: &Project, program: &Program) -> Result<(), Stop> {
    let Program { name, version, .. } = program;
    let found = installed_version(machine, project, program);
    if program.is_served_by(found.as_deref()) {
        return Ok(());
    }
    run::announce(&program.announcement(found.as_deref()));
    let mut command = program.installation(machine, project)?;
    let by_hand = run::in_words(&command);
    if !run::visibly(&by_hand, &mut command)?.success {
        return Err(Stop::new(format!(
            "cargo could not install {name} {version} (its reason is above): check the network, run `{by_hand}` by hand, \
             then run again"
        )));
    }
    if !program.is_served_by(installed_version(machine, project, program).as_deref()) {
        return Err(Stop::new(format!(
            "{name} {version} was installed but another or none is found: put the folder that `{by_hand}` installs to \
             first on PATH, then run again"
        )));
    }
    // Left-overs only take space.
    let _ = fs::remove_dir_all(building(project));
    Ok(())
}

/// `trunk 0.21.14` and `wasm-bindgen 0.2.130 (commit)` alike have it as the second word; of a program that does not tell, Cargo
/// has noted it.
fn installed_version(machine: &Machine, project: &Project, program: &Program) -> Option<String> {
    let told = machine.ask(program.name, &["--version"]);
    told.and_then(|words| words.split_whitespace().nth(1).map(str::to_owned)).or_else(|| {
        machine.find(program.name)?;
        let notes = fs::read_to_string(project.tools().join(".crates.toml")).ok()?;
        noted_version(&notes, program.package)
    })
}

/// `"weaver-cli 1.2.3 (registry+https://…)" = ["weaver"]`
fn noted_version(notes: &str, package: &str) -> Option<String> {
    let start = format!("\"{package} ");
    let line = notes.lines().find_map(|line| line.strip_prefix(&start))?;
    line.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: Program = Program {
        name: "weaver",
        package: "weaver-cli",
        version: "1.2.3",
        locked: true,
        features: &[],
        purpose: "weaves",
        time: "a minute",
        accepts: |installed, _| installed.starts_with("1.2."),
    };

    #[test]
    fn what_is_there_in_a_fitting_version_is_left_alone() {
        for (found, is_served) in [(Some("1.2.9"), true), (Some("1.3.0"), false), (None, false)] {
            assert_eq!(PROGRAM.is_served_by(found), is_served, "{found:?}");
        }
    }

    #[test]
    fn cargos_notes_tell_the_version() {
        let notes = "[v1]\n\"weaver-cli 1.2.3 (registry+https://x)\" = [\"weaver\"]\n";
        assert_eq!(noted_version(notes, "weaver-cli").as_deref(), Some("1.2.3"));
        assert_eq!(noted_version(notes, "weaver"), None);
    }

    #[test]
    fn it_is_said_whether_it_is_missing_or_old() {
        let end = "cargo builds it into target/tools in a minute.";
        assert_eq!(
            PROGRAM.announcement(None),
            format!("weaver 1.2.3 is needed: it weaves. It is missing; {end}")
        );
        assert_eq!(
            PROGRAM.announcement(Some("1.1.0")),
            format!("weaver 1.2.3 is needed: it weaves. It is there in version 1.1.0; {end}")
        );
    }
}
