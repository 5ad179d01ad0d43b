//! Negates conditions: of `if`, `while` and match guards. One that binds by `let` is never met instead, and a loop over
//! something runs over nothing.

use std::ops::Range;

use super::{Inversion, end_of_expression};
use crate::rows::source::Source;

pub(super) fn negated(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    for (at, word) in source.words(region.clone()) {
        let start = at + word.len() + 1;
        match word {
            "if" | "while" if start < region.end => {
                let condition = condition(source, start);
                let text = &source.text[condition.clone()];
                let binds = source.words(condition.clone()).any(|(_, word)| word == "let");
                let with = if binds { format!("{text} && false") } else { denied(text) };
                all.push(Inversion::new(condition, with));
            }
            "for" => {
                let Some((inside, _)) =
                    source.words(start..region.end).find(|(_, word)| *word == "in")
                else {
                    continue;
                };
                let looped = inside + 3..end_of_expression(source, inside + 3, true);
                let with = format!("({}).into_iter().take(0)", &source.text[looped.clone()]);
                all.push(Inversion::new(looped, with));
            }
            _ => {}
        }
    }
}

/// The opposite of a condition.
fn denied(text: &str) -> String {
    let is_one =
        |text: &&str| !text.contains("&&") && !text.contains("||") && !text.contains(" == ");
    match text.strip_prefix('!').filter(is_one) {
        Some(rest) => rest.to_owned(),
        None => format!("!({text})"),
    }
}

/// The condition that begins at an offset, up to its block or arrow. The braces of a pattern after `let` are its own.
fn condition(source: &Source, start: usize) -> Range<usize> {
    let mut end = start;
    loop {
        let stop = end_of_expression(source, end, true);
        let part = &source.code[end..stop];
        let is_pattern = part.rfind("let ").is_some_and(|at| !has_equals(&part[at..]));
        let open = stop + source.code[stop..].find(|c: char| c != ' ').unwrap_or(0);
        match source.closing(open) {
            Some(close) if is_pattern && source.code[open..].starts_with('{') => {
                end = close + 1;
                // Beyond the pattern stands `= value`, which may end in a block of its own.
                let value = end_of_expression(source, end, true);
                if !source.code[end..value].contains("let ") {
                    return start..value;
                }
            }
            _ => return start..stop,
        }
    }
}

/// Whether a `=` stands there that compares nothing.
fn has_equals(part: &str) -> bool {
    part.contains(" = ")
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(text, negated), expected);
    }

    #[test]
    fn conditions_are_negated() {
        check("if a == b && c(|x| { x }) { 1 }", &["if !(a == b && c(|x| { x })) { 1 }"]);
        check("} else if a\n    || b\n{ 1 }", &["} else if !(a\n    || b)\n{ 1 }"]);
        check("while let Some(x) = next() {}", &["while let Some(x) = next() && false {}"]);
        check("if a && let B { c } = d { c }", &["if a && let B { c } = d && false { c }"]);
        check("if !matches!(a, B | C) {}", &["if matches!(a, B | C) {}"]);
        check("if !a && b {}", &["if !(!a && b) {}"]);
        check("1 if a => 2,", &["1 if !(a) => 2,"]);
        check("matches!(a, B if c)", &["matches!(a, B if !(c))"]);
    }

    #[test]
    fn a_loop_runs_over_nothing() {
        check(
            "for (a, b) in list.iter() { c }",
            &["for (a, b) in (list.iter()).into_iter().take(0) { c }"],
        );
    }
}
