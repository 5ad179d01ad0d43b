//! Figures as a class reads them. Between a figure and its unit no line is broken.

use std::time::Duration;

use crate::time;

/// Milliseconds: a decimal below ten, seconds from ten thousand on.
pub fn ms(span: Duration) -> String {
    let micros = time::micros(span);
    match micros {
        0..=9_949 => {
            let tenths = (micros + 50) / 100;
            if tenths.is_multiple_of(10) {
                format!("{}\u{a0}ms", tenths / 10)
            } else {
                format!("{}.{}\u{a0}ms", tenths / 10, tenths % 10)
            }
        }
        9_950..=9_999_499 => format!("{}\u{a0}ms", (micros + 500) / 1000),
        _ => tenths(span),
    }
}

/// Seconds with one decimal.
pub fn tenths(span: Duration) -> String {
    let tenths = (time::micros(span) + 50_000) / 100_000;
    format!("{}.{}\u{a0}s", tenths / 10, tenths % 10)
}

/// Bytes in decimal units, as CloudFront's limits are.
pub fn bytes(count: u64) -> String {
    match count {
        0..=999 => format!("{count}\u{a0}B"),
        1_000..=999_499 => format!("{}\u{a0}KB", (count + 500) / 1_000),
        999_500..=999_949_999 => large(count, 1_000_000, "MB"),
        _ => large(count, 1_000_000_000, "GB"),
    }
}

/// With a decimal, unless that is nought.
fn large(count: u64, unit: u64, name: &str) -> String {
    let tenths = count.saturating_add(unit / 20) / (unit / 10);
    if tenths.is_multiple_of(10) {
        format!("{}\u{a0}{name}", tenths / 10)
    } else {
        format!("{}.{}\u{a0}{name}", tenths / 10, tenths % 10)
    }
}

/// A span of seconds by its two largest units: `23 h 41 min`.
pub fn span(secs: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let Some(first) = UNITS.iter().position(|(length, _)| secs >= *length) else {
        return "0\u{a0}s".to_owned();
    };
    let (length, name) = UNITS[first];
    let rest = UNITS.get(first + 1).map(|(smaller, name)| (secs % length / smaller, name));
    match rest {
        Some((count, small)) if count > 0 => {
            format!("{}\u{a0}{name}\u{a0}{count}\u{a0}{small}", secs / length)
        }
        _ => format!("{}\u{a0}{name}", secs / length),
    }
}

/// The largest unit alone, for small places: to the nearest, so that a day that has just begun to pass is still a day. What
/// is 1 of the next unit is said so, as [`span`] does.
pub fn short_span(secs: u64) -> String {
    let nearest = |unit: u64| secs.saturating_add(unit / 2) / unit;
    match (nearest(60), nearest(3_600), nearest(86_400)) {
        _ if secs < 100 && secs != 60 => format!("{secs}\u{a0}s"),
        (minutes @ ..100, ..) if minutes != 60 => format!("{minutes}\u{a0}min"),
        (_, hours @ ..48, _) if hours != 24 => format!("{hours}\u{a0}h"),
        (_, _, days) => format!("{days}\u{a0}d"),
    }
}

/// With a capital first letter.
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The name of a place, whose words stay on one line: `N. Virginia`.
pub fn unbroken(name: &str) -> String {
    name.replace(' ', "\u{a0}")
}

/// A number with thin groups of three: `86,400`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 object`, `3 objects`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number as u64)) }
}

/// A number of a picture or a style, with at most three decimals: `12.5`. What is no number is 0; what is out of range
/// stands at its end.
pub fn decimal(value: f64) -> String {
    // By integers: the formatting of floats is 8 KB of the page.
    let thousandths = (value * 1_000.0).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let text = format!("{sign}{}.{:03}", size / 1_000, size % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_at_most_three_and_none_is_idle() {
        let table = [
            (0.0, "0"),
            (-0.0, "0"),
            (100.0, "100"),
            (12.5, "12.5"),
            (-1.25, "-1.25"),
            (0.05, "0.05"),
            (-0.001, "-0.001"),
            (-0.0001, "0"),
            (12.3456, "12.346"),
            (0.9996, "1"),
            (f64::NAN, "0"),
            (f64::INFINITY, "9223372036854775.807"),
            (f64::NEG_INFINITY, "-9223372036854775.808"),
            (1e300, "9223372036854775.807"),
        ];
        for (value, text) in table {
            assert_eq!(decimal(value), text, "{value}");
        }
    }

    proptest! {
        #[test]
        fn a_short_span_is_the_nearest_of_its_unit(secs in 0_u64..4_000_000_000) {
            let text = short_span(secs);
            let (count, unit) = text.split_once('\u{a0}').expect("a unit");
            let units = [("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400)];
            let length = units.iter().find(|(name, _)| *name == unit).expect("known").1;
            let said = count.parse::<u64>().expect("a number") * length;
            prop_assert!(said.abs_diff(secs) * 2 <= length, "{} for {}", text, secs);
        }

        #[test]
        fn decimals_are_those_of_the_standard_library(thousandths: i32, value in -1e9..1e9) {
            // What has three decimals is written as it is; of anything else, the nearest.
            let exact = f64::from(thousandths) / 1_000.0;
            prop_assert_eq!(decimal(exact), exact.to_string());
            let read: f64 = decimal(value).parse().expect("a number");
            prop_assert!((read - value).abs() <= 0.000_500_1, "{} {}", read, value);
        }
    }

    #[test]
    fn figures_are_rounded_once_and_carry_their_unit() {
        let at = |micros| ms(Duration::from_micros(micros));
        assert_eq!(
            [at(0), at(5_147), at(9_999), at(24_499), at(634_122)],
            ["0\u{a0}ms", "5.1\u{a0}ms", "10\u{a0}ms", "24\u{a0}ms", "634\u{a0}ms"]
        );
        assert_eq!([at(9_999_499), at(12_340_000)], ["9999\u{a0}ms", "12.3\u{a0}s"]);
        assert_eq!(
            [512, 412_672, 2_000_000, 6_291_456, 3_606_849_999, 999_950_000].map(bytes),
            ["512\u{a0}B", "413\u{a0}KB", "2\u{a0}MB", "6.3\u{a0}MB", "3.6\u{a0}GB", "1\u{a0}GB"]
        );
        assert_eq!(
            [span(0), span(59), span(85_260), span(86_400), span(90_000)],
            [
                "0\u{a0}s",
                "59\u{a0}s",
                "23\u{a0}h\u{a0}41\u{a0}min",
                "1\u{a0}d",
                "1\u{a0}d\u{a0}1\u{a0}h"
            ]
        );
        assert_eq!(
            [short_span(300), short_span(86_399), short_span(31_536_000)],
            ["5\u{a0}min", "1\u{a0}d", "365\u{a0}d"]
        );
        let short = [60, 59, 86_400, 86_399, 84_600, 84_599, 3_599, 3_570, 3_569, 5_970, 172_799];
        assert_eq!(
            short.map(short_span),
            [
                "1\u{a0}min",
                "59\u{a0}s",
                "1\u{a0}d",
                "1\u{a0}d",
                "1\u{a0}d",
                "23\u{a0}h",
                "1\u{a0}h",
                "1\u{a0}h",
                "59\u{a0}min",
                "2\u{a0}h",
                "2\u{a0}d"
            ]
        );
        assert_eq!([grouped(0), grouped(999), grouped(31_536_000)], ["0", "999", "31,536,000"]);
        assert_eq!(
            [count(1, "object", "objects"), count(0, "object", "objects")],
            ["1 object", "0 objects"]
        );
    }
}
