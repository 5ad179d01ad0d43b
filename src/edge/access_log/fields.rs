//! The 33 fields of the standard access log, in order: what each says, how it is written and how it is read
//! (security-logs-edge.md section 1.2).

use std::fmt::Write;

use super::encoding::{ABSENT, Value};
use super::instant::{number, read_date, read_span, read_time, write_date, write_span, write_time};
use super::record::{Detailed, LoggedVersion, Outcome, Protocol, Record};
use crate::http::Status;

/// One field of the log.
#[derive(Debug)]
pub struct LogField {
    /// As the second line of a log names it.
    pub name: &'static str,
    /// The row of the reference that has its rule.
    pub row: &'static str,
    /// What it tells, in a sentence.
    pub says: &'static str,
    /// What its value must be.
    pub(super) rule: &'static str,
    /// Whether a record is of no use without it.
    pub(super) is_needed: bool,
    write: fn(&Record<'_>, &mut String),
    read: for<'a> fn(&mut Record<'a>, &'a str) -> bool,
}

impl LogField {
    /// The value of this field in a record, as it stands in the log.
    pub fn of(&self, record: &Record<'_>) -> String {
        let mut value = String::new();
        self.write(record, &mut value);
        value
    }

    /// Writes the value behind a text.
    pub(super) fn write(&self, record: &Record<'_>, out: &mut String) {
        let before = out.len();
        (self.write)(record, out);
        if out.len() == before {
            out.push_str(ABSENT); // LOG-20
        }
    }

    /// Takes a value as it stands in a log; false where it is none.
    pub(super) fn read<'a>(&self, record: &mut Record<'a>, value: &'a str) -> bool {
        match value {
            "" => false, // LOG-20
            ABSENT => !self.is_needed,
            _ => (self.read)(record, value),
        }
    }
}

/// Any text; nobody is told of a rule that cannot be broken.
const TEXT: &str = "a text";
const WHOLE: &str = "a whole number";
const SECONDS: &str = "seconds, as in 0.082";

fn text(value: Option<&Value<'_>>, out: &mut String) {
    out.push_str(value.map_or("", Value::as_logged));
}

fn whole(value: Option<u64>, out: &mut String) {
    if let Some(value) = value {
        let _ = write!(out, "{value}"); // a String takes all
    }
}

/// A value that can't be broken.
#[allow(clippy::unnecessary_wraps)]
fn keep<'a>(slot: &mut Option<Value<'a>>, value: &'a str) -> bool {
    set(slot, Some(Value::logged(value)))
}

fn set<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    *slot = value;
    slot.is_some()
}

fn add(unix: &mut u64, secs: Option<u64>) -> bool {
    *unix += secs.unwrap_or_default();
    secs.is_some()
}

/// Three digits; `000` is no status (LOG-F09).
fn read_status(record: &mut Record<'_>, value: &str) -> bool {
    let code = number(value).filter(|code| value.len() == 3 && (*code == 0 || *code >= 100));
    record.status = code.filter(|code| *code > 0).map(|code| Status(code as u16));
    code.is_some()
}

/// All fields, in the order of the standard log.
pub const FIELDS: [LogField; 33] = [
    LogField {
        name: "date",
        row: "LOG-F01",
        says: "The day, in UTC, on which the server had finished answering.",
        rule: "a date, as in 2026-01-31",
        is_needed: true,
        write: |record, out| write_date(record.finished_unix, out),
        read: |record, value| add(&mut record.finished_unix, read_date(value)),
    },
    LogField {
        name: "time",
        row: "LOG-F02",
        says: "The time of day, in UTC, at which the server had finished answering.",
        rule: "a time of day, as in 23:59:59",
        is_needed: true,
        write: |record, out| write_time(record.finished_unix, out),
        read: |record, value| add(&mut record.finished_unix, read_time(value)),
    },
    LogField {
        name: "x-edge-location",
        row: "LOG-F03",
        says: "The edge location that answered: mostly the three letters of an airport nearby, and a number.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.location.as_ref(), out),
        read: |record, value| keep(&mut record.location, value),
    },
    LogField {
        name: "sc-bytes",
        row: "LOG-F04",
        says: "How many bytes went to the viewer, header fields included.",
        rule: WHOLE,
        is_needed: true,
        write: |record, out| whole(Some(record.bytes_down), out),
        read: |record, value| {
            let bytes = number(value);
            record.bytes_down = bytes.unwrap_or_default();
            bytes.is_some()
        },
    },
    LogField {
        name: "c-ip",
        row: "LOG-F05",
        says: "The address that the request came from: the viewer's, or that of the proxy before it.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.viewer_ip.as_ref(), out),
        read: |record, value| keep(&mut record.viewer_ip, value),
    },
    LogField {
        name: "cs-method",
        row: "LOG-F06",
        says: "The method of the request.",
        rule: TEXT,
        is_needed: true,
        write: |record, out| text(Some(&record.method), out),
        read: |record, value| {
            record.method = Value::logged(value);
            true
        },
    },
    LogField {
        name: "cs(Host)",
        row: "LOG-F07",
        says: "The name that CloudFront gave the distribution, whatever name the viewer used.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.distribution.as_ref(), out),
        read: |record, value| keep(&mut record.distribution, value),
    },
    LogField {
        name: "cs-uri-stem",
        row: "LOG-F08",
        says: "The path that was asked for, without the query string.",
        rule: TEXT,
        is_needed: true,
        write: |record, out| text(Some(&record.path), out),
        read: |record, value| {
            record.path = Value::logged(value);
            true
        },
    },
    LogField {
        name: "sc-status",
        row: "LOG-F09",
        says: "The status code of the answer; 000 where the viewer went away before there was one.",
        rule: "three digits",
        is_needed: true,
        write: |record, out| {
            let _ = write!(out, "{:03}", record.status.map_or(0, |status| status.0));
        },
        read: read_status,
    },
    LogField {
        name: "cs(Referer)",
        row: "LOG-F10",
        says: "What the header field Referer said: the page that led to this request.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.referer.as_ref(), out),
        read: |record, value| keep(&mut record.referer, value),
    },
    LogField {
        name: "cs(User-Agent)",
        row: "LOG-F11",
        says: "What the header field User-Agent said: the program that asked.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.user_agent.as_ref(), out),
        read: |record, value| keep(&mut record.user_agent, value),
    },
    LogField {
        name: "cs-uri-query",
        row: "LOG-F12",
        says: "The query string, without its question mark.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.query.as_ref(), out),
        read: |record, value| keep(&mut record.query, value),
    },
    LogField {
        name: "cs(Cookie)",
        row: "LOG-F13",
        says: "All cookies that the viewer sent, also those that CloudFront keeps from the origin; only if the distribution logs cookies.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.cookie.as_ref(), out),
        read: |record, value| keep(&mut record.cookie, value),
    },
    LogField {
        name: "x-edge-result-type",
        row: "LOG-F14",
        says: "How CloudFront judged the request once the last byte had left: whether a cache had the answer, or what went wrong.",
        rule: TEXT,
        is_needed: true,
        write: |record, out| out.push_str(record.result.as_str()),
        read: |record, value| {
            record.result = Outcome::logged(value);
            true
        },
    },
    LogField {
        name: "x-edge-request-id",
        row: "LOG-F15",
        says: "The name of this one request; the viewer finds it in the header field X-Amz-Cf-Id.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.request_id.as_ref(), out),
        read: |record, value| keep(&mut record.request_id, value),
    },
    LogField {
        name: "x-host-header",
        row: "LOG-F16",
        says: "The host name that the viewer asked for, which may be one of the distribution's alternate names.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.host.as_ref(), out),
        read: |record, value| keep(&mut record.host, value),
    },
    LogField {
        name: "cs-protocol",
        row: "LOG-F17",
        says: "What the viewer spoke: http, https, grpcs, ws or wss.",
        rule: "one of http, https, grpcs, ws and wss",
        is_needed: false,
        write: |record, out| out.push_str(record.protocol.map_or("", Protocol::as_str)),
        read: |record, value| {
            let known = Protocol::ALL.into_iter().find(|known| known.as_str() == value);
            set(&mut record.protocol, known)
        },
    },
    LogField {
        name: "cs-bytes",
        row: "LOG-F18",
        says: "How many bytes came from the viewer, header fields included.",
        rule: WHOLE,
        is_needed: false,
        write: |record, out| whole(record.bytes_up, out),
        read: |record, value| set(&mut record.bytes_up, number(value)),
    },
    LogField {
        name: "time-taken",
        row: "LOG-F19",
        says: "Seconds from the arrival of the request at the edge to the last byte of the answer there. The way to the viewer is not in it.",
        rule: SECONDS,
        is_needed: false,
        write: |record, out| record.taken.into_iter().for_each(|taken| write_span(taken, out)),
        read: |record, value| set(&mut record.taken, read_span(value)),
    },
    LogField {
        name: "x-forwarded-for",
        row: "LOG-F20",
        says: "The addresses that proxies before CloudFront handed on: the first is the viewer's own.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.forwarded_for.as_ref(), out),
        read: |record, value| keep(&mut record.forwarded_for, value),
    },
    LogField {
        name: "ssl-protocol",
        row: "LOG-F21",
        says: "The version of TLS between viewer and edge.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.tls_protocol.as_ref(), out),
        read: |record, value| keep(&mut record.tls_protocol, value),
    },
    LogField {
        name: "ssl-cipher",
        row: "LOG-F22",
        says: "The cipher that viewer and edge agreed on.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.tls_cipher.as_ref(), out),
        read: |record, value| keep(&mut record.tls_cipher, value),
    },
    LogField {
        name: "x-edge-response-result-type",
        row: "LOG-F23",
        says: "How CloudFront judged the answer just before it went out. Where it differs from x-edge-result-type, the viewer left in the middle.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| {
            out.push_str(record.response_result.as_ref().map_or("", Outcome::as_str));
        },
        read: |record, value| set(&mut record.response_result, Some(Outcome::logged(value))),
    },
    LogField {
        name: "cs-protocol-version",
        row: "LOG-F24",
        says: "The version of HTTP that the viewer spoke.",
        rule: "one of HTTP/0.9, HTTP/1.0, HTTP/1.1, HTTP/2.0 and HTTP/3.0",
        is_needed: false,
        write: |record, out| {
            if let Some(version) = record.version {
                out.push_str("HTTP/");
                out.push_str(version.number());
            }
        },
        read: |record, value| {
            let number = value.strip_prefix("HTTP/").unwrap_or_default();
            let known = LoggedVersion::ALL.into_iter().find(|known| known.number() == number);
            set(&mut record.version, known)
        },
    },
    LogField {
        name: "fle-status",
        row: "LOG-F25",
        says: "What field-level encryption did with the request, where a distribution uses it.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.encryption.as_ref(), out),
        read: |record, value| keep(&mut record.encryption, value),
    },
    LogField {
        name: "fle-encrypted-fields",
        row: "LOG-F26",
        says: "How many form fields it encrypted.",
        rule: WHOLE,
        is_needed: false,
        write: |record, out| whole(record.encrypted_fields, out),
        read: |record, value| set(&mut record.encrypted_fields, number(value)),
    },
    LogField {
        name: "c-port",
        row: "LOG-F27",
        says: "The port that the request came from.",
        rule: "a whole number up to 65535",
        is_needed: false,
        write: |record, out| whole(record.port.map(u64::from), out),
        read: |record, value| {
            set(&mut record.port, number(value).and_then(|port| u16::try_from(port).ok()))
        },
    },
    LogField {
        name: "time-to-first-byte",
        row: "LOG-F28",
        says: "Seconds from the arrival of the request at the edge to the first byte of the answer there.",
        rule: SECONDS,
        is_needed: false,
        write: |record, out| record.first_byte.into_iter().for_each(|first| write_span(first, out)),
        read: |record, value| set(&mut record.first_byte, read_span(value)),
    },
    LogField {
        name: "x-edge-detailed-result-type",
        row: "LOG-F29",
        says: "The result type once more; for errors mostly with the cause.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| out.push_str(record.detail.as_ref().map_or("", Detailed::as_str)),
        read: |record, value| set(&mut record.detail, Some(Detailed::logged(value))),
    },
    LogField {
        name: "sc-content-type",
        row: "LOG-F30",
        says: "What the answer's header field Content-Type said.",
        rule: TEXT,
        is_needed: false,
        write: |record, out| text(record.content_type.as_ref(), out),
        read: |record, value| keep(&mut record.content_type, value),
    },
    LogField {
        name: "sc-content-len",
        row: "LOG-F31",
        says: "What the answer's header field Content-Length said: the size of the content in bytes.",
        rule: WHOLE,
        is_needed: false,
        write: |record, out| whole(record.content_length, out),
        read: |record, value| set(&mut record.content_length, number(value)),
    },
    LogField {
        name: "sc-range-start",
        row: "LOG-F32",
        says: "Of an answer with a part: the place of its first byte, counted from 0.",
        rule: WHOLE,
        is_needed: false,
        write: |record, out| whole(record.range_first, out),
        read: |record, value| set(&mut record.range_first, number(value)),
    },
    LogField {
        name: "sc-range-end",
        row: "LOG-F33",
        says: "Of an answer with a part: the place of its last byte.",
        rule: WHOLE,
        is_needed: false,
        write: |record, out| whole(record.range_last, out),
        read: |record, value| set(&mut record.range_last, number(value)),
    },
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The names as section 1.2 lists them.
    const NAMES: &str = "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) \
        cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes \
        time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status \
        fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len \
        sc-range-start sc-range-end";

    #[test]
    fn log_18_f01_to_f33_the_names_and_their_order() {
        let names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names.join(" "), NAMES);
        for (index, field) in FIELDS.iter().enumerate() {
            assert_eq!(field.row, format!("LOG-F{:02}", index + 1));
            assert!(field.says.ends_with('.') && field.says.len() < 160, "{}", field.name);
        }
    }

    /// What field `name` writes of a value that it has read; none where it reads none.
    fn again(name: &str, value: &str) -> Option<String> {
        let field = FIELDS.iter().find(|field| field.name == name).unwrap();
        let mut record = Record::default();
        field.read(&mut record, value).then(|| field.of(&record))
    }

    #[test]
    fn log_20_f09_f17_f24_f27_what_a_field_reads_it_writes() {
        for (name, values) in [
            ("date", "2026-03-14 1970-01-01"),
            ("time", "09:00:02 00:00:00 23:59:59"),
            ("x-edge-location", "FRA56-P4 LAX1 -"),
            ("sc-bytes", "0 18446744073709551615"),
            ("sc-status", "000 100 200 999"),
            (
                "x-edge-result-type",
                "Hit RefreshHit Miss LimitExceeded CapacityExceeded Error Redirect LambdaExecutionError X",
            ),
            (
                "x-edge-detailed-result-type",
                "Hit OriginShieldHit Error ClientCommError SlowReaderOriginError X -",
            ),
            ("cs-protocol", "http https grpcs ws wss -"),
            ("cs-protocol-version", "HTTP/0.9 HTTP/1.0 HTTP/1.1 HTTP/2.0 HTTP/3.0 -"),
            ("time-taken", "0.000 0.082 12.345 -"),
            ("c-port", "0 65535 -"),
            ("sc-content-len", "73400320 -"),
        ] {
            for value in values.split(' ') {
                assert_eq!(again(name, value).as_deref(), Some(value), "{name}");
            }
        }
    }

    #[test]
    fn log_20_what_a_field_does_not_read() {
        for field in &FIELDS {
            assert!(!field.read(&mut Record::default(), ""), "{} is never empty", field.name);
            let rule_can_break = field.rule != TEXT;
            let is_broken = !field.read(&mut Record::default(), "x-");
            assert_eq!(is_broken, rule_can_break, "{}", field.name);
        }
        for (name, values) in [
            ("date", "- 2026-02-30"),
            ("sc-bytes", "- -1 1.0 18446744073709551616"),
            ("sc-status", "- 0 00 20 2000 099 0x1"),
            ("cs-method", "-"),
            ("cs-uri-stem", "-"),
            ("x-edge-result-type", "-"),
            ("cs-protocol", "HTTPS"),
            ("cs-protocol-version", "HTTP/2 2.0 HTTP/4.0"),
            ("c-port", "65536"),
            ("time-taken", "1,5"),
        ] {
            for value in values.split(' ') {
                assert_eq!(again(name, value), None, "{name} {value}");
            }
        }
    }

    #[test]
    fn log_d01_to_d25_every_word_is_itself() {
        for detail in super::super::Detail::ALL {
            assert_eq!(Detailed::logged(detail.as_str()), Detailed::Closer(detail));
        }
        assert_eq!(Detailed::logged("Error"), Detailed::Plain(Outcome::logged("Error")), "LOG-D07");
    }
}
