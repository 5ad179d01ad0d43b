//! The chain of decisions.

use leptos::prelude::*;

use super::words::Sentences;
use super::{icon_and_outcome, part};
use crate::app::icon::Icon;
use crate::scene::{Reason, Standing};

/// The chain: what it rests on is said once where it is the same for all, else beside what is no rule of the guide.
pub(super) fn view(reasons: Vec<Reason>, sentences: &mut Sentences) -> AnyView {
    let standing = Standing::of(&reasons);
    let badge = match standing {
        Some(Standing::All(basis)) => basis.badge(),
        Some(Standing::Mixed) => "documented, unless marked",
        None => "",
    };
    let is_mixed = standing == Some(Standing::Mixed);
    let run = |index| if is_mixed { Reason::run_of_weaker(&reasons, index) } else { 0 };
    let runs: Vec<usize> = (0..reasons.len()).map(run).collect();
    let lines: Vec<AnyView> =
        reasons.into_iter().zip(runs).map(|(reason, run)| line(reason, run, sentences)).collect();
    part(
        "part part-why",
        "Why",
        badge.into_any(),
        view! { <ul class="why">{lines}</ul> }.into_any(),
    )
}

/// One reason; below it, quietly, the setting that the value comes from, and what this reason and those just before it,
/// `run` in all, rest on where that is not the guide.
fn line(reason: Reason, run: usize, sentences: &mut Sentences) -> AnyView {
    let (icon, outcome) = icon_and_outcome(reason.mark);
    let weaker = reason.basis().filter(|_| run > 0);
    let mut below = reason.setting.unwrap_or_default();
    let badge = weaker.map(|basis| {
        if !below.is_empty() {
            below.push_str(", ");
        }
        if run > 1 {
            below.push_str(&["These ", &run.to_string(), ": "].concat());
        }
        view! { <em>{basis.badge()}</em>" ("{reason.rows}")" }.into_any()
    });
    let below = (badge.is_some() || !below.is_empty())
        .then(|| view! { <small>{below}{badge}</small> }.into_any());
    let text = sentences.marked(&reason.text);
    view! { <li data-outcome=outcome><Icon name=icon/><span>{text}{below}</span></li> }.into_any()
}
