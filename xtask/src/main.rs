//! Edgewalk's commands: set up what is missing, then serve, build, test or measure.

mod bench;
mod build;
mod conformance;
mod count;
mod draw;
mod journeys;
mod machine;
mod mutants;
mod one_sheet;
mod parts;
mod project;
mod rows;
mod run;
mod serve;
mod setup;
mod site;
mod stop;
mod test;

use std::process::ExitCode;

use machine::Machine;
use project::Project;
use stop::Stop;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--open]   Build Edgewalk and serve it on http://127.0.0.1:8080 (or port N), again after every
                              change; --open also opens a browser.
                              Sets up: the wasm32 target, trunk, wasm-bindgen.
  build                       Build the release site into dist/, for any static file server and any path.
                              Sets up: the same, and wasm-opt.
  test                        Check formatting, clippy, the native tests, the release build and the tests in Chromium. Ends
                              with the line `N passed, N failed`.
                              Sets up: the same, and Node 20, Chromium, ChromeDriver, and what package.json in tests/e2e
                              names. Offers GoAccess, curl and AWS's own tools for Python, without which some tests
                              hold nothing.
  journeys [--firefox]        Build the release site and run the tests of tests/e2e alone, in Chromium or in Firefox (ESR,
                              which it sets up).
           [--renew-shots]    Or take new reference pictures (docs/design/shots) where the look was changed on purpose.
  bench                       Measure size and speed and print each figure beside its limit; it never fails on a figure.
                              Sets up: the same as test, what the engine is measured against, http-cache-semantics and
                              lru-cache (npm) and libcachesim (pip), and what rates the page, lighthouse (npm).
  rows                        Count the rows of docs/reference that tests assert, that tests/out-of-scope.txt declares and
                              that are open; fail where too many are. Needs nothing but the files.
       --open [NAME...]       List the open rows with their text: of a file, a family (TTL) or by id.
       --where ID...          Show the tests that assert a row and the code that carries it.
       --prove N [--seed N]   Draw N asserted rows, invert the code that carries each in a copy under target/, and check
       --prove ID,ID,...      that a test of the row goes red; or do so with these rows. --markdown prints a table.
  conformance                 Run the HTTP cache test suite against examples/edge and print its counts beside those of
                              other caches; fail where a required test fails that tests/conformance/deviations.txt does
                              not explain by a row, or a line there is stale. Sets up: Node 20, http-cache-tests.
  mutants [--count N]         Change the code of src/edge and src/http in N places (300) that the seed (1) draws, each in
          [--seed N]          turn, and count which changes no test notices; fail at one in ten. Needs cargo-mutants.
  help                        Show this text.

What is already there is left alone; what is missing is named, with the reason, before it is installed.
Folders: target/tools for what cargo, npm and pip bring; tests/e2e for what its tests need; Debian's packages for the rest.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("xtask: {stop}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode, Stop> {
    let (command, rest) = match arguments {
        [] => ("help", arguments),
        [command, rest @ ..] => (command.as_str(), rest),
    };
    match command {
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        "serve" => {
            let options = serve::Options::parse(rest)?;
            let (machine, project) = start()?;
            serve::serve(&machine, &project, options)
        }
        "build" => {
            no_options(command, rest)?;
            let (machine, project) = start()?;
            build::build(&machine, &project).map(|()| ExitCode::SUCCESS)
        }
        "bench" => {
            no_options(command, rest)?;
            let (machine, project) = start()?;
            bench::bench(&machine, &project).map(|()| ExitCode::SUCCESS)
        }
        "rows" => {
            let options = rows::Options::parse(rest)?;
            let (machine, project) = start()?;
            rows::rows(&machine, &project, &options)
        }
        "conformance" => {
            no_options(command, rest)?;
            let (machine, project) = start()?;
            conformance::conformance(&machine, &project)
        }
        "journeys" => {
            let options = journeys::Options::parse(rest)?;
            let (machine, project) = start()?;
            journeys::journeys(&machine, &project, options)
        }
        "mutants" => {
            let options = mutants::Options::parse(rest)?;
            let (machine, project) = start()?;
            mutants::mutants(&machine, &project, options)
        }
        "test" => {
            no_options(command, rest)?;
            let (machine, project) = start()?;
            test::test(&machine, &project)
        }
        unknown => Err(Stop::new(format!(
            "there is no command {unknown:?}: `cargo xtask help` lists them"
        ))),
    }
}

/// The project's folders, and the machine with the project's own tools first in its search path.
fn start() -> Result<(Machine, Project), Stop> {
    let machine = Machine::from_environment();
    let project = Project::find(&machine)?;
    let machine = machine.searching_first(&project.tool_folders());
    Ok((machine, project))
}

fn no_options(command: &str, rest: &[String]) -> Result<(), Stop> {
    match rest.first() {
        None => Ok(()),
        Some(option) => Err(Stop::new(format!(
            "`cargo xtask {command}` takes no options, but was given {option:?}"
        ))),
    }
}
