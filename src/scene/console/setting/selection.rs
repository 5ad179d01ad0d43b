//! Which headers, cookies or parameters a policy takes, in words (CK-01 to CK-07).

use crate::json::Json;
use crate::scene::console::{item, lines};

/// Which names are taken, in words: `none`, `all`, `a, b`, `all but a, b`, `all and a, b`.
pub(super) fn selection(config: Option<&Json>, kind: &str) -> String {
    let word = config.and_then(|config| config.member(&format!("{kind}Behavior")));
    let names = config.and_then(|config| config.member(&format!("{kind}s")));
    let names = names.map(|list| lines::texts(list).join(", ")).unwrap_or_default();
    match word.and_then(Json::as_text) {
        None => String::new(),
        Some("all" | "allViewer") => "all".to_owned(),
        Some("whitelist") => names,
        Some("allExcept") => format!("all but {names}"),
        Some("allViewerAndWhitelistCloudFront") => format!("all and {names}"),
        Some(other) => other.to_owned(),
    }
}

/// The same the other way.
pub(super) fn selected(text: &str, kind: &str, all: &str) -> Json {
    let text = text.trim();
    let (word, names) = match text.split_once(' ') {
        _ if text.is_empty() || text == "none" => ("none", ""),
        _ if text == "all" => (all, ""),
        Some(("all", rest)) if rest.starts_with("but ") => ("allExcept", &rest[4..]),
        Some(("all", rest)) if rest.starts_with("and ") => {
            ("allViewerAndWhitelistCloudFront", &rest[4..])
        }
        _ => ("whitelist", text),
    };
    let mut members = vec![(format!("{kind}Behavior"), Json::text(word))];
    if !names.is_empty() {
        members.push((format!("{kind}s"), item::listed(lines::words(names))));
    }
    Json::Object(members)
}
