//! Builds the copy and runs chosen tests of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::asserted::{Runner, Test};
use super::copy::Copy;
use super::outcome::{Outcome, Run};
use crate::machine::Machine;
use crate::project::create_folder;
use crate::stop::Stop;

/// How long the tests of one row may run. Inverted code may loop for ever.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long all tests of all rows may run before anything is inverted.
const PATIENCE_AT_FIRST: Duration = Duration::from_mins(15);

pub(crate) struct Trial<'a> {
    machine: &'a Machine,
    copy: &'a Copy,
    is_offline: bool,
    /// The full names of each runner's tests as they were before anything was inverted.
    names: BTreeMap<Runner, Vec<String>>,
    /// Those that failed even then.
    red: Vec<(Runner, String)>,
}

impl<'a> Trial<'a> {
    /// Builds all that these tests need, and runs them once before anything is inverted.
    pub(crate) fn begin(
        machine: &'a Machine,
        copy: &'a Copy,
        tests: &[&Test],
    ) -> Result<Self, Stop> {
        create_folder(&copy.target)?;
        let mut trial =
            Self { machine, copy, is_offline: true, names: BTreeMap::new(), red: Vec::new() };
        let runners = runners(tests);
        if runners.is_empty() {
            return Ok(trial);
        }
        let mut built = trial.build(&runners)?;
        if built.is_err() {
            // What is not on the machine yet has to come over the network.
            trial.is_offline = false;
            built = trial.build(&runners)?;
        }
        let programs = built.map_err(|told| {
            Stop::new(format!(
                "the tests do not compile, so nothing can be proven of them:\n{told}"
            ))
        })?;
        for (runner, program) in programs {
            let listed =
                trial.run(&program, &["--list", "--format=terse"].map(str::to_owned), PATIENCE)?;
            let names = listed.text.lines().filter_map(|line| line.strip_suffix(": test"));
            trial.names.insert(runner.clone(), names.map(str::to_owned).collect());
            let run = trial.run(&program, &trial.arguments(tests, &runner), PATIENCE_AT_FIRST)?;
            let red = run.red().into_iter().map(|name| (runner.clone(), name.to_owned()));
            trial.red.extend(red);
        }
        Ok(trial)
    }

    /// Builds and runs these tests, the quickest to build first, until some are not green.
    pub(crate) fn tests(&self, tests: &[&Test]) -> Result<Outcome, Stop> {
        let mut outcome = Outcome::Green;
        for runner in runners(tests) {
            let Ok(programs) = self.build(std::slice::from_ref(&runner))? else {
                return Ok(Outcome::NotCompiled);
            };
            for (runner, program) in programs {
                let run = self.run(&program, &self.arguments(tests, &runner), PATIENCE)?;
                let text = |path: &str| fs::read_to_string(self.copy.root.join(path)).ok();
                match run.outcome(text) {
                    red @ Outcome::Red(_) => return Ok(red),
                    Outcome::Green => {}
                    other => outcome = other,
                }
            }
        }
        Ok(outcome)
    }

    /// Whether a runner that we can start knows the test.
    pub(crate) fn can_run(&self, test: &Test) -> bool {
        !self.names_of(test, &test.runner).is_empty()
    }

    /// Whether the test failed before anything was inverted.
    pub(crate) fn was_red(&self, test: &Test) -> bool {
        let names = self.names_of(test, &test.runner);
        self.red.iter().any(|(runner, name)| *runner == test.runner && names.contains(name))
    }

    /// The names under which a runner knows a test: a module within its file may hold it.
    fn names_of(&self, test: &Test, runner: &Runner) -> Vec<String> {
        let all = self.names.get(runner).filter(|_| test.runner == *runner);
        let all = all.map_or(&[][..], Vec::as_slice);
        let Some(module) = &test.module else { return all.to_vec() };
        let is_meant = |name: &&String| {
            let (within, own) = name.rsplit_once("::").unwrap_or(("", name));
            own == test.name && (module.is_empty() || is_within(within, module))
        };
        all.iter().filter(is_meant).cloned().collect()
    }

    /// What tells a test program to run exactly these tests.
    fn arguments(&self, tests: &[&Test], runner: &Runner) -> Vec<String> {
        let mut names: Vec<String> =
            tests.iter().flat_map(|test| self.names_of(test, runner)).collect();
        names.sort_unstable();
        names.dedup();
        names.push("--exact".to_owned());
        names
    }

    /// Builds the tests of some runners and gives their programs, or what the compiler says against it.
    fn build(&self, runners: &[Runner]) -> Result<Result<Vec<(Runner, PathBuf)>, String>, Stop> {
        let mut command = self.machine.cargo()?;
        command
            .args(["test", "--no-run", "--color", "never"])
            .args(["--package", "edgewalk", "--no-default-features"])
            .args(self.is_offline.then_some("--offline"))
            .current_dir(&self.copy.root)
            .env("CARGO_TARGET_DIR", &self.copy.target)
            // Nobody steps through these programs; without it they build in less time and room.
            .env("CARGO_PROFILE_TEST_DEBUG", "0");
        for runner in runners {
            match runner {
                Runner::Lib => command.arg("--lib"),
                Runner::Target(name) => command.args(["--test", name]),
                Runner::Browser => continue,
            };
        }
        let output = command
            .output()
            .map_err(|error| Stop::new(format!("cargo could not be started ({error})")))?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Ok(Err(told));
        }
        Ok(Ok(told.lines().filter_map(|line| program(line, &self.copy.root)).collect()))
    }

    fn run(&self, program: &Path, arguments: &[String], patience: Duration) -> Result<Run, Stop> {
        let told = self.copy.target.join("told.txt");
        Run::of(self.machine, (program, arguments), &self.copy.root, &told, patience)
    }
}

/// Who runs these tests natively, each once.
fn runners(tests: &[&Test]) -> Vec<Runner> {
    let mut runners: Vec<Runner> = tests.iter().map(|test| test.runner.clone()).collect();
    runners.retain(|runner| *runner != Runner::Browser);
    runners.sort_unstable();
    runners.dedup();
    runners
}

/// Whether a path of modules lies in a module or is it.
fn is_within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// `  Executable unittests src/lib.rs (target/debug/deps/edgewalk-1)` and
/// `  Executable tests/walks/main.rs (target/debug/deps/walks-1)`, as Cargo names what it built.
fn program(line: &str, root: &Path) -> Option<(Runner, PathBuf)> {
    let (what, program) = line.trim().strip_prefix("Executable ")?.split_once(" (")?;
    let program = root.join(program.strip_suffix(')')?);
    let what = what.replace('\\', "/");
    let runner = match what.strip_prefix("tests/") {
        Some(file) => {
            Runner::Target(file.strip_suffix("/main.rs").or(file.strip_suffix(".rs"))?.to_owned())
        }
        None if what == "unittests src/lib.rs" => Runner::Lib,
        None => return None,
    };
    Some((runner, program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_names_the_programs_that_it_built() {
        let root = Path::new("/copy");
        let lib = program("  Executable unittests src/lib.rs (target/debug/deps/edgewalk-1)", root);
        assert_eq!(lib, Some((Runner::Lib, PathBuf::from("/copy/target/debug/deps/edgewalk-1"))));
        let walks = program("  Executable tests/walks/main.rs (/elsewhere/walks-1)", root);
        assert_eq!(
            walks,
            Some((Runner::Target("walks".to_owned()), PathBuf::from("/elsewhere/walks-1")))
        );
        assert_eq!(program("   Compiling edgewalk v0.1.0 (/copy)", root), None);
    }

    #[test]
    fn a_module_holds_itself_and_those_below() {
        assert!(
            is_within("edge::tier::tests", "edge::tier") && is_within("edge::tier", "edge::tier")
        );
        assert!(!is_within("edge::tiers", "edge::tier"));
    }
}
