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
const JUDGING: [usize; 4] = [14, 23, 25, 29];

/// The 33 fields of a record.
pub fn entry(record: &Record<'_>) -> Vec<EntryField> {
    let all: Vec<String> = FIELDS.iter().map(|field| field.of(record)).collect();
    let of = |(place, field): (usize, &'static crate::edge::access_log::LogField)| {
        let logged = field.of(record);
        let decoded = Value::logged(&logged).text();
        EntryField {
            name: field.name,
            row: field.row,
            says: field.says,
            decoded: (decoded != logged).then_some(decoded),
            meaning: by_others(place + 1, &all)
                .or_else(|| JUDGING.contains(&(place + 1)).then(|| meaning(&logged)).flatten()),
            logged,
        }
    };
    FIELDS.iter().enumerate().map(of).collect()
}

/// What a field means beside what others of the line say; places count from 1.
fn by_others(place: usize, all: &[String]) -> Option<(&'static str, &'static str)> {
    let at = |place: usize| all.get(place - 1).map_or("", String::as_str);
    match (place, at(place)) {
        (9, "000") => Some(("The viewer was gone before there was any answer.", "LOG-50")),
        (14, "Error") if at(23) != "Error" => Some((
            "The viewer left before the answer's end; field 23 has what it would have been.",
            "LOG-29",
        )),
        (14 | 23, "Error") if at(29) == "AbortedOrigin" && at(9).starts_with('2') => {
            Some(("The answer began well, and the origin broke it off.", "LOG-87"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edge::access_log::AccessLog;

    #[test]
    fn log_f01_to_f33_29_49_50_each_field_says_what_it_is() {
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
        // LOG-29, LOG-49, MYTH-08: 200 as it began, and 14 differs from 23, since the viewer left in the middle.
        let meaning_of = |line: usize, place: usize| {
            let fields = entry(&log.record(line).unwrap());
            (fields[place - 1].logged.clone(), fields[place - 1].meaning.map(|(_, row)| row))
        };
        let lines = (0..log.len()).map(|line| meaning_of(line, 9).0).collect::<Vec<_>>();
        let broken =
            (0..log.len()).find(|line| meaning_of(*line, 29).0 == "ClientCommError").unwrap();
        assert_eq!(lines[broken], "200", "LOG-49: the status that had begun");
        assert_eq!(meaning_of(broken, 14), ("Error".into(), Some("LOG-29")), "LOG-49, MYTH-08");
        assert_eq!(meaning_of(broken, 23), ("Hit".into(), Some("LOG-R1")), "LOG-49, MYTH-08");
        assert_eq!(meaning_of(broken, 29).1, Some("LOG-D04"), "LOG-49");
        let gone = lines.iter().position(|status| status == "000").unwrap();
        assert_eq!(meaning_of(gone, 9).1, Some("LOG-50"));
        assert_eq!(
            meaning_of(gone, 14),
            ("Error".into(), Some("LOG-R6")),
            "LOG-50: both are Error"
        );
        assert_eq!(meaning_of(gone, 29), ("ClientHungUpRequest".into(), Some("LOG-D06")), "LOG-50");
        // A path may look like such a word.
        let mut record = log.record(0).unwrap();
        record.path = Value::logged("Hit");
        assert_eq!(entry(&record)[7].meaning, None);
    }
}
