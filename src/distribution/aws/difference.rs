//! In what two configurations differ: places in which they say something else, not those in which they are only written otherwise.

use super::kept::says_nothing;
use crate::json::{Json, Pair, pairs};

/// An innermost place in which two values differ, with what each has there.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'j> {
    /// As in `DefaultCacheBehavior.CachePolicyId`.
    pub path: String,
    /// What the first has, if anything.
    pub one: Option<&'j Json>,
    /// What the other has.
    pub other: Option<&'j Json>,
}

/// The members in which two configurations say something else, in their order.
pub fn differences<'j>(one: &'j Json, other: &'j Json) -> impl Iterator<Item = &'j str> {
    let all = pairs(Some(one), Some(other)).into_iter();
    all.filter(|(name, one, other)| !is_same(name, *one, *other)).map(|(name, ..)| name)
}

/// Whether two values mean the same: what is not there means what is off or empty, and the order of members nothing.
pub(super) fn is_same(name: &str, one: Option<&Json>, other: Option<&Json>) -> bool {
    match (one, other) {
        (Some(Json::Object(_)), Some(Json::Object(_))) => {
            pairs(one, other).into_iter().all(|(name, one, other)| is_same(name, one, other))
        }
        (Some(one), Some(other)) => one == other,
        (Some(value), None) | (None, Some(value)) => says_nothing(name, value),
        (None, None) => true,
    }
}

/// The innermost places in which a member of two configurations differs.
pub fn innermost<'j>(member: &str, one: &'j Json, other: &'j Json) -> Vec<Difference<'j>> {
    let mut all = Vec::new();
    compare(member, member.to_owned(), one.member(member), other.member(member), &mut all);
    all
}

fn compare<'j>(
    name: &str,
    path: String,
    one: Option<&'j Json>,
    other: Option<&'j Json>,
    all: &mut Vec<Difference<'j>>,
) {
    match (one, other) {
        (one, other) if is_same(name, one, other) => {}
        (Some(Json::Object(_)), Some(Json::Object(_))) => {
            let counted = |(name, ..): &Pair| *name != "Quantity";
            for (name, one, other) in pairs(one, other).into_iter().filter(counted) {
                compare(name, format!("{path}.{name}"), one, other, all);
            }
        }
        (Some(Json::List(items)), Some(Json::List(others))) if items.len() == others.len() => {
            for (place, pair) in items.iter().zip(others).enumerate() {
                compare(name, format!("{path}[{place}]"), Some(pair.0), Some(pair.1), all);
            }
        }
        _ => all.push(Difference { path, one, other }),
    }
}
