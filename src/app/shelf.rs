//! What a cache holds: an open tray, most recently used left, next out right.

use leptos::prelude::*;

use crate::scene::Outcome;
use crate::scene::path::{CellPicture, ShelfPicture};

/// One shelf.
#[component]
pub fn ShelfView(
    /// What it shows.
    shelf: Signal<ShelfPicture>,
) -> impl IntoView {
    let ends = move || {
        if shelf.with(|shelf| shelf.is_unsearched) {
            view! { <span>"shelf not searched"</span> }.into_any()
        } else {
            view! { <span>"most recent"</span><span>"next out"</span> }.into_any()
        }
    };
    let content = move || {
        let shelf = shelf.get();
        let note = shelf.note.map(|note| view! { <li class="nil">{note}</li> });
        let cells = shelf.cells.into_iter().map(|cell| view! { <CellView cell/> }).collect_view();
        let more = (shelf.more > 0).then(|| {
            view! { <li class="cell" data-state="more"><b>{format!("+{}", shelf.more)}</b><span class="vh">" more objects"</span></li> }
        });
        view! { {note} {cells} {more} }
    };
    view! {
        <div class="shelf">
            <ul class="tray" aria-label=move || shelf.with(|shelf| shelf.name.clone())>{content}</ul>
            <p class="ends" aria-hidden="true">{ends}</p>
        </div>
    }
}

/// One object.
#[component]
fn CellView(
    /// What it shows.
    cell: CellPicture,
) -> impl IntoView {
    let state = Some(cell.state).filter(|state| *state != "rest");
    let size = (!cell.size.is_empty()).then(|| view! { <small class="size">{cell.size}</small> });
    view! {
        <li
            class="cell"
            data-state=state
            data-outcome=cell.outcome.map(Outcome::token)
            title=cell.key
            style:--b=cell.weight.to_string()
            style:--ttl=cell.ttl.to_string()
        >
            <b>{cell.name}</b>
            <small>{cell.remaining}</small>
            {size}
        </li>
    }
}
