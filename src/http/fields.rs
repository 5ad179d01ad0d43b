//! Header fields: an ordered list of names and values (RFC 9110 section 5).

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// One field line: a name and a value. Cheap to copy, since every hop copies most fields of the one before. What comes in
/// with a file is checked like what is typed, so that no value starts a field of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Field {
    name: Cow<'static, str>,
    value: Arc<str>,
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
        Ok(Self { name: Cow::Owned(name.to_owned()), value: value.into() })
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
}

/// The fields of one message, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<Field>);

impl Fields {
    /// The longest text that [`Fields::parse`] takes, in bytes.
    pub const LIMIT: usize = 131_072;

    /// No field.
    pub const fn new() -> Self {
        Self(Vec::new())
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
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The value of the first field of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|field| field.is(name)).map(Field::value)
    }

    /// The values of all fields of that name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |field| field.is(name)).map(Field::value)
    }

    /// Whether there is a field of that name.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a field behind the others.
    pub fn push(&mut self, field: Field) {
        self.0.push(field);
    }

    /// Adds a field whose name and value this program made itself.
    ///
    /// A value that is none (it can only come of a slip in the program) is added without its control characters.
    pub fn add(&mut self, name: &'static str, value: impl Into<Arc<str>>) {
        self.add_made(name, value.into());
    }

    fn add_made(&mut self, name: &'static str, mut value: Arc<str>) {
        if value.contains(|c: char| c.is_control()) {
            value = value.chars().filter(|c| !c.is_control()).collect::<String>().into();
        }
        self.0.push(Field { name: Cow::Borrowed(name), value });
    }

    /// Replaces all fields of that name by one, at the place of the first.
    pub fn set(&mut self, name: &'static str, value: impl Into<Arc<str>>) {
        let place = self.0.iter().position(|field| field.is(name));
        self.remove(name);
        self.add(name, value);
        if let Some(place) = place {
            self.0[place..].rotate_right(1);
        }
    }

    /// Removes all fields of that name and says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|field| !field.is(name));
        self.0.len() != before
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &Field> {
        self.0.iter()
    }

    /// How many field lines there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their length on the wire: name, colon, space, value and line break of each, in bytes.
    pub fn size_bytes(&self) -> u64 {
        self.0.iter().map(|field| (field.name.len() + field.value.len() + 4) as u64).sum()
    }
}

impl FromIterator<Field> for Fields {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
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
