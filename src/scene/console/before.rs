//! What an item was when the editing began: what is taken back takes its old form and its old place, so that the document is
//! as it was.

use super::beside::id_of;
use super::item::{self, Item};
use crate::distribution::Draft;
use crate::distribution::aws::Sort;
use crate::json::{Json, NoSuchPlace, Path};

/// An item as it was: the one with its name, or else the one in its place if that name has gone.
pub(super) fn of(draft: &Draft, item: Item) -> Option<&Json> {
    let (list, place, name) = match item {
        Item::General | Item::Default => return draft.base_document().at(&item.path()),
        Item::Origin(place) => (item::origins(), place, "Id"),
        Item::Group(place) => (item::groups(), place, "Id"),
        Item::Behavior(place) => (item::behaviors(), place, "PathPattern"),
        Item::ErrorPage(place) => (item::error_pages(), place, "ErrorCode"),
        Item::Beside(sort, place) => {
            let id = id_of(draft.documents().get(place)?);
            let mut were = draft.base().beside().documents().iter();
            let is_it = |was: &&Json| Sort::of(was) == Some(sort) && id_of(was) == id;
            return were.find(is_it)?.at(&sort.within());
        }
    };
    let items = |document: &Json| document.at(&list).map_or(0, |list| list.items().len());
    let at = |place: usize| draft.base_document().at(&list.item(place))?.member(name);
    let has = |wanted: &Json| {
        let now = |place: usize| draft.at(&list.item(place).member(name));
        (0..items(draft.document())).any(|place| now(place) == Some(wanted))
    };
    let named = draft.at(&item.path().member(name));
    let same =
        (0..items(draft.base_document())).find(|place| named.is_some() && at(*place) == named);
    let same = same.or_else(|| Some(place).filter(|place| at(*place).is_some_and(|was| !has(was))));
    draft.base_document().at(&list.item(same?))
}

/// Puts the members of an item into the order that they had.
pub(super) fn settle(draft: &mut Draft, item: Item) -> Result<(), NoSuchPlace> {
    let path: Path = item.path();
    let (Some(was), Some(now)) = (of(draft, item), draft.at(&path)) else { return Ok(()) };
    let settled = in_order(now.clone(), was);
    draft.set(&path, settled).map(drop)
}

/// The same of any value; what is new stands behind what was there.
fn in_order(now: Json, was: &Json) -> Json {
    let Json::Object(mut members) = now else { return now };
    let mut ordered = Vec::with_capacity(members.len());
    for (name, was) in was.members() {
        if let Some(place) = members.iter().position(|(known, _)| known == name) {
            let (name, value) = members.remove(place);
            ordered.push((name, in_order(value, was)));
        }
    }
    ordered.append(&mut members);
    Json::Object(ordered)
}
