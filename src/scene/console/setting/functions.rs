//! The functions of a behavior: which runs at an event, and in which of two lists that stands (CB-17, CB-18).

use super::beside::set_or_leave_out;
use crate::distribution::{Draft, FunctionEvent};
use crate::json::{Json, NoSuchPlace, Path};
use crate::scene::console::before;
use crate::scene::console::beside::is_lambda;
use crate::scene::console::item::{self, Item};
use crate::scene::console::lines;

/// The two lists of a behavior's functions, with the member of each that names one (CB-17, CB-18).
const ASSOCIATIONS: [(&str, &str); 2] =
    [("FunctionAssociations", "FunctionARN"), ("LambdaFunctionAssociations", "LambdaFunctionARN")];

/// Whether an event lies between viewer and cache.
pub(super) const fn is_at_viewer(event: FunctionEvent) -> bool {
    matches!(event, FunctionEvent::ViewerRequest | FunctionEvent::ViewerResponse)
}

/// The function of a behavior at an event.
pub(super) fn function_at(draft: &Draft, item: Item, event: FunctionEvent) -> Option<&str> {
    ASSOCIATIONS.iter().find_map(|(list, arn)| {
        let list = draft.at(&item.path().member(list));
        let is_there =
            |it: &&Json| it.member("EventType").and_then(Json::as_text) == Some(event.as_str());
        lines::items(list).iter().find(is_there)?.member(arn)?.as_text()
    })
}

/// Where the function at an event stands, so that what is wrong with it is told there and not at another event; where
/// there is none, a place that nothing else has.
pub(super) fn place(draft: &Draft, item: Item, event: FunctionEvent) -> Path {
    let found = ASSOCIATIONS.iter().find_map(|(list, _)| {
        let list = item.path().member(list);
        let is_it =
            |it: &Json| it.member("EventType").and_then(Json::as_text) == Some(event.as_str());
        let place = lines::items(draft.at(&list)).iter().position(is_it)?;
        Some(list.member("Items").item(place))
    });
    found.unwrap_or_else(|| item.path().member(list_of(event)).member(event.as_str()))
}

/// Puts a function at an event of a behavior, or none; it stands in the list of its runtime.
pub(super) fn set_function(
    draft: &mut Draft,
    item: Item,
    event: FunctionEvent,
    arn: &str,
) -> Result<(), NoSuchPlace> {
    for (place, (list, name)) in ASSOCIATIONS.iter().enumerate() {
        let path = item.path().member(list);
        let is_other =
            |it: &&Json| it.member("EventType").and_then(Json::as_text) != Some(event.as_str());
        let now = lines::items(draft.at(&path));
        let mut after: Vec<Json> = now.iter().filter(is_other).cloned().collect();
        if !arn.is_empty() && (place == 1) == is_lambda(arn) {
            after.push(Json::object([
                (*name, Json::text(arn)),
                ("EventType", Json::text(event.as_str())),
            ]));
        }
        if after.len() == now.len() && now.iter().all(|it| after.contains(it)) {
            continue;
        }
        // Those that were there when the editing began stand as they stood.
        let was = before::of(draft, item).and_then(|was| was.member(list));
        let was_items = lines::items(was);
        let is_as_it_was = was_items.len() == after.len()
            && was_items.iter().all(|it| after.iter().any(|now| is_same(it, now)));
        let value = match was {
            Some(was) if is_as_it_was => was.clone(),
            _ => item::list(after.clone()),
        };
        set_or_leave_out(draft, item, list, value, after.is_empty())?;
    }
    Ok(())
}

/// Whether two associations are for the same function and event.
fn is_same(one: &Json, other: &Json) -> bool {
    let names = ["EventType", "FunctionARN", "LambdaFunctionARN"];
    names.iter().all(|name| one.member(name) == other.member(name))
}

/// Gives those who name a function its new name.
pub(super) fn rename_function(
    draft: &mut Draft,
    before: &str,
    after: &str,
) -> Result<(), NoSuchPlace> {
    let behaviors = 0..item::count(draft, &item::behaviors());
    let all: Vec<Item> = behaviors.map(Item::Behavior).chain([Item::Default]).collect();
    for item in all {
        for event in FunctionEvent::ALL {
            if function_at(draft, item, event) == Some(before) {
                set_function(draft, item, event, after)?;
            }
        }
    }
    Ok(())
}

/// Where a setting of a behavior's functions stands, for what is found wrong with it.
pub(super) const fn list_of(event: FunctionEvent) -> &'static str {
    ASSOCIATIONS[if is_at_viewer(event) { 0 } else { 1 }].0
}
