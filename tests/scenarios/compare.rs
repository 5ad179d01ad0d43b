//! Holds what is expected against what came, and shows where they part.

use std::fmt::Write;

use crate::script::{ELIDED, Expected};

/// Whether the lines came, in order and all of them; `...` stands for any number.
pub(crate) fn agrees(expected: &[Expected], came: &[String]) -> bool {
    let mut runs = expected.split(|line| line.text == ELIDED);
    let is_run = |run: &[Expected], at: &[String]| {
        run.len() <= at.len() && run.iter().zip(at).all(|(line, came)| line.text == *came)
    };
    let first = runs.next().unwrap_or_default();
    if !is_run(first, came) {
        return false;
    }
    let mut rest = &came[first.len()..];
    let runs: Vec<&[Expected]> = runs.collect();
    let Some((last, between)) = runs.split_last() else { return rest.is_empty() };
    for run in between {
        let Some(at) = (0..=rest.len()).find(|at| is_run(run, &rest[*at..])) else { return false };
        rest = &rest[at + run.len()..];
    }
    rest.len() >= last.len() && is_run(last, &rest[rest.len() - last.len()..])
}

/// One line of two texts laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Both(usize, usize),
    Expected(usize),
    Came(usize),
}

/// The longest common lines of both, and what is left.
pub(crate) fn sides(expected: &[Expected], came: &[String]) -> Vec<Side> {
    let (rows, columns) = (expected.len(), came.len());
    let mut common = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            common[row][column] = if expected[row].text == came[column] {
                common[row + 1][column + 1] + 1
            } else {
                common[row + 1][column].max(common[row][column + 1])
            };
        }
    }
    let (mut row, mut column, mut sides) = (0, 0, Vec::new());
    while row < rows || column < columns {
        if row < rows && column < columns && expected[row].text == came[column] {
            sides.push(Side::Both(row, column));
            (row, column) = (row + 1, column + 1);
        } else if column == columns
            || (row < rows && common[row + 1][column] >= common[row][column + 1])
        {
            sides.push(Side::Expected(row));
            row += 1;
        } else {
            sides.push(Side::Came(column));
            column += 1;
        }
    }
    sides
}

/// A difference to be read: `-` was expected, `+` came.
pub(crate) fn difference(
    file: &str,
    below: usize,
    expected: &[Expected],
    came: &[String],
) -> String {
    let mut text = String::new();
    let mut near = expected.first().map_or(below, |line| line.line);
    for side in sides(expected, came) {
        let (line, sign, said, rows) = match side {
            Side::Both(row, _) => (expected[row].line, ' ', &expected[row].text, ""),
            Side::Expected(row) => {
                (expected[row].line, '-', &expected[row].text, expected[row].rows.as_str())
            }
            Side::Came(column) => (near, '+', &came[column], ""),
        };
        near = line;
        let _ = writeln!(text, "{file}:{line}: {sign} {said} {rows}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Expected> {
        let line = |(index, text): (usize, &str)| Expected {
            line: index + 1,
            text: text.to_owned(),
            rows: String::new(),
        };
        text.split(' ').enumerate().filter(|(_, text)| !text.is_empty()).map(line).collect()
    }

    fn came(text: &str) -> Vec<String> {
        text.split(' ').filter(|text| !text.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn all_events_count_but_for_those_left_out() {
        for (expected, events, agrees) in [
            ("a b", "a b", true),
            ("a b", "a b c", false),
            ("a b", "a", false),
            ("", "", true),
            ("", "a", false),
            ("a ...", "a b c", true),
            ("... c", "a b c", true),
            ("... b", "a b c", false),
            ("a ... c", "a c", true),
            ("a ... b ... d", "a x b c d", true),
            ("a ... b c ... d", "a b x b c d", true),
            ("a ... a", "a", false),
            ("b ...", "a b", false),
            ("... b ... a", "a b", false),
        ] {
            assert_eq!(
                super::agrees(&lines(expected), &came(events)),
                agrees,
                "{expected} / {events}"
            );
        }
    }

    #[test]
    fn a_difference_names_file_and_line() {
        let said = difference("a.txt", 9, &lines("a b c"), &came("a x c"));
        assert_eq!(said, "a.txt:1:   a \na.txt:2: - b \na.txt:2: + x \na.txt:3:   c \n");
        assert_eq!(difference("a.txt", 9, &[], &came("x")), "a.txt:9: + x \n");
    }
}
