//! Dates, times of day and spans as an access log writes them: UTC, seconds with three decimals.

use std::fmt::Write;
use std::time::Duration;

use crate::time::{self, civil};

const DAY: u64 = 86_400;

/// The last second that a date of four digits can tell, in Unix seconds.
const LAST: u64 = 253_402_300_799;

/// LOG-F01: `2026-01-31`.
pub(super) fn write_date(unix: u64, out: &mut String) {
    let (year, month, day) = civil(unix.min(LAST) / DAY);
    let _ = write!(out, "{year:04}-{month:02}-{day:02}"); // a String takes all
}

/// LOG-F02: `23:59:59`.
pub(super) fn write_time(unix: u64, out: &mut String) {
    let secs = unix.min(LAST) % DAY;
    let _ = write!(out, "{:02}:{:02}:{:02}", secs / 3_600, secs / 60 % 60, secs % 60);
}

/// LOG-F19, LOG-F28: exactly three decimals. LOG-82 (MODEL): rounded to the nearest.
pub(super) fn write_span(span: Duration, out: &mut String) {
    let millis = time::micros(span).saturating_add(500) / 1_000;
    let _ = write!(out, "{}.{:03}", millis / 1_000, millis % 1_000);
}

/// The Unix time at which a date begins.
pub(super) fn read_date(text: &str) -> Option<u64> {
    let [year, month, day] = three(text, '-', [4, 2, 2])?;
    if year < 1970 || !(1..=12).contains(&month) {
        return None;
    }
    let days = days(year, month, day)?;
    (civil(days) == (year, month, day)).then_some(days * DAY)
}

/// Seconds since the day began.
pub(super) fn read_time(text: &str) -> Option<u64> {
    let [hour, minute, second] = three(text, ':', [2, 2, 2])?;
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3_600 + minute * 60 + second)
}

/// Seconds with up to six decimals.
pub(super) fn read_span(text: &str) -> Option<Duration> {
    let (secs, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if decimals.len() > 6 {
        return None;
    }
    let scale = 10_u64.pow(6 - decimals.len() as u32);
    let micros = number(secs)?.checked_mul(1_000_000)?.checked_add(number(decimals)? * scale)?;
    Some(Duration::from_micros(micros))
}

/// Digits and nothing else.
pub(super) fn number(text: &str) -> Option<u64> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten()
}

/// Three numbers of so many digits each.
fn three(text: &str, between: char, digits: [usize; 3]) -> Option<[u64; 3]> {
    let mut parts = text.split(between);
    let mut numbers = [0; 3];
    for (slot, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits)?;
        *slot = number(part)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// The days from 1970-01-01 to a date; it may name a day that its month has not.
const fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, year) = (year / 400, year % 400);
    let of_year = (153 * month + 2) / 5 + day;
    (era * 146_097 + year * 365 + year / 4 - year / 100 + of_year).checked_sub(719_469)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::UNIX_EPOCH;

    use super::*;

    fn written(write: impl Fn(&mut String)) -> String {
        let mut text = String::new();
        write(&mut text);
        text
    }

    #[test]
    fn log_f01_f02_days_are_the_calendars() {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        // Against another writer of dates: every third day of two centuries, and the ends.
        let days = (0..=73_050_u64).step_by(3).map(|day| day * DAY + day % DAY);
        for unix in days.chain([68_169_599, 68_169_600, 951_782_399, 951_868_799, LAST]) {
            let at = UNIX_EPOCH + Duration::from_secs(unix);
            let other = httpdate::fmt_http_date(at); // Thu, 01 Jan 2026 00:00:00 GMT
            let month = MONTHS.iter().position(|name| *name == &other[8..11]).unwrap() + 1;
            let expected = format!("{}-{month:02}-{}", &other[12..16], &other[5..7]);
            let (date, time) =
                (written(|out| write_date(unix, out)), written(|out| write_time(unix, out)));
            assert_eq!((date.as_str(), time.as_str()), (expected.as_str(), &other[17..25]));
            assert_eq!(read_date(&date).unwrap() + read_time(&time).unwrap(), unix);
        }
        assert_eq!(written(|out| write_date(u64::MAX, out)), "9999-12-31");
    }

    #[test]
    fn what_is_no_date_and_no_time_is_refused() {
        for text in [
            "",
            "2026",
            "2026-1-01",
            "2026-01-01-",
            "2026-13-01",
            "2026-00-01",
            "2026-02-29",
            "2026-04-31",
            "2026-01-00",
            "1969-12-31",
            "+026-01-01",
            "2026/01/01",
            "26-01-01",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
        assert_eq!(read_date("2024-02-29"), Some(1_709_164_800));
        for text in
            ["", "24:00:00", "12:60:00", "12:00:60", "1:00:00", "12:00", "12:00:00.5", "-1:00:00"]
        {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    #[test]
    fn log_f19_f28_spans_have_three_decimals() {
        let check = |micros, text: &str| {
            assert_eq!(written(|out| write_span(Duration::from_micros(micros), out)), text);
        };
        check(0, "0.000");
        check(81_600, "0.082");
        check(499, "0.000");
        check(500, "0.001");
        check(12_345_678, "12.346");
        check(999_500, "1.000");
        assert_eq!(read_span("0.082"), Some(Duration::from_millis(82)));
        assert_eq!(read_span("12"), Some(Duration::from_secs(12)));
        assert_eq!(read_span("1.000001"), Some(Duration::from_micros(1_000_001)));
        for text in
            ["", ".5", "1.", "1.0000001", "-1.000", "1e3", "0x1", "99999999999999999999.0", "1.2.3"]
        {
            assert_eq!(read_span(text), None, "{text}");
        }
    }
}
