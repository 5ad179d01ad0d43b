//! A field's name, with a mark by which others are told apart at a glance.

use serde::{Serialize, Serializer};

use super::Text;

/// A name as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    mark: Mark,
    text: Text,
}

/// What is seen of a name at a glance: its length and three of its letters in lower case. Equal names have equal marks, and
/// most others have another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u32);

/// Any odd number that spreads the names in use well.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The mark of a name. Where the name is known to the compiler, so is its mark.
#[inline]
pub(super) const fn mark(name: &str) -> Mark {
    let bytes = name.as_bytes();
    let length = bytes.len();
    if length == 0 {
        return Mark(0);
    }
    let (first, middle, last) = (bytes[0] | 32, bytes[length / 2] | 32, bytes[length - 1] | 32);
    Mark(u32::from_be_bytes([length as u8, first, middle, last]))
}

impl Mark {
    /// Two of 64 bits: all names of a list together leave most bits free, so that a name of which one is free is not among
    /// them.
    #[inline]
    pub(super) const fn bits(self) -> u64 {
        let mixed = (self.0 as u64).wrapping_mul(MIXER);
        1 << (mixed >> 58) | 1 << (mixed >> 52 & 63)
    }
}

impl Name {
    /// A name that came from outside.
    pub(super) fn copy(name: &str) -> Self {
        Self { mark: mark(name), text: Text::copy(name) }
    }

    /// As it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn mark(&self) -> Mark {
        self.mark
    }

    /// Whether it is the name with this mark, whatever its case (RFC 9110 5.1).
    #[inline]
    pub(super) fn is(&self, marked: Mark, name: &str) -> bool {
        self.mark == marked && (*self.text == *name || self.text.eq_ignore_ascii_case(name))
    }
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Self {
        Self { mark: mark(name), text: name.into() }
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_have_equal_marks() {
        for (one, other) in [("Cookie", "cOOKIE"), ("ETag", "etag"), ("X", "x"), ("", "")] {
            assert_eq!(mark(one), mark(other), "{one}");
            assert!(Name::from(one).is(mark(other), other) && Name::copy(other).is(mark(one), one));
        }
        assert!(!Name::from("Age").is(mark("Via"), "Via"));
    }

    #[test]
    fn one_letter_more_or_another_makes_another_mark() {
        // First letter, middle letter, last letter and length, one at a time.
        for (one, other) in [("Age", "bge"), ("Age", "Ahe"), ("Age", "Agf"), ("Aaa", "Aaaa")] {
            assert_ne!(mark(one), mark(other), "{one} {other}");
        }
        let usual = [
            "Accept",
            "Accept-Encoding",
            "Age",
            "Authorization",
            "Cache-Control",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Range",
            "Content-Type",
            "Cookie",
            "Date",
            "ETag",
            "Expires",
            "Host",
            "If-Modified-Since",
            "If-None-Match",
            "Last-Modified",
            "Location",
            "Range",
            "Server",
            "Set-Cookie",
            "User-Agent",
            "Vary",
            "Via",
        ];
        for (place, name) in usual.iter().enumerate() {
            assert!(usual[..place].iter().all(|other| mark(other) != mark(name)), "{name}");
        }
        let bits = usual.iter().fold(0, |bits, name| bits | mark(name).bits());
        // Fifty times one of sixty-four at random would leave twenty-nine free.
        assert!(bits.count_zeros() >= 24, "{} free", bits.count_zeros());
    }
}
