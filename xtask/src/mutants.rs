//! `cargo xtask mutants`: whether the tests notice when the code of the cache tiers and of HTTP is changed. cargo-mutants
//! makes the changes, each in turn in a copy of the project; a seed draws which.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::draw::draw;
use crate::machine::Machine;
use crate::project::{Project, create_folder, write_file};
use crate::run;
use crate::stop::Stop;

/// Where code is changed.
const FILES: [&str; 2] = ["src/edge/**/*.rs", "src/http/**/*.rs"];

/// The native tests that are quick, besides the library's own.
const TESTS: [&str; 6] = ["walks", "told", "scenarios", "hostile", "words", "curl"];

/// One test of the longest texts takes longer unoptimised than all others together; a change waits for each of them.
const LEFT_OUT: &str = "the_longest_texts_are_read_or_refused_in_a_sentence";

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
    let mut all: Vec<&str> = all.lines().collect();
    all.sort_unstable();
    let drawn = draw(all.clone(), count as usize, seed);
    println!("* {} changes are possible; the seed {seed} draws {} of them", all.len(), drawn.len());
    let folder = project.root.join("target").join("mutants");
    let run = |title, tries: &[&str], tests: &[String]| -> Result<Outcome, Stop> {
        let output = folder.join(title);
        let found = output.join("mutants.out");
        leave_out(&found, &all, tries)?;
        let mut changed = command(machine, project)?;
        changed.args(["--iterate", "--output"]).arg(&output);
        // What follows `--` is only tested with: to be built alone, the tests are named to cargo itself.
        changed.args(tests.iter().map(|test| format!("--cargo-arg={test}")));
        changed.args(["--", "--", "--skip", LEFT_OUT]).envs(SETTINGS);
        // It fails where a change went unnoticed, too.
        run::visibly(&format!("cargo mutants, {title}"), &mut changed)?;
        Ok(Outcome::read(&found))
    };
    // Most changes are noticed by the library's own tests, which are built in a third of the time.
    let first = run("unit", &drawn, &["--lib".to_owned()])?;
    let left: Vec<&str> = drawn.iter().copied().filter(|name| first.has_missed(name)).collect();
    let second = if left.is_empty() {
        Outcome::default()
    } else {
        run("stories", &left, &TESTS.map(|test| format!("--test={test}")))?
    };
    Ok(tell(&first.followed_by(second), drawn.len()))
}

/// Tells cargo-mutants, in the file of an earlier run that it goes on from, that what is not drawn was noticed before. That
/// names each change as it stands; `--re` reads a name as a pattern, and lets through every field that is left out of a struct
/// whatever it says (sourcefrog/cargo-mutants issue 632).
fn leave_out(found: &Path, all: &[&str], drawn: &[&str]) -> Result<(), Stop> {
    if found.exists() {
        fs::remove_dir_all(found).map_err(|error| Stop::file("Removing", found, &error))?;
    }
    create_folder(found)?;
    let others: Vec<&str> = all.iter().copied().filter(|name| !drawn.contains(name)).collect();
    write_file(&found.join("previously_caught.txt"), &(others.join("\n") + "\n"))
}

fn command(machine: &Machine, project: &Project) -> Result<Command, Stop> {
    let mut command = project.cargo(machine)?;
    command.args(["mutants", "--no-default-features"]);
    command.args(FILES.iter().flat_map(|file| ["--file", *file]));
    Ok(command)
}

/// What became of each change that was tried, by name.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    caught: Vec<String>,
    missed: Vec<String>,
    timeout: Vec<String>,
    unviable: Vec<String>,
}

impl Outcome {
    /// From the lists that cargo-mutants writes as it goes.
    fn read(found: &Path) -> Self {
        let names = |file: &str| -> Vec<String> {
            let text = fs::read_to_string(found.join(file)).unwrap_or_default();
            text.lines().map(String::from).collect()
        };
        let [caught, missed, timeout, unviable] =
            ["caught.txt", "missed.txt", "timeout.txt", "unviable.txt"].map(names);
        Self { caught, missed, timeout, unviable }
    }

    fn has_missed(&self, name: &str) -> bool {
        self.missed.iter().any(|missed| missed == name)
    }

    /// Together with a second round over what this one missed.
    fn followed_by(mut self, second: Self) -> Self {
        self.caught.extend(second.caught);
        self.missed = second.missed;
        self.timeout.extend(second.timeout);
        self.unviable.extend(second.unviable);
        self
    }

    /// Those that compile and that tests could notice.
    fn viable(&self) -> usize {
        self.caught.len() + self.missed.len() + self.timeout.len()
    }
}

/// Prints the counts and what went unnoticed; fails where that is too much, or where not all that was drawn was tried.
fn tell(outcome: &Outcome, drawn: usize) -> ExitCode {
    let Outcome { caught, missed, timeout, unviable } = outcome;
    for name in missed {
        println!("missed: {name}");
    }
    println!(
        "{} caught, {} missed, {} took too long, {} did not compile",
        caught.len(),
        missed.len(),
        timeout.len(),
        unviable.len()
    );
    let tried = outcome.viable() + unviable.len();
    if tried != drawn {
        println!("{tried} changes were tried, but {drawn} are drawn: the counts say nothing");
        return ExitCode::FAILURE;
    }
    if is_within(missed.len(), outcome.viable()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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

    fn folder(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("edgewalk-mutants-{name}-{}", std::process::id()))
    }

    #[test]
    fn all_but_what_is_drawn_is_left_out_by_its_whole_name_and_nothing_earlier_counts() {
        let all = ["a: replace < with <= in f", "b: replace <T>::g with ()", "c: delete field h"];
        let found = folder("left-out");
        create_folder(&found).expect("a folder");
        write_file(&found.join("caught.txt"), all[1]).expect("a file");
        leave_out(&found, &all, &all[1..2]).expect("files");
        let left_out = fs::read_to_string(found.join("previously_caught.txt")).expect("a file");
        assert_eq!(left_out, "a: replace < with <= in f\nc: delete field h\n");
        assert!(!found.join("caught.txt").exists());
        fs::remove_dir_all(found).expect("removed");
    }

    #[test]
    fn the_second_round_has_the_last_word_on_what_the_first_missed() {
        let found = folder("read");
        create_folder(&found).expect("a folder");
        write_file(&found.join("caught.txt"), "a\nb\n").expect("a file");
        write_file(&found.join("missed.txt"), "c\nd\n").expect("a file");
        write_file(&found.join("timeout.txt"), "e\n").expect("a file");
        write_file(&found.join("unviable.txt"), "f\n").expect("a file");
        let first = Outcome::read(&found);
        fs::remove_dir_all(found).expect("removed");
        assert!(first.has_missed("c") && !first.has_missed("a") && !first.has_missed("e"));
        let names = |text: &str| text.split(' ').map(String::from).collect();
        let second = Outcome { caught: names("d"), missed: names("c"), ..Outcome::default() };
        let expected = Outcome {
            caught: names("a b d"),
            missed: names("c"),
            timeout: names("e"),
            unviable: names("f"),
        };
        assert_eq!(first.followed_by(second), expected);
        assert_eq!(expected.viable(), 5);
    }

    #[test]
    fn what_was_drawn_and_not_tried_is_a_failure() {
        let outcome = Outcome {
            caught: vec!["caught".to_owned(); 19],
            missed: vec!["missed".to_owned()],
            timeout: Vec::new(),
            unviable: vec!["unviable".to_owned()],
        };
        // The codes have no equality of their own.
        let code = |drawn| format!("{:?}", tell(&outcome, drawn));
        assert_eq!(code(21), format!("{:?}", ExitCode::SUCCESS));
        assert_eq!(code(22), format!("{:?}", ExitCode::FAILURE));
    }

    #[test]
    fn fewer_than_one_in_ten_may_be_missed() {
        assert!(is_within(29, 300) && !is_within(30, 300) && !is_within(0, 0));
    }
}
