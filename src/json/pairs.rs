//! Two objects, name by name.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::Json;

/// A name that one of two objects has, with what it is in each; of `null` as of nothing.
pub type Pair<'j> = (&'j str, Option<&'j Json>, Option<&'j Json>);

/// All names of two objects, each once: those of the first in its order, then what the second has besides. An object may be as
/// wide as a text is long, so each is looked through once.
pub fn pairs<'j>(one: Option<&'j Json>, other: Option<&'j Json>) -> Vec<Pair<'j>> {
    let (first, second) = (by_name(one), by_name(other));
    let members = |json: Option<&'j Json>| json.map_or(&[][..], Json::members).iter();
    let more = members(other).filter(|(name, _)| !first.contains_key(name.as_str()));
    let mut told: HashMap<&str, (), FixedState> = HashMap::default();
    members(one)
        .chain(more)
        .filter(|(name, _)| told.insert(name, ()).is_none())
        .map(|(name, _)| {
            let of = |all: &HashMap<&'j str, &'j Json, FixedState>| all.get(name.as_str()).copied();
            (name.as_str(), of(&first), of(&second))
        })
        .map(|(name, one, other)| (name, said(one), said(other)))
        .collect()
}

/// Of two members with one name the last counts.
fn by_name(json: Option<&Json>) -> HashMap<&str, &Json, FixedState> {
    let members = json.map_or(&[][..], Json::members).iter();
    members.map(|(name, value)| (name.as_str(), value)).collect()
}

fn said(value: Option<&Json>) -> Option<&Json> {
    value.filter(|value| **value != Json::Null)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_name_once_and_of_two_the_last() {
        let one = Json::parse(r#"{"b": 1, "a": 2, "b": 3, "n": null}"#).unwrap();
        let other = Json::parse(r#"{"c": 4, "a": 2, "c": 5}"#).unwrap();
        let number = |value: Option<&Json>| value.map(Json::shown).unwrap_or_default();
        let all: Vec<_> = pairs(Some(&one), Some(&other))
            .into_iter()
            .map(|(name, one, other)| (name, number(one), number(other)))
            .collect();
        let expected = [("b", "3", ""), ("a", "2", "2"), ("n", "", ""), ("c", "", "5")];
        assert_eq!(
            all,
            expected.map(|(name, one, other)| (name, one.to_owned(), other.to_owned()))
        );
        assert_eq!(pairs(None, Some(&Json::Whole(1))), []);
    }

    #[test]
    fn wide_objects_are_looked_through_once() {
        let wide = |from: i64| {
            let names: Vec<String> =
                (from..from + 100_000).map(|n| format!("member-{n}")).collect();
            Json::object(names.iter().map(|name| (name.as_str(), Json::Whole(1))))
        };
        // Compared each with each, these would be ten thousand million names.
        assert_eq!(pairs(Some(&wide(0)), Some(&wide(50_000))).len(), 150_000);
    }
}
