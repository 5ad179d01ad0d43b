//! Results: what is returned is exchanged for another of the same kind from the same function, and a statement or a call is
//! left out.

use std::ops::Range;

use super::{Inversion, end_of_expression};
use crate::rows::source::Source;

/// How many others are tried in the place of one result.
const OTHERS: usize = 4;

/// Calls in a chain that may be left out.
const LINKS: [&str; 20] = [
    "filter",
    "trim",
    "to_ascii_lowercase",
    "to_lowercase",
    "to_ascii_uppercase",
    "chain",
    "or",
    "or_else",
    "max",
    "min",
    "take",
    "skip",
    "rev",
    "saturating_sub",
    "saturating_add",
    "saturating_mul",
    "take_while",
    "skip_while",
    "and_also",
    "map",
];

/// Calls that read what a chain has so far.
const READ_A_VALUE: [&str; 8] = [
    "map_or",
    "map_or_else",
    "is_some_and",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "and_then",
    "collect",
];

/// The results in a region: what stands after `return`, after an arm's arrow, or alone at the end of a block.
pub(super) fn results(source: &Source, region: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for number in source.line_at(region.start)..=source.line_at(region.end) {
        let line = source.line(number);
        let code = &source.code[line.clone()];
        let start = if let Some(at) = code.find("return ") {
            line.start + at + 7
        } else if let Some(at) = code.find(" => ") {
            line.start + at + 4
        } else if is_last_of_block(source, number) {
            line.start + source.indent(number).unwrap_or(0)
        } else {
            continue;
        };
        let end = end_of_expression(source, start, false);
        if region.start <= start && end <= region.end && end <= line.end && start < end {
            found.push(start..end);
        }
    }
    found
}

/// Whether a line is an expression of its own before a `}`.
fn is_last_of_block(source: &Source, number: usize) -> bool {
    let code = source.code_of(number).trim();
    let below = (number + 1..=source.line_count()).find(|line| source.indent(*line).is_some());
    let above = (1..number).rev().find(|line| source.indent(*line).is_some());
    let opens = above.is_none_or(|line| source.code_of(line).trim_end().ends_with(['{', '}', ';']));
    let closes = below.is_some_and(|line| source.code_of(line).trim_start().starts_with('}'));
    opens && closes && !code.is_empty() && !code.ends_with([';', ',', '{', '}'])
}

/// `Some(x)` becomes `None`; any result becomes the others of its kind.
pub(super) fn replaced(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let others = results(source, &function_around(source, region.start));
    for result in results(source, region) {
        let text = &source.text[result.clone()];
        if text.starts_with("Some(") {
            all.push(Inversion::new(result.clone(), "None"));
        }
        let mut texts: Vec<&str> = Vec::new();
        for other in &others {
            let other = &source.text[other.clone()];
            if kind(other).is_some()
                && kind(other) == kind(text)
                && other != text
                && !texts.contains(&other)
            {
                texts.push(other);
            }
        }
        all.extend(
            texts.into_iter().take(OTHERS).map(|other| Inversion::new(result.clone(), other)),
        );
    }
}

/// What two expressions must have in common to stand for each other: the type that they name first.
fn kind(expression: &str) -> Option<&str> {
    let end =
        expression.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(expression.len());
    match &expression[..end] {
        "Some" | "None" => Some("Option"),
        "Ok" | "Err" => Some("Result"),
        "true" | "false" => Some("bool"),
        "" if expression.starts_with('"') => Some("str"),
        // A condition that is denied is a boolean as well as `true` is.
        "" if expression.starts_with('!') => Some("bool"),
        word if word.starts_with(|c: char| c.is_ascii_uppercase()) => Some(word),
        _ => None,
    }
}

/// The body of the function around an offset, or the whole file.
fn function_around(source: &Source, at: usize) -> Range<usize> {
    let line = source.line_at(at);
    let is_function = |number: &usize| {
        let words: Vec<&str> =
            source.words(source.line(*number)).map(|(_, word)| word).take(6).collect();
        words.contains(&"fn") && source.code_of(*number).contains("fn ")
    };
    let body = (1..=line).rev().find(is_function).and_then(|first| {
        let start = source.line(first).start;
        let open = start + source.code[start..].find('{')?;
        Some(open..source.closing(open)?)
    });
    body.unwrap_or(0..source.tests_begin())
}

/// Takes what a chain has so far for nothing: no value, or an empty list.
pub(super) fn emptied(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    for (at, word) in source.words(region.clone()) {
        let is_call = at > 0
            && source.code[..at].ends_with('.')
            && source.code[at + word.len()..].starts_with('(');
        if is_call && READ_A_VALUE.contains(&word) {
            all.push(Inversion::new(at..at, "filter(|_| false)."));
        }
    }
}

/// Leaves out calls of a chain, one by one, and at last the whole statement.
pub(super) fn left_out(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    for (at, word) in source.words(region.clone()) {
        let open = at + word.len();
        let is_call = at > 0
            && source.code.as_bytes()[at - 1] == b'.'
            && source.code[open..].starts_with('(');
        if is_call
            && LINKS.contains(&word)
            && let Some(close) = source.closing(open)
        {
            all.push(Inversion::new(at - 1..close + 1, ""));
        }
    }
    let code = &source.code[region.clone()];
    let start = region.start + (code.len() - code.trim_start().len());
    let end = start + code.trim().len();
    let first = source.words(start..end).next().map_or("", |(_, word)| word);
    let is_statement =
        code.trim_end().ends_with(';') && end_of_expression(source, start, false) + 1 == end;
    if is_statement && !["let", "use", "const", "static", "pub", "type"].contains(&first) {
        all.push(Inversion::new(start..end, ""));
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn a_result_becomes_another_of_its_kind() {
        let code = "fn f() -> A {\n    if b {\n        return A::One;\n    }\n    match c {\n        1 => Some(x),\n        2 => None,\n        _ => A::Two(y),\n    }\n}\n";
        let all = shown(code, replaced);
        for expected in ["return A::Two(y);", "1 => None,", "2 => Some(x),", "_ => A::One,"] {
            assert!(all.iter().any(|text| text.contains(expected)), "{expected}: {all:#?}");
        }
    }

    #[test]
    fn the_last_expression_of_a_block_is_a_result() {
        let code =
            "fn f() -> A {\n    if b {\n        A::One\n    } else {\n        A::Two\n    }\n}\n";
        let all = shown(code, replaced);
        assert!(all[0].contains("if b {\n        A::Two\n"), "{all:#?}");
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn what_a_chain_has_is_taken_for_nothing() {
        assert_eq!(shown("a.map_or(b, |c| d)", emptied), ["a.filter(|_| false).map_or(b, |c| d)"]);
    }

    #[test]
    fn calls_and_statements_are_left_out() {
        assert_eq!(shown("x.trim().len();", left_out), ["x.len();", ""]);
        assert_eq!(shown("let x = a.filter(|b| c(b)).d();", left_out), ["let x = a.d();"]);
        assert_eq!(shown("return;", left_out), [""]);
        assert_eq!(shown("if a { b; }", left_out), [""; 0]);
    }
}
