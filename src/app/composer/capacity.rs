//! Megabytes as typed. One is a million bytes here, as for disks; the text is read without rounding.

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1_000_000;

/// Why a text is no capacity. What is too small or too large for a POP is refused by the World.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CapacityError {
    /// Not digits with at most one point among them.
    #[error("the POP capacity is a number of MB above 0, such as 2 or 0.5, not {given:?}")]
    NotANumber {
        /// What was given instead, shortened.
        given: String,
    },
    /// Parts of a byte.
    #[error(
        "the POP capacity has at most 6 decimals, since a byte is the smallest part of a MB; {given:?} has more"
    )]
    TooFine {
        /// What was given, shortened.
        given: String,
    },
    /// Beyond what is counted at all.
    #[error("a POP needs room for at most 1 TB, not {given:?} MB")]
    TooLarge {
        /// What was given, shortened.
        given: String,
    },
}

/// Reads megabytes and returns bytes.
pub(super) fn read(text: &str) -> Result<u64, CapacityError> {
    let text = text.trim();
    let given = || text.chars().take(40).collect::<String>();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if !is_digits(whole) || !is_digits(part) || whole.is_empty() && part.is_empty() {
        return Err(CapacityError::NotANumber { given: given() });
    }
    let part = part.trim_end_matches('0');
    if part.len() > 6 {
        return Err(CapacityError::TooFine { given: given() });
    }
    let too_large = || CapacityError::TooLarge { given: given() };
    let whole = if whole.is_empty() { "0" } else { whole };
    let megabytes: u64 = whole.parse().map_err(|_| too_large())?;
    // Six digits at most, so this reads.
    let bytes: u64 = format!("{part:0<6}").parse().map_err(|_| too_large())?;
    megabytes.checked_mul(MEGABYTE).and_then(|whole| whole.checked_add(bytes)).ok_or_else(too_large)
}

/// Writes bytes as megabytes, so that reading gives the same bytes again.
pub(super) fn write(bytes: u64) -> String {
    let text = format!("{}.{:06}", bytes / MEGABYTE, bytes % MEGABYTE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(read(&write(bytes)), Ok(bytes), "{text}");
        }
        assert_eq!(read(" 2 "), Ok(2_000_000));
        assert_eq!(read("0.0"), Ok(0), "the World refuses it");
        assert_eq!(read("1.50000000"), Ok(1_500_000));
        assert_eq!(write(2_000_000), "2");
        assert_eq!(write(1_250_000), "1.25");
        assert_eq!(write(10), "0.00001");
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
        assert!(matches!(read("0.0000001"), Err(CapacityError::TooFine { .. })));
        assert!(matches!(read("99999999999999999999"), Err(CapacityError::TooLarge { .. })));
        assert!(matches!(read("18446744073709551615"), Err(CapacityError::TooLarge { .. })));
    }
}
