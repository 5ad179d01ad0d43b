//! Settings with a number: how much room the caches have, how large an object is, and the three TTLs of a behavior.

use leptos::ev;
use leptos::prelude::*;

use super::model::{Control, NumberField};
use super::numbers;
use super::parts::{Fold, NoticeLine, described_by, invalid, put_back, refuse_vast};
use super::state::{ComposerState, use_composer};
use super::switches::behavior_of;
use super::upkeep::on_enter;
use crate::app::live::{Live, heard, live, text};
use crate::distribution::TtlBounds;
use crate::simulation::Action;

/// "Cache size".
#[component]
pub(super) fn CacheSize() -> impl IntoView {
    let composer = use_composer();
    let room = move || composer.settings().pop_capacity_bytes;
    let set = move || {
        set_megabytes(
            composer,
            CAPACITY,
            &untrack(|| shown(composer, CAPACITY.field, room)),
            |bytes| Action::SetPopCapacity { bytes },
        );
    };
    let value = text(move || {
        let settings = composer.settings();
        let (pop, rec) = (settings.pop_capacity_bytes, settings.rec_capacity_bytes());
        format!("{} MB, {} MB", numbers::write_megabytes(pop), numbers::write_megabytes(rec))
    });
    view! {
        <Fold title="Cache size" value=value>
            <div class="field">
                <label for=CAPACITY.id>"POP capacity (MB)"</label>
                <div class="row">
                    {input(composer, CAPACITY, live(move || shown(composer, CAPACITY.field, room)), Some("capacity-help"), set)}
                    <button class="btn" type="button" on:click=heard(move |_| set())>"Set"</button>
                </div>
                <p class="help" id="capacity-help">"The regional edge cache has ten times as much"</p>
                <NoticeLine control=Control::Capacity id=CAPACITY.id/>
            </div>
        </Fold>
    }
}

/// "Object size": publishes a version of another size.
#[component]
pub(super) fn ObjectSize() -> impl IntoView {
    let composer = use_composer();
    let size = move || composer.object_size().unwrap_or_default();
    let set = move || {
        set_megabytes(
            composer,
            SIZE,
            &untrack(|| shown(composer, SIZE.field, size)),
            |size_bytes| Action::Resize { path: untrack(|| composer.path()), size_bytes },
        );
    };
    view! {
        <div class="field">
            <label for=SIZE.id>"Object size (MB)"</label>
            <div class="row">
                {input(composer, SIZE, live(move || shown(composer, SIZE.field, size)), None, set)}
                <button class="btn" type="button" on:click=heard(move |_| set())>"Publish so"</button>
            </div>
            <NoticeLine control=Control::Size id=SIZE.id/>
        </div>
    }
}

/// "TTLs" of the behavior for the path.
#[component]
pub(super) fn Ttls() -> impl IntoView {
    let composer = use_composer();
    let set = move || {
        let read = |slot: Slot| {
            let text = untrack(|| shown_ttl(composer, slot));
            numbers::seconds(slot.what, &text)
        };
        let ttl = read(MIN)
            .and_then(|min| Ok(TtlBounds { min, default: read(DEFAULT)?, max: read(MAX)? }));
        let pattern = untrack(|| behavior_of(composer)).map(|behavior| behavior.pattern);
        match (ttl, pattern) {
            (Ok(ttl), Some(pattern)) => {
                if composer.act(Control::Ttls, &Action::SetTtl { pattern, ttl }) {
                    composer.update(|model| {
                        for slot in TTLS {
                            model.set_typed(slot.field, None);
                        }
                    });
                }
            }
            (Err(error), _) => composer.refuse(Control::Ttls, &error),
            (Ok(_), None) => {}
        }
    };
    let value = text(move || {
        let ttl = behavior_of(composer).map(|behavior| behavior.cache_policy.ttl);
        let words = |ttl: TtlBounds| {
            [ttl.min, ttl.default, ttl.max].map(super::said::span_label).join(", ")
        };
        ttl.map(words).unwrap_or_default()
    });
    let field = move |slot: Slot| {
        view! {
            <div class="field">
                <label for=slot.id>{slot.label}</label>
                {input(composer, slot, live(move || shown_ttl(composer, slot)), None, set)}
            </div>
        }
    };
    let whose = text(move || {
        let behavior = behavior_of(composer);
        behavior
            .map(|behavior| format!("Of behavior {}, in seconds", behavior.pattern))
            .unwrap_or_default()
    });
    view! {
        <Fold title="TTLs" value=value>
            <p class="help">{whose}</p>
            <div class="ttls">{TTLS.map(field).collect_view()}</div>
            <button class="btn" type="button" on:click=heard(move |_| set())>"Set TTLs"</button>
            <NoticeLine control=Control::Ttls id="ttls"/>
        </Fold>
    }
}

/// A number field and what belongs to it.
#[derive(Clone, Copy)]
struct Slot {
    field: NumberField,
    control: Control,
    /// The id of its input, and the base of those of its lines.
    id: &'static str,
    label: &'static str,
    /// As an error names it.
    what: &'static str,
}

const CAPACITY: Slot = Slot {
    field: NumberField::Capacity,
    control: Control::Capacity,
    id: "capacity",
    label: "POP capacity (MB)",
    what: "the POP capacity",
};
const SIZE: Slot = Slot {
    field: NumberField::Size,
    control: Control::Size,
    id: "object-size",
    label: "Object size (MB)",
    what: "the object size",
};
const MIN: Slot = ttl_slot(NumberField::MinTtl, "ttl-min", "Minimum", "the minimum TTL");
const DEFAULT: Slot =
    ttl_slot(NumberField::DefaultTtl, "ttl-default", "Default", "the default TTL");
const MAX: Slot = ttl_slot(NumberField::MaxTtl, "ttl-max", "Maximum", "the maximum TTL");
const TTLS: [Slot; 3] = [MIN, DEFAULT, MAX];

const fn ttl_slot(
    field: NumberField,
    id: &'static str,
    label: &'static str,
    what: &'static str,
) -> Slot {
    Slot { field, control: Control::Ttls, id, label, what }
}

/// The longest text that is kept as a number: none that fits is longer.
const LONGEST_NUMBER: usize = 100;

/// The input of a number. What is far too long for one is refused and not kept, so that the field need not carry it.
fn input(
    composer: ComposerState,
    slot: Slot,
    value: Live<String>,
    help: Option<&'static str>,
    set: impl Fn() + Copy + Send + 'static,
) -> AnyView {
    let Slot { field, control, id, what, .. } = slot;
    let is_refused = move || composer.refusal(control).is_some();
    let refuse = move |text: &str| {
        if let Err(error) = numbers::megabytes(what, text) {
            composer.refuse(control, &error);
        }
    };
    let edit = move |event: ev::Event| {
        let text = event_target_value(&event);
        if text.len() > LONGEST_NUMBER {
            let before = composer.read_untracked(|model| model.typed(field).map(str::to_owned));
            put_back(&event, &before.unwrap_or_default());
            refuse(&text);
        } else {
            composer.update(|model| {
                model.hush(control);
                model.set_typed(field, Some(text));
            });
        }
    };
    view! {
        <input class="in" id=id inputmode="decimal" autocomplete="off"
            aria-invalid=invalid(is_refused) aria-describedby=described_by(id, help, is_refused)
            prop:value=value on:input=heard(edit)
            on:paste=heard(move |event| refuse_vast(&event, LONGEST_NUMBER, |text| refuse(&text)))
            on:keydown=heard(move |event| on_enter(&event, set))/>
    }
    .into_any()
}

/// What a field of megabytes shows: what is typed, or else what holds.
fn shown(composer: ComposerState, field: NumberField, holds: impl Fn() -> u64) -> String {
    let typed = composer.read(|model| model.typed(field).map(str::to_owned));
    typed.unwrap_or_else(|| numbers::write_megabytes(holds()))
}

fn shown_ttl(composer: ComposerState, slot: Slot) -> String {
    let typed = composer.read(|model| model.typed(slot.field).map(str::to_owned));
    typed.unwrap_or_else(|| {
        let ttl = behavior_of(composer).map(|behavior| behavior.cache_policy.ttl);
        let read = |ttl: TtlBounds| match slot.field {
            NumberField::MinTtl => ttl.min,
            NumberField::DefaultTtl => ttl.default,
            _ => ttl.max,
        };
        ttl.map(|ttl| read(ttl).to_string()).unwrap_or_default()
    })
}

/// Takes what is typed as the setting, or says what is wrong with it.
fn set_megabytes(composer: ComposerState, slot: Slot, text: &str, action: impl Fn(u64) -> Action) {
    let is_set = match numbers::megabytes(slot.what, text) {
        Ok(bytes) => composer.act(slot.control, &action(bytes)),
        Err(error) => {
            composer.refuse(slot.control, &error);
            false
        }
    };
    if is_set {
        composer.update(|model| model.set_typed(slot.field, None));
    } else {
        composer.show(slot.id);
    }
}
