//! tests/e2e: what a person does, on the release build. `cargo xtask journeys` runs these tests alone, in Chromium or in
//! Firefox, or takes new reference pictures.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::machine::Machine;
use crate::project::Project;
use crate::setup;
use crate::stop::Stop;
use crate::{build, run};

/// The browser that is driven, by its program.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Driven<'a> {
    Chromium(&'a Path),
    Firefox(&'a Path),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    in_firefox: bool,
    renews_shots: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, Stop> {
        let mut options = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--firefox" => options.in_firefox = true,
                "--renew-shots" => options.renews_shots = true,
                unknown => {
                    return Err(Stop::new(format!(
                        "`cargo xtask journeys` takes --firefox or --renew-shots, but was given {unknown:?}"
                    )));
                }
            }
        }
        if options.in_firefox && options.renews_shots {
            return Err(Stop::new(
                "the reference pictures are Chromium's: --renew-shots goes without --firefox",
            ));
        }
        Ok(options)
    }
}

pub(crate) fn journeys(
    machine: &Machine,
    project: &Project,
    options: Options,
) -> Result<ExitCode, Stop> {
    let compiler = setup::for_building(machine, project)?;
    let browser = setup::for_browser_tests(machine, project)?;
    let firefox = options.in_firefox.then(|| setup::firefox(machine)).transpose()?;
    println!("{}", build::release(machine, project, &compiler)?);
    let driven = firefox.as_deref().map_or(Driven::Chromium(&browser.chromium), Driven::Firefox);
    let mut command = if options.renews_shots {
        let mut command = command(machine, project, driven, &["shots"])?;
        command.env("UPDATE_SHOTS", "1");
        command
    } else {
        all(machine, project, driven)?
    };
    let finished = run::visibly(&run::in_words(&command), &mut command)?;
    Ok(if finished.success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All of them.
pub(crate) fn all(
    machine: &Machine,
    project: &Project,
    driven: Driven<'_>,
) -> Result<Command, Stop> {
    let folder = folder(project);
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|error| Stop::file("Reading", &folder, &error))?
        .filter_map(Result::ok)
        .filter_map(|entry| {
            entry.file_name().to_string_lossy().strip_suffix(".test.mjs").map(str::to_owned)
        })
        .collect();
    names.sort();
    command(machine, project, driven, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn command(
    machine: &Machine,
    project: &Project,
    driven: Driven<'_>,
    names: &[&str],
) -> Result<Command, Stop> {
    let folder = folder(project);
    let mut command = machine.node()?;
    command
        .args(["--test", "--test-reporter=spec"])
        .args(names.iter().map(|name| folder.join(format!("{name}.test.mjs"))))
        .current_dir(&project.root);
    match driven {
        Driven::Chromium(program) => command.env("EDGEWALK_CHROMIUM", program),
        Driven::Firefox(program) => {
            command.env("EDGEWALK_BROWSER", "firefox").env("EDGEWALK_FIREFOX", program)
        }
    };
    Ok(command)
}

fn folder(project: &Project) -> PathBuf {
    project.root.join("tests").join("e2e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_renewed_in_chromium_alone() {
        let parse = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            Options::parse(&words).map_err(|stop| stop.to_string())
        };
        assert_eq!(parse(""), Ok(Options::default()));
        assert_eq!(parse("--firefox"), Ok(Options { in_firefox: true, renews_shots: false }));
        assert_eq!(parse("--renew-shots"), Ok(Options { in_firefox: false, renews_shots: true }));
        assert!(parse("--firefox --renew-shots").is_err());
        assert!(parse("--safari").is_err_and(|said| said.contains("--safari")));
    }
}
