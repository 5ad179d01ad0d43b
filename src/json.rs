//! Floor 0. JSON as it came: members in their order, numbers whole wherever they are; and written for people to read.
//!
//! It is a type of its own because a `serde_json::Value` sorts the members of an object, and says no more of a number.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A whole number of 64 bits.
    Whole(i64),
    /// With decimals, or too large for 64 bits.
    Fraction(f64),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// The members of an object, in their order.
    Object(Vec<(String, Json)>),
}

/// Why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// There is no text.
    #[error("there is nothing to read")]
    Empty,
    /// Something stands there that should not.
    #[error("this is not JSON: {reason} at line {line}, column {column}")]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// What stands there.
        reason: String,
    },
}

impl Json {
    /// Reads a text; nesting beyond 128 levels is refused as malformed.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(JsonError::Empty);
        }
        serde_json::from_str(text).map_err(|error| JsonError::Malformed {
            line: error.line(),
            column: error.column(),
            reason: reason(&error),
        })
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

    /// As a text with its line breaks, for people to read: a list that holds no other and no object stands in one line.
    pub fn write(&self) -> String {
        let mut text = String::new();
        self.write_at(0, &mut text);
        text.push('\n');
        text
    }

    fn write_at(&self, depth: usize, text: &mut String) {
        let is_plain = |json: &Self| !matches!(json, Self::List(_) | Self::Object(_));
        match self {
            Self::Text(plain) => quote(plain, text),
            Self::List(items) if items.iter().all(is_plain) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    item.write_at(depth, text);
                }
                text.push(']');
            }
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    text.push(if index > 0 { ',' } else { '[' });
                    new_line(depth + 1, text);
                    item.write_at(depth + 1, text);
                }
                new_line(depth, text);
                text.push(']');
            }
            Self::Object(members) if members.is_empty() => text.push_str("{}"),
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push(if index > 0 { ',' } else { '{' });
                    new_line(depth + 1, text);
                    quote(name, text);
                    text.push_str(": ");
                    value.write_at(depth + 1, text);
                }
                new_line(depth, text);
                text.push('}');
            }
            plain => text.push_str(&plain.shown()),
        }
    }

    /// How it is quoted in a message: short, and in one line.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Fraction(number) => decimal(*number),
            Self::Text(text) => format!("{:?}", text.chars().take(80).collect::<String>()),
            Self::List(items) => format!("a list of {}", items.len()),
            Self::Object(_) => "an object".into(),
        }
    }
}

fn new_line(depth: usize, text: &mut String) {
    text.push('\n');
    (0..depth).for_each(|_| text.push_str("  "));
}

/// RFC 8259 section 7.
fn quote(plain: &str, text: &mut String) {
    text.push('"');
    for letter in plain.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                text.push_str(if letter < '\u{10}' { "\\u000" } else { "\\u001" });
                text.extend(char::from_digit(u32::from(letter) % 16, 16));
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
}

/// What is wrong, without the place, which the error has besides.
fn reason(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(place) = text.rfind(" at line ") {
        text.truncate(place);
    }
    text
}

/// Up to four decimals, by whole numbers alone.
fn decimal(number: f64) -> String {
    let ten_thousandths = number.abs() * 10_000.0 + 0.5;
    if ten_thousandths >= 1e18 {
        return "a number of more than 64 bits".into();
    }
    let ten_thousandths = ten_thousandths as u64;
    let sign = if number < 0.0 { "-" } else { "" };
    let text = format!("{sign}{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Fraction(number as f64), Json::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        // `30.0` is whole, too.
        let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
        Ok(if is_whole { Json::Whole(number as i64) } else { Json::Fraction(number) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_are_shown_as_they_came() {
        let table = [
            ("7", "7"),
            ("-7", "-7"),
            ("0.5", "0.5"),
            ("-12.3456", "-12.3456"),
            ("30.0", "30"),
            ("18446744073709551615", "a number of more than 64 bits"),
            ("1e300", "a number of more than 64 bits"),
        ];
        for (text, shown) in table {
            assert_eq!(Json::parse(text).unwrap().shown(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let text = r#"{"a": [], "b": {}, "c": [1, -2, true, null, "x\"\\\n\u0000\u001f\u00e4\ud83d\ude00"], "d": [{"e": [[1], 2]}]}"#;
        let json = Json::parse(text).unwrap();
        let written = json.write();
        assert_eq!(Json::parse(&written).unwrap(), json, "{written}");
        assert_eq!(serde_json::from_str::<Json>(&written).unwrap(), json);
        assert!(
            written.starts_with("{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [1, -2, true,"),
            "{written}"
        );
        assert!(
            written.ends_with(
                "\"d\": [\n    {\n      \"e\": [\n        [1],\n        2\n      ]\n    }\n  ]\n}\n"
            ),
            "{written}"
        );
    }

    #[test]
    fn members_keep_their_order_and_the_last_of_a_name_counts() {
        let json = Json::parse(r#"{"b": 1, "a": null, "b": 2}"#).unwrap();
        let Json::Object(members) = &json else { unreachable!() };
        assert_eq!(members.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["b", "a", "b"]);
        assert_eq!((json.member("b"), json.member("a")), (Some(&Json::Whole(2)), None));
    }
}
