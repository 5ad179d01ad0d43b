//! Items of Rust code: the test functions and constants of a file.

use std::ops::Range;

use super::source::Source;

/// A function marked `#[test]`.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) start: usize,
    pub(super) body: Range<usize>,
}

pub(super) fn test_functions(source: &Source) -> Vec<Function> {
    let marked = source.code.match_indices("#[test]").map(|(at, mark)| at + mark.len());
    marked.filter_map(|at| function_after(source, at)).collect()
}

fn function_after(source: &Source, at: usize) -> Option<Function> {
    let mut words = source.words(at..source.code.len()).skip_while(|(_, word)| *word != "fn");
    words.next()?;
    let (start, name) = words.next()?;
    let open = start + source.code[start..].find('{')?;
    Some(Function { name: name.to_owned(), start, body: open..source.closing(open)? })
}

/// The constants of the tests: name and where they stand.
pub(super) fn constants(source: &Source) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut words = source.words(source.tests_begin()..source.code.len());
    while let Some((start, word)) = words.next() {
        if !matches!(word, "const" | "static") {
            continue;
        }
        let Some((_, name)) = words.next() else { break };
        if name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
            found.push((name.to_owned(), start..end_of_item(source, start)));
        }
    }
    found
}

/// The `;` that ends the item at an offset.
pub(super) fn end_of_item(source: &Source, start: usize) -> usize {
    let mut depth = 0_i32;
    for (at, byte) in source.code.bytes().enumerate().skip(start) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b';' if depth == 0 => return at,
            _ => {}
        }
    }
    source.code.len()
}
