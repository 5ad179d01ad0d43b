//! Settings with a number: how much room the caches have, how large an object is, and the three TTLs of a behavior.

use leptos::ev;
use leptos::prelude::*;

use super::model::{Control, NumberField};
use super::numbers::{self, NumberError};
use super::parts::{Fold, NoticeLine, described_by, invalid, on_enter, put_back, refuse_vast};
use super::said::span_label;
use super::state::{ComposerState, use_composer};
use super::switches::behavior_of;
use crate::app::live::{heard, live, text};
use crate::distribution::TtlBounds;
use crate::simulation::Action;

/// A field for a number, and what belongs to it.
#[derive(Clone, Copy)]
struct Slot {
    field: NumberField,
    control: Control,
    /// The id of its input.
    id: &'static str,
    /// The base of the id of the line that says why it was refused.
    refused_id: &'static str,
    label: &'static str,
    /// As an error names it.
    what: &'static str,
    read: fn(&'static str, &str) -> Result<u64, NumberError>,
    write: fn(u64) -> String,
    /// What holds at the playhead.
    holds: fn(ComposerState) -> u64,
}

const CAPACITY: Slot = Slot {
    field: NumberField::Capacity,
    control: Control::Capacity,
    id: "capacity",
    refused_id: "capacity",
    label: "POP capacity (MB)",
    what: "the POP capacity",
    read: numbers::megabytes,
    write: numbers::write_megabytes,
    holds: |composer| composer.settings().pop_capacity_bytes,
};
const SIZE: Slot = Slot {
    field: NumberField::Size,
    control: Control::Size,
    id: "object-size",
    refused_id: "object-size",
    label: "Object size (MB)",
    what: "the object size",
    read: numbers::megabytes,
    write: numbers::write_megabytes,
    holds: |composer| composer.object_size().unwrap_or_default(),
};
const MIN: Slot = Slot {
    field: NumberField::MinTtl,
    control: Control::Ttls,
    id: "ttl-min",
    refused_id: "ttls",
    label: "Minimum",
    what: "the minimum TTL",
    read: numbers::seconds,
    write: whole,
    holds: |composer| ttl_of(composer).min,
};
const DEFAULT: Slot = Slot {
    field: NumberField::DefaultTtl,
    id: "ttl-default",
    label: "Default",
    what: "the default TTL",
    holds: |composer| ttl_of(composer).default,
    ..MIN
};
const MAX: Slot = Slot {
    field: NumberField::MaxTtl,
    id: "ttl-max",
    label: "Maximum",
    what: "the maximum TTL",
    holds: |composer| ttl_of(composer).max,
    ..MIN
};

fn whole(number: u64) -> String {
    number.to_string()
}

/// The TTLs of the behavior for the path.
fn ttl_of(composer: ComposerState) -> TtlBounds {
    let none = TtlBounds { min: 0, default: 0, max: 0 };
    behavior_of(composer).map_or(none, |behavior| behavior.cache_policy.ttl)
}

impl Slot {
    /// What it shows: what is typed, or else what holds.
    fn shown(self, composer: ComposerState) -> String {
        let typed = composer.read(|model| model.typed(self.field).map(str::to_owned));
        typed.unwrap_or_else(|| (self.write)((self.holds)(composer)))
    }

    /// The number that it shows.
    fn number(self, composer: ComposerState) -> Result<u64, NumberError> {
        (self.read)(self.what, &untrack(|| self.shown(composer)))
    }
}

/// "Cache size".
#[component]
pub(super) fn CacheSize() -> impl IntoView {
    let composer = use_composer();
    let set = move || set(composer, [CAPACITY], |[bytes]| Some(Action::SetPopCapacity { bytes }));
    let value = text(move || {
        let settings = composer.settings();
        let (pop, rec) = (settings.pop_capacity_bytes, settings.rec_capacity_bytes());
        format!("{} MB, {} MB", numbers::write_megabytes(pop), numbers::write_megabytes(rec))
    });
    view! {
        <Fold title="Cache size" value=value>
            <div class="field">
                <label for=CAPACITY.id>{CAPACITY.label}</label>
                <div class="row">
                    {input(composer, CAPACITY, Some("capacity-help"), set)}
                    <button class="btn" type="button" on:click=heard(move |_| set())>"Set"</button>
                </div>
                <p class="help" id="capacity-help">"The regional edge cache has ten times as much"</p>
                <NoticeLine control=CAPACITY.control id=CAPACITY.refused_id/>
            </div>
        </Fold>
    }
}

/// "Object size": publishes a version of another size.
#[component]
pub(super) fn ObjectSize() -> impl IntoView {
    let composer = use_composer();
    let resize = move |[size_bytes]: [u64; 1]| {
        Some(Action::Resize { path: untrack(|| composer.path()), size_bytes })
    };
    let set = move || set(composer, [SIZE], resize);
    view! {
        <div class="field">
            <label for=SIZE.id>{SIZE.label}</label>
            <div class="row">
                {input(composer, SIZE, None, set)}
                <button class="btn" type="button" on:click=heard(move |_| set())>"Publish so"</button>
            </div>
            <NoticeLine control=SIZE.control id=SIZE.refused_id/>
        </div>
    }
}

/// "TTLs" of the behavior for the path.
#[component]
pub(super) fn Ttls() -> impl IntoView {
    const TTLS: [Slot; 3] = [MIN, DEFAULT, MAX];
    let composer = use_composer();
    let change = move |[min, default, max]: [u64; 3]| {
        let pattern = untrack(|| behavior_of(composer))?.pattern;
        Some(Action::SetTtl { pattern, ttl: TtlBounds { min, default, max } })
    };
    let set = move || set(composer, TTLS, change);
    let value = text(move || {
        let ttl = ttl_of(composer);
        [ttl.min, ttl.default, ttl.max].map(span_label).join(", ")
    });
    let field = move |slot: Slot| {
        view! {
            <div class="field">
                <label for=slot.id>{slot.label}</label>
                {input(composer, slot, None, set)}
            </div>
        }
    };
    let whose = text(move || {
        let behavior = behavior_of(composer);
        let whose = |pattern| format!("Of behavior {pattern}, in seconds");
        behavior.map(|behavior| whose(behavior.pattern)).unwrap_or_default()
    });
    view! {
        <Fold title="TTLs" value=value>
            <p class="help">{whose}</p>
            <div class="ttls">{TTLS.map(field).collect_view()}</div>
            <button class="btn" type="button" on:click=heard(move |_| set())>"Set TTLs"</button>
            <NoticeLine control=MIN.control id=MIN.refused_id/>
        </Fold>
    }
}

/// The longest text that is kept as a number: none that fits is longer.
const LONGEST_NUMBER: usize = 100;

/// The input of a number. What is far too long for one is refused and not kept, so that the field need not carry it.
fn input(
    composer: ComposerState,
    slot: Slot,
    help: Option<&'static str>,
    set: impl Fn() + Copy + Send + 'static,
) -> AnyView {
    let is_refused = move || composer.refusal(slot.control).is_some();
    let refuse = move |text: &str| {
        if let Err(error) = (slot.read)(slot.what, text) {
            composer.refuse(slot.control, &error);
        }
    };
    let edit = move |event: ev::Event| {
        let text = event_target_value(&event);
        if text.len() > LONGEST_NUMBER {
            put_back(&event, &untrack(|| slot.shown(composer)));
            refuse(&text);
        } else {
            composer.update(|model| {
                model.hush(slot.control);
                model.set_typed(slot.field, Some(text));
            });
        }
    };
    view! {
        <input class="in" id=slot.id inputmode="decimal" autocomplete="off"
            aria-invalid=invalid(is_refused) aria-describedby=described_by(slot.refused_id, help, is_refused)
            prop:value=live(move || slot.shown(composer)) on:input=heard(edit)
            on:paste=heard(move |event| refuse_vast(&event, LONGEST_NUMBER, |text| refuse(&text)))
            on:keydown=heard(move |event| on_enter(&event, set))/>
    }
    .into_any()
}

/// Takes what some fields show as a setting, or says what is wrong with it and gives the field the focus.
fn set<const N: usize>(
    composer: ComposerState,
    slots: [Slot; N],
    action: impl FnOnce([u64; N]) -> Option<Action>,
) {
    let mut numbers = [0; N];
    for (number, slot) in numbers.iter_mut().zip(slots) {
        match slot.number(composer) {
            Ok(read) => *number = read,
            Err(error) => {
                composer.refuse(slot.control, &error);
                composer.show(slot.id);
                return;
            }
        }
    }
    let (Some(action), Some(first)) = (action(numbers), slots.first()) else { return };
    if composer.act(first.control, &action) {
        composer.update(|model| slots.iter().for_each(|slot| model.set_typed(slot.field, None)));
    } else {
        composer.show(first.id);
    }
}
