//! The middle: origins, behaviors in their order, and what the rules do with some paths.

use leptos::ev;
use leptos::prelude::*;

use super::missing::{how_to_give, missing};
use super::section::Section;
use super::staging;
use super::state::{Chosen, ConsoleState, use_console};
use super::{cost, cut::cut, invalidations};
use crate::app::icon::Icon;
use crate::app::live::{Kept, drawn, heard, live, piece, text};
use crate::app::mark;
use crate::distribution::aws::Sort;
use crate::scene::console::{
    BehaviorRow, BesideRow, ErrorPageRow, GroupRow, Item, OriginRow, Overview, Trial, label,
};
use crate::scene::units;

/// The tables of what is chosen.
pub(super) fn view() -> AnyView {
    let console = use_console();
    let about = Kept::new(move || {
        let chosen = console.chosen();
        let others = [Chosen::Invalidations, Chosen::Cost];
        (console.section(), others.into_iter().find(|other| *other == chosen))
    });
    let tables = move || {
        let groups = || {
            let rows = rows(console, |overview| &overview.groups, group);
            table(console, Section::Groups, rows)
        };
        let pages = || {
            let rows = rows(console, |overview| &overview.error_pages, error_page);
            table(console, Section::ErrorPages, rows)
        };
        let origins = || {
            let rows = rows(console, |overview| &overview.origins, origin);
            table(console, Section::Origins, rows)
        };
        let behaviors = || {
            let rows = rows(console, |overview| &overview.behaviors, behavior);
            table(console, Section::Behaviors, rows)
        };
        let (section, other) = about.with(|about| *about);
        match other {
            Some(Chosen::Invalidations) => {
                return Some(view! { {invalidations::table()}{behaviors()} }.into_any());
            }
            Some(_) => return Some(cost::table()),
            None => {}
        }
        Some(match section {
            Some(Section::Groups) => view! { {groups()}{origins()} }.into_any(),
            Some(Section::ErrorPages) => view! { {pages()}{behaviors()} }.into_any(),
            Some(Section::Deployment) => {
                let section = Section::Deployment;
                view! { {table(console, section, beside_rows(console, section))}{staging::below(console)} }
                    .into_any()
            }
            Some(
                section @ (Section::Policies
                | Section::Functions
                | Section::Security
                | Section::RealTimeLogs),
            ) => view! { {table(console, section, beside_rows(console, section))}{behaviors()} }
                .into_any(),
            _ => view! { {origins()}{behaviors()}{trials(console)} }.into_any(),
        })
    };
    piece(tables)
}

/// The rows of a table, drawn anew where they are others.
fn rows<R: Clone + PartialEq + Send + Sync + 'static>(
    console: ConsoleState,
    read: fn(&Overview) -> &Vec<R>,
    row: fn(ConsoleState, usize, &R) -> AnyView,
) -> AnyView {
    drawn(
        move || read(&console.overview()).clone(),
        move |rows| {
            let rows = rows.iter().enumerate().map(|(place, one)| row(console, place, one));
            Some(rows.collect_view().into_any())
        },
    )
}

/// A section's table with its head.
fn table(console: ConsoleState, section: Section, rows: AnyView) -> AnyView {
    let add = match section {
        Section::General => "",
        Section::Origins => "Add origin",
        Section::Groups => "Add origin group",
        Section::Behaviors => "Add behavior",
        Section::ErrorPages => "Add error page",
        _ => "Add",
    };
    let head = |name: &&'static str| match name.split_once('|') {
        // What a narrow screen leaves out.
        Some((name, "num")) => view! { <th class="num" data-less="">{name}</th> }.into_any(),
        Some((name, "hidden")) => view! { <th><span class="vh">{name}</span></th> }.into_any(),
        Some((name, _)) => view! { <th data-less="">{name}</th> }.into_any(),
        None => view! { <th>{*name}</th> }.into_any(),
    };
    let heads: &[&str] = match section {
        Section::General => &[],
        Section::Origins => &["Name", "Domain", "Kind", "Region|less", "Shield|less"],
        Section::Groups => &["Name", "First origin", "Second origin", "Failover criteria"],
        Section::Behaviors => &[
            "Precedence|hidden",
            "Path pattern",
            "Origin",
            "Methods|less",
            "Cache policy",
            "TTL min / default / max|num",
        ],
        Section::Policies
        | Section::Functions
        | Section::Security
        | Section::RealTimeLogs
        | Section::Deployment => &["Name", "Kind", "What it says|less", "Used by"],
        Section::ErrorPages => {
            &["Error", "Page", "Its behavior|less", "Its origin|less", "Sent as", "Minimum TTL|num"]
        }
    };
    let none = move || {
        let missing = console.missing(section);
        if !missing.is_empty() {
            return Some(view! { <p class="none">{how_to_give(&missing)}</p> }.into_any());
        }
        let is_empty = section.items(&console.overview()).is_empty();
        is_empty.then(|| view! { <p class="none">{section.says_empty()}</p> }.into_any())
    };
    let add = match section.sorts() {
        _ if section == Section::Deployment => staging::actions(console),
        [] => view! { <button class="btn" type="button" on:click=heard(move |_| console.add(section))>{add}</button> }.into_any(),
        sorts => add_beside(console, sorts),
    };
    let keys = (section == Section::Security).then(|| {
        view! { <button class="btn" type="button" on:click=heard(move |_| console.choose(Chosen::KeyPair))>"Make a key pair"</button> }
    });
    view! {
        <section>
            <div class="table-head">
                <h2>{section.name()}" "<small>{section.says()}</small></h2>
                {keys}{add}
            </div>
            <table class="table">
                <thead><tr>{heads.iter().map(head).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {piece(none)}
        </section>
    }
    .into_any()
}

/// The rows of what stands beside the configuration, in a section.
fn beside_rows(console: ConsoleState, section: Section) -> AnyView {
    let read = move || {
        let mut rows = console.overview().beside.clone();
        rows.retain(|row| section.sorts().contains(&row.sort));
        rows
    };
    let given = drawn(read, move |rows| {
        Some(rows.iter().map(|row| beside(console, row)).collect_view().into_any())
    });
    let missing = drawn(
        move || console.missing(section),
        move |rows| Some(rows.iter().map(|row| missing(console, row)).collect_view().into_any()),
    );
    view! { {given}{missing} }.into_any()
}

/// Adds a document of the sort that is chosen.
fn add_beside(console: ConsoleState, sorts: &'static [Sort]) -> AnyView {
    if let [sort] = *sorts {
        let name = format!("Add {}", label(sort).to_lowercase());
        return view! { <button class="btn" type="button" on:click=heard(move |_| console.add_beside(sort))>{name}</button> }.into_any();
    }
    let chosen = RwSignal::new(0_usize);
    let option = |(place, sort): (usize, &Sort)| {
        view! { <option value=place.to_string()>{label(*sort)}</option> }
    };
    let add = move |_| {
        if let Some(sort) = sorts.get(chosen.get_untracked()) {
            console.add_beside(*sort);
        }
    };
    let choose = move |event: ev::Event| {
        chosen.set(event_target_value(&event).parse().unwrap_or_default());
    };
    view! {
        <span class="row">
            <span class="pick"><select class="in" aria-label="What to add" on:change=heard(choose)>{sorts.iter().enumerate().map(option).collect_view()}</select><Icon name="i-down"/></span>
            <button class="btn" type="button" on:click=heard(add)>"Add"</button>
        </span>
    }
    .into_any()
}

/// What would become of some requests.
fn trials(console: ConsoleState) -> AnyView {
    let rows = drawn(
        move || console.examples(),
        |trials| Some(trials.iter().map(trial).collect_view().into_any()),
    );
    view! {
        <section>
            <div class="table-head"><h2 class="sec">"What these rules do with some paths"</h2><p class="help" data-less="">"asked by HTTPS, from where viewers are served"</p></div>
            <table class="table">
                <thead class="vh"><tr><th>"Request"</th><th>"Behavior"</th><th data-less="">"Origin"</th><th data-less="">"Cache key"</th><th>"Outcome"</th></tr></thead>
                <tbody>{rows}</tbody>
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
            on:click=heard(move |_| console.choose(Chosen::Item(item))) on:keydown=heard(key)>{cut(name)}</button>
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

fn origin(console: ConsoleState, _: usize, row: &OriginRow) -> AnyView {
    let OriginRow { item, name, domain, kind, region, shield, faults: count } = row.clone();
    view! {
        <tr on:click=heard(move |_| console.choose(Chosen::Item(item)))>
            <td>{name_button(console, item, name)}</td>
            <td class="val">{domain}" "{faults(count)}</td>
            <td>{kind}</td>
            <td class="id" data-less="">{region}</td>
            <td class="id" data-less="">{shield}</td>
        </tr>
    }
    .into_any()
}

fn group(console: ConsoleState, _: usize, row: &GroupRow) -> AnyView {
    let GroupRow { item, name, primary, secondary, criteria, faults: count } = row.clone();
    view! {
        <tr on:click=heard(move |_| console.choose(Chosen::Item(item)))>
            <td>{name_button(console, item, name)}</td>
            <td>{cut(primary)}</td>
            <td>{cut(secondary)}</td>
            <td>{match faults(count) { Some(faults) => faults, None => criteria.into_any() }}</td>
        </tr>
    }
    .into_any()
}

fn error_page(console: ConsoleState, _: usize, row: &ErrorPageRow) -> AnyView {
    let ErrorPageRow { item, status, page, page_status, ttl, unless, faults: count } = row.clone();
    // CEP-03: the page finds its own behavior.
    let fetched = |read: fn(Trial) -> String| {
        let page = page.clone();
        text(move || console.try_path(&page).map(read).unwrap_or_default())
    };
    let (pattern, target) = (fetched(|trial| trial.pattern), fetched(|trial| trial.target));
    let page = if page.is_empty() { "the error's own content".to_owned() } else { page };
    let sent = if page_status.is_empty() { status.clone() } else { page_status };
    let ttl = if ttl.is_empty() { "10 s".to_owned() } else { format!("{ttl} s") };
    let ttl = if unless.is_empty() { ttl } else { format!("{ttl}, {unless}") };
    view! {
        <tr on:click=heard(move |_| console.choose(Chosen::Item(item)))>
            <td>{name_button(console, item, status)}</td>
            <td class="val">{page}</td>
            <td data-less="" class="parted">{pattern}</td>
            <td data-less="" class="parted">{target}</td>
            <td>{sent}</td>
            <td class="num" data-less=(count == 0).then_some("")>{match faults(count) { Some(faults) => faults, None => ttl.into_any() }}</td>
        </tr>
    }
    .into_any()
}

fn beside(console: ConsoleState, row: &BesideRow) -> AnyView {
    let BesideRow { item, label, name, says, used_by, faults: count, .. } = row.clone();
    let used_by = if used_by.is_empty() { "nobody yet".to_owned() } else { used_by };
    view! {
        <tr on:click=heard(move |_| console.choose(Chosen::Item(item)))>
            <td>{name_button(console, item, name)}</td>
            <td>{label}</td>
            <td data-less="">{says}</td>
            <td>{match faults(count) { Some(faults) => faults, None => cut(used_by) }}</td>
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
            <td>{cut(target)}</td>
            <td data-less="">{methods}</td>
            <td>{cut(policy)}</td>
            <td class="num" data-less=(count == 0).then_some("")>{match faults(count) { Some(faults) => faults, None => ttl.into_any() }}</td>
        </tr>
    }
    .into_any()
}

fn trial(trial: &Trial) -> AnyView {
    let (outcome, said) = (trial.outcome(), trial.said());
    let Trial { asked, place, target, key, .. } = trial.clone();
    view! {
        <tr>
            <td class="val">{cut(asked)}</td>
            <td><span class="order">{place.to_string()}</span></td>
            <td data-less="">{cut(target)}</td>
            <td data-less="">{cut(key)}</td>
            <td><span class="result" data-outcome=outcome.token()><Icon name=mark(outcome)/>{said}</span></td>
        </tr>
    }
    .into_any()
}
