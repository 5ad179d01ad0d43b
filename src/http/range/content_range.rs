//! The Content-Range field (RFC 9110 14.4).

use std::fmt;

use super::Interval;
use crate::http::Fields;

/// What a 206 or a 416 says of the part that it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentRange {
    /// `bytes 0-99/1234`, and `bytes 0-99/*` where the complete length is not known.
    Part {
        /// Never empty when it was read; whoever makes one leaves empty parts out, since the field cannot say them.
        interval: Interval,
        /// Of the representation, in bytes.
        complete: Option<u64>,
    },
    /// `bytes */1234`, for a 416 (RNG-14).
    Unsatisfied {
        /// Of the representation, in bytes.
        complete: u64,
    },
}

impl ContentRange {
    /// What a message says of its part, if it says that and it can be read.
    pub fn of(fields: &Fields) -> Option<Self> {
        fields.get("Content-Range").and_then(Self::read)
    }

    /// Reads a field value. `None`: another unit, another form, a last position before the first or behind the complete
    /// length, which RFC 9110 14.4 calls invalid, or a number that 64 bits cannot hold.
    pub fn read(value: &str) -> Option<Self> {
        let (unit, rest) = value.split_once(' ')?;
        let (range, complete) = rest.split_once('/')?;
        if !unit.eq_ignore_ascii_case("bytes") {
            return None;
        }
        if range == "*" {
            return Some(Self::Unsatisfied { complete: number(complete)? });
        }
        let (first, last) = range.split_once('-')?;
        let interval = Interval { first: number(first)?, end: number(last)?.checked_add(1)? };
        let complete = if complete == "*" { None } else { Some(number(complete)?) };
        let fits = complete.is_none_or(|complete| interval.end <= complete);
        (fits && !interval.is_empty()).then_some(Self::Part { interval, complete })
    }
}

/// Digits and nothing else.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for ContentRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part { interval: Interval { first, end }, complete } => {
                write!(f, "bytes {first}-{}/", end.saturating_sub(1))?;
                match complete {
                    Some(complete) => write!(f, "{complete}"),
                    None => f.write_str("*"),
                }
            }
            Self::Unsatisfied { complete } => write!(f, "bytes */{complete}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_content_range_prints_as_it_was_read() {
        let part = |first, end, complete| ContentRange::Part {
            interval: Interval { first, end },
            complete,
        };
        for (text, expected) in [
            ("bytes 0-99/1234", part(0, 100, Some(1234))),
            ("bytes 0-0/1", part(0, 1, Some(1))),
            ("bytes 1233-1233/1234", part(1233, 1234, Some(1234))),
            ("bytes 0-99/*", part(0, 100, None)),
            ("bytes */1234", ContentRange::Unsatisfied { complete: 1234 }),
            ("bytes */0", ContentRange::Unsatisfied { complete: 0 }),
        ] {
            assert_eq!(ContentRange::read(text), Some(expected), "{text}");
            assert_eq!(expected.to_string(), text);
        }
        assert_eq!(ContentRange::read("Bytes 0-9/10"), Some(part(0, 10, Some(10))));
    }

    #[test]
    fn rfc_9110_14_4_invalid_forms_are_none() {
        for text in [
            "",
            "bytes",
            "bytes=0-99/100",
            "items 0-99/100",
            "bytes 0-99",
            "bytes 0-100/100",
            "bytes 5-4/100",
            "bytes 0-/100",
            "bytes -5/100",
            "bytes +0-+5/100",
            "bytes  0-5/100",
            "bytes 0-5/100 ",
            "bytes 0-5/",
            "bytes */*",
            "bytes */",
            "bytes 0-5/0x64",
            "bytes 0-18446744073709551615/*",
            "bytes 0-5/18446744073709551616",
            "bytes 0-5,7-9/100",
        ] {
            assert_eq!(ContentRange::read(text), None, "{text}");
        }
    }
}
