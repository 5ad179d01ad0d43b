//! Text in a link: what could end a word, a link or a line of a chat is percent-encoded (RFC 3986 section 2.1).
//!
//! JSON would be half as long again for its quotes and braces. A text that begins as an object does has each of these in
//! the place of a character that a link takes as it is, and the other way round; it then begins with `?`, as no other does.

/// What stands in each other's place in a text that is an object of JSON.
const EXCHANGED: [(u8, u8); 5] =
    [(b'{', b'?'), (b'}', b'@'), (b'"', b'~'), (b':', b'='), (b',', b'_')];

/// Adds a text to a link.
pub(super) fn push(text: &str, link: &mut String) {
    let is_object = text.starts_with('{');
    for (place, byte) in text.bytes().enumerate() {
        let byte = if is_object { exchanged(byte) } else { byte };
        let is_mark = byte == b'?' && place == 0 && !is_object;
        if !is_mark && (byte.is_ascii_alphanumeric() || b"-._~/?=@".contains(&byte)) {
            link.push(char::from(byte));
        } else {
            link.push('%');
            link.extend([byte >> 4, byte & 15].map(digit));
        }
    }
}

fn exchanged(byte: u8) -> u8 {
    let other = |(one, other): &(u8, u8)| match byte {
        byte if byte == *one => Some(*other),
        byte if byte == *other => Some(*one),
        _ => None,
    };
    EXCHANGED.iter().find_map(other).unwrap_or(byte)
}

fn digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value)])
}

/// The text that stands in a link, or the rule that it breaks.
pub(super) fn read(escaped: &str) -> Result<String, String> {
    const RULE: &str = "a link is percent-encoded text";
    let mut bytes = Vec::with_capacity(escaped.len());
    let is_object = escaped.starts_with('?');
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
    if is_object {
        for byte in &mut bytes {
            *byte = exchanged(*byte);
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
        fn any_text_comes_back_and_is_safe_in_a_fragment(text in "[{?]?(\\PC{0,40}|[\\x00-\\x7f]{0,40})") {
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
    fn json_keeps_its_length_and_older_links_are_read() {
        let text = r#"{"Id":"a_b","Items":[1,2],"Comment":"~?=@%"}"#;
        let mut link = String::new();
        push(text, &mut link);
        assert_eq!(link, "?~Id~=~a%2Cb~_~Items~=%5B1_2%5D_~Comment~=~%22%7B%3A%7D%25~@");
        let older = "%7B%22Id%22%3A%22a_b%22%7D";
        assert_eq!([read(&link), read(older)], [text, r#"{"Id":"a_b"}"#].map(|it| Ok(it.into())));
        link.clear();
        push("?ref", &mut link);
        assert_eq!((&*link, read(&link)), ("%3Fref", Ok("?ref".to_owned())));
    }

    #[test]
    fn what_is_no_percent_encoding_is_refused() {
        for bad in ["%", "%4", "%zz", "a%", "%ff", "%+1", "%C3"] {
            assert!(read(bad).is_err_and(|rule| rule.contains(bad)), "{bad}");
        }
    }
}
