//! What is assumed or only observed, a line each; what else is to be said of it comes on request.

use leptos::prelude::*;

use crate::scene::{Basis, Remark};

/// The notes of one basis under its name; none where there are none.
pub(super) fn view(remarks: &[Remark], basis: Basis) -> Option<AnyView> {
    let notes: Vec<AnyView> =
        remarks.iter().filter(|remark| remark.basis == basis).map(note).collect();
    let title = match basis {
        Basis::Observed => "Observed",
        _ => "Simulator assumption",
    };
    (!notes.is_empty()).then(|| {
        view! { <section class="part assume"><h3 class="sec">{title}</h3><ul class="notes">{notes}</ul></section> }.into_any()
    })
}

fn note(remark: &Remark) -> AnyView {
    let id = (!remark.rows.is_empty())
        .then(|| view! { " "<span class="id">{remark.rows.clone()}</span> }.into_any());
    let line = view! { {remark.text.clone()}{id} }.into_any();
    if remark.more.is_empty() {
        return view! { <li>{line}</li> }.into_any();
    }
    view! { <li><details><summary>{line}</summary><p>{remark.more.clone()}</p></details></li> }
        .into_any()
}
