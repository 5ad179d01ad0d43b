//! `cargo xtask test`: every check, in the order in which mistakes are cheapest to find, to the end even when one
//! fails, and one closing line with the counts.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::count::{Count, cargo_test, node_test};
use crate::journeys::{self, Driven};
use crate::machine::Machine;
use crate::project::{Project, create_folder, write_file};
use crate::setup::{self, Browser, Compiler};
use crate::stop::Stop;
use crate::{build, run};

pub(crate) fn test(machine: &Machine, project: &Project) -> Result<ExitCode, Stop> {
    let mut report = Report::default();
    native(machine, project, &mut report)?;
    browser(machine, project, &mut report);
    Ok(report.close())
}

/// What needs nothing but Rust.
fn native(machine: &Machine, project: &Project, report: &mut Report) -> Result<(), Stop> {
    let cargo = |words: &str| {
        let mut command = project.cargo(machine)?;
        command.args(words.split_whitespace());
        Ok(command)
    };
    report.check("formatting", &mut cargo("fmt --all --check")?);
    report.check("clippy", &mut cargo("clippy --workspace --all-targets -- -D warnings")?);
    report.check(
        "clippy without the app",
        &mut cargo("clippy --package edgewalk --all-targets --no-default-features -- -D warnings")?,
    );
    setup::offered::offer(machine);
    setup::aws_tools::offer(machine, project);
    report.counted(
        "native tests",
        &mut cargo("test --workspace --no-default-features --no-fail-fast")?,
        cargo_test,
    );
    report.counted(
        "native tests of the app",
        &mut cargo("test --package edgewalk --lib --no-fail-fast app::")?,
        cargo_test,
    );
    Ok(())
}

/// What needs the tools that are set up first.
fn browser(machine: &Machine, project: &Project, report: &mut Report) {
    let set_up = || -> Result<(Compiler, Browser), Stop> {
        let compiler = setup::for_building(machine, project)?;
        Ok((compiler, setup::for_browser_tests(machine, project)?))
    };
    title("set-up of the browser tests");
    let (compiler, browser) = match set_up() {
        Ok(ready) => ready,
        Err(stop) => return report.stopped("set-up of the browser tests", &stop),
    };
    println!("    everything is there");

    if project.root.join("tests").join("web.rs").is_file() {
        match wasm_tests(machine, project, &compiler, &browser) {
            Ok(mut command) => {
                report.counted("tests compiled for the browser", &mut command, cargo_test);
            }
            Err(stop) => report.stopped("tests compiled for the browser", &stop),
        }
    }

    title("release build");
    match build::release(machine, project, &compiler) {
        Ok(site) => {
            println!("    {site}");
            report.add("release build", Count::PASSED);
            match journeys::all(machine, project, Driven::Chromium(&browser.chromium)) {
                Ok(mut command) => report.counted("browser tests", &mut command, node_test),
                Err(stop) => report.stopped("browser tests", &stop),
            }
        }
        Err(stop) => {
            report.stopped("release build", &stop);
            let not_run = Stop::new("not run, since there is no release build");
            report.stopped("browser tests", &not_run);
        }
    }
}

/// tests/web.rs in Chromium: the floors below the app give the same results there.
fn wasm_tests(
    machine: &Machine,
    project: &Project,
    compiler: &Compiler,
    browser: &Browser,
) -> Result<Command, Stop> {
    let tools = project.tools();
    create_folder(&tools)?;
    let settings = tools.join("webdriver.json");
    write_file(&settings, &webdriver_settings(&browser.chromium, machine.is_root()))?;
    let mut command = project.cargo(machine)?;
    compiler.choose_for(&mut command);
    command
        .args([
            "test",
            "--target",
            "wasm32-unknown-unknown",
            "--no-default-features",
            "--test",
            "web",
        ])
        .env("CHROMEDRIVER", &browser.chromedriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    Ok(command)
}

/// Chromium refuses its sandbox to root; the other switches keep it from looking for a network.
fn webdriver_settings(chromium: &Path, is_root: bool) -> String {
    let mut switches = vec![
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    if is_root {
        switches.push("--no-sandbox");
    }
    format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {:?}, \"args\": {switches:?}}}}}\n",
        chromium.to_string_lossy()
    )
}

fn title(part: &str) {
    println!("\n== {part}");
}

/// What was checked so far.
#[derive(Default)]
struct Report {
    parts: Vec<(String, Count)>,
}

impl Report {
    fn add(&mut self, part: &str, count: Count) {
        self.parts.push((part.to_owned(), count));
    }

    /// One command that is right or wrong as a whole.
    fn check(&mut self, part: &str, command: &mut Command) {
        title(part);
        match run::visibly(&run::in_words(command), command) {
            Ok(finished) => {
                self.add(part, if finished.success { Count::PASSED } else { Count::FAILED });
            }
            Err(stop) => self.stopped(part, &stop),
        }
    }

    /// One command whose output says how many passed and failed.
    fn counted(&mut self, part: &str, command: &mut Command, read: fn(&str) -> Count) {
        title(part);
        match run::visibly(&run::in_words(command), command) {
            Ok(finished) => {
                self.add(part, Count::of_runner(&finished.lines, finished.success, read));
            }
            Err(stop) => self.stopped(part, &stop),
        }
    }

    /// A part that could not be run.
    fn stopped(&mut self, part: &str, stop: &Stop) {
        eprintln!("xtask: {stop}");
        self.add(part, Count::FAILED);
    }

    fn close(self) -> ExitCode {
        let mut all = Count::default();
        println!();
        for (part, count) in &self.parts {
            println!("  {part}: {} passed, {} failed", count.passed, count.failed);
            all += *count;
        }
        println!("\n{} passed, {} failed", all.passed, all.failed);
        if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_root_goes_without_the_sandbox() {
        let settings = webdriver_settings(Path::new("/usr/bin/chromium"), true);
        assert!(
            settings.contains("\"binary\": \"/usr/bin/chromium\"")
                && settings.contains("\"--no-sandbox\"")
        );
        assert!(!webdriver_settings(Path::new("chromium"), false).contains("--no-sandbox"));
    }
}
