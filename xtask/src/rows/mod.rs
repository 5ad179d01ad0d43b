//! `cargo xtask rows`: which rows of docs/reference the tests assert, which are declared out of scope, and which are open;
//! and whether the tests of a row go red when the code that carries it is inverted.

mod asserted;
mod carried;
mod copy;
mod declared;
mod files;
mod id;
mod invert;
mod items;
mod outcome;
mod place;
mod proof;
mod prove;
mod reference;
mod source;
mod tally;
mod trial;

use std::process::ExitCode;

use crate::machine::Machine;
use crate::project::Project;
use crate::stop::Stop;
use asserted::Asserted;
use carried::Carried;
use declared::Declared;
pub(crate) use id::{Id, Known};
use prove::Which;
pub(crate) use reference::Reference;
use reference::Row;
use tally::{LIMITS, State};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Options {
    /// The table and the limits.
    Tally,
    /// The open rows with their text: of these files, families or ids; of all that have a limit if none is named.
    Open(Vec<String>),
    /// The tests and the code of these rows.
    Where(Vec<Id>),
    Prove {
        which: Which,
        is_markdown: bool,
    },
}

impl Options {
    pub(crate) fn parse(words: &[String]) -> Result<Self, Stop> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            [] => Ok(Self::Tally),
            ["--open", ref names @ ..] if names.iter().all(|name| !name.starts_with("--")) => {
                Ok(Self::Open(names.iter().map(|name| (*name).to_owned()).collect()))
            }
            ["--where", first, ref more @ ..] => {
                let ids = std::iter::once(first).chain(more.iter().copied());
                Ok(Self::Where(ids.map(parse_ids).collect::<Result<Vec<_>, _>>()?.concat()))
            }
            ["--prove", what, ref rest @ ..] => Self::parse_prove(what, rest),
            _ => Err(Stop::new(format!(
                "`cargo xtask rows` does not know {:?}: `cargo xtask help` shows its options",
                words.join(" ")
            ))),
        }
    }

    fn parse_prove(what: &str, rest: &[&str]) -> Result<Self, Stop> {
        let mut which = match what.parse() {
            Ok(count) => Which::Drawn { count, seed: 1 },
            Err(_) => Which::Named(parse_ids(what)?),
        };
        let mut is_markdown = false;
        let mut rest = rest.iter();
        while let Some(word) = rest.next() {
            match (*word, &mut which) {
                ("--markdown", _) => is_markdown = true,
                ("--seed", Which::Drawn { seed, .. }) => {
                    let number = rest.next().and_then(|number| number.parse().ok());
                    *seed = number
                        .ok_or_else(|| Stop::new("`--seed` is followed by a whole number"))?;
                }
                _ => {
                    return Err(Stop::new(format!(
                        "`cargo xtask rows --prove {what}` does not know {word:?}"
                    )));
                }
            }
        }
        Ok(Self::Prove { which, is_markdown })
    }
}

/// `TTL-07` or `TTL-07,REC-05`.
fn parse_ids(word: &str) -> Result<Vec<Id>, Stop> {
    let id = |text: &str| {
        Id::parse(text)
            .ok_or_else(|| Stop::new(format!("{text:?} is no id of a row such as TTL-07")))
    };
    word.split(',').map(id).collect()
}

/// What the reference, the tests and the declarations say.
struct Rows {
    reference: Reference,
    asserted: Asserted,
    declared: Declared,
}

impl Rows {
    fn read(project: &Project) -> Result<Self, Stop> {
        let reference = Reference::read(&project.root)?;
        let asserted = Asserted::read(&project.root, &reference.known)?;
        let text = files::text(&project.root, declared::FILE)?;
        let declared = Declared::read(&text, &reference.known, |id| asserted.rows.contains_key(id));
        Ok(Self { reference, asserted, declared })
    }

    fn row(&self, id: &Id) -> Result<&Row, Stop> {
        self.reference.row(id).ok_or_else(|| Stop::new(format!("{id} is no row of docs/reference")))
    }
}

pub(crate) fn rows(
    machine: &Machine,
    project: &Project,
    options: &Options,
) -> Result<ExitCode, Stop> {
    let rows = Rows::read(project)?;
    match options {
        Options::Tally => Ok(tally(&rows)),
        Options::Open(names) => open(&rows, names),
        Options::Where(ids) => whereabouts(project, &rows, ids),
        Options::Prove { which, is_markdown } => {
            if let Which::Named(ids) = which {
                ids.iter().try_for_each(|id| rows.row(id).map(|_| ()))?;
            }
            prove::prove(machine, project, (&rows.reference, &rows.asserted), which, *is_markdown)
        }
    }
}

/// The table; then every mistake and every broken limit, which make it fail.
fn tally(rows: &Rows) -> ExitCode {
    let (table, broken) = tally::report(&rows.reference, &rows.asserted, &rows.declared);
    println!("{table}");
    let wrong: Vec<&String> =
        rows.asserted.errors.iter().chain(&rows.declared.errors).chain(&broken).collect();
    if wrong.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!();
    for sentence in wrong {
        println!("wrong: {sentence}");
    }
    ExitCode::FAILURE
}

/// Each open row with its text.
fn open(rows: &Rows, names: &[String]) -> Result<ExitCode, Stop> {
    let is_named = |row: &Row, name: &String| {
        let family = row.id.family.trim_end_matches('-');
        row.file == *name
            || row.file.strip_suffix(".md") == Some(name)
            || family == name
            || row.id.to_string() == *name
    };
    if let Some(name) =
        names.iter().find(|name| !rows.reference.rows.iter().any(|row| is_named(row, name)))
    {
        return Err(Stop::new(format!(
            "{name:?} is no file of docs/reference, no family such as TTL and no row"
        )));
    }
    let is_meant = |row: &&Row| match names {
        [] => LIMITS.iter().any(|limit| limit.holds(row)),
        names => names.iter().any(|name| is_named(row, name)),
    };
    let mut count = 0;
    for row in rows.reference.rows.iter().filter(is_meant) {
        if tally::state(row, &rows.asserted, &rows.declared) == State::Open {
            let marks = row.marks();
            let marks =
                if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
            println!(
                "{}{marks} ({}:{}, section {})\n    {}",
                row.id, row.file, row.line, row.section, row.text
            );
            count += 1;
        }
    }
    println!("{count} open");
    Ok(ExitCode::SUCCESS)
}

/// The tests that assert each row, and the code that carries it.
fn whereabouts(project: &Project, rows: &Rows, ids: &[Id]) -> Result<ExitCode, Stop> {
    let carried = Carried::read(&project.root, &rows.reference.known)?;
    for id in ids {
        let row = rows.row(id)?;
        println!("{id} ({}:{}, section {})\n    {}", row.file, row.line, row.section, row.text);
        if let Some(line) = rows.declared.rows.get(id) {
            println!("  out of scope: {}:{line}", declared::FILE);
        }
        println!("  asserted by");
        for at in rows.asserted.rows.get(id).into_iter().flatten() {
            let test = &rows.asserted.tests[at.test];
            println!("    {}:{} {}", test.file, at.line, test.name);
        }
        println!("  carried by");
        for site in carried.of(id) {
            let source = carried.source(site);
            let code = source.text[source.line(site.line)].trim();
            println!("    {}:{} {code}    ({})", source.path, site.line, site.how.name());
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Result<Options, String> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words).map_err(|stop| stop.to_string())
    }

    #[test]
    fn options_are_read() {
        let ids = |text: &str| parse_ids(text).expect("ids");
        let prove = |which, is_markdown| Ok(Options::Prove { which, is_markdown });
        assert_eq!(parse(""), Ok(Options::Tally));
        assert_eq!(parse("--open"), Ok(Options::Open(Vec::new())));
        assert_eq!(
            parse("--open LIM caching"),
            Ok(Options::Open(vec!["LIM".to_owned(), "caching".to_owned()]))
        );
        assert_eq!(parse("--where TTL-07 REC-05"), Ok(Options::Where(ids("TTL-07,REC-05"))));
        assert_eq!(
            parse("--prove 30 --seed 7 --markdown"),
            prove(Which::Drawn { count: 30, seed: 7 }, true)
        );
        assert_eq!(parse("--prove 5"), prove(Which::Drawn { count: 5, seed: 1 }, false));
        assert_eq!(
            parse("--prove TTL-07,TTL-V03"),
            prove(Which::Named(ids("TTL-07,TTL-V03")), false)
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (words, said) in [
            ("--where ttl", "\"ttl\" is no id of a row such as TTL-07"),
            ("--prove TTL-07,", "\"\" is no id of a row such as TTL-07"),
            ("--prove 3 --seed x", "`--seed` is followed by a whole number"),
            (
                "--prove TTL-07 --seed 1",
                "`cargo xtask rows --prove TTL-07` does not know \"--seed\"",
            ),
            (
                "--all",
                "`cargo xtask rows` does not know \"--all\": `cargo xtask help` shows its options",
            ),
        ] {
            assert_eq!(parse(words), Err(said.to_owned()), "{words}");
        }
    }
}
