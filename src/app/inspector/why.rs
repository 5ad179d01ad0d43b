//! The chain of decisions.

use leptos::prelude::*;

use super::words::marked;
use crate::app::icon::Icon;
use crate::app::mark;
use crate::scene::why::Mark;
use crate::scene::{Basis, Marker, Reason, Standing};

/// The chain: what it rests on is said once where it is the same for all, else beside what is no rule of the guide.
pub(super) fn view(reasons: Vec<Reason>, marker: &mut Marker) -> AnyView {
    let standing = Standing::of(&reasons);
    let badge = standing.map(|standing| match standing {
        Standing::All(basis) => basis.badge(),
        Standing::Mixed => "documented, unless marked",
    });
    let is_mixed = standing == Some(Standing::Mixed);
    view! {
        <section class="part part-why">
            <div class="part-head"><h3 class="sec">"Why"</h3><p>{badge}</p></div>
            <ul class="why">{reasons.into_iter().map(|reason| line(reason, is_mixed, marker)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// One reason; below it, quietly, the setting that the value comes from and what is no rule of the guide.
fn line(reason: Reason, is_mixed: bool, marker: &mut Marker) -> AnyView {
    let (icon, outcome) = match reason.mark {
        Mark::Check => ("i-check", None),
        Mark::Decided(outcome) => (mark(outcome), Some(outcome.token())),
        Mark::Next => ("i-right", None),
    };
    let weaker = reason.basis().filter(|basis| is_mixed && *basis != Basis::Documented);
    let badge = weaker.map(|basis| {
        view! { <em>{basis.badge()}</em> " (" {reason.rows} ")" }
    });
    let is_both = badge.is_some() && reason.setting.is_some();
    let below = (badge.is_some() || reason.setting.is_some()).then(|| {
        view! { <small>{reason.setting}{is_both.then_some(", ")}{badge}</small> }
    });
    view! { <li data-outcome=outcome><Icon name=icon/><span>{marked(marker, &reason.text)}{below}</span></li> }
        .into_any()
}
