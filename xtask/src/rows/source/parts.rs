//! Where the comments and literals of a file are.

use std::ops::Range;

/// The reader of the parts.
#[derive(Default)]
pub(super) struct Parts<'a> {
    bytes: &'a [u8],
    at: usize,
    pub(super) comments: Vec<Range<usize>>,
    pub(super) literals: Vec<Range<usize>>,
    pub(super) characters: Vec<Range<usize>>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), ..Self::default() }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn table(&mut self) {
        while self.at < self.bytes.len() {
            let start = self.at;
            self.at = self.end_of_line();
            let into = if self.bytes[start..].starts_with(b"#") {
                &mut self.comments
            } else {
                &mut self.literals
            };
            into.push(start..self.at);
            self.at += 1;
        }
    }

    pub(super) fn rust(&mut self) {
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'/' if self.comment() => {}
                b'"' => self.string(b'"'),
                b'\'' => self.character(),
                byte if is_word(byte) => self.word(),
                _ => self.at += 1,
            }
        }
    }

    pub(super) fn script(&mut self) {
        let mut before = 0;
        while self.at < self.bytes.len() {
            let byte = self.peek(0);
            match byte {
                b'/' if self.comment() => continue,
                // After a value it divides, else it begins a pattern.
                b'/' if !is_word(before) && !b")]}".contains(&before) => self.pattern(),
                b'"' | b'\'' | b'`' => self.string(byte),
                _ => self.at += 1,
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
        }
    }

    fn end_of_line(&self) -> usize {
        let rest = &self.bytes[self.at..];
        rest.iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.bytes.len(), |length| self.at + length)
    }

    /// A comment, if one begins here. Those between `/*` and `*/` may hold others.
    fn comment(&mut self) -> bool {
        let start = self.at;
        match self.peek(1) {
            b'/' => self.at = self.end_of_line(),
            b'*' => {
                let mut depth = 0_usize;
                while self.at < self.bytes.len() {
                    match (self.peek(0), self.peek(1)) {
                        (b'/', b'*') => depth += 1,
                        (b'*', b'/') => depth -= 1,
                        _ => {
                            self.at += 1;
                            continue;
                        }
                    }
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                self.at = self.at.min(self.bytes.len());
            }
            _ => return false,
        }
        self.comments.push(start..self.at);
        true
    }

    /// A string up to its quote, which a backslash hides.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        let start = self.at;
        while self.at < self.bytes.len() && self.peek(0) != quote {
            self.at += if self.peek(0) == b'\\' { 2 } else { 1 };
        }
        self.at = self.at.min(self.bytes.len());
        self.literals.push(start..self.at);
        self.at += 1;
    }

    /// A character, or a lifetime, which has no second quote.
    fn character(&mut self) {
        let start = self.at + 1;
        let length = match self.peek(1) {
            b'\\' => self.bytes[start + 1..]
                .iter()
                .skip(1)
                .position(|byte| *byte == b'\'')
                .map(|n| n + 2),
            first => {
                let width = match first {
                    0..0x80 => 1,
                    0x80..0xe0 => 2,
                    0xe0..0xf0 => 3,
                    0xf0.. => 4,
                };
                (self.bytes.get(start + width) == Some(&b'\'')).then_some(width)
            }
        };
        match length {
            Some(length) => {
                self.characters.push(start..start + length);
                self.at = start + length + 1;
            }
            None => self.at += 1,
        }
    }

    /// A word; `r"…"` and `br#"…"#` are strings in which a backslash hides nothing.
    fn word(&mut self) {
        let start = self.at;
        while is_word(self.peek(0)) {
            self.at += 1;
        }
        if !matches!(&self.bytes[start..self.at], b"r" | b"br" | b"cr") {
            return;
        }
        let hashes = self.bytes[self.at..].iter().take_while(|byte| **byte == b'#').count();
        if self.peek(hashes) != b'"' {
            return;
        }
        let first = self.at + hashes + 1;
        let mut end = vec![b'"'];
        end.resize(hashes + 1, b'#');
        let length = self.bytes[first..].windows(end.len()).position(|window| window == end);
        let last = length.map_or(self.bytes.len(), |length| first + length);
        self.literals.push(first..last);
        self.at = (last + end.len()).min(self.bytes.len());
    }

    /// A regular expression, whose `[…]` may hold a bare `/`.
    fn pattern(&mut self) {
        self.at += 1;
        let mut in_class = false;
        while self.at < self.bytes.len() && self.peek(0) != b'\n' {
            match self.peek(0) {
                b'/' if !in_class => break,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'\\' => self.at += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at = (self.at + 1).min(self.bytes.len());
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Source};
    use super::*;

    fn parts(text: &str, language: Language) -> (Vec<String>, Vec<String>, String) {
        let source = Source::new("src/a.rs", text.to_owned(), language);
        let texts = |ranges: &[Range<usize>]| {
            ranges.iter().map(|range| source.text[range.clone()].to_owned()).collect::<Vec<_>>()
        };
        (texts(&source.comments), texts(&source.literals), source.code.clone())
    }

    #[test]
    fn rust_comes_apart() {
        let text = "let a = \"// no \\\" TTL-01\"; // yes \"x\"\nfn b<'a>(c: &'a str, d: char) { d == '\"' || d == '\\'' }\n\
                    /* one /* two */ */ r#\"raw \" \\\"# + br\"x\\\" 'é' end";
        let (comments, literals, code) = parts(text, Language::Rust);
        assert_eq!(comments, ["// yes \"x\"", "/* one /* two */ */"]);
        assert_eq!(literals, ["// no \\\" TTL-01", "raw \" \\", "x\\"]);
        assert_eq!(code.len(), text.len());
        assert!(code.contains("fn b<'a>(c: &'a str, d: char) { d == ' ' || d == '  ' }"), "{code}");
        assert!(code.ends_with("'  ' end"), "{code}");
    }

    #[test]
    fn scripts_and_tables_come_apart() {
        let text = "test(`REC-01: ${x}`, () => { /* a */ a / b; x.match(/[/\"]\\//); 'it' }); // \"REC-02\"";
        let (comments, literals, _) = parts(text, Language::Script);
        assert_eq!(comments, ["/* a */", "// \"REC-02\""]);
        assert_eq!(literals, ["REC-01: ${x}", "it"]);
        let (comments, literals, _) = parts("# TTL-01\nTTL-02 a # b\n", Language::Table);
        assert_eq!(
            (comments, literals),
            (vec!["# TTL-01".to_owned()], vec!["TTL-02 a # b".to_owned()])
        );
    }
}
