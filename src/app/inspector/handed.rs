//! "What the function is given": the event object of a CloudFront function, and what it returned.

use leptos::prelude::*;

use crate::app::icon::Icon;
use crate::scene::HandedView;

/// A disclosure with both, as JSON.
pub(super) fn view(handed: HandedView) -> AnyView {
    let HandedView { name, given, gave } = handed;
    let gave = gave.unwrap_or_else(|| "Nothing: it threw an exception.".to_owned());
    view! {
        <details class="part fold">
            <summary><Icon name="i-next"/><b>"What the function is given"</b><span class="val">{name}</span></summary>
            <h4 class="sub">"The event, version 1.0"</h4>
            <pre class="json">{given}</pre>
            <h4 class="sub">"What it returns"</h4>
            <pre class="json">{gave}</pre>
            <p class="src">
                "Names of headers are in lower case, cookies stand apart, and what a message contains is not handed in. Who returns the request lets it go on; who returns a response answers (EDGE-35 to EDGE-45). CloudFront's own fields stand among the headers where a policy of the behavior lists them (EDGE-14)."
            </p>
        </details>
    }
    .into_any()
}
