//! How long a response is fresh: the sum on a line.

use leptos::prelude::*;

use super::part;
use crate::edge::Clamp;
use crate::scene::LifetimePicture;
use crate::scene::units::decimal;

/// The figure. It is 100 units wide and 32 high; the line lies at 7, and a leader ends at the bottom over its label.
pub(super) fn view(picture: &LifetimePicture) -> AnyView {
    let mut leaders = [String::new(), String::new()];
    for bound in &picture.bounds {
        let (from, to) = (decimal(bound.at), decimal(bound.label_at));
        let path = &mut leaders[usize::from(bound.decides)];
        for piece in ["M", &from, " 7V12C", &from, " 24 ", &to, " 18 ", &to, " 32"] {
            path.push_str(piece);
        }
    }
    let at = decimal(picture.at);
    let asked_at = picture.asked.at.map(decimal);
    let [others, deciding] = leaders;
    let mut paths = vec![
        ("lead", others),
        ("lead decides", deciding),
        ("axis", "M0 7H100".to_owned()),
        ("run", ["M0 7H", &at].concat()),
    ];
    if let Some(asked) = &asked_at {
        let change = match picture.change {
            Some(Clamp::ToMin) => "raised",
            Some(Clamp::ToMax) => "cut",
            None => "same",
        };
        paths.push((change, ["M", asked, " 7H", &at].concat()));
        paths.push(("asked", ["M", asked, " 0V7"].concat()));
    }
    paths.push(("end", ["M", &at, " 1V13"].concat()));
    let path = |(class, d): (&'static str, String)| view! { <path class=class d=d/> }.into_any();
    let paths: Vec<AnyView> = paths.into_iter().map(path).collect();
    let label = |bound: &crate::scene::lifetime::Bound| {
        let decides = bound.decides.then_some("");
        view! { <span data-decides=decides>{bound.name}<b>{bound.value.clone()}</b></span> }
            .into_any()
    };
    let labels: Vec<AnyView> = picture.bounds.iter().map(label).collect();
    let beside = match &picture.left {
        Some(left) => [", ", left, " left"].concat(),
        None => [", ", picture.verdict].concat(),
    };
    let content = view! {
        <div class="ttl" role="img" aria-label=picture.spoken()>
            <p class="ttl-asked" style:--at=asked_at.unwrap_or_default()>{picture.asked.text.clone()}</p>
            <svg viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">{paths}</svg>
            <div class="ttl-bounds">{labels}</div>
        </div>
    };
    let aside = view! { <b>{picture.value.clone()}</b>{beside} }.into_any();
    part("part part-ttl", "Lifetime", aside, content.into_any())
}
