//! Numbers as typed: megabytes, of which one is a million bytes here, as for disks, read without rounding; and whole seconds.

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1_000_000;

/// The most seconds that are read, which no sum of a walk exceeds.
const MOST_SECONDS: u64 = 999_999_999;

/// Why a text is not the number that a field asks for. What is too small or too large for what it is meant for is refused by
/// the World.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NumberError {
    /// Not digits with at most one point among them.
    #[error("{what} is a number of MB, such as 2 or 0.5, not {given:?}")]
    NotANumber {
        /// Which field.
        what: &'static str,
        /// What was given instead, shortened.
        given: String,
    },
    /// Parts of a byte.
    #[error(
        "{what} has at most 6 decimals, since a byte is the smallest part of a MB; {given:?} has more"
    )]
    TooFine {
        /// Which field.
        what: &'static str,
        /// What was given, shortened.
        given: String,
    },
    /// Beyond what is counted at all.
    #[error("{what} is at most 1 TB, not {given:?} MB")]
    TooLarge {
        /// Which field.
        what: &'static str,
        /// What was given, shortened.
        given: String,
    },
    /// No whole number, or beyond all lifetimes.
    #[error("{what} is a whole number of seconds from 0 to {MOST_SECONDS}, not {given:?}")]
    NotSeconds {
        /// Which field.
        what: &'static str,
        /// What was given instead, shortened.
        given: String,
    },
}

/// Reads whole seconds.
pub(super) fn seconds(what: &'static str, text: &str) -> Result<u64, NumberError> {
    let text = text.trim();
    let is_digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let read = text.parse().ok().filter(|secs| is_digits && *secs <= MOST_SECONDS);
    read.ok_or_else(|| NumberError::NotSeconds { what, given: text.chars().take(40).collect() })
}

/// Reads megabytes and returns bytes.
pub(super) fn megabytes(what: &'static str, text: &str) -> Result<u64, NumberError> {
    let text = text.trim();
    let given = || text.chars().take(40).collect::<String>();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if !is_digits(whole) || !is_digits(part) || whole.is_empty() && part.is_empty() {
        return Err(NumberError::NotANumber { what, given: given() });
    }
    let part = part.trim_end_matches('0');
    if part.len() > 6 {
        return Err(NumberError::TooFine { what, given: given() });
    }
    let too_large = || NumberError::TooLarge { what, given: given() };
    let whole = if whole.is_empty() { "0" } else { whole };
    let megabytes: u64 = whole.parse().map_err(|_| too_large())?;
    // Six digits at most, so this reads.
    let bytes: u64 = format!("{part:0<6}").parse().map_err(|_| too_large())?;
    megabytes.checked_mul(MEGABYTE).and_then(|whole| whole.checked_add(bytes)).ok_or_else(too_large)
}

/// Writes bytes as megabytes, so that reading gives the same bytes again.
pub(super) fn write_megabytes(bytes: u64) -> String {
    let text = format!("{}.{:06}", bytes / MEGABYTE, bytes % MEGABYTE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Result<u64, NumberError> {
        megabytes("the size", text)
    }

    #[test]
    fn megabytes_are_read_to_the_byte_and_written_back() {
        let table = [
            ("2", 2_000_000),
            ("0.5", 500_000),
            (".25", 250_000),
            ("1.", 1_000_000),
            ("0.000001", 1),
            ("007", 7_000_000),
        ];
        for (text, bytes) in table {
            assert_eq!(read(text), Ok(bytes), "{text}");
            assert_eq!(read(&write_megabytes(bytes)), Ok(bytes), "{text}");
        }
        assert_eq!(read(" 2 "), Ok(2_000_000));
        assert_eq!(read("0.0"), Ok(0), "the World refuses it");
        assert_eq!(read("1.50000000"), Ok(1_500_000));
        assert_eq!(write_megabytes(2_000_000), "2");
        assert_eq!(write_megabytes(1_250_000), "1.25");
        assert_eq!(write_megabytes(10), "0.00001");
    }

    #[test]
    fn what_is_no_number_names_the_value_and_the_rule() {
        for text in ["", "-1", "2 MB", "1,5", "1e3", "NaN", ".", "1.2.3", "٣"] {
            let message = read(text).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(
                message.contains(&format!("such as 2 or 0.5, not {text:?}")),
                "{text}: {message}"
            );
        }
        assert!(matches!(read("0.0000001"), Err(NumberError::TooFine { .. })));
        assert!(matches!(read("99999999999999999999"), Err(NumberError::TooLarge { .. })));
        assert!(matches!(read("18446744073709551615"), Err(NumberError::TooLarge { .. })));
    }

    #[test]
    fn seconds_are_whole_and_the_field_is_named() {
        assert_eq!(seconds("the minimum TTL", " 86400 "), Ok(86_400));
        assert_eq!(seconds("the minimum TTL", "999999999"), Ok(999_999_999));
        for text in ["", "-1", "1.5", "1 s", "+1", "1000000000", "99999999999999999999999"] {
            let message = seconds("the minimum TTL", text).unwrap_err().to_string();
            let rule = "the minimum TTL is a whole number of seconds from 0 to 999999999, not ";
            assert_eq!(message, format!("{rule}{text:?}"));
        }
    }
}
