//! Which settings are worth naming as kept, but not simulated.

use crate::json::Json;

/// Values that are the same as not being there, with the row that says so.
const DEFAULTS: [(&str, &str); 5] = [
    ("ConnectionMode", "direct"),     // DS-24
    ("IpAddressType", "ipv4"),        // OR-18
    ("OriginAccessIdentity", ""),     // OR-21
    ("RestrictionType", "none"),      // DS-20
    ("SelectionCriteria", "default"), // OG-10
];

/// Whether a setting that is not simulated asks for nothing: it is off, empty, or what it would be by itself.
pub(super) fn says_nothing(name: &str, value: &Json) -> bool {
    match value {
        Json::Null | Json::Flag(false) | Json::Whole(0) => true,
        Json::Whole(port) => {
            (name, *port) == ("HTTPPort", 80) || (name, *port) == ("HTTPSPort", 443)
        }
        Json::Text(text) => text.is_empty() || DEFAULTS.contains(&(name, text)),
        Json::List(items) => items.is_empty(),
        Json::Object(members) => members.iter().all(|(name, value)| says_nothing(name, value)),
        Json::Flag(true) | Json::Fraction(_) => false,
    }
}
