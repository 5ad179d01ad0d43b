//! How an access log writes a text: percent-encoded, so that no blank, no TAB and no byte beyond ASCII stands in a line
//! (security-logs-edge.md section 1.3).

use std::borrow::Cow;
use std::fmt;

/// What stands for an absent value (LOG-20).
pub const ABSENT: &str = "-";

/// A text as a log holds it. Two are equal where their logged forms are.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value<'a>(Cow<'a, str>);

impl<'a> Value<'a> {
    /// A text of the viewer's or the server's, which a log encodes (LOG-23, LOG-24).
    pub fn of(raw: &'a str) -> Self {
        if raw.bytes().any(is_encoded) {
            Self(Cow::Owned(encoded(raw.as_bytes())))
        } else {
            Self(Cow::Borrowed(raw))
        }
    }

    /// The same of a text that was made for this.
    pub fn owned(raw: String) -> Self {
        if raw.bytes().any(is_encoded) {
            Self(Cow::Owned(encoded(raw.as_bytes())))
        } else {
            Self(Cow::Owned(raw))
        }
    }

    /// A text as it stands in a log.
    pub const fn logged(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The value, unless a log cannot tell it from an absent one: it is empty or a lone hyphen (LOG-20).
    pub fn told(self) -> Option<Self> {
        (!self.0.is_empty() && self.0 != ABSENT).then_some(self)
    }

    /// As it stands in the log.
    pub fn as_logged(&self) -> &str {
        &self.0
    }

    /// The bytes that were encoded: one decoding gives what the viewer sent (LOG-26). A `%` before anything but two
    /// hexadecimal digits stands for itself.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        let text = self.0.as_bytes();
        if !text.contains(&b'%') {
            return Cow::Borrowed(text);
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some((first, after)) = rest.split_first() {
            let pair = after.first().zip(after.get(1)).filter(|_| *first == b'%');
            let byte = pair.and_then(|(high, low)| Some(digit(*high)? << 4 | digit(*low)?));
            bytes.push(byte.unwrap_or(*first));
            rest = if byte.is_some() { &after[2..] } else { after };
        }
        Cow::Owned(bytes)
    }

    /// The text that was encoded; bytes that are no UTF-8 are shown as U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a byte is written as `%` and two digits.
const fn is_encoded(byte: u8) -> bool {
    // LOG-23: controls, the blank, and all from DEL on; LOG-24: these, and nothing else.
    matches!(byte, 0..=32 | 127..)
        || matches!(byte, b'<' | b'>' | b'"' | b'#' | b'%' | b'{' | b'}' | b'|')
        || matches!(byte, b'\\' | b'^' | b'~' | b'[' | b']' | b'`' | b'\'')
}

/// LOG-23: byte by byte, in upper-case hexadecimal.
fn encoded(raw: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut text = String::with_capacity(raw.len() + raw.len() / 2);
    for byte in raw {
        if is_encoded(*byte) {
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        } else {
            text.push(char::from(*byte));
        }
    }
    text
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, logged: &str) {
        assert_eq!(Value::of(raw).as_logged(), logged);
        assert_eq!(Value::owned(raw.to_owned()).as_logged(), logged);
        assert_eq!(Value::logged(logged).text(), raw, "{logged}: one decoding gives it back");
    }

    #[test]
    fn log_23_24_25_which_bytes_are_encoded() {
        // LOG-25: letters, digits and these stay; LOG-23, LOG-24: everything else does not.
        let stay = "(),;:/&=?@!$*+-._";
        for byte in 0..=255_u8 {
            let stays = byte.is_ascii_alphanumeric() || stay.as_bytes().contains(&byte);
            assert_eq!(is_encoded(byte), !stays, "{byte:#04x}");
        }
    }

    #[test]
    fn log_23_24_26_27_28_vectors() {
        check("/caf\u{e9}~1.png", "/caf%C3%A9%7E1.png"); // LOG-28
        check("tags[]=a|b", "tags%5B%5D=a%7Cb"); // LOG-28
        check("curl/8.12.1", "curl/8.12.1"); // LOG-28
        check("q=a%20b", "q=a%2520b"); // LOG-26
        check("it's", "it%27s"); // LOG-27
        check("\t\u{7f}\u{1f605}", "%09%7F%F0%9F%98%85"); // LOG-23
        check("<>\"#{}\\^` ", "%3C%3E%22%23%7B%7D%5C%5E%60%20"); // LOG-24
    }

    #[test]
    fn log_20_an_absent_value_is_one_hyphen() {
        assert_eq!(Value::of("").told(), None);
        assert_eq!(Value::of("-").told(), None);
        assert_eq!(Value::of("--").told(), Some(Value::logged("--")));
    }

    #[test]
    fn what_is_no_encoding_stands_for_itself() {
        for text in ["%", "%4", "100%x", "%zz"] {
            assert_eq!(Value::logged(text).text(), text);
        }
        assert_eq!(
            Value::logged("%e4%c3%a4").bytes(),
            &b"\xe4\xc3\xa4"[..],
            "lower case is read, too"
        );
        assert_eq!(Value::logged("%E4").text(), "\u{fffd}");
    }
}
