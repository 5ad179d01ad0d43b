//! The middle: origins, behaviors in their order, and what the rules do with some paths.

use leptos::ev;
use leptos::prelude::*;

use super::state::{Chosen, ConsoleState, use_console};
use crate::app::icon::Icon;
use crate::app::live::{drawn, heard, live};
use crate::app::mark;
use crate::scene::console::{BehaviorRow, Item, OriginRow, Trial};
use crate::scene::units;

/// The three tables.
pub(super) fn view() -> AnyView {
    let console = use_console();
    let origins = drawn(
        move || console.overview().origins,
        move |rows| Some(rows.iter().map(|row| origin(console, row)).collect_view().into_any()),
    );
    let behaviors = drawn(
        move || console.overview().behaviors,
        move |rows| {
            let rows = rows.iter().enumerate().map(|(place, row)| behavior(console, place, row));
            Some(rows.collect_view().into_any())
        },
    );
    let trials = drawn(
        move || console.examples(),
        |trials| Some(trials.iter().map(trial).collect_view().into_any()),
    );
    view! {
        <section>
            <div class="table-head">
                <h2>"Origins "<small>"The kind is told from the domain name"</small></h2>
                <button class="btn" type="button" on:click=heard(move |_| console.add_origin())>"Add origin"</button>
            </div>
            <table class="table">
                <thead><tr><th>"Name"</th><th>"Domain"</th><th>"Kind"</th><th data-less="">"Region"</th><th data-less="">"Shield"</th></tr></thead>
                <tbody>{origins}</tbody>
            </table>
        </section>
        <section>
            <div class="table-head">
                <h2>"Behaviors "<small>"The first pattern that matches wins"</small></h2>
                <button class="btn" type="button" on:click=heard(move |_| console.add_behavior())>"Add behavior"</button>
            </div>
            <table class="table">
                <thead><tr><th><span class="vh">"Precedence"</span></th><th>"Path pattern"</th><th>"Origin"</th><th data-less="">"Methods"</th><th>"Cache policy"</th>
                    <th class="num" data-less="">"TTL min / default / max"</th></tr></thead>
                <tbody>{behaviors}</tbody>
            </table>
        </section>
        <section>
            <div class="table-head"><h2 class="sec">"What these rules do with some paths"</h2></div>
            <table class="table">
                <thead class="vh"><tr><th>"Request"</th><th>"Behavior"</th><th data-less="">"Origin"</th><th data-less="">"Cache key"</th><th>"Outcome"</th></tr></thead>
                <tbody>{trials}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// The button that names an item and shows its sheet.
fn name_button(console: ConsoleState, item: Item, name: String) -> AnyView {
    let is_here = move || console.chosen() == Chosen::Item(item);
    let key = move |event: ev::KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            console.shift(item, up);
        }
    };
    view! {
        <button class="item-name" type="button" aria-current=live(move || is_here().then_some("true"))
            on:click=heard(move |_| console.choose(Chosen::Item(item))) on:keydown=heard(key)>{name}</button>
    }
    .into_any()
}

/// What is wrong with a row.
fn faults(count: usize) -> Option<AnyView> {
    let said = units::count(count, "problem", "problems");
    (count > 0).then(|| {
        view! { <span class="result" data-outcome="error"><Icon name="m-error"/>{said}</span> }
            .into_any()
    })
}

fn origin(console: ConsoleState, row: &OriginRow) -> AnyView {
    let OriginRow { item, name, domain, kind, region, shield, faults: count } = row.clone();
    view! {
        <tr on:click=heard(move |_| console.choose(Chosen::Item(item)))>
            <td>{name_button(console, item, name)}</td>
            <td class="val">{domain}" "{faults(count)}</td>
            <td>{kind}</td>
            <td data-less="">{region}</td>
            <td data-less="">{shield}</td>
        </tr>
    }
    .into_any()
}

fn behavior(console: ConsoleState, place: usize, row: &BehaviorRow) -> AnyView {
    let BehaviorRow { item, pattern, target, methods, policy, ttl, faults: count } = row.clone();
    let is_movable = matches!(item, Item::Behavior(_));
    let start = move |event: ev::DragEvent| {
        if let Some(data) = event.data_transfer() {
            // Refused where the browser allows no drag here.
            let _ = data.set_data("text/plain", &place.to_string());
        }
    };
    let over = move |event: ev::DragEvent| {
        if is_movable {
            event.prevent_default();
        }
    };
    let put = move |event: ev::DragEvent| {
        let text = event.data_transfer().and_then(|data| data.get_data("text/plain").ok());
        let from = text.and_then(|text| text.parse().ok());
        if let Some(from) = from.filter(|_| is_movable) {
            event.prevent_default();
            console.carry(from, place);
        }
    };
    view! {
        <tr draggable=is_movable.then_some("true") on:dragstart=heard(start) on:dragover=heard(over) on:drop=heard(put)
            on:click=heard(move |_| console.choose(Chosen::Item(item)))>
            <td><span class="order">{place.to_string()}</span></td>
            <td class="val">{name_button(console, item, pattern)}</td>
            <td>{target}</td>
            <td data-less="">{methods}</td>
            <td>{policy}</td>
            <td class="num" data-less=(count == 0).then_some("")>{match faults(count) { Some(faults) => faults, None => ttl.into_any() }}</td>
        </tr>
    }
    .into_any()
}

fn trial(trial: &Trial) -> AnyView {
    let Trial { asked, place, target, key, verdict, .. } = trial.clone();
    let outcome = verdict.outcome();
    view! {
        <tr>
            <td class="val">{asked}</td>
            <td><span class="order">{place.to_string()}</span></td>
            <td data-less="">{target}</td>
            <td data-less="">{key}</td>
            <td><span class="result" data-outcome=outcome.token()><Icon name=mark(outcome)/>{verdict.said()}</span></td>
        </tr>
    }
    .into_any()
}
