//! What cache policies and origin request policies have in common: which names they take (QS-01, COOK-01).

use super::ErrorCode::InvalidArgument;
use super::reader::{Node, Quota, Reader};
use crate::distribution::Selection;

/// All names of one policy, in characters (KEY-09, QT-09).
const LONGEST_NAMES: usize = 1_024;

/// Reads `CookiesConfig` or `QueryStringsConfig`: `kind` is `Cookie` or `QueryString`. Names are literal: `*` is no
/// wildcard in them (KEY-07).
pub(super) fn selection(
    reader: &mut Reader,
    policy: &Node,
    kind: &str,
    quota: &Quota,
    row: &'static str,
) -> Selection {
    let node = policy.member(&format!("{kind}sConfig"));
    let (behavior, list) = (format!("{kind}Behavior"), format!("{kind}s"));
    reader.need(&node);
    if !reader.is_object(&node) {
        return Selection::None;
    }
    let words = &["none", "whitelist", "allExcept", "all"]; // QS-01, COOK-01
    let word = reader.needed_word(&node.member(&behavior), words, row);
    let names = reader.texts(&node.member(&list), Some(quota));
    match word {
        Some("all") => Selection::All,
        Some("whitelist") => Selection::Only(names),
        Some("allExcept") => Selection::AllExcept(names),
        _ => Selection::None,
    }
}

/// Refuses a policy whose names are too long together.
pub(super) fn length_of_names(
    reader: &mut Reader,
    policy: &Node,
    headers: &[String],
    selections: [&Selection; 2],
) {
    let listed = selections.map(|selection| match selection {
        Selection::Only(names) | Selection::AllExcept(names) => &names[..],
        _ => &[],
    });
    let length: usize = [headers, listed[0], listed[1]].concat().iter().map(String::len).sum();
    if length > LONGEST_NAMES {
        let rule = "the names of headers, cookies and query parameters have at most 1,024 characters together";
        reader.refuse_given(policy, &length.to_string(), InvalidArgument, "KEY-09", rule);
    }
}
