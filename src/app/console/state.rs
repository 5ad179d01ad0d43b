//! What is edited, whether or not it is saved, and what is wrong with it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::dom;
use crate::app::live::Kept;
use crate::app::pages::use_unsaved;
use crate::app::state::{WalkState, use_walk};
use crate::distribution::{AwsError, Configuration, Draft, Side};
use crate::scene::console::{Item, OF_PRIMARY, Overview, Setting, Sheet, errors_in_view};

use super::section::Section;

mod editing;
mod history;
mod staging;
mod trials;
mod walked;

use history::History;

/// What the right column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The sheet of an item.
    Item(Item),
    /// That a section has no item yet.
    Empty(Section),
    /// What opens and saves JSON.
    Papers,
    /// The invalidations of the walk.
    Invalidations,
    /// What makes a key pair.
    KeyPair,
    /// What the walk would cost.
    Cost,
}

/// The console's state: the draft of the configuration in force at the playhead.
#[derive(Clone, Copy)]
pub(crate) struct ConsoleState {
    walk: WalkState,
    draft: RwSignal<Draft>,
    edits: StoredValue<Edits>,
    checked: Kept<Arc<Checked>>,
    overview: Kept<Arc<Overview>>,
    sheet: Kept<Option<Sheet>>,
    chosen: RwSignal<Chosen>,
    looked_at: RwSignal<Option<Setting>>,
    tried: RwSignal<String>,
}

/// What is known of the edits. Apart, since a state that is handed on is to be small.
#[derive(Clone, Copy)]
struct Edits {
    history: RwSignal<History>,
    /// Why the last one was refused.
    refusal: RwSignal<Option<String>>,
    /// The part of the long sheet that was asked for last, by its first setting.
    part: RwSignal<Option<Setting>>,
}

/// What a draft comes to.
#[derive(Clone, PartialEq, Eq)]
struct Checked {
    /// What AWS would not take.
    errors: Vec<AwsError>,
    /// What it would come to: of a draft with errors, what is in force.
    configuration: Configuration,
    is_changed: bool,
}

/// Puts the console's state into context, after the walk; once is enough.
pub(crate) fn provide_console() {
    if use_context::<ConsoleState>().is_some() {
        return;
    }
    let walk = use_walk();
    let base = Kept::new(move || Arc::clone(&walk.scene().settings.configuration));
    let draft = RwSignal::new(base.with_untracked(|base| Draft::of(base)));
    let history = RwSignal::new(History::default());
    let begun = Kept::new(move || begun(walk));
    let tried = RwSignal::new(untrack(|| first_path(walk)));
    // What was edited when a walk of another distribution came: it comes back with the walk that it belongs to.
    let left = StoredValue::new(None::<(Arc<Configuration>, Draft)>);
    // Another step, an undo: what is not edited follows. A walk of another distribution takes what is edited with it.
    Effect::new(move |before: Option<Arc<Configuration>>| {
        let (base, begun) = (base.with(Arc::clone), begun.with(Arc::clone));
        let other = before.filter(|before| *before != begun);
        let is_another = other.is_some();
        let mut is_edited = draft.with_untracked(Draft::is_edited);
        if let Some(other) = other {
            tried.set(untrack(|| first_path(walk)));
            let now = draft.get_untracked();
            let earlier = left.try_update_value(Option::take).flatten();
            match earlier {
                Some((its, earlier)) if its == begun => {
                    draft.set(earlier);
                    history.update(History::clear);
                    return begun;
                }
                earlier if !is_edited => left.set_value(earlier),
                _ => left.set_value(Some((other, now))),
            }
            is_edited = false;
        }
        let is_of_base = draft.with_untracked(|draft| *draft.base() == *base);
        if !is_edited && (is_another || !is_of_base) {
            let turn = |draft: &Draft| {
                if is_another { Draft::of(&base) } else { draft.turned_to(&base) }
            };
            draft.update(|draft| *draft = turn(draft));
            history.update(History::clear);
        }
        begun
    });
    let checked = Kept::new(move || {
        draft.with(|draft| {
            let is_changed = draft.is_edited();
            let checked = match draft.check() {
                Ok(configuration) => Checked { errors: Vec::new(), configuration, is_changed },
                Err(errors) => {
                    let errors = errors_in_view(draft, errors);
                    Checked { errors, configuration: draft.base().clone(), is_changed }
                }
            };
            Arc::new(checked)
        })
    });
    let overview = Kept::new(move || {
        let checked = checked.with(Arc::clone);
        Arc::new(draft.with(|draft| Overview::of(draft, &checked.errors)))
    });
    let chosen = RwSignal::new(Chosen::Item(Item::Default));
    let sheet = Kept::new(move || {
        let Chosen::Item(item) = chosen.get() else { return None };
        let checked = checked.with(Arc::clone);
        draft.with(|draft| Sheet::of(item, draft, &checked.errors))
    });
    let unsaved = use_unsaved();
    Effect::new(move |_| unsaved.0.set(checked.with(|checked| checked.is_changed)));
    provide_context(ConsoleState {
        walk,
        draft,
        edits: StoredValue::new(Edits {
            history,
            refusal: RwSignal::new(None),
            part: RwSignal::new(None),
        }),
        checked,
        overview,
        sheet,
        chosen,
        looked_at: RwSignal::new(None),
        tried,
    });
}

/// The id of a part's heading, by its first setting.
pub(super) fn part_id(first: Setting) -> String {
    format!("part-{first:?}")
}

/// What a walk began with, by which one is told from another.
fn begun(walk: WalkState) -> Arc<Configuration> {
    walk.with_run(|run| Arc::clone(&run.walk().scenario.configuration))
}

/// The path that is tried first: that of the built-in site, or the first that the origins have an object for.
fn first_path(walk: WalkState) -> String {
    const BUILT_IN: &str = "/img/hero.jpg";
    walk.with_run(|run| {
        let site = run.world().site();
        let first = site.get(BUILT_IN).or_else(|| site.iter().next());
        first.map_or(BUILT_IN, |object| &object.path).to_owned()
    })
}

/// The console in context.
pub(super) fn use_console() -> ConsoleState {
    expect_context()
}

impl ConsoleState {
    fn edits(self) -> Edits {
        self.edits.get_value()
    }

    /// What the right column shows.
    pub(super) fn chosen(self) -> Chosen {
        self.chosen.get()
    }

    /// The section of what is chosen.
    pub(super) fn section(self) -> Option<Section> {
        match self.chosen() {
            Chosen::Item(item) => Some(Section::of(item)),
            Chosen::Empty(section) => Some(section),
            Chosen::KeyPair => Some(Section::Security),
            Chosen::Papers | Chosen::Invalidations | Chosen::Cost => None,
        }
    }

    /// Shows something in the right column.
    pub(super) fn choose(self, chosen: Chosen) {
        self.edits().refusal.set(None);
        self.edits().part.set(None);
        self.chosen.set(chosen);
        dom::follow_down(".app > .inspector");
    }

    /// The sheet in view; none where its item has gone.
    pub(super) fn sheet(self) -> Kept<Option<Sheet>> {
        self.sheet
    }

    /// The tables.
    pub(super) fn overview(self) -> Arc<Overview> {
        self.overview.with(Arc::clone)
    }

    /// What the distribution is called.
    pub(super) fn name(self) -> String {
        self.draft.with(Overview::name)
    }

    /// How many things are wrong.
    pub(super) fn count_faults(self) -> usize {
        self.checked.with(|checked| checked.errors.len())
    }

    /// How many of them in a section.
    pub(super) fn count_faults_in(self, section: Section) -> usize {
        let items = section.items(&self.overview());
        self.checked
            .with(|checked| items.iter().map(|item| item.count_faults(&checked.errors)).sum())
    }

    /// The first item with something wrong, unless it is in view.
    pub(super) fn faulty(self) -> Option<Item> {
        let chosen = self.chosen();
        let overview = self.overview();
        let items = || Section::ALL.iter().flat_map(|section| section.items(&overview));
        self.checked.with(|checked| {
            let is_faulty = |item: &Item| item.count_faults(&checked.errors) > 0;
            let is_here = |item: Item| chosen == Chosen::Item(item);
            let mut faulty = items().filter(is_faulty);
            let first = faulty.next()?;
            (!is_here(first) && !faulty.any(is_here)).then_some(first)
        })
    }

    /// The other one of two distributions, where something is wrong with it that no item in view has.
    pub(super) fn faulty_side(self) -> Option<Side> {
        let is_of_primary =
            |error: &AwsError| error.path().is_some_and(|path| path.starts_with(OF_PRIMARY));
        self.checked
            .with(|checked| checked.errors.iter().any(is_of_primary))
            .then_some(Side::Primary)
    }

    /// What is wrong at no item: as sentences.
    pub(super) fn faults_elsewhere(self) -> Vec<String> {
        let overview = self.overview();
        let items: Vec<Item> =
            Section::ALL.iter().flat_map(|section| section.items(&overview)).collect();
        self.checked.with(|checked| {
            let is_elsewhere = |error: &&AwsError| !items.iter().any(|item| item.owns(error));
            checked.errors.iter().filter(is_elsewhere).map(ToString::to_string).collect()
        })
    }

    /// Whether something is not saved.
    pub(super) fn is_changed(self) -> bool {
        self.checked.with(|checked| checked.is_changed)
    }

    /// What would be in force.
    pub(super) fn with_configuration<T>(self, read: impl FnOnce(&Configuration) -> T) -> T {
        self.checked.with(|checked| read(&checked.configuration))
    }

    /// What was refused last.
    pub(super) fn refusal(self) -> Option<String> {
        self.edits().refusal.get()
    }

    /// Shows the first item of a section.
    pub(super) fn show(self, section: Section) {
        let first = untrack(|| section.first(&self.overview()));
        self.choose(first.map_or(Chosen::Empty(section), Chosen::Item));
    }

    /// Shows a part of the sheet of the whole, from its heading on.
    pub(super) fn show_part(self, first: Setting) {
        self.choose(Chosen::Item(Item::General));
        self.edits().part.set(Some(first));
        self.look_at(first);
        dom::show_from(part_id(first));
    }

    /// The part that was asked for last, by its first setting; none of what has no parts.
    pub(super) fn part(self) -> Option<Setting> {
        self.edits().part.get().filter(|_| self.chosen() == Chosen::Item(Item::General))
    }

    /// The setting that has the focus, or had it last, if the sheet in view has it.
    pub(super) fn looked_at(self) -> Option<(Item, Setting)> {
        let looked_at = self.looked_at.get();
        self.sheet.with(|sheet| {
            let Sheet { item, fields, .. } = sheet.as_ref()?;
            let found = fields.iter().find(|field| Some(field.setting) == looked_at);
            found.or_else(|| fields.first()).map(|field| (*item, field.setting))
        })
    }

    /// A setting has got the focus.
    pub(super) fn look_at(self, setting: Setting) {
        self.looked_at.set(Some(setting));
    }
}
