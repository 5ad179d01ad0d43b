//! Nobody scrolls in front of a room: there the words of a step are set smaller, until the panel shows all of them.

/// How small they are set, as style/inspector.css has it; the first is the usual size.
const SIZES: [&str; 4] = ["0", "1", "2", "3"];

/// Looks for the largest size at which an element shows all that is in it.
pub(super) fn fit(element: &web_sys::Element) {
    for size in SIZES {
        // Fails only for a name that is none.
        let _ = element.set_attribute("data-fit", size);
        if element.scroll_height() <= element.client_height() {
            return;
        }
    }
}
