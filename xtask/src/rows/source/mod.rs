//! A source file taken apart into code, comments and literals, so that an id in a comment is never taken for one in a test
//! and nothing in a string is taken for code.

mod parts;

use std::ops::Range;

use parts::Parts;

/// Which signs begin comments and literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    /// JavaScript.
    Script,
    /// A table of a test: a line that begins with `#` is a comment, every other one is a literal.
    Table,
}

#[derive(Debug)]
pub(crate) struct Source {
    /// Relative to the project's root.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The text with a blank for every byte of a comment and of what stands between quotes. Lines stay lines, and every
    /// offset means the same place in both.
    pub(crate) code: String,
    /// With their signs, one for each `//` line.
    pub(crate) comments: Vec<Range<usize>>,
    /// What stands between the quotes of strings.
    pub(crate) literals: Vec<Range<usize>>,
    /// What stands between the quotes of characters and bytes.
    pub(crate) characters: Vec<Range<usize>>,
    line_starts: Vec<usize>,
}

impl Source {
    pub(crate) fn new(path: &str, text: String, language: Language) -> Self {
        let mut parts = Parts::of(&text);
        match language {
            Language::Rust => parts.rust(),
            Language::Script => parts.script(),
            Language::Table => parts.table(),
        }
        let Parts { comments, literals, characters, .. } = parts;
        let mut code = text.clone().into_bytes();
        for range in comments.iter().chain(&literals).chain(&characters) {
            code[range.clone()]
                .iter_mut()
                .filter(|byte| **byte != b'\n')
                .for_each(|byte| *byte = b' ');
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: path.to_owned(), text, code, comments, literals, characters, line_starts }
    }

    /// The number of the line of an offset, from 1.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    pub(crate) fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Where a line is, without its end; empty beyond the last one.
    pub(crate) fn line(&self, number: usize) -> Range<usize> {
        let Some(start) = number.checked_sub(1).and_then(|index| self.line_starts.get(index))
        else {
            return self.text.len()..self.text.len();
        };
        let end = self.line_starts.get(number).map_or(self.text.len(), |next| next - 1);
        *start..end
    }

    /// The code of a line.
    pub(crate) fn code_of(&self, number: usize) -> &str {
        &self.code[self.line(number)]
    }

    /// How far a line is indented; `None` for one without code.
    pub(crate) fn indent(&self, number: usize) -> Option<usize> {
        self.code_of(number).find(|c: char| c != ' ')
    }

    /// The bracket that closes the one at `open`.
    pub(crate) fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, byte) in self.code.bytes().enumerate().skip(open) {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The words of the code in a range, with where they start.
    pub(crate) fn words(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = range.end;
        let mut at = range.start;
        std::iter::from_fn(move || {
            let start = at + self.code[at..end].find(is_word)?;
            let length = self.code[start..end].find(|c| !is_word(c)).unwrap_or(end - start);
            at = start + length;
            Some((start, &self.code[start..at]))
        })
    }

    /// Where the tests of a file under src begin: at the `#[cfg(test)]` of a module with a body, or at once in a file that
    /// holds nothing else. `mod tests;` may stand above the code.
    pub(crate) fn tests_begin(&self) -> usize {
        if self.path.starts_with("tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
        {
            return 0;
        }
        let has_body = |at: &usize| {
            let rest = &self.code[*at..];
            rest.find(['{', ';']).is_some_and(|end| rest[end..].starts_with('{'))
        };
        let mut marked = self.code.match_indices("#[cfg(test)]").map(|(at, _)| at);
        marked.find(has_body).unwrap_or(self.code.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_from_1() {
        let source = Source::new("src/a.rs", "a\n  b {c}\n".to_owned(), Language::Rust);
        assert_eq!((source.line_at(0), source.line_at(1), source.line_at(2)), (1, 1, 2));
        assert_eq!(source.code_of(2), "  b {c}");
        assert_eq!((source.indent(2), source.indent(3), source.line_count()), (Some(2), None, 3));
        assert_eq!(source.closing(6), Some(8));
        assert_eq!(source.words(0..10).map(|(_, word)| word).collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn tests_begin_where_a_module_of_them_has_its_body() {
        let begin = |path: &str, text: &str| {
            Source::new(path, text.to_owned(), Language::Rust).tests_begin()
        };
        let body = "fn f() {}\n#[cfg(test)]\nmod tests { fn t() {} }\n";
        assert_eq!(begin("src/a.rs", body), 10);
        let above = "#[cfg(test)]\nmod tests;\nfn f() {}\n";
        assert_eq!(begin("src/a.rs", above), above.len());
        assert_eq!(begin("src/a.rs", &format!("{above}{body}")), above.len() + 10);
        assert_eq!(begin("src/a.rs", "#[cfg(test)]\nmod tests;"), 23);
        assert_eq!((begin("src/a/tests.rs", body), begin("tests/a.rs", body)), (0, 0));
    }
}
