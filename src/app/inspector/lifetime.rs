//! How long a response is fresh: the sum on a line.

use leptos::prelude::*;

use crate::edge::Clamp;
use crate::scene::LifetimePicture;
use crate::scene::units::decimal;

/// The height of the line in the figure's own units, of 32 in all; a label's leader ends at the bottom.
const LINE: &str = "7";

/// The figure.
pub(super) fn view(picture: &LifetimePicture) -> AnyView {
    let at = decimal(picture.at);
    let asked_at = picture.asked.at.map(decimal);
    let change = match picture.change {
        Some(Clamp::ToMin) => Some("raised"),
        Some(Clamp::ToMax) => Some("cut"),
        None => None,
    };
    let changed = asked_at.as_ref().zip(change).map(|(asked, change)| {
        view! { <path class=change d=format!("M{asked} {LINE}H{at}")/> }
    });
    let asked_mark = asked_at
        .as_ref()
        .map(|asked| view! { <path class="asked" d=format!("M{asked} 0V{LINE}")/> });
    let leader = |bound: &crate::scene::lifetime::Bound| {
        let (from, to) = (decimal(bound.at), decimal(bound.label_at));
        view! { <path class="lead" data-decides=bound.decides.then_some("") d=format!("M{from} {LINE}V12C{from} 24 {to} 18 {to} 32")/> }
    };
    let label = |bound: &crate::scene::lifetime::Bound| {
        view! { <span data-decides=bound.decides.then_some("")>{bound.name}<b>{bound.value.clone()}</b></span> }
    };
    let left = picture.left.as_ref().map(|left| format!("{left} left"));
    view! {
        <section class="part part-ttl">
            <div class="part-head">
                <h3 class="sec">"Lifetime"</h3>
                <p><b>{picture.value.clone()}</b>", "{left.unwrap_or_else(|| picture.verdict.to_owned())}</p>
            </div>
            <div class="ttl" role="img" aria-label=picture.spoken()>
                <p class="ttl-asked" style:--at=asked_at.unwrap_or_else(|| "0".to_owned())>{picture.asked.text.clone()}</p>
                <svg viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">
                    {picture.bounds.iter().map(leader).collect_view()}
                    <path class="axis" d=format!("M0 {LINE}H100")/>
                    <path class="run" d=format!("M0 {LINE}H{at}")/>
                    {changed}
                    <path class="end" d=format!("M{at} 1V13")/>
                    {asked_mark}
                </svg>
                <div class="ttl-bounds">{picture.bounds.iter().map(label).collect_view()}</div>
            </div>
        </section>
    }
    .into_any()
}
