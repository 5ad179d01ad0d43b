//! What one invalidation names: paths and tags together, and the caller's own reference.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{InvalidationError, InvalidationId, InvalidationPath, Tag, Tags};
use crate::edge::CacheKey;

/// One item of an invalidation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Item {
    /// A path, or a prefix of paths.
    Path(InvalidationPath),
    /// A tag, written `#tag`.
    Tag(Tag),
}

impl Item {
    /// Reads an item as the API does.
    pub fn new(text: &str) -> Result<Self, InvalidationError> {
        Self::read(text, InvalidationPath::new)
    }

    /// Reads an item as the console does, where a path may do without its slash (INV-01).
    pub fn of_console(text: &str) -> Result<Self, InvalidationError> {
        Self::read(text, InvalidationPath::of_console)
    }

    fn read(
        text: &str,
        path: fn(&str) -> Result<InvalidationPath, InvalidationError>,
    ) -> Result<Self, InvalidationError> {
        match text.strip_prefix('#') {
            Some(tag) => Tag::new(tag).map(Self::Tag), // TAG-06
            None => path(text).map(Self::Path),
        }
    }

    /// Whether it is a path that ends in the wildcard. A tag has none (TAG-06).
    pub fn is_wildcard(&self) -> bool {
        matches!(self, Self::Path(path) if path.is_wildcard())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Tag(tag) => tag.fmt(f),
        }
    }
}

impl TryFrom<String> for Item {
    type Error = InvalidationError;
    fn try_from(text: String) -> Result<Self, InvalidationError> {
        Self::new(&text)
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

/// What one invalidation names: at least one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Batch {
    items: Vec<Item>,
    /// Tells a request that is sent twice from two requests. Without one each is a request of its own, as in the console.
    #[serde(skip_serializing_if = "Option::is_none")]
    caller_reference: Option<String>,
}

/// A batch as it is read.
#[derive(Deserialize)]
struct Parts {
    items: Vec<Item>,
    #[serde(default)]
    caller_reference: Option<String>,
}

impl Batch {
    /// MODEL: no page says how much is too large (INV-42). What could never be in progress at once is: 3,000 paths and,
    /// besides them, 15 wildcards (INV-44).
    pub const MOST_ITEMS: usize = 3_015;

    /// Takes from one item to [`Batch::MOST_ITEMS`].
    pub fn new(
        items: Vec<Item>,
        caller_reference: Option<String>,
    ) -> Result<Self, InvalidationError> {
        match items.len() {
            0 => Err(InvalidationError::Nothing),
            given if given > Self::MOST_ITEMS => Err(InvalidationError::BatchTooLarge { given }), // INV-42
            _ => Ok(Self { items, caller_reference }),
        }
    }

    /// A single path.
    pub fn of(path: InvalidationPath) -> Self {
        Self { items: vec![Item::Path(path)], caller_reference: None }
    }

    /// The items as given; each counts as one path (INV-47, TAG-08).
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The caller's own reference, if there is one.
    pub fn caller_reference(&self) -> Option<&str> {
        self.caller_reference.as_deref()
    }

    /// How many of its items are paths with the wildcard.
    pub fn wildcards(&self) -> usize {
        self.items.iter().filter(|item| item.is_wildcard()).count()
    }

    /// Whether it names tags.
    pub fn has_tags(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Tag(_)))
    }
}

impl TryFrom<Parts> for Batch {
    type Error = InvalidationError;
    fn try_from(parts: Parts) -> Result<Self, InvalidationError> {
        Self::new(parts.items, parts.caller_reference)
    }
}

impl fmt::Display for Batch {
    /// `/img/*`, or `/img/*, /a and #sale`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.items.len() - 1;
        for (at, item) in self.items.iter().enumerate() {
            match at {
                0 => {}
                _ if at == last => f.write_str(" and ")?,
                _ => f.write_str(", ")?,
            }
            item.fmt(f)?;
        }
        Ok(())
    }
}

/// An invalidation on its way to the tiers.
#[derive(Clone, Debug)]
pub struct Purge {
    /// Which one.
    pub id: InvalidationId,
    /// What it names.
    pub batch: Arc<Batch>,
    /// The field that tags are read from now, if there is one (TAG-01).
    pub tag_header: Option<Arc<str>>,
    /// The name of the distribution whose copies are meant: another one's stay (KEY-12).
    pub domain: Arc<str>,
}

impl Purge {
    /// Whether one of its paths means this key.
    pub fn names(&self, key: &CacheKey) -> bool {
        // TAG-08
        self.is_of(key)
            && self
                .batch
                .items
                .iter()
                .any(|item| matches!(item, Item::Path(path) if path.matches(key)))
    }

    /// Whether a key is one of the distribution's.
    pub fn is_of(&self, key: &CacheKey) -> bool {
        key.host() == &*self.domain
    }

    /// Whether one of its tags is among these: any will do (TAG-07).
    pub fn names_one_of(&self, tags: Option<&Arc<Tags>>) -> bool {
        let Some(tags) = tags else { return false };
        let header = self.tag_header.as_deref();
        // TAG-07
        self.batch.items.iter().any(|item| matches!(item, Item::Tag(tag) if tags.has(tag, header)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn batch(items: &[&str]) -> Result<Batch, InvalidationError> {
        Batch::new(items.iter().map(|item| Item::new(item)).collect::<Result<_, _>>()?, None)
    }

    #[test]
    fn tag_06_08_items_are_paths_and_tags() {
        let mixed = batch(&["/img/*", "#Sale", "/a*b", "#a*"]).unwrap();
        assert_eq!(mixed.to_string(), "/img/*, #sale, /a*b and #a*");
        assert_eq!((mixed.wildcards(), mixed.has_tags()), (1, true), "TAG-06: #a* is no wildcard");
        assert!(!batch(&["/a"]).unwrap().has_tags());
        assert_eq!(Item::new("##").unwrap().to_string(), "##", "# is a character of a tag");
        assert!(
            Item::new("#").is_err() && Item::new("#a b").is_err() && Item::new("sale").is_err()
        );
    }

    #[test]
    fn inv_01_items_of_the_console_may_do_without_the_slash() {
        assert_eq!(Item::of_console("img/*").unwrap().to_string(), "/img/*");
        assert_eq!(Item::of_console("#Sale"), Item::new("#sale"));
        assert_eq!(Item::new("img/*").unwrap_err().code(), "InvalidArgument");
    }

    #[test]
    fn inv_42_no_items_and_too_many() {
        assert_eq!(batch(&[]).unwrap_err().code(), "InvalidArgument");
        let many = |count| batch(&vec!["/a"; count]);
        assert!(many(3_015).is_ok());
        let refused = many(3_016).unwrap_err();
        assert_eq!((refused.code(), refused.http_status().0), ("BatchTooLarge", 413));
        assert!(refused.to_string().ends_with("at most 3015 paths and tags; this one names 3016"));
    }

    #[test]
    fn a_batch_is_easily_written_and_never_read_ill_formed() {
        let one: Batch = serde_json::from_str(r#"{"items":["/img/*"]}"#).unwrap();
        assert_eq!(one, Batch::of(InvalidationPath::new("/img/*").unwrap()));
        assert_eq!(serde_json::to_string(&one).unwrap(), r#"{"items":["/img/*"]}"#);
        let text = r##"{"items":["/a","#b"],"caller_reference":"7"}"##;
        let two: Batch = serde_json::from_str(text).unwrap();
        assert_eq!(two.caller_reference(), Some("7"));
        assert_eq!(serde_json::to_string(&two).unwrap(), text);
        for bad in [r#"{"items":[]}"#, r#"{"items":["a"]}"#, "{}", r##"{"items":["#"]}"##] {
            assert!(serde_json::from_str::<Batch>(bad).is_err(), "{bad}");
        }
    }
}
