//! What the console asks of the walk, and does in it at the playhead.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Chosen, ConsoleState, History, begun};
use crate::app::composer::ComposerState;
use crate::distribution::Configuration;
use crate::edge::{Batch, Quotas};
use crate::origin::Given;
use crate::scene::console::{CostSheet, Demonstration, Invalidations, name_to_see_it_by};
use crate::simulation::{Action, Walk};

impl ConsoleState {
    /// What the walk began with.
    pub(in crate::app::console) fn begun(self) -> Arc<Configuration> {
        begun(self.walk)
    }

    /// Puts what was edited in force, as an action at the playhead.
    pub(in crate::app::console) fn save(self) {
        let checked = untrack(|| self.checked.with(Arc::clone));
        if !checked.errors.is_empty() || !checked.is_changed {
            return;
        }
        let configuration = Arc::new(checked.configuration.clone());
        // The draft first, so that what follows the playhead finds nothing that is not saved.
        let before = self.draft.get_untracked();
        self.draft.set(before.turned_to(&configuration));
        match self.walk.act(Action::Deploy(configuration)) {
            Ok(()) => {
                self.edits().history.update(History::clear);
                self.edits().refusal.set(None);
            }
            Err(error) => {
                self.draft.set(before);
                self.edits().refusal.set(Some(error.to_string()));
            }
        }
    }

    /// The name by which a request meets what was saved since the walk began, where that is not the distribution's own.
    fn host_to_see_it_by(self) -> Option<String> {
        let now = untrack(|| Arc::clone(&self.walk.scene().settings.configuration));
        name_to_see_it_by(self.begun().distribution(), now.distribution())
    }

    /// Puts a request into the composer that shows what the sheet in view is about; where it is a name, that one.
    pub(in crate::app::console) fn demonstrate(self, composer: ComposerState) {
        if let Some(host) = self.host_to_see_it_by() {
            composer.name_host(&host);
        }
        let Chosen::Item(item) = self.chosen.get_untracked() else { return };
        let looked_at = untrack(|| self.looked_at()).filter(|(of, _)| *of == item);
        let Some(city) = untrack(|| composer.city()) else { return };
        let path = untrack(|| composer.path());
        let now = untrack(|| Arc::clone(&self.walk.scene().settings.configuration));
        let shown = self.draft.with_untracked(|draft| {
            self.walk.with_run_untracked(|run| {
                let about = (item, looked_at.map(|(_, setting)| setting));
                Demonstration::of(about, draft, &now, run.world().site(), (city, &path))
            })
        });
        composer.prepare(shown.city, shown.path, shown.field, shown.note);
    }

    /// Goes back to what is in force, which is an edit, too.
    pub(in crate::app::console) fn discard(self) {
        self.edits().refusal.set(None);
        let base = untrack(|| Arc::clone(&self.walk.scene().settings.configuration));
        self.change(None, |draft| *draft = draft.turned_to(&base));
        self.leave_what_is_gone();
    }

    /// Opens a configuration as a walk of its own, which undoing takes back. Of no objects, examples stand in (IM-06).
    pub(in crate::app::console) fn open(
        self,
        configuration: Configuration,
        objects: &[Given],
    ) -> Result<(), String> {
        let walk = Walk::of_site(Arc::new(configuration), objects);
        self.walk.open(&walk, None, None).map_err(|error| error.to_string())
    }

    /// The invalidations of the walk, up to the playhead.
    pub(in crate::app::console) fn invalidations(self) -> Invalidations {
        let playhead = self.walk.scene().playhead;
        self.walk.with_run(|run| {
            let events = run.journal().events();
            let events = &events[..playhead.min(events.len())];
            Invalidations::of(events, run.walk().scenario.epoch_unix)
        })
    }

    /// Asks for another one, as an action at the playhead.
    pub(in crate::app::console) fn invalidate(self, batch: Batch) -> Result<(), String> {
        self.walk.act(Action::Invalidate(batch)).map_err(|error| error.to_string())
    }

    /// How much may be invalidated at once, at the playhead.
    pub(in crate::app::console) fn quotas(self) -> Quotas {
        self.walk.scene().settings.quotas
    }

    /// Lets other quotas hold, as an action at the playhead (INV-45).
    pub(in crate::app::console) fn set_quotas(self, quotas: Quotas) -> Result<(), String> {
        self.walk.act(Action::SetQuotas { quotas }).map_err(|error| error.to_string())
    }

    /// What the walk would cost, up to the playhead.
    pub(in crate::app::console) fn cost(self) -> CostSheet {
        let scene = self.walk.scene();
        self.walk.with_run(|run| {
            let events = run.journal().events();
            let events = &events[..scene.playhead.min(events.len())];
            CostSheet::of(events, &run.walk().scenario, &scene.settings)
        })
    }
}
