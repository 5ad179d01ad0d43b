//! The real-time access log: its fields in their order, and which requests are sampled (security-logs-edge.md section 2).

use super::encoding::{ABSENT, Value};
use super::fields::FIELDS;
use super::file::distribution_id;
use super::record::Record;
use crate::distribution::{Distribution, REAL_TIME_FIELDS};
use crate::hash::fnv1a;
use crate::http::Fields;

/// RTL-11: the most bytes of a value that tells of header fields.
const LONGEST: usize = 800;

/// A percentage from 1 to 100 (RTL-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// Every request.
    pub const ALL: Self = Self(100);

    /// That many of a hundred; none outside 1 to 100 (RTL-02).
    pub const fn new(percent: u8) -> Option<Self> {
        if matches!(percent, 1..=100) { Some(Self(percent)) } else { None }
    }

    /// How many of a hundred.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// RTL-12 (MODEL): whether a request is among those that are logged: by its id alone, so that a walk logs the same ones
    /// again.
    pub fn takes(self, request_id: &str) -> bool {
        let hash = fnv1a(request_id.bytes());
        (hash ^ hash >> 32) % 100 < u64::from(self.0)
    }
}

/// What a real-time log can tell of a request: more than a record of the standard log.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// What the standard log tells.
    pub record: &'a Record<'a>,
    /// When the server had finished answering, in Unix milliseconds.
    pub finished_millis: u64,
    /// The viewer's header fields.
    pub fields: &'a Fields,
    /// The viewer's country by its two letters.
    pub country: &'a str,
    /// The number of the viewer's autonomous system.
    pub as_number: u32,
    /// The path pattern of the behavior that matched, if one did.
    pub pattern: Option<&'a str>,
    /// The distribution that the viewer had asked, where a staging distribution has taken the request.
    pub primary: Option<&'a Distribution>,
}

/// One field of the real-time log.
#[derive(Clone, Copy, Debug)]
pub struct RealTimeField {
    /// As a configuration names it.
    pub name: &'static str,
    /// The row that lists it.
    pub row: &'static str,
    from: &'static Source,
}

/// Where a value comes from.
#[derive(Debug)]
enum Source {
    /// It is that of a field of the standard log, by its place from 1.
    Standard(usize),
    /// It is made of the sample.
    Made(fn(&Sample<'_>) -> String),
    /// It tells of something that is not simulated.
    NotSimulated,
}

impl RealTimeField {
    /// Whether the simulator knows it. Of what it does not know it logs a hyphen.
    pub fn is_simulated(&self) -> bool {
        !matches!(self.from, Source::NotSimulated)
    }

    /// Its value, as it stands in the log.
    pub fn of(&self, sample: &Sample<'_>) -> String {
        let value = match self.from {
            Source::Standard(place) => FIELDS.get(place - 1).map(|field| field.of(sample.record)),
            Source::Made(make) => Some(make(sample)),
            Source::NotSimulated => None,
        };
        value.filter(|value| !value.is_empty()).unwrap_or_else(|| ABSENT.to_owned())
    }
}

/// The line of a sample: the chosen fields by their names, in the order of the list whatever order they were chosen in
/// (RTL-05).
pub fn real_time_line(sample: &Sample<'_>, chosen: &[&str]) -> String {
    let fields = real_time_fields().filter(|field| chosen.contains(&field.name));
    fields.map(|field| field.of(sample)).collect::<Vec<_>>().join("\t")
}

/// A field of the viewer's, whole.
fn said(sample: &Sample<'_>, name: &str) -> String {
    sample.fields.combined(name).map(|text| Value::owned(text).to_string()).unwrap_or_default()
}

/// RTL-11: cut to so many bytes, and not within an encoded one.
fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (LONGEST - 2..LONGEST).find(|at| text.as_bytes()[*at] == b'%').unwrap_or(LONGEST);
        text.truncate(end);
    }
    text
}

/// MODEL (RTL-13): one piece a field, with line breaks between, which are encoded.
fn listed(sample: &Sample<'_>, piece: fn(&str, &str) -> String) -> String {
    let pieces: Vec<_> =
        sample.fields.iter().map(|field| piece(field.name(), field.value())).collect();
    cut(Value::owned(pieces.join("\n")).to_string())
}

fn stem(sample: &Sample<'_>) -> String {
    let (path, query) = (FIELDS[7].of(sample.record), FIELDS[11].of(sample.record));
    if query == ABSENT { path } else { format!("{path}?{query}") } // RTL-10
}

fn timestamp(sample: &Sample<'_>) -> String {
    format!("{}.{:03}", sample.finished_millis / 1_000, sample.finished_millis % 1_000)
}

fn ip_version(sample: &Sample<'_>) -> String {
    let is_6 = sample.record.viewer_ip.as_ref().is_some_and(|ip| ip.as_logged().contains(':'));
    if is_6 { "IPv6".to_owned() } else { "IPv4".to_owned() }
}

/// LG-09: the distribution that the viewer had asked, of a request that a staging distribution took.
fn primary(sample: &Sample<'_>, told: fn(&Distribution) -> String) -> String {
    sample.primary.map(told).unwrap_or_default()
}

use Source::{Made, Standard};

/// Where the values of those fields come from that are simulated.
#[rustfmt::skip]
static SOURCES: [(&str, Source); 43] = [
    ("timestamp", Made(timestamp)),
    ("c-ip", Standard(5)),
    ("time-to-first-byte", Standard(28)),
    ("sc-status", Standard(9)),
    ("sc-bytes", Standard(4)),
    ("cs-method", Standard(6)),
    ("cs-protocol", Standard(17)),
    ("cs-host", Standard(16)), // RTL-09
    ("cs-uri-stem", Made(stem)),
    ("cs-bytes", Standard(18)),
    ("x-edge-location", Standard(3)),
    ("x-edge-request-id", Standard(15)),
    ("x-host-header", Standard(7)), // RTL-09
    ("time-taken", Standard(19)),
    ("cs-protocol-version", Standard(24)),
    ("c-ip-version", Made(ip_version)),
    ("cs-user-agent", Standard(11)),
    ("cs-referer", Standard(10)),
    ("cs-cookie", Made(|sample| cut(said(sample, "Cookie")))),
    ("cs-uri-query", Standard(12)),
    ("x-edge-response-result-type", Standard(23)),
    ("x-forwarded-for", Standard(20)),
    ("ssl-protocol", Standard(21)),
    ("ssl-cipher", Standard(22)),
    ("x-edge-result-type", Standard(14)),
    ("fle-encrypted-fields", Standard(26)),
    ("fle-status", Standard(25)),
    ("sc-content-type", Standard(30)),
    ("sc-content-len", Standard(31)),
    ("sc-range-start", Standard(32)),
    ("sc-range-end", Standard(33)),
    ("c-port", Standard(27)),
    ("x-edge-detailed-result-type", Standard(29)),
    ("c-country", Made(|sample| sample.country.to_owned())),
    ("cs-accept-encoding", Made(|sample| said(sample, "Accept-Encoding"))),
    ("cs-accept", Made(|sample| said(sample, "Accept"))),
    ("cache-behavior-path-pattern", Made(|sample| Value::of(sample.pattern.unwrap_or_default()).to_string())),
    ("cs-headers", Made(|sample| listed(sample, |name, value| format!("{name}:{value}")))),
    ("cs-header-names", Made(|sample| listed(sample, |name, _| name.to_owned()))),
    ("cs-headers-count", Made(|sample| sample.fields.len().to_string())),
    ("primary-distribution-id", Made(|sample| primary(sample, |it| it.id.clone().unwrap_or_else(|| distribution_id(&it.domain))))), // LG-09
    ("primary-distribution-dns-name", Made(|sample| primary(sample, |it| it.domain.clone()))),
    ("asn", Made(|sample| sample.as_number.to_string())),
];

/// The row that lists each field, and how many it has.
const ROWS: [(&str, usize); 7] = [
    ("RTL-20", 10),
    ("RTL-21", 10),
    ("RTL-22", 10),
    ("RTL-23", 11),
    ("RTL-24", 5),
    ("RTL-25", 18),
    ("RTL-26", 7),
];

/// All fields, in their order.
pub fn real_time_fields() -> impl Iterator<Item = RealTimeField> {
    let rows = ROWS.iter().flat_map(|(row, count)| std::iter::repeat_n(*row, *count));
    REAL_TIME_FIELDS.split(' ').zip(rows).map(|(name, row)| {
        let from = SOURCES.iter().find(|(known, _)| *known == name);
        RealTimeField { name, row, from: from.map_or(&Source::NotSimulated, |(_, from)| from) }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edge::fields::RequestId;

    /// The names of one row, as the reference lists them.
    fn listed_in(row: &str) -> Vec<String> {
        let reference = include_str!("../../../docs/reference/security-logs-edge.md");
        let line = reference.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap();
        let cell = line.split('|').nth(3).unwrap();
        let prefix = if row == "RTL-25" { "cmcd-" } else { "" };
        let names = cell.trim().trim_start_matches("cmcd- : ").split(", ");
        let name = |name: &str| name.split([' ', '(']).next().unwrap().to_owned();
        // Remarks in brackets hold commas of their own.
        let names = names.map(name).filter(|name| !name.starts_with('`') && *name != "one");
        names.filter(|name| !name.is_empty()).map(|name| format!("{prefix}{name}")).collect()
    }

    #[test]
    fn rtl_20_to_26_the_names_and_their_order() {
        for row in ["RTL-20", "RTL-21", "RTL-22", "RTL-23", "RTL-24", "RTL-25", "RTL-26"] {
            let ours = real_time_fields().filter(|field| field.row == row);
            assert_eq!(ours.map(|field| field.name).collect::<Vec<_>>(), listed_in(row), "{row}");
        }
        assert!(real_time_fields().is_sorted_by_key(|field| field.row));
        assert_eq!((real_time_fields().count(), REAL_TIME_FIELDS.split(' ').count()), (71, 71));
        let simulated = real_time_fields().filter(RealTimeField::is_simulated).count();
        assert_eq!(simulated, SOURCES.len(), "each source is that of a field");
    }

    #[test]
    fn rtl_02_12_so_many_of_a_hundred_are_taken_by_their_ids() {
        assert_eq!([0, 101, 255].map(Percent::new), [None; 3]);
        let ids: Vec<_> = (0..20_000).map(|number| RequestId::new(number).text()).collect();
        let taken = |percent: u8| {
            let percent = Percent::new(percent).unwrap();
            ids.iter().filter(|id| percent.takes(id)).count()
        };
        assert_eq!(taken(100), 20_000);
        for percent in [1, 10, 50, 99] {
            let expected = usize::from(percent) * 200;
            // Three and a half standard deviations of a fair draw.
            let spread = 3.5 * (expected as f64 * (1.0 - f64::from(percent) / 100.0)).sqrt();
            assert!(
                (taken(percent) as f64 - expected as f64).abs() < spread,
                "{percent}: {}",
                taken(percent)
            );
        }
        let [few, more] = [10, 30].map(|percent| Percent::new(percent).unwrap());
        assert!(
            ids.iter().all(|id| !few.takes(id) || more.takes(id)),
            "a higher rate takes more, and no others"
        );
    }

    #[test]
    fn rtl_05_09_10_11_a_line_has_what_was_chosen_in_the_lists_order() {
        let fields =
            Fields::parse("Host: www.example.com\nAccept: a/b\nAccept: c/d\nCookie: a=1").unwrap();
        let record = Record {
            path: Value::of("/a b"),
            query: Some(Value::of("q=%20")),
            host: Some(Value::of("www.example.com")),
            distribution: Some(Value::of("d1.cloudfront.net")),
            viewer_ip: Some(Value::of("2001:db8::1")),
            ..Record::default()
        };
        let (country, pattern) = ("FR", Some("/img/*"));
        let sample = Sample {
            record: &record,
            finished_millis: 1_500,
            fields: &fields,
            country,
            as_number: 64_496,
            pattern,
            primary: None,
        };
        let chosen = [
            "x-host-header",
            "cs-uri-stem",
            "timestamp",
            "cs-host",
            "origin-fbl",
            "cs-cookie",
            "nonsense",
        ];
        assert_eq!(
            real_time_line(&sample, &chosen),
            "1.500\twww.example.com\t/a%20b?q=%2520\td1.cloudfront.net\ta=1\t-"
        );
        let chosen = [
            "c-ip-version",
            "cs-accept",
            "cs-headers",
            "cs-header-names",
            "cs-headers-count",
            "c-country",
            "asn",
            "cache-behavior-path-pattern",
        ];
        assert_eq!(
            real_time_line(&sample, &chosen),
            "IPv6\tFR\ta/b,%20c/d\t/img/*\tHost:www.example.com%0AAccept:a/b%0AAccept:c/d%0ACookie:a=1\tHost%0AAccept%0AAccept%0ACookie\t4\t64496"
        );
        let names: Vec<_> = real_time_fields().map(|field| field.name).collect();
        assert_eq!(real_time_line(&sample, &names).split('\t').count(), 71);
    }

    #[test]
    fn rtl_11_long_values_are_cut_at_800_bytes() {
        // Encoded ones are three bytes long, and none is cut in two.
        for (start, filling, length) in
            [("a=", "a", 800), ("a=", "~", 2 + 3 * 266), ("", "~", 3 * 266)]
        {
            let text = format!("Cookie: {start}{}", filling.repeat(2_000));
            let fields = Fields::parse(&text).unwrap();
            let record = Record::default();
            let sample = Sample {
                record: &record,
                finished_millis: 0,
                fields: &fields,
                country: "",
                as_number: 0,
                pattern: None,
                primary: None,
            };
            assert_eq!(real_time_line(&sample, &["cs-cookie"]).len(), length, "{start}{filling}");
        }
        let fields = Fields::parse(&format!("X: {}", "b".repeat(900))).unwrap();
        let record = Record::default();
        let sample = Sample {
            record: &record,
            finished_millis: 0,
            fields: &fields,
            country: "",
            as_number: 0,
            pattern: None,
            primary: None,
        };
        assert_eq!(real_time_line(&sample, &["cs-headers"]).len(), 800);
    }
}
