//! The few things that are done to the page by hand, because no attribute says them.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives an element the focus once the page has caught up with the signals, and opens the fold that hides it.
pub(crate) fn focus(id: &'static str) {
    request_animation_frame(move || {
        let Some(element) = document().get_element_by_id(id) else { return };
        if let Ok(Some(fold)) = element.closest("details") {
            // Fails only for a name that is none.
            let _ = fold.set_attribute("open", "");
        }
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    });
}

/// Whether an element inside the one with this id has the focus.
pub(crate) fn has_focus_within(id: &str) -> bool {
    let container = document().get_element_by_id(id);
    let active = document().active_element();
    container.zip(active).is_some_and(|(container, active)| container.contains(Some(&active)))
}

/// How long the page has been open, by the browser's steady clock; nothing where it has none.
pub(crate) fn now() -> Duration {
    let millis = window().performance().map_or(0.0, |clock| clock.now());
    Duration::from_micros((millis * 1_000.0).max(0.0) as u64)
}

/// Sets a custom property of the root element.
pub(crate) fn set_root_property(name: &'static str, value: &str) {
    let root = document().document_element();
    if let Some(root) = root.as_ref().and_then(|root| root.dyn_ref::<HtmlElement>()) {
        // Fails only where the element is read-only, which the root is not.
        let _ = root.style().set_property(name, value);
    }
}
