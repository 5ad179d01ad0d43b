//! What was edited before, so that an edit can be taken back without forgetting the others.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Chosen, ConsoleState};
use crate::app::console::section::Section;
use crate::distribution::Draft;
use crate::scene::console::{Item, Setting};
use crate::simulation::{Action, Run};

/// So many edits can be taken back, and of a long document so many that they come to no more bytes; of more, the oldest not.
const MOST: usize = 50;
const MOST_BYTES: usize = 4_000_000;

/// The drafts of before, the oldest first.
#[derive(Debug, Default)]
pub(super) struct History {
    drafts: Vec<Draft>,
    /// What the last edit entered a value into: letters that are typed in one field are one edit.
    of: Option<(Item, Setting)>,
}

impl History {
    /// Whether another edit of this belongs to the last one.
    fn goes_on(&self, of: Option<(Item, Setting)>) -> bool {
        of.is_some() && self.of == of
    }

    fn push(&mut self, before: Draft, of: Option<(Item, Setting)>) {
        let bytes = before.document().write().len().max(1);
        let most = (MOST_BYTES / bytes).clamp(1, MOST);
        self.drafts.push(before);
        let over = self.drafts.len().saturating_sub(most);
        self.drafts.drain(..over);
        self.of = of;
    }

    /// Forgets all: what is edited from now on is another configuration.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl ConsoleState {
    /// Changes the draft, which [`Self::undo`] takes back; of a value that is entered, together with those entered there just
    /// before.
    pub(super) fn change<T>(
        self,
        of: Option<(Item, Setting)>,
        change: impl FnOnce(&mut Draft) -> T,
    ) -> Option<T> {
        let goes_on = self.edits().history.with_untracked(|history| history.goes_on(of));
        let before = (!goes_on).then(|| self.draft.get_untracked());
        let given = self.draft.try_update(change)?;
        if let Some(before) = before
            && self.draft.with_untracked(|draft| *draft != before)
        {
            self.edits().history.update(|history| history.push(before, of));
        }
        Some(given)
    }

    /// Whether an edit can be taken back.
    pub(in crate::app::console) fn can_undo(self) -> bool {
        self.edits().history.with(|history| !history.drafts.is_empty())
    }

    /// Whether saving is what was done last, up to the playhead, and nothing was edited since.
    pub(in crate::app::console) fn can_undo_save(self) -> bool {
        let playhead = self.walk.playhead();
        let is_last = self.walk.with_run(|run| {
            run.last_act().is_some_and(|(start, action)| {
                start < playhead && matches!(action, Action::Deploy(_))
            })
        });
        is_last && !self.can_undo() && !self.is_changed()
    }

    /// Takes the last edit back; without one, what was saved last, as the walk's own undoing does.
    pub(in crate::app::console) fn undo(self) {
        let earlier = self.edits().history.try_update(|history| {
            history.of = None;
            history.drafts.pop()
        });
        let earlier = match earlier.flatten() {
            Some(earlier) => earlier,
            None if untrack(|| self.can_undo_save()) => {
                self.walk.undo();
                let base = untrack(|| Arc::clone(&self.walk.scene().settings.configuration));
                self.draft.with_untracked(|draft| draft.turned_to(&base))
            }
            None => return,
        };
        self.edits().refusal.set(None);
        self.draft.set(earlier);
        self.leave_what_is_gone();
    }

    /// Whether something was saved up to the playhead.
    pub(in crate::app::console) fn has_saved(self) -> bool {
        let playhead = self.walk.playhead();
        let is_saved = |run: &Run| {
            let last = playhead.checked_sub(1).and_then(|event| run.act_of(event));
            let actions = run.walk().actions.iter().take(last.map_or(0, |last| last + 1));
            actions.into_iter().any(|it| matches!(it.action, Action::Deploy(_)))
        };
        self.walk.with_run(is_saved)
    }

    /// Shows something else where the item in view is not in the draft any more.
    pub(super) fn leave_what_is_gone(self) {
        let Chosen::Item(item) = self.chosen.get_untracked() else { return };
        if self.draft.with_untracked(|draft| !item.is_in(draft)) {
            self.show(Section::of(item));
        }
    }
}
