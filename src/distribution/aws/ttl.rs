//! The three TTL settings of a cache policy or of the legacy settings.

use super::ErrorCode::{self, InvalidArgument};
use super::reader::{Node, Range, Reader};
use crate::distribution::TtlBounds;

/// The default TTL where it is left out, in seconds (CK-05; caching.md section 2.1).
const DEFAULT_SECS: u64 = 86_400;
/// The maximum TTL where it is left out, in seconds.
const MAX_SECS: u64 = 31_536_000;

/// Up to 100 years (distribution.md section 2.4, TTL-12).
const ANY: Range = Range {
    least: 0,
    most: 3_153_600_000,
    code: InvalidArgument,
    row: "TTL-12",
    rule: "a TTL is 0 seconds up to 100 years, which are 3,153,600,000 seconds",
};

/// Reads `MinTTL`, `DefaultTTL` and `MaxTTL`, and refuses another order with `code` (TTL-26).
pub(super) fn bounds(reader: &mut Reader, node: &Node, code: ErrorCode) -> TtlBounds {
    let places = ["MinTTL", "DefaultTTL", "MaxTTL"].map(|name| node.member(name));
    let [min, default, max] = [0, 1, 2].map(|index| reader.within(&places[index], &ANY));
    // What was refused already is not held against the order, too.
    let is_sound = places.iter().zip([min, default, max]).all(|(p, n)| p.is_given() == n.is_some());
    let min = min.unwrap_or(0);
    let default = default.unwrap_or(min.max(DEFAULT_SECS));
    let max = max.unwrap_or(default.max(MAX_SECS));
    let wrong = if min > default {
        Some(&places[0])
    } else if default > max {
        Some(&places[2])
    } else {
        None
    };
    if let Some(place) = wrong.filter(|_| is_sound) {
        let given = format!("{min} / {default} / {max}");
        let rule = "the minimum TTL is no more than the default TTL, and that no more than the maximum TTL";
        reader.refuse_given(place, &given, code, "TTL-26", rule);
    }
    TtlBounds { min, default, max }
}
