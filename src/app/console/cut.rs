//! Texts that may be as long as a path pattern, within a table.

use leptos::prelude::*;

/// Of a longer text so many letters are shown.
const MOST_LETTERS: usize = 60;

/// A text that may be as long as a path pattern: cut where it would fill the table, with all of it where a pointer rests.
pub(super) fn cut(text: String) -> AnyView {
    /// A longer one may be parted anywhere.
    const WORD: usize = 24;
    let count = text.chars().count();
    if count <= WORD {
        return text.into_any();
    }
    if count <= MOST_LETTERS {
        return view! { <span class="parted">{text}</span> }.into_any();
    }
    let start: String = text.chars().take(MOST_LETTERS - 1).chain(['…']).collect();
    view! { <span class="parted" title=text>{start}</span> }.into_any()
}
