//! A line of a log, field by field.

use crate::edge::access_log::{FIELDS, Record, Value, meaning};

/// One field of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryField {
    /// As the log names it.
    pub name: &'static str,
    /// Its row.
    pub row: &'static str,
    /// What it tells.
    pub says: &'static str,
    /// The value as it stands in the log.
    pub logged: String,
    /// What was encoded, where that is another text (LOG-26).
    pub decoded: Option<String>,
    /// What the value means, and the row that says so.
    pub meaning: Option<(&'static str, &'static str)>,
}

/// The places of the fields whose words have a meaning of their own, from 1.
const JUDGING: [usize; 3] = [14, 23, 29];

/// The 33 fields of a record.
pub fn entry(record: &Record<'_>) -> Vec<EntryField> {
    let of = |(place, field): (usize, &'static crate::edge::access_log::LogField)| {
        let logged = field.of(record);
        let decoded = Value::logged(&logged).text();
        EntryField {
            name: field.name,
            row: field.row,
            says: field.says,
            decoded: (decoded != logged).then_some(decoded),
            meaning: JUDGING.contains(&(place + 1)).then(|| meaning(&logged)).flatten(),
            logged,
        }
    };
    FIELDS.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edge::access_log::AccessLog;

    #[test]
    fn log_f01_to_f33_each_field_says_what_it_is() {
        let log = AccessLog::read(include_str!("../../../docs/reference/examples/access.log"));
        let fields = entry(&log.record(9).unwrap());
        assert_eq!(fields.len(), 33);
        for (place, field) in fields.iter().enumerate() {
            assert_eq!(field.row, format!("LOG-F{:02}", place + 1));
            assert!(field.says.ends_with('.') && !field.logged.is_empty(), "{}", field.name);
        }
        let line = fields.iter().map(|field| field.logged.clone()).collect::<Vec<_>>().join("\t");
        assert_eq!(log.line_of(9).unwrap().0, line);
        let agent = &fields[10];
        assert_eq!(agent.logged, "ExampleApp/2.1%20(build%207;%20%27beta%27)");
        assert_eq!(agent.decoded.as_deref(), Some("ExampleApp/2.1 (build 7; 'beta')"));
        assert_eq!(fields[7].decoded, None, "it stands as it was sent");
        let rows: Vec<_> =
            fields.iter().filter_map(|field| field.meaning).map(|(_, row)| row).collect();
        assert_eq!(rows, ["LOG-R8"; 3], "fields 14, 23 and 29");
        // A path may look like such a word.
        let mut record = log.record(0).unwrap();
        record.path = Value::logged("Hit");
        assert_eq!(entry(&record)[7].meaning, None);
    }
}
