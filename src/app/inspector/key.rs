//! The cache key, part by part, and what is not in it.

use leptos::prelude::*;

use super::part;
use crate::scene::{KeyPart, KeyView, LeftOutLine};

/// The cache key as labelled segments, and below it what each line of the policy leaves out.
pub(super) fn view(key: KeyView) -> AnyView {
    let KeyView { mut parts, policy, left_out, note } = key;
    parts.extend(note.map(|label| KeyPart { kind: "host", label, value: "none".to_owned() }));
    let segments: Vec<AnyView> = parts.into_iter().map(segment).collect();
    let left_out: Vec<AnyView> = left_out.into_iter().map(left_out_line).collect();
    let left_out = (!left_out.is_empty()).then(|| {
        view! { <h4 class="sub">"Left out"</h4><ul class="notkey">{left_out}</ul> }.into_any()
    });
    let content = view! { <dl class="key">{segments}</dl>{left_out} }.into_any();
    part("part part-key", "Cache key", ["by ", &policy].concat().into_any(), content)
}

fn segment(part: KeyPart) -> AnyView {
    view! { <div data-part=part.kind><dt>{part.label}</dt><dd>{part.value}</dd></div> }.into_any()
}

fn left_out_line(left_out: LeftOutLine) -> AnyView {
    let mut names: Vec<AnyView> = Vec::new();
    for name in left_out.names {
        if !names.is_empty() {
            names.push(", ".into_any());
        }
        names.push(view! { <s>{name}</s> }.into_any());
    }
    view! { <li><span>{names}</span>" "<span>{left_out.line}</span></li> }.into_any()
}
