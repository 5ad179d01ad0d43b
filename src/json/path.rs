//! A place in a value, as in `Origins.Items[0].OriginShield.Enabled`.

use std::fmt;
use std::str::FromStr;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Into an object.
    Member(String),
    /// Into a list, from 0.
    Item(usize),
}

/// The steps from a value to one within it; none of them is the value itself.
///
/// ```
/// use edgewalk::json::{Json, Path};
///
/// let json = Json::parse(r#"{"a": [{"b": 7}]}"#).expect("this is JSON");
/// let path: Path = "a[0].b".parse().expect("this is a path");
/// assert_eq!(json.at(&path), Some(&Json::Whole(7)));
/// assert_eq!(path.to_string(), "a[0].b");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Part>);

/// A text that is no path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a path is made of names with dots between and of places in lists, as in Origins.Items[0].Id, not {given:?}"
)]
pub struct PathError {
    /// The text, shortened.
    pub given: String,
}

impl Path {
    /// The steps.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The same with a step into an object.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        self.with(Part::Member(name.to_owned()))
    }

    /// The same with a step into a list.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.with(Part::Item(index))
    }

    /// The same with more steps behind it.
    #[must_use]
    pub fn joined(&self, rest: &Self) -> Self {
        Self([&self.0[..], &rest.0].concat())
    }

    fn with(&self, part: Part) -> Self {
        Self([&self.0[..], &[part]].concat())
    }

    /// The steps behind a first one into this member, if that is the first.
    pub fn within(&self, name: &str) -> Option<Self> {
        match self.0.split_first() {
            Some((Part::Member(first), rest)) if first == name => Some(Self(rest.to_vec())),
            _ => None,
        }
    }

    /// Without the last step, and the last step.
    pub fn split_last(&self) -> Option<(Self, &Part)> {
        let (last, before) = self.0.split_last()?;
        Some((Self(before.to_vec()), last))
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let wrong = || PathError { given: text.chars().take(80).collect() };
        let mut parts = Vec::new();
        for (index, step) in text.split('.').enumerate() {
            let (name, places) = step.split_at(step.find('[').unwrap_or(step.len()));
            match name {
                "" if index > 0 || (places.is_empty() && !text.is_empty()) => return Err(wrong()),
                "" => {}
                name => parts.push(Part::Member(name.to_owned())),
            }
            let mut rest = places;
            while !rest.is_empty() {
                let (place, behind) = rest
                    .strip_prefix('[')
                    .and_then(|rest| rest.split_once(']'))
                    .ok_or_else(wrong)?;
                let is_number = place.bytes().all(|byte| byte.is_ascii_digit());
                let place = place.parse().ok().filter(|_| is_number).ok_or_else(wrong)?;
                parts.push(Part::Item(place));
                rest = behind;
            }
        }
        Ok(Self(parts))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            match part {
                Part::Member(name) if index == 0 => f.write_str(name)?,
                Part::Member(name) => write!(f, ".{name}")?,
                Part::Item(place) => write!(f, "[{place}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for text in ["", "a", "a.b", "a[0]", "a.b[12].c", "[3]", "a[0][1].b"] {
            assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
        }
        let path = Path::default().member("Origins").member("Items").item(2);
        assert_eq!(path.to_string(), "Origins.Items[2]");
        assert_eq!(path.split_last(), Some(("Origins.Items".parse().unwrap(), &Part::Item(2))));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in
            [".", "a.", ".a", "a..b", "a[", "a[x]", "a[]", "a[-1]", "a[0]b", "a[+1]", "a.[0]"]
        {
            assert!(
                text.parse::<Path>().unwrap_err().to_string().contains("as in Origins"),
                "{text}"
            );
        }
    }
}
