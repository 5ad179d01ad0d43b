//! A text becomes a value (RFC 8259), with a bound on how deep it nests and on how many values it holds.

use super::Json;

/// Why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// There is no text.
    #[error("there is nothing to read")]
    Empty,
    /// Something stands there that should not.
    #[error("this is not JSON: {reason} at line {line}, column {column}")]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// What stands there.
        reason: String,
    },
    /// It would take more memory than it is worth.
    #[error("this JSON holds more than {most} values, lists and objects among them")]
    TooMany {
        /// As many are read.
        most: usize,
    },
}

/// Lists and objects within each other.
const DEEPEST: usize = 127;

impl Json {
    /// Reads a text; nesting beyond 127 levels is refused as malformed.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        Self::parse_at_most(text, usize::MAX)
    }

    /// The same of a text that holds no more than so many values.
    pub fn parse_at_most(text: &str, most: usize) -> Result<Self, JsonError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(JsonError::Empty);
        }
        let mut reader = Reader { text, at: 0, left: most, depth: 0 };
        let json = reader.value().and_then(|json| {
            reader.skip_blanks();
            if reader.at < text.len() { Err("trailing characters") } else { Ok(json) }
        });
        json.map_err(|reason| reader.error(reason, most))
    }
}

/// What is wrong at the place where the reading stopped.
type Wrong = &'static str;

const TOO_MANY: Wrong = "too many values";

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How many more values may come.
    left: usize,
    depth: usize,
}

impl Reader<'_> {
    fn error(&self, reason: Wrong, most: usize) -> JsonError {
        if reason == TOO_MANY {
            return JsonError::TooMany { most };
        }
        let before = &self.text.as_bytes()[..self.at.min(self.text.len())];
        let line = before.split(|byte| *byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        JsonError::Malformed { line, column, reason: reason.to_owned() }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes over a byte that stands here.
    fn take(&mut self, byte: u8) -> bool {
        let is_here = self.peek() == Some(byte);
        self.at += usize::from(is_here);
        is_here
    }

    fn value(&mut self) -> Result<Json, Wrong> {
        self.skip_blanks();
        self.left = self.left.checked_sub(1).ok_or(TOO_MANY)?;
        match self.peek() {
            Some(b'{') => self.within(Self::object),
            Some(b'[') => self.within(Self::list),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Flag(true)),
            Some(b'f') => self.word("false", Json::Flag(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err("expected value"),
        }
    }

    fn within(&mut self, read: fn(&mut Self) -> Result<Json, Wrong>) -> Result<Json, Wrong> {
        if self.depth == DEEPEST {
            return Err("recursion limit exceeded");
        }
        self.at += 1;
        self.depth += 1;
        let json = read(self)?;
        self.depth -= 1;
        Ok(json)
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, Wrong> {
        let is_here = self.text[self.at..].starts_with(word);
        self.at += if is_here { word.len() } else { 0 };
        is_here.then_some(json).ok_or("expected value")
    }

    fn list(&mut self) -> Result<Json, Wrong> {
        let mut items = Vec::new();
        self.skip_blanks();
        while !self.take(b']') {
            if !items.is_empty() && !self.take(b',') {
                return Err("expected `,` or `]`");
            }
            items.push(self.value()?);
            self.skip_blanks();
        }
        items.shrink_to_fit();
        Ok(Json::List(items))
    }

    fn object(&mut self) -> Result<Json, Wrong> {
        let mut members = Vec::new();
        self.skip_blanks();
        while !self.take(b'}') {
            if !members.is_empty() && !self.take(b',') {
                return Err("expected `,` or `}`");
            }
            self.skip_blanks();
            let name = self.string()?;
            self.skip_blanks();
            if !self.take(b':') {
                return Err("expected `:`");
            }
            members.push((name, self.value()?));
            self.skip_blanks();
        }
        members.shrink_to_fit();
        Ok(Json::Object(members))
    }

    fn string(&mut self) -> Result<String, Wrong> {
        if !self.take(b'"') {
            return Err("expected a string in quotes");
        }
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            string.push_str(&rest[..end.unwrap_or(rest.len())]);
            self.at += end.unwrap_or(rest.len());
            match self.peek() {
                None => return Err("a string that nothing closes"),
                Some(b'"') => {
                    self.at += 1;
                    string.shrink_to_fit();
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escaped()?),
                Some(_) => return Err("control character in a string"),
            }
        }
    }

    /// RFC 8259 section 7.
    fn escaped(&mut self) -> Result<char, Wrong> {
        self.at += 1;
        let letter = match self.peek() {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'u') => return self.by_number(),
            _ => return Err("invalid escape"),
        };
        self.at += 1;
        Ok(letter)
    }

    /// `\u00e4`, or two of them for a letter beyond 16 bits.
    fn by_number(&mut self) -> Result<char, Wrong> {
        const LONE: Wrong = "half of a surrogate pair in a string";
        let first = self.four_digits()?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or(LONE);
        }
        if first >= 0xdc00 || !self.text[self.at..].starts_with("\\u") {
            return Err(LONE);
        }
        self.at += 1;
        let second = self.four_digits()?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(LONE);
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(LONE)
    }

    /// The number behind a `u`.
    fn four_digits(&mut self) -> Result<u32, Wrong> {
        self.at += 1;
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let number = number.ok_or("invalid escape")?;
        self.at += 4;
        Ok(number)
    }

    /// RFC 8259 section 6.
    fn number(&mut self) -> Result<Json, Wrong> {
        let start = self.at;
        self.take(b'-');
        let whole = self.at;
        self.digits()?;
        if self.text[whole..self.at].len() > 1 && self.text[whole..].starts_with('0') {
            self.at = whole + 1;
            return Err("invalid number");
        }
        let whole_end = self.at;
        if self.take(b'.') {
            self.digits()?;
        }
        // `30.0` is whole, too.
        let is_whole =
            self.text[whole_end..self.at].bytes().all(|byte| matches!(byte, b'.' | b'0'));
        let has_exponent = self.take(b'e') || self.take(b'E');
        if has_exponent {
            let _sign = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let number = self.text[start..whole_end].parse();
        Ok(match number {
            Ok(number) if is_whole && !has_exponent => Json::Whole(number),
            _ => Json::Fraction(self.text[start..self.at].to_owned()),
        })
    }

    fn digits(&mut self) -> Result<(), Wrong> {
        let before = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > before { Ok(()) } else { Err("invalid number") }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_bound_on_the_number_of_values_is_held() {
        let text = r#"[1, {"a": [2, 3]}, "x"]"#; // seven: two lists, an object, three numbers, a string
        assert!(Json::parse_at_most(text, 7).is_ok());
        assert_eq!(Json::parse_at_most(text, 6), Err(JsonError::TooMany { most: 6 }));
    }

    #[test]
    fn what_stands_wrong_is_named_with_its_place() {
        let table = [
            ("{\"a\": }", 7, "expected value"),
            ("{\"a\" 1}", 6, "expected `:`"),
            ("{a: 1}", 2, "expected a string in quotes"),
            ("[1 2]", 4, "expected `,` or `]`"),
            ("{\"a\": 1 \"b\": 2}", 9, "expected `,` or `}`"),
            ("[1,]", 4, "expected value"),
            ("[1] 2", 5, "trailing characters"),
            ("01", 2, "invalid number"),
            ("1.", 3, "invalid number"),
            ("-", 2, "invalid number"),
            ("\"\\x\"", 3, "invalid escape"),
            ("\"\\ud800x\"", 8, "half of a surrogate pair in a string"),
            ("\"a\tb\"", 3, "control character in a string"),
            ("\"ab", 4, "a string that nothing closes"),
            ("tru", 1, "expected value"),
        ];
        for (text, at, wrong) in table {
            let reason = wrong.to_owned();
            let expected = JsonError::Malformed { line: 1, column: at, reason };
            assert_eq!(Json::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn another_reader_takes_and_refuses_the_same() {
        let texts = [
            r#"{"a":[1,-0,0.5,1e3,1E-2,"\u00e4\ud83d\ude00\/\b\f"],"b":null}"#,
            " [ ] ",
            "{ }",
            "[1,]",
            "{,}",
            "-",
            "+1",
            ".5",
            "1.e3",
            "00",
            "\"\\u12\"",
            "\"\u{7f}\"",
            "nul",
            "[[]",
            "{\"a\"}",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "1 ",
            "\u{a0}1",
        ];
        for text in texts {
            let other = serde_json::from_str::<serde_json::Value>(text);
            assert_eq!(Json::parse(text).is_ok(), other.is_ok(), "{text}");
        }
        for depth in [DEEPEST, DEEPEST + 1] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let other = serde_json::from_str::<serde_json::Value>(&text);
            assert_eq!(
                (Json::parse(&text).is_ok(), other.is_ok()),
                (depth == DEEPEST, depth == DEEPEST)
            );
        }
    }
}
