//! The file that a log is delivered as: its header, its lines and its name (security-logs-edge.md section 1.1).

use super::fields::FIELDS;
use super::record::Record;
use crate::distribution::Logging;
use crate::edge::fields::RequestId;
use crate::hash::fnv1a;

/// LOG-01: how a log begins.
pub const VERSION: &str = "#Version: 1.0";

const HOUR: u64 = 3_600;

/// How many characters the part of a name has that makes it unique, as in AWS's own example (LOG-05).
const UNIQUE: usize = 11;

/// A file of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// Its object key in the bucket: `PREFIX/DISTID.YYYY-MM-DD-HH.UNIQUE.gz`.
    pub key: String,
    /// What is in it once it is unpacked (LOG-07).
    pub text: String,
}

impl LogFile {
    /// The key without its folders.
    pub fn name(&self) -> &str {
        self.key.rsplit('/').next().unwrap_or(&self.key)
    }
}

/// The two lines at the head of a log (LOG-01, LOG-02).
pub fn header() -> String {
    let mut text = String::from(VERSION);
    text.push_str("\n#Fields:");
    for field in &FIELDS {
        text.push(' ');
        text.push_str(field.name);
    }
    text.push('\n');
    text
}

/// The line of one record, without its end (LOG-03).
pub fn line(record: &Record<'_>) -> String {
    let mut text = String::new();
    write_line(record, &mut text);
    text
}

fn write_line(record: &Record<'_>, out: &mut String) {
    for (index, field) in FIELDS.iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        field.write(record, out);
    }
}

/// A whole log in one text.
pub fn text<'r, 'a: 'r>(records: impl IntoIterator<Item = &'r Record<'a>>) -> String {
    let mut text = header();
    for record in records {
        write_line(record, &mut text);
        text.push('\n');
    }
    text
}

/// The files of a distribution's log, by hour (LOG-05, LOG-09): one for each in which a request was answered. LOG-84 (MODEL):
/// one and no more, with the records in the order in which they were answered. `seed` makes the names unique.
pub fn files(records: &[Record<'_>], domain: &str, logging: &Logging, seed: u64) -> Vec<LogFile> {
    let mut hours: Vec<u64> = Vec::new();
    for hour in records.iter().map(|record| record.finished_unix / HOUR) {
        if let Err(place) = hours.binary_search(&hour) {
            hours.insert(place, hour);
        }
    }
    let file = |hour: u64| LogFile {
        key: key(hour, domain, &logging.prefix, seed),
        text: text(records.iter().filter(|record| record.finished_unix / HOUR == hour)),
    };
    hours.into_iter().map(file).collect()
}

/// LOG-05, LOG-06: the object key of the file for an hour, in hours since 1970.
fn key(hour: u64, domain: &str, prefix: &str, seed: u64) -> String {
    let mut key = String::from(prefix);
    if !prefix.is_empty() && !prefix.ends_with('/') {
        key.push('/'); // LOG-06
    }
    key.push_str(&distribution_id(domain));
    key.push('.');
    super::instant::write_date(hour * HOUR, &mut key);
    let (tens, ones) = (hour % 24 / 10, hour % 24 % 10);
    key.push('-');
    key.push(char::from(b'0' + tens as u8));
    key.push(char::from(b'0' + ones as u8));
    key.push('.');
    key.push_str(&capitals(seed ^ hour, UNIQUE));
    key.push_str(".gz");
    key
}

/// LOG-85 (MODEL): the id of a distribution in the shape of DST-07, made of its name, since a configuration does not tell it.
pub fn distribution_id(domain: &str) -> String {
    format!("E{}", capitals(fnv1a(domain.bytes()), 13))
}

/// So many capitals and digits that go with a number.
fn capitals(number: u64, count: usize) -> String {
    let stream = (0..).flat_map(|more| {
        let text = RequestId::new(number.wrapping_add(more)).text();
        text.to_ascii_uppercase().chars().collect::<Vec<_>>()
    });
    stream.filter(char::is_ascii_alphanumeric).take(count).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Outcome, Value};
    use super::*;

    fn logging(prefix: &str) -> Logging {
        Logging { bucket: "b.s3.amazonaws.com".into(), prefix: prefix.into(), has_cookies: false }
    }

    /// A record that was finished at an instant in Unix seconds.
    fn at(finished_unix: u64) -> Record<'static> {
        let (method, path) = (Value::of("GET"), Value::of("/"));
        Record { finished_unix, method, path, ..Record::default() }
    }

    #[test]
    fn log_01_02_03_the_head_is_that_of_the_example_and_a_line_has_tabs_alone() {
        let example = include_str!("../../../docs/reference/examples/access.log");
        let head: Vec<_> = example.lines().take(2).collect();
        assert_eq!(header(), head.join("\n") + "\n");
        let line = line(&at(0));
        assert_eq!(line.split('\t').count(), 33);
        assert!(!line.contains(' '));
        assert_eq!(
            line,
            "1970-01-01\t00:00:00\t-\t0\t-\tGET\t-\t/\t000\t-\t-\t-\t-\tMiss\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-",
            "LOG-20"
        );
    }

    #[test]
    fn log_05_06_09_a_file_for_each_hour_named_after_it() {
        // 2019-11-14 20:59:59 and 21:00:00 UTC, the first hour of AWS's own example.
        let last = 1_573_765_199;
        let records = [at(last + 1), at(last), at(last + 1), at(last + 7_200)];
        let files = files(&records, "d111111abcdef8.cloudfront.net", &logging("logs"), 7);
        let hours: Vec<_> = files.iter().map(|file| file.key.split('.').nth(1).unwrap()).collect();
        assert_eq!(hours, ["2019-11-14-20", "2019-11-14-21", "2019-11-14-22"]);
        let lines: Vec<_> = files.iter().map(|file| file.text.lines().count() - 2).collect();
        assert_eq!(lines, [1, 2, 1]);
        for file in &files {
            let parts: Vec<_> = file.key.split('.').collect();
            let (id, unique) = (parts[0].strip_prefix("logs/").unwrap(), parts[2]);
            assert!(id.starts_with('E') && id.len() == 14, "LOG-85, DST-07: {id}");
            assert_eq!((unique.len(), parts[3], parts.len()), (11, "gz", 4));
            let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
            assert!(id.chars().all(is_plain) && unique.chars().all(is_plain), "{}", file.key);
            assert_eq!(file.name(), file.key.strip_prefix("logs/").unwrap());
        }
        let uniques: Vec<_> =
            files.iter().map(|file| file.key.split('.').nth(2).unwrap()).collect();
        assert!(uniques[0] != uniques[1] && uniques[1] != uniques[2]);
        assert!(super::files(&[], "d", &logging("logs"), 7).is_empty(), "LOG-09");
    }

    #[test]
    fn log_06_a_slash_is_put_behind_a_prefix_that_has_none() {
        let key = |prefix: &str| key(0, "d.cloudfront.net", prefix, 1);
        let name = key("");
        assert!(!name.contains('/'), "no prefix, no slash");
        for (prefix, folder) in
            [("logs", "logs/"), ("logs/", "logs/"), ("a/b", "a/b/"), ("a/b/", "a/b/")]
        {
            assert_eq!(key(prefix), format!("{folder}{name}"));
        }
    }

    #[test]
    fn a_whole_log_is_head_and_lines() {
        let records = [at(1), Record { result: Outcome::logged("Hit"), ..at(2) }];
        let text = text(&records);
        assert!(text.starts_with(VERSION) && text.ends_with('\n'));
        assert_eq!(text.lines().count(), 4);
    }
}
