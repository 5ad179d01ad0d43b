//! tests/conformance/deviations.txt: the required tests that fail because `CloudFront` answers otherwise.

use std::path::Path;

use super::report::Report;
use crate::project::read_file;
use crate::rows::{Id, Known};
use crate::stop::Stop;

/// The table.
#[derive(Debug, Default)]
pub(crate) struct Deviations(Vec<Deviation>);

#[derive(Debug)]
struct Deviation {
    /// Counted from 1.
    line: usize,
    test: String,
    rows: Vec<String>,
    reason: String,
}

impl Deviations {
    pub(crate) fn read(path: &Path) -> Result<Self, Stop> {
        let text = read_file(path)?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self, Stop> {
        let mut table = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [name, rows, reason] = cells[..] else {
                return Err(Stop::new(format!(
                    "deviations.txt, line {}: a test, its rows and the reason stand between two bars, not {line:?}",
                    index + 1
                )));
            };
            table.0.push(Deviation {
                line: index + 1,
                test: name.to_owned(),
                rows: rows.split(',').map(|row| row.trim().to_owned()).collect(),
                reason: reason.to_owned(),
            });
        }
        Ok(table)
    }

    /// What does not fit: tests that fail unexpectedly, lines that are stale, rows that do not exist.
    pub(crate) fn complaints(&self, report: &Report, known: &Known) -> Vec<String> {
        let is_listed = |id: &str| self.0.iter().any(|deviation| deviation.test == id);
        let failing = report
            .results
            .iter()
            .filter(|outcome| outcome.is_required() && !outcome.passed && !is_listed(&outcome.id));
        let mut complaints: Vec<String> =
            failing.map(|outcome| format!("{} fails: {}", outcome.id, outcome.why)).collect();
        for (place, deviation) in self.0.iter().enumerate() {
            let mut complain = |what: &str| {
                complaints.push(format!("line {}: {} {what}", deviation.line, deviation.test));
            };
            match report.required(&deviation.test) {
                None => complain("is no required test of the suite"),
                Some(outcome) if outcome.passed => complain("passes: the line is stale"),
                Some(_) => {}
            }
            if self.0[..place].iter().any(|before| before.test == deviation.test) {
                complain("stands twice");
            }
            if deviation.reason.is_empty() {
                complain("has no reason");
            }
            for row in &deviation.rows {
                if !Id::parse(row).is_some_and(|id| known.contains(&id)) {
                    complain(&format!("names {row:?}, which is no row of docs/reference"));
                }
            }
        }
        complaints
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn complaints(table: &str) -> Vec<String> {
        let report = "result\trequired\ta\tpass\t\nresult\trequired\tb\tfail\tno\nresult\toptimal\tc\tfail\tno\n";
        let known = ["TTL-23", "MET-15"].into_iter().filter_map(Id::parse).collect();
        Deviations::parse(table).unwrap().complaints(&Report::read(report).unwrap(), &known)
    }

    #[test]
    fn a_required_test_fails_with_a_row_or_not_at_all() {
        assert!(complaints("# why\n\nb | TTL-23, MET-15 | because\n").is_empty());
        assert_eq!(complaints(""), ["b fails: no"]);
        let table = [
            ("a | TTL-23 | x\nb | TTL-23 | x", "line 1: a passes: the line is stale"),
            ("c | TTL-23 | x\nb | TTL-23 | x", "line 1: c is no required test of the suite"),
            ("b | TTL-99 | x", "line 1: b names \"TTL-99\", which is no row of docs/reference"),
            ("b | | x", "line 1: b names \"\", which is no row of docs/reference"),
            ("b | TTL-23 | ", "line 1: b has no reason"),
            ("b | TTL-23 | x\nb | TTL-23 | x", "line 2: b stands twice"),
        ];
        for (text, expected) in table {
            assert_eq!(complaints(text), [expected], "{text}");
        }
        assert!(Deviations::parse("b | TTL-23").is_err());
    }
}
