//! The invalidations: those of the walk, and a form for another one.

use leptos::ev;
use leptos::prelude::*;

use super::state::use_console;
use crate::app::icon::Icon;
use crate::app::lessons::use_lessons;
use crate::app::live::{drawn, heard, live, piece, text};
use crate::edge::Quotas;
use crate::scene::console::{InvalidationRow, typed_batch};
use crate::scene::quotas_said;
use crate::simulation::View;

/// What the middle shows.
pub(super) fn table() -> AnyView {
    let console = use_console();
    let row = |row: &InvalidationRow| {
        let InvalidationRow { id, items, created, removed, .. } = row.clone();
        let status = row.status();
        view! {
            <tr>
                <td class="val id">{id.to_string()}</td>
                <td class="val">{items}</td>
                <td data-less="">{created}</td>
                <td>{status}</td>
                <td class="num">{removed.to_string()}</td>
            </tr>
        }
        .into_any()
    };
    let rows = drawn(
        move || console.invalidations().rows,
        move |rows| Some(rows.iter().map(row).collect_view().into_any()),
    );
    let none = move || {
        let is_empty = console.invalidations().rows.is_empty();
        is_empty.then(|| view! { <p class="none">"There is none: each copy stays until its time is over or it is evicted."</p> }.into_any())
    };
    view! {
        <section>
            <div class="table-head"><h2>"Invalidations "<small>"Each cache is reached at its own moment"</small></h2></div>
            <table class="table">
                <thead><tr><th>"ID"</th><th>"Paths and tags"</th><th data-less="">"Created"</th><th>"Status"</th><th class="num">"Removed"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {piece(none)}
        </section>
    }
    .into_any()
}

/// What the right column shows: a form, what it costs, and the way to the walk.
pub(super) fn form() -> AnyView {
    let (console, lessons) = (use_console(), use_lessons());
    let (typed, wrong) = (RwSignal::new("/img/*".to_owned()), RwSignal::new(Vec::<String>::new()));
    let create = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let refused = match typed_batch(&typed.get_untracked()) {
            Ok(batch) => console.invalidate(batch).err().into_iter().collect(),
            Err(lines) => lines,
        };
        wrong.set(refused);
    };
    let line = |line: String| view! { <p class="err"><Icon name="m-error"/>{line}</p> };
    let said = move || {
        let wrong = wrong.get();
        (!wrong.is_empty()).then(|| wrong.into_iter().map(line).collect_view().into_any())
    };
    let cost = move || console.invalidations().cost;
    let is_bad = move || wrong.with(|wrong| (!wrong.is_empty()).then_some("true"));
    let is_none = move || console.invalidations().rows.is_empty();
    let watch = move || {
        (!is_none()).then(|| {
            let go = heard(move |_| lessons.show(View::Walk));
            view! { <button class="btn" type="button" on:click=go>"Watch it spread"</button> }
                .into_any()
        })
    };
    let quota = move |quotas: Quotas| {
        view! {
            <label><input type="radio" name="quotas" value=quotas.word() prop:checked=live(move || console.quotas() == quotas)
                on:change=heard(move |_| wrong.set(console.set_quotas(quotas).err().into_iter().collect()))/><span>{quotas.title()}</span></label>
        }
    };
    view! {
        <div>
            <p class="step-no">"Invalidation"</p>
            <h2 class="step-title">"Create an invalidation"</h2>
        </div>
        <form class="settings" on:submit=heard(create)>
            <div class="field" data-wide="">
                <label for="invalidation">"Object paths and tags, one a line"</label>
                <textarea class="in" id="invalidation" rows="4" spellcheck="false" aria-invalid=live(is_bad) aria-describedby="invalidation-said"
                    prop:value=live(move || typed.get()) on:input=heard(move |event| typed.set(event_target_value(&event)))></textarea>
                <div id="invalidation-said" aria-live="polite">
                    <p class="help">"As in /img/hero.jpg, /img/* or #spring; a wildcard stands at the end alone"</p>
                    {piece(said)}
                </div>
            </div>
            <fieldset class="field"><legend>"Quotas"</legend>
                <div class="segs">{Quotas::ALL.map(quota).collect_view()}</div>
                <p class="help">{text(move || quotas_said(console.quotas()))}</p>
            </fieldset>
            <div class="foot">
                <section class="part does">
                    <h3 class="sec">"Invalidation"</h3>
                    <p>"Copies under these paths go, from regional edge caches first. The next request for one is a miss; a changed setting purges nothing, this does."</p>
                    <p class="help">"INV-30, INV-43 to INV-46, guide page Invalidation"</p>
                </section>
                <div class="row">
                    <button class="btn prime" type="submit">"Create invalidation"</button>
                    {piece(watch)}
                </div>
                <p class="help" role="status">{text(cost)}</p>
            </div>
        </form>
    }
    .into_any()
}
