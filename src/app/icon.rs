//! The drawings of `public/icons.svg`, which stand in the page itself.

use leptos::prelude::*;

/// One drawing, for the eye only: whoever shows it also says it in words.
#[component]
pub fn Icon(
    /// Its id in that file: `i-…` for the interface, `m-…` for an outcome, `s-…` for a station, `w-…` for the word mark.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class=class_of(name) aria-hidden="true"><use href=format!("#{name}")/></svg> }
}

/// Lines on a 20 px grid, or filled shapes on a 16 px grid; the word mark's size is its heading's.
fn class_of(name: &str) -> Option<&'static str> {
    match name.split('-').next() {
        Some("i") => Some("i"),
        Some("m" | "s") => Some("m"),
        _ => None,
    }
}
