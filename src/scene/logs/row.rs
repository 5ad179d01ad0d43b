//! A line of the table.

use super::Judged;
use crate::edge::access_log::{ABSENT, FIELDS, Record, Value};
use crate::scene::units;
use crate::time;

/// Milliseconds that fill the bar of a line; what took longer has an end like an arrow's.
const BAR_MS: u64 = 1_000;

/// What the table says of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The day, in UTC.
    pub date: String,
    /// The time of day, in UTC.
    pub time: String,
    /// The edge location's full code.
    pub location: String,
    /// The method.
    pub method: String,
    /// Path and query, as logged.
    pub path: String,
    /// Three digits.
    pub status: String,
    /// The result type.
    pub judged: Judged,
    /// Bytes to the viewer.
    pub bytes: String,
    /// At the edge, in whole milliseconds; a hyphen where the log does not tell.
    pub taken: String,
    /// How much of its bar that fills, in percent; over 100 where it took longer.
    pub share: u64,
}

impl Row {
    /// Of a record.
    pub fn of(record: &Record<'_>) -> Self {
        let field = |number: usize| FIELDS[number - 1].of(record);
        let mut path = field(8);
        if let Some(query) = &record.query {
            path.push('?');
            path.push_str(query.as_logged());
        }
        let millis = record.taken.map(|taken| (time::micros(taken) + 500) / 1_000);
        Self {
            date: field(1),
            time: field(2),
            location: record.location.as_ref().map_or(ABSENT, Value::as_logged).to_owned(),
            method: field(6),
            path,
            status: field(9),
            judged: Judged::of(record),
            bytes: units::grouped(record.bytes_down),
            taken: millis.map_or_else(|| ABSENT.to_owned(), units::grouped),
            share: millis.map_or(0, |millis| (millis.saturating_mul(100) / BAR_MS).clamp(1, 101)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edge::access_log::AccessLog;
    use crate::scene::Outcome;

    #[test]
    fn log_f01_to_f19_a_line_of_the_example() {
        let log = AccessLog::read(include_str!("../../../docs/reference/examples/access.log"));
        let row = |index: usize| Row::of(&log.record(index).unwrap());
        assert_eq!(
            row(0),
            Row {
                date: "2026-03-14".into(),
                time: "09:00:02".into(),
                location: "FRA56-P4".into(),
                method: "GET".into(),
                path: "/index.html".into(),
                status: "200".into(),
                judged: Judged { label: "Miss".into(), outcome: Some(Outcome::Miss) },
                bytes: "8,612".into(),
                taken: "184".into(),
                share: 18,
            }
        );
        assert_eq!(row(10).path, "/api/search?q=red%2520shoes&tags%5B%5D=a%7Cb&off=50%2525");
        assert_eq!((row(3).taken.as_str(), row(3).share), ("0", 1), "a bar is seen");
        assert_eq!(
            (row(5).taken.as_str(), row(5).share),
            ("1,906", 101),
            "and says that it goes on"
        );
        assert_eq!(row(11).status, "000", "LOG-F09");
    }
}
