//! Patterns: an alternative, a guard or a whole arm is dropped.

use std::ops::Range;

use super::Inversion;
use crate::rows::source::Source;

/// Drops each alternative of `A | B` in turn, and each guard.
pub(super) fn narrowed(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    for group in alternatives(source, region) {
        for (index, alternative) in group.iter().enumerate() {
            // With the bar beside it.
            let at = match group.get(index + 1) {
                Some(next) => alternative.start..next.start,
                None => group[index - 1].end..alternative.end,
            };
            all.push(Inversion::new(at, ""));
        }
    }
    for (at, word) in source.words(region.clone()) {
        let arrow = source.code[at..region.end].find(" => ").map(|length| at + length);
        let Some(arrow) = arrow.filter(|_| word == "if") else { continue };
        if !source.code[at..arrow].contains([';', '{']) {
            all.push(Inversion::new(at - 1..arrow, ""));
        }
    }
}

/// Keeps each arm without a guard from ever being taken.
pub(super) fn never(source: &Source, region: &Range<usize>, all: &mut Vec<Inversion>) {
    for (at, _) in source.code[region.clone()].match_indices(" => ") {
        let at = region.start + at;
        let line = source.line(source.line_at(at)).start;
        let has_guard = source.words(line..at).any(|(_, word)| word == "if");
        if !has_guard {
            all.push(Inversion::new(at..at, " if false"));
        }
    }
}

/// The groups of alternatives: each of at least two.
fn alternatives(source: &Source, region: &Range<usize>) -> Vec<Vec<Range<usize>>> {
    let code = &source.code[region.clone()];
    let bars: Vec<usize> = code
        .match_indices('|')
        .map(|(at, _)| at)
        .filter(|at| {
            let is_blank = |at: usize| code.as_bytes().get(at).is_none_or(u8::is_ascii_whitespace);
            is_blank(at + 1) && *at > 0 && is_blank(at - 1)
        })
        .collect();
    let mut groups: Vec<Vec<Range<usize>>> = Vec::new();
    for bar in bars {
        let before = start_of_alternative(code, bar);
        let after = after_bar(code, bar);
        match groups.last_mut() {
            Some(group)
                if group.last().is_some_and(|last| last.start == region.start + before.start) =>
            {
                group.push(region.start + after.start..region.start + after.end);
            }
            _ => groups.push(
                [before, after]
                    .map(|range| region.start + range.start..region.start + range.end)
                    .to_vec(),
            ),
        }
    }
    groups
}

/// Backwards from a bar to the delimiter that the alternative follows.
fn start_of_alternative(code: &str, bar: usize) -> Range<usize> {
    let end = code[..bar].trim_end().len();
    let mut depth = 0_i32;
    let mut start = 0;
    for (at, byte) in code.bytes().enumerate().take(end).collect::<Vec<_>>().into_iter().rev() {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'(' | b'[' | b'{' | b',' | b'|' | b';' if depth == 0 => {
                start = at + 1;
                break;
            }
            _ => {}
        }
    }
    start += code[start..end].len() - code[start..end].trim_start().len();
    start..end
}

/// Forwards from a bar to where the alternative ends.
fn after_bar(code: &str, bar: usize) -> Range<usize> {
    let start = bar + 1 + (code[bar + 1..].len() - code[bar + 1..].trim_start().len());
    let mut depth = 0_i32;
    let mut end = code.len();
    for (at, byte) in code.bytes().enumerate().skip(start) {
        let rest = &code.as_bytes()[at..];
        let ends = match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                false
            }
            b')' | b']' | b'}' => {
                depth -= 1;
                depth < 0
            }
            b'|' | b',' | b';' => depth == 0,
            b'=' => depth == 0 && (rest.starts_with(b"=>") || rest.starts_with(b"= ")),
            b' ' => depth == 0 && rest.starts_with(b" if "),
            _ => false,
        };
        if ends {
            end = at;
            break;
        }
    }
    start..start + code[start..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn alternatives_and_guards_are_dropped_in_turn() {
        assert_eq!(
            shown("404 | 410 | A::B { c } => 1,", narrowed),
            ["410 | A::B { c } => 1,", "404 | A::B { c } => 1,", "404 | 410 => 1,"]
        );
        assert_eq!(
            shown("!matches!(method, Get | Head)", narrowed),
            ["!matches!(method, Head)", "!matches!(method, Get)"]
        );
        assert_eq!(
            shown("    a\n    | b if c => 1,", narrowed),
            ["    b if c => 1,", "    a if c => 1,", "    a\n    | b => 1,"]
        );
        assert_eq!(shown("x.map(|a| a || b)", narrowed), [""; 0]);
    }

    #[test]
    fn an_arm_is_never_taken() {
        assert_eq!(shown("A => 1,\nB if c => 2,", never), ["A if false => 1,\nB if c => 2,"]);
    }
}
