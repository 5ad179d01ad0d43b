//! Rows that no test can assert because Edgewalk does not simulate what they speak of: tests/out-of-scope.txt, one line
//! each, `ID  reason` or `FIRST..LAST  reason`; a line that begins with `#` is a comment.

use std::collections::BTreeMap;

use super::id::{self, Id, Known, Mention};

/// Relative to the project's root.
pub(crate) const FILE: &str = "tests/out-of-scope.txt";

#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// With the line of each.
    pub(crate) rows: BTreeMap<Id, usize>,
    pub(crate) errors: Vec<String>,
}

impl Declared {
    /// Reads the file. `is_asserted` says which rows have a test: their declarations are out of date.
    pub(crate) fn read(text: &str, known: &Known, is_asserted: impl Fn(&Id) -> bool) -> Self {
        let mut declared = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Err(wrong) = declared.take(index + 1, line, known, &is_asserted) {
                declared.errors.push(format!("{FILE}:{}: {wrong}", index + 1));
            }
        }
        declared
    }

    fn take(
        &mut self,
        number: usize,
        line: &str,
        known: &Known,
        is_asserted: &impl Fn(&Id) -> bool,
    ) -> Result<(), String> {
        let (ids, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let [mention] = &id::mentions_in(ids)[..] else {
            return Err(format!("{ids:?} is neither an id nor a range such as CSV-01..CSV-07"));
        };
        if ids.contains("..") != matches!(mention, Mention::Range(..)) {
            return Err(format!(
                "{ids:?} is no range: both ends are of one family, the lower first"
            ));
        }
        if reason.trim().is_empty() {
            return Err(format!("{ids} is declared without a reason"));
        }
        let rows = mention.rows(known).map_err(|id| format!("{id} is no row"))?;
        for row in rows {
            if is_asserted(&row) {
                return Err(format!(
                    "{row} is declared but asserted: a test has caught up, take it out"
                ));
            }
            if let Some(earlier) = self.rows.insert(row.clone(), number) {
                return Err(format!("{row} is declared twice, first in line {earlier}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (String, Vec<String>) {
        let known: Known =
            "TTL-01 TTL-02 CSV-01 CSV-02 CSV-04 CSV-05".split(' ').filter_map(Id::parse).collect();
        let asserted = Id::parse("TTL-02");
        let declared = Declared::read(text, &known, |id| Some(id) == asserted.as_ref());
        let rows: Vec<String> =
            declared.rows.iter().map(|(id, line)| format!("{id}:{line}")).collect();
        (rows.join(" "), declared.errors)
    }

    #[test]
    fn a_line_is_an_id_or_a_range_and_a_reason() {
        let (rows, errors) = check(
            "# TTL-01 in a comment\n\nTTL-01  the console, not the edge\nCSV-01..CSV-04 data\n",
        );
        assert_eq!(rows, "CSV-01:4 CSV-02:4 CSV-04:4 TTL-01:3");
        assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (line, wrong) in [
            ("TTL-02  stale", "TTL-02 is declared but asserted: a test has caught up, take it out"),
            ("TTL-09  unknown", "TTL-09 is no row"),
            ("CSV-01..CSV-03  its end is unknown", "CSV-03 is no row"),
            ("TTL-01", "TTL-01 is declared without a reason"),
            ("CSV-01..CSV-02   ", "CSV-01..CSV-02 is declared without a reason"),
            (
                "CSV-04..CSV-01  backwards",
                "\"CSV-04..CSV-01\" is neither an id nor a range such as CSV-01..CSV-07",
            ),
            ("all of them", "\"all\" is neither an id nor a range such as CSV-01..CSV-07"),
        ] {
            assert_eq!(check(line).1, [format!("tests/out-of-scope.txt:1: {wrong}")], "{line}");
        }
        let twice = check("CSV-01..CSV-02 a\nCSV-02 b");
        assert_eq!(
            twice.1,
            ["tests/out-of-scope.txt:2: CSV-02 is declared twice, first in line 1"]
        );
    }
}
