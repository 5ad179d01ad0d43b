//! Which lines of the code carry a row: those whose comment names its id.

use std::ops::Range;
use std::path::Path;

use super::files;
use super::id::{self, Id, Known};
use super::place::{How, block, header, item, statement};
use super::source::{Language, Source};
use crate::stop::Stop;

/// A place that carries rows.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The place in [`Carried::sources`].
    pub(crate) source: usize,
    /// The line of the code, from 1; of the comment where it belongs to none.
    pub(crate) line: usize,
    pub(crate) how: How,
    pub(crate) rows: Vec<Id>,
    /// The statement, constant or body of the function.
    pub(crate) region: Range<usize>,
    /// The `if` or match arm within which the statement alone stands, unless that has a row of its own.
    pub(crate) header: Option<Range<usize>>,
    /// The block that the statement opens, unless a condition stands before it.
    pub(crate) block: Option<Range<usize>>,
}

#[derive(Debug, Default)]
pub(crate) struct Carried {
    pub(crate) sources: Vec<Source>,
    pub(crate) sites: Vec<Site>,
}

impl Carried {
    /// Reads the code in src, its tests left out, and the front on real sockets in examples, which tests/front includes.
    pub(crate) fn read(root: &Path, known: &Known) -> Result<Self, Stop> {
        let mut carried = Self::default();
        for folder in ["src", "examples"] {
            for path in files::below(root, folder, "rs")? {
                let source = Source::new(&path, files::text(root, &path)?, Language::Rust);
                carried.take(source, known);
            }
        }
        Ok(carried)
    }

    pub(crate) fn take(&mut self, source: Source, known: &Known) {
        for note in notes(&source) {
            let rows = id::rows_in(&note.text, known);
            if !rows.is_empty() {
                let site = site(&source, self.sources.len(), &note, rows, known);
                self.sites.push(site);
            }
        }
        self.sources.push(source);
    }

    /// The places that carry a row, the closest first; those of the floors that only tell and show come last.
    pub(crate) fn of(&self, id: &Id) -> Vec<&Site> {
        let mut sites: Vec<&Site> =
            self.sites.iter().filter(|site| site.rows.contains(id)).collect();
        sites.sort_by_key(|site| (self.is_shown(site), site.how, site.source, site.line));
        sites
    }

    /// Whether a place is on the floors that only tell and show what others decide.
    pub(crate) fn is_shown(&self, site: &Site) -> bool {
        ["src/scene/", "src/app/"].iter().any(|floor| self.source(site).path.starts_with(floor))
    }

    pub(crate) fn source(&self, site: &Site) -> &Source {
        &self.sources[site.source]
    }
}

/// The lines of one comment.
struct Note {
    text: String,
    first: usize,
    last: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Beside,
    Plain,
    Doc,
    Module,
}

/// The comments before the tests, each with all its lines.
fn notes(source: &Source) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for range in source.comments.iter().take_while(|range| range.start < source.tests_begin()) {
        let text = &source.text[range.clone()];
        let line = source.line_at(range.start);
        let kind = match text.as_bytes() {
            _ if source.indent(line).is_some() => Kind::Beside,
            [b'/', b'/', b'!', ..] => Kind::Module,
            [b'/', b'/', b'/', ..] => Kind::Doc,
            _ => Kind::Plain,
        };
        let text = text.trim_start_matches(['/', '!', '*']);
        match notes.last_mut() {
            Some(note) if kind != Kind::Beside && note.kind == kind && note.last + 1 == line => {
                note.text.push_str(text);
                note.last = line;
            }
            _ => notes.push(Note { text: text.to_owned(), first: line, last: line, kind }),
        }
    }
    notes
}

fn site(source: &Source, index: usize, note: &Note, rows: Vec<Id>, known: &Known) -> Site {
    let told = |line| Site {
        source: index,
        line,
        how: How::Told,
        rows: rows.clone(),
        region: 0..0,
        header: None,
        block: None,
    };
    let below = || {
        let is_code = |line: &usize| {
            source.indent(*line).is_some() && !source.code_of(*line).trim_start().starts_with("#[")
        };
        (note.last + 1..=source.line_count()).find(is_code)
    };
    let line = match note.kind {
        Kind::Module => return told(note.first),
        Kind::Beside => note.first,
        Kind::Plain | Kind::Doc => match below() {
            Some(line) => line,
            None => return told(note.first),
        },
    };
    let item = item(source, line);
    let (how, region) = match (note.kind, item.clone()) {
        (Kind::Doc, Some((how, region))) => (how, region),
        (Kind::Doc, None) => return told(note.first),
        (Kind::Beside, Some((_, region))) => (How::Beside, region),
        (_, Some((_, region))) => (How::Above, region),
        (Kind::Beside, None) => (How::Beside, statement(source, line)),
        (_, None) => (How::Above, statement(source, line)),
    };
    let header = if item.is_none() { header(source, line, &rows, known) } else { None };
    let block = if note.kind == Kind::Plain { block(source, &region) } else { None };
    Site { source: index, line, how, rows, region, header, block }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(text: &str) -> Carried {
        let known = "TTL-01 TTL-02 TTL-03 TTL-04 TTL-05 TTL-06 TTL-07"
            .split(' ')
            .filter_map(Id::parse)
            .collect();
        let mut carried = Carried::default();
        carried.take(Source::new("src/edge/a.rs", text.to_owned(), Language::Rust), &known);
        carried
    }

    /// `line how: region | header | block`, in one line each.
    fn sites(text: &str, id: &str) -> Vec<String> {
        let carried = carried(text);
        let sites = carried.of(&Id::parse(id).expect("an id"));
        let part = |range: &Range<usize>| {
            carried.sources[0].code[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let line = |site: &&Site| {
            let optional =
                |range: &Option<Range<usize>>| range.as_ref().map_or(String::new(), &part);
            format!(
                "{} {}: {} | {} | {}",
                site.line,
                site.how.name(),
                part(&site.region),
                optional(&site.header),
                optional(&site.block)
            )
        };
        sites.iter().map(line).collect()
    }

    const CODE: &str = "\
//! TTL-01 in general.
/// TTL-02 of a type.
enum A { B }
/// TTL-02 (MODEL): so long.
const LIMIT: u64 =
    5;
/// Chooses (TTL-01 to TTL-03).
#[must_use]
pub const fn choose(a: bool) -> u8 {
    if a
        && b()
    {
        return 1; // TTL-04
    }
    // TTL-04 to
    // TTL-06, on two lines.
    let x = first
        .second(1)
        .third();
    match x {
        1 if a => 2, // TTL-07
        // TTL-06
        _ => match y {
            _ => 3,
        },
    }
}
#[cfg(test)]
mod tests {
    fn t() { 1 } // TTL-07
}
";

    #[test]
    fn a_comment_beside_the_code_carries_its_line_and_the_condition_around_it() {
        assert_eq!(
            sites(CODE, "TTL-04")[..1],
            ["13 beside the code: return 1; | if a && b() { | "]
        );
        assert_eq!(sites(CODE, "TTL-07"), ["21 beside the code: 1 if a => 2, |  | "]);
    }

    #[test]
    fn a_comment_above_the_code_carries_the_statement() {
        assert_eq!(
            sites(CODE, "TTL-05"),
            ["17 above the code: let x = first .second(1) .third(); |  | "]
        );
        let above = &sites(CODE, "TTL-06")[1];
        assert_eq!(above, "23 above the code: _ => match y { |  | _ => 3,");
    }

    #[test]
    fn a_doc_comment_carries_a_constant_or_a_function_and_no_type() {
        let two = sites(CODE, "TTL-02");
        assert_eq!(two[0], "5 a constant's doc comment: const LIMIT: u64 = 5 |  | ");
        assert!(
            two[1].starts_with("9 a function's doc comment: if a && b() { return 1; }"),
            "{}",
            two[1]
        );
        assert_eq!(two[2], "2 told of a type or module:  |  | ");
        assert_eq!(sites(CODE, "TTL-01").len(), 2, "the module and the function");
    }

    #[test]
    fn a_condition_with_rows_of_its_own_is_not_inverted_for_others() {
        let code = "fn f() {\n    if a { // TTL-01\n        b(); // TTL-02\n    }\n}\n";
        assert_eq!(sites(code, "TTL-02"), ["3 beside the code: b(); |  | "]);
    }
}
