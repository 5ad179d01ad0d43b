//! What tests/conformance/run.mjs printed, and the table made of it.

use std::fmt::Write;

use crate::stop::Stop;

/// The kinds of tests, in the order of the columns.
const KINDS: [&str; 3] = ["required", "optimal", "check"];

/// How the suite went, and how it went for others.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) results: Vec<Outcome>,
    published: Vec<Line>,
}

/// What came of one test.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    kind: String,
    pub(crate) id: String,
    pub(crate) passed: bool,
    /// Why it failed, if it did.
    pub(crate) why: String,
}

/// A cache, and for each kind how many tests passed of how many.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    name: String,
    counts: Vec<(usize, usize)>,
}

impl Outcome {
    pub(crate) fn is_required(&self) -> bool {
        self.kind == KINDS[0]
    }
}

impl Report {
    /// Reads what was printed; lines of another form are not ours.
    pub(crate) fn read(printed: &str) -> Result<Self, Stop> {
        let mut report = Self::default();
        for line in printed.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            match cells[..] {
                ["result", kind, id, passed, why] => report.results.push(Outcome {
                    kind: kind.to_owned(),
                    id: id.to_owned(),
                    passed: passed == "pass",
                    why: why.to_owned(),
                }),
                ["published", name, ref counts @ ..] => {
                    let counts: Vec<usize> =
                        counts.iter().filter_map(|count| count.parse().ok()).collect();
                    let counts = counts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                    report.published.push(Line { name: name.to_owned(), counts });
                }
                _ => {}
            }
        }
        if report.results.is_empty() {
            return Err(Stop::new(
                "the suite's client gave no results: run tests/conformance/run.mjs by hand to see why",
            ));
        }
        Ok(report)
    }

    /// Whether the suite has a required test with this id.
    pub(crate) fn required(&self, id: &str) -> Option<&Outcome> {
        self.results.iter().find(|outcome| outcome.id == id && outcome.is_required())
    }

    fn own(&self) -> Line {
        let counts = KINDS.map(|kind| {
            let all = self.results.iter().filter(|outcome| outcome.kind == kind);
            (all.clone().filter(|outcome| outcome.passed).count(), all.count())
        });
        Line { name: "Edgewalk".to_owned(), counts: counts.to_vec() }
    }

    /// Edgewalk first, then the others by their required tests.
    pub(crate) fn table(&self) -> String {
        let mut others: Vec<&Line> = self.published.iter().collect();
        others.sort_by_key(|line| std::cmp::Reverse(line.counts.first().copied()));
        let own = self.own();
        let mut table = format!("  {:<36}", "tests passed");
        for kind in KINDS {
            let _ = write!(table, "{kind:>12}");
        }
        table.push('\n');
        for line in std::iter::once(&own).chain(others) {
            let _ = write!(table, "  {:<36}", line.name);
            for (passed, all) in &line.counts {
                let _ = write!(table, "{:>12}", format!("{passed} of {all}"));
            }
            table.push('\n');
        }
        table
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn results_and_published_counts_become_a_table() {
        let printed = "noise\nresult\trequired\ta\tpass\t\nresult\trequired\tb\tfail\tAssertion: no\n\
            result\tcheck\tc\tpass\t\npublished\tOne 1.0\t1\t2\t0\t0\t1\t1\npublished\tTwo 2.0\t2\t2\t0\t0\t0\t1\n";
        let report = Report::read(printed).unwrap();
        assert_eq!(report.required("b").unwrap().why, "Assertion: no");
        assert_eq!(report.required("c"), None);
        let table = report.table();
        let rows: Vec<String> = table
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(rows[1], "Edgewalk 1 of 2 0 of 0 1 of 1");
        assert_eq!(rows[2], "Two 2.0 2 of 2 0 of 0 0 of 1", "the best comes first");
        assert!(Report::read("").is_err());
    }
}
