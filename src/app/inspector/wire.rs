//! "What someone on the wire sees": what SSL and TLS protect, on the request at hand.

use leptos::prelude::*;

use crate::app::icon::Icon;
use crate::scene::{WireRow, WireView};

/// A disclosure with the request as it is read on the way, without TLS and with it.
pub(super) fn view(wire: WireView) -> AnyView {
    let WireView { http, https, is_tls } = wire;
    view! {
        <details class="part fold">
            <summary><Icon name="i-next"/><b>"What someone on the wire sees"</b></summary>
            {list("http://", !is_tls, http)}
            {list("https://", is_tls, https)}
            <p class="src">
                "TLS keeps what is said from being read or changed on the way, and proves who the server is; that two speak, and how much, it does not hide. It ends at the edge location: the leg to the origin has a TLS of its own."
            </p>
        </details>
    }
    .into_any()
}

fn list(scheme: &'static str, is_this: bool, rows: Vec<WireRow>) -> AnyView {
    let title = if is_this { "as this request goes" } else { "as it would go" };
    let row =
        |row: WireRow| view! { <div><dt>{row.name}</dt><dd>{row.value}</dd></div> }.into_any();
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    view! {
        <h4 class="sub">{scheme}", "{title}</h4>
        <dl class="hdrs">{rows}</dl>
    }
    .into_any()
}
