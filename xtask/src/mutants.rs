//! `cargo xtask mutants`: whether the tests notice when the code of the cache tiers and of HTTP is changed. cargo-mutants
//! makes the changes, each in turn in a copy of the project; a seed draws which.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::draw::draw;
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

/// Where code is changed.
const FILES: [&str; 2] = ["src/edge/**/*.rs", "src/http/**/*.rs"];

/// The native tests that are quick, besides the library's own.
const TESTS: [&str; 6] = ["walks", "told", "scenarios", "hostile", "words", "curl"];

/// A change that makes the tests run longer than this counts by itself.
const PATIENCE_SECS: &str = "90";

/// At most so many of a hundred may go unnoticed; fewer, to be exact.
const LIMIT_PERCENT: usize = 10;

/// Built quickly rather than well: most of the time goes there. Fewer drawn cases, since each change runs all of them.
const SETTINGS: [(&str, &str); 5] = [
    ("CARGO_PROFILE_TEST_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_TEST_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_INCREMENTAL", "1"),
    ("PROPTEST_CASES", "32"),
];

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    count: u32,
    seed: u64,
}

impl Options {
    pub(crate) fn parse(given: &[String]) -> Result<Self, Stop> {
        let mut options = Self { count: 300, seed: 1 };
        let mut words = given.iter();
        while let Some(word) = words.next() {
            let number = words.next().and_then(|number| number.parse::<u32>().ok());
            let wanted = || Stop::new(format!("`{word}` is followed by a whole number"));
            match word.as_str() {
                "--count" => options.count = number.ok_or_else(wanted)?,
                "--seed" => options.seed = number.ok_or_else(wanted)?.into(),
                unknown => {
                    return Err(Stop::new(format!(
                        "`cargo xtask mutants` does not know {unknown:?}"
                    )));
                }
            }
        }
        Ok(options)
    }
}

pub(crate) fn mutants(
    machine: &Machine,
    project: &Project,
    options: Options,
) -> Result<ExitCode, Stop> {
    let Options { count, seed } = options;
    if machine.find("cargo-mutants").is_none() {
        return Err(Stop::new(
            "cargo-mutants is not there: `cargo install cargo-mutants --locked` installs it",
        ));
    }
    let all = run::silently(command(machine, project)?.arg("--list"))?;
    let mut all: Vec<String> = all.lines().map(String::from).collect();
    all.sort_unstable();
    println!("* {} changes are possible; the seed {seed} draws {count} of them", all.len());
    let names: Vec<String> =
        draw(all, count as usize, seed).iter().map(|name| exactly(name)).collect();
    let folder = project.root.join("target").join("mutants");
    let mut changed = command(machine, project)?;
    changed.args(["--re", &format!("^({})$", names.join("|")), "--timeout", PATIENCE_SECS]);
    changed.arg("--output").arg(&folder).args(["--", "--lib"]);
    changed.args(TESTS.iter().flat_map(|test| ["--test", *test])).envs(SETTINGS);
    crate::project::create_folder(&folder)?;
    // It fails where a change went unnoticed, too.
    run::visibly("cargo mutants", &mut changed)?;
    Ok(tell(&folder.join("mutants.out")))
}

fn command(machine: &Machine, project: &Project) -> Result<Command, Stop> {
    let mut command = machine.cargo()?;
    command.current_dir(&project.root).args(["mutants", "--no-default-features"]);
    command.args(FILES.iter().flat_map(|file| ["--file", *file]));
    Ok(command)
}

/// A regular expression for this text alone.
fn exactly(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() && !" _/:->\"',".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Prints the counts and what went unnoticed; fails where that is too much.
fn tell(folder: &Path) -> ExitCode {
    let names = |file: &str| -> Vec<String> {
        let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        text.lines().map(String::from).collect()
    };
    let [caught, missed, timeout, unviable] =
        ["caught.txt", "missed.txt", "timeout.txt", "unviable.txt"].map(names);
    for name in &missed {
        println!("missed: {name}");
    }
    let viable = caught.len() + missed.len() + timeout.len();
    println!(
        "{} caught, {} missed, {} took too long, {} did not compile",
        caught.len(),
        missed.len(),
        timeout.len(),
        unviable.len()
    );
    if is_within(missed.len(), viable) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn is_within(missed: usize, viable: usize) -> bool {
    viable > 0 && missed * 100 < viable * LIMIT_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_numbers_with_defaults() {
        let parse = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(String::from).collect();
            Options::parse(&words).map_err(|stop| stop.to_string())
        };
        assert_eq!(parse(""), Ok(Options { count: 300, seed: 1 }));
        assert_eq!(parse("--seed 7 --count 5"), Ok(Options { count: 5, seed: 7 }));
        assert_eq!(parse("--seed"), Err("`--seed` is followed by a whole number".to_owned()));
        assert_eq!(
            parse("--all 1"),
            Err("`cargo xtask mutants` does not know \"--all\"".to_owned())
        );
    }

    #[test]
    fn a_name_stands_for_itself_alone() {
        assert_eq!(
            exactly("replace a::b -> Vec<u8> with (1)"),
            "replace a::b -> Vec\\<u8> with \\(1\\)"
        );
    }

    #[test]
    fn fewer_than_one_in_ten_may_be_missed() {
        assert!(is_within(29, 300) && !is_within(30, 300) && !is_within(0, 0));
    }
}
