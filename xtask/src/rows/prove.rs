//! `cargo xtask rows --prove`: whether the tests of a row notice when the code no longer follows it. The place that carries
//! the row is inverted in a copy of the project; then one of the row's own tests must go red.

use std::process::ExitCode;

use super::asserted::{Asserted, Test};
use super::carried::{Carried, Site};
use super::copy::Copy;
use super::id::{self, Id};
use super::invert::{Enums, Inversion, inversions};
use super::outcome::Outcome;
use super::place::How;
use super::proof::{Proof, Verdict, code, lines, table};
use super::reference::{Reference, Row};
use super::tally::LIMITS;
use super::trial::Trial;
use crate::draw::draw;
use crate::machine::Machine;
use crate::project::Project;
use crate::run;
use crate::stop::Stop;

/// How many inversions are tried for one row.
const TRIES: usize = 24;

/// Which rows are to be proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    /// So many of the asserted rows to which a limit applies, drawn by the seed.
    Drawn {
        count: usize,
        seed: u64,
    },
    Named(Vec<Id>),
}

impl Which {
    fn rows(&self, reference: &Reference, asserted: &Asserted) -> Vec<Id> {
        match self {
            Self::Named(ids) => ids.clone(),
            Self::Drawn { count, seed } => {
                let is_meant = |id: &&Id| {
                    reference.row(id).is_some_and(|row| LIMITS.iter().any(|limit| limit.holds(row)))
                };
                draw(asserted.rows.keys().filter(is_meant).cloned().collect(), *count, *seed)
            }
        }
    }
}

pub(crate) fn prove(
    machine: &Machine,
    project: &Project,
    (reference, asserted): (&Reference, &Asserted),
    which: &Which,
    is_markdown: bool,
) -> Result<ExitCode, Stop> {
    let ids = which.rows(reference, asserted);
    if ids.is_empty() {
        return Err(Stop::new(
            "no row of that choice is asserted by a test, so there is nothing to prove",
        ));
    }
    let tests: Vec<&Test> = ids.iter().flat_map(|id| asserted.of(id)).collect();
    run::announce(
        "Copying the project and building its tests, so that code can be inverted without touching yours",
    );
    let copy = Copy::update(project)?;
    // Read from the copy, since somebody may go on writing in the project.
    let carried = Carried::read(&copy.root, &reference.known)?;
    let enums = Enums::of(&carried.sources);
    let trial = Trial::begin(machine, &copy, &tests)?;
    let mut proofs = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let row = reference.row(id).ok_or_else(|| Stop::new(format!("{id} is no row")))?;
        let verdict = verdict(row, asserted, (&carried, &enums), &copy, &trial)?;
        let proof = Proof { id: id.clone(), verdict };
        println!("    {}/{} {id} {}", index + 1, ids.len(), proof.in_short());
        proofs.push(proof);
    }
    println!("\n{}", if is_markdown { table(&proofs) } else { lines(&proofs) });
    let proven = proofs.iter().filter(|proof| proof.is_proven()).count();
    println!("proven {proven} of {}", proofs.len());
    Ok(if proven == proofs.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tries the inversions of one row until one of its tests is red. The copy is whole again afterwards.
fn verdict(
    row: &Row,
    asserted: &Asserted,
    (carried, enums): (&Carried, &Enums),
    copy: &Copy,
    trial: &Trial,
) -> Result<Verdict, Stop> {
    let not = |why: &str| Ok(Verdict::Not(why.to_owned()));
    let all = asserted.of(&row.id);
    let tests: Vec<&Test> = all.iter().copied().filter(|test| trial.can_run(test)).collect();
    match (all.is_empty(), tests.is_empty()) {
        (true, _) => return not("no test asserts it"),
        (_, true) => return not("only tests in the browser assert it"),
        _ => {}
    }
    if let Some(red) = tests.iter().find(|test| trial.was_red(test)) {
        return Ok(Verdict::Not(format!("{} is red already", red.name)));
    }
    let sites = sites(row, carried);
    if sites.is_empty() {
        let is_told = !carried.of(&row.id).is_empty();
        let told = if is_told { ", only comments on types, modules or what is shown" } else { "" };
        return Ok(Verdict::Not(format!("no line of code carries it{told}")));
    }
    let mut tried = Vec::new();
    for (site, inversion) in candidates(carried, enums, &sites) {
        let source = carried.source(site);
        let (before, after) = inversion.in_words(source);
        copy.write(&source.path, &inversion.apply(&source.text))?;
        let outcome = trial.tests(&tests);
        copy.write(&source.path, &source.text)?;
        let place = format!("{}:{}", source.path, source.line_at(inversion.at.start));
        match outcome? {
            Outcome::Red(test) => return Ok(Verdict::Proven { place, before, after, test }),
            other => {
                tried.push(format!(
                    "{place} {} -> {} {}",
                    code(&before),
                    code(&after),
                    said(&other)
                ));
            }
        }
    }
    Ok(Verdict::Not(format!("tried {}: {}", tried.len(), tried.join("; "))))
}

/// The places whose inversion breaks a row: those that carry it, on the floors that decide. A test vector, whose letter is
/// V, is carried where the rows are of which it says that they explain it.
fn sites<'a>(row: &Row, carried: &'a Carried) -> Vec<&'a Site> {
    let deciding = |id: &Id| -> Vec<&'a Site> {
        let decides = |site: &&Site| site.how != How::Told && !carried.is_shown(site);
        carried.of(id).into_iter().filter(decides).collect()
    };
    let own = deciding(&row.id);
    if !own.is_empty() || !row.id.family.ends_with("-V") {
        return own;
    }
    id::ids_in(&row.text).iter().flat_map(deciding).collect()
}

/// The inversions of all places of a row, in the order in which they are tried.
fn candidates<'a>(
    carried: &Carried,
    enums: &Enums,
    sites: &[&'a Site],
) -> Vec<(&'a Site, Inversion)> {
    let of = |site: &&'a Site| {
        let site = *site;
        let source = carried.source(site);
        let all = inversions(source, site).into_iter().chain(enums.exchanged(source, &site.region));
        all.map(move |inversion| (site, inversion))
    };
    sites.iter().flat_map(of).take(TRIES).collect()
}

fn said(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::NotCompiled => "(does not compile)",
        Outcome::Endless => "(does not end)",
        Outcome::Crashed => "(the tests were aborted)",
        Outcome::Panicked(_) => "(panics itself)",
        Outcome::Green | Outcome::Red(_) => "(stays green)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::source::{Language, Source};

    fn id(text: &str) -> Id {
        Id::parse(text).expect("an id")
    }

    #[test]
    fn asserted_rows_with_a_limit_are_drawn_by_the_seed() {
        let mut reference = Reference::default();
        let rows = (1..=50).map(|n| format!("| TTL-{n:02} | x |")).collect::<Vec<_>>().join("\n");
        reference
            .take("caching.md", &format!("## 2. A\n{rows}\n## 11. B\n| LOC-01 | x |"))
            .expect("rows");
        let mut asserted = Asserted::default();
        let test = "#[test] fn ttl_01_to_40_loc_01() { /* each of TTL-01 to TTL-40 */ }".to_owned();
        asserted.take(
            &Source::new("src/a.rs", test, Language::Rust),
            Language::Rust,
            &reference.known,
        );
        let draw = |count, seed| Which::Drawn { count, seed }.rows(&reference, &asserted);
        assert_eq!(draw(7, 3), draw(7, 3));
        assert_ne!(draw(7, 3), draw(7, 4));
        let all = draw(1000, 1);
        assert_eq!(all.len(), 40, "neither the unasserted nor those of section 11");
        assert!(!all.contains(&id("LOC-01")) && !all.contains(&id("TTL-41")));
    }
}
