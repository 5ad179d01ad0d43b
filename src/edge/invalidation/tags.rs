//! Cache tags (caching.md section 8.3): words that the origin puts on an object, by which it can be invalidated.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::InvalidationError;
use crate::http::Fields;

/// One cache tag, in lower case, since case does not count (TAG-03).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(Box<str>);

impl Tag {
    /// The most characters of a tag (TAG-04).
    pub const LIMIT: usize = 256;

    /// Reads one tag, without the `#` that an invalidation puts before it.
    pub fn new(text: &str) -> Result<Self, InvalidationError> {
        let given = text.len();
        if given == 0 || given > Self::LIMIT {
            return Err(InvalidationError::TagLength { given }); // TAG-04
        }
        // TAG-04: 33 to 126, and no comma.
        if text.bytes().any(|byte| !byte.is_ascii_graphic() || byte == b',') {
            return Err(InvalidationError::TagCharacter { given: text.to_owned() });
        }
        Ok(Self(text.to_ascii_lowercase().into())) // TAG-03
    }

    /// The tag, without its `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// The tags of a stored response, and the name of the field that they came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    header: Box<str>,
    tags: Box<[Tag]>,
}

impl Tags {
    /// The most tags of an object (TAG-05).
    pub const MOST: usize = 50;

    /// The tags of a response, if the distribution names a field for them and there are any. What is no tag is passed
    /// over, and not counted.
    pub fn of(fields: &Fields, header: Option<&str>) -> Option<Arc<Self>> {
        let header = header?; // TAG-01
        let words = fields.all(header).flat_map(|value| value.split(',')); // TAG-02
        let words = words.map(|word| word.trim_matches([' ', '\t'])); // TAG-02
        let tags = words.filter_map(|word| Tag::new(word).ok()); // TAG-04
        let tags: Box<[Tag]> = tags.take(Self::MOST).collect(); // TAG-05
        (!tags.is_empty()).then(|| Arc::new(Self { header: header.into(), tags }))
    }

    /// TAG-14 (MODEL): the tags after a 304: its own if it has the field, else those that were there.
    pub fn confirmed(
        held: Option<&Arc<Self>>,
        not_modified: &Fields,
        header: Option<&str>,
    ) -> Option<Arc<Self>> {
        if header.is_some_and(|header| not_modified.has(header)) {
            Self::of(not_modified, header)
        } else {
            held.cloned()
        }
    }

    /// Whether the tag is among them, while tags are read from this field; those that came in another one no longer count.
    pub fn has(&self, tag: &Tag, header: Option<&str>) -> bool {
        let is_in_use = header.is_some_and(|header| header.eq_ignore_ascii_case(&self.header)); // TAG-10, TAG-11
        is_in_use && self.tags.contains(tag) // TAG-06
    }

    /// All of them, in the origin's order.
    pub fn iter(&self) -> impl Iterator<Item = &Tag> {
        self.tags.iter()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEADER: Option<&str> = Some("Cache-Tag");

    fn tags(fields: &str) -> Vec<String> {
        let tags = Tags::of(&Fields::parse(fields).unwrap(), HEADER);
        tags.iter().flat_map(|tags| tags.iter()).map(|tag| tag.as_str().to_owned()).collect()
    }

    #[test]
    fn tag_01_without_a_configured_field_there_are_none() {
        let fields = Fields::parse("Cache-Tag: a").unwrap();
        assert!(Tags::of(&fields, None).is_none());
        assert!(Tags::of(&fields, Some("X-Tag")).is_none());
        assert!(Tags::of(&fields, Some("cache-tag")).is_some(), "a field's name has no case");
    }

    #[test]
    fn tag_02_03_a_list_with_spaces_around_and_without_case() {
        assert_eq!(tags("Cache-Tag: a, b,c"), ["a", "b", "c"]);
        assert_eq!(
            tags("Cache-Tag: \t a ,, b,\nCache-Tag: c"),
            ["a", "b", "c"],
            "two lines, one list"
        );
        assert_eq!(tags("Cache-Tag: Product:X"), ["product:x"], "TAG-03");
        assert_eq!(Tag::new("Product:X"), Tag::new("pRODUCT:x"), "TAG-03");
        assert!(tags("Cache-Tag:").is_empty());
    }

    #[test]
    fn tag_04_visible_ascii_of_at_most_256_characters() {
        let visible: String = (33..=126_u8).map(char::from).filter(|c| *c != ',').collect();
        assert_eq!(tags(&format!("Cache-Tag: {visible}")), [visible.to_ascii_lowercase()]);
        assert_eq!(tags("Cache-Tag: a b, ä, c"), ["c"], "neither a space nor anything above 126");
        for bad in ["a b", "a,b", "ä", "\u{7f}"] {
            let given = bad.to_owned();
            assert_eq!(Tag::new(bad), Err(InvalidationError::TagCharacter { given }));
        }
        let long = |count| "t".repeat(count);
        assert_eq!(tags(&format!("Cache-Tag: {}, {}", long(257), long(256))), [long(256)]);
        assert_eq!(Tag::new(&long(257)), Err(InvalidationError::TagLength { given: 257 }));
        let empty = Tag::new("").unwrap_err();
        assert_eq!((empty.code(), empty.http_status().0), ("InvalidArgument", 400));
    }

    #[test]
    fn tag_05_the_51st_is_not_stored() {
        let all: Vec<String> = (1..=52).map(|number| format!("t{number}")).collect();
        assert_eq!(tags(&format!("Cache-Tag: {}", all.join(", "))), all[..50]);
        assert_eq!(tags(&format!("Cache-Tag: ä b, {}", all.join(", "))), all[..50]);
    }

    #[test]
    fn tag_06_10_11_exact_and_only_while_the_field_is_the_one_they_came_in() {
        let tags = Tags::of(&Fields::parse("Cache-Tag: sale, sale*").unwrap(), HEADER).unwrap();
        let has = |tag, header| tags.has(&Tag::new(tag).unwrap(), header);
        assert!(has("SALE", HEADER) && has("sale", Some("CACHE-TAG")));
        assert!(!has("sal", HEADER) && !has("sales", HEADER), "TAG-06");
        assert!(
            has("sale*", HEADER) && !has("s*", HEADER),
            "TAG-06: a * is a character like others"
        );
        assert!(!has("sale", Some("X-Tag")), "TAG-10");
        assert!(!has("sale", None), "TAG-11");
    }

    #[test]
    fn tag_14_a_304_replaces_the_tags_where_it_has_the_field() {
        let held = Tags::of(&Fields::parse("Cache-Tag: old").unwrap(), HEADER);
        let after = |fields: &str| {
            let tags = Tags::confirmed(held.as_ref(), &Fields::parse(fields).unwrap(), HEADER);
            tags.iter().flat_map(|tags| tags.iter()).map(Tag::to_string).collect::<Vec<_>>()
        };
        assert_eq!(after("Cache-Tag: new, more"), ["#new", "#more"]);
        assert_eq!(after("ETag: \"1\""), ["#old"]);
        assert!(after("Cache-Tag:").is_empty(), "an empty field takes them away");
    }
}
