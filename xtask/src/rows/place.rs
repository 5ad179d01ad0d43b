//! What belongs to a comment's line of code: its item or statement, the block that it opens and the branch within which it
//! stands.

use std::ops::Range;

use super::id::{self, Id, Known};
use super::items::end_of_item;
use super::source::Source;

/// How a comment belongs to the code, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// At the end of the line.
    Beside,
    /// On lines of its own, above the code.
    Above,
    /// The doc comment of a constant.
    Constant,
    /// The doc comment of a function.
    Function,
    /// The doc comment of something that decides nothing: a type, a field, a module.
    Told,
}

impl How {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Beside => "beside the code",
            Self::Above => "above the code",
            Self::Constant => "a constant's doc comment",
            Self::Function => "a function's doc comment",
            Self::Told => "told of a type or module",
        }
    }
}

/// The constant or function that a line begins.
pub(super) fn item(source: &Source, line: usize) -> Option<(How, Range<usize>)> {
    let range = source.line(line);
    let words: Vec<(usize, &str)> = source.words(range.clone()).collect();
    let mut words = words.iter().skip_while(|(_, word)| {
        matches!(*word, "pub" | "crate" | "super" | "in" | "async") && *word != "fn"
    });
    let (start, first) = words.next()?;
    let second = words.next().map_or("", |(_, word)| *word);
    match (*first, second) {
        ("fn", _) | ("const", "fn") => {
            let open = start + source.code[*start..].find('{')?;
            Some((How::Function, open + 1..source.closing(open)?))
        }
        ("const" | "static", _) => Some((How::Constant, *start..end_of_item(source, *start))),
        _ => None,
    }
}

/// From the start of a line to the end of the statement, or to where it opens a block.
pub(super) fn statement(source: &Source, first: usize) -> Range<usize> {
    let start = source.line(first).start;
    let mut depth = 0_i32;
    let mut end = source.line(first).end;
    for line in first..=source.line_count().min(first + 20) {
        let code = source.code_of(line);
        let before = depth;
        for byte in code.trim_start_matches(['}', ' ']).bytes() {
            depth += i32::from(matches!(byte, b'(' | b'[' | b'{'))
                - i32::from(matches!(byte, b')' | b']' | b'}'));
        }
        // What closes a bracket that was open before belongs to what stands around.
        if line > first
            && (depth < 0 || (before == 0 && code.trim_start().starts_with(['}', ')', ']'])))
        {
            break;
        }
        end = source.line(line).end;
        let code = code.trim_end();
        if depth <= 0 && code.ends_with([';', ',', '}']) || code.ends_with('{') && depth <= 1 {
            break;
        }
    }
    start..end
}

/// The block that a statement opens at its end, where it is not a condition's.
pub(super) fn block(source: &Source, statement: &Range<usize>) -> Option<Range<usize>> {
    let code = source.code[statement.clone()].trim_end();
    let is_condition =
        source.words(statement.clone()).any(|(_, word)| matches!(word, "if" | "while"));
    if !code.ends_with('{') || is_condition {
        return None;
    }
    let open = statement.start + code.len() - 1;
    Some(open + 1..source.closing(open)?)
}

/// The line or lines above that open the block of a line, where they are an `if`, a loop or a match arm whose own comment
/// names other rows or none.
pub(super) fn header(
    source: &Source,
    line: usize,
    rows: &[Id],
    known: &Known,
) -> Option<Range<usize>> {
    let indent = source.indent(line)?;
    let opens =
        (1..line).rev().find(|above| source.indent(*above).is_some_and(|other| other < indent))?;
    let code = source.code_of(opens).trim();
    let first = if code == "{" || code.starts_with("})") {
        let level = source.indent(opens);
        (1..opens).rev().find(|above| source.indent(*above) == level)?
    } else {
        opens
    };
    let range = source.line(first).start..source.line(opens).end;
    let is_branch = source.code[range.clone()].contains("=>")
        || source.words(range.clone()).any(|(_, word)| matches!(word, "if" | "while" | "for"));
    let comment =
        |comment: &&Range<usize>| range.start <= comment.start && comment.end <= range.end;
    let other = source.comments.iter().filter(comment).any(|comment| {
        let named = id::rows_in(&source.text[comment.clone()], known);
        !named.is_empty() && !rows.iter().any(|row| named.contains(row))
    });
    (is_branch && !other).then_some(range)
}
