//! HTTP dates (RFC 9110 5.6.7) as whole Unix seconds.

use std::time::SystemTime;

use crate::time::civil;

const DAY_SECS: u64 = 86_400;

/// Of the epoch and those behind it.
const DAYS: [&[u8; 3]; 7] = [b"Thu", b"Fri", b"Sat", b"Sun", b"Mon", b"Tue", b"Wed"];

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// The IMF-fixdate of a Unix time, as in `Thu, 01 Jan 2026 00:00:00 GMT`.
///
/// A time past the year 9999, which the form cannot hold, gives the last second that it can.
pub fn print(unix_secs: u64) -> String {
    const LAST: u64 = 253_402_300_799;
    let secs = unix_secs.min(LAST);
    let (days, of_day) = (secs / DAY_SECS, secs % DAY_SECS);
    let (year, month, day) = civil(days);
    // By hand, since every answer of an origin has a date.
    let mut text = *b"Thu, 01 Jan 2026 00:00:00 GMT";
    text[..3].copy_from_slice(DAYS[(days % 7) as usize]);
    text[8..11].copy_from_slice(MONTHS[(month - 1) as usize]);
    let pairs = [
        (5, day),
        (12, year / 100),
        (14, year % 100),
        (17, of_day / 3_600),
        (20, of_day / 60 % 60),
        (23, of_day % 60),
    ];
    for (place, number) in pairs {
        text[place] = b'0' + (number / 10) as u8;
        text[place + 1] = b'0' + (number % 10) as u8;
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Reads any of the three forms that a recipient must take; `None` if it is no date.
pub fn read(text: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(text).ok()?;
    time.duration_since(SystemTime::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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

    #[test]
    fn every_day_is_written_as_another_writes_it() {
        for day in (0..146_097).chain([2_932_896]) {
            let secs = day * DAY_SECS + day * 7_919 % DAY_SECS;
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(secs);
            assert_eq!(print(secs), httpdate::fmt_http_date(at));
        }
    }
}
