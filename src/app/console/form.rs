//! The sheet of one item, as a form.

use leptos::ev;
use leptos::prelude::*;

use super::key_pair;
use super::section::Section;
use super::state::{Chosen, ConsoleState, part_id, use_console};
use crate::app::composer::use_composer;
use crate::app::deploying;
use crate::app::dom;
use crate::app::icon::Icon;
use crate::app::lessons::use_lessons;
use crate::app::live::{Piece, drawn, heard, live, piece, text};
use crate::scene::console::{Choice, Control, Field, Fix, Item, Setting, Sheet};
use crate::scene::units;
use crate::simulation::View;

/// The form; which fields it has is drawn anew only where they are others, so that the one that is typed in stays.
pub(super) fn view() -> AnyView {
    let console = use_console();
    let shape = move || {
        console.sheet().with(|sheet| {
            let sheet = sheet.as_ref()?;
            let fields = sheet.fields.iter().map(|field| (field.setting, field.control.clone()));
            Some((sheet.item, fields.collect::<Vec<_>>()))
        })
    };
    let of = move |read: fn(&Sheet) -> String| {
        text(move || console.sheet().with(|sheet| sheet.as_ref().map(read)).unwrap_or_default())
    };
    drawn(shape, move |shape| {
        let (item, fields) = shape.clone()?;
        let fields = fields.into_iter().map(|(setting, control)| {
            let after = (setting == Setting::MaxTtl).then(|| fixes(console));
            let heading = setting
                .heading()
                .map(|heading| view! { <h3 class="sec" data-wide="" id=part_id(setting) tabindex="-1">{heading}</h3> });
            view! { {heading}{field_view(console, setting, control)}{after} }
        });
        Some(
            view! {
                <div>
                    <p class="step-no">{of(|sheet| sheet.kind.clone())}</p>
                    <h2 class="step-title">{of(|sheet| format!("Edit {}", sheet.name))}</h2>
                </div>
                {moves(console, item)}
                {piece(move || key_pair::private_half(console))}
                {saving(console, view! { {fields.collect_view()}{foot(console)} }.into_any())}
            }
            .into_any(),
        )
    })
}

/// A form that saves what is edited.
fn saving(console: ConsoleState, within: AnyView) -> AnyView {
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        console.save();
    };
    view! { <form class="settings" on:submit=heard(save)>{within}</form> }.into_any()
}

/// What a section without items says.
pub(super) fn empty(section: Section) -> AnyView {
    let console = use_console();
    let says = move || {
        let lines: Vec<String> = console.missing(section).into_iter().map(|row| row.says).collect();
        match lines.join("; ") {
            none if none.is_empty() => section.says_empty().to_owned(),
            lines => format!("Named and not given: {lines}."),
        }
    };
    view! {
        <h2 class="step-title">{section.name()}</h2>
        <p class="say">{text(says)}</p>
        {saving(console, foot(console))}
    }
    .into_any()
}

/// What a setting changes on the way of a request, and where that is written.
fn does((item, setting): (Item, Setting)) -> AnyView {
    let [row, page, says] = setting.source(item);
    let source = format!("{row}, guide page {page}");
    view! {
        <section class="part does">
            <h3 class="sec">{setting.label()}</h3>
            <p id=DOES>{says}</p>
            <p class="help">{source}</p>
        </section>
    }
    .into_any()
}

/// The id of that.
const DOES: &str = "set-does";

/// The order of a behavior, and taking an item out.
fn moves(console: ConsoleState, item: Item) -> Option<AnyView> {
    let shift = |name: &'static str, up: bool| {
        view! { <button class="btn" type="button" title="Alt and an arrow on the row do the same" on:click=heard(move |_| console.shift(item, up))>{name}</button> }
    };
    let order = matches!(item, Item::Behavior(_))
        .then(|| view! { {shift("Move up", true)}{shift("Move down", false)} }.into_any());
    let use_it = move || {
        let unused = console.sheet().with(|sheet| sheet.as_ref()?.unused.clone())?;
        let said = format!("Use it in {}", unused.name);
        let go = heard(move |_| {
            console.put_to_use(&unused);
            dom::focus(id_of(unused.setting));
        });
        Some(view! { <button class="btn" type="button" on:click=go>{said}</button> }.into_any())
    };
    item.is_removable().then(|| {
        view! {
            <div class="moves">
                {order}
                {piece(use_it)}
                <button class="btn" type="button" on:click=heard(move |_| console.remove())>"Remove"</button>
            </div>
        }
        .into_any()
    })
}

/// The id of what is said of them.
const TTLS_SAID: &str = "set-ttls-said";

/// The three settings that stand beside each other, so that what is wrong with one stands below all.
const TTLS: [Setting; 3] = [Setting::MinTtl, Setting::DefaultTtl, Setting::MaxTtl];

/// What is wrong with the TTLs, and what would mend it.
fn fixes(console: ConsoleState) -> AnyView {
    let faults = move || {
        let faults = console.sheet().with(|sheet| {
            let fields = sheet.iter().flat_map(|sheet| &sheet.fields);
            let ttls = fields.filter(|field| TTLS.contains(&field.setting));
            ttls.flat_map(|field| field.faults.clone()).collect::<Vec<_>>()
        });
        let line = |line: String| view! { <p class="err"><Icon name="m-error"/>{line}</p> };
        (!faults.is_empty()).then(|| faults.into_iter().map(line).collect_view().into_any())
    };
    let read =
        move || console.sheet().with(|sheet| sheet.as_ref().map(Sheet::fixes)).unwrap_or_default();
    let buttons = drawn(read, move |fixes| {
        let button = |fix: &Fix| {
            let Fix { label, setting, value } = fix.clone();
            view! { <button class="btn" type="button" on:click=heard(move |_| console.enter(setting, &value))>{label}</button> }
        };
        (!fixes.is_empty()).then(|| {
            view! { <div class="row">{fixes.iter().map(button).collect_view()}</div> }.into_any()
        })
    });
    view! { <div id=TTLS_SAID>{piece(faults)}{buttons}</div> }.into_any()
}

/// So many sentences stand at the foot, which covers the form; the rest is counted.
const MOST_SAID: usize = 2;

/// What was refused last, and what is wrong with the item or the rest, at none of the fields.
fn elsewhere(console: ConsoleState) -> Piece {
    let mut said: Vec<String> = console.refusal().into_iter().collect();
    console.sheet().with(|sheet| {
        said.extend(sheet.iter().flat_map(|sheet| sheet.faults.iter().cloned()));
    });
    said.extend(console.faults_elsewhere());
    let more = said.len().saturating_sub(MOST_SAID);
    said.truncate(MOST_SAID);
    if more > 0 {
        said.push(format!("and {more} more"));
    }
    let line = |sentence| view! { <p class="err"><Icon name="m-error"/>{sentence}</p> };
    (!said.is_empty()).then(|| {
        let lines = said.into_iter().map(line).collect_view();
        view! { <div role="alert">{lines}</div> }.into_any()
    })
}

/// Saving, and what hinders it.
fn foot(console: ConsoleState) -> AnyView {
    let (lessons, composer) = (use_lessons(), use_composer());
    let said = move || {
        match (console.count_faults(), console.is_changed()) {
        (0, false) => {
            "Nothing has changed. What you save is deployed edge location by edge location; it purges nothing."
                .to_owned()
        }
        (0, true) => {
            "Not saved yet. What is stored stays until its time is over or it is invalidated."
                .to_owned()
        }
        (count, _) => format!("{} to solve first", units::count(count, "problem", "problems")),
    }
    };
    let faulty = move || {
        let other = console.faulty_side();
        let item = console.faulty();
        if item.is_none() && other.is_none() {
            return None;
        }
        let go = heard(move |_| match (item, other) {
            (Some(item), _) => console.choose(Chosen::Item(item)),
            (None, Some(side)) => console.turn_to_fault(side),
            (None, None) => {}
        });
        Some(
            view! { <button class="btn" type="button" on:click=go>"Show the problem"</button> }
                .into_any(),
        )
    };
    let seen = move || {
        let is_there = console.has_saved() && !console.is_changed();
        is_there.then(|| {
            let go = heard(move |_| {
                console.demonstrate(composer);
                lessons.show(View::Walk);
            });
            view! { <button class="btn" type="button" on:click=go>"See it in the walk"</button> }
                .into_any()
        })
    };
    let is_idle = move || console.count_faults() > 0 || !console.is_changed();
    view! {
        <div class="foot">
            {piece(move || console.looked_at().map(does))}
            <div class="stick">
            <div class="row">
                <button class="btn prime" type="submit" aria-disabled=live(move || is_idle().then_some("true"))>"Save changes"</button>
                <button class="btn" type="button" aria-disabled=live(move || (!console.can_undo() && !console.can_undo_save()).then_some("true")) on:click=heard(move |_| console.undo())>{text(move || (if console.can_undo_save() { "Undo save" } else { "Undo edit" }).to_owned())}</button>
                <button class="btn" type="button" aria-disabled=live(move || (!console.is_changed()).then_some("true")) on:click=heard(move |_| console.discard())>"Discard"</button>
            </div>
            {piece(move || elsewhere(console))}
            <p class="help" role="status">{text(said)}</p>
            {piece(faulty)}
            {piece(seen)}
            {deploying::view()}
            </div>
        </div>
    }
    .into_any()
}

/// The id of a setting's control.
fn id_of(setting: Setting) -> String {
    let name = format!("{setting:?}");
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    ["set-"].into_iter().map(str::to_owned).chain(letters.map(String::from)).collect()
}

fn field_view(console: ConsoleState, setting: Setting, control: Control) -> AnyView {
    let id = id_of(setting);
    let read = move |read: fn(&Field) -> String| {
        move || {
            console.sheet().with(|sheet| {
                let fields = sheet.iter().flat_map(|sheet| &sheet.fields);
                fields
                    .into_iter()
                    .find(|field| field.setting == setting)
                    .map(read)
                    .unwrap_or_default()
            })
        }
    };
    let value = read(|field| field.value.clone());
    let help = read(|field| field.help.clone());
    let faults = read(|field| field.faults.join("\n"));
    let label = setting.label();
    // As many as are written, within reason.
    let rows = move || (value().lines().count() + 1).clamp(2, 12).to_string();
    let is_bad = move || (!faults().is_empty()).then_some("true");
    let is_ttl = TTLS.contains(&setting);
    let said = if is_ttl { TTLS_SAID.to_owned() } else { format!("{id}-said") };
    let described = format!("{said} {DOES}");
    let look = move |_: ev::FocusEvent| console.look_at(setting);
    let enter = move |text: &str| console.enter(setting, text);
    let lines = {
        let help = move || {
            let help = help();
            (!help.is_empty()).then(|| view! { <p class="help">{help}</p> }.into_any())
        };
        let faults = move || {
            let faults = faults();
            let line =
                |line: &str| view! { <p class="err"><Icon name="m-error"/>{line.to_owned()}</p> };
            (!faults.is_empty()).then(|| faults.lines().map(line).collect_view().into_any())
        };
        (!is_ttl).then(|| view! { <div id=said>{piece(help)}{piece(faults)}</div> }.into_any())
    };
    let option = move |choice: Choice| {
        let own = choice.value.clone();
        view! { <option value=choice.value prop:selected=live(move || value() == own)>{choice.label}</option> }
    };
    match control {
        Control::Flag => view! {
            <label class="switch" on:focusin=heard(look)>{label}
                <input type="checkbox" role="switch" aria-describedby=described prop:checked=live(move || value() == "true")
                    on:change=heard(move |event| enter(if event_target_checked(&event) { "true" } else { "false" }))/>
            </label>
            {lines}
        }
        .into_any(),
        Control::Segments(choices) => {
            let segment = move |choice: Choice| {
                let (own, given) = (choice.value.clone(), choice.value.clone());
                view! {
                    <label><input type="radio" name=id_of(setting) value=choice.value prop:checked=live(move || value() == own)
                        on:change=heard(move |_| enter(&given))/><span>{choice.label}</span></label>
                }
            };
            view! {
                <fieldset class="field" on:focusin=heard(look)><legend>{label}</legend>
                    <div class="segs">{choices.into_iter().map(segment).collect_view()}</div>{lines}
                </fieldset>
            }
            .into_any()
        }
        // One a line, in the order of the list.
        Control::Several(choices) => {
            let words: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
            // The first of them is where the setting begins.
            let one = move |(place, choice): (usize, Choice)| {
                let id = (place == 0).then(|| id.clone());
                let (own, toggled, words) = (choice.value.clone(), choice.value, words.clone());
                let toggle = move |event: ev::Event| {
                    let (now, is_on) = (untrack(value), event_target_checked(&event));
                    let is_kept = |word: &&String| {
                        if **word == toggled { is_on } else { now.lines().any(|it| it == word.as_str()) }
                    };
                    let kept: Vec<&str> = words.iter().filter(is_kept).map(String::as_str).collect();
                    enter(&kept.join("\n"));
                };
                view! {
                    <label class="switch">{choice.label}<input type="checkbox" role="switch" id=id
                        prop:checked=live(move || value().lines().any(|it| it == own)) on:change=heard(toggle)/></label>
                }
            };
            view! {
                <fieldset class="field" on:focusin=heard(look) aria-describedby=described><legend>{label}</legend>
                    {choices.into_iter().enumerate().map(one).collect_view()}{lines}
                </fieldset>
            }
            .into_any()
        }
        Control::Choice(choices) => view! {
            <div class="field" on:focusin=heard(look)>
                <label for=id.clone()>{label}</label>
                <span class="pick"><select class="in" id=id aria-invalid=live(is_bad) aria-describedby=described
                    on:change=heard(move |event| enter(&event_target_value(&event)))>{choices.into_iter().map(option).collect_view()}</select><Icon name="i-down"/></span>
                {lines}
            </div>
        }
        .into_any(),
        Control::Lines => view! {
            <div class="field" data-wide="" on:focusin=heard(look)>
                <label for=id.clone()>{label}</label>
                <textarea class="in" id=id rows=live(rows) spellcheck="false" aria-invalid=live(is_bad) aria-describedby=described
                    prop:value=live(value) on:change=heard(move |event| enter(&event_target_value(&event)))
                    on:blur=heard(move |event| enter(&event_target_value(&event)))></textarea>
                {lines}
            </div>
        }
        .into_any(),
        Control::Text | Control::Entry | Control::Proposed(_) | Control::Whole(_) => {
            let is_entry = control == Control::Entry;
            let list = format!("{id}-list");
            let proposals = match &control {
                Control::Proposed(choices) => choices.clone(),
                _ => Vec::new(),
            };
            let proposal = |choice: Choice| view! { <option value=choice.value>{choice.label}</option> };
            // A list that hangs on a field shows what begins like the field alone; this one shows all.
            let kinds = (setting == Setting::DomainName).then(|| {
                let options = proposals.iter().cloned().map(option).collect_view();
                let known: Vec<String> = proposals.iter().map(|choice| choice.value.clone()).collect();
                let chosen = move || known.iter().find(|known| **known == value()).cloned().unwrap_or_default();
                view! {
                    <span class="pick"><select class="in" aria-label="Example of a kind"
                        prop:value=live(chosen)
                        on:change=heard(move |event| enter(&event_target_value(&event)))>
                        <option value="">"An example of each kind"</option>{options}
                    </select><Icon name="i-down"/></span>
                }
            });
            let proposals = (!proposals.is_empty()).then(|| {
                let options = proposals.into_iter().map(proposal).collect_view();
                view! { <datalist id=list.clone()>{options}</datalist> }
            });
            let list = proposals.is_some().then_some(list);
            let unit = match control {
                Control::Whole(unit) if !unit.is_empty() => format!(" ({unit})"),
                _ => String::new(),
            };
            view! {
                <div class="field" data-short=matches!(control, Control::Whole(_)).then_some("") on:focusin=heard(look)>
                    <label for=id.clone()>{label}{unit}</label>
                    <input class="in" id=id list=list autocomplete="off" spellcheck="false" aria-invalid=live(is_bad) aria-describedby=described
                        inputmode=matches!(control, Control::Whole(_)).then_some("numeric")
                        prop:value=live(value)
                        on:input=heard(move |event| if !is_entry { enter(&event_target_value(&event)) })
                        on:change=heard(move |event| if is_entry { enter(&event_target_value(&event)) })
                        on:blur=heard(move |event| if is_entry { enter(&event_target_value(&event)) })/>
                    {proposals}{kinds}{lines}
                </div>
            }
            .into_any()
        }
    }
}
