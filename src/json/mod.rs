//! Floor 0. JSON as it came: members in their order, numbers as they were written; read, changed by path, and written for
//! people to read.
//!
//! It is a type of its own because a `serde_json::Value` sorts the members of an object, and says no more of a number.

mod read;
pub use read::JsonError;

mod write;

mod path;
pub use path::{Part, Path, PathError};

mod pairs;
pub use pairs::{Pair, pairs};

mod edit;
pub use edit::NoSuchPlace;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A whole number of 64 bits.
    Whole(i64),
    /// With decimals or an exponent, or too large for 64 bits: as it was written.
    Fraction(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// The members of an object, in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A string.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A list of strings.
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// An object with these members.
    pub fn object<'n>(members: impl IntoIterator<Item = (&'n str, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A member of an object; of two with one name the last, as other readers of JSON do (RFC 8259 section 4).
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        let found = members.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value).filter(|value| **value != Self::Null)
    }

    /// The members of an object in their order, none of anything else.
    pub fn members(&self) -> &[(String, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// The items of a list, none of anything else.
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// What a string holds.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_are_kept_and_shown_as_they_came() {
        let table = [
            ("7", "7"),
            ("-7", "-7"),
            ("0.5", "0.5"),
            ("-12.3456789", "-12.3456789"),
            ("30.0", "30"),
            ("18446744073709551615", "18446744073709551615"),
            ("1e300", "1e300"),
        ];
        for (text, shown) in table {
            let json = Json::parse(text).unwrap();
            assert_eq!((json.shown(), json.write()), (shown.into(), format!("{shown}\n")));
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let text = r#"{"a": [], "b": {}, "c": [1, -2, true, null, "x\"\\\n\u0000\u001f\u00e4\ud83d\ude00"], "d": [{"e": [[1], 2.50]}]}"#;
        let json = Json::parse(text).unwrap();
        let written = json.write();
        assert_eq!(Json::parse(&written).unwrap(), json, "{written}");
        assert_eq!(Json::parse(&json.write_short()).unwrap(), json);
        assert!(
            written.starts_with("{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [1, -2, true,"),
            "{written}"
        );
        assert!(
            written.ends_with(
                "\"d\": [\n    {\n      \"e\": [\n        [1],\n        2.50\n      ]\n    }\n  ]\n}\n"
            ),
            "{written}"
        );
    }

    #[test]
    fn members_keep_their_order_and_the_last_of_a_name_counts() {
        let json = Json::parse(r#"{"b": 1, "a": null, "b": 2}"#).unwrap();
        assert_eq!(
            json.members().iter().map(|(name, _)| &**name).collect::<Vec<_>>(),
            ["b", "a", "b"]
        );
        assert_eq!((json.member("b"), json.member("a")), (Some(&Json::Whole(2)), None));
    }
}
