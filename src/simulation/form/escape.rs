//! Text in a link: what could end a word, a link or a line of a chat is percent-encoded (RFC 3986 section 2.1).

/// Adds a text to a link.
pub(super) fn push(text: &str, link: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/?=@".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push('%');
            link.extend([byte >> 4, byte & 15].map(digit));
        }
    }
}

fn digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value)])
}

/// The text that stands in a link, or the rule that it breaks.
pub(super) fn read(escaped: &str) -> Result<String, String> {
    const RULE: &str = "a link is percent-encoded text";
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped.bytes();
    while let Some(byte) = rest.next() {
        let value = |byte: Option<u8>| char::from(byte?).to_digit(16);
        if byte == b'%' {
            let (high, low) = (value(rest.next()), value(rest.next()));
            let pair = high.zip(low).map(|(high, low)| (high * 16 + low) as u8);
            bytes.push(pair.ok_or_else(|| super::not(RULE, escaped))?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| super::not(RULE, escaped))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_comes_back_and_is_safe_in_a_fragment(text in "\\PC{0,40}|[\\x00-\\x7f]{0,40}") {
            let mut link = String::new();
            push(&text, &mut link);
            prop_assert_eq!(read(&link), Ok(text));
            prop_assert!(!link.contains(['#', '&', ',', ':', '+', '*', '"', '<', '>', '`', ' ', '\'', '(', ')', '!', ';']));
            prop_assert!(link.is_ascii());
        }

        #[test]
        fn nothing_panics(text in "[%0-9a-fA-F\u{e4}]{0,12}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn what_is_no_percent_encoding_is_refused() {
        for bad in ["%", "%4", "%zz", "a%", "%ff", "%+1", "%C3"] {
            assert!(read(bad).is_err_and(|rule| rule.contains(bad)), "{bad}");
        }
    }
}
