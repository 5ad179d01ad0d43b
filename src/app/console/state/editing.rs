//! The edits: values that are entered, items that come, go and move.

use leptos::prelude::*;

use super::{Chosen, ConsoleState};
use crate::app::console::section::Section;
use crate::distribution::aws::Sort;
use crate::distribution::{AwsError, Draft};
use crate::json::{Json, NoSuchPlace};
use crate::scene::console::{Item, MissingRow, Setting, Use};

impl ConsoleState {
    /// Puts a value where a setting of the item in view stands.
    pub(in crate::app::console) fn enter(self, setting: Setting, value: &str) {
        let Chosen::Item(item) = self.chosen.get_untracked() else { return };
        self.edit_of(Some((item, setting)), |draft| setting.enter(draft, item, value));
    }

    pub(super) fn edit<T>(
        self,
        edit: impl FnOnce(&mut Draft) -> Result<T, NoSuchPlace>,
    ) -> Option<T> {
        self.edit_of(None, edit)
    }

    fn edit_of<T>(
        self,
        of: Option<(Item, Setting)>,
        edit: impl FnOnce(&mut Draft) -> Result<T, NoSuchPlace>,
    ) -> Option<T> {
        let edited = self.change(of, edit)?;
        self.edits().refusal.set(edited.as_ref().err().map(ToString::to_string));
        edited.ok()
    }

    /// Adds an item to a section and shows its sheet.
    pub(in crate::app::console) fn add(self, section: Section) {
        let added = match section {
            Section::General
            | Section::Policies
            | Section::Functions
            | Section::Security
            | Section::RealTimeLogs
            | Section::Deployment => return,
            Section::Origins => self.edit(Item::new_origin),
            Section::Groups => self.edit(Item::new_group),
            Section::Behaviors => self.edit(Item::new_behavior),
            Section::ErrorPages => self.edit(Item::new_error_page),
        };
        if let Some(item) = added {
            self.choose(Chosen::Item(item));
        }
    }

    /// Adds a document of a sort and shows its sheet.
    pub(in crate::app::console) fn add_beside(self, sort: Sort) {
        if let Some(item) = self.edit(|draft| Item::new_beside(draft, sort)) {
            self.choose(Chosen::Item(item));
        }
    }

    /// What is named and not given, of a section.
    pub(in crate::app::console) fn missing(self, section: Section) -> Vec<MissingRow> {
        let all = self.with_configuration(|configuration| {
            self.draft.with(|draft| MissingRow::all(configuration, draft))
        });
        all.into_iter().filter(|row| section.sorts().contains(&row.sort)).collect()
    }

    /// Puts a document in the place of one that is only named, and shows its sheet.
    pub(in crate::app::console) fn make_called(self, sort: Sort, id: &str) {
        if let Some(item) = self.edit(|draft| Item::new_called(draft, sort, id)) {
            self.choose(Chosen::Item(item));
        }
    }

    /// Puts a document where it can be used, and shows the sheet that names it now.
    pub(in crate::app::console) fn put_to_use(self, unused: &Use) {
        if self.edit(|draft| unused.enter(draft)).is_some() {
            self.choose(Chosen::Item(unused.item));
            self.look_at(unused.setting);
        }
    }

    /// Adds a public key to a group, or to one of its own, and shows its sheet.
    pub(in crate::app::console) fn take_key(self, pem: &str, group: &str) {
        if let Some(key) = self.edit(|draft| Item::new_key(draft, pem, group)) {
            self.choose(Chosen::Item(key));
        }
    }

    /// The groups of keys, by their ids and names.
    pub(in crate::app::console) fn key_groups(self) -> Vec<(String, String)> {
        self.draft.with(Item::key_groups)
    }

    /// Takes a document in that stands beside a distribution, and shows its sheet; none where the text is no such document.
    pub(in crate::app::console) fn give(self, json: &Json) -> Option<Result<(), Vec<AwsError>>> {
        let given = self.change(None, |draft| Item::given(draft, json)).flatten()?;
        Some(given.map(|item| self.choose(Chosen::Item(item))))
    }

    /// Takes the item in view out.
    pub(in crate::app::console) fn remove(self) {
        let Chosen::Item(item) = self.chosen.get_untracked() else { return };
        // CD-15: policy and staging distribution go together.
        let is_of_both = matches!(item, Item::Beside(Sort::DeploymentPolicy | Sort::Staging, _));
        let remove = |draft: &mut Draft| {
            if is_of_both { draft.unstage() } else { item.remove(draft) }
        };
        if self.edit(remove).is_some() {
            self.show(Section::of(item));
        }
    }

    /// Moves a behavior by one place, and keeps its sheet in view if it was.
    pub(in crate::app::console) fn shift(self, item: Item, up: bool) {
        let moved = self.change(None, |draft| item.moved(draft, up)).flatten();
        if let Some(moved) = moved {
            self.choose(Chosen::Item(moved));
        }
    }

    /// Moves a behavior to the place of another.
    pub(in crate::app::console) fn carry(self, from: usize, to: usize) {
        let mut item = Item::Behavior(from);
        // What is dropped may come from anywhere.
        if self.draft.with_untracked(|draft| !item.is_in(draft)) {
            return;
        }
        self.change(None, |draft| {
            for _ in 0..from.abs_diff(to) {
                item = item.moved(draft, to < from).unwrap_or(item);
            }
        });
        self.choose(Chosen::Item(item));
    }
}
