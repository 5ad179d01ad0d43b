//! Continuous deployment: which of two distributions the sheets are about, in what they differ, and the staging distribution
//! made and promoted.

use leptos::prelude::*;

use super::section::Section;
use super::state::{ConsoleState, use_console};
use crate::app::live::{drawn, heard, live};
use crate::distribution::Side;
use crate::scene::console::{StagedDifference, StagedView};
use crate::scene::units;

/// Which distribution the sheets change, where there are two.
pub(super) fn sides() -> AnyView {
    let console = use_console();
    let side = move |name: &'static str, side: Side| {
        let is_here = live(move || console.side() == side);
        view! {
            <label><input type="radio" name="side" prop:checked=is_here on:change=heard(move |_| console.turn(side))/><span>{name}</span></label>
        }
    };
    // Drawn once, so that the one that has the focus keeps it.
    drawn(
        move || console.has_staging(),
        move |has_staging| {
            has_staging.then(|| {
                view! {
                    <fieldset class="field sides"><legend class="vh">"Distribution that is edited"</legend>
                        <div class="segs">{side("Primary", Side::Primary)}{side("Staging", Side::Staging)}</div>
                    </fieldset>
                }
                .into_any()
            })
        },
    )
}

/// What can be done with both, at the head of the table.
pub(super) fn actions(console: ConsoleState) -> AnyView {
    let button = move |name: &'static str, act: fn(ConsoleState)| {
        view! { <button class="btn" type="button" on:click=heard(move |_| act(console))>{name}</button> }
    };
    drawn(
        move || console.has_staging(),
        move |has_staging| {
            Some(if *has_staging {
                button("Promote staging", ConsoleState::promote).into_any()
            } else {
                button("Create staging distribution", ConsoleState::stage).into_any()
            })
        },
    )
}

/// What stands below the table: the differences, and the busy times of CloudFront.
pub(super) fn below(console: ConsoleState) -> AnyView {
    drawn(
        move || console.overview().staged.clone(),
        move |staged| staged.as_ref().map(|staged| differences(console, staged)),
    )
}

fn differences(console: ConsoleState, staged: &StagedView) -> AnyView {
    let row = |difference: &StagedDifference| {
        let StagedDifference { path, primary, staging } = difference.clone();
        let or_none = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let path = path.replace('.', ".\u{200b}"); // it may be parted there
        view! { <tr><td class="val">{path}</td><td class="val">{or_none(primary)}</td><td class="val">{or_none(staging)}</td></tr> }
    };
    let more = (staged.more > 0).then(|| {
        let text = units::count(staged.more, "more difference", "more differences");
        view! { <p class="none">{text}</p> }
    });
    let table = if staged.differences.is_empty() {
        let turn = heard(move |_| {
            console.turn(Side::Staging);
            console.show(Section::Behaviors);
        });
        view! {
            <p class="none">"In nothing yet: it is a copy of the primary. "<button class="btn" type="button" on:click=turn>"Edit staging"</button></p>
        }
        .into_any()
    } else {
        view! {
            <table class="table">
                <thead><tr><th>"Setting"</th><th>"Primary"</th><th>"Staging"</th></tr></thead>
                <tbody>{staged.differences.iter().map(row).collect_view()}</tbody>
            </table>
            {more}
        }
        .into_any()
    };
    let alone = (!staged.alone.is_empty()).then(|| {
        let text = format!(
            "The primary has no behavior for {}: older pages of AWS warn that viewers may get errors there (CD-11).",
            staged.alone.join(", ")
        );
        view! { <p class="none">{text}</p> }
    });
    let is_busy = live(move || console.is_busy());
    view! {
        <section>
            <div class="table-head"><h2 class="sec">"In what staging differs"</h2></div>
            {table}
            {alone}
        </section>
        <section class="apart">
            <h2 class="sec">"What a promotion does"</h2>
            <p>"The primary takes what staging says and keeps its alternate domain names and its policy, which is turned off. That is deployed as any change, and purges nothing."</p>
            <p class="help">"CD-12, guide page working-with-staging-distribution-continuous-deployment-policy"</p>
        </section>
        <section class="apart">
            <label class="switch">"CloudFront is busy: everything goes to the primary"
                <input type="checkbox" role="switch" aria-describedby="busy-does" prop:checked=is_busy
                    on:change=heard(move |event| console.set_busy(event_target_checked(&event)))/>
            </label>
            <p class="help" id="busy-does">"CloudFront does so under high use of its resources, whatever the policy says. This acts on the walk at once. CD-14, guide page continuous-deployment-quotas-considerations"</p>
        </section>
    }
    .into_any()
}
