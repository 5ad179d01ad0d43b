//! Where on the globe a place is.

use serde::{Deserialize, Serialize};

/// A point on the globe, in degrees: latitude north positive, longitude east positive.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north of the equator, -90 to 90.
    pub lat: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub lon: f64,
}

impl Position {
    /// Of two columns of a table, in degrees with two decimals each, as in `38.94` and `-77.46`.
    pub(super) fn read(lat: &str, lon: &str) -> Option<Self> {
        Some(Self { lat: degrees(lat)?, lon: degrees(lon)? })
    }
}

/// Whole hundredths, divided once: the same double as parsing gives, without the tables that parsing any number takes.
fn degrees(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.').filter(|(_, decimals)| decimals.len() == 2)?;
    let hundredths: i32 = format!("{whole}{decimals}").parse().ok()?;
    Some(f64::from(hundredths) / 100.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn degrees_are_the_double_that_parsing_gives() {
        for hundredths in -18_000_i32..=18_000 {
            let sign = if hundredths < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100);
            let parsed: f64 = text.parse().unwrap();
            assert_eq!(degrees(&text).map(f64::to_bits), Some(parsed.to_bits()), "{text}");
        }
        for other in ["", "lat", "7", "7.5", "7.123", "7.+5", "seven.00", "99999999999.00"] {
            assert_eq!(degrees(other), None, "{other}");
        }
    }
}
