//! One header field: what may stand in its name and in its value (RFC 9110 section 5).

use serde::{Deserialize, Serialize};

use super::Text;
use super::name::{Mark, Name, mark};

/// One field line: a name and a value. Cheap to copy, since every hop copies most fields of the one before. What comes in
/// with a file is checked like what is typed, so that no value starts a field of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Field {
    name: Name,
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
        Ok(Self { name: Name::copy(name), value: Text::copy(value) })
    }

    /// A field whose name and value this program made itself; control characters in the value fall out.
    pub(super) fn made(name: &'static str, mut value: Text) -> Self {
        if value.bytes().any(|byte| byte.is_ascii_control()) {
            value = value.chars().filter(|c| !c.is_control()).collect::<String>().into();
        }
        Self { name: name.into(), value }
    }

    /// The name as it was written.
    pub fn name(&self) -> &str {
        self.name.text()
    }

    /// The value.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether this is the field `name`, whatever its case (RFC 9110 5.1).
    #[inline]
    pub fn is(&self, name: &str) -> bool {
        self.name.is(mark(name), name)
    }

    /// The mark of its name.
    #[inline]
    pub(super) const fn mark(&self) -> Mark {
        self.name.mark()
    }

    /// Whether this is the field `name`, which has the mark `marked`.
    #[inline]
    pub(super) fn is_marked(&self, marked: Mark, name: &str) -> bool {
        self.name.is(marked, name)
    }

    /// Name, colon, space, value and line break, in bytes.
    pub(super) fn size_bytes(&self) -> u64 {
        (self.name.text().len() + self.value.len() + 4) as u64
    }
}
