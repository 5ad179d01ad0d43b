//! The console's state as far as it is about two distributions.

use leptos::prelude::*;

use super::{Chosen, ConsoleState};
use crate::app::dom;
use crate::distribution::aws::Sort;
use crate::distribution::{Distribution, Draft, Side};
use crate::simulation::Action;

impl ConsoleState {
    /// Whether there is a staging distribution.
    pub(in crate::app::console) fn has_staging(self) -> bool {
        self.overview.with(|overview| overview.staged.is_some())
    }

    /// Which distribution the sheets are about.
    pub(in crate::app::console) fn side(self) -> Side {
        self.draft.with(Draft::side)
    }

    /// Lets the sheets be about one of the two.
    pub(in crate::app::console) fn turn(self, side: Side) {
        self.draft.update(|draft| draft.turn(side));
        self.leave_what_is_gone();
    }

    /// Lets the sheets be about the distribution that has a problem, and shows the sheet that has it.
    pub(in crate::app::console) fn turn_to_fault(self, side: Side) {
        self.turn(side);
        if let Some(item) = untrack(|| self.faulty()) {
            self.choose(Chosen::Item(item));
        }
    }

    /// Makes a staging distribution from the primary, with a policy, and shows that.
    pub(in crate::app::console) fn stage(self) {
        self.add_beside(Sort::DeploymentPolicy);
    }

    /// Lets the primary take what the staging distribution says, and saves that (CD-12).
    pub(in crate::app::console) fn promote(self) {
        let is_attached = self.draft.with_untracked(|draft| draft.policy_path().is_some());
        let (is_wrong, is_changed) = untrack(|| (self.count_faults() > 0, self.is_changed()));
        let refusal = match () {
            () if !is_attached => {
                "The primary names no continuous deployment policy: choose it in General first."
            }
            () if is_wrong => "There are problems to solve first.",
            () if is_changed => {
                "Save or discard what is changed first: what is promoted is what staging says now (CD-12)."
            }
            () => {
                if self.edit(Draft::promote).is_some() {
                    self.save();
                }
                return;
            }
        };
        self.edits().refusal.set(Some(refusal.to_owned()));
        // Where it does not stand beside what was pressed.
        dom::follow_down(".app > .inspector .stick");
    }

    /// Whether CloudFront is busy at the playhead.
    pub(in crate::app::console) fn is_busy(self) -> bool {
        self.walk.scene().settings.is_busy
    }

    /// Lets it be, or no longer, as an action at the playhead (CD-14).
    pub(in crate::app::console) fn set_busy(self, on: bool) {
        let acted = self.walk.act(Action::SetBusy { on });
        self.edits().refusal.set(acted.err().map(|error| error.to_string()));
    }

    /// The distribution that the sheets are about, as it would be in force.
    pub(super) fn with_distribution<T>(self, read: impl FnOnce(&Distribution) -> T) -> T {
        let is_staging = self.side() == Side::Staging;
        self.with_configuration(|configuration| {
            let staged = configuration.staged().filter(|_| is_staging);
            read(staged.map_or(configuration.distribution(), |staged| &staged.distribution))
        })
    }
}
