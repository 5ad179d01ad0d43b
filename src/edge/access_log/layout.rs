//! What the columns of a log are: what a `#Fields` line says (LOG-02).

use super::fields::{FIELDS, LogField};
use super::problem::Problem;
use super::record::Record;

/// The columns, in the order of a line. None for a field that this program does not know: it is passed over (LOG-18).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    columns: Vec<Option<u8>>,
}

impl Layout {
    /// Reads what stands behind `#Fields:`: names with blanks or TABs between, in any order. A name that stands twice counts
    /// the first time.
    pub(super) fn read(names: &str, line: u32) -> Result<Self, Problem> {
        let mut columns: Vec<Option<u8>> = Vec::new();
        for name in names.split_ascii_whitespace() {
            let known = FIELDS.iter().position(|field| field.name == name);
            let known =
                known.map(|place| place as u8).filter(|place| !columns.contains(&Some(*place)));
            columns.push(known);
        }
        let has = |place: usize| columns.contains(&Some(place as u8));
        match FIELDS.iter().enumerate().find(|(place, field)| field.is_needed && !has(*place)) {
            Some((_, field)) => Err(Problem::FieldMissing { line, field: field.name }),
            None => Ok(Self { columns }),
        }
    }

    /// Reads a record.
    pub(super) fn record<'a>(&self, text: &'a str, line: u32) -> Result<Record<'a>, Problem> {
        let mut record = Record::default();
        let mut values = text.split('\t');
        for (before, column) in self.columns.iter().enumerate() {
            let Some(value) = values.next() else { return Err(self.miscounted(text, line)) };
            let Some(field) = column.and_then(|place| FIELDS.get(usize::from(place))) else {
                continue;
            };
            if !field.read(&mut record, value) {
                // A value too few or too many moves all behind it: that is said first.
                let is_whole = before + 1 + values.count() == self.columns.len();
                return Err(if is_whole {
                    broken(field, value, line)
                } else {
                    self.miscounted(text, line)
                });
            }
        }
        match values.next() {
            Some(_) => Err(self.miscounted(text, line)),
            None => Ok(record),
        }
    }

    fn miscounted(&self, text: &str, line: u32) -> Problem {
        Problem::Columns { line, given: text.split('\t').count(), wanted: self.columns.len() }
    }
}

fn broken(field: &LogField, value: &str, line: u32) -> Problem {
    let rule = match value {
        "" => "a hyphen where there is none", // LOG-20
        _ => field.rule,
    };
    Problem::Value { line, field: field.name, rule, given: Problem::shown(value) }
}
