//! Variants: a value of an enum is exchanged for another value of it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Inversion;
use crate::rows::source::Source;

/// How many others are tried in the place of one value.
const OTHERS: usize = 2;

/// The variants without contents of each enum, by its name. Those of two enums of one name stand together: what does not
/// compile is passed over.
#[derive(Debug, Default)]
pub(crate) struct Enums(BTreeMap<String, Vec<String>>);

impl Enums {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let mut enums = Self::default();
        for source in sources {
            let mut words = source.words(0..source.tests_begin());
            while let Some((_, word)) = words.next() {
                if word == "enum"
                    && let Some((at, name)) = words.next()
                    && let Some(open) = source.code[at..].find('{').map(|open| at + open)
                    && let Some(close) = source.closing(open)
                {
                    let variants = plain_variants(source, open + 1..close);
                    enums.0.entry(name.to_owned()).or_default().extend(variants);
                }
            }
        }
        enums
    }

    /// Each `Enum::Variant` of a region that stands alone.
    pub(crate) fn exchanged(&self, source: &Source, region: &Range<usize>) -> Vec<Inversion> {
        let mut all = Vec::new();
        for (at, word) in source.words(region.clone()) {
            let Some(variants) = self.0.get(word) else { continue };
            let start = at + word.len() + 2;
            if !source.code[at + word.len()..].starts_with("::") || start >= region.end {
                continue;
            }
            let Some((own_at, own)) = source.words(start..region.end).next() else { continue };
            let is_whole = own_at == start && variants.iter().any(|variant| variant == own);
            let others = variants.iter().filter(|variant| is_whole && *variant != own);
            all.extend(
                others.take(OTHERS).map(|other| Inversion::new(start..start + own.len(), other)),
            );
        }
        all
    }
}

/// The variants between the braces of an enum that hold nothing.
fn plain_variants(source: &Source, within: Range<usize>) -> Vec<String> {
    let mut depth = 0_i32;
    let mut before = within.start;
    let mut plain = Vec::new();
    for (at, word) in source.words(within.clone()) {
        for byte in source.code[before..at].bytes() {
            depth += i32::from(matches!(byte, b'(' | b'[' | b'{'))
                - i32::from(matches!(byte, b')' | b']' | b'}'));
        }
        before = at;
        let behind = source.code[at + word.len()..within.end].trim_start();
        if depth == 0 && (behind.is_empty() || behind.starts_with(',')) {
            plain.push(word.to_owned());
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::source::Language;

    #[test]
    fn a_value_becomes_another_one_without_contents() {
        let text = "pub enum Kind {\n    /// One, or Two.\n    #[default]\n    A,\n    B(Other, u8),\n    C { x: u8, y: Z },\n    \
            D,\n    E\n}\nfn f() { (Kind::A, Kind::B(Kind::D), Kind::C { x }, Else::A) }\n";
        let source = Source::new("src/a.rs", text.to_owned(), Language::Rust);
        let enums = Enums::of(std::slice::from_ref(&source));
        let body = text.find("fn f").expect("the function")..text.len();
        let found = enums.exchanged(&source, &body);
        let shown: Vec<_> = found.iter().map(|inversion| inversion.in_words(&source).1).collect();
        let expected = [
            "(Kind::D, Kind::B(Kind::D)",
            "(Kind::E, Kind::B(Kind::D)",
            "B(Kind::A)",
            "B(Kind::E)",
        ];
        assert_eq!(shown.len(), expected.len(), "{shown:?}");
        for (line, part) in shown.iter().zip(expected) {
            assert!(line.contains(part), "{line}");
        }
    }
}
