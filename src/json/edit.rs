//! Changing a value by path. A change that is refused changes nothing.

use super::{Json, Part, Path};

/// A path that leads nowhere in this value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: there is no such place")]
pub struct NoSuchPlace {
    /// The path as far as it is missing.
    pub path: String,
}

impl NoSuchPlace {
    fn new(path: &Path) -> Self {
        Self { path: path.to_string() }
    }
}

impl Json {
    /// What stands at a path, if anything does.
    pub fn at(&self, path: &Path) -> Option<&Self> {
        path.parts().iter().try_fold(self, |json, part| match part {
            Part::Member(name) => json.member(name),
            Part::Item(place) => json.items().get(*place),
        })
    }

    /// Puts a value at a path, and returns what stood there. Objects that are missing on the way are made; items of lists
    /// are not.
    pub fn set(&mut self, path: &Path, value: Self) -> Result<Option<Self>, NoSuchPlace> {
        let absent = NoSuchPlace::new(path);
        if !self.can_hold(path.parts()) {
            return Err(absent);
        }
        let mut here = self;
        for part in path.parts() {
            here = here.made(part).ok_or_else(|| absent.clone())?;
        }
        let before = std::mem::replace(here, value);
        Ok(Some(before).filter(|before| *before != Self::Null))
    }

    /// Takes away what stands at a path, and returns it; the items of a list behind it move up.
    pub fn remove(&mut self, path: &Path) -> Result<Self, NoSuchPlace> {
        let absent = || NoSuchPlace::new(path);
        let (parent, last) = path.split_last().ok_or_else(absent)?;
        match (self.existing(&parent).ok_or_else(absent)?, last) {
            (Self::Object(members), Part::Member(name)) => {
                let place = members.iter().rposition(|(known, _)| known == name);
                let (_, value) = members.remove(place.ok_or_else(absent)?);
                // One with the same name before it was not read, and must not be read now.
                members.retain(|(known, _)| known != name);
                Ok(value)
            }
            (Self::List(items), Part::Item(place)) if *place < items.len() => {
                Ok(items.remove(*place))
            }
            _ => Err(absent()),
        }
    }

    /// Puts a value into a list before the item that a path names, or behind the last one. A list that is missing is made.
    pub fn insert(&mut self, path: &Path, value: Self) -> Result<(), NoSuchPlace> {
        let absent = || NoSuchPlace::new(path);
        let Some((parent, Part::Item(place))) = path.split_last() else { return Err(absent()) };
        if self.at(&parent).is_none() && *place == 0 {
            self.set(&parent, Self::List(vec![value]))?;
            return Ok(());
        }
        match self.existing(&parent) {
            Some(Self::List(items)) if *place <= items.len() => {
                items.insert(*place, value);
                Ok(())
            }
            _ => Err(absent()),
        }
    }

    /// Moves an item of the list at a path to another place; those between move up or down.
    pub fn shift(&mut self, list: &Path, from: usize, to: usize) -> Result<(), NoSuchPlace> {
        match self.existing(list) {
            Some(Self::List(items)) if from < items.len() && to < items.len() => {
                let item = items.remove(from);
                items.insert(to, item);
                Ok(())
            }
            _ => Err(NoSuchPlace::new(&list.item(from.max(to)))),
        }
    }

    /// What stands at a path, to be changed.
    fn existing(&mut self, path: &Path) -> Option<&mut Self> {
        path.parts().iter().try_fold(self, |json, part| match (json, part) {
            (Self::Object(members), Part::Member(name)) => {
                members.iter_mut().rev().find(|(known, _)| known == name).map(|(_, value)| value)
            }
            (Self::List(items), Part::Item(place)) => items.get_mut(*place),
            _ => None,
        })
    }

    /// Whether a path leads somewhere, or would if the objects that are missing were made.
    fn can_hold(&self, parts: &[Part]) -> bool {
        let Some((part, rest)) = parts.split_first() else { return true };
        match (self, part) {
            (Self::Object(_) | Self::Null, Part::Member(name)) => {
                self.member(name).unwrap_or(&Self::Null).can_hold(rest)
            }
            (Self::List(items), Part::Item(place)) => {
                items.get(*place).is_some_and(|item| item.can_hold(rest))
            }
            _ => false,
        }
    }

    /// The place of one step, made if it is a member that is missing.
    fn made(&mut self, part: &Part) -> Option<&mut Self> {
        if *self == Self::Null {
            *self = Self::Object(Vec::new());
        }
        match (self, part) {
            (Self::Object(members), Part::Member(name)) => {
                let known = members.iter().rposition(|(known, _)| known == name);
                let place = known.unwrap_or(members.len());
                if known.is_none() {
                    members.push((name.clone(), Self::Null));
                }
                members.get_mut(place).map(|(_, value)| value)
            }
            (Self::List(items), Part::Item(place)) => items.get_mut(*place),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    fn example() -> Json {
        Json::parse(r#"{"a": {"x": 1, "y": [10, 20, 30]}, "b": null, "c": 1, "c": 2}"#).unwrap()
    }

    #[test]
    fn a_value_is_set_found_and_taken_away_by_its_path() {
        let mut json = example();
        assert_eq!(json.at(&path("a.y[1]")), Some(&Json::Whole(20)));
        assert_eq!(json.set(&path("a.y[1]"), Json::Flag(true)), Ok(Some(Json::Whole(20))));
        assert_eq!(json.set(&path("a.z.deep"), Json::Whole(7)), Ok(None));
        assert_eq!(json.set(&path("b.deep"), Json::Whole(8)), Ok(None), "null is nothing");
        assert_eq!(json.remove(&path("a.x")), Ok(Json::Whole(1)));
        assert_eq!(json.remove(&path("c")), Ok(Json::Whole(2)));
        let expected = r#"{"a":{"y":[10,true,30],"z":{"deep":7}},"b":{"deep":8}}"#;
        assert_eq!(json.write_short(), expected);
    }

    #[test]
    fn items_are_put_between_moved_and_taken_out() {
        let mut json = example();
        json.insert(&path("a.y[0]"), Json::Whole(5)).unwrap();
        json.insert(&path("a.y[4]"), Json::Whole(40)).unwrap();
        json.shift(&path("a.y"), 0, 3).unwrap();
        json.remove(&path("a.y[1]")).unwrap();
        assert_eq!(json.at(&path("a.y")).unwrap().write_short(), "[10,30,5,40]");
        json.insert(&path("new.list[0]"), Json::Null).unwrap();
        assert_eq!(json.at(&path("new")).unwrap().write_short(), r#"{"list":[null]}"#);
    }

    #[test]
    fn a_change_at_a_place_that_is_not_there_changes_nothing() {
        let mut json = example();
        for at in ["a.y[3]", "a.x.deep", "a.y.name", "c[0]", "a[0]"] {
            assert_eq!(json.set(&path(at), Json::Null), Err(NoSuchPlace { path: at.into() }));
            assert!(json.remove(&path(at)).is_err(), "{at}");
        }
        assert!(json.set(&path("new[0]"), Json::Null).is_err());
        assert!(json.insert(&path("a.y[4]"), Json::Null).is_err());
        assert!(json.insert(&path("new[1]"), Json::Null).is_err());
        assert!(json.shift(&path("a.y"), 0, 3).is_err() && json.remove(&path("")).is_err());
        assert_eq!(json, example());
    }
}
