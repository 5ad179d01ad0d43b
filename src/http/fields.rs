//! Header fields: an ordered list of names and values (RFC 9110 section 5).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Text;

/// One field line: a name and a value. Cheap to copy, since every hop copies most fields of the one before. What comes in
/// with a file is checked like what is typed, so that no value starts a field of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Field {
    name: Text,
    value: Text,
}

/// A field as it stands in a file.
#[derive(Deserialize)]
struct Unchecked {
    name: String,
    value: String,
}

impl TryFrom<Unchecked> for Field {
    type Error = FieldError;

    fn try_from(read: Unchecked) -> Result<Self, FieldError> {
        Self::new(&read.name, &read.value)
    }
}

/// Why a text is no field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// RFC 9110 5.1: a field name is a token.
    #[error("a field name is made of letters, digits and !#$%&'*+-.^_`|~; this one is {given:?}")]
    Name {
        /// The name, shortened.
        given: String,
    },
    /// RFC 9110 5.5: no control characters, above all no line break, in a value.
    #[error(
        "the value of {name} holds the control character {found:?}, which would start a field of its own"
    )]
    Value {
        /// The field's name.
        name: String,
        /// The offending character.
        found: char,
    },
    /// A line without a colon.
    #[error("line {line} has no colon between name and value: {given:?}")]
    NoColon {
        /// Counted from 1.
        line: usize,
        /// The line, shortened.
        given: String,
    },
    /// A bound of this program, far above what any server takes.
    #[error("the fields have {given} bytes; at most {limit} are taken here")]
    TooLong {
        /// Their length in bytes.
        given: usize,
        /// The bound in bytes.
        limit: usize,
    },
}

impl Field {
    /// Checks name and value; white space around the value is not part of it (RFC 9110 5.5).
    pub fn new(name: &str, value: &str) -> Result<Self, FieldError> {
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(is_token) {
            return Err(FieldError::Name { given: name.chars().take(60).collect() });
        }
        let value = value.trim_matches([' ', '\t']);
        if let Some(found) = value.chars().find(|c| c.is_control() && *c != '\t') {
            return Err(FieldError::Value { name: name.to_owned(), found });
        }
        Ok(Self { name: Arc::<str>::from(name).into(), value: Arc::<str>::from(value).into() })
    }

    /// The name as it was written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether this is the field `name`, whatever its case (RFC 9110 5.1).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Name, colon, space, value and line break, in bytes.
    fn size_bytes(&self) -> u64 {
        (self.name.len() + self.value.len() + 4) as u64
    }
}

/// The fields of one message, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "Vec<Field>")]
pub struct Fields {
    list: Vec<Field>,
    /// Their length on the wire.
    size_bytes: u64,
    /// The marks of all names: a name whose mark is missing is not there.
    marks: u64,
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

impl From<Vec<Field>> for Fields {
    fn from(list: Vec<Field>) -> Self {
        let size_bytes = list.iter().map(Field::size_bytes).sum();
        let marks = list.iter().fold(0, |marks, field| marks | mark(&field.name));
        Self { list, size_bytes, marks }
    }
}

/// One of 64 bits, by a name's length and its first and last letter in lower case.
fn mark(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let [first, last] = [bytes.first(), bytes.last()].map(|byte| byte.map_or(0, |byte| byte | 32));
    1 << ((bytes.len() + usize::from(first) * 7 + usize::from(last) * 13) & 63)
}

impl Fields {
    /// The longest text that [`Fields::parse`] takes, in bytes.
    pub const LIMIT: usize = 131_072;

    /// No field.
    pub const fn new() -> Self {
        Self { list: Vec::new(), size_bytes: 0, marks: 0 }
    }

    /// No field, and room for so many.
    pub fn with_capacity(fields: usize) -> Self {
        Self { list: Vec::with_capacity(fields), ..Self::new() }
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
    pub fn get(&self, name: &str) -> Option<&str> {
        self.named(name).iter().find(|field| field.is(name)).map(Field::value)
    }

    /// The values of all fields of that name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.named(name).iter().filter(move |field| field.is(name)).map(Field::value)
    }

    /// Whether there is a field of that name.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The list, or nothing where the marks tell that no field has that name.
    fn named(&self, name: &str) -> &[Field] {
        if self.marks & mark(name) == 0 { &[] } else { &self.list }
    }

    /// Adds a field behind the others.
    pub fn push(&mut self, field: Field) {
        self.size_bytes += field.size_bytes();
        self.marks |= mark(&field.name);
        self.list.push(field);
    }

    /// Adds a field whose name and value this program made itself.
    ///
    /// A value that is none (it can only come of a slip in the program) is added without its control characters.
    pub fn add(&mut self, name: &'static str, value: impl Into<Text>) {
        self.add_made(name, value.into());
    }

    fn add_made(&mut self, name: &'static str, mut value: Text) {
        if value.bytes().any(|byte| byte.is_ascii_control()) {
            value = value.chars().filter(|c| !c.is_control()).collect::<String>().into();
        }
        self.push(Field { name: name.into(), value });
    }

    /// Replaces all fields of that name by one, at the place of the first.
    pub fn set(&mut self, name: &'static str, value: impl Into<Text>) {
        let place = self.list.iter().position(|field| field.is(name));
        self.remove(name);
        self.add(name, value);
        if let Some(place) = place {
            self.list[place..].rotate_right(1);
        }
    }

    /// Removes all fields of that name and says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        if !self.has(name) {
            return false;
        }
        let mut list = std::mem::take(&mut self.list);
        list.retain(|field| !field.is(name));
        *self = list.into();
        true
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &Field> {
        self.list.iter()
    }

    /// How many field lines there are.
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Their length on the wire: name, colon, space, value and line break of each, in bytes.
    pub const fn size_bytes(&self) -> u64 {
        self.size_bytes
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
    fn bad_fields_name_the_line_and_the_rule() {
        let message = |text: &str| Fields::parse(text).unwrap_err().to_string();
        assert!(message("A: 1\nB 2").contains("line 2 has no colon"));
        assert!(message("A b: 1").contains("\"A b\""));
        assert!(message(": 1").contains("field name"));
        assert!(message("A: 1\rSet-Cookie: x").contains("the value of A holds"));
        assert!(message(&"A: 1\n".repeat(2_000_000)).contains("10000000 bytes"));
    }
}
