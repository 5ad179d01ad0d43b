//! The few things that are done to the page by hand, because no attribute says them.

use std::time::Duration;

use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::HtmlElement;

/// Gives an element the focus once the page has caught up with the signals, and opens the fold that hides it.
pub(crate) fn focus(id: impl AsRef<str> + 'static) {
    request_animation_frame(move || drop(focused(id.as_ref())));
}

fn focused(id: &str) -> Option<web_sys::Element> {
    let element = document().get_element_by_id(id)?;
    if let Ok(Some(fold)) = element.closest("details") {
        // Fails only for a name that is none.
        let _ = fold.set_attribute("open", "");
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
    Some(element)
}

/// The same, and brings it to the upper end of what can be seen.
pub(crate) fn show_from(id: impl AsRef<str> + 'static) {
    request_animation_frame(move || {
        if let Some(element) = focused(id.as_ref()) {
            scroll_to(&element, web_sys::ScrollLogicalPosition::Start);
        }
    });
}

/// Calls back at once and whenever the size of an element has changed, as long as the component that asks for it is there.
pub(crate) fn watch_size(element: &web_sys::Element, changed: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(changed);
    // Every browser that runs this page has it.
    let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let watch = SendWrapper::new((observer, callback));
    on_cleanup(move || watch.0.disconnect());
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

/// Brings what is going on into view on a phone, where the path is longer than the screen; whoever reads the words below it
/// stays there.
pub(crate) fn follow(selector: &str, words: &str) {
    let (Some(place), Some(words)) = (find(selector), find(words)) else { return };
    if matches_media("(max-width: 600px)") && !is_above_middle(&words) {
        scroll_to(&place, web_sys::ScrollLogicalPosition::Nearest);
    }
}

/// Brings the beginning of what is shown now into view: of a column beside, or, where the columns of a page stand below each
/// other, of what stands below.
pub(crate) fn follow_down(selector: &str) {
    let Some(place) = find(selector) else { return };
    if !matches_media("(max-width: 1100px)") {
        place.set_scroll_top(0);
    } else if !is_above_middle(&place) {
        scroll_to(&place, web_sys::ScrollLogicalPosition::Start);
    }
}

fn find(selector: &str) -> Option<web_sys::Element> {
    document().query_selector(selector).ok().flatten()
}

/// Whether an element begins in the upper half of the screen, or above it.
fn is_above_middle(element: &web_sys::Element) -> bool {
    let height = document().document_element().map_or(0, |root| root.client_height());
    element.get_bounding_client_rect().top() < f64::from(height) / 2.0
}

fn scroll_to(place: &web_sys::Element, block: web_sys::ScrollLogicalPosition) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(block);
    if !is_motion_reduced() {
        options.set_behavior(web_sys::ScrollBehavior::Smooth);
    }
    place.scroll_into_view_with_scroll_into_view_options(&options);
}

fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}

/// Whether this person wants no motion.
pub(crate) fn is_motion_reduced() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

/// Fills the screen with the page, or gives it back.
pub(crate) fn toggle_full_screen() {
    let page = document();
    if page.fullscreen_element().is_some() {
        page.exit_fullscreen();
    } else if let Some(root) = page.document_element() {
        // Refused where the browser does not allow it here; the page stays as it is.
        let _ = root.request_fullscreen();
    }
}

/// Sets a custom property of the root element.
pub(crate) fn set_root_property(name: &'static str, value: &str) {
    let root = document().document_element();
    if let Some(root) = root.as_ref().and_then(|root| root.dyn_ref::<HtmlElement>()) {
        // Fails only where the element is read-only, which the root is not.
        let _ = root.style().set_property(name, value);
    }
}
