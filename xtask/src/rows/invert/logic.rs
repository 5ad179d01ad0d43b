//! Booleans: operators and words are exchanged for their opposites, and what is said to be so is said not to be.

use std::ops::Range;

use super::results::results;
use super::{Inversion, end_of_expression};
use crate::rows::source::Source;

/// Operators between blanks; the longer ones first.
const OPPOSITES: [(&str, &str); 8] = [
    ("==", "!="),
    ("!=", "=="),
    ("<=", ">"),
    (">=", "<"),
    ("<", ">="),
    (">", "<="),
    ("&&", "||"),
    ("||", "&&"),
];

/// Words; a method only where it is called.
const OPPOSITE_WORDS: [(&str, &str, bool); 10] = [
    ("true", "false", false),
    ("false", "true", false),
    ("is_some", "is_none", true),
    ("is_none", "is_some", true),
    ("is_ok", "is_err", true),
    ("is_err", "is_ok", true),
    ("any", "all", true),
    ("all", "any", true),
    ("starts_with", "ends_with", true),
    ("ends_with", "starts_with", true),
];

/// Methods that take a predicate.
const TAKE_A_PREDICATE: [&str; 11] = [
    "filter",
    "any",
    "all",
    "find",
    "position",
    "is_some_and",
    "is_none_or",
    "retain",
    "take_while",
    "skip_while",
    "rposition",
];

/// Operators, `!` and words, in the order of the text.
pub(super) fn flipped(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let code = source.code.as_bytes();
    let is_blank = |at: usize| code.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut found: Vec<Inversion> = Vec::new();
    for at in region.clone() {
        for (operator, opposite) in OPPOSITES {
            let end = at + operator.len();
            let stands = source.code.is_char_boundary(at)
                && source.code[at..].starts_with(operator)
                && is_blank(end)
                && at > 0
                && is_blank(at - 1);
            if stands && !source.code[..at].trim_end().ends_with("move") {
                found.push(Inversion::new(at..end, opposite));
            }
        }
        let follows_word = at > 0 && (code[at - 1].is_ascii_alphanumeric() || code[at - 1] == b'_');
        if code[at] == b'!' && code.get(at + 1) != Some(&b'=') && !follows_word {
            found.push(Inversion::new(at..at + 1, ""));
        }
    }
    for (at, word) in source.words(region.clone()) {
        let is_called = at > 0 && code[at - 1] == b'.';
        for (own, opposite, is_method) in OPPOSITE_WORDS {
            if own == word && is_called == is_method {
                found.push(Inversion::new(at..at + word.len(), opposite));
            }
        }
        let is_negated = at > 0 && code[at - 1] == b'!';
        if word == "matches" && code.get(at + 7) == Some(&b'!') && !is_negated {
            found.push(Inversion::new(at..at, "!"));
        }
    }
    found.sort_by_key(|inversion| inversion.at.start);
    all.append(&mut found);
}

/// Predicates, and what a variable named `is_…` is given.
pub(super) fn negated(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let words: Vec<(usize, &str)> = source.words(region.clone()).collect();
    for (index, (at, word)) in words.iter().enumerate() {
        let after = at + word.len();
        if TAKE_A_PREDICATE.contains(word) && source.code[after..].starts_with("(|") {
            let Some(bar) = source.code[after + 2..].find('|') else { continue };
            let start = after + 2 + bar + 2;
            if source.code.is_char_boundary(start) && may_be_bool(&source.code[start..]) {
                all.push(negation(source, start..end_of_expression(source, start, false)));
            }
        }
        if *word == "let" {
            let name = words[index + 1..].iter().map(|(_, word)| *word).find(|word| *word != "mut");
            let Some(equals) = source.code[*at..].find(" = ") else { continue };
            let start = at + equals + 3;
            let is_bool = name.is_some_and(sounds_bool) && may_be_bool(&source.code[start..]);
            if is_bool && start < region.end {
                all.push(negation(source, start..end_of_expression(source, start, false)));
            }
        }
    }
}

/// Results that may be booleans. Most are none, and the compiler says so.
pub(super) fn denied(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let bare = results(source, region);
    let bare = bare.into_iter().filter(|range| may_be_bool(&source.code[range.clone()]));
    all.extend(bare.map(|range| negation(source, range)));
}

fn negation(source: &Source, range: Range<usize>) -> Inversion {
    let with = format!("!({})", &source.text[range.clone()]);
    Inversion::new(range, with)
}

/// Whether a variable of this name holds a boolean.
fn sounds_bool(name: &str) -> bool {
    [
        "is", "has", "can", "was", "may", "must", "needs", "goes", "keeps", "takes", "allows",
        "wants", "varies", "answers",
    ]
    .iter()
    .any(|verb| {
        name.strip_prefix(verb).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

/// Whether an expression may be a boolean that has no sign of it: it begins with a small letter and no keyword.
fn may_be_bool(code: &str) -> bool {
    let keyword = |word: &&str| {
        code.strip_prefix(*word).is_some_and(|rest| rest.starts_with([' ', ';', ',', '!']))
    };
    code.starts_with(|c: char| c.is_ascii_lowercase() || c == '(' || c == '*')
        && ![
            "if", "match", "return", "continue", "break", "let", "for", "while", "move", "true",
            "false", "format", "vec",
        ]
        .iter()
        .any(keyword)
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn operators_and_words_are_exchanged_for_their_opposites() {
        assert_eq!(shown("let x = a == b;", flipped), ["let x = a != b;"]);
        assert_eq!(
            shown("a < 3\n    || !b", flipped),
            ["a >= 3\n    || !b", "a < 3\n    && !b", "a < 3\n    || b"]
        );
        assert_eq!(shown("Vec<u8> -> x => y, |a| b, println!(\"a == b\")", flipped), [""; 0]);
        assert_eq!(
            shown("x.iter().any(f).is_some()", flipped),
            ["x.iter().all(f).is_some()", "x.iter().any(f).is_none()"]
        );
        assert_eq!(shown("matches!(a, B)", flipped), ["!matches!(a, B)"]);
        assert_eq!(shown("(true, is_any)", flipped), ["(false, is_any)"]);
    }

    #[test]
    fn predicates_and_claims_are_negated() {
        assert_eq!(
            shown("x.filter(|_| is_listed(a)).y()", negated),
            ["x.filter(|_| !(is_listed(a))).y()"]
        );
        assert_eq!(shown("let is_s3 = kind(a, b);", negated), ["let is_s3 = !(kind(a, b));"]);
        assert_eq!(shown("let is_one_of = |a| b;", negated), [""; 0]);
        assert_eq!(shown("let issue = kind(a);", negated), [""; 0]);
        assert_eq!(shown("    400 => has_lifetime,", denied), ["    400 => !(has_lifetime),"]);
        assert_eq!(shown("return held(x);", denied), ["return !(held(x));"]);
    }
}
