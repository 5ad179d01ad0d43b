//! The cache key, part by part, and what is not in it.

use leptos::prelude::*;

use crate::scene::{KeyPart, KeyView, LeftOutLine};

/// The cache key as labelled segments, and below it what each line of the policy leaves out.
pub(super) fn view(key: KeyView) -> AnyView {
    let KeyView { parts, policy, left_out, note } = key;
    let none =
        note.map(|note| view! { <div data-part="host"><dt>{note}</dt><dd>"none"</dd></div> });
    let part = |part: KeyPart| {
        view! { <div data-part=part.kind><dt>{part.label}</dt><dd>{part.value}</dd></div> }
    };
    let left_out = (!left_out.is_empty()).then(|| {
        view! {
            <h4 class="sub">"Left out"</h4>
            <ul class="notkey">{left_out.into_iter().map(left_out_line).collect_view()}</ul>
        }
    });
    view! {
        <section class="part part-key">
            <div class="part-head"><h3 class="sec">"Cache key"</h3><p>"by " {policy}</p></div>
            <dl class="key">{none}{parts.into_iter().map(part).collect_view()}</dl>
            {left_out}
        </section>
    }
    .into_any()
}

fn left_out_line(left_out: LeftOutLine) -> AnyView {
    let name = |(index, name): (usize, String)| view! { {if index > 0 { ", " } else { "" }} <s>{name}</s> };
    let names = left_out.names.into_iter().enumerate().map(name).collect_view();
    view! { <li><span>{names}</span> <span>{left_out.line}</span></li> }.into_any()
}
