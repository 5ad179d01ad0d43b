//! "What someone on the wire sees": what SSL and TLS protect, on the request at hand.

use leptos::prelude::*;

use crate::app::choices::{Segment, segments};
use crate::app::icon::Icon;
use crate::app::live::live;
use crate::scene::{WireRow, WireView};

/// A disclosure with the request as it is read on the way, without TLS and with it.
pub(super) fn view(wire: WireView) -> AnyView {
    let WireView { http, https, is_tls } = wire;
    let is_on = RwSignal::new(is_tls);
    let segment = |name: &'static str, on: bool| {
        Segment::new(name, move || is_on.get() == on, move || is_on.set(on))
    };
    view! {
        <details class="part fold">
            <summary><Icon name="i-next"/><b>"What someone on the wire sees"</b></summary>
            {segments("TLS", [segment("off: http", false), segment("on: https", true)])}
            <div role="status">
                <div hidden=live(move || is_on.get())>{list(!is_tls, http)}</div>
                <div hidden=live(move || !is_on.get())>{list(is_tls, https)}</div>
            </div>
            <p class="src">
                "TLS keeps what is said from being read or changed on the way, and proves who the server is; that two speak, and how much, it does not hide. It ends at the edge location: the leg to the origin has a TLS of its own."
            </p>
        </details>
    }
    .into_any()
}

fn list(is_this: bool, rows: Vec<WireRow>) -> AnyView {
    let title = if is_this { "So this request goes" } else { "So it would go" };
    let row =
        |row: WireRow| view! { <div><dt>{row.name}</dt><dd>{row.value}</dd></div> }.into_any();
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    view! {
        <h4 class="sub">{title}</h4>
        <dl class="hdrs">{rows}</dl>
    }
    .into_any()
}
