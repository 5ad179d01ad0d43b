//! What a cache holds: an open tray, most recently used left, next out right.

use leptos::prelude::*;

use super::live::{Kept, drawn_anew, live};
use crate::scene::path::{CellPicture, PathPicture, ShelfPicture};
use crate::scene::{Outcome, units};

/// The shelf of a station.
#[component]
pub fn ShelfView(
    /// The whole figure.
    figure: Kept<PathPicture>,
    /// Which station, counted from the viewer.
    index: usize,
) -> impl IntoView {
    let shelf = move || {
        figure
            .with(|figure| figure.stations.get(index).and_then(|station| station.shelf.clone()))
            .unwrap_or_else(ShelfPicture::empty)
    };
    view! {
        <div class="shelf">
            <ul class="tray" aria-label=live(move || shelf().name) data-unsearched=live(move || shelf().is_unsearched.then_some("")) style:--found=live(move || shelf().found_at().map(units::decimal))>{drawn_anew(shelf, |shelf| Some(content_view(shelf)))}</ul>
            <p class="ends" aria-hidden="true">{drawn_anew(move || shelf().is_unsearched, |is_unsearched| Some(ends_view(*is_unsearched)))}</p>
        </div>
    }
}

/// What lies on it.
fn content_view(shelf: &ShelfPicture) -> AnyView {
    let note = shelf.note.clone().map(|note| view! { <li class="nil">{note}</li> });
    let cells = shelf.cells.iter().cloned().map(cell_view).collect_view();
    let more = (shelf.more > 0).then(|| {
        view! { <li class="cell" data-state="more"><b>{format!("+{}", shelf.more)}</b><span class="vh">" more objects"</span></li> }
    });
    let gone = shelf.gone.iter().cloned().map(cell_view).collect_view();
    view! { {note} {cells} {more} {gone} }.into_any()
}

/// What its two ends mean.
fn ends_view(is_unsearched: bool) -> AnyView {
    if is_unsearched {
        view! { <span>"shelf not searched"</span> }.into_any()
    } else {
        view! { <span>"most recent"</span><span>"next out"</span> }.into_any()
    }
}

/// One object.
fn cell_view(cell: CellPicture) -> AnyView {
    // A narrow cell breaks the name before its ending.
    let (stem, ending) = cell.name.split_at(cell.name.rfind('.').unwrap_or(cell.name.len()));
    let (stem, ending) = (stem.to_owned(), ending.to_owned());
    // What has gone is seen to go, but it is none of the objects here.
    let is_gone = matches!(cell.state, "out" | "void");
    let state = Some(cell.state).filter(|state| *state != "rest");
    let variant = cell.variant.map(|variant| {
        let (alike, own) = variant.split_at(cell.alike);
        let (alike, own) = (alike.to_owned(), own.to_owned());
        view! { <small class="variant"><span class="alike">{alike}</span>{own}</small> }
    });
    let size = (!cell.size.is_empty()).then(|| view! { <small class="size">{cell.size}</small> });
    view! {
        <li
            class="cell"
            data-state=state
            aria-hidden=is_gone.then_some("true")
            data-outcome=cell.outcome.map(Outcome::token)
            title=cell.key
            style:--b=units::decimal(cell.weight)
            style:--ttl=units::decimal(cell.ttl)
            style:--shift=(cell.shift != 0.0).then(|| units::decimal(cell.shift))
        >
            <b>{stem}<wbr/>{ending}</b>
            {variant}
            <small>{cell.remaining}</small>
            {size}
        </li>
    }
    .into_any()
}
