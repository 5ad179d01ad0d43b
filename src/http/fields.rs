//! Header fields: an ordered list of names and values (RFC 9110 section 5).

use std::sync::Arc;
use std::{mem, slice};

use serde::{Deserialize, Serialize};

use super::Text;
use super::field::{Field, FieldError};
use super::name::{Mark, mark};

/// The fields of one message, in order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<Field>")]
pub struct Fields {
    /// The first ones, where other messages begin with the same. They share none themselves.
    shared: Option<Arc<Fields>>,
    list: Vec<Field>,
    /// Their length on the wire.
    size_bytes: u64,
    /// The bits of all names' marks: a name of which one is missing is not there.
    marks: u64,
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.size_bytes == other.size_bytes && self.iter().eq(other.iter())
    }
}

impl Eq for Fields {}

impl From<Vec<Field>> for Fields {
    fn from(list: Vec<Field>) -> Self {
        let size_bytes = list.iter().map(Field::size_bytes).sum();
        let marks = list.iter().fold(0, |marks, field| marks | field.mark().bits());
        Self { shared: None, list, size_bytes, marks }
    }
}

impl Fields {
    /// The longest text that [`Fields::parse`] takes, in bytes.
    pub const LIMIT: usize = 131_072;

    /// No field.
    pub const fn new() -> Self {
        Self { shared: None, list: Vec::new(), size_bytes: 0, marks: 0 }
    }

    /// No field, and room for so many.
    pub fn with_capacity(fields: usize) -> Self {
        Self { list: Vec::with_capacity(fields), ..Self::new() }
    }

    /// The same fields, and room for so many of its own behind them: the others are not copied.
    pub fn beginning_with(first: &Arc<Self>, more: usize) -> Self {
        if first.shared.is_some() {
            return (**first).clone();
        }
        let (shared, list) = (Some(Arc::clone(first)), Vec::with_capacity(more));
        Self { shared, list, size_bytes: first.size_bytes, marks: first.marks }
    }

    /// Reads one `Name: value` a line; empty lines are passed over.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        if text.len() > Self::LIMIT {
            return Err(FieldError::TooLong { given: text.len(), limit: Self::LIMIT });
        }
        let lines =
            text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).enumerate();
        lines
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(index, line)| {
                let (name, value) = line.split_once(':').ok_or_else(|| FieldError::NoColon {
                    line: index + 1,
                    given: line.chars().take(60).collect(),
                })?;
                Field::new(name.trim_end(), value)
            })
            .collect::<Result<Vec<_>, _>>()
            .map(Self::from)
    }

    /// The value of the first field of that name.
    #[inline]
    pub fn get(&self, name: &str) -> Option<&str> {
        if self.lacks(name) { None } else { self.find(mark(name), name) }
    }

    // The next three stand apart from those that call them, so that the compiler puts those where they are called and knows
    // the mark there. They are loops, since `find` and `filter` would go through functions of their own for each field.

    #[inline(never)]
    fn find(&self, marked: Mark, name: &str) -> Option<&str> {
        for list in [self.first(), &self.list] {
            for field in list {
                if field.is_marked(marked, name) {
                    return Some(field.value());
                }
            }
        }
        None
    }

    /// Looks behind the shared ones first, which lie farther away.
    #[inline(never)]
    fn is_among(&self, marked: Mark, name: &str) -> bool {
        for list in [&*self.list, self.first()] {
            for field in list {
                if field.is_marked(marked, name) {
                    return true;
                }
            }
        }
        false
    }

    #[inline(never)]
    fn count_marked(&self, marked: Mark, name: &str) -> usize {
        let mut count = 0;
        for list in [self.first(), &self.list] {
            for field in list {
                if field.is_marked(marked, name) {
                    count += 1;
                }
            }
        }
        count
    }

    /// The values of all fields of that name, in order.
    #[inline]
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let (first, last) =
            if self.lacks(name) { (&[][..], &[][..]) } else { (self.first(), &*self.list) };
        Named { rest: first.iter(), last, marked: mark(name), name }
    }

    /// The values of all fields of that name as one list (RFC 9110 5.3); none where there is no such field.
    pub fn combined(&self, name: &str) -> Option<String> {
        self.has(name).then(|| self.all(name).collect::<Vec<_>>().join(", "))
    }

    /// Whether there is a field of that name.
    #[inline]
    pub fn has(&self, name: &str) -> bool {
        !self.lacks(name) && self.is_among(mark(name), name)
    }

    /// How many fields have that name.
    #[inline]
    pub fn count(&self, name: &str) -> usize {
        if self.lacks(name) { 0 } else { self.count_marked(mark(name), name) }
    }

    /// Whether there is a field of one of these names.
    #[inline]
    pub fn has_one_of<const N: usize>(&self, names: &Names<N>) -> bool {
        let may_have = |bits: u64| self.marks & bits == bits;
        let known = names.names.iter().zip(names.bits);
        known.filter(|(_, bits)| may_have(*bits)).any(|(name, _)| self.has(name))
    }

    /// Whether the marks tell that no field has that name. Where the name is known to the compiler, so is its mark.
    #[inline]
    const fn lacks(&self, name: &str) -> bool {
        let bits = mark(name).bits();
        self.marks & bits != bits
    }

    /// What Content-Length says: one number in bytes, which may be repeated in a list or in further fields (RFC 9110 8.6).
    /// None where there is no such field, where it holds anything but digits, and where its numbers differ.
    pub fn content_length(&self) -> Option<u64> {
        let first = self.get("Content-Length")?;
        if let Some(sole) = length(first)
            && self.count("Content-Length") == 1
        {
            return Some(sole); // as mostly
        }
        let mut lengths = self.all("Content-Length").flat_map(|value| value.split(',')).map(length);
        let first = lengths.next()??;
        lengths.all(|other| other == Some(first)).then_some(first)
    }

    /// Adds a field behind the others.
    pub fn push(&mut self, field: Field) {
        self.size_bytes += field.size_bytes();
        self.marks |= field.mark().bits();
        self.list.push(field);
    }

    /// Adds a field whose name and value this program made itself.
    ///
    /// A value that is none (it can only come of a slip in the program) is added without its control characters.
    pub fn add(&mut self, name: &'static str, value: impl Into<Text>) {
        self.push(Field::made(name, value.into()));
    }

    /// Replaces all fields of that name by one, at the place of the first.
    pub fn set(&mut self, name: &'static str, value: impl Into<Text>) {
        let place = self.iter().position(|field| field.is(name));
        self.remove(name);
        self.add(name, value);
        if let Some(place) = place {
            self.list[place..].rotate_right(1);
        }
    }

    /// Removes all fields of that name and says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let is_there = self.has(name);
        if is_there {
            self.retain(|field| !field.is(name));
        }
        is_there
    }

    /// Removes all fields of these names.
    pub fn remove_all<const N: usize>(&mut self, names: &Names<N>) {
        self.retain(|field| !names.have(field));
    }

    fn retain(&mut self, stays: impl Fn(&Field) -> bool) {
        self.unshare();
        let mut list = mem::take(&mut self.list);
        list.retain(stays);
        *self = list.into();
    }

    /// Makes copies of what others begin with, too.
    fn unshare(&mut self) {
        if self.shared.is_some() {
            *self = self.iter().cloned().collect();
        }
    }

    /// The fields in order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = &Field> {
        self.first().iter().chain(&self.list)
    }

    /// Those that are shared.
    #[inline]
    fn first(&self) -> &[Field] {
        self.shared.as_ref().map_or(&[], |shared| &shared.list)
    }

    /// How many field lines there are.
    pub fn len(&self) -> usize {
        self.first().len() + self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Their length on the wire: name, colon, space, value and line break of each, in bytes.
    pub const fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

/// A length in bytes, of digits alone; what is beyond all counting counts as the most that there is (RFC 9110 8.6).
fn length(text: &str) -> Option<u64> {
    let digits = text.trim_ascii();
    let number = digits.bytes().try_fold(0_u64, |before, digit| {
        let more = digit.is_ascii_digit().then(|| u64::from(digit - b'0'));
        Some(before.saturating_mul(10).saturating_add(more?))
    });
    number.filter(|_| !digits.is_empty())
}

/// Names that are looked for together.
#[derive(Clone, Copy, Debug)]
pub struct Names<const N: usize> {
    names: [&'static str; N],
    bits: [u64; N],
}

impl<const N: usize> Names<N> {
    /// These names, with what tells at a glance that one is not there.
    pub const fn of(names: [&'static str; N]) -> Self {
        let (mut bits, mut at) = ([0; N], 0);
        while at < N {
            bits[at] = mark(names[at]).bits();
            at += 1;
        }
        Self { names, bits }
    }

    /// Whether it is one of them, whatever its case.
    pub fn have(&self, field: &Field) -> bool {
        self.names.iter().any(|name| field.is(name))
    }
}

/// The values of the fields of one name.
struct Named<'a, 'n> {
    rest: slice::Iter<'a, Field>,
    /// What comes when the rest has come to its end.
    last: &'a [Field],
    marked: Mark,
    name: &'n str,
}

impl<'a> Iterator for Named<'a, '_> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            for field in self.rest.by_ref() {
                if field.is_marked(self.marked, self.name) {
                    return Some(field.value());
                }
            }
            if self.last.is_empty() {
                return None;
            }
            self.rest = mem::take(&mut self.last).iter();
        }
    }
}

impl FromIterator<Field> for Fields {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        fields.into_iter().collect::<Vec<_>>().into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fields_are_read_in_order_and_found_whatever_their_case() {
        let fields = Fields::parse("Accept: */*\r\n\nX-A:1\nx-a:\t2 ").unwrap();
        assert_eq!(fields.len(), 3);
        assert_eq!(fields.all("X-a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.size_bytes(), (6 + 3 + 4) + (3 + 1 + 4) * 2);
        let mut others = fields.clone();
        assert!(others.remove("X-A") && !others.has("x-a") && !others.remove("X-A"));
        assert_eq!((others.len(), others.size_bytes()), (1, 6 + 3 + 4));
        assert_eq!(others, Fields::parse("Accept: */*").unwrap());
    }

    #[test]
    fn set_replaces_all_at_the_place_of_the_first() {
        let mut fields = Fields::parse("A: 1\nB: 2\na: 3\nC: 4").unwrap();
        fields.set("A", "9");
        fields.set("D", "5");
        let text: Vec<_> = fields.iter().map(|f| format!("{}={}", f.name(), f.value())).collect();
        assert_eq!(text, ["A=9", "B=2", "C=4", "D=5"]);
    }

    #[test]
    fn what_begins_like_others_is_changed_alone() {
        let first = Arc::new(Fields::parse("A: 1\nB: 2").unwrap());
        let mut fields = Fields::beginning_with(&first, 2);
        fields.add("C", "3");
        assert_eq!(fields, Fields::parse("A: 1\nB: 2\nC: 3").unwrap());
        fields.set("B", "4");
        assert_eq!(fields, Fields::parse("A: 1\nB: 4\nC: 3").unwrap());
        let mut fields = Fields::beginning_with(&first, 0);
        assert!(fields.remove("A") && !fields.has("A"));
        assert_eq!(fields, Fields::parse("B: 2").unwrap());
        assert_eq!(*first, Fields::parse("A: 1\nB: 2").unwrap());
    }

    #[test]
    fn fields_are_found_in_a_long_list_and_behind_shared_ones() {
        let text = |name: &str, count| {
            let line = |at| format!("{name}{}: {name}{at}\n", at % 20);
            (0..count).map(line).collect::<Vec<_>>().concat()
        };
        let first = Arc::new(Fields::parse(&text("a", 40)).unwrap());
        let mut fields = Fields::beginning_with(&first, 0);
        Fields::parse(&text("A", 40)).unwrap().iter().for_each(|field| fields.push(field.clone()));
        for at in 0..20 {
            let name = format!("a{at}");
            let expected: Vec<String> = ["a", "A"]
                .iter()
                .flat_map(|n| [format!("{n}{at}"), format!("{n}{}", at + 20)])
                .collect();
            assert_eq!(fields.all(&name).collect::<Vec<_>>(), expected, "{name}");
            assert_eq!(fields.get(&name), Some(&*expected[0]));
        }
        assert!(!fields.has("a20") && !fields.has("b1"));
        assert!(
            fields.has_one_of(&Names::of(["b1", "A19"]))
                && !fields.has_one_of(&Names::of(["b1", "a20"]))
        );
        fields.set("A3", "now");
        assert_eq!((fields.get("a3"), fields.get("a4")), (Some("now"), Some("a4")));
    }

    #[test]
    fn content_length_is_one_number() {
        let of = |text: &str| Fields::parse(text).unwrap().content_length();
        assert_eq!(of("Content-Length: 5000"), Some(5000));
        assert_eq!(of("Content-Length: 7\ncontent-length: 7"), Some(7));
        assert_eq!(of("Content-Length: 7, 7\nContent-Length: 07"), Some(7), "a list of one number");
        assert_eq!(of("Content-Length: 99999999999999999999"), Some(u64::MAX));
        for text in [
            "",
            "Content-Length: +5",
            "Content-Length:",
            "Content-Length: 5,",
            "Content-Length: 5, 6",
            "Content-Length: 5\nContent-Length: 6",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn bad_fields_name_the_line_and_the_rule() {
        let message = |text: &str| Fields::parse(text).unwrap_err().to_string();
        assert!(message("A: 1\nB 2").contains("line 2 has no colon"));
        assert!(message("A b: 1").contains("\"A b\""));
        assert!(message(": 1").contains("field name"));
        assert!(message("A: 1\rSet-Cookie: x").contains("the value of A holds"));
        assert!(message(&"A: 1\n".repeat(2_000_000)).contains("10000000 bytes"));
    }
}
