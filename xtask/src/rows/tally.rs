//! How many rows of each section are asserted, declared and open, and which limits that breaks.

use std::ops::RangeInclusive;

use super::asserted::Asserted;
use super::declared::Declared;
use super::id::Id;
use super::reference::{Reference, Row};

/// What is promised of the chapters of a file.
#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) file: &'static str,
    pub(crate) chapters: RangeInclusive<u32>,
    /// Every row is asserted or declared.
    pub(crate) must_be_closed: bool,
    /// How many of a hundred rows a test asserts, at least.
    pub(crate) least_asserted_percent: usize,
}

/// The promises that `cargo xtask rows` holds. Files that are not named are only counted.
pub(crate) const LIMITS: [Limit; 3] = [
    Limit {
        file: "caching.md",
        chapters: 1..=10,
        must_be_closed: true,
        least_asserted_percent: 90,
    },
    Limit {
        file: "distribution.md",
        chapters: 1..=13,
        must_be_closed: true,
        least_asserted_percent: 90,
    },
    Limit {
        file: "security-logs-edge.md",
        chapters: 1..=11,
        must_be_closed: true,
        least_asserted_percent: 85,
    },
];

impl Limit {
    pub(crate) fn holds(&self, row: &Row) -> bool {
        row.file == self.file && self.chapters.contains(&row.chapter())
    }

    fn name(&self) -> String {
        format!("{}, sections {} to {}", self.file, self.chapters.start(), self.chapters.end())
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Asserted,
    Declared,
    Open,
}

pub(crate) fn state(row: &Row, asserted: &Asserted, declared: &Declared) -> State {
    if asserted.rows.contains_key(&row.id) {
        State::Asserted
    } else if declared.rows.contains_key(&row.id) {
        State::Declared
    } else {
        State::Open
    }
}

/// The rows of one section, or of several together.
#[derive(Debug, Default, Clone)]
struct Tally {
    asserted: usize,
    declared: usize,
    open: Vec<Id>,
}

impl Tally {
    fn of<'a>(
        rows: impl Iterator<Item = &'a Row>,
        asserted: &Asserted,
        declared: &Declared,
    ) -> Self {
        let mut tally = Self::default();
        for row in rows {
            match state(row, asserted, declared) {
                State::Asserted => tally.asserted += 1,
                State::Declared => tally.declared += 1,
                State::Open => tally.open.push(row.id.clone()),
            }
        }
        tally
    }

    fn rows(&self) -> usize {
        self.asserted + self.declared + self.open.len()
    }

    /// Rounded down, so that 100 means all of them.
    fn asserted_percent(&self) -> usize {
        (self.asserted * 100).checked_div(self.rows()).unwrap_or(100)
    }

    /// The same of what is asserted or declared.
    fn settled_percent(&self) -> usize {
        ((self.asserted + self.declared) * 100).checked_div(self.rows()).unwrap_or(100)
    }

    fn line(&self, name: &str, note: &str) -> String {
        let (rows, asserted, declared, open) =
            (self.rows(), self.asserted, self.declared, self.open.len());
        format!("{name:<WIDTH$} {rows:>5} {asserted:>9} {declared:>9} {open:>5}  {note}")
            .trim_end()
            .to_owned()
    }
}

/// The width of a section's name in the table.
const WIDTH: usize = 46;

/// The table, and the sentences for each limit that is broken.
pub(crate) fn report(
    reference: &Reference,
    asserted: &Asserted,
    declared: &Declared,
) -> (String, Vec<String>) {
    let tally = |keep: &dyn Fn(&&Row) -> bool| {
        Tally::of(reference.rows.iter().filter(keep), asserted, declared)
    };
    let mut lines = Vec::new();
    let mut broken = Vec::new();
    let mut files: Vec<&str> = reference.rows.iter().map(|row| row.file.as_str()).collect();
    files.dedup();
    for file in files {
        lines.push(format!("{file:<WIDTH$}  rows  asserted  declared  open"));
        let rows = reference.rows.iter().filter(|row| row.file == file);
        let mut sections: Vec<(&str, &str)> =
            rows.map(|row| (row.section.as_str(), row.heading.as_str())).collect();
        sections.dedup();
        for (section, heading) in sections {
            let counted = tally(&|row| row.file == file && row.section == section);
            lines.push(
                counted
                    .line(&shortened(&format!("  {section} {heading}")), &compact(&counted.open)),
            );
        }
        let all = tally(&|row| row.file == file);
        lines.push(all.line("  all", &format!("{} % asserted", all.asserted_percent())));
        for limit in LIMITS.iter().filter(|limit| limit.file == file) {
            let counted = tally(&|row| limit.holds(row));
            let percent = counted.asserted_percent();
            let name = format!("  sections {} to {}", limit.chapters.start(), limit.chapters.end());
            let settled = counted.settled_percent();
            lines.push(counted.line(&name, &format!("{percent} % asserted, {settled} % settled")));
            broken.extend(breaches(limit, &counted));
        }
        lines.push(String::new());
    }
    lines.push(tally(&|_| true).line("all files", ""));
    (lines.join("\n"), broken)
}

fn breaches(limit: &Limit, counted: &Tally) -> Vec<String> {
    let mut broken = Vec::new();
    if limit.must_be_closed && !counted.open.is_empty() {
        broken.push(format!(
            "{}: {} rows are open; `cargo xtask rows --open` lists them",
            limit.name(),
            counted.open.len()
        ));
    }
    let percent = counted.asserted_percent();
    if percent < limit.least_asserted_percent {
        broken.push(format!(
            "{}: {percent} % of {} rows are asserted, less than {} %",
            limit.name(),
            counted.rows(),
            limit.least_asserted_percent
        ));
    }
    broken
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= WIDTH {
        return name.to_owned();
    }
    name.chars().take(WIDTH - 1).chain(['…']).collect()
}

/// Ids in few words: `FLOW-02, 08, 11 to 14; REC-05`.
pub(crate) fn compact(ids: &[Id]) -> String {
    let mut text = String::new();
    let mut rest = ids;
    let mut family = "";
    while let [first, ..] = rest {
        let follows =
            |pair: &&[Id]| pair[1].family == pair[0].family && pair[1].number == pair[0].number + 1;
        let run = 1 + rest.windows(2).take_while(follows).count();
        if family == first.family {
            text.push_str(", ");
        } else {
            text.push_str(if family.is_empty() { "" } else { "; " });
            text.push_str(&first.family);
            family = &first.family;
        }
        text.push_str(first.short());
        // Two neighbours read no better as a range.
        let taken = if run > 2 { run } else { 1 };
        if taken > 1 {
            text.push_str(" to ");
            text.push_str(rest[taken - 1].short());
        }
        rest = &rest[taken..];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::source::{Language, Source};

    fn ids(text: &str) -> Vec<Id> {
        text.split(' ').filter_map(Id::parse).collect()
    }

    #[test]
    fn ids_are_listed_compactly() {
        assert_eq!(
            compact(&ids(
                "FLOW-02 FLOW-03 FLOW-08 FLOW-09 FLOW-10 FLOW-12 REC-05 TTL-V01 TTL-V02 TTL-V03"
            )),
            "FLOW-02, 03, 08 to 10, 12; REC-05; TTL-V01 to 03"
        );
        assert_eq!(compact(&[]), "");
    }

    /// A reference of ten rows in section 9.9 of caching.md, of which tests assert some and one is declared.
    fn ten(asserted_rows: usize) -> (String, Vec<String>) {
        let mut reference = Reference::default();
        let page =
            (1..=10).map(|n| format!("| TTL-{n:02} | a | b |")).collect::<Vec<_>>().join("\n");
        reference
            .take("caching.md", &format!("### 9.9 Ten\n{page}\n## 11. Beyond\n| LOC-01 | open |"))
            .expect("rows");
        let test = format!(
            "#[test] fn ttl_01_to_{asserted_rows:02}_all() {{ /* each of TTL-01 to TTL-{asserted_rows:02} */ }}"
        );
        let mut asserted = Asserted::default();
        let source = Source::new("src/a.rs", test, Language::Rust);
        asserted.take(&source, Language::Rust, &reference.known);
        let declared =
            Declared::read("TTL-10  why", &reference.known, |id| asserted.rows.contains_key(id));
        report(&reference, &asserted, &declared)
    }

    #[test]
    fn every_row_of_a_limited_section_is_closed_and_most_are_asserted() {
        let (table, broken) = ten(9);
        assert!(broken.is_empty(), "{broken:?}");
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = table.lines().map(words).collect();
        for line in [
            "9.9 Ten 10 9 1 0",
            "11 Beyond 1 0 0 1 LOC-01",
            "all 11 9 1 1 81 % asserted",
            "sections 1 to 10 10 9 1 0 90 % asserted, 100 % settled",
        ] {
            assert!(lines.iter().any(|other| other == line), "{line}: {table}");
        }
        let (table, broken) = ten(7);
        assert!(table.contains("70 % asserted, 80 % settled"), "{table}");
        assert!(table.contains("TTL-08, 09"), "{table}");
        assert_eq!(
            broken,
            [
                "caching.md, sections 1 to 10: 2 rows are open; `cargo xtask rows --open` lists them",
                "caching.md, sections 1 to 10: 70 % of 10 rows are asserted, less than 90 %",
            ]
        );
    }
}
