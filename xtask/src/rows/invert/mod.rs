//! The inversions of the place that carries a row: small edits after which the code no longer follows it. They are tried
//! in this order: conditions, booleans, arithmetic, numbers, strings, copies, patterns, results, to leave a part out, and
//! last other variants of an enum. Many do not compile; the compiler says so, and the next is tried.

mod conditions;
mod logic;
mod patterns;
mod results;
mod values;
mod variants;

use std::ops::Range;

use super::carried::Site;
use super::source::Source;
pub(crate) use variants::Enums;

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inversion {
    pub(crate) at: Range<usize>,
    pub(crate) with: String,
}

impl Inversion {
    fn new(at: Range<usize>, with: impl Into<String>) -> Self {
        Self { at, with: with.into() }
    }

    /// The whole text with the edit made.
    pub(crate) fn apply(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.at.start], self.with, &text[self.at.end..])
    }

    /// The lines that it touches, before and after, each as one line without comments.
    pub(crate) fn in_words(&self, source: &Source) -> (String, String) {
        let first = source.line(source.line_at(self.at.start)).start;
        let last = source.line(source.line_at(self.at.end)).end;
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let without_comments = |range: Range<usize>| {
            let mut text = String::new();
            let mut at = range.start;
            for comment in
                source.comments.iter().filter(|c| range.start <= c.start && c.end <= range.end)
            {
                text.push_str(&source.text[at..comment.start]);
                at = comment.end;
            }
            text + &source.text[at..range.end]
        };
        let (head, tail) =
            (without_comments(first..self.at.start), without_comments(self.at.end..last));
        (one_line(&without_comments(first..last)), one_line(&format!("{head}{}{tail}", self.with)))
    }
}

/// All inversions of a place, in the order in which they are tried.
pub(crate) fn inversions(source: &Source, site: &Site) -> Vec<Inversion> {
    let mut all = Vec::new();
    conditions::negated(source, &site.region, &mut all);
    if let Some(header) = &site.header {
        conditions::negated(source, header, &mut all);
        patterns::never(source, header, &mut all);
    }
    for region in [Some(&site.region), site.block.as_ref()].into_iter().flatten() {
        conditions::negated(source, region, &mut all);
        logic::flipped(source, region, &mut all);
        logic::negated(source, region, &mut all);
        values::swapped(source, region, &mut all);
        values::numbers(source, region, &mut all);
        values::strings(source, region, &mut all);
        values::copies(source, region, &mut all);
        patterns::narrowed(source, region, &mut all);
        logic::denied(source, region, &mut all);
        patterns::never(source, region, &mut all);
        results::replaced(source, region, &mut all);
        results::emptied(source, region, &mut all);
        results::left_out(source, region, &mut all);
    }
    let mut seen: Vec<Inversion> = Vec::new();
    for inversion in all {
        if !seen.contains(&inversion) && source.text[inversion.at.clone()] != inversion.with {
            seen.push(inversion);
        }
    }
    seen
}

/// The end of an expression that begins at `start`: where a bracket around it closes, or at a `,`, `;` or `=>` of its own
/// level, or where a block opens if `before_block` says so.
fn end_of_expression(source: &Source, start: usize, before_block: bool) -> usize {
    let code = source.code.as_bytes();
    let mut depth = 0_i32;
    let mut at = start;
    while at < code.len() {
        match code[at] {
            b'{' if depth == 0 && before_block => break,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' | b',' | b';' if depth == 0 => break,
            b')' | b']' | b'}' => depth -= 1,
            b'=' if depth == 0 && code.get(at + 1) == Some(&b'>') => break,
            _ => {}
        }
        at += 1;
    }
    start + source.code[start..at].trim_end().len()
}

/// A function's lines `before => after` for the tests of the inverters.
#[cfg(test)]
fn shown(text: &str, invert: fn(&Source, &Range<usize>, &mut Vec<Inversion>)) -> Vec<String> {
    let source = Source::new("src/a.rs", text.to_owned(), super::source::Language::Rust);
    let mut all = Vec::new();
    invert(&source, &(0..text.len()), &mut all);
    all.iter().map(|inversion| inversion.apply(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::carried::Carried;
    use crate::rows::id::Id;
    use crate::rows::source::Language;

    /// The inversions of the only place that carries TTL-01.
    fn tried(text: &str) -> Vec<(String, String)> {
        let id = Id::parse("TTL-01").expect("an id");
        let mut carried = Carried::default();
        let source = Source::new("src/edge/a.rs", text.to_owned(), Language::Rust);
        carried.take(source, &std::iter::once(id.clone()).collect());
        let site = carried.of(&id)[0].clone();
        let source = &carried.sources[0];
        inversions(source, &site).iter().map(|inversion| inversion.in_words(source)).collect()
    }

    fn after(text: &str) -> Vec<String> {
        tried(text).into_iter().map(|(_, after)| after).collect()
    }

    #[test]
    fn the_condition_around_a_returned_value_comes_first() {
        let code = "fn f() -> u8 {\n    if a.is_off() {\n        return unclamped(0, Rule::Off); // TTL-01\n    }\n    7\n}\n";
        let tried = tried(code);
        assert_eq!(tried[0], ("if a.is_off() {".to_owned(), "if !(a.is_off()) {".to_owned()));
        assert_eq!(
            tried[1],
            (
                "return unclamped(0, Rule::Off);".to_owned(),
                "return unclamped(1, Rule::Off);".to_owned()
            )
        );
    }

    #[test]
    fn an_arm_is_narrowed_flipped_and_dropped() {
        let code = "fn f() -> bool {\n    match s {\n        404 | 410 => !cc.forbids(), // TTL-01\n        _ => false,\n    }\n}\n";
        let after = after(code);
        for expected in [
            "404 | 410 => cc.forbids(),",
            "405 | 410 => !cc.forbids(),",
            "404 => !cc.forbids(),",
            "410 => !cc.forbids(),",
            "404 | 410 if false => !cc.forbids(),",
            "404 | 410 => false,",
        ] {
            assert!(after.iter().any(|line| line == expected), "{expected}: {after:#?}");
        }
    }

    #[test]
    fn a_constant_is_changed_and_nothing_outside_it() {
        let after =
            after("/// TTL-01\npub const LIMIT: [u64; 2] = [3_600, 0];\nconst NEXT: u8 = 1;\n");
        assert_eq!(
            after,
            ["pub const LIMIT: [u64; 2] = [3601, 0];", "pub const LIMIT: [u64; 2] = [3_600, 1];"]
        );
    }

    #[test]
    fn a_statement_is_left_out_at_last() {
        let after = after("fn f() {\n    fields.add(\"Server\", x); // TTL-01\n}\n");
        assert_eq!(after, ["fields.add(\"Serverx\", x);", ""]);
    }
}
