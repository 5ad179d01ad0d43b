//! What holds whatever a parser is given: an answer or a typed error, never a panic, and the properties below.
//!
//! One function a parser, each from bytes. Where a check needs several texts, they stand one behind the other with a NUL
//! between them.

mod documents;
pub use documents::{distribution, policy, walk};

mod forms;
pub use forms::{link, walk_file};

mod key;
pub use key::{accept_encoding, cookies, query};

mod log;
pub use log::access_log;

mod message;
pub use message::{cache_control, curl_text, entity_tags, fields, http_date, status, target};

mod paths;
pub use paths::{batch, invalidation, path_pattern, tags};

mod ranges;
pub use ranges::{content_range, intervals, range};

use std::borrow::Cow;

use edgewalk::http::{Field, Fields};

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The texts between the NULs; those that are missing are empty.
fn texts<const N: usize>(data: &[u8]) -> [Cow<'_, str>; N] {
    let mut parts = data.splitn(N, |byte| *byte == 0).map(text);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// A message with one field, or none where the value is no field value.
fn one_field(name: &str, value: &str) -> Option<Fields> {
    Field::new(name, value).ok().map(|field| [field].into_iter().collect())
}

/// What is written as JSON is read as the same.
fn comes_back<T>(value: &T)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value, "{json}");
}
