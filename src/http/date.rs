//! HTTP dates (RFC 9110 5.6.7) as whole Unix seconds.

use std::time::{Duration, SystemTime};

/// The IMF-fixdate of a Unix time, as in `Thu, 01 Jan 2026 00:00:00 GMT`.
///
/// A time past the year 9999, which the form cannot hold, gives the last second that it can.
pub fn print(unix_secs: u64) -> String {
    const LAST: u64 = 253_402_300_799;
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(unix_secs.min(LAST)))
}

/// Reads any of the three forms that a recipient must take; `None` if it is no date.
pub fn read(text: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(text).ok()?;
    time.duration_since(SystemTime::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_forms_are_read_and_the_first_is_written() {
        let text = "Sun, 06 Nov 1994 08:49:37 GMT";
        for form in [text, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(read(form), Some(784_111_777), "{form}");
        }
        assert_eq!(print(784_111_777), text);
        assert_eq!(read("tomorrow"), None);
        assert_eq!(print(u64::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
    }
}
