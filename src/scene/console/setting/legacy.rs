//! What a behavior with the legacy cache settings takes into the cache key, and sends to the origin (CK-12 to CK-14).

use super::Setting;
use crate::distribution::Draft;
use crate::json::{Json, NoSuchPlace};
use crate::scene::console::before;
use crate::scene::console::item::{self, Item};
use crate::scene::console::lines;

const VALUES: &str = "ForwardedValues";

/// What a setting says of `ForwardedValues`, in words: `none`, `all`, `a, b`.
fn said(setting: Setting, values: &Json) -> String {
    let names = |list: &str| {
        let list = values.member(list);
        list.map(|list| lines::texts(list).join(", ")).unwrap_or_default()
    };
    match setting {
        Setting::LegacyQuery => match values.member("QueryString") {
            Some(Json::Flag(true)) => or(names("QueryStringCacheKeys"), "all"),
            _ => "none".to_owned(),
        },
        Setting::LegacyHeaders => match names("Headers").as_str() {
            "*" => "all".to_owned(),
            listed => or(listed.to_owned(), "none"),
        },
        _ => {
            let cookies = values.member("Cookies");
            let forward = cookies.and_then(|cookies| cookies.member("Forward"));
            match forward.and_then(Json::as_text) {
                Some("whitelist") => {
                    let list = cookies.and_then(|cookies| cookies.member("WhitelistedNames"));
                    list.map(|list| lines::texts(list).join(", ")).unwrap_or_default()
                }
                other => other.unwrap_or("none").to_owned(),
            }
        }
    }
}

fn or(text: String, other: &str) -> String {
    if text.is_empty() { other.to_owned() } else { text }
}

/// The members of `ForwardedValues` that a setting fills.
const fn members(setting: Setting) -> &'static [&'static str] {
    match setting {
        Setting::LegacyQuery => &["QueryString", "QueryStringCacheKeys"],
        Setting::LegacyHeaders => &["Headers"],
        _ => &["Cookies"],
    }
}

/// What a setting says; none where it is a setting as any other.
pub(super) fn value(setting: Setting, item: Item, draft: &Draft) -> Option<String> {
    is_legacy(setting)
        .then(|| draft.at(&item.path().member(VALUES)).map(|values| said(setting, values)))
        .map(Option::unwrap_or_default)
}

const fn is_legacy(setting: Setting) -> bool {
    matches!(setting, Setting::LegacyQuery | Setting::LegacyHeaders | Setting::LegacyCookies)
}

/// Puts a value in; false where it is a setting as any other. What was there when the editing began takes its old form.
pub(super) fn put(
    setting: Setting,
    draft: &mut Draft,
    item: Item,
    typed: &str,
) -> Result<bool, NoSuchPlace> {
    if !is_legacy(setting) {
        return Ok(false);
    }
    let typed = or(typed.trim().to_owned(), "none");
    if value(setting, item, draft).as_ref() == Some(&typed) {
        return Ok(true);
    }
    let was = before::of(draft, item).and_then(|was| was.member(VALUES));
    let was = was.filter(|was| said(setting, was) == typed).cloned();
    let listed = || item::listed(lines::words(&typed));
    let none = || item::listed([]);
    let made = match (setting, typed.as_str()) {
        _ if was.is_some() => was.unwrap_or(Json::Null),
        (Setting::LegacyQuery, word) => {
            let names = if matches!(word, "none" | "all") { none() } else { listed() };
            let members = [("QueryString", Json::Flag(word != "none"))];
            Json::object(members.into_iter().chain([("QueryStringCacheKeys", names)]))
        }
        (Setting::LegacyHeaders, "none") => Json::object([("Headers", none())]),
        (Setting::LegacyHeaders, "all") => Json::object([("Headers", item::listed(["*"]))]),
        (Setting::LegacyHeaders, _) => Json::object([("Headers", listed())]),
        (_, word @ ("none" | "all")) => {
            Json::object([("Cookies", Json::object([("Forward", Json::text(word))]))])
        }
        _ => {
            let members = [("Forward", Json::text("whitelist")), ("WhitelistedNames", listed())];
            Json::object([("Cookies", Json::object(members))])
        }
    };
    let values = item.path().member(VALUES);
    for name in members(setting) {
        let place = values.member(name);
        match made.member(name) {
            Some(value) => drop(draft.set(&place, value.clone())?),
            None if draft.at(&place).is_some() => drop(draft.remove(&place)?),
            None => {}
        }
    }
    Ok(true)
}
