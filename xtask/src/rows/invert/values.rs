//! Other values: the other of two functions or signs, one more, one letter more, nothing in the place of a copy.

use std::ops::Range;

use super::Inversion;
use crate::rows::source::Source;

/// Functions and methods by their names.
const OTHERS: [(&str, &str); 8] = [
    ("min", "max"),
    ("max", "min"),
    ("saturating_add", "saturating_sub"),
    ("saturating_sub", "saturating_add"),
    ("first", "last"),
    ("last", "first"),
    ("or", "and"),
    ("next", "last"),
];

/// Signs between blanks.
const SIGNS: [(&str, &str); 4] =
    [(" + ", " - "), (" - ", " + "), (" += ", " -= "), (" -= ", " += ")];

/// `min` and `max`, `+` and `-`, in the order of the text.
pub(super) fn swapped(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let mut found = Vec::new();
    for (at, word) in source.words(region.clone()) {
        let is_called = source.code[at + word.len()..].starts_with('(');
        for (_, other) in OTHERS.iter().filter(|(own, _)| is_called && *own == word) {
            found.push(Inversion::new(at..at + word.len(), *other));
        }
    }
    for (sign, other) in SIGNS {
        for (at, _) in source.code[region.clone()].match_indices(sign) {
            let at = region.start + at;
            found.push(Inversion::new(at..at + sign.len(), other));
        }
    }
    found.sort_by_key(|inversion| inversion.at.start);
    all.append(&mut found);
}

/// Every number but the length of an array: one more.
pub(super) fn numbers(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let code = source.code.as_bytes();
    for (at, word) in source.words(region.clone()) {
        let digits = word.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
        let is_part = at > 0 && code[at - 1] == b'.' && code.get(at.wrapping_sub(2)) != Some(&b'.');
        let is_length =
            source.code[..at].ends_with("; ") && code.get(at + word.len()) == Some(&b']');
        let value = word[..digits].replace('_', "").parse::<u64>();
        let Ok(value) = value else { continue };
        if word.starts_with("0x") || is_part || is_length {
            continue;
        }
        all.push(Inversion::new(at..at + digits, value.saturating_add(1).to_string()));
    }
}

/// Every string: an `x` more; every character: its neighbour.
pub(super) fn strings(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let within = |range: &&Range<usize>| region.start <= range.start && range.end <= region.end;
    for literal in source.literals.iter().filter(within) {
        all.push(Inversion::new(literal.end..literal.end, "x"));
    }
    for character in source.characters.iter().filter(within) {
        let other = if &source.text[character.clone()] == "x" { "y" } else { "x" };
        all.push(Inversion::new(character.clone(), other));
    }
}

/// Every copy of a variable or field: an empty value.
pub(super) fn copies(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    for (at, _) in source.code[region.clone()].match_indices(".clone()") {
        let at = region.start + at;
        let before = &source.code[region.start..at];
        let start = region.start + before.trim_end_matches(is_part).len();
        // After a bracket stands what a call gave.
        if start < at && !source.code[..start].ends_with([')', ']', '?']) {
            all.push(Inversion::new(start..at + ".clone()".len(), "Default::default()"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn functions_and_signs_are_swapped() {
        assert_eq!(shown("a.min(b).max + c", swapped), ["a.max(b).max + c", "a.min(b).max - c"]);
        assert_eq!(shown("let minimum = bounds.min;", swapped), [""; 0]);
    }

    #[test]
    fn numbers_grow_by_one() {
        assert_eq!(shown("86_400u64", numbers), ["86401u64"]);
        assert_eq!(shown("[0; 9]", numbers), ["[1; 9]"]);
        assert_eq!(shown("a.0, x1, 0xff", numbers), [""; 0]);
        assert_eq!(shown("1..=5", numbers), ["2..=5", "1..=6"]);
        assert_eq!(shown("1.5", numbers), ["2.5"]);
    }

    #[test]
    fn copies_are_empty() {
        assert_eq!(
            shown("Self { a: b.c.clone(), d: e().clone(), f: g[0].h.clone() }", copies),
            ["Self { a: Default::default(), d: e().clone(), f: g[0].h.clone() }"]
        );
    }

    #[test]
    fn strings_and_characters_change() {
        assert_eq!(
            shown("a(\"b\", ';', \"\")", strings),
            ["a(\"bx\", ';', \"\")", "a(\"b\", ';', \"x\")", "a(\"b\", 'x', \"\")"]
        );
    }
}
